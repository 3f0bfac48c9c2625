"""What a rule is, and how to write one; `diplomatic_events.rules` has the table of all rules."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final, Self

from diplomatic_events.findings import Severity, rule_url

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
NOTE: Final = Severity.NOTE

Fragment = Mapping[str, Any] | bytes
"""A change to `EXAMPLE`: property or JSON Pointer to new value, None to remove it; or a whole file as bytes."""

Check = Callable[..., Iterable[Any]]
"""The function that finds the faults: in a record, an index of records, or a value that breaks a keyword of the schema."""


class Rule:
    """A rule as its readers see it, and the function that checks it. As a decorator it takes both from a function:

        @Rule("dates/no-such-day", severity=ERROR, bad={"date": "2021-02-29"}, good={"date": "2020-02-29"}, …)
        def no_such_day(record: Record) -> Iterator[Issue]:
            # its docstring: "A date names a day that the calendar does not have. …"

    Args:
        id: The family and a slug that names the fault.
        severity: How serious the fault is, unless the user sets another severity.
        bad: An example with exactly this fault.
        good: An example that is similar but has no fault.
        at: The JSON Pointer of the fault in ``bad``.
        says: The message about ``bad``.
        helps: The help that comes with the message, if it is more than the rule's `advice`.
        fixed: ``bad`` with the fault fixed, if ``good`` is not that.
        needs: Paths of the parts of a record that must be valid for the rule to be right: ``*`` stands for any one key, a
            leading ``**`` for any number of keys.
        apart: Paths of the same form, through lists whose entries the rule takes one by one: if such a part is broken, the
            rule gets a record without the entry that contains it.
        first_look: What several rules look at first, in a record in which nothing is broken: if it is empty or false, they find
            nothing and are not run.
        about: What a record must have for the rule to find anything, if most records do not have it: properties of the record,
            definitions of entries without ids, or properties of entries that the walk notes, such as `source.retrieved`. In a
            record that has none of them, the rule is not run.
        fixes: Which kinds of fix its findings may have: `safe`, `unsafe` or both.
        of_values: Whether the rule checks each value by itself, so that it also applies to alternative values.
        text: The rule's page in three paragraphs: the fault in one line, why it matters, how to fix it. For a function,
            this is its docstring.
    """

    def __init__(
        self,
        id: str,
        *,
        severity: Severity,
        bad: Fragment,
        good: Fragment,
        at: str,
        says: str,
        helps: str | None = None,
        fixed: Fragment | None = None,
        needs: tuple[str, ...] = (),
        apart: tuple[str, ...] = (),
        about: tuple[str, ...] = (),
        first_look: Callable[[Any], Any] | None = None,
        fixes: tuple[str, ...] = (),
        of_values: bool = False,
        text: str = "",
    ) -> None:
        self.id = id
        self.severity = severity
        self.bad = bad
        self.good = good
        self.at = at
        self.says = says
        self.helps = helps
        self.right = good if fixed is None else fixed
        """The fixed example, as the rule's page shows it."""
        self.needs = needs
        self.apart = apart
        self.about = about
        self.first_look = first_look
        self.fixes = fixes
        self.of_values = of_values
        self.text = text
        self.check: Check = lambda _: ()  # of a rule whose faults the parser finds, or the reader of a configuration

    def __call__(self, check: Check) -> Self:
        """Use a function that yields each fault as the rule's check, and its docstring as the rule's page."""
        self.check = check
        self.text = check.__doc__ or ""
        return self

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The fault, why it matters and how to fix it."""
        return tuple(" ".join(part.split()) for part in self.text.strip().split("\n\n"))

    @property
    def summary(self) -> str:
        """The fault in one line."""
        return self.paragraphs[0]

    @property
    def why(self) -> str:
        """Why the fault matters."""
        return self.paragraphs[1]

    @property
    def fix(self) -> str:
        """How to fix it."""
        return self.paragraphs[2]

    @property
    def advice(self) -> str:
        """How to fix it, as the help of a finding that has no other: the first sentence, without its full stop."""
        return self.fix[0].lower() + self.fix[1:].partition(". ")[0].removesuffix(".")

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def url(self) -> str:
        """The address of the rule's docs page."""
        return rule_url(self.id)


EXAMPLE_TEXT: Final = (
    "GENEVA, 3 May 2021 - Foreign Minister Ana Ruiz of Freedonia met the Sylvanian trade minister in Geneva on "
    "Monday. “We will open the border,” Ms Ruiz said. The Sylvanian minister said that his country welcomed the "
    "offer. They signed a memorandum on border trade. A second meeting will be held in June."
)
"""The source of `EXAMPLE`: a short report of an invented meeting."""

EXAMPLE_DIGEST: Final = "6b343158caa28fd7e997aabdaf46c2fac6493ba5ace58ac592f0c9b75162a86b"
"""Its SHA-256 digest; each start of the command would compute it otherwise."""


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
        {"target": "second-meeting/date", "kind": "inferred", "basis": "The report gives no year."},
    ],
    "evidence": _evidence("in Geneva"),
}
"""The record that every rule's ``bad`` and ``good`` example changes."""


def example(fragment: Mapping[str, Any]) -> dict[str, Any]:
    """`EXAMPLE` with the changes of a fragment, as a new record."""
    from copy import deepcopy  # only tests and docs ask for examples

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
