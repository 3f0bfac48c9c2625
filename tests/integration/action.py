"""The steps of action.yml, run in order as a runner runs them, with the wheel of this checkout.

Steps that use other actions are not run; what they would be given is kept. What the files of GitLab and the guide tell a
machine to run is run here too.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from integration.configured import Verdict, agree, verdict
from integration.scratch import ROOT, clone, command_lines, installed, load, prove, repository, run, scratch

ACTION: Final = load(ROOT / "action.yml")
TEMPLATE: Final = load(ROOT / "docs/ci/diplomatic-events.gitlab-ci.yml")["diplomatic-events"]
BASH: Final = shutil.which("bash") or "bash"
ALREADY_THERE: Final = {"install": "false", "python-version": ""}
HOSTILE: Final = ("a; touch pwned", "$(touch pwned)", "`touch pwned`", "a' && touch pwned '", 'a" | touch pwned "',
                  "a & touch pwned", "--output=json=pwned", "*; touch pwned", "${IFS}touch${IFS}pwned")  # fmt: skip


@dataclass
class Outcome:
    """What came of a use of the action."""

    code: int = 0
    printed: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: str = ""


class Runner:
    """As much of a runner as the action needs; an expression that it does not know is an error."""

    def __init__(self, folder: Path, inputs: dict[str, str], bash: str = BASH, action: Path = ROOT) -> None:
        unknown = set(inputs) - set(ACTION["inputs"])
        assert not unknown, unknown
        self.folder = folder
        self.bash = bash
        self.action = action
        self.inputs: dict[str, str] = {name: of["default"] for name, of in ACTION["inputs"].items()} | inputs
        self.steps: dict[str, dict[str, str]] = {}
        self.outcome = Outcome()
        self.own = scratch() / f"runner {len(list(scratch().iterdir()))}"
        (self.own / "temp").mkdir(parents=True)
        (self.own / "summary").touch()

    def value(self, text: str) -> str:
        """A text with its expressions replaced."""
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: self.term(match[1]), text)

    def term(self, text: str) -> str:
        """The value of one context or literal."""
        if re.fullmatch(r"'[^']*'", text):
            return text[1:-1]
        context, name, *rest = text.split(".")
        if context == "inputs" and not rest:
            return self.inputs[name]
        assert (context, rest[:1]) == ("steps", ["outputs"]), text
        return self.steps.get(name, {}).get(rest[1], "")

    def holds(self, condition: str, *, failed: bool) -> bool:
        """Whether a step runs; one that does not ask about failure runs only if there was none."""
        (inner,) = re.fullmatch(r"\$\{\{ (.+) \}\}", condition).groups()  # type: ignore[union-attr]  # else it fails
        met = "!cancelled()" in inner or not failed
        for part in inner.split(" && "):
            if part != "!cancelled()":
                left, sign, right = re.split(r" (==|!=) ", part)
                met &= (self.term(left) == self.term(right)) is (sign == "==")
        return met

    def use(self, env: dict[str, str]) -> Outcome:
        """Run the steps."""
        for step in ACTION["runs"]["steps"]:
            if not self.holds(step.get("if", "${{ '' == '' }}"), failed=self.outcome.code != 0):
                continue
            if "uses" in step:
                given = {name: self.value(str(text)) for name, text in step["with"].items()}
                self.outcome.used[step["uses"].split("@")[0]] = given
                if step.get("id") == "python":
                    self.steps["python"] = {"python-path": sys.executable}
            else:
                self.script(step, env)
        self.outcome.outputs = {name: self.value(of["value"]) for name, of in ACTION["outputs"].items()}
        self.outcome.summary = (self.own / "summary").read_text("utf-8")
        return self.outcome

    def script(self, step: dict[str, Any], env: dict[str, str]) -> None:
        """Run a step's script as `shell: bash` does, and take its outputs."""
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        (self.own / "script.sh").write_text(step["run"], encoding="utf-8")
        (self.own / "output").write_text("", encoding="utf-8")
        settings = {
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.folder), "RUNNER_TEMP": str(self.own / "temp"),
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(self.own / "output"), "GITHUB_STEP_SUMMARY": str(self.own / "summary"),
            **{name: self.value(text) for name, text in step.get("env", {}).items()}, **env,
        }  # fmt: skip
        shell = (self.bash, "--noprofile", "--norc", "-e", "-o", "pipefail", self.own / "script.sh")
        done = run(*shell, cwd=self.folder, env=settings, code=None)
        self.outcome.printed += done.stdout
        self.outcome.code = self.outcome.code or done.returncode
        for line in (self.own / "output").read_text("utf-8").splitlines():
            name, found, text = line.partition("=")
            assert found, line
            self.steps.setdefault(step["id"], {})[name] = text


