"""The Python models say what the schema says, and change nothing on the way through."""

import copy
import inspect
import json
import math
import re
import subprocess
import sys
import textwrap
from datetime import date, datetime
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import codes
import models as module_maker
import newest
from conditions import UnknownToModelsError, checks
from diplomatic_events import Severity
from diplomatic_events.models import building
from diplomatic_events.models import record as models
from diplomatic_events.models.naming import country, slug
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
    Provenance,
    Source,
    Statement,
    Votes,
)
from diplomatic_events.pointers import at
from property import model
from property.cases import FULL, cases

pytestmark = pytest.mark.filterwarnings("error")

ROOT = Path(__file__).resolve().parents[1]
SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())
EXAMPLES = sorted((ROOT / "examples").glob("*/record.json"))
REFERENCE = Draft202012Validator(SCHEMA)

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


# --- The models are made from the schema


@pytest.mark.parametrize("tool", ["codes.py", "models.py", "typescript.py", "walks.py"])
def test_what_is_generated_is_current(tool: str) -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "validator" / "tools" / tool, "--check"], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.returncode == 0


def module_of(schema: dict[str, Any]) -> str:
    """What would be generated from a schema."""
    return module_maker.Module(schema, newest.VERSION).text()


def test_a_property_that_the_schema_gains_is_in_the_models_by_itself() -> None:
    """A list, a bound, a code, a description over several lines, and a name that Python reserves."""
    schema = copy.deepcopy(SCHEMA)
    schema["$defs"]["party"]["properties"] |= {
        "seatsHeld": {"description": "How many.", "type": "integer", "minimum": 2, "maximum": 1000},
        "import": {"description": "A word. " * 20 + "The end.", "$ref": "#/$defs/topics"},
    }
    text = module_of(schema)
    assert '    seats_held: Annotated[int, integer(ge=2, le=1_000)] | None = None\n    """How many."""\n' in text
    assert "    import_: SomeUnique[Topic] | None = None\n" in text
    assert 'The end.\n    """\n' in text


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"type": "array", "minItems": 1, "contains": {}}, "#/$defs/party/properties/new: the models do not know `contains`"),
        ({"type": "array", "items": {}}, "#/$defs/party/properties/new: a list that may be empty"),
        ({"type": "object", "properties": {}}, "needs a definition of its own, which gives it a name"),
        ({"oneOf": [{"type": "string"}]}, "the models do not know `oneOf`"),
        ({"const": 5}, "only texts and `true` as constants"),
    ],
)  # fmt: skip
def test_nothing_that_the_schema_says_is_left_out_in_silence(definition: dict[str, Any], message: str) -> None:
    schema = copy.deepcopy(SCHEMA)
    schema["$defs"]["party"]["properties"]["new"] = {"description": "New.", **definition}
    with pytest.raises(UnknownToModelsError, match=re.escape(message)):
        module_of(schema)


A, B, C = ({"required": [name], "properties": {name: True}} for name in "abc")
IS_X = {"required": ["a"], "properties": {"a": {"const": "x"}}}


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"if": IS_X, "then": B}, "if `a` is `x`, `b` must be given"),
        ({"if": {"not": A}, "then": B, "else": {"not": C}}, "at least one of `a` and `b` must be given"),
        ({"not": {"required": ["a", "b"]}}, "`a` and `b` exclude each other"),
        ({"anyOf": [A, B, IS_X]}, "`a` must be given or `b` must be given or `a` must be `x`"),
        ({"allOf": [{"not": {"allOf": [A, {"not": B}]}}, C]}, "`a` must be absent or `b` must be given"),
        ({"dependentRequired": {"a": ["b", "c"]}}, "`a` may be given only with `b` and `c`"),
        ({"anyOf": [A, B, C]}, "at least one of `a`, `b` and `c` must be given"),
        ({"not": {"anyOf": [A, B]}}, "`a` and `b` must be absent"),
        ({"dependentSchemas": {"a": {"properties": {"b": False}}}}, "if `a` is given, `b` must be absent"),
        ({"if": {"properties": {"a": {"const": "x"}}}, "then": B}, "if `a` is absent or `a` is `x`, `b` must be given"),
        ({"if": B, "then": {"properties": {"a": {"enum": ["x", "z"]}}}}, "if `b` is given, `a` must be absent or `a` must be `x` or `z`"),
    ],
)  # fmt: skip
def test_a_condition_in_python_refuses_what_it_refuses_in_the_schema(condition: dict[str, Any], message: str) -> None:
    faults = list(checks(condition, "#"))
    assert faults[0][1] == message
    for values in product((None, "x", "y"), repeat=3):
        given = dict(zip("abc", values, strict=True))
        part = {name: value for name, value in given.items() if value is not None}
        refused = [fault for fault, _ in faults if eval(fault, {"self": SimpleNamespace(**given)})]
        assert bool(refused) is not Draft202012Validator(condition).is_valid(part), part


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


