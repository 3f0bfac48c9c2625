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
from diplomatic_events.migrate.steps import BrokenStepError, Change, Step, Steps
from diplomatic_events.schema.catalogue import Catalogue
from running import not_text
from versions.steps import STEPS

HERE = Path(__file__).parent / "versions"
INVENTED = Catalogue(HERE / "catalogue")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, name: str, record: str = "1.0/minimal") -> Path:
    path = folder / name
    shutil.copy(HERE / "records" / f"{record}.json", path)
    return path


def run(
    *paths: str, to: str = "1.1", stdin: bytes | None = None, steps: Steps = STEPS, form: str = "auto", **how: bool
) -> Done:
    request = Request(to, catalogue=INVENTED, steps=steps, **how)
    return migrate_files(expand(paths, form=form), request, None if stdin is None else io.BytesIO(stdin))


def unchanged(path: Path, before: os.stat_result) -> bool:
    """Whether a file is the one that it was, and was not written to; reading it may change the time of the last access."""
    after = path.stat()
    return (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def record(name: str) -> Any:
    return json.loads((HERE / "records" / f"{name}.json").read_bytes())


def test_one_file_is_put_out_in_its_own_layout(folder: Path) -> None:
    path = put(folder, "a.json")
    before = path.read_bytes()
    done = run("a.json")
    assert done.output == before.replace(b"/1.0/", b"/1.1/").replace(b'"1.0"', b'"1.1"')
    assert done.notes == ("1 record migrated to 1.1",)
    assert done.code == DONE
    assert path.read_bytes() == before


def test_a_file_and_a_link_to_it_are_both_put_out(folder: Path) -> None:
    put(folder, "a.json")
    (folder / "link.json").symlink_to("a.json")
    assert [json.loads(line)["schemaVersion"] for line in run("a.json", "link.json").output.splitlines()] == [
        "1.1",
        "1.1",
    ]


def test_where_nothing_is_migrated_nothing_is_said_of_a_draft(folder: Path) -> None:
    (folder / "a.json").write_text('{"schemaVersion": "2.0"}', encoding="utf-8")
    assert run("a.json", to="2.0").notes == ("0 records migrated to 2.0, 1 already there",)


def test_several_files_are_put_out_as_lines(folder: Path) -> None:
    put(folder, "a.json")
    put(folder, "b.json", "1.1/full")
    done = run("a.json", "b.json")
    lines = done.output.decode().splitlines()
    assert [json.loads(line)["schemaVersion"] for line in lines] == ["1.1", "1.1"]
    assert json.loads(lines[1]) == record("1.1/full")
    assert done.notes == ("1 record migrated to 1.1, 1 already there",)


def test_several_files_keep_their_numbers_and_escapes(folder: Path) -> None:
    written = '"extensions": {"org.example": {"exact": 1.00000000000000000001, "short": 1e2, "way": "\\u00e9:, \\" x"}}'
    old = json.dumps(record("1.0/minimal"), indent=1)
    (folder / "a.json").write_bytes(f"\ufeff{old[:-2]},\r\n\t{written}\n}}\n".encode())
    put(folder, "b.json", "1.1/full")
    first, second = run("a.json", "b.json").output.decode().splitlines()
    assert first.endswith(f", {written}}}")
    assert first.startswith('{"$schema": "https://example.org/invented/1.1/')
    assert json.loads(second) == record("1.1/full")


def test_a_lost_value_is_told_as_it_was_written(folder: Path) -> None:
    old = (HERE / "records/1.2/weather.json").read_text("utf-8").replace('"sunny"', '"s\\u0075nny"')
    (folder / "a.json").write_text(old, encoding="utf-8")
    assert any('was "s\\u0075nny"' in note for note in run("a.json", allow_loss=True).notes)


def test_standard_input_is_migrated_to_standard_output(folder: Path) -> None:
    data = json.dumps(record("1.0/minimal")).encode()
    done = run("-", stdin=data + b"\n" + data + b"\n")
    assert [json.loads(line)["schemaVersion"] for line in done.output.splitlines()] == ["1.1", "1.1"]
    assert done.output.count(b"\n") == 2


def test_a_file_is_changed_in_place(folder: Path) -> None:
    path = put(folder, "a.json")
    path.chmod(0o600)
    done = run("a.json", in_place=True)
    assert (done.output, done.code) == (b"", DONE)
    assert json.loads(path.read_bytes())["schemaVersion"] == "1.1"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [path]


def test_a_record_that_is_there_already_is_not_even_touched(folder: Path) -> None:
    path = folder / "a.json"
    path.write_bytes(b'{ "schemaVersion" :"1.1",\r\n"by":  1e0 }')
    before = path.stat()
    done = run("a.json", in_place=True)
    assert (done.code, done.notes) == (DONE, ("0 records migrated to 1.1, 1 already there",))
    assert unchanged(path, before)
    assert run("a.json").output == path.read_bytes()
    assert run("a.json", diff=True).output == b""


def test_lines_are_migrated_one_by_one_and_everything_else_stays(folder: Path) -> None:
    old = json.dumps(record("1.0/minimal"), ensure_ascii=False, separators=(",", ":"))
    new = old.replace("1.0", "1.1")
    path = folder / "a.ndjson"
    path.write_bytes(f"{old}\r\n\n  \n{new}\n{old}".encode())
    assert run("a.ndjson", in_place=True).notes == ("2 records migrated to 1.1, 1 already there",)
    assert path.read_bytes() == f"{new}\r\n\n  \n{new}\n{new}".encode()


@pytest.mark.parametrize("name", ["a.json.gz", "a.ndjson.gz"])
def test_a_compressed_file_stays_compressed(folder: Path, name: str) -> None:
    path = folder / name
    old = json.dumps(record("1.0/minimal")).encode() + b"\n"
    path.write_bytes(gzip.compress(old))
    expected = old.replace(b"1.0", b"1.1")
    assert run(name).output == expected
    assert run(name, in_place=True).code == DONE
    assert gzip.decompress(path.read_bytes()) == expected
    before = path.stat()
    assert run(name, in_place=True).code == DONE
    assert unchanged(path, before)


def test_a_compressed_file_tells_nothing_of_the_time_of_its_packing(folder: Path) -> None:
    path = folder / "a.json.gz"
    path.write_bytes(gzip.compress(json.dumps(record("1.0/minimal")).encode()))
    assert run("a.json.gz", in_place=True).code == DONE
    assert path.read_bytes()[4:8] == bytes(4), "where gzip notes the time"


def test_a_byte_order_mark_stays(folder: Path) -> None:
    path = folder / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(record("1.0/minimal")).encode())
    done = run("a.json", in_place=True)
    assert done.code == DONE
    assert path.read_bytes().startswith(b'\xef\xbb\xbf{"$schema": "https://example.org/invented/1.1/')


