"""Valid records of each invented version, as Hypothesis draws them."""

import re
from typing import Any

from hypothesis import strategies as st

from diplomatic_events.pointers import to_pointer

TEXTS = st.sampled_from(["x", "Ünïted", "“quoted”", 'a "b" \\ c', "line\nbreak", "  ", "𝄞", "\u2028"])
IDS = ["a", "b-1", "c"]
TYPES = {
    "1.0": ["meeting", "visit", "audience"],
    "1.1": ["meeting", "visit", "audience", "summit"],
    "1.2": ["meeting", "visit", "audience", "summit"],
    "2.0": ["meeting", "visit", "summit"],
}
FLEETING = re.compile("^/(weather|outcome|remark|talks/[0-9]+(/mood)?$)")
"""What a version may have no place for: such values are annotated more often."""


@st.composite
def talks(draw: st.DrawFn, version: str) -> dict[str, Any]:
    """A talk: from 2.0 on always with a subject."""
    optional: dict[str, st.SearchStrategy[Any]] = {
        "note": TEXTS,
        "evidence": st.lists(st.fixed_dictionaries({"source": st.just("a"), "exact": TEXTS}), min_size=1, max_size=2),
    }
    always = {"id": st.sampled_from(IDS)}
    (always if version == "2.0" else optional)["subject"] = TEXTS
    if version in ("1.1", "1.2"):
        optional["mood"] = st.sampled_from(["cordial", "frank"])
    return draw(st.fixed_dictionaries(always, optional=optional))


@st.composite
def records(draw: st.DrawFn, version: str) -> dict[str, Any]:
    """A valid record of a version, whose annotations are about values that it has."""
    always: dict[str, st.SearchStrategy[Any]] = {
        "schemaVersion": st.just(version),
        "id": st.sampled_from(IDS),
        "title": TEXTS,
        "type": st.sampled_from(TYPES[version]),
        "date": st.sampled_from(["2031", "2031-05", "2031-05-03"]),
        "parties": st.lists(st.fixed_dictionaries({"id": st.sampled_from(IDS), "name": TEXTS}), min_size=1, max_size=3),
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "$schema": st.sampled_from(
            [
                f"https://example.org/invented/{version}/event.schema.json",
                f"../../catalogue/{version}/event.schema.json",
                f"https://example.org/{version}/of/our/own.json",
                "elsewhere.json",
            ]
        ),
        "talks": st.lists(talks(version), min_size=1, max_size=4),
        "sources": st.just([{"id": "a", "text": "They met."}]),
        "extensions": st.just({"org.example": {"numbers": [1, 2.5, True, None], "city": "kept"}}),
    }
    if version == "2.0":
        always["place"] = st.fixed_dictionaries({"city": TEXTS}, optional={"venue": TEXTS})
        optional |= {"hostedBy": st.sampled_from(IDS), "outcome": TEXTS}
    else:
        always["city"] = TEXTS
        optional |= {"venue": TEXTS, "host": st.sampled_from(IDS)}
    if version == "1.2":
        optional["weather"] = TEXTS
    record = draw(st.fixed_dictionaries(always, optional=optional))
    return draw(annotated(record))


@st.composite
def annotated(draw: st.DrawFn, /, record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A record with annotations, each with a basis of its own, about any of its values: those of annotations, too."""
    number = draw(st.integers(0, 5))
    if not number:
        return record
    annotations = [{"target": "", **more, "basis": f"remark {place}"} for place in range(number)]
    targets = [pointer for pointer in pointers(record) if not pointer.startswith("/schemaVersion")]
    fleeting = [pointer for pointer in targets if FLEETING.search(pointer)] or targets
    inner = pointers({"annotations": annotations})
    for annotation in annotations:
        annotation["target"] = draw(st.sampled_from(draw(st.sampled_from([targets, fleeting, inner]))))
    return {**record, "annotations": annotations}


def pointers(value: Any, here: str = "") -> list[str]:
    """The pointer of every value but the whole record."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [here] if here else []
    for key, part in inner:
        found += pointers(part, here + to_pointer((key,)))
    return found
