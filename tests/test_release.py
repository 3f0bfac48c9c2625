"""A draft is released only when everything is in order, and then only one file changes."""

import datetime
import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import release_schema
from diplomatic_events.schema.catalogue import Catalogue
from versions.policy import freeze_faults, listing_faults

INVENTED = Path(__file__).parent / "versions" / "catalogue"
GREEN = f"{shlex.quote(sys.executable)} -c pass"
RED = f"{shlex.quote(sys.executable)} -c 'raise SystemExit(3)'"
DATE = "2031-12-01"


def git(folder: Path, *arguments: str) -> str:
    names = [
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "tag.gpgsign=false",
    ]
    done = subprocess.run(["git", *names, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the invented versions, the last of which is a draft."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repository"
    shutil.copytree(INVENTED, root / "schema")
    git(tmp_path, "init", "--quiet", str(root))
    commit(root, "Invented versions")
    for version in ("1.0", "1.1", "1.2"):
        git(root, "tag", f"schema-{version}")
    return root


def commit(root: Path, message: str) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", message)


def release(root: Path, *gates: str, version: str = "2.0", date: str = DATE) -> int:
    arguments = [version, "--date", date, "--root", str(root), "--gates", *(gates or [GREEN])]
    return release_schema.main(arguments)


def untouched(root: Path) -> bool:
    return not git(root, "status", "--porcelain")


def test_a_draft_is_released(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, GREEN, GREEN) == 0
    sha256 = hashlib.sha256((repository / "schema/2.0/event.schema.json").read_bytes()).hexdigest()
    version = Catalogue(repository / "schema").versions["2.0"]
    assert (version.status, version.date, version.sha256) == ("released", DATE, sha256)
    out = capsys.readouterr().out
    assert f"Version 2.0 is released as of {DATE}, sha256 {sha256}." in out
    steps = ["git commit", "git tag --sign schema-2.0", "make test", "git push --atomic origin HEAD schema-2.0"]
    assert [out.count(step) for step in steps] == [1, 1, 1, 1]
    assert sorted(steps, key=out.index) == steps, "only what is tagged can be held against its tag"
    assert list(listing_faults(Catalogue(repository / "schema"))) == []


def test_only_one_line_of_one_file_changes(repository: Path) -> None:
    assert release(repository) == 0
    assert git(repository, "diff", "--numstat") == "1\t1\tschema/versions.json\n"
    line = (repository / "schema/versions.json").read_text("utf-8").splitlines()[-3]
    assert line.startswith('    "2.0": { "status": "released", "date": "2031-12-01", "sha256": "')
    assert not list(repository.glob("schema/.*"))


def test_what_was_released_and_tagged_is_frozen(repository: Path) -> None:
    assert release(repository) == 0
    catalogue = Catalogue(repository / "schema")
    assert list(freeze_faults(catalogue, repository)) == []
    commit(repository, "Release")
    assert list(freeze_faults(catalogue, repository)) == [
        "2.0 was released and has no tag schema-2.0; `git fetch --tags` brings the tags that there are"
    ]
    git(repository, "tag", "--annotate", "schema-2.0", "--message", "x")
    assert list(freeze_faults(catalogue, repository)) == []
    schema = catalogue.path("2.0")
    schema.write_bytes(schema.read_bytes().replace(b"Talks", b"Walks"))
    assert list(freeze_faults(catalogue, repository)) == [
        "the schema of 2.0 is not the one that was released",
        "the schema of 2.0 differs from the one at the tag schema-2.0",
    ]


def test_a_red_gate_leaves_everything_untouched(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    never = f"{shlex.quote(sys.executable)} -c \"open('ran', 'w')\""
    assert release(repository, GREEN, RED, never) == 1
    assert "exit code 3\nnothing was changed\n" in capsys.readouterr().err
    assert untouched(repository)


def test_a_gate_that_cannot_be_run_is_red(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, "no-such-command-here --all") == 1
    assert "the gate `no-such-command-here --all` cannot be run" in capsys.readouterr().err
    assert untouched(repository)


def test_a_gate_that_changes_files_is_red(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, f"{shlex.quote(sys.executable)} -c \"open('made', 'w')\"") == 1
    assert "the gates have changed files" in capsys.readouterr().err
    assert Catalogue(repository / "schema").versions["2.0"].status == "draft"


@pytest.mark.parametrize("name", ["schema/2.0/event.schema.json", "untracked.txt"])
def test_uncommitted_changes_forbid_a_release(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = repository / name
    path.write_bytes(path.read_bytes() + b"\n" if path.exists() else b"")
    assert release(repository) == 2
    error = capsys.readouterr().err
    assert "there are uncommitted changes" in error
    assert name in error


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0", "version 1.0 is released and not a draft"),
        ("1.2", "version 1.2 is withdrawn and not a draft"),
        ("3.0", "there is no version 3.0; the versions are 1.0, 1.1, 1.2, 2.0"),
    ],
)
def test_only_a_draft_can_be_released(
    repository: Path, version: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, version=version) == 2
    assert why in capsys.readouterr().err
    assert untouched(repository)


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("1.12.2031", "1.12.2031 is not a day like"),
        ("2031-11-31", "not a day like"),
        ("20311201", "not a day like"),
        ("2021-05-01", "version 1.1 was released on"),
    ],
)
def test_the_day_must_be_one_and_not_before_the_last_release(
    repository: Path, date: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, date=date) == 2
    assert why in capsys.readouterr().err


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "schema" / name
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    commit(root, "Change")


