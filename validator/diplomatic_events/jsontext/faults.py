"""Faults of a JSON text, and the message of each syntax error."""

import re
from typing import Final

from diplomatic_events.findings import Fault

BLANK: Final = " \t\n\r"
"""The white space of JSON: only these characters may separate values."""

_CLOSER: Final = {"{": "}", "[": "]"}
_KIND: Final = {"{": "object", "[": "array"}
_COMMENT: Final = re.compile(r"(?://|#)[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_SINGLE_QUOTED: Final = re.compile(r"'[^'\r\n]*+'")
_CURLY_QUOTED: Final = re.compile(r"[“”„«][^“”„«»\"\r\n]*+[“”»]")
_CURLY: Final = "“”„«"
_WORD: Final = re.compile(r"[^\W\d][\w$]*+")
_NUMBER_LIKE: Final = re.compile(r"[-+]?[0-9A-Za-z_.+:-]*+")
_STRING_BODY: Final = re.compile(r'[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+')
_HEXADECIMAL: Final = re.compile(r"[0-9a-fA-F]*+")
_SHOWN_LENGTH: Final = 40

_QUOTE_IT: Final = "put text in double quotes"
_LEAVE_OUT: Final = "leave the property out if its value is unknown"
_LITERALS: Final = {"true": "true", "false": "false", "yes": "true", "no": "false"}
_NOTHING: Final = frozenset({"null", "none", "nil", "undefined"})
_NOT_FINITE: Final = frozenset({"nan", "inf", "infinity"})
_CONTROL: Final = {"\t": ("a tab", "\\t"), "\n": ("a line break", "\\n"), "\r": ("a line break", "\\r")}


def shown(text: str) -> str:
    """A piece of text as a message shows it: short, and without invisible characters."""
    cropped = text if len(text) <= _SHOWN_LENGTH else text[:_SHOWN_LENGTH] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in cropped)


def no_value(text: str, at: int, opener: int | None) -> Fault:
    """The fault at ``at``, where a value is expected; ``opener`` is where the innermost object or array begins."""
    if fault := _foreign(text, at, opener):
        return fault
    if opener is None and (fault := _before_record(text, at)):
        return fault
    char = text[at]
    if char in ",}]":
        return _value_missing(text, at, opener)
    if char == "'":
        return _single_quoted(text, at)
    if char in _CURLY:
        return _curly_quoted(text, at)
    if char in "0123456789+-.":
        return _bad_number(text, at)
    if match := _WORD.match(text, at):
        return _bad_word(match[0], at)
    return _syntax(f"a value is expected here, not `{shown(char)}`", at, at + 1)


_FENCE: Final = "```"
_BEGINNING: Final = re.compile(r'\{\s*"')


def _before_record(text: str, at: int) -> Fault | None:
    """What a program that was asked for a record says before it: a code fence, or a sentence."""
    if text.startswith(_FENCE, at):
        message = "a code fence stands before the record"
        return _syntax(
            message, at, at + len(_FENCE), f"remove the lines that begin with {_FENCE}: a file has JSON only"
        )
    record = _BEGINNING.search(text, at)
    if record is None or not text[at].isalpha():
        return None
    line = text.count("\n", 0, record.start()) + 1
    end = at + len(text[at : record.start()].partition("\n")[0])
    message = f"other text stands before the record, which begins on line {line}"
    return _syntax(message, at, end, "remove what stands before its first `{`: a file has JSON only")


def no_name(text: str, at: int, opener: int) -> Fault:
    """The fault at ``at``, where the name of a property is expected."""
    if fault := _foreign(text, at, opener):
        return fault
    char = text[at]
    if char == "'":
        return _single_quoted(text, at)
    if char in _CURLY:
        return _curly_quoted(text, at)
    if char == "}":
        return _trailing_comma(text, at, "property")
    if char == "]":
        return _wrong_closer(text, at, opener)
    if char == ",":
        return _syntax("a property is missing before this comma", at, at + 1, "remove the comma")
    if match := _WORD.match(text, at):
        name = shown(match[0])
        return _syntax(
            f"the property name `{name}` has no quotes", at, match.end(), f'put it in double quotes: "{name}"'
        )
    return _syntax(
        f"the name of a property is expected here, not `{shown(char)}`", at, at + 1, 'use double quotes: "name":'
    )


