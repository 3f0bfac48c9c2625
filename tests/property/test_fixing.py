"""`check --fix` in files of any layout: what was changed in a sound record is changed back, and not one other byte."""

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from diplomatic_events import Options, Report
from diplomatic_events.checking import check_inputs
from diplomatic_events.fixing import Made, Request, fix_found
from diplomatic_events.inputs.paths import expand
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.schema.codelists import codelist
from property.faults import PLANTERS, Planted, Soil, one_fault
from property.model import OBJECTS, Code, Many, Namespaced, Number, Part, Words, parts
from property.strategies import Json, records

UNSHRUNK = settings(phases=[Phase.explicit, Phase.generate])
FEW = settings(UNSHRUNK, max_examples=max(4, settings().max_examples // 12),
               suppress_health_check=list(HealthCheck))  # fmt: skip


ALONE: Final = Options(ignore=("corpus", "json/byte-order-mark"))
"""What is found in one record by itself; the mark of some layouts stays, as all that is no fault of the planted kind."""


class Layout(NamedTuple):
    """How a program, or a person, writes a record."""

    indent: str | None
    comma: str
    colon: str
    line_end: str
    ascii: bool
    mark: str
    seed: int | None


LAYOUTS: Final = st.builds(
    Layout,
    indent=st.sampled_from((None, "", " ", "  ", "\t")),
    comma=st.sampled_from((",", ", ", " , ")),
    colon=st.sampled_from((":", ": ", " : ")),
    line_end=st.sampled_from(("\n", "\r\n")),
    ascii=st.booleans(),
    mark=st.sampled_from(("", "\ufeff")),
    seed=st.none() | st.integers(0, 9),
)


class Tight(list[Any]):
    """A list that was put around a single value, however the others are written."""


def written(record: Json, layout: Layout) -> bytes:
    """A record as a file; the order of properties depends on their names and the layout alone."""
    return f"{layout.mark}{_written(record, layout, layout.line_end)}{layout.line_end}".encode()


def _written(value: Any, layout: Layout, before: str) -> str:
    if isinstance(value, Tight):
        return f"[{_written(value[0], layout, before)}]"
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=layout.ascii)
    inner = "" if layout.indent is None else before + layout.indent
    items = [_written(item, layout, inner) for item in value] if isinstance(value, list) else [
        json.dumps(name, ensure_ascii=layout.ascii) + layout.colon + _written(value[name], layout, inner)
        for name in ordered(value, layout)
    ]  # fmt: skip
    opening, closing = "[]" if isinstance(value, list) else "{}"
    apart = layout.comma if layout.indent is None else layout.comma.rstrip() + inner
    return opening + inner + apart.join(items) + ("" if layout.indent is None else before) + closing


def ordered(value: Json, layout: Layout) -> list[str]:
    """The names of properties in an order in which the place of one does not depend on the others."""
    if layout.seed is None:
        return list(value)
    return sorted(value, key=lambda name: random.Random(f"{layout.seed} {plain(name)}").random())


def plain(name: str) -> str:
    """A name in the one spelling that all of its have, so that a property keeps its place when it is misspelt."""
    return name.replace("_", "").lower()


def fixed(folder: Path, *, unsafe: bool = False) -> tuple[Report, Made]:
    """Make the fixes in the files of a folder, as the command does."""
    inputs = expand([str(folder)])

    def check(options: Options, stdin: BinaryIO | None) -> Report:
        return check_inputs(inputs, options, stdin)

    return fix_found(inputs.files, ALONE, Request(unsafe=unsafe), None, check)


# What is changed so that a fix changes it back: a function of each gets a sound record and gives one with a fault, and
# what the fixed one is if that is written in another way than the sound one.

Changed = tuple[Json, Json]
CHANGES: Final[dict[str, Callable[[Soil], Changed]]] = {}


def _changes(change: Callable[[Soil], Changed | None]) -> Callable[[Soil], Changed | None]:
    def made(soil: Soil) -> Changed:
        sound = deepcopy(soil.record)
        done = change(soil)
        return done or (soil.record, sound)

    CHANGES[change.__name__.strip("_")] = made
    return change


def _put(record: Json, path: Pointer, value: Any) -> Json:
    """A copy of a record with another value at a path."""
    copy = deepcopy(record)
    at(copy, path[:-1])[path[-1]] = value
    return copy


def _once(soil: Soil) -> tuple[Pointer, Json, str]:
    """A piece of evidence with offsets that occurs once in its source, and the text of that."""
    texts = {source["id"]: source.get("text", "") for source in soil.record["sources"]}
    return soil.one(  # type: ignore[no-any-return]
        (path, evidence, texts[evidence["source"]])
        for path, evidence in soil.of_kind(Part("evidence"))
        if "start" in evidence
        and texts[evidence["source"]].count(evidence["exact"]) == 1
        and not evidence.keys() & {"prefix", "suffix"}
    )


