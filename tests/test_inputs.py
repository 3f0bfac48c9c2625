"""Paths, folders, globs and standard input: which files are read, and how they fall into records."""

import contextlib
import gzip
import io
import os
import random
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diplomatic_events.inputs.paths import Input, expand
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.inputs.search import Search
from run_command import not_text

RECORD = b'{"id": "x"}'
LIMIT = 16 * 1024 * 1024


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: bytes = RECORD) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return name


def names(*arguments: str) -> list[str]:
    found = expand(arguments)
    assert found.failures == []
    return [source.name for source in found.files]


def read(data: bytes, name: str = "a.ndjson", limit: int = LIMIT) -> list[RawRecord]:
    write(name, data)
    return list(records(expand([name]).files[0], None, limit))


def from_stdin(data: bytes, name: str = "<stdin>", form: str = "auto") -> list[RawRecord]:
    (source,) = expand(["-"], form=form, stdin_filename=None if name == "<stdin>" else name).files
    return list(records(source, io.BytesIO(data), LIMIT))


def numbered(raw: list[RawRecord]) -> list[tuple[int, bytes]]:
    return [(record.line, record.data) for record in raw]


# Which files


def test_a_file_is_read_whatever_it_is_called() -> None:
    assert names(write("record.txt")) == ["record.txt"]


def test_a_folder_gives_every_record_file_below_it_in_order() -> None:
    for name in ("d/b.json", "d/a.NDJSON", "d/c/x.jsonl", "d/c/y.json.gz", "d/z.ndjson.gz", "d/z.jsonl.gz"):
        write(name)
    for name in ("d/notes.txt", "d/c/data.csv", "d/json", "d/a.json.bak"):
        write(name)
    assert names("d") == ["d/a.NDJSON", "d/b.json", "d/z.jsonl.gz", "d/z.ndjson.gz", "d/c/x.jsonl", "d/c/y.json.gz"]


def test_git_s_own_folder_is_passed_over() -> None:
    write("d/.git/x.json")
    write("d/a.json")
    assert names("d") == ["d/a.json"]


def test_a_hidden_folder_is_read_like_any_other() -> None:
    write("d/.records/a.json")
    assert names("d") == ["d/.records/a.json"]


# Links


@pytest.fixture
def linked() -> None:
    """A folder with links: to a file and a folder in it, to those elsewhere, and round in a circle."""
    write("elsewhere/far.json")
    write("d/a.json")
    write("d/e/c.json")
    for link, target in (
        ("near.json", "e/c.json"), ("far.json", "../elsewhere/far.json"), ("again", "e"), ("out", "../elsewhere"),
        ("round", "."), ("round.json", "../d"),
    ):  # fmt: skip
        os.symlink(target, f"d/{link}")


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize("argument", ["d", "./d/", "d/*.json", "d/[fn]*.json", "{here}/d"])
def test_a_link_leads_no_further_than_the_folder_that_is_named(argument: str, here: Path) -> None:
    found = expand([argument.format(here=here)])
    files = {source.name.removeprefix(f"{here}/") for source in found.files}
    assert files - {"d/a.json", "d/e/c.json"} == {"d/near.json"}
    (failure,) = found.failures
    assert failure.removeprefix(f"{here}/").startswith("d/far.json: it is a link that leads out of the folder")
    assert "--follow-links" in failure


@pytest.mark.usefixtures("linked")
def test_a_link_that_is_named_is_followed() -> None:
    assert names("d/far.json") == ["d/far.json"]
    assert names("d/out") == ["d/out/far.json"]
    assert names("d/out/*.json") == ["d/out/far.json"]
    assert names("d/again") == ["d/again/c.json"]


@pytest.mark.usefixtures("linked")
def test_a_link_between_two_folders_that_a_glob_spans_stays_inside() -> None:
    assert names("*/*.json") == ["d/a.json", "d/far.json", "d/near.json", "elsewhere/far.json"]


@pytest.mark.usefixtures("linked")
def test_a_folder_is_named_by_what_it_is_and_not_by_how_its_name_begins() -> None:
    write("d2/b.json")
    os.symlink("../d2/b.json", "d/other.json")
    assert len(expand(["d"]).failures) == 2


@pytest.mark.usefixtures("linked")
def test_links_are_followed_where_that_is_asked_for_and_no_folder_is_read_twice() -> None:
    found = expand(["d"], follow_links=True)
    assert found.failures == []
    assert [source.name for source in found.files] == [
        "d/a.json", "d/far.json", "d/near.json", "d/again/c.json", "d/out/far.json",
    ]  # fmt: skip
    found = expand(["d/*.json"], follow_links=True)
    assert [source.name for source in found.files] == ["d/a.json", "d/far.json", "d/near.json"]


