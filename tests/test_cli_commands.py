"""What each command does: what it reads, prints and writes."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example, text_folder
from diplomatic_events.cli import commands
from diplomatic_events.cli.arguments import BASELINE, READING
from diplomatic_events.migrate.files import Request
from diplomatic_events.schema import engines
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.structure import structure
from diplomatic_events.stages import STAGES
from run_command import MISSPELT_TOPIC, Ran, Run, not_text, runner, write, write_records
from versions.invented import CATALOGUE, STEPS, raw


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with records."""
    monkeypatch.chdir(tmp_path)
    write_records()
    return runner(monkeypatch, capsys)


# Every command that reads records

COMMANDS = {
    "check": ("--format", "jsonl"),
    "coverage": ("--format", "json"),
    "baseline": (),
    "migrate": ("--to", "1.0"),
    "export": ("--format", "annotations"),
}
each_command = pytest.mark.parametrize("command", READING)


def nested(depth: int) -> Any:
    """The example with an extension of its own, so that objects are nested to a certain depth."""
    value: Any = 1
    for _ in range(depth - 3):
        value = {"in": value}
    return example({"extensions": {"https://example.org": {"in": value}}})


@each_command
@pytest.mark.parametrize(
    ("option", "value", "record"),
    [
        ("max-bytes", 100, EXAMPLE),
        ("max-depth", 2, EXAMPLE),
        ("max-depth", 150, nested(140)),
        ("schema-version", "1.0", example({"schemaVersion": "1.7"})),
        ("input", "ndjson", "\n".join([json.dumps(EXAMPLE), json.dumps(MISSPELT_TOPIC)])),
        ("allow-empty", True, None),
    ],
    ids=["fewer bytes", "less depth", "more depth", "a version", "lines", "no file"],
)
def test_what_an_option_says_of_reading_holds_for_every_command_and_in_a_configuration(
    command: str, option: str, value: Any, record: Any, run: Run
) -> None:
    def outcome(*more: str) -> tuple[Ran, str]:
        write(BASELINE, "")
        return run(command, *COMMANDS[command], path, *more), Path(BASELINE).read_text(encoding="utf-8")

    path = "*.none" if record is None else "record.json"
    write("record.json", record)
    usual = outcome()
    given = outcome(f"--{option}" if value is True else f"--{option}={value}")
    write("diplomatic-events.toml", f"{option} = {json.dumps(value)}\n")
    assert outcome() == given != usual