def test_letters_beyond_ascii_stay_letters(folder: Path) -> None:
    path = put(folder, "a.json")
    path.write_text(path.read_text("utf-8").replace("Talks", "Gespräche \\u00fcber"), encoding="utf-8")
    run("a.json", to="2.0", in_place=True)
    assert "Gespräche \\u00fcber" in path.read_text("utf-8")


# Losses


def test_what_would_be_lost_is_told_and_nothing_is_done(folder: Path) -> None:
    put(folder, "a.json")
    put(folder, "b.json", "1.1/full")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("a.json", "b.json", to="2.0", in_place=True)
    assert (done.output, done.code) == (b"", WOULD_LOSE)
    assert done.notes == (
        "warning: version 2.0 is a draft: it may still change, and records of it with it",
        """b.json:18:5: would be lost in 2.0: a talk: it has no subject, which 2.0 asks for; /talks/0 was {"id": "unnamed", "note": "Nobody knows what about."}""",
        """b.json:31:15: would be lost in 2.0: the mood: talks have no mood in 2.0; /talks/1/mood was "cordial\"""",
        """b.json:41:5: would be lost in 2.0: an annotation: what it is about is lost; /annotations/0 was {"target": "/talks/0/note", "basis": "A rumour."}""",
        """b.json:53:5: would be lost in 2.0: an annotation: what it is about is lost; /annotations/3 was {"target": "/talks/1/mood", "basis": "The tone."}""",
        "error: 4 things would be lost, so nothing was migrated",
        "  help: --allow-loss migrates all the same",
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_lost_value_that_fits_on_a_line_is_told_whole(folder: Path) -> None:
    path = put(folder, "a.json", "1.2/weather")
    weather = "rain, " * 13
    assert len(json.dumps(weather)) == 80
    path.write_text(path.read_text("utf-8").replace('"sunny"', f'"{weather}"'), encoding="utf-8")
    assert run("a.json").notes[0].endswith(f'/weather was "{weather}"')


def test_a_loss_that_is_agreed_to_is_told_all_the_same_and_in_full(folder: Path) -> None:
    path = put(folder, "a.json", "1.2/weather")
    long = "rain, " * 40
    path.write_text(path.read_text("utf-8").replace('"sunny"', f'"{long}"'), encoding="utf-8")
    refused, agreed = run("a.json"), run("a.json", allow_loss=True, in_place=True)
    assert refused.notes[0].endswith("rain, …")
    assert agreed.notes == (
        f'a.json:15:14: lost in 1.1: the weather: only 1.2 had it; /weather was "{long}"',
        "1 record migrated to 1.1",
    )
    assert agreed.code == DONE
    assert "weather" not in json.loads(path.read_bytes())


def test_a_diff_shows_what_would_be_done_and_does_nothing(folder: Path) -> None:
    path = put(folder, "a.json", "1.2/weather")
    before = path.read_bytes()
    done = run("a.json", diff=True)
    assert done.code == WOULD_LOSE
    text = done.output.decode()
    assert text.startswith("--- a.json\n+++ a.json\n@@ ")
    assert '-  "weather": "sunny",\n' in text
    agreed = run("a.json", diff=True, allow_loss=True)
    assert (agreed.output, agreed.code) == (done.output, DONE)
    assert agreed.notes[-1] == "1 record would be migrated to 1.1"
    assert path.read_bytes() == before


def test_a_diff_names_a_file_with_its_folder(folder: Path) -> None:
    (folder / "d").mkdir()
    put(folder / "d", "a.json")
    assert run("d/a.json", diff=True).output.startswith(b"--- d/a.json\n+++ d/a.json\n@@ ")


def test_a_diff_names_a_file_whose_name_is_no_text(folder: Path) -> None:
    name = put(folder, not_text("\udcff.json")).name
    assert run(name, diff=True).output.startswith(b"--- \xff.json\n+++ \xff.json\n@@ ")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not there")
def test_patch_understands_the_diff(folder: Path, end: str) -> None:
    path = folder / "a.json"
    value = record("1.0/full") | {"title": "Line\u2028separator"}
    text = json.dumps(value, indent=1, ensure_ascii=False).replace("\n", "\r\n" if end == "\r\n" else "\n") + end
    path.write_bytes(text.encode())
    expected = run("a.json").output
    done = run("a.json", diff=True)
    (folder / "change.diff").write_bytes(done.output)
    subprocess.run(["patch", "--binary", "--silent", "a.json", "change.diff"], check=True)
    assert path.read_bytes() == expected


# What cannot be done


def test_a_record_that_is_not_valid_keeps_all_files_as_they_are(folder: Path) -> None:
    put(folder, "a.json")
    (folder / "b.json").write_text('{\n  "schemaVersion": "1.0"\n}\n', encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("a.json", "b.json", in_place=True)
    assert done.code == COULD_NOT
    assert any(
        note.startswith("b.json:1:1: error[schema/missing-property] the record needs `id`") for note in done.notes
    )
    assert done.notes[-2:] == (
        "error: b.json:1: only a valid record can be migrated",
        "error: nothing was migrated",
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'{"schemaVersion": "1.0", "schemaVersion": "1.1"}', "json/duplicate-key"),
        (b'{"title": "x"}', "schema/missing-version"),
        (b'{"schemaVersion": "7.0"}', "schema/unknown-version"),
        (b"[]", "schema/not-an-object"),
        (b"", "json/empty"),
        (b"\x1f\x8b\x08\x00broken", "json/truncated-compression"),
    ],
)
def test_what_cannot_be_read_as_a_record_is_a_finding_with_its_place(folder: Path, data: bytes, rule: str) -> None:
    (folder / "a.json").write_bytes(data)
    done = run("a.json")
    assert (done.output, done.code) == (b"", COULD_NOT)
    assert any(f"error[{rule}]" in note and note.startswith("a.json:") for note in done.notes)