def test_the_json_schema_of_a_model_describes_its_properties_as_the_schema_does() -> None:
    shown = Event.model_json_schema()
    for properties, defined in (
        (shown["properties"], SCHEMA["properties"]),
        (shown["$defs"]["Votes"]["properties"], SCHEMA["$defs"]["votes"]["properties"]),
    ):
        for name, words in defined.items():
            assert " ".join(properties[name]["description"].split()) == words["description"]


def test_a_model_can_be_extended_by_its_users() -> None:
    class Ministry(Party):
        """A party with a note of a user's own."""

        note: str = "x"
        """What the user notes."""

    assert Ministry.model_json_schema()["properties"]["note"]["description"] == "What the user notes."
    made: Any = type("Made", (Party,), {})
    assert "description" not in made.model_json_schema()["properties"]["name"]


# --- Round trips


def test_record_comes_back_as_the_same_json() -> None:
    for record in (FULL, minimal()):
        event = Event.model_validate_json(json.dumps(record))
        assert event.to_dict() == record
        assert json.loads(event.to_json()) == record
        assert Event.model_validate_json(event.to_json(indent=None)) == event
        assert Event.model_validate(record) == event


def test_true_stays_true_and_whole_numbers_stay_integers() -> None:
    record = changed(FULL, ("delegations", 0, "size"), 12)
    record = changed(record, ("places", 0, "coordinates", "longitude"), -120)
    text = Event.model_validate(changed(record, ("annotations", 0, "alternatives", 0, "value"), 10**40)).to_json()
    assert '"longitude": -120\n' in text
    assert '"several": true' in text
    assert '"size": 12,' in text
    assert f'"value": {10**40}' in text


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
    line = Event.model_validate(FULL).to_json(indent=None)
    assert line.index("\n") == len(line) - 1


def test_without_indent_but_with_lines_a_colon_has_its_blank() -> None:
    assert Event.model_validate(minimal()).to_json(indent=0).startswith('{\n"schemaVersion": "1.0",\n')


def test_what_is_absent_stays_absent_and_reads_as_none() -> None:
    event = Event.model_validate(minimal())
    assert event.mode is None
    assert event.delegations is None
    assert event.to_dict() == minimal()


def test_integers_may_be_written_as_floats() -> None:
    record = FULL
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
    record = changed(FULL, path, value)
    assert not schema_accepts(record)
    assert not model_accepts(record)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_numbers_that_json_cannot_write_are_refused(text: str) -> None:
    record = json.dumps(changed(FULL, ("extensions",), {"org.example": {"x": ["number"]}}))
    with pytest.raises(ValidationError):
        Event.model_validate_json(record.replace('"number"', text))
    with pytest.raises(ValidationError):
        Alternative(value=float(text))
    with pytest.raises(ValidationError):
        Coordinates(latitude=math.nan, longitude=0)


