"""What the scripts of this folder share: claims, commands, and the wheel of this checkout in places of its own."""

import atexit
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = ROOT / "docs/use-in-ci.md"
REPOSITORY: Final = "https://github.com/diplomatic-events/diplomatic-events"
ARCHIVE: Final = f"{REPOSITORY}/archive/main.tar.gz"
TOOLS: Final = Path(sys.executable).parent


def prove(what: str, *claims: Callable[[], None]) -> None:
    """Run each claim about something, whose name says what it proves; end with 1 at the first that does not hold."""
    say(what)
    for claim in claims:
        name = claim.__name__.replace("_", " ")
        began = time.monotonic()
        try:
            claim()
        except AssertionError as error:
            sys.exit(f"  not true: {name}\n{error}")
        say(f"  {name} ({time.monotonic() - began:.1f} s)")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(
    *command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, code: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment without the settings of a git that may have called us; ``code`` is its end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env={**clean, **(env or {})}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    shown = f"{' '.join(map(str, command))}\nended with {done.returncode}\n{done.stdout}"
    assert code is None or done.returncode == code, shown
    return done


@cache
def scratch() -> Path:
    """A folder that is gone when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="diplomatic events "))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def wheel() -> Path:
    """The wheel of this checkout."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", scratch() / "dist", ROOT)
    (built,) = (scratch() / "dist").glob("*.whl")
    return built


@cache
def installed() -> Path:
    """The folder of commands of an environment with the wheel, and nothing of the checkout."""
    environment = scratch() / "installed"
    venv.create(environment, with_pip=True)
    commands = environment / ("Scripts" if sys.platform == "win32" else "bin")
    constraints = ROOT / "constraints.txt"
    run(commands / "python", "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel(), cwd=scratch())
    return commands


@cache
def clone() -> Path:
    """This checkout as it stands, committed in a repository of its own: without a tag, as users get it today."""
    folder = scratch() / "clone"
    names = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z").stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "this checkout")):
        run("git", *command, cwd=folder, env=settings())
    return folder


@cache
def archive() -> Path:
    """The clone as the host of a repository hands it out."""
    packed = scratch() / "main.tar.gz"
    run(
        "git", "archive", "--prefix", "diplomatic-events-main/", "--output", packed, "HEAD", cwd=clone(), env=settings()
    )
    return packed


def settings() -> dict[str, str]:
    """No configuration of git but this, and caches of pre-commit that go with the scratch folder."""
    (scratch() / "gitconfig").write_text("[init]\n\tdefaultBranch = main\n", encoding="utf-8")
    person = {
        f"GIT_{role}_{what}": f"{role}@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    apart = {"GIT_CONFIG_GLOBAL": str(scratch() / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
    return person | apart | {"PRE_COMMIT_HOME": str(scratch() / "pre-commit"), "PRE_COMMIT_COLOR": "never"}


def repository(name: str) -> Path:
    """A new folder with records to check: a good one, one with two errors, and two with one id."""
    folder = scratch() / name
    minimal = ROOT / "examples/minimal/record.json"
    for record in ("good/record.json", "same/one.json", "same/two.json"):
        (folder / record).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(minimal, folder / record)
    shutil.copytree(ROOT / "docs/broken", folder / "bad")
    return folder


def load(path: Path) -> Any:
    """The value of a YAML file."""
    return YAML(typ="safe").load(path)


def snippets(language: str) -> list[str]:
    """The code blocks of the guide in a language."""
    parts = GUIDE.read_text(encoding="utf-8").split(f"```{language}\n")[1:]
    return [part.split("```\n")[0] for part in parts]


def command_lines() -> list[list[str]]:
    """Every line of the guide's scripts that checks records: the command without its folder, and what it is given."""
    texts = [*snippets("sh"), *snippets("groovy")]
    lines = [shlex.split(line) for text in texts for line in text.splitlines() if "diplomatic-events check" in line]
    return [[Path(command).name, *rest] for command, *rest in lines]


def snippet(name: str) -> str:
    """The YAML of the guide whose first line names that file."""
    (found,) = (text for text in snippets("yaml") if text.startswith(f"# {name}\n"))
    return found
