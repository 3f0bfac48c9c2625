"""What may stand on the command line, and how a slip is answered."""

import os
from pathlib import Path

import pytest

from diplomatic_events import __version__
from diplomatic_events.cli.arguments import COMMANDS, OPTIONS, Option, parser
from diplomatic_events.schema.catalogue import catalogue
from run_command import Run, runner, write_records


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    write_records()
    return runner(monkeypatch, capsys)


VERSIONS = f"the versions are {', '.join(catalogue().versions)}"


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["chek", "."], "there is no command `chek`", "did you mean `check`?"),
        (["qqqqq"], "there is no command `qqqqq`", f"the commands are {', '.join(COMMANDS)}"),
        (["good.json"], "there is no command `good.json`", "did you mean `check good.json`?"),
        (["folder", "-q"], "there is no command `folder`", "did you mean `check folder`?"),
        (["-"], "there is no command `-`", "did you mean `check -`?"),
        (["help"], "there is no command `help`", "did you mean `diplomatic-events --help`?"),
        (["help", "check"], "there is no command `help`", "did you mean `diplomatic-events check --help`?"),
        (["help", "chek"], "there is no command `help`", "did you mean `diplomatic-events --help`?"),
        ([], "the following arguments are required: COMMAND", "see `diplomatic-events --help`"),
        (["check"], "no file is named", "name files or folders, or `-` for standard input"),
        (["check", "x", "-q"], "there is no option `-q`", "see `diplomatic-events check --help`"),
        (["check", "x", "--qqqq"], "there is no option `--qqqq`", "see `diplomatic-events check --help`"),
        (["check", "x", "--selct", "schema"], "there is no option `--selct`", "did you mean `--select`?"),
        (["check", "x", "--selct=schema"], "there is no option `--selct`", "did you mean `--select`?"),
        (["check", "x", "--sel", "schema"], "there is no option `--sel`", None),
        (["check", "x", "--hlep"], "there is no option `--hlep`", "did you mean `--help`?"),
        (["check", "x", "--no-statistcs"], "there is no option `--no-statistcs`", "did you mean `--no-statistics` or `--statistics`?"),
        (["coverage", "x", "--jobs", "2"], "there is no option `--jobs`", None),
        (["rules", "schema"], "unexpected argument `schema`", "see `diplomatic-events rules --help`"),
        (["explain"], "the following arguments are required: WORD", "see `diplomatic-events explain --help`"),
        (["migrate", "x"], "the following arguments are required: --to", None),
        (["check", "x", "--select", "shema"], "--select: there is no rule or family `shema`", "did you mean `schema`?"),
        (["check", "x", "--extend-ignore", "shema"], "--extend-ignore: there is no rule or family `shema`", "did you mean `schema`?"),
        (["check", "x", "--severity", "shema=off"], "--severity: there is no rule or family `shema`", "did you mean `schema`?"),
        (["check", "x", "--schema-version", "1.00"], "there is no schema version `1.00`", "did you mean `1.0`?"),
        (["coverage", "x", "--schema-version", "9"], "there is no schema version `9`", VERSIONS),
        (["schema", "9"], "there is no schema version `9`", VERSIONS),
        (["explain", "codes/unknwon"], "there is no rule `codes/unknwon`", "did you mean `codes/unknown`?"),
        (["explain", "codes/qqqqq"], "there is no rule `codes/qqqqq`", "`diplomatic-events rules` lists them all"),
        (
            ["explain", "qqqqq"],
            "no rule, property, codelist or code is called `qqqqq`",
            "`diplomatic-events rules` lists the rules, and `diplomatic-events explain record` the properties",
        ),
        (["explain", "speach-act"], "no rule, property, codelist or code is called `speach-act`", "did you mean `speech-act`?"),
        (["explain", "speech-act/promise"], "`speech-act` has no code `promise`", "did you mean `pledge`?"),
        (["explain", "mode/qqqqq"], "`mode` has no code `qqqqq`", "the codes are `in-person`, `phone`, `video`, `hybrid`, `correspondence`"),
        (["explain", "statement.speekers"], "`statement` has no property `speekers`", "did you mean `statement.speakers`?"),
        (["explain", "coordinates.qqqq"], "`coordinates` has no property `qqqq`", "its properties are `latitude`, `longitude`"),
        (["explain", "json/"], "`json/` is a family of rules; name one", None),
    ],
)  # fmt: skip
def test_a_wrong_word_is_answered_with_the_right_one(
    arguments: list[str], message: str, help: str | None, run: Run
) -> None:
    Path("folder").mkdir()
    Path("x").touch()
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first == f"error: {message}"
    assert second.startswith("  help: ")
    assert help is None or second == f"  help: {help}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "txt"], "there is no format `txt`; did you mean `text`?"),
        (["--format", "q"], "there is no format `q`; choose from text, concise, "),
        (["--color", "alway"], "there is no choice `alway`; did you mean `always`?"),
        (["--severity", "schema=warn"], "there is no severity `warn`; did you mean `warning`?"),
        (["--severity", "schema"], "`schema` does not have the form RULE=SEVERITY"),
        (["--output", "json"], "`json` does not have the form FORMAT=FILE"),
        (["--output", "json="], "`json=` does not have the form FORMAT=FILE"),
        (["--output", "jsn=x"], "there is no format `jsn`; did you mean `json`"),
        (["--select", ","], "`,` names no rule; `diplomatic-events rules` lists them all"),
        (["--ignore", " "], "` ` names no rule; "),
        (["--select"], "expected one argument"),
        (["--max-findings", "0"], "`0` is not a whole number above 0"),
        (["--max-per-rule", "-1"], "`-1` is not a whole number above 0"),
        (["--max-bytes", "1e6"], "`1e6` is not a whole number above 0"),
        (["--max-bytes", "9" * 101], "`99999999999999999999…` is too long; a number has at most 100 digits here"),
        (["--max-depth", "٣"], "`٣` is not a whole number above 0"),
        (["--max-depth", "201"], "`201` is more than 200, the deepest nesting that can be read"),
        (["--jobs", "0"], "`0` is not a whole number above 0"),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_be_right(arguments: list[str], words: str, run: Run) -> None:
    ran = run("check", "good.json", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.replace("-j/--jobs", "--jobs").startswith(f"error: argument {arguments[0]}: {words}")
    assert ran.err.endswith("  help: see `diplomatic-events check --help`\n")


def test_what_stands_behind_two_dashes_is_a_path_and_no_option(run: Run) -> None:
    os.rename("error.json", "--select")
    ran = run("check", "--format", "jsonl", "--", "--select", "warning.json")
    assert ran.found == [("--select", "schema/too-short"), ("warning.json", "codes/unknown")]
    Path("diplomatic-events.toml").write_text('select = ["codes"]\n', encoding="utf-8")
    assert run("check", "--format", "jsonl", "--", "--select", "warning.json").found == [
        ("warning.json", "codes/unknown")
    ]


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_printed(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([option])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"diplomatic-events {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_option_of_a_command_and_its_exit_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([command, "--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    for option in OPTIONS:
        if command in option.commands:
            assert ", ".join(spelled(option)) in shown
    assert "exit codes: 0: " in shown
    for code in (*COMMANDS[command].codes, 2, 3, 130):
        assert f" {code}: " in shown


def spelled(option: Option) -> list[str]:
    return [f"{name} {option.placeholder}".strip() for name in option.spellings]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option.name} of {option.commands[0]}")
def test_every_option_says_what_it_does_and_all_that_it_can_be(option: Option) -> None:
    assert len(option.help.split()) >= 4
    assert not option.help.endswith(".")
    assert [name for name in option.kind.names if name not in option.help] == []
    assert option.default in option.kind.names or option.required or not option.kind.names
