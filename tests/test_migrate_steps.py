"""Records travel between versions: nothing is changed underneath, nothing is lost in silence."""

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checking import EXAMPLE
from diplomatic_events import DiplomaticEventsError, Options, check_bytes
from diplomatic_events.migrate import steps as migrating
from diplomatic_events.migrate.steps import (
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
from diplomatic_events.pointers import at, replaced, resolve, to_pointer
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.structure import Structure
from looking import bounded
from versions import worlds
from versions.policy import minor_pairs, record_faults, schema_faults
from versions.steps import STEPS
from versions.strategies import pointers
from versions.worlds import WORLDS, World, real_records

HERE = Path(__file__).parent / "versions"
INVENTED = worlds.INVENTED.catalogue
TARGETS = [number for number in INVENTED.versions if number != "1.2"]
BOUNDED = bounded(10)


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


def without(record: dict[str, Any], pointers: list[str]) -> tuple[Any, dict[str, str]]:
    """A record without the values at some pointers and the lists that they leave empty, and where the others are then."""
    places: dict[str, str] = {}

    def strip(value: Any, here: str, there: str) -> Any:
        places[here] = there
        if isinstance(value, dict):
            kept = {key: strip_part(part, here, there, key, key) for key, part in value.items()}
            return {key: part for key, part in kept.items() if part is not GONE and (part != [] or not value[key])}
        if isinstance(value, list):
            found: list[Any] = []
            for key, part in enumerate(value):
                new = strip_part(part, here, there, key, len(found))
                found += [] if new is GONE else [new]
            return found
        return value

    def strip_part(part: Any, here: str, there: str, old: str | int, new: str | int) -> Any:
        pointer = here + to_pointer((old,))
        return GONE if pointer in pointers else strip(part, pointer, there + to_pointer((new,)))

    return strip(record, "", ""), places


GONE = object()


# What holds for every record


def trips(of: Callable[[World], list[tuple[str, str]]]) -> pytest.MarkDecorator:
    """A property for each way that leads from one version to another, of every world."""
    ways = [
        pytest.param(world, *way, id=f"{world.name}, {way[0]} to {way[1]}") for world in WORLDS for way in of(world)
    ]
    return pytest.mark.parametrize(("world", "source", "to"), ways)


def travel(world: World, record: dict[str, Any], to: str) -> Migrated:
    return migrate(record, to, catalogue=world.catalogue, steps=world.steps)


@trips(World.trips)
@BOUNDED
@given(data=st.data())
def test_a_valid_record_gives_a_valid_record_of_the_target(
    world: World, source: str, to: str, data: st.DataObject
) -> None:
    record = data.draw(world.records(source))
    assert is_valid(record, world.catalogue)
    done = travel(world, record, to).record
    assert done["schemaVersion"] == to
    unseen = ("json/invisible-text", "json/replacement-character")  # the record may have been like that before
    options = Options(select=("json", "schema"), ignore=unseen, catalogue=world.catalogue, engine="jsonschema")
    report = check_bytes(json.dumps(done).encode(), options=options)
    assert (report.findings, report.crashes) == ((), ())


@trips(World.trips)
@BOUNDED
@given(data=st.data())
def test_the_input_is_untouched_and_shared_with_nothing(
    world: World, source: str, to: str, data: st.DataObject
) -> None:
    record = data.draw(world.records(source))
    before = deepcopy(record)
    done = travel(world, record, to).record
    assert record == before
    _spoil(done)
    assert record == before


def _spoil(value: Any) -> None:
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            _spoil(part)
    value.clear()


@trips(World.trips)
@BOUNDED
@given(data=st.data())
def test_what_is_not_reported_as_lost_is_still_there(world: World, source: str, to: str, data: st.DataObject) -> None:
    record = data.draw(world.records(source))
    done = travel(world, record, to)
    assert all(resolve(record, loss.pointer) is not None for loss in done.lost)
    there = leaves(done.record)
    for leaf in leaves(without(record, [loss.pointer for loss in done.lost])[0]):
        assert leaf in there
        there.remove(leaf)
    converted = [loss for loss in done.lost if loss.pointer in world.coarser]
    assert len(there) == len(converted), "the target has nothing that the record did not have"


@trips(World.trips)
@BOUNDED
@given(data=st.data())
def test_an_annotation_is_about_the_same_as_before(world: World, source: str, to: str, data: st.DataObject) -> None:
    record = data.draw(world.records(source))
    done = travel(world, record, to)
    lost = {loss.pointer for loss in done.lost}
    targets = {entry["basis"]: entry["target"] for entry in done.record.get("annotations", [])}
    for number, annotation in enumerate(record.get("annotations", [])):
        assert (annotation["basis"] in targets) != (f"/annotations/{number}" in lost)
        if annotation["basis"] in targets:
            old, new = annotation["target"], targets[annotation["basis"]]
            assert _meant(world, done.record, new) == _meant(world, record, old) or old == "/$schema"


def _meant(world: World, record: Any, pointer: str) -> Any:
    """What a pointer leads to, as far as it is the same in every version: an annotation is known by its basis."""
    path = resolve(record, world.merged.get(pointer, pointer))
    assert path is not None
    if path[0] == "annotations" and len(path) > 1:
        return at(record, path[:2])["basis"], path[2:]
    value = at(record, path)
    if isinstance(value, dict):
        return value.get("id")
    return None if isinstance(value, list) or pointer in world.coarser else value


@trips(World.round_trips)
@BOUNDED
@given(data=st.data())
def test_there_and_back_again_gives_the_same_record_without_what_was_lost(
    world: World, source: str, to: str, data: st.DataObject
) -> None:
    record = data.draw(world.records(source))
    there = travel(world, record, to)
    back = travel(world, there.record, source)
    assert back.lost == ()
    assert back.record == _left(world, record, [loss.pointer for loss in there.lost])


def _left(world: World, record: dict[str, Any], lost: list[str]) -> dict[str, Any]:
    """What is left of a record when it has lost something, its annotations about the same as before."""
    left: dict[str, Any]
    left, places = without(record, [pointer for pointer in lost if pointer not in world.coarser])
    for pointer in set(lost) & world.coarser.keys():
        left = replaced(left, resolve(left, pointer) or (), world.coarser[pointer])
    for annotation in left.get("annotations", []):
        target = places[annotation["target"]]
        annotation["target"] = world.merged.get(target, target)
    return left


def test_what_is_drawn_puts_these_properties_to_the_test() -> None:
    met: Counter[str] = Counter()

    @settings(derandomize=True, database=None, deadline=None, max_examples=100)
    @given(st.sampled_from(worlds.INVENTED.round_trips()).flatmap(lambda way: st.tuples(st.just(way), _from(way))))
    def look(drawn: tuple[tuple[str, str], dict[str, Any]]) -> None:
        (source, to), record = drawn
        lost = [loss.pointer for loss in invented(record, to).lost]
        inner = [
            f"/annotations/{number}" in lost
            for number, entry in enumerate(record.get("annotations", []))
            if entry["target"].startswith("/annotations/")
        ]
        met.update([f"{source} to {to}", "something is lost" if lost else "nothing is lost"])
        met.update({f"an annotation of one is {'lost' if gone else 'kept'}" for gone in inner})

    def _from(way: tuple[str, str]) -> st.SearchStrategy[dict[str, Any]]:
        return worlds.INVENTED.records(way[0])

    look()
    assert {name for name in met if " to " in name} == {
        "1.0 to 1.1", "1.0 to 2.0", "1.1 to 1.0", "1.1 to 2.0", "2.0 to 1.0", "2.0 to 1.1",
    }  # fmt: skip
    assert met["something is lost"] >= 20
    assert met["nothing is lost"] >= 20
    assert met["an annotation of one is lost"] >= 5
    assert met["an annotation of one is kept"] >= 20


def test_the_real_steps_are_tried_as_soon_as_there_are_any() -> None:
    versions = catalogue().versions
    ups = {(old, new) for old, new in pairwise(versions) if versions[new].status != "withdrawn"}
    assert ups <= set(worlds.REAL.trips())
    assert set(worlds.REAL_AND_ONE_MORE.trips()) > set(worlds.REAL.trips())
    for version in versions:
        assert len(real_records(version)) > 10, f"there are hardly any records of {version} to try its steps with"


@pytest.mark.parametrize(
    ("world", "pair"),
    [pytest.param(world, pair, id=f"{world.name}, {pair}") for world in WORLDS for pair in sorted(world.steps)],
)
@BOUNDED
@given(data=st.data())
def test_a_step_by_itself_names_only_what_is_there(world: World, pair: tuple[str, str], data: st.DataObject) -> None:
    record = data.draw(world.records(pair[0]))
    change = world.steps[pair].function(deepcopy(record))
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
        Loss("/annotations/0", "an annotation", "what it is about is lost", "2.0"),
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


def test_an_annotation_of_something_of_which_only_a_part_is_lost_stays() -> None:
    annotations = about("/talks/1", "/talks", "/talks/1/mood")
    done = invented(fixture("1.2/weather") | {"annotations": annotations}, "1.0")
    assert [loss.pointer for loss in done.lost] == ["/weather", "/talks/1/mood", "/annotations/2"]
    assert done.record["annotations"] == annotations[:2]


def test_an_annotation_lost_later_is_numbered_as_in_the_record_that_was_given() -> None:
    record = fixture("1.2/weather")
    record["annotations"] = [{"target": "/weather", "basis": "x"}, {"target": "/talks/1/mood", "basis": "y"}]
    assert [loss.pointer for loss in invented(record, "1.0").lost] == [
        "/weather", "/annotations/0", "/talks/1/mood", "/annotations/1",
    ]  # fmt: skip


def about(*targets: str) -> list[dict[str, str]]:
    """Annotations about some targets; the basis of each is its number."""
    return [{"target": target, "basis": str(number)} for number, target in enumerate(targets)]


def remaining(record: dict[str, Any]) -> list[tuple[str, str]]:
    return [(entry["basis"], entry["target"]) for entry in record.get("annotations", [])]


@pytest.mark.parametrize(
    ("targets", "left", "lost"),
    [
        (["/weather", "/annotations/2/basis", "/title"], [("1", "/annotations/1/basis"), ("2", "/title")], "0"),
        (["/weather", "/annotations/0"], [], "01"),
        (["/annotations/1", "/annotations/2", "/annotations/3/basis", "/weather", "/id"], [("4", "/id")], "0123"),
        (["/annotations/2", "/weather", "/annotations/0"], [("0", "/annotations/1"), ("2", "/annotations/0")], "1"),
        (["/weather", "/annotations/1/target"], [("1", "/annotations/0/target")], "0"),
        (["/weather", "/annotations"], [("1", "/annotations")], "0"),
        (["/weather", "/annotations/7", "/annotations/1/x"], [("1", "/annotations/7"), ("2", "/annotations/0/x")], "0"),
        (["/weather", "/annotations/0/x"], [], "01"),
        (["/weather", "/annotations/00", "/annotations/-"], [("1", "/annotations/00"), ("2", "/annotations/-")], "0"),
        (["/weather", *["/id"] * 9, "/annotations/1", "/annotations/10"],
         [*((str(number), "/id") for number in range(1, 10)), ("10", "/annotations/0"), ("11", "/annotations/9")], "0"),
    ],
)  # fmt: skip
def test_an_annotation_of_an_annotation_follows_it_or_is_lost_with_it(
    targets: list[str], left: list[tuple[str, str]], lost: str
) -> None:
    done = invented(fixture("1.2/weather") | {"annotations": about(*targets)}, "1.1")
    assert remaining(done.record) == left
    assert done.lost[0].pointer == "/weather"
    assert done.lost[1:] == tuple(
        Loss(f"/annotations/{number}", "an annotation", "what it is about is lost", "1.1") for number in lost
    )


def test_annotations_of_annotations_are_followed_through_several_steps() -> None:
    annotations = about(
        "/annotations/3/basis",
        "/weather",
        "/annotations/1",
        "/talks/1/mood",
        "/annotations/4",
        "/annotations/0",
        "/venue",
    )
    done = invented(fixture("1.2/weather") | {"annotations": annotations}, "1.0")
    assert remaining(done.record) == [("4", "/annotations/0"), ("6", "/venue")]
    assert [loss.pointer for loss in done.lost] == [
        "/weather", "/annotations/1", "/annotations/2",
        "/talks/1/mood", "/annotations/0", "/annotations/3", "/annotations/5",
    ]  # fmt: skip


def test_a_loss_of_what_a_step_made_is_told_where_it_was_made() -> None:
    def insert(record: dict[str, Any]) -> Change:
        moved = {f"/talks/{number}": f"/talks/{number + 1}" for number in range(len(record["talks"]))}
        return Change(record | {"talks": [{"id": "new", "subject": "x"}, *record["talks"]]}, (), moved)

    def forget(record: dict[str, Any]) -> Change:
        losses = [Loss("/talks/0", "a talk", "x"), Loss("/talks/2/subject", "its subject", "x")]
        del record["talks"][2]["subject"], record["annotations"]
        return Change(record | {"talks": record["talks"][1:]}, (*losses, Loss("/annotations", "annotations", "x")),
                      {"/talks/1": "/talks/0", "/talks/2": "/talks/1"})  # fmt: skip

    steps = {("1.0", "1.1"): Step("1.0", "1.1", insert), ("1.1", "1.2"): Step("1.1", "1.2", forget)}
    # 1.2 was withdrawn, so what it has is looked at on the way to 2.0.
    steps["1.2", "2.0"] = STEPS["1.2", "2.0"]
    lost = invented(fixture("1.0/full"), "2.0", steps).lost
    assert [loss.pointer for loss in lost][:3] == ["/talks", "/talks/1/subject", "/annotations"]


def test_a_loss_inside_an_annotation_is_traced_back_to_where_it_stood() -> None:
    def shout(record: dict[str, Any]) -> Change:
        """The bases are written in capitals from now on, and there is no weather."""
        del record["weather"], record["talks"]
        whole = {}
        for number, annotation in enumerate(record["annotations"]):
            annotation["basis"] = annotation["basis"].upper()
            whole[f"/annotations/{number}/basis"] = f"/annotations/{number}/basis"
        return Change(record, (Loss("/weather", "the weather", "x"), Loss("/talks", "talks", "x")), whole)

    def shorten(record: dict[str, Any]) -> Change:
        record["annotations"][0]["basis"] = "?"
        here = "/annotations/0/basis"
        return Change(record, (Loss(here, "the basis", "it is a test"),), {here: here})

    steps = {("1.2", "1.1"): Step("1.2", "1.1", shout), ("1.1", "1.0"): Step("1.1", "1.0", shorten)}
    annotations = [{"target": "/weather", "basis": "a"}, {"target": "/title", "basis": "b"}]
    done = invented(fixture("1.2/weather") | {"annotations": annotations}, "1.0", steps)
    assert done.record["annotations"] == [{"target": "/title", "basis": "?"}]
    assert [loss.pointer for loss in done.lost] == ["/weather", "/talks", "/annotations/0", "/annotations/1/basis"]


@pytest.mark.parametrize("name", ["1.0/full", "1.0/audience", "1.1/full", "1.1/summit", "1.2/weather", "2.0/full"])
def test_every_value_may_have_an_annotation(name: str) -> None:
    record = fixture(name)
    record.pop("annotations", None)
    for pointer in pointers(record):
        for to in TARGETS:
            done = invented(record | {"annotations": about(pointer)}, to)
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
        ("1.0/event.schema.json", "2.0/event.schema.json"),
        ("/1.0/1.0/1.0/event.json#/$defs/1.0/x", "/1.0/1.0/2.0/event.json#/$defs/1.0/x"),
        ("https://example.org/1.0/?from=/1.0/", "https://example.org/2.0/?from=/1.0/"),
    ],
)
def test_an_address_whose_folder_is_the_version_becomes_that_of_the_target_there_and_only_there(
    old: str, new: str
) -> None:
    assert invented(fixture("1.0/minimal") | {"$schema": old}, "2.0").record["$schema"] == new


