"""Records travel between versions: nothing is changed underneath, nothing is lost in silence."""

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_records import EXAMPLE
from diplomatic_events import DiplomaticEventsError, Options, check_bytes
from diplomatic_events.migrate.steps import BrokenStepError, Change, Loss, Migrated, Steps, migrate
from diplomatic_events.pointers import at, resolve, to_pointer
from diplomatic_events.schema.catalogue import Catalogue, Version
from hypothesis_settings import bounded
from versions import invented
from versions.invented import CATALOGUE, TRIPS, record
from versions.policy import minor_pairs
from versions.worlds import World, in_both_worlds


def travel(old: dict[str, Any], to: str, steps: Steps = invented.STEPS) -> Migrated:
    return migrate(old, to, catalogue=CATALOGUE, steps=steps)


def lost_pointers(done: Migrated) -> list[str]:
    return [loss.pointer for loss in done.lost]


# What holds for every record


def values(value: Any, leaving_out: list[str], here: str = "") -> Iterator[str]:
    """Every single value outside some places; versions and targets change by themselves and are left out, too."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield json.dumps(value)
        return
    for key, part in inner:
        there = here + to_pointer((key,))
        if key not in ("$schema", "schemaVersion", "target") and there not in leaving_out:
            yield from values(part, leaving_out, there)


@bounded(100)
@given(st.data())
def test_a_record_arrives_valid_and_with_all_that_is_not_reported_as_lost(data: st.DataObject) -> None:
    source, to = data.draw(st.sampled_from(TRIPS))
    old = data.draw(invented.drawn(source))
    before = deepcopy(old)

    done = travel(old, to)

    assert old == before
    assert done.record["schemaVersion"] == to
    unseen = ("json/invisible-text", "json/replacement-character")  # the record may have been like that before
    options = Options(select=("json", "schema"), ignore=unseen, catalogue=CATALOGUE, engine="jsonschema")
    report = check_bytes(json.dumps(done.record).encode(), options=options)
    assert (report.findings, report.crashes) == ((), ())
    assert all(resolve(old, pointer) is not None for pointer in lost_pointers(done))
    kept, there = Counter(values(old, lost_pointers(done))), Counter(values(done.record, []))
    assert kept - there == Counter()
    assert there - kept == Counter({'"meeting"': lost_pointers(done).count("/type")}), "a wider code is all that is new"


@bounded(100)
@given(st.data())
def test_there_and_back_again_gives_the_same_record_where_nothing_was_lost(data: st.DataObject) -> None:
    source, to = data.draw(st.sampled_from(TRIPS))
    old = data.draw(invented.drawn(source))
    there = travel(old, to)
    if not there.lost:
        assert travel(there.record, source) == Migrated(old)


@bounded(100)
@given(st.data())
def test_an_annotation_that_is_kept_is_about_the_same_value_as_before(data: st.DataObject) -> None:
    source, to = data.draw(st.sampled_from(TRIPS))
    old = data.draw(invented.drawn(source))
    new = travel(old, to).record
    targets = {annotation["basis"]: annotation["target"] for annotation in new.get("annotations", ())}
    for annotation in old.get("annotations", ()):
        target = annotation["target"]
        if annotation["basis"] in targets and target.split("/")[-1] not in (
            "type",
            "$schema",
            "schemaVersion",
            "target",
        ):
            was, now = value_at(old, target), value_at(new, targets[annotation["basis"]])
            assert now == was or isinstance(was, dict | list)


def value_at(whole: Any, pointer: str) -> Any:
    path = resolve(whole, pointer)
    assert path is not None, f"{pointer} leads nowhere"
    return at(whole, path)


# Records to look at


def test_a_record_goes_from_the_first_version_to_the_last() -> None:
    done = travel(record("1.0-full"), "2.0")
    assert done.record == {
        "$schema": "https://example.org/invented/2.0/event.schema.json",
        "schemaVersion": "2.0",
        "id": "geneva",
        "title": "Talks in Geneva",
        "type": "meeting",
        "date": "2031-05-03",
        "place": {"city": "Geneva", "venue": "Palais Wilson"},
        "hostedBy": "freedonia",
        "parties": [{"id": "freedonia", "name": "Freedonia"}],
        "talks": [{"id": "trade", "subject": "Trade"}],
        "annotations": [
            {"target": "/talks/0/subject", "basis": "The title."},
            {"target": "/place/venue", "basis": "A photograph."},
            {"target": "/annotations/0", "basis": "The editor is not sure."},
            {"target": "/type", "basis": "The court circular."},
        ],
        "extensions": {"org.example": {"number": 1.5}},
    }
    assert done.lost == (
        Loss("/type", "that it was an audience", "2.0 has only the wider code `meeting`", "2.0"),
        Loss("/talks/0", "a talk", "it has no subject, which 2.0 asks for", "2.0"),
        Loss("/annotations/0", "an annotation", "what it is about is lost", "2.0"),
    )


def test_a_loss_two_steps_on_is_shown_where_it_stood_in_the_record_that_was_given() -> None:
    def without_venue(old: dict[str, Any]) -> Change:
        return Change({key: value for key, value in old.items() if key != "venue"}, (Loss("/venue", "it", "a test"),))

    def with_a_mood(old: dict[str, Any]) -> Change:
        old["talks"][1]["mood"] = "frank"
        return Change(old)

    down = travel(record("2.0-full"), "1.0", {**invented.STEPS, ("1.1", "1.0"): without_venue})
    assert [(loss.pointer, loss.version) for loss in down.lost] == [
        ("/weather", "1.1"), ("/annotations/0", "1.1"), ("/place/venue", "1.0"), ("/annotations/1", "1.0"),
    ]  # fmt: skip
    up = travel(record("1.0-full"), "2.0", {**invented.STEPS, ("1.0", "1.1"): with_a_mood})
    assert "/talks/1" in lost_pointers(up), "the mood that the first step has made is shown at its talk"


def test_a_value_of_which_only_a_part_is_lost_keeps_its_annotation() -> None:
    done = travel(record("1.1-full"), "1.0")
    assert lost_pointers(done) == ["/type", "/talks/0/mood", "/talks/1/mood", "/annotations/0"]
    assert done.record["annotations"] == [{"target": "/talks/1", "basis": "The title."}]


def about(*targets: str) -> list[dict[str, str]]:
    """Annotations about some targets; the basis of each is its number."""
    return [{"target": target, "basis": str(number)} for number, target in enumerate(targets)]


@pytest.mark.parametrize(
    ("targets", "left", "lost"),
    [
        (["/weather"], None, "0"),
        (["/place"], [("0", "/city")], ""),
        (["/nothing/there"], [("0", "/nothing/there")], ""),
        (["/weather", "/annotations/2/basis", "/title"], [("1", "/annotations/1/basis"), ("2", "/title")], "0"),
        (["/weather", "/annotations/0/basis"], None, "01"),
        (["/annotations/1", "/annotations/2", "/annotations/3/basis", "/weather", "/id"], [("4", "/id")], "0123"),
        (["/annotations/2", "/weather", "/annotations/0"], [("0", "/annotations/1"), ("2", "/annotations/0")], "1"),
        (["/weather", "/annotations/1/target"], [("1", "/annotations/0/target")], "0"),
        (["/weather", "/annotations", "/annotations/7"], [("1", "/annotations"), ("2", "/annotations/7")], "0"),
        (["/weather", "/annotations/00", "/annotations/-"], [("1", "/annotations/00"), ("2", "/annotations/-")], "0"),
    ],
)  # fmt: skip
def test_an_annotation_follows_what_it_is_about_or_is_lost_with_it(
    targets: list[str], left: list[tuple[str, str]] | None, lost: str
) -> None:
    done = travel(record("2.0-full", annotations=about(*targets)), "1.1")
    annotations = done.record.get("annotations")
    assert (annotations and [(each["basis"], each["target"]) for each in annotations]) == left
    assert done.lost[1:] == tuple(
        Loss(f"/annotations/{number}", "an annotation", "what it is about is lost", "1.1") for number in lost
    )


def test_a_target_that_begins_with_an_id_follows_its_entry_and_keeps_its_form() -> None:
    done = travel(
        record("1.0-full", annotations=about("trade/subject", "unnamed/note", "freedonia", "nobody/name")), "2.0"
    )
    assert [(each["basis"], each["target"]) for each in done.record["annotations"]] == [
        ("0", "trade/subject"), ("2", "freedonia"), ("3", "nobody/name"),
    ]  # fmt: skip
    assert lost_pointers(done)[-1] == "/annotations/1"


def test_of_several_targets_those_that_are_lost_are_dropped_and_the_annotation_with_the_last() -> None:
    annotations = [
        {"targets": ["/weather", "/place/venue", "/annotations/1", "/title"], "basis": "0"},
        {"targets": ["/weather"], "basis": "1"},
        {"target": "/annotations/1", "basis": "2"},
        {"target": "/annotations/0/targets/3", "basis": "3"},
    ]
    done = travel(record("2.0-full", annotations=annotations), "1.1")
    assert done.record["annotations"] == [
        {"targets": ["/venue", "/title"], "basis": "0"},
        {"target": "/annotations/0/targets/1", "basis": "3"},
    ]
    assert sorted(lost_pointers(done)) == [
        "/annotations/0/targets/0", "/annotations/0/targets/2", "/annotations/1", "/annotations/2", "/weather",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/invented/1.0/event.schema.json", "https://example.org/invented/2.0/event.schema.json"),
        ("1.0/event.schema.json", "2.0/event.schema.json"),
        ("/1.0/1.0/event.json#/$defs/1.0/x", "/1.0/2.0/event.json#/$defs/1.0/x"),
        ("https://example.org/1.0/?from=/1.0/", "https://example.org/2.0/?from=/1.0/"),
        ("elsewhere.json", "elsewhere.json"),
        ("https://example.org/1.0/of/our/own.json", "https://example.org/1.0/of/our/own.json"),
        ("schema/11.0/event.schema.json", "schema/11.0/event.schema.json"),
        ("schema/1x0/event.schema.json", "schema/1x0/event.schema.json"),
        ("event.json#/1.0/x", "event.json#/1.0/x"),
        ("1.0", "1.0"),
    ],
)
def test_only_an_address_whose_folder_is_the_version_becomes_that_of_the_target(old: str, new: str) -> None:
    assert travel(record("1.0-minimal", **{"$schema": old}), "2.0").record["$schema"] == new


def test_a_record_that_is_there_already_is_copied_as_it_is() -> None:
    done = migrate(EXAMPLE, "1.0")
    assert done == Migrated(EXAMPLE)
    assert done.record["parties"] is not EXAMPLE["parties"]


# What cannot be done


@pytest.mark.parametrize(
    ("old", "to", "message"),
    [
        (record("1.0-minimal", title=""), "2.0", r"the record is not valid in 1\.0: `title`"),
        ({}, "2.0", "the record does not declare its `schemaVersion`"),
        (record("1.0-minimal", schemaVersion="7.0"), "2.0", "there is no version `7.0` of the schema"),
        ([], "2.0", "this is a list; a record is an object"),
        (record("1.0-minimal"), "2.1", r"there is no schema version `2\.1`"),
    ],
)
def test_what_cannot_be_migrated_is_refused_with_the_reason(old: Any, to: str, message: str) -> None:
    with pytest.raises(DiplomaticEventsError, match=message):
        travel(old, to)


def test_no_record_is_brought_to_a_version_that_was_withdrawn_but_every_record_can_leave_it() -> None:
    versions = Catalogue(CATALOGUE.folder)
    versions.versions["1.1"] = Version("1.1", "withdrawn")
    with pytest.raises(DiplomaticEventsError, match=r"version 1\.1 of the schema is withdrawn") as caught:
        migrate(record("1.0-minimal"), "1.1", catalogue=versions, steps=invented.STEPS)
    assert caught.value.help == "`--to 1.0` migrates to the latest version"
    assert migrate(record("1.1-full"), "1.0", catalogue=versions, steps=invented.STEPS).record["schemaVersion"] == "1.0"


def test_a_missing_step_is_named() -> None:
    steps = {pair: found for pair, found in invented.STEPS.items() if pair != ("1.1", "1.0")}
    with pytest.raises(DiplomaticEventsError, match=r"cannot migrate from 2\.0 to 1\.0: .* no step from 1\.1 to 1\.0"):
        travel(record("2.0-full"), "1.0", steps)


def test_a_step_whose_record_is_not_valid_is_our_own_fault() -> None:
    with pytest.raises(BrokenStepError) as caught:
        travel(record("1.0-minimal"), "1.1", {("1.0", "1.1"): lambda old: Change(old | {"city": 5})})
    assert str(caught.value) == (
        "the step from 1.0 to 1.1 is wrong: its record is not valid: schema/wrong-type at /city: "
        "`city` is a whole number; it must be text"
    )


def test_a_step_that_does_not_report_what_it_removed_is_found_by_an_annotation() -> None:
    def forgets(old: dict[str, Any]) -> Change:
        del old["venue"]
        return Change(old)

    with pytest.raises(
        BrokenStepError, match="an annotation is about /venue, and the step does not say what became of it"
    ):
        travel(record("1.0-full"), "1.1", {("1.0", "1.1"): forgets})


# The steps between real versions, as soon as there are two; the invented ones show what is asked of them


@in_both_worlds
def test_every_record_of_a_version_can_be_brought_to_the_next(world: World) -> None:
    for old, new in pairwise(world.catalogue.versions):
        if world.catalogue.versions[new].status == "withdrawn":
            continue
        for each in world.records_of(old):
            done = migrate(each, new, catalogue=world.catalogue, steps=world.steps)
            assert done.lost == () or (old, new) not in minor_pairs(world.catalogue), "a minor version loses nothing"


@in_both_worlds
def test_every_step_leads_from_a_version_to_its_neighbour(world: World) -> None:
    neighbours = set(pairwise(world.catalogue.versions))
    assert [pair for pair in world.steps if pair not in neighbours and pair[::-1] not in neighbours] == []
