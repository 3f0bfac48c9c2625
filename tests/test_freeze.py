"""What was released stays as it was released, and every version keeps the promises of its status."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import codelists
from check_records import ROOT
from diplomatic_events.schema.catalogue import Catalogue
from versions.invented import CATALOGUE
from versions.policy import codelist_faults, freeze_faults, listing_faults
from versions.repository import commit, create, git, relist
from versions.worlds import REAL, World, in_both_worlds


@in_both_worlds
def test_every_version_says_what_its_status_asks_for(world: World) -> None:
    assert list(listing_faults(world.catalogue)) == []


@in_both_worlds
def test_the_bytes_of_every_released_schema_are_those_of_its_hash_and_its_tag(world: World) -> None:
    repository = ROOT if world is REAL and (ROOT / ".git").exists() else None
    assert list(freeze_faults(world.catalogue, repository)) == []


@in_both_worlds
def test_the_enums_of_every_version_are_those_of_its_codelists(world: World) -> None:
    assert list(codelist_faults(world.catalogue)) == []


# The tests above can fail


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """A folder with the invented versions."""
    return Path(shutil.copytree(CATALOGUE.folder, tmp_path / "schema"))


WITHDRAWN = {"status": "withdrawn", "withdrawn": "2031-01-01", "reason": "it asks for the weather"}


@pytest.mark.parametrize(
    ("version", "changes", "faults"),
    [
        ("1.1", WITHDRAWN, []),
        ("1.1", WITHDRAWN | {"reason": None}, ["1.1 is withdrawn and says ['date', 'sha256', 'status', 'withdrawn']"]),
        ("1.1", WITHDRAWN | {"withdrawn": "last year"}, ["1.1 has last year where a day stands"]),
        ("1.0", {"date": None}, ["1.0 is released and says ['sha256', 'status']",
                                 "the versions were not released in their order: ['never', '2021-06-01', 'never']"]),
        ("1.0", {"date": "2031-05-32"}, ["1.0 has 2031-05-32 where a day stands",
                                 "the versions were not released in their order: ['2031-05-32', '2021-06-01', 'never']"]),
        ("2.0", {"date": "2031-12-01"}, ["2.0 is draft and says ['date', 'status']"]),
        ("2.0", {"status": "final"}, ["2.0 is final and says ['status']"]),
    ],
)  # fmt: skip
def test_a_listing_that_contradicts_itself_is_found_out(
    schema: Path, version: str, changes: dict[str, Any], faults: list[str]
) -> None:
    relist(schema, version, **changes)
    assert list(listing_faults(Catalogue(schema))) == faults


def test_versions_are_numbers_in_their_order_and_each_has_a_schema_of_its_own(schema: Path) -> None:
    listing = json.loads((schema / "versions.json").read_bytes())
    listing["versions"]["1.0"] = listing["versions"].pop("1.0")
    (schema / "versions.json").write_text(json.dumps(listing), encoding="utf-8")
    assert "the versions do not stand in order: ['1.1', '2.0', '1.0']" in listing_faults(Catalogue(schema))
    shutil.copytree(schema / "2.0", schema / "2")
    assert "the versions listed are not those that have a schema" in listing_faults(Catalogue(schema))
    relist(schema, "2", status="draft")
    faults = list(listing_faults(Catalogue(schema)))
    assert "a version is two numbers: ['1.1', '2.0', '1.0', '2']" in faults
    assert "the schema of 2 does not say that it is 2" in faults


@pytest.mark.parametrize("name", ['"const": "2.0"', "invented/2.0/event"])
def test_a_schema_says_which_version_it_is(schema: Path, name: str) -> None:
    path = schema / "2.0/event.schema.json"
    path.write_text(path.read_text("utf-8").replace(name, name.replace("2.0", "2.1")), encoding="utf-8")
    assert list(listing_faults(Catalogue(schema))) == ["the schema of 2.0 does not say that it is 2.0"]


def test_an_edit_of_a_single_byte_is_found_out_unless_it_is_of_a_draft(schema: Path) -> None:
    for version in ("1.0", "1.1", "2.0"):
        path = schema / version / "event.schema.json"
        path.write_bytes(path.read_bytes() + b"\n")
    relist(schema, "1.1", **WITHDRAWN)
    assert list(freeze_faults(Catalogue(schema))) == [
        "the schema of 1.0 is not the one that was released",
        "the schema of 1.1 is not the one that was released",
    ]


def test_an_enum_without_a_code_of_its_version_is_found_out(schema: Path) -> None:
    path = schema / "codelists/event-type.csv"
    path.write_text(path.read_text("utf-8").replace("\nvisit,", "\njourney,"), encoding="utf-8")
    fault = "1.0: the enum of event-type differs from its list by ['journey', 'visit']"
    assert fault in codelist_faults(Catalogue(schema))


# What a checkout remembers


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return create(tmp_path)


def faults_in(root: Path) -> list[str]:
    return list(freeze_faults(Catalogue(root / "schema"), root))


def release_2_0(root: Path) -> None:
    sha256 = hashlib.sha256((root / "schema/2.0/event.schema.json").read_bytes()).hexdigest()
    relist(root / "schema", "2.0", status="released", date="2031-12-01", sha256=sha256)


def test_a_version_has_its_tag_as_soon_as_its_release_is_committed_and_no_sooner(checkout: Path) -> None:
    release_2_0(checkout)
    assert faults_in(checkout) == []
    commit(checkout)
    assert faults_in(checkout) == [
        "there is no tag schema-2.0 of what was released; `git fetch --tags` brings the tags that there are"
    ]
    git(checkout, "tag", "schema-2.0")
    assert faults_in(checkout) == []
    git(checkout, "checkout", "--quiet", "HEAD~1")
    assert faults_in(checkout) == [], "that was before the release"


def test_a_tag_on_a_commit_before_the_release_is_found_out(checkout: Path) -> None:
    git(checkout, "tag", "schema-2.0")
    release_2_0(checkout)
    commit(checkout)
    assert faults_in(checkout) == [
        "2.0 is not released at the tag schema-2.0: the tag belongs on the commit that released it"
    ]


@pytest.mark.parametrize("amended", [False, True])
def test_a_schema_that_is_edited_together_with_its_hash_is_found_out(checkout: Path, *, amended: bool) -> None:
    path = checkout / "schema/1.1/event.schema.json"
    path.write_bytes(path.read_bytes() + b"\n")
    relist(checkout / "schema", "1.1", sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    git(checkout, "commit", "--quiet", "--all", "--message", "x", *(["--amend"] if amended else []))
    (fault,) = faults_in(checkout)
    assert fault.startswith("1.1 was released on 2021-06-01 with the hash ")
    assert fault.endswith(", and is not listed so now")


@pytest.mark.parametrize("committed", [False, True])
def test_a_release_that_is_taken_back_is_found_out(checkout: Path, *, committed: bool) -> None:
    relist(checkout / "schema", "1.1", status="draft", date=None, sha256=None)
    if committed:
        commit(checkout)
    (fault,) = faults_in(checkout)
    assert fault.startswith("1.1 was released on 2021-06-01 with the hash ")


def test_a_version_may_be_withdrawn_after_its_tag(checkout: Path) -> None:
    relist(checkout / "schema", "1.1", **WITHDRAWN)
    commit(checkout)
    assert faults_in(checkout) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("visit,", "journey,", "visit"),
        ("territory.,1.0,", "territory.,1.1,", "visit"),
        (",1.0,1.1,", ",1.0,,", "audience"),
        ("territory.,1.0,", "land.,1.0,2.0", None),
    ],
    ids=["is gone", "is said to be younger", "is no longer deprecated", "is deprecated and has other words"],
)
def test_a_code_that_was_released_is_never_taken_back(checkout: Path, old: str, new: str, code: str | None) -> None:
    path = checkout / "schema/codelists/event-type.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    (checkout / "schema/codelists/mood.csv").unlink()
    lists = [("event-type", code), ("mood", "cordial"), ("mood", "frank")]
    assert faults_in(checkout) == [
        f"{name}: the code {code} is not what it was at the tag schema-{version}"
        for version in ("1.0", "1.1")
        for name, code in lists
        if code
    ]


# The tool that writes the enums


@pytest.mark.parametrize(
    ("since", "deprecated", "versions"),
    [
        ("1.0", "", ["1.0", "1.1", "2.0", "10.0"]),
        ("1.1", "", ["1.1", "2.0", "10.0"]),
        ("1.0", "1.1", ["1.0", "1.1"]),
        ("1.0", "2.0", ["1.0", "1.1", "2.0"]),
    ],
)
def test_a_code_is_there_from_the_version_that_brought_it_to_the_major_version_after_its_deprecation(
    since: str, deprecated: str, versions: list[str]
) -> None:
    assert [v for v in ["1.0", "1.1", "2.0", "10.0"] if codelists.in_version(since, deprecated, v)] == versions


def write_enums(schema: Path, version: str, *options: str) -> int:
    paths = ["--schema", str(schema / version / "event.schema.json"), "--codelists", str(schema / "codelists")]
    return codelists.main([*paths, *options])


def add_code(schema: Path, since: str) -> None:
    with (schema / "codelists/event-type.csv").open("a", encoding="utf-8") as file:
        file.write(f"retreat,Retreat,They went to the country.,{since},,\n")


def test_a_new_code_goes_into_the_draft_and_leaves_released_versions_alone(
    schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codelists, "SCHEMAS", schema)
    lists = ["--codelists", str(schema / "codelists")]
    add_code(schema, "2.0")
    assert codelists.main(["--check", *lists]) == 1
    assert codelists.main(lists) == 0
    assert codelists.main(["--check", *lists]) == 0
    assert Catalogue(schema).schema("2.0")["$defs"]["eventType"]["enum"] == ["meeting", "visit", "summit", "retreat"]
    assert list(freeze_faults(Catalogue(schema))) == []


@pytest.mark.parametrize("status", [{}, WITHDRAWN], ids=["released", "withdrawn"])
def test_the_tool_never_writes_into_a_version_that_was_released(
    schema: Path, status: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    relist(schema, "1.1", **status)
    add_code(schema, "1.0")
    assert write_enums(schema, "1.1", "--check") == 1
    assert capsys.readouterr().out == "event-type: version 1.1's enum differs from event-type.csv\n"
    assert write_enums(schema, "1.1") == 2
    assert capsys.readouterr().err == (
        f"codelists: version 1.1 is {status.get('status', 'released')} and never edited, but its event-type would "
        "change; give a new code the version of a draft in the column 'since'\n"
    )
    assert list(freeze_faults(Catalogue(schema))) == []
