"""Write the generated docs: docs/codelists.md, docs/commands.md, and a table of docs/configuration.md.

Run it as ``make pages``; ``make codelists`` runs it too. The first page comes from the CSV files of the codelists and
from the newest schema, which says what each list is for; the others from the table of the command's options. A test
compares the files with what is generated here.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from diplomatic_events.cli.arguments import COMMANDS, FAILURES, KEYS, OPTIONS, READING, Command, Option, options_of
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.definitions import Definitions, with_words
from diplomatic_events.schema.plan import Plan

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
GENERATED: Final = "<!-- Written by validator/tools/reference_pages.py with `make pages`; do not edit. -->"
FIRST: Final = "1.0"

Row = Mapping[str, str]

STANDARDS: Final[Mapping[str, str]] = {
    "country": (
        "ISO 3166-1 for the countries of today, ISO 3166-3 for former ones, and `XKX`. The years are the first and last "
        "when a party can have the code, if they are beyond doubt. The two-letter codes are the regions in "
        "language tags."
    ),
    "currency": "ISO 4217 for the currencies of today, and the Unicode CLDR for former ones.",
    "language": (
        "The languages, macrolanguages and collections of the IANA registry of language subtags (BCP 47): the codes of "
        "ISO 639-1, and of ISO 639-3 and 639-5 where there is no two-letter code. These are the two-letter codes; the CSV "
        "file also has those of three letters and the other tags for a language: its further codes in ISO 639, and tags "
        "that BCP 47 has replaced."
    ),
    "region": (
        "The regions of the IANA registry of language subtags, and `XK`: two letters of ISO 3166-1, or the number of an "
        "area of UN M.49."
    ),
    "script": "ISO 15924. The codes are also used in language tags.",
    "variant": "The variants of the IANA registry of language subtags.",
}
"""The lists taken from international standards, with what to know about them."""

PARTS_OF_TAGS: Final = ("region", "variant")
"""The lists whose codes are used in language tags only."""

UNITS: Final = ("currency", "amount", "unit")
"""The list whose codes are used beside words, and the definition and property that take both."""

CODELISTS_HEAD: Final = f"""\
# Codelists

{GENERATED}

What each code of a record means. Programs read the same lists as CSV files in [schema/codelists](../schema/codelists).
Below its name, each list has the places in a record that take its codes, with their descriptions in the schema.

- A **closed** list is an enum of the schema: any other code is an error.
- An **open** list can be extended: any other code draws the warning `codes/unknown`. A part of a
  language tag that is not on its list is the error `codes/unknown-language`.
- `since` is the version of the schema that introduced the code. A deprecated code stays valid until the next major
  version, and the warning `codes/deprecated` names the one to use instead; see [Versions](versions.md#codes).
- `also called` are words that people use for a code, in English and other languages: `synonyms` in the CSV file, with `|`
  between them. They are no codes, but the validator knows them: to `dinner`, it answers `meal`.
- `CAMEO` is the nearest event code of Conflict and Mediation Event Observations.
"""

COMMANDS_HEAD: Final = f"""\
# Commands

{GENERATED}

What `diplomatic-events` can do. `diplomatic-events COMMAND --help`, or `-h`, says the same, and
`diplomatic-events --version`, or `-V`, prints the release. Options for every run can be set in a
[configuration file](configuration.md).
"""

TABLE: Final = re.compile(r"(?<=<!-- keys and options, written by `make pages` -->\n).*?(?=\n\n)", re.DOTALL)
"""The table in docs/configuration.md; the rest of that page is written by hand."""


def main() -> None:
    """Write all pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name}")


def pages() -> dict[str, str]:
    """Each page by its file name."""
    return {
        "codelists.md": codelists_page(),
        "commands.md": commands_page(),
        "configuration.md": TABLE.sub(
            lambda _: keys_table().rstrip("\n"), (DOCS / "configuration.md").read_text("utf-8")
        ),
    }


