"""Write the pages of the docs that only repeat what stands elsewhere: docs/codelists.md and docs/commands.md.

Run it as ``make pages``; ``make codelists`` runs it as well. The first page is made from the CSV files of the codelists
and from the newest schema, which says what each list is for; the second from the parser of the command. A test compares
both with what is made here.
"""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from diplomatic_events.cli.arguments import EXIT_CODES, FAILURES, OneOf, commands, parser
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.definitions import Definitions, with_words
from diplomatic_events.schema.plan import Plan

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
GENERATED: Final = "<!-- Written by validator/tools/reference_pages.py with `make pages`; do not edit. -->"
FIRST: Final = "1.0"

Row = Mapping[str, str]

STANDARDS: Final[Mapping[str, str]] = {
    "country": (
        "ISO 3166-1 for the countries of today, ISO 3166-3 for former ones, and `XKX`. The years are the first and the last "
        "in which a party can bear the code, where they are beyond doubt. The two-letter codes stand as regions in "
        "language tags."
    ),
    "language": (
        "The languages, macrolanguages and collections of the IANA registry of language subtags (BCP 47): the codes of "
        "ISO 639-1, and of ISO 639-3 and 639-5 where there are no two letters. These are the two-letter codes; those of "
        "three letters stand in the CSV file, as do the other tags for a language: its further codes in ISO 639, and tags "
        "that BCP 47 has replaced."
    ),
    "region": (
        "The regions of the IANA registry of language subtags, and `XK`: two letters of ISO 3166-1, or the number of an "
        "area of UN M.49."
    ),
    "script": "ISO 15924. The codes also stand in language tags.",
    "variant": "The variants of the IANA registry of language subtags.",
}
"""The lists that are taken from international standards, with what is to be known of them."""

PARTS_OF_TAGS: Final = ("region", "variant")
"""The lists whose codes stand in language tags and nowhere else."""

CODELISTS_HEAD: Final = f"""\
# Codelists

{GENERATED}

What each code of a record means. Programs read the same lists as CSV files in [schema/codelists](../schema/codelists).
Below the name of a list stand the places of a record that take its codes, with what the schema says of them.

- A **closed** list is an enum of the schema: any other code is an error.
- An **open** list can be added to: any other code draws the warning `codes/unknown`. A part of a
  language tag that is not on its list is the error `codes/unknown-language`.
- `since` is the version of the schema that brought the code. A code that is deprecated stays valid until the next major
  version, and the warning `codes/deprecated` names the one to use instead; see [Versions](versions.md#codes).
- `CAMEO` is the event code of Conflict and Mediation Event Observations that comes nearest.
"""

COMMANDS_HEAD: Final = f"""\
# Commands

{GENERATED}

What `diplomatic-events` can be asked to do; `diplomatic-events COMMAND --help` says the same. Options that hold for every
run can stand in a [configuration file](configuration.md).
"""


