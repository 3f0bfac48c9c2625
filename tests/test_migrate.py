"""Records travel between versions: nothing is changed underneath, nothing is lost in silence."""

import json
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import EXAMPLE, ROOT
from diplomatic_events import DiplomaticEventsError, Options, check_bytes
from diplomatic_events import migrate as migrating
from diplomatic_events.migrate import (
    BrokenStepError,
    Change,
    InvalidRecordError,
    Loss,
    Migrated,
    Step,
    Steps,
    migrate,
    renamed,
    route,
    step,
)
from diplomatic_events.pointers import resolve
from diplomatic_events.structure import Structure
from diplomatic_events.versions import Catalogue, catalogue
from looking import bounded
from versions.policy import minor_pairs, record_faults, schema_faults
from versions.steps import STEPS
from versions.strategies import pointers, records

HERE = Path(__file__).parent / "versions"
INVENTED = Catalogue(HERE / "catalogue")
NUMBERS = list(INVENTED.versions)
TARGETS = [number for number in NUMBERS if number != "1.2"]
BOUNDED = bounded(60)


def fixture(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((HERE / "records" / f"{name}.json").read_bytes())
    return record


def invented(record: dict[str, Any], to: str, steps: Steps = STEPS) -> Migrated:
    return migrate(record, to, catalogue=INVENTED, steps=steps)


def is_valid(record: dict[str, Any], source: Catalogue = INVENTED) -> bool:
    return not Structure(source, record["schemaVersion"]).judge(record).issues


def leaves(value: Any) -> list[str]:
    """Every single value, the ids and numbers of versions left out: those change by themselves."""
    if isinstance(value, dict):
        inner = [part for key, part in value.items() if key not in ("$schema", "schemaVersion", "target")]
        return [leaf for part in inner for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [json.dumps(value)]


def without(record: dict[str, Any], pointers: list[str]) -> Any:
    """A record with the values at some pointers taken out."""
    paths = [resolve(record, pointer) for pointer in pointers]

    def strip(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, dict):
            return {key: strip(part, (*path, key)) for key, part in value.items() if (*path, key) not in paths}
        if isinstance(value, list):
            return [strip(part, (*path, key)) for key, part in enumerate(value) if (*path, key) not in paths]
        return value

    return strip(record, ())


# What holds for every record


pairs = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(TARGETS)).flatmap(
    lambda pair: st.tuples(records(pair[0]), st.just(pair[1]))
)


@BOUNDED
@given(pairs)
def test_a_valid_record_gives_a_valid_record_of_the_target(pair: tuple[dict[str, Any], str]) -> None:
    record, to = pair
    assert is_valid(record)
    done = invented(record, to).record
    assert done["schemaVersion"] == to
    report = check_bytes(
        json.dumps(done).encode(), options=Options(select=("json", "schema"), catalogue=INVENTED, engine="jsonschema")
    )
    assert (report.findings, report.crashes) == ((), ())


@BOUNDED
@given(pairs)
def test_the_input_is_untouched_and_shared_with_nothing(pair: tuple[dict[str, Any], str]) -> None:
    record, to = pair
    before = deepcopy(record)
    done = invented(record, to).record
    assert record == before
    _spoil(done)
    assert record == before


def _spoil(value: Any) -> None:
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            _spoil(part)
    value.clear()


@BOUNDED
@given(pairs)
def test_what_is_not_reported_as_lost_is_still_there(pair: tuple[dict[str, Any], str]) -> None:
    record, to = pair
    done = invented(record, to)
    assert all(resolve(record, loss.pointer) is not None for loss in done.lost)
    kept = leaves(without(record, [loss.pointer for loss in done.lost]))
    there = leaves(done.record)
    for leaf in kept:
        assert leaf in there
        there.remove(leaf)
    converted = [loss for loss in done.lost if loss.pointer == "/type"]
    assert len(there) == len(converted), "the target has nothing that the record did not have"


@BOUNDED
@given(pairs)
def test_an_annotation_is_about_the_same_as_before(pair: tuple[dict[str, Any], str]) -> None:
    record, to = pair
    done = invented(record, to)
    lost = {loss.pointer for loss in done.lost}
    targets = {entry["basis"]: entry["target"] for entry in done.record.get("annotations", [])}
    for number, annotation in enumerate(record.get("annotations", [])):
        if annotation["basis"] not in targets:
            assert f"/annotations/{number}" in lost
            continue
        assert f"/annotations/{number}" not in lost
        new = _value(done.record, targets[annotation["basis"]])
        old = _value(record, annotation["target"])
        same = not isinstance(old, dict | list) and annotation["target"] not in {"/$schema", "/type"}
        assert not same or new == old or "/annotations/" in annotation["target"]


def _value(record: Any, pointer: str) -> Any:
    path = resolve(record, pointer)
    assert path is not None
    for key in path:
        record = record[key]
    return record


@BOUNDED
@given(pairs)
def test_there_and_back_again_gives_the_same_record_where_nothing_was_lost(pair: tuple[dict[str, Any], str]) -> None:
    record, to = pair
    source = record["schemaVersion"]
    there = invented(record, to)
    if there.lost or source == "1.2" or record.get("$schema") == "elsewhere.json":
        return
    back = invented(there.record, source)
    assert back.lost == ()
    assert _before_merging(back.record) == _before_merging(record)


def _before_merging(record: dict[str, Any]) -> dict[str, Any]:
    """Annotations about a merged property come back to the one of the two that stands for both."""
    return {**record, "annotations": [a for a in record.get("annotations", []) if not a["target"].startswith("/place")]}


@BOUNDED
@given(st.sampled_from(sorted(STEPS)).flatmap(lambda pair: st.tuples(st.just(pair), records(pair[0]))))
def test_a_step_by_itself_names_only_what_is_there(drawn: tuple[tuple[str, str], dict[str, Any]]) -> None:
    pair, record = drawn
    change = STEPS[pair].function(deepcopy(record))
    for pointer in [*(loss.pointer for loss in change.lost), *change.moved]:
        assert resolve(record, pointer) is not None
    for pointer in change.moved.values():
        assert resolve(change.record, pointer) is not None


# Records to look at


def test_a_record_goes_from_the_first_version_to_the_last() -> None:
    done = invented(fixture("1.0/full"), "2.0")
    assert done.record == {
        "$schema": "https://example.org/invented/2.0/event.schema.json",
        "schemaVersion": "2.0",
        "id": "geneva",
        "title": "Talks in Geneva",
        "type": "meeting",
        "date": "2031-05-03",
        "place": {"city": "Geneva", "venue": "Palais Wilson"},
        "parties": [{"id": "freedonia", "name": "Freedonia"}],
        "hostedBy": "freedonia",
        "talks": [{"id": "trade", "subject": "Trade", "evidence": [{"source": "report", "exact": "They met."}]}],
        "sources": [{"id": "report", "text": "They met."}],
        "annotations": [
            {"target": "/talks/0/subject", "basis": "The title."},
            {"target": "/place/venue", "basis": "A photograph."},
        ],
        "extensions": {"org.example": {"number": 1.5}},
    }
    assert list(done.record)[6] == "place", "a property that is renamed keeps its place among the others"
    assert done.lost == (
        Loss("/talks/0", "a talk", "it has no subject, which 2.0 asks for", "2.0"),
        Loss("/annotations/0", "an annotation", "what it is about, /talks/0/note, is lost", "2.0"),
    )


def test_a_loss_two_steps_on_is_shown_where_it_stands_in_the_record_that_was_given() -> None:
    done = invented(fixture("2.0/full"), "1.0")
    assert [(loss.pointer, loss.version) for loss in done.lost] == [("/outcome", "1.2"), ("/annotations/0", "1.2")]
    record = fixture("1.1/full")
    record["talks"].reverse()
    record["annotations"] = [{"target": "/talks/1/note", "basis": "x"}, {"target": "/talks/0/mood", "basis": "y"}]
    assert [loss.pointer for loss in invented(record, "2.0").lost] == [
        "/talks/0/mood", "/talks/1", "/annotations/0", "/annotations/1",
    ]  # fmt: skip


def test_pointers_are_traced_back_through_steps_that_have_moved_things() -> None:
    steps: dict[tuple[str, str], Step] = dict(STEPS)

    def without_city(record: dict[str, Any]) -> Change:
        return Change(record | {"city": "?"}, (Loss("/city", "the city", "it is a test"),), {"/city": "/city"})

    steps["1.2", "1.1"] = Step("1.2", "1.1", without_city)
    (loss,) = invented(fixture("2.0/minimal"), "1.1", steps).lost
    assert (loss.pointer, loss.version) == ("/place", "1.1")


def test_a_loss_of_what_an_earlier_step_had_made_is_shown_at_what_it_was_made_within() -> None:
    def with_mood(record: dict[str, Any]) -> Change:
        record["talks"][1]["mood"] = "frank"
        return Change(record)

    def without_mood(record: dict[str, Any]) -> Change:
        del record["talks"][1]["mood"]
        return Change(record, (Loss("/talks/1/mood", "the mood", "it is a test"),))

    steps = {("1.0", "1.1"): Step("1.0", "1.1", with_mood), ("1.1", "1.2"): Step("1.1", "1.2", without_mood)}
    source = Catalogue(INVENTED.folder)
    source.versions["1.2"] = source.versions["1.2"]._replace(status="released")
    done = migrate(fixture("1.0/full"), "1.2", catalogue=source, steps=steps)
    assert done.lost == (Loss("/talks/1", "the mood", "it is a test", "1.2"),)


def test_a_code_that_gives_way_to_a_wider_one_is_a_loss_and_its_annotation_stays() -> None:
    record = fixture("1.0/audience") | {"annotations": [{"target": "/type", "basis": "The court circular."}]}
    done = invented(record, "2.0")
    assert done.record["type"] == "meeting"
    assert done.record["annotations"] == record["annotations"]
    assert [loss.what for loss in done.lost] == ["that it was an audience"]


def test_an_annotation_lost_later_is_numbered_as_in_the_record_that_was_given() -> None:
    record = fixture("1.2/weather")
    record["annotations"] = [{"target": "/weather", "basis": "x"}, {"target": "/talks/1/mood", "basis": "y"}]
    assert [loss.pointer for loss in invented(record, "1.0").lost] == [
        "/weather", "/annotations/0", "/talks/1/mood", "/annotations/1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["1.0/full", "1.0/audience", "1.1/full", "1.1/summit", "1.2/weather", "2.0/full"])
def test_every_value_may_have_an_annotation(name: str) -> None:
    record = fixture(name)
    record.pop("annotations", None)
    for pointer in pointers(record):
        about = {"target": pointer, "basis": "x"}
        for to in TARGETS:
            done = invented(record | {"annotations": [about]}, to)
            assert ("annotations" in done.record) != ("/annotations/0" in [loss.pointer for loss in done.lost])


def test_an_annotation_of_a_list_of_which_nothing_is_left_is_lost_with_it() -> None:
    record = fixture("1.2/weather")
    record |= {"talks": [{"id": "a"}, {"id": "b"}], "annotations": [{"target": "/talks", "basis": "x"}]}
    assert is_valid(record)
    done = invented(record, "2.0")
    assert "talks" not in done.record
    assert {"/talks/0", "/talks/1", "/annotations/0"} <= {loss.pointer for loss in done.lost}


def test_a_list_of_annotations_that_is_empty_now_is_left_out() -> None:
    record = fixture("1.2/weather") | {"annotations": [{"target": "/weather", "basis": "x"}]}
    assert "annotations" not in invented(record, "1.1").record


def test_an_annotation_that_led_nowhere_is_carried_as_it_is() -> None:
    annotation = {"target": "/nothing/there", "basis": "x"}
    assert invented(fixture("1.0/minimal") | {"annotations": [annotation]}, "2.0").record["annotations"] == [annotation]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://example.org/invented/1.0/event.schema.json", "https://example.org/invented/2.0/event.schema.json"),
        ("../schema/1.0/event.schema.json", "../schema/2.0/event.schema.json"),
        ("event.json", "https://example.org/invented/2.0/event.schema.json"),
    ],
)
def test_the_address_of_the_schema_becomes_that_of_the_target(old: str, new: str) -> None:
    assert invented(fixture("1.0/minimal") | {"$schema": old}, "2.0").record["$schema"] == new
    bare = {key: value for key, value in fixture("1.0/minimal").items() if key != "$schema"}
    assert "$schema" not in invented(bare, "2.0").record


