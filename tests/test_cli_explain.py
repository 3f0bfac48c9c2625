"""What the command says of itself: its rules, the page of each, and the options that hold."""

import json
import sys
import tomllib
from pathlib import Path

import pytest

from check_records import RULES
from diplomatic_events.cli.arguments import KEYS
from diplomatic_events.cli.explain import shown
from diplomatic_events.rules import FAMILIES
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.glossary import Glossary
from run_command import Run, runner


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


# Rules


def test_every_rule_is_listed_family_by_family(run: Run) -> None:
    listed = [line.split()[0] for line in run("rules").out.splitlines()]
    assert sorted(listed) == sorted(RULES)
    families = [id.partition("/")[0] for id in listed]
    assert list(dict.fromkeys(families)) == list(FAMILIES)
    assert families == sorted(families, key=FAMILIES.index)
    rows = json.loads(run("rules", "--format", "json").out)
    assert [row["id"] for row in rows] == listed
    assert set(rows[0]) == {"id", "severity", "summary", "url"}


def test_a_rule_is_explained(run: Run) -> None:
    shown = run("explain", "codes/unknown").out
    assert shown.startswith("warning[codes/unknown]: A code is not on its open codelist.\n")
    for title in ("Why it matters", "What to do", "Wrong", "Right"):
        assert f"\n{title}\n  " in shown
    page = json.loads(run("explain", "codes/unknown", "--format", "json").out)
    assert (page["id"], page["bad"], page["good"]) == ("codes/unknown", '"topics": ["tarde"]', '"topics": ["trade"]')


def test_a_rule_is_found_without_its_family_unless_the_schema_has_that_word(run: Run) -> None:
    assert run("explain", "not-verbatim").out == run("explain", "evidence/not-verbatim").out
    assert run("explain", "ambiguous").out.startswith("`ambiguous` is a word for:")


def test_the_page_of_a_rule_shows_a_whole_file_or_what_is_left_out(run: Run) -> None:
    assert '\nWrong\n  {"title": "Talks",}\n' in run("explain", "json/syntax").out
    assert "\nWrong\n  title is left out\n" in run("explain", "schema/missing-property").out
    assert all(run("explain", rule, "--color", "always").code == 0 for rule in RULES)


@pytest.mark.parametrize(
    ("file", "text"),
    [(b"x" * 160, "x" * 160), (b"x" * 161, f"{'x' * 60}… (161 bytes)"), (b"[]\n", "[]"), (b"\xff", "\\xff")],
)
def test_a_file_of_more_than_a_hundred_and_sixty_characters_is_cut_on_a_page(file: bytes, text: str) -> None:
    assert shown(file) == text


