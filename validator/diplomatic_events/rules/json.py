"""`json/…`: what each fault of a JSON text means. `diplomatic_events.jsontext` and the reader of files find them."""

import json
from typing import Final

from diplomatic_events.rulebook import ERROR, EXAMPLE, WARNING, Rule

_SOUND: Final = {"title": "A record that is read"}

TOO_LARGE: Final = Rule(
    "json/too-large",
    severity=ERROR,
    bad=b'"' + b"x" * 200 + b'"',
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="the record is longer than 100 bytes, the most that is read",
    helps="--max-bytes sets another limit",
    text="""A record is larger than the limit.

A record holds one event; hundreds of megabytes are a whole collection, a mistake or an attack.

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

An empty file says nothing; the program that should have written it probably failed.

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

JSON that is exchanged is in UTF-8 (RFC 8259); other programs would read other characters, or none.

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
    helps="save the file as UTF-8 without one: many programs refuse it",
    text="""A file begins with a byte order mark.

Many programs refuse such JSON (RFC 8259 forbids writing it). This one reads on.

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

Mend the place that the message names: most often a comma, a bracket or a quotation mark.""",
)
DUPLICATE_KEY: Final = Rule(
    "json/duplicate-key",
    severity=ERROR,
    bad=b'{"title": "Talks", "title": "Talk"}',
    good=_SOUND,
    fixed=b'{"title": "Talks"}',
    at="",
    says="the property `title` stands twice in this object",
    helps="keep one of the two: other programs would drop either without a word",
    text="""An object has the same property twice.

Some programs take the first, some the last, some neither: two readers see two records.

Keep the value that is right.""",
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

No record needs such a depth, and it makes programs fail that read it.

Flatten the part, which stands in an extension or is a mistake; or raise the limit with `--max-depth`.""",
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

Beyond 2⁵³ − 1 most programs round whole numbers, and beyond about 1.8 × 10³⁰⁸ they make them infinite (RFC 7493).

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
    text="""A text has half of a character.

An escape such as `\\ud83d` is the first half of a character and means nothing alone; writing the text out fails.

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

What stood behind the break is lost, so nobody knows what was not checked.

Compress the file again, or fetch it again.""",
)