@pytest.mark.parametrize(
    "address",
    [
        "elsewhere.json",
        "../.vscode/diplomatic-events.schema.json",
        "https://example.org/1.0/of/our/own.json",
        "schema/v1.0/event.schema.json",
        "schema/11.0/event.schema.json",
        "schema/1x0/event.schema.json",
        "schema/1.1/event.schema.json",
        "event.json#/1.0/x",
        "event.json?of=/1.0/x",
        "1.0",
    ],
)
def test_any_other_address_is_left_to_its_owner(address: str) -> None:
    assert invented(fixture("1.0/minimal") | {"$schema": address}, "2.0").record["$schema"] == address


def test_a_record_without_an_address_of_the_schema_gets_none() -> None:
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


def test_a_step_that_changes_the_words_of_an_annotation_need_not_care_for_its_target() -> None:
    def reword(record: dict[str, Any]) -> Change:
        record["annotations"][1]["basis"] = "reworded"
        return Change(
            record | {"talks": record["talks"][1:]}, (Loss("/talks/0", "a talk", "x"),), {"/talks/1": "/talks/0"}
        )

    steps = {("1.0", "1.1"): Step("1.0", "1.1", reword)}
    record = fixture("1.0/full") | {"annotations": about("/talks/0/id", "/talks/1/id")}
    assert remaining(invented(record, "1.1", steps).record) == [("reworded", "/talks/0/id")]