@each_command
def test_the_engine_holds_for_every_command(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    def compile_schema(schema: Any, engine: str) -> Any:
        used.append(engine)
        return engines.compile_schema(schema, engine)

    structure.cache_clear()
    monkeypatch.setattr("diplomatic_events.schema.structure.compile_schema", compile_schema)
    arguments = (command, *COMMANDS[command], "good.json", "--schema-version", "1.0")
    assert run(*arguments, "--engine", "jsonschema").code == 0
    assert set(used) == {"jsonschema"}


@each_command
def test_what_ends_well_is_called_no_error(command: str, run: Run) -> None:
    Path("empty").mkdir()
    arguments = (command, *COMMANDS[command], "empty", "*.yaml", "--allow-empty")
    ran = run(*arguments)
    assert ran.code == 0
    assert ran.err.splitlines()[:2] == [
        "note: empty: the folder has no file that ends in .json, .ndjson, .jsonl or .gz of these",
        "note: *.yaml: no file matches",
    ]
    assert "error" not in ran.err
    assert run(*arguments, "gone.json").code == 2
    assert run(*arguments[:-1]).code == 2


@each_command
def test_closed_standard_input_is_said_so(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    said = "error: standard input is closed\n  help: pipe something into it, or name files\n"
    assert run(command, *COMMANDS[command], "-") == Ran(2, "", said)


# check


def test_results_go_to_standard_output_and_all_else_to_standard_error(run: Run) -> None:
    ran = run("check", "gone.json", "error.json", "/dev/null")
    assert ran.out.startswith("error[schema/too-short]: `title` is empty\n --> error.json:1:")
    assert "Checked 2 files, 1 record in " in ran.out
    assert "1 error, 0 warnings.\n" in ran.out
    assert ran.err.splitlines() == [
        "error: gone.json: there is no such file or folder",
        "error: /dev/null: it is not an ordinary file; to check what a program prints, pipe it into `-`",
    ]


def test_a_report_is_written_to_files_beside_what_is_printed(run: Run) -> None:
    ran = run("check", "error.json", "--format", "concise", "--output", "json=a.json", "--output", "text=b.txt")
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert json.loads(Path("a.json").read_bytes())["summary"]["errors"] == 1
    text = Path("b.txt").read_text(encoding="utf-8")
    assert "error[schema/too-short]" in text
    assert "\x1b" not in text


def test_an_output_that_cannot_be_written_costs_no_other(run: Run) -> None:
    ran = run("check", "error.json", "--format", "concise", "--output", "json=no/a.json", "--output", "jsonl=b.jsonl")
    assert (ran.code, ran.err) == (2, "error: no/a.json cannot be written: No such file or directory\n")
    assert ran.out.startswith("error.json:1:")
    assert Path("b.jsonl").read_text(encoding="utf-8")


def test_two_reports_are_not_written_to_one_file(run: Run) -> None:
    ran = run("check", "good.json", "--output", "json=a.json", "--output", "jsonl=./a.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: two reports would be written to ./a.json\n  help: give each a file of its own")
    assert not Path("a.json").exists()


def test_a_cut_report_has_true_totals_and_is_cut_alike_in_a_file(run: Run) -> None:
    write("many.json", example({"topics": [f"x{number}" for number in range(20)], "title": ""}))
    ran = run("check", "many.json", "--max-per-rule", "2", "--statistics", "--output", "text=a.txt")
    for text in (ran.out, Path("a.txt").read_text(encoding="utf-8")):
        assert text.count("warning[codes/unknown]") == 2
        assert "… and 18 more of codes/unknown\n" in text
        assert "      20  warning  codes/unknown\n       1  error    schema/too-short\n" in text
        assert "1 error, 20 warnings.\n" in text
    ran = run("check", "many.json", "--max-findings", "1")
    assert ran.out.count("warning[") + ran.out.count("error[") == 1
    assert "1 error, 20 warnings.\n" in ran.out


def test_a_run_keeps_no_more_of_a_rule_than_fits_into_memory(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_KEPT", 3)
    write("many.json", example({"topics": [f"x{number}" for number in range(5)]}))
    ran = run("check", "many.json", "--format", "jsonl")
    assert ran.out.count("\n") == 3
    assert ran.err == "note: 3 of 5 findings are listed; the run found 0 errors, 5 warnings, 0 notes\n"


@pytest.mark.parametrize(("format", "said"), [("jsonl", True), ("concise", True), ("json", False), ("text", False)])
def test_what_is_not_listed_is_told_beside_a_format_that_cannot_say_it(format: str, said: bool, run: Run) -> None:
    write("two.json", example({"title": "", "topics": ["a", "b"]}))
    note = "note: 2 of 3 findings are listed; the run found 1 error, 2 warnings, 0 notes\n"
    assert run("check", "two.json", "--max-per-rule", "1", "--format", format).err == (note if said else "")


def test_the_speed_and_the_time_of_each_stage_are_shown_where_they_are_asked_for(run: Run) -> None:
    shown = run("check", "good.json", "--statistics", "--output", "text=a.txt").out
    assert re.search(r"\d  records a second\n +\d+\.\d  MB a second", shown)
    assert re.findall(r"(?m)^ +\d\.\d{3} s +\d+%  (.*)$", shown) == list(STAGES)
    assert "a second" not in Path("a.txt").read_text(encoding="utf-8")
    assert "a second" not in run("check", "good.json").out


@pytest.mark.parametrize("format", ["concise", "jsonl", "json"])
def test_how_often_each_rule_found_something_is_added_to_text_only(format: str, run: Run) -> None:
    arguments = ("check", "error.json", "--format", format)
    assert run(*arguments, "--statistics") == run(*arguments)


def test_standard_input_is_checked_under_the_name_that_it_is_given(run: Run) -> None:
    bad = json.dumps(example({"title": ""})).encode()
    for more, data, place in (
        ((), bad, ["<stdin>", "1"]),
        (("--stdin-filename", "events.ndjson"), b"\n" + bad, ["events.ndjson", "2"]),
        (("--input", "json"), b"\n" + bad, ["<stdin>", "2"]),
    ):
        ran = run("check", "-", "--format", "concise", *more, stdin=data)
        assert (ran.code, ran.out.split(":")[:2]) == (1, place)


def test_the_texts_of_standard_input_lie_beside_its_name(run: Run) -> None:
    Path("d").mkdir()
    text_folder(Path("d"))
    record = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
    arguments = ("check", "-", "--fail-on", "warning", "--format", "concise", "--stdin-filename")
    assert run(*arguments, "d/a.json", stdin=record) == Ran(0, "", "")
    assert run(*arguments, "a.json", stdin=record).code == 1


@pytest.mark.parametrize("more", [("--ignore", "dates"), ("--severity", "dates/no-such-day=off")])
def test_a_choice_that_leaves_no_rule_is_an_error(more: tuple[str, ...], run: Run) -> None:
    ran = run("check", "good.json", "--select", "dates/no-such-day", *more)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: no rule is left to check\n")


def test_github_gets_the_summary_of_a_step_where_it_asks_for_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("check", "error.json", "--format", "github").code == 1
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    write("summary.md", "# Before\n")
    assert run("check", "error.json", "--format", "github").code == 1
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# Before\n")
    assert "schema/too-short" in summary
    assert run("check", "error.json", "--format", "github", "--output", "github=a.txt").code == 1
    assert run("check", "error.json", "--output", "github=b.txt").code == 1
    assert Path("summary.md").read_text(encoding="utf-8").count("## diplomatic-events\n") == 3
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", ".")
    ran = run("check", "error.json", "--format", "github")
    assert (ran.code, ran.err) == (1, "warning: the step summary . cannot be written: Is a directory\n")


def test_a_name_that_is_no_text_can_be_written_to_any_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = not_text("\udcff.json")
    write(name, example({"title": ""}))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert run("check", name, name + "?", "--format", "github", "--output", "text=a.txt").code == 2
    for file in ("summary.md", "a.txt"):
        assert r"\xff.json" in Path(file).read_text(encoding="utf-8").replace("&#92;", "\\")
    assert run("baseline", name).code == 0
    assert {row["file"] for row in json.loads(Path(BASELINE).read_bytes())["findings"]} == {r"\xff.json"}
    write(name, EXAMPLE)
    assert run("coverage", name, "--format", "json", "--output", "covered.json").code == 0
    assert [record["file"] for record in json.loads(Path("covered.json").read_bytes())["records"]] == [r"\xff.json"]


# migrate, between invented versions: their steps are in tests/versions


@pytest.fixture
def migrate(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command `migrate --to 1.1` in a folder with a record that can go there and one that would lose the weather."""
    request = partial(Request, catalogue=CATALOGUE, steps=STEPS)
    monkeypatch.setattr("diplomatic_events.migrate.files.Request", request)
    for name, record in (("safe.json", "1.0-minimal"), ("sunny.json", "2.0-full")):
        Path(name).write_bytes(raw(record))
    return partial(run, "migrate", "--to", "1.1")


def versions() -> list[str]:
    return [json.loads(Path(name).read_bytes())["schemaVersion"] for name in ("safe.json", "sunny.json")]


def test_migrate_puts_out_records_and_leaves_the_files_alone(migrate: Run) -> None:
    ran = migrate("safe.json")
    assert (ran.code, json.loads(ran.out)["schemaVersion"], ran.err) == (0, "1.1", "1 record migrated to 1.1\n")
    ran = migrate("-", stdin=Path("safe.json").read_bytes())
    assert (ran.code, json.loads(ran.out)["schemaVersion"]) == (0, "1.1")
    assert versions() == ["1.0", "2.0"]


def test_migrate_changes_nothing_that_the_system_did_not_let_be_checked(
    migrate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("diplomatic_events.schema.structure.Structure.hold", fail)
    ran = migrate("--in-place", "safe.json")
    lost = "error: safe.json:1: it could not be checked: there is not enough memory"
    assert (ran.code, ran.err.splitlines()[0]) == (2, lost)
    assert versions() == ["1.0", "2.0"]


def test_migrate_in_place_changes_the_files_and_puts_out_nothing(migrate: Run) -> None:
    ran = migrate("--in-place", "--allow-loss", "safe.json", "sunny.json")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "2 records migrated to 1.1")
    assert versions() == ["1.1", "1.1"]


def test_migrate_with_diff_shows_what_would_change_and_changes_nothing(migrate: Run) -> None:
    ran = migrate("--diff", "safe.json")
    assert (ran.code, ran.err) == (0, "1 record would be migrated to 1.1\n")
    assert '\n-  "schemaVersion": "1.0",\n' in ran.out
    assert '\n+  "schemaVersion": "1.1",\n' in ran.out
    assert versions() == ["1.0", "2.0"]


@pytest.mark.parametrize("more", [[], ["--in-place"]])
def test_migrate_loses_nothing_unless_that_is_agreed_to(migrate: Run, more: list[str]) -> None:
    assert migrate(*more, "sunny.json") == Ran(
        1,
        "",
        'sunny.json:8:14: would be lost in 1.1: the weather: 1.1 has no place for it; /weather was "sunny"\n'
        "sunny.json:13:5: would be lost in 1.1: an annotation: what it is about is lost; "
        '/annotations/0 was {"target": "/weather", "basis": "A photograph."}\n'
        "error: 2 things would be lost, so nothing was migrated\n"
        "  help: --allow-loss migrates anyway\n",
    )
    assert versions() == ["1.0", "2.0"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--in-place", "--diff", "safe.json"], "error: --in-place and --diff cannot be combined"),
        (["--to", "3.0", "safe.json"], "error: there is no schema version `3.0`"),
        (["--in-place", "safe.json", "gone.json"], "error: gone.json: there is no such file or folder"),
    ],
)
def test_migrate_refuses_what_cannot_be_done(migrate: Run, arguments: list[str], message: str) -> None:
    ran = migrate(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert versions() == ["1.0", "2.0"]


# schema


def test_a_schema_is_printed_or_located(run: Run) -> None:
    printed = run("schema").out
    path = Path(run("schema", catalogue().latest, "--path").out.rstrip("\n"))
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert path.read_text(encoding="utf-8") == printed
