"""`codes/…`: codes, language tags and identifiers exist and can be understood by others."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from diplomatic_events.edtf import parsed
from diplomatic_events.findings import Fix, Issue, Note, Put
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, NOTE, WARNING, Rule
from diplomatic_events.rules.record import Entry, Record
from diplomatic_events.schema import identifiers, languages
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import Code, choice, code, codelist, nearest_codes, same_code, where_listed
from diplomatic_events.schema.walker import Spot, path_of
from diplomatic_events.suggest import nearest, question
from diplomatic_events.wording import listed, quoted


@lru_cache(maxsize=1)
def _notable(record: Record) -> list[tuple[Pointer, str, str, Code | None]]:
    """The codes that are not on their list or are deprecated."""
    found = []
    for name, items in record.found.codes.items():
        for text, spot in items:
            entry = code(name, text)
            if entry is None or entry.deprecated:
                found.append((path_of(spot), name, text, entry))
            else:
                record.schema.sound[name].add(text)
    return found


@Rule(
    "codes/unknown", severity=WARNING, fixes=("safe", "unsafe"), needs=(),
    bad={"topics": ["tarde"]}, good={"topics": ["trade"]}, at="/topics/0",
    says="`tarde` is not on the codelist `topic`",
    helps="did you mean `trade`?",
)  # fmt: skip
def unknown(record: Record) -> Iterator[Issue]:
    """A code is not on its open codelist.

    Others will not know what it means, and a misspelt code is lost from every count.

    Use a code of the list if one fits. If none does, keep your own and suppress the warning for it.
    """
    for path, name, text, entry in _notable(record):
        if entry is None and name not in record.schema.plan.closed:
            helps = record.helps("code")
            hint = _codes_help(name, text) if helps else where_listed(name)
            fix = _code_fix(path, name, text) if helps else None
            yield Issue(path, f"`{text}` is not on the codelist `{name}`", hint, fix=fix)


def _code_fix(path: Pointer, name: str, wrong: str) -> Fix | None:
    """The one code of the same meaning, or of which a wrong one is a misspelling, unless it is a code of one's own."""
    for misspelt in (False, True):
        right = same_code(catalogue(), name, wrong, misspelt=misspelt)
        if right is not None:
            return _fix(path, right, safe=not misspelt)
    return None


def _fix(path: Pointer, right: str, *, safe: bool = True) -> Fix:
    return Fix(f"write `{right}`", (Put(path, right),), safe)


@lru_cache(1024)
def _codes_help(name: str, wrong: str) -> str:
    return question(nearest_codes(catalogue(), name, wrong)) or choice(catalogue(), name, wrong)


@Rule(
    "codes/unknown-currency", severity=WARNING, about=("amount",), fixes=("unsafe",), apart=("outcomes/*/amounts",),
    bad={"/outcomes/0/amounts": [{"value": 50000, "unit": "CFH"}]},
    good={"/outcomes/0/amounts": [{"value": 50000, "unit": "CHF"}]}, at="/outcomes/0/amounts/0/unit",
    says="there is no currency `CFH`",
    helps="did you mean `CHF`?",
)  # fmt: skip
def unknown_currency(record: Record) -> Iterator[Issue]:
    """A unit of three capital letters is no currency of ISO 4217.

    Programs cannot tell what the sum is worth.

    Correct the code. A unit that is no currency is a word in small letters, such as `troops` or `tonnes`.
    """
    for path, outcome in record.listed("outcomes"):
        for index, amount in enumerate(outcome.get("amounts", ())):
            unit = amount["unit"]
            if re.fullmatch("[A-Z]{3}", unit) and code("currency", unit) is None:
                swapped = [known for known in codelist("currency") if sorted(known) == sorted(unit)]  # else any is near
                hint = question(swapped) or "write the code of ISO 4217, or what is counted in small letters"
                place = (*path, "amounts", index, "unit")
                fix = _fix(place, swapped[0], safe=False) if len(swapped) == 1 else None
                yield Issue(place, f"there is no currency `{unit}`", hint, fix=fix)


