"""Open records in VS Code's JSON language service and hold what it offers, describes and marks against the schema.

It also tries the settings of docs/use-in-editors.md. The service is installed from `package.json` beside this file.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
sys.path.insert(0, str(ROOT / "validator/tools"))

from newest import SCHEMA as SCHEMA_FILE  # noqa: E402  # the folder must be known first

SCHEMA: Final[dict[str, Any]] = json.loads(SCHEMA_FILE.read_bytes())
PAGE: Final = (ROOT / "docs/use-in-editors.md").read_text(encoding="utf-8")
EXAMPLES: Final = sorted(ROOT.glob("examples/*/record.json"))
SETTINGS: Final = [{"fileMatch": ["events/**/*.json"], "url": SCHEMA_FILE.as_uri()}]
URI: Final = "file:///home/reader/records/events/2018/record.json"


class Answer(NamedTuple):
    """What the service says of a document: ``problems`` are messages with the text that is marked."""

    problems: list[tuple[str, str]]
    hover: str
    items: dict[str, dict[str, Any]]


class Editor:
    """A process that answers one question after the other."""

    def __init__(self) -> None:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            sys.exit("node and npm are needed to run the language service; install Node.js")
        if not (HERE / "node_modules/vscode-json-languageservice").exists():
            options = ["--no-package-lock", "--no-audit", "--no-fund", "--silent"]
            subprocess.run([npm, "install", *options], cwd=HERE, check=True)
        self._node = node

    def open(self, text: str, schemas: list[dict[str, Any]] | None = None, uri: str = URI) -> Answer:
        """Open a document. A bar in its text is where the cursor stands."""
        (answer,) = self.open_all([text], schemas, uri)
        return answer

    def open_all(
        self, texts: list[str], schemas: list[dict[str, Any]] | None = None, uri: str = URI
    ) -> Iterator[Answer]:
        """Open one document after the other. A bar in a text is where the cursor stands."""
        plain = [text.replace("|", "", 1) for text in texts]
        questions = [
            {"uri": uri, "text": opened, "schemas": SETTINGS if schemas is None else schemas}
            | ({"offset": text.index("|")} if "|" in text else {})
            for text, opened in zip(texts, plain, strict=True)
        ]
        done = subprocess.run(
            [self._node, str(HERE / "ask.mjs")], input="".join(json.dumps(question) + "\n" for question in questions),
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"the language service has failed:\n{done.stderr}")
        for text, line in zip(plain, done.stdout.splitlines(), strict=True):
            answer = json.loads(line)
            problems = [(row["message"], text[slice(*row["at"])]) for row in answer["problems"]]
            items = {item["label"].strip('"'): item for item in answer.get("items", ())}
            yield Answer(problems, answer.get("hover", ""), items)


def main() -> None:
    """Run every test of this file, and end with 1 where one fails."""
    editor = Editor()
    failed = 0
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            claim = name.removeprefix("test_").replace("_", " ")
            try:
                places = test(editor)
            except AssertionError as error:
                failed += 1
                print(f"fails: {claim}\n  {error}")
            else:
                print(f"holds: {claim}" + (f" ({places} places)" if places else ""))
    if failed:
        sys.exit(1)


def expect(found: object, wanted: object) -> None:
    """Compare two values, and show both where they differ."""
    if found != wanted:
        raise AssertionError(f"found  {found}\n  wanted {wanted}")


def blank(schema: dict[str, Any]) -> str:
    """A value of the right type for a part of the schema, as short as can be."""
    return {"object": "{}", "array": "[]", "integer": "1", "number": "1", "boolean": "true"}.get(
        schema.get("type", ""), '"x"'
    )


class Place(NamedTuple):
    """A place in a record: a property, an entry of a list, or the record itself."""

    name: str
    """The name of the property; empty for an entry or the record."""

    before: str
    after: str
    """The text of the record around it."""

    schema: dict[str, Any]

    def text(self, value: str) -> str:
        """A record with nothing but a value in this place."""
        key = f'"{self.name}": ' if self.name else ""
        return f"{self.before}{key}{value}{self.after}"

    def hovered(self) -> str:
        """The same with the cursor at the name of the property or in the entry."""
        # The address in a record selects its schema, so it must be one that can be loaded.
        text = self.text(json.dumps(SCHEMA_FILE.as_uri()) if self.name == "$schema" else blank(self.schema))
        return f"{self.before}|{text.removeprefix(self.before)}"


def follow(schema: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema and what it refers to. Its own words count."""
    while "$ref" in schema:
        target = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
        schema = {**target, **{key: schema[key] for key in schema if key != "$ref"}}
    return schema


def below(place: Place) -> Iterator[Place]:
    """Every property and every entry of a list below a place."""
    before, after = place.text("|").split("|")
    inner = [Place(name, f"{before}{{ ", f" }}{after}", follow(part)) for name, part in properties(place).items()]
    if "items" in place.schema:
        inner.append(Place("", f"{before}[ ", f" ]{after}", follow(place.schema["items"])))
    for found in inner:
        yield found
        yield from below(found)


