"""From issues at symbolic places to findings with lines and columns: the text is looked at only here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from diplomatic_events.findings import (
    Edit,
    Excerpt,
    Fault,
    FileFix,
    Finding,
    Fix,
    Issue,
    Mismatch,
    Quote,
    Region,
    Related,
    Severity,
)
from diplomatic_events.inputs.paths import Input
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.jsontext.locate import EXCERPT_WIDTH, Lines, Span, Spans, locate, position
from diplomatic_events.jsontext.parse import DEEPEST, UNPARSED, Parsed, decode, parse
from diplomatic_events.pointers import Pointer, anchor, at, to_pointer
from diplomatic_events.report.fingerprints import mark_at
from diplomatic_events.report.run import Checked
from diplomatic_events.rules import RULES
from diplomatic_events.rules.corpus import Across
from diplomatic_events.rules.index import Home

if TYPE_CHECKING:
    from diplomatic_events.edit.changes import Editor

_AROUND: Final = 40
"""This many characters of a quote and its source are shown on either side of the difference."""


_OF_OTHER_FILES: Final = 40
_BLOCK: Final = 4096
_BOM: Final = b"\xef\xbb\xbf"


class Located(NamedTuple):
    """Where a value of a record is, and what identifies it in the next run."""

    record: str | None
    record_line: int | None
    anchor: str | None = None
    value: str = ""
    place: Region | None = None
    excerpt: Excerpt | None = None
    event_type: str | None = None


def place(
    checked: Checked,
    raw: RawRecord,
    parsed: Parsed,
    issues: list[tuple[str, Issue]],
    severities: Mapping[str, Severity],
) -> None:
    """Add what was found in one record, unless its rule is off in this run."""
    checked.record = _text_at(parsed.value, "id")
    if not (issues or parsed.faults or parsed.omitted):
        return
    text = _Text(raw, parsed.value)
    for fault in parsed.faults:
        if fault.rule in severities:
            checked.findings.append(text.fault(fault, severities[fault.rule]))
    for rule, number in parsed.omitted:
        if rule in severities:
            checked.more[rule, severities[rule]] += number
    wanted = [(rule, issue) for rule, issue in issues if rule in severities]
    if wanted:
        text.find([issue for _, issue in wanted])
        checked.findings += [_finding(rule, severities[rule], raw.file, issue, text) for rule, issue in wanted]


def _finding(rule: str, severity: Severity, file: str, issue: Issue, text: "_Text") -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=issue.message,
        help=issue.help or RULES[rule].advice,
        file=file,
        pointer=to_pointer(issue.path),
        related=tuple(text.related(note.path, note.message) for note in issue.notes),
        quote=_quote(issue.mismatch) if issue.mismatch else None,
        hint=issue.hint,
        fix=text.fix(issue.fix) if issue.fix else None,
        **text.located(issue.path, at_key=issue.at_key)._asdict(),
    )


def _text_at(value: Any, key: str) -> str | None:
    """A text that stands in a record, if it is one and has it."""
    text = value.get(key) if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


class _Text:
    """The text of one record, where values are looked up."""

    def __init__(self, raw: RawRecord, value: Any) -> None:
        self._raw = raw
        self._value = value
        self._spans: Spans | None = None
        self.record = _text_at(value, "id")
        self._event_type = _text_at(value, "type")

    @cached_property
    def _text(self) -> str:
        return decode(self._raw.data)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text, self._raw.line)

    @property
    def _record_line(self) -> int | None:
        return self._raw.line if self._raw.of_lines else None

    def find(self, issues: Iterable[Issue], more: Iterable[Pointer] = ()) -> None:
        """Look up every value that issues refer to, in one walk."""
        if self._value is not UNPARSED:
            found = list(issues)
            changed = [change.path for issue in found if issue.fix for change in issue.fix.changes]
            values = [issue.path for issue in found] + [note.path for issue in found for note in issue.notes]
            names = [issue.path for issue in found if issue.at_key]
            self._spans = locate(self._text, [*values, *changed, *more], keys=[*names, *changed])

    def located(self, path: Pointer, *, at_key: bool = False) -> Located:
        """The place of a value that was looked up, or of its name; none if the text could not be parsed."""
        if self._spans is None:
            return Located(self.record, self._record_line, anchor(self._value, path), event_type=self._event_type)
        span = (self._spans.keys if at_key else self._spans.values)[path]
        return Located(
            self.record,
            self._record_line,
            anchor(self._value, path),
            mark_at(self._value, path),
            self._lines.place(span),
            self._lines.excerpt(span),
            self._event_type,
        )

    def related(self, path: Pointer, message: str) -> Related:
        """A second place, in this record."""
        there = self.located(path)
        return Related(message, self._raw.file, to_pointer(path), there.place, there.excerpt)

    def fix(self, fix: Fix) -> FileFix | None:
        """A fix as edits of the file; none if what it changes is not there."""
        if self._spans is None or not all(_is_there(self._value, change.path) for change in fix.changes):
            return None
        edits = [edit for change in fix.changes for edit in self._editor.edits(change)]
        byte, place = self._bytes, self._lines.place
        return FileFix(
            fix.what,
            fix.safe,
            tuple(Edit(byte(start), byte(end), place((start, end)), text) for start, end, text in sorted(edits)),
        )

    @cached_property
    def _editor(self) -> "Editor":
        from diplomatic_events.edit.changes import Editor  # only a finding that can be fixed pays for the import

        assert self._spans is not None
        return Editor(self._text, self._spans.values, self._spans.keys)

    def _bytes(self, offset: int) -> int:
        """Where a code point of the text begins in the file."""
        block = offset // _BLOCK
        return self._blocks[block] + len(self._text[block * _BLOCK : offset].encode())

    @cached_property
    def _blocks(self) -> list[int]:
        """Where each block of the text begins in the file."""
        blocks = [self._raw.offset + (len(_BOM) if self._raw.data.startswith(_BOM) else 0)]
        for start in range(0, len(self._text), _BLOCK):
            blocks.append(blocks[-1] + len(self._text[start : start + _BLOCK].encode()))
        return blocks

    def fault(self, fault: Fault, severity: Severity) -> Finding:
        """A finding from a fault of the JSON text."""
        span = (fault.start, fault.end)
        related: tuple[Related, ...] = ()
        if fault.related is not None:
            message = "the first is here" if fault.rule == "json/duplicate-key" else "it begins here"
            related = (Related(message, self._raw.file, None, self._lines.place(fault.related)),)
        return Finding(
            rule=fault.rule,
            severity=severity,
            message=fault.message,
            help=fault.help or RULES[fault.rule].advice,
            file=self._raw.file,
            record_line=self._record_line,
            pointer=None if fault.path is None else to_pointer(fault.path),
            place=self._lines.place(span),
            excerpt=self._excerpt(span) if self._text and fault.rule != "json/too-large" else None,
            related=related,
        )

    def _excerpt(self, span: Span) -> Excerpt:
        """The line of a fault. Of what is no JSON from the start, and may be anybody's secrets, little is shown."""
        is_json = self._text.lstrip()[:1] in ("{", "[")
        return self._lines.excerpt(span, max_width=EXCERPT_WIDTH if is_json else _OF_OTHER_FILES)


