"""Names of countries: in many languages and forms, of one country or of several."""

import pytest

from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.country_names import name_key, other_countries


@pytest.mark.parametrize(
    ("code", "name", "meant"),
    [
        ("PRK", "Republic of Korea", "KOR"),
        ("PRK", "Korea, Republic of", "KOR"),
        ("PRK", "大韩民国", "KOR"),
        ("KOR", "КНДР", "PRK"),
        ("COD", "Congo", "COG"),
        ("COG", "DR Congo", "COD"),
        ("COG", "République démocratique du Congo", "COD"),
        ("AUT", "Allemagne", "DEU"),
        ("AUS", "Republik Österreich", "AUT"),
        ("RUS", "USSR", "SUN"),
        ("RUS", "Советский Союз", "SUN"),
        ("RUS", "苏联", "SUN"),
        ("CUW", "Ivory Coast", "CIV"),
        ("CUW", "Costa d'Avorio", "CIV"),
        ("SVK", "Tschechoslowakei", "CSK"),
        ("SRB", "ユーゴスラビア", "YUG"),
        ("DEU", "East Germany", "DDR"),
        ("DOM", "Dominica", "DMA"),
        ("SDN", "جمهورية جنوب السودان", "SSD"),
        ("CHE", "Königreich Schweden", "SWE"),
        ("BLR", "俄罗斯联邦", "RUS"),
        ("CHN", "Republic of China", "TWN"),
        ("GBR", "the United States", "USA"),
        ("GBR", "U.S.", "USA"),
        ("MLI", "Malaui", "MWI"),
        ("NGA", "Republic of Niger", "NER"),
    ],
)
def test_a_name_is_of_another_country(code: str, name: str, meant: str) -> None:
    assert other_countries(code, name) == (meant,)
    assert other_countries(meant, name) == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KOR", "Korea"),
        ("PRK", "Korea"),
        ("COD", "Zaire"),
        ("MMR", "Burma"),
        ("TLS", "East Timor"),
        ("VNM", "Republic of Vietnam"),
        ("GBR", "Great Britain"),
        ("GBR", "The United Kingdom"),
        ("CZE", "Česká republika"),
        ("IND", "Bharat"),
        ("FRA", "Freedonia"),
        ("FRA", "…"),
        ("FRA", "Republic"),
        ("GEO", "Republic of Georgia"),
        ("IRL", "Republic of Ireland"),
        ("MKD", "Republic of Macedonia"),
        ("CYP", "Turkish Republic of Northern Cyprus"),
    ],
)
def test_a_name_is_of_this_country_or_of_none_that_is_known(code: str, name: str) -> None:
    assert other_countries(code, name) == ()


def test_a_name_of_two_countries_is_of_another_than_a_third() -> None:
    assert set(other_countries("JPN", "Korea")) == {"KOR", "PRK"}


def test_the_name_of_the_codelist_is_always_right() -> None:
    assert [entry.label for entry in codelist("country").values() if other_countries(entry.code, entry.label)] == []


def test_what_differs_from_writer_to_writer_is_not_in_a_key() -> None:
    assert name_key("The U.K.") == name_key("UK") == "uk"
    assert name_key("Côte d’Ivoire") == name_key("COTE D'IVOIRE") == "cote d ivoire"
