"""What a run checks and how, and which findings it lets through."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError, Finding, Severity
from diplomatic_events.jsontext.parse import DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH
from diplomatic_events.rules import RULES, select
from diplomatic_events.schema.catalogue import Catalogue, catalogue


class Ignored(NamedTuple):
    """Rules that do not apply to the files of a pattern."""

    matches: Callable[[str], bool]
    rules: frozenset[str]


class Suppression(NamedTuple):
    """A finding that a user has reviewed and lets through, with the reason and, if there is one, its last day.

    None matches anything; a pointer also matches what is below it, and its `*` any one key. ``scope`` is the file or folder that contains everything
    that it can match. ``named`` is the rule as it was written, in ``file`` at ``line``.
    """

    rules: frozenset[str]
    matches: Callable[[str], bool] | None
    record: str | None
    pointer: str | None
    reason: str
    expires: date | None
    scope: str
    named: str
    file: str
    line: int
    event_type: str | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether this suppresses a finding."""
        return (
            finding.rule in self.rules
            and (self.matches is None or self.matches(finding.file))
            and self.record in (None, finding.record)
            and self.event_type in (None, finding.event_type)
            and (self.pointer is None or _leads_to(self.pointer, finding.pointer or ""))
        )


def _leads_to(pattern: str, pointer: str) -> bool:
    """Whether a place is what a pattern of pointers means, or is below it."""
    if "*" not in pattern:
        return f"{pointer}/".startswith(f"{pattern}/")
    wanted, keys = pattern.split("/"), pointer.split("/")
    return len(wanted) <= len(keys) and all(one in ("*", key) for one, key in zip(wanted, keys, strict=False))


class Baseline(NamedTuple):
    """How many findings of each fingerprint are known, and the file that lists them."""

    file: str
    counts: Mapping[str, int]


MOST_OF_RECORD: Final = 10_000
"""Of one record, so many findings of a rule are kept, unless a run is to keep more: memory is to stay flat."""

NO_BASELINE: Final = Baseline("", {})

_SHIPPED: Final = catalogue()


class Options(NamedTuple):
    """What a run checks, and how.

    ``select`` and ``ignore`` name rules or families; an empty ``select`` means all. ``severities`` gives rules another
    severity, or None to switch them off. ``schema_version`` is `auto` for the version that each record declares.
    ``max_findings`` and ``max_per_rule`` limit the findings in a report; its totals count all. ``ignored``,
    ``suppressions`` and ``baseline`` let findings through; ``today`` decides which suppressions have expired.
    With ``hints``, findings say what may stand in their place. With a ``clock``, such as `time.process_time`, the report says how long each stage took.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = {}
    schema_version: str = "auto"
    max_bytes: int = DEFAULT_MAX_BYTES
    max_depth: int = DEFAULT_MAX_DEPTH
    max_findings: int | None = None
    max_per_rule: int | None = None
    engine: str = "auto"
    catalogue: Catalogue = _SHIPPED
    ignored: tuple[Ignored, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    today: date | None = None
    baseline: Baseline = NO_BASELINE
    clock: Callable[[], float] | None = None
    hints: bool = False

    @property
    def most_of_record(self) -> int:
        """How many findings of a rule are kept of one record; the others are only counted."""
        return max(MOST_OF_RECORD, self.max_per_rule or 0)

    def chosen(self) -> frozenset[str]:
        """The rules that the run checks.

        Raises:
            DiplomaticEventsError: A name is neither a rule nor a family, or no rule is left.
        """
        named = select(self.select, "--select") if self.select else frozenset(RULES)
        chosen = named & self.not_switched_off()
        if not chosen:
            raise DiplomaticEventsError(
                "no rule is left to check", help="select rules that are neither ignored nor off"
            )
        return chosen

    def not_switched_off(self) -> frozenset[str]:
        """The rules that neither ``ignore`` nor ``severities`` leaves out. They report what keeps a record from being
        checked, whatever ``select`` names.
        """
        off = {rule for rule, severity in self.severities.items() if severity is None}
        return frozenset(RULES) - select(self.ignore, "--ignore") - off

    def severity(self, rule: str) -> Severity:
        """The severity that a rule has in this run."""
        return self.severities.get(rule) or RULES[rule].severity
