"""What it means to a reader that a value breaks a keyword of the schema: one explanation a keyword."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Fix, Issue, Note, Put, Remove, Wrap
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import ERROR, Rule
from diplomatic_events.schema import codelists, countries, languages
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.definitions import Definitions, noun, with_words
from diplomatic_events.schema.engines import canonical
from diplomatic_events.schema.targets import targets
from diplomatic_events.schema.words import forms
from diplomatic_events.suggest import nearest, question
from diplomatic_events.wording import quoted, with_article

TYPES: Final = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_SHORT: Final = 110
_WHOLE: Final = "-?(0|[1-9][0-9]{0,14})"
_DECIMAL: Final = f"{_WHOLE}([.][0-9]{{1,15}})?"
"""Numbers that are the same whoever reads them."""

_COUNTRY: Final = "country"
_LETTERS: Final = 3


class Context(NamedTuple):
    """A broken value, where it stands and the part of the schema that it breaks."""

    schemas: Definitions
    record: Any
    path: Pointer
    value: Any
    schema: Any
    helped: bool = True
    """Whether the right spelling is to be looked for."""
    fits: Callable[[Pointer, Any], bool] = lambda *_: False
    """Whether the schema allows a value in a place of the record."""

    @property
    def what(self) -> str:
        """The value's name for a reader: its property, or its number in a list."""
        *_, last = self.path
        if isinstance(last, str):
            return f"`{last}`"
        lists = [key for key in self.path if isinstance(key, str)]
        return f"entry {last + 1} of `{lists[-1]}`"

    @property
    def definition(self) -> dict[str, Any]:
        """The whole definition that the value falls under."""
        return self.schemas.at(self.path)

    @property
    def is_required(self) -> bool:
        """Whether the object that holds the value must have it."""
        holder = self.schemas.at(self.path[:-1]) if self.path else {}
        return bool(self.path) and self.path[-1] in holder.get("required", ())

    def issue(self, message: str, help: str | None = None, fix: Fix | None = None) -> Issue:
        """An issue with the value itself."""
        return Issue(self.path, message, help, fix=fix)

    def instead(self, value: Any, *, safe: bool = True) -> Fix | None:
        """Another value in place of this one, if the schema allows it there."""
        if not self.helped or not self.fits(self.path, value):
            return None
        shown = quoted(value) if isinstance(value, str) else f"`{json.dumps(value, ensure_ascii=False)}`"
        return Fix(f"write {shown}", (Put(self.path, value),), safe)

    def nothing(self) -> Fix | None:
        """Nothing in place of a value that says nothing, unless it is needed; what has nothing else in it goes as well."""
        path = self.path
        while path and len(at(self.record, path[:-1])) == 1:
            path = path[:-1]
        if not path or path[-1] in self.schemas.at(path[:-1]).get("required", ()):
            return None
        if isinstance(path[-1], int) and _is_counted(self.record, path):
            return None
        return Fix(f"remove {self._replace(path=path).what}", (Remove(path),))


_MOST_READ: Final = 100
"""More annotations are not read for each entry that says nothing."""


def _is_counted(record: Any, path: Pointer) -> bool:
    """Whether an annotation may count the entries of the list that has an entry, so that none can be removed."""
    name = next(key for key in reversed(path) if isinstance(key, str))
    annotations = record.get("annotations")
    notes = [note for note in annotations if isinstance(note, dict)] if isinstance(annotations, list) else []
    return len(notes) > _MOST_READ or any(name in target.split("/") for note in notes for _, target in targets(note))


@Rule(
    "schema/wrong-type",
    severity=ERROR,
    fixes=("safe",),
    bad={"title": 5},
    good={"title": "5"},
    at="/title",
    says="`title` is a whole number; it must be text",
    helps='write "5"',
)
def wrong_type(context: Context) -> Iterator[Issue]:
    """A value is of the wrong JSON type.

    A program that reads the record expects text, a number, a list or an object in this place and would stop.

    Write the value in the type that the message names. Where nothing is known, leave the property out: the schema
    has no null.
    """
    wanted = TYPES[context.schema["type"]]
    yield context.issue(
        f"{context.what} is {_kind(context.value)}; it must be {wanted}",
        _type_help(context) or _plain_help(context) or _shape_help(context),
        _type_fix(context),
    )


