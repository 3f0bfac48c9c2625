"""The command `assemble`: what it reads, what it writes and where, and its exit codes."""

import json
from pathlib import Path

import pytest

from diplomatic_events import extraction_draft
from diplomatic_events.rulebook import EXAMPLE, EXAMPLE_TEXT
from run_command import Run, runner, write

SUMMARY = "Checked 1 file, 1 record: 0 errors, 0 warnings.\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a draft and the text of its source."""
    monkeypatch.chdir(tmp_path)
    write("draft.json", extraction_draft(EXAMPLE))
    write("report.txt", EXAMPLE_TEXT)
    return runner(monkeypatch, capsys)


def test_the_record_goes_to_standard_output_and_the_report_to_standard_error(run: Run) -> None:
    done = run("assemble", "draft.json", "--source", "report.txt", "--tool", "a model")
    assert done.code == 0
    record = json.loads(done.out)
    assert record["sources"][0]["text"] == EXAMPLE_TEXT
    assert (record["provenance"]["method"], record["provenance"]["tool"]) == ("machine", "a model")
    assert done.err == SUMMARY


def test_the_record_goes_to_a_file_and_names_a_text_that_lies_with_it(run: Run) -> None:
    done = run("assemble", "draft.json", "--source", "report=report.txt", "--output", "record.json")
    assert (done.code, done.out, done.err) == (0, SUMMARY, "")
    source = json.loads(Path("record.json").read_bytes())["sources"][0]
    assert source["textFile"] == "report.txt"
    assert "text" not in source
    assert run("check", "record.json").code == 0


def test_a_text_that_lies_elsewhere_is_put_into_the_record(run: Run) -> None:
    Path("out").mkdir()
    assert run("assemble", "draft.json", "--source", "report.txt", "--output", "out/record.json").code == 0
    assert "text" in json.loads(Path("out/record.json").read_bytes())["sources"][0]


def test_drafts_are_read_from_files_and_from_standard_input(run: Run) -> None:
    write("draft.json", extraction_draft({**EXAMPLE, "title": ""}))
    done = run(
        "assemble", "draft.json", "-", "--source", "report.txt", "--output", "record.json", stdin=b'{"title": "Talks"}'
    )
    assert done.code == 0
    assert json.loads(Path("record.json").read_bytes())["title"] == "Talks"


def test_findings_make_the_exit_code_1_and_name_lines_of_the_record(run: Run) -> None:
    write("draft.json", extraction_draft({**EXAMPLE, "date": "2021-02-29"}))
    done = run("assemble", "draft.json", "--source", "report.txt", "--output", "record.json", "--format", "jsonl")
    assert done.code == 1
    finding = json.loads(done.out.splitlines()[0])
    assert (finding["file"], finding["pointer"]) == ("record.json", "/date")
    assert "2021-02-29" in Path("record.json").read_text("utf-8").splitlines()[finding["line"] - 1]
    assert run("assemble", "draft.json", "--source", "report.txt", "--fail-on", "never").code == 0


NO_SUCH_DAY = {**EXAMPLE, "date": "2021-02-29"}


@pytest.mark.parametrize(
    ("configuration", "code"),
    [
        ("", 1),
        ('severity = { "dates" = "warning" }', 0),
        ('severity = { "dates" = "warning" }\nfail-on = "warning"', 1),
        ('select = ["codes"]', 0),
        ('[per-file-ignores]\n"record.json" = ["dates"]', 0),
        ('[[suppress]]\nrule = "dates/no-such-day"\nfile = "record.json"\nreason = "The source says so."', 0),
        ("max-bytes = 10", 2),
        ('schema-version = "0.1"', 2),
        ("colour = true", 2),
    ],
)
def test_the_configuration_holds_for_it_as_for_the_check(configuration: str, code: int, run: Run) -> None:
    write("draft.json", extraction_draft(NO_SUCH_DAY))
    write("diplomatic-events.toml", configuration)
    arguments = ("assemble", "draft.json", "--source", "report.txt", "--output", "record.json")
    assert run(*arguments).code == code
    assert run(*arguments, "--no-config").code == 1
    assert run("check", "record.json").code == (1 if configuration == "max-bytes = 10" else code)


def test_an_option_of_it_replaces_the_configured_one(run: Run) -> None:
    write("draft.json", extraction_draft(NO_SUCH_DAY))
    write("other.toml", 'ignore = ["dates"]')
    arguments = ("assemble", "draft.json", "--source", "report.txt", "--config", "other.toml")
    assert run(*arguments).code == 0
    assert run(*arguments, "--ignore", "codes").code == 1
    assert run(*arguments, "--extend-ignore", "codes").code == 0


def test_only_a_record_that_a_machine_made_is_overwritten(run: Run) -> None:
    arguments = ("assemble", "draft.json", "--source", "report.txt", "--output", "record.json")
    assert run(*arguments).code == run(*arguments).code == 0
    write("record.json", {**EXAMPLE, "provenance": {"method": "machine-reviewed"}})
    done = run(*arguments)
    assert done.code == 2
    assert done.err.startswith(
        "error: --output record.json would overwrite a file that is not a record with the provenance"
    )
    write("record.json", "")
    assert run(*arguments).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no draft is named"),
        (["draft.json", "draft.json"], "the draft draft.json is named twice"),
        (["gone.json"], "gone.json: No such file or directory"),
        (["draft.json", "--source", "gone.txt"], "gone.txt: No such file or directory"),
        (["draft.json", "--source", "report=gone.txt"], "gone.txt: No such file or directory"),
        (["draft.json", "--source", "latin.txt"], "latin.txt is not UTF-8 (byte 2 is wrong)"),
        (["wrong.json"], "wrong.json /mode: it is text and must be a list of none or one"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_exit_code_2(arguments: list[str], message: str, run: Run) -> None:
    Path("latin.txt").write_bytes("né".encode("latin-1"))
    write("wrong.json", {"mode": "phone"})
    done = run("assemble", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == f"error: {message}"


def test_the_schema_of_a_part_is_printed(run: Run) -> None:
    done = run("schema", "--profile", "extraction", "--part", "outcomes")
    assert done.code == 0
    assert list(json.loads(done.out)["properties"]) == ["outcomes"]
    for wrong in (
        ["--part", "outcomes"],
        ["--profile", "extraction", "--path"],
        ["--profile", "extraction", "--part", "x"],
    ):
        assert run("schema", *wrong).code == 2