def no_colon(text: str, at: int, opener: int, name_end: int) -> Fault:
    """The fault at ``at``, where the colon after a property's name is expected."""
    if fault := _foreign(text, at, opener):
        return fault
    if text[at] in ",}":
        return _syntax("a property without a value", name_end, name_end, 'write "name": value')
    if text[at] == "=":
        return _syntax("`=` after the name of a property", at, at + 1, "write `:`")
    return _syntax("the colon after the name of a property is missing", name_end, name_end, 'write "name": value')


def not_separated(text: str, at: int, opener: int, value_end: int) -> Fault:
    """The fault at ``at``, where a comma or the closing bracket is expected."""
    if fault := _foreign(text, at, opener):
        return fault
    char = text[at]
    if char in "}]":
        return _wrong_closer(text, at, opener)
    if at == value_end and text[at - 1] == '"' and (char.isalnum() or char in "\"'"):
        return _syntax(
            "a string ends here, and text follows it", at - 1, at, 'write a quotation mark inside a string as \\"'
        )
    if char == ":" and text[opener] == "[":
        return _syntax("a property in an array", at, at + 1, 'properties belong in an object: {"name": value}')
    if char in "\"'{[-“„" or char.isalnum():
        return _syntax("a comma is missing", value_end, value_end, "put a comma between the two")
    return _syntax(f"`,` or `{_CLOSER[text[opener]]}` is expected here, not `{shown(char)}`", at, at + 1)


def text_after_value(text: str, at: int) -> Fault:
    """The fault at ``at``, where the text goes on after its one value."""
    if fault := _foreign(text, at, None):
        return fault
    if text[at] in "}]":
        return _syntax(f"`{text[at]}` closes nothing: the record has already ended", at, at + 1, "remove it")
    if text.startswith(_FENCE, at):
        message = "a code fence stands after the record"
        return _syntax(message, at, at + len(_FENCE), "remove it, and what follows: a file has JSON only")
    if text[at].isalpha():
        return _syntax("other text stands after the record", at, at + 1, "remove it: a file has JSON only")
    return _syntax(
        "more text after the end of the record",
        at,
        at + 1,
        "a .json file holds one record; put several into an .ndjson file, one per line",
    )


def bad_string(text: str, start: int) -> Fault:
    """The fault in the string whose opening quotation mark is at ``start``."""
    body = _STRING_BODY.match(text, start + 1)
    at = body.end() if body else start + 1
    if text[at:] in ("", "\\"):
        return _syntax(
            "the text ends inside a string",
            at,
            at,
            'the closing `"` is missing, or the file was cut short',
            (start, start + 1),
        )
    char = text[at]
    if char == "\\":
        return _bad_escape(text, at)
    name, escape = _CONTROL.get(char, (f"the control character U+{ord(char):04X}", f"\\u{ord(char):04x}"))
    if char in "\r\n":
        remedy = f'close the string with `"` on its own line, or write the line break as {escape}'
        return _syntax(f"{name} in a string", at, at, remedy, (start, start + 1))
    return _syntax(f"{name} in a string", at, at + 1, f"write it as {escape}")


def _syntax(
    message: str, start: int, end: int, help: str | None = None, related: tuple[int, int] | None = None
) -> Fault:
    return Fault("json/syntax", message, start, end, help, None, related)


def _foreign(text: str, at: int, opener: int | None) -> Fault | None:
    """The end of the text, a comment or an invisible character: faults that can occur anywhere."""
    if at >= len(text):
        end = len(text.rstrip(BLANK))
        if opener is None:
            return _syntax("the text ends where a value is expected", end, end)
        return _syntax(
            f"the text ends before this {_KIND[text[opener]]} is closed",
            end,
            end,
            f"the closing `{_CLOSER[text[opener]]}` is missing, or the file was cut short",
            (opener, opener + 1),
        )
    if match := _COMMENT.match(text, at):
        return _syntax("a comment: JSON has none", at, match.end(), "remove it")
    char = text[at]
    if not char.isprintable():
        code = f"U+{ord(char):04X}"
        remedy = "only spaces, tabs and line breaks may separate values"
        return _syntax(f"the invisible character {code} outside a string", at, at + 1, remedy)
    return None


