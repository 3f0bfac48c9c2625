"""One record as a reviewer sees it: its findings, its text and the texts of its sources, each marked and linked."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.coverage.marks import Mark, marked
from diplomatic_events.coverage.page import Fault, RecordView, lang_of, shown
from diplomatic_events.coverage.survey import Measured, Surveyor
from diplomatic_events.findings import Finding, Quote
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.locate import Lines, Span, locate
from diplomatic_events.jsontext.parse import decode, parse
from diplomatic_events.pointers import Pointer, at, resolve
from diplomatic_events.sources.texts import SourceText, Texts

_MOST_UNREAD: Final = 10_000
"""Of a record that is too long to be read, so many characters are shown."""


class MarkedSpan(NamedTuple):
    """A span of the record's text: that of an entry, of a quote, or of what a finding is about.

    ``id`` is its anchor on the page, and ``to`` the anchor that it leads to: a passage for a quote, the finding for a fault.
    """

    start: int
    end: int
    id: str
    kind: str
    to: str = ""


class View:
    """A record that was checked. ``id`` begins all its anchors."""

    def __init__(
        self, raw: RawRecord, folder: Path | None, findings: Sequence[Finding], surveyor: Surveyor, id: str
    ) -> None:
        self.id = id
        self.name = f"{raw.file}:{raw.line}" if raw.of_lines else raw.file
        self._is_too_long = len(raw.data) > surveyor.options.max_bytes
        self.text = decode(raw.data)[: _MOST_UNREAD if self._is_too_long else None]
        self.findings = findings
        self._lines = Lines(self.text, raw.line)
        self._value = parse(raw.data).value
        measured = surveyor.measure(raw, folder)
        self.unmeasured = "" if isinstance(measured, Measured) else measured
        self._record = RecordView(measured, id, alone=True) if isinstance(measured, Measured) else None
        if self._record:
            for number, finding in enumerate(findings):
                if finding.quote:
                    self._mark_nearest(self._record, finding, finding.quote, f"{id}-q{number}")
        self.texts = self._record.texts() if self._record else _plain_texts(self._value, folder, self.unmeasured)
        self.places = tuple(self._places())

    @property
    def title(self) -> str:
        """The title of the event, or the name of the file if the record has none."""
        title = self._value.get("title") if isinstance(self._value, dict) else None
        return title if isinstance(title, str) and title else self.name

    @staticmethod
    def _mark_nearest(record: RecordView, finding: Finding, quote: Quote, id: str) -> None:
        """Mark the passage that a wrong quote is nearest to, in the text of its source."""
        value = record.record.value
        path = resolve(value, finding.pointer or "") or ()
        evidence = at(value, path[:-1]) if path else None
        named = evidence.get("source") if isinstance(evidence, dict) else None
        for source in record.record.coverage.sources:
            if source.text is not None and source.file == quote.file and named in (source.id, None):
                span = _visible(Lines(source.text).span(quote.place))
                record.faults.setdefault(source.id, []).append(Fault(*span, id, finding.severity.value))
                return

    def findings_html(self) -> str:
        """The list of the findings."""
        rows = "".join(self._finding(number, finding) for number, finding in enumerate(self.findings))
        return f'<ol class="findings">\n{rows}</ol>\n' if rows else ""

    def record_html(self) -> str:
        """The record's text, with its entries, its quotes and its faults marked; of one that is too long, the beginning."""
        cut = f'<p class="facts">Only the first {len(self.text):,} characters of the record are shown.</p>\n'
        return f"{cut if self._is_too_long else ''}<pre>{marked(self.text, map(_mark, self.places), shown)}</pre>"

    def _places(self) -> Iterator[MarkedSpan]:
        for number, finding in enumerate(self.findings):
            if finding.place is not None:
                span = _visible(self._lines.span(finding.place))
                yield MarkedSpan(*span, f"{self.id}-m{number}", finding.severity.value, f"{self.id}-f{number}")
        if self._record is None:
            return
        entries = self._paths(self._record.entries)
        quotes = self._paths({f"{pointer}/exact": to for pointer, to in self._record.passages.items()})
        kinds = {
            self._record.passages[passage.pointer]: passage.kind
            for source in self._record.record.coverage.sources
            for passage in source.passages
        }
        spans = locate(self.text, [*entries, *quotes]).values
        for path, id in entries.items():
            yield MarkedSpan(*spans[path], id, "entry")
        for number, (path, to) in enumerate(quotes.items()):
            yield MarkedSpan(*spans[path], f"{self.id}-p{number}", f"proof k-{kinds[to]}", to)

    def _paths(self, pointers: dict[str, str]) -> dict[Pointer, str]:
        assert self._record
        found = ((resolve(self._record.record.value, pointer), id) for pointer, id in pointers.items())
        return {path: id for path, id in found if path is not None}

    def _finding(self, number: int, finding: Finding) -> str:
        severity = finding.severity.value
        where = (
            f'<a href="#{self.id}-m{number}">line {finding.place.line}, column {finding.place.column}</a> '
            if finding.place
            else ""
        )
        passages = "".join(
            f' · <a href="#{passage}">in the text</a>'
            for passage in list(dict.fromkeys(self._passages(number, finding)))[:1]
        )
        help = f'<p class="help"><b>help</b> {shown(finding.help)}</p>\n' if finding.help else ""
        if finding.fix:
            how = "--fix" if finding.fix.safe else "--unsafe-fixes"
            help += f'<p class="help"><b>fix</b> {shown(finding.fix.what)} <code>{how}</code></p>\n'
        lights = " ".join(dict.fromkeys((f"{self.id}-m{number}", *self._passages(number, finding))))
        return (
            f'<li class="finding {severity}" id="{self.id}-f{number}" tabindex="-1" data-lights="{lights}">\n'
            f'<p class="say"><b class="severity">{severity}</b> {shown(finding.message)} '
            f'<a class="rule" href="{shown(finding.url)}">{shown(finding.rule)}</a></p>\n'
            f"{_quote(finding.quote) if finding.quote else ''}{help}"
            f'<p class="where">{where}<code>{shown(finding.pointer or "")}</code>{passages}</p>\n</li>\n'
        )

    def _passages(self, number: int, finding: Finding) -> Iterator[str]:
        """The anchors of the passages that a finding is about: the nearest of a wrong quote, or those of its entry."""
        if self._record is None:
            return
        if finding.quote:
            yield f"{self.id}-q{number}"
        pointer = finding.pointer or ""
        passages = self._record.passages
        while pointer and pointer not in passages and pointer not in self._record.entries:
            pointer = pointer.rpartition("/")[0]
        if pointer:
            yield from (
                id for place, id in passages.items() if place == pointer or place.startswith(f"{pointer}/evidence/")
            )


