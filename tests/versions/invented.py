"""Three invented versions, the steps between them, and records of each: 1.1 is a minor version and 2.0 a major one.

What the machinery of versions promises is proven with them while there is one real version.
"""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from diplomatic_events.migrate.steps import Change, Loss, Steps
from diplomatic_events.pointers import to_pointer
from diplomatic_events.schema.catalogue import Catalogue

HERE = Path(__file__).parent
CATALOGUE = Catalogue(HERE / "catalogue")
TRIPS = [(source, to) for source in CATALOGUE.versions for to in CATALOGUE.versions if source != to]


def raw(name: str) -> bytes:
    """A record as it is written in its file: `1.0-minimal`, `1.0-full`, `1.1-full` or `2.0-full`."""
    return (HERE / "records" / f"{name}.json").read_bytes()


def record(name: str, **changes: Any) -> dict[str, Any]:
    """The record of a file, with some properties changed."""
    return {**json.loads(raw(name)), **changes}


# The steps, written as steps between real versions are to be


def to_1_1(old: dict[str, Any]) -> Change:
    """Version 1.1 only adds: the mood of talks, and the type `summit`."""
    return Change(old)


def back_to_1_0(old: dict[str, Any]) -> Change:
    """Version 1.0 knows neither summits nor moods."""
    lost: list[Loss] = []
    moved: dict[str, str] = {}
    if old["type"] == "summit":
        old["type"] = "meeting"
        lost.append(Loss("/type", "that it was a summit", "the nearest code of 1.0 is `meeting`"))
        moved["/type"] = "/type"
    return Change(old, (*lost, *_without_moods(old)), moved)


def to_2_0(old: dict[str, Any]) -> Change:
    """Version 2.0 renames the host, puts city and venue together, and drops audiences, moods and nameless talks."""
    new: dict[str, Any] = {}
    lost: list[Loss] = []
    moved: dict[str, str] = {}
    for name, value in old.items():
        if name in ("city", "venue"):
            new.setdefault("place", {})[name] = value
            moved[f"/{name}"] = f"/place/{name}"
        elif name == "host":
            new["hostedBy"] = value
            moved["/host"] = "/hostedBy"
        else:
            new[name] = value
    if new["type"] == "audience":
        new["type"] = "meeting"
        lost.append(Loss("/type", "that it was an audience", "2.0 has only the wider code `meeting`"))
        moved["/type"] = "/type"
    talks = new.pop("talks", [])
    if kept := [number for number, talk in enumerate(talks) if "subject" in talk]:
        nameless = [number for number in range(len(talks)) if number not in kept]
        lost += (Loss(f"/talks/{number}", "a talk", "it has no subject, which 2.0 asks for") for number in nameless)
        lost += (loss for loss in _without_moods({"talks": talks}) if int(loss.pointer.split("/")[2]) in kept)
        moved |= {f"/talks/{number}": f"/talks/{place}" for place, number in enumerate(kept)}
        new["talks"] = [talks[number] for number in kept]
    elif talks:
        lost.append(Loss("/talks", "the talks", "none has a subject, which 2.0 asks for"))
    return Change(new, tuple(lost), moved)


def back_to_1_1(old: dict[str, Any]) -> Change:
    """Version 1.1 has city and venue apart, and no weather."""
    new: dict[str, Any] = {}
    moved = {"/place": "/city"}
    for name, value in old.items():
        if name == "place":
            new |= value
            moved |= {f"/place/{part}": f"/{part}" for part in value}
        elif name == "hostedBy":
            new["host"] = value
            moved["/hostedBy"] = "/host"
        elif name != "weather":
            new[name] = value
    lost = (Loss("/weather", "the weather", "1.1 has no place for it"),) if "weather" in old else ()
    return Change(new, lost, moved)


def _without_moods(old: dict[str, Any]) -> list[Loss]:
    return [
        Loss(f"/talks/{number}/mood", "the mood", "talks have no mood there")
        for number, talk in enumerate(old.get("talks", ()))
        if talk.pop("mood", None)
    ]


STEPS: Steps = {
    ("1.0", "1.1"): to_1_1,
    ("1.1", "1.0"): back_to_1_0,
    ("1.1", "2.0"): to_2_0,
    ("2.0", "1.1"): back_to_1_1,
}

# Valid records, as Hypothesis draws them

TEXTS = st.sampled_from(["x", "Ünïted", 'a "b" \\ c', "line\nbreak", "  ", "𝄞", "\u2028"])
IDS = st.sampled_from(["a", "b-1", "c"])
TYPES = {
    "1.0": ["meeting", "visit", "audience"],
    "1.1": ["meeting", "visit", "audience", "summit"],
    "2.0": ["meeting", "visit", "summit"],
}


@st.composite
def drawn(draw: st.DrawFn, version: str) -> dict[str, Any]:
    """A valid record of a version, with annotations about any of its values, those of annotations included."""
    always: dict[str, st.SearchStrategy[Any]] = {
        "schemaVersion": st.just(version),
        "id": IDS,
        "title": TEXTS,
        "type": st.sampled_from(TYPES[version]),
        "date": st.sampled_from(["2031", "2031-05-03"]),
        "parties": st.lists(st.fixed_dictionaries({"id": IDS, "name": TEXTS}), min_size=1, max_size=2),
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "$schema": st.sampled_from([f"../{version}/event.schema.json", "elsewhere.json"]),
        "extensions": st.just({"org.example": {"numbers": [1, 2.5, True, None], "city": "kept"}}),
    }
    talk: dict[str, st.SearchStrategy[Any]] = {"id": IDS, "subject": TEXTS}
    if version == "2.0":
        always["place"] = st.fixed_dictionaries({"city": TEXTS}, optional={"venue": TEXTS})
        optional |= {"hostedBy": IDS, "weather": TEXTS}
        talks = st.fixed_dictionaries(talk, optional={"note": TEXTS})
    else:
        always["city"] = TEXTS
        optional |= {"venue": TEXTS, "host": IDS}
        more = {"note": TEXTS, "subject": talk.pop("subject")}
        more |= {"mood": st.sampled_from(["cordial", "frank"])} if version == "1.1" else {}
        talks = st.fixed_dictionaries(talk, optional=more)
    optional["talks"] = st.lists(talks, min_size=1, max_size=3)
    found = draw(st.fixed_dictionaries(always, optional=optional))
    if number := draw(st.integers(0, 4)):
        found["annotations"] = [{"target": "", "basis": f"remark {place}"} for place in range(number)]
        targets = [pointer for pointer in pointers(found) if pointer != "/place"]  # it and its city become one in 1.1
        for annotation in found["annotations"]:
            annotation["target"] = draw(st.sampled_from(targets))
    return found


def pointers(value: Any, here: str = "") -> list[str]:
    """The pointer of every value in another."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = []
    for key, part in inner:
        there = here + to_pointer((key,))
        found += [there, *pointers(part, there)]
    return found
