"""What `import diplomatic_events` offers: all of it is shown, and none of it is imported before it is used."""

import ast
import json
import pydoc
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import diplomatic_events
from diplomatic_events import (
    DiplomaticEventsError,
    Event,
    FindingsError,
    Options,
    Report,
    Severity,
    check,
    check_bytes,
    check_paths,
)
from diplomatic_events.cli.main import main
from diplomatic_events.models import record
from diplomatic_events.rulebook import EXAMPLE

PACKAGE = Path(diplomatic_events.__file__).parent
WRONG = {**EXAMPLE, "title": ""}


def test_dir_shows_the_public_names_and_no_others() -> None:
    assert dir(diplomatic_events) == sorted(getattr(diplomatic_events, "__all__"))  # noqa: B009  # a type checker knows the names themselves
    assert all(getattr(diplomatic_events, name) for name in dir(diplomatic_events))


def test_help_shows_what_each_public_name_is_for() -> None:
    shown = pydoc.plain(pydoc.render_doc(diplomatic_events))
    for heading in (
        "check(record",
        "check_bytes(data",
        "check_paths(",
        "class Event(",
        "class Options(",
        "class Report(",
    ):
        assert f"\n    {heading}" in shown
    assert "Check files, folders and globs, as the command does" in shown


def test_a_name_that_there_is_not_is_no_attribute() -> None:
    for name in ("chek_paths", "Evnt"):
        with pytest.raises(AttributeError, match=f"module 'diplomatic_events' has no attribute '{name}'"):
            getattr(diplomatic_events, name)


def test_nothing_is_imported_before_it_is_used() -> None:
    code = "import sys, diplomatic_events; print(sum('diplomatic_events.' in name for name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"0"


def test_a_check_of_json_does_not_import_the_models() -> None:
    code = "import sys, diplomatic_events as d; d.check('{}'), d.check({}); print('pydantic' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"


def test_every_model_is_public_and_no_other_class_bears_its_name() -> None:
    assert set(record.__all__) <= set(dir(diplomatic_events))
    assert {"Event", "Party", "Place", "Evidence", "Statement"} <= set(record.__all__)
    assert diplomatic_events.Place is record.Place
    for path in PACKAGE.rglob("*.py"):
        if path.name != "record.py":
            classes = {node.name for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.ClassDef)}
            assert classes & set(record.__all__) == set(), path


# --- The check of anything in memory


@pytest.mark.parametrize(
    "form",
    [
        lambda value: value,
        lambda value: json.dumps(value, indent=2),
        lambda value: json.dumps(value, indent=2).encode(),
        lambda value: bytearray(json.dumps(value, indent=2).encode()),
    ],
)
def test_a_record_in_any_form_has_the_same_findings(form: Any) -> None:
    assert check(form(EXAMPLE)).ok
    (found,) = check(form(WRONG)).findings
    assert (found.rule, found.pointer, found.file) == ("schema/too-short", "/title", "<record>")


def test_an_event_is_checked_by_the_rules_that_its_model_does_not_know() -> None:
    event = Event.model_validate(EXAMPLE)
    assert check(event).ok
    (found,) = check(event.replace(date="2021-02-30"), name="mine").findings
    assert (found.rule, found.file) == ("dates/no-such-day", "mine")


def test_a_text_beside_the_record_is_found_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Talks were held.", encoding="utf-8")
    value = {**EXAMPLE, "sources": [{"id": "report", "type": "other", "textFile": "report.txt"}]}
    value["evidence"] = [{"source": "report", "exact": "Talks were held"}]
    rules = [{row.rule for row in check(value, folder=folder).findings} for folder in (tmp_path, str(tmp_path))]
    assert "evidence/text-not-found" not in rules[0]
    assert rules[0] == rules[1]


def test_half_of_a_surrogate_pair_is_a_finding_in_text_and_in_a_dict() -> None:
    for value in ({**EXAMPLE, "title": "\ud800"}, json.dumps({**EXAMPLE, "title": "\ud800"}, ensure_ascii=False)):
        assert [row.rule for row in check(value).findings] == ["json/lone-surrogate"]


@pytest.mark.parametrize("wrong", [None, 5, ["{}"], Path("record.json"), object(), (b"{}",)])
def test_what_is_no_record_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="check takes an Event, a dict, or bytes or text of JSON, not "):
        check(wrong)


def test_a_dict_with_what_json_does_not_have_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="date is not JSON serializable"):
        check({**EXAMPLE, "date": date(2021, 5, 3)})


@pytest.mark.parametrize("wrong", ["{}", None, {}, Path("record.json")])
def test_check_bytes_takes_nothing_but_bytes(wrong: Any) -> None:
    with pytest.raises(TypeError, match="check_bytes takes bytes, not "):
        check_bytes(wrong)


@pytest.mark.parametrize(
    "wrong", [b"record.json", None, {}, EXAMPLE, [None], [b"a.json"], 5, Event.model_validate(EXAMPLE)]
)
def test_check_paths_takes_nothing_but_paths(wrong: Any) -> None:
    with pytest.raises(TypeError, match="check_paths takes paths, not "):
        check_paths(wrong)


def nested(levels: int, wrap: Any) -> dict[str, Any]:
    inner: Any = 1
    for _ in range(levels):
        inner = wrap(inner)
    return {**EXAMPLE, "extensions": {"org.example": {"before": {"a": [1, {}]}, "deep": inner, "after": inner}}}


