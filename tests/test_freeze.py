"""What was released stays as it was released, and every version keeps the promises of its status."""

import csv
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import codelists
from checking import ROOT
from diplomatic_events.schema.catalogue import Catalogue
from versions.policy import codelist_faults, freeze_faults, listing_faults

REAL = Catalogue(ROOT / "schema")
INVENTED = Catalogue(Path(__file__).parent / "versions" / "catalogue")


@pytest.mark.parametrize("catalogue", [REAL, INVENTED], ids=["real", "invented"])
def test_every_version_says_what_its_status_asks_for(catalogue: Catalogue) -> None:
    assert list(listing_faults(catalogue)) == []


@pytest.mark.parametrize("catalogue", [REAL, INVENTED], ids=["real", "invented"])
def test_the_bytes_of_every_released_schema_are_those_of_its_hash_and_its_tag(catalogue: Catalogue) -> None:
    repository = ROOT if catalogue is REAL and (ROOT / ".git").exists() else None
    assert list(freeze_faults(catalogue, repository)) == []


@pytest.mark.parametrize("catalogue", [REAL, INVENTED], ids=["real", "invented"])
def test_the_enums_of_every_version_are_those_of_its_codelists(catalogue: Catalogue) -> None:
    assert list(codelist_faults(catalogue)) == []


# The tests above can fail


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(INVENTED.folder, tmp_path / "schema")
    return tmp_path / "schema"


def entry(version: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    """A change to what `versions.json` says of a version."""

    def change(listed: dict[str, Any]) -> None:
        for key, value in changes.items():
            if value is None:
                del listed[version][key]
            else:
                listed[version][key] = value

    return change


def move_to_end(listed: dict[str, Any]) -> None:
    listed["1.0"] = listed.pop("1.0")


def rename(listed: dict[str, Any]) -> None:
    listed["2"] = listed.pop("2.0")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (entry("2.0", date="2031-12-01"), None),
        (entry("2.0", date="2031-12-01", sha256="0" * 64), "2.0 is draft: date and hash belong to what was released"),
        (entry("1.0", sha256=None), "1.0 is released: date and hash belong to what was released"),
        (entry("1.0", date=None), "1.0 is released: date and hash belong to what was released"),
        (entry("1.2", reason=None), "1.2 is withdrawn: since when and why belong to what was withdrawn"),
        (entry("1.0", withdrawn="2031-01-01", reason="x"), "1.0 is released: since when and why belong"),
        (entry("1.0", status="final"), "1.0 has the unknown status final"),
        (entry("1.0", status="draft", date=None, sha256=None), "a draft stands before a version that was released"),
        (entry("1.0", date="2032-01-01"), "the dates do not stand in order"),
        (entry("1.0", date="2020-02-30"), "1.0 has 2020-02-30 where a day stands"),
        (entry("1.2", withdrawn="last year"), "1.2 has last year where a day stands"),
        (move_to_end, "the versions do not stand in order"),
        (rename, "a version is two numbers"),
        (lambda listed: listed.pop("2.0"), "the versions listed are not those that have a schema"),
    ],
)  # fmt: skip
def test_a_listing_that_contradicts_itself_is_found_out(
    copy: Path, change: Callable[[dict[str, Any]], None], fault: str | None
) -> None:
    listing = json.loads((copy / "versions.json").read_bytes())
    change(listing["versions"])
    (copy / "versions.json").write_text(json.dumps(listing), encoding="utf-8")
    if "2" in listing["versions"]:
        shutil.move(copy / "2.0", copy / "2")
    faults = list(listing_faults(Catalogue(copy)))
    assert any(fault in found for found in faults) if fault else faults == []


def test_a_schema_of_another_version_is_found_out(copy: Path) -> None:
    shutil.copy(copy / "1.0/event.schema.json", copy / "2.0/event.schema.json")
    assert list(listing_faults(Catalogue(copy))) == ["the schema of 2.0 does not say that it is 2.0"]


@pytest.mark.parametrize("version", ["1.0", "1.2"])
def test_an_edit_of_a_single_byte_is_found_out_also_in_a_withdrawn_version(copy: Path, version: str) -> None:
    path = copy / version / "event.schema.json"
    path.write_bytes(path.read_bytes() + b"\n")
    assert list(freeze_faults(Catalogue(copy))) == [f"the schema of {version} is not the one that was released"]