@pytest.mark.parametrize(
    ("part", "values", "message"),
    [
        (Party, {"id": "china", "type": "state", "name": "China"}, "if `type` is `state`, `country` must be given"),
        (Member, {"id": "m"}, "at least one of `person` and `office` must be given"),
        (Member, {"id": "m", "person": "p", "several": True}, "`person` and `several` exclude each other"),
        (Member, {"id": "m", "office": {"title": "t"}, "several": 1}, "is only ever true"),
        (
            Source,
            {"id": "s", "type": "other", "text": "t", "text_file": "f"},
            "`text` and `textFile` exclude each other",
        ),
        (Evidence, {"source": "s", "exact": "e", "start": 1}, "`start` may be given only with `end`"),
        (Place, {}, "has none of its properties; it needs at least one"),
        (Votes, {"for_": None}, "has none of its properties; it needs at least one"),
        (ClockSpan, {"end": "17:00"}, "`end` may be given only with `start`"),
        (Votes, {"for_": ["a", "b", "a"]}, "item 2 is the same as item 0; each may stand once"),
        (Event, {**minimal(), "status": "held"}, "if `status` is `held`, `delegations` must be given"),
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
    code = inspect.cleandoc(str(building.__doc__)).split("::\n\n")[1]
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
    with pytest.raises(ValidationError, match="if `status` is `held`, `delegations` must be given"):
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


def test_one_value_stands_for_a_list_of_one_and_an_empty_list_is_left_out() -> None:
    china = Party(id="china", type="state", name="China", country="CHN", names=[], identifiers=())
    assert china.to_dict() == {"id": "china", "type": "state", "name": "China", "country": "CHN"}
    quote = Evidence(source="report", exact="Talks")
    event = Event(**{**minimal(), "parties": china, "chairs": "wei", "evidence": quote, "topics": []})
    assert (event.parties, event.chairs, event.evidence, event.topics) == ((china,), ("wei",), (quote,), None)
    assert "topics" not in event.to_dict()
    with pytest.raises(ValidationError, match="parties is empty; it needs at least one"):
        event.replace(parties=[])


@pytest.mark.parametrize("wrong", ["security", []])
def test_in_json_a_list_is_a_list_and_has_an_entry(wrong: Any) -> None:
    with pytest.raises(ValidationError, match="topics"):
        Event.model_validate_json(json.dumps({**minimal(), "topics": wrong}))


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (date(2018, 4, 24), "2018-04-24"),
        ((date(2018, 4, 24), date(2018, 4, 25)), "2018-04-24/2018-04-25"),
        ((date(2018, 4, 24), None), "2018-04-24/.."),
        ((None, "2018-06"), "../2018-06"),
    ],
)
def test_a_day_or_the_two_ends_of_an_interval_are_written_as_a_date(given: Any, written: str) -> None:
    event = Event(**{**minimal(), "date": given, "previous_dates": [given, "2017"]})
    assert (event.date, event.previous_dates) == (written, (written, "2017"))


def test_a_date_is_no_text_and_an_interval_is_no_day() -> None:
    wrongs: list[dict[str, Any]] = [{"title": date(2018, 4, 24)}, {"date": datetime(2018, 4, 24, 10)}]  # noqa: DTZ001
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            Event(**{**minimal(), **wrong})
    assert Provenance(created=date(2018, 4, 24)).created == "2018-04-24"
    with pytest.raises(ValidationError):
        Provenance.model_validate({"created": (date(2018, 4, 24), date(2018, 4, 25))})


@pytest.mark.parametrize(
    ("part", "values", "message"),
    [
        (Party, {"id": "j", "type": "state", "name": "J", "country": "Jordan"}, "`Jordan` is no code of the list country; did you mean `JOR`?"),
        (Party, {"id": "j", "type": "stat", "name": "J"}, "`stat` is no code of the list party-type; did you mean `state`?"),
        (Office, {"title": "t", "level": "{qqq}"}, "`{qqq}` is no code of the list office-level; the codes are `head-of-state`"),
    ],
)  # fmt: skip
def test_an_unknown_code_is_refused_with_the_nearest(part: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)) as caught:
        part(**values)
    assert len(str(caught.value)) < 600  # not the hundreds of countries
    with pytest.raises(ValidationError, match=re.escape(message)):
        part.model_validate_json(json.dumps(values))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Jordan", "JOR"),
        ("JOR", "JOR"),
        ("UK", "GBR"),
        ("the Netherlands", "NLD"),
        ("Soviet Union", "SUN"),
        ("JO", "JOR"),
    ],
)
def test_a_country_is_known_by_its_names(name: str, code: str) -> None:
    assert country(name) == code


