"""The command's work: files in, files out, all or nothing."""

import gzip
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from diplomatic_events import DiplomaticEventsError
from diplomatic_events.inputs.paths import expand
from diplomatic_events.migrate.files import COULD_NOT, DONE, WOULD_LOSE, Done, Request, migrate_files
from diplomatic_events.migrate.steps import BrokenStepError, Change, Steps
from run_command import not_text
from versions.invented import CATALOGUE, STEPS, raw, record

MINIMAL = json.dumps(record("1.0-minimal")).encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: bytes | str = "1.0-minimal") -> Path:
    """Write a file with some bytes, or with those of a record of the invented versions."""
    path = Path(name).absolute()
    path.write_bytes(raw(content) if isinstance(content, str) else content)
    return path


def run(*paths: str, to: str = "1.1", stdin: bytes = b"", steps: Steps = STEPS, **how: bool) -> Done:
    return migrate_files(expand(paths), Request(to, catalogue=CATALOGUE, steps=steps, **how), io.BytesIO(stdin))


def contents(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """What is in a folder: other bytes, another file of the same bytes or one that was written anew, all are a change."""
    found = {path.name: path.stat() for path in folder.iterdir()}
    return {name: ((folder / name).read_bytes(), stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


# What is put out, and how a file changes


def test_one_file_is_put_out_in_its_own_layout(folder: Path) -> None:
    put("a.json")
    before = contents(folder)
    expected = raw("1.0-minimal").replace(b"/1.0/", b"/1.1/").replace(b'"1.0"', b'"1.1"')
    assert run("a.json") == Done(expected, ("1 record migrated to 1.1",), DONE)
    assert contents(folder) == before


def test_several_files_are_put_out_as_lines_with_their_numbers_and_escapes(folder: Path) -> None:
    written = '"extensions": {"org.example": {"exact": 1.00000000000000000001, "short": 1e2, "way": "\\u00e9:, \\" x"}}'
    old = json.dumps(record("1.0-minimal"), indent=1)
    put("a.json", f"\ufeff{old[:-2]},\r\n\t{written}\n}}\n".encode())
    put("b.json", "1.1-full")
    done = run("a.json", "b.json")
    first, second = done.output.decode().splitlines()
    assert first.startswith('{"$schema": "https://example.org/invented/1.1/')
    assert first.endswith(f", {written}}}")
    assert json.loads(second) == record("1.1-full")
    assert done.notes == ("1 record migrated to 1.1, 1 already there",)


def test_a_file_and_a_link_to_it_are_both_put_out(folder: Path) -> None:
    put("a.json")
    Path("link.json").symlink_to("a.json")
    assert run("a.json", "link.json").output.count(b'"schemaVersion": "1.1"') == 2


def test_standard_input_is_migrated_to_standard_output() -> None:
    assert run("-", stdin=MINIMAL + b"\n" + MINIMAL + b"\n").output.count(b'"schemaVersion": "1.1"') == 2


def test_a_file_is_changed_in_place_and_keeps_its_mode_and_its_letters(folder: Path) -> None:
    path = put(
        "a.json", "\ufeff{}".format(raw("1.0-minimal").decode().replace("Talks", "Gespräche \\u00fcber")).encode()
    )
    path.chmod(0o600)
    assert run("a.json", to="2.0", in_place=True).code == DONE
    new = path.read_bytes().decode()
    assert json.loads(new.removeprefix("\ufeff"))["schemaVersion"] == "2.0"
    assert new.startswith("\ufeff{\n")
    assert "Gespräche \\u00fcber" in new
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [path]


def test_a_record_that_is_there_already_is_not_even_touched(folder: Path) -> None:
    path = put("a.json", b'{ "schemaVersion" :"2.0",\r\n"by":  1e0 }')
    before = contents(folder)
    assert run("a.json", to="2.0", in_place=True) == Done(b"", ("0 records migrated to 2.0, 1 already there",), DONE)
    assert contents(folder) == before
    assert run("a.json", to="2.0").output == path.read_bytes()
    assert run("a.json", to="2.0", diff=True).output == b""


def test_lines_are_migrated_one_by_one_and_everything_else_stays(folder: Path) -> None:
    new = MINIMAL.replace(b"1.0", b"1.1")
    path = put("a.ndjson", b"\r\n".join([MINIMAL, b"\n  ", new]) + b"\n" + MINIMAL)
    assert run("a.ndjson", in_place=True).notes == ("2 records migrated to 1.1, 1 already there",)
    assert path.read_bytes() == b"\r\n".join([new, b"\n  ", new]) + b"\n" + new


@pytest.mark.parametrize("name", ["a.json.gz", "a.ndjson.gz"])
def test_a_compressed_file_stays_compressed_and_says_nothing_of_the_time(folder: Path, name: str) -> None:
    path = put(name, gzip.compress(MINIMAL + b"\n"))
    expected = MINIMAL.replace(b"1.0", b"1.1") + b"\n"
    assert run(name).output == expected
    assert run(name, in_place=True).code == DONE
    assert gzip.decompress(path.read_bytes()) == expected
    assert path.read_bytes()[4:8] == bytes(4), "where gzip notes the time"
    before = contents(folder)
    assert run(name, in_place=True).code == DONE
    assert contents(folder) == before


def test_a_link_is_followed_and_stays_and_its_file_is_migrated_once(folder: Path) -> None:
    path = put("a.json")
    Path("link.json").symlink_to("a.json")
    assert run("link.json", "a.json", in_place=True).notes == ("1 record migrated to 1.1",)
    assert Path("link.json").is_symlink()
    assert json.loads(path.read_bytes())["schemaVersion"] == "1.1"


# Losses


def test_what_would_be_lost_is_reported_and_nothing_is_done(folder: Path) -> None:
    put("a.json")
    put("b.json", "1.1-full")
    before = contents(folder)
    assert run("a.json", "b.json", to="2.0", in_place=True) == Done(b"", (
        "warning: version 2.0 is a draft: it may still change, and records of it with it",
        'b.json:11:5: would be lost in 2.0: a talk: it has no subject, which 2.0 asks for; /talks/0 was {"id": "unnamed", "mood": "frank"}',
        'b.json:12:50: would be lost in 2.0: the mood: talks have no mood there; /talks/1/mood was "cordial"',
        'b.json:15:5: would be lost in 2.0: an annotation: what it is about is lost; /annotations/0 was {"target": "/talks/1/mood", "basis": "The tone."}',
        "error: 3 things would be lost, so nothing was migrated",
        "  help: --allow-loss migrates anyway",
    ), WOULD_LOSE)  # fmt: skip
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("written", "allowed", "shown"),
    [
        ('"s\\u0075nny"', False, '"s\\u0075nny"'),
        (f'"{"x" * 78}"', False, f'"{"x" * 78}"'),
        (f'"{"x" * 79}"', False, f'"{"x" * 78}…'),
        (f'"{"x" * 79}"', True, f'"{"x" * 79}"'),
    ],
)
def test_a_lost_value_is_shown_as_it_was_written_and_in_full_once_it_is_lost(
    folder: Path, written: str, allowed: bool, shown: str
) -> None:
    put("a.json", raw("2.0-full").replace(b'"sunny"', written.encode()))
    assert run("a.json", allow_loss=allowed).notes[0] == (
        f"a.json:8:14: {'' if allowed else 'would be '}lost in 1.1: the weather: 1.1 has no place for it; "
        f"/weather was {shown}"
    )


def test_a_loss_that_is_agreed_to_is_done(folder: Path) -> None:
    path = put("a.json", "2.0-full")
    done = run("a.json", allow_loss=True, in_place=True)
    assert (done.code, done.notes[-1]) == (DONE, "1 record migrated to 1.1")
    assert "weather" not in json.loads(path.read_bytes())


# Differences


def test_a_diff_shows_what_would_be_done_and_does_nothing(folder: Path) -> None:
    Path("d").mkdir()
    path = put("d/a.json", "2.0-full")
    done = run("d/a.json", diff=True)
    assert done.code == WOULD_LOSE
    assert done.output.startswith(b"--- d/a.json\n+++ d/a.json\n@@ ")
    assert b'-  "weather": "sunny",\n' in done.output
    agreed = run("d/a.json", diff=True, allow_loss=True)
    assert (agreed.output, agreed.code) == (done.output, DONE)
    assert agreed.notes[-1] == "1 record would be migrated to 1.1"
    assert path.read_bytes() == raw("2.0-full")


def test_a_diff_names_a_file_whose_name_is_no_text(folder: Path) -> None:
    name = put(not_text("\udcff.json")).name
    assert run(name, diff=True).output.startswith(b"--- \xff.json\n+++ \xff.json\n@@ ")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not there")
def test_patch_understands_the_diff(folder: Path, end: str) -> None:
    text = json.dumps(record("1.0-full", title="Line\u2028separator"), indent=1, ensure_ascii=False)
    path = put("a.json", (text.replace("\n", "\r\n" if end == "\r\n" else "\n") + end).encode())
    expected = run("a.json").output
    put("change.diff", run("a.json", diff=True).output)
    subprocess.run(["patch", "--binary", "--silent", "a.json", "change.diff"], check=True)
    assert path.read_bytes() == expected


# What cannot be done


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'{"schemaVersion": "1.0", "schemaVersion": "1.1"}', "json/duplicate-key"),
        (b'{"title": "x"}', "schema/missing-version"),
        (b'{"schemaVersion": "1.0"}', "schema/missing-property"),
        (b"", "json/empty"),
        (b"\x1f\x8b\x08\x00broken", "json/truncated-compression"),
    ],
)
def test_a_record_that_is_not_valid_is_a_finding_and_keeps_all_files_as_they_are(
    folder: Path, data: bytes, rule: str
) -> None:
    put("a.json")
    put("b.json", data)
    before = contents(folder)
    done = run("a.json", "b.json", in_place=True)
    assert (done.output, done.code) == (b"", COULD_NOT)
    assert any(note.startswith("b.json:") and f"error[{rule}]" in note for note in done.notes)
    assert done.notes[-2:] == ("error: b.json:1: only a valid record can be migrated", "error: nothing was migrated")
    assert contents(folder) == before


