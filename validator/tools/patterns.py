"""Loosened variants of a regular expression of the schema, which keeps to a small part of the syntax."""

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<count>\{[0-9]+(?:,[0-9]*)?\})|(?P<escape>\\.)|(?P<group>\(\?[:!])|(?P<one>.)",
    re.DOTALL,
)
_ANYTHING: Final = "[^\\x00]"
_FINAL: Final = "(?!\\n)"
LINE_BREAK: Final = "a final line break let through"


def loosened(pattern: str) -> Iterator[tuple[str, str]]:
    """Every variant, with what was done: an anchor removed, a class or range widened, a count raised, a part made optional."""
    if pattern.startswith("^"):
        yield "not anchored at the beginning", pattern[1:]
    if pattern.endswith(f"${_FINAL}"):
        yield "not anchored at the end", pattern.removesuffix(f"${_FINAL}")
        yield LINE_BREAK, pattern.removesuffix(_FINAL)
    for token in _TOKEN.finditer(pattern):
        here = f"{token[0]} at {token.start()}"

        def put(text: str, token: re.Match[str] = token) -> str:
            return pattern[: token.start()] + text + pattern[token.end() :]

        if token["set"]:
            yield f"any character for {here}", put(_ANYTHING)
            yield from ((f"{here} as {wider}", put(wider)) for wider in _wider(token["set"]))
        elif token["count"]:
            yield from ((f"{here} as {wider}", put(wider)) for wider in _counted(token["count"]))
        elif token["escape"] and token[0] in ("\\.", "\\/"):
            yield f"any character for {here}", put(_ANYTHING)
        elif (token[0] == "?" and pattern[token.start() - 1] != "(") or token[0] == "+":
            yield f"{here} as *", put("*")


def _wider(text: str) -> Iterator[str]:
    """A class with one character more at each end of each range, or one fewer excluded."""
    inner = text[1:-1]
    if inner.startswith("^"):
        for match in re.finditer(r"\\.|.", inner[1:]):
            rest = inner[1 : 1 + match.start()] + inner[1 + match.end() :]
            yield f"[^{rest}]" if rest else _ANYTHING
        return
    for match in re.finditer(r"(\\?.)-(\\?.)", inner):
        low, high = match[1], match[2]
        for one, other in ((chr(ord(low) - 1), high), (low, chr(ord(high) + 1))):
            wider = f"{re.escape(one)}-{re.escape(other)}"
            yield f"[{inner[: match.start()]}{wider}{inner[match.end() :]}]"
    if not re.search(r"(\\?.)-(\\?.)", inner):
        yield f"[{inner}_]" if "_" not in inner else f"[{inner}A]"


def _counted(text: str) -> Iterator[str]:
    low, comma, high = text[1:-1].partition(",")
    if int(low) > 0:
        yield f"{{{int(low) - 1},{high if comma else low}}}"
    if not comma or high:
        yield f"{{{low},{int(high or low) + 1}}}"