def test_a_name_that_is_not_of_one_country_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^`Korea` may be `KOR` or `PRK`$"):
        country("Korea")
    with pytest.raises(ValueError, match=r"^`Jordann` is no country; did you mean `Jordan` \(`JOR`\)\?$"):
        country("Jordann")
    with pytest.raises(ValueError, match=r"^`Freedonia` is no country$"):
        country("Freedonia")


def test_a_name_makes_an_id() -> None:
    assert [slug(name) for name in ("King Hussein", "Côte d'Ivoire", "  S/RES/1244 ", "a" * 200)] == [
        "king-hussein", "cote-d-ivoire", "s-res-1244", "a" * 128,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="has no Latin letter"):
        slug("习近平")


SOURCE = Source(id="report", type="news-article", text=REPORT)


def test_a_source_gives_a_quote_with_its_offsets() -> None:
    quote = SOURCE.quote("the ministers")
    assert (quote.source, REPORT[quote.start : quote.end]) == ("report", "the ministers")


@pytest.mark.parametrize(
    ("settled", "place"),
    [({"after": "said."}, 1), ({"before": "said."}, 0), ({"nth": 2}, 1), ({"after": "BEIJING", "nth": 1}, 0), ({"after": "BEIJING"}, 0)],
)  # fmt: skip
def test_a_quote_that_occurs_twice_must_be_settled(settled: dict[str, Any], place: int) -> None:
    with pytest.raises(
        ValueError, match=r"^the quote `Wei Fenghe` occurs 2 times: say with after=, before= or nth= which"
    ):
        SOURCE.quote("Wei Fenghe")
    assert (
        SOURCE.quote("Wei Fenghe", **settled).start
        == [found.start() for found in re.finditer("Wei Fenghe", REPORT)][place]
    )