def test_a_record_that_is_there_already_stays_as_it_is() -> None:
    assert migrate(EXAMPLE, "1.0") == Migrated(EXAMPLE)


# What cannot be done


def test_a_record_that_is_not_valid_is_refused_with_what_is_wrong() -> None:
    with pytest.raises(
        InvalidRecordError, match=r"the record is not valid in 1\.0: the record needs `title`"
    ) as caught:
        invented({key: value for key, value in fixture("1.0/minimal").items() if key != "title"}, "2.0")
    assert [rule for rule, _ in caught.value.issues] == ["schema/missing-property"]
    assert caught.value.help is not None


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        ({}, "schema/missing-version"),
        ({"schemaVersion": "7.0"}, "schema/unknown-version"),
        ([], "schema/not-an-object"),
    ],
)
def test_a_record_of_no_known_version_is_refused(record: Any, rule: str) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        invented(record, "2.0")
    assert [found for found, _ in caught.value.issues] == [rule]


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(DiplomaticEventsError, match=r"there is no schema version `2\.1`"):
        invented(fixture("1.0/minimal"), "2.1")


def test_no_record_is_brought_to_a_version_that_was_withdrawn_but_every_record_can_leave_it() -> None:
    with pytest.raises(DiplomaticEventsError, match=r"version 1\.2 of the schema is withdrawn") as caught:
        invented(fixture("1.0/minimal"), "1.2")
    assert caught.value.help == "`--to 1.1` brings records to the latest version"
    assert invented(fixture("1.2/weather"), "1.1").record["schemaVersion"] == "1.1"


