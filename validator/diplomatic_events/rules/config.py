"""`config/…`: outdated parts of the configuration. `diplomatic_events.report.suppress` finds them."""

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

The fault has been fixed, or the suppression names the wrong thing; one day it would hide another fault.

Remove it, or correct the rule, file, record or pointer that it names. It is reported only if its record was checked or, if
it names no record, if the command was given the whole folder of the files that it can match: the folder of the
configuration if it names no file. A suppression of a rule across records is never reported.""",
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

The finding was to be reviewed by then.

Look at the finding again. Fix it, or set a later day in `expires`.""",
)
