"""Write the generated docs that are kept: docs/commands.md, and a table of docs/configuration.md.

Run it as ``make pages``. Both come from the table of the command's options, and are kept because they are read in the
repository too. A test compares the files with what is generated here.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from diplomatic_events.cli.arguments import COMMANDS, FAILURES, KEYS, OPTIONS, READING, Command, Option, options_of
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
        "commands.md": commands_page(),
        "configuration.md": TABLE.sub(
            lambda _: keys_table().rstrip("\n"), (DOCS / "configuration.md").read_text("utf-8")
        ),
    }


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


if __name__ == "__main__":
    main()