@pytest.mark.parametrize("columns", [20, 50, 80, 120])
@pytest.mark.parametrize(
    "arguments",
    [
        ("rules",),
        ("explain", "evidence/not-verbatim"),
        ("explain", "schema/missing-property"),
        ("explain", "dinner"),
        ("explain", "event-type"),
    ],
)
def test_a_narrow_terminal_breaks_no_word(
    columns: int, arguments: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_pipe = run(*arguments).out
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(*arguments).out == in_pipe  # a program that reads it wants one line for each rule
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    on_terminal = run(*arguments, "--color", "never").out
    assert on_terminal.split() == in_pipe.split()
    too_long = [line for line in on_terminal.partition("\nWrong\n")[0].splitlines() if len(line) > columns]
    assert [line for line in too_long if len(line.split()) > 1 and not line.startswith(tuple(RULES))] == []


# The words of the schema


def heads(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.partition("[")[0] in ("object", "property", "codelist", "code")]


def test_a_code_is_explained_with_its_synonyms_and_where_it_is_used(run: Run) -> None:
    page = run("explain", "speech-act/pledge").out
    assert page.startswith("code[speech-act/pledge]: Pledge\n  The speaker commits the own side to do something")
    assert "\nAlso called\n  promise, commit, " in page
    assert "\nUsed in\n  statement.act\n" in page
    assert page.endswith("/codelists/#speech-act\n")


def test_a_deprecated_code_names_its_successor(run: Run) -> None:
    assert "\n  Deprecated since 1.0: use `ror`.\n" in run("explain", "identifier-scheme/grid").out


def test_a_codelist_is_explained_with_all_its_codes(run: Run) -> None:
    page = run("explain", "event-type").out
    assert page.startswith(
        "codelist[event-type]: event type\n  Closed: any other code is an error.\n\nCodes\n  meeting\n    "
    )
    assert "\nUsed in\n  record.type, eventReference.type, relatedEvent.type\n" in page
    assert "  Open: any other code draws a warning.\n" in run("explain", "topic").out


def test_of_a_long_list_only_the_codes_are_shown(run: Run) -> None:
    assert "\nCodes\n  ABW\n  AFG\n" in run("explain", "country").out


def test_a_property_is_explained_with_its_form_and_an_example(run: Run) -> None:
    page = run("explain", "statement.onBehalfOf").out
    assert heads(page) == ["property[statement.onBehalfOf]: On behalf of"]
    assert "\n  A list: each entry is the id of a party or a person; optional.\n" in page
    assert "\nExample\n  [" in page


def test_a_property_is_shown_in_all_its_places(run: Run) -> None:
    names = [head.partition("]")[0] for head in heads(run("explain", "portfolio").out)]
    assert names == ["codelist[portfolio", "property[office.portfolio"]
    assert len(heads(run("explain", "date").out)) >= 6


def test_an_object_is_explained_with_its_properties_and_what_it_must_have(run: Run) -> None:
    page = run("explain", "coordinates").out
    assert page.startswith("object[coordinates]: ")
    assert "\nProperties\n  latitude (required)\n    " in page
    assert run("explain", "record").out.startswith("object[record]: Diplomatic event\n")


@pytest.mark.parametrize("word", ["eventReference", "event-reference", "Event_Reference", "EVENT REFERENCE"])
def test_the_spelling_of_a_name_does_not_matter(word: str, run: Run) -> None:
    assert heads(run("explain", word).out)[0].startswith("object[eventReference]: ")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("dinner", "programme-item-type/meal"),
        ("MoU", "outcome-type/memorandum"),
        ("condoléances", "speech-act/express-condolence"),
        ("France", "country/FRA"),
        ("CHN", "country/CHN"),
    ],
)
def test_a_word_that_people_use_is_answered_with_the_code(word: str, name: str, run: Run) -> None:
    assert any(head.startswith(f"code[{name}]: ") for head in heads(run("explain", word).out))


def test_a_word_that_only_definitions_have_is_answered_with_these(run: Run) -> None:
    page = run("explain", "president").out
    assert page.startswith("Nothing is called `president`, but these mention it:\n\n")
    assert "code[office-level/head-of-state]: Head of state\n" in page


def test_a_family_of_rules_that_is_also_an_object_names_its_rules(run: Run) -> None:
    page = run("explain", "evidence").out
    assert page.startswith("Rules about it: evidence/not-verbatim, ")
    assert "object[evidence]: Evidence\n" in page


def test_programs_get_plain_values(run: Run) -> None:
    page = json.loads(run("explain", "mode/phone", "--format", "json").out)
    assert page["word"] == "mode/phone"
    (entry,) = page["entries"]
    assert (entry["kind"], entry["name"], entry["title"]) == ("code", "mode/phone", "By telephone")
    assert "telephone" in entry["synonyms"]
    assert entry["places"][:2] == ["record.mode", "delegation.mode"]
    (votes,) = json.loads(run("explain", "coordinates", "--format", "json").out)["entries"][:1]
    assert [part["name"] for part in votes["parts"]] == ["latitude (required)", "longitude (required)"]


