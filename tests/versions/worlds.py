"""Versions with the steps between them and records to draw, real and invented: what holds for steps must hold in each."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

import conformance
from checking import EXAMPLE, ROOT
from codelists import number
from diplomatic_events.migrate import steps as migrate
from diplomatic_events.migrate.steps import Change, Loss, Record, Step, Steps
from diplomatic_events.schema.catalogue import Catalogue, Version, catalogue
from diplomatic_events.schema.structure import Structure
from versions import steps, strategies


class World(NamedTuple):
    """Versions, the steps between them, and how records of a version are drawn.

    ``coarser`` has the places of codes that give way to a wider one where a version does not know them, with that wider
    one. ``merged`` has the values that are made one with a value in them, so that what was said of them is said of that.
    """

    name: str
    catalogue: Catalogue
    steps: Steps
    records: Callable[[str], st.SearchStrategy[Record]]
    coarser: Mapping[str, Any] = {}
    merged: Mapping[str, str] = {}

    def trips(self) -> list[tuple[str, str]]:
        """The pairs of different versions between which steps lead."""
        numbers = list(self.catalogue.versions)
        return [(source, to) for source in numbers for to in numbers if source != to and self._leads(source, to)]

    def round_trips(self) -> list[tuple[str, str]]:
        """Those from which steps lead back again."""
        return [(source, to) for source, to in self.trips() if (to, source) in self.trips()]

    def _leads(self, source: str, to: str) -> bool:
        numbers = list(self.catalogue.versions)
        way = sorted((numbers.index(source), numbers.index(to)))
        stations = numbers[way[0] : way[1] + 1]
        if numbers.index(source) > numbers.index(to):
            stations.reverse()
        return self.catalogue.versions[to].status != "withdrawn" and all(
            pair in self.steps for pair in pairwise(stations)
        )


@cache
def real_records(version: str) -> dict[str, Any]:
    """Every record of a version that the project has and that is valid in it."""
    found = {"the example of the rules": EXAMPLE}
    for path in sorted(ROOT.glob("examples/*/record.json")):
        found[path.relative_to(ROOT).as_posix()] = _read(path.read_bytes())
    found |= {name: _read(data) for name, data in conformance.files().items()}
    structure = Structure(catalogue(), version)
    return {
        name: value for name, value in found.items() if _is_of(version, value) and not structure.judge(value).issues
    }


def _is_of(version: str, value: Any) -> bool:
    return isinstance(value, dict) and value.get("schemaVersion") == version


def _read(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None  # some fixtures are not JSON, on purpose


def real_drawn(version: str) -> st.SearchStrategy[Record]:
    """A real record of a version, with annotations about any of its values in place of its own."""
    found = real_records(version)
    return st.sampled_from(sorted(found)).flatmap(lambda name: _annotated(found[name]))


def _annotated(record: Record) -> st.SearchStrategy[Record]:
    bare = {key: value for key, value in record.items() if key != "annotations"}
    return strategies.annotated(bare, kind="inferred")


class Grown(Catalogue):
    """The real versions and, as the next minor one, the latest with a property more."""

    def __init__(self) -> None:
        super().__init__(catalogue().folder)
        self.last = list(catalogue().versions)[-1]
        major, minor = number(self.last)
        self.next = f"{major}.{minor + 1}"
        self._versions = {**catalogue().versions, self.next: Version(self.next, "draft")}
        schema = catalogue().schema(self.last)
        more = {"schemaVersion": {"const": self.next}, "remark": {"type": "string"}}
        self._schemas = {self.next: {**schema, "properties": {**schema["properties"], **more}}}


GROWN = Grown()


def _grown_drawn(version: str) -> st.SearchStrategy[Record]:
    if version != GROWN.next:
        return real_drawn(version)
    return st.tuples(st.sampled_from(sorted(real_records(GROWN.last))), st.booleans()).flatmap(
        lambda drawn: _annotated(_with_remark(real_records(GROWN.last)[drawn[0]], remark=drawn[1]))
    )


def _with_remark(record: Record, *, remark: bool) -> Record:
    """A record of the latest real version as one of the next."""
    address = record.get("$schema", "").replace(f"/{GROWN.last}/", f"/{GROWN.next}/")
    known = {**record, "schemaVersion": GROWN.next} | ({"$schema": address} if address else {})
    return known | ({"remark": "It rained."} if remark else {})


def _up(record: Record) -> Change:
    return Change(record)


def _down(record: Record) -> Change:
    lost = (Loss("/remark", "the remark", f"{GROWN.last} has none"),) if record.pop("remark", None) else ()
    return Change(record, lost)


_GROWN_STEPS = {
    **migrate.STEPS,
    (GROWN.last, GROWN.next): Step(GROWN.last, GROWN.next, _up),
    (GROWN.next, GROWN.last): Step(GROWN.next, GROWN.last, _down),
}

INVENTED = World(
    "invented",
    Catalogue(Path(__file__).parent / "catalogue"),
    steps.STEPS,
    strategies.records,
    coarser={"/type": "meeting"},
    merged={"/place": "/place/city"},
)
REAL = World("real", catalogue(), migrate.STEPS, real_drawn)
"""It has nothing to draw as long as there is one real version."""

REAL_AND_ONE_MORE = World("real and one more", GROWN, _GROWN_STEPS, _grown_drawn)
"""It shows that the real records can be drawn, and travel, before there is a second version."""

WORLDS = (INVENTED, REAL, REAL_AND_ONE_MORE)
