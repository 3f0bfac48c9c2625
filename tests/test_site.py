"""The docs site has a place for whatever the schema, the rules and the command have, and every page says where it comes from."""

import csv
import io
import json
import re
from functools import cache
from typing import Any

import pytest

import diplomatic_events
import newest
from check_records import ROOT
from diplomatic_events.cli.arguments import COMMANDS, OPTIONS
from diplomatic_events.findings import DOCS
from diplomatic_events.rules import FAMILIES, RULES
from diplomatic_events.schema.catalogue import catalogue
from pages import rules
from pages.markdown import relative, table
from pages.navigation import leaves
from pages.objects import Objects, sentences
from pages.site import Site

VERSIONS = list(catalogue().versions)


@cache
def site() -> Site:
    return Site()


def page(path: str) -> str:
    return str(site().files[path])


def anchors(text: str) -> set[str]:
    return set(re.findall(r"\{#([^ }]+)", text))


def schema(version: str) -> dict[str, Any]:
    return catalogue().schema(version)


# The reference


@pytest.mark.parametrize("version", VERSIONS)
def test_every_property_of_every_object_has_its_anchor_on_the_page_of_the_object(version: str) -> None:
    whole = schema(version)
    for name, part in {"event": whole, **whole["$defs"]}.items():
        if "properties" in part:
            assert anchors(page(f"reference/{version}/{name}.md")) >= set(part["properties"]), name
        else:
            assert name in anchors(page(f"reference/{version}/types.md"))


def test_a_property_says_what_it_means_what_it_takes_and_who_looks_at_it() -> None:
    text = (
        page("reference/1.0/statement.md").partition("## onBehalfOf {#onBehalfOf .property}")[2].partition("\n## ")[0]
    )
    part = schema("1.0")["$defs"]["statement"]["properties"]["onBehalfOf"]
    assert part["title"] in text
    assert part["description"] in text
    assert "- Type: list of ids of [Party](party.md) or [Person](person.md); optional" in text
    assert "[`participation/speaks-for-itself`](../../rules/participation/speaks-for-itself.md)" in text
    assert "`/statements/*/onBehalfOf` in a record, `#/$defs/statement/properties/onBehalfOf` in the schema" in text
    assert re.search(r"Example, from \[.+\]\(\.\./\.\./examples/.+/index\.md#__codelineno-0-\d+\):", text)


def test_an_object_names_the_properties_that_refer_to_it() -> None:
    (line,) = re.findall(
        r"^- Referred to by (.*)$", page("reference/1.0/person.md").partition("## id")[0], re.MULTILINE
    )
    assert "[`member.person`](member.md#person)" in line
    assert "[`statement.onBehalfOf`](statement.md#onBehalfOf)" in line


def test_a_property_that_only_a_condition_requires_says_so() -> None:
    text = page("reference/1.0/event.md")
    assert re.search(r"^\| \[`delegations`\]\(#delegations\) \| sometimes \|", text, re.MULTILINE)
    assert "{#conditions}" in text


CONDITIONS = {
    "event": ["If `status` is `held`, `delegations` must be given."],
    "clockSpan": [
        "At least one of its properties must be given.",
        "`end` may be given only with `start`.",
        "`timeZone` may be given only with `start`.",
    ],
    "statusChange": ["At least one of its properties must be given."],
    "place": ["At least one of its properties must be given."],
    "party": ["If `type` is `state`, `country` must be given."],
    "member": [
        "At least one of `person` and `office` must be given.",
        "`several` and `count` exclude each other.",
        "`person` and `several` exclude each other.",
        "`person` and `count` exclude each other.",
    ],
    "outcome": ["`several` and `count` exclude each other."],
    "votes": ["At least one of its properties must be given."],
    "voteCounts": ["At least one of its properties must be given."],
    "source": ["`text` and `textFile` exclude each other."],
    "citation": ["At least one of `source` and `text` must be given."],
    "evidence": ["`start` may be given only with `end`.", "`end` may be given only with `start`."],
    "annotation": [
        "At least one of `target` and `targets` must be given.",
        "`target` and `targets` exclude each other.",
        "`targets` and `alternatives` exclude each other.",
    ],
    "provenance": ["At least one of its properties must be given."],
}
"""What the schema demands of several properties together, in words that were written by hand from it."""