def codelists_page() -> str:
    """The page of all codelists: our own first, then those from international standards."""
    source = catalogue()
    found = {path.stem: rows(path) for path in sorted((source.folder / "codelists").glob("*.csv"))}
    lists = {name: found[name] for name in sorted(found, key=lambda name: (name in STANDARDS, name))}
    definitions = Definitions(source, list(source.versions)[-1])
    shape = Plan(definitions.schema)
    overview = [
        (f"[{name}](#{name})", "closed" if name in shape.closed else "open", f"{len(codes):,}")
        for name, codes in lists.items()
    ]
    sections = [
        codelist_section(name, codes, uses(name, shape, definitions), closed=name in shape.closed)
        for name, codes in lists.items()
    ]
    return "\n".join([CODELISTS_HEAD, table(("list", "kind", "codes"), overview), *sections])


def rows(path: Path) -> list[Row]:
    """The rows of a list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codelist_section(name: str, codes: Sequence[Row], used: Iterable[str], *, closed: bool) -> str:
    """The section on one list: where its codes are used, and what each means."""
    kind = "Closed" if closed else "Open"
    head = f"{kind}, {len(codes):,} codes: [{name}.csv](../schema/codelists/{name}.csv)."
    about = f"{STANDARDS[name]}\n\n" if name in STANDARDS else ""
    if name == "language":
        body = names_only(row for row in codes if len(row["code"]) == 2)
    else:
        body = names_only(codes) if name in ("currency", "region", "script") else code_table(codes)
    places = "".join(f"- {use}\n" for use in used)
    return f"## {name}\n\n{head}\n\n{places}\n{about}{body}"


def uses(name: str, shape: Plan, definitions: Definitions) -> Iterator[str]:
    """The places in a record that take a code of a list, each with its description in the schema."""
    wanted = "language" if name in PARTS_OF_TAGS else name
    for owner, plan in shape.steps.items():
        whole = definitions.schema["$defs"][owner] if owner else definitions.schema
        for key, step in plan.items():
            if (step.detail if step.action == "code" else step.action) == wanted:
                yield _use(whole, key, definitions)
    if name == UNITS[0]:
        yield _use(definitions.schema["$defs"][UNITS[1]], UNITS[2], definitions)


def _use(whole: dict[str, Any], key: str, definitions: Definitions) -> str:
    return f"{with_words(whole)['title']}, `{key}`: {definitions.follow(whole['properties'][key])['description']}"


def code_table(codes: Iterable[Row]) -> str:
    """A list as a table."""
    header = ("code", "label", "description", "also called", "CAMEO", "alpha-2", "years", "since")
    return table(
        header,
        [
            (
                f"`{row['code']}`",
                row["label"],
                row["description"],
                row.get("synonyms", "").replace("|", ", "),
                row.get("cameo", ""),
                row.get("alpha2", ""),
                years(row),
                since(row),
            )
            for row in codes
        ],
    )


def years(row: Row) -> str:
    """The years when a country existed, as far as known."""
    first, last = row.get("validFrom", ""), row.get("validUntil", "")
    return f"{first}–{last}" if first or last else ""


def since(row: Row) -> str:
    """The version that introduced a code and, if it is deprecated, since when and what replaces it."""
    if not row["deprecated"]:
        return row["since"]
    successor = f": use `{row['replacedBy']}`" if row["replacedBy"] else ""
    return f"{row['since']}; deprecated in {row['deprecated']}{successor}"


def names_only(codes: Iterable[Row]) -> str:
    """A long list whose codes need no description: code and label, in a paragraph for each first letter."""
    letters: dict[str, list[str]] = {}
    for row in codes:
        more = "" if since(row) == FIRST else f" ({since(row)})"
        letters.setdefault(row["code"][0], []).append(f"`{row['code']}` {row['label']}{more}")
    return "".join(f"{' · '.join(entries)}\n\n" for entries in letters.values()).removesuffix("\n")


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
                ", ".join(f"`{name}`" for name in READING if any(name in other.commands for other in same(key))),
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


def table(header: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A table without its empty columns."""
    kept = [column for column in range(len(header)) if any(row[column] for row in cells)]
    lines = [[header[column] for column in kept], ["---"] * len(kept)]
    lines += [[row[column].replace("|", "\\|") for column in kept] for row in cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
