"""Patterns in the syntax of `.gitignore`, as git's manual describes it, matched in time linear in the path.

A star takes as little as it can, and once what follows it fits, that is never tried elsewhere: the first place is right
wherever any is. Atomic groups say so in a regular expression, and without them a pattern of many stars takes years. What
libraries there are either lack this or refuse names that are not UTF-8.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

_LONGEST: Final = 4096
"""Linux opens no longer path, so a pattern that only matches longer ones matches nothing."""

_CLASSES: Final = {
    "alnum": "A-Za-z0-9",
    "alpha": "A-Za-z",
    "blank": r"\ \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r"\ \t\n\r",
    "upper": "A-Z",
    "xdigit": "A-Fa-f0-9",
}
"""What may stand between `[:` and `:]` in a set, as git understands it."""

_STARS: Final = re.compile(r"\*+")
_STAR, _ANY_FOLDERS, _ALL_BELOW = "*", "**/", "/**"


class _Rule(NamedTuple):
    """One line. ``of_path`` is whether it is matched against the whole path, and not only the last name in it."""

    matches: Callable[[str], object]
    negated: bool
    of_folders: bool
    of_path: bool


class Patterns:
    """The lines of a `.gitignore`, or a list of such patterns. A line that can match nothing is passed over, as by git."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules = [rule for line in lines if (rule := _rule(line))][::-1]
        self._folders: dict[str, bool] = {}

    def decide(self, path: str, *, is_folder: bool) -> bool | None:
        """Whether a path is meant, or expressly not, by the last pattern that matches it; None where none does.

        The path is relative to where the patterns hold, with `/` between names.
        """
        name = path.rpartition("/")[2]
        for rule in self._rules:
            if (is_folder or not rule.of_folders) and rule.matches(path if rule.of_path else name):
                return not rule.negated
        return None

    def cover(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether a path is meant, or a folder above it: then no pattern brings it back, for git does not look there."""
        end = path.find("/")
        while end != -1:
            folder = path[:end]
            if folder not in self._folders:
                self._folders[folder] = bool(self.decide(folder, is_folder=True))
            if self._folders[folder]:
                return True
            end = path.find("/", end + 1)
        return bool(self.decide(path, is_folder=is_folder))


def is_sound(line: str) -> bool:
    """Whether nothing is wrong with a line: it is empty, a comment, or a pattern that can match and has no range from Z to A."""
    line = _trimmed(line)
    return line in ("", "/") or line.startswith("#") or _rule(line, strict=True) is not None


def _rule(line: str, *, strict: bool = False) -> _Rule | None:
    """What a line says, if it can match anything; if ``strict``, all of it must make sense."""
    pattern = _trimmed(line)
    if not pattern or pattern.startswith("#"):
        return None
    negated = pattern.startswith("!")
    pattern = pattern[negated:]
    of_folders = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    of_path = "/" in pattern
    units = _units(pattern.removeprefix("/"), of_path=of_path, strict=strict)
    if not units or sum(unit is not _STAR for unit in units) > _LONGEST:
        return None
    return _Rule(re.compile(_expression(units)).match, negated, of_folders, of_path)


def _trimmed(line: str) -> str:
    """A line without the spaces at its end; one that a backslash precedes belongs to the pattern."""
    short = line.rstrip(" ")
    is_escaped = (len(short) - len(short.rstrip("\\"))) % 2 == 1
    return f"{short} " if is_escaped and len(short) < len(line) else short


def _units(pattern: str, *, of_path: bool, strict: bool) -> list[str]:
    """A pattern as expressions of a character each, and stars between them; none where it can match nothing."""
    units: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "*":
            end = at + len(_STARS.match(pattern, at)[0])  # type: ignore[index]  # it matches here
            stands_alone = pattern[at - 1 : at] in ("", "/") and pattern[end : end + 1] in ("", "/")
            if not (of_path and end - at > 1 and stands_alone):
                units.append(_STAR)
            elif end == len(pattern):
                units.append(_ALL_BELOW)
            else:
                units.append(_ANY_FOLDERS)
                end += 1
            at = end
        elif char == "[":
            expression, at = _set(pattern, at + 1, strict=strict)
            if not expression:
                return []
            units.append(expression)
        else:
            at += char == "\\"
            if at == len(pattern):
                return []
            units.append("[^/]" if char == "?" else re.escape(pattern[at]))
            at += 1
    return units


def _set(pattern: str, at: int, *, strict: bool) -> tuple[str, int]:
    """The expression of a set whose bracket stands before ``at``, and where it ends; it is empty if the set is none."""
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    parts: list[str] = []
    before = ""  # what a range could begin with
    begin = at
    while at == begin or pattern[at : at + 1] != "]":
        char, next = pattern[at : at + 1], pattern[at + 1 : at + 2]
        if not char or (char == "\\" and not next):
            return "", at
        if char == "[" and next == ":" and (end := pattern.find("]", at + 2)) != at + 2:
            if end == -1:
                return "", at
            if pattern[end - 1] == ":":
                if (name := pattern[at + 2 : end - 1]) not in _CLASSES:
                    return "", at
                parts.append(_CLASSES[name])
                before, at = "", end + 1
                continue
        if char == "-" and before and next not in ("", "]"):
            at += 1 + (next == "\\")
            last = pattern[at : at + 1]
            if before <= last:
                parts.append(f"{re.escape(before)}-{re.escape(last)}")
            elif strict:
                return "", at
            before, at = "", at + 1
            continue
        if char == "\\":
            at, char = at + 1, next
        parts.append(re.escape(char))
        before, at = char, at + 1
    inside = "".join(parts)
    if negated:
        return f"[^/{inside}]", at + 1
    return f"(?!/)[{inside}]" if inside else "", at + 1


def _expression(units: list[str]) -> str:
    """Units as a regular expression for a whole path. Each star and each `**/` is atomic with what follows it."""
    parts: list[str] = []
    star = folders = False
    for unit in units:
        if unit is _ANY_FOLDERS:
            parts += [")" * folders, "(?>(?:[^/]++/)*?"]
            folders = True
        elif unit is _STAR:
            parts += [")" * star, "(?>[^/]*?"]
            star = True
        elif unit is _ALL_BELOW:
            parts.append("(?s:.+)")
        else:
            parts.append(unit)
            if unit == "/":
                parts.append(")" * star)
                star = False
    return "".join([*parts, r"\Z", ")" * star, ")" * folders])