def use(folder: Path, **inputs: str) -> Outcome:
    """Use the action in a folder, with the command of the wheel on the path for inputs that ask for no version."""
    given = ALREADY_THERE | {name.replace("_", "-"): text for name, text in inputs.items()}
    return Runner(folder, given).use({"PATH": f"{installed()}{os.pathsep}{os.environ['PATH']}"})


def a_good_record_passes() -> None:
    """With the outputs that say so."""
    outcome = use(repository("a good one"), paths="good")
    assert outcome.code == 0, outcome.printed
    assert outcome.outputs == {"exit-code": "0", "errors": "0", "warnings": "0", "sarif-file": "", "page-file": ""}
    assert outcome.used == {}


def a_bad_record_fails_with_annotations_at_its_lines() -> None:
    """Beside the report as text, in which nothing is a command; the format for GitHub has the annotations alone."""
    for format, text in (("", True), ("github", False)):
        outcome = use(repository(f"a bad one {format}"), paths="bad", format=format)
        assert outcome.code == 1, outcome.printed
        assert outcome.outputs == {"exit-code": "1", "errors": "2", "warnings": "0", "sarif-file": "", "page-file": ""}
        *before, live = re.split(r"^::[0-9a-f]{32}::$", outcome.printed, flags=re.MULTILINE)
        assert re.search(r"^::error .*file=bad/record\.json,.*line=54", live, re.MULTILINE), outcome.printed
        assert len(re.findall("^::error", outcome.printed, re.MULTILINE)) == 2, outcome.printed
        assert ["error[reference/unknown-party]" in part for part in before] == [True] * text, outcome.printed
        assert outcome.summary.count("## diplomatic-events\n") == 1, outcome.summary


def what_exceeds_the_annotations_is_in_the_step_summary() -> None:
    """Of which GitHub shows ten for a step."""
    folder = repository("a crowded one")
    for number in range(6):
        shutil.copytree(folder / "bad", folder / f"worse/{number}")
    outcome = use(folder, paths="worse", args="--ignore=corpus")
    assert outcome.outputs["errors"] == "12", outcome.printed
    assert len(re.findall("^::error", outcome.printed, re.MULTILINE)) == 10, outcome.printed
    assert "worse/5/record.json" in outcome.printed + outcome.summary, outcome.summary
    assert "evidence/not-verbatim" in outcome.summary, outcome.summary


def the_report_is_uploaded_before_findings_fail_the_step() -> None:
    """From the file that the input names, in a folder that is made for it."""
    folder = repository("an uploaded one")
    outcome = use(folder, paths="bad", sarif="new folder/report.sarif", upload_sarif="true")
    assert outcome.code == 1, outcome.printed
    assert outcome.outputs["sarif-file"] == "new folder/report.sarif"
    upload = {"sarif_file": "new folder/report.sarif", "category": "diplomatic-events"}
    assert outcome.used == {"github/codeql-action/upload-sarif": upload}
    report = json.loads((folder / "new folder/report.sarif").read_text("utf-8"))
    assert len(report["runs"][0]["results"]) == 2


def a_report_without_a_name_is_a_temporary_file() -> None:
    """And is uploaded as well."""
    outcome = use(repository("an unnamed one"), paths="good", upload_sarif="true")
    assert outcome.code == 0, outcome.printed
    assert outcome.outputs["sarif-file"].endswith("diplomatic-events.sarif")
    assert set(outcome.used) == {"github/codeql-action/upload-sarif"}


