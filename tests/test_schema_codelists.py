"""The codelists are whole, and the schema agrees with them."""

import csv
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pycountry
import pytest

from diplomatic_events.schema.codelists import code, codelist
from newest import SCHEMA

ROOT = Path(__file__).resolve().parents[1]
CODELISTS = ROOT / "schema" / "codelists"

HEADER = ["code", "label", "description", "since", "deprecated", "replacedBy"]
CODE_SHAPES = {
    "country": r"[A-Z]{3}",
    "currency": r"[A-Z]{3}",
    "language": r"[a-z]{2,3}",
    "region": r"[A-Z]{2}|[0-9]{3}",
    "script": r"[A-Z][a-z]{3}",
    "variant": r"[a-z0-9]{5,8}|[0-9][a-z0-9]{3}",
}
OWN_CODE_SHAPE = r"[a-z0-9]+(?:-[a-z0-9]+)*"

# Lists that rules look up and that no value of the schema is taken from directly.
REFERENCE_LISTS = {"currency", "language", "region", "variant"}

NAMES = sorted(path.stem for path in CODELISTS.glob("*.csv"))
OWN_NAMES = [name for name in NAMES if name not in CODE_SHAPES]
WITH_CAMEO = ["event-type", "outcome-type", "speech-act"]
FURTHER_COLUMNS = {
    **{name: ["synonyms"] for name in OWN_NAMES},
    **{name: ["cameo", "synonyms"] for name in WITH_CAMEO},
    "country": ["alpha2", "validFrom", "validUntil"],
    "language": ["aliases"],
}


