"""The blocks of code on a page of the docs, and a run through them in their order, as a reader would do it."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Final, NamedTuple

BLOCK: Final = re.compile(
    r'^(?P<indent> *)```(?P<language>[a-z]*)(?: title="(?P<title>[^"\n]+)")?[^\n]*\n(?P<text>.*?)^(?P=indent)```$',
    re.DOTALL | re.MULTILINE,
)
ADDED_TO: Final = "add to "
CUT: Final = "…\n"
PROGRAMS: Final = {
    "diplomatic-events": (sys.executable, "-m", "diplomatic_events"),
    "node": ("node",),
    "npx": ("npx", "--no-install"),
}


class Snippet(NamedTuple):
    """A block of code of a page."""

    language: str
    title: str
    text: str
    tab: str
    """The title of the tab that it is in, or nothing."""
    line: int


def snippets(page: Path) -> Iterator[Snippet]:
    """The blocks of a page, in their order."""
    whole = page.read_text("utf-8")
    for match in BLOCK.finditer(whole):
        tabs = re.findall(r'^=== "(.+)"$', whole[: match.start()], re.MULTILINE)
        tab = tabs[-1] if match["indent"] and tabs else ""
        line = whole.count("\n", 0, match.start()) + 1
        yield Snippet(match["language"], match["title"] or "", dedent(match["text"]), tab, line)


def timeless(text: str) -> str:
    """What a command printed, as if it always took as long."""
    return re.sub(r"in [0-9.]+ s:", "in 0.1 s:", text)


def walk(page: Path, folder: Path, tab: str) -> Iterator[tuple[int, str, str]]:
    """Do what a page says, in a folder, with one of its tabs: give the line, what was printed, and what the page shows.

    A block with a title is that file, or is added to the end of it; `diff` changes it. `console` has commands after `$`,
    and what they print; a `…` at its end stands for the rest. `python` runs, and what it prints is in the `text` after it.
    """
    known: dict[str, object] = {}
    printed: str | None = None
    for snippet in snippets(page):
        if snippet.tab not in ("", tab):
            continue
        if printed is not None:
            shown = snippet.text if snippet.language == "text" and not snippet.title else ""
            yield snippet.line, printed, shown
            printed = None
        if snippet.language == "diff":
            _change(folder / snippet.title, snippet.text)
        elif snippet.title.startswith(ADDED_TO):
            _add(folder / snippet.title.removeprefix(ADDED_TO), snippet.text)
        elif snippet.title:
            (folder / snippet.title).write_text(snippet.text, encoding="utf-8", newline="\n")
        elif snippet.language == "console":
            for session in re.split(r"^\$ ", snippet.text, flags=re.MULTILINE)[1:]:
                command, _, shown = session.partition("\n")
                output = timeless(_run(command, folder))
                if shown.endswith(CUT):
                    shown = shown.removesuffix(CUT)
                    output = output[: len(shown)]
                yield snippet.line, output, shown
        elif snippet.language == "python":
            with redirect_stdout(StringIO()) as out:
                exec(snippet.text, known)
            printed = out.getvalue()
    if printed is not None:
        yield 0, printed, ""


def _add(file: Path, text: str) -> None:
    """Add the properties of an object to the end of the one in a file."""
    added = text.strip().removeprefix("{").removesuffix("}").strip("\n")
    begun = file.read_text("utf-8").rstrip().removesuffix("}").rstrip()
    file.write_text(f"{begun},\n{added}\n}}\n", encoding="utf-8", newline="\n")


def _change(file: Path, text: str) -> None:
    """Replace what a diff takes out of a file, which is there once, with what it brings in."""
    lines = text.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in ("- ", "+ "))
    whole = file.read_text("utf-8")
    assert whole.count(old) == 1, f"{file.name} has {whole.count(old)} times\n{old}"
    file.write_text(whole.replace(old, new), encoding="utf-8", newline="\n")


def _run(command: str, folder: Path) -> str:
    name, *arguments = shlex.split(command)
    done = subprocess.run(
        [*PROGRAMS[name], *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.stdout