@Rule(
    "codes/deprecated", severity=WARNING, fixes=("safe",), needs=(),
    bad={"/parties/0/identifiers": [{"scheme": "grid", "value": "grid.1234.5"}]},
    good={"/parties/0/identifiers": [{"scheme": "ror", "value": "02mhbdp94"}]}, at="/parties/0/identifiers/0/scheme",
    says="`grid` is deprecated in `identifier-scheme`",
    helps="use `ror`",
)  # fmt: skip
def deprecated(record: Record) -> Iterator[Issue]:
    """A code is deprecated.

    It stays valid so that old records stay valid, but new records should use its successor.

    Use the code that the message names.
    """
    for path, name, text, entry in _notable(record):
        if entry is not None and entry.deprecated:
            help = f"use `{entry.replaced_by}`" if entry.replaced_by else where_listed(name)
            yield Issue(path, _is_deprecated(name, text), help)
    for tag, spot in record.found.languages:
        for part in languages.parts(tag):
            if part.code is not None and part.code.deprecated:
                yield Issue(
                    path_of(spot), _is_deprecated(part.kind, part.text), _successor(tag, part), fix=_tag_fix(tag, spot)
                )


def _tag_fix(tag: str, spot: Spot) -> Fix | None:
    """The tag that is meant by a wrong one, if that is clear."""
    right = languages.meant(tag)
    return None if right is None else _fix(path_of(spot), right)


def _is_deprecated(name: str, text: str) -> str:
    return f"`{text}` is deprecated in `{name}`"


def _successor(tag: str, part: languages.Part) -> str:
    """The tag to use instead of one with a deprecated part, or what became of the part if no single tag is right."""
    right = languages.meant(tag)
    if right is None and part.kind != "language":
        return f"leave it out: `{'-'.join(text for text in tag.split('-') if text != part.text)}`"
    fate = part.code.description if part.code else ""
    return f"use `{right}`" if right else f"{fate[:1].lower()}{fate[1:].rstrip('.')}"


@Rule(
    "codes/unknown-language", severity=ERROR, fixes=("safe",), of_values=True,
    bad={"/sources/0/language": "en-UK"}, good={"/sources/0/language": "en-GB-scotland"}, at="/sources/0/language",
    says="there is no region `UK`",
    helps="did you mean `en-GB`?",
    fixed={"/sources/0/language": "en-GB"},
)  # fmt: skip
def unknown_language(record: Record) -> Iterator[Issue]:
    """A part of a language tag does not exist or is repeated.

    Programs choose fonts, spell-checkers and translations by the tag.

    Use parts from the IANA registry of language subtags. For the language, use its ISO 639 code: the one with two letters
    if there is one, otherwise the one with three.
    """
    for tag, spot in record.found.languages:
        if languages.exists(tag):
            continue
        unknown = [part for part in dict.fromkeys(languages.parts(tag)) if part.code is None]
        for part in unknown:
            hint = _tag_help(record, tag, part, alone=len(unknown) == 1)
            message = f"there is no {part.kind} `{part.text}`"
            yield Issue(path_of(spot), message, hint, fix=_tag_fix(tag, spot))
        for text in languages.repeated(tag):
            if text not in (part.text for part in unknown):
                message, help = f"`{text}` stands twice in the tag", f"write `{languages.meant(tag)}`"
                yield Issue(path_of(spot), message, help, fix=_tag_fix(tag, spot))


_PARTS_IN_WORDS: Final = {
    "language": "use the ISO 639 code: the one with two letters if there is one, otherwise the one with three",
    "script": "use a four-letter script code of ISO 15924, or leave it out",
    "region": "use a two-letter country code or an area number such as `419`, or leave it out",
    "variant": "use a variant of the IANA registry of language subtags, or leave it out",
}


