"""A text that does not have the form that its place asks for: what is odd about it, and what was probably meant."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from diplomatic_events import edtf
from diplomatic_events.wording import LOOKALIKES, quoted

_MONTH: Final = "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
_LAST_MONTH: Final = 12
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def why_no_date(text: str) -> str:
    """What is wrong with a text that should be a date."""
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        return str(error)
    return f"{quoted(text)} does not have the form of a date"


def odd_letter(text: str, pattern: str) -> str | None:
    """The first character that only looks like one of ASCII, where a form allows no others; with its name."""
    if text.isascii() or not pattern.isascii() or "[^" in pattern:
        return None
    odd = next((letter for letter in text if letter.translate(LOOKALIKES).isascii() and not letter.isascii()), None)
    return None if odd is None else f"`{odd}` is {unicodedata.name(odd, 'an unnamed character')}"


def meant(text: str, pattern: str) -> str | None:
    """The text in the right form, if it is plain what that would be."""
    return next(_fitting(text, pattern), None)


def only_meant(text: str, pattern: str) -> str | None:
    """The text in the right form, if it can be nothing else: `2018/04/05` could be a day of April or of May."""
    found = set(_fitting(text, pattern))
    return found.pop() if len(found) == 1 else None


def _fitting(text: str, pattern: str) -> Iterator[str]:
    form = re.compile(pattern)
    fitting = (candidate for candidate in _candidates(text) if candidate and form.search(candidate))
    return (candidate for candidate in fitting if not _is_no_day(candidate))


def _is_no_day(text: str) -> bool:
    """Whether a text is a date that no calendar has: nobody can have meant that."""
    try:
        edtf.parse(text)
    except edtf.NoSuchDayError:
        return True
    except edtf.EdtfError:
        pass  # it is no date at all, as an identifier is none
    return False


def slug(text: str) -> str:
    """A text as an identifier: `Prime Minister Müller` becomes `prime-minister-muller`."""
    plain = unicodedata.normalize("NFKD", text.translate(LOOKALIKES)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _candidates(text: str) -> Iterator[str]:
    yield text.strip()
    yield text.translate(LOOKALIKES)
    if text[:1] in ("?", "~", "%"):
        yield text[1:] + text[0]
    if text[:1].isalpha():  # a date without its odd parts is another date
        yield slug(text)
    yield from _days(text)
    yield from _clocks(text.strip())
    yield text.replace("_", "-")
    if text.startswith("www."):
        yield f"https://{text}"


def _days(text: str) -> Iterator[str]:
    """What a date in another form may mean, where that is plain: `24 April 2018`, `24.4.2018`, `2018/04/24`."""
    from diplomatic_events.schema.words.written_dates import date_meant  # only a wrong date pays for the import

    found = re.fullmatch(
        r"([0-9]{4})(?:[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[T ][0-9]{1,2}:.*)?", text
    )
    if found:
        one, other = int(found[2] or found[4]), int(found[3] or found[5])
        yield f"{found[1]}-{one:02}-{other:02}"
        yield f"{found[1]}-{other:02}-{one:02}"  # only where the first of the two can be no month
    found = re.fullmatch(r"([0-9]{1,2})[.]\s?([0-9]{1,2})[.]\s?([0-9]{4})", text)
    if found:
        yield f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    yield from _slashed(text)
    yield date_meant(text) or ""
    words = re.findall(r"[a-z]+|[0-9]+", text.lower())
    months = [_MONTHS.index(word[:3]) + 1 for word in words if re.fullmatch(_MONTH, word)]
    years = [word for word in words if len(word) == 4 and word.isdigit()]
    days = [f"-{int(word):02}" for word in words if word.isdigit() and len(word) <= 2]
    plain = len(months) + len(years) + len(days) == len(words) and not re.search("[?~%]", text)
    if len(months) == len(years) == 1 and len(days) <= 1 and plain:
        yield f"{years[0]}-{months[0]:02}{''.join(days)}"


_CLOCK: Final = r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::[0-9]{2})?)?\s*(?:([ap])[.]?m[.]?|uhr|h)?"
_HOURS: Final = "h|hr|hrs|hours?|heures?|horas?|std|stunden?|ч|час|часа|часов|小时|時間"
_MINUTES: Final = "m|min|mins|minutes?|minutos?|minuten?|мин|минут|минуты|分钟|分"
_LASTED: Final = (
    rf"(?:([0-9]{{1,3}})\s*(?:{_HOURS})[.,]?)?\s*(?:(?:and|et|y|und|и)\s)?\s*(?:([0-9]{{1,3}})\s*(?:{_MINUTES})[.]?)?"
)


def _clocks(text: str) -> Iterator[str]:
    """What a time of day or a duration in another form means: `9:30`, `3 pm`, `15h30`, `2 hours`."""
    if (clock := re.fullmatch(_CLOCK, text, re.IGNORECASE)) and not text.isdecimal():
        hour = int(clock[1])
        half = (clock[3] or "").lower()
        if not half or 1 <= hour <= _LAST_MONTH:  # a clock of two halves has as many hours as the year has months
            yield f"{hour % 12 + 12 * (half == 'p') if half else hour:02}:{clock[2] or '00'}"
    if lasted := re.fullmatch(_LASTED, text, re.IGNORECASE):
        hours, minutes = (int(number or 0) for number in lasted.groups())
        yield "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _slashed(text: str) -> Iterator[str]:
    """A date with the year at its end, where the other two numbers leave no doubt which is the month: `25/03/1957`."""
    found = re.fullmatch(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})", text)
    if found:
        one, other = int(found[1]), int(found[3])
        if one > _LAST_MONTH or one == other:
            yield f"{found[4]}-{other:02}-{one:02}"
        elif other > _LAST_MONTH:
            yield f"{found[4]}-{one:02}-{other:02}"
