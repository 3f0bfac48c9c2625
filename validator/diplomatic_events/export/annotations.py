"""The evidence of records as W3C Web Annotations: https://www.w3.org/TR/annotation-model/.

The target of an annotation is the quoted passage; its body is the place in the record for which the passage is evidence.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from diplomatic_events import __version__
from diplomatic_events.pointers import Pointer, at, to_pointer
from diplomatic_events.schema.walker import Found, path_of

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
JSON_POINTER: Final = "http://tools.ietf.org/rfc/rfc6901"
RECORDS: Final = "tag:w3id.org,2026:diplomatic-events/records/"
"""What the IRIs of records begin with. Tag URIs (RFC 4151) identify, and promise no address."""

_LABELS: Final = ("text", "title", "name", "designation", "reason", "basis")
"""Where the words of a claim stand, the first of which is shown."""

Json = dict[str, Any]


def collection(annotations: Iterable[Json]) -> Iterator[str]:
    """The text of a JSON-LD document with annotations, in pieces: memory need not hold all of them."""
    head = {
        "@context": CONTEXT,
        "id": f"{RECORDS}#evidence",
        "type": "AnnotationCollection",
        "label": "Evidence of records of diplomatic events",
        "generator": {"id": "https://w3id.org/diplomatic-events/", "type": "Software", "name": f"diplomatic-events {__version__}"},
    }  # fmt: skip
    page = {"id": f"{RECORDS}#evidence-1", "type": "AnnotationPage", "startIndex": 0}
    yield f'{_text(head)[:-1]}, "first": {_text(page)[:-1]}, "items": ['
    total = 0
    for total, annotation in enumerate(annotations, 1):
        yield f"{',' if total > 1 else ''}\n{_text(annotation)}"
    yield f'\n]}}, "total": {total}}}\n'


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def annotations(record: Json, found: Found) -> Iterator[Json]:
    """An annotation for each piece of evidence in a record."""
    sources = {source["id"]: source for source in record["sources"]}
    for evidence, spot in found.entries["evidence"]:
        path = path_of(spot)
        yield {
            "id": _iri(record, path),
            "type": "Annotation",
            "motivation": "linking",
            "body": list(_bodies(record, path)),
            "target": {
                "type": "SpecificResource",
                "source": _source(record, evidence["source"], sources.get(evidence["source"], {})),
                "selector": list(_selectors(evidence)),
            },
        }


def _bodies(record: Json, path: Pointer) -> Iterator[Json]:
    """The claim that a piece of evidence supports: its place in the record, and its words if it has any."""
    claim = path[:-2]
    place = {"type": "FragmentSelector", "conformsTo": JSON_POINTER, "value": _fragment(claim)}
    yield {"type": "SpecificResource", "source": _iri(record), **({"selector": place} if claim else {})}
    value = at(record, claim)
    words = next((value[name] for name in _LABELS if isinstance(value.get(name), str)), None)
    if words is not None:
        yield {"type": "TextualBody", "value": words, "purpose": "describing"}


def _selectors(evidence: Json) -> Iterator[Json]:
    yield {
        "type": "TextQuoteSelector",
        **{key: evidence[key] for key in ("exact", "prefix", "suffix") if key in evidence},
    }
    if "start" in evidence:
        yield {"type": "TextPositionSelector", "start": int(evidence["start"]), "end": int(evidence["end"])}


def _source(record: Json, id: str, source: Json) -> str:
    """The IRI of a source: its address, or else its place in the record."""
    url: str | None = source.get("url")
    if url is not None:
        return url
    index = next((number for number, entry in enumerate(record["sources"]) if entry["id"] == id), None)
    return _iri(record, () if index is None else ("sources", index))


def _iri(record: Json, path: Pointer = ()) -> str:
    return f"{RECORDS}{record['id']}{f'#{_fragment(path)}' if path else ''}"


def _fragment(path: Pointer) -> str:
    return quote(to_pointer(path), safe="/~")