def _type_fix(context: Context) -> Fix | None:
    """No null, a list around a single value, an object around its only property, or a number without its quotation marks."""
    value, wanted = context.value, context.schema["type"]
    if value is None:
        return context.nothing()
    if wanted == "array" and context.helped and context.fits(context.path, [value]):
        return Fix(f"put {context.what} into a list", (Wrap(context.path),))
    if isinstance(value, str) and wanted == "object" and (name := _only_needed(context)) is not None:
        return context.instead({name: value})
    other = _other_type(context)
    return None if other is None else context.instead(json.loads(other))


def _plain_help(context: Context) -> str | None:
    """A number without the quotes around it, or with quotes where text belongs."""
    other = _other_type(context)
    if other is None and (meant := _date_of(context)) is not None:
        other = f'"{meant}"'
    return None if other is None else f"write {other}"


def _date_of(context: Context) -> str | None:
    """The date that stands where a text belongs as a number, in a list, or as the two ends of an interval."""
    value = context.value
    parts = [value] if isinstance(value, int) else list(value.values()) if isinstance(value, dict) else value
    if _form_of(context) != "edtfDate" or not isinstance(parts, list) or len(parts) > len(("begin", "end")):
        return None
    return forms.meant("/".join(map(str, parts)), context.schema["pattern"])


def _form_of(context: Context) -> str | None:
    """Which of the forms that have a help of their own a value should have."""
    definitions = context.schemas.schema["$defs"]
    return next((name for name in ("edtfDate", *_WRITTEN) if context.schema == definitions.get(name)), None)


_WRITTEN: Final = {
    "day": "write the whole day, YYYY-MM-DD",
    "clockTime": "write hours and minutes on the 24-hour clock, HH:MM",
    "duration": "write `PT` with the hours before an `H` and the minutes before an `M`",
}
"""How to write what has one of these forms. An example would be taken for the right value."""


def _other_type(context: Context) -> str | None:
    """The JSON of a number that stands in quotation marks, or of the text that a number should be."""
    value, wanted = context.value, context.schema["type"]
    if isinstance(value, str) and wanted in ("integer", "number"):
        number = re.fullmatch(_WHOLE if wanted == "integer" else _DECIMAL, value.strip())
        return number[0] if number else None
    if isinstance(value, int | float) and not isinstance(value, bool) and wanted == "string":
        text = json.dumps(value)
        return f'"{text}"' if re.search(context.definition.get("pattern", ""), text) else None
    return None


def _only_needed(context: Context) -> str | None:
    """The one property that an object must have, if a text that stands in the object's place has its form."""
    needed = context.definition.get("required", ())
    if len(needed) != 1 or len(context.value) > _SHORT:
        return None
    part = context.schemas.follow(context.definition["properties"][needed[0]])
    return needed[0] if re.search(part.get("pattern", "(?!)"), context.value) else None


def _shape_help(context: Context) -> str | None:
    """What belongs here, where the value is a list or an object, or should be one."""
    examples = context.definition.get("examples", [])
    if isinstance(context.value, str) and len(context.value) <= _SHORT and any(map(_is_of_texts, examples)):
        return f"write `{json.dumps([context.value], ensure_ascii=False)}`"
    if isinstance(context.value, str) and (name := _only_needed(context)) is not None:
        return f"write `{json.dumps({name: context.value}, ensure_ascii=False)}`"
    shown = json.dumps(examples[0], ensure_ascii=False) if examples else ""
    wanted = context.schema["type"] in ("array", "object")
    return f"write it like `{shown}`" if wanted and 0 < len(shown) <= _SHORT else None


def _is_of_texts(example: Any) -> bool:
    return isinstance(example, list) and isinstance(example[0], str)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return TYPES["boolean"]
    if isinstance(value, int):
        return TYPES["integer"]
    return {dict: TYPES["object"], list: TYPES["array"], str: TYPES["string"], float: TYPES["number"]}[type(value)]


def _type_help(context: Context) -> str | None:
    if context.value is not None:
        return None
    if context.is_required:
        return "write it: the property is needed"
    return "leave the property out where nothing is known" if isinstance(context.path[-1], str) else "remove the entry"


