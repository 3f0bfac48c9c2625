"""A record against the JSON Schema of its version: `schema/…` findings in people's words.

An engine only says which value breaks which keyword. The words come from here, so that they are the same for every
engine, and one mistake that breaks two keywords becomes one finding.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from diplomatic_events import codelists, edtf
from diplomatic_events.engines import Engine, Violation, compile_schema
from diplomatic_events.findings import Issue, Note
from diplomatic_events.pointers import Path, at, replaced
from diplomatic_events.rulebook import ERROR, Fragment, Rule, describe
from diplomatic_events.suggest import LONGEST, MOST_HELPED, nearest, question
from diplomatic_events.versions import Catalogue

TYPES: Final = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_UNCOUNTED: Final = ("evidence", "provenance")
_NEAR: Final = 0.6
_SHORT: Final = 110
_FEW_CODES: Final = 8


@dataclass(slots=True)
class Judgement:
    """What the schema says of a record: issues by rule, and the paths that later rules cannot rely on."""

    issues: list[tuple[str, Issue]] = field(default_factory=list)
    broken: dict[Path, None] = field(default_factory=dict)


class Structure:
    """The compiled schema of one version."""

    def __init__(self, source: Catalogue, version: str, engine: str = "auto") -> None:
        self.schema = source.schema(version)
        self.catalogue = source
        self.engine = compile_schema(self.schema, engine)
        self._name = engine
        self._parts: dict[int, Engine] = {}

    def judge(self, record: dict[str, Any]) -> Judgement:
        """Hold a record against the schema."""
        return Judgement() if self.engine.is_valid(record) else self._explain(record, self.engine.violations(record))

    def fault_at(self, record: dict[str, Any], path: Path, value: Any, *, helped: bool) -> Issue | None:
        """The first fault of another value in a place of a record; ``helped`` is whether to look for the right one."""
        if path:
            issues = self._judge_at(record, path, value, helped=helped).issues
        else:
            issues = self.judge(value).issues if isinstance(value, dict) else [_NO_RECORD]
        return issues[0][1] if issues else None

    def _judge_at(self, record: dict[str, Any], path: Path, value: Any, *, helped: bool) -> Judgement:
        """Hold a value against what the schema says of a place of a record that has another value there."""
        part = self._part_at(path)
        if not part:
            return Judgement()
        if id(part) not in self._parts:
            schema = {"$schema": self.schema["$schema"], "$defs": self.schema["$defs"], "properties": {"value": part}}
            self._parts[id(part)] = compile_schema(schema, self._name)
        engine = self._parts[id(part)]
        if engine.is_valid({"value": value}):
            return Judgement()
        violations = (
            violation._replace(path=path + violation.path[1:]) for violation in engine.violations({"value": value})
        )
        return self._explain(replaced(record, path, value), violations, helped=helped)

    def _explain(self, record: dict[str, Any], violations: Iterable[Violation], *, helped: bool = True) -> Judgement:
        """The violations in people's words."""
        judgement = Judgement()
        by_object: dict[Path, list[Violation]] = {}
        counts: Counter[str] = Counter()
        named: set[Path] = set()
        for violation in violations:
            if violation.keyword in _OF_PROPERTIES:
                by_object.setdefault(violation.path, []).append(violation)
                continue
            if violation.keyword == "propertyNames":
                if violation.path in named:
                    continue  # All names of an object are explained at once.
                named.add(violation.path)
            rule, explain = _EXPLANATIONS[violation.keyword]
            value = at(record, violation.path)
            counts[rule.id] += 1
            near = helped and counts[rule.id] <= MOST_HELPED
            for issue in explain(Context(self, record, violation.path, value, violation.schema, near)):
                if issue.path not in judgement.broken:
                    judgement.issues.append((_rule_for(rule, violation, value), issue))
                    judgement.broken[issue.path] = None
        for path, violations in by_object.items():
            _properties(Context(self, record, path, at(record, path), None, helped), violations, judgement)
        return judgement

    def _part_at(self, path: Path) -> dict[str, Any]:
        """The part of the schema that a path of a record falls under, as it stands there; empty where it says nothing."""
        *way, last = path
        holder = self.definition_at(tuple(way))
        part = holder.get("items", {}) if isinstance(last, int) else holder.get("properties", {}).get(last, {})
        return part if isinstance(part, dict) else {}

    def definition_at(self, path: Path) -> dict[str, Any]:
        """The part of the schema that a path of a record falls under, its references followed."""
        schema = self.schema
        for key in path:
            if isinstance(key, int):
                schema = self._follow(schema.get("items", {}))
            else:
                schema = self._follow(schema.get("properties", {}).get(key, {}))
        return schema

    def _follow(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            name = schema["$ref"].removeprefix("#/$defs/")
            beside = {key: schema[key] for key in schema if key != "$ref"}
            schema = {**_with_words(self.schema["$defs"][name]), **beside}
        return schema

    def owners(self, name: str) -> list[str]:
        """The titles of the definitions that have a property of that name."""
        definitions = self.schema["$defs"].values()
        return [_noun(part, "object") for part in definitions if name in part.get("properties", {})]


def _with_words(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition with its title, description and examples where a property has them."""
    return {**definition.get("x-definition", {}), **definition}


def _noun(definition: dict[str, Any], otherwise: str) -> str:
    """What a definition describes, as it is called within a sentence: `type of event`, but `SHA-256 hash`."""
    title: str = _with_words(definition).get("title", otherwise)
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


class Context(NamedTuple):
    """A broken value, where it stands and the part of the schema that it breaks."""

    structure: Structure
    record: Any
    path: Path
    value: Any
    schema: Any
    helped: bool = True
    """Whether the right spelling is to be looked for."""

    @property
    def what(self) -> str:
        """The value's name for a reader: its property, or its number in a list."""
        *_, last = self.path
        if isinstance(last, str):
            return f"`{last}`"
        lists = [key for key in self.path if isinstance(key, str)]
        return f"entry {last + 1} of `{lists[-1]}`"

    @property
    def definition(self) -> dict[str, Any]:
        """The whole definition that the value falls under."""
        return self.structure.definition_at(self.path)

    @property
    def is_required(self) -> bool:
        """Whether the object that holds the value must have it."""
        holder = self.structure.definition_at(self.path[:-1]) if self.path else {}
        return bool(self.path) and self.path[-1] in holder.get("required", ())

    def issue(self, message: str, help: str | None = None) -> Issue:
        """An issue with the value itself."""
        return Issue(self.path, message, help)


_NO_RECORD: Final = ("schema/not-an-object", Issue((), "a record is an object"))
_Explain = Callable[[Context], Iterable[Issue]]
_EXPLANATIONS: Final[dict[str, tuple[Rule, _Explain]]] = {}
_OF_PROPERTIES: Final = frozenset({"required", "dependentRequired", "additionalProperties"})


def _keyword(*keywords: str, rule: str, bad: Fragment, good: Fragment, at: str) -> Callable[[_Explain], _Explain]:
    def enter(explain: _Explain) -> _Explain:
        entry = describe(rule, explain.__doc__, severity=ERROR, bad=bad, good=good, at=at)
        for keyword in keywords:
            _EXPLANATIONS[keyword] = (entry, explain)
        return explain

    return enter


def _rule_for(rule: Rule, violation: Violation, value: Any) -> str:
    """A number where a code should be is of the wrong type, though the schema needs no `type` beside its enum."""
    return "schema/wrong-type" if violation.keyword == "enum" and not isinstance(value, str) else rule.id


@_keyword("type", rule="schema/wrong-type", bad={"title": 5}, good={"title": "5"}, at="/title")
def wrong_type(context: Context) -> Iterator[Issue]:
    """A value is of the wrong JSON type.

    A program that reads the record expects text, a number, a list or an object in this place and would stop.

    Write the value in the type that the message names. Where nothing is known, leave the property out: the schema
    has no null.
    """
    wanted = TYPES[context.schema["type"]]
    yield context.issue(
        f"{context.what} is {_kind(context.value)}; it must be {wanted}",
        _type_help(context.value) or _shape_help(context),
    )


def _shape_help(context: Context) -> str | None:
    """An example of what belongs here, where the value is a list or an object, or should be one."""
    examples = context.definition.get("examples", [])
    shown = json.dumps(examples[0], ensure_ascii=False) if examples else ""
    wanted = context.schema["type"] in ("array", "object")
    return f"write it like `{shown}`" if wanted and 0 < len(shown) <= _SHORT else None


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return TYPES["boolean"]
    if isinstance(value, int):
        return TYPES["integer"]
    return {dict: TYPES["object"], list: TYPES["array"], str: TYPES["string"], float: TYPES["number"]}[type(value)]


def _type_help(value: Any) -> str | None:
    return "leave the property out where nothing is known" if value is None else None


@_keyword("enum", rule="schema/not-in-codelist", bad={"type": "meting"}, good={"type": "other"}, at="/type")
def not_in_codelist(context: Context) -> Iterator[Issue]:
    """A value is not a code of its list.

    Records can be compared only if the same thing has the same code in all of them.

    Use the code that the message suggests, or choose one from the list by its definition. Where no code fits, use
    `other` if the list has it.
    """
    codes: list[str] = context.schema["enum"]
    noun = _noun(context.definition, "value")
    if not isinstance(context.value, str):
        yield context.issue(f"{context.what} is {_kind(context.value)}; it must be a code", _type_help(context.value))
        return
    shown = _quoted(context.value)
    yield context.issue(f"{shown} is not a code for {_article(noun)}{noun}", _codes_help(context, codes))


def _codes_help(context: Context, codes: list[str]) -> str:
    name = context.definition.get("x-codelist", "")
    near = _near_codes(context, name, codes)
    if near:
        return question(near) or ""
    if len(codes) <= _FEW_CODES:
        return f"the codes are {', '.join(f'`{code}`' for code in codes)}"
    return f"the codelist `{name}` has the codes and what they mean"


def _near_codes(context: Context, name: str, codes: list[str]) -> list[str]:
    """The nearest codes; a country is also known by its name, and by the name of the party that it stands in."""
    if not context.helped:
        return []
    wrong = context.value
    entries = codelists.read(context.structure.catalogue, name) if name else {}
    by_label = {entry.label.casefold(): code for code, entry in entries.items()}
    by_alpha2 = {entry.alpha2: code for code, entry in reversed(entries.items()) if entry.alpha2}
    parent = at(context.record, context.path[:-1]) if context.path else None
    sibling = parent.get("name") if isinstance(parent, dict) and name == "country" else None
    for known in (sibling, wrong):
        if isinstance(known, str) and known.casefold() in by_label:
            return [by_label[known.casefold()]]
    if wrong.upper() in by_alpha2:
        return [by_alpha2[wrong.upper()]]
    labels = [by_label[label] for label in nearest(wrong, by_label, most=2, cutoff=0.8)]
    return list(dict.fromkeys([*labels, *nearest(wrong, codes)]))[:3]


@_keyword(
    "const",
    rule="schema/wrong-value",
    bad={"/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "several": False}},
    good={"/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "several": True}},
    at="/delegations/0/members/1/several",
)
def wrong_value(context: Context) -> Iterator[Issue]:
    """A property has another value than the only one that it may have.

    Such a property says something by being there; any other value would say nothing, or something else.

    Write the value that the message names, or leave the property out.
    """
    only = context.schema["const"]
    shown = "true" if only is True else _quoted(str(only))
    *parent, last = context.path
    needed = last in context.structure.definition_at(tuple(parent)).get("required", ())
    help = f"write {shown}" if needed else "leave the property out if that is not so"
    yield context.issue(f"{context.what} can only be {shown}", help)


@_keyword("pattern", rule="schema/pattern-mismatch", bad={"date": "3 May 2021"}, good={"date": "2021-05"}, at="/date")
def pattern_mismatch(context: Context) -> Iterator[Issue]:
    """A text does not have the form that its place asks for.

    Dates, identifiers, language tags and addresses have one form, so that programs need not guess.

    Write the value in the form of the example that the message gives.
    """
    if context.schema["pattern"].startswith("^(?![ "):
        yield context.issue(f"{context.what} begins with white space", "remove the white space")
        return
    if not context.value:
        yield context.issue(f"{context.what} is empty", _form_help(context))
        return
    if context.schema == context.structure.schema["$defs"].get("edtfDate"):
        yield context.issue(_why_no_date(context.value), _form_help(context))
        return
    noun = _noun(context.schema, "value")
    shown = _quoted(context.value)
    yield context.issue(f"{shown} does not have the form of {_article(noun)}{noun}", _form_help(context))


def _why_no_date(text: str) -> str:
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        return str(error)
    return f"{_quoted(text)} does not have the form of a date"


def _form_help(context: Context) -> str:
    """What would be right: the value itself in the right form if that is plain, otherwise an example."""
    candidates = [
        context.value.strip(),
        re.sub(r"[^a-z0-9]+", "-", context.value.lower()).strip("-"),
        *_days(context.value),
        context.value.replace("_", "-"),
        f"https://{context.value}" if context.value.startswith("www.") else "",
    ]
    pattern = re.compile(context.schema["pattern"])
    for candidate in candidates:
        if candidate and pattern.search(candidate):
            return f"did you mean `{candidate}`?"
    return f"write it like {' or '.join(f'`{example}`' for example in _examples(context)[:3])}"


def _examples(context: Context) -> list[str]:
    """Examples of the form that a text should have; for a code or a reference, those of its own place."""
    place = context.definition
    own = place if place.keys() & {"x-codelist", "x-refers-to"} else {}
    examples: list[str] = own.get("examples") or _with_words(context.schema)["examples"]
    return examples


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _days(text: str) -> Iterator[str]:
    """What a date in another form may mean, where that is plain: `24 April 2018`, `24.4.2018`, `2018/04/24`."""
    found = re.fullmatch(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ].*)?", text)
    if found:
        yield f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    found = re.fullmatch(r"([0-9]{1,2})[.]\s?([0-9]{1,2})[.]\s?([0-9]{4})", text)
    if found:
        yield f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    words = re.findall(r"[a-z]+|[0-9]+", text.lower())
    months = [_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS]
    years = [word for word in words if len(word) == 4 and word.isdigit()]
    days = [f"-{int(word):02}" for word in words if word.isdigit() and len(word) <= 2]
    if len(months) == len(years) == 1 and len(days) <= 1:
        yield f"{years[0]}-{months[0]:02}{''.join(days)}"


@_keyword("minLength", rule="schema/too-short", bad={"title": ""}, good={"title": "x"}, at="/title")
def too_short(context: Context) -> Iterator[Issue]:
    """A text is empty.

    An empty text says nothing, and a reader cannot tell whether something was forgotten.

    Write the text, or leave the property out where nothing is known.
    """
    needed = "write the text: the property is needed"
    yield context.issue(
        f"{context.what} is empty", needed if context.is_required else "leave the property out where nothing is known"
    )


@_keyword("maxLength", rule="schema/too-long", bad={"id": "a" * 129}, good={"id": "a" * 128}, at="/id")
def too_long(context: Context) -> Iterator[Issue]:
    """A text is longer than its place allows.

    Identifiers, tags and paths are used as keys and file names, which other programs limit.

    Shorten the value to the length that the message names.
    """
    yield context.issue(
        f"{context.what} has {len(context.value)} characters; it may have at most {context.schema['maxLength']}"
    )


@_keyword("minItems", rule="schema/too-few", bad={"topics": []}, good={"topics": ["security"]}, at="/topics")
def too_few(context: Context) -> Iterator[Issue]:
    """A list is empty.

    An empty list can mean that there was nothing or that nobody looked; the record must not leave that open.

    Leave the property out, or add an entry.
    """
    help = "add an entry: the property is needed" if context.is_required else "leave the property out, or add an entry"
    yield context.issue(f"{context.what} is an empty list", help)


@_keyword(
    "minProperties",
    rule="schema/too-few-properties",
    bad={"provenance": {}},
    good={"provenance": {"by": "us"}},
    at="/provenance",
)
def too_few_properties(context: Context) -> Iterator[Issue]:
    """An object is empty.

    An empty object can mean that there was nothing or that nobody looked; the record must not leave that open.

    Leave the object out, or give it at least one of its properties.
    """
    known = ", ".join(f"`{name}`" for name in context.definition.get("properties", {}))
    yield context.issue(f"{context.what} is an empty object", f"give it at least one of {known}" if known else None)


@_keyword(
    "minimum",
    "maximum",
    rule="schema/out-of-range",
    bad={"/delegations/0/size": 0},
    good={"/delegations/0/size": 1},
    at="/delegations/0/size",
)
def out_of_range(context: Context) -> Iterator[Issue]:
    """A number is smaller or larger than it can be.

    A latitude of 100 degrees or a delegation of no one is a slip or a unit that was confused.

    Correct the number; the message names the limits.
    """
    low, high = context.schema["minimum"], context.schema["maximum"]
    yield context.issue(f"{context.what} is {json.dumps(context.value)}; it must lie between {low} and {high}")


@_keyword(
    "uniqueItems",
    rule="schema/duplicate-item",
    bad={"topics": ["trade", "security", "trade"]},
    good={"topics": ["trade", "security"]},
    at="/topics/2",
)
def duplicate_item(context: Context) -> Iterator[Issue]:
    """A list has the same entry twice.

    What stands twice is counted twice.

    Remove one of the two.
    """
    seen: dict[str, int] = {}
    for index, item in enumerate(context.value):
        first = seen.setdefault(json.dumps(_plain(item), sort_keys=True), index)
        if first < index:
            note = Note((*context.path, first), "the first is here")
            yield Issue((*context.path, index), f"entry {index + 1} repeats entry {first + 1}", notes=(note,))


def _plain(value: Any) -> Any:
    """A value in which equal numbers are written alike: to JSON Schema, 1.0 is 1, and true is neither."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@_keyword(
    "propertyNames",
    rule="schema/malformed-namespace",
    bad={"extensions": {"mine": {}}},
    good={"extensions": {"org.example": {}}},
    at="/extensions/mine",
)
def malformed_namespace(context: Context) -> Iterator[Issue]:
    """The name of an extension is not a namespace.

    Without a namespace of its owner's, two projects would use one name for different things.

    Name the extension by a reverse domain name or a URI that you control.
    """
    names = context.structure.definition_at(context.path)["propertyNames"]
    namespace = context.structure.schema["$defs"][names["$ref"].removeprefix("#/$defs/")]
    for name in context.value:
        if len(name) > namespace["maxLength"] or not re.search(namespace["pattern"], name):
            yield Issue(
                (*context.path, name),
                f"{_quoted(name)} is not a namespace",
                "name the extension like `org.example.project` or `https://example.org/ns`",
                at_key=True,
            )


@_keyword(
    "not",
    rule="schema/mutually-exclusive",
    bad={"/sources/0/textFile": "report.txt"},
    good={"/sources/0/text": None, "/sources/0/textFile": "report.txt"},
    at="/sources/0",
)
def mutually_exclusive(context: Context) -> Iterator[Issue]:
    """An object has two properties that exclude each other.

    Each of the two says how a thing is; together they contradict each other.

    Keep the one that is right and remove the other.
    """
    one, other = context.schema["not"]["required"]
    notes = (Note((*context.path, one), f"`{one}` is here"),)
    yield Issue(context.path, f"`{one}` and `{other}` exclude each other", "remove one of them", notes=notes)


def _unknown_property() -> None:
    """An object has a property that the schema does not define.

    It is nearly always a misspelling, and a program that reads the record would miss the value.

    Correct the name. Data of your own goes into `extensions`, under a namespace that you control.
    """


def _missing_property() -> None:
    """An object lacks a property that it must have.

    Programs rely on the property being there.

    Add the property that the message names.
    """


_UNKNOWN: Final = describe(
    "schema/unknown-property", _unknown_property.__doc__, severity=ERROR,
    bad={"tittle": "x"}, good={"extensions": {"org.example": {"tittle": "x"}}}, at="/tittle",
)  # fmt: skip
_MISSING: Final = describe(
    "schema/missing-property", _missing_property.__doc__, severity=ERROR,
    bad={"title": None}, good={"people": None, "/delegations/0/members/0/person": None}, at="",
)  # fmt: skip


def _properties(context: Context, violations: list[Violation], judgement: Judgement) -> None:
    """Missing and unknown properties of one object; where two have near names, they are one mistake."""
    definition = context.definition
    known = definition.get("properties", {})
    unknown = [name for name in context.value if name not in known]
    if not any(violation.keyword == "additionalProperties" for violation in violations):
        unknown = []
    missing = list(dict.fromkeys(_missing(context.value, violations, definition)))
    comparable = [name for name in unknown[:MOST_HELPED] if len(name) <= LONGEST] if context.helped else []
    meant = _pair(comparable, [name for group in missing for name in group], list(known))
    for name in unknown:
        right = meant.get(name)
        help = f"did you mean `{right}`?" if right else _unknown_help(context, name)
        issue = Issue((*context.path, name), f"{_of(context)} has no property {_quoted(name)}", help, at_key=True)
        judgement.issues.append((_UNKNOWN.id, issue))
        judgement.broken[*context.path, right or name] = None
    for group in missing:
        judgement.broken.update(((*context.path, name), None) for name in group)
        if not set(group) & set(meant.values()):
            names = " or ".join(f"`{name}`" for name in group)
            judgement.issues.append((_MISSING.id, context.issue(f"{_of(context)} needs {names}")))


def _missing(
    value: dict[str, Any], violations: list[Violation], definition: dict[str, Any]
) -> Iterator[tuple[str, ...]]:
    """The properties that are missing, each with those that would do instead."""
    for violation in violations:
        if violation.keyword == "required":
            instead = definition.get("if", {}).get("not", {}).get("required", [])
            for name in violation.schema["required"]:
                if name not in value:
                    yield (*instead, name) if violation.schema == definition.get("then") else (name,)
        elif violation.keyword == "dependentRequired":
            for present, needed in violation.schema["dependentRequired"].items():
                yield from ((name,) for name in needed if present in value and name not in value)


def _pair(unknown: list[str], missing: list[str], known: list[str]) -> dict[str, str]:
    """For each unknown name the one that was meant: rather one that is missing than one that is there."""
    from difflib import SequenceMatcher  # only a record with a fault pays for the import

    meant: dict[str, str] = {}
    for candidates in (missing, known):
        ratios = sorted(
            (
                (SequenceMatcher(None, name.casefold(), candidate.casefold()).ratio(), name, candidate)
                for name in unknown
                for candidate in candidates
            ),
            reverse=True,
        )
        for ratio, name, candidate in ratios:
            if ratio >= _NEAR and name not in meant and (candidate not in meant.values() or candidates is known):
                meant[name] = candidate
    return meant


def _unknown_help(context: Context, name: str) -> str:
    owners = context.structure.owners(name)
    if owners:
        return f"`{name}` is a property of {_article(owners[0])}{owners[0]}"
    return "remove it, or put it into `extensions` under a namespace of your own"


def _of(context: Context) -> str:
    """The object as a reader calls it: `the record`, `a delegation`."""
    if not context.path:
        return "the record"
    if isinstance(context.path[-1], str):
        return context.what
    noun = _noun(context.definition, "object")
    return f"{_article(noun)}{noun}"


def _article(noun: str) -> str:
    if noun in _UNCOUNTED or (noun.endswith("s") and not noun.endswith("ss")):
        return ""
    return "an " if noun[:1] in "aeiou" else "a "


def _quoted(text: str) -> str:
    """A text as it is shown in a message: short, and between backticks."""
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"