def the_page_for_reviewers_is_offered_as_an_artifact() -> None:
    """Before findings fail the step, too."""
    outcome = use(repository("a reviewed one"), paths="bad", upload_page="true")
    assert outcome.code == 1, outcome.printed
    (given,) = outcome.used.values()
    assert set(outcome.used) == {"actions/upload-artifact"}
    assert given["path"] == outcome.outputs["page-file"]
    page = Path(given["path"]).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('<li class="finding ') == 2


def without_the_wish_nothing_is_uploaded() -> None:
    """Though the report is written."""
    outcome = use(repository("a kept one"), paths="bad", sarif="report.sarif")
    assert (outcome.code, outcome.used) == (1, {}), outcome.printed
    assert outcome.outputs["sarif-file"] == "report.sarif"


def an_old_report_is_not_taken_for_a_new_one() -> None:
    """Where the command could not do the work."""
    folder = repository("an old one")
    (folder / "report.sarif").write_text("{}", encoding="utf-8")
    outcome = use(folder, paths="good", sarif="report.sarif", upload_sarif="true", args="--no-such-option")
    assert outcome.code == 2, outcome.printed
    assert outcome.used == {}
    assert outcome.outputs == {"exit-code": "2", "errors": "", "warnings": "", "sarif-file": "", "page-file": ""}


def a_file_that_is_no_report_is_not_written_over() -> None:
    """Such as a record that was named by mistake."""
    folder = repository("a mistaken one")
    (folder / "record.json").write_text('{"title": "Talks"}', encoding="utf-8")
    outcome = use(folder, paths="good", sarif="record.json", upload_sarif="true")
    assert (outcome.code, outcome.used) == (2, {}), outcome.printed
    assert outcome.outputs["sarif-file"] == ""
    assert (folder / "record.json").read_text("utf-8") == '{"title": "Talks"}'


def paths_are_lines_and_may_hold_blanks() -> None:
    """Empty lines, blanks around a path and the line ends of Windows do not count; globs are the command's."""
    folder = repository("a folder of several")
    (folder / "with  two blanks").mkdir()
    shutil.copy(folder / "good/record.json", folder / "with  two blanks/a record.json")
    outcome = use(folder, paths="\n  good  \r\n\nwith  two blanks/a record.json\nb?d/*.json\n", args="--ignore\ncorpus")
    assert outcome.outputs["errors"] == "2", outcome.printed
    outcome = use(folder, paths="good\nwith  two blanks", format="text")
    assert "[corpus/duplicate-record]" in outcome.printed, outcome.printed
    assert "with  two blanks/a record.json" in outcome.printed, outcome.printed


def a_path_that_looks_like_an_option_is_a_path() -> None:
    """As a file may be called anything."""
    folder = repository("a folder of options")
    shutil.copy(folder / "good/record.json", folder / "--fail-on=never.json")
    outcome = use(folder, paths="--fail-on=never.json\nbad", args="--ignore=corpus")
    assert (outcome.code, outcome.outputs["errors"]) == (1, "2"), outcome.printed


def what_a_hostile_input_says_is_not_run() -> None:
    """In any input; a path is looked up and not found, any other is refused."""
    folder = repository("a hostile one")
    reports = scratch() / "reports"
    reports.mkdir()
    for text in HOSTILE:
        for name in ("paths", "format", "fail_on", "args", "upload_sarif", "upload_page"):
            outcome = use(folder, **({"paths": "good"} | {name: text}))
            harmless = name == "args" and text.startswith("--output")  # args may name any option
            assert outcome.code == (0 if harmless else 2), (name, text, outcome.printed)
            assert outcome.outputs["exit-code"] == str(outcome.code), (name, text)
            assert (folder / "pwned").exists() is harmless, (name, text)
            (folder / "pwned").unlink(missing_ok=True)
        outcome = use(folder, paths="good", install=text)
        assert outcome.code == 2, (text, outcome.printed)
        assert "must be true or false" in outcome.printed, outcome.printed
        use(reports, paths="../a hostile one/good", sarif=f"{text}.sarif")
        assert not {"pwned", "pwned.sarif"} & {path.name for path in (*reports.iterdir(), *folder.iterdir())}, text
    names = {path.name for path in reports.iterdir()}
    assert names == {f"{text}.sarif" for text in HOSTILE}


