"""Source texts: inline or in a file beside the record, and never from outside of its folder."""

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from check_records import check_value, example
from diplomatic_events.findings import Finding
from diplomatic_events.rulebook import EXAMPLE_TEXT
from diplomatic_events.sources.texts import (
    MAX_TEXT_BYTES,
    NO_TEXT,
    OUT_OF_REACH,
    Cache,
    InlineTexts,
    SourceText,
    TextFault,
    Texts,
    TextsBelow,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record's folder, with something beside it that is not to be read."""
    inside = tmp_path / "record"
    inside.mkdir()
    (inside / "report.txt").write_text(EXAMPLE_TEXT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(EXAMPLE_TEXT, encoding="utf-8")
    return inside


def fault(folder: Path | None, name: str) -> TextFault:
    found = Texts(folder).of({"textFile": name})
    assert isinstance(found, TextFault)
    return found


def only(name: str, folder: Path | None) -> Finding:
    (finding,) = check_value(example({"/sources/0/text": None, "/sources/0/textFile": name}), folder)
    assert finding.pointer == "/sources/0/textFile"
    return finding


def test_an_inline_text_is_taken_as_it_stands() -> None:
    assert Texts(None).of({"text": "Bogotá"}) == SourceText("Bogotá", "", None)


def test_the_digest_of_an_inline_text_is_taken_where_it_is_to_be_compared() -> None:
    digest = hashlib.sha256("Bogotá".encode()).hexdigest()
    assert Texts(None).of({"text": "Bogotá", "sha256": "0"}) == SourceText("Bogotá", digest, None)


def test_a_text_file_is_read_as_it_is_line_breaks_included(folder: Path) -> None:
    raw = b"one\r\ntwo\rthree\n"
    (folder / "a.txt").write_bytes(raw)
    found = Texts(folder).of({"textFile": "a.txt"})
    assert found == SourceText("one\r\ntwo\rthree\n", hashlib.sha256(raw).hexdigest(), (folder / "a.txt").as_posix())


def test_a_text_file_may_lie_below_the_record(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts/a.txt").write_text("x", encoding="utf-8")
    assert isinstance(Texts(folder).of({"textFile": "texts/a.txt"}), SourceText)
    assert isinstance(Texts(folder).of({"textFile": "./texts//a.txt"}), SourceText)


@pytest.mark.parametrize("source", [{}, {"text": 5}, {"textFile": 5}, {"text": None, "textFile": None}])
def test_a_source_may_have_no_text(source: dict[str, Any], folder: Path) -> None:
    assert Texts(folder).of(source) is NO_TEXT


def test_a_file_is_read_once_a_run(folder: Path) -> None:
    cache: Cache = {}
    first = Texts(folder, cache).of({"textFile": "report.txt"})
    (folder / "report.txt").unlink()
    assert Texts(folder, cache).of({"textFile": "report.txt"}) is first


OUTSIDE = [
    "../secret.txt",
    "a/../../secret.txt",
    "/etc/passwd",
    "C:\\Windows\\win.ini",
    "C:/Windows/win.ini",
    "C:secret.txt",
    "\\\\server\\share\\a.txt",
    "//server/share/a.txt",
    "..\\secret.txt",
    "texts\\a.txt",
    "a\0b",
    ".",
    "",
    "./",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_path_that_is_no_plain_way_down_is_not_followed_on_any_system(name: str, folder: Path) -> None:
    assert fault(folder, name).kind == "outside"


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/../../secret.txt"])
def test_a_path_out_of_the_folder_is_a_finding_and_is_not_read(name: str, folder: Path) -> None:
    finding = only(name, folder)
    assert finding.rule == "evidence/text-file-outside-folder"
    assert finding.message == f"`{name}` is not a path inside the record's folder, and was not read"
    assert finding.help == "a text file is named relative to the record's own file and lies in its folder"


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent)
    for name in ("link.txt", "up/secret.txt"):
        finding = only(name, folder)
        assert finding.rule == "evidence/text-file-outside-folder"
        assert finding.help == "it is a link that leads out of the record's folder"


def test_a_link_into_a_folder_whose_name_begins_alike_is_not_followed(folder: Path) -> None:
    beside = folder.with_name(f"{folder.name}-other")
    beside.mkdir()
    (beside / "a.txt").write_text("x", encoding="utf-8")
    (folder / "a.txt").symlink_to(f"../{beside.name}/a.txt")
    assert fault(folder, "a.txt") == TextFault("outside", "it is a link that leads out of the record's folder")


def test_a_link_inside_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("report.txt")
    assert check_value(example({"/sources/0/text": None, "/sources/0/textFile": "link.txt"}), folder) == ()


def test_a_text_that_a_link_leads_to_is_known_by_the_name_of_the_link(folder: Path) -> None:
    (folder / "a.txt").symlink_to("report.txt")
    found = Texts(folder).of({"textFile": "a.txt"})
    assert isinstance(found, SourceText)
    assert found.file == f"{folder.as_posix()}/a.txt"


def test_a_folder_that_is_itself_reached_by_a_link_may_be_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(folder)
    assert isinstance(Texts(tmp_path / "linked").of({"textFile": "report.txt"}), SourceText)


def test_a_file_that_is_not_there_is_said_to_be_missing_and_the_nearest_is_named(folder: Path) -> None:
    finding = only("reprot.txt", folder)
    assert finding.rule == "evidence/text-file-missing"
    assert finding.message == "the text file `reprot.txt` was not found: there is no such file"
    assert finding.help == "did you mean `report.txt`?"


def test_a_folder_of_a_near_name_is_not_proposed_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "reports.txt").mkdir()
    assert Texts(tmp_path).near("report.txt") is None


def test_a_link_to_nothing_is_missing(folder: Path) -> None:
    (folder / "link.txt").symlink_to("nothing.txt")
    assert fault(folder, "link.txt").kind == "missing"


def test_without_a_folder_no_file_is_looked_for() -> None:
    finding = only("report.txt", None)
    assert finding.rule == "evidence/text-file-missing"
    assert finding.message.endswith("the record has no folder to look in")
    assert finding.help == "name the record's file, or name standard input with --stdin-filename"


def test_a_folder_that_has_vanished_has_no_near_names(tmp_path: Path) -> None:
    texts = Texts(tmp_path / "gone")
    assert texts.near("report.txt") is None
    assert isinstance(texts.of({"textFile": "report.txt"}), TextFault)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("large.txt", "it is larger than 4 MiB"),
        ("latin-1.txt", "it is not UTF-8 (byte 5 is wrong)"),
        ("pipe", "it is not an ordinary file"),
        ("folder", "it is not an ordinary file"),
        ("circle", "its links lead in a circle"),
        ("report.txt/more", "it cannot be read (not a directory)"),
        ("x" * 300, "it cannot be read (file name too long)"),
    ],
)
def test_a_file_that_cannot_be_read_as_text_is_a_finding(name: str, reason: str, folder: Path) -> None:
    (folder / "large.txt").write_bytes(b"x" * (MAX_TEXT_BYTES + 1))
    (folder / "latin-1.txt").write_bytes("Bogotá".encode("latin-1")[-5:] + b"\n")
    (folder / "folder").mkdir()
    (folder / "circle").symlink_to("circle")
    os.mkfifo(folder / "pipe")
    finding = only(name, folder)
    assert finding.rule == "evidence/text-file-unreadable"
    assert reason in finding.message
    assert finding.help == "store the text as an ordinary UTF-8 file"


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOMEM])
def test_what_the_system_has_run_out_of_says_nothing_of_a_file(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise OSError(number, os.strerror(number))

    texts = Texts(folder)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        with pytest.raises(OSError, match=os.strerror(number)):
            texts.of({"textFile": "report.txt"})
    assert isinstance(texts.of({"textFile": "report.txt"}), SourceText)


def test_the_folder_to_which_the_names_of_folders_are_relative_is_not_shown(folder: Path) -> None:
    read = TextsBelow(Path(folder.name), {}, root=folder.parent).of({"textFile": "report.txt"})
    assert isinstance(read, SourceText)
    assert read.file == f"{folder.name}/report.txt"
    assert TextsBelow(Path(folder.name), {}, root=folder.parent).of({"textFile": "../x.txt"}) == Texts(folder).of(
        {"textFile": "../x.txt"}
    )


def test_texts_in_files_are_out_of_reach_where_no_folder_can_be_looked_into(folder: Path) -> None:
    assert InlineTexts(folder).of({"textFile": "report.txt"}) is OUT_OF_REACH
    assert InlineTexts(folder).of({"type": "readout"}) is NO_TEXT
    assert isinstance(InlineTexts(folder).of({"text": "Here."}), SourceText)


def test_a_text_of_the_greatest_length_is_read(folder: Path) -> None:
    (folder / "large.txt").write_bytes(b"x" * MAX_TEXT_BYTES)
    assert isinstance(Texts(folder).of({"textFile": "large.txt"}), SourceText)


def converted(folder: Path, stored: str, meant: str, **more: Any) -> list[tuple[str, str | None]]:
    """The rule and the help of each finding where a text is stored with other line ends than it was coded with."""
    (folder / "lines.txt").write_bytes(stored.encode())
    digest = hashlib.sha256(meant.encode()).hexdigest()
    start = meant.index("They signed")
    evidence = {"source": "lines", "exact": "They signed", "start": start, "end": start + 11, **more}
    source = {"id": "lines", "type": "readout", "textFile": "lines.txt", "sha256": digest}
    findings = check_value(example({"/sources/1": source, "/evidence/1": evidence}), folder)
    return [(finding.rule, finding.help) for finding in findings]


@pytest.mark.parametrize(("stored", "meant"), [("CRLF", "LF"), ("LF", "CRLF"), ("mixed", "LF"), ("mixed", "CRLF")])
def test_a_text_whose_line_ends_were_converted_is_one_finding(folder: Path, stored: str, meant: str) -> None:
    lines = f"One.\nTwo.\n{EXAMPLE_TEXT}"
    crlf = lines.replace("\n", "\r\n")
    texts = {"LF": lines, "CRLF": crlf, "mixed": crlf.replace("\r\n", "\n", 1)}
    help = f"with {meant} line ends the digest fits: store the text with them, and let git convert none"
    assert converted(folder, texts[stored], texts[meant]) == [("evidence/hash-mismatch", help)]
    assert converted(folder, texts[meant], texts[meant]) == []


def test_offsets_that_are_wrong_in_the_text_as_it_was_are_told_though_its_line_ends_were_converted(
    folder: Path,
) -> None:
    lines = f"One.\nTwo.\n{EXAMPLE_TEXT}"
    rules = [rule for rule, _ in converted(folder, lines.replace("\n", "\r\n"), lines, start=3, end=14)]
    assert sorted(rules) == ["evidence/hash-mismatch", "evidence/offset-mismatch"]


def test_line_ends_are_converted_once_a_run_and_only_for_a_digest(folder: Path) -> None:
    (folder / "report.txt").write_bytes(b"One.\r\nTwo.")
    texts, digest = Texts(folder), hashlib.sha256(b"One.\nTwo.").hexdigest()
    stored = texts.of({"textFile": "report.txt"})
    nothing: Any
    for nothing in (None, 5, [], "", "0" * 64):
        assert texts.of({"textFile": "report.txt", "sha256": nothing}) is stored
    converted = texts.of({"textFile": "report.txt", "sha256": digest})
    assert isinstance(converted, SourceText)
    assert (converted.content, converted.ends) == ("One.\nTwo.", "LF")
    assert texts.of({"textFile": "report.txt", "sha256": digest}) is converted


@pytest.mark.parametrize("stored", ["One.\nTwo.", "One. Two.", "One.\r\nThree."])
def test_another_text_is_not_taken_for_one_whose_line_ends_were_converted(stored: str) -> None:
    digest = hashlib.sha256(b"One.\nThree").hexdigest()
    found = Texts(None).of({"text": stored, "sha256": digest})
    assert found == SourceText(stored, hashlib.sha256(stored.encode()).hexdigest())
    assert Texts(None).of({"text": stored}) == SourceText(stored, "")


@pytest.mark.parametrize(("name", "right"), [("texts\\a.txt", "texts/a.txt"), (".\\report.txt", "report.txt")])
def test_a_path_with_backslashes_is_answered_with_slashes(folder: Path, name: str, right: str) -> None:
    finding = only(name, folder)
    assert (finding.rule, finding.help) == (
        "evidence/text-file-outside-folder", f"write `{right}`: a path has `/` on every system"
    )  # fmt: skip


@pytest.mark.parametrize("name", ["..\\report.txt", "C:\\report.txt", "\\\\host\\report.txt", ".\\"])
def test_a_path_with_backslashes_that_leads_out_is_not_proposed(folder: Path, name: str) -> None:
    assert only(name, folder).help == "a text file is named relative to the record's own file and lies in its folder"