def test_the_conditions_of_an_object_are_sentences() -> None:
    objects = Objects(catalogue().schema(newest.VERSION))
    assert {object.name: sentences(object) for object in objects if object.conditions} == CONDITIONS
    for name, said in CONDITIONS.items():
        text = page(f"reference/{newest.VERSION}/{name}.md").partition("{#conditions}")[2].partition("\n## ")[0]
        assert re.findall(r"^- (.+)$", text, re.MULTILINE) == said
        assert "```" not in text


def test_an_open_object_says_which_names_and_values_it_takes() -> None:
    text = page("reference/1.0/event.md").partition("{#extensions .property}")[2].partition("\n## ")[0]
    assert "- Limits: not empty\n- Each name: [namespace](types.md#namespace)\n- Each value: [extension]" in text


def test_an_example_is_what_the_record_has_on_the_line_to_which_it_links() -> None:
    for reference in site().references:
        for found in reference.examples.properties.values():
            line = found.example.text.splitlines()[found.example.line(found.held.path) - 1]
            assert f'"{found.held.property.name}":' in line


@pytest.mark.parametrize("version", VERSIONS)
def test_the_properties_are_there_as_csv_and_json(version: str) -> None:
    rows = json.loads(page(f"reference/{version}/properties.json"))
    assert {(row["object"], row["property"]) for row in rows} == {
        (name, key)
        for name, part in {"event": schema(version), **schema(version)["$defs"]}.items()
        for key in part.get("properties", ())
    }
    flat = list(csv.DictReader(io.StringIO(page(f"reference/{version}/properties.csv"))))
    assert [row["schema"] for row in flat] == [row["schema"] for row in rows]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_is_a_box_of_the_diagram_and_a_line_of_its_words(version: str) -> None:
    objects = Objects(schema(version))
    drawing, text = page(f"reference/{version}/objects.svg"), page(f"reference/{version}/index.md")
    for object in objects:
        assert f'<a href="{object.name}/">' in drawing
        assert f"\n- [{object.title}]({object.name}.md) " in text
    assert drawing == page(f"reference/{version}/objects.svg")


# Codelists and rules


def test_every_code_has_its_place_on_the_page_of_its_list() -> None:
    for path in (ROOT / "schema/codelists").glob("*.csv"):
        codes = [line.partition(",")[0] for line in path.read_text("utf-8").splitlines()[1:]]
        missing = set(codes) - anchors(page(f"codelists/{path.stem}.md"))
        assert missing == {code for code in codes if path.stem == "language" and len(code) == 3}
        assert site().files[f"codelists/{path.stem}.csv"] == path.read_bytes()


def test_a_code_has_its_label_its_meaning_its_cameo_code_and_an_example() -> None:
    text = page("codelists/event-type.md").partition("## meeting {#meeting .property}")[2].partition("\n## ")[0]
    assert "**Meeting.** Representatives of two or more parties meet" in text
    assert "- CAMEO: 04\n" in text
    assert '"type": "meeting"' in text


def test_a_deprecated_code_names_its_replacement_and_a_country_its_years() -> None:
    assert "deprecated in 1.0: use `ror`" in page("codelists/identifier-scheme.md")
    (row,) = re.findall(r"^\| `SUN`.*$", page("codelists/country.md"), re.MULTILINE)
    assert "1922–1991" in row


