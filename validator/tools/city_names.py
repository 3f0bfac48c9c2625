"""The names of cities, as `city_names.txt` has them: of capitals in English, of cities with a time zone in many languages.

The capitals are those that countryinfo ships, the cities of time zones and their names those of the Unicode CLDR, which babel
ships. Cities of territories are left out, since a record may also place them in the state that governs them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import countryinfo
import pycountry
from babel import Locale
from babel.core import get_global

from diplomatic_events.schema.country_names import name_key

TERRITORIES = frozenset(
    [
        "ABW",
        "AIA",
        "ALA",
        "ASM",
        "ATA",
        "ATF",
        "BES",
        "BLM",
        "BMU",
        "BVT",
        "CCK",
        "COK",
        "CUW",
        "CXR",
        "CYM",
        "ESH",
        "FLK",
        "FRO",
        "GGY",
        "GIB",
        "GLP",
        "GRL",
        "GUF",
        "GUM",
        "HKG",
        "HMD",
        "IMN",
        "IOT",
        "JEY",
        "MAC",
        "MAF",
        "MNP",
        "MSR",
        "MTQ",
        "MYT",
        "NCL",
        "NFK",
        "NIU",
        "PCN",
        "PRI",
        "PSE",
        "PYF",
        "REU",
        "SGS",
        "SHN",
        "SJM",
        "SPM",
        "SXM",
        "TCA",
        "TKL",
        "TWN",
        "UMI",
        "VGB",
        "VIR",
        "WLF",
        "XKX",
    ]
)
"""Codes of what is no state, or not in everyone's eyes."""

DISPUTED = frozenset({"jerusalem", "simferopol", "sevastopol", "urumqi", "kashgar"})
"""Cities that a record may place in another country for good reasons."""

ELSEWHERE: Mapping[str, str] = {
    "ama": "JPN", "amsterdam": "USA", "angeles": "CHL ESP", "asuncion": "VEN", "athens": "USA", "belem": "GNB PRT",
    "belen": "ARG PER TUR", "belize": "AGO", "bissau": "IND", "blantyre": "GBR", "campo grande": "PRT",
    "canton": "USA", "casablanca": "CHL", "chatham": "CAN GBR USA", "chita": "JPN", "colombo": "BRA",
    "cordoba": "ESP MEX", "costa rica": "BRA MEX", "damascus": "USA", "dhaka": "IND", "dublin": "USA",
    "edmonton": "GBR", "georgetown": "CAN USA", "granada": "COL ESP NIC", "halifax": "GBR", "hobart": "USA",
    "jamaica": "USA", "kingston": "CAN NFK USA", "lagos": "PRT", "lima": "HND USA", "london": "CAN", "luanda": "GNB",
    "madrid": "COL", "mahe": "IND", "melbourne": "USA", "merida": "ESP VEN", "mexico": "PHL", "monrovia": "USA",
    "moscow": "USA", "ottawa": "USA", "palau": "MEX", "panama city": "USA", "paris": "USA",
    "paz": "ARG ESP HND MEX PHL URY", "perth": "GBR", "rioja": "PER", "rome": "USA", "salvador": "BRA",
    "samara": "ETH", "san cristobal": "CUB DOM ESP VEN", "san jose": "PHL USA", "san juan": "CRI PER PHL PRI USA",
    "san luis": "CUB HND PHL USA", "san paolo": "ITA", "san vicente": "ARG CHL COL CRI PHL SLV",
    "santa lucia": "ARG COL ESP URY", "santarem": "PRT", "santiago": "BRA MEX PER PHL", "santo domingo": "CUB",
    "santo tome": "ARG", "sao cristovao": "BRA", "sao vicente": "BRA", "sidney": "USA", "singapur": "IND",
    "st johns": "USA", "sucre": "COL ECU", "sydney": "CAN", "tripoli": "GRC LBN", "tucuma": "BRA", "vancouver": "USA",
    "victoria": "ARG CAN CHL HKG HND PHL USA VEN", "vienna": "USA", "vienne": "FRA", "washington": "GBR", "wellington": "GBR IND USA ZAF",
}  # fmt: skip
"""Countries that have another city of a name with more than 15,000 people, by GeoNames."""


def table(locales: Sequence[str]) -> str:
    """The text of the table: for each code a line of the keys of its cities, those of lesser ones behind a tilde."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in (*_capitals(), *_cities_of_zones(locales)):
        key = name_key(name)
        if key and code not in TERRITORIES and key not in DISPUTED:
            found[code].add(key)
    known = set().union(*found.values())
    for key, codes in ELSEWHERE.items():
        for code in codes.split() if key in known else ():
            found[code].add(f"~{key}")
    return "".join(f"{code}|{'|'.join(sorted(keys))}|\n" for code, keys in sorted(found.items()))


def _capitals() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        try:
            capital = countryinfo.CountryInfo(country.alpha_2).capital()
        except countryinfo.CountryNotFoundError:
            continue
        if capital:
            yield country.alpha_3, capital.removesuffix(" D.C.")
            yield country.alpha_3, capital


def _cities_of_zones(locales: Sequence[str]) -> Iterator[tuple[str, str]]:
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    for zone, territory in get_global("zone_territories").items():
        region, _, place = zone.rpartition("/")
        if territory not in codes or region not in _REGIONS:
            continue
        yield codes[territory], place.replace("_", " ")
        for locale in locales:
            city = Locale.parse(locale).time_zones.get(zone, {}).get("city")
            if city:
                yield codes[territory], city


_REGIONS = ("Africa", "America", "America/Argentina", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
"""The time zones that are named after a city are in these; those of small American towns, in others."""
