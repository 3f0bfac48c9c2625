"""The codes and ids that names stand for."""

from typing import Final, cast, get_args

from diplomatic_events.models import codes
from diplomatic_events.schema import codelists, countries
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.words.forms import slug as plain_slug
from diplomatic_events.schema.words.keywords import near_countries
from diplomatic_events.suggest import question
from diplomatic_events.wording import quoted

_LONGEST: Final = 128
"""The most characters of an identifier."""


def slug(name: str) -> str:
    """The id that a name makes: `king-hussein` for `King Hussein`. Accents are left out.

    Raises:
        ValueError: The name has no Latin letter and no digit; other scripts are not transcribed.
    """
    made = plain_slug(name)[:_LONGEST].rstrip("-")
    if not made:
        raise ValueError(f"{quoted(name)} has no Latin letter from which an id could be made")
    return made


def country(name: str) -> codes.Country:
    """The code of the country that a name or another code stands for: `JOR` for `Jordan`, `GBR` for `UK`.

    Raises:
        ValueError: No country has that name, or several have it; the message names those that may be meant.
    """
    entries = codelists.codelist("country")
    if name in entries:
        return cast("codes.Country", name)
    meant = countries.by_name(entries).get(countries.plain(name)) or []
    meant = meant or [entry.code for entry in entries.values() if entry.alpha2 == name and not entry.deprecated]
    if len(meant) == 1:
        return cast("codes.Country", meant[0])
    if meant:
        raise ValueError(f"{quoted(name)} may be {' or '.join(f'`{code}`' for code in meant)}")
    near = [f"{entries[code].label}` (`{code}`)" for code in near_countries(catalogue(), name)]
    raise ValueError(f"{quoted(name)} is no country" + (f"; did you mean `{' or `'.join(near)}?" if near else ""))


def not_a_code(wrong: str, known: frozenset[str]) -> str:
    """What to say of a text that is none of the known codes: the nearest of them."""
    type_name = next((name for name, type_ in vars(codes).items() if frozenset(get_args(type_)) == known), "")
    name = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type_name).lstrip("-")
    if name == "country":
        help = question(near_countries(catalogue(), wrong)) or codelists.where_listed(name)
    elif name:
        near = [code for code in codelists.nearest_codes(catalogue(), name, wrong) if code in known]
        help = question(near) or codelists.choice(catalogue(), name, wrong, known)
    else:
        help = f"the codes are {', '.join(f'`{code}`' for code in sorted(known))}"
    return f"{quoted(wrong)} is no code of the list {name}; {help}"
