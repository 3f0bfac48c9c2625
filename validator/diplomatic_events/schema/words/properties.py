"""Missing and unknown properties of an object; where two have near names, they are one mistake."""

import re
from collections.abc import Iterator
from typing import Any, Final

from diplomatic_events.findings import Fix, Issue, Rename, Wrap
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, Rule
from diplomatic_events.schema.definitions import noun
from diplomatic_events.schema.engines import MOST_VIOLATIONS, Violation
from diplomatic_events.schema.words.keywords import Context
from diplomatic_events.suggest import LONGEST, MOST_HELPED, misspelt, plain
from diplomatic_events.wording import listed, quoted, with_article, wrapped

KEYWORDS: Final = frozenset({"required", "dependentRequired", "additionalProperties"})
"""The keywords that are about the properties of an object."""

_NEAR: Final = 0.6
_VERY_NEAR: Final = 0.8
_MOST_OWNERS: Final = 4
_MOST_ELSEWHERE: Final = 2
_SENTENCE: Final = r"(?<=[.])\s"


UNKNOWN_PROPERTY: Final = Rule(
    "schema/unknown-property",
    severity=ERROR,
    fixes=("safe",),
    bad={"tittle": "x"},
    good={"extensions": {"org.example": {"tittle": "x"}}},
    fixed={"title": "x"},
    at="/tittle",
    says="the record has no property `tittle`",
    helps="did you mean `title`?",
    text="""An object has a property that the schema does not define.

It is nearly always a misspelling, and a program that reads the record would miss the value.

Correct the name. Data of your own goes into `extensions`, under a namespace that you control.""",
)
MISSING_PROPERTY: Final = Rule(
    "schema/missing-property",
    severity=ERROR,
    bad={"title": None},
    good={"people": None, "/delegations/0/members/0/person": None},
    fixed={"title": "Talks"},
    at="",
    says="the record needs `title`",
    helps="`title`: What happened, in one line, in the record's own words",
    text="""An object lacks a property that it must have.

Programs rely on the property being there.

Add the property that the message names.""",
)


class Names:
    """Which properties were meant by unknown names, in one record.

    Where many objects have the same mistake, it is looked into once; and of all names only so many are compared.
    """

    def __init__(self) -> None:
        self._left = MOST_HELPED
        self._pairs: dict[tuple[Any, ...], dict[str, str]] = {}

    def meant(self, context: Context, unknown: list[str], missing: list[str]) -> dict[str, str]:
        """For each unknown name of an object the one that was meant, where that can be told."""
        known = list(context.definition.get("properties", {}))
        present = frozenset(name for name in known if name in context.value)
        question = (tuple(known), tuple(unknown), tuple(missing), present)
        if question not in self._pairs:
            if self._left <= 0:
                return {}
            self._left -= len(unknown)
            self._pairs[question] = _pair(context, unknown, missing, known)
        return self._pairs[question]


def explain(
    context: Context, violations: list[Violation], names: Names
) -> tuple[list[tuple[str, Issue]], list[Pointer]]:
    """The issues with the properties of one object, and the paths that later rules cannot rely on."""
    definition = context.definition
    known = definition.get("properties", {})
    closed = any(violation.keyword == "additionalProperties" for violation in violations)
    unknown = [name for name in context.value if name not in known] if closed else []
    missing: dict[tuple[str, ...], str | None] = {}
    for group, present in _missing(context.value, violations, definition):
        missing.setdefault(group, present)
    if (wrapper := _wrapper(context, unknown)) is not None:
        return [(UNKNOWN_PROPERTY.id, wrapper)], [(name,) for group in missing for name in group]
    comparable = [name for name in unknown[:MOST_HELPED] if len(name) <= LONGEST] if context.helped else []
    meant = names.meant(context, comparable, [name for group in missing for name in group]) if comparable else {}
    issues: list[tuple[str, Issue]] = []
    broken: list[Pointer] = []
    called = _of(context)
    if len(missing) == len(comparable) == len(unknown) == 1 and not meant:
        (name,), (group,) = unknown, missing
        right = next((right for right in group if context.fits((*context.path, right), context.value[name])), None)
        if right:
            message = f"{called} has no property {quoted(name)}, and lacks `{right}`"
            issue = Issue((*context.path, name), message, f"did you mean `{right}`?", at_key=True)
            return [(UNKNOWN_PROPERTY.id, issue)], [(*context.path, each) for each in group]
    parts = {key: context.schemas.follow(part).get("properties", {}) for key, part in known.items()} if unknown else {}
    for name in unknown[:MOST_VIOLATIONS]:
        right = meant.get(name)
        help = f"did you mean `{right}`?" if right else _where(context, name, parts)
        message = f"{called} has no property {quoted(name)}"
        fix = _rename(context, name, right) if right else None
        issues.append((UNKNOWN_PROPERTY.id, Issue((*context.path, name), message, help, at_key=True, fix=fix)))
        broken.append((*context.path, right if right and right not in context.value else name))
    for group, present in missing.items():
        broken += [(*context.path, name) for name in group]
        if not set(group) & set(meant.values()):
            needed = listed([f"`{name}`" for name in group], "or")
            because = f", because `{present}` is there" if present else ""
            issues.append(
                (MISSING_PROPERTY.id, context.issue(f"{called} needs {needed}{because}", _meaning(context, group)))
            )
    return issues, broken