def test_a_step_whose_annotations_are_none_is_our_own_fault() -> None:
    for wrong in ("none", ["none"], [{"basis": "x"}]):
        assert "its record is not valid: schema/" in broken(
            lambda record, wrong=wrong: Change(record | {"annotations": wrong})
        )


def test_a_step_that_writes_its_annotations_anew_is_left_alone() -> None:
    def rewrite(record: dict[str, Any]) -> Change:
        return Change(record | {"annotations": [{"target": "/city", "basis": "x"}]})

    steps = {("1.0", "1.1"): Step("1.0", "1.1", rewrite)}
    assert invented(fixture("1.0/full"), "1.1", steps).record["annotations"] == [{"target": "/city", "basis": "x"}]


def test_a_step_that_drops_an_annotation_must_see_to_the_others() -> None:
    def drop(record: dict[str, Any]) -> Change:
        talks, annotations = record["talks"][1:], record["annotations"][1:]
        return Change(
            record | {"talks": talks, "annotations": annotations},
            (Loss("/talks/0", "a talk", "x"), Loss("/annotations/0", "an annotation", "x")),
            {"/talks/1": "/talks/0"},
        )

    record = fixture("1.0/full") | {"annotations": about("/talks/0/id", "/talks/1/subject", "/nowhere")}
    assert "it leaves an annotation about /talks/1/subject, where there is nothing" in broken(drop, record)
    record["annotations"] = about("/talks/0/id", "/talks/0/id", "/nowhere")
    steps = {("1.0", "1.1"): Step("1.0", "1.1", drop)}
    assert remaining(invented(record, "1.1", steps).record)[-1][1] == "/nowhere"  # as it was before


