"""In which countries a city lies: capitals and cities with a time zone, by a table that `validator/tools/reference_lists.py` writes."""

from functools import cache, lru_cache
from pathlib import Path

from diplomatic_events.schema.country_names import called, name_key


@cache
def _names() -> str:
    """A line for each code: the code and the keys of the names of its cities, each between upright strokes."""
    return Path(__file__).with_name("city_names.txt").read_text(encoding="utf-8")


@lru_cache(4096)
def countries_of(city: str) -> tuple[str, ...]:
    """The codes of the countries that have a city of this name, if it is one of the table."""
    return called(_names(), name_key(city))


def has_another(code: str, city: str) -> bool:
    """Whether a country has a lesser city of the name."""
    return code in called(_names(), f"~{name_key(city)}")
