"""A file is the old one or the new one, whole."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diplomatic_events.edit.replacing import Replacement, read_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    return path


def replace(path: Path, content: bytes = b"new") -> None:
    _, stamp = read_file(path)
    Replacement(path, content, stamp).commit()


def test_a_file_is_replaced_and_keeps_its_mode(file: Path) -> None:
    replace(file)
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_until_it_is_committed_the_old_file_stands(file: Path) -> None:
    replacement = Replacement(file, b"new", read_file(file)[1])
    assert file.read_bytes() == b"old"
    replacement.discard()
    replacement.discard()
    assert list(file.parent.iterdir()) == [file]


def test_a_file_of_the_longest_name_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("會" * 81 + ".json")
    path.write_bytes(b"old")
    replace(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_replaced(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.json"
    link.symlink_to(file)
    replace(link)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert list(folder.iterdir()) == [link]


@pytest.mark.parametrize("error", [OSError("no"), KeyboardInterrupt()])
def test_a_failed_move_leaves_the_old_file_and_nothing_beside_it(
    file: Path, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(type(error)):
        replace(file)
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="the disk is full"):
        replace(file)
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_a_crash_between_writing_and_moving_leaves_the_old_file_whole(file: Path) -> None:
    program = f"""
import os
from diplomatic_events.edit.replacing import Replacement, read_file
os.replace = lambda *_: os._exit(9)
Replacement({str(file)!r}, b"new" * 100000, read_file({str(file)!r})[1]).commit()
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert file.read_bytes() == b"old"
    (beside,) = (path for path in file.parent.iterdir() if path != file)
    assert beside.name.startswith(".record.json.")
    assert beside.suffix == ".tmp", "no folder is searched for such files"


def test_the_new_content_is_on_the_disk_before_it_takes_its_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, move = os.fsync, os.replace

    def noted_sync(descriptor: int) -> None:
        order.append("fsync")
        sync(descriptor)

    def noted_move(old: str, new: str) -> None:
        order.append("replace")
        move(old, new)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_move)
    replace(file)
    assert order == ["fsync", "replace", "fsync"]


def write_within_the_same_second(path: Path) -> None:
    changed = path.stat().st_mtime_ns
    path.write_bytes(b"odd")
    os.utime(path, ns=(changed, changed + 1000))


def lengthen_and_keep_the_time(path: Path) -> None:
    changed = path.stat().st_mtime_ns
    path.write_bytes(b"older")
    os.utime(path, ns=(changed, changed))


def exchange_for_another_of_the_same_size_and_time(path: Path) -> None:
    changed = path.stat().st_mtime_ns
    other = path.with_suffix(".copy")
    other.write_bytes(b"odd")
    os.utime(other, ns=(changed, changed))
    other.replace(path)


@pytest.mark.parametrize(
    "change",
    [write_within_the_same_second, lengthen_and_keep_the_time, exchange_for_another_of_the_same_size_and_time],
)
def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(file: Path, change: Callable[[Path], None]) -> None:
    replacement = Replacement(file, b"new", read_file(file)[1])
    change(file)
    changed = file.read_bytes()
    with pytest.raises(OSError, match="it was changed by another program in the meantime"):
        replacement.commit()
    assert file.read_bytes() == changed
    assert list(file.parent.iterdir()) == [file]


def test_a_write_protected_file_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # whoever is root may write everywhere
    with pytest.raises(PermissionError, match="write-protected"):
        replace(file)
    assert list(file.parent.iterdir()) == [file]


def test_another_owner_is_kept_where_that_is_allowed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    whole = os.stat

    def other_owner(path: str) -> os.stat_result:
        found = list(whole(path))
        if str(path).endswith(".json"):
            found[4:6] = [4711, 4712]
        return os.stat_result(found)

    def refuse(_: str, user: int, group: int) -> None:
        given.append((user, group))
        raise PermissionError

    stamp = read_file(file)[1]
    monkeypatch.setattr("diplomatic_events.edit.replacing.os.chown", refuse)
    monkeypatch.setattr("diplomatic_events.edit.replacing.os.stat", other_owner)
    monkeypatch.setattr("shutil.copymode", lambda *_: None)
    Replacement(file, b"new", stamp).discard()
    assert given == [(4711, 4712)]


def test_only_an_ordinary_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="it is not an ordinary file"):
        read_file(tmp_path / "pipe")
    with pytest.raises(OSError):  # how a folder is refused differs between systems
        read_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "gone")
