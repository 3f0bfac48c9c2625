"""The hooks, the action, the template and the lines of the guide hand the command nothing that replaces what is configured.

What they make of real records is proved by `make integration`.
"""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from check_records import ROOT
from diplomatic_events.cli import config
from diplomatic_events.cli.arguments import COMMANDS, KEYS, OPTIONS, parser
from integration.action import ALREADY_THERE, Runner, run_template
from integration.scratch import GUIDE, command_lines, load

COMMAND: Final = "diplomatic-events"
RECORDING: Final = '#!/bin/sh\nprintf "%s\\n" "$@" >"$(dirname "$0")/arguments"\n'

CONFIGURED: Final = {
    "format": 'format = "concise"',
    "output": 'output = ["jsonl=own.jsonl", "gitlab=own.json"]',
    "max-findings": "max-findings = 5",
    "max-per-rule": "max-per-rule = 6",
    "statistics": "statistics = true",
    "unsafe-fixes": "unsafe-fixes = true",
    "add-offsets": "add-offsets = true",
    "progress": 'progress = "never"',
    "color": 'color = "always"',
    "select": 'select = ["schema", "corpus"]',
    "ignore": 'ignore = ["codes/deprecated"]',
    "severity": 'severity = { "schema" = "note", "codes/unknown" = "off" }',
    "schema-version": 'schema-version = "1.0"',
    "engine": 'engine = "jsonschema"',
    "fail-on": 'fail-on = "warning"',
    "baseline": 'baseline = "known.json"',
    "input": 'input = "ndjson"',
    "max-bytes": "max-bytes = 7",
    "max-depth": "max-depth = 8",
    "jobs": "jobs = 9",
    "allow-empty": "allow-empty = true",
    "force-exclude": "force-exclude = true",
    "follow-links": "follow-links = true",
    "strict-files": "strict-files = true",
    "exclude": 'exclude = ["drafts/"]',
    "per-file-ignores": 'per-file-ignores = { "old/" = ["codes"] }',
    "suppress": 'suppress = [{ rule = "codes/unknown", reason = "known" }]',
}
"""Every key of a configuration, with what does not hold by default."""

REPLACED: Final = {f"Hook `{name}`": {"force-exclude"} for name in ("diplomatic-events", "diplomatic-events-fix")}
"""What a wrapper decides for its users: pre-commit names the files that a configuration excludes."""


@pytest.fixture
def command(tmp_path: Path) -> Path:
    """A folder with a command that writes down what it is given."""
    folder = tmp_path / "a command"
    folder.mkdir()
    (folder / COMMAND).write_text(RECORDING, encoding="utf-8", newline="\n")
    (folder / COMMAND).chmod(0o755)
    return folder


def recorded(command: Path) -> list[str]:
    return (command / "arguments").read_text("utf-8").splitlines()


def of_hook(hook: dict[str, Any]) -> Callable[[Path], list[str]]:
    files = ["events/a.json"] if hook.get("pass_filenames", True) else []
    args: list[str] = hook.get("args", [])
    name, *rest = [*shlex.split(hook["entry"]), *args, *files]
    assert name == COMMAND
    return lambda _: rest


def of_action(command: Path, **inputs: str) -> list[str]:
    path = f"{command}{os.pathsep}{os.environ['PATH']}"
    outcome = Runner(command.parent, ALREADY_THERE | inputs, shell()).use({"PATH": path})
    assert outcome.code == 0, outcome.printed
    return recorded(command)


def shell() -> str:
    """The bash beside `sh`: on Windows, another one of that name may be there that knows no folder of the system."""
    return str(Path(shutil.which("sh") or "sh").with_name("bash"))


def of_template(command: Path, **variables: str) -> list[str]:
    run_template(command.parent, command, 0, **variables)
    return recorded(command)


def of_line(number: int) -> Callable[[Path], list[str]]:
    return lambda _: command_lines()[number][1:]


HOOKS: Final[list[dict[str, Any]]] = load(ROOT / ".pre-commit-hooks.yaml")
WRAPPERS: Final[dict[str, Callable[[Path], list[str]]]] = {
    **{f"Hook `{hook['id']}`": of_hook(hook) for hook in HOOKS},
    "Action": of_action,
    "GitLab template": of_template,
    **{f"line {number}": of_line(number) for number in range(len(command_lines()))},
}
"""What each wrapper hands to the command, with nothing set by its users; the last of the lines is that of Jenkins."""
JENKINS: Final = f"line {len(command_lines()) - 1}"


