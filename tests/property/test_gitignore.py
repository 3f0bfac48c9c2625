"""Patterns as in `.gitignore` mean what git says that they mean."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.inputs.patterns import Patterns
from hypothesis_settings import bounded

# Git holds bytes against `?` and sets where its manual speaks of characters, so there is only ASCII here; and it takes
# `a**/b` for `a/**/b`, which its manual denies, so `**` stands alone or behind a wildcard.
PIECES = ["a", "b", "ab", "*", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[b-a]", "[]a]", "[a-]", "[--0]", "[[:alpha:]]", "[[:x:]]",
          "[a\\]b]", "[[:al]", "[a/b]", "[a", "\\a", "\\*", "\\", " ", "\\ ", "#", "!", "-", ".", "{a,b}", "(a|b)", "+", "^", "$", "\t"]  # fmt: skip
NAMES = ["a", "b", "ab", "ba", "aab", "c", "-", "]", "[", "[a", "*", "1", "a b", "a ", "#a", "!a", ".a", "a.b", "{a,b}", "(a|b)", "a+", "A", "a\t"]  # fmt: skip

segments = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join) | st.sampled_from(["*", "**", "***"])
patterns = st.builds(
    lambda start, names, end: f"{start}{'/'.join(names)}{end}",
    st.sampled_from(["", "", "", "!", "/", "!/"]),
    st.lists(segments, min_size=1, max_size=4),
    st.sampled_from(["", "", "", "/", "/**", " ", "  "]),
)
paths = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    return folder


def ignored_by_git(folder: Path, lines: list[str], files: list[str]) -> list[bool]:
    """Which files git ignores by the lines of a `.gitignore`, whether the files are there or not."""
    (folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    command = ["git", "check-ignore", "--no-index", "--stdin", "-z", "--verbose", "--non-matching"]
    said = subprocess.run(
        command, cwd=folder, input="\0".join(files), capture_output=True, text=True, check=False, timeout=30,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )  # fmt: skip
    assert said.returncode in (0, 1), said.stderr
    fields = said.stdout.split("\0")[:-1]
    found = {
        path: bool(line) and not line.startswith("!") for line, path in zip(fields[2::4], fields[3::4], strict=True)
    }
    return [found[file] for file in files]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there to be asked")
@bounded(400)
@given(lines=st.lists(patterns, min_size=1, max_size=4), files=st.lists(paths, min_size=30, max_size=30, unique=True))
def test_git_ignores_what_we_ignore(repository: Path, lines: list[str], files: list[str]) -> None:
    ours = Patterns(lines)
    assert [ours.cover(file) for file in files] == ignored_by_git(repository, lines, files)
