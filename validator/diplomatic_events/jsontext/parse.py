"""Bytes of one record → its value, or the ``json/…`` faults that prevent one.

A sound record costs one run of the fast parser and three cheap tests for what that parser lets through. Anything
doubtful goes to the exact walk of `diplomatic_events.jsontext.scan`. The bytes are never changed or repaired.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from diplomatic_events.findings import Fault

_from_json: Callable[..., Any]
try:
    from jiter import from_json as _from_json
except ImportError:  # there is none for this platform, such as a browser
    from diplomatic_events.jsontext.stand_in import from_json as _from_json

if TYPE_CHECKING:
    from diplomatic_events.jsontext.scan import Scan

__all__ = ["DEFAULT_MAX_BYTES", "DEFAULT_MAX_DEPTH", "UNPARSED", "Fault", "Parsed", "decode", "parse"]

DEFAULT_MAX_BYTES: Final = 8 * 1024 * 1024
DEFAULT_MAX_DEPTH: Final = 128
DEEPEST: Final = 200
"""No record is read deeper than this, whatever the limit: the parsers used go no further."""
MAX_FAULTS: Final = 1000

_BOM: Final = b"\xef\xbb\xbf"


class _Unparsed(Enum):
    UNPARSED = "UNPARSED"


UNPARSED: Final = _Unparsed.UNPARSED
"""The value of a record that could not be read. It is not None, since ``null`` is a value."""


class Parsed(NamedTuple):
    """The result of reading a record's bytes.

    ``value`` is `UNPARSED` if any fault but ``json/byte-order-mark`` was found. ``faults`` are in text order; ``omitted``
    counts the further ones of each rule.
    """

    value: Any
    faults: tuple[Fault, ...] = ()
    omitted: tuple[tuple[str, int], ...] = ()


def parse(
    raw: bytes,
    max_bytes: int = DEFAULT_MAX_BYTES,
    max_depth: int = DEFAULT_MAX_DEPTH,
    max_faults: int = MAX_FAULTS,
) -> Parsed:
    """Read one JSON value. Never raises, whatever the bytes.

    Args:
        raw: The record: a whole file, or one line of NDJSON.
        max_bytes: A longer record is not read at all.
        max_depth: How deep objects and arrays may nest; the root is level 1. Never more than `DEEPEST`.
        max_faults: How many faults to keep; the others are counted.
    """
    return verified(parse_quickly(raw, max_bytes, max_depth, max_faults), raw, max_depth, max_faults)


def parse_quickly(
    raw: bytes,
    max_bytes: int = DEFAULT_MAX_BYTES,
    max_depth: int = DEFAULT_MAX_DEPTH,
    max_faults: int = MAX_FAULTS,
) -> Parsed:
    """Read one JSON value as `parse` does, but without testing for numbers out of range and too many levels.

    There are never more than `DEEPEST` levels. A caller that has not excluded both otherwise calls `verified`.
    """
    if len(raw) > max_bytes:
        return Parsed(UNPARSED, (_too_large(max_bytes),))
    marked = raw.startswith(_BOM)
    text = raw[len(_BOM) :] if marked else raw
    try:
        value = _from_json(text, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError as refusal:
        parsed = _refused(raw, text, str(refusal), max_depth, max_faults)
    else:
        parsed = Parsed(value)
    return Parsed(parsed.value, (_BYTE_ORDER_MARK, *parsed.faults), parsed.omitted) if marked else parsed


def verified(parsed: Parsed, raw: bytes, max_depth: int, max_faults: int = MAX_FAULTS) -> Parsed:
    """The result for a record after its numbers and depth are tested too."""
    if parsed.value is UNPARSED:
        return parsed
    max_depth = min(max_depth, DEEPEST)
    classes = raw.removeprefix(_BOM).translate(_CLASSES)
    too_deep = classes.count(b"[") > max_depth and _is_deeper(parsed.value, max_depth)
    if not too_deep and not _has_doubtful_number(classes):
        return parsed
    found = _scanned(raw, max_depth, max_faults)
    if not (found.faults or found.omitted):
        return parsed
    return Parsed(UNPARSED, (*parsed.faults, *found.faults), found.omitted)


def _refused(raw: bytes, text: bytes, reason: str, max_depth: int, max_faults: int) -> Parsed:
    """The faults of a text that the fast parser refuses."""
    if fault := _not_text(text, len(raw) - len(text)):
        return Parsed(UNPARSED, (fault,))
    found = _scanned(raw, min(max_depth, DEEPEST), max_faults)
    if found.faults or found.omitted:
        return Parsed(UNPARSED, found.faults, found.omitted)
    # The two parsers disagree: what either refuses is refused.
    return Parsed(UNPARSED, (Fault("json/syntax", f"this is not JSON: {reason}", 0, 0),))


def _scanned(raw: bytes, max_depth: int, max_faults: int) -> "Scan":
    from diplomatic_events.jsontext.scan import scan  # sound records never need it

    return scan(decode(raw), max_depth=max_depth, max_faults=max_faults)


def decode(raw: bytes) -> str:
    """The text that the offsets of faults count in: what an editor would show of these bytes.

    A byte order mark is left out, as editors hide it: the first character is in column 1. Each sequence that is
    not valid UTF-8 becomes one U+FFFD. UTF-16 and UTF-32 are decoded as what they are.
    """
    if name := _foreign_encoding(raw):
        return raw.decode(_CODECS[name], "replace").removeprefix("\ufeff")
    return raw.decode("utf-8-sig", "replace")


def _byte_class(byte: int) -> int:
    char = chr(byte)
    if char in "0123456789":
        return ord("0")
    if char in "eE":
        return ord("e")
    if char in "[{":
        return ord("[")
    if char in " \t\r\n,:":
        return ord(",")
    return byte if char in ".+-" else ord("x")


_CLASSES: Final = bytes(_byte_class(byte) for byte in range(256))
_LONG_NUMBER: Final = re.compile(rb"0(?:e\+?000|0{15})")
_NUMBER_RUN: Final = re.compile(rb"[0.e+-]*+")
_CANDIDATES: Final = 64


def _has_doubtful_number(classes: bytes) -> bool:
    """Whether a number may be out of range: it has 16 digits in a row, or an exponent of three.

    ``classes`` is the record with every byte replaced by its class. A run of digits that begins inside a word, after
    a quotation mark or in an address is not a number: identifiers and hashes do not lead to the exact walk.
    """
    start = 0
    for _ in range(_CANDIDATES):
        match = _LONG_NUMBER.search(classes, start)
        if match is None:
            return False
        if classes[: match.start()].rstrip(b"0.e+-")[-1:] in (b"", b",", b"["):
            return True
        run = _NUMBER_RUN.match(classes, match.end())
        start = run.end() if run else match.end()
    return True


def _is_deeper(value: Any, limit: int) -> bool:
    """Whether objects and arrays nest deeper than the limit."""
    level = [value]
    for _ in range(limit + 1):
        level = [container for container in level if isinstance(container, dict | list)]
        if not level:
            return False
        level = [inner for outer in level for inner in (outer.values() if isinstance(outer, dict) else outer)]
    return True


_ENCODINGS: Final = (
    # A mark of UTF-32 begins with that of UTF-16: the longer ones come first.
    (b"\xff\xfe\x00\x00", "UTF-32 (little-endian)"),
    (b"\x00\x00\xfe\xff", "UTF-32 (big-endian)"),
    (b"\xff\xfe", "UTF-16 (little-endian)"),
    (b"\xfe\xff", "UTF-16 (big-endian)"),
)
_CODECS: Final = {
    "UTF-32 (little-endian)": "utf-32-le",
    "UTF-32 (big-endian)": "utf-32-be",
    "UTF-16 (little-endian)": "utf-16-le",
    "UTF-16 (big-endian)": "utf-16-be",
}
_NUL_PATTERNS: Final = {
    # Which of the first bytes are zero, as JSON begins with ASCII (RFC 4627, section 3).
    (False, True, True, True): "UTF-32 (little-endian)",
    (True, True, True, False): "UTF-32 (big-endian)",
    (False, True, False, True): "UTF-16 (little-endian)",
    (True, False, True, False): "UTF-16 (big-endian)",
    (False, True): "UTF-16 (little-endian)",
    (True, False): "UTF-16 (big-endian)",
}


def _foreign_encoding(raw: bytes) -> str | None:
    """UTF-16 or UTF-32, recognised by its byte order mark or the positions of its zero bytes."""
    for mark, name in _ENCODINGS:
        if raw.startswith(mark):
            return name
    return _NUL_PATTERNS.get(tuple(byte == 0 for byte in raw[:4]))


def _not_text(raw: bytes, skipped: int) -> Fault | None:
    """The fault of bytes that are not text in UTF-8; ``skipped`` is the length of the byte order mark before them."""
    if not raw.strip(b" \t\r\n"):
        return Fault("json/empty", "there is nothing here: a record is a JSON object", 0, 0)
    remedy = "save the file as UTF-8"
    if not skipped and (name := _foreign_encoding(raw)):
        return Fault("json/not-utf8", f"the text is {name}, not UTF-8", 0, 0, remedy)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        at = len(raw[: error.start].decode())
        offset = skipped + error.start
        if error.end == len(raw) and error.reason == "unexpected end of data":
            return Fault("json/not-utf8", f"the text ends inside a character, at byte {offset:,}", at, at + 1, remedy)
        guess = bytes([byte]).decode("cp1252", "replace")
        if guess.isprintable() and guess != "\ufffd":
            remedy += f"; in Windows-1252 this byte is `{guess}`"
        message = f"the byte 0x{byte:02X} at byte offset {offset:,} is not UTF-8"
        return Fault("json/not-utf8", message, at, at + 1, remedy)
    return None


def _too_large(limit: int) -> Fault:
    message = f"the record is longer than the limit of {limit:,} bytes"
    return Fault("json/too-large", message, 0, 0, "--max-bytes sets another limit")


_BYTE_ORDER_MARK: Final = Fault(
    "json/byte-order-mark",
    "the text begins with a byte order mark (U+FEFF)",
    0,
    0,
    "save the file as UTF-8 without it: many programs refuse it",
)