def test_a_missing_step_is_named_with_how_far_one_can_get() -> None:
    steps = {pair: found for pair, found in STEPS.items() if pair != ("1.1", "1.0")}
    with pytest.raises(
        DiplomaticEventsError, match=r"no way leads from 2\.0 down to 1\.0: .* no step from 1\.1 to 1\.0"
    ) as caught:
        invented(fixture("2.0/minimal"), "1.0", steps)
    assert caught.value.help == "a later release of this program may have it; records of 2.0 can be brought to 1.1"
    with pytest.raises(DiplomaticEventsError) as caught:
        invented(fixture("1.1/minimal"), "1.0", steps)
    assert caught.value.help == "a later release of this program may have it"


def test_a_way_leads_from_neighbour_to_neighbour() -> None:
    assert [each.target for each in route("1.0", "2.0", INVENTED, STEPS)] == ["1.1", "1.2", "2.0"]
    assert [each.target for each in route("2.0", "1.0", INVENTED, STEPS)] == ["1.2", "1.1", "1.0"]
    assert route("1.1", "1.1", INVENTED, {}) == []


# Faults of our own


def broken(function: Any, record: dict[str, Any] | None = None) -> str:
    with pytest.raises(BrokenStepError) as caught:
        invented(record or fixture("1.0/full"), "1.1", {("1.0", "1.1"): Step("1.0", "1.1", function)})
    return str(caught.value)