def test_a_draft_may_be_edited(copy: Path) -> None:
    path = copy / "2.0/event.schema.json"
    path.write_bytes(path.read_bytes() + b"\n")
    assert list(freeze_faults(Catalogue(copy))) == []


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    names += ["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def checkout(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which every version that was released has its tag."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git(copy.parent, "init", "--quiet")
    commit(copy.parent)
    for version in ("1.0", "1.1", "1.2"):
        git(copy.parent, "tag", f"schema-{version}")
    return copy.parent


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "A change")


def faults_in(root: Path) -> list[str]:
    return list(freeze_faults(Catalogue(root / "schema"), root))


def relist(root: Path, *changes: Callable[[dict[str, Any]], None]) -> None:
    """Change what `versions.json` says."""
    path = root / "schema/versions.json"
    listing = json.loads(path.read_bytes())
    for change in changes:
        change(listing["versions"])
    path.write_text(json.dumps(listing), encoding="utf-8")


def release_2_0(root: Path) -> None:
    sha256 = hashlib.sha256((root / "schema/2.0/event.schema.json").read_bytes()).hexdigest()
    relist(root, entry("2.0", status="released", date="2031-12-01", sha256=sha256))


NO_TAG = "{0} was released and has no tag schema-{0}; `git fetch --tags` brings the tags that there are"


@pytest.mark.parametrize("version", ["1.0", "1.2"])
def test_a_missing_tag_is_found_out_also_of_a_withdrawn_version(checkout: Path, version: str) -> None:
    assert faults_in(checkout) == []
    git(checkout, "tag", "--delete", f"schema-{version}")
    assert faults_in(checkout) == [NO_TAG.format(version)]


def test_a_version_has_its_tag_as_soon_as_it_is_committed_and_no_sooner(checkout: Path) -> None:
    release_2_0(checkout)
    assert faults_in(checkout) == []
    commit(checkout)
    assert faults_in(checkout) == [NO_TAG.format("2.0")]
    git(checkout, "tag", "schema-2.0")
    assert faults_in(checkout) == []


def test_a_tag_on_a_commit_before_the_release_is_found_out(checkout: Path) -> None:
    release_2_0(checkout)
    git(checkout, "tag", "schema-2.0")
    commit(checkout)
    assert faults_in(checkout) == ["2.0 is draft at the tag schema-2.0: the tag belongs on the commit that released it"]


