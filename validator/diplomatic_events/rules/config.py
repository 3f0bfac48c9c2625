"""`config/…`: what the configuration says that no longer fits. `diplomatic_events.report.suppress` finds it."""

from typing import Final

from diplomatic_events.rulebook import WARNING, Rule

_USED: Final = b"""\
[[suppress]]
rule = "dates/no-such-day"
record = "geneva-talks"
reason = "The source itself names this day."
"""
_PAST: Final = b"""\
[[suppress]]
rule = "dates/no-such-day"
reason = "The source itself names this day."
expires = 2021-12-31
"""
_NONE: Final = b"# no suppression\n"

UNUSED_SUPPRESSION: Final = Rule(
    "config/unused-suppression",
    severity=WARNING,
    bad=_USED,
    good=_NONE,
    at="",
    says="the suppression of `dates/no-such-day` suppresses nothing",
    helps="remove it, or correct what it names",
    text="""A suppression in the configuration suppresses nothing.

What it was for has been mended, or it names the wrong thing; one day it would hide another fault.

Remove it, or correct the rule, file, record or pointer that it names. It is judged only where its record was checked
or, if it names none, where the command was given the whole folder in which the files lie that it may mean: without a
file, that is the folder of the configuration. One of a rule across records is not judged.""",
)
EXPIRED_SUPPRESSION: Final = Rule(
    "config/expired-suppression",
    severity=WARNING,
    bad=_PAST,
    good=_NONE,
    at="",
    says="the suppression of `dates/no-such-day` expired on 2021-12-31",
    helps="look at the finding again, then renew or remove it",
    text="""A suppression in the configuration has passed its last day.

Somebody wanted the finding looked at again by then.

Look at the finding again. Mend it, or set another day in `expires`.""",
)
