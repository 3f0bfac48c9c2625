"""One fault in a run: between two records, in a file, or in the configuration. A strategy for each rule that looks at one."""

import gzip
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from property.model import VERSION
from property.strategies import Json, records
from property.words import texts


class Run(NamedTuple):
    """Files of a run with one fault: the file and the pointer at which the rule must see it, and the run's options."""

    file: str
    pointer: str
    files: dict[str, bytes]
    options: Mapping[str, Any] = MappingProxyType({})

    @property
    def configured(self) -> bool:
        """Whether there is a configuration among the files."""
        return "diplomatic-events.toml" in self.files


def _written(record: Json) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode()


def _lone(record: Json) -> Json:
    """A record that neither names another one nor shares anybody with one."""
    return {
        name: [{key: inner for key, inner in entry.items() if key != _LINKS[name]} for entry in value]
        if name in _LINKS else value
        for name, value in record.items()
    } | {"id": "lone"}  # fmt: skip


_LINKS: Final = {"upcoming": "record", "related": "record", "parties": "identifiers", "people": "identifiers"}
"""What leads from one record to others."""


def _pair(first: Json, second: Json, pointer: str) -> Run:
    """Two records, of which the second has the fault."""
    return Run("b.json", pointer, {"a.json": _written(first), "b.json": _written(second)})


def _party(id: str, name: str, **more: Any) -> Json:
    return {"id": id, "type": "group", "name": name, **more}


def _event(id: str, date: str, **more: Any) -> Json:
    """A record that says little, so that nothing in it has to do with another one but what is given."""
    source = {"id": "s", "type": "other"}
    return {
        "schemaVersion": VERSION, "id": id, "language": "en", "title": "Talks", "type": "conference", "status": "announced",
        "date": date, "parties": [_party("p", f"the hosts of {id}")], "sources": [source], **more,
    }  # fmt: skip


def _duplicate_record(record: Json) -> Run:
    """The same id and revision in a record of another event."""
    revision = {"revision": record["revision"]} if "revision" in record else {}
    return _pair(record, _event("lone", "1234", **revision), "/id")


def _unknown_record(record: Json) -> Run:
    link = {"id": "link", "relation": "follows-up", "title": "Talks", "record": "nobody-has-this"}
    return _pair(record, _event("b", "1234", related=[link]), "/related/0/record")


def _announcement_contradicted(record: Json, by_place: bool) -> Run:
    """An event that was announced for another day or city than that of its own record."""
    link: Json = {"id": "link", "relation": "prepares", "title": "Talks", "record": "held-there"}
    link |= {"place": {"city": "Bern", "country": "CHE"}} if by_place else {"date": "1234-05-07"}
    there = [{"city": "Rome", "country": "ITA"}] if by_place else [{"venue": "the palace"}]
    first = _event("held-there", "1234-05-06", places=there)
    second = {**_event("b", "1233"), "related": [link]}
    files = {"a.json": _written(first), "b.json": _written(second), "c.json": _written(record)}
    return Run("b.json", f"/related/0/{'place' if by_place else 'date'}", files)


def _identity_conflict(record: Json, number: int) -> Run:
    known = [{"scheme": "wikidata", "value": f"Q{number}"}]
    one = _event("b", "1234", parties=[_party("p", "Freedonia", identifiers=known)])
    other = _event("c", "1235", parties=[_party("p", "Sylvania", identifiers=known)])
    files = {"a.json": _written(record), "b.json": _written(one)}
    return Run("c.json", "/parties/0", {**files, "c.json": _written(other)})


def _two_identities(record: Json, number: int) -> Run:
    one, other = (
        _event(id, date, parties=[_party("p", "Freedonia", identifiers=[{"scheme": "wikidata", "value": f"Q{known}"}])])
        for id, date, known in (("b", "1234", number), ("c", "1235", number + 1))
    )
    return Run("c.json", "/parties/0", {"a.json": _written(record), "b.json": _written(one), "c.json": _written(other)})


def _possible_duplicate_event(record: Json, title: str) -> Run:
    """The same event under two ids: its type, day and parties are the same, whatever else is."""
    same: Json = {
        "type": "signing", "status": "announced", "date": "1234-05-06",
        "parties": [_party("p", "Freedonia"), _party("q", "Sylvania")],
        "delegations": [
            {"id": f"d-{party}", "party": party, "capacity": "participant", "evidence": [{"source": "s", "exact": "x"}]}
            for party in "pq"
        ],
        "sources": [{"id": "s", "type": "other", "text": "x"}],
    }  # fmt: skip
    first, second = _event("b", **same), {**_event("c", **same), "title": title}
    files = {"a.json": _written(record), "b.json": _written(first)}
    return Run("c.json", "/id", {**files, "c.json": _written(second)})


def _too_large(record: Json, over: int) -> Run:
    data = _written(record)
    return Run("a.json", "", {"a.json": data}, {"max_bytes": max(1, len(data) - over)})


def _truncated(record: Json, cut: int) -> Run:
    """A .gz that ends too early; at least its header is there, and at least its check sum is not."""
    data = gzip.compress(_written(record), mtime=0)
    return Run("a.json.gz", "", {"a.json.gz": data[: max(10, len(data) - 8 - cut)]})


def _suppressed(record: Json, rule: str, expires: str) -> Run:
    """A suppression of what the record does not have, or one whose last day is over."""
    entry = f'[[suppress]]\nrule = "{rule}"\nreason = "The source says so."\n{expires}'
    return Run("diplomatic-events.toml", "", {"a.json": _written(record), "diplomatic-events.toml": entry.encode()})


_LONE: Final = records().map(_lone)
_RULES: Final = ("evidence", "dates/no-such-day", "schema", "reference/unknown-party")

RUN_FAULTS: Final[dict[str, st.SearchStrategy[Run]]] = {
    "corpus/duplicate-record": _LONE.map(_duplicate_record),
    "corpus/unknown-record": _LONE.map(_unknown_record),
    "corpus/announcement-contradicted": st.builds(_announcement_contradicted, _LONE, st.booleans()),
    "corpus/identity-conflict": st.builds(_identity_conflict, _LONE, st.integers(1, 10**9)),
    "corpus/two-identities": st.builds(_two_identities, _LONE, st.integers(1, 10**9)),
    "corpus/possible-duplicate-event": st.builds(_possible_duplicate_event, _LONE, texts()),
    "json/too-large": st.builds(_too_large, _LONE, st.integers(1, 10**4)),
    "json/truncated-compression": st.builds(_truncated, _LONE, st.integers(0, 10**4)),
    "config/unused-suppression": st.builds(_suppressed, _LONE, st.sampled_from(_RULES), st.just("")),
    "config/expired-suppression": st.builds(
        _suppressed,
        _LONE,
        st.sampled_from(_RULES),
        st.sampled_from(("expires = 2031-05-02\n", "expires = 1999-12-31\n")),
    ),
}
"""A run with one fault of each rule that looks at more than the value of one record."""