def test_a_schema_that_is_edited_together_with_its_hash_is_found_out(checkout: Path) -> None:
    path = checkout / "schema/1.1/event.schema.json"
    path.write_bytes(path.read_bytes() + b"\n")
    relist(checkout, entry("1.1", sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    commit(checkout)
    was = "2021-06-01 and 21eb9daf92e90a33e55fca807715b36c2d55f2144c580711015ce4cafe4f19d6"
    assert faults_in(checkout) == [
        "the schema of 1.1 differs from the one at the tag schema-1.1",
        f"1.1 has another date or hash than at the tag schema-1.1, which has {was}",
    ]


def test_another_date_is_found_out(checkout: Path) -> None:
    relist(checkout, entry("1.0", date="2021-01-11"))
    (fault,) = faults_in(checkout)
    assert fault.startswith("1.0 has another date or hash than at the tag schema-1.0, which has 2021-01-10 and ")


def test_a_version_may_be_withdrawn_after_its_tag(checkout: Path) -> None:
    relist(checkout, entry("1.1", status="withdrawn", withdrawn="2031-01-01", reason="x"))
    commit(checkout)
    assert faults_in(checkout) == []


@pytest.mark.parametrize("committed", [False, True])
def test_a_release_that_is_taken_back_is_found_out(checkout: Path, *, committed: bool) -> None:
    relist(checkout, entry("1.2", status="draft", date=None, sha256=None), lambda listed: listed.pop("1.1"))
    if committed:
        commit(checkout)
    assert faults_in(checkout) == ["1.1 was released and is not listed now", "1.2 was released and is draft now"]


def test_a_checkout_of_a_time_before_a_release_is_sound(checkout: Path) -> None:
    release_2_0(checkout)
    commit(checkout)
    git(checkout, "tag", "schema-2.0")
    git(checkout, "checkout", "--quiet", "HEAD~1")
    assert faults_in(checkout) == []


def no_head(root: Path) -> None:
    (root / ".git/HEAD").write_text("x", encoding="utf-8")


def no_listing(root: Path) -> None:
    git(root, "rm", "--quiet", "--cached", "schema/versions.json")
    git(root, "commit", "--quiet", "--message", "x")


def no_schema_at_the_tag(root: Path) -> None:
    git(root, "tag", "--force", "schema-1.0", "HEAD:schema/codelists")


@pytest.mark.parametrize("damage", [no_head, no_listing, no_schema_at_the_tag])
def test_git_that_fails_is_a_fault(checkout: Path, damage: Callable[[Path], None]) -> None:
    damage(checkout)
    (fault,) = faults_in(checkout)
    assert fault.startswith("git show failed, so the tags cannot be looked at: fatal: ")


def test_git_that_is_not_there_is_a_fault_of_a_checkout_and_of_nothing_else(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    (fault,) = faults_in(checkout)
    said, _, reason = fault.rpartition(": ")
    assert said == "git cannot be run, so the tags cannot be looked at"
    assert reason == os.strerror(errno.ENOENT) or sys.platform == "win32"  # which has words of its own
    assert list(freeze_faults(Catalogue(checkout / "schema"))) == []


@pytest.mark.parametrize(
    ("code", "change", "fault"),
    [
        ("visit", None, "event-type: the code visit of schema-{} is gone"),
        ("visit", {"since": "1.1"}, "event-type: the code visit was there since 1.0, not since 1.1"),
        ("audience", {"deprecated": ""}, "event-type: the code audience has been deprecated since 1.1"),
        ("visit", {"deprecated": "2.0", "description": "Mended."}, None),
    ],
)
def test_a_code_that_was_released_is_never_taken_back(
    checkout: Path, code: str, change: dict[str, str] | None, fault: str | None
) -> None:
    path = checkout / "schema/codelists/event-type.csv"
    found = rows(path)
    kept = [row | (change or {}) if row["code"] == code else row for row in found if change or row["code"] != code]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(kept)
    assert faults_in(checkout) == ([fault.format(version) for version in ("1.0", "1.1", "1.2")] if fault else [])


def test_a_list_that_is_gone_takes_its_codes_with_it_and_a_new_one_takes_none(checkout: Path) -> None:
    (checkout / "schema/codelists/mood.csv").rename(checkout / "schema/codelists/temper.csv")
    assert faults_in(checkout) == [
        f"mood: the code {code} of schema-{version} is gone"
        for version in ("1.0", "1.1", "1.2")
        for code in ("cordial", "frank")
    ]


def test_an_enum_without_a_code_of_its_version_is_found_out(copy: Path) -> None:
    path = copy / "codelists/event-type.csv"
    path.write_text(path.read_text("utf-8").replace("\nvisit,", "\njourney,"), encoding="utf-8")
    assert "1.0: the enum of event-type differs from its list by ['journey', 'visit']" in codelist_faults(
        Catalogue(copy)
    )


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


def run(folder: Path, version: str, *options: str) -> int:
    paths = ["--schema", str(folder / version / "event.schema.json"), "--codelists", str(folder / "codelists")]
    return codelists.main([*paths, *options])


def add_code(folder: Path, since: str) -> None:
    with (folder / "codelists/event-type.csv").open("a", encoding="utf-8") as file:
        file.write(f"retreat,Retreat,They went to the country.,{since},,\n")


def test_a_new_code_goes_into_the_draft_and_leaves_released_versions_alone(copy: Path) -> None:
    add_code(copy, "2.0")
    for version in ("1.0", "1.1", "1.2"):
        before = (copy / version / "event.schema.json").read_bytes()
        assert run(copy, version) == 0
        assert (copy / version / "event.schema.json").read_bytes() == before
    assert run(copy, "2.0", "--check") == 1
    assert run(copy, "2.0") == 0
    assert Catalogue(copy).schema("2.0")["$defs"]["eventType"]["enum"] == ["meeting", "visit", "summit", "retreat"]


@pytest.mark.parametrize(("version", "status"), [("1.0", "released"), ("1.2", "withdrawn")])
def test_the_tool_never_writes_into_a_version_that_was_released(
    copy: Path, version: str, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_code(copy, "1.0")
    before = (copy / version / "event.schema.json").read_bytes()
    assert run(copy, version, "--check") == 1
    assert capsys.readouterr().out == f"event-type: version {version}'s enum differs from event-type.csv\n"
    assert run(copy, version) == 2
    assert capsys.readouterr().err == (
        f"codelists: version {version} is {status} and never edited, but its event-type would change; "
        "give a new code the version of a draft in the column 'since'\n"
    )
    assert (copy / version / "event.schema.json").read_bytes() == before


def test_without_a_name_the_tool_checks_all_versions_and_writes_the_drafts(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codelists, "SCHEMAS", copy)
    lists = ["--codelists", str(copy / "codelists")]
    assert codelists.main(["--check", *lists]) == 0
    add_code(copy, "2.0")
    assert codelists.main(["--check", *lists]) == 1
    assert codelists.main(lists) == 0
    assert codelists.main(["--check", *lists]) == 0
