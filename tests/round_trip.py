"""A record as a draft and back: what is kept of it, and what tests compare."""

from collections.abc import Mapping
from typing import Any, Final

from diplomatic_events.extraction.assembling import Assembled, assemble
from diplomatic_events.extraction.drafts import extraction_draft

Json = dict[str, Any]
LOST: Final = frozenset({"$schema", "annotations", "extensions", "provenance"})
"""Properties of the record that a draft does not have: they are gone, but for the provenance, which is new."""
FILLED_IN: Final = {"source": {"text", "textFile", "sha256"}, "evidence": {"start", "end"}}
"""Properties that are filled in anew, by what tells such an object from others."""


def kept(record: Json) -> Json:
    """What of a record is the same after the way there and back."""
    sources = [without(source, FILLED_IN["source"]) for source in record["sources"]]
    return _plain({**without(record, LOST), "sources": sources})  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    left_out = FILLED_IN["evidence"] if "exact" in value else set()
    return {name: _plain(inner) for name, inner in value.items() if name not in left_out}


def without(value: Json, names: frozenset[str] | set[str]) -> Json:
    """An object without some of its properties."""
    return {name: inner for name, inner in value.items() if name not in names}


def texts_of(record: Json, files: Mapping[str, bytes]) -> dict[str, str]:
    """The texts of a record's sources, by their ids: those in it, and those in files beside it."""
    texts = {source["id"]: source["text"] for source in record["sources"] if "text" in source}
    of_files = {source["id"]: files.get(source["textFile"]) for source in record["sources"] if "textFile" in source}
    return texts | {id: _decoded(content) for id, content in of_files.items() if _decoded(content)}


def _decoded(content: bytes | None) -> str:
    try:
        return (content or b"").decode()
    except UnicodeDecodeError:
        return ""


def there_and_back(record: Json, files: Mapping[str, bytes] = {}) -> Assembled:
    """The record that is assembled from the draft of a record."""
    return assemble(extraction_draft(record), texts_of(record, files))


def offsets(record: Json) -> dict[tuple[Any, ...], tuple[int, int]]:
    """The offsets of all evidence that has some, by where it stands."""
    return dict(_offsets(record, ()))


def _offsets(value: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(value, dict) and "exact" in value and "start" in value:
        yield path, (value["start"], value["end"])
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield from _offsets(inner, (*path, key))