@pytest.mark.usefixtures("linked")
def test_a_link_that_is_left_out_is_not_said_to_lead_out() -> None:
    write("d/.gitignore", b"far.json\n")
    assert names("d") == ["d/a.json", "d/near.json", "d/e/c.json"]
    os.unlink("d/.gitignore")
    for argument in ("d", "d/*.json"):
        assert expand([argument], excluded=lambda path: path.endswith("far.json")).failures == []


def test_a_record_that_is_a_link_to_what_the_system_knows_of_the_process_is_not_read() -> None:
    write("d/a.json")
    os.symlink("/proc/self/environ", "d/c.json")
    found = expand(["d"])
    assert ([source.name for source in found.files], len(found.failures)) == (["d/a.json"], 1)


def test_a_linked_folder_that_is_named_is_read() -> None:
    write("d/a.json")
    os.symlink("d", "link")
    assert names("link") == ["link/a.json"]


# What the system refuses


@contextlib.contextmanager
def as_anybody() -> Iterator[None]:
    """Without the right of root to read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed(here: Path) -> None:
    """A folder with one inside that may not be entered, whose rules may not be read either."""
    here.chmod(0o755)
    for name in ("d/a.json", "d/closed/b.json", "d/f/c.json"):
        write(name)
    Path("d/closed").chmod(0)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("argument", "failure", "files"),
    [
        ("d", "d/closed", ["d/a.json", "d/f/c.json"]),
        ("d/**/*.json", "d/closed", ["d/a.json", "d/f/c.json"]),
        ("d/**", "d/closed", ["d/a.json", "d/f/c.json"]),
        ("d/*/*.json", "d/closed", ["d/f/c.json"]),
        ("d/*/c.json", "d/closed/c.json", ["d/f/c.json"]),
        ("d/*/c.jso[n]", "d/closed", ["d/f/c.json"]),
        ("d/closed", "d/closed", []),
        ("d/closed/*.json", "d/closed", []),
        ("d/closed/b.json", "d/closed/b.json", []),
        ("d/closed/x/b.json", "d/closed/x/b.json", []),
    ],
)
def test_what_may_not_be_entered_is_a_failure_and_the_rest_is_found(
    argument: str, failure: str, files: list[str]
) -> None:
    with as_anybody():
        found = expand([argument], allow_empty=True)
    assert found.failures == [f"{failure}: Permission denied"]
    assert [source.name for source in found.files] == files
    assert found.notes == []


@pytest.mark.usefixtures("closed")
def test_a_folder_that_is_left_out_need_not_be_entered() -> None:
    with as_anybody():
        for argument in ("d", "d/**/*.json", "d/*/*.json"):
            found = expand([argument], excluded=lambda path: path == "d/closed/")
            assert found.failures == []
    write("d/.gitignore", b"/closed/\n")
    with as_anybody():
        assert names("d") == ["d/a.json", "d/f/c.json"]


@pytest.mark.parametrize("at", ["d", "d/e", "."])
def test_rules_that_may_not_be_read_are_a_failure(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:  # whose path anybody may follow
        os.chmod(folder, 0o755)
        monkeypatch.chdir(folder)
        Path(".git").mkdir()
        write("d/e/a.json")
        Path(write(f"{at}/.gitignore")).chmod(0)
        with as_anybody():
            found = expand(["d"])
        monkeypatch.undo()
    assert [source.name for source in found.files] == ["d/e/a.json"]
    (failure,) = found.failures
    assert failure.endswith(f"{'' if at == '.' else at + '/'}.gitignore: Permission denied")


def test_rules_that_are_no_file_or_a_link_to_nowhere_are_none() -> None:
    for folder in ("a", "b", "c"):
        write(f"{folder}/x.json")
    os.mkfifo("a/.gitignore")
    Path("b/.gitignore").mkdir()
    os.symlink("nowhere", "c/.gitignore")
    assert names("a", "b", "c") == ["a/x.json", "b/x.json", "c/x.json"]


def test_rules_without_end_are_a_failure() -> None:
    write("d/a.json")
    with Path("d/.gitignore").open("wb") as file:
        file.truncate(1 << 40)
    found = expand(["d"])
    assert found.failures == ["d/.gitignore: it is larger than 1 MiB"]
    assert [source.name for source in found.files] == ["d/a.json"]


@contextlib.contextmanager
def deep_folder(name: str, depth: int) -> Iterator[str]:
    """The path of a folder below so many of one name; it may be longer than the system takes."""
    begin = os.open(".", os.O_RDONLY)
    try:
        for _ in range(depth):
            os.mkdir(name)
            os.chdir(name)
        Path("x.json").write_bytes(RECORD)
        os.fchdir(begin)
        yield os.sep.join([name] * depth)
        for _ in range(depth):
            os.chdir(name)
        Path("x.json").unlink()
        for _ in range(depth):
            os.chdir("..")
            os.rmdir(name)
    finally:
        os.fchdir(begin)
        os.close(begin)


@pytest.mark.parametrize("argument", [".", "**/*.json", "**"])
def test_a_path_that_is_too_long_is_a_failure_that_names_the_folder(argument: str) -> None:
    write("a.json")
    with deep_folder("d" * 200, 30):
        found = expand([argument])
    assert [source.name for source in found.files] == ["a.json"]
    (failure,) = found.failures
    folder, _, reason = failure.partition(": ")
    assert reason == "File name too long"
    assert set(folder.split("/")) == {"d" * 200}


def test_no_depth_that_the_system_takes_is_too_much() -> None:
    with deep_folder("d", 1900) as folder:
        assert names(".") == [f"{folder}/x.json"]
        assert names("**/x.json") == [f"{folder}/x.json"]


@pytest.mark.parametrize(
    ("argument", "failure"),
    [
        ("loop/a.json", "loop/a.json: Too many levels of symbolic links"),
        ("loop/*.json", "loop: Too many levels of symbolic links"),
        ("l*/a.json", "loop/a.json: Too many levels of symbolic links"),
        ("n" * 300, f"{'n' * 300}: File name too long"),
        (f"*/{'n' * 300}", f"d/{'n' * 300}: File name too long"),
        ("a.json/b.json", "a.json/b.json: there is no such file or folder"),
        ("", ": there is no such file or folder"),
    ],
)
def test_whatever_the_system_refuses_is_said(argument: str, failure: str) -> None:
    os.symlink("loop", "loop")
    write("a.json")
    write("d/a.json")
    assert failure in expand([argument]).failures


def test_a_link_in_a_circle_that_nobody_asked_for_is_no_failure() -> None:
    os.symlink("loop", "loop")
    write("a.json")
    assert names(".") == ["a.json"]
    assert names("**/*.json") == ["a.json"]


def test_what_cannot_be_told_to_be_a_folder_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """On some file systems the kind of what lies in a folder must be asked for one by one."""

    class Entry:
        name = "b"
        path = "d/b"

        def is_symlink(self) -> bool:
            raise OSError(5, "Input/output error")

    entries = Search.entries
    monkeypatch.setattr(Search, "entries", lambda self, folder: [*entries(self, folder), Entry()])
    write("d/a.json")
    for argument in ("d", "d/**/*.json"):
        found = expand([argument])
        assert (found.failures, len(found.files)) == (["d/b: Input/output error"], 1)


def test_a_failure_takes_one_line_whatever_the_name() -> None:
    found = expand(["a\nerror: b.json\u2028c\rd", "x\n*"])
    assert found.failures == [
        "a error: b.json c d: there is no such file or folder",
        "x *: no file matches",
    ]


def test_gitignore_names_what_is_left_out() -> None:
    for name in ("d/a.json", "d/b.json", "d/out/c.json", "d/deep/out/c.json", "d/keep/a.json"):
        write(name)
    write("d/.gitignore", b"# what programs write\n/a.json\nout/\n")
    assert names("d") == ["d/b.json", "d/keep/a.json"]


def test_a_nested_gitignore_overrules_the_one_above() -> None:
    for name in ("d/x.tmp.json", "d/inner/x.tmp.json", "d/inner/y.tmp.json", "d/inner/z.json"):
        write(name)
    write("d/.gitignore", b"*.tmp.json\n")
    write("d/inner/.gitignore", b"!y.tmp.json\nz.json\n")
    assert names("d") == ["d/inner/y.tmp.json"]


def test_a_gitignore_says_nothing_of_the_folders_beside_its_own() -> None:
    for name in ("d/a/x.json", "d/b/x.json"):
        write(name)
    write("d/a/.gitignore", b"x.json\n")
    assert names("d") == ["d/b/x.json"]


def test_a_file_in_an_ignored_folder_cannot_be_brought_back() -> None:
    write("d/out/a.json")
    write("d/b.json")
    write("d/.gitignore", b"out/\n!out/a.json\n")
    assert names("d") == ["d/b.json"]


def test_the_gitignore_files_above_a_folder_hold_up_to_the_root_of_the_repository() -> None:
    write(".gitignore", b"a.json\nb.json\nc.json\n")  # outside of the repository
    write("repo/.gitignore", b"b.json\n/sub/records/d.json\n")
    write("repo/sub/.gitignore", b"e.json\n!b.json\n")
    Path("repo/.git").mkdir()
    for letter in "abcdef":
        write(f"repo/sub/records/{letter}.json")
    found = ["a", "b", "c", "f"]
    assert names("repo/sub/records") == [f"repo/sub/records/{letter}.json" for letter in found]
    write("repo/.gitignore", b"sub/\n")
    assert expand(["repo/sub/records"]).files == []


def test_a_gitignore_in_a_folder_without_repository_holds_below_it_only() -> None:
    write(".gitignore", b"a.json\n")
    write("d/a.json")
    assert names("d") == ["d/a.json"]


def test_an_ignored_file_is_read_when_it_is_named_itself() -> None:
    write(".gitignore", b"*.json\n")
    assert names(write("a.json")) == ["a.json"]


def test_a_gitignore_in_another_encoding_names_files_by_their_bytes() -> None:
    write("d/.gitignore", "caf\xe9.json\nb.json\n".encode("latin-1"))
    write("d/a.json")
    write("d/b.json")
    not_text("caf\udce9.json", Path("d"))
    assert names("d") == ["d/a.json"]


def test_the_lines_of_a_gitignore_end_as_git_has_them() -> None:
    write("d/.gitignore", b"\xef\xbb\xbfa.json\r\nb.json\rc.json\n")
    for name in ("a", "b", "c", "d"):
        write(f"d/{name}.json")
    assert names("d") == ["d/b.json", "d/c.json", "d/d.json"]


def test_a_line_of_a_gitignore_that_is_no_pattern_is_passed_over() -> None:
    write("d/.gitignore", b"!\n[z-a]\nb.json\n")
    write("d/a.json")
    write("d/b.json")
    assert names("d") == ["d/a.json"]


def test_a_glob_finds_files_in_order_and_two_stars_any_way_down() -> None:
    for name in ("d/b.json", "d/a.json", "d/e/c.json", "d/e/f/g.json", "d/e/n.txt"):
        write(name)
    Path("d/folder.json").mkdir()
    assert names("d/*.json") == ["d/a.json", "d/b.json"]
    assert names("d/**/*.json") == ["d/a.json", "d/b.json", "d/e/c.json", "d/e/f/g.json"]
    assert names("d/[ab].json") == ["d/a.json", "d/b.json"]


def test_two_stars_do_not_lead_through_links_to_folders() -> None:
    write("elsewhere/far.json")
    write("d/a.json")
    write("d/e/b.json")
    os.symlink("far.json", "elsewhere/near.json")
    for link, target in (("d/round", "."), ("d/e/again", ".."), ("d/out", "../elsewhere")):
        os.symlink(target, link)
    for pattern in ("**/*.json", "**/**/*.json"):
        assert names(f"d/{pattern}") == ["d/a.json", "d/e/b.json"]
        assert names(pattern) == ["d/a.json", "d/e/b.json", "elsewhere/far.json", "elsewhere/near.json"]
    assert names("d/**") == ["d/a.json", "d/e/b.json"]
    assert names("d/**/e/**/b.json") == ["d/e/b.json"]


def test_a_linked_folder_that_a_glob_names_is_read() -> None:
    write("d/e/a.json")
    os.symlink("d", "link")
    assert names("link/**/*.json") == ["link/e/a.json"]
    assert names("**/link/e/*.json") == ["link/e/a.json"]
    assert names(os.path.abspath("link") + "/**") == [Path("link/e/a.json").absolute().as_posix()]


def test_a_glob_finds_what_is_hidden_only_where_it_says_so() -> None:
    for name in ("d/.a.json", "d/.h/b.json", "d/c[1]/.h/e.json", "d/c[1]/f.json"):
        write(name)
    assert names("d/**/*.json") == ["d/c[1]/f.json"]
    assert names("d/**") == ["d/c[1]/f.json"]
    assert names("d/**/.*.json") == ["d/.a.json"]
    assert names("**/.h/*.json") == ["d/.h/b.json", "d/c[1]/.h/e.json"]
    assert names("d/.h/**") == ["d/.h/b.json"]


@pytest.mark.parametrize("pattern", ["**/", "d/**/", "d/a.json/**", "none/**", "d/**/none.json"])
def test_a_glob_that_names_folders_only_or_nothing_matches_no_file(pattern: str) -> None:
    write("d/a.json")
    found = expand([pattern])
    assert (found.files, found.failures) == ([], [f"{pattern}: no file matches"])


def test_a_glob_of_many_stars_takes_no_time() -> None:
    write("a" * 250)
    began = time.process_time()
    found = expand(["*a" * 20 + "b", "**/" * 20 + "b", "*a*" * 20 + "/*/b"])
    assert (len(found.failures), time.process_time() - began < 1) == (3, True)


def test_a_file_whose_name_looks_like_a_glob_is_that_file() -> None:
    write("[1].json")
    write("1.json")
    assert names("[1].json") == ["[1].json"]


def test_what_is_excluded_is_left_out_of_folders_and_globs_but_not_of_names() -> None:
    write("d/a.json")
    write("d/b.json")

    def excluded(path: str) -> bool:
        return path.endswith("a.json")

    for arguments, found in ((["d"], ["d/b.json"]), (["d/*.json"], ["d/b.json"]), (["d/a.json"], ["d/a.json"])):
        assert [source.name for source in expand(arguments, excluded=excluded).files] == found


def test_where_everything_is_excluded_that_is_said() -> None:
    write("d/a.json")
    found = expand(["d", "d/*.json"], excluded=lambda _: True)
    assert found.files == []
    assert found.failures == [
        "d: every file of the folder is excluded",
        "d/*.json: every file that matches is excluded",
    ]


def test_what_stands_for_no_file_may_be_allowed_but_not_what_is_not_there() -> None:
    write("d/a.json")
    Path("empty").mkdir()
    found = expand(["d", "empty", "none", "*.yaml"], excluded=lambda _: True, allow_empty=True)
    assert (found.files, found.failures) == ([], ["none: there is no such file or folder"])
    assert found.notes == [
        "d: every file of the folder is excluded",
        "empty: the folder has no file that ends in .json, .ndjson, .jsonl or .gz of these",
        "*.yaml: no file matches",
    ]
    assert expand(["empty"]).notes == []


def test_a_file_that_is_named_twice_is_checked_once() -> None:
    write("d/a.json")
    assert names("d/a.json", "./d/a.json", os.path.abspath("d/a.json"), "d", "d/*.json", "d/../d/a.json") == [
        "d/a.json"
    ]
    assert names("-", "-") == ["<stdin>"]


@pytest.mark.parametrize(
    ("argument", "failure"),
    [
        ("no.json", "no.json: there is no such file or folder"),
        ("a\0.json", "a\0.json: there is no such file or folder"),
        ("*.yaml", "*.yaml: no file matches"),
        ("empty", "empty: the folder has no file that ends in .json, .ndjson, .jsonl or .gz of these"),
        ("x.json", "x.json: the folder has no file that ends in .json, .ndjson, .jsonl or .gz of these"),
    ],
)
def test_what_stands_for_no_file_is_a_failure(argument: str, failure: str) -> None:
    Path("empty").mkdir()
    Path("x.json").mkdir()
    found = expand([argument, write("a.json")])
    assert found.failures == [failure]
    assert [source.name for source in found.files] == ["a.json"]


@pytest.mark.parametrize(
    ("name", "form", "lines"),
    [
        ("a.json", "auto", False),
        ("a.json.gz", "auto", False),
        ("a.NDJSON", "auto", True),
        ("a.jsonl.gz", "auto", True),
        ("a.txt", "auto", False),
        ("a.json", "ndjson", True),
        ("a.jsonl", "json", False),
    ],
)
def test_the_name_tells_the_form_unless_it_is_given(name: str, form: str, lines: bool) -> None:
    (source,) = expand([write(name)], form=form).files
    assert source.lines is lines


def test_the_form_of_standard_input_is_told_by_its_name_or_its_content() -> None:
    assert [source.lines for source in expand(["-"]).files] == [None]
    assert [source.lines for source in expand(["-"], stdin_filename="a.jsonl").files] == [True]
    assert [source.lines for source in expand(["-"], stdin_filename="a.json").files] == [False]


# Which records


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_a_json_file_is_one_record(name: str) -> None:
    data = b'{\n  "id": "x"\n}\n'
    (record,) = read(gzip.compress(data) if name.endswith(".gz") else data, name)
    assert record == RawRecord(name, data)
    assert record.line == 1


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.ndjson.gz", "a.jsonl.gz"])
def test_each_line_of_ndjson_is_a_record_with_its_line(name: str) -> None:
    data = b'{"a": 1}\n\n  \t\r\n{"a": 2}\r\n{"a": 3}'
    found = read(gzip.compress(data) if name.endswith(".gz") else data, name)
    assert numbered(found) == [(1, b'{"a": 1}'), (4, b'{"a": 2}'), (5, b'{"a": 3}')]
    assert all(record.of_lines and not record.fault for record in found)


def test_blanks_behind_the_last_line_are_no_record() -> None:
    assert numbered(read(b'{"a": 1}\n  \n \t')) == [(1, b'{"a": 1}')]


def test_a_compressed_file_is_told_by_its_content() -> None:
    assert read(gzip.compress(RECORD), "a.json")[0].data == RECORD
    assert read(RECORD, "b.json.gz")[0].data == RECORD


def test_the_members_of_a_compressed_file_are_read_as_one() -> None:
    data = gzip.compress(b'{"a": 1}\n{"a"') + gzip.compress(b": 2}\n") + gzip.compress(b'{"a": 3}\n') + bytes(512)
    assert numbered(read(data, "a.ndjson.gz")) == [(1, b'{"a": 1}'), (2, b'{"a": 2}'), (3, b'{"a": 3}')]


def test_ndjson_of_many_blocks_is_read_line_by_line() -> None:
    lines = [b'{"n": "%d"}' % number * (1 + number % 3) for number in range(30_000)]
    found = read(b"\n".join(lines))
    assert numbered(found) == list(enumerate(lines, start=1))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  \r\n"])
@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
def test_a_file_without_any_record_gives_one_without_content(data: bytes, name: str) -> None:
    (record,) = read(data, name)
    assert record.data.strip() == b""
    assert not record.fault


@pytest.mark.parametrize("length", [49, 50, 51, 52, 53, 200, 200_000])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_beyond_the_limit_does_not_swallow_the_next(length: int, end: bytes) -> None:
    data = b'{"a": 1}' + end + b"x" * length + end + b'{"a": 2}' + end
    first, long, last = read(data, limit=50)
    assert numbered([first, last]) == [(1, b'{"a": 1}'), (3, b'{"a": 2}')]
    assert long.line == 2
    assert (len(long.data) > 50) == (length > 50)
    assert len(long.data) <= 52


def test_a_last_line_beyond_the_limit_is_one_record() -> None:
    assert [len(record.data) for record in read(b"x" * 500, limit=50)] == [52]


def test_a_file_beyond_the_limit_is_read_only_so_far_that_it_shows() -> None:
    assert [len(record.data) for record in read(b"x" * 500, "a.json", limit=50)] == [51]


def test_a_bomb_of_empty_lines_is_left_too() -> None:
    (last,) = read(gzip.compress(b" \n" * (1 << 25)) * 4, "a.ndjson.gz")
    assert last.fault is not None
    assert last.fault[0] == "json/too-large"
    assert last.line > 1000


def test_a_limit_of_any_size_is_legal() -> None:
    assert numbered(read(b"1\n2\n", limit=10**30)) == [(1, b"1"), (2, b"2")]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_of_wide_characters_are_not_told_apart_by_their_bytes(codec: str) -> None:
    data = '{"a": 1}\n{"a": 2}\n'.encode(codec)
    (record,) = read(data)
    assert record.data == data
    assert not record.of_lines


# Standard input


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}\n{"a": 2}\n',
        b'\xef\xbb\xbf{"a": 1}\n{"a": 2}',
        b'\n\n{"a": 1} \r\n\r\n{"a": 2}',
        b'{"a": 1}\nnonsense\n',
        b'{"a": "' + b"x" * 200_000 + b'"}\n{"a": 2}\n',
    ],
)
def test_standard_input_with_an_object_on_each_line_is_ndjson(data: bytes) -> None:
    assert [record.of_lines for record in from_stdin(data)] == [True, True]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a": 1}',
        b'{"a": 1}\n\n',
        b'{\n  "a": 1\n}\n',
        b'{ "a": {}\n, "b": {}\n}\n',
        b'{"a": {"b": {}\n}}',
        b'[{"a": 1}\n]',
        b'{"a": [{}\n]}',
    ],
)
def test_standard_input_with_one_value_is_json(data: bytes) -> None:
    (record,) = from_stdin(data)
    assert (record.data, record.of_lines, record.file) == (data, False, "<stdin>")


def test_a_name_or_a_form_for_standard_input_settles_what_it_is() -> None:
    data = b'{"a": 1}\n{"a": 2}\n'
    assert [record.file for record in from_stdin(data, "events.json")] == ["events.json"]
    assert len(from_stdin(data, "events.ndjson")) == 2
    assert len(from_stdin(data, form="json")) == 1
    assert len(from_stdin(b'{"a": 1}', form="ndjson")) == 1


def test_compressed_standard_input_is_unpacked() -> None:
    assert numbered(from_stdin(gzip.compress(b'{"a": 1}\n{"a": 2}\n'))) == [(1, b'{"a": 1}'), (2, b'{"a": 2}')]


def test_a_stream_that_is_given_for_standard_input_is_left_open() -> None:
    stream = io.BytesIO(RECORD)
    for _ in range(2):
        (record,) = records(Input("<stdin>", None, None), stream, LIMIT)
        assert record.data == RECORD
        stream.seek(0)


def test_a_pipe_is_read_to_its_end_and_stays_open() -> None:
    reader, writer = os.pipe()
    os.write(writer, gzip.compress(b'{"a": 1}\n'))
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        (record,) = records(Input("<stdin>", None, None), file, LIMIT)
        assert record.data == b'{"a": 1}\n'
        assert not file.closed


def test_without_another_stream_standard_input_is_the_program_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RECORD)))
    (record,) = records(Input("<stdin>", None, None), None, LIMIT)
    assert record.data == RECORD


# Broken compression and bombs

LINES = [b'{"a": "%s"}' % random.Random(number).randbytes(60).hex().encode() for number in range(3000)]


def test_each_record_before_the_break_of_a_compressed_file_is_read() -> None:
    packed = gzip.compress(b"\n".join(LINES))
    *found, last = read(packed[: len(packed) // 2], "a.ndjson.gz")
    assert 1000 < len(found) < 2000
    assert numbered(found) == list(enumerate(LINES[: len(found)], start=1))
    assert (last.data, last.line) == (b"", len(found) + 1)
    assert last.fault is not None
    rule, issue = last.fault
    assert (rule, issue.path) == ("json/truncated-compression", ())
    assert issue.message == "the compressed file ends too soon; what stands behind the break is lost"


def test_a_small_compressed_file_gives_what_stands_before_its_break() -> None:
    packed = gzip.compress(b'{"a": 1}\n{"a": 2}\n')
    *found, last = read(packed[:-8], "a.ndjson.gz")
    assert numbered(found) == [(1, b'{"a": 1}'), (2, b'{"a": 2}')]
    assert last.fault


@pytest.mark.parametrize("damage", ["checksum", "middle", "tail"])
def test_a_damaged_compressed_file_says_so_after_what_could_be_read(damage: str) -> None:
    packed = bytearray(gzip.compress(b"\n".join(LINES) + b"\n"))
    if damage == "tail":
        packed += b"more"
    else:
        packed[-6 if damage == "checksum" else len(packed) // 2] ^= 0xFF
    *found, last = read(bytes(packed), "a.ndjson.gz")
    assert len(found) > 1000
    assert [record.data for record in found[:1000]] == LINES[:1000]
    assert last.fault is not None
    assert last.fault[1].message == "the compressed file is damaged; what stands behind the break is lost"


def test_a_json_file_whose_compression_is_broken_is_one_record_with_a_fault() -> None:
    (record,) = read(gzip.compress(RECORD)[:-4], "a.json.gz")
    assert record.fault


def bomb() -> bytes:
    """A megabyte or so that unpacks to a gigabyte."""
    return gzip.compress(b"x" * (1 << 26)) * 4


@pytest.mark.parametrize("name", ["a.ndjson.gz", "a.json.gz"])
def test_a_bomb_is_left_before_it_goes_off(name: str) -> None:
    began = time.monotonic()
    *_, last = read(bomb(), name, limit=2**40)
    assert time.monotonic() - began < 5
    assert last.fault is not None
    rule, issue = last.fault
    assert rule == "json/too-large"
    assert issue.message == "the file decompresses to more than 200 times its size and was not read to its end"


def test_a_bomb_in_a_pipe_is_left_too() -> None:
    reader, writer = os.pipe()

    def feed() -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(writer, "wb") as out:
            out.write(bomb())

    feeding = threading.Thread(target=feed)
    feeding.start()
    with os.fdopen(reader, "rb") as file:
        *_, last = records(Input("<stdin>", None, True), file, LIMIT)
    feeding.join()
    assert last.fault is not None
    assert last.fault[0] == "json/too-large"


def test_text_that_compresses_well_is_no_bomb() -> None:
    lines = (b" ".join(LINES[:200]) + b"\n") * 400  # 10 MB, which shrink to a hundredth or so
    found = read(gzip.compress(lines, 1), "a.ndjson.gz")
    assert len(found) == 400
    assert not found[-1].fault


# What is no ordinary file


@pytest.fixture
def fifo() -> Iterator[str]:
    os.mkfifo("pipe.json")
    yield "pipe.json"
    os.unlink("pipe.json")


def refusal(name: str) -> str:
    (source,) = expand([name]).files
    with pytest.raises(OSError) as caught:
        list(records(source, None, LIMIT))
    return caught.value.strerror or str(caught.value)


def test_a_fifo_is_refused_at_once(fifo: str) -> None:
    assert refusal(fifo) == "it is not an ordinary file; to check what a program prints, pipe it into `-`"


def test_a_socket_is_refused() -> None:
    with socket.socket(socket.AF_UNIX) as here:
        here.bind("socket.json")
        assert refusal("socket.json").startswith("it is not an ordinary file")
    assert [source.name for source in expand(["."]).files] == ["socket.json"]


def test_what_becomes_a_pipe_after_it_was_looked_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = os.stat(write("a.json"))
    os.mkfifo("pipe.json")
    monkeypatch.setattr("diplomatic_events.edit.replacing.os.stat", lambda _: ordinary)
    assert refusal("pipe.json").startswith("it is not an ordinary file")


def test_a_folder_on_standard_input_is_refused() -> None:
    reader = os.open(".", os.O_RDONLY)

    class Stream:
        def fileno(self) -> int:
            return reader

    stream: Any = Stream()
    with pytest.raises(IsADirectoryError):
        list(records(Input("<stdin>", None, None), stream, LIMIT))
    os.close(reader)


def test_a_pipe_that_does_not_wait_is_waited_for() -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)

    def feed() -> None:
        for part in (b'{"a": 1}\n', b'{"a": ', b"2}\n"):
            time.sleep(0.1)
            os.write(writer, part)
        os.close(writer)

    feeding = threading.Thread(target=feed)
    feeding.start()
    with os.fdopen(reader, "rb") as file:
        found = list(records(Input("<stdin>", None, None), file, LIMIT))
    feeding.join()
    assert numbered(found) == [(1, b'{"a": 1}'), (2, b'{"a": 2}')]


def test_a_device_is_refused() -> None:
    assert refusal("/dev/zero") == "it is not an ordinary file; to check what a program prints, pipe it into `-`"


def test_a_link_that_leads_nowhere_is_refused() -> None:
    os.symlink("nowhere.json", "link.json")
    assert refusal("link.json") == "it is a broken link"
    os.symlink("circle.json", "circle.json")
    os.symlink("none", "folder")
    (source,) = expand(["link.json"]).files
    with pytest.raises(FileNotFoundError, match="No such file or directory"):
        list(records(source._replace(path=Path("folder/link.json")), None, LIMIT))
    assert refusal("circle.json") == "Too many levels of symbolic links"


def test_a_file_that_vanishes_after_it_was_found_is_refused() -> None:
    (source,) = expand([write("a.json")]).files
    os.unlink("a.json")
    with pytest.raises(FileNotFoundError):
        list(records(source, None, LIMIT))


@pytest.mark.parametrize(
    "data",
    [b'{"a": 1}\r{"a": 2}\r', b'{"a": 1} \r \r\t[1]', b"\xef\xbb\xbf{}\r{}", b'{"a": "' + b"x" * 200_000 + b'"}\r{}'],
)
def test_lines_that_end_in_carriage_returns_alone_are_called_so(data: bytes) -> None:
    for found in (read(data), from_stdin(data)):
        (record,) = found
        assert record.fault is not None
        assert (record.fault[0], record.line) == ("json/syntax", 1)
        assert (
            record.fault[1].message == "the records are parted by carriage returns alone, which end no line of NDJSON"
        )


def test_a_carriage_return_inside_a_record_is_a_blank() -> None:
    data = b'{\r"a": [{},\r{}]\r}\n{"b": 1}\r\n'
    assert numbered(read(data)) == [(1, b'{\r"a": [{},\r{}]\r}'), (2, b'{"b": 1}')]
    (record,) = from_stdin(b'{\r"a": 1\r}\r')
    assert not record.of_lines
    found = read(b'{"a": 1}\n{}\r{}\n{"b": 1}\n')
    assert [(record.line, bool(record.fault)) for record in found] == [(1, False), (2, True), (3, False)]


def test_a_record_over_several_lines_is_no_record_of_a_file_of_lines() -> None:
    for start in ("", "\n \r\n"):
        (record,) = read((start + '{\n "id": "a"\n}\n').encode())
        assert record.fault is not None
        assert (record.fault[0], not record.fault, record.line) == ("json/syntax", False, start.count("\n") + 1)
    assert [record.fault for record in read(b'{}\n{\n "id": "a"\n}\n')] == [None] * 4