@pytest.mark.parametrize("name", ["region", "script", "topic", "event-type"])
def test_a_list_names_the_properties_that_take_its_codes(name: str) -> None:
    assert re.search(
        r"^- \[`\w+\.\w+`\]\(\.\./reference/1\.0/\w+\.md#\w+\): .+$", page(f"codelists/{name}.md"), re.MULTILINE
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_page_of_a_rule_shows_its_examples_and_what_the_command_says(rule: Any) -> None:
    text = page(f"rules/{rule.id}.md")
    assert rule.url == f"{DOCS}/rules/{rule.id}/"
    assert rule.why in text
    assert rule.fix in text
    assert f"{rule.severity.value}[{rule.id}]: " in text
    assert rules.report_on(rule).rstrip() in text


def test_every_rule_is_in_the_list_of_its_family_and_in_rules_json() -> None:
    assert [rule["id"] for rule in json.loads(page("rules.json"))] == list(RULES)
    for family in FAMILIES:
        listed = re.findall(r"^\| \[`(.+?)`\]", page(f"rules/{family}/index.md"), re.MULTILINE)
        assert listed == [id for id in RULES if id.startswith(f"{family}/")]


def test_the_examples_of_rules_do_not_depend_on_the_folder_or_the_day() -> None:
    for rule in RULES.values():
        assert "/tmp" not in rules.report_on(rule)
    rules.report_on.cache_clear()
    again = Site()
    assert again.files == site().files


def test_a_rule_of_values_looks_at_every_property_of_that_kind() -> None:
    objects = Objects(schema("1.0"))
    seen = {property.key for property in rules.watched(RULES["dates/no-such-day"], objects)}
    assert seen >= {("event", "date"), ("eventReference", "date"), ("provenance", "created")}
    parties = {property.key for property in rules.watched(RULES["reference/unknown-party"], objects)}
    assert parties >= {("delegation", "party"), ("statement", "onBehalfOf"), ("party", "id")}


# The command, its report and the Python API


def test_every_command_and_option_has_its_place() -> None:
    text = page("commands.md")
    for name in COMMANDS:
        assert f"\n## {name}\n" in text
    for option in OPTIONS:
        assert all(f"`{spelling}" in text for spelling in option.spellings)


@pytest.mark.parametrize(("form", "here"), [("report", "index.md"), ("repair", "repair.md")])
def test_every_property_of_the_report_has_its_place(form: str, here: str) -> None:
    whole = json.loads((ROOT / f"schema/report/1.0/{form}.schema.json").read_bytes())
    text = page(f"report/1.0/{here}")

    def names(part: Any) -> set[str]:
        if isinstance(part, list):
            return {name for inner in part for name in names(inner)}
        if not isinstance(part, dict):
            return set()
        own = set(part["properties"]) if isinstance(part.get("properties"), dict) else set()
        return own | {name for inner in part.values() for name in names(inner)}

    for name in names(whole):
        assert f"| `{name}` |" in text, name


def test_every_public_name_of_the_package_has_its_section() -> None:
    public = {name for name in dir(diplomatic_events) if not name.startswith("_")}
    assert public <= anchors(page("python.md"))


# The whole


def test_every_page_is_in_the_navigation_once() -> None:
    listed = list(leaves(site().navigation))
    assert sorted(listed) == sorted(path for path in site().files if path.endswith(".md"))


def test_schemas_are_at_the_paths_of_their_addresses() -> None:
    for version in VERSIONS:
        path = schema(version)["$id"].removeprefix(f"{DOCS}/")
        assert json.loads(page_bytes(path)) == schema(version)
    for file in (ROOT / "schema/report/1.0").iterdir():
        report = json.loads(file.read_bytes())
        assert json.loads(page_bytes(report["$id"].removeprefix(f"{DOCS}/"))) == report


def page_bytes(path: str) -> bytes:
    content = site().files[path]
    return content if isinstance(content, bytes) else content.encode()


def test_the_registered_addresses_lead_to_the_site() -> None:
    redirect = (ROOT / "docs/w3id/.htaccess").read_text("utf-8")
    assert f"RewriteRule ^(.*)$ {site().settings['site_url']}$1 [" in redirect


def test_the_entry_for_schemastore_names_each_version() -> None:
    entry = json.loads((ROOT / "docs/schemastore.json").read_bytes())
    assert entry["versions"] == {version: schema(version)["$id"] for version in VERSIONS}
    assert entry["url"] == schema(catalogue().latest)["$id"]


def test_llms_txt_lists_every_page() -> None:
    listed = re.findall(r"^- \[.+?\]\((.+?)\)", page("llms.txt"), re.MULTILINE)
    assert listed == list(leaves(site().navigation))


def test_every_page_names_the_file_that_it_is_made_from() -> None:
    for path in leaves(site().navigation):
        (source,) = re.findall(r'^source: "(.+)"$', page(path), re.MULTILINE)
        assert (ROOT / source).exists(), path


def test_a_link_is_relative_to_its_page() -> None:
    assert relative("codelists/mode.md#phone", "reference/1.0/event.md") == "../../codelists/mode.md#phone"
    assert relative("reference/1.0/event.md#mode", "reference/1.0/event.md") == "#mode"
    assert relative("rules.json", "index.md") == "rules.json"


def test_a_bar_in_a_cell_is_no_border_and_an_empty_column_is_left_out() -> None:
    assert table(("a", "b", "c"), [("x|y", "", "z")]) == "| a | c |\n| --- | --- |\n| x\\|y | z |\n"