def test_a_line_that_is_not_valid_is_named_by_its_number(folder: Path) -> None:
    put("a.ndjson", MINIMAL + b"\n{}\n")
    done = run("a.ndjson")
    assert (done.output, done.code) == (b"", COULD_NOT)
    assert "error: a.ndjson:2: only a valid record can be migrated" in done.notes


def test_a_file_that_cannot_be_read_keeps_the_others_as_they_are(folder: Path) -> None:
    put("a.json")
    before = contents(folder)
    Path("link.json").symlink_to("none.json")
    os.mkfifo("pipe.json")
    done = run("a.json", "gone.json", "link.json", "pipe.json", in_place=True)
    assert done.notes == (
        "error: gone.json: there is no such file or folder",
        "error: link.json: it is a broken link",
        "error: pipe.json: it is not an ordinary file",
        "error: nothing was migrated",
    )
    assert done.code == COULD_NOT
    Path("link.json").unlink()
    Path("pipe.json").unlink()
    assert contents(folder) == before


def test_a_missing_step_is_named_with_the_record(folder: Path) -> None:
    put("a.json")
    done = run("a.json", steps={})
    assert done.code == COULD_NOT
    assert done.notes[:2] == (
        "error: a.json:1: cannot migrate from 1.0 to 1.1: there is no step from 1.0 to 1.1",
        "  help: a later release of this program may have it",
    )