Places = Mapping[Home, Collection[Pointer]]
Spot = tuple[tuple[Home, Pointer], Located]
Locate = Callable[[Places], Iterable[Spot]]
"""Reads some records again, and looks up places in them."""


def _is_there(value: Any, path: Pointer) -> bool:
    try:
        at(value, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def place_across(
    found: list[tuple[str, Across]], severity: Callable[[str], Severity], locate: Locate
) -> Iterator[Finding]:
    """Findings from what was found across records, which are read again."""
    places: dict[Home, list[Pointer]] = defaultdict(list)
    for _, across in found:
        places[across.home].append(across.issue.path)
        if across.other is not None:
            places[across.other].append(across.other_path)
    spots = dict(locate(places)) if found else {}
    for rule, across in found:
        nowhere = Located(None, across.home.line)
        yield Finding(
            rule=rule,
            severity=severity(rule),
            message=across.issue.message,
            help=across.issue.help or RULES[rule].advice,
            file=across.home.file,
            pointer=to_pointer(across.issue.path),
            related=_related(across, spots),
            **spots.get((across.home, across.issue.path), nowhere)._asdict(),
        )


def _related(across: Across, spots: Mapping[tuple[Home, Pointer], Located]) -> tuple[Related, ...]:
    if across.other is None:
        return ()
    there = spots.get((across.other, across.other_path), Located(None, None))
    pointer = to_pointer(across.other_path)
    return (Related(across.other_message, across.other.file, pointer, there.place, there.excerpt),)


def spots(places: Places, read: Iterable[RawRecord]) -> Iterator[Spot]:
    """Where some places of records are. Of a record that can no longer be parsed, none is found."""
    for raw in read:
        home = Home(raw.file, raw.line)
        value = parse(raw.data, len(raw.data), DEEPEST).value if home in places else None
        if isinstance(value, dict):
            text = _Text(raw, value)
            text.find((), places[home])
            yield from (((home, path), text.located(path)) for path in dict.fromkeys(places[home]))


def spots_in_files(inputs: Iterable[Input], max_bytes: int, places: Places) -> Iterator[Spot]:
    """Where some places of records are. Only the files of these records are read."""
    files = {home.file for home in places}
    for source in inputs:
        if source.name in files and source.path is not None:
            try:
                yield from spots(places, records(source, None, max_bytes))
            except OSError:
                continue  # It could be read a moment ago; its findings are reported without a place.


def _quote(mismatch: Mismatch) -> Quote:
    """The two passages, cropped to the difference and a little around it."""
    before = min(_AROUND, mismatch.quoted_span[0])  # the same in both, so that the differences line up
    quoted, quoted_span = _cropped(mismatch.quoted, mismatch.quoted_span, before)
    source, source_span = _cropped(mismatch.text, mismatch.source_span, before)
    start, end = mismatch.source_span
    place = Region(*position(mismatch.text, start + mismatch.shared), *position(mismatch.text, end))
    return Quote(quoted, quoted_span, source, source_span, mismatch.file, place)


def _cropped(text: str, span: tuple[int, int], before: int) -> tuple[str, tuple[int, int]]:
    start, end = span
    end = min(end, start + 2 * _AROUND)
    left, right = max(0, start - before), min(len(text), end + _AROUND)
    mark = "…" if left else " "
    shown = mark + text[left:right].replace("\n", " ").replace("\r", " ") + ("…" if right < len(text) else "")
    offset = len(mark) - left
    return shown, (start + offset, end + offset)