@pytest.mark.parametrize(
    "wrap", [lambda inner: [inner], lambda inner: (7, inner), lambda inner: {"a": [], "b": inner, "c": 7}]
)
def test_a_dict_that_is_nested_too_deep_has_the_finding_that_its_json_has(wrap: Any) -> None:
    [first, *_] = check(json.dumps(nested(250, wrap), indent=2)).findings
    assert (first.rule, first.message) == ("json/too-deep", "nested more than 128 levels deep")
    assert check(nested(100_000, wrap)).findings[0] == first


def test_a_dict_that_contains_itself_is_a_value_error() -> None:
    itself: dict[str, Any] = {**EXAMPLE}
    itself["extensions"] = {"org.example": itself}
    with pytest.raises(ValueError, match="Circular reference"):
        check(itself)


def test_options_are_options() -> None:
    wrong: Any = "schema"
    with pytest.raises(TypeError, match="options must be an Options, not str"):
        check("{}", options=wrong)
    with pytest.raises(TypeError, match="options must be an Options, not str"):
        check_paths("a.json", wrong)
    with pytest.raises(DiplomaticEventsError, match="nonsense"):
        check("{}", options=Options(select=("nonsense",)))


# --- The configuration


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one finding in each of three records, of which its configuration lets one through and excludes one."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.json").write_text(json.dumps({**WRONG, "id": name}), encoding="utf-8")
    (tmp_path / "diplomatic-events.toml").write_text(
        """
        exclude = ["c.json"]
        select = ["schema"]
        severity = { "schema/too-short" = "warning" }
        [[suppress]]
        rule = "schema/too-short"
        file = "b.json"
        reason = "It has none."
        """,
        encoding="utf-8",
    )
    return tmp_path


def found(report: Report) -> list[tuple[str, str, Severity]]:
    return [(finding.file, finding.rule, finding.severity) for finding in report.findings]


def test_check_paths_finds_what_the_command_finds_with_its_configuration(
    configured: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", "json", "."]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(check_paths(".").to_json())
    assert found(check_paths(".")) == [("a.json", "schema/too-short", Severity.WARNING)]


def test_check_paths_reads_another_configuration_or_none(configured: Path) -> None:
    other = configured / "other.toml"
    other.write_text('ignore = ["schema/too-short"]', encoding="utf-8")
    for config in (other, str(other)):
        assert found(check_paths(".", config=config)) == []
    whole = check_paths(".", config=False)
    assert found(whole) == [(f"{name}.json", "schema/too-short", Severity.ERROR) for name in "abc"]


def test_the_options_of_a_call_take_precedence_over_the_configuration(configured: Path) -> None:
    error = Options(severities={"schema/too-short": Severity.ERROR})
    assert found(check_paths(".", error)) == [("a.json", "schema/too-short", Severity.ERROR)]
    assert found(check_paths(["a.json"], Options(select=("dates",)))) == []


def test_a_suppression_that_has_expired_lets_nothing_through(configured: Path) -> None:
    config = configured / "diplomatic-events.toml"
    config.write_text(config.read_text("utf-8") + "expires = 2001-01-31", encoding="utf-8")
    assert found(check_paths("b.json")) == [("b.json", "schema/too-short", Severity.WARNING)]


def test_check_paths_lets_through_what_the_configured_baseline_lists(configured: Path) -> None:
    config = configured / "diplomatic-events.toml"
    config.write_text('baseline = "known.json"', encoding="utf-8")
    assert main(["baseline", "--output", "known.json", "a.json", "b.json"]) == 0
    assert [file for file, *_ in found(check_paths("."))] == ["c.json"]


def test_a_configuration_that_cannot_be_read_is_no_finding(configured: Path) -> None:
    (configured / "diplomatic-events.toml").write_text("slect = []", encoding="utf-8")
    with pytest.raises(DiplomaticEventsError, match="there is no key `slect`"):
        check_paths(".")
    with pytest.raises(DiplomaticEventsError, match=r"absent\.toml"):
        check_paths(".", config="absent.toml")


@pytest.mark.parametrize("wrong", [None, 5, b"a.toml", {}])
def test_a_configuration_is_a_path_or_a_choice(wrong: Any) -> None:
    with pytest.raises(TypeError, match="config must be a path, True or False, not "):
        check_paths(".", config=wrong)


# --- The report


def test_a_report_is_written_as_json_as_the_command_writes_it() -> None:
    document = json.loads(check(WRONG).to_json())
    assert document["summary"]["errors"] == 1
    assert document["findings"][0]["pointer"] == "/title"


def test_raising_for_findings_says_each_with_its_place_and_has_the_report() -> None:
    check(EXAMPLE).raise_for_findings()
    report = check({**EXAMPLE, "title": "", "topics": ["tarde"]})
    with pytest.raises(FindingsError) as caught:
        report.raise_for_findings()
    assert str(caught.value).splitlines() == [
        f"<record>/title: error: {report.findings[0].message} [schema/too-short]",
        f"<record>/topics/0: warning: {report.findings[1].message} [codes/unknown]",
    ]
    assert caught.value.report is report


def test_raising_for_errors_lets_warnings_through_but_no_failure(tmp_path: Path) -> None:
    check({**EXAMPLE, "topics": ["tarde"]}).raise_for_findings(Severity.ERROR)
    with pytest.raises(FindingsError, match="schema/too-short"):
        check(WRONG).raise_for_findings(Severity.ERROR)
    with pytest.raises(FindingsError, match=r"absent\.json"):
        check_paths(tmp_path / "absent.json").raise_for_findings(Severity.ERROR)


def test_findings_beyond_the_limit_of_a_report_raise_too() -> None:
    report = check({**EXAMPLE, "title": "", "topics": ["tarde"]}, options=Options(max_findings=1))
    with pytest.raises(FindingsError, match=r"and 1 more$"):
        report.raise_for_findings()