def test_a_line_that_is_not_valid_is_named_by_its_number(folder: Path) -> None:
    good = json.dumps(record("1.0/minimal"))
    (folder / "a.ndjson").write_text(f"{good}\n{{}}\n", encoding="utf-8")
    done = run("a.ndjson")
    assert (done.output, done.code) == (b"", COULD_NOT)
    assert "error: a.ndjson:2: only a valid record can be migrated" in done.notes


def test_a_file_that_is_not_there_keeps_the_others_as_they_are(folder: Path) -> None:
    path = put(folder, "a.json")
    before = path.read_bytes()
    done = run("a.json", "b.json", in_place=True)
    assert done.notes[0] == "error: b.json: there is no such file or folder"
    assert done.code == COULD_NOT
    assert path.read_bytes() == before


def test_a_link_that_leads_nowhere_is_refused(folder: Path) -> None:
    (folder / "a.json").symlink_to("none.json")
    done = run("a.json", in_place=True)
    assert (done.notes[0], done.code) == ("error: a.json: it is a link that leads nowhere", COULD_NOT)


def test_a_pipe_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "a.json")
    done = run("a.json", in_place=True)
    assert (done.notes[0], done.code) == ("error: a.json: it is not an ordinary file", COULD_NOT)


def test_a_missing_step_is_named_with_the_record(folder: Path) -> None:
    put(folder, "a.json")
    done = run("a.json", steps={})
    assert done.code == COULD_NOT
    assert done.notes[:2] == (
        "error: a.json:1: no way leads from 1.0 up to 1.1: there is no step from 1.0 to 1.1",
        "  help: a later release of this program may have it",
    )


