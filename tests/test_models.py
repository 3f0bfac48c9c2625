"""The Python models say what the schema says, and change nothing on the way through."""

import copy
import inspect
import json
import math
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import codes
import newest
from diplomatic_events.models import record as models
from diplomatic_events.models.record import (
    Alternative,
    Annotation,
    ClockSpan,
    Coordinates,
    Delegation,
    Event,
    Evidence,
    Member,
    Office,
    Party,
    Person,
    Place,
    Source,
    Statement,
    Votes,
)
from property import model
from property.cases import cases

pytestmark = pytest.mark.filterwarnings("error")

ROOT = Path(__file__).resolve().parents[1]
SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())
EXAMPLES = sorted((ROOT / "examples").glob("*/record.json"))
REFERENCE = Draft202012Validator(SCHEMA)

CONDITIONS = {"if", "then", "else", "not", "allOf", "anyOf", "oneOf", "dependentRequired", "dependentSchemas"}
NOTES = {"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "default"}

Path_ = tuple[str | int, ...]


class _Absent:
    def __repr__(self) -> str:
        return "absent"


ABSENT: Any = _Absent()


def minimal() -> dict[str, Any]:
    """The least that a record holds."""
    return {
        "schemaVersion": "1.0",
        "id": "minimal",
        "language": "en",
        "title": "A meeting is announced",
        "type": "meeting",
        "status": "announced",
        "date": "2018",
        "parties": [{"id": "g", "type": "group", "name": "A group"}],
        "sources": [{"id": "s", "type": "other"}],
    }


def rich() -> dict[str, Any]:
    """A record with every property of the schema in it."""
    place = {
        "name": "the old harbour",
        "venue": "Congress Hall",
        "city": "Qingdao",
        "region": "Shandong",
        "country": "CHN",
        "coordinates": {"latitude": 36.0671, "longitude": -120},
        "identifiers": [{"scheme": "geonames", "value": "1797929"}],
    }
    evidence = [
        {"source": "report", "exact": " the ministers met\n", "prefix": " ", "suffix": "\t", "start": 0, "end": 19},
        {"source": "report", "exact": "\u200e☕\U0001f91d\u0301"},
    ]
    series = {"name": "SCO summit", "edition": 18, "organizer": "sco"}
    names = [{"text": "中华人民共和国", "language": "zh", "script": "Hans", "kind": "official"}, {"text": "PRC"}]
    reference = {
        "id": "upcoming-summit",
        "record": "sco-summit-2018",
        "title": "SCO summit",
        "type": "summit",
        "status": "announced",
        "date": "2018-06/..",
        "place": place,
        "organizers": ["sco"],
        "participants": ["china", "sco"],
        "people": ["xi-jinping"],
        "series": series,
        "evidence": evidence,
    }
    return {
        "$schema": "../../schema/1.0/event.schema.json",
        "schemaVersion": "1.0",
        "id": "qingdao.2018_06-09",
        "revision": {"number": 2, "date": "2018-06-12", "note": "A place was added."},
        "language": "en-GB",
        "title": "President Xi opens the summit\u2028",
        "type": "visit",
        "visitType": "state",
        "mode": "hybrid",
        "status": "held",
        "date": "2018-06-09/2018-06-10~",
        "time": {"start": "09:05", "end": "17:00", "timeZone": "Asia/Shanghai"},
        "previousDates": ["2018-05", "201X?"],
        "statusChange": {
            "date": "2018-04",
            "by": ["china", "sco"],
            "reason": "The hall was not ready.",
            "evidence": evidence,
        },
        "places": [place, {"city": "Beijing"}],
        "series": series,
        "parties": [
            {
                "id": "china",
                "type": "state",
                "name": "China",
                "country": "CHN",
                "names": names,
                "identifiers": [{"scheme": "wikidata", "value": "Q148"}],
                "evidence": evidence,
            },
            {"id": "sco", "type": "intergovernmental-organization", "name": "SCO", "members": ["china"]},
        ],
        "people": [
            {
                "id": "xi-jinping",
                "name": "Xi Jinping",
                "familyName": "Xi",
                "givenName": "Jinping",
                "names": [{"text": "习近平", "language": "zh"}],
                "identifiers": [{"scheme": "wikidata", "value": "Q15031"}],
                "evidence": evidence,
            }
        ],
        "hosts": [{"party": "china", "evidence": evidence}],
        "delegations": [
            {
                "id": "delegation-china",
                "party": "china",
                "capacity": "participant",
                "designation": "the host",
                "mode": "in-person",
                "size": 12,
                "members": [
                    {
                        "id": "xi",
                        "person": "xi-jinping",
                        "office": {
                            "title": "President",
                            "level": "head-of-state",
                            "portfolio": "foreign-affairs",
                            "tenure": "incumbent",
                            "of": "china",
                            "accreditedTo": "sco",
                        },
                        "role": "head",
                        "evidence": evidence,
                    },
                    {"id": "officials", "office": {"title": "officials"}, "several": True},
                    {"id": "advisers", "office": {"title": "advisers"}, "count": 3},
                ],
                "evidence": evidence,
            }
        ],
        "chairs": ["xi"],
        "programme": [
            {
                "id": "plenary",
                "type": "plenary",
                "title": "Plenary session",
                "date": "2018-06-10",
                "time": {"start": "10:00", "duration": "PT1H30M"},
                "place": place,
                "members": ["xi"],
                "chairs": ["xi", "officials"],
                "evidence": evidence,
            }
        ],
        "statements": [
            {
                "id": "cornerstone",
                "speakers": ["xi", "delegation-china"],
                "onBehalfOf": ["sco"],
                "addressees": ["china"],
                "form": "direct",
                "text": "Security is the cornerstone for development. ",
                "language": "zh-Hans",
                "act": "assess",
                "topics": ["security", "no-code-of-the-list"],
                "programmeItem": "plenary",
                "evidence": evidence,
            }
        ],
        "outcomes": [
            {
                "id": "declaration",
                "type": "declaration",
                "title": "Qingdao Declaration",
                "status": "adopted",
                "effective": "2019-01-01/..",
                "parties": ["china"],
                "addressees": ["sco"],
                "signatories": ["xi"],
                "witnesses": ["officials", "advisers"],
                "votes": {"for": ["china"], "against": ["sco"], "abstained": ["china"], "absent": ["sco"]},
                "identifiers": [{"scheme": "un-document", "value": "S/RES/1244 (1999)"}],
                "url": "https://example.org/declaration",
                "programmeItem": "plenary",
                "evidence": evidence,
            }
        ],
        "upcoming": [reference],
        "related": [{**reference, "id": "ministers-meeting", "relation": "prepares"}],
        "topics": ["security", "trade"],
        "sources": [
            {
                "id": "report",
                "type": "news-article",
                "publisher": "NNI",
                "author": "A correspondent",
                "title": "Summit opens",
                "url": "https://example.org/news/1",
                "published": "2018-06-10",
                "retrieved": "2018-06-11",
                "dateline": "QINGDAO",
                "language": "en",
                "rights": "© the publisher",
                "text": "\ufeff the ministers met\n\t☕\x00\r\n",
                "sha256": "0123456789abcdef" * 4,
                "evidence": evidence,
            },
            {"id": "readout", "type": "readout", "textFile": "texts/readout.txt"},
        ],
        "annotations": [
            {
                "target": "/parties/0/a~0b~1c",
                "kind": "disputed",
                "basis": "Sources differ.",
                "alternatives": [
                    {"value": None},
                    {"value": "2018-06-08", "evidence": evidence},
                    {"value": {"a": [None, True, 1, 1.5, "x", {"": None}]}},
                    {"value": 10**40},
                    {"value": False},
                ],
            },
            {"target": "", "kind": "uncertain", "basis": "The whole record is."},
        ],
        "provenance": {
            "created": "2018-06-11",
            "modified": "2018-06-12",
            "method": "machine-reviewed",
            "by": "A project",
            "tool": "extractor 2.1",
            "license": "CC-BY-4.0",
        },
        "evidence": evidence,
        "extensions": {
            "org.example.conflict-data": {"dyad": None, "nested": [[{"deep": None}]], "n": 1e300, "family_name": ""},
            "https://example.org/ns#x": {},
        },
    }


def changed(record: dict[str, Any], path: Path_, value: Any) -> dict[str, Any]:
    """A copy of a record in which the value at a path is another one, or absent."""
    record = copy.deepcopy(record)
    *parents, last = path
    target: Any = record
    for key in parents:
        target = target[key]
    if value is ABSENT:
        del target[last]
    else:
        target[last] = value
    return record


def schema_accepts(record: dict[str, Any]) -> bool:
    """What the schema says of a record, as the reference engine reads it."""
    return bool(REFERENCE.is_valid(record))


def model_accepts(record: dict[str, Any]) -> bool:
    """What the model says of the record's JSON."""
    try:
        Event.model_validate_json(json.dumps(record))
    except ValidationError:
        return False
    return True


# --- The models and the schema say the same


def shape(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a schema asks of a value, without how it is written down: references followed, notes left out."""
    branches = [branch for branch in schema.get("anyOf", []) if branch != {"type": "null"}]
    if len(branches) == 1:
        return shape(branches[0], definitions)
    if "$ref" in schema:
        return shape(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    asked = {
        key: value
        for key, value in schema.items()
        if key not in NOTES | CONDITIONS and not key.startswith("x-") and value != {}
    }
    if "enum" in asked or "const" in asked:
        asked.pop("type", None)
    if "required" in asked:
        asked["required"] = sorted(asked["required"])
    for pattern, values in asked.pop("patternProperties", {}).items():
        asked["propertyNames"] = {"type": "string", "pattern": pattern, **asked["propertyNames"]}
        asked["additionalProperties"] = values
    for key in ("items", "propertyNames", "additionalProperties"):
        if isinstance(asked.get(key), dict):
            asked[key] = shape(asked[key], definitions)
    if asked.get("additionalProperties") == {}:
        del asked["additionalProperties"]
    if "properties" in asked:
        asked["properties"] = {name: shape(value, definitions) for name, value in asked["properties"].items()}
    return asked


def first_paragraph(text: str) -> str:
    """The first paragraph of a text on one line."""
    return " ".join(text.split("\n\n")[0].split())


def objects(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The definitions of objects with properties, and the record itself, by the names that the models have."""
    found = {name[0].upper() + name[1:]: value for name, value in schema["$defs"].items() if "properties" in value}
    return {**found, "Event": schema}


MODEL_SCHEMA = Event.model_json_schema()
DEFINED = objects(SCHEMA)
MODELLED = objects(MODEL_SCHEMA)


def test_there_is_one_model_for_each_object_of_the_schema() -> None:
    assert sorted(MODELLED) == sorted(DEFINED)


def test_models_have_the_properties_codes_bounds_and_patterns_of_the_schema() -> None:
    for name, defined in DEFINED.items():
        assert shape(MODELLED[name], MODEL_SCHEMA["$defs"]) == shape(defined, SCHEMA["$defs"]), name


def test_models_are_described_in_the_words_of_the_schema() -> None:
    for name, defined in DEFINED.items():
        modelled = MODELLED[name]
        words = {**defined.get("x-definition", {}), **defined}
        assert first_paragraph(modelled["description"]) == words["description"], name
        for alias, value in defined["properties"].items():
            assert first_paragraph(modelled["properties"][alias]["description"]) == value["description"], alias


def test_properties_stand_in_the_order_of_the_schema() -> None:
    for name, defined in DEFINED.items():
        assert list(MODELLED[name]["properties"]) == list(defined["properties"]), name


def test_python_names_are_the_schema_s_in_snake_case() -> None:
    unlike = {
        (field, info.alias)
        for name in DEFINED
        for field, info in getattr(models, name).model_fields.items()
        if "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in str(info.alias)) != field
    }
    assert unlike == {("schema_uri", "$schema"), ("for_", "for")}


def test_codes_are_those_of_the_codelists() -> None:
    tool = ROOT / "validator" / "tools" / "codes.py"
    run = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.returncode == 0


def test_the_models_and_the_model_in_plain_python_have_the_codes_of_their_version_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["code,label,description,since,deprecated,replacedBy", "a,A,,1.0,,", "b,B,,99.1,,", "c,C,,1.0,1.0,a"]
    (tmp_path / "some-list.csv").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(codes, "CODELISTS", tmp_path)
    monkeypatch.setattr(model, "CODELISTS", tmp_path)
    assert re.findall(r'^    "(\w+)",  # (\w)$', codes.type_text("some-list"), re.MULTILINE) == [("a", "A"), ("c", "C")]
    assert model.codes("some-list", deprecated=True) == ("a", "c")
    assert model.codes("some-list") == ("a",)


# --- Round trips


def used(value: Any, schema: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    """The properties that a value uses, each with the definition it belongs to."""
    while "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        schema = SCHEMA["$defs"][name]
    for item in value if "items" in schema else []:
        yield from used(item, schema["items"], name)
    for key, part in value.items() if "properties" in schema else []:
        yield name, key
        yield from used(part, schema["properties"][key], name)


def test_rich_record_is_valid_and_uses_every_property() -> None:
    REFERENCE.validate(rich())
    every = {(name, key) for name, value in SCHEMA["$defs"].items() for key in value.get("properties", {})}
    every |= {("record", key) for key in SCHEMA["properties"]}
    assert set(used(rich(), SCHEMA, "record")) == every


def test_record_comes_back_as_the_same_json() -> None:
    for record in (rich(), minimal()):
        event = Event.model_validate_json(json.dumps(record))
        assert event.to_dict() == record
        assert json.loads(event.to_json()) == record
        assert Event.model_validate_json(event.to_json(indent=None)) == event
        assert Event.model_validate(record) == event


def test_true_stays_true_and_whole_numbers_stay_integers() -> None:
    event = Event.model_validate_json(json.dumps(rich()))
    assert '"several": true' in event.to_json()
    assert '"size": 12,' in event.to_json()
    assert f'"value": {10**40}' in event.to_json()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_example_is_written_as_it_was_read(path: Path, tmp_path: Path) -> None:
    Event.read(path).write(tmp_path / "copy.json")
    assert json.loads((tmp_path / "copy.json").read_bytes()) == json.loads(path.read_bytes())


def test_file_is_utf_8_with_two_spaces_and_a_line_break_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    Event.model_validate(changed(minimal(), ("title",), "会晤")).write(path)
    data = path.read_bytes()
    assert data.startswith(b'{\n  "schemaVersion": "1.0",\n')
    assert data.endswith(b"\n}\n")
    assert b"\r" not in data
    assert "会晤".encode() in data
    assert Event.read(path).title == "会晤"


def test_one_line_holds_a_whole_record() -> None:
    line = Event.model_validate(rich()).to_json(indent=None)
    assert line.index("\n") == len(line) - 1


def test_without_indent_but_with_lines_a_colon_has_its_blank() -> None:
    assert Event.model_validate(minimal()).to_json(indent=0).startswith('{\n"schemaVersion": "1.0",\n')


def test_what_is_absent_stays_absent_and_reads_as_none() -> None:
    event = Event.model_validate(minimal())
    assert event.mode is None
    assert event.delegations is None
    assert event.to_dict() == minimal()


def test_integers_may_be_written_as_floats() -> None:
    record = rich()
    for path in [("revision", "number"), ("series", "edition"), ("evidence", 0, "start"), ("evidence", 0, "end")]:
        record = changed(record, path, 5.0)
    event = Event.model_validate_json(json.dumps(record))
    assert schema_accepts(record)
    assert event.to_dict() == record
    assert event.revision is not None
    assert type(event.revision.number) is int


# --- What the schema refuses, the model refuses, and no more


def test_model_takes_what_is_valid_at_the_boundaries_and_nothing_else() -> None:
    """`tests/property/test_judgements.py` holds the schema against all of them; here, texts are a sample."""
    tried = [case for number, case in enumerate(cases()) if number % 20 == 0 or not isinstance(case.value, str)]
    assert len(tried) > 5000
    for case in tried:
        assert model_accepts(case.record) is case.valid, case.name


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "1.0"),
        (("schema_uri",), "x"),
        (("people", 0), {"id": "xi-jinping", "name": "Xi Jinping", "family_name": "Xi"}),
        (("outcomes", 0, "votes"), {"for_": ["china"]}),
        (("delegations", 0, "size"), 10**30),
        (("delegations", 0, "size"), 1e300),
        (("places", 0, "coordinates", "longitude"), 10**30),
    ],
)
def test_model_refuses_the_names_that_it_has_in_python_and_numbers_of_any_size(path: Path_, value: Any) -> None:
    record = changed(rich(), path, value)
    assert not schema_accepts(record)
    assert not model_accepts(record)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_numbers_that_json_cannot_write_are_refused(text: str) -> None:
    record = json.dumps(changed(rich(), ("extensions",), {"org.example": {"x": ["number"]}}))
    with pytest.raises(ValidationError):
        Event.model_validate_json(record.replace('"number"', text))
    with pytest.raises(ValidationError):
        Alternative(value=float(text))
    with pytest.raises(ValidationError):
        Coordinates(latitude=math.nan, longitude=0)


