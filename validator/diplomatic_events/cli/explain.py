"""What the command says about itself: its rules, what the words of the schema mean, and the options in effect."""

import json
import textwrap
from argparse import Namespace
from typing import Any, Final

from diplomatic_events.cli.arguments import KEYS, Option, options_of
from diplomatic_events.cli.config import Config, merged
from diplomatic_events.findings import DOCS, DiplomaticEventsError
from diplomatic_events.report.formats.style import Piece, Style, json_text, paint, visible
from diplomatic_events.rulebook import Fragment, Rule
from diplomatic_events.rules import RULES
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.glossary import EVENT, RECORD, Entry, Glossary
from diplomatic_events.suggest import did_you_mean, plain, question

_LONGEST: Final = 160
"""A longer example of a whole file is truncated."""

_MOST_DESCRIBED: Final = 100
"""Of a longer list, only the codes are shown."""

_ROOM: Final = 24
"""With fewer columns left beside its id, the summary of a rule goes below it."""


def list_rules(format: str, style: Style, columns: int | None = None) -> str:
    """Every rule: id, severity and summary, which wraps at words if a terminal has too few columns."""
    if format == "json":
        rows = [
            {"id": rule.id, "severity": rule.severity.value, "summary": rule.summary, "url": rule.url}
            for rule in RULES.values()
        ]
        return json_text(rows, indent=2) + "\n"
    width = max(len(rule.id) for rule in RULES.values())
    indent = width + len("  warning  ")
    beside = columns is None or columns - indent >= _ROOM
    pieces: list[Piece] = []
    for rule in RULES.values():
        summary = _wrapped(rule.summary, columns, " " * (indent if beside else 4))
        pieces += [
            (f"{rule.id:<{width}}  ", "strong") if beside else (f"{rule.id}  ", "strong"),
            (f"{rule.severity.value:<7}  " if beside else f"{rule.severity.value}\n", rule.severity.value),
            (f"{summary.lstrip() if beside else summary}\n", "plain"),
        ]
    return paint(pieces, style)


def _wrapped(text: str, columns: int | None, indent: str) -> str:
    """An indented text, wrapped at words if the number of columns is known."""
    if columns is None:
        return indent + text
    return textwrap.fill(
        text, columns, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def explain(word: str, format: str, style: Style, columns: int | None = None) -> str:
    """The page of a rule, or what an object, a property, a codelist or a code means.

    Sentences wrap at words if the number of columns is known.

    Raises:
        DiplomaticEventsError: Nothing is called so.
    """
    if word in RULES:
        return _rule_page(RULES[word], format, style, columns)
    glossary = Glossary(catalogue(), catalogue().latest)
    called = [rule for rule in RULES.values() if rule.id.endswith(f"/{word}")]
    if len(called) == 1 and not glossary.named(word) and not glossary.meant(word):
        return _rule_page(called[0], format, style, columns)
    about, entries = _found(glossary, word)
    if format == "json":
        document = {"word": word, "entries": [_plain_values(entry) for entry in entries]}
        return json_text(document, indent=2) + "\n"
    pieces: list[Piece] = [(_wrapped(about, columns, "") + "\n\n", "plain")] if about else []
    for number, entry in enumerate(entries):
        pieces += [("\n", "plain")] if number else []
        whole = len(entries) == 1 or entry.parts
        pieces += _page(entry, columns) if whole else _summary(entry, columns)
    return paint(pieces, style)


def _found(glossary: Glossary, word: str) -> tuple[str, list[Entry]]:
    """What is called by a word, and a sentence that says how, unless it is its name."""
    root, _, rest = word.partition(".")
    if plain(root) == EVENT:
        word = f"{RECORD}.{rest}" if rest else RECORD
    family = [rule.id for rule in RULES.values() if rule.family == word.rstrip("/")]
    if named := glossary.named(word):
        return f"Rules about it: {', '.join(family)}" if family else "", named
    if family:
        raise DiplomaticEventsError(
            f"`{word}` is a family of rules; name one", help=f"its rules are {', '.join(family)}"
        )
    if meant := glossary.meant(word):
        return f"`{visible(word)}` is a word for:", meant
    owner, slash, code = word.partition("/")
    if slash and any(rule.family == owner for rule in RULES.values()):
        help = did_you_mean(word, RULES) or "`diplomatic-events rules` lists them all"
        raise DiplomaticEventsError(f"there is no rule `{word}`", help=help)
    if slash and glossary.codes_of(owner):
        raise DiplomaticEventsError(f"`{owner}` has no code `{code}`", help=glossary.help_for_code(owner, code))
    near = question(glossary.near(word))
    owner, dot, name = word.partition(".")
    if dot and (properties := glossary.properties_of(owner)):
        listing = f"its properties are {', '.join(f'`{key}`' for key in properties)}"
        raise DiplomaticEventsError(f"`{owner}` has no property `{name}`", help=near or listing)
    if not near and (mentioning := glossary.mentioning(word)):
        return f"Nothing is called `{visible(word)}`, but these mention it:", mentioning
    raise DiplomaticEventsError(
        f"no rule, property, codelist or code is called `{word}`",
        help=near or "`diplomatic-events rules` lists the rules, and `diplomatic-events explain record` the properties",
    )


def _page(entry: Entry, columns: int | None) -> list[Piece]:
    """All that is known about one thing."""
    pieces = _summary(entry, columns)
    if entry.parts:
        pieces.append(("\nCodes\n" if entry.kind == "codelist" else "\nProperties\n", "strong"))
        brief = len(entry.parts) > _MOST_DESCRIBED
        for name, text in entry.parts:
            pieces.append((f"  {name}\n", "strong"))
            pieces += [] if brief else [(f"{_wrapped(text, columns, '    ')}\n", "plain")]
    if entry.example is not None:
        pieces += [("\nExample\n", "strong"), (f"  {json_text(entry.example)}\n", "plain")]
    for title, names in (("Also called", entry.synonyms), ("Used in", entry.places)):
        if names:
            pieces += [(f"\n{title}\n", "strong"), (f"{_wrapped(', '.join(names), columns, '  ')}\n", "plain")]
    if entry.kind in ("codelist", "code"):
        pieces.append((f"\n{DOCS}/codelists/#{entry.name.partition('/')[0]}\n", "plain"))
    return pieces


def _summary(entry: Entry, columns: int | None) -> list[Piece]:
    """What a thing is, in a few lines."""
    head = f"{entry.kind}[{entry.name}]"
    title = _wrapped(f"{head}: {entry.title}", columns, "").removeprefix(head)
    pieces: list[Piece] = [(head, "note"), (f"{title}\n", "strong")]
    form = entry.form and f"{entry.form[0].upper()}{entry.form[1:]}."
    for text in (entry.description, form):
        pieces += [(f"{_wrapped(text, columns, '  ')}\n", "plain")] if text else []
    return pieces


def _plain_values(entry: Entry) -> dict[str, Any]:
    """A thing as plain values, without what it does not have."""
    values = {name: value for name, value in entry._asdict().items() if value not in (None, "", ())}
    if entry.parts:
        values["parts"] = [{"name": name, "description": text} for name, text in entry.parts]
    return values


def _rule_page(rule: Rule, format: str, style: Style, columns: int | None) -> str:
    """The page of a rule: what it finds, why that matters and how to fix it, with examples."""
    if format == "json":
        return json_text(document(rule), indent=2) + "\n"
    head = f"{rule.severity.value}[{rule.id}]"
    summary = _wrapped(f"{head}: {rule.summary}", columns, "").removeprefix(head)
    pieces: list[Piece] = [(head, rule.severity.value), (f"{summary}\n", "strong")]
    for title, text in (("Why it matters", rule.why), ("What to do", rule.fix), ("Fix", fixes(rule))):
        if not text:
            continue
        pieces += [(f"\n{title}\n", "strong"), (f"{_wrapped(text, columns, '  ')}\n", "plain")]
    for title, fragment in (("Wrong", rule.bad), ("Right", rule.right)):
        # Examples are for copying, so they keep their lines.
        pieces += [(f"\n{title}\n", "strong"), (f"{textwrap.indent(shown(fragment), '  ')}\n", "plain")]
    return paint([*pieces, (f"\n{rule.url}\n", "plain")], style)


def document(rule: Rule) -> dict[str, Any]:
    """The page of a rule as plain values."""
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "why": rule.why,
        "fix": rule.fix,
        "fixes": list(rule.fixes),
        "bad": shown(rule.bad),
        "good": shown(rule.right),
        "url": rule.url,
    }


