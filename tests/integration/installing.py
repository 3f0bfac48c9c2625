"""Every way to install the command that the docs give, in a fresh folder and environment, from a clone without a tag."""

import re
import shutil
from pathlib import Path
from typing import Final

from integration.scratch import (
    ARCHIVE,
    GUIDE,
    REPOSITORY,
    ROOT,
    archive,
    clone,
    load,
    prove,
    run,
    scratch,
    settings,
    snippets,
)

START: Final = ROOT / "docs/start.md"
TEMPLATE: Final = load(ROOT / "docs/ci/diplomatic-events.gitlab-ci.yml")["diplomatic-events"]
COMMAND: Final = ".venv/bin/diplomatic-events"


def here(text: str) -> str:
    """A script that takes the repository and its archive from this machine."""
    return text.replace(ARCHIVE, archive().as_uri())


def follow(script: str, folder: Path, **variables: str) -> None:
    """Run a script as someone without a configuration of git does; the repository's address leads to the clone."""
    redirected = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{clone().as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": REPOSITORY,
    }
    run("bash", "-e", "-c", here(script), cwd=folder, env=settings() | redirected | variables)


def new(name: str, *, of_clone: bool = False) -> Path:
    """A new folder, empty or a clone."""
    folder = scratch() / name
    if of_clone:
        run("git", "clone", "--quiet", clone(), folder, env=settings())
    else:
        folder.mkdir()
    return folder


def blocks(page: Path) -> list[str]:
    """The shell scripts of a page."""
    return re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def with_make_the_command_is_where_the_page_says() -> None:
    """And on the path once the environment is activated."""
    folder = new("by make")
    script = blocks(START)[0]
    assert script in (ROOT / "README.md").read_text("utf-8")
    follow(script, folder)
    for page in (START, ROOT / "README.md"):
        assert f"`{COMMAND}`" in page.read_text("utf-8")
        assert "`source .venv/bin/activate`" in page.read_text("utf-8")
    inside = folder / "diplomatic-events"
    run(inside / COMMAND, "check", "examples", cwd=inside)
    follow("source .venv/bin/activate; diplomatic-events check examples", inside)


def without_make_it_is_there_as_well() -> None:
    """In the clone."""
    folder = new("by hand", of_clone=True)
    follow(blocks(START)[1], folder)
    run(folder / COMMAND, "check", "examples", cwd=folder)


def the_address_of_the_repository_is_enough() -> None:
    """In an empty folder."""
    follow(blocks(START)[2], new("by address"))


def a_wheel_is_built_and_installed_elsewhere() -> None:
    """With nothing of the clone."""
    folder = new("by wheel", of_clone=True)
    follow(blocks(START)[3], folder)
    run(folder / "elsewhere/bin/diplomatic-events", "--version", cwd=scratch())


def what_the_guide_installs_works(what: str, script: str, **variables: str) -> None:
    """In a folder with one record in `events/`."""
    folder = new(what)
    (folder / "events").mkdir()
    shutil.copy(ROOT / "examples/minimal/record.json", folder / "events")
    follow("python3 -m venv fresh; . fresh/bin/activate\n" + script, folder, **variables)


def gitlab_installs_what_its_one_variable_says() -> None:
    """By default the archive of the branch."""
    (installing, checking) = TEMPLATE["script"]
    variables = {name: here(text) for name, text in TEMPLATE["variables"].items()}
    assert [text for text in TEMPLATE["variables"].values() if text == ARCHIVE] == [ARCHIVE]
    what_the_guide_installs_works(
        "by gitlab", f"{installing}\n{checking}", **variables | {"DIPLOMATIC_EVENTS_PATHS": "events/"}
    )


def jenkins_installs_what_its_one_variable_says() -> None:
    """The same."""
    (pipeline,) = snippets("groovy")
    ((name, text),) = re.findall(r"environment \{ (\w+) = '(.+)' \}", pipeline)
    (script,) = re.findall(r"sh '''\n(.*?)'''", pipeline, re.DOTALL)
    assert text == ARCHIVE
    what_the_guide_installs_works("by jenkins", script, **{name: here(text)})


def any_other_machine_installs_the_archive() -> None:
    """In two lines."""
    (script,) = (block for block in blocks(GUIDE) if "pip install" in block)
    what_the_guide_installs_works("by pip", script)


def main() -> None:
    """Prove it."""
    prove(
        "installing",
        with_make_the_command_is_where_the_page_says,
        without_make_it_is_there_as_well,
        the_address_of_the_repository_is_enough,
        a_wheel_is_built_and_installed_elsewhere,
        gitlab_installs_what_its_one_variable_says,
        jenkins_installs_what_its_one_variable_says,
        any_other_machine_installs_the_archive,
    )


if __name__ == "__main__":
    main()