def test_versions_are_released_in_their_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing = json.loads((repository / "schema/versions.json").read_bytes())
    listing["versions"]["1.1"] = {"status": "draft"}
    (repository / "schema/versions.json").write_text(json.dumps(listing), encoding="utf-8")
    commit(repository, "Change")
    assert release(repository) == 2
    assert "version 1.1 is still a draft" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new"), [('"const": "2.0"', '"const": "2.1"'), ("invented/2.0/event", "invented/2.1/event")]
)
def test_a_schema_must_say_which_version_it_is(
    repository: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, "2.0/event.schema.json", old, new)
    assert release(repository) == 2
    assert "does not say in `$id` and `schemaVersion` that it is version 2.0" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["versions.json", "2.0/event.schema.json"])
def test_a_file_that_cannot_be_read_is_named(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "schema" / name).write_text("{", encoding="utf-8")
    assert release(repository) == 2
    assert f"{name} cannot be read" in capsys.readouterr().err


def test_a_tag_that_is_there_already_forbids_a_release(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "schema-2.0")
    assert release(repository) == 2
    assert "the tag schema-2.0 is there already" in capsys.readouterr().err


def test_a_folder_without_git_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(INVENTED, tmp_path / "schema")
    assert release(tmp_path) == 2
    assert "git status failed" in capsys.readouterr().err


def test_gates_do_not_inherit_the_variables_of_make(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEFLAGS", "VERSION=2.0")
    assert (
        release(repository, f"{shlex.quote(sys.executable)} -c \"import os; assert 'MAKEFLAGS' not in os.environ\"")
        == 0
    )


def test_the_gate_is_all_that_must_pass() -> None:
    assert release_schema.GATES == ("bash .ci/run",)
    run = (release_schema.ROOT / ".ci/run").read_text("utf-8")
    steps = {target for line in re.findall(r"^make (.+)$", run, re.MULTILINE) for target in line.split()}
    makefile = (release_schema.ROOT / "Makefile").read_text("utf-8")
    assert steps <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert steps >= {"test", "test-property", "lint", "interop", "mutants", "integration", "wheel"}


@pytest.mark.parametrize("gate", ["bash gate.sh", "./gate.sh"])
def test_a_gate_is_run_in_the_root_of_the_repository(
    repository: Path, gate: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = repository / "gate.sh"
    path.write_text("#!/usr/bin/env bash\ntest -e schema/versions.json && exit 7\n", encoding="utf-8")
    path.chmod(0o755)
    commit(repository, "A gate")
    assert release(repository, gate) == 1
    assert f"the gate `{gate}` is red: exit code 7" in capsys.readouterr().err


def test_today_is_the_day_if_none_is_given(repository: Path) -> None:
    before = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert release_schema.main(["2.0", "--root", str(repository), "--gates", GREEN]) == 0
    date = Catalogue(repository / "schema").versions["2.0"].date
    assert date is not None
    assert before <= date <= datetime.datetime.now(datetime.UTC).date().isoformat()


def test_a_listing_that_is_changed_meanwhile_is_left_alone(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("os.replace", fail)
    assert release(repository) == 2
    assert "versions.json cannot be written: the disk is gone" in capsys.readouterr().err
    assert untouched(repository)
