"""A record against the JSON Schema of its version: `schema/…` findings in people's words.

An engine only says which value breaks which keyword. The words come from `keywords` and `properties`, so that they are the
same for every engine, and one mistake that breaks two keywords becomes one finding.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer, at, replaced
from diplomatic_events.rulebook import Rule
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.definitions import Definitions
from diplomatic_events.schema.engines import MOST_VIOLATIONS, Engine, Violation, compile_schema
from diplomatic_events.schema.plan import Plan, Step
from diplomatic_events.schema.version import declared
from diplomatic_events.schema.walker import HERE, Found, Spot, spot_of, visit, walk
from diplomatic_events.schema.words import properties
from diplomatic_events.schema.words.keywords import EXPLANATIONS, Context
from diplomatic_events.stages import Timed, unmeasured
from diplomatic_events.suggest import MOST_HELPED

_RANKS: Final = {keyword: rank for rank, keyword in enumerate(EXPLANATIONS)}
_NO_RECORD: Final = ("schema/not-an-object", Issue((), "a record is an object"))


class Judgement:
    """What the schema says of a record: issues by rule, and the paths that later rules cannot rely on.

    ``cut`` is whether there are more of them, which nobody has looked for.
    """

    def __init__(self) -> None:
        self.issues: list[tuple[str, Issue]] = []
        self.broken: dict[Pointer, None] = {}
        self.cut = False


class Held(NamedTuple):
    """A record held against a schema: whether it keeps it, and what stands where in it."""

    schema: "Structure"
    valid: bool
    found: Found

    def is_bounded(self, max_depth: int) -> bool:
        """Whether the schema itself sees to it that no number is out of range and that nothing is nested deeper."""
        return self.valid and not self.found.open and self.schema.depth <= max_depth


@cache
def structure(source: Catalogue, version: str, engine: str = "auto") -> "Structure":
    """The schema of one version, compiled once for everything that is held against it.

    Raises:
        DiplomaticEventsError: There is no such version, or the engine is not installed.
    """
    return Structure(source, version, engine)


def hold(
    value: Any, source: Catalogue, wanted: str, engine: str, timed: Timed = unmeasured
) -> Held | tuple[str, Issue]:
    """A record checked against the schema of its version, or the one issue that says why there is none.

    ``wanted`` is a version that is to hold whatever the record declares, or `auto`.

    Raises:
        DiplomaticEventsError: The engine is not installed, or there is no such version as is wanted.
    """
    version = declared(value, source, wanted)
    return structure(source, version, engine).hold(value, timed) if isinstance(version, str) else version


class Structure:
    """The compiled schema of one version, and the plan of where things stand in its records."""

    def __init__(self, source: Catalogue, version: str, engine: str = "auto") -> None:
        self.definitions = Definitions(source, version)
        self.schema = self.definitions.schema
        self._walk, self.sound, self.depth = walk(source, version)
        self.engine = compile_schema(self.schema, engine)
        self._name = engine
        self._parts: dict[int, Engine] = {}

    @cached_property
    def plan(self) -> Plan:
        """Where things stand in records; most valid ones do not need it."""
        return Plan(self.schema)

    def hold(self, record: dict[str, Any], timed: Timed = unmeasured) -> Held:
        """Hold a record against the schema, without a word on what is wrong with it."""
        visible = timed("schema", self.engine.is_visible)(record)
        if not visible and not timed("schema", self.engine.is_valid)(record):
            return Held(self, False, timed("walk", self.collect_at)((), record))
        found = Found()
        timed("walk", self._walk)(record, HERE, found)
        found.visible = visible and not found.open
        return Held(self, True, found)

    def collect_at(self, path: Pointer, value: Any) -> Found:
        """What stands where in a value at a path of a record."""
        found = Found()
        for step, visited, spot in self._visit(path, value):
            found.add(self.plan, step, visited, spot)
        return found

    def references_at(self, path: Pointer, value: Any) -> Iterator[tuple[tuple[str, ...], str, Spot]]:
        """Each reference in a value at a path of a record: the kinds of entry that it may name, its id and its spot."""
        return ((step.detail, id, spot) for step, id, spot in self._visit(path, value) if step.action == "reference")

    def _visit(self, path: Pointer, value: Any) -> Iterator[tuple[Step, Any, Spot]]:
        step = self.plan.at(path)
        return iter(()) if step is None else visit(self.plan, step, value, spot_of(path))

    def judge(self, record: dict[str, Any]) -> Judgement:
        """Hold a record against the schema."""
        return Judgement() if self.engine.is_valid(record) else self.explain(record)

    def engine_of(self, part: dict[str, Any]) -> Engine:
        """The engine for one part of the schema, which judges the property `value` of an object."""
        if id(part) not in self._parts:
            schema = {"$schema": self.schema["$schema"], "$defs": self.schema["$defs"], "properties": {"value": part}}
            self._parts[id(part)] = compile_schema(schema, self._name)
        return self._parts[id(part)]

    def _fits(self, path: Pointer, value: Any) -> bool:
        """Whether the schema allows a value in a place of a record."""
        return self.engine_of(self.definitions.part_at(path)).is_valid({"value": value})

    def explain(
        self, record: dict[str, Any], violations: Iterable[Violation] | None = None, *, helped: bool = True
    ) -> Judgement:
        """What the schema has to say of a record that is not valid; or only some of its violations in people's words."""
        judgement = Judgement()
        found = self.engine.violations(record) if violations is None else violations
        taken = sorted(islice(found, MOST_VIOLATIONS), key=_rank)
        for rule, issue in self._of_values(record, taken, helped=helped):
            if issue.path not in judgement.broken:
                judgement.issues.append((rule, issue))
                judgement.broken[issue.path] = None
            if len(judgement.issues) == MOST_VIOLATIONS:
                break
        for issues, broken in self._of_objects(record, taken, helped=helped):
            judgement.issues += issues
            judgement.broken.update(dict.fromkeys(broken))
            if len(judgement.issues) >= MOST_VIOLATIONS:
                break
        judgement.cut = max(len(taken), len(judgement.issues)) >= MOST_VIOLATIONS
        del judgement.issues[MOST_VIOLATIONS:]
        return judgement

    def _of_values(
        self, record: dict[str, Any], violations: list[Violation], *, helped: bool
    ) -> Iterator[tuple[str, Issue]]:
        """What breaks a keyword by itself."""
        counts: Counter[str] = Counter()
        named: set[Pointer] = set()
        for violation in violations:
            if violation.keyword in properties.KEYWORDS:
                continue
            if violation.keyword == "propertyNames":
                if violation.path in named:
                    continue  # All names of an object are explained at once.
                named.add(violation.path)
            rule = EXPLANATIONS[violation.keyword]
            value = at(record, violation.path)
            counts[rule.id] += 1
            near = helped and counts[rule.id] <= MOST_HELPED
            context = Context(self.definitions, record, violation.path, value, violation.schema, near, self._fits)
            yield from ((_rule_for(rule, violation, value), issue) for issue in rule.check(context))

    def _of_objects(
        self, record: dict[str, Any], violations: list[Violation], *, helped: bool
    ) -> Iterator[tuple[list[tuple[str, Issue]], list[Pointer]]]:
        """For each object that lacks properties or has too many: the issues, and the paths that are broken by them."""
        by_object: dict[Pointer, list[Violation]] = {}
        for violation in violations:
            if violation.keyword in properties.KEYWORDS:
                by_object.setdefault(violation.path, []).append(violation)
        names = properties.Names()
        for path, of_object in by_object.items():
            context = Context(self.definitions, record, path, at(record, path), None, helped, self._fits)
            yield properties.explain(context, of_object, names)


