"""Write the generated docs that are kept: docs/commands.md, docs/tables.md, and tables of configuration.md and use-with-a-model.md.

Run it as ``make pages``. They come from the table of the command's options, the tables of an export, and the parts of a draft.
They are kept because they are read in the repository too. A test compares the files with what is generated here.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from diplomatic_events.cli.arguments import COMMANDS, CONFIGURED, FAILURES, KEYS, OPTIONS, Command, Option, options_of
from diplomatic_events.export.files import every_table
from diplomatic_events.export.tables import Column, Table, Tables
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.drafts import PARTS, draft_form
from draft_sizes import size
from pages.markdown import table

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
GENERATED: Final = "<!-- Written by validator/tools/reference_pages.py with `make pages`; do not edit. -->"

COMMANDS_HEAD: Final = f"""\
# Commands

{GENERATED}

What `diplomatic-events` can do. `diplomatic-events COMMAND --help`, or `-h`, says the same, and
`diplomatic-events --version`, or `-V`, prints the release. Options for every run can be set in a
[configuration file](configuration.md).
"""

TABLES_HEAD: Final = f"""\
# The tables of an export

{GENERATED}

What `diplomatic-events export` writes as Parquet, CSV or NDJSON: a file for each table, with these columns. They are derived
from version {catalogue().latest} of the schema, by four rules:

- A list of objects is a table, with a row for each object. The record itself is a row of [events](#events).
- An object that stands alone is no table. Its properties are columns, named after the way to them: `office.level` is
  `office_level`. Names of properties are in snake case: `onBehalfOf` is `on_behalf_of`.
- A list of texts is a column of lists. In Parquet and NDJSON it is a list, in CSV a JSON array.
- What the schema leaves open, as `extensions`, is a text with JSON.

What a record does not say is absent: null in Parquet and NDJSON, empty in CSV, where every text is in quotation marks and an
empty text is `""`. So nothing of a record is lost: a test rebuilds the records from their tables.

Every row has the `event` that it belongs to and the `path` of its entry; both together are its key. `parent` is the `path` of the
row to which it belongs. Columns that name entries hold their `id`, which is unique in its event. Every date is there as
the record has it, as EDTF, and with the earliest and the latest day that it can mean; these two are absent where that is
open, where the calendar has no such day, and in the year 0. [Use as tables](use-as-tables.md) shows how to join the tables.
"""

TABLE: Final = re.compile(r"(?<=<!-- keys and options, written by `make pages` -->\n).*?(?=\n\n)", re.DOTALL)
"""The table in docs/configuration.md; the rest of that page is written by hand."""


PARTS_TABLE: Final = re.compile(r"(?<=<!-- sizes of the parts, written by `make pages` -->\n).*?(?=\n\n)", re.DOTALL)
"""The table in docs/use-with-a-model.md."""


def main() -> None:
    """Write all pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name}")


def pages() -> dict[str, str]:
    """Each page by its file name."""
    return {
        "commands.md": commands_page(),
        "configuration.md": TABLE.sub(
            lambda _: keys_table().rstrip("\n"), (DOCS / "configuration.md").read_text("utf-8")
        ),
        "tables.md": tables_page(),
        "use-with-a-model.md": PARTS_TABLE.sub(
            lambda _: parts_table().rstrip("\n"), (DOCS / "use-with-a-model.md").read_text("utf-8")
        ),
    }


def parts_table() -> str:
    """How large each part of a draft is, and the whole."""
    form = draft_form()
    sizes = {**{f"`{part}`": size(form.schema(part)) for part in PARTS}, "all": size(form.schema())}
    rows = [(name, str(of.properties), str(of.levels), str(of.codes)) for name, of in sizes.items()]
    return table(("part", "properties", "levels", "codes"), rows)


def tables_page() -> str:
    """The page of the tables: what each holds, and its columns."""
    tables = every_table(Tables(catalogue(), catalogue().latest))
    overview = table(
        ("table", "what it holds", "belongs to"),
        [(_anchor(one.name), one.description, ", ".join(map(_anchor, one.parents))) for one in tables],
    )
    return "\n".join([TABLES_HEAD, overview, *map(table_section, tables)])


def table_section(one: Table) -> str:
    """What one table holds, column by column."""
    rows = [
        (
            f"`{column.name}`",
            f"list of {column.type}" if column.many else column.type,
            column.description,
            _names(column),
        )
        for column in one.columns
    ]
    return f"## {one.name}\n\n{one.description}\n\n{table(('column', 'type', 'what it is', 'codes or ids'), rows)}"