def _value_missing(text: str, at: int, opener: int | None) -> Fault:
    if opener is None:
        return _syntax(f"`{text[at]}` without a value before it", at, at + 1)
    before = text[:at].rstrip(BLANK)[-1:]
    if before == ":":
        return _syntax("a property without a value", at, at + 1, _LEAVE_OUT)
    if text[at] == ",":
        return _syntax("a value is missing before this comma", at, at + 1, "remove the comma")
    if text[at] != _CLOSER[text[opener]]:
        return _wrong_closer(text, at, opener)
    return _trailing_comma(text, at, "value")


def _trailing_comma(text: str, at: int, of: str) -> Fault:
    comma = len(text[:at].rstrip(BLANK)) - 1
    return _syntax(f"a comma after the last {of}", comma, comma + 1, f"remove it: `{text[at]}` follows")


def _wrong_closer(text: str, at: int, opener: int) -> Fault:
    opened = text[opener]
    return _syntax(
        f"`{text[at]}` cannot close an {_KIND[opened]}",
        at,
        at + 1,
        f"an {_KIND[opened]} that begins with `{opened}` ends with `{_CLOSER[opened]}`",
        (opener, opener + 1),
    )


def _single_quoted(text: str, at: int) -> Fault:
    end = match.end() if (match := _SINGLE_QUOTED.match(text, at)) else at + 1
    return _syntax("single quotes around a string", at, end, 'use double quotes: "…"')


def _curly_quoted(text: str, at: int) -> Fault:
    end = match.end() if (match := _CURLY_QUOTED.match(text, at)) else at + 1
    return _syntax("a string in typographic quotation marks", at, end, 'use straight double quotes: "…"')


def _bad_escape(text: str, at: int) -> Fault:
    following = text[at + 1 : at + 2]
    if following == "u":
        end = match.end() if (match := _HEXADECIMAL.match(text, at + 2)) else at + 2
        return _syntax("`\\u` without four hexadecimal digits", at, end, "write for example \\u00e9 for é")
    return _syntax(
        f"`\\{shown(following)}` is not an escape sequence of JSON",
        at,
        min(at + 2, len(text)),
        "write a backslash itself as \\\\",
    )


def _bad_word(word: str, at: int) -> Fault:
    end = at + len(word)
    lower = word.lower()
    if lower in _NOT_FINITE:
        return _syntax(f"`{word}` is not a JSON number", at, end, _LEAVE_OUT)
    if lower in _NOTHING:
        return _syntax(f"`{word}` is not a JSON value", at, end, _LEAVE_OUT)
    if lower in _LITERALS:
        return _syntax(f"`{word}` is not a JSON value", at, end, f"write `{_LITERALS[lower]}`")
    return _syntax(f"`{shown(word)}` has no quotes", at, end, f'{_QUOTE_IT}: "{shown(word)}"')


def _bad_number(text: str, at: int) -> Fault:
    match = _NUMBER_LIKE.match(text, at)
    token = match[0] if match and match[0] else text[at]
    end = at + len(token)
    bare = token.lstrip("+-")
    if bare.lower() in _NOT_FINITE:
        return _syntax(f"`{token}` is not a JSON number", at, end, _LEAVE_OUT)
    for pattern, message, remedy in _NUMBER_FAULTS:
        if re.fullmatch(pattern, token):
            return _syntax(f"`{shown(token)}`: {message}", at, end, remedy)
    return _syntax(f"`{shown(token)}` is not a number", at, end, f'{_QUOTE_IT}: "{shown(token)}"')


_NUMBER_FAULTS: Final = (
    (r"[+-]", "a sign without a number", None),
    (r"\+[0-9.].*+", "a number cannot begin with `+`", "remove the `+`"),
    (r"-?0[0-9]++(?:\.[0-9]*+)?+", "a number cannot have leading zeros", 'remove the 0, or quote an identifier: "…"'),
    (r"-?\.[0-9].*+", "a digit is missing before the decimal point", "write 0.5, not .5"),
    (r"-?[0-9]++\.(?:[eE].*+)?+", "a digit is missing after the decimal point", "write 1.0, not 1."),
    (r"-?[0-9]++(?:\.[0-9]++)?+[eE][+-]?", "the exponent has no digits", "write for example 1e5"),
    (r"-?0[xX][0-9a-fA-F]++", "JSON has no hexadecimal numbers", "write it in decimal digits"),
    (r"-?[0-9]++(?:_[0-9]++)++", "a number cannot contain `_`", "write the digits alone"),
)
