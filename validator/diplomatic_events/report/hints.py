"""What may stand in the place of an issue: codes, ids, missing properties, passages. Worked out only for who asks for it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from diplomatic_events.findings import Hint, Issue, Mismatch, Passage
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rules.record import Record
from diplomatic_events.schema import codelists
from diplomatic_events.schema.words.keywords import near_countries
from diplomatic_events.sources.search import searched
from diplomatic_events.sources.texts import SourceText
from diplomatic_events.suggest import nearest

MOST_HINTED: Final = 10
"""Of each rule, so many issues of a record get a hint."""

_MOST_ALLOWED: Final = 60
_MOST_CHARACTERS: Final = 1_500
"""Of codes or ids, so many and so long are named."""

_MOST_PASSAGES: Final = 3
_LONGEST_PASSAGE: Final = 600
_CONTEXT: Final = 60
"""So many characters are shown on either side of a passage."""

_STOPS: Final = ".!?\n"
_NOTHING: Final = Hint()
_OF_QUOTES: Final = frozenset({"evidence/not-verbatim", "evidence/ambiguous", "evidence/context-mismatch"})
"""The rules about where a quote stands."""
_NAME_NOT_THERE: Final = "claims/name-not-in-evidence"
_MISSING: Final = "schema/missing-property"


def hinted(issues: list[tuple[str, Issue]], record: Record) -> list[tuple[str, Issue]]:
    """The issues with what may stand in their places; of very many with one rule, only the first."""
    seen: Counter[str] = Counter()
    found: list[tuple[str, Issue]] = []
    for rule, issue in issues:
        seen[rule] += 1
        hint = _hint(rule, issue, record) if seen[rule] <= MOST_HINTED else _NOTHING
        found.append((rule, issue if hint == _NOTHING else issue._replace(hint=hint)))
    return found


def _hint(rule: str, issue: Issue, record: Record) -> Hint:
    if issue.at_key:
        return _NOTHING
    if rule == _MISSING:
        return Hint(missing=tuple(_missing(issue, record)))
    value = at(record.value, issue.path)
    if passages := tuple(islice(_passages(rule, issue, value, record), _MOST_PASSAGES)):
        return Hint(passages=passages)
    allowed = allowed_at(issue.path, value, record)
    return _NOTHING if value in allowed.allowed else allowed  # a known code or id in the wrong place is no misspelling


def _missing(issue: Issue, record: Record) -> Iterator[tuple[Pointer, Hint]]:
    """The properties of which an object needs one: those that the message names last."""
    named = re.findall(r"`(\w+)`", issue.message.partition(" needs ")[2].partition(", because ")[0])
    for name in named:
        path = (*issue.path, name)
        yield path, allowed_at(path, "", record)


def allowed_at(path: Pointer, wrong: Any, record: Record) -> Hint:
    """The codes or ids that may stand at a path, the nearest to a wrong one first."""
    wrong = wrong if isinstance(wrong, str) else ""
    step = record.schema.plan.at(path)
    if step is None or (step.many and not isinstance(path[-1], int)):
        return _NOTHING
    if step.action == "reference":
        own = at(record.value, path[: -2 if isinstance(path[-1], int) else -1]).get("id")
        ids = [id for id in record.known(step.detail) if id != own]  # no entry answers itself, or is a part of itself
        return _cut(record.nearest(wrong, ids), ids)
    if step.action == "code":
        return _codes(path, step.detail, wrong, record)
    return _NOTHING


def _codes(path: Pointer, name: str, wrong: str, record: Record) -> Hint:
    versions = record.schema.definitions.catalogue
    part = record.schema.definitions.at(path)
    codes = part.get("enum") or [code for code, row in codelists.read(versions, name).items() if not row.deprecated]
    if name == "country":
        near = near_countries(versions, wrong, _beside(path, record)) if wrong else []
    else:
        near = [code for code in codelists.nearest_codes(versions, name, wrong) if code in codes] if wrong else []
    return _cut(near or nearest(wrong, codes), codes)


def _beside(path: Pointer, record: Record) -> object:
    holder = at(record.value, path[:-1])
    return holder.get("name") if isinstance(holder, dict) else None


def _cut(near: list[str], every: list[str]) -> Hint:
    """Those that are near and then the others, as long as they are few; of very many, only those that are near."""
    wanted = list(dict.fromkeys([*near, *every] if len(every) <= _MOST_ALLOWED else near))
    while wanted and sum(map(len, wanted)) > _MOST_CHARACTERS:
        wanted.pop()
    return Hint(tuple(wanted), len(every) - len(wanted))


def _passages(rule: str, issue: Issue, value: Any, record: Record) -> Iterator[Passage]:
    """The passages that a quote may have meant, or that name a person whose evidence does not."""
    if rule == _NAME_NOT_THERE:
        yield from _naming(at(record.value, issue.path[:-1]).get("name"), record)
    if rule not in _OF_QUOTES:
        return
    quote = value if isinstance(value, dict) else at(record.value, issue.path[:-1])
    source, exact = str(quote.get("source")), quote.get("exact")
    if issue.mismatch is not None:
        yield from _nearest(source, issue.mismatch)
    elif isinstance(exact, str):
        texts = _texts(record)
        for id, text in texts.items() if value == exact else [(source, texts.get(source, ""))]:
            yield from (_passage(id, text, place, place + len(exact)) for place in _places(text, exact))


def _texts(record: Record) -> dict[str, str]:
    return {id: text.content for id, text in record.sources.items() if isinstance(text, SourceText)}


def _nearest(source: str, mismatch: Mismatch) -> Iterator[Passage]:
    """The passage that a quote nearly is, as long as the quote."""
    start = max(0, mismatch.source_span[0] - mismatch.quoted_span[0])
    end = min(len(mismatch.text), mismatch.source_span[1] + len(mismatch.quoted) - mismatch.quoted_span[1])
    if end - start <= _LONGEST_PASSAGE:
        yield _passage(source, mismatch.text, start, end)


def _naming(name: Any, record: Record) -> Iterator[Passage]:
    """The sentences that have the last word of a name."""
    word = name.split()[-1] if isinstance(name, str) and name.strip() else ""
    for id, text in _texts(record).items() if word else ():
        for place in _places(text, word):
            start = max(text.rfind(mark, 0, place) + 1 for mark in _STOPS)
            end = min((stop + 1 for mark in _STOPS if (stop := text.find(mark, place)) >= 0), default=len(text))
            start += len(text[start:place]) - len(text[start:place].lstrip())
            if end - start <= _LONGEST_PASSAGE:
                yield _passage(id, text, start, end)


def _places(text: str, wanted: str) -> Iterator[int]:
    place = -1
    while len(wanted) <= _LONGEST_PASSAGE and (place := searched(text).find(wanted, place + 1)) >= 0:
        yield place


def _passage(source: str, text: str, start: int, end: int) -> Passage:
    return Passage(source, text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT])