def test_renaming_keeps_the_order() -> None:
    assert list(renamed({"a": 1, "b": 2, "c": 3}, {"b": "z"}).items()) == [("a", 1), ("z", 2), ("c", 3)]


# The real versions, as soon as there are two


def invented_records(version: str) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((HERE / "records" / version).glob("*.json"))}


def test_each_real_version_can_be_reached_from_the_one_before() -> None:
    for old, new in pairwise(catalogue().versions):
        if catalogue().versions[new].status == "withdrawn":
            continue
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


CONDITIONAL = {
    "$defs": {"kind": {"enum": ["a"]}, "mode": {"$ref": "#/$defs/kind"}, "free": {"enum": ["a"]}},
    "additionalProperties": False,
    "properties": {
        "type": {"$ref": "#/$defs/free"},
        "place": {
            "if": {"properties": {"type": {"const": "a"}}, "required": ["type"]},
            "then": {"properties": {"city": True}, "required": ["city"]},
            "else": {"properties": {"mode": {"enum": ["a"], "maxLength": 5}}},
            "not": {"items": {"required": ["a"], "minItems": 2}},
        },
        "open": {"properties": {"a": True}},
        "unsure": {"allOf": [{"not": {"properties": {"a": {"$ref": "#/$defs/mode"}}}}]},
    },
}
"""A schema with conditions, in which something more can forbid what was allowed."""


