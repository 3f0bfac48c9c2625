"""Valid records of each invented version, as Hypothesis draws them."""

from typing import Any

from hypothesis import strategies as st

TEXTS = st.sampled_from(["x", "Ünïted", "“quoted”", 'a "b" \\ c', "line\nbreak", "  ", "𝄞", "\u2028"])
IDS = ["a", "b-1", "c"]
TYPES = {
    "1.0": ["meeting", "visit", "audience"],
    "1.1": ["meeting", "visit", "audience", "summit"],
    "1.2": ["meeting", "visit", "audience", "summit"],
    "2.0": ["meeting", "visit", "summit"],
}


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
    targets = [pointer for pointer in pointers(record) if not pointer.startswith("/schemaVersion")]
    about = draw(st.lists(st.sampled_from(targets), max_size=4))
    if about:
        record["annotations"] = [{"target": target, "basis": f"remark {number}"} for number, target in enumerate(about)]
    return record


def pointers(value: Any, here: str = "") -> list[str]:
    """The pointer of every value, the whole record but for itself included."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [here] if here else []
    for key, part in inner:
        found += pointers(part, f"{here}/{key}")
    return found
