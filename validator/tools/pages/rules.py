"""The pages of the rules: what each finds, an example with the command's report on it, and the properties that it looks at."""

import json
import os
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from diplomatic_events import check_bytes, check_paths
from diplomatic_events.cli import config
from diplomatic_events.cli.explain import document, fixes, shown
from diplomatic_events.findings import Report
from diplomatic_events.options import Options
from diplomatic_events.report.formats import render
from diplomatic_events.report.formats.style import Style
from diplomatic_events.rulebook import EXAMPLE, EXAMPLE_TEXT, Rule, example
from diplomatic_events.rules import FAMILIES, RULES
from pages.markdown import as_json, code, inline, link, page, table
from pages.objects import Objects, Property
from pages.reference import Reference

_OF_ANY_VALUE: Final = ("json", "schema")
"""The families whose rules look at the form of every value."""

_DATES: Final = {"edtfDate": "date", "day": "date"}

_TODAY: Final = date(2022, 1, 1)
"""The day on which the examples are checked: the page of a rule must not depend on the day on which it is written."""


def files(references: list[Reference]) -> dict[str, str | bytes]:
    """A page for each rule and each family, the list of all, and all of it for programs."""
    made: dict[str, str | bytes] = {"rules/index.md": _index(), "rules.json": rules_json()}
    made |= {f"rules/{family}/index.md": _family(family) for family in FAMILIES}
    made |= {f"rules/{rule.id}.md": _rule(rule, references) for rule in RULES.values()}
    return made


def watching(objects: Objects) -> dict[tuple[str, str], list[Rule]]:
    """The rules that look at each property, in the order of the rules."""
    found: dict[tuple[str, str], list[Rule]] = {}
    for rule in RULES.values():
        for property in watched(rule, objects):
            found.setdefault(property.key, []).append(rule)
    return found


def watched(rule: Rule, objects: Objects) -> list[Property]:
    """The properties that a rule looks at: those that it needs, and where its findings are.

    A rule of values looks at every property of the kind at which its example has the fault. The rules on JSON and on
    the schema's keywords apply to every value and are not listed.
    """
    if rule.family in _OF_ANY_VALUE:
        return []
    found = {property.key: property for path in (*rule.needs, *rule.apart) for property in objects.at(path.split("/"))}
    for property in objects.at(rule.at.split("/")[1:]):
        found[property.key] = property
        kind = _kind(property)
        if kind and (rule.of_values or not (rule.needs or rule.apart)):
            found |= {other.key: other for other in objects.properties if kind & _kind(other)}
    return [property for property in objects.properties if property.key in found]


def _kind(property: Property) -> set[str]:
    """What a property has in common with others: the entries that it names, that it is a date, or an open or closed list."""
    if property.refers_to:
        return {*property.refers_to}
    if property.codelist:
        return {"closed codelist" if property.closed else "open codelist"}
    return {_DATES.get(property.definition, property.definition)} & {"date", "languageTag"}


def rules_json() -> str:
    """Every rule as `explain --format json` prints it."""
    return as_json([document(rule) for rule in RULES.values()])


def _rows(rules: list[Rule], here: str) -> str:
    rows = [(link(f"`{rule.id}`", f"rules/{rule.id}.md", here), rule.severity.value, rule.summary) for rule in rules]
    return table(("rule", "severity", "what it finds"), rows)


def _of(family: str) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.family == family]


def _index() -> str:
    here = "rules/index.md"
    families = "".join(
        f"## {link(family, f'rules/{family}/index.md', here)}\n\n{_rows(_of(family), here)}\n" for family in FAMILIES
    )
    return page(
        f"# Rules\n\nWhat the check finds beyond the schema's own words. For programs: "
        f"{link('rules.json', 'rules.json', here)}. On the command line, `diplomatic-events rules` lists them and "
        f"`diplomatic-events explain RULE` shows the page of one.\n\n{families}",
        source="validator/diplomatic_events/rules",
    )


def _family(family: str) -> str:
    here = f"rules/{family}/index.md"
    return page(f"# Rules: {family}\n\n{_rows(_of(family), here)}", source=_source(_of(family)[0]))


def _source(rule: Rule) -> str:
    """The file in which a rule is written."""
    module = rule.check.__module__
    if not module.startswith("diplomatic_events.") or module.endswith("rulebook"):
        module = f"diplomatic_events.rules.{rule.family}"
    path = f"validator/{module.replace('.', '/')}.py"
    return path if (Path(__file__).parents[3] / path).exists() else "validator/diplomatic_events/rules"


def _rule(rule: Rule, references: list[Reference]) -> str:
    here = f"rules/{rule.id}.md"
    text = (
        f"# {rule.id}\n\n{rule.summary} Severity: **{rule.severity.value}**.\n\n## Why it matters\n\n{rule.why}\n\n"
        f"## What to do\n\n{rule.fix}\n\n{_fix(rule)}## Wrong\n\n{code(shown(rule.bad), _language(rule))}\n"
        f"What the command says about it:\n\n{code(report_on(rule), 'text')}\n"
        f"## Right\n\n{code(shown(rule.right), _language(rule))}\n"
    )
    for reference in references:
        if properties := watched(rule, reference.objects):
            places = ", ".join(reference.named(property, here) for property in properties)
            text += f"## Where it looks\n\nIn version {reference.version}: {places}\n\n"
    command = inline(f"diplomatic-events explain {rule.id}")
    return page(
        f"{text}All rules of this family: {link(rule.family, f'rules/{rule.family}/index.md', here)}. {command} prints this page.",
        source=_source(rule),
        description=rule.summary,
        search={"boost": 2},
    )


def _fix(rule: Rule) -> str:
    return f"Fix: {fixes(rule)[0].lower()}{fixes(rule)[1:]}\n\n" if rule.fixes else ""


def _language(rule: Rule) -> str:
    return "toml" if rule.family == "config" else "json" if isinstance(rule.bad, dict) else "text"


@cache
def report_on(rule: Rule) -> str:
    """What the command prints for the wrong example of a rule."""
    with tempfile.TemporaryDirectory() as name:
        report = _check(rule, Path(name))
        near = os.path.relpath(name)
    return render(report, "text", Style(width=80)).replace(f"{name}/", "").replace(f"{near}/", "")


def _check(rule: Rule, folder: Path) -> Report:
    (folder / "report.txt").write_text(EXAMPLE_TEXT, encoding="utf-8")
    (folder / "latin-1.txt").write_bytes("Bogotá".encode("latin-1"))
    if rule.family == "config" and isinstance(rule.bad, bytes):
        (folder / "diplomatic-events.toml").write_bytes(rule.bad)
        suppressions = config.find(folder).suppressions
        return check_bytes(json.dumps(EXAMPLE).encode(), options=Options(suppressions=suppressions, today=_TODAY))
    if isinstance(rule.bad, bytes):
        data = rule.bad
    else:
        data = json.dumps(example(rule.bad), ensure_ascii=False, indent=2).encode()
    options = Options(max_bytes=100) if rule.id == "json/too-large" else Options()
    if rule.family != "corpus" and not data.startswith(b"\x1f\x8b"):
        return check_bytes(data, name="record.json", folder=folder, options=options)
    paths = [folder / ("record.json.gz" if data.startswith(b"\x1f\x8b") else "record.json")]
    paths[0].write_bytes(data)
    if rule.family == "corpus":
        paths.append(folder / "a.json")
        paths[1].write_text(json.dumps(EXAMPLE, ensure_ascii=False, indent=2), encoding="utf-8")
    return check_paths(sorted(map(str, paths)), options)