@_changes
def _offsets_shifted(soil: Soil) -> None:
    _, evidence, _ = _once(soil)
    by = soil.one((1, 7, 1000))
    evidence |= {"start": evidence["start"] + by, "end": evidence["end"] + by}


@_changes
def _offsets_in_bytes(soil: Soil) -> None:
    _, evidence, text = _once(soil)
    start = len(text[: evidence["start"]].encode())
    assume(start != evidence["start"])
    evidence |= {"start": start, "end": start + len(evidence["exact"].encode())}


@_changes
def _offsets_swapped(soil: Soil) -> None:
    _, evidence, _ = _once(soil)
    evidence["start"], evidence["end"] = evidence["end"], evidence["start"]


@_changes
def _digest(soil: Soil) -> None:
    _, source = soil.one(found for found in soil.of_kind(Part("source")) if "sha256" in found[1] and "text" in found[1])
    source["sha256"] = "0" * 64


@_changes
def _typography(soil: Soil) -> Changed:
    number = len(soil.record["sources"][0]["text"])
    passage = f"«Qxz {number}»\u00a0– “zü’q…”"
    evidence = soil.quote(passage)
    soil.add("evidence", evidence)
    sound = deepcopy(soil.record)
    evidence["exact"] = soil.one((
        f'"Qxz {number}" - "zü\'q..."', f"«Qxz\n{number}» —  “zu\u0308’q…”", f"«Qxz {number}»\u00a0– “z\u00adü’q…”",
    ))  # fmt: skip
    return soil.record, sound


@_changes
def _letters_of_a_code(soil: Soil) -> None:
    path, _, code = soil.one(
        (path, kind, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Code) and kind.codelist not in ("country", "language") and not value.isdigit()
    )
    soil.record.update(
        _put(soil.record, path, soil.one((code.upper(), code.replace("-", " ").title(), f"{code}{code[-1]}")))
    )


@_changes
def _two_letters_of_a_country(soil: Soil) -> None:
    countries = codelist("country")
    last = {entry.alpha2: entry.code for entry in countries.values() if not entry.valid_until and not entry.deprecated}
    path, code = soil.one(
        (path, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Code) and kind.codelist == "country" and last.get(countries[value].alpha2) == value
    )
    soil.record.update(_put(soil.record, path, countries[code].alpha2))


@_changes
def _name_of_a_property(soil: Soil) -> None:
    value, name = soil.one(
        (value, name)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Part)
        for name in value
        if name.isalpha() and (path, name) != ((), "schemaVersion")
    )
    wrong = soil.one((name.upper(), re.sub("([A-Z])", r"_\1", name).lower(), name.capitalize()))
    assume(wrong != name and wrong not in OBJECTS)
    renamed = {wrong if key == name else key: part for key, part in value.items()}
    value.clear()
    value.update(renamed)


@_changes
def _list_of_one(soil: Soil) -> Changed:
    path, _, value = soil.one(
        (path, kind, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Many) and len(value) == 1 and path != ("annotations",)
    )
    return _put(soil.record, path, value[0]), _put(soil.record, path, Tight(value))


@_changes
def _day_in_words(soil: Soil) -> None:
    path, day = soil.one(
        (path, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Words)
        and kind == OBJECTS["record"].properties["date"]
        and re.fullmatch(r"2\d{3}-\d\d-\d\d", value)
    )
    year, month, number = day.split("-")
    name = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")[int(month) - 1]
    form = soil.one((f"{int(number)} {name} {year}", f"{name} {int(number)}, {year}", f"{number}.{month}.{year}"))
    soil.record.update(_put(soil.record, path, form))


@_changes
def _value_that_says_nothing(soil: Soil) -> None:
    value, name, kind = soil.one(
        (value, name, inner)
        for _, kind, value in parts(soil.record)
        if isinstance(kind, Part)
        for name, inner in OBJECTS[kind.name].properties.items()
        if name not in value and name not in OBJECTS[kind.name].required and not _depends(kind.name, name)
    )
    empty: dict[type, Any] = {Words: "", Code: "", Number: None, Many: [], Part: {}, Namespaced: {}}
    value[name] = soil.one((None, empty.get(type(kind))))


def _depends(object: str, name: str) -> bool:
    """Whether other properties depend on whether there is one."""
    form = OBJECTS[object]
    return any(name in pair for pair in (*form.together, *form.apart, *form.instead, *form.when))


@_changes
def _target_that_counts(soil: Soil) -> Changed:
    name = soil.one(("parties", "outcomes", "sources"))
    entry = soil.record[name][0]
    note = {"kind": "inferred", "basis": "It is plain."}
    place = soil.add("annotations", {"target": f"/{name}/0/id", **note})
    return soil.record, _put(soil.record, (*place, "target"), f"{entry['id']}/id")