def main() -> None:
    """Write both pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name}")


def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    return {"codelists.md": codelists_page(), "commands.md": commands_page()}


def codelists_page() -> str:
    """The page of all codelists: those of our own first, then those of international standards."""
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
    """What is to be known of one list: where its codes stand, and what each means."""
    kind = "Closed" if closed else "Open"
    head = f"{kind}, {len(codes):,} codes: [{name}.csv](../schema/codelists/{name}.csv)."
    about = f"{STANDARDS[name]}\n\n" if name in STANDARDS else ""
    if name == "language":
        body = names_only(row for row in codes if len(row["code"]) == 2)
    else:
        body = names_only(codes) if name in ("region", "script") else code_table(codes)
    places = "".join(f"- {use}\n" for use in used)
    return f"## {name}\n\n{head}\n\n{places}\n{about}{body}"


def uses(name: str, shape: Plan, definitions: Definitions) -> Iterator[str]:
    """The places of a record that take a code of a list, each with what the schema says of it."""
    wanted = "language" if name in PARTS_OF_TAGS else name
    for owner, plan in shape.steps.items():
        whole = definitions.schema["$defs"][owner] if owner else definitions.schema
        for key, step in plan.items():
            if (step.detail if step.action == "code" else step.action) == wanted:
                part = definitions.follow(whole["properties"][key])
                yield f"{with_words(whole)['title']}, `{key}`: {part['description']}"


def code_table(codes: Iterable[Row]) -> str:
    """A list as a table."""
    header = ("code", "label", "description", "CAMEO", "alpha-2", "years", "since")
    return table(
        header,
        [
            (
                f"`{row['code']}`",
                row["label"],
                row["description"],
                row.get("cameo", ""),
                row.get("alpha2", ""),
                years(row),
                since(row),
            )
            for row in codes
        ],
    )


def years(row: Row) -> str:
    """The years in which a country was there, as far as they are known."""
    first, last = row.get("validFrom", ""), row.get("validUntil", "")
    return f"{first}–{last}" if first or last else ""


def since(row: Row) -> str:
    """The version that brought a code and, where it is deprecated, since when and what takes its place."""
    if not row["deprecated"]:
        return row["since"]
    successor = f": use `{row['replacedBy']}`" if row["replacedBy"] else ""
    return f"{row['since']}; deprecated in {row['deprecated']}{successor}"


def names_only(codes: Iterable[Row]) -> str:
    """A long list whose codes need no description: code and label, a paragraph for each first letter."""
    letters: dict[str, list[str]] = {}
    for row in codes:
        more = "" if since(row) == FIRST else f" ({since(row)})"
        letters.setdefault(row["code"][0], []).append(f"`{row['code']}` {row['label']}{more}")
    return "".join(f"{' · '.join(entries)}\n\n" for entries in letters.values()).removesuffix("\n")


def commands_page() -> str:
    """The page of the command: what it can do, how it ends, and the arguments of each command."""
    whole = parser()
    found = commands(whole)
    overview = table(
        ("command", "what it does"),
        [(f"[{name}](#{name})", quoted(part.description or "")) for name, part in found.items()],
    )
    failures = table(("exit code", "in every command"), [(str(code), text) for code, text in FAILURES.items()])
    own = option_table([action for action in actions(whole) if action.option_strings])
    sections = [command_section(name, part) for name, part in found.items()]
    return "\n".join([COMMANDS_HEAD, overview, own, failures, *sections])


def command_section(name: str, command: argparse.ArgumentParser) -> str:
    """What one command does, how it ends, and what it takes."""
    codes = table(("exit code", "means"), [(str(code), quoted(text)) for code, text in EXIT_CODES[name].items()])
    parts = [f"## {name}\n", f"{quoted(command.description or '')}\n", f"```\n{usage(command)}\n```\n", codes]
    for number, group in enumerate(command._action_groups):  # noqa: SLF001  # argparse has no public way to list them
        members = [action for action in group._group_actions if action.dest != "help"]  # noqa: SLF001  # as above
        if members and number >= 2:  # the first two are argparse's own: arguments without and with a dash
            parts.append(f"### {(group.title or '').capitalize()}\n")
        if members:
            parts.append(option_table(members))
    return "\n".join(parts)


def usage(command: argparse.ArgumentParser) -> str:
    """How a command is called: what must be given, and what can be."""
    required = [call(action) for action in actions(command) if action.option_strings and action.required]
    places = [place(action) for action in actions(command) if not action.option_strings]
    return " ".join([command.prog, *required, "[OPTION …]", *places])


def place(action: argparse.Action) -> str:
    """An argument without a dash, in brackets where it can be left out."""
    name = str(action.metavar or action.dest)
    return {"*": f"[{name} …]", "?": f"[{name}]", "+": f"{name} …"}.get(str(action.nargs), name)


def call(action: argparse.Action) -> str:
    """An option by its longest name, with what follows it."""
    name = max(action.option_strings, key=len)
    return name if action.nargs == 0 else f"{name} {action.metavar or action.dest.upper()}"


def option_table(listed: Iterable[argparse.Action]) -> str:
    """Some arguments as a table: what each does, what it can be, and what it is when left out."""
    return table(
        ("argument", "what it does", "choices", "default"),
        [(spelling(action), told(action), choices(action), default(action)) for action in listed],
    )


def spelling(action: argparse.Action) -> str:
    """How an argument is written, in each way."""
    if not action.option_strings:
        return f"`{action.metavar or action.dest}`"
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return ", ".join(f"`{name}{value}`" for name in action.option_strings)


def told(action: argparse.Action) -> str:
    """What an argument does, in the words of its help but for the default."""
    return quoted(help_parts(action)[0])


def choices(action: argparse.Action) -> str:
    """The words that an argument can be, if it is one of some."""
    return ", ".join(f"`{name}`" for name in action.type.names) if isinstance(action.type, OneOf) else ""


def default(action: argparse.Action) -> str:
    """What holds when an argument is left out, as its help says it."""
    text = help_parts(action)[1]
    return f"`{text}`" if text == str(action.default) else text


def help_parts(action: argparse.Action) -> tuple[str, str]:
    """The help of an argument: what it does, and the default that stands in brackets at its end."""
    text = (action.help or "") % {"default": action.default}
    found = re.fullmatch(r"(.*) \(default: (.*)\)", text)
    return (found[1], found[2]) if found else (text, "")


def actions(of: argparse.ArgumentParser) -> list[Any]:
    """All that a parser takes."""
    return of._actions  # noqa: SLF001  # argparse has no public way to list them


def quoted(text: str) -> str:
    """A text of the command's help with the options that it names as code."""
    return re.sub(r"`[^`]*`|--[a-z-]+", lambda found: f"`{found[0].strip('`')}`", text)


def table(header: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A table, without the columns in which no row has anything."""
    kept = [column for column in range(len(header)) if any(row[column] for row in cells)]
    lines = [[header[column] for column in kept], ["---"] * len(kept)]
    lines += [[row[column].replace("|", "\\|") for column in kept] for row in cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
