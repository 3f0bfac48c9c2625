"""Identifiers: their form in each scheme of the codelist `identifier-scheme`, and what was probably meant."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from diplomatic_events.schema import countries
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.suggest import LONGEST, question


class Scheme(NamedTuple):
    """A scheme, and how its identifiers are written.

    Args:
        form: The form, as a pattern.
        words: The form in words.
        fits: Whether a text of that form can be an identifier.
        misfit: Why a text of that form that does not fit cannot be one.
        rewritten: Rewrites a common variant in the form of the scheme.
    """

    form: str
    words: str
    fits: Callable[[str], bool] = lambda _: True
    misfit: str = ""
    rewritten: Callable[[str], str] = str.upper

    def has(self, value: str) -> bool:
        """Whether a text can be an identifier of the scheme."""
        return self._is_formed(value) and self.fits(value)

    def help(self, value: str) -> str:
        """What to write instead of a text that is not an identifier of the scheme."""
        if right := self.meant(value):
            return question(right[:1]) or ""
        return self.misfit if self._is_formed(value) else f"write {self.words}"

    def meant(self, value: str) -> list[str]:
        """The identifiers that a text may mean that is none, the likeliest first."""
        return list(dict.fromkeys(filter(self.has, self._candidates(value))))

    def _is_formed(self, value: str) -> bool:
        return re.fullmatch(self.form, value) is not None

    def _candidates(self, value: str) -> Iterator[str]:
        """A text without the address or white space around it, as it is and rewritten."""
        from urllib.parse import unquote  # imported only when there is a finding

        if len(value) > LONGEST:
            return
        text = value.strip()
        yield from (text, self.rewritten(text))
        if address := re.match(_ADDRESS, text):
            path = unquote(re.split("[?#]", text[address.end() :])[0]).rstrip("/").split("/")
            yield from ("/".join(path[start:]) for start in range(len(path)))
            yield from (self.rewritten(step) for step in reversed(path))


_ADDRESS: Final = "(?:https?://)?[a-z0-9-]+(?:[.][a-z0-9-]+)*[.][a-z]{2,}/"


def _isni(value: str) -> bool:
    """Whether the last of sixteen digits is the check digit of ISO 7064 MOD 11-2."""
    total = 0
    for digit in value[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == value[-1]


_BASE_32: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's digits: without `i`, `l`, `o` and `u`, which are easily mistaken for others."""


def _ror(value: str) -> bool:
    """Whether the last two digits are the check digits of ISO 7064 MOD 97-10 for the others, read in base 32."""
    number = 0
    for digit in value[:-2]:
        number = number * 32 + _BASE_32.index(digit)
    return int(value[-2:]) == 98 - number * 100 % 97


@cache
def _alpha2() -> frozenset[str]:
    """The two-letter codes of all countries, including former ones."""
    return frozenset(entry.alpha2 for entry in codelist("country").values() if entry.alpha2)


def _without_separators(value: str) -> str:
    return re.sub("[ -]", "", value).upper()


def _country(value: str) -> str:
    """The two-letter code for a country's three-letter code or name."""
    entries = codelist("country")
    codes = [value.upper()] if value.upper() in entries else countries.by_name(entries).get(countries.plain(value), [])
    letters = {entries[known].alpha2 for known in codes}
    return (letters.pop() if len(letters) == 1 else None) or value.upper()


def _symbol(value: str) -> str:
    """A symbol of one of the principal organs, in capitals; in other symbols, small letters can be right."""
    return value.upper() if re.match("(?:a|e|s|st|t)/", value) else value


def _closes_its_brackets(value: str) -> bool:
    return not re.search(r"[()\[\]]", re.sub(r"\([^()\[\]]+\)|\[[^()\[\]]+\]", "", value))


SCHEMES: Final[dict[str, Scheme]] = {
    "wikidata": Scheme(
        "Q[1-9][0-9]*", "`Q` and a number, such as `Q148`", rewritten=lambda text: f"Q{text.lstrip('q')}"
    ),
    "iso-3166-1-alpha-2": Scheme(
        "[A-Z]{2}",
        "two capital letters, such as `CN`",
        lambda value: value in _alpha2(),
        "no country has this two-letter code",
        _country,
    ),
    "cow": Scheme(
        "[0-9]{1,3}",
        "a number of up to three digits, such as `710`",
        lambda value: 2 <= int(value) <= 990,
        "the numbers of states run from 2 to 990",
    ),
    "geonames": Scheme("[1-9][0-9]*", "a number, such as `1816670`"),
    "un-locode": Scheme(
        "[A-Z]{2}[A-Z2-9]{3}",
        "a two-letter country code and three more characters, such as `CNBJS`",
        lambda value: value[:2] in _alpha2(),
        "its first two letters are not a country code",
        _without_separators,
    ),
    "ror": Scheme(
        f"0[{_BASE_32}]{{6}}[0-9]{{2}}",
        "nine characters that begin with `0`, such as `02mhbdp94`",
        _ror,
        "its check digits, the last two, do not fit the others: compare it with the register",
        str.lower,
    ),
    "viaf": Scheme("[1-9][0-9]*", "a number, such as `113230702`"),
    "isni": Scheme(
        "[0-9]{15}[0-9X]",
        "sixteen digits with a correct check digit, such as `0000000121032683`",
        _isni,
        "its check digit, the last one, does not fit the others: compare it with the register",
        _without_separators,
    ),
    "un-document": Scheme(
        r"[A-Z][A-Z0-9.]*(?:\([^()/]+\))?(?:/[A-Za-z0-9][A-Za-z0-9 .,&()\[\]-]*)+(?<=[A-Za-z0-9)\]])\*?",
        "a document symbol, such as `S/RES/1244 (1999)`",
        _closes_its_brackets,
        "its brackets do not match",
        _symbol,
    ),
    "unts": Scheme(
        "(?:I{1,2}-)?[1-9][0-9]*",
        "a registration number, such as `I-7310`",
        rewritten=lambda text: re.sub(
            "^(i{1,2})[ -]*", lambda found: f"{found[1].upper()}-", text, flags=re.IGNORECASE
        ),
    ),
    "grid": Scheme(
        "grid[.][0-9a-z]+[.][0-9a-z]+",
        "`grid.` and two groups of characters, such as `grid.1234.5`",
        rewritten=str.lower,
    ),
    "doi": Scheme(
        r"10[.][0-9]{4,9}(?:[.][0-9]+)*/[^ \t\r\n]+",
        "`10.`, a number, a slash and more, such as `10.7910/DVN/28075`",
        rewritten=lambda text: re.sub("^doi: *", "", text, flags=re.IGNORECASE),
    ),
    "dataset-key": Scheme(r"[^ \t\r\n](?:.*[^ \t\r\n])?", "the key as the data set has it, such as `visit-1043`"),
}
"""Each scheme of the codelist, as the codelist describes it."""
