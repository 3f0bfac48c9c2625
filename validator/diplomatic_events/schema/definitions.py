"""Look-ups in a schema: the definition that applies at a path, and what it is called."""

from functools import cached_property
from typing import Any, Final

from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.suggest import LONGEST, Vocabulary, plain

_TAILS: Final = frozenset({"id", "ids", "code", "name", "names", "list", "at", "on"})
"""What names of properties often end with and does not change their meaning: `speakerIds`, `publishedAt`."""


class Definitions:
    """The definitions of one version of the schema."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self.catalogue = catalogue
        self.schema = catalogue.schema(version)
        self._followed: dict[int, dict[str, Any]] = {}
        self._vocabularies: dict[int, Vocabulary] = {}

    def at(self, path: Pointer) -> dict[str, Any]:
        """The part of the schema that applies at a path of a record, with its references resolved."""
        schema = self.schema
        for key in path:
            part = schema.get("items", {}) if isinstance(key, int) else schema.get("properties", {}).get(key, {})
            schema = self.follow(part)
        return schema

    def part_at(self, path: Pointer) -> dict[str, Any]:
        """The part of the schema that applies at a path of a record, as it is written; empty if there is none."""
        *way, last = path
        holder = self.at(tuple(way))
        part = holder.get("items", {}) if isinstance(last, int) else holder.get("properties", {}).get(last, {})
        return part if isinstance(part, dict) else {}

    def follow(self, part: dict[str, Any]) -> dict[str, Any]:
        """A part of the schema merged with what it refers to; its own keywords take precedence."""
        if "$ref" not in part:
            return part
        if id(part) not in self._followed:  # only parts of the schema itself come here, and it stays as it is
            whole = part
            while "$ref" in whole:
                name = whole["$ref"].removeprefix("#/$defs/")
                beside = {key: whole[key] for key in whole if key != "$ref"}
                whole = {**with_words(self.schema["$defs"][name]), **beside}
            self._followed[id(part)] = whole
        return self._followed[id(part)]

    def called(self, path: Pointer, name: str) -> str | None:
        """The one property of the object at a path for which a name is another word; None if there is none, or several."""
        definition = self.at(path)
        key = id(definition.get("properties"))
        if key not in self._vocabularies:
            properties = definition.get("properties", {}).items()
            names = [
                (right, (right,), part.get("x-synonyms", ()) if isinstance(part, dict) else ())
                for right, part in properties
            ]
            self._vocabularies[key] = Vocabulary(names, nouns=True)
        vocabulary = self._vocabularies[key]
        *words, last = plain(name).split() or [""]
        found = (vocabulary.named(" ".join(words)) if last in _TAILS else []) or vocabulary.named(name)
        return found[0] if len(found) == 1 else None

    def owners_by_synonym(self, name: str) -> dict[str, list[str]]:
        """The properties for which a name is another word, each with the names of the objects that have it."""
        return self._by_synonym.get(plain(name), {}) if len(name) <= LONGEST else {}

    @cached_property
    def _by_synonym(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for part in (self.schema, *self.schema["$defs"].values()):
            owner = "the record" if part is self.schema else noun(part, "object")
            for right, child in part.get("properties", {}).items():
                for word in child.get("x-synonyms", ()) if isinstance(child, dict) else ():
                    found.setdefault(plain(word), {}).setdefault(right, []).append(owner)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all properties of all objects."""
        return frozenset(
            name for part in (self.schema, *self.schema["$defs"].values()) for name in part.get("properties", ())
        )

    def owners(self, name: str) -> list[str]:
        """The names of the objects that have a property of that name."""
        if name not in self.names:
            return []
        definitions = self.schema["$defs"].values()
        owners = [noun(part, "object") for part in definitions if name in part.get("properties", {})]
        return ["the record", *owners] if name in self.schema["properties"] else owners


def with_words(definition: dict[str, Any]) -> dict[str, Any]:
    """A definition with its title, description and examples in the same place as a property's."""
    return {**definition.get("x-definition", {}), **definition}


def noun(definition: dict[str, Any], otherwise: str) -> str:
    """The name of what a definition describes, for use in a sentence: `type of event`, but `SHA-256 hash`."""
    title: str = with_words(definition).get("title", otherwise)
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