class OtherValues:
    """Judges other values in places of one record, which annotations offer.

    What is wrong with them is worked out for so many as break the schema no more often, together, than a record may.
    """

    def __init__(self, structure: Structure, record: dict[str, Any]) -> None:
        self._structure = structure
        self._record = record
        self._left = MOST_VIOLATIONS

    def __call__(self, path: Pointer, value: Any, *, helped: bool) -> Issue | None:
        """The first fault of a value in a place; ``helped`` is whether to look for the right one."""
        schema = self._structure
        if path:
            part = schema.definitions.part_at(path)
            if not part:
                return None
            engine, judged, own = schema.engine_of(part), {"value": value}, 1
        elif isinstance(value, dict):
            engine, judged, own = schema.engine, value, 0
        else:
            return _NO_RECORD[1]
        if engine.is_valid(judged):
            return None
        self._left -= self._copied(path)
        if self._left <= 0:
            return Issue(path, "it breaks the schema")
        violations = (
            violation._replace(path=path + violation.path[own:])
            for violation in self._counted(engine.violations(judged))
        )
        issues = schema.explain(replaced(self._record, path, value), violations, helped=helped).issues
        return issues[0][1] if issues else None

    def _copied(self, path: Pointer) -> int:
        """What it takes to put another value into a place: of the lists on the way, so many hundreds of entries."""
        number = 0
        here: Any = self._record
        for key in path:
            number += len(here)
            here = here[key]
        return number // 100

    def _counted(self, violations: Iterable[Violation]) -> Iterator[Violation]:
        for violation in violations:
            self._left -= 1
            yield violation


def _rank(violation: Violation) -> tuple[int, int]:
    """Where one value breaks two keywords, only the first is told: the same one whatever the engine, lists before entries."""
    return len(violation.path), _RANKS.get(violation.keyword, len(_RANKS))


def _rule_for(rule: Rule, violation: Violation, value: Any) -> str:
    """A number where a code should be is of the wrong type, though the schema needs no `type` beside its enum."""
    return "schema/wrong-type" if violation.keyword == "enum" and not isinstance(value, str) else rule.id