@pytest.mark.parametrize(
    ("settled", "message"),
    [
        ({"after": "Wei"}, "the passage `Wei` must occur once; it occurs 2 times"),
        ({"before": ""}, "the passage `` must occur once; it occurs 0 times"),
        ({"after": "Tuesday"}, "the quote `Wei Fenghe` does not occur where after and before allow it"),
        ({"nth": 3}, "the quote `Wei Fenghe` occurs only 2 times"),
    ],
)
def test_what_does_not_settle_a_quote_is_refused(settled: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        SOURCE.quote("Wei Fenghe", **settled)


def test_a_source_in_a_file_is_given_its_text() -> None:
    source = Source(id="report", type="other", text_file="report.txt")
    assert source.quote("Tuesday", text=REPORT) == SOURCE.quote("Tuesday")
    with pytest.raises(ValueError, match="the source report does not have its text in the record: give it as text="):
        source.quote("Tuesday")


# --- A record that is there


def test_entries_are_found_by_their_ids() -> None:
    event = built()
    assert event.find("wei-fenghe") == event.people[0] if event.people else False
    assert event.find("wei", Member).role == "head"
    assert event.party("china").country == "CHN"
    with pytest.raises(LookupError, match="no entry has the id `wei-fenge`; did you mean `wei-fenghe`"):
        event.find("wei-fenge")
    with pytest.raises(LookupError, match=r"no Party has the id `wei`$"):
        event.party("wei")


def test_an_annotation_is_added_by_the_id_of_what_it_is_about() -> None:
    event = built().annotate(
        "wei/office/title", inferred="It follows from the list.", alternatives=Alternative(value="x")
    )
    assert event.annotations is not None
    assert event.annotations[-1].to_dict() == {
        "target": "wei/office/title",
        "kind": "inferred",
        "basis": "It follows from the list.",
        "alternatives": [{"value": "x"}],
    }
    assert event.check().count(Severity.ERROR) == built().check().count(Severity.ERROR)


def test_one_remark_is_about_several_values_and_a_pointer_becomes_stable_where_it_can() -> None:
    event = (
        built().replace(annotations=None).annotate("/date", "/delegations/0/members/0/role", "wei", uncertain="Why.")
    )
    assert event.annotations is not None
    assert event.annotations[0].targets == ("/date", "wei/role", "wei")


@pytest.mark.parametrize(
    ("target", "basis", "error", "message"),
    [
        ("shoigu/office", {"inferred": "x"}, LookupError, "no entry has the id `shoigu`"),
        ("wei/office/level", {"inferred": "x"}, LookupError, "`wei/office/level` leads to no value of the record"),
        ("wei/office/title", {}, TypeError, "annotate takes targets and one kind"),
        ("wei/office/title", {"infered": "x"}, ValidationError, "did you mean `inferred`"),
    ],
)
def test_an_annotation_of_nothing_or_of_no_kind_is_refused(
    target: str, basis: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        built().annotate(target, **basis)


@pytest.mark.parametrize(
    ("target", "value", "path"),
    [
        ("wei/office/title", "Minister", ("delegations", 0, "members", 0, "office", "title")),
        ("wei/office/level", "minister", ("delegations", 0, "members", 0, "office", "level")),
        ("wei-fenghe/family_name", "W", ("people", 0, "familyName")),
        ("wei-fenghe/familyName", None, ("people", 0, "familyName")),
        ("/parties/0", Party(id="china", type="state", name="PRC", country="CHN"), ("parties", 0)),
        ("/previous_dates", date(2018, 4, 23), ("previousDates",)),
    ],
)
def test_one_value_is_replaced_where_it_stands(target: str, value: Any, path: Path_) -> None:
    event = built()
    new = event.replace_at(target, value).to_dict()
    expected = value.to_dict() if isinstance(value, Party) else ["2018-04-23"] if isinstance(value, date) else value
    old = event.to_dict()
    at(old, path[:-1])[path[-1]] = expected
    if value is None:
        del at(old, path[:-1])[path[-1]]
    assert new == old


def test_a_replacement_that_leads_nowhere_or_is_wrong_is_refused() -> None:
    for target in ("nobody/office", "wei/office/title/x", "wei/role/x", "/parties/7", ""):
        with pytest.raises(LookupError):
            built().replace_at(target, "x")
    with pytest.raises(ValidationError, match="unknown_code"):
        built().replace_at("wei/office/level", "qqq")


def test_an_event_is_checked_by_the_rules() -> None:
    event = built()
    assert "/date" not in {row.pointer for row in event.check().findings}
    assert "/date" in {row.pointer for row in event.replace(date="2018-02-30").check().findings}


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
        ("Wei Fenghe", 3, "the quote `Wei Fenghe` occurs only 2 times"),
        ("Tuesday", 2, "the quote `Tuesday` occurs only once"),
        ("Tuesday", 0, "occurrences are counted from 1"),
        ("", 1, "the quote is empty"),
        ("ß", 1, "the quote `ß` does not occur"),
        ("ß" * 41, 1, f"the quote `{'ß' * 39}…` does not occur"),
        (
            'first," Wei',
            1,
            (
                'the quote `first," Wei` does not occur: they differ only in characters that look alike: '
                "the quote has U+0022 (QUOTATION MARK), the source U+201D (RIGHT DOUBLE QUOTATION MARK)"
            ),
        ),
        (
            "Wei Fenghe met the delegates",
            1,
            "the quote `Wei Fenghe met the delegates` does not occur: the source has `ministers`, not `delegates`",
        ),
    ],
)
def test_quote_that_does_not_occur_is_refused_with_the_reason(exact: str, occurrence: int, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Evidence.of("report", REPORT, exact, occurrence=occurrence)