@pytest.mark.parametrize(("to", "why"), [("7.0", "there is no schema version"), ("1.2", "is withdrawn")])
def test_a_version_that_nothing_can_be_brought_to_is_refused(folder: Path, to: str, why: str) -> None:
    put(folder, "a.json")
    with pytest.raises(DiplomaticEventsError, match=why):
        run("a.json", to=to)


def test_options_that_contradict_one_another_are_refused(folder: Path) -> None:
    put(folder, "a.json")
    with pytest.raises(DiplomaticEventsError, match="--in-place writes and --diff does not"):
        run("a.json", in_place=True, diff=True)
    with pytest.raises(DiplomaticEventsError, match="standard input cannot be changed in place"):
        run("-", in_place=True)


def test_a_broken_step_is_our_own_fault_and_touches_nothing(folder: Path) -> None:
    paths = [put(folder, "a.json"), put(folder, "b.json", "1.0/audience")]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fails_on_audiences(old: dict[str, Any]) -> Change:
        return Change(old | ({"type": 5} if old["type"] == "audience" else {}))

    with pytest.raises(BrokenStepError, match="schema/wrong-type at /type"):
        run(
            *(path.name for path in paths),
            in_place=True,
            steps={("1.0", "1.1"): Step("1.0", "1.1", fails_on_audiences)},
        )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_when_a_file_cannot_be_written_beside_none_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [put(folder, "a.json"), put(folder, "b.json")]
    before = [path.read_bytes() for path in paths]
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith("b.json"))
    done = run("a.json", "b.json", in_place=True)
    assert done.code == COULD_NOT
    assert done.notes == ("error: b.json: it is write-protected", "error: nothing was migrated")
    assert [path.read_bytes() for path in paths] == before
    assert sorted(folder.iterdir()) == paths


def test_when_a_file_cannot_be_replaced_it_is_told_how_many_were(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [put(folder, "a.json"), put(folder, "b.json"), put(folder, "c.json")]
    before = paths[1].read_bytes()
    move = os.replace

    def fail_on_b(old: str, new: str) -> None:
        if new.endswith("b.json"):
            raise OSError("the disk is gone")
        move(old, new)

    monkeypatch.setattr(os, "replace", fail_on_b)
    done = run("a.json", "b.json", "c.json", in_place=True)
    assert done.code == COULD_NOT
    assert done.notes == ("error: b.json: the disk is gone", "error: only 1 file could be replaced")
    assert json.loads(paths[0].read_bytes())["schemaVersion"] == "1.1"
    assert paths[1].read_bytes() == before
    assert paths[2].read_bytes() == before
    assert sorted(folder.iterdir()) == paths
    monkeypatch.undo()
    assert run(*map(str, paths), in_place=True).notes == ("2 records migrated to 1.1, 1 already there",)


def test_a_link_is_followed_and_stays(folder: Path) -> None:
    path = put(folder, "a.json")
    (folder / "link.json").symlink_to("a.json")
    assert run("link.json", in_place=True).code == DONE
    assert (folder / "link.json").is_symlink()
    assert json.loads(path.read_bytes())["schemaVersion"] == "1.1"


def test_a_file_and_a_link_to_it_are_the_same_file(folder: Path) -> None:
    path = put(folder, "a.json")
    (folder / "link.json").symlink_to("a.json")
    assert run("a.json", "link.json", in_place=True).code == DONE
    assert json.loads(path.read_bytes())["schemaVersion"] == "1.1"


def test_a_fault_of_the_check_itself_is_our_own_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "a.json")

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("diplomatic_events.check.parse_quickly", fail)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run("a.json")