def _tag_help(record: Record, tag: str, part: languages.Part, *, alone: bool) -> str:
    """The tag that is meant, or similar tags if only this part of it does not exist."""
    right = languages.meant(tag)
    if right is not None:
        return f"did you mean `{right}`?"
    near = _near_parts(record, part) if alone else []
    return question([tag.replace(part.text, other) for other in near]) or _PARTS_IN_WORDS[part.kind]


def _near_parts(record: Record, part: languages.Part) -> list[str]:
    """Similar parts. Some language code is always similar, so only the languages of the record are considered."""
    if part.kind == "region" or not record.helps(part.kind):
        return []
    if part.kind == "language":
        used = dict.fromkeys(languages.parts(tag)[0] for tag, _ in record.found.languages)
        return nearest(part.text, [other.text for other in used if other.code is not None], most=1)
    return _near_subtags(part.kind, part.text)


@lru_cache(1024)
def _near_subtags(kind: str, wrong: str) -> list[str]:
    return nearest(wrong, codelist(kind), cutoff=0.7)


@Rule(
    "codes/malformed-identifier", severity=ERROR, about=("identifier",), fixes=("safe",), apart=("**/identifiers",), of_values=True,
    bad={"/parties/0/identifiers": [{"scheme": "wikidata", "value": "148"}]},
    good={"/parties/0/identifiers": [{"scheme": "wikidata", "value": "Q148"}]}, at="/parties/0/identifiers/0/value",
    says="`148` is not an identifier of the scheme `wikidata`",
    helps="did you mean `Q148`?",
)  # fmt: skip
def malformed_identifier(record: Record) -> Iterator[Issue]:
    """An identifier is not one of its scheme: its form or its check digit is wrong.

    It leads nowhere, or to something else.

    Copy the identifier from its register, without the address around it.
    """
    for identifier, spot in record.of_kind("identifier"):
        scheme, value = identifiers.SCHEMES.get(identifier["scheme"]), identifier["value"]
        if scheme is not None and not scheme.has(value):
            message = f"{quoted(value)} is not an identifier of the scheme `{identifier['scheme']}`"
            place, meant = (*path_of(spot), "value"), scheme.meant(value)
            fix = _fix(place, meant[0]) if len(meant) == 1 else None
            yield Issue(place, message, scheme.help(value), fix=fix)


_Q148: Final = [{"scheme": "wikidata", "value": "Q148"}]


@Rule(
    "codes/identifier-twice", severity=WARNING, about=("identifier",),
    apart=("parties/*/id", "parties/*/identifiers", "people/*/id", "people/*/identifiers"),
    bad={"/parties/0/identifiers": _Q148, "/parties/1/identifiers": _Q148},
    good={"/parties/0/identifiers": _Q148, "/parties/1/identifiers": [{"scheme": "wikidata", "value": "Q184"}]},
    at="/parties/1/identifiers/0",
    says="`freedonia` already has the identifier `Q148`",
    helps="keep one of the two entries, or correct the identifier",
)  # fmt: skip
def identifier_twice(record: Record) -> Iterator[Issue]:
    """Two parties or two people have the same identifier.

    Either both are one and the same, or one of them has the identifier of the other, and programs join what is apart.

    Keep one of the two entries and refer to it everywhere, or correct the identifier.
    """
    for register in ("parties", "people"):
        first: dict[tuple[str, str], tuple[Pointer, str]] = {}
        for path, entry in record.listed(register):
            if "identifiers" in entry:
                for index, identifier in enumerate(entry["identifiers"]):
                    place = (*path, "identifiers", index)
                    before, id = first.setdefault((identifier["scheme"], identifier["value"]), (place, entry["id"]))
                    if before[:2] != path:
                        message = f"`{id}` already has the identifier {quoted(identifier['value'])}"
                        help = "keep one of the two entries, or correct the identifier"
                        yield Issue(place, message, help, notes=(Note(before, "it is given here first"),))


