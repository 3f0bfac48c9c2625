"""The configuration: where it is found, what it may say, and what it changes."""

import json
import os
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from check_records import EXAMPLE, ROOT
from diplomatic_events import DiplomaticEventsError, Severity
from diplomatic_events.cli import config
from diplomatic_events.cli.arguments import KEYS, OPTIONS, parser
from run_command import ERROR, MISSPELT_TOPIC, TOO_SHORT, WARNING, Ran, Run, runner, write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a record that has an error and one that has a warning."""
    monkeypatch.chdir(tmp_path)
    write("error.json", TOO_SHORT)
    write("warning.json", MISSPELT_TOPIC)
    return runner(monkeypatch, capsys)


@pytest.fixture
def check(run: Run) -> Run:
    """The command `check` with a report in JSON Lines."""
    return partial(run, "check", "--format", "jsonl")


def found_in(text: str, folder: Path, name: str = "diplomatic-events.toml") -> config.Config:
    (folder / name).write_text(text, encoding="utf-8")
    return config.find(folder)


def refused(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str | None]:
    """The message and the help with which a configuration is refused."""
    monkeypatch.chdir(folder)
    with pytest.raises(DiplomaticEventsError) as caught:
        found_in(text, folder)
    return str(caught.value), caught.value.help


# Where it is found


def test_without_a_configuration_nothing_is_changed(check: Run) -> None:
    assert check(".").found == [ERROR, WARNING]


@pytest.mark.parametrize(
    ("name", "head"), [("diplomatic-events.toml", ""), ("pyproject.toml", "[tool.diplomatic-events]\n")]
)
def test_it_is_found_in_the_working_folder_and_above(
    check: Run, monkeypatch: pytest.MonkeyPatch, name: str, head: str
) -> None:
    write(name, f'{head}ignore = ["schema"]\n')
    assert check(".").found == [WARNING]
    write("a/b/error.json", TOO_SHORT)
    monkeypatch.chdir("a/b")
    assert check(".").found == []


def test_the_own_file_wins_over_pyproject_toml_beside_it(check: Run) -> None:
    write("pyproject.toml", '[tool.diplomatic-events]\nignore = ["codes"]\n')
    write("diplomatic-events.toml", 'ignore = ["schema"]\n')
    assert check(".").found == [WARNING]


def test_an_empty_file_of_its_own_ends_the_search(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("diplomatic-events.toml", 'ignore = ["schema"]\n')
    write("a/diplomatic-events.toml", "")
    monkeypatch.chdir("a")
    assert check("..").found == [("../error.json", ERROR[1]), ("../warning.json", WARNING[1])]


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "[tool.ruff]\n", "tool = 1\n"])
def test_a_pyproject_toml_without_the_table_is_passed_over(
    check: Run, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    write("diplomatic-events.toml", 'ignore = ["schema"]\n')
    write("a/pyproject.toml", text)
    write("a/error.json", TOO_SHORT)
    monkeypatch.chdir("a")
    assert check(".").found == []


def test_a_table_in_pyproject_toml_that_is_none_is_refused(check: Run) -> None:
    write("pyproject.toml", "[tool]\ndiplomatic-events = 5\n")
    ran = check(".")
    assert (ran.code, ran.err) == (2, "error: pyproject.toml: `tool.diplomatic-events` must be a table\n")


def test_the_nearest_one_holds_alone(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("diplomatic-events.toml", 'ignore = ["schema"]\n')
    write("a/diplomatic-events.toml", 'ignore = ["codes"]\n')
    write("a/error.json", TOO_SHORT)
    write("a/warning.json", MISSPELT_TOPIC)
    monkeypatch.chdir("a")
    assert check(".").found == [ERROR]


def test_the_one_above_the_records_does_not_hold_where_the_command_runs_elsewhere(check: Run) -> None:
    write("a/diplomatic-events.toml", 'ignore = ["schema"]\n')
    write("a/error.json", TOO_SHORT)
    assert check("a").found == [("a/error.json", "schema/too-short")]


def test_config_names_another_file_and_no_config_reads_none(check: Run) -> None:
    write("diplomatic-events.toml", 'ignore = ["schema"]\n')
    write("strict/ci.toml", 'ignore = ["codes"]\n')
    write("pyproject.toml", '[tool.diplomatic-events]\nignore = ["codes", "schema"]\n')
    assert check(".", "--config", "strict/ci.toml").found == [ERROR]
    assert check(".", "--config", "pyproject.toml").found == []
    assert check(".", "--no-config").found == [ERROR, WARNING]
    assert check(".").found == [WARNING]


def test_a_file_that_is_named_must_be_there_and_have_the_table(check: Run) -> None:
    write("pyproject.toml", "[project]\n")
    for named, message in (
        ("none.toml", "none.toml cannot be read: No such file or directory"),
        (".", ". cannot be read: Is a directory"),
        ("", ". cannot be read: Is a directory"),
        ("pyproject.toml", "pyproject.toml has no table [tool.diplomatic-events]"),
    ):
        ran = check("error.json", "--config", named)
        assert (ran.code, ran.out, ran.err) == (2, "", f"error: {message}\n")


def test_commands_that_check_nothing_read_no_configuration(run: Run) -> None:
    write("diplomatic-events.toml", "none = 1\n")
    assert run("rules", "--format", "json").code == 0
    assert run("explain", "schema/too-short", "--format", "json").code == 0
    assert run("schema").code == 0


# What it may not say


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ('fail_on = "error"', ": there is no key `fail_on`", "did you mean `fail-on`?"),
        ('exlude = ["a"]', ": there is no key `exlude`", "did you mean `exclude`?"),
        ("qqqq = 1", ": there is no key `qqqq`", None),
        ("paths = ['a']", ": there is no key `paths`", None),
        ("extend-ignore = ['codes']", ": there is no key `extend-ignore`", "did you mean `ignore` or `per-file-ignores`?"),
        ("tool.diplomatic-events.statistics = true", ": there is no key `tool`", "write the keys without a table; only pyproject.toml needs one"),
        ('select = "schema"', ": `select` must be a list of texts", None),
        ("select = [1]", ": `select` must be a list of texts", None),
        ("exclude = ['a', ['b']]", ": `exclude` must be a list of texts", None),
        ("severity = ['schema=note']", ": `severity` must be a table of rules and severities", None),
        ("[severity]\nschema = true", ": `severity` must be a table of rules and severities", None),
        ("max-findings = true", ": `max-findings` must be a whole number", None),
        ("statistics = 1", ": `statistics` must be true or false", None),
        ("format = ['json']", ": `format` must be text", None),
        ("per-file-ignores = []", ": `per-file-ignores` must be a table of patterns and lists of rules", None),
        ("[per-file-ignores]\n'*' = 'codes'", ": per-file-ignores `*` must be a list of rules", None),
        ("[per-file-ignores]\n'*' = [1]", ": per-file-ignores `*` must be a list of rules", None),
        ("suppress = {}", ": `suppress` must be an array of tables", None),
        ("suppress = [1]", ": suppress 1 must be a table", None),
        ("[[suppress]]\nrule = 'codes'\nreason = 'x'\ntype = 'meting'", ": suppress 1: there is no type of event `meting`", "did you mean `meeting`?"),
        ("[[suppress]]\nrule = 'codes'\nreason = 'x'\ntype = 5", ": suppress 1: `type` must be text", None),
        ("select = ['shema']", ": select: there is no rule or family `shema`", "did you mean `schema`?"),
        ("ignore = ['codes/unknwon']", ": ignore: there is no rule or family `codes/unknwon`", "did you mean `codes/unknown`?"),
        ("[severity]\nzzzz = 'note'", ": severity: there is no rule or family `zzzz`", "`diplomatic-events rules` lists them all"),
        ("[per-file-ignores]\n'*' = ['shema']", ": per-file-ignores: there is no rule or family `shema`", "did you mean `schema`?"),
        ("schema-version = '1.00'", ": schema-version: there is no schema version `1.00`", "did you mean `1.0`?"),
        ("exclude = ['a', '[z-a]']", ": exclude: `[z-a]` is not a valid .gitignore pattern", None),
        ("[per-file-ignores]\n'a\\' = []", ": per-file-ignores: `a\\` is not a valid .gitignore pattern", None),
    ],
)  # fmt: skip
def test_what_it_may_not_say_is_refused_and_told_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str, help: str | None
) -> None:
    assert refused(text, tmp_path, monkeypatch) == (f"diplomatic-events.toml{message}", help)


@pytest.mark.parametrize(
    ("text", "place"), [("a = \n", "(at line 1, column 5)"), ("a = 1\na = 2\n", "(at line 2, column")]
)
def test_what_is_not_toml_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str
) -> None:
    message, _ = refused(text, tmp_path, monkeypatch)
    assert message.startswith("diplomatic-events.toml is not TOML: ")
    assert place in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('format = "txt"', "format: there is no format `txt`; did you mean `text`?"),
        ('fail-on = "warnings"', "fail-on: there is no choice `warnings`; did you mean `warning`?"),
        ("jobs = 0", "jobs: `0` is not a whole number above 0"),
        ("output = ['report.json']", "output: `report.json` does not have the form FORMAT=FILE"),
        ("[severity]\nschema = 'fatal'", "severity: there is no severity `fatal`; choose from error, warning, note, off"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "baseline", "coverage"])
def test_a_value_that_the_command_line_would_refuse_is_told_with_the_file(
    run: Run, command: str, text: str, message: str
) -> None:
    write("diplomatic-events.toml", f"{text}\n")
    ran = run(command, ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == f"error: diplomatic-events.toml: {message}"


def test_a_file_that_is_not_utf_8_is_refused(check: Run) -> None:
    Path("diplomatic-events.toml").write_bytes("# café\n".encode("latin-1"))
    assert check(".").err == "error: diplomatic-events.toml is not TOML: it is not UTF-8\n"


def test_a_file_that_cannot_be_read_is_refused(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("diplomatic-events.toml", "")

    def fail(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(config, "open_file", fail)
    ran = check(".")
    assert (ran.code, ran.err) == (2, "error: diplomatic-events.toml cannot be read: Permission denied\n")


def test_a_file_that_nests_without_end_is_refused(check: Run) -> None:
    write("diplomatic-events.toml", f"exclude = {'[' * 100_000}")
    ran = check(".")
    assert ran.code == 2
    assert ran.err.startswith("error: diplomatic-events.toml is not TOML: ")


def test_a_file_above_is_told_as_it_is_reached_from_here(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("diplomatic-events.toml", "qqqq = 1\n")
    Path("a").mkdir()
    monkeypatch.chdir("a")
    assert check("..").err == "error: ../diplomatic-events.toml: there is no key `qqqq`\n"


# What it changes


def test_every_option_of_check_is_a_key_but_those_of_a_single_run() -> None:
    keys = {option.key for option in OPTIONS if "check" in option.commands}
    assert keys - {None} == set(KEYS)
    assert {option.name for option in OPTIONS if "check" in option.commands and option.key is None} == {
        "config", "no-config", "show-config", "stdin-filename", "extend-select", "extend-ignore", "extend-output",
        "fix", "diff",
    }  # fmt: skip


def test_every_key_does_what_its_option_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = """
        format = "json"
        output = ["jsonl=out/a.jsonl", "sarif=b.sarif"]
        select = ["schema", "codes"]
        ignore = ["codes/deprecated"]
        severity = { "schema" = "note", "codes/unknown" = "off" }
        fail-on = "warning"
        schema-version = "1.0"
        input = "ndjson"
        max-findings = 5
        max-per-rule = 6
        max-bytes = 7
        max-depth = 8
        jobs = 9
        engine = "jsonschema"
        statistics = true
        color = "always"
        progress = "never"
        allow-empty = true
        force-exclude = false
        follow-links = true
        strict-files = true
        unsafe-fixes = true
        add-offsets = true
        baseline = "known.json"
    """
    found = found_in(text, tmp_path)
    options = """
        --format=json --output=jsonl=out/a.jsonl --output=sarif=b.sarif --select=schema,codes --ignore=codes/deprecated
        --severity=schema=note --severity=codes/unknown=off --fail-on=warning --schema-version=1.0 --input=ndjson
        --max-findings=5 --max-per-rule=6 --max-bytes=7 --max-depth=8 -j9 --engine=jsonschema --statistics --color=always
        --progress=never --allow-empty --no-force-exclude --follow-links --strict-files --baseline=known.json
        --unsafe-fixes --add-offsets
    """
    assert set(found.values) == set(KEYS)
    given = config.merged(parser().parse_args(["check", *options.split()]), config.Config())
    assert config.merged(parser().parse_args(["check"]), found) == given


def test_the_command_line_replaces_a_single_value_and_a_list(run: Run, check: Run) -> None:
    write(
        "diplomatic-events.toml",
        'format = "json"\nfail-on = "warning"\nmax-findings = 1\nselect = ["codes"]\nignore = ["schema"]\n'
        'severity = { "codes" = "error" }\noutput = ["json=a.json"]\n',
    )
    only = run("check", "warning.json")
    assert only.code == 1
    assert [found["severity"] for found in json.loads(only.out)["findings"]] == ["error"]
    assert Path("a.json").exists()
    every = ("error.json", "warning.json")
    assert check(*every, "--select", "schema").found == []
    assert check(*every, "--select=schema", "--ignore=codes").found == [ERROR]
    Path("a.json").unlink()
    assert check(*every, "--fail-on=never", "--output", "jsonl=b.jsonl").code == 0
    assert not Path("a.json").exists()
    assert Path("b.jsonl").exists()
    ran = check("warning.json", "--severity", "codes=note", "--fail-on", "error")
    assert (ran.code, json.loads(ran.out)["severity"]) == (0, "note")


@pytest.mark.parametrize(
    ("text", "arguments", "found"),
    [
        ('ignore = ["schema"]', ("--extend-ignore", "codes"), []),
        ('ignore = ["schema"]', ("--extend-ignore", "dates", "--extend-ignore", "corpus"), [WARNING]),
        ('ignore = ["schema"]', ("--ignore", "dates", "--extend-ignore", "codes"), [ERROR]),
        ("", ("--extend-ignore", "codes"), [ERROR]),
        ('select = ["schema"]', ("--extend-select", "codes"), [ERROR, WARNING]),
        ('select = ["schema"]', ("--select", "dates", "--extend-select", "codes"), [WARNING]),
        ("select = []", ("--extend-select", "codes"), [ERROR, WARNING]),
        ("", ("--extend-select", "codes"), [ERROR, WARNING]),
    ],
)
def test_an_extending_option_adds_to_what_is_configured_or_given(
    check: Run, run: Run, text: str, arguments: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    write("diplomatic-events.toml", f"{text}\n")
    assert check(".", *arguments).found == found
    assert f": {len(found)} finding" in run("baseline", ".", *arguments).err


def test_an_output_is_added_to_those_that_are_configured_or_given_and_written_once(run: Run) -> None:
    write("diplomatic-events.toml", 'output = ["json=a.json"]\n')
    added = ("--extend-output", "jsonl=b.jsonl", "--extend-output", "json=a.json")
    assert run("check", "warning.json", *added).code == 0
    assert {path.name for path in Path().glob("?.json*")} == {"a.json", "b.jsonl"}
    Path("a.json").unlink()
    assert run("check", "warning.json", "--output", "json=c.json", *added[:2]).code == 0
    assert {path.name for path in Path().glob("?.json*")} == {"b.jsonl", "c.json"}
    twice = run("check", "warning.json", "--extend-output", "jsonl=a.json")
    assert (twice.code, twice.err.splitlines()[0]) == (2, "error: two reports would be written to a.json")


@pytest.mark.parametrize(
    ("arguments", "jobs"), [([], 7), (["-j", "3"], 3), (["-j3"], 3), (["--jobs", "4"], 4), (["--jobs=5"], 5)]
)
def test_an_option_replaces_its_key_however_it_is_written(tmp_path: Path, arguments: list[str], jobs: int) -> None:
    found = found_in("jobs = 7\n", tmp_path)
    assert config.merged(parser().parse_args(["check", *arguments]), found).jobs == jobs


def test_a_switch_of_the_configuration_can_be_turned_off(run: Run) -> None:
    write("diplomatic-events.toml", "statistics = true\nallow-empty = true\n")
    Path("empty").mkdir()
    assert "Findings by rule" in run("check", "warning.json").out
    assert "Findings by rule" not in run("check", "warning.json", "--no-statistics").out
    assert (run("check", "empty").code, run("check", "empty", "--no-allow-empty").code) == (0, 2)


def test_paths_in_a_configuration_are_relative_to_its_folder(
    run: Run, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("baseline", ".", "--output", "known.json").code == 0
    write("diplomatic-events.toml", 'baseline = "known.json"\noutput = ["jsonl=report.jsonl"]\n')
    Path("a").mkdir()
    monkeypatch.chdir("a")
    ran = check("..")
    assert (ran.code, ran.found) == (0, [])
    assert Path("../report.jsonl").read_text(encoding="utf-8") == ""


def test_baseline_looks_for_findings_as_check_does_and_writes_where_it_looks(run: Run, check: Run) -> None:
    write(
        "diplomatic-events.toml", 'baseline = "known.json"\nselect = ["schema"]\nformat = "json"\noutput = ["json=a"]\n'
    )
    ran = run("baseline", ".")
    assert (ran.code, ran.err) == (0, "known.json: 1 finding\n")
    assert not Path("a").exists()
    Path("known.json").unlink()
    assert run("baseline", ".", "--select", "codes", "--output", "other.json").err == "other.json: 1 finding\n"
    Path("other.json").unlink()
    run("baseline", ".")
    write("new.json", TOO_SHORT | {"id": "d", "date": "2017-01-01"})
    assert check(".").found == [("new.json", "schema/too-short")]


def test_coverage_takes_over_how_input_is_read_but_no_format(run: Run) -> None:
    write("diplomatic-events.toml", 'format = "jsonl"\noutput = ["json=a"]\ninput = "ndjson"\nfail-on = "never"\n')
    write("lines.json", f"{json.dumps(EXAMPLE)}\n{json.dumps(MISSPELT_TOPIC)}\n")
    ran = run("coverage", "lines.json", "--format", "json")
    assert (ran.code, len(json.loads(ran.out)["records"])) == (0, 2)
    assert not Path("a").exists()


# Which files


def test_what_is_excluded_is_left_out_of_folders_and_globs(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("drafts/a.json", "b/drafts/a.json", "b/keep.json", "b/old.json"):
        write(name, TOO_SHORT | {"id": name.replace("/", "-").replace(".", "-")})
    write(
        "diplomatic-events.toml",
        'select = ["schema"]\nexclude = ["drafts/", "/error.json", "b/*.json", "!b/keep.json"]\n',
    )
    kept = [("b/keep.json", "schema/too-short")]
    assert check(".").found == kept
    assert check("**/*.json").found == kept
    assert check("b", "*.json").found == kept
    monkeypatch.chdir("b")
    assert check(".").found == [("keep.json", "schema/too-short")]


def test_a_file_that_is_named_is_checked_though_it_is_excluded(check: Run) -> None:
    write("diplomatic-events.toml", 'exclude = ["*.json"]\n')
    assert check("error.json").found == [ERROR]


@pytest.mark.parametrize("arguments", [["--force-exclude"], []])
def test_a_file_that_is_named_is_left_out_where_that_is_asked_for(check: Run, arguments: list[str]) -> None:
    key = "" if arguments else "force-exclude = true\n"
    write("diplomatic-events.toml", f'{key}exclude = ["error.json"]\n')
    assert check("error.json", "warning.json", *arguments).found == [WARNING]
    ran = check("error.json", *arguments)
    assert (ran.code, ran.found, ran.err) == (0, [], "")
    assert check("-", "gone.json", *arguments).code == 2


def test_a_folder_that_is_named_and_excluded_is_no_silent_pass_either(check: Run) -> None:
    write("diplomatic-events.toml", 'exclude = ["data"]\n')
    write("data/a.json", TOO_SHORT)
    ran = check("--force-exclude", "data")
    assert (ran.code, ran.err) == (2, "error: data: every file of the folder is excluded\n")


@pytest.mark.parametrize(
    ("argument", "message"),
    [(".", "every file of the folder is excluded"), ("*.json", "every file that matches is excluded")],
)
def test_nothing_left_is_no_silent_pass(check: Run, argument: str, message: str) -> None:
    write("diplomatic-events.toml", 'exclude = ["*.json"]\n')
    ran = check(argument)
    assert (ran.code, ran.err) == (2, f"error: {argument}: {message}\n")
    assert check(argument, "--allow-empty").code == 0


def test_patterns_hold_from_the_folder_of_the_file_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    meant = config.matcher(["/x.json", "y/"], tmp_path / "a", "here")
    monkeypatch.chdir(tmp_path)
    assert meant("a/x.json")
    assert meant(str(tmp_path / "a/x.json"))
    assert meant("a/b/y/z.json")
    assert not meant("x.json")
    assert not meant("a/b/x.json")
    assert not meant("ab/x.json")
    assert not meant("../y/z.json")


def test_patterns_hold_in_the_root_of_the_file_system_too() -> None:
    assert config.matcher(["/a/b.json"], Path("/"), "here")("/a/b.json")


def test_rules_can_be_switched_off_for_some_files(check: Run) -> None:
    write("a/error.json", TOO_SHORT | {"topics": ["tarde"], "id": "d", "date": "2017-01-01"})
    write(
        "diplomatic-events.toml", '[per-file-ignores]\n"a/*.json" = ["schema/too-short"]\n"warning.json" = ["codes"]\n'
    )
    assert check(".").found == [("a/error.json", "codes/unknown"), ERROR]


def test_a_pattern_with_an_exclamation_mark_means_all_other_files(check: Run) -> None:
    write("diplomatic-events.toml", '[per-file-ignores]\n"!warning.json" = ["schema", "codes"]\n')
    assert check(".").found == [WARNING]


def test_other_files_are_those_outside_of_the_folder_too(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/diplomatic-events.toml", '[per-file-ignores]\n"!error.json" = ["schema", "codes"]\n')
    write("a/error.json", TOO_SHORT | {"id": "d", "date": "2017-01-01"})
    monkeypatch.chdir("a")
    assert check("error.json", "../error.json").found == [ERROR]


# What is suppressed

GOOD = '[[suppress]]\nrule = "schema/too-short"\nreason = "It has none."\n'


def test_a_suppression_takes_over_each_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = found_in(
        f'{GOOD}\n[[suppress]]\nrule = "codes"\nfile = "a/*.json"\nrecord = "b"\npointer = "/topics"\n'
        'reason = "Ours."\nexpires = 2030-01-31\n',
        tmp_path,
    )
    first, second = found.suppressions
    assert first.rules == {"schema/too-short"}
    assert (first.matches, first.record, first.pointer, first.expires) == (None, None, None, None)
    assert (first.reason, first.named, first.file, first.line) == (
        "It has none.",
        "schema/too-short",
        "diplomatic-events.toml",
        1,
    )
    assert {"codes/unknown", "codes/deprecated"} <= second.rules
    assert second.matches is not None
    assert second.matches("a/b.json")
    assert not second.matches("b.json")
    assert (second.record, second.pointer, second.expires) == ("b", "/topics", date(2030, 1, 31))
    assert (second.named, second.line) == ("codes", 5)


def test_a_suppression_of_all_other_files_begins_with_an_exclamation_mark(tmp_path: Path) -> None:
    (found,) = found_in(f'{GOOD}file = "!a.json"\n', tmp_path).suppressions
    assert found.matches is not None
    assert found.matches(str(tmp_path / "b.json"))
    assert not found.matches(str(tmp_path / "a.json"))


@pytest.mark.parametrize(
    "head",
    ["tool.diplomatic-events.suppress", " tool . 'diplomatic-events' . suppress ", 'tool."diplomatic-events".suppress'],
)
def test_the_line_of_a_suppression_in_pyproject_toml_is_not_that_of_another_tool(tmp_path: Path, head: str) -> None:
    text = f'[[tool.other.suppress]]\na = 1\n\n  [[{head}]]\nrule = "codes"\nreason = "Ours."\n'
    (found,) = found_in(text, tmp_path, "pyproject.toml").suppressions
    assert found.line == 4


@pytest.mark.parametrize(
    ("file", "scope"),
    [
        ("", ""),
        ("a.json", ""),
        ("b/", ""),
        ("/", ""),
        ("*.json", ""),
        ("!b/a.json", ""),
        ("**/a.json", ""),
        ("/a.json", "a.json"),
        ("b/a.json", "b/a.json"),
        ("/b/c/", "b/c"),
        ("b/*.json", "b"),
        ("b/c?/a.json", "b"),
        ("b/[ab]/a.json", "b"),
        ("b/c\\*.json", "b"),
        ("b/c/**", "b/c"),
        ("b/**/c/a.json", "b"),
    ],
)
def test_the_scope_of_a_suppression_is_where_all_lies_that_its_file_may_mean(
    tmp_path: Path, file: str, scope: str
) -> None:
    text = f"file = '{file}'\n" if file else ""
    (found,) = found_in(f"{GOOD}{text}", tmp_path).suppressions
    assert found.scope == os.path.abspath(tmp_path / scope)


def test_one_file_of_many_makes_no_suppression_unused(check: Run) -> None:
    text = '[[suppress]]\nrule = "evidence/not-verbatim"\nreason = "x"\n'
    write("diplomatic-events.toml", f'fail-on = "warning"\nselect = ["dates", "evidence", "config"]\n{text}')
    assert check("error.json") == Ran(0, "", "")
    assert check("error.json", "--force-exclude") == Ran(0, "", "")
    write("diplomatic-events.toml", f'exclude = ["error.json"]\nfail-on = "warning"\n{text}')
    assert check("error.json", "--force-exclude") == Ran(0, "", "")
    ran = check(".", "--ignore", "codes")
    assert (ran.code, ran.found) == (1, [("diplomatic-events.toml", "config/unused-suppression")])


def test_suppressions_on_one_line_stand_on_the_first(tmp_path: Path) -> None:
    (found,) = found_in('\nsuppress = [{ rule = "codes", reason = "Ours." }]\n', tmp_path).suppressions
    assert found.line == 1
    both = found_in(
        'suppress = [{ rule = "codes", reason = "Ours." }, { rule = "dates", reason = "Old." }]\n', tmp_path
    ).suppressions
    assert [found.line for found in both] == [1, 1]


@pytest.mark.parametrize("expires", ["2030-01-31", '"2030-01-31"'])
def test_the_last_day_may_be_a_date_or_text(tmp_path: Path, expires: str) -> None:
    (found,) = found_in(f"{GOOD}expires = {expires}\n", tmp_path).suppressions
    assert found.expires == date(2030, 1, 31)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ('rule = "codes"', " needs `reason`", None),
        ('rule = "codes"\nreason = " \\t"', " needs `reason`", None),
        ('reason = "x"', " needs `rule`", None),
        ('rule = ""\nreason = "x"', " needs `rule`", None),
        ('rule = "codes/unkown"\nreason = "x"', ": there is no rule or family `codes/unkown`", "did you mean `codes/unknown`?"),
        ('rule = "codes"\nreason = "x"\npath = "a"', ": there is no key `path`", None),
        ('rule = "codes"\nresaon = "x"', ": there is no key `resaon`", "did you mean `reason`?"),
        ('rule = 1\nreason = "x"', ": `rule` must be text", None),
        ('rule = "codes"\nreason = ["x"]', ": `reason` must be text", None),
        ('rule = "codes"\nreason = "x"\nfile = ["a"]', ": `file` must be text", None),
        ('rule = "codes"\nreason = "x"\nfile = "[z-a]"', ": file: `[z-a]` is not a valid .gitignore pattern", None),
        (
            'rule = "codes"\nreason = "x"\npointer = "topics"',
            ": `pointer` must be a JSON Pointer",
            'write "/topics"',
        ),
        ('rule = "codes"\nreason = "x"\nexpires = "soon"', ": `expires` must be a date such as 2027-01-31", None),
        ('rule = "codes"\nreason = "x"\nexpires = "2027-02-30"', ": `expires` must be a date such as 2027-01-31", None),
        ('rule = "codes"\nreason = "x"\nexpires = 2027', ": `expires` must be a date such as 2027-01-31", None),
        ('rule = "codes"\nreason = "x"\nexpires = 2027-01-31T10:00:00', ": `expires` must be a date such as 2027-01-31", None),
    ],
)  # fmt: skip
def test_a_wrong_suppression_is_refused_and_told_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str, help: str | None
) -> None:
    name = "diplomatic-events.toml: suppress 2"
    assert refused(f"{GOOD}[[suppress]]\n{text}\n", tmp_path, monkeypatch) == (f"{name}{message}", help)


def test_the_severities_and_choices_of_a_configuration_hold_for_suppressions_too(check: Run) -> None:
    write("diplomatic-events.toml", '[[suppress]]\nrule = "dates"\nreason = "x"\n')
    unused = [("diplomatic-events.toml", "config/unused-suppression")]
    Path("error.json").unlink()
    assert check(".").found == [*unused, WARNING]
    assert check(".", "--ignore", "config").found == [WARNING]
    assert check(".", "--severity", "config=off").found == [WARNING]
    assert check(".", "--select", "config,dates").found == unused
    ran = check(".", "--severity", "config=error", "--ignore", "codes")
    assert (ran.code, json.loads(ran.out)["severity"]) == (1, Severity.ERROR)


# The page


PAGE = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")


def test_the_page_names_every_key() -> None:
    keys = {*KEYS, *config._FILTERS, *config._SUPPRESS_KEYS}
    assert [key for key in keys if f"`{key}`" not in PAGE and f"[{key}]" not in PAGE] == []


def test_the_page_shows_what_show_config_prints(run: Run) -> None:
    write("diplomatic-events.toml", PAGE.partition("```toml\n")[2].partition("```")[0])
    command, *lines = PAGE.partition("```\n$ diplomatic-events ")[2].partition("```")[0].splitlines()
    printed = run(*command.split()).out.splitlines()
    shown = [line for line in lines if line != "…"]
    assert len(shown) == 3
    assert [line for line in printed if line in shown] == shown


@pytest.mark.parametrize("name", ["diplomatic-events.toml", "pyproject.toml"])
def test_the_configuration_of_the_page_can_be_read(run: Run, check: Run, name: str) -> None:
    text = PAGE.partition("```toml\n")[2].partition("```")[0]
    if name == "pyproject.toml":
        text = f"[tool.diplomatic-events]\n{text}".replace("[per-", "[tool.diplomatic-events.per-")
        text = text.replace("[[suppress]]", "[[tool.diplomatic-events.suppress]]")
    write(name, text)
    assert run("baseline", ".").code == 0
    assert check(".").code == 0
    found = config.find(Path.cwd())
    assert {*found.values} == {"fail-on", "ignore", "severity", "baseline"}
    assert [entry.record for entry in found.suppressions] == ["geneva-talks"]
    assert found.excluded("a/drafts/b.json")
    assert [ignored.matches("archive/a.json") for ignored in found.ignored] == [True]
