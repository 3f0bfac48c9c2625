"""`json/…`: the faults of a JSON text, and damaged or invisible text in its strings.

`diplomatic_events.jsontext` and `diplomatic_events.inputs` find the faults that prevent a text from being read.
"""

import json
import re
from collections.abc import Container, Iterator
from typing import Any, Final

from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import ERROR, EXAMPLE, WARNING, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.native import MAY_BE_BLANK
from diplomatic_events.sources.texts import SourceText
from diplomatic_events.wording import BLANK_CHARACTERS, named, quoted

_SOUND: Final = {"title": "A record that is read"}

TOO_LARGE: Final = Rule(
    "json/too-large",
    severity=ERROR,
    bad=b'"' + b"x" * 200 + b'"',
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="the record is longer than the limit of 100 bytes",
    helps="--max-bytes sets another limit",
    text="""A record is larger than the limit.

A record describes one event; hundreds of megabytes are a whole collection, a mistake or an attack.

Put each record on a line of its own in an `.ndjson` file, or raise the limit with `--max-bytes`.""",
)
EMPTY: Final = Rule(
    "json/empty",
    severity=ERROR,
    bad=b"  \n",
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="there is nothing here: a record is a JSON object",
    text="""A file has no content.

The program that should have written it probably failed.

Write the record, or remove the file.""",
)
NOT_UTF8: Final = Rule(
    "json/not-utf8",
    severity=ERROR,
    bad=b'{"title": "Mus\xe9e"}',
    good=_SOUND,
    fixed='{"title": "Musée"}'.encode(),
    at="",
    says="the byte 0xE9 at byte offset 14 is not UTF-8",
    helps="save the file as UTF-8; in Windows-1252 this byte is `é`",
    text="""A file is not in UTF-8.

JSON is exchanged in UTF-8 (RFC 8259); other programs would read the wrong characters, or none.

Save the file as UTF-8.""",
)
BYTE_ORDER_MARK: Final = Rule(
    "json/byte-order-mark",
    severity=WARNING,
    bad=b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode(),
    good=_SOUND,
    fixed=json.dumps(EXAMPLE).encode(),
    at="",
    says="the text begins with a byte order mark (U+FEFF)",
    helps="save the file as UTF-8 without it: many programs refuse it",
    text="""A file begins with a byte order mark.

RFC 8259 forbids writing one, and many programs refuse such JSON. The validator ignores the mark and goes on.

Save the file as UTF-8 without a byte order mark.""",
)
SYNTAX: Final = Rule(
    "json/syntax",
    severity=ERROR,
    bad=b'{"title": "Talks",}',
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="a comma after the last property",
    helps="remove it: `}` follows",
    text="""A file is not JSON.

No program can read it.

Fix the place that the message names. Most often a comma, a bracket or a quotation mark is wrong.""",
)
DUPLICATE_KEY: Final = Rule(
    "json/duplicate-key",
    severity=ERROR,
    bad=b'{"title": "Talks", "title": "Talk"}',
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="the property `title` occurs twice in this object",
    helps="keep one of the two: other programs silently drop one",
    text="""An object has the same property twice.

Some programs take the first, some the last, some neither: two readers would see different records.

Keep the right value.""",
)
TOO_DEEP: Final = Rule(
    "json/too-deep",
    severity=ERROR,
    bad=b"[" * 300 + b"]" * 300,
    good=_SOUND,
    fixed=b"[[[]]]",
    at="",
    says="nested more than 128 levels deep",
    text="""Objects or lists nest deeper than the limit.

No record needs to be so deep, and programs that read it may fail.

Flatten the part, which is in an extension or is a mistake, or raise the limit with `--max-depth`.""",
)
NUMBER_OUT_OF_RANGE: Final = Rule(
    "json/number-out-of-range",
    severity=ERROR,
    bad=b'{"schemaVersion": 1e400}',
    good=_SOUND,
    fixed=b'{"schemaVersion": "1.0"}',
    at="",
    says="the number `1e400` is too large: programs would read it as infinity",
    helps="the largest number that programs share is about 1.8e308",
    text="""A number is larger than programs can hold.

Most programs round integers beyond 2⁵³ − 1, and read numbers beyond about 1.8 × 10³⁰⁸ as infinity (RFC 7493).

Correct the number, or write it as text.""",
)
LONE_SURROGATE: Final = Rule(
    "json/lone-surrogate",
    severity=ERROR,
    bad=b'{"title": "\\ud83d"}',
    good=_SOUND,
    fixed=b'{"title": "\\ud83d\\ude00"}',
    at="",
    says=r"`\ud83d` is one half of a character, and the other half is missing",
    helps=r"write the character itself, or both halves: \ud83d\ude00 is 😀",
    text="""A text contains half of a character.

An escape such as `\\ud83d` is the first half of a character and means nothing alone. Writing the text to a file fails.

Write the whole character, or remove the half.""",
)
TRUNCATED_COMPRESSION: Final = Rule(
    "json/truncated-compression",
    severity=ERROR,
    bad=b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xabV",
    good=_SOUND,
    at="",
    says="the compressed file ends too soon; what stands behind the break is lost",
    text="""A compressed file is damaged or ends too soon.

Everything after the break is lost, so it is unknown what was not checked.

Compress or download the file again.""",
)


_LOST: Final = "\ufffd"
_LOST_IN_BYTES: Final = _LOST.encode()
_LOST_AS_ESCAPE: Final = re.compile(rb"\\u[fF]{3}[dD]")
_AROUND_LOST: Final = re.compile(rf"\S{{0,20}}{_LOST}\S{{0,20}}")

BLANK: Final = re.compile(f"[{BLANK_CHARACTERS}]+")
"""Invisible characters: some change the direction of text, join letters or take up space."""

