"""What `jiter` does, with the standard library: for platforms that have no native parser, such as a browser."""

import json
import re
from typing import Any, Final, NoReturn

_LEVELS: Final = 200
"""No record is read deeper: `jiter` goes as far, or one level further."""

_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_NOT_BRACKETS: Final = bytes(byte for byte in range(256) if byte not in b"[]{}")
_MAY_BE_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
"""An escape for one half of a surrogate pair, which `json` takes without the other half."""


def from_json(text: bytes, *, catch_duplicate_keys: bool, allow_inf_nan: bool) -> Any:
    """Parse JSON in UTF-8, as `jiter` does with these two options.

    Raises:
        ValueError: The text is not JSON, has a name twice in an object, or is nested too deep.
    """
    if not catch_duplicate_keys or allow_inf_nan:
        raise NotImplementedError("doubled names, and numbers that JSON does not have, are always refused")
    if text.count(b"[") + text.count(b"{") > _LEVELS:
        _expect_levels(text)
    value = json.loads(text.decode(), object_pairs_hook=_without_doubles, parse_constant=_refuse)
    if _MAY_BE_HALF.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has a name twice")
    return made


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _expect_levels(text: bytes) -> None:
    """Refuse a text that is nested too deep before `json` reads it, which in a browser ends the whole program."""
    level = 0
    for bracket in _TEXT.sub(b"", text).translate(None, _NOT_BRACKETS):
        level += 1 if bracket in b"[{" else -1
        if level > _LEVELS:
            raise ValueError("it is nested too deep")
