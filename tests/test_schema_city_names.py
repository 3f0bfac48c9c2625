"""In which countries the table of cities has a name."""

import pytest

from diplomatic_events.schema.city_names import countries_of, has_another


@pytest.mark.parametrize(
    ("city", "countries"),
    [
        ("Beijing", ("CHN",)),
        ("Washington", ("USA",)),
        ("Washington, D.C.", ("USA",)),
        ("New Delhi", ("IND",)),
        ("Wien", ("AUT",)),
        ("Москва", ("RUS",)),
        ("巴黎", ("FRA",)),
        ("القاهرة", ("EGY",)),
        ("BOGOTÁ", ("COL",)),
        ("Jerusalem", ()),
        ("Hong Kong", ()),
        ("Sarn", ()),
        ("", ()),
    ],
)
def test_a_capital_and_a_city_of_a_time_zone_have_their_country(city: str, countries: tuple[str, ...]) -> None:
    assert countries_of(city) == countries


def test_another_city_of_a_name_is_known() -> None:
    assert has_another("CAN", "London")
    assert not has_another("DEU", "London")