@pytest.mark.parametrize(
    ("where", "change", "faults"),
    [
        ("place/if/properties", {"mode": {"const": "a"}}, ["/properties/place/if has changed"]),
        ("place/if/properties/type", {"enum": ["a", "b"]}, ["/properties/place/if has changed"]),
        ("place/if", {"title": "A place"}, ["/properties/place/if has changed"]),
        ("place/then/properties", {"places": {"minItems": 2}}, ["/properties/place/then has changed"]),
        ("place/else/properties/mode", {"enum": ["a", "b"]}, ["/properties/place/else has changed"]),
        ("place/else/properties/mode", {"maxLength": 6}, ["/properties/place/else has changed"]),
        ("place/not/items", {"minItems": 1}, ["/properties/place/not has changed"]),
        ("place/not", {"properties": {"text": True}}, ["/properties/place/not has changed"]),
        ("open/properties", {"b": {"const": 1}}, ["/properties/open/properties/b was added where any property was allowed"]),
        ("unsure/allOf/0/not/properties", {"b": True}, ["/properties/unsure/allOf has changed"]),
        ("../$defs/kind", {"enum": ["a", "b"]}, ["/$defs/kind has changed, and a condition refers to it"]),
        ("../$defs/free", {"enum": ["a", "b"]}, []),
        ("", {"summary": {"type": "string"}}, []),
    ],
)  # fmt: skip
def test_a_minor_version_changes_nothing_that_can_forbid_by_allowing_more(
    where: str, change: dict[str, Any], faults: list[str]
) -> None:
    new = deepcopy(CONDITIONAL)
    part: Any = new if where.startswith("../") else new["properties"]
    for key in where.removeprefix("../").split("/") if where else ():
        part = part[int(key) if isinstance(part, list) else key]
    part.update(change)
    assert list(schema_faults(CONDITIONAL, new)) == faults


def test_words_may_be_mended_and_limits_widened() -> None:
    old = INVENTED.schema("1.0")
    new = deepcopy(old)
    new["$defs"]["localId"] |= {"maxLength": 128, "description": "A better one.", "examples": ["x"]}
    assert list(schema_faults(old, new)) == []
