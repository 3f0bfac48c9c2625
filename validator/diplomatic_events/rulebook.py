"""What is known of each rule: the one source of `rules`, `explain`, the docs pages and the examples' tests."""

import textwrap
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError, Severity, rule_url
from diplomatic_events.suggest import did_you_mean

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
NOTE: Final = Severity.NOTE

Fragment = Mapping[str, Any] | bytes
"""A change to `EXAMPLE`: property or JSON Pointer to new value, None to remove it; or a whole file as bytes."""


class Rule(NamedTuple):
    """A rule as its readers see it.

    ``bad`` holds one fault, which stands at the JSON Pointer ``at``; ``good`` comes close and holds none. ``mended`` is
    ``bad`` put right, where ``good`` is that not. ``needs`` are the parts of a record that must be sound for the rule to say anything true: paths in which ``*`` stands for
    any one key and a leading ``**`` for any way down. ``apart`` are paths of the same kind through lists whose entries
    the rule takes one by one: where such a part is broken, only the entry that it belongs to is left out. A rule
    ``of_values`` looks at each value alone, so that an alternative value must keep it as well.
    """

    id: str
    severity: Severity
    summary: str
    why: str
    mend: str
    bad: Fragment
    good: Fragment
    at: str
    needs: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    of_values: bool = False
    mended: Fragment | None = None

    @property
    def right(self) -> Fragment:
        """The bad example put right, as the rule's page shows it."""
        return self.good if self.mended is None else self.mended

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def url(self) -> str:
        """The address of the rule's docs page."""
        return rule_url(self.id)


RULES: Final[dict[str, Rule]] = {}
"""Every rule by its id, as they were entered."""

FAMILIES: Final = (
    "json", "schema", "reference", "participation", "dates", "statements", "evidence", "annotations", "codes", "corpus",
    "config",
)  # fmt: skip
"""The families in the order in which a reader meets them: from the text to the run."""


def in_order() -> list[Rule]:
    """Every rule, family by family."""
    return sorted(RULES.values(), key=lambda rule: FAMILIES.index(rule.family))


def describe(
    id: str,
    docstring: str | None,
    *,
    severity: Severity,
    bad: Fragment,
    good: Fragment,
    at: str,
    needs: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    of_values: bool = False,
    mended: Fragment | None = None,
) -> Rule:
    """Enter a rule whose docstring has three paragraphs: the fault, why it matters, how to mend it."""
    head, _, rest = (docstring or "").strip().partition("\n")
    paragraphs = [head, *(" ".join(part.split()) for part in textwrap.dedent(rest).strip().split("\n\n"))]
    if len(paragraphs) != 3 or not all(paragraphs):
        raise AssertionError(f"the docstring of {id} does not have three paragraphs")
    if id in RULES:
        raise AssertionError(f"two rules have the id {id}")
    summary, why, mend = paragraphs
    rule = Rule(id, severity, summary, why, mend, bad, good, at, needs, apart, of_values, mended)
    RULES[id] = rule
    return rule


def select(names: tuple[str, ...], option: str) -> frozenset[str]:
    """The ids that a list of rules and families names.

    Raises:
        DiplomaticEventsError: A name is neither a rule nor a family.
    """
    families = {rule.family for rule in RULES.values()}
    chosen: set[str] = set()
    for name in names:
        wanted = name.rstrip("/")
        if wanted in families:
            chosen.update(rule.id for rule in RULES.values() if rule.family == wanted)
        elif wanted in RULES:
            chosen.add(wanted)
        else:
            raise DiplomaticEventsError(
                f"{option}: there is no rule or family `{name}`",
                help=did_you_mean(wanted, [*RULES, *sorted(families)]) or "`diplomatic-events rules` lists them all",
            )
    return frozenset(chosen)


EXAMPLE_TEXT: Final = (
    "GENEVA, 3 May 2021 - Foreign Minister Ana Ruiz of Freedonia met the Sylvanian trade minister in Geneva on "
    "Monday. “We will open the border,” Ms Ruiz said. The Sylvanian minister said that his country welcomed the "
    "offer. They signed a memorandum on border trade. A second meeting will be held in June."
)
"""The source of `EXAMPLE`: a short report of an invented meeting."""