def _names(column: Column) -> str:
    if column.codelist:
        return f"[{column.codelist}](../schema/codelists/{column.codelist}.csv)"
    return ", ".join(map(_anchor, column.refers_to))


def _anchor(name: str) -> str:
    return f"[{name}](#{name})"


def commands_page() -> str:
    """The page of commands: what each does, its exit codes and its arguments."""
    overview = table(
        ("command", "what it does"),
        [(f"[{command.name}](#{command.name})", described(command)) for command in COMMANDS.values()],
    )
    failures = table(("exit code", "in every command"), [(str(code), text) for code, text in FAILURES.items()])
    return "\n".join([COMMANDS_HEAD, overview, failures, *map(command_section, COMMANDS.values())])


def described(command: Command) -> str:
    """What a command does, as a sentence."""
    return quoted(f"{command.help[0].upper()}{command.help[1:]}.")


def command_section(command: Command) -> str:
    """What one command does, its exit codes and its arguments."""
    codes = table(("exit code", "means"), [(str(code), quoted(text)) for code, text in command.codes.items()])
    parts = [f"## {command.name}\n", f"{described(command)}\n", f"```\n{usage(command)}\n```\n", codes]
    if command.operand is not None:
        text, default = split(command.operand.help)
        row = (f"`{command.operand.metavar}`", text, default)
        parts.append(table(("argument", "what it does", "default"), [row]))
    options = options_of(command.name)
    if command.name != "check":
        return "\n".join([*parts, option_table(options)])
    for group in dict.fromkeys(option.group for option in options):
        parts += [f"### {group.capitalize()}\n", option_table(option for option in options if option.group == group)]
    return "\n".join(parts)


def usage(command: Command) -> str:
    """The usage of a command: what must and what can be given."""
    required = [spelling(option).strip("`") for option in options_of(command.name) if option.required]
    parts = [f"diplomatic-events {command.name}", *required, "[OPTION …]"]
    if command.operand is not None:
        name = command.operand.metavar
        parts.append({"*": f"[{name} …]", "?": f"[{name}]", None: name}[command.operand.number])
    return " ".join(parts)


def option_table(listed: Iterable[Option]) -> str:
    """A table of options: what each does, its choices and its default."""
    return table(
        ("option", "what it does", "choices", "default"),
        [(spelling(option), quoted(option.help), choices(option), default(option)) for option in listed],
    )


def spelling(option: Option) -> str:
    """Every way to write an option."""
    value = f" {option.placeholder}" if option.placeholder else ""
    return ", ".join(f"`{name}{value}`" for name in option.spellings)


def choices(option: Option) -> str:
    """The possible values of an option, if they can be listed."""
    return ", ".join(f"`{name}`" for name in option.kind.names)


def default(option: Option) -> str:
    """What applies if an option is not given."""
    return f"`{option.left_out}`" if option.left_out and not option.otherwise else option.left_out


def split(help: str) -> tuple[str, str]:
    """A help text, and the default in brackets at its end."""
    found = re.fullmatch(r"(.*) \(default: (.*)\)", help)
    return (found[1], found[2]) if found else (help, "")


def keys_table() -> str:
    """The table of configuration keys, and the options that replace or add to each."""
    return table(
        ("key", "value", "what replaces it", "what adds to it", "holds for"),
        [
            (
                f"`{key}`",
                option.kind.asks_for,
                ", ".join(replacing(other) for other in same(key)),
                ", ".join(f"`--{other.name}`" for other in OPTIONS if other.adds_to == key),
                ", ".join(f"`{name}`" for name in CONFIGURED if any(name in other.commands for other in same(key))),
            )
            for key, option in KEYS.items()
        ],
    )


def same(key: str) -> list[Option]:
    """The options that set the same as a key, the one with its name first."""
    return sorted((option for option in OPTIONS if option.key == key), key=lambda option: option.name != key)


def replacing(option: Option) -> str:
    """An option that replaces its key, with its command if it has another name there."""
    names = ", ".join(f"`{name}`" for name in option.spellings)
    return names if option.name == option.key else f"{names} of `{', '.join(option.commands)}`"


def quoted(text: str) -> str:
    """A help text with the options that it names formatted as code."""
    return re.sub(r"`[^`]*`|--[a-z-]+", lambda found: f"`{found[0].strip('`')}`", text)


if __name__ == "__main__":
    main()
