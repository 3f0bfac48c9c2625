"""A record against its schema: one mistake is one finding, in people's words, whichever engine finds it."""

import json
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, check_value, example, own_help
from diplomatic_events.findings import Finding
from diplomatic_events.schema import countries
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.structure import Structure
from diplomatic_events.schema.words.forms import why_no_date

MEMBER = EXAMPLE["delegations"][0]["members"][0]


@pytest.fixture(params=["jsonschema-rs", "jsonschema"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn: every claim below holds for both."""
    return str(request.param)


def found(change: dict[str, Any], engine: str) -> list[tuple[str, str | None, str, str | None]]:
    """The findings of the schema on the example record with a change."""
    return [
        (finding.rule.removeprefix("schema/"), finding.pointer, finding.message, own_help(finding))
        for finding in check_value(example(change), engine=engine, select=("schema",))
    ]


def only(change: dict[str, Any], engine: str = "auto") -> Finding:
    """The one finding, of any rule, on the example record with a change."""
    (finding,) = check_value(example(change), engine=engine)
    return finding


def told(folder: Path, schema: dict[str, Any], record: dict[str, Any], engine: str) -> list[tuple[str, str | None]]:
    """The rule and the help of every issue with a record, by an invented schema."""
    (folder / "versions.json").write_text('{"versions": {"1.0": {"status": "draft"}}}', encoding="utf-8")
    (folder / "1.0").mkdir()
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {}}
    (folder / "1.0/event.schema.json").write_text(json.dumps({**dialect, **schema}), encoding="utf-8")
    issues = Structure(Catalogue(folder), "1.0", engine).judge(record).issues
    return [(rule.removeprefix("schema/"), issue.help) for rule, issue in issues]


def text_at(finding: Finding) -> str:
    """The text that a finding underlines."""
    assert finding.excerpt is not None
    return finding.excerpt.text[finding.excerpt.start : finding.excerpt.end]


# Types


@pytest.mark.parametrize(
    ("value", "is_now", "help"),
    [
        (5, "a whole number", 'write "5"'),
        (5.5, "a number", 'write "5.5"'),
        (True, "true or false", None),
        ([], "a list", None),
        ({}, "an object", None),
    ],
)
def test_a_value_of_the_wrong_type_is_told_what_it_is_and_must_be(
    value: Any, is_now: str, help: str | None, engine: str
) -> None:
    expected = ("wrong-type", "/title", f"`title` is {is_now}; it must be text", help)
    assert found({"/title": value}, engine) == [expected]


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/places", {"city": "Geneva"}, "`places` is an object; it must be a list"),
        ("/places/0", "Geneva", "entry 1 of `places` is text; it must be an object"),
        ("/delegations/0/size", "5", "`size` is text; it must be a whole number"),
        ("/delegations/0/size", 1.5, "`size` is a number; it must be a whole number"),
        ("/places/0/coordinates", {"latitude": "46.2", "longitude": 6.1}, "`latitude` is text; it must be a number"),
        ("/statements/0/speakers/0", 5, "entry 1 of `speakers` is a whole number; it must be text"),
    ],
)
def test_what_a_value_must_be_is_said_for_every_type(pointer: str, value: Any, message: str, engine: str) -> None:
    (issue,) = found({pointer: value}, engine)
    assert issue[0] == "wrong-type"
    assert issue[1] in (pointer, f"{pointer}/latitude")
    assert issue[2] == message


@pytest.mark.parametrize(
    ("pointer", "value", "help"),
    [
        ("/delegations/0/size", "19", "write 19"),
        ("/delegations/0/size", " 0 ", "write 0"),
        ("/delegations/0/size", "9" * 15, f"write {'9' * 15}"),
        ("/delegations/0/size", "9" * 16, None),
        ("/delegations/0/size", "019", None),
        ("/delegations/0/size", "19.0", None),
        ("/delegations/0/size", "+19", None),
        ("/delegations/0/size", "nineteen", None),
        ("/places/0/coordinates", {"latitude": "46.2", "longitude": 6.1}, "write 46.2"),
        ("/places/0/coordinates", {"latitude": "-46", "longitude": 6.1}, "write -46"),
        ("/places/0/coordinates", {"latitude": "46,2", "longitude": 6.1}, None),
        ("/date", 2021, 'write "2021"'),
        ("/id", 5, 'write "5"'),
        ("/id", -5, None),  # which is no identifier
        ("/language", 5, None),
    ],
)
def test_a_number_in_quotes_and_text_without_them_are_told_what_to_write(
    pointer: str, value: Any, help: str | None, engine: str
) -> None:
    ((rule, _, _, said),) = found({pointer: value}, engine)
    assert (rule, said) == ("wrong-type", help)


def test_a_whole_number_may_be_written_with_a_point(engine: str) -> None:
    assert found({"/delegations/0/size": 5.0}, engine) == []


def test_null_is_answered_with_leaving_the_property_out(engine: str) -> None:
    record = {**EXAMPLE, "topics": None}
    (finding,) = check_value(record, engine=engine)
    assert (finding.rule, finding.pointer) == ("schema/wrong-type", "/topics")
    assert finding.message == "`topics` is null; it must be a list"
    assert finding.help == "leave the property out where nothing is known"
    assert text_at(finding) == "null"


@pytest.mark.parametrize(
    ("value", "is_now", "help"),
    [
        (5, "a whole number", None),
        (None, "null", "write it: the property is needed"),
        ([], "a list", None),
    ],
)
def test_a_value_of_another_type_where_a_code_belongs_is_of_the_wrong_type(
    value: Any, is_now: str, help: str | None, engine: str
) -> None:
    (finding,) = check_value({**EXAMPLE, "type": value}, engine=engine)
    assert (finding.rule, finding.pointer) == ("schema/wrong-type", "/type")
    assert (finding.message, own_help(finding)) == (f"`type` is {is_now}; it must be a code", help)


# Codes


def test_a_wrong_code_is_answered_with_the_nearest_ones_only(engine: str) -> None:
    finding = only({"type": "meting"}, engine)
    assert (finding.rule, finding.pointer) == ("schema/not-in-codelist", "/type")
    assert finding.message == "`meting` is not a code for a type of event"
    assert finding.help == "did you mean `meeting`?"
    assert text_at(finding) == '"meting"'


@pytest.mark.parametrize("written", ["Switzerland", "switzerland", "SWITZERLAND", "CH", "ch", "Switserland", "che"])
def test_a_country_is_known_by_its_name_and_by_its_two_letters(written: str, engine: str) -> None:
    finding = only({"/places/0/country": written}, engine)
    assert (finding.rule, finding.pointer) == ("schema/not-in-codelist", "/places/0/country")
    assert finding.help == "did you mean `CHE`?"


@pytest.mark.parametrize(
    ("letters", "code"),
    [
        ("AI", "AIA"),
        ("BQ", "BES"),
        ("BY", "BLR"),
        ("GE", "GEO"),
        ("RO", "ROU"),
        ("SK", "SVK"),
        ("SU", "SUN"),  # nobody has had them since
        ("CS", "SCG"),  # Serbia and Montenegro had them after Czechoslovakia
    ],
)
def test_two_letters_are_those_of_the_present_state(letters: str, code: str, engine: str) -> None:
    assert only({"/places/0/country": letters}, engine).help == f"did you mean `{code}`?"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("England", "GBR"),
        ("the Great Britain", "GBR"),
        ("Grate Britain", "GBR"),
        ("GER", "DEU"),
        ("ger", "DEU"),
        ("FRG", "DEU"),
        ("GDR", "DDR"),
        ("USSR", "SUN"),
        ("Turkey", "TUR"),
        ("The Netherlands", "NLD"),
        ("Holland", "NLD"),
        ("Islamic Republic of Iran", "IRN"),
        ("Russian Federation", "RUS"),
        ("Côte d'Ivoire", "CIV"),
        ("Burma", "MMR BUR"),
        ("Congo", "COD COG"),
        ("Zaire", "ZAR"),
        ("CHNA", "CHN"),
        ("GRB", "BGR GBR"),
        ("RSU", "RUS SUR"),
        ("rus", "RUS"),
    ],
)
def test_a_country_is_known_by_what_it_is_called_otherwise(written: str, codes: str, engine: str) -> None:
    help = only({"/places/0/country": written}, engine).help
    assert help == f"did you mean {' or '.join(f'`{code}`' for code in codes.split())}?"


@pytest.mark.parametrize("written", ["XYZ", "PRU", "CHX", "QQ", "FRANC0PHONIE", "???"])
def test_letters_that_come_near_the_code_of_any_country_are_not_answered_with_it(written: str, engine: str) -> None:
    assert "did you mean" not in str(only({"/places/0/country": written}, engine).help)


def test_three_letters_of_another_list_are_answered_with_the_nearest_codes(engine: str) -> None:
    assert only({"type": "oth"}, engine).help == "did you mean `other`?"


@pytest.mark.parametrize("written", ["EU", "eu", "the European Union", "United Nations", "UN", "NATO", "ASEAN", "African Union"])  # fmt: skip
def test_an_organization_is_no_country(written: str, engine: str) -> None:
    assert only({"/places/0/country": written}, engine).help == (
        "it is no country: leave `country` out; its party is of the type `intergovernmental-organization`"
    )
    assert only({"type": "EU"}, engine).help is not None
    assert "country" not in str(only({"type": "EU"}, engine).help)


def test_no_other_name_of_a_country_is_one_that_the_list_has_for_another() -> None:
    entries = codelist("country")
    names = countries.by_name(entries)
    for code, entry in entries.items():
        if entry.label not in ("Burma", "East Timor"):  # the names of former codes, which are answered with two
            assert names[countries.plain(entry.label)] == [code]
        assert names.get(countries.plain(code), [code]) == [code] or code == "BUR"
    alpha2 = {entry.alpha2: code for code, entry in entries.items()}
    assert all(alpha2.get(name.upper(), codes[0]) == codes[0] for name, codes in names.items())
    assert all(codes for codes in names.values())


def test_a_code_that_another_list_of_countries_lacks_is_not_proposed() -> None:
    only_one = {"MMR": codelist("country")["MMR"]}
    assert countries.by_name(only_one)["burma"] == ["MMR"]
    assert countries.by_name(only_one)["england"] == []


def test_a_country_is_known_by_the_name_of_its_party(engine: str) -> None:
    party = {"id": "x", "type": "state", "name": "Switzerland", "country": "SWI"}
    (finding,) = check_value(example({"/parties/2": party, "/upcoming/0/participants": ["x"]}), engine=engine)
    assert (finding.pointer, finding.help) == ("/parties/2/country", "did you mean `CHE`?")


def test_what_comes_near_no_code_of_a_short_list_is_answered_with_all(engine: str) -> None:
    finding = only({"/statements/0/form": "xyz"}, engine)
    assert finding.help is not None
    assert finding.help.startswith("the codes are `direct`, ")


def test_eight_codes_are_a_short_list(engine: str, tmp_path: Path) -> None:
    schema = {"properties": {"color": {"enum": ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"]}}}
    help = "the codes are `a1`, `b2`, `c3`, `d4`, `e5`, `f6`, `g7`, `h8`"
    assert told(tmp_path, schema, {"color": "xyz"}, engine) == [("not-in-codelist", help)]


def test_no_more_than_three_codes_are_proposed_whether_they_or_their_labels_come_near(
    engine: str, tmp_path: Path
) -> None:
    rows = ["p,bluex", "q,bluey", "blue1,First", "blue2,Second", "blue3,Third"]
    (tmp_path / "codelists").mkdir()
    (tmp_path / "codelists/color.csv").write_text(
        "code,label,description,since,deprecated,replacedBy\n" + "".join(f"{row},x,1.0,,\n" for row in rows),
        encoding="utf-8",
    )
    codes = [row.partition(",")[0] for row in rows]
    schema = {"properties": {"color": {"x-codelist": "color", "enum": codes}}}
    ((_, help),) = told(tmp_path, schema, {"color": "blue"}, engine)
    assert help is not None
    named = help.removeprefix("did you mean ").removesuffix("?").replace(" or ", ", ").split(", ")
    assert len(named) == 3
    assert set(named[:2]) == {"`p`", "`q`"}
    assert named[2] in ("`blue1`", "`blue2`", "`blue3`")


def test_what_comes_near_no_code_of_a_long_list_is_answered_with_its_name(engine: str) -> None:
    finding = only({"/places/0/country": "???"}, engine)
    assert finding.help == "`diplomatic-events explain country` shows the codes and what they mean"


def test_a_long_value_is_cropped_in_its_message(engine: str) -> None:
    assert only({"type": "x" * 100}, engine).message == f"`{'x' * 57}…` is not a code for a type of event"
    assert only({"type": "x" * 60}, engine).message == f"`{'x' * 60}` is not a code for a type of event"


# Forms


@pytest.mark.parametrize(
    ("change", "message", "help"),
    [
        ({"date": "2021/05/03"}, None, "did you mean `2021-05-03`?"),
        ({"date": "03.05.2021"}, None, "did you mean `2021-05-03`?"),
        ({"id": "Geneva Talks"}, "`Geneva Talks` does not have the form of an identifier", "did you mean `geneva-talks`?"),
        ({"language": "en_GB"}, "`en_GB` does not have the form of a language tag", "did you mean `en-GB`?"),
        ({"/sources/0/url": "www.example.org"}, "`www.example.org` does not have the form of a web address", "did you mean `https://www.example.org`?"),
        ({"/sources/0/sha256": "5d41"}, "`5d41` does not have the form of a SHA-256 hash", None),
        ({"language": "english!"}, "`english!` does not have the form of a language tag", None),
        ({"id": ""}, "`id` is empty", "write it like `shoigu` or `delegation-russia` or `statement-1.2`"),
        ({"date": ""}, "`date` is empty", None),
        ({"title": " x"}, "`title` begins with white space", "remove the white space"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_answered_with_the_right_one(
    change: dict[str, Any], message: str | None, help: str | None, engine: str
) -> None:
    (issue,) = found(change, engine)
    assert issue[:2] == ("pattern-mismatch", f"/{next(iter(change)).lstrip('/')}")
    assert message is None or issue[2] == message
    assert help is None or issue[3] == help
    assert issue[3]


def test_only_what_begins_with_www_and_a_dot_is_taken_for_an_address_without_its_scheme(engine: str) -> None:
    help = only({"/sources/0/url": "wwwx"}, engine).help
    assert help is not None
    assert help.startswith("write it like `")


def test_a_form_that_cannot_be_guessed_is_shown_by_examples_but_for_a_date_which_would_be_taken_for_the_right_one(
    engine: str,
) -> None:
    help = only({"date": "early in 2021"}, engine).help
    assert help == "write the date as the source gives it, as far as it gives it: YYYY-MM-DD, YYYY-MM or YYYY"
    assert only({"/time": {"start": "noon"}}, engine).help == "write hours and minutes on the 24-hour clock, HH:MM"
    assert only({"/sources/0/retrieved": "in May"}, engine).help == "write the whole day, YYYY-MM-DD"
    assert (only({"/sources/0/url": "example"}, engine).help or "").startswith("write it like `")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9:30", "09:30"),
        ("3 p.m.", "15:00"),
        ("12 am", "00:00"),
        ("15h30", "15:30"),
        ("9 Uhr", "09:00"),
        ("10:00:00", "10:00"),
    ],
)
def test_a_time_of_day_in_another_form_is_answered_with_the_same_time(written: str, meant: str, engine: str) -> None:
    assert only({"/time": {"start": written}}, engine).help == f"did you mean `{meant}`?"


@pytest.mark.parametrize("written", ["9", "25:00", "13 pm", "half past nine"])
def test_a_time_of_day_that_is_not_plain_is_not_guessed(written: str, engine: str) -> None:
    assert only({"/time": {"start": written}}, engine).help == "write hours and minutes on the 24-hour clock, HH:MM"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2 hours", "PT2H"),
        ("90 min", "PT90M"),
        ("1 h 30 min", "PT1H30M"),
        ("1 Stunde und 5 Minuten", "PT1H5M"),
        ("2小时", "PT2H"),
    ],
)
def test_a_duration_in_words_is_answered_with_the_same_duration(written: str, meant: str, engine: str) -> None:
    assert only({"/time": {"duration": written}}, engine).help == f"did you mean `{meant}`?"


@pytest.mark.parametrize(
    ("value", "help"),
    [
        (20210503, 'write "2021-05-03"'),
        (["2021-05-03"], 'write "2021-05-03"'),
        (["2021-05-03", "2021-05-04"], 'write "2021-05-03/2021-05-04"'),
        ({"start": "2021-05-03", "end": "2021-05-04"}, 'write "2021-05-03/2021-05-04"'),
        ({"start": "2021-05-03", "end": None}, None),
        ([], None),
    ],
)
def test_a_date_of_another_type_is_answered_with_the_same_date(value: Any, help: str | None, engine: str) -> None:
    (issue,) = found({"date": value}, engine)
    assert (issue[0], issue[3]) == ("wrong-type", help)


def test_a_code_or_a_reference_of_a_wrong_form_is_answered_with_examples_of_its_own_place(engine: str) -> None:
    for change, example_there in ({"topics": ["!"]}, "counter-terrorism"), ({"hosts": [{"party": "!"}]}, "china"):
        (issue,) = found(change, engine)
        assert issue[2:] == ("`!` does not have the form of an identifier", f"write it like `{example_there}`")


def test_a_date_says_what_is_wrong_with_it(engine: str) -> None:
    assert "begin with the year" in only({"date": "03.05.2021"}, engine).message


def test_a_date_that_only_this_version_of_the_schema_refuses_is_told_so() -> None:
    assert why_no_date("2018-06") == "`2018-06` does not have the form of a date"


# Lengths, numbers and lists


def test_an_empty_text_is_answered_with_leaving_it_out_unless_it_is_needed(engine: str) -> None:
    needed = ("too-short", "/title", "`title` is empty", "write the text: the property is needed")
    assert found({"title": ""}, engine) == [needed]
    other = ("too-short", "/$schema", "`$schema` is empty", "leave the property out where nothing is known")
    assert found({"$schema": ""}, engine) == [other]


def test_an_empty_list_that_is_needed_is_answered_with_adding_an_entry(engine: str) -> None:
    (issue,) = [entry for entry in found({"/statements/0/evidence": []}, engine) if entry[0] == "too-few"]
    assert issue[3] == "add an entry: the property is needed"


def test_a_text_where_a_list_of_texts_belongs_is_answered_with_that_list(engine: str) -> None:
    (issue,) = [entry for entry in found({"/statements/0/speakers": "ruiz"}, engine) if entry[0] == "wrong-type"]
    assert issue[3] == 'write `["ruiz"]`'
    (issue,) = [entry for entry in found({"/statements/0/speakers": "r" * 200}, engine) if entry[0] == "wrong-type"]
    assert issue[3] == 'write it like `["shoigu-member"]`'


def test_null_in_a_list_is_answered_with_removing_it(engine: str) -> None:
    assert found({"topics": ["trade", None]}, engine)[0][3] == "remove the entry"


@pytest.mark.parametrize("version", [{}, {"schemaVersion": "1.0"}])
@pytest.mark.parametrize(
    ("wrapped", "message", "help"),
    [
        (
            {"event": EXAMPLE},
            "the record stands inside `event`",
            "a file holds the record itself: put what is inside in its place",
        ),
        (
            {"events": [EXAMPLE, 5]},
            "the records stand in a list, `events`; a file holds one record",
            "put the records into an .ndjson file, one on each line",
        ),
    ],
)
def test_a_record_inside_another_object_is_one_finding(
    wrapped: dict[str, Any], message: str, help: str, version: dict[str, str], engine: str
) -> None:
    (finding,) = check_value({"$schema": "https://example.org", **version, **wrapped}, engine=engine)
    rule = "schema/unknown-property" if version else "schema/missing-version"
    assert (finding.rule, finding.pointer) == (rule, f"/{next(iter(wrapped))}")
    assert (finding.message, finding.help) == (message, help)


def test_what_only_looks_a_little_like_a_record_inside_is_a_property_that_nobody_knows(engine: str) -> None:
    few = {name: EXAMPLE[name] for name in ("id", "title", "language")}
    for inner in (few, [few], [], 5, [5]):
        rules = [finding.rule for finding in check_value({"schemaVersion": "1.0", "event": inner}, engine=engine)]
        assert "schema/missing-property" in rules
    rules = [finding.rule for finding in check_value({**EXAMPLE, "event": EXAMPLE}, engine=engine)]
    assert rules == ["schema/unknown-property"]


def test_an_object_with_half_of_what_a_record_needs_is_a_property_that_nobody_knows(
    engine: str, tmp_path: Path
) -> None:
    needed = ["a", "b", "c", "d"]
    schema = {"properties": {name: {} for name in needed}, "required": needed, "additionalProperties": False}
    rules = [rule for rule, _ in told(tmp_path, schema, {"xyz": {"a": 1, "b": 2}}, engine)]
    assert rules == ["unknown-property"] + ["missing-property"] * 4


def test_a_value_that_breaks_two_keywords_is_told_alike_by_both_engines() -> None:
    findings = [
        check_value({**EXAMPLE, "extensions": {"id": "x"}}, engine=engine) for engine in ("jsonschema-rs", "jsonschema")
    ]
    assert findings[0] == findings[1]
    assert [finding.pointer for finding in findings[0]] == ["/extensions/id"]


def test_a_list_or_object_that_is_written_otherwise_is_answered_with_an_example(engine: str) -> None:
    issue = found({"hosts": "freedonia"}, engine)[0]
    assert issue == (
        "wrong-type",
        "/hosts",
        "`hosts` is text; it must be a list",
        'write it like `[{"party": "china"}]`',
    )


def test_an_example_that_is_too_long_for_a_line_is_not_shown(engine: str) -> None:
    message = "`statements` is a whole number; it must be a list"
    assert found({"statements": 5}, engine) == [("wrong-type", "/statements", message, None)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24 April 2018", "2018-04-24"),
        ("April 24, 2018", "2018-04-24"),
        ("April 2018", "2018-04"),
        ("24.4.2018", "2018-04-24"),
        ("2018/4/5", "2018-04-05"),
        ("20180424", "2018-04-24"),
        ("2018-04-24T10:00:00Z", "2018-04-24"),
    ],
)
def test_a_date_in_another_form_is_answered_with_the_same_date_in_ours(written: str, meant: str, engine: str) -> None:
    (issue,) = found({"date": written}, engine)
    assert issue[0] == "pattern-mismatch"
    assert issue[3] == f"did you mean `{meant}`?"


def test_a_long_text_is_told_how_long_it_may_be(engine: str) -> None:
    assert found({"id": "a" * 129}, engine) == [
        ("too-long", "/id", "`id` has 129 characters; it may have at most 128", None)
    ]


def test_an_empty_list_and_an_empty_object_are_told_so(engine: str) -> None:
    empty = only({"topics": []}, engine)
    assert (empty.message, empty.help) == ("`topics` is an empty list", "leave the property out, or add an entry")
    (issue,) = found({"/places/0": {}}, engine)
    assert issue[:3] == ("too-few-properties", "/places/0", "entry 1 of `places` is an empty object")
    assert issue[3] is not None
    assert issue[3].startswith("give it at least one of `")
    (issue,) = found({"extensions": {}}, engine)
    assert issue[1:] == ("/extensions", "`extensions` is an empty object", None)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("latitude", 90.0000001, "`latitude` is 90.0000001; it must lie between -90 and 90"),
        ("latitude", -91, "`latitude` is -91; it must lie between -90 and 90"),
        ("longitude", 123456789, "`longitude` is 123456789; it must lie between -180 and 180"),
    ],
)
def test_a_number_out_of_range_is_shown_as_it_is_written(name: str, value: float, message: str, engine: str) -> None:
    coordinates = {"latitude": 46.2, "longitude": 6.1, name: value}
    assert found({"/places/0/coordinates": coordinates}, engine) == [
        ("out-of-range", f"/places/0/coordinates/{name}", message, None)
    ]


def test_an_entry_that_is_repeated_is_shown_with_the_first(engine: str) -> None:
    (finding,) = check_value(example({"topics": ["trade", "security", "trade"]}), engine=engine)
    assert (finding.rule, finding.pointer) == ("schema/duplicate-item", "/topics/2")
    assert finding.message == "entry 3 repeats entry 1"
    assert [(related.message, related.pointer) for related in finding.related] == [("the first is here", "/topics/0")]


def test_each_entry_that_is_repeated_is_told_of_once(engine: str) -> None:
    pointers = [issue[1] for issue in found({"topics": ["trade", "trade", "trade", "security", "security"]}, engine)]
    assert pointers == ["/topics/1", "/topics/2", "/topics/4"]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        (1, 1.0, True),
        ([{"a": 1}], [{"a": 1.0}], True),
        (1, True, False),
        ([0], [False], False),
        ("1", 1, False),
    ],
)
def test_entries_are_the_same_where_json_schema_says_so(one: Any, other: Any, equal: bool, engine: str) -> None:
    rules = [issue[0] for issue in found({"topics": [one, other]}, engine)]
    assert ("duplicate-item" in rules) is equal


def test_a_value_that_can_only_be_one_is_told_which(engine: str) -> None:
    aides = {"id": "aides", "office": {"title": "aides"}, "several": False}
    assert found({"/delegations/0/members/1": aides}, engine) == [
        (
            "wrong-value",
            "/delegations/0/members/1/several",
            "`several` can only be true",
            "leave the property out if that is not so",
        )
    ]


def test_two_properties_that_exclude_each_other_are_one_finding(engine: str) -> None:
    finding = only({"/sources/0/textFile": "report.txt"}, engine)
    assert (finding.rule, finding.pointer) == ("schema/mutually-exclusive", "/sources/0")
    assert (finding.message, finding.help) == ("`text` and `textFile` exclude each other", "remove one of them")
    assert [related.pointer for related in finding.related] == ["/sources/0/text"]


def test_an_extension_needs_a_namespace(engine: str) -> None:
    finding = only({"extensions": {"mine": {}, "org.example": {}}}, engine)
    assert (finding.rule, finding.pointer) == ("schema/malformed-namespace", "/extensions/mine")
    assert finding.message == "`mine` is not a namespace"
    assert text_at(finding) == '"mine"'
    both = found({"extensions": {"mine": {}, "yours": {}}}, engine)
    assert [issue[1] for issue in both] == ["/extensions/mine", "/extensions/yours"]
    long = "org." + "x" * 600
    assert [issue[1] for issue in found({"extensions": {long: {}}}, engine)] == [f"/extensions/{long}"]


def test_beside_a_name_that_is_no_namespace_the_longest_that_is_one_is_let_pass(engine: str) -> None:
    longest = "org." + "x" * 508
    assert len(longest) == 512
    assert [issue[1] for issue in found({"extensions": {longest: {}, "mine": {}}}, engine)] == ["/extensions/mine"]


# Missing and unknown properties


def test_a_missing_property_is_told_at_its_object(engine: str) -> None:
    (issue,) = found({"title": None}, engine)
    assert issue[:3] == ("missing-property", "", "the record needs `title`")
    (issue,) = found({"/parties/0/name": None}, engine)
    assert issue[:3] == ("missing-property", "/parties/0", "the party `freedonia` needs `name`")


def test_what_a_missing_property_means_is_the_first_sentence_of_its_description(engine: str) -> None:
    described = catalogue().schema("1.0")["$defs"]["delegation"]["properties"]["capacity"]["description"]
    assert (
        only({"/delegations/0/capacity": None}, engine).help
        == f"`capacity`: {described.partition('. ')[0].removesuffix('.')}"
    )


def test_each_missing_property_is_a_finding_of_its_own(engine: str) -> None:
    assert [issue[2] for issue in found({"title": None, "status": None}, engine)] == [
        "the record needs `status`",
        "the record needs `title`",
    ]


def test_a_property_that_another_one_asks_for_is_missing(engine: str) -> None:
    (issue,) = found({"/evidence/0/end": None}, engine)
    assert issue[:2] == ("missing-property", "/evidence/0")
    assert issue[2].endswith("evidence needs `end`, because `start` is there")


def test_one_of_two_properties_is_missing_where_either_would_do(engine: str) -> None:
    (issue,) = found({"/delegations/0/members/0": {key: MEMBER[key] for key in ("id", "role")}}, engine)
    assert issue[:3] == ("missing-property", "/delegations/0/members/0", "the member `ruiz` needs `person` or `office`")  # fmt: skip


def test_of_an_empty_entry_each_missing_property_is_named_once(engine: str) -> None:
    assert [issue[2] for issue in found({"/delegations/0/members/0": {}}, engine)] == [
        "a member of a delegation needs `id`",
        "a member of a delegation needs `person` or `office`",
    ]
    assert [issue[2] for issue in found({"/parties/0": {"type": "state"}}, engine)] == [
        "a party needs `country`",
        "a party needs `id`",
        "a party needs `name`",
    ]


def test_a_missing_and_a_misspelt_property_are_one_finding_at_the_wrong_name(engine: str) -> None:
    finding = only({"title": None, "tilte": "Talks"}, engine)
    assert (finding.rule, finding.pointer) == ("schema/unknown-property", "/tilte")
    assert (finding.message, finding.help) == ("the record has no property `tilte`", "did you mean `title`?")
    assert text_at(finding) == '"tilte"'


def test_two_misspelt_properties_are_each_told_their_own(engine: str) -> None:
    change = {"title": None, "status": None, "tilte": "Talks", "staus": "held"}
    assert [(issue[1], issue[3]) for issue in found(change, engine)] == [
        ("/tilte", "did you mean `title`?"),
        ("/staus", "did you mean `status`?"),
    ]


def test_a_misspelt_optional_property_is_told_which_it_is(engine: str) -> None:
    assert only({"topcis": ["trade"]}, engine).help == "did you mean `topics`?"
    both = found({"topcis": ["trade"], "topisc": ["security"]}, engine)
    assert [(issue[1], issue[3]) for issue in both] == [
        ("/topcis", "did you mean `topics`?"),
        ("/topisc", "did you mean `topics`?"),
    ]


def test_a_missing_property_is_meant_by_less_of_its_name_than_another(engine: str, tmp_path: Path) -> None:
    inner = {"properties": {"abcde": {}}, "additionalProperties": False}
    schema = {"properties": {"one": {**inner, "required": ["abcde"]}, "other": inner}}
    nothing = "remove it, or put it into `extensions` under a namespace of your own"
    assert told(tmp_path, schema, {"one": {"abcxy": 1}, "other": {"abcxy": 1}}, engine) == [
        ("unknown-property", "did you mean `abcde`?"),
        ("unknown-property", nothing),
    ]


@pytest.mark.parametrize(
    ("change", "pointer", "right"),
    [
        ({"location": "Geneva"}, "/location", "places"),
        ({"visitor": "Sylvania"}, "/visitor", "delegations"),
        ({"/statements/0/speaker": "ruiz"}, "/statements/0/speaker", "speakers"),
        ({"/statements/0/speakerIds": ["ruiz"]}, "/statements/0/speakerIds", "speakers"),
        ({"/evidence/0": {"source": "report", "quote": "in Geneva on Monday"}}, "/evidence/0/quote", "exact"),
        ({"/evidence/0": {"source": "report", "text": 5}}, "/evidence/0/text", "exact"),
        ({"startDate": "2021"}, "/startDate", "date"),
        ({"/delegations/0/members/0/job_title": "aide"}, "/delegations/0/members/0/job_title", "office"),
        ({"/sources/0/publishedAt": "2021"}, "/sources/0/publishedAt", "published"),
    ],
)
def test_another_word_for_a_property_is_answered_with_its_name(
    change: dict[str, Any], pointer: str, right: str, engine: str
) -> None:
    ((rule, at, _, help),) = found(change, engine)
    assert (rule, at, help) == ("unknown-property", pointer, f"did you mean `{right}`?")


def test_another_word_for_a_property_of_another_object_is_answered_with_both(engine: str) -> None:
    assert only({"speaker": "ruiz"}, engine).help == "`speakers` is a property of a statement"


def test_a_name_that_two_properties_share_is_not_guessed(engine: str) -> None:
    finding = only({"/statements/0/statementType": "x"}, engine)  # `text` is called statement, and `form` type
    assert finding.help == "remove it, or put it into `extensions` under a namespace of your own"


def test_a_property_of_another_object_is_told_whose_it_is(engine: str) -> None:
    finding = only({"/parties/0/latitude": 5}, engine)
    assert (finding.rule, finding.pointer) == ("schema/unknown-property", "/parties/0/latitude")
    assert (finding.message, finding.help) == ("the party `freedonia` has no property `latitude`", "`latitude` is a property of coordinates")  # fmt: skip
    assert only({"/parties/0/city": "Geneva"}, engine).help == "`city` is a property of a place"
    assert only({"/parties/0/exact": "Geneva"}, engine).help == "`exact` is a property of evidence"
    assert only({"members": []}, engine).help == "`members` is a property of a party or a delegation"
    assert only({"/delegations/0/members/0/level": "minister"}, engine).help == "write `level` inside `office`"


def test_of_many_objects_with_a_property_four_are_named(engine: str) -> None:
    help = "`evidence` is a property of the record, a change of status, a party or a person"
    assert only({"/places/0/evidence": []}, engine).help == help
    help = "`name` is a property of the record, a place, a series or a party"
    assert only({"/delegations/0/name": "x"}, engine).help == help


@pytest.mark.parametrize(
    ("changes", "help"),
    [
        ({"/delegations/0/party": "Freedonia"}, "did you mean `freedonia`?"),
        ({"/people/0/name": "Dr. Ana Ruiz", "/delegations/0/members/0/person": "Dr. Ana Ruiz"}, "did you mean `ana-ruiz`?"),
        ({"/delegations/0/members/0/person": "Ana Ruíz"}, "did you mean `ana-ruiz`?"),
        ({"/delegations/0/party": "Ruritanian Party"}, "did you mean `ruritanian-party`?"),
        ({"/delegations/0/party": "frеedonia"}, "did you mean `freedonia`?"),
        ({"/parties/0/id": "Fréedonia"}, "did you mean `freedonia`?"),
        ({"/parties/0/id": "Oﬃce"}, "did you mean `office`?"),
        ({"programme": [{"id": "talks", "title": "Opening Session"}], "/statements/0/programmeItem": "Opening session"}, "did you mean `talks`?"),
        ({"date": "2021‑05‑03"}, "did you mean `2021-05-03`?"),
    ],
)  # fmt: skip
def test_an_id_or_a_date_of_another_form_is_told_what_was_meant(
    changes: dict[str, Any], help: str, engine: str
) -> None:
    assert {finding[3] for finding in found(changes, engine)} == {help}


@pytest.mark.parametrize(
    "date",
    [
        "31.2.2021",
        "2021/02/30",
        "2021/13/32",
        "30 Feb 2021",
        "31 February 2021",
        "2021_02_30",
        " 2021-02-30",
        "2021‑02‑30",
    ],
)
def test_a_day_that_no_calendar_has_is_not_proposed(date: str, engine: str) -> None:
    assert "did you mean" not in (only({"date": date}, engine).help or "")


def test_an_id_that_is_itself_of_a_wrong_form_is_not_proposed(engine: str) -> None:
    changes = {"/people/1": {"id": "Bad Id", "name": "Memo Man"}, "/delegations/0/members/0/person": "Memo Man"}
    assert {issue[1]: issue[3] for issue in found(changes, engine)} == {
        "/people/1/id": "did you mean `bad-id`?",
        "/delegations/0/members/0/person": "did you mean `memo-man`?",
    }


def test_a_letter_that_only_looks_right_is_named(engine: str) -> None:
    message = "`frеedonia` does not have the form of an identifier: `е` is CYRILLIC SMALL LETTER IE"
    assert only({"/delegations/0/party": "frеedonia"}, engine).message == message
    assert only({"/parties/0/id": "é"}, engine).message == "`é` does not have the form of an identifier"


def test_no_letter_is_named_as_odd_where_other_scripts_are_allowed(engine: str) -> None:
    message = "`htp://exa–mple.org/a` does not have the form of a web address"
    assert only({"/sources/0/url": "htp://exa–mple.org/a"}, engine).message == message


def test_a_property_of_nobody_s_is_sent_to_the_extensions(engine: str) -> None:
    finding = only({"/delegations/0/members/0/office/zzzzzz": 5}, engine)
    assert finding.message == "`office` has no property `zzzzzz`"
    assert finding.help == "remove it, or put it into `extensions` under a namespace of your own"


def test_only_the_first_hundred_faults_of_a_kind_are_told_what_was_meant() -> None:
    places = [{"city": "Geneva", "country": "GRB"}] * 120
    helps = [issue[3] for issue in found({"places": places}, "auto")]
    assert helps[:100] == [helps[0]] * 100
    assert helps[0] is not None
    assert helps[0].startswith("did you mean")
    assert helps[100:] == ["`diplomatic-events explain country` shows the codes and what they mean"] * 20


def test_only_the_first_hundred_unknown_names_of_an_object_are_told_what_was_meant() -> None:
    helps = [issue[3] for issue in found({f"topics{number:02x}": 1 for number in range(101)}, "auto")]
    assert helps[:100] == ["did you mean `topics`?"] * 100
    assert helps[100:] == ["remove it, or put it into `extensions` under a namespace of your own"]


# What cannot be relied on


def test_a_value_that_breaks_several_keywords_is_one_finding(engine: str) -> None:
    assert len(found({"id": "A!" * 100}, engine)) == 1


def test_a_broken_part_silences_what_needs_it_and_no_more(engine: str, tmp_path: Path) -> None:
    findings = check_value(example({"/parties/0/id": 5, "date": "2021-02-30"}), engine=engine)
    assert [(finding.rule, finding.pointer) for finding in findings] == [
        ("dates/no-such-day", "/date"),
        ("schema/wrong-type", "/parties/0/id"),
    ]


@pytest.mark.parametrize(
    ("date", "meant"),
    [
        ("24 April 2018", "2018-04-24"),
        ("20180424", "2018-04-24"),
        ("2018-4-24", "2018-04-24"),
        ("2018-04-24 10:00", "2018-04-24"),
        ("~2018", "2018~"),
        ("%2021", "2021%"),
        ("Sept 2018", "2018-09"),
        ("201811", None),
        ("2018-37", None),
        ("2018-04-24 to 2018-04-25", "2018-04-24/2018-04-25"),
        ("2018-04-24/", None),
        ("before May 2018", None),
        ("May 3, 2021?", None),
        ("-0044", None),
        ("marked 2018", None),
        ("Decade 1990", None),
    ],
)
def test_a_date_is_only_guessed_where_it_is_plain(date: str, meant: str | None, engine: str) -> None:
    help = {finding[3] for finding in found({"date": date}, engine) if finding[1] == "/date"}.pop()
    assert (help == f"did you mean `{meant}`?") if meant else (help is None or "did you mean" not in help)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("firstName", "givenName"), ("first-name", None), ("FirstName", "givenName"), ("forename", "givenName"),
        ("lastName", "familyName"), ("surname", "familyName"), ("familyname", "familyName"),
    ],
)  # fmt: skip
def test_a_name_of_a_person_is_answered_with_the_part_that_it_is(written: str, right: str | None, engine: str) -> None:
    finding = only({"/people/0": {"id": "ana-ruiz", "name": "Ana Ruiz", written: "Ana"}}, engine)
    assert (finding.rule, finding.pointer) == ("schema/unknown-property", f"/people/0/{written}")
    assert (finding.help == f"did you mean `{right}`?") is (right is not None)


def test_a_name_that_only_people_have_is_not_proposed_elsewhere(engine: str) -> None:
    assert only({"surname": "Ruiz"}, engine).help == "`familyName` is a property of a person"


@pytest.mark.parametrize(
    ("change", "pointer", "message", "right"),
    [
        (
            {"/evidence/0": {"source": "report", "quoth": "in Geneva on Monday"}}, "/evidence/0/quoth",
            "evidence has no property `quoth`, and lacks `exact`", "exact",
        ),
        (
            {"/outcomes/0/title": None, "/outcomes/0/aaa": "Memorandum"}, "/outcomes/0/aaa",
            "the outcome `memorandum` has no property `aaa`, and lacks `title`", "title",
        ),
        # A member needs a person or an office: the first for which the value would do is taken.
        (
            {"/delegations/0/members/0": {"id": "ruiz", "qqqq": {"title": "Minister"}}},
            "/delegations/0/members/0/qqqq", "the member `ruiz` has no property `qqqq`, and lacks `office`", "office",
        ),
        (
            {"/evidence/0": {"source": "report", "exact": "in Geneva on Monday", "end": 112, "vvvv": 93}},
            "/evidence/0/vvvv", "evidence has no property `vvvv`, and lacks `start`", "start",
        ),
    ],
)  # fmt: skip
def test_a_needed_property_under_another_name_is_one_finding(
    change: dict[str, Any], pointer: str, message: str, right: str, engine: str
) -> None:
    assert found(change, engine) == [("unknown-property", pointer, message, f"did you mean `{right}`?")]


@pytest.mark.parametrize(
    ("evidence", "rules"),
    [
        ({"source": "report", "quoth": 5}, ["unknown-property", "missing-property"]),  # no value for `exact`
        ({"source": "report", "quoth": ""}, ["unknown-property", "missing-property"]),
        ({"quoth": "report"}, ["unknown-property", "missing-property", "missing-property"]),
        (
            {"source": "report", "quoth": "x", "cited": "x"},
            ["unknown-property", "unknown-property", "missing-property"],
        ),
    ],
)
def test_a_name_is_taken_for_another_only_where_nothing_else_is_wrong(
    evidence: dict[str, Any], rules: list[str], engine: str
) -> None:
    assert sorted(issue[0] for issue in found({"/evidence/0": evidence}, engine)) == sorted(rules)


def test_rules_do_not_look_at_a_property_under_another_name(engine: str) -> None:
    finding = only({"/evidence/0": {"source": "report", "quote": "in Geneva on Monday"}}, engine)
    assert finding.pointer == "/evidence/0/quote"


@pytest.mark.parametrize(
    ("change", "needs", "because"),
    [
        (
            {"/evidence/0": {"source": "report", "exact": "in Geneva on Monday", "end": 112}},
            "evidence needs `start`",
            "end",
        ),
        ({"time": {"end": "17:00"}}, "`time` needs `start`", "end"),
        ({"time": {"timeZone": "Europe/Zurich"}}, "`time` needs `start`", "timeZone"),
    ],
)
def test_the_property_that_asks_for_a_missing_one_is_named(
    change: dict[str, Any], needs: str, because: str, engine: str
) -> None:
    ((rule, _, message, _),) = found(change, engine)
    assert (rule, message) == ("missing-property", f"{needs}, because `{because}` is there")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("25/03/1957", "1957-03-25"),
        ("1957-25-03", "1957-03-25"),
        ("1957/25/03", "1957-03-25"),
        ("19572503", "1957-03-25"),
        ("03/25/1957", "1957-03-25"),
        ("25-3-1957", "1957-03-25"),
        ("13/12/1957", "1957-12-13"),
        ("3/13/1957", "1957-03-13"),
        ("12/12/1957", "1957-12-12"),
        ("5/5/1957", "1957-05-05"),
    ],
)
def test_a_day_that_can_be_read_in_one_way_only_is_proposed(written: str, day: str, engine: str) -> None:
    assert only({"date": written}, engine).help == f"did you mean `{day}`?"


@pytest.mark.parametrize(
    "written",
    ["05/03/1957", "12/11/1957", "25/13/1957", "31/02/1957", "25/03-1957", "25/03/57", "1957-31-04", "1957/13/13"],
)
def test_a_day_that_can_be_read_in_two_ways_or_none_is_not_proposed(written: str, engine: str) -> None:
    assert "did you mean" not in str(only({"date": written}, engine).help)


@pytest.mark.parametrize(
    ("change", "message", "help"),
    [
        (
            {"programme": [{"id": "talks", "title": "Talks", "members": ["ruiz"]}]},
            "the programme item `talks` has no property `members`", "did you mean `participants`?",
        ),
        (
            {"/upcoming/0/people": ["ana-ruiz"]},
            "entry 1 of `people` is text; it must be an object", 'write `{"person": "ana-ruiz"}`',
        ),
        ({"agenda": ["Trade"]}, "entry 1 of `agenda` is text; it must be an object", 'write `{"title": "Trade"}`'),
    ],
)  # fmt: skip
def test_what_an_earlier_draft_wrote_otherwise_is_answered_with_the_way_of_today(
    engine: str, change: dict[str, Any], message: str, help: str
) -> None:
    finding = only(change, engine)
    assert (finding.message, finding.help) == (message, help)
