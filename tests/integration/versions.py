"""Every place that names a revision of the project names the same, and the guide shows what the files say.

With an argument, a tag such as v1.2.3, that tag names it too.
"""

import re
import sys
from typing import Final

from integration.scratch import GUIDE, ROOT, load, prove, snippet, snippets

TEMPLATE: Final = ROOT / "docs/ci/diplomatic-events.gitlab-ci.yml"
INIT: Final = ROOT / "validator/diplomatic_events/__init__.py"
PINNED: Final = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<commit>\S+)(?: # (?P<version>\S+))?")


def version() -> str:
    """The version of the package."""
    (found,) = re.findall(r'^__version__: Final = "([^"]+)"$', INIT.read_text("utf-8"), re.MULTILINE)
    return str(found)


def revisions() -> set[str]:
    """What the guide and the template name of the repository: a branch, or the tag of a release."""
    text = GUIDE.read_text("utf-8") + TEMPLATE.read_text("utf-8")
    places = (
        r"^ +rev: (\S+)$",
        r"diplomatic-events@(\S+)",
        r"/archive/(\S+?)\.tar\.gz",
        r"/diplomatic-events/([^/\s]+)/docs/ci/",
    )
    found = [re.findall(place, text, re.MULTILINE) for place in places]
    assert all(found), "the guide no longer has one of the places"
    return {revision for named in found for revision in named}


def everything_is_of_one_revision() -> None:
    """The branch, until there is a release; then its tag."""
    assert revisions() in ({"main"}, {f"v{version()}"}), revisions()


def the_guide_lists_the_inputs_of_the_action() -> None:
    """With their defaults and descriptions."""
    rows = ["| Input | Default | What it says |", "| --- | --- | --- |"]
    for name, of in load(ROOT / "action.yml")["inputs"].items():
        default = f" `{of['default']}` " if of["default"] else " "
        rows.append(f"| `{name}` |{default}| {of['description']} |")
    shown = GUIDE.read_text("utf-8").split("<!-- inputs of action.yml -->\n")[1].split("\n\n")[0]
    assert shown == "\n".join(rows), "it should be\n" + "\n".join(rows)


def the_guide_names_every_output_of_the_action() -> None:
    """In the sentence about them."""
    (sentence,) = re.findall(r"The outputs are ([^.]+)\.", GUIDE.read_text("utf-8"))
    assert re.findall(r"`([^`]+)`", sentence) == list(load(ROOT / "action.yml")["outputs"])


def the_guide_gives_the_action_only_inputs_that_it_has() -> None:
    """In every workflow that it shows."""
    inputs = load(ROOT / "action.yml")["inputs"]
    for name in (".github/workflows/records.yml", ".github/workflows/code-scanning.yml"):
        given = re.findall(r"^          ([a-z-]+):", snippet(name).split("diplomatic-events@")[1], re.MULTILINE)
        assert given, name
        assert set(given) <= set(inputs), given


def the_guide_names_only_hooks_and_jobs_that_there_are() -> None:
    """Of pre-commit and of the template."""
    hooks = [hook["id"] for hook in load(ROOT / ".pre-commit-hooks.yaml")]
    configs = [text for text in snippets("yaml") if text.startswith("# .pre-commit-config.yaml")]
    assert sorted(hook for config in configs for hook in re.findall(r"- id: (\S+)", config)) == sorted(hooks)
    template = load(TEMPLATE)
    job = snippet(".gitlab-ci.yml")
    assert set(re.findall(r"^([\w-]+):$", job, re.MULTILINE)) - {"include"} == set(template)
    assert set(re.findall(r"DIPLOMATIC_EVENTS_\w+", job)) <= set(template["diplomatic-events"]["variables"])
    assert len(snippets("yaml")) == 6


def an_action_is_pinned_to_the_same_commit_everywhere() -> None:
    """To a whole one, with its version beside it."""
    files = [ROOT / "action.yml", GUIDE, *(ROOT / ".github/workflows").glob("*.yml")]
    pins: dict[str, set[tuple[str, str]]] = {}
    for file in files:
        for match in PINNED.finditer(file.read_text("utf-8")):
            if match["action"] != "diplomatic-events/diplomatic-events":
                pins.setdefault(match["action"], set()).add((match["commit"], match["version"]))
    assert len(pins) >= 8, pins
    for action, found in pins.items():
        assert len(found) == 1, (action, found)
        ((commit, named),) = found
        assert re.fullmatch("[0-9a-f]{40}", commit), action
        assert re.fullmatch(r"v[0-9]+\.[0-9]+\.[0-9]+", named or ""), action


def main(tag: str | None = None) -> None:
    """Prove it, and that a tag is the version."""
    if tag is not None and tag != f"v{version()}":
        sys.exit(f"the tag is {tag}, and the version {version()}")
    if tag is not None and revisions() != {tag}:
        sys.exit(f"the tag is {tag}, and the guide and the template name {', '.join(sorted(revisions()))}")
    prove(
        "versions and the guide",
        everything_is_of_one_revision,
        the_guide_lists_the_inputs_of_the_action,
        the_guide_names_every_output_of_the_action,
        the_guide_gives_the_action_only_inputs_that_it_has,
        the_guide_names_only_hooks_and_jobs_that_there_are,
        an_action_is_pinned_to_the_same_commit_everywhere,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
