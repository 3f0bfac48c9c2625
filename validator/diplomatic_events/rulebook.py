"""What is known of a rule, and how one is made; `diplomatic_events.rules` has the table of them all."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cached_property
from typing import Any, Final, Self

from diplomatic_events.findings import Severity, rule_url

ERROR: Final = Severity.ERROR
WARNING: Final = Severity.WARNING
NOTE: Final = Severity.NOTE

Fragment = Mapping[str, Any] | bytes
"""A change to `EXAMPLE`: property or JSON Pointer to new value, None to remove it; or a whole file as bytes."""

Check = Callable[..., Iterable[Any]]
"""What finds the faults: in a record, in an index of records, or in a value that breaks a keyword of the schema."""


class Rule:
    """A rule as its readers see it, and what checks it. As a decorator it takes both from a function:

        @Rule("dates/no-such-day", severity=ERROR, bad={"date": "2021-02-29"}, good={"date": "2020-02-29"}, …)
        def no_such_day(record: Record) -> Iterator[Issue]:
            # its docstring: "A date names a day that the calendar does not have. …"

    Args:
        id: The family and a slug that names the fault.
        severity: How grave the fault is, unless the user says otherwise.
        bad: An example with the one fault, which stands at the JSON Pointer ``at``.
        good: An example that comes close and has no fault.
        at: Where the fault of ``bad`` stands.
        says: The message about ``bad``.
        helps: The help that comes with the message, if there is one.
        fixed: ``bad`` put right, where ``good`` is not that.
        needs: The parts of a record that must be sound for the rule to say anything true: paths in which ``*`` stands
            for any one key and a leading ``**`` for any way down.
        apart: Paths of the same kind through lists whose entries the rule takes one by one: where such a part is broken,
            the rule gets a record without the entry that it belongs to.
        of_values: Whether the rule looks at each value alone, so that an alternative value must keep it as well.
        text: The rule's page in three paragraphs: the fault in one line, why it matters, how to fix it. A function has
            it as its docstring.
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
        """The bad example put right, as the rule's page shows it."""
        self.needs = needs
        self.apart = apart
        self.of_values = of_values
        self.text = text
        self.check: Check = lambda _: ()  # of a rule whose faults the parser finds, or the reader of a configuration

    def __call__(self, check: Check) -> Self:
        """Take a function that yields each fault it finds as what checks the rule, and its docstring as the page."""
        self.check = check
        self.text = check.__doc__ or ""
        return self

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The fault, why it matters and how to fix it. They are worked out when somebody reads them."""
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
