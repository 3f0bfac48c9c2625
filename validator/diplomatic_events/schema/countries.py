"""Other names and codes of countries than those of the codelist, and organizations that are mistaken for countries."""

from collections.abc import Mapping
from typing import Final

from diplomatic_events.schema.codelists import Code

_OTHERWISE: Final = {
    # Codes used in sport that differ from ISO 3166-1.
    "ALG": "DZA", "ANG": "AGO", "ARU": "ABW", "ASA": "ASM", "BAH": "BHS", "BAN": "BGD", "BAR": "BRB", "BER": "BMU",
    "BHU": "BTN", "BIZ": "BLZ", "BOT": "BWA", "BRU": "BRN", "BUL": "BGR", "CAM": "KHM", "CAY": "CYM", "CGO": "COG",
    "CHA": "TCD", "CHI": "CHL", "CRC": "CRI", "CRO": "HRV", "DEN": "DNK", "ENG": "GBR", "ESA": "SLV", "FIJ": "FJI",
    "GAM": "GMB", "GBS": "GNB", "GEQ": "GNQ", "GER": "DEU", "GRE": "GRC", "GRN": "GRD", "GUA": "GTM", "GUI": "GIN",
    "HAI": "HTI", "HOL": "NLD", "HON": "HND", "INA": "IDN", "IRI": "IRN", "ISV": "VIR", "IVB": "VGB", "KOS": "XKX",
    "KSA": "SAU", "KUW": "KWT", "LAT": "LVA", "LBA": "LBY", "LES": "LSO", "LIB": "LBN", "MAD": "MDG", "MAS": "MYS",
    "MAW": "MWI", "MGL": "MNG", "MON": "MCO", "MRI": "MUS", "MTN": "MRT", "MYA": "MMR", "NCA": "NIC", "NED": "NLD",
    "NEP": "NPL", "NGR": "NGA", "NIG": "NER", "NIR": "GBR", "OMA": "OMN", "PAR": "PRY", "PHI": "PHL", "PLE": "PSE",
    "POR": "PRT", "PUR": "PRI", "RSA": "ZAF", "SAM": "WSM", "SCO": "GBR", "SEY": "SYC", "SIN": "SGP", "SKN": "KNA",
    "SLO": "SVN", "SOL": "SLB", "SRI": "LKA", "SUD": "SDN", "SUI": "CHE", "TAN": "TZA", "TCH": "CSK", "TGA": "TON",
    "TOG": "TGO", "TPE": "TWN", "URS": "SUN", "URU": "URY", "VAN": "VUT", "VIE": "VNM", "VIN": "VCT", "WAL": "GBR",
    "ZAM": "ZMB", "ZIM": "ZWE",
    # Other short forms. The Federal Republic of Germany has always had the code that Germany has.
    "DPRK": "PRK", "DRC": "COD", "EL": "GRC", "FRG": "DEU", "FYROM": "MKD", "GDR": "DDR", "PRC": "CHN",
    "ROC": "TWN", "ROK": "KOR", "UAE": "ARE", "UK": "GBR", "US": "USA", "USSR": "SUN",
    # Names. A state that has changed its name may have two codes.
    "America": "USA", "Bosnia": "BIH", "Britain": "GBR", "Burma": "MMR BUR", "Byelorussia": "BLR BYS",
    "Cape Verde": "CPV", "Chinese Taipei": "TWN", "Congo": "COD COG", "Congo-Brazzaville": "COG",
    "Congo-Kinshasa": "COD", "Czech Republic": "CZE", "DR Congo": "COD", "East Timor": "TLS TMP", "England": "GBR",
    "Federated States of Micronesia": "FSM", "Great Britain": "GBR", "Holland": "NLD", "Ivory Coast": "CIV",
    "Kampuchea": "KHM", "Korea": "KOR PRK", "Macau": "MAC", "Macedonia": "MKD", "Northern Ireland": "GBR",
    "Persia": "IRN", "Republic of China": "TWN", "Rhodesia": "RHO", "Scotland": "GBR", "Slovak Republic": "SVK",
    "Swaziland": "SWZ", "Timor": "TLS", "Turkey": "TUR", "United States of America": "USA", "Vatican": "VAT",
    "Vatican City": "VAT", "Wales": "GBR", "West Germany": "DEU",
}  # fmt: skip
"""Well-known codes and names that are not on the list."""

_ORGANIZATIONS: Final = ("eu", "european union", "un", "united nations", "nato", "asean", "african union")
_SAID: Final = ("Official name: ", "Name in ISO 3166-1: ")
"""What introduces another name in a description of the list."""


def plain(called: str) -> str:
    """A name or a code without capitals, full stops and article, which differ from writer to writer."""
    return called.casefold().replace(".", "").strip().removeprefix("the ")


def organization(called: str) -> bool:
    """Whether a text names an organization that many treat like a country."""
    return plain(called) in _ORGANIZATIONS


def by_name(entries: Mapping[str, Code]) -> dict[str, list[str]]:
    """The codes of a list by all names of its countries, in the form that `plain` gives."""
    names: dict[str, list[str]] = {}
    for code, entry in entries.items():
        for start in _SAID:
            if entry.description.startswith(start):
                names.setdefault(plain(entry.description.removeprefix(start)), [code])
    names |= {plain(entry.label): [code] for code, entry in entries.items()}
    for name, codes in _OTHERWISE.items():
        names[plain(name)] = [code for code in codes.split() if code in entries]
    return names