@pytest.mark.parametrize(
    ("part", "values", "message"),
    [
        (Party, {"id": "china", "type": "state", "name": "China"}, "a party of type state needs a country"),
        (Member, {"id": "m"}, "a member needs a person, an office or both"),
        (Member, {"id": "m", "person": "p", "several": True}, "person and several exclude each other"),
        (Member, {"id": "m", "office": {"title": "t"}, "several": 1}, "is only ever true"),
        (Source, {"id": "s", "type": "other", "text": "t", "text_file": "f"}, "text and textFile exclude each other"),
        (Evidence, {"source": "s", "exact": "e", "start": 1}, "start and end stand together or not at all"),
        (Place, {}, "has none of its properties; it needs at least one"),
        (Votes, {"for_": None}, "has none of its properties; it needs at least one"),
        (ClockSpan, {"end": "17:00"}, "end and timeZone need start beside them"),
        (Votes, {"for_": ["a", "b", "a"]}, "item 2 is the same as item 0; each may stand once"),
        (Event, {**minimal(), "status": "held"}, "an event that was held needs delegations"),
    ],
)
def test_fault_is_told_in_words(part: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        part(**values)


def test_null_in_json_is_told_by_the_schema_s_name() -> None:
    with pytest.raises(ValidationError, match="visitType is null; what is unknown is left out"):
        Event.model_validate_json(json.dumps({**minimal(), "visitType": None}))


# --- Building a record in Python

REPORT = "BEIJING: “Security comes first,” Wei Fenghe said. Wei Fenghe met the ministers on Tuesday.\n"


def built() -> Event:
    """A small record as one would write it in Python."""
    china = Party(id="china", type="state", name="China", country="CHN")
    wei = Person(id="wei-fenghe", name="Wei Fenghe", family_name="Wei", given_name="Fenghe")
    member = Member(id="wei", person=wei.id, office=Office(title="Minister of National Defense"), role="head")
    return Event(
        schema_version="1.0",
        id="beijing-2018-04-24",
        language="en",
        title="Wei Fenghe meets the ministers",
        type="meeting",
        status="held",
        date="2018-04-24",
        parties=[china],
        people=(wei,),
        delegations=[Delegation(id="delegation-china", party=china.id, capacity="participant", members=[member])],
        statements=[
            Statement(
                id="security-first",
                speakers=[member.id],
                form="direct",
                text="Security comes first.",
                evidence=[Evidence.of("report", REPORT, "Security comes first,")],
            )
        ],
        sources=[Source(id="report", type="news-article", text=REPORT)],
        annotations=[Annotation(target="/date", kind="inferred", basis="The report says only Tuesday.")],
        evidence=[Evidence.of("report", REPORT, "Wei Fenghe", occurrence=2)],
    )


def test_record_built_in_python_is_valid_and_reads_back_as_it_was(tmp_path: Path) -> None:
    event = built()
    event.write(tmp_path / "event.json")
    written = json.loads((tmp_path / "event.json").read_bytes())
    REFERENCE.validate(written)
    assert written == event.to_dict()
    assert written["people"] == [{"id": "wei-fenghe", "name": "Wei Fenghe", "familyName": "Wei", "givenName": "Fenghe"}]
    assert Event.read(tmp_path / "event.json") == event


def test_the_example_in_the_docstring_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = inspect.cleandoc(str(Event.__doc__)).split("::\n\n")[1]
    exec(textwrap.dedent(code), dict(vars(models)))
    REFERENCE.validate(json.loads((tmp_path / "event.json").read_bytes()))


def test_records_cannot_be_changed_and_lists_are_kept_as_tuples() -> None:
    event = built()
    assert isinstance(event.parties, tuple)
    assert len({event, built()}) == 1
    with pytest.raises(ValidationError, match="frozen"):
        setattr(event, "title", "Another title")  # noqa: B010  # a plain assignment would not pass the type checker


def test_replace_makes_a_checked_copy() -> None:
    event = built()
    moved = event.replace(date="2018-04-25", people=None)
    assert (moved.date, event.date) == ("2018-04-25", "2018-04-24")
    assert "people" not in moved.to_dict()
    with pytest.raises(ValidationError, match="an event that was held needs delegations"):
        event.replace(delegations=None)
    with pytest.raises(ValidationError, match="visitType"):
        event.replace(visitType="state")


def test_none_means_absent_but_is_a_value_of_an_alternative() -> None:
    assert Person(id="x", name="X", family_name=None).to_dict() == {"id": "x", "name": "X"}
    assert Person(id="x", name="X", family_name=None) == Person(id="x", name="X")
    assert Alternative(value=None).to_dict() == {"value": None}


@pytest.mark.parametrize("value", [b"Beijing", bytearray(b"Beijing"), 5, True])
def test_nothing_is_turned_into_text(value: Any) -> None:
    with pytest.raises(ValidationError):
        Place(city=value)


def test_text_that_utf_8_cannot_hold_is_refused() -> None:
    with pytest.raises(ValidationError):
        Place(city="\ud800")
    with pytest.raises(ValidationError):
        Alternative(value=["\ud800"])
    with pytest.raises(ValidationError):
        Alternative(value={"\ud800": 1})


def test_quote_is_found_by_code_points() -> None:
    text = "🤝 é e\u0301 — met, met"
    quote = Evidence.of("report", text, "met", occurrence=2)
    assert quote.start == len("🤝 é e\u0301 — met, ")
    assert quote.end == len(text)
    assert text[quote.start : quote.end] == quote.exact


def test_quotes_may_overlap() -> None:
    quote = Evidence.of("s", "aaa", "aa", occurrence=2)
    assert (quote.start, quote.end) == (1, 3)


@pytest.mark.parametrize(
    ("exact", "occurrence", "message"),
    [
        ("Wei Fenghe", 3, "the quote occurs only 2 times in the text of report: `Wei Fenghe`"),
        ("Tuesday", 2, "the quote occurs only once in the text of report: `Tuesday`"),
        ("Tuesday", 0, "occurrence counts from 1"),
        ("", 1, "the quote is empty"),
        ("ß", 1, "the text of report does not contain the quote `ß`; not even its first character occurs"),
        (
            "ß" * 40,
            1,
            f"the text of report does not contain the quote `{'ß' * 40}`; not even its first character occurs",
        ),
        (
            'first," Wei',
            1,
            (
                'the text of report does not contain the quote `first," Wei`; '
                "it has the quote's first 6 characters at 25, "
                'then goes on with `” Wei Fenghe said. W`, not with `" Wei`'
            ),
        ),
        (
            "Tuesday. ",
            1,
            (
                "the text of report does not contain the quote `Tuesday. `; it has the quote's first 8 characters at 82, "
                "then goes on with `\\n`, not with ` `"
            ),
        ),
    ],
)
def test_quote_that_does_not_occur_is_refused_with_the_reason(exact: str, occurrence: int, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Evidence.of("report", REPORT, exact, occurrence=occurrence)