@_changes
def _slip_in_an_id(soil: Soil) -> Changed:
    outcome = {**soil.record["outcomes"][0], "id": "memorandum"}
    soil.add("outcomes", {key: part for key, part in outcome.items() if key != "partOf"})
    _, statement = soil.entry("outcomes")
    assume(statement["id"] != "memorandum")
    statement["partOf"] = "memorandum"
    sound = deepcopy(soil.record)
    statement["partOf"] = soil.one(("memorandumm", "memorandm", "memoarndum"))
    return soil.record, sound


@_changes
def _person_in_place_of_a_member(soil: Soil) -> Changed:
    _, member, _ = soil.member()
    assume("person" in member)
    people = [other.get("person") for one in soil.record["delegations"] for other in one.get("members", ())]
    assume(people.count(member["person"]) == 1)
    soil.record.pop("initiatedBy", None)
    place = soil.add("initiatedBy", member["person"])
    return soil.record, _put(soil.record, place, member["id"])


@_changes
def _language_in_another_form(soil: Soil) -> None:
    path, tag = soil.one(
        (path, value) for path, _, value in parts(soil.record) if path[-1:] == ("language",) and value in _TAGS
    )
    soil.record.update(_put(soil.record, path, soil.one(_TAGS[tag])))


_TAGS: Final = {"en": ("eng", "English"), "de": ("ger", "deu"), "fr": ("fre", "French"), "zh": ("chi",), "ru": ("rus",)}


@_changes
def _identifier_with_its_address(soil: Soil) -> Changed:
    path, _ = soil.entry("parties", "people", "outcomes")
    number = f"Q{len(json.dumps(soil.record))}"
    place = soil.add("identifiers", {"scheme": "wikidata", "value": number}, at=path)
    sound = deepcopy(soil.record)
    wrong = soil.one((number.lower(), number[1:], f"https://www.wikidata.org/wiki/{number}", f" {number}"))
    return _put(soil.record, (*place, "value"), wrong), sound


@_changes
def _blanks_before_a_text(soil: Soil) -> None:
    path, text = soil.one(
        (path, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, Words)
        and kind.holds("x y")
        and not kind.holds(" x")
        and path != ("annotations", 0, "basis")
    )
    soil.record.update(_put(soil.record, path, f" \n{text}"))


@pytest.mark.parametrize("change", CHANGES)
@FEW
@given(records(complete=True), LAYOUTS, st.data())
def test_what_was_changed_is_changed_back_and_not_one_other_byte(
    change: str, record: Json, layout: Layout, data: st.DataObject
) -> None:
    record["annotations"] = [{"target": "/title", "kind": "uncertain", "basis": "It is illegible."}]
    faulty, sound = CHANGES[change](Soil(data.draw, record, {}))
    before, expected = written(faulty, layout), written(sound, layout)
    assume(before != expected)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.json")
        path.write_bytes(before)
        report, _ = fixed(Path(folder))
        assert path.read_bytes().decode() == expected.decode()
        assert report.findings == ()
        _, made = fixed(Path(folder))
        assert (made.files, path.read_bytes()) == (set(), expected)


@FEW
@given(
    st.lists(st.tuples(st.sampled_from(list(CHANGES)), st.data()), min_size=2, max_size=4),
    records(complete=True),
    LAYOUTS,
)
def test_each_line_is_fixed_by_itself(changes: list[tuple[str, st.DataObject]], record: Json, layout: Layout) -> None:
    record["annotations"] = [{"target": "/title", "kind": "uncertain", "basis": "It is illegible."}]
    both = [CHANGES[change](Soil(data.draw, deepcopy(record), {})) for change, data in changes]
    flat = layout._replace(indent=None)
    lines = [[written(one[which], flat).removeprefix("\ufeff".encode()) for one in both] for which in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.ndjson")
        path.write_bytes(layout.mark.encode() + b"".join(lines[0]))
        fixed(Path(folder))
        assert path.read_bytes() == layout.mark.encode() + b"".join(lines[1])


@pytest.mark.parametrize("rule", PLANTERS)
@FEW
@given(st.booleans(), st.data(), LAYOUTS)
def test_no_fix_adds_a_finding_and_a_second_run_changes_nothing(
    rule: str, unsafe: bool, data: st.DataObject, layout: Layout
) -> None:
    planted: Planted = data.draw(one_fault(rule))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.json")
        path.write_bytes(written(json.loads(planted.data), layout))
        for name, content in planted.files.items():
            Path(folder, name).write_bytes(content)
        before = check_inputs(expand([folder]), ALONE)
        after, made = fixed(Path(folder), unsafe=unsafe)
        offered = [row for row in before.findings if row.fix is not None and (row.fix.safe or unsafe)]
        assert not Counter(row.rule for row in after.findings) - Counter(row.rule for row in before.findings)
        assert made.fixed + made.refused >= len(offered)
        assert len(after.findings) <= len(before.findings) - made.fixed
        content = path.read_bytes()
        _, again = fixed(Path(folder), unsafe=unsafe)
        assert (again.files, path.read_bytes()) == (set(), content)