def test_a_request_that_contradicts_itself_is_refused(folder: Path) -> None:
    put("a.json")
    with pytest.raises(DiplomaticEventsError, match="there is no schema version"):
        run("a.json", to="7.0")
    with pytest.raises(DiplomaticEventsError, match="--in-place and --diff cannot be combined"):
        run("a.json", in_place=True, diff=True)
    with pytest.raises(DiplomaticEventsError, match="standard input cannot be changed in place"):
        run("-", in_place=True)


def test_a_broken_step_is_our_own_fault_and_touches_nothing(folder: Path) -> None:
    put("a.json")
    put("b.json", "1.0-full")
    before = contents(folder)

    def fails_on_audiences(old: dict[str, Any]) -> Change:
        return Change(old | ({"type": 5} if old["type"] == "audience" else {}))

    with pytest.raises(BrokenStepError, match="schema/wrong-type at /type"):
        run("a.json", "b.json", in_place=True, steps={("1.0", "1.1"): fails_on_audiences})
    assert contents(folder) == before


def test_when_a_file_cannot_be_written_beside_none_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.json")
    put("b.json")
    before = contents(folder)
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("b.json"))
    done = run("a.json", "b.json", in_place=True)
    assert done.code == COULD_NOT
    assert done.notes == ("error: b.json: it is write-protected", "error: nothing was migrated")
    assert contents(folder) == before


def test_when_a_file_cannot_be_replaced_the_number_of_those_that_were_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [put("a.json"), put("b.json"), put("c.json")]
    move = os.replace

    def fail_on_b(old: str, new: str) -> None:
        if new.endswith("b.json"):
            raise OSError("the disk is gone")
        move(old, new)

    monkeypatch.setattr(os, "replace", fail_on_b)
    done = run("a.json", "b.json", "c.json", in_place=True)
    assert done.code == COULD_NOT
    assert done.notes == ("error: b.json: the disk is gone", "error: only 1 file could be replaced")
    assert [path.read_bytes() == raw("1.0-minimal") for path in paths] == [False, True, True]
    assert sorted(folder.iterdir()) == paths


def test_a_fault_of_the_check_itself_is_our_own_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    put("a.json")
    monkeypatch.setattr("diplomatic_events.checking.parse_quickly", fail)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run("a.json")