def _evidence(exact: str) -> list[dict[str, Any]]:
    start = EXAMPLE_TEXT.index(exact)
    return [{"source": "report", "exact": exact, "start": start, "end": start + len(exact)}]


EXAMPLE: Final[dict[str, Any]] = {
    "schemaVersion": "1.0",
    "id": "geneva-talks",
    "language": "en",
    "title": "Freedonia and Sylvania talk about trade (invented)",
    "type": "meeting",
    "status": "held",
    "date": "2021-05-03",
    "places": [{"city": "Geneva", "country": "CHE"}],
    "parties": [
        {"id": "freedonia", "type": "other", "name": "Freedonia"},
        {"id": "sylvania", "type": "other", "name": "Sylvania"},
    ],
    "people": [{"id": "ana-ruiz", "name": "Ana Ruiz"}],
    "delegations": [
        {
            "id": "delegation-freedonia",
            "party": "freedonia",
            "capacity": "participant",
            "members": [
                {
                    "id": "ruiz",
                    "person": "ana-ruiz",
                    "office": {"title": "Foreign Minister", "level": "minister", "portfolio": "foreign-affairs"},
                    "role": "head",
                }
            ],
            "evidence": _evidence("Foreign Minister Ana Ruiz of Freedonia met"),
        },
        {
            "id": "delegation-sylvania",
            "party": "sylvania",
            "capacity": "participant",
            "members": [
                {
                    "id": "sylvanian-minister",
                    "office": {"title": "trade minister", "level": "minister", "portfolio": "trade"},
                    "role": "head",
                }
            ],
            "evidence": _evidence("the Sylvanian trade minister"),
        },
    ],
    "statements": [
        {
            "id": "border",
            "speakers": ["ruiz"],
            "form": "direct",
            "text": "We will open the border,",
            "act": "pledge",
            "evidence": _evidence("“We will open the border,” Ms Ruiz said."),
        },
        {
            "id": "welcome",
            "speakers": ["sylvanian-minister"],
            "form": "indirect",
            "text": "Sylvania welcomes the offer.",
            "act": "welcome",
            "evidence": _evidence("The Sylvanian minister said that his country welcomed the offer."),
        },
    ],
    "outcomes": [
        {
            "id": "memorandum",
            "type": "memorandum",
            "title": "Memorandum on border trade",
            "status": "signed",
            "parties": ["freedonia", "sylvania"],
            "signatories": ["ruiz", "sylvanian-minister"],
            "evidence": _evidence("They signed a memorandum on border trade."),
        }
    ],
    "upcoming": [
        {
            "id": "second-meeting",
            "title": "Second meeting",
            "date": "2021-06",
            "evidence": _evidence("A second meeting will be held in June."),
        }
    ],
    "sources": [
        {
            "id": "report",
            "type": "news-article",
            "published": "2021-05-03",
            "language": "en",
            "text": EXAMPLE_TEXT,
        }
    ],
    "annotations": [
        {"target": "/upcoming/0/date", "kind": "inferred", "basis": "The report gives no year."},
    ],
    "evidence": _evidence("in Geneva on Monday"),
}
"""The record that every rule's ``bad`` and ``good`` example changes."""


def example(fragment: Mapping[str, Any]) -> dict[str, Any]:
    """`EXAMPLE` with the changes of a fragment: a new record each time."""
    record = deepcopy(EXAMPLE)
    for key, value in fragment.items():
        *way, last = key[1:].split("/") if key.startswith("/") else [key]
        place: Any = record
        for token in way:
            place = place[int(token)] if isinstance(place, list) else place[token]
        if isinstance(place, list):
            index = len(place) if last == "-" else int(last)
            place[index : index + 1] = [] if value is None else [deepcopy(value)]
        elif value is None:
            del place[last]
        else:
            place[last] = deepcopy(value)
    return record
