"""Changed variants of a regular expression of the schema, which keeps to a small part of the syntax."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<quantifier>\{[0-9]+(?:,[0-9]*)?\}|[?*+])|(?P<open>\(\?[:!])"
    r"|(?P<close>\))|(?P<bar>\|)|(?P<anchor>[\^$])|(?P<letter>\\.|.)",
    re.DOTALL,
)
_RANGE: Final = re.compile(r"(\\?.)-(\\?.)", re.DOTALL)
_MEMBER: Final = re.compile(r"\\?.-\\?.|\\?.", re.DOTALL)
_ANYTHING: Final = "[^\\x00]"
_FINAL: Final = "(?!\\n)"
LINE_BREAK: Final = "a final line break let through"

Variant = tuple[str, str]
"""What was done, and the pattern or the part of it that comes of it."""


class Piece(NamedTuple):
    """A part of a pattern that can be repeated: a letter, a set or a group, with its quantifier, and where it stands.

    ``start`` and ``end`` enclose it without the quantifier. ``bars`` are where a group parts its alternatives.
    """

    kind: str
    start: int
    end: int
    quantifier: str = ""
    bars: tuple[int, ...] = ()


def variants(pattern: str) -> Iterator[Variant]:
    """Every variant, with what was done.

    An anchor is removed; a letter, a set or a group may be missing, come again or be any character; a set has a member
    or an end of a range more or fewer; a count is one higher or lower; an alternative is removed.
    """
    seen = {pattern}
    for change, variant in _variants(pattern):
        if variant not in seen:
            seen.add(variant)
            yield change, variant


def _variants(pattern: str) -> Iterator[Variant]:
    if pattern.startswith("^"):
        yield "not anchored at the beginning", pattern[1:]
    body = pattern.removesuffix(f"${_FINAL}")
    if body != pattern:
        yield "not anchored at the end", body
        yield LINE_BREAK, pattern.removesuffix(_FINAL)
    for piece in pieces(body):
        end = piece.end + len(piece.quantifier)
        for change, text in _of_piece(body, piece):
            yield change, pattern[: piece.start] + text + pattern[end:]


def pieces(pattern: str) -> Iterator[Piece]:
    """Every piece of a pattern, those of a group before the group."""
    groups: list[tuple[int, list[int]]] = []
    for token in _TOKEN.finditer(pattern):
        start, end = token.span()
        following = _TOKEN.match(pattern, end)
        quantifier = (following and following["quantifier"]) or ""
        if token["open"]:
            groups.append((start, []))
        elif token["bar"]:
            groups[-1][1].append(start)
        elif token["close"]:
            start, bars = groups.pop()
            kind = "group" if pattern.startswith("(?:", start) else "condition"
            yield Piece(kind, start, end, quantifier, tuple(bars))
        elif token["set"] or token["letter"]:
            yield Piece("set" if token["set"] else "letter", start, end, quantifier)


def _of_piece(pattern: str, piece: Piece) -> Iterator[Variant]:
    """What can take the place of a piece and its quantifier."""
    if piece.kind == "condition":
        return
    text, quantifier = pattern[piece.start : piece.end], piece.quantifier
    here = f"{'group' if piece.kind == 'group' else text} at {piece.start}"
    yield f"any character for {here}", _ANYTHING + quantifier
    if piece.kind == "set":
        yield from ((f"{here} as {other}", other + quantifier) for other in _other_sets(text))
    for change, alternatives in _without_alternatives(pattern, piece):
        yield f"{here} {change}", alternatives + quantifier
    count = f"{quantifier} at {piece.end}"
    match quantifier[:1]:
        case "":
            yield f"{here} optional", f"{text}?"
            yield f"{here} repeated", f"{text}+"
        case "{":
            if not quantifier.startswith("{0"):
                yield f"{here} optional", f"(?:{text}{quantifier})?"
            yield f"{here} repeated", f"(?:{text}{quantifier})+"
            yield from ((f"{count} as {other}", text + other) for other in _other_counts(quantifier))
        case _:
            yield from ((f"{count} as {other or 'once'}", text + other) for other in _OTHERS[quantifier])


_OTHERS: Final = {"?": ("*", ""), "*": ("+", "?"), "+": ("*", "")}


def _without_alternatives(pattern: str, piece: Piece) -> Iterator[Variant]:
    """A group without each of its alternatives."""
    if piece.bars:
        edges = (piece.start + 2, *piece.bars, piece.end - 1)
        alternatives = [pattern[low + 1 : high] for low, high in pairwise(edges)]
        for number in range(len(alternatives)):
            rest = "|".join(alternatives[:number] + alternatives[number + 1 :])
            yield f"without alternative {number + 1}", f"(?:{rest})"


def _other_sets(text: str) -> Iterator[str]:
    """A set with a member or an end of a range more or fewer."""
    negated = "^" if text.startswith("[^") else ""
    members = _MEMBER.findall(text[1 + len(negated) : -1])
    for index, member in enumerate(members):
        before, after = "".join(members[:index]), "".join(members[index + 1 :])
        if before or after:
            yield f"[{negated}{before}{after}]"
        yield from (f"[{negated}{before}{other}{after}]" for other in _other_ranges(member))
    if not negated:
        yield from (f"[{re.escape(letter)}{text[1:]}" for letter in _neighbours(members))


def _other_ranges(member: str) -> Iterator[str]:
    """A range with each end one further out and further in."""
    found = _RANGE.fullmatch(member)
    if found:
        low, high = (ord(end[-1]) for end in found.groups())
        for one, other in ((low - 1, high), (low, high + 1), (low + 1, high), (low, high - 1)):
            yield f"{re.escape(chr(one))}-{re.escape(chr(other))}"


def _neighbours(members: list[str]) -> Iterator[str]:
    """What stands next to a digit or letter that is no range, and one letter beside other signs."""
    alone = [member for member in members if not _RANGE.fullmatch(member)]
    near = {chr(ord(member) + step) for member in alone if member.isalnum() for step in (-1, 1)}
    yield from sorted(near - set(members))
    if len(alone) == len(members):
        yield "A" if "_" in members else "_"


def _other_counts(text: str) -> Iterator[str]:
    """A count with each limit one lower or higher."""
    low, comma, high = text[1:-1].partition(",")
    least, most = int(low), int(high or low)
    if least > 0:
        yield f"{{{least - 1},{high if comma else low}}}"
    if not comma or high:
        yield f"{{{least},{most + 1}}}"
    if least < most:
        yield f"{{{least + 1},{high}}}"
        yield f"{{{least},{most - 1}}}"