@Rule(
    "schema/not-in-codelist",
    severity=ERROR,
    fixes=("safe",),
    bad={"type": "meting"},
    good={"type": "other"},
    at="/type",
    says="`meting` is not a code for a type of event",
    helps="did you mean `meeting`?",
    fixed={"type": "meeting"},
)
def not_in_codelist(context: Context) -> Iterator[Issue]:
    """A value is not a code of its list.

    Records can be compared only if the same thing has the same code in all of them.

    Use the code that the message suggests, or choose one from the list by its definition. Where no code fits, use
    `other` if the list has it.
    """
    codes: list[str] = context.schema["enum"]
    if not isinstance(context.value, str):
        message = f"{context.what} is {_kind(context.value)}; it must be a code"
        yield context.issue(message, _type_help(context), context.nothing() if context.value is None else None)
        return
    shown = quoted(context.value)
    yield context.issue(
        f"{shown} is not a code for {with_article(noun(context.definition, 'value'))}",
        _codes_help(context, codes),
        _code_fix(context) if context.value else context.nothing(),
    )


def _code_fix(context: Context) -> Fix | None:
    """The one code of the same meaning."""
    name, source = context.definition.get("x-codelist", ""), context.schemas.catalogue
    if not name or not context.helped:
        return None
    if name != _COUNTRY:
        right = codelists.same_code(source, name, context.value, misspelt=True)
    else:
        parent = at(context.record, context.path[:-1])
        right = same_country(source, context.value, parent.get("name") if isinstance(parent, dict) else None)
    return None if right is None else context.instead(right)


def _codes_help(context: Context, codes: list[str]) -> str:
    name = context.definition.get("x-codelist", "")
    if name == _COUNTRY and countries.organization(context.value):
        return "it is no country: leave `country` out; its party is of the type `intergovernmental-organization`"
    if near := question(_near_codes(context, name, codes)):
        return near
    if not name:
        return f"the codes are {', '.join(f'`{code}`' for code in codes)}"
    if not context.helped:
        return codelists.where_listed(name)
    return codelists.choice(context.schemas.catalogue, name, context.value, codes)


def _near_codes(context: Context, name: str, codes: list[str]) -> list[str]:
    """The nearest codes, by themselves or by what they are called."""
    if not context.helped:
        return []
    if name == _COUNTRY:
        return _near_countries(context)
    if not name:
        return nearest(context.value, codes)
    return [code for code in codelists.nearest_codes(context.schemas.catalogue, name, context.value) if code in codes]


def _near_countries(context: Context) -> list[str]:
    """The country that is meant: it is known by many names, and by the name of the party that it stands in."""
    parent = at(context.record, context.path[:-1])
    sibling = parent.get("name") if isinstance(parent, dict) else None
    return near_countries(context.schemas.catalogue, context.value, sibling)


def near_countries(catalogue: Catalogue, wrong: str, sibling: object = None) -> list[str]:
    """The codes of the countries that a wrong one may mean, or the name beside it.

    Any three letters come near to the code of some country or other, so only those in a wrong order are put right.
    """
    entries, names = _countries(catalogue)
    for known in (sibling, wrong):
        if isinstance(known, str) and countries.plain(known) in names:
            return names[countries.plain(known)]
    if wrong.upper() in (alpha2 := _by_alpha2(entries)):
        return [alpha2[wrong.upper()]]
    if len(wrong) <= _LETTERS:
        codes = [code for code in entries if sorted(code) == sorted(wrong.upper())]
        return [wrong.upper()] if wrong.upper() in codes else codes
    return list(dict.fromkeys(code for name in _near_names(catalogue, countries.plain(wrong)) for code in names[name]))


def same_country(catalogue: Catalogue, wrong: str, sibling: object = None) -> str | None:
    """The code of the country that another code or a name means, unless the name beside it is that of another one."""
    entries, names = _countries(catalogue)
    if wrong.upper() in entries:
        codes = [wrong.upper()]
    else:
        alpha2 = _by_alpha2(entries).get(wrong.upper())
        codes = names.get(countries.plain(wrong), []) + ([alpha2] if alpha2 else [])
    beside = names.get(countries.plain(sibling), codes) if isinstance(sibling, str) else codes
    found = set(codes)
    return found.pop() if len(found) == 1 and found <= set(beside) else None