@Rule(
    "codes/country-name-mismatch", severity=WARNING, about=("party.country",), apart=("parties/*/type", "parties/*/name", "parties/*/country"),
    bad={"/parties/2": {"id": "india", "type": "state", "name": "India", "country": "IDN"},
         "/upcoming/0/participants": ["india"]},
    good={"/parties/2": {"id": "india", "type": "state", "name": "India", "country": "IND"},
          "/upcoming/0/participants": ["india"]},
    at="/parties/2/country",
    says="`IDN` is Indonesia, but the party is called India",
    helps="did you mean `IND`?",
)  # fmt: skip
def country_name_mismatch(record: Record) -> Iterator[Issue]:
    """A state has the name of one country and the code of another.

    `IND` and `IDN`, or `AUS` and `AUT`, are easily confused, and every map would be wrong. Names are known in Arabic, Chinese,
    English, French, German, Italian, Japanese, Portuguese, Russian and Spanish.

    Correct the code, or the name. A state that has ended has a code of its own, such as `SUN` for the Soviet Union.
    """
    for path, party in record.listed("parties"):
        found = code("country", party.get("country", "")) if party["type"] == "state" else None
        if found is None or found.valid_until or found.label == party["name"]:
            continue
        from diplomatic_events.schema.country_names import other_countries  # most states have the name of the codelist

        meant = other_countries(found.code, party["name"])
        if meant:
            message = f"`{found.code}` is {found.label}, but the party is called {party['name']}"
            yield Issue((*path, "country"), message, question(list(meant)))


@Rule(
    "codes/city-in-another-country", severity=NOTE, about=("place.country",), needs=("date",),
    apart=("places/*/city", "places/*/country", "programme/*/place", "upcoming/*/place", "related/*/place"),
    bad={"/places/0": {"city": "Vienna", "country": "AUS"}}, good={"/places/0": {"city": "Wien", "country": "AUT"}},
    at="/places/0/country",
    says="`AUS` is Australia, but Vienna lies in Austria",
    helps="did you mean `AUT`?",
    fixed={"/places/0": {"city": "Vienna", "country": "AUT"}},
)  # fmt: skip
def city_in_another_country(record: Record) -> Iterator[Issue]:
    """A city stands in a place of another country.

    `AUS` and `AUT` are easily confused, and every map would be wrong. Known are the capitals of all states, by their English
    names, and the cities after which time zones are named, in Arabic, Chinese, English, French, German, Italian, Japanese,
    Portuguese, Russian and Spanish.

    Correct the code or the city. If there is another city of the name, let the note stand. A place has the country in which it
    lay at the time of the event: nothing is said of codes that are no longer in use, nor of states that did not exist yet.
    """
    for path, place in _places(record):
        if "city" not in place or "country" not in place:
            continue
        from diplomatic_events.schema.city_names import countries_of, has_another  # some records have no city

        there = countries_of(place["city"])
        if there and place["country"] not in there and not has_another(place["country"], place["city"]):
            found, date = code("country", place["country"]), parsed(record.value["date"])
            meant = [known for known in (code("country", wanted) for wanted in there) if known is not None]
            last = date.last.year if date is not None and date.last is not None else None
            if found is None or found.valid_until:
                continue
            if all(known.valid_from and (last is None or last < known.valid_from) for known in meant):
                continue
            labels = listed([known.label for known in meant])
            message = f"`{found.code}` is {found.label}, but {place['city']} lies in {labels}"
            yield Issue((*path, "country"), message, question([known.code for known in meant]))


def _places(record: Record) -> Iterator[Entry]:
    """Every place of the record."""
    yield from record.listed("places")
    for name in ("programme", "upcoming", "related"):
        for path, entry in record.listed(name):
            if "place" in entry:
                yield (*path, "place"), entry["place"]