def no_input_can_write_an_output() -> None:
    """By a line end in what is repeated there."""
    outcome = use(repository("a forged one"), paths="bad", sarif="a.sarif\nexit-code=0")
    assert outcome.code == 2, outcome.printed
    assert outcome.outputs["exit-code"] == "2"


def a_record_cannot_command_the_runner() -> None:
    """By what it says, in formats that are not made for the runner."""
    folder = repository("a commanding one")
    record = folder / "good/record.json"
    record.write_text('{"schemaVersion": "9",\n"id": "x##[error]y\\n::error::z"}', encoding="utf-8")
    for format in ("text", "concise", "json", "jsonl", ""):
        printed = use(folder, paths="good", format=format).printed
        lines = printed.splitlines()
        if not format:
            end = max(number for number, line in enumerate(lines) if re.fullmatch("::[0-9a-f]{32}::", line))
            assert all(re.match(r"::error file=good/record\.json,|Checked 1 file", line) for line in lines[end + 1 :])
            lines = lines[: end + 1]
        assert lines[0].startswith("::stop-commands::"), printed
        token = lines[0].removeprefix("::stop-commands::")
        assert len(token) == 32, printed
        assert lines[-1] == f"::{token}::", printed
        assert printed.count(token) == 2, printed


def warnings_fail_only_if_asked_to() -> None:
    """And nothing does with `never`."""
    folder = repository("a warned one")
    shutil.rmtree(folder / "same")
    assert use(folder, paths="bad", fail_on="never").code == 0
    raised = "--severity=reference/unknown-party=warning\n--ignore=evidence"
    outcome = use(folder, paths="bad", args=raised)
    assert (outcome.code, outcome.outputs["warnings"]) == (0, "1"), outcome.printed
    assert use(folder, paths="bad", args=raised, fail_on="warning").code == 1


def without_paths_or_a_command_the_action_says_so() -> None:
    """With the exit code for work that could not be done."""
    folder = repository("an empty one")
    outcome = use(folder, paths=" \n")
    assert (outcome.code, outcome.outputs["exit-code"]) == (2, "2"), outcome.printed
    assert "the input paths is empty" in outcome.printed
    bare = scratch() / "bare"
    bare.mkdir()
    for name in ("bash", "python3", "rm", "mkdir", "dirname"):
        (bare / name).symlink_to(shutil.which(name) or name)
    outcome = Runner(folder, ALREADY_THERE | {"paths": "good"}).use({"PATH": str(bare)})
    assert outcome.code == 2, outcome.printed
    assert "no earlier step has installed the command" in outcome.printed


def the_command_is_installed_from_the_checkout_of_the_action() -> None:
    """In a place of its own; the checkout has no tag."""
    runner = Runner(repository("an installing one"), {"paths": "bad"}, action=clone())
    outcome = runner.use({"PIP_CONSTRAINT": (ROOT / "constraints.txt").as_uri()})
    assert outcome.code == 1, outcome.printed
    assert outcome.outputs["errors"] == "2"
    python = {"python-version": "3.13", "update-environment": "False"}
    assert outcome.used == {"actions/setup-python": python}
    assert (runner.own / "temp/diplomatic-events").is_dir()
    assert run("git", "status", "--porcelain", cwd=clone()).stdout == ""


def the_action_heeds_a_configuration_as_the_command_does() -> None:
    """With the same exit code, findings and reports."""

    def used(folder: Path) -> Verdict:
        outcome = use(folder, paths="events/")
        return verdict(folder, int(outcome.outputs["exit-code"]), outcome.printed)

    agree("the action", used)