def _plain_texts(value: Any, folder: Path | None, reason: str) -> str:
    """The texts of the sources of a record that is not sound enough for more."""
    sources = value.get("sources") if isinstance(value, dict) else None
    texts = Texts(folder, {})
    found = [
        (source, text)
        for source in (sources if isinstance(sources, list) else ())
        if isinstance(source, dict) and isinstance(text := texts.of(source), SourceText)
    ]
    return f'<p class="facts">{shown(reason)}</p>\n' + "".join(
        f'<section class="source">\n<h2>Source <b>{shown(str(source.get("id", "")))}</b></h2>\n'
        f'<div class="text" dir="auto">{shown(text.content)}</div>\n</section>\n'
        for source, text in found
    )


def _visible(span: Span) -> Span:
    """At least one character, so that there is something to see."""
    return span[0], max(span[1], span[0] + 1)


def _mark(place: MarkedSpan) -> Mark:
    if place.kind == "entry":
        opening, closing = f'<span class="part" id="{place.id}" tabindex="-1">', "</span>"
    elif place.kind.startswith("proof"):
        opening = f'<span class="{place.kind}" id="{place.id}" tabindex="-1">'
        closing = f'</span><a class="to" href="#{place.to}" aria-label="its passage">↗</a>'
    else:
        opening = f'<mark class="found {place.kind}" id="{place.id}" tabindex="-1">'
        closing = f'</mark><a class="to" href="#{place.to}" aria-label="the finding">←</a>'
    return Mark(place.start, place.end, opening, closing)


def _quote(quote: Quote) -> str:
    """The quote above the passage of the source, the differing words marked in both."""
    rows = "".join(
        f"<dt>{label}</dt><dd {lang_of(None)}>{shown(text[:start])}<mark>{shown(text[start:end])}</mark>{shown(text[end:])}</dd>"
        for label, text, (start, end) in (
            ("quote", quote.quoted, quote.quoted_span),
            ("source", quote.source, quote.source_span),
        )
    )
    return f'<dl class="compared">{rows}</dl>\n'