def test_a_step_whose_record_is_not_valid_is_our_own_fault() -> None:
    message = broken(lambda record: Change(record | {"city": 5}))
    assert message == (
        "the step from 1.0 to 1.1 is wrong: its record is not valid: schema/wrong-type at /city: "
        "`city` is a whole number; it must be text"
    )


def test_a_step_that_reports_what_was_never_there_is_our_own_fault() -> None:
    assert "speaks of /mood, where the record has nothing" in broken(
        lambda record: Change(record, (Loss("/mood", "the mood", "x"),))
    )
    assert "speaks of /town" in broken(lambda record: Change(record, moved={"/town": "/city"}))
    assert "moved to /town, where there is nothing" in broken(lambda record: Change(record, moved={"/city": "/town"}))


def test_a_step_that_forgets_to_tell_what_it_removed_is_found_by_an_annotation() -> None:
    assert "an annotation is about /venue, and nothing tells what became of that" in broken(
        lambda record: Change({key: value for key, value in record.items() if key != "venue"})
    )


def test_two_steps_between_the_same_versions_are_our_own_fault() -> None:
    with pytest.raises(AssertionError, match=r"two steps from 1\.0 to 1\.1"):
        step("1.0", "1.1", dict(STEPS))(lambda record: Change(record))


def test_a_step_that_writes_its_annotations_anew_is_left_alone() -> None:
    def rewrite(record: dict[str, Any]) -> Change:
        return Change(record | {"annotations": [{"target": "/city", "basis": "x"}]})

    steps = {("1.0", "1.1"): Step("1.0", "1.1", rewrite)}
    assert invented(fixture("1.0/full"), "1.1", steps).record["annotations"] == [{"target": "/city", "basis": "x"}]


def test_renaming_keeps_the_order() -> None:
    assert list(renamed({"a": 1, "b": 2, "c": 3}, {"b": "z"}).items()) == [("a", 1), ("z", 2), ("c", 3)]


# The real versions, as soon as there are two


