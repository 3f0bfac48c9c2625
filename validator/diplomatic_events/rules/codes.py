"""`codes/…`: codes, language tags and identifiers that mean something to others."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final

from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, WARNING, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.codelists import Code, code, codelist, nearest_codes, url
from diplomatic_events.schema.walker import path_of
from diplomatic_events.suggest import nearest, question


def _isni(value: str) -> bool:
    """Sixteen digits of which the last is the check digit of ISO 7064 MOD 11-2."""
    digits = re.sub(r"[ -]", "", value)
    if not re.fullmatch("[0-9]{15}[0-9X]", digits):
        return False
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


FORMS: Final[dict[str, tuple[Callable[[str], bool], str]]] = {
    "wikidata": (_like("Q[1-9][0-9]*"), "`Q` and a number, such as `Q148`"),
    "iso-3166-1-alpha-2": (_like("[A-Z]{2}"), "two capital letters, such as `CN`"),
    "cow": (_like("[0-9]{1,3}|[A-Z]{3}"), "a number of up to three digits or three capital letters, such as `710`"),
    "geonames": (_like("[1-9][0-9]*"), "a number, such as `1816670`"),
    "un-locode": (_like("[A-Z]{2} ?[A-Z2-9]{3}"), "a country's two letters and three more, such as `CNBJS`"),
    "ror": (
        _like("(https://ror[.]org/)?0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}"),
        "nine characters from `0` on, such as `02mhbdp94`",
    ),
    "viaf": (_like("[1-9][0-9]*"), "a number, such as `113230702`"),
    "isni": (_isni, "sixteen digits with a right check digit, such as `0000000121032683`"),
    "un-document": (_like("[A-Z]+(/[A-Za-z0-9.() -]+)+"), "a document symbol, such as `S/RES/1244 (1999)`"),
    "unts": (_like("(I{1,2}-)?[0-9]+"), "a registration number, such as `I-7310`"),
}
"""The form of the identifiers of each scheme, and that form in words."""

LANGUAGES_MEANT: Final = {
    "al": "sq", "by": "be", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "il": "he", "in": "id",
    "ir": "fa", "iw": "he", "jp": "ja", "kz": "kk", "rs": "sr", "ua": "uk", "us": "en", "vn": "vi",
}  # fmt: skip
"""What is no language's code, a country's or a former one, and the language that is probably meant."""

REGIONS_MEANT: Final = {"EL": "GR", "EN": "GB", "UK": "GB"}
"""What is no region's code, and the region that is probably meant."""


def _entries(record: Record) -> Iterator[tuple[Pointer, str, str, Code | None]]:
    return iter(_notable(record))


@lru_cache(maxsize=1)
def _notable(record: Record) -> list[tuple[Pointer, str, str, Code | None]]:
    """The codes that are not on their list, or that are deprecated there."""
    found = []
    for name, items in record.found.codes.items():
        for text, spot in items:
            if (name, text) not in _SOUND:
                entry = code(name, text)
                if entry is None or entry.deprecated:
                    found.append((path_of(spot), name, text, entry))
                else:
                    _SOUND.add((name, text))
    return found


_SOUND: Final[set[tuple[str, str]]] = set()
"""Codes that were looked up and are on their list: there are not many more than the lists have."""


@Rule(
    "codes/unknown", severity=WARNING, needs=(),
    bad={"topics": ["tarde"]}, good={"topics": ["trade"]}, at="/topics/0",
    says="`tarde` is not on the codelist `topic`",
    helps="did you mean `trade`?",
)  # fmt: skip
def unknown(record: Record) -> Iterator[Issue]:
    """A code is not on its list, which is an open one.

    Others will not know what it means, and a misspelt code is lost from every count.

    Use a code of the list where one fits. Where none does, keep your own and suppress the warning for it.
    """
    for path, name, text, entry in _entries(record):
        if entry is None and name not in record.schema.plan.closed:
            near = _near_codes(name, text) if record.helps("code") else []
            hint = question(near) or f"the codelist `{name}` has the known codes: {url(name)}"
            yield Issue(path, f"`{text}` is not on the codelist `{name}`", hint)


@lru_cache(1024)
def _near_codes(name: str, wrong: str) -> list[str]:
    return nearest_codes(codelist(name), wrong)


@Rule(
    "codes/deprecated", severity=WARNING, needs=(),
    bad={"/parties/0/identifiers": [{"scheme": "grid", "value": "grid.1234.5"}]},
    good={"/parties/0/identifiers": [{"scheme": "ror", "value": "02mhbdp94"}]}, at="/parties/0/identifiers/0/scheme",
    says="`grid` is deprecated in `identifier-scheme`",
    helps="use `ror`",
)  # fmt: skip
def deprecated(record: Record) -> Iterator[Issue]:
    """A code is no longer to be used.

    It stays valid so that old records do, but new ones should agree on its successor.

    Use the code that the message names.
    """
    for path, name, text, entry in _entries(record):
        if entry is not None and entry.deprecated:
            yield Issue(
                path, f"`{text}` is deprecated in `{name}`", f"use `{entry.replaced_by}`" if entry.replaced_by else None
            )


