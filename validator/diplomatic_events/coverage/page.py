"""The coverage of sources as a self-contained page: each text with its evidence marked, beside the record.

The page loads nothing: its style and script are part of it, and its policy forbids the browser any others. It works
without the script, which only keeps both columns in view.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Final, NamedTuple

from diplomatic_events import __version__
from diplomatic_events.coverage.entries import Doubt, Group, NamedEntry, flatten, groups
from diplomatic_events.coverage.marks import Mark, marked
from diplomatic_events.coverage.measure import (
    Kind,
    PlacedEvidence,
    SourceCoverage,
    UnplacedEvidence,
    beyond,
    merge,
    segments,
    word,
)
from diplomatic_events.coverage.survey import Measured, Survey
from diplomatic_events.jsontext.locate import Lines, Span
from diplomatic_events.report.formats.style import plural, visible

LABELS: Final = {
    Kind.EVENT: "when, where, hosts, source",
    Kind.DELEGATION: "who took part",
    Kind.STATEMENT: "what was said",
    Kind.OUTCOME: "what was agreed",
    Kind.ANNOUNCED: "events to come",
    Kind.RELATED: "other events",
    Kind.IRRELEVANT: "set aside, with a reason",
}
"""The legend of each kind."""

_QUOTE: Final = 90
"""Longer quotes are cropped in the list of entries; the text beside it shows them whole."""
_NAMED: Final = 60
_TITLES: Final = 8
"""At most this many entries are named when the mouse rests on a passage; the list behind it has more."""
_LISTED: Final = 100
"""A passage links to at most this many entries: otherwise a page of overlapping passages would grow quadratically."""
_HARMFUL: Final = re.compile("[^\n\t\u061c\u200b-\u200f]+")
"""Everything but line breaks and marks that shape a text without changing how the text around it is read."""


def page(survey: Survey) -> str:
    """The whole page, as HTML."""
    single = survey.records[0] if len(survey.records) == 1 else None
    views = [
        RecordView(record, f"r{number}", alone=single is not None) for number, record in enumerate(survey.records, 1)
    ]
    return document(
        title=single.value["title"] if single else "Sources and their evidence",
        eyebrow="Sources and their evidence",
        top=f"{_contents(views)}{_legend(survey)}",
        main=f"{''.join(view.html() for view in views)}{_failures(survey)}",
    )


def document(title: str, eyebrow: str, top: str, main: str, more_css: str = "", more_script: str = "") -> str:
    """A page that stands alone, with the style and the script that all pages of records share."""
    css, script = part("page.css") + more_css, part("page.js") + more_script
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="diplomatic-events {__version__}">\n'
        f'<link rel="icon" href="data:,">\n<title>{shown(title)}</title>\n<style>{css}</style>\n</head>\n'
    )
    body = (
        '<body>\n<a class="skip" href="#content">Skip to the texts</a>\n'
        f'<header class="top">\n<p class="eyebrow">{eyebrow}</p>\n{top}</header>\n'
        f'<main id="content" tabindex="-1">\n{main}</main>\n<script>{script}</script>\n</body>\n</html>\n'
    )
    return head + body


@cache
def part(name: str) -> str:
    """A file that is part of every such page."""
    return files("diplomatic_events.coverage").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def shown(text: str) -> str:
    """A text as HTML without markup; characters that would hide or reverse text are written out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escape(_HARMFUL.sub(lambda match: visible(match[0]), lines))


def lang_of(language: str | None) -> str:
    """The language of a text, as attributes of its element."""
    return f'lang="{shown(language or "")}" dir="auto"'


