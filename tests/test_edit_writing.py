"""The files that a run writes for itself: whole, or not there at all."""

import os
import socket
from pathlib import Path

import pytest

from diplomatic_events.edit.writing import expect_file, is_stream, write_file


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_file_is_written_with_the_rights_that_new_files_have() -> None:
    before = os.umask(0o027)
    try:
        write_file("new", b"one")
    finally:
        os.umask(before)
    assert (Path("new").read_bytes(), Path("new").stat().st_mode & 0o777) == (b"one", 0o640)


def test_an_earlier_file_is_replaced_and_keeps_its_rights_and_its_links() -> None:
    Path("old").write_bytes(b"something longer")
    Path("old").chmod(0o600)
    os.symlink("old", "link")
    os.link("old", "hard")
    write_file("link", b"short")
    assert Path("hard").read_bytes() == b"short"
    assert Path("link").is_symlink()
    assert Path("old").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("name", ["report", "link"])
def test_where_writing_ends_too_soon_nothing_is_left(
    name: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.symlink("report", "link")
    write = os.write
    written: list[int] = []

    def fail(descriptor: int, data: bytes) -> int:
        if written:
            raise error
        written.append(write(descriptor, data[:5]))
        return written[0]

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(type(error)):
        write_file(name, b"a report")
    assert written == [5]
    assert not Path("report").exists()


def test_what_is_written_in_parts_is_written_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_file("new", b"a report")
    assert Path("new").read_bytes() == b"a report"


def test_what_is_no_file_is_not_written_to() -> None:
    os.mkfifo("pipe")
    Path("folder").mkdir()
    os.symlink("pipe", "link")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        for name in ("pipe", "folder", "link", "socket", "/dev/zero", "/dev/full"):
            for refused in (expect_file, lambda name: write_file(name, b"")):
                with pytest.raises(
                    OSError, match="Is a directory" if name == "folder" else "it is not an ordinary file"
                ):
                    refused(name)


def test_what_is_not_there_yet_may_be_written_to() -> None:
    for name in ("new", "no/such/folder", "a\0b"):
        expect_file(name)
    with pytest.raises(FileNotFoundError):
        write_file("no/such/folder", b"")


def test_the_null_device_takes_everything_under_whatever_name() -> None:
    os.symlink(os.devnull, "link")
    for name in (os.devnull, "link"):
        write_file(name, b"a report")
    assert Path("link").is_symlink()


def test_the_names_of_the_streams_of_the_process_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(map(is_stream, ("/dev/stdout", "/dev/stderr", "/dev/fd/1", "/dev/../dev/fd/2", "/proc/self/fd/1")))
    assert not any(map(is_stream, ("stdout", "/dev/fd/0", "/dev/stdin", "/dev/null")))
    monkeypatch.chdir("/dev")
    assert is_stream("stdout")


def test_what_goes_to_a_stream_is_added_and_the_stream_stays_open(capfd: pytest.CaptureFixture[str]) -> None:
    write_file("/dev/stdout", b"one ")
    write_file("/dev/fd/1", b"two")
    write_file("/dev/stderr", b"three")
    assert capfd.readouterr() == ("one two", "three")
