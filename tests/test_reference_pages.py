"""What the docs repeat of the codelists and of the command's options is what the tool makes of them."""

import re

import pytest

import reference_pages
from check_records import ROOT
from diplomatic_events.cli.arguments import COMMANDS as EVERY_COMMAND
from diplomatic_events.cli.arguments import FAILURES, KEYS, OPTIONS, Option

PAGES = reference_pages.pages()
CODELISTS = PAGES["codelists.md"]
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


# The codelists


def test_every_list_has_its_section_and_every_code_of_our_own_its_row() -> None:
    files = sorted((ROOT / "schema/codelists").glob("*.csv"))
    assert sorted(re.findall("^## (.+)$", CODELISTS, re.MULTILINE)) == [path.stem for path in files]
    for path in files:
        codes = [line.partition(",")[0] for line in path.read_text("utf-8").splitlines()[1:]]
        shown = section(CODELISTS, path.stem)
        left_out = [code for code in codes if f"`{code}` " not in shown]
        assert left_out == [code for code in codes if path.stem == "language" and len(code) == 3]


def test_the_lists_of_standards_come_last() -> None:
    assert re.findall("^## (.+)$", CODELISTS, re.MULTILINE)[-6:] == [
        "country",
        "currency",
        "language",
        "region",
        "script",
        "variant",
    ]


def test_a_code_has_its_label_what_it_means_its_synonyms_its_cameo_code_and_its_version() -> None:
    assert row(section(CODELISTS, "speech-act"), "code") == [
        "code", "label", "description", "also called", "CAMEO", "since",
    ]  # fmt: skip
    code, label, description, synonyms, cameo, since = row(section(CODELISTS, "speech-act"), "`express-condolence`")
    assert (code, label, cameo, since) == ("`express-condolence`", "Express condolence", "018", "1.0")
    assert description.startswith("The speaker voices sympathy over a death, a disaster or another loss.")
    assert "condolences, sympathy" in synonyms


def test_a_list_without_codes_of_cameo_has_no_column_for_them() -> None:
    assert row(section(CODELISTS, "mode"), "code") == ["code", "label", "description", "also called", "since"]


def test_the_row_of_a_deprecated_code_names_its_replacement() -> None:
    assert row(section(CODELISTS, "identifier-scheme"), "`grid`")[-1] == "1.0; deprecated in 1.0: use `ror`"
    assert row(section(CODELISTS, "country"), "`ROM`")[-1] == "1.0; deprecated in 1.0: use `ROU`"


def test_a_deprecated_code_may_have_no_replacement_and_says_so_in_a_list_without_descriptions() -> None:
    old = {"code": "Qaai", "label": "Inherited", "since": "1.0", "deprecated": "1.2", "replacedBy": ""}
    new = {"code": "Qaax", "label": "Later", "since": "1.1", "deprecated": "", "replacedBy": ""}
    here = {"code": "Zinh", "label": "Today's", "since": "1.0", "deprecated": "", "replacedBy": ""}
    assert reference_pages.names_only([old, new, here]) == (
        "`Qaai` Inherited (1.0; deprecated in 1.2) · `Qaax` Later (1.1)\n\n`Zinh` Today's\n"
    )


def test_a_former_country_has_its_years_and_a_present_one_only_those_that_are_known() -> None:
    countries = section(CODELISTS, "country")
    assert row(countries, "`SUN`")[-2] == "1922–1991"
    assert row(countries, "`RUS`")[-2] == "1991–"
    assert row(countries, "`ROM`")[-2] == "–2002"
    assert row(countries, "`DEU`")[-2] == ""


@pytest.mark.parametrize(
    ("name", "kind"), [("event-type", "closed"), ("country", "closed"), ("topic", "open"), ("language", "open")]
)
def test_a_list_is_closed_where_the_schema_has_its_codes(name: str, kind: str) -> None:
    assert row(CODELISTS, f"[{name}](#{name})")[1] == kind
    assert section(CODELISTS, name).startswith(f"\n{kind.capitalize()}, ")


def test_a_list_names_the_places_that_take_its_codes_and_what_they_are_for() -> None:
    assert re.findall("^- (.+?): ", section(CODELISTS, "event-type"), re.MULTILINE) == [
        "Diplomatic event, `type`",
        "Upcoming event, `type`",
        "Related event, `type`",
    ]
    assert re.findall("^- (.+?): ", section(CODELISTS, "topic"), re.MULTILINE) == [
        "Diplomatic event, `topics`",
        "Agenda item, `topics`",
        "Programme item, `topics`",
        "Statement, `topics`",
        "Outcome, `topics`",
        "Upcoming event, `topics`",
        "Related event, `topics`",
    ]
    assert "- Member of a delegation, `role`: What the person did in the delegation.\n" in section(
        CODELISTS, "member-role"
    )


def test_no_list_is_without_a_place() -> None:
    for name in re.findall("^## (.+)$", CODELISTS, re.MULTILINE):
        assert re.search("^- .+, `[a-zA-Z]+`: .+\\.$", section(CODELISTS, name), re.MULTILINE), name


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
    assert rows["ignore"][1:] == ["a list of texts", "`--ignore`", "`--extend-ignore`", "`check`, `baseline`"]
    assert rows["statistics"][1:4] == ["true or false", "`--statistics`, `--no-statistics`", ""]
    assert rows["baseline"][2:] == ["`--baseline`, `--output` of `baseline`", "", "`check`, `baseline`"]
    assert rows["max-bytes"][4] == "`check`, `coverage`, `baseline`, `migrate`"


# Tables


def test_an_option_named_in_a_sentence_is_set_as_code_once() -> None:
    assert (
        reference_pages.quoted("so that `check --baseline` and --prune") == "so that `check --baseline` and `--prune`"
    )


def test_a_bar_in_a_cell_is_no_border() -> None:
    assert reference_pages.table(("a", "b", "c"), [("x|y", "", "z")]) == "| a | c |\n| --- | --- |\n| x\\|y | z |\n"
