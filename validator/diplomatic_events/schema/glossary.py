"""What the words of the schema mean: its objects, properties, codelists and codes, under any name that people use."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from diplomatic_events.schema import codelists
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.codelists import Code
from diplomatic_events.schema.definitions import Definitions, noun, with_words
from diplomatic_events.schema.plan import Plan
from diplomatic_events.suggest import misspelt, plain, question
from diplomatic_events.wording import listed, with_article

RECORD: Final = "record"
EVENT: Final = "event"
"""What the docs call the record where they name its properties: `event.date`."""
STANDARDS: Final = ("country", "currency", "language", "region", "script", "variant")
"""The lists taken from international standards."""

_PLAIN_TYPES: Final = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true", "object": "an object",
}  # fmt: skip
_MOST_FOUND: Final = 12


class Entry(NamedTuple):
    """One thing that has a name in the schema.

    ``kind`` is `object`, `property`, `form` (of plain values), `codelist` or `code`; ``name`` is how `explain` finds it, as in `statement.act` or
    `speech-act/pledge`. ``form`` says what a value is, or how the codes of a list may be used; ``places`` are the
    properties that use a codelist or a form, and ``parts`` the properties of an object or the codes of a list, each with its text.
    """

    kind: str
    name: str
    title: str
    description: str
    form: str | None = None
    example: Any = None
    synonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()


class Glossary:
    """All named things of one version of the schema."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self._catalogue = catalogue
        self._definitions = Definitions(catalogue, version)
        schema = self._definitions.schema
        self._plan = Plan(schema)
        self._objects = {
            RECORD: schema,
            **{name: part for name, part in schema["$defs"].items() if "properties" in part},
        }
        self._forms = [name for name in schema["$defs"] if name not in self._objects]
        self._lists = sorted(path.stem for path in (catalogue.folder / "codelists").glob("*.csv"))

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """Every property, as `statement.act`, as the schema writes it."""
        return {
            f"{owner}.{name}": part
            for owner, whole in self._objects.items()
            for name, part in whole["properties"].items()
        }

    def named(self, word: str) -> list[Entry]:
        """What has a name, in any spelling: an object, a list, a property wherever it occurs, a code of any list."""
        wanted = plain(word.replace(".", " "))
        return [
            *(
                self.object(name)
                for name, part in self._objects.items()
                if wanted in (plain(name), plain(_title(part)))
            ),
            *(self.form(name) for name in self._forms if plain(name) == wanted),
            *(self.codelist(name) for name in self._lists if plain(name) == wanted),
            *(
                self.property(name)
                for name in self.properties
                if wanted == plain(name.partition(".")[2] if "." not in word else name.replace(".", " "))
            ),
            *(self.code(*found) for found in self._codes_named(word, wanted)),
        ]

    def meant(self, word: str) -> list[Entry]:
        """What people call by a word: properties and codes of which it is a synonym."""
        owner, _, last = word.rpartition(".")
        wanted = plain(last)
        return [
            *(
                self.property(name)
                for name, part in self.properties.items()
                if wanted in map(plain, part.get("x-synonyms", ()))
                and plain(owner) in ("", plain(name.partition(".")[0]))
            ),
            *(
                self.code(name, entry)
                for name, entry in self._codes()
                if not owner and wanted in map(plain, entry.synonyms)
            ),
        ]

    def mentioning(self, word: str) -> list[Entry]:
        """The things in whose title or description a word stands."""
        wanted = f" {plain(word)} "
        entries = [
            *map(self.object, self._objects), *map(self.property, self.properties),
            *(self.code(*found) for found in self._codes()),
        ]  # fmt: skip
        return [entry for entry in entries if wanted in f" {plain(f'{entry.title} {entry.description}')} "][
            :_MOST_FOUND
        ]

    def near(self, word: str) -> list[str]:
        """The names of which a word is a misspelling."""
        names = [
            *self._objects,
            *self._forms,
            *self._lists,
            *self.properties,
            *(name.partition(".")[2] for name in self.properties),
        ]
        names += [entry.code for codelist, entry in self._codes() if codelist not in STANDARDS]
        by_plain = {plain(name.replace(".", " ")): name for name in names}
        return [by_plain[found] for found in misspelt(plain(word.replace(".", " ")), by_plain)][:3]

    def help_for_code(self, codelist: str, word: str) -> str:
        """What to write instead of a word that is not on a list."""
        near = codelists.nearest_codes(self._catalogue, codelist, word)
        return question(near) or codelists.choice(self._catalogue, codelist, word)

    def properties_of(self, name: str) -> dict[str, Any]:
        """The properties of an object, or none if there is no such object."""
        properties: dict[str, Any] = self._objects.get(name, {}).get("properties", {})
        return properties

    def codes_of(self, codelist: str) -> dict[str, Code]:
        """The codes of a list, or none if there is no such list."""
        return codelists.read(self._catalogue, codelist) if codelist in self._lists else {}

    def object(self, name: str) -> Entry:
        """An object of the schema with its properties."""
        part = self._objects[name]
        words = with_words(part)
        needed = frozenset(part.get("required", ()))
        parts = tuple(
            (
                f"{key} (required)" if key in needed else key,
                _first_sentence(self._definitions.follow(child)["description"]),
            )
            for key, child in part["properties"].items()
        )
        return Entry("object", name, words["title"], words["description"], parts=parts)

    def property(self, name: str) -> Entry:
        """A property of an object."""
        owner, _, key = name.partition(".")
        part = self.properties[name]
        whole = self._definitions.follow(part)
        required = "required" if key in self._objects[owner].get("required", ()) else "optional"
        return Entry(
            "property", name, whole["title"], whole["description"], f"{self._form(part)}; {required}",
            next(iter(whole.get("examples", ())), None), tuple(part.get("x-synonyms", ())),
        )  # fmt: skip

    def form(self, name: str) -> Entry:
        """A form that the values of several properties have, such as that of a date."""
        reference = f"#/$defs/{name}"
        whole = with_words(self._definitions.schema["$defs"][name])
        places = tuple(
            key
            for key, part in self.properties.items()
            if reference in (part.get("$ref"), part.get("items", {}).get("$ref"))
        )
        return Entry(
            "form", name, whole["title"], whole["description"], example=next(iter(whole.get("examples", ())), None),
            places=places,
        )  # fmt: skip

    def codelist(self, name: str) -> Entry:
        """A codelist with its codes."""
        codes = self.codes_of(name)
        places = self._places(name)
        whole = self._definitions.follow(self.properties[places[0]]) if places else {}
        return Entry(
            "codelist", name, noun(whole, name) if len(places) == 1 else name.replace("-", " "), "",
            "closed: any other code is an error" if name in self._plan.closed else "open: any other code draws a warning",
            places=places, parts=tuple((code, entry.description) for code, entry in codes.items()),
        )  # fmt: skip

    def code(self, codelist: str, entry: Code) -> Entry:
        """A code of a list."""
        deprecated = f"deprecated since {entry.deprecated}" if entry.deprecated else None
        if deprecated and entry.replaced_by:
            deprecated = f"{deprecated}: use `{entry.replaced_by}`"
        return Entry(
            "code", f"{codelist}/{entry.code}", entry.label, entry.description, deprecated, synonyms=entry.synonyms,
            places=self._places(codelist),
        )  # fmt: skip

    def _codes(self) -> Iterator[tuple[str, Code]]:
        for name in self._lists:
            for entry in self.codes_of(name).values():
                yield name, entry

    def _codes_named(self, word: str, wanted: str) -> Iterator[tuple[str, Code]]:
        """The codes with a name; of a list whose name stands before it, only those of that list."""
        codelist, slash, code = word.rpartition("/")
        wanted = plain(code) if slash else wanted
        for name, entry in self._codes():
            # Nearly every word of three letters is the code of a country or a language, in some spelling.
            same = entry.code == code if name in STANDARDS else plain(entry.code) == wanted
            if codelist in ("", name) and (same or plain(entry.label) == wanted):
                yield name, entry

    def _places(self, codelist: str) -> tuple[str, ...]:
        return tuple(
            f"{owner or RECORD}.{key}"
            for owner, steps in self._plan.steps.items()
            for key, step in steps.items()
            if (step.detail if step.action == "code" else step.action) == codelist
        )

    def _form(self, part: dict[str, Any]) -> str:
        """What a value is, in a few words."""
        whole = self._definitions.follow(part)
        target = part.get("$ref", "").removeprefix("#/$defs/")
        if "x-refers-to" in whole:
            return f"the id of {listed([with_article(plain(kind)) for kind in whole['x-refers-to']], 'or')}"
        if "x-codelist" in whole:
            return f"a code of `{whole['x-codelist']}`"
        if "const" in whole:
            return "always true" if whole["const"] is True else f"always `{whole['const']}`"
        if whole.get("type") == "array":
            return f"a list: each entry is {self._form(whole['items'])}"
        if target in self._objects:
            return f"an object, `{target}`"
        if target and target != "text":
            return with_article(noun(self._definitions.schema["$defs"][target], "text"))
        return _PLAIN_TYPES.get(whole.get("type", ""), "any value")


def _title(part: dict[str, Any]) -> str:
    title: str = with_words(part)["title"]
    return title


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".") + "."
