"""The page of what changed from each version of the schema to the next, and what `migrate` makes of it."""

import inspect
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from codelists import number
from diplomatic_events.migrate.steps import Steps
from diplomatic_events.schema.catalogue import Version
from pages.differences import KINDS, Difference, Edition, compare
from pages.markdown import Files, as_json, inline, link, page

PAGE: Final = "reference/changes.md"
DATA: Final = "reference/changes.json"


def files(versions: Sequence[Version], editions: Sequence[Edition], steps: Steps) -> Files:
    """The page, and the same as JSON beside it; the versions and their editions stand in the same order."""
    pairs: list[tuple[Edition | None, Edition]] = [(None, editions[0]), *pairwise(editions)]
    found = [(old, new, compare(old, new)) for old, new in pairs]
    rows = [
        {
            "version": new.version,
            "kind": each.kind,
            "of": each.of,
            "part": each.part,
            "name": each.name,
            "what": each.words,
        }
        for _, new, differences in found
        for each in differences
    ]
    sections = [
        _version(version, old, new, differences, steps)
        for version, (old, new, differences) in zip(versions, found, strict=True)
    ]
    return {
        PAGE: page(
            "# What changed\n\nWhat differs in each version of the schema from the one before, and what `migrate` does with a "
            "record. Generated from the files of the schema, and there "
            f"{link('as JSON', DATA, PAGE)} too. {link('Versions', 'versions.md', PAGE)} says what may change.\n\n"
            + "".join(reversed(sections)),
            source="schema/versions.json",
        ),
        DATA: as_json(rows),
    }


def _version(version: Version, old: Edition | None, new: Edition, differences: list[Difference], steps: Steps) -> str:
    status = {"draft": "A draft, which may still change.", "released": f"Released on {version.date}."}.get(
        version.status, f"Released on {version.date}, withdrawn on {version.withdrawn}: {version.reason}."
    )
    return (
        f"## Version {version.number} {{#{version.number}}}\n\n{status} {_migrating(old, new, steps).strip()}\n\n"
        f"{''.join(_kind(kind, differences, old or new, new) for kind in KINDS)}"
    )


def _migrating(old: Edition | None, new: Edition, steps: Steps) -> str:
    if old is None:
        return "It is the first version: there is nothing to migrate from."
    kind = "minor" if number(old.version)[0] == number(new.version)[0] else "major"
    told = [
        f"- `migrate --to {to.version}` from {source.version}: {_step(source, to, steps)}\n"
        for source, to in ((old, new), (new, old))
    ]
    return f"A {kind} version, compared with {old.version}.\n\n{''.join(told)}"


def _step(source: Edition, to: Edition, steps: Steps) -> str:
    step = steps.get((source.version, to.version))
    return " ".join((inspect.getdoc(step) or "").split()) if step else "there is no such step"


def _kind(kind: str, differences: list[Difference], old: Edition, new: Edition) -> str:
    chosen = [each for each in differences if each.kind == kind]
    if not chosen:
        return ""
    edition = old if kind == "removed" else new
    lines = "".join(f"- {line}\n" for line in _lines(chosen, edition))
    return f"### {KINDS[kind]} {{#{new.version}-{kind}}}\n\n{lines}\n"


def _lines(differences: list[Difference], edition: Edition) -> Iterator[str]:
    """Lines of a list: whole objects, types and lists stand together, and so do the codes of one list."""
    groups: dict[str, list[str]] = {}
    alone = []
    for each in differences:
        shown = _named(each, edition)
        if each.of == "codelist" and each.name:
            groups.setdefault(f"Codes of {_named(each._replace(name=''), edition)}", []).append(_with(each, shown))
        elif each.kind in ("added", "removed") and not each.name:
            groups.setdefault(f"{each.of.capitalize()}s", []).append(_with(each, shown))
        else:
            alone.append(f"{shown}: {each.words}" if each.words else shown)
    yield from (f"{group}: {', '.join(members)}" for group, members in groups.items())
    yield from alone


def _with(difference: Difference, shown: str) -> str:
    return f"{shown} ({difference.words})" if difference.words else shown


def _named(difference: Difference, edition: Edition) -> str:
    part, name = difference.part, difference.name
    folder = f"reference/{edition.version}"
    if difference.of == "codelist":
        return inline(name) if name else link(inline(part), f"codelists/{part}.md", PAGE)
    if difference.of == "type":
        return link(inline(part), f"{folder}/types.md#{part}", PAGE)
    return link(inline(f"{part}.{name}" if name else part), f"{folder}/{part}.md{f'#{name}' if name else ''}", PAGE)