_FIXES: Final = {
    ("safe",): "Safe: `check --fix` corrects what can be only one thing.",
    ("unsafe",): "Unsafe: `check --fix --unsafe-fixes` corrects what it can; look at the result.",
    (
        "safe",
        "unsafe",
    ): "Safe or unsafe: `check --fix` corrects what can be only one thing, and with `--unsafe-fixes` more, "
    "which you should look at.",
}


def fixes(rule: Rule) -> str:
    """Whether `check` can fix what a rule finds; empty if it never can."""
    return _FIXES.get(rule.fixes, "")


def shown(fragment: Fragment) -> str:
    """An example as a reader sees it: the properties that matter, or the whole file."""
    if isinstance(fragment, bytes):
        text = fragment.decode("utf-8", "backslashreplace").rstrip("\n")
        cut = text if len(text) <= _LONGEST else f"{text[:60]}… ({len(fragment)} bytes)"
        return "\n".join(visible(line) for line in cut.split("\n"))
    return "\n".join(
        f"{key} is left out" if value is None else f"{json.dumps(key)}: {json_text(value)}"
        for key, value in fragment.items()
    )


def list_options(given: Namespace, config: Config) -> str:
    """Each option that a configuration can set, with its value in TOML and where that comes from."""
    values = merged(given, config)
    lines = [f"# configuration file: {config.file}" if config.file else "# no configuration file"]
    for key, option in KEYS.items():
        value = getattr(values, option.variable)
        if value is None:
            shown = f"# {key} is not set{f': {option.otherwise}' if option.otherwise else ''}"
        else:
            shown = f"{key} = {_toml(option.kind.written(value))}"
        lines.append(f"{shown}  # {_origin(option, given, config)}")
    if config.filters:
        lines.append(f"# {config.file} also has: {', '.join(config.filters)}")
    return "".join(f"{line}\n" for line in lines)


def _origin(option: Option, given: Namespace, config: Config) -> str:
    """Where the value of an option comes from, and which options added to it."""
    if option.variable in given:
        first = "command line"
    else:
        first = str(config.file) if option.key in config.values else "default"
    adding = [other for other in options_of(given.command) if other.adds_to == option.name]
    return ", ".join([first, *(f"--{other.name}" for other in adding if other.variable in given)])


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{json_text(key)} = {_toml(part)}" for key, part in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json_text(value)  # JSON and TOML write strings, whole numbers, booleans and lists of them alike
