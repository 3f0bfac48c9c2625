"""Which versions of the schema there are, and which of them a record is held against."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

import newest
from check_records import EXAMPLE, ROOT, check_value, example, own_help
from diplomatic_events import DiplomaticEventsError, Event, Options, check_bytes
from diplomatic_events.findings import Finding, Issue
from diplomatic_events.schema.catalogue import Catalogue, Version, catalogue
from diplomatic_events.schema.version import declared
from property.model import VERSION as MODEL_VERSION

LATEST = catalogue().latest
KNOWN = ", ".join(f"`{number}`" for number in catalogue().versions)


@pytest.fixture
def three(tmp_path: Path) -> Catalogue:
    """A catalogue with an old version, a newer one and a withdrawn one."""
    listed = {
        "1.0": {"status": "released", "date": "2026-01-01", "sha256": "0" * 64},
        "1.1": {"status": "draft"},
        "2.0": {"status": "withdrawn"},
    }
    (tmp_path / "versions.json").write_text(json.dumps({"versions": listed}), encoding="utf-8")
    for number in listed:
        (tmp_path / number).mkdir()
        (tmp_path / number / "event.schema.json").write_text(json.dumps({"title": number}), encoding="utf-8")
    return Catalogue(tmp_path)


def test_a_catalogue_has_the_status_of_each_version(three: Catalogue) -> None:
    assert three.versions["1.0"] == Version("1.0", "released", "2026-01-01", "0" * 64)
    assert three.versions["1.1"] == Version("1.1", "draft", None, None)


def test_the_latest_version_is_the_newest_that_is_released(three: Catalogue) -> None:
    assert three.latest == "1.0"


def test_while_none_is_released_the_latest_version_is_the_newest_draft(three: Catalogue) -> None:
    del three.versions["1.0"]
    assert three.latest == "1.1"


def test_where_every_version_is_withdrawn_the_latest_is_the_newest(three: Catalogue) -> None:
    three.versions.update({"1.0": Version("1.0", "withdrawn"), "1.1": Version("1.1", "withdrawn")})
    assert three.latest == "2.0"


def test_the_newest_version_is_the_last_that_is_not_withdrawn_be_it_a_draft(three: Catalogue) -> None:
    assert newest.newest(three) == "1.1"
    three.versions["2.0"] = Version("2.0", "released")
    assert newest.newest(three) == "2.0"


def test_a_schema_is_read_once(three: Catalogue) -> None:
    schema = three.schema("1.0")
    assert schema == {"title": "1.0"}
    three.path("1.0").unlink()
    assert three.schema("1.0") is schema


@pytest.mark.parametrize(
    ("version", "help"),
    [("1.00", "did you mean `1.0`?"), ("x", "the versions are 1.0, 1.1, 2.0"), ("../1.0", None)],
)
def test_an_unknown_version_is_refused(three: Catalogue, version: str, help: str | None) -> None:
    with pytest.raises(DiplomaticEventsError) as caught:
        three.schema(version)
    assert str(caught.value) == f"there is no schema version `{version}`"
    assert help is None or caught.value.help == help


def test_a_codelist_lies_beside_the_schemas(three: Catalogue) -> None:
    assert three.codelist_path("topic") == three.folder / "codelists" / "topic.csv"


def test_the_package_has_its_schemas_with_it() -> None:
    assert catalogue().schema(catalogue().latest)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# The version that a record declares


def issue_of(value: Any) -> Issue:
    found = declared(value, catalogue())
    assert not isinstance(found, str)
    return found[1]


def only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


def test_a_record_is_held_against_the_version_that_it_declares(three: Catalogue) -> None:
    assert declared({"schemaVersion": "1.0"}, three) == "1.0"
    assert declared({"schemaVersion": "2.0"}, three) == "2.0"


def test_a_version_that_is_asked_for_overrules_the_declared_one(three: Catalogue) -> None:
    assert declared({"schemaVersion": "1.0"}, three, "1.1") == "1.1"
    assert declared({}, three, "1.1") == "1.1"


@pytest.mark.parametrize(
    ("value", "message", "help"),
    [
        ([], "this is a list; a record is an object", "a file holds one record; put several into an .ndjson file, one on each line"),
        ("x", "this is a single value; a record is an object", None),
        (None, "this is a single value; a record is an object", None),
    ],
)  # fmt: skip
def test_what_is_no_object_is_no_record(value: Any, message: str, help: str | None) -> None:
    finding = only(check_value(value))
    assert (finding.rule, finding.pointer, finding.message, own_help(finding)) == (
        "schema/not-an-object",
        "",
        message,
        help,
    )
    assert only(check_value(value, schema_version="1.0")).rule == "schema/not-an-object"


def test_a_record_without_version_gets_one_finding_and_no_guess() -> None:
    finding = only(check_value(example({"schemaVersion": None, "title": 5})))
    assert (finding.rule, finding.pointer) == ("schema/missing-version", "")
    assert finding.message == "the record does not declare its `schemaVersion`, so nothing else was checked"
    assert finding.help == f'write "schemaVersion": "{LATEST}", or exclude the file if it is not a record'


def test_records_in_a_list_of_an_object_are_told_where_to_go() -> None:
    finding = only(check_value({"made": "2021", "events": [EXAMPLE]}))
    assert (finding.rule, finding.pointer) == ("schema/missing-version", "/events")
    assert finding.message == "the records stand in a list, `events`; a file holds one record"
    assert finding.help == "put the records into an .ndjson file, one on each line"


@pytest.mark.parametrize("name", ["schemaversion", "schema_version", "SchemaVersion", "schemaVerison"])
def test_a_misspelt_version_is_shown_at_its_name(name: str) -> None:
    finding = only(check_value({name: "1.0", **example({"schemaVersion": None})}))
    assert (finding.rule, finding.pointer) == ("schema/missing-version", f"/{name}")
    assert finding.message == "the record does not declare its `schemaVersion`"
    assert finding.help == "did you mean `schemaVersion`?"
    assert finding.place is not None
    assert (finding.place.line, finding.place.column, finding.place.end_column) == (1, 2, 4 + len(name))


@pytest.mark.parametrize(
    ("version", "message", "help"),
    [
        (1.0, "the version of the schema must be text", f'write "schemaVersion": "{LATEST}"'),
        (None, "the version of the schema must be text", f'write "schemaVersion": "{LATEST}"'),
        (["1.0"], "the version of the schema must be text", f'write "schemaVersion": "{LATEST}"'),
        ("1", "there is no version `1` of the schema", None),
        ("9", "there is no version `9` of the schema", f"this release knows {KNOWN}; a later one may know more"),
        ("1.7", "there is no version `1.7` of the schema", None),
        ("9" * 100_000, f"there is no version `{'9' * 57}…` of the schema", None),
    ],
)
def test_a_version_that_is_not_known_is_shown_at_its_value(version: Any, message: str, help: str | None) -> None:
    finding = only(check_value(example({"/schemaVersion": version}) | {"schemaVersion": version}))
    assert (finding.rule, finding.pointer, finding.message) == ("schema/unknown-version", "/schemaVersion", message)
    assert help is None or finding.help == help


def test_another_version_can_be_forced_on_a_record() -> None:
    finding = only(check_value(example({"schemaVersion": "1.7"}), schema_version="1.0"))
    assert (finding.rule, finding.pointer) == ("schema/wrong-value", "/schemaVersion")
    assert finding.message == "`schemaVersion` can only be `1.0`"
    assert finding.help == "write `1.0`"
    assert check_value(EXAMPLE, schema_version="1.0") == ()


def test_forcing_an_unknown_version_is_refused() -> None:
    with pytest.raises(DiplomaticEventsError, match=r"there is no schema version `3\.0`"):
        check_bytes(b"{}", options=Options(schema_version="3.0"))


def test_the_version_of_something_else_is_not_taken_for_that_of_the_schema() -> None:
    finding = only(check_value({"name": "a-package", "version": "1.0.0"}))
    assert finding.pointer == ""
    assert finding.help == f'write "schemaVersion": "{LATEST}", or exclude the file if it is not a record'


def test_a_schema_of_no_known_version_is_told_apart_from_a_record() -> None:
    finding = only(check_value({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}))
    assert finding.rule == "schema/missing-version"


def test_what_is_generated_and_proved_follows_the_newest_version_by_itself() -> None:
    for path in [*ROOT.glob("validator/tools/*.py"), *ROOT.glob("tests/*.py"), *ROOT.glob("tests/*/*.py")]:
        if path.name not in ABOUT_ONE_VERSION and "versions" not in path.relative_to(ROOT).parts:
            named = re.findall(r'[0-9]+\.[0-9]+["/ ]+event\.schema\.json', path.read_text("utf-8"))
            assert named == [], f"{path.name} should ask validator/tools/newest.py"


ABOUT_ONE_VERSION = {
    "test_cli_main.py",
    "test_freeze.py",
    "test_migrate_files.py",
    "test_migrate_steps.py",
    "test_models.py",
    "test_cli_outputs.py",
    "test_release.py",
    "test_schema_structure.py",
}
"""These tests are about versions that were invented, or about the address that a record names."""


def test_what_is_written_for_one_version_is_written_for_the_newest() -> None:
    here = "bring it along as docs/versions.md says under `Make a version`"
    assert newest.VERSION == MODEL_VERSION, here
    assert EXAMPLE["schemaVersion"] == newest.VERSION, here
    assert newest.VERSION in get_args(Event.model_fields["schema_version"].annotation), here