def load_tool() -> ModuleType:
    """The script under test, which is no part of the package."""
    path = ROOT / "validator" / "tools" / "codelists.py"
    spec = importlib.util.spec_from_file_location("codelists_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()


def read(name: str) -> list[dict[str, str]]:
    """The rows of one list."""
    with (CODELISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> list[str]:
    """The codes of one list, in order."""
    return [row["code"] for row in read(name)]


def schema_text() -> str:
    """The schema as it is stored."""
    return SCHEMA.read_bytes().decode("utf-8")


def uses(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of the schema that names a codelist."""
    if isinstance(node, dict):
        if isinstance(node.get("x-codelist"), str):
            yield node
        for value in node.values():
            yield from uses(value)
    elif isinstance(node, list):
        for value in node:
            yield from uses(value)


USES = list(uses(json.loads(schema_text())))
CLOSED_USES = [use for use in USES if "enum" in use]


# The lists


def test_every_list_has_the_header_and_unix_lines() -> None:
    for name in NAMES:
        data = (CODELISTS / f"{name}.csv").read_bytes()
        header = data.decode("utf-8").splitlines()[0].split(",")

        assert header == HEADER + FURTHER_COLUMNS.get(name, []), name
        assert b"\r" not in data, name
        assert data.endswith(b"\n"), name


def test_no_row_has_a_field_too_many_or_too_few() -> None:
    for name in NAMES:
        width = len(HEADER + FURTHER_COLUMNS.get(name, []))
        with (CODELISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            wrong = [row for row in csv.reader(file) if len(row) != width]

        assert wrong == [], name


def test_codes_are_unique() -> None:
    for name in NAMES:
        assert len(set(codes(name))) == len(codes(name)), name


def test_codes_have_the_shape_of_their_list() -> None:
    for name in NAMES:
        shape = CODE_SHAPES.get(name, OWN_CODE_SHAPE)

        assert [code for code in codes(name) if not re.fullmatch(shape, code)] == [], name


def test_every_code_has_a_label_and_a_description_in_whole_sentences() -> None:
    for name in NAMES:
        for row in read(name):
            assert row["label"].strip() == row["label"] != "", (name, row["code"])
            assert row["description"].endswith("."), (name, row["code"])


def test_labels_and_descriptions_tell_the_codes_of_a_list_apart() -> None:
    for name in OWN_NAMES:
        rows = read(name)

        assert len({row["label"] for row in rows}) == len(rows), name
        assert len({row["description"] for row in rows}) == len(rows), name


def test_a_description_refers_only_to_other_codes_of_a_list_of_ours() -> None:
    known = {code for other in OWN_NAMES for code in codes(other)}
    for name in set(OWN_NAMES) - {"identifier-scheme"}:
        for row in read(name):
            named = set(re.findall(r"`([^`]+)`", row["description"]))
            assert named <= known, (name, row["code"])
            assert row["code"] not in named, (name, row["code"])


def test_every_code_of_ours_has_words_that_people_use_for_it() -> None:
    for name in OWN_NAMES:
        assert [row["code"] for row in read(name) if not row["synonyms"] and row["code"] != "other"] == [], name


@pytest.mark.parametrize("name", NAMES)
def test_a_synonym_is_in_lower_case_and_means_one_code_of_its_list_and_is_none(name: str) -> None:
    assert list(tool.synonym_faults(CODELISTS / f"{name}.csv")) == []


def test_versions_are_written_as_two_numbers() -> None:
    for name in NAMES:
        for row in read(name):
            assert re.fullmatch(r"[0-9]+\.[0-9]+", row["since"]), (name, row["code"])
            assert re.fullmatch(r"([0-9]+\.[0-9]+)?", row["deprecated"]), (name, row["code"])


def test_only_a_deprecated_code_is_replaced_and_by_a_current_one() -> None:
    for name in NAMES:
        current = {row["code"] for row in read(name) if not row["deprecated"]}
        replaced = [row for row in read(name) if row["replacedBy"]]

        assert [row["code"] for row in replaced if not row["deprecated"]] == [], name
        assert {row["replacedBy"] for row in replaced} <= current, name


def test_cameo_codes_have_two_to_four_digits() -> None:
    for name in WITH_CAMEO:
        for row in read(name):
            assert re.fullmatch(r"(?:(?:0[1-9]|1[0-9]|20)[0-9]{0,2})?", row["cameo"]), (name, row["code"])


# Countries


def test_every_country_of_iso_3166_is_listed() -> None:
    current = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries}

    assert current | former | {"XKX"} <= set(codes("country"))


def test_former_countries_have_a_last_year_and_current_ones_have_none() -> None:
    current = {country.alpha_3 for country in pycountry.countries} | {"XKX"}

    for row in read("country"):
        assert bool(row["validUntil"]) == (row["code"] not in current), row["code"]


def test_no_country_ends_before_it_begins() -> None:
    for row in read("country"):
        years = [row["validFrom"], row["validUntil"]]
        assert all(re.fullmatch(r"([0-9]{4})?", year) for year in years), row["code"]
        if all(years):
            assert years == sorted(years), row["code"]


def test_every_country_has_its_two_letter_code() -> None:
    for row in read("country"):
        assert re.fullmatch(r"[A-Z]{2}", row["alpha2"]), row["code"]


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("SUN", "1922", "1991"),
        ("RUS", "1991", ""),
        ("CSK", "1918", "1992"),
        ("DDR", "1949", "1990"),
        ("SCG", "2003", "2006"),
        ("SSD", "2011", ""),
        ("DEU", "", ""),
        ("UKR", "", ""),
    ],
)
def test_well_known_years_are_right(code: str, first: str, last: str) -> None:
    (row,) = [row for row in read("country") if row["code"] == code]

    assert (row["validFrom"], row["validUntil"]) == (first, last)


# The schema


def test_the_schema_names_only_lists_that_exist() -> None:
    assert {use["x-codelist"] for use in USES} <= set(NAMES)


def test_no_list_is_left_unused() -> None:
    assert set(NAMES) == {use["x-codelist"] for use in USES} | REFERENCE_LISTS


def test_a_list_is_closed_everywhere_or_nowhere() -> None:
    closed = {use["x-codelist"] for use in CLOSED_USES}

    assert [use["x-codelist"] for use in USES if "enum" not in use and use["x-codelist"] in closed] == []


def test_every_enum_of_a_list_has_its_codes_in_order() -> None:
    assert CLOSED_USES
    for use in CLOSED_USES:
        assert use["enum"] == codes(use["x-codelist"]), use["x-codelist"]


def test_examples_in_the_schema_are_codes_of_their_list() -> None:
    for use in USES:
        listed = set(codes(use["x-codelist"]))
        words = {**use.get("x-definition", {}), **use}
        given = {example for example in words.get("examples", []) if isinstance(example, str)}
        assert given <= listed, use["x-codelist"]


# The command


def test_the_check_passes() -> None:
    assert tool.main(["--check"]) == 0


def test_an_emptied_enum_is_written_back_and_nothing_else_changes(tmp_path: Path) -> None:
    original = schema_text()
    emptied = original
    known = frozenset(NAMES)
    for found in reversed(tool.closed_lists(original, known)):
        emptied = f"{emptied[: found.enum.start]}[]{emptied[found.enum.end :]}"
    copy = tmp_path / "event.schema.json"
    copy.write_bytes(emptied.encode("utf-8"))

    assert tool.main(["--schema", str(copy)]) == 0
    assert copy.read_bytes() == SCHEMA.read_bytes()


def test_the_check_names_the_lists_that_differ_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema, lists = small_case(tmp_path, '{"x-codelist": "mode", "enum": ["phone"]}')

    assert tool.main(["--check", "--schema", str(schema), "--codelists", str(lists)]) == 1
    assert capsys.readouterr().out == "mode: the schema's enum differs from mode.csv\n"
    assert schema.read_text(encoding="utf-8") == '{"x-codelist": "mode", "enum": ["phone"]}'


def test_an_array_on_one_line_stays_on_one_line(tmp_path: Path) -> None:
    schema, lists = small_case(tmp_path, '{"enum": ["phone"] , "x-codelist":"mode"}')

    assert tool.main(["--schema", str(schema), "--codelists", str(lists)]) == 0
    assert schema.read_text(encoding="utf-8") == '{"enum": ["phone", "video"] , "x-codelist":"mode"}'


def test_line_breaks_and_look_alikes_are_left_alone(tmp_path: Path) -> None:
    text = (
        '{\r\n\t"title": "\\"enum\\": [] }",\r\n\t"enum": [1],\r\n\t"properties": '
        '{"x-codelist": {"type": "string"}, "enum": []},\r\n\t'
        '"mode": {"x-codelist": "mode", "enum": ["video"]}\r\n}'
    )
    schema, lists = small_case(tmp_path, text)

    assert tool.main(["--schema", str(schema), "--codelists", str(lists)]) == 0
    assert schema.read_bytes().decode("utf-8") == text.replace('["video"]', '["phone", "video"]')


def test_an_unknown_list_is_an_error_that_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema, lists = small_case(tmp_path, '{"x-codelist": "moods"}')

    assert tool.main(["--schema", str(schema), "--codelists", str(lists)]) == 2
    assert "the codelist moods, but moods.csv does not exist" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "{", '{"a": 1'])
def test_a_broken_schema_is_an_error(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    schema, lists = small_case(tmp_path, text)

    assert tool.main(["--schema", str(schema), "--codelists", str(lists)]) == 2
    assert str(schema) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("synonyms", "fault"),
    [
        (("call|Voice call", ""), "'Voice call' of phone is not in lower case, or has nothing to find"),
        (("call|", ""), "'' of phone is not in lower case, or has nothing to find"),
        ((" call", ""), "' call' of phone is not in lower case, or has nothing to find"),
        (("video", ""), "'video' of phone already means video"),
        (("by video-link", ""), "'by video-link' of phone already means video"),
        (("", "remote|remote"), "'remote' of video already means video"),
        (("zoom|à distance", "a distance"), "'a distance' of video already means phone"),
    ],
)
def test_an_unusable_synonym_is_an_error_that_names_it(
    tmp_path: Path, synonyms: tuple[str, str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    schema, lists = small_case(tmp_path, '{"x-codelist": "mode", "enum": ["phone", "video"]}')
    phone, video = synonyms
    rows = f"code,label,synonyms\nphone,Phone,{phone}\nvideo,By video link,{video}\n"
    (lists / "mode.csv").write_text(rows, encoding="utf-8")

    assert tool.main(["--schema", str(schema), "--codelists", str(lists)]) == 2
    assert capsys.readouterr().err == f"codelists: mode: the synonym {fault}\n"


def small_case(folder: Path, schema: str) -> tuple[Path, Path]:
    """A schema of one line beside a folder with one list."""
    path = folder / "schema.json"
    path.write_bytes(schema.encode("utf-8"))
    lists = folder / "codelists"
    lists.mkdir()
    (lists / "mode.csv").write_text("code,label\nphone,Phone\nvideo,Video\n", encoding="utf-8")
    return path, lists


@pytest.mark.parametrize("wanted", ["", "ABW,Aruba", "ABW,", "abw", "\nABW", "code"])
def test_a_text_that_is_no_code_is_not_found(wanted: str) -> None:
    assert code("country", wanted) is None


@pytest.mark.parametrize("name", NAMES)
def test_each_code_is_found_by_itself_as_it_is_in_the_whole_list(name: str) -> None:
    assert {wanted: code(name, wanted) for wanted in codelist(name)} == codelist(name)