def properties(place: Place) -> dict[str, dict[str, Any]]:
    """The properties that an object in a place may have."""
    found: dict[str, dict[str, Any]] = place.schema.get("properties", {})
    return found


RECORD_PLACE: Final = Place("", "", "", SCHEMA)
PLACES: Final = list(below(RECORD_PLACE))


def expect_help(editor: Editor, places: list[Place]) -> int:
    """The help at each place is its title and its description; how many there are."""
    wrong = []
    texts = [place.hovered() for place in places]
    for text, place, answer in zip(texts, places, editor.open_all(texts), strict=True):
        shown = " ".join(answer.hover.split())
        if shown != f"{place.schema['title']} {place.schema['description']}":
            wrong.append(f"{text} shows {shown!r}")
    if wrong:
        raise AssertionError(f"{len(wrong)} of {len(texts)} places are wrong:\n  " + "\n  ".join(wrong[:20]))
    return len(texts)


def expect_properties(answer: Answer, schema: dict[str, Any]) -> None:
    """Every property of an object is offered, with its own description."""
    offered = {name: item["documentation"] for name, item in answer.items.items()}
    expect(offered, {name: part["description"] for name, part in schema["properties"].items()})


def test_every_example_finds_its_schema_in_the_checkout_and_has_no_problem(editor: Editor) -> int:
    for path in EXAMPLES:
        record = json.loads(path.read_bytes())
        texts = [path.read_text(encoding="utf-8"), json.dumps({**record, "tilte": "x"})]
        sound, misspelt = editor.open_all(texts, [], path.as_uri())
        expect(sound.problems, [])
        expect(misspelt.problems, [("Property tilte is not allowed.", '"tilte"')] if "$schema" in record else [])
    return len(EXAMPLES)


def test_the_schema_is_understood_without_a_warning(editor: Editor) -> None:
    expect(editor.open(json.dumps(SCHEMA["examples"][0])).problems, [])


def test_every_object_is_offered_its_properties_each_with_its_own_description(editor: Editor) -> int:
    objects = [place for place in (RECORD_PLACE, *PLACES) if properties(place)]
    for answer, place in zip(editor.open_all([place.text("{ | }") for place in objects]), objects, strict=True):
        expect_properties(answer, place.schema)
    return sum(len(properties(place)) for place in objects)


def test_properties_that_are_there_are_not_offered_again(editor: Editor) -> None:
    items = editor.open('{ "parties": [ { "id": "a", | } ] }').items
    expect(set(items), set(SCHEMA["$defs"]["party"]["properties"]) - {"id"})


def test_the_type_is_offered_its_codes(editor: Editor) -> None:
    for text in ('{ "type": | }', '{ "type": "|" }'):
        expect(list(editor.open(text).items), SCHEMA["properties"]["type"]["enum"])


def test_the_capacity_is_offered_its_codes(editor: Editor) -> None:
    codes = SCHEMA["$defs"]["delegation"]["properties"]["capacity"]["enum"]
    expect(list(editor.open('{ "delegations": [ { "capacity": "|" } ] }').items), codes)


def test_a_country_is_offered_every_code(editor: Editor) -> None:
    items = editor.open('{ "parties": [ { "country": "|" } ] }').items
    expect({"CHN", "RUS"} <= set(items), True)
    expect(len(items) > 249, True)


def test_the_version_is_offered(editor: Editor) -> None:
    expect(list(editor.open('{ "schemaVersion": | }').items), ["1.0"])


def test_hovering_over_any_property_shows_its_own_title_and_description(editor: Editor) -> int:
    return expect_help(editor, [place for place in PLACES if place.name])


def test_hovering_over_any_entry_of_a_list_shows_what_it_is(editor: Editor) -> int:
    return expect_help(editor, [place for place in PLACES if not place.name])


def test_hovering_over_a_code_shows_the_title_and_description_of_its_property(editor: Editor) -> None:
    status = SCHEMA["properties"]["status"]
    shown = editor.open('{ "status": "he|ld" }').hover
    expect(" ".join(shown.split()), f"{status['title']} {status['description']}")


def changed(**more: Any) -> str:
    """The schema's own example with other properties."""
    return json.dumps({**SCHEMA["examples"][0], **more})


def test_a_misspelt_property_is_marked(editor: Editor) -> None:
    expect(editor.open(changed(tilte="x")).problems, [("Property tilte is not allowed.", '"tilte"')])
    expect(
        editor.open(changed(parties=[{"id": "a", "type": "other", "name": "A", "nmae": "B"}])).problems,
        [("Property nmae is not allowed.", '"nmae"')],
    )