def run_template(
    folder: Path, commands: Path, code: int | None = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the template's check with the command of a folder of commands; a variable is called as the job calls it."""
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    env = {**TEMPLATE["variables"], "PATH": path, **variables}
    return run("sh", "-e", "-c", TEMPLATE["script"][1], cwd=folder, env=env, code=code)


def the_gitlab_template_writes_both_reports() -> None:
    """And fails with the findings; paths are lines there too, and what they say is not run."""
    folder = repository("a gitlab one")
    for paths, code in (("good", 0), ("good\nbad", 1), *((text, 2) for text in HOSTILE)):
        done = run_template(folder, installed(), code, DIPLOMATIC_EVENTS_PATHS=paths)
        assert not (folder / "pwned").exists(), done.stdout
        if code < 2:
            reports = TEMPLATE["artifacts"]["reports"]
            assert len(json.loads((folder / reports["codequality"]).read_text("utf-8"))) == 2 * code
            assert "<testsuite" in (folder / reports["junit"]).read_text("utf-8")
    run_template(folder, installed(), 0, DIPLOMATIC_EVENTS_PATHS="bad", DIPLOMATIC_EVENTS_FAIL_ON="never")
    hostile = "never; touch pwned\n--output=json=pwned"
    run_template(folder, installed(), 2, DIPLOMATIC_EVENTS_PATHS="bad", DIPLOMATIC_EVENTS_FAIL_ON=hostile)
    assert not (folder / "pwned").exists()


def the_gitlab_template_heeds_a_configuration_as_the_command_does() -> None:
    """Also one that names the template's own report."""

    def used(folder: Path) -> Verdict:
        done = run_template(folder, installed(), None, DIPLOMATIC_EVENTS_PATHS="events/")
        return verdict(folder, done.returncode, done.stdout)

    agree("the template", used)
    folder = repository("a doubly reported one")
    own = 'output = ["gitlab=gl-code-quality-report.json"]\n'
    (folder / "diplomatic-events.toml").write_text(own, encoding="utf-8")
    run_template(folder, installed(), 0, DIPLOMATIC_EVENTS_PATHS="good")


def the_command_lines_of_the_guide_work() -> None:
    """Each on records that have nothing wrong."""
    folder = scratch() / "the guide"
    (folder / "events").mkdir(parents=True)
    shutil.copy(ROOT / "examples/minimal/record.json", folder / "events")
    assert len(command_lines()) == 3
    for command, *rest in command_lines():
        run(installed() / command, *rest, cwd=folder)
    assert {path.name for path in folder.glob("*.*")} == {
        "findings.sarif", "findings.xml", "findings.jsonl", "diplomatic-events.xml",
    }  # fmt: skip


def the_command_lines_of_the_guide_heed_a_configuration() -> None:
    """As the one without options does."""
    for number, (command, *rest) in enumerate(command_lines()):

        def used(folder: Path, command: str = command, rest: list[str] = rest) -> Verdict:
            done = run(installed() / command, *rest, cwd=folder, code=None)
            return verdict(folder, done.returncode, done.stdout)

        agree(f"line {number}", used)


def main() -> None:
    """Prove it."""
    prove(
        "the action, the template and the guide",
        a_good_record_passes,
        a_bad_record_fails_with_annotations_at_its_lines,
        what_exceeds_the_annotations_is_in_the_step_summary,
        the_report_is_uploaded_before_findings_fail_the_step,
        the_page_for_reviewers_is_offered_as_an_artifact,
        a_report_without_a_name_is_a_temporary_file,
        without_the_wish_nothing_is_uploaded,
        an_old_report_is_not_taken_for_a_new_one,
        a_file_that_is_no_report_is_not_written_over,
        paths_are_lines_and_may_hold_blanks,
        a_path_that_looks_like_an_option_is_a_path,
        what_a_hostile_input_says_is_not_run,
        no_input_can_write_an_output,
        a_record_cannot_command_the_runner,
        warnings_fail_only_if_asked_to,
        without_paths_or_a_command_the_action_says_so,
        the_command_is_installed_from_the_checkout_of_the_action,
        the_action_heeds_a_configuration_as_the_command_does,
        the_gitlab_template_writes_both_reports,
        the_gitlab_template_heeds_a_configuration_as_the_command_does,
        the_command_lines_of_the_guide_work,
        the_command_lines_of_the_guide_heed_a_configuration,
    )


if __name__ == "__main__":
    main()