def _rename(context: Context, name: str, right: str) -> Fix | None:
    """The right name, if the wrong one is another word or a misspelling for it and for no other, and the value fits."""
    if right in context.value or not _is_same(context, name, right):
        return None
    path = (*context.path, name)
    value, renamed = context.value[name], Rename(path, right)
    if context.fits((*context.path, right), value):
        return Fix(f"write `{right}`", (renamed,))
    if context.fits((*context.path, right), [value]):
        return Fix(f"write `{right}`, and put its value into a list", (renamed, Wrap(path)))
    return None


def _is_same(context: Context, name: str, right: str) -> bool:
    if context.schemas.called(context.path, name) == right:
        return True
    known = {plain(candidate): candidate for candidate in context.definition.get("properties", {})}
    return [known[word] for word in misspelt(plain(name), known)] == [right]


def _wrapper(context: Context, unknown: list[str]) -> Issue | None:
    """That the record stands inside a property of what should be the record."""
    needed = context.definition.get("required", [])
    if context.path or sum(name in context.value for name in needed) > 1:
        return None
    for name in unknown:
        inner = context.value[name]
        some = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(some, dict) and 2 * sum(name in some for name in needed) > len(needed):
            return Issue((name,), *wrapped(name, inner), at_key=True)
    return None


def _missing(
    value: dict[str, Any], violations: list[Violation], definition: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """The properties that are missing, each with those that would do instead, and the one that asks for it if one does."""
    for violation in violations:
        if violation.keyword == "required":
            instead = definition.get("if", {}).get("not", {}).get("required", [])
            for name in violation.schema["required"]:
                if name not in value:
                    yield ((*instead, name) if violation.schema == definition.get("then") else (name,)), None
        elif violation.keyword == "dependentRequired":
            for present, needed in violation.schema["dependentRequired"].items():
                yield from (((name,), present) for name in needed if present in value and name not in value)


def _pair(context: Context, unknown: list[str], missing: list[str], known: list[str]) -> dict[str, str]:
    """For each unknown name the one that was meant: what it is a word for, or one that is missing, or one spelt alike.

    A name that belongs elsewhere was meant for elsewhere, unless it comes very near.
    """
    from difflib import SequenceMatcher  # only a record with a fault pays for the import

    meant = {name: right for name in unknown if (right := context.schemas.called(context.path, name)) is not None}
    ratios = sorted(
        (
            (SequenceMatcher(None, name.casefold(), candidate.casefold()).ratio(), name, candidate)
            for name in unknown
            for candidate in missing
        ),
        reverse=True,
    )
    for ratio, name, candidate in ratios:
        enough = _VERY_NEAR if context.schemas.owners(name) else _NEAR
        if ratio >= enough and name not in meant and candidate not in meant.values():
            meant[name] = candidate
    by_plain = {plain(candidate): candidate for candidate in known}
    for name in unknown:
        word = plain(name)
        near = misspelt(word, by_plain) or [candidate for candidate in by_plain if word and candidate.startswith(word)]
        if len(near) == 1:
            meant.setdefault(name, by_plain[near[0]])
    return meant


def _where(context: Context, name: str, parts: dict[str, dict[str, Any]]) -> str:
    """Where a property belongs that another definition has; ``parts`` are the properties of those of this object."""
    if inside := [f"`{key}`" for key, properties in parts.items() if name in properties]:
        return f"write `{name}` inside {listed(inside, 'or')}"
    if owners := context.schemas.owners(name):
        return f"`{name}` is a property of {_shown(owners)}"
    if elsewhere := context.schemas.owners_by_synonym(name):
        found = [f"`{right}` is a property of {_shown(owners)}" for right, owners in elsewhere.items()]
        return "; ".join(found[:_MOST_ELSEWHERE])
    return "remove it, or put it into `extensions` under a namespace of your own"


def _shown(owners: list[str]) -> str:
    return listed([owner if owner.startswith("the ") else with_article(owner) for owner in owners[:_MOST_OWNERS]], "or")


def _meaning(context: Context, names: tuple[str, ...]) -> str | None:
    """What a property says, by the first sentence of its description."""
    said = (context.schemas.at((*context.path, name)).get("description", "") for name in names)
    return (
        "; ".join(
            f"`{name}`: {re.split(_SENTENCE, text)[0].removesuffix('.')}"
            for name, text in zip(names, said, strict=True)
            if text
        )
        or None
    )


def _of(context: Context) -> str:
    """The object as a reader calls it: `the record`, ``the delegation `delegation-china` ``, `a source`."""
    if not context.path:
        return "the record"
    if isinstance(context.path[-1], str):
        return context.what
    called = noun(context.definition, "object")
    id = context.value.get("id")
    return f"the {called.partition(' of ')[0]} {quoted(id)}" if isinstance(id, str) and id else with_article(called)
