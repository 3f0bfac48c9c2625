"""Every rule, in one table."""

from collections.abc import Iterable
from types import ModuleType
from typing import Final

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import (
    annotations,
    claims,
    codes,
    config,
    corpus,
    dates,
    evidence,
    json,
    participation,
    references,
    statements,
)
from diplomatic_events.schema import version
from diplomatic_events.schema.words import keywords, properties
from diplomatic_events.suggest import did_you_mean


def register(*modules: ModuleType) -> dict[str, Rule]:
    """The rules of some modules by their ids, in the order in which they are written.

    Raises:
        ValueError: Two rules have one id.
    """
    rules = [known for module in modules for known in vars(module).values() if isinstance(known, Rule)]
    table = {rule.id: rule for rule in rules}
    if len(table) < len(rules):
        raise ValueError("two rules have one id")
    return table


_OF_CHARACTERS: Final = (json.replacement_character, json.invisible_text)

OF_RECORDS: Final = {
    **{rule.id: rule for rule in _OF_CHARACTERS},
    **register(references, participation, dates, statements, evidence, claims, annotations, codes),
}
"""The rules that read one whole record."""

OF_VALUES: Final = tuple(rule for rule in OF_RECORDS.values() if rule.of_values)
"""The rules of `OF_RECORDS` that check each value by itself."""

ACROSS_RECORDS: Final = register(corpus)
"""The rules that compare the records of a run."""

RULES: Final = {
    **register(json, version, keywords, properties),
    **OF_RECORDS,
    **ACROSS_RECORDS,
    **register(config),
}
"""Every rule by its id, in the order of the families: from the JSON text to the whole run."""

FAMILIES: Final = tuple(dict.fromkeys(rule.family for rule in RULES.values()))
"""The families of rules, in that order."""


def select(names: Iterable[str], option: str) -> frozenset[str]:
    """The ids of the rules named in a list of rules and families.

    Raises:
        DiplomaticEventsError: A name is neither a rule nor a family.
    """
    chosen: set[str] = set()
    for name in names:
        wanted = name.rstrip("/")
        if wanted in FAMILIES:
            chosen.update(rule.id for rule in RULES.values() if rule.family == wanted)
        elif wanted in RULES:
            chosen.add(wanted)
        else:
            raise DiplomaticEventsError(
                f"{option}: there is no rule or family `{name}`",
                help=did_you_mean(wanted, [*RULES, *sorted(FAMILIES)]) or "`diplomatic-events rules` lists them all",
            )
    return frozenset(chosen)