_MAY_BE_BLANK: Final = re.compile(
    rb'"(?:[ \x7f]|\\u[0-9a-fA-F]{4}|\\[bfnrt]|[\xc2\xcd\xd8][\x80-\xbf]|[\xe1-\xe3\xef][\x80-\xbf]{2}|[\xf0\xf3][\x80-\xbf]{3})++"'
)
"""A string that consists only of characters that may be invisible, or of their escapes."""

_BEGINS_BLANK: Final = re.compile(rb'"[ \x7f\\\xc2\xcd\xd8\xe1-\xe3\xef\xf0\xf3]')
"""The first byte of such a string: found in a third of the time."""

_SPANS: Final = ("exact", "prefix", "suffix")


@Rule(
    "json/replacement-character",
    severity=WARNING,
    bad={"/people/0/name": "Ana Ru\ufffdz"},
    good={"/people/0/name": "Ana Ruíz"},
    at="/people/0/name",
    says="`name` has U+FFFD in place of a lost character: `Ru\ufffdz`",
    helps="write it as the source has it",
)
def replacement_character(record: Record) -> Iterator[Issue]:
    """A text contains the character U+FFFD, which replaces a lost one.

    A program that read the text in the wrong encoding wrote it; a search no longer finds the name or the word.

    Write the character that the source has. If the text of a source has lost characters, read the source again in its own
    encoding. If it was published like that, keep it: quotes from it are not reported as well.
    """
    has_lost = record.data is None or _has_lost(record.data)
    damaged = {
        id: text
        for id, text in record.sources.items()
        if isinstance(text, SourceText) and (has_lost or text.file is not None) and _LOST in text.content
    }
    for path, source in record.listed("sources") if damaged else ():
        if isinstance(source.get("id"), str) and source["id"] in damaged:
            shown = _around_lost(damaged[source["id"]].content)
            message = f"the text has U+FFFD in place of lost characters, first in {shown}"
            place = "text" if "text" in source else "textFile"
            yield Issue((*path, place), message, "read the source again in its own encoding")
    if not has_lost:
        return
    for path, text in _texts(record):
        if _LOST in text and not _is_of_source(record, path, damaged):
            message = f"{_name(path)} has U+FFFD in place of a lost character: {_around_lost(text)}"
            yield Issue(path, message, "write it as the source has it")


def _has_lost(data: bytes) -> bool:
    """Whether U+FFFD occurs. One byte is searched for first: that is far quicker, and most records do not have it."""
    return (b"\xef" in data and _LOST_IN_BYTES in data) or (b"\\" in data and bool(_LOST_AS_ESCAPE.search(data)))


def _around_lost(text: str) -> str:
    found = _AROUND_LOST.search(text)
    return quoted(found[0] if found else _LOST)


def _is_of_source(record: Record, path: Pointer, damaged: Container[str]) -> bool:
    """Whether a text is a source's own, or one whose difference from its source another rule reports."""
    *place, name = path
    holder = at(record.value, tuple(place))
    if name == "text" and place[:1] == ["sources"]:
        return True
    if name == "text" and place[:1] == ["statements"]:
        found = holder.get("evidence")
        quotes = found if isinstance(found, list) else []
        return any(isinstance(quote, dict) and str(quote.get("source")) in damaged for quote in quotes)
    return name in _SPANS and isinstance(record.sources.get(str(holder.get("source"))), SourceText)


def _name(path: Pointer) -> str:
    """The property that a text belongs to, directly or as an entry of a list."""
    return next(f"`{key}`" for key in reversed(path) if isinstance(key, str))


@Rule(
    "json/invisible-text",
    severity=WARNING,
    bad={"title": "\u200b"},
    good={"title": "x\u200b"},
    at="/title",
    says="`title` contains only U+200B (ZERO WIDTH SPACE)",
    helps="write the text",
    fixed={"title": "Talks"},
)
def invisible_text(record: Record) -> Iterator[Issue]:
    """A text contains only invisible characters.

    It says nothing, and a reader cannot tell whether something was forgotten.

    Write the text, or leave the property out if nothing is known.
    """
    if not (_has_blank_beginning(record) if record.found.visible else record.data is None or _has_blank(record.data)):
        return
    for path, text in _texts(record):
        if path[-1] not in MAY_BE_BLANK and BLANK.fullmatch(text):
            what = named(text[0]) if len(set(text)) == 1 else "invisible characters"
            yield Issue(path, f"{_name(path)} contains only {what}", "write the text")


def _has_blank_beginning(record: Record) -> bool:
    """Whether a quote or the text of a source begins with something invisible; others that may not be blank are known not to."""
    begin = [evidence["exact"][0] for evidence, _ in record.of_kind("evidence")]
    begin += [source["text"][:1] for _, source in record.listed("sources") if "text" in source]
    return bool(BLANK.search("".join(begin)))


def _has_blank(data: bytes) -> bool:
    """Whether a string of a JSON text is invisible."""
    begins = (found.start() for found in _BEGINS_BLANK.finditer(data))
    strings = (found for start in begins if (found := _MAY_BE_BLANK.match(data, start)))
    return any(BLANK.fullmatch(json.loads(found[0])) for found in strings)


def _texts(record: Record) -> Iterator[tuple[Pointer, str]]:
    """The valid texts of a record and their paths; extensions are not checked."""
    waiting: list[tuple[Pointer, Any]] = [((), record.value)]
    while waiting:
        path, value = waiting.pop()
        if not record.occurs(path):
            continue
        if isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items() if (path, key) != ((), "extensions")]
        elif isinstance(value, list):
            waiting += [((*path, index), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str) and path not in record.broken:
            yield path, value
