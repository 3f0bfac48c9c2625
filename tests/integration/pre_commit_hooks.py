"""The hooks of this checkout, used by a repository of records as the guide says, with the real pre-commit and git."""

import json
import re
import shutil
from pathlib import Path
from typing import Final

from integration import configured
from integration.scratch import REPOSITORY, ROOT, TOOLS, clone, prove, run, scratch, settings, snippet

ALONE: Final = "diplomatic-events"
TOGETHER: Final = "diplomatic-events-corpus"
FIXING: Final = "diplomatic-events-fix"
_TITLES: Final = {TOGETHER: ": all records together", FIXING: ": fix"}
"""What tells the snippets of the guide apart."""
MINIMAL: Final = ROOT / "examples/minimal/record.json"


def git(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run git there and give what it printed."""
    return run("git", *arguments, cwd=folder, env=settings(), code=code).stdout


def commit(folder: Path, *, code: int = 0) -> str:
    """Commit all that there is, through the hooks, and give what they printed."""
    git(folder, "add", "--all")
    return git(folder, "commit", "--message", "records", code=code)


def records(name: str, hook: str) -> Path:
    """A new repository that uses a hook as the guide says."""
    folder = scratch() / name
    (folder / "events").mkdir(parents=True)
    shutil.copy(MINIMAL, folder / "events/first.json")
    hooked(folder, hook)
    return folder


def hooked(folder: Path, hook: str) -> None:
    """Make a repository of a folder with records that uses a hook as the guide says."""
    (folder / "package.json").write_text("{}\n", encoding="utf-8")
    config = snippet(".pre-commit-config.yaml" + _TITLES.get(hook, ""))
    assert f"- id: {hook}\n" in config
    (folder / ".pre-commit-config.yaml").write_text(config.replace(REPOSITORY, f"'{clone()}'"), encoding="utf-8")
    git(folder, "init", "--quiet")
    run(TOOLS / "pre-commit", "install", cwd=folder, env=settings())


def the_newest_commit_takes_the_place_of_the_branch() -> None:
    """By the command that the guide gives."""
    folder = records("updated", ALONE)
    run(TOOLS / "pre-commit", "autoupdate", "--bleeding-edge", cwd=folder, env=settings())
    newest = git(clone(), "rev-parse", "HEAD").strip()
    assert f"rev: {newest}\n" in (folder / ".pre-commit-config.yaml").read_text("utf-8")
    assert "Passed" in commit(folder)


def a_good_record_is_committed_and_json_beside_it_is_left_alone() -> None:
    """By either hook."""
    for hook in (ALONE, TOGETHER):
        printed = commit(records(f"good for {hook}", hook))
        assert printed.count("Passed") == 1, printed


def a_bad_record_is_not_committed_and_the_finding_is_printed() -> None:
    """By the hook for each record alone."""
    folder = records("bad", ALONE)
    shutil.copytree(ROOT / "docs/broken", folder / "events/broken")
    printed = commit(folder, code=1)
    assert "error[reference/unknown-party]: no party has the id `sylvannia`" in printed, printed
    assert "events/broken/record.json:54:16" in printed, printed
    git(folder, "rev-parse", "--verify", "HEAD", code=128)


def what_can_be_fixed_is_fixed_and_the_commit_waits_until_someone_has_looked() -> None:
    """By the hook that fixes, in the file that is to be committed."""
    folder = records("fixed", FIXING)
    commit(folder)
    path = folder / "events/first.json"
    path.write_bytes(MINIMAL.read_bytes().replace(b'"type": "', b'"type": " ', 1))
    printed = commit(folder, code=1)
    assert "files were modified by this hook" in printed, printed
    assert "fixed 1 finding in 1 file" in printed, printed
    assert path.read_bytes() == MINIMAL.read_bytes()


def a_name_with_blanks_and_signs_is_a_name() -> None:
    """And nothing that a shell would run."""
    folder = records("names", ALONE)
    shutil.copy(MINIMAL, folder / "events/$(touch pwned); touch pwned.json")
    printed = commit(folder)
    assert printed.count("Passed") == 1, printed
    assert not list(folder.rglob("pwned"))


def records_that_agree_alone_may_not_share_an_id() -> None:
    """Which only the hook for all records sees, also in one that was committed before."""
    folder = records("corpus", TOGETHER)
    commit(folder)
    shutil.copy(MINIMAL, folder / "events/second.json")
    printed = commit(folder, code=1)
    assert printed.count("Failed") == 1, printed
    assert "[corpus/duplicate-record]" in printed, printed
    assert "first.json" in printed, printed
    assert "second.json" in printed, printed


def a_record_cannot_be_removed_while_another_refers_to_it() -> None:
    """Though no file that is left has changed."""
    folder = records("removed", TOGETHER)
    minimal = json.loads(MINIMAL.read_text("utf-8"))
    before = [{"id": "before", "relation": "follows-up", "title": "Before", "record": minimal["id"]}]
    for id, changes in (("second", {"related": before}), ("third", {})):
        (folder / f"events/{id}.json").write_text(json.dumps(minimal | {"id": id} | changes), encoding="utf-8")
    commit(folder)
    (folder / "events/first.json").unlink()
    printed = commit(folder, code=1)
    assert "[corpus/unknown-record]" in printed, printed


def other_arguments_do_not_bring_back_the_rules_that_compare_records() -> None:
    """To the hook that sees the changed files only."""
    folder = records("arguments", ALONE)
    config = folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text("utf-8") + "        args: [--fail-on, warning]\n", encoding="utf-8")
    shutil.copy(MINIMAL, folder / "events/second.json")
    assert "Passed" in commit(folder)


def without_a_pattern_every_record_is_taken_and_well_known_json_is_not() -> None:
    """Compressed ones and lines too."""
    folder = records("pattern", ALONE)
    config = folder / ".pre-commit-config.yaml"
    lines = config.read_text("utf-8").splitlines(keepends=True)
    config.write_text("".join(line for line in lines if "files:" not in line), encoding="utf-8")
    for name in (".vscode/settings.json", "web/tsconfig.base.json", "own.schema.json", ".prettierrc.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}\n", encoding="utf-8")
    assert "Passed" in commit(folder)
    for name in ("a.ndjson", "b.jsonl", "c.json", "settings.json"):
        (folder / name).write_text("{}\n", encoding="utf-8")
    printed = commit(folder, code=1)
    for name in ("a.ndjson", "b.jsonl", "c.json", "settings.json"):
        assert f" {name}:1:1" in printed, printed


def the_hooks_heed_a_configuration_as_the_command_does() -> None:
    """Each of the two, though the first names every file."""
    for hook in (ALONE, TOGETHER):

        def prepare(folder: Path, configuration: str, hook: str = hook) -> None:
            configured.prepare(folder, configuration)
            hooked(folder, hook)
            git(folder, "add", "--all")

        def used(folder: Path, hook: str = hook) -> configured.Verdict:
            command = (TOOLS / "pre-commit", "run", "--all-files", "--verbose", hook)
            printed = run(*command, cwd=folder, env=settings(), code=None).stdout
            assert "hook id: " in printed, printed
            code = re.search(r"^- exit code: (\d+)$", printed, re.MULTILINE)
            return configured.verdict(folder, int(code[1]) if code else 0, printed)

        configured.agree(hook, used, prepare)


def excluded_files_alone_pass() -> None:
    """As a commit that changes nothing else."""
    folder = records("excluded", ALONE)
    (folder / "diplomatic-events.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    commit(folder)
    shutil.copytree(ROOT / "docs/broken", folder / "events/drafts")
    assert "Passed" in commit(folder)


def main() -> None:
    """Prove it."""
    prove(
        "pre-commit",
        the_newest_commit_takes_the_place_of_the_branch,
        a_good_record_is_committed_and_json_beside_it_is_left_alone,
        a_bad_record_is_not_committed_and_the_finding_is_printed,
        what_can_be_fixed_is_fixed_and_the_commit_waits_until_someone_has_looked,
        a_name_with_blanks_and_signs_is_a_name,
        records_that_agree_alone_may_not_share_an_id,
        a_record_cannot_be_removed_while_another_refers_to_it,
        other_arguments_do_not_bring_back_the_rules_that_compare_records,
        without_a_pattern_every_record_is_taken_and_well_known_json_is_not,
        the_hooks_heed_a_configuration_as_the_command_does,
        excluded_files_alone_pass,
    )


if __name__ == "__main__":
    main()
