"""`json/…`: what each fault of a JSON text means. `parse` and `scan` find them; this says what they are."""

import json
from typing import Final

from diplomatic_events.findings import Severity
from diplomatic_events.rulebook import ERROR, EXAMPLE, WARNING, Rule, describe

_SOUND: Final = {"title": "A record that is read"}


def _rule(id: str, text: str, bad: bytes, mended: bytes, severity: Severity = ERROR) -> Rule:
    return describe(id, text, severity=severity, bad=bad, good=_SOUND, at="", mended=mended)


_rule(
    "json/too-large",
    """A record is larger than the limit.

    A record holds one event; hundreds of megabytes are a whole collection, a mistake or an attack.

    Put each record on a line of its own in an `.ndjson` file, or raise the limit with `--max-bytes`.""",
    b'"' + b"x" * 200 + b'"',
    b'{"title": "Talks"}',
)
_rule(
    "json/empty",
    """A file has no content.

    An empty file says nothing; the program that should have written it probably failed.

    Write the record, or remove the file.""",
    b"  \n",
    b'{"title": "Talks"}',
)
_rule(
    "json/not-utf8",
    """A file is not in UTF-8.

    JSON that is exchanged is in UTF-8 (RFC 8259); other programs would read other characters, or none.

    Save the file as UTF-8.""",
    b'{"title": "Mus\xe9e"}',
    '{"title": "Musée"}'.encode(),
)
_rule(
    "json/byte-order-mark",
    """A file begins with a byte order mark.

    Many programs refuse such JSON (RFC 8259 forbids writing it). This one reads on.

    Save the file as UTF-8 without a byte order mark.""",
    b"\xef\xbb\xbf" + json.dumps(EXAMPLE).encode(),
    json.dumps(EXAMPLE).encode(),
    WARNING,
)
_rule(
    "json/syntax",
    """A file is not JSON.

    No program can read it.

    Mend the place that the message names: most often a comma, a bracket or a quotation mark.""",
    b'{"title": "Talks",}',
    b'{"title": "Talks"}',
)
_rule(
    "json/duplicate-key",
    """An object has the same property twice.

    Some programs take the first, some the last, some neither: two readers see two records.

    Keep the value that is right.""",
    b'{"title": "Talks", "title": "Talk"}',
    b'{"title": "Talks"}',
)
_rule(
    "json/too-deep",
    """Objects or lists nest deeper than the limit.

    No record needs such a depth, and it makes programs fail that read it.

    Flatten the part, which stands in an extension or is a mistake; or raise the limit with `--max-depth`.""",
    b"[" * 300 + b"]" * 300,
    b"[[[]]]",
)
_rule(
    "json/number-out-of-range",
    """A number is larger than programs can hold.

    Beyond 2⁵³ − 1 most programs round whole numbers, and beyond about 1.8 × 10³⁰⁸ they make them infinite (RFC 7493).

    Correct the number, or write it as text.""",
    b'{"schemaVersion": 1e400}',
    b'{"schemaVersion": "1.0"}',
)
_rule(
    "json/lone-surrogate",
    """A text has half of a character.

    An escape such as `\\ud83d` is the first half of a character and means nothing alone; writing the text out fails.

    Write the whole character, or remove the half.""",
    b'{"title": "\\ud83d"}',
    b'{"title": "\\ud83d\\ude00"}',
)
