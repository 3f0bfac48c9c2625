"""A draft is released only when everything is in order, and then only one line of one file changes."""

import datetime
import hashlib
import re
from pathlib import Path

import pytest

import release_schema
from check_records import ROOT
from diplomatic_events.schema.catalogue import Catalogue
from versions.policy import freeze_faults, listing_faults
from versions.repository import commit, create, git, relist


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return create(tmp_path)


def release(root: Path, version: str = "2.0", *, gate: str = "true") -> int:
    """Release a version of a repository in which `.ci/run` does something."""
    (root / ".ci").mkdir()
    (root / ".ci/run").write_text(f"{gate}\n", encoding="utf-8")
    commit(root)
    return release_schema.main([version], root)


def test_a_draft_is_released(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert release(repository) == 0
    after = datetime.datetime.now(datetime.UTC).date().isoformat()
    sha256 = hashlib.sha256((repository / "schema/2.0/event.schema.json").read_bytes()).hexdigest()
    version = Catalogue(repository / "schema").versions["2.0"]
    assert (version.status, version.sha256) == ("released", sha256)
    assert version.date in (before, after)
    assert list(listing_faults(Catalogue(repository / "schema"))) == []
    assert git(repository, "diff", "--numstat") == "1\t1\tschema/versions.json\n", "the rest keeps its layout"
    out = capsys.readouterr().out
    assert f"Version 2.0 is released as of {version.date}, sha256 {sha256}." in out
    steps = ["git commit", "git tag --sign schema-2.0", "make test", "git push --atomic origin HEAD schema-2.0"]
    assert sorted(steps, key=out.index) == steps, "only what is tagged can be held against its tag"


def test_what_was_released_and_tagged_is_frozen(repository: Path) -> None:
    assert release(repository) == 0
    commit(repository)
    git(repository, "tag", "--annotate", "schema-2.0", "--message", "x")
    catalogue = Catalogue(repository / "schema")
    assert list(freeze_faults(catalogue, repository)) == []
    catalogue.path("2.0").write_bytes(catalogue.path("2.0").read_bytes() + b"\n")
    assert len(list(freeze_faults(catalogue, repository))) == 2, "it differs from its hash and from its tag"


@pytest.mark.parametrize(
    ("gate", "why"),
    [("exit 3", ".ci/run failed with exit code 3"), ("touch made", ".ci/run has changed files")],
)
def test_unless_everything_passes_nothing_is_released(
    repository: Path, gate: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, gate=gate) == 1
    error = capsys.readouterr().err
    assert why in error
    assert error.endswith("nothing was changed\n")
    assert Catalogue(repository / "schema").versions["2.0"].status == "draft"


def test_what_must_pass_is_run_in_the_root_without_the_variables_of_make(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEFLAGS", "VERSION=2.0")
    assert release(repository, gate='test -e schema/versions.json && test -z "$MAKEFLAGS"') == 0


def test_what_must_pass_is_everything() -> None:
    run = (ROOT / ".ci/run").read_text("utf-8")
    steps = {target for line in re.findall(r"^make (.+)$", run, re.MULTILINE) for target in line.split()}
    assert steps >= {"test", "lint", "wheel"}


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0", "version 1.0 is released, not a draft"),
        ("3.0", "there is no version 3.0; the versions are 1.0, 1.1, 2.0"),
    ],
)
def test_only_a_draft_can_be_released(
    repository: Path, version: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, version) == 2
    assert why in capsys.readouterr().err
    assert not git(repository, "status", "--porcelain")


def test_versions_are_released_in_their_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    relist(repository / "schema", "1.1", status="draft")
    assert release(repository) == 2
    assert "version 1.1 is still a draft" in capsys.readouterr().err


@pytest.mark.parametrize("name", ['"const": "2.0"', "invented/2.0/event"])
def test_a_schema_must_say_which_version_it_is(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    schema = repository / "schema/2.0/event.schema.json"
    schema.write_text(schema.read_text("utf-8").replace(name, name.replace("2.0", "2.1")), encoding="utf-8")
    assert release(repository) == 2
    assert "does not say in `$id` and `schemaVersion` that it is version 2.0" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["schema/2.0/event.schema.json", "untracked.txt"])
def test_uncommitted_changes_forbid_a_release(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (repository / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert release_schema.main(["2.0"], repository) == 2
    error = capsys.readouterr().err
    assert "there are uncommitted changes" in error
    assert name in error


def test_a_tag_that_is_there_already_forbids_a_release(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "schema-2.0")
    assert release(repository) == 2
    assert "the tag schema-2.0 already exists" in capsys.readouterr().err


def test_a_release_names_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert release_schema.main([]) == 2
    assert capsys.readouterr().err == "usage: release_schema.py X.Y\n"