def holding(arguments: Sequence[str], text: str, folder: Path) -> dict[str, Any]:
    """All that holds under some arguments and a configuration."""
    (folder / "diplomatic-events.toml").write_text(text, encoding="utf-8")
    given = parser().parse_args(arguments)
    found = config.holding(given)
    assert (found.file, found.excluded("drafts/a.json")) == ("diplomatic-events.toml", "drafts/" in text)
    assert (len(found.ignored), len(found.suppressions)) == (text.count("per-file-ignores"), text.count("suppress"))
    values = vars(config.merged(given, found))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def replaced(arguments: Sequence[str], text: str, folder: Path) -> set[str]:
    """Of what is configured, whatever an addition does not leave in its place."""
    home = holding(["check", "."], text, folder)
    there = holding(arguments, text, folder)
    given = vars(parser().parse_args(arguments))
    for option in OPTIONS:
        if option.adds_to and option.variable in given:
            home[option.adds_to] = [*home[option.adds_to], *given[option.variable]]
    return {key for key, option in KEYS.items() if there[option.variable] != home[option.variable]}


def test_every_key_is_tried_with_what_is_not_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(CONFIGURED) == {*KEYS, *config._FILTERS}
    for key, option in KEYS.items():
        assert holding(["check", "."], CONFIGURED[key], tmp_path)[option.variable] != option.default


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_whatever_is_configured_holds_in_every_wrapper(
    wrapper: str, command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = WRAPPERS[wrapper](command)
    decided = REPLACED.get(wrapper, set())
    for key, text in CONFIGURED.items():
        assert replaced(arguments, text, tmp_path) - decided == set(), key
    assert replaced(arguments, "\n".join(CONFIGURED.values()), tmp_path) == set()


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_a_wrapper_passes_only_options_that_add(wrapper: str, command: Path) -> None:
    given = set(vars(parser().parse_args(WRAPPERS[wrapper](command)))) - {"command", COMMANDS["check"].operand.name}  # type: ignore[union-attr]
    adding = {option.variable for option in OPTIONS if option.adds_to}
    assert {name.replace("_", "-") for name in given - adding} & set(KEYS) == REPLACED.get(wrapper, set())


@pytest.mark.parametrize(
    ("option", "key"), [("--ignore=corpus", "ignore"), ("--fail-on=error", "fail-on"), ("--output=json=a", "output")]
)
def test_an_option_that_replaces_would_be_noticed(
    option: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert replaced(["check", option, "."], CONFIGURED[key], tmp_path) == {key}


def test_what_users_set_is_passed_on(command: Path) -> None:
    assert "--fail-on=never" in of_action(command, **{"fail-on": "never"})
    given = of_action(command, format="concise", sarif="a.sarif", args="--jobs=2")
    assert {"--format=concise", "--extend-output=sarif=a.sarif", "--jobs=2"} <= set(given)
    assert [argument for argument in given if "github" in argument] == []
    assert "--fail-on=warning" in of_template(command, DIPLOMATIC_EVENTS_FAIL_ON="warning")
    assert of_template(command, DIPLOMATIC_EVENTS_PATHS="a b\nc*")[-3:] == ["--", "a b", "c*"]


@pytest.mark.parametrize("wrapper", [name for name in WRAPPERS if "line" not in name] + [JENKINS])
def test_the_guide_says_what_each_wrapper_passes(wrapper: str, command: Path) -> None:
    table = GUIDE.read_text("utf-8").split("<!-- what is passed with nothing set -->\n")[1].split("\n\n")[0]
    rows = {cells[1].strip(): cells[2] for cells in (line.split("|") for line in table.splitlines()[2:])}
    assert len(rows) == len(WRAPPERS) - len(command_lines()) + 1
    given = " ".join(argument.replace("output=", "output ", 1) for argument in WRAPPERS[wrapper](command))
    passed = re.findall(r"--[a-z-]+(?: (?:[a-z]+=|[a-z]+\b(?![/.])))?", given)
    shown = re.findall("`([^`]+)`", rows["Jenkins" if wrapper == JENKINS else wrapper])
    assert [text.replace("=…", "=") for text in shown] == passed
