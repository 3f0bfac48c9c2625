"""What the docs repeat of the command's options is what the tool makes of them."""

import re

import pytest

import reference_pages
from check_records import ROOT
from diplomatic_events.cli.arguments import COMMANDS as EVERY_COMMAND
from diplomatic_events.cli.arguments import FAILURES, KEYS, OPTIONS, Option

PAGES = reference_pages.pages()
COMMANDS = PAGES["commands.md"]


def section(page: str, name: str) -> str:
    """What stands below a heading, down to the next one of its rank."""
    (found,) = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return str(found)


def row(text: str, first: str) -> list[str]:
    """The cells of the one row of a table that begins with a cell."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {first} |")]
    return line.removeprefix("| ").removesuffix(" |").split(" | ")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_in_the_docs_is_what_the_tool_makes(name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name], "run `make pages`"


# The commands


def test_every_command_stands_in_the_page_with_what_it_does() -> None:
    assert re.findall("^## (.+)$", COMMANDS, re.MULTILINE) == list(EVERY_COMMAND)
    assert row(COMMANDS, "[migrate](#migrate)")[1] == "Migrate records to another version of the schema."


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option.name} of {option.commands[0]}")
def test_every_option_stands_in_the_section_of_each_of_its_commands(option: Option) -> None:
    for command in option.commands:
        for spelling in option.spellings:
            assert re.search(rf"^\| .*`{re.escape(spelling)}[ `].* \| .+ \|$", section(COMMANDS, command), re.MULTILINE)


def test_an_option_has_its_choices_and_its_default() -> None:
    assert row(section(COMMANDS, "check"), "`--fail-on WHEN`") == [
        "`--fail-on WHEN`",
        "which findings make the exit code 1: error, warning (and errors) or never",
        "`error`, `warning`, `never`",
        "`error`",
    ]
    assert row(section(COMMANDS, "check"), "`--max-bytes N`")[2:] == ["", "8388608, which is 8 MiB"]
    assert row(section(COMMANDS, "check"), "`-j N`, `--jobs N`")[3].startswith("one per processor")
    assert row(section(COMMANDS, "baseline"), "`--output FILE`")[3] == "`diplomatic-events-baseline.json`"


def test_a_switch_stands_with_what_undoes_it() -> None:
    assert row(section(COMMANDS, "check"), "`--statistics`, `--no-statistics`")[2:] == ["", ""]


def test_what_stands_without_a_dash_has_its_default() -> None:
    assert row(section(COMMANDS, "schema"), "`X.Y`") == ["`X.Y`", "the version of the schema", "the latest"]


@pytest.mark.parametrize(
    ("name", "usage"),
    [
        ("check", "diplomatic-events check [OPTION …] [PATH …]"),
        ("migrate", "diplomatic-events migrate --to X.Y [OPTION …] [PATH …]"),
        ("schema", "diplomatic-events schema [OPTION …] [X.Y]"),
        ("rules", "diplomatic-events rules [OPTION …]"),
        ("explain", "diplomatic-events explain [OPTION …] WORD"),
    ],
)
def test_the_usage_says_what_must_be_given(name: str, usage: str) -> None:
    assert f"```\n{usage}\n```" in section(COMMANDS, name)


def test_the_groups_of_options_have_their_headings() -> None:
    assert re.findall("^### (.+)$", COMMANDS, re.MULTILINE) == [
        "What is shown",
        "What is fixed",
        "What is checked",
        "How input is read",
    ]


def test_every_exit_code_stands_in_the_page() -> None:
    for name, command in EVERY_COMMAND.items():
        for code in command.codes:
            assert row(section(COMMANDS, name), str(code))
    for number, text in FAILURES.items():
        assert row(COMMANDS.partition("\n## ")[0], str(number)) == [str(number), text]


# The keys of a configuration


def test_every_key_stands_in_one_table_with_what_the_command_line_does_to_it() -> None:
    page = PAGES["configuration.md"]
    rows = {key: row(page, f"`{key}`") for key in KEYS}
    assert rows["ignore"][1:] == [
        "a list of texts",
        "`--ignore`",
        "`--extend-ignore`",
        "`check`, `baseline`, `assemble`",
    ]
    assert rows["statistics"][1:4] == ["true or false", "`--statistics`, `--no-statistics`", ""]
    assert rows["baseline"][2:] == ["`--baseline`, `--output` of `baseline`", "", "`check`, `baseline`"]
    assert rows["max-bytes"][4] == "`check`, `coverage`, `baseline`, `migrate`, `export`, `assemble`"


# Sentences


def test_an_option_named_in_a_sentence_is_set_as_code_once() -> None:
    assert (
        reference_pages.quoted("so that `check --baseline` and --prune") == "so that `check --baseline` and `--prune`"
    )