@Rule(
    "codes/unknown-language", severity=ERROR, of_values=True,
    bad={"/sources/0/language": "xq"}, good={"/sources/0/language": "en-GB"}, at="/sources/0/language",
    says="there is no language `xq`",
    helps="did you mean `xtq`, `xsq` or `xqt`?",
    fixed={"/sources/0/language": "en"},
)  # fmt: skip
def unknown_language(record: Record) -> Iterator[Issue]:
    """A language tag names a language, script or region that there is not.

    Programs choose fonts, spell-checkers and translations by the tag.

    Use the code of ISO 639 for the language: two letters where it has them, else three.
    """
    for tag, spot in record.found.languages:
        path = path_of(spot)
        primary, *rest = tag.split("-")
        if code("language", primary) is None:
            yield Issue(path, f"there is no language `{primary}`", _language_help(record, primary))
        for part in rest:
            if re.fullmatch("[A-Z][a-z]{3}", part) and code("script", part) is None:
                near = _near_subtags("script", part) if record.helps("script") else []
                yield Issue(path, f"there is no script `{part}`", question(near[:3]))
            elif re.fullmatch("[A-Z]{2}", part) and part not in _regions():
                near = _near_regions(part) if record.helps("region") else []
                yield Issue(path, f"there is no region `{part}`", question(near[:3]))


@lru_cache(1024)
def _near_subtags(kind: str, wrong: str) -> list[str]:
    return nearest(wrong, _regions() if kind == "region" else codelist(kind), most=20)


def _near_regions(wrong: str) -> list[str]:
    return [REGIONS_MEANT[wrong]] if wrong in REGIONS_MEANT else _near_subtags("region", wrong)


def _language_help(record: Record, wrong: str) -> str:
    """The nearest language, rather one that the record has elsewhere."""
    if wrong in LANGUAGES_MEANT:
        return f"did you mean `{LANGUAGES_MEANT[wrong]}`?"
    near = _near_subtags("language", wrong) if record.helps("language") else []
    used = {tag.partition("-")[0] for tag, _ in record.found.languages} if near else set()
    return question([tag for tag in near if tag in used][:1] or near[:3]) or "use a code of ISO 639, such as `en`"


@cache
def _regions() -> frozenset[str]:
    return frozenset(entry.alpha2 for entry in codelist("country").values() if entry.alpha2)


@Rule(
    "codes/malformed-identifier", severity=ERROR, apart=("**/identifiers",), of_values=True,
    bad={"/parties/0/identifiers": [{"scheme": "wikidata", "value": "148"}]},
    good={"/parties/0/identifiers": [{"scheme": "wikidata", "value": "Q148"}]}, at="/parties/0/identifiers/0/value",
    says="`148` is not an identifier of the scheme `wikidata`",
    helps="did you mean `Q148`?",
)  # fmt: skip
def malformed_identifier(record: Record) -> Iterator[Issue]:
    """An identifier does not have the form of its scheme.

    It leads nowhere, or to something else.

    Copy the identifier from its register, without the address around it.
    """
    for identifier, spot in record.of_kind("identifier"):
        fits, form = FORMS.get(identifier["scheme"], (None, ""))
        value = identifier["value"]
        if fits is not None and not fits(value):
            tail = value.rstrip("/").rpartition("/")[2]
            right = next((other for other in (tail, f"Q{value}", value.upper(), value.strip()) if fits(other)), None)
            hint = f"did you mean `{right}`?" if right else f"write {form}"
            yield Issue(
                (*path_of(spot), "value"),
                f"`{value}` is not an identifier of the scheme `{identifier['scheme']}`",
                hint,
            )


@Rule(
    "codes/country-name-mismatch", severity=WARNING, apart=("parties/*/type", "parties/*/name", "parties/*/country"),
    bad={"/parties/2": {"id": "india", "type": "state", "name": "India", "country": "IDN"},
         "/upcoming/0/participants": ["india"]},
    good={"/parties/2": {"id": "india", "type": "state", "name": "India", "country": "IND"},
          "/upcoming/0/participants": ["india"]},
    at="/parties/2/country",
    says="`IDN` is Indonesia, and the party is called India",
    helps="did you mean `IND`?",
)  # fmt: skip
def country_name_mismatch(record: Record) -> Iterator[Issue]:
    """A state has the name of one country and the code of another.

    `IND` and `IDN`, `AUS` and `AUT` are easily confused, and every map would be wrong.

    Correct the code.
    """
    for path, party in record.listed("parties"):
        found = code("country", party.get("country", ""))
        if party["type"] != "state" or found is None or found.valid_until or found.label == party["name"]:
            continue
        meant = _country_by_name().get(party["name"].casefold())
        if meant and meant != found.code:
            message = f"`{found.code}` is {found.label}, and the party is called {party['name']}"
            yield Issue((*path, "country"), message, f"did you mean `{meant}`?")


@cache
def _country_by_name() -> dict[str, str]:
    return {entry.label.casefold(): entry.code for entry in codelist("country").values() if not entry.valid_until}