@lru_cache(maxsize=1000)
def _near_names(source: Catalogue, wrong: str) -> list[str]:
    """The names of countries that are nearest to a wrong one; whoever writes one in a record writes it in many."""
    return nearest(wrong, (name for name in _countries(source)[1] if len(name) > _LETTERS), most=2, cutoff=0.8)


@cache
def _countries(source: Catalogue) -> tuple[Mapping[str, codelists.Code], Mapping[str, list[str]]]:
    entries = codelists.read(source, _COUNTRY)
    return entries, countries.by_name(entries)


def _by_alpha2(entries: Mapping[str, codelists.Code]) -> dict[str, str]:
    """Codes by their two letters; several states have had the same, and they mean the one that had them last."""
    last_counts = sorted(entries.values(), key=lambda entry: (entry.deprecated is None, entry.valid_until or 9999))
    return {entry.alpha2: entry.code for entry in last_counts if entry.alpha2}


@Rule(
    "schema/wrong-value",
    severity=ERROR,
    bad={"/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "several": False}},
    good={"/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "several": True}},
    at="/delegations/0/members/1/several",
    says="`several` can only be true",
    helps="leave the property out if that is not so",
)
def wrong_value(context: Context) -> Iterator[Issue]:
    """A property has another value than the only one that it may have.

    Such a property says something by being there; any other value would say nothing, or something else.

    Write the value that the message names, or leave the property out.
    """
    only = context.schema["const"]
    shown = "true" if only is True else quoted(str(only))
    *parent, last = context.path
    needed = last in context.schemas.at(tuple(parent)).get("required", ())
    help = f"write {shown}" if needed else "leave the property out if that is not so"
    yield context.issue(f"{context.what} can only be {shown}", help)


@Rule(
    "schema/pattern-mismatch",
    severity=ERROR,
    fixes=("safe",),
    bad={"date": "3 May 2021"},
    good={"date": "2021-05"},
    at="/date",
    says="`3 May 2021` is not a date: a date is YYYY-MM-DD, YYYY-MM, YYYY, YYYX or YYXX, or an interval of two such dates",
    helps="did you mean `2021-05-03`?",
    fixed={"date": "2021-05-03"},
)
def pattern_mismatch(context: Context) -> Iterator[Issue]:
    """A text does not have the form that its place asks for.

    Dates, identifiers, language tags and addresses have one form, so that programs need not guess.

    Write the value in the form of the example that the message gives.
    """
    if context.schema["pattern"].startswith("^(?![ "):
        fix = context.instead(context.value.strip())
        yield context.issue(f"{context.what} begins with white space", "remove the white space", fix)
        return
    value, pattern = context.value, context.schema["pattern"]
    near = _near_ids(context)
    is_tag = context.schema == context.schemas.schema["$defs"].get("languageTag")
    meant = languages.meant(value) if is_tag else forms.meant(value, pattern)
    right = question(near or ([meant] if meant else []))
    form = _form_of(context)
    is_date = form == "edtfDate"
    otherwise = _date_help(context) if is_date else _WRITTEN.get(form or "")
    like = f"write it like {' or '.join(f'`{example}`' for example in _examples(context)[:3])}"
    help = right or otherwise or like
    fix = _form_fix(context, meant if is_tag else None) if value else context.nothing()
    if not value:
        yield context.issue(f"{context.what} is empty", help, fix)
    elif is_date:
        yield context.issue(forms.why_no_date(value), help, fix)
    else:
        what = with_article(noun(context.schema, "value"))
        odd = forms.odd_letter(value, pattern)
        yield context.issue(f"{quoted(value)} does not have the form of {what}{f': {odd}' if odd else ''}", help, fix)


def _form_fix(context: Context, tag: str | None) -> Fix | None:
    """The text in the right form, if there is only one; the id of a record is a name by which others know it."""
    value = context.value
    if not context.helped or context.path == ("id",):
        return None
    if "x-refers-to" in context.definition:
        form, slug = re.compile(context.schema["pattern"]), forms.slug(value)
        called = {
            entry["id"]
            for entry in _entries(context.record)
            if form.search(entry["id"])
            and (entry["id"] == slug or value.casefold() in (str(entry.get(name)).casefold() for name in _CALLED))
        }
        right = called.pop() if len(called) == 1 else None
    else:
        right = tag or forms.only_meant(value, context.schema["pattern"])
    return None if right is None else context.instead(right)


_CALLED: Final = ("name", "title")


def _date_help(context: Context) -> str:
    """How to write a date that is not plain, without a date that nobody gave."""
    if re.search("[0-9]{3}", context.value):
        return "write the date as the source gives it, as far as it gives it: YYYY-MM-DD, YYYY-MM or YYYY"
    otherwise = "" if context.is_required else "; otherwise leave the property out"
    return (
        "where the date follows from that of the source, as `in June` and `next week` do, write it as far as it is known and "
        f"annotate it as `inferred`{otherwise}"
    )


def _near_ids(context: Context) -> list[str]:
    """Where an id should stand that another entry has: the ids of the record that the value comes near."""
    if "x-refers-to" not in context.definition or not context.helped or not context.value:
        return []
    wrong = context.value.casefold()
    form = re.compile(context.schema["pattern"])
    ids: list[str] = []
    for entry in (entry for entry in _entries(context.record) if form.search(entry["id"])):
        if wrong in (str(entry.get(name)).casefold() for name in _CALLED):
            return [entry["id"]]
        ids.append(entry["id"])
    return nearest(forms.slug(context.value), ids, cutoff=0.8)


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    """Every object below a record that has an id."""
    waiting = list(value.values())
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if isinstance(here.get("id"), str):
                yield here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _examples(context: Context) -> list[str]:
    """Examples of the form that a text should have; for a code or a reference, those of its own place."""
    place = context.definition
    own = place if place.keys() & {"x-codelist", "x-refers-to"} else {}
    examples: list[str] = own.get("examples") or with_words(context.schema)["examples"]
    return examples


@Rule(
    "schema/too-short",
    severity=ERROR,
    fixes=("safe",),
    bad={"title": ""},
    good={"title": "x"},
    at="/title",
    says="`title` is empty",
    helps="write the text: the property is needed",
    fixed={"title": "Talks"},
)
def too_short(context: Context) -> Iterator[Issue]:
    """A text is empty.

    An empty text says nothing, and a reader cannot tell whether something was forgotten.

    Write the text, or leave the property out where nothing is known.
    """
    needed = "write the text: the property is needed"
    yield context.issue(
        f"{context.what} is empty",
        needed if context.is_required else "leave the property out where nothing is known",
        context.nothing(),
    )


@Rule(
    "schema/too-long",
    severity=ERROR,
    bad={"id": "a" * 129},
    good={"id": "a" * 128},
    at="/id",
    says="`id` has 129 characters; it may have at most 128",
    fixed={"id": "geneva-talks"},
)
def too_long(context: Context) -> Iterator[Issue]:
    """A text is longer than its place allows.

    Identifiers, tags and paths are used as keys and file names, which other programs limit.

    Shorten the value to the length that the message names.
    """
    yield context.issue(
        f"{context.what} has {len(context.value)} characters; it may have at most {context.schema['maxLength']}"
    )


@Rule(
    "schema/too-few",
    severity=ERROR,
    fixes=("safe",),
    bad={"topics": []},
    good={"topics": ["security"]},
    at="/topics",
    says="`topics` is an empty list",
    helps="leave the property out, or add an entry",
)
def too_few(context: Context) -> Iterator[Issue]:
    """A list is empty.

    An empty list can mean that there was nothing or that nobody looked; the record must not leave that open.

    Leave the property out, or add an entry.
    """
    help = "add an entry: the property is needed" if context.is_required else "leave the property out, or add an entry"
    yield context.issue(f"{context.what} is an empty list", help, context.nothing())


@Rule(
    "schema/too-few-properties",
    severity=ERROR,
    fixes=("safe",),
    bad={"provenance": {}},
    good={"provenance": {"by": "us"}},
    at="/provenance",
    says="`provenance` is an empty object",
    helps="give it at least one of `created`, `modified`, `method`, `by`, `tool`, `license`",
)
def too_few_properties(context: Context) -> Iterator[Issue]:
    """An object is empty.

    An empty object can mean that there was nothing or that nobody looked; the record must not leave that open.

    Leave the object out, or give it at least one of its properties.
    """
    known = ", ".join(f"`{name}`" for name in context.definition.get("properties", {}))
    help = f"give it at least one of {known}" if known else None
    yield context.issue(f"{context.what} is an empty object", help, context.nothing())


@Rule(
    "schema/out-of-range",
    severity=ERROR,
    bad={"/delegations/0/size": 0},
    good={"/delegations/0/size": 1},
    at="/delegations/0/size",
    says="`size` is 0; it must lie between 1 and 1000000",
)
def out_of_range(context: Context) -> Iterator[Issue]:
    """A number is smaller or larger than it can be.

    A latitude of 100 degrees or a delegation of no one is a slip or a unit that was confused.

    Correct the number; the message names the limits.
    """
    low, high = context.schema["minimum"], context.schema["maximum"]
    yield context.issue(f"{context.what} is {json.dumps(context.value)}; it must lie between {low} and {high}")


@Rule(
    "schema/duplicate-item",
    severity=ERROR,
    bad={"topics": ["trade", "security", "trade"]},
    good={"topics": ["trade", "security"]},
    at="/topics/2",
    says="entry 3 repeats entry 1",
)
def duplicate_item(context: Context) -> Iterator[Issue]:
    """A list has the same entry twice.

    What stands twice is counted twice.

    Remove one of the two.
    """
    seen: dict[str, int] = {}
    for index, item in enumerate(context.value):
        first = seen.setdefault(canonical(item), index)
        if first < index:
            note = Note((*context.path, first), "the first is here")
            yield Issue((*context.path, index), f"entry {index + 1} repeats entry {first + 1}", notes=(note,))


@Rule(
    "schema/malformed-namespace",
    severity=ERROR,
    bad={"extensions": {"mine": {}}},
    good={"extensions": {"org.example": {}}},
    at="/extensions/mine",
    says="`mine` is not a namespace",
    helps="name the extension like `org.example.project` or `https://example.org/ns`",
)
def malformed_namespace(context: Context) -> Iterator[Issue]:
    """The name of an extension is not a namespace.

    Without a namespace of its owner's, two projects would use one name for different things.

    Name the extension by a reverse domain name or a URI that you control.
    """
    names = context.schemas.at(context.path)["propertyNames"]
    namespace = context.schemas.schema["$defs"][names["$ref"].removeprefix("#/$defs/")]
    for name in context.value:
        if len(name) > namespace["maxLength"] or not re.search(namespace["pattern"], name):
            yield Issue(
                (*context.path, name),
                f"{quoted(name)} is not a namespace",
                "name the extension like `org.example.project` or `https://example.org/ns`",
                at_key=True,
            )


@Rule(
    "schema/mutually-exclusive",
    severity=ERROR,
    bad={"/sources/0/textFile": "report.txt"},
    good={"/sources/0/text": None, "/sources/0/textFile": "report.txt"},
    at="/sources/0",
    says="`text` and `textFile` exclude each other",
    helps="remove one of them",
)
def mutually_exclusive(context: Context) -> Iterator[Issue]:
    """An object has two properties that exclude each other.

    Each of the two says how a thing is; together they contradict each other.

    Keep the one that is right and remove the other.
    """
    one, other = context.schema["not"]["required"]
    notes = (Note((*context.path, one), f"`{one}` is here"),)
    yield Issue(context.path, f"`{one}` and `{other}` exclude each other", "remove one of them", notes=notes)


EXPLANATIONS: Final[dict[str, Rule]] = {
    "type": wrong_type,
    "enum": not_in_codelist,
    "const": wrong_value,
    "pattern": pattern_mismatch,
    "minLength": too_short,
    "maxLength": too_long,
    "minItems": too_few,
    "minProperties": too_few_properties,
    "minimum": out_of_range,
    "maximum": out_of_range,
    "uniqueItems": duplicate_item,
    "propertyNames": malformed_namespace,
    "not": mutually_exclusive,
}
"""The rule of each keyword, whose function explains a value that breaks it; where one value breaks two, the first here."""