def real_records(version: str) -> dict[str, Any]:
    """Every record of a version that the project has and that is valid in it."""
    paths = [*ROOT.glob("examples/*/record.json"), *ROOT.glob("tests/conformance/**/*.json")]
    found = {"the example of the rules": EXAMPLE}
    for path in sorted(paths):
        value = _read(path)
        if isinstance(value, dict) and value.get("schemaVersion") == version and is_valid(value, catalogue()):
            found[path.relative_to(ROOT).as_posix()] = value
    return {name: record for name, record in found.items() if record["schemaVersion"] == version}


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None  # some fixtures are not JSON, on purpose


def invented_records(version: str) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((HERE / "records" / version).glob("*.json"))}


def test_there_are_records_of_the_real_versions_to_look_at() -> None:
    assert len(real_records(next(iter(catalogue().versions)))) > 10


def test_each_real_version_can_be_reached_from_the_one_before() -> None:
    for old, new in pairwise(catalogue().versions):
        assert (old, new) in migrating.STEPS, f"there is no step from {old} to {new}"
        for name, record in real_records(old).items():
            done = migrate(record, new)
            assert done.record["schemaVersion"] == new, name
            if (old, new) in minor_pairs(catalogue()):
                assert done.lost == (), f"{name}: a minor version loses nothing"


def test_every_step_leads_from_a_version_to_its_neighbour() -> None:
    for source, steps in ((catalogue(), migrating.STEPS), (INVENTED, STEPS)):
        neighbours = set(pairwise(source.versions))
        assert {pair for pair in steps if pair not in neighbours and pair[::-1] not in neighbours} == set()


def test_a_record_of_a_version_is_valid_under_the_next_minor_one() -> None:
    for old, new in minor_pairs(catalogue()):
        assert list(record_faults(catalogue(), old, new, real_records(old))) == []
        assert list(schema_faults(catalogue().schema(old), catalogue().schema(new))) == []


def test_a_record_of_an_invented_version_is_valid_under_the_next_minor_one() -> None:
    assert minor_pairs(INVENTED) == [("1.0", "1.1"), ("1.1", "1.2")]
    for old, new in minor_pairs(INVENTED):
        assert list(record_faults(INVENTED, old, new, invented_records(old))) == []
        assert list(schema_faults(INVENTED.schema(old), INVENTED.schema(new))) == []


def test_a_major_version_that_called_itself_minor_would_be_found_out() -> None:
    faults = list(record_faults(INVENTED, "1.2", "2.0", invented_records("1.2")))
    assert "minimal is valid in 1.2 and not in 2.0: schema/missing-property: the record needs `place`" in faults
    assert "/properties/city is gone" in schema_faults(INVENTED.schema("1.2"), INVENTED.schema("2.0"))


def test_a_fixture_that_is_not_valid_in_its_own_version_proves_nothing_and_is_named() -> None:
    assert "x is not valid in 1.0" in record_faults(INVENTED, "1.0", "1.1", {"x": {"schemaVersion": "1.0"}})


@pytest.mark.parametrize(
    ("where", "change", "fault"),
    [
        ((), {"required": ["schemaVersion"]}, "/required has changed"),
        (("properties", "talks"), {"minItems": 2}, "/properties/talks/minItems is 2 and was 1"),
        (("$defs", "localId"), {"maxLength": 63}, "/$defs/localId/maxLength is 63 and was 64"),
        (("$defs", "localId"), {"pattern": "^a"}, "/$defs/localId/pattern has changed"),
        (("$defs", "eventType"), {"enum": ["visit"]}, "/$defs/eventType/enum no longer has meeting"),
        (("$defs", "partyId"), {"x-refers-to": ["talk"]}, "/$defs/partyId/x-refers-to no longer has party"),
        (("$defs", "talk"), {"minProperties": 2}, "/$defs/talk/minProperties was added"),
        (("$defs", "talk"), {"additionalProperties": True}, "/$defs/talk/additionalProperties has changed"),
        (("$defs", "edtfDate"), {"type": "integer"}, "/$defs/edtfDate/type has changed"),
    ],
)
def test_a_schema_that_does_more_than_add_is_found_out(where: tuple[str, ...], change: Any, fault: str) -> None:
    old = INVENTED.schema("1.0")
    new = deepcopy(old)
    part = new
    for key in where:
        part = part[key]
    part.update(change)
    assert fault in list(schema_faults(old, new))


def test_words_may_be_mended_and_limits_widened() -> None:
    old = INVENTED.schema("1.0")
    new = deepcopy(old)
    new["$defs"]["localId"] |= {"maxLength": 128, "description": "A better one.", "examples": ["x"]}
    assert list(schema_faults(old, new)) == []