def _cropped(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _legend(survey: Survey) -> str:
    used = {passage.kind for _, source in survey.sources for passage in source.passages}
    rows = [
        f'<li><span class="p k-{kind}"><i class="letter">{kind[0].upper()}</i>{kind}</span> '
        f'<span class="means">{LABELS[kind]}</span></li>\n'
        for kind in Kind
        if kind in used
    ]
    sources = [source for _, source in survey.sources]
    more = [
        (
            "event as a whole",
            "evidence for nothing else",
            '<span class="p k-event whole">',
            any(source.event_only for source in sources),
        ),
        ("another record", "quoted there", '<span class="elsewhere">', any(source.records for source in sources)),
        ("uncovered", "no evidence", '<mark class="gap">', any(source.uncovered for source in sources)),
    ]
    rows += [
        f'<li>{tag}{name}</{tag[1:].partition(" ")[0]}> <span class="means">{means}</span></li>\n'
        for name, means, tag, is_there in more
        if is_there
    ]
    return f'<ul class="legend" aria-label="Colours and underlines">\n{"".join(rows)}</ul>\n' if rows else ""


def _contents(views: list["RecordView"]) -> str:
    if len(views) == 1:
        return views[0].heading("h1")
    rows = "".join(
        f'<li><a href="#{view.id}" {view.lang}>{shown(view.record.value["title"])}</a> {view.share()}</li>\n'
        for view in views
    )
    heading = f"<h1>{plural(len(views), 'record')}</h1>\n"
    return heading + (f'<nav aria-label="Records">\n<ol class="contents">\n{rows}</ol>\n</nav>\n' if rows else "")


def _failures(survey: Survey) -> str:
    rows = "".join(f"<li>{shown(failure)}</li>\n" for failure in survey.failures)
    return f'<section class="failures">\n<h2>Not measured</h2>\n<ul>\n{rows}</ul>\n</section>\n' if rows else ""


class Fault(NamedTuple):
    """A span of a source's text that a finding is about, and the anchor to give it."""

    start: int
    end: int
    id: str
    severity: str


@dataclass(slots=True)
class RecordView:
    """One record on the page. ``id`` begins all its anchors; ``alone`` means that the page has no other."""

    record: Measured
    id: str
    alone: bool
    groups: tuple[Group, ...] = ()
    entries: dict[str, str] = field(default_factory=dict)
    """The anchor of each entry, by its pointer."""
    names: dict[str, str] = field(default_factory=dict)
    quotes: dict[str, list[str]] = field(default_factory=dict)
    """The quotes that prove each entry, by its pointer, as list items."""
    passages: dict[str, str] = field(default_factory=dict)
    """The anchor of the passage of each piece of evidence, by its pointer, once the texts were written."""
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    """What is to be marked in the text of each source, by its id."""

    def __post_init__(self) -> None:
        self.groups = groups(self.record.value, self.record.schema)
        for number, (pointer, name) in enumerate(self._named()):
            self.entries[pointer] = f"{self.id}-e{number}"
            self.names[pointer] = name

    def _named(self) -> Iterator[tuple[str, str]]:
        for entry in flatten(self.groups):
            yield entry.pointer, entry.title
            for doubt in entry.doubts:
                yield from ((pointer, f"{doubt.kind}: perhaps {value}") for pointer, value in doubt.alternatives)

    @property
    def level(self) -> str:
        """The element of the headings below that of the record."""
        return "h2" if self.alone else "h3"

    @property
    def lang(self) -> str:
        """The record's language, as an attribute."""
        return lang_of(self.record.value["language"])

    def heading(self, level: str) -> str:
        """The title of the record."""
        return f'<{level} id="{self.id}-h" {self.lang}>{shown(self.record.value["title"])}</{level}>\n'

    def share(self) -> str:
        """How much of each text is covered, in a few words."""
        shares = [
            f"{source.percent} %" if source.text is not None else shown(source.no_text)
            for source in self.record.coverage.sources
        ]
        return f'<span class="share">{", ".join(shares)}</span>'

    def html(self) -> str:
        """The section of the record: its texts beside its entries."""
        texts = self.texts()
        for unplaced in self.record.coverage.unplaced:
            self._note_unplaced(unplaced)
        entries = "".join(self._group(group) for group in self.groups)
        name = f"<span>{shown(self.record.value['id'])}</span> <span>{shown(self.record.name)}</span>"
        header = "" if self.alone else f'<header>\n{self.heading("h2")}<p class="file">{name}</p>\n</header>\n'
        return (
            f'<article class="record" id="{self.id}" aria-labelledby="{self.id}-h">\n{header}'
            f'<div class="columns">\n<div class="texts">\n{texts}</div>\n'
            f'<section class="entries" aria-label="The record">\n{entries}</section>\n</div>\n</article>\n'
        )

    def texts(self) -> str:
        """The text of each source, with its passages marked."""
        sources = self.record.coverage.sources
        return "".join(self._source(source, f"{self.id}-s{number}") for number, source in enumerate(sources, 1))

    def _source(self, source: SourceCoverage, id: str) -> str:
        heading = f'<{self.level} id="{id}">Source <b>{shown(source.id)}</b></{self.level}>\n'
        if source.text is None:
            return (
                f'<section class="source" aria-labelledby="{id}">\n{heading}'
                f'<p class="facts">{shown(source.no_text)}</p></section>\n'
            )
        text, notes = _MarkedText(self, source, id).html()
        lines = Lines(source.text)
        for unplaced in source.unplaced:
            self._note_unplaced(unplaced)
        jumps = ", ".join(
            f'<a href="#{id}-g{number}">{_at(lines, span)}</a>' for number, span in enumerate(source.uncovered, 1)
        )
        gaps = f"; uncovered: {jumps}" if jumps else ""
        event_only = f" ({source.event_only_percent} % only for the event as a whole)" if source.event_only else ""
        if source.unplaced:
            gaps += f'; <span class="lost">{plural(len(source.unplaced), "quote")} not found</span>'
        return (
            f'<section class="source" aria-labelledby="{id}">\n'
            f'{heading}<p class="facts"><b class="percent">{source.percent} %</b> covered{event_only}, '
            f"{source.covered_characters:,} of {plural(source.characters, 'character')}{gaps} "
            f"{self._shared(source)}"
            f'<span class="where">{shown(self.record.text_name(source))}</span></p>\n'
            f'<div class="text" {lang_of(source.language)}>{text}</div>\n{notes}</section>\n'
        )

    def _shared(self, source: SourceCoverage) -> str:
        """The other records that quote the same text."""
        others = [shown(name) for name in source.records if name != self.record.name]
        named = [*others[:_TITLES], *([f"{len(others) - _TITLES} more"] if len(others) > _TITLES else [])]
        return f'<span class="where">together with {", ".join(named)}</span> ' if others else ""

    def _note_unplaced(self, unplaced: UnplacedEvidence) -> None:
        quote = f'<q dir="auto">{shown(_cropped(unplaced.exact, _QUOTE))}</q>'
        item = f'<li class="lost">{quote} <span class="where">not found: {shown(unplaced.reason)}</span></li>\n'
        self.quotes.setdefault(unplaced.entry, []).append(item)

    def _group(self, group: Group) -> str:
        entries = "".join(self._entry(entry) for entry in group.entries)
        return (
            f'<section class="group">\n<{self.level}>{group.title}</{self.level}>\n<ul>\n{entries}</ul>\n</section>\n'
        )

    def _entry(self, entry: NamedEntry) -> str:
        parts = "".join(self._entry(part) for part in entry.parts)
        parts = f'<ul class="parts">\n{parts}</ul>\n' if parts else ""
        details = f'<p class="details">{shown(entry.details)}</p>\n' if entry.details else ""
        state = "" if entry.pointer in self.quotes else " bare"
        none = '<p class="none">no evidence</p>\n' if entry.pointer in self.record.coverage.unsupported else ""
        return (
            f'<li class="entry k-{entry.kind}{state}" id="{self.entries[entry.pointer]}" tabindex="-1">\n'
            f'<p class="name" {self.lang}>{shown(entry.title)}</p>\n{details}{self._quotes(entry.pointer)}'
            f"{none}{''.join(self._doubt(doubt) for doubt in entry.doubts)}{parts}</li>\n"
        )

    def _quotes(self, pointer: str) -> str:
        items = "".join(self.quotes.get(pointer, ()))
        return f'<ul class="quotes">\n{items}</ul>\n' if items else ""

    def _doubt(self, doubt: Doubt) -> str:
        place = f" <code>{shown(doubt.place)}</code>" if doubt.place else ""
        basis = f" <span {self.lang}>{shown(doubt.basis)}</span>" if doubt.basis else ""
        others = "".join(
            f'<li id="{self.entries[pointer]}" tabindex="-1">perhaps <b dir="auto">{shown(value)}</b>'
            f"{self._quotes(pointer)}</li>\n"
            for pointer, value in doubt.alternatives
        )
        others = f"<ul>{others}</ul>" if others else ""
        return f'<div class="doubt"><p><b>{shown(doubt.kind)}</b>{place}{basis}</p>{others}</div>\n'


def _at(lines: Lines, span: Span) -> str:
    line, column = lines.position(span[0])
    return f"line {line}, column {column}"


class _MarkedText:
    """The text of one source, cut wherever a passage begins or ends, so that passages may overlap."""

    def __init__(self, view: RecordView, source: SourceCoverage, id: str) -> None:
        self._view = view
        self._text = source.text or ""
        self._source = source
        self._id = id
        self._notes: list[str] = []
        self._faults = view.faults.get(source.id, [])
        own = merge((passage.start, passage.end) for passage in source.passages)
        gaps = [(*span, number) for number, span in enumerate(source.uncovered, 1)]
        elsewhere = [(*span, 0) for span in beyond(self._text, merge([*source.covered, *source.irrelevant]), own)]
        self._unmarked = sorted([*gaps, *elsewhere], reverse=True)
        """What no passage of this record covers, the last first: the numbers of the gaps, and 0 for what another quotes."""

    def html(self) -> tuple[str, str]:
        """The marked text, and a note for each passage that leads to several entries."""
        passages = self._source.passages
        firsts: dict[int, str] = {}
        pieces: list[str] = []
        for number, (start, end, indexes) in enumerate(segments(len(self._text), passages)):
            if not indexes:
                pieces.append(self._plain(start, end))
                continue
            id = f"{self._id}-{number}"
            for index in indexes:
                firsts.setdefault(index, id)
            pieces.append(self._marked(id, self._shown(start, end), [passages[index] for index in indexes]))
        lines = Lines(self._text)
        for index, passage in enumerate(passages):
            self._view.passages[passage.pointer] = firsts[index]
            self._quote(passage, firsts[index], lines)
        return "".join(pieces), "".join(self._notes)

    def _plain(self, start: int, end: int) -> str:
        """A piece that is no evidence of this record, with what is uncovered in it and what another record quotes."""
        pieces: list[str] = []
        while self._unmarked and self._unmarked[-1][0] < end:
            first, last, number = self._unmarked.pop()
            inner = self._shown(first, last)
            pieces.append(self._shown(start, first))
            if number:
                id = f"{self._id}-g{number}"
                pieces.append(
                    f'<mark class="gap" id="{id}" tabindex="-1"><span class="vh">uncovered: </span>{inner}</mark>'
                )
            else:
                pieces.append(f'<span class="elsewhere" title="another record quotes this">{inner}</span>')
            start = last
        return "".join([*pieces, self._shown(start, end)])

    def _shown(self, start: int, end: int) -> str:
        """A piece of the text, with what findings are about marked in it."""
        here = [
            Mark(
                max(fault.start, start) - start,
                min(fault.end, end) - start,
                f'<mark class="found {fault.severity}"'
                + (f' id="{fault.id}" tabindex="-1">' if fault.start >= start else ">"),
                "</mark>",
            )
            for fault in self._faults
            if fault.start < end and start < fault.end
        ]
        return marked(self._text[start:end], here, shown)

    def _marked(self, id: str, inner: str, passages: list[PlacedEvidence]) -> str:
        """A link from a piece of text to what it is evidence for; the shortest passage gives the colour."""
        order = sorted(passages, key=lambda passage: passage.end - passage.start)
        kinds = list(dict.fromkeys(passage.kind for passage in order))
        pointers = list(dict.fromkeys(passage.entry for passage in order))
        left_out = len(pointers) - len(pointers := pointers[:_LISTED])
        anchors = [self._view.entries[pointer] for pointer in pointers]
        words = {passage.entry: word(passage) for passage in order}
        names = [f"{words[pointer]}: {_cropped(self._view.names[pointer], _NAMED)}" for pointer in pointers]
        target = anchors[0] if len(anchors) == 1 else self._note(id, anchors, names, left_out)
        whole = " whole" if not any(pointers) else ""
        for depth, kind in enumerate(kinds[1:], 1):
            inner = f'<span class="u u-{kind} d{depth}">{inner}</span>'
        more = [f"and {len(names) - _TITLES} more"] if len(names) > _TITLES else []
        title = "&#10;".join(shown(name) for name in (*names[:_TITLES], *more))
        letters = "".join(kind[0].upper() for kind in kinds)
        return (
            f'<a class="p k-{kinds[0]}{whole}" id="{id}" href="#{target}" data-entries="{" ".join(anchors)}" '
            f'data-letters="{letters}" title="{title}">{inner}</a>'
        )

    def _note(self, id: str, anchors: list[str], names: list[str], left_out: int) -> str:
        links = "".join(
            f'<li><a href="#{anchor}">{shown(name)}</a></li>' for anchor, name in zip(anchors, names, strict=True)
        )
        links += f"<li>and {left_out:,} more</li>" if left_out else ""
        note = f"{id}-n"
        self._notes.append(
            f'<aside class="note" id="{note}" tabindex="-1" aria-label="Evidence for {len(anchors)} entries">'
            f'<p>This passage is evidence for</p><ul>{links}</ul><a class="back" href="#{id}">Back to the text</a></aside>\n'
        )
        return note

    def _quote(self, passage: PlacedEvidence, anchor: str, lines: Lines) -> None:
        line, column = lines.position(passage.start)
        text = shown(_cropped(self._text[passage.start : passage.end], _QUOTE))
        item = (
            f'<li><a href="#{anchor}">'
            f'<q {lang_of(self._source.language)}>{text}</q></a> <span class="where">{line}:{column}</span></li>\n'
        )
        self._view.quotes.setdefault(passage.entry, []).append(item)