def test_a_name_is_found_by_itself() -> None:
    glossary = Glossary(catalogue(), catalogue().latest)
    for name in list(glossary.properties)[::7]:
        assert name in [entry.name for entry in glossary.named(name)]
    for name in ("event-type", "speech-act", "topic"):
        for code in list(glossary.codes_of(name))[::7]:
            assert f"{name}/{code}" in [entry.name for entry in glossary.named(f"{name}/{code}")]


def test_a_word_from_the_command_line_cannot_colour_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("explain", "dinner\x1b").out


# Options


def test_what_holds_is_printed_with_where_it_comes_from_and_nothing_is_checked(run: Run) -> None:
    text = 'fail-on = "warning"\nignore = ["codes"]\noutput = ["json=a.json"]\nexclude = ["drafts/"]\n'
    Path("diplomatic-events.toml").write_text(text, encoding="utf-8")
    given = ("-j", "2", "--extend-ignore", "corpus,dates", "--severity", "codes=off", "--severity", "dates=note")
    ran = run("check", "--show-config", *given, "--severity", "codes=error", "gone.json")
    assert (ran.code, ran.err) == (0, "")
    first, *lines, last = ran.out.splitlines()
    assert first == "# configuration file: diplomatic-events.toml"
    assert last == "# diplomatic-events.toml also has: exclude"
    assert len(lines) == len(KEYS)
    for line in (
        'fail-on = "warning"  # diplomatic-events.toml',
        'output = ["json=a.json"]  # diplomatic-events.toml',
        'ignore = ["codes", "corpus", "dates"]  # diplomatic-events.toml, --extend-ignore',
        'severity = { "dates" = "note", "codes" = "error" }  # command line',
        "jobs = 2  # command line",
        "select = []  # default",
        "statistics = false  # default",
        "# baseline is not set  # default",
        "# max-per-rule is not set: 100 in text, 10000 elsewhere  # default",
    ):
        assert line in lines


def test_what_is_printed_is_a_configuration_that_says_the_same(run: Run) -> None:
    given = (
        "--severity",
        "codes=off",
        "--output",
        "json=a b.json",
        "--select",
        "dates,codes",
        "--statistics",
        "-j",
        "2",
    )
    printed = run("check", "--show-config", "--baseline", "é.json", "--max-bytes", "5", *given).out
    assert printed.startswith("# no configuration file\n")
    Path("diplomatic-events.toml").write_text(printed, encoding="utf-8")
    again = run("check", "--show-config").out
    assert tomllib.loads(again) == tomllib.loads(printed)
    assert "command line" not in again


def test_a_configuration_that_cannot_be_read_is_refused_all_the_same(run: Run) -> None:
    Path("diplomatic-events.toml").write_text("qqqq = 1\n", encoding="utf-8")
    assert run("check", "--show-config").code == 2


@pytest.mark.parametrize(("word", "head"), [
    ("event", "object[record]: Diplomatic event\n"),
    ("event.date", "property[record.date]: Date\n"),
    ("Event.type", "property[record.type]: Type of event\n"),
    ("event-type", "codelist[event-type]: event type\n"),
    ("event.location", "`record.location` is a word for:\n\nproperty[record.places]: Places\n"),
])  # fmt: skip
def test_the_record_is_known_as_the_event_too_as_the_docs_call_it(word: str, head: str, run: Run) -> None:
    assert run("explain", word).out.startswith(head)


def test_a_form_of_plain_values_is_explained_with_the_properties_that_have_it(run: Run) -> None:
    out = run("explain", "clockTime").out
    assert out.startswith("form[clockTime]: Clock time\n  A local time of day")
    assert "\nUsed in\n  clockSpan.start, clockSpan.end\n" in out
    assert "record.previousDates, " in run("explain", "edtfDate").out, "as the entries of a list too"


def test_every_definition_of_the_schema_is_explained(run: Run) -> None:
    for name in catalogue().schema(catalogue().latest)["$defs"]:
        assert run("explain", name).code == 0, name
