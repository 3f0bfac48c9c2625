"""Records made of a text and quotes from it, and what `coverage` measures in them."""

import json
from pathlib import Path
from typing import Any

from diplomatic_events.coverage.measure import SourceCoverage, cover
from diplomatic_events.coverage.survey import Survey, survey
from diplomatic_events.inputs.paths import expand
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.structure import structure
from diplomatic_events.sources.texts import Texts
from newest import VERSION

SCHEMA = structure(catalogue(), VERSION)


def record_quoting(text: str, *quotes: str | dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A record of one source, with one statement that has these quotes as its evidence."""
    evidence = [{"source": "report", **({"exact": quote} if isinstance(quote, str) else quote)} for quote in quotes]
    statement = {"id": "s", "speakers": ["d"], "form": "indirect", "text": "So it is.", "evidence": evidence}
    return {
        "schemaVersion": VERSION,
        "id": "talks",
        "language": "en",
        "title": "Talks",
        "type": "meeting",
        "status": "held",
        "date": "2021-05-03",
        "parties": [{"id": "a", "type": "other", "name": "A"}],
        "delegations": [{"id": "d", "party": "a", "capacity": "participant"}],
        **({"statements": [statement]} if quotes else {}),
        "sources": [{"id": "report", "type": "news-article", "language": "en", "text": text}],
        **changes,
    }


def source_of(value: dict[str, Any]) -> SourceCoverage:
    """What evidence covers in the one source of a record."""
    (source,) = cover(value, SCHEMA, Texts(None)).sources
    return source


def surveyed(folder: Path, *values: dict[str, Any]) -> Survey:
    """What is measured in files that hold these records, one each."""
    for number, value in enumerate(values):
        (folder / f"{number}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return survey(expand([str(folder)]))
