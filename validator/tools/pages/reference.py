"""The reference of one version of the schema: a page for each object, with an anchor for each property."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from diplomatic_events.findings import DOCS
from diplomatic_events.rulebook import Rule
from diplomatic_events.wording import listed
from pages import diagram
from pages.limits import limits
from pages.markdown import as_csv, as_json, code, compact, inline, link, page, table
from pages.objects import ROOT, Object, Objects, Property, sentences
from pages.records import Examples

JOINED: Final = "\N{FOUR-PER-EM SPACE}"
"""A space at which the search does not part the heading of an object: `office` is to find the properties of that name first."""


class Reference:
    """Writes the pages of one version; ``watching`` are the rules that look at each property."""

    def __init__(
        self,
        version: str,
        status: str,
        objects: Objects,
        examples: Examples,
        watching: Mapping[tuple[str, str], list[Rule]],
    ) -> None:
        self.version = version
        self.status = status
        self.folder = f"reference/{version}"
        self.source = f"schema/{version}/event.schema.json"
        self.objects = objects
        self.examples = examples
        self.watching = watching

    def files(self) -> dict[str, str | bytes]:
        """The pages, and the same as CSV and JSON beside them."""
        made: dict[str, str | bytes] = {
            f"{self.folder}/index.md": self._index(),
            f"{self.folder}/types.md": self._types(),
            f"{self.folder}/objects.svg": diagram.alone(self.objects),
            **self._data("properties", self.objects.properties),
        }
        for object in self.objects:
            made[self.page_of(object.name)] = self._object(object)
            made |= self._data(object.name, object.properties.values())
        return made

    def page_of(self, name: str) -> str:
        """The page of an object."""
        return f"{self.folder}/{name}.md"

    def address(self, property: Property) -> str:
        """The page and the anchor of a property."""
        return f"{self.page_of(property.owner)}#{property.name}"

    def named(self, property: Property, page: str) -> str:
        """A link to a property, by the names of its object and itself."""
        return link(f"`{property.owner}.{property.name}`", self.address(property), page)

    def _data(self, name: str, properties: Iterable[Property]) -> dict[str, str | bytes]:
        rows = [self._row(property) for property in properties]
        flat = [{**row, "refersTo": " ".join(row["refersTo"]), "rules": " ".join(row["rules"])} for row in rows]
        return {f"{self.folder}/{name}.csv": as_csv(flat), f"{self.folder}/{name}.json": as_json(rows)}

    def _row(self, property: Property) -> dict[str, Any]:
        return {
            "object": property.owner,
            "property": property.name,
            "title": property.title,
            "description": property.description,
            "required": property.required,
            "type": self.type_of(property, ""),
            "codelist": property.codelist,
            "refersTo": list(property.refers_to),
            "rules": [rule.id for rule in self.watching.get(property.key, ())],
            "schema": f"#{property.pointer}",
        }

    # What all objects are.

    def _index(self) -> str:
        here = f"{self.folder}/index.md"
        rows = [
            (
                link(f"**{object.title}**", self.page_of(object.name), here),
                f"`{object.name}`",
                object.description,
            )
            for object in self.objects
        ]
        data = f"{link('CSV', f'{self.folder}/properties.csv', here)}, {link('JSON', f'{self.folder}/properties.json', here)}"
        return page(
            f"# Version {self.version}\n\n{self.objects.schema['description']}\n\n"
            f"This version is {'a draft' if self.status == 'draft' else self.status}. "
            f"The schema: {link('event.schema.json', f'{self.version}/event.schema.json', here)}. "
            f"Every property in one table: {data}. "
            f"Values that are not objects are on the page {link('Types', f'{self.folder}/types.md', here)}.\n\n"
            f"## Objects\n\n{table(('object', 'name', 'what it is'), rows)}\n"
            "## How they belong together\n\n"
            "An object holds those to which a line leads, and those that it names after ▸. After → are the objects to which a "
            "property refers by their id.\n\n"
            f"{diagram.inline(self.objects, lambda name: f'{name}/')}\n\n"
            f"{link('The diagram as SVG', f'{self.folder}/objects.svg', here)}\n\n"
            f"### The same in words\n\n{''.join(self._in_words(object, here) for object in self.objects)}",
            source=self.source,
            hide=["toc"],
        )

    def _in_words(self, object: Object, here: str) -> str:
        holds = [
            f"{self._object_link(inner, here)} in {inline(property.name)}"
            for property in object.properties.values()
            if (inner := self.objects.held(property))
        ]
        refers = [
            f"{listed([self._object_link(name, here) for name in property.refers_to], 'or')} in {inline(property.name)}"
            for property in object.properties.values()
            if property.refers_to
        ]
        parts = [f"holds {listed(holds)}"] if holds else []
        parts += [f"refers to {listed(refers)}"] if refers else []
        return f"- {self._object_link(object.name, here)} {'; '.join(parts) or 'holds values only'}.\n"

    def _object_link(self, name: str, page: str) -> str:
        return link(self.objects[name].title, self.page_of(name), page)

    # One object.

    def _object(self, object: Object) -> str:
        here = self.page_of(object.name)
        rows = [
            (
                f"[`{property.name}`](#{property.name})",
                property.required.replace("no", ""),
                self.type_of(property, here),
                self._codes(property, here),
            )
            for property in object.properties.values()
        ]
        sections = "".join(self._property(property, here) for property in object.properties.values())
        return page(
            f"# {f'{object.title} object'.replace(' ', JOINED)}\n\n{object.description}\n\n{self._facts(object, here)}\n"
            f"{table(('property', 'required', 'type', 'codes'), rows)}\n{self._conditions(object)}{sections}",
            source=self.source,
            title=object.title,
            description=object.description,
            search={"boost": 20},
        )

    def _facts(self, object: Object, here: str) -> str:
        holder = "" if object.name == ROOT else f"/$defs/{object.name}"
        data = [link(name, f"{self.folder}/{object.name}.{name.lower()}", here) for name in ("CSV", "JSON")]
        facts = [f"In the schema: {inline('#' + holder)}", f"This table as {' or '.join(data)}"]
        if holders := self.objects.holders(object.name):
            facts.insert(0, f"Held by {listed([self.named(property, here) for property in holders])}")
        if referring := self.objects.referring_to(object.name):
            facts.insert(1, f"Referred to by {listed([self.named(property, here) for property in referring])}")
        return _bullets(facts)

    def _conditions(self, object: Object) -> str:
        if not object.conditions:
            return ""
        return (
            "## Conditions {#conditions}\n\nWhat holds for several properties together:\n\n"
            f"{_bullets(sentences(object))}\n"
        )

    def _property(self, property: Property, here: str) -> str:
        required = {"yes": "required", "no": "optional", "sometimes": "required [under a condition](#conditions)"}
        facts = [f"Type: {self.type_of(property, here)}; {required[property.required]}", *self._limits(property)]
        if codes := self._codes(property, here):
            kind = "only these codes" if property.closed else "open: another code draws a warning"
            facts.append(f"Codes: {codes} ({kind})")
        for keyword, what in (("propertyNames", "name"), ("additionalProperties", "value")):
            if isinstance(inner := property.part.get(keyword), dict) and "$ref" in inner:
                facts.append(f"Each {what}: {self._type_link(inner['$ref'].removeprefix('#/$defs/'), here)}")
        if property.refers_to:
            names = [self._object_link(name, here) for name in property.refers_to]
            facts.append(f"Refers to the `id` of a {listed(names, 'or')}")
        if property.name == "id" and (referring := self.objects.referring_to(property.owner)):
            facts.append(f"Referred to by {listed([self.named(other, here) for other in referring])}")
        if synonyms := property.part.get("x-synonyms"):
            facts.append(f"Also called: {', '.join(synonyms)}")
        if rules := self.watching.get(property.key):
            facts.append(f"Rules: {listed([link(f'`{rule.id}`', f'rules/{rule.id}.md', here) for rule in rules])}")
        place = f"{self.objects.place(property.owner)}/{property.name}"
        facts.append(f"JSON Pointer: `{place}` in a record, `#{property.pointer}` in the schema")
        return (
            f"## {property.name} {{#{property.name} .property}}\n\n"
            f"**{property.title}.** {property.description}\n\n{_bullets(facts)}\n{self._example(property, here)}\n"
        )

    def _example(self, property: Property, here: str) -> str:
        found = self.examples.properties.get(property.key)
        if found is not None:
            return f"Example, from {found.link(here)}:\n\n{found.shown()}"
        shown = [f'"{property.name}": {compact(value)}' for value in property.part.get("examples", ())[:1]]
        return "".join(f"Example:\n\n{code(text, 'json')}" for text in shown)

    def _codes(self, property: Property, here: str) -> str:
        name = property.codelist
        return link(f"`{name}`", f"codelists/{name}.md", here) if name else ""

    def _limits(self, property: Property) -> Iterator[str]:
        """What the schema demands of the value; what its type demands is said with the type."""
        typed = property.definition in self.objects.types
        found = list(limits(property.part)) if property.many or not typed else []
        if property.many and not typed:
            found += [f"each {text}" for text in limits(property.entry)]
        if found:
            yield f"Limits: {', '.join(found)}"

    def type_of(self, property: Property, page: str) -> str:
        """What a property is: with links if a page is given, otherwise in plain words."""
        one = self._one(property, page)
        if property.refers_to and property.many:
            return f"list of {one.replace('id of', 'ids of', 1)}"
        return f"list of {one}" if property.many else one

    def _one(self, property: Property, page: str) -> str:
        if inner := self.objects.held(property):
            return self._object_link(inner, page) if page else inner
        if property.refers_to:
            named = [self._object_link(name, page) if page else name for name in property.refers_to]
            return f"id of {listed(named, 'or')}"
        if property.codelist:
            return "codes" if property.many else "code"
        if property.definition in self.objects.types:
            return self._type_link(property.definition, page) if page else property.definition
        if "const" in property.entry:
            return inline(compact(property.entry["const"])) if page else compact(property.entry["const"])
        return str(property.entry.get("type", "any value"))

    def _type_link(self, name: str, page: str) -> str:
        title = self.objects.types[name]["title"]
        title = title if title[1:2].isupper() else title[:1].lower() + title[1:]
        return link(title, f"{self.folder}/types.md#{name}", page)

    # Values that are not objects.

    def _types(self) -> str:
        here = f"{self.folder}/types.md"
        sections = "".join(self._type(name, part, here) for name, part in self.objects.types.items())
        return page(
            "# Types\n\nThe values that are not objects: texts, dates, codes, references and lists of them.\n\n"
            + sections,
            source=self.source,
        )

    def _type(self, name: str, part: dict[str, Any], here: str) -> str:
        whole = part
        while "$ref" in whole:
            inner = self.objects.definitions[whole["$ref"].removeprefix("#/$defs/")]
            whole = {**inner, **{key: value for key, value in whole.items() if key != "$ref"}}
        facts = [f"In the schema: `#/$defs/{name}`"]
        if found := list(limits(whole)):
            facts.append(f"Limits: {', '.join(found)}")
        if codelist := whole.get("x-codelist"):
            facts.append(f"Codes: {link(f'`{codelist}`', f'codelists/{codelist}.md', here)}")
        if refers := whole.get("x-refers-to"):
            facts.append(f"Refers to the `id` of a {listed([self._object_link(kind, here) for kind in refers], 'or')}")
        if used := [property for property in self.objects.properties if property.definition == name]:
            facts.append(f"Used by {listed([self.named(property, here) for property in used])}")
        examples = ", ".join(inline(compact(value, 10_000)) for value in part.get("examples", ()))
        facts += [f"Examples: {examples}"] if examples else []
        return f"## {part['title']} {{#{name}}}\n\n{part['description']}\n\n{_bullets(facts)}\n"


def addresses(version: str) -> tuple[str, str]:
    """The address of a version's schema, and its place on the site."""
    return f"{DOCS}/{version}/event.schema.json", f"{version}/event.schema.json"


def _bullets(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)