def test_a_wrong_code_is_marked(editor: Editor) -> None:
    ((message, marked),) = editor.open(changed(type="meting")).problems
    expect(marked, '"meting"')
    expect('"meeting"' in message, True)


def test_a_missing_property_is_named(editor: Editor) -> None:
    record = {name: value for name, value in SCHEMA["examples"][0].items() if name != "title"}
    ((message, _),) = editor.open(json.dumps(record)).problems
    expect(message, 'Missing property "title".')


def test_a_held_event_without_delegations_is_told(editor: Editor) -> None:
    expect(
        [message for message, _ in editor.open(changed(status="held")).problems], ['Missing property "delegations".']
    )


def test_a_file_that_is_no_record_is_left_alone(editor: Editor) -> None:
    answer = editor.open('{ "type": "|" }', uri="file:///home/reader/records/package.json")
    expect((answer.problems, set(answer.items) & {"meeting"}), ([], set()))


def test_the_address_in_a_record_selects_a_schema_that_is_known_by_its_id(editor: Editor) -> None:
    known = [{"url": SCHEMA["$id"], "schema": SCHEMA}]
    answer = editor.open(f'{{ "$schema": "{SCHEMA["$id"]}", "type": "|" }}', known, "file:///elsewhere/a.json")
    expect(list(answer.items), SCHEMA["properties"]["type"]["enum"])


def test_an_address_that_cannot_be_loaded_is_told_and_counts_more_than_the_settings(editor: Editor) -> None:
    answer = editor.open(f'{{ "$schema": "{SCHEMA["$id"]}", "type": "|" }}')
    expect(answer.items, {})
    ((message, marked),) = answer.problems
    expect(message.startswith("Unable to load schema"), True)
    expect(marked, f'"{SCHEMA["$id"]}"')


# The page


def snippets() -> list[Any]:
    """Every snippet of JSON on the page."""
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def settings() -> list[dict[str, Any]]:
    """The lists of schemas in the settings that the page shows."""
    found = [each.get("json.schemas") or each.get("json", {}).get("schemas") for each in snippets()]
    return [schema for schemas in found if schemas for schema in schemas]


def test_the_settings_of_the_page_work_in_a_folder(editor: Editor) -> None:
    expect(len(settings()), 3)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ".vscode/diplomatic-events.schema.json"
        copy.parent.mkdir()
        command = [sys.executable, "-m", "diplomatic_events", "schema"]
        copy.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
        path = subprocess.run([*command, "--path"], capture_output=True, text=True, check=True).stdout.strip()
        for schema in settings():
            # VS Code puts the folder before a path that begins with a full stop; the language service wants it whole.
            url = schema["url"].replace("file:///path/to/event.schema.json", Path(path).as_uri())
            url = (Path(folder) / url).as_uri() if url.startswith(".") else url
            for name in ("events/a.json", "events/2018/04/a.json"):
                answer = editor.open('{ "type": "|" }', [{**schema, "url": url}], (Path(folder) / name).as_uri())
                expect(list(answer.items), SCHEMA["properties"]["type"]["enum"])
            answer = editor.open('{ "type": "|" }', [{**schema, "url": url}], (Path(folder) / "a.json").as_uri())
            expect(set(answer.items) & {"meeting"}, set())


def test_the_record_of_the_page_finds_its_schema_by_itself(editor: Editor) -> None:
    (start,) = [snippet for snippet in snippets() if "$schema" in snippet]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".vscode").mkdir()
        shutil.copy(SCHEMA_FILE, Path(folder) / ".vscode/diplomatic-events.schema.json")
        text = json.dumps({**SCHEMA["examples"][0], **start, "type": "meting"})
        ((_, marked),) = editor.open(text, [], (Path(folder) / "events/a.json").as_uri()).problems
        expect(marked, '"meting"')


def test_the_task_of_the_page_reads_every_finding(editor: Editor) -> None:
    ((task,),) = [snippet["tasks"] for snippet in snippets() if "tasks" in snippet]
    pattern = task["problemMatcher"]["pattern"]
    command = [
        sys.executable,
        "-m",
        task["command"].replace("-", "_"),
        *task["args"][:-1],
        "--no-config",
        "docs/broken",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    expect(len(lines) > 1, True)
    for line in lines:
        match = re.fullmatch(pattern["regexp"], line)
        if match is None:
            raise AssertionError(f"the pattern does not match {line}")
        expect(match[pattern["file"]], "docs/broken/record.json")
        expect(match[pattern["line"]].isdigit() and match[pattern["column"]].isdigit(), True)
        expect(match[pattern["severity"]] in ("error", "warning", "note"), True)
        expect("/" in match[pattern["code"]] and bool(match[pattern["message"]]), True)


def test_the_page_names_the_address_of_the_schema(editor: Editor) -> None:
    expect(f"`{SCHEMA['$id']}`" in PAGE, True)


if __name__ == "__main__":
    main()
