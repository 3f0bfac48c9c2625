"""Release a draft of the schema: from then on its bytes are frozen.

Run from the root of the repository, as `make release-schema VERSION=1.0` does::

    python validator/tools/release_schema.py 1.0

The version must be a draft, the folder without uncommitted changes, and every gate green: by
default ``.ci/run``, which is everything that must pass. Then the day and the
sha256 of the schema are written into ``schema/versions.json``, and nothing else is. What is left
to do by hand (commit, signed tag, changelog) is printed.

Exit code 0: released. 1: a gate is red. 2: the version cannot be released. With 1 and 2 nothing
was changed.
"""

import argparse
import datetime
import hashlib
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from diplomatic_events.edit.layout import Document
from diplomatic_events.edit.replacing import Replacement, read_file

ROOT = Path(__file__).resolve().parents[2]
GATES = ("bash .ci/run",)
TAG = "schema-{}"

NEXT = """\
Version {version} is released as of {date}, sha256 {sha256}.

Next, by hand:
  1. In CHANGELOG.md, turn the heading "### {version} (draft)" into "### {version} ({date})".
  2. git add schema/versions.json CHANGELOG.md
     git commit -m "Release version {version} of the schema"
  3. git tag --sign {tag} -m "Version {version} of the schema"
  4. make test, which wants the tag once there is the commit
  5. git push --atomic origin HEAD {tag}
From now on schema/{version}/event.schema.json is never edited; the next change makes a new version.
"""


class ReleaseError(Exception):
    """A version cannot be released."""


class GateError(Exception):
    """A gate is red."""


def release(root: Path, version: str, date: str, gates: Sequence[str]) -> str:
    """Release a version, and tell what comes next.

    Raises:
        ReleaseError: The version is no draft, or its files are not ready.
        GateError: A gate is red, or changes files.
    """
    listing = root / "schema" / "versions.json"
    document, stamp = _read_listing(listing)
    _refuse_version(document.value["versions"], version, date)
    sha256 = _hash(root / "schema" / version / "event.schema.json", version)
    if changes := _changes(root):
        raise ReleaseError(f"there are uncommitted changes:\n{changes}")
    if _git(root, "tag", "--list", TAG.format(version)):
        raise ReleaseError(f"the tag {TAG.format(version)} is there already")
    for gate in gates:
        _pass(root, gate)
    if changes := _changes(root):
        raise GateError(f"the gates have changed files, so something generated was not up to date:\n{changes}")
    entries = document.value["versions"] | {version: {"status": "released", "date": date, "sha256": sha256}}
    new = document.rewritten({**document.value, "versions": entries})
    try:
        Replacement(listing, new.encode("utf-8"), stamp).commit()
    except OSError as error:
        raise ReleaseError(f"{listing} cannot be written: {error}") from error
    return NEXT.format(version=version, date=date, sha256=sha256, tag=TAG.format(version))


def _read_listing(path: Path) -> tuple[Document, Any]:
    try:
        data, stamp = read_file(path)
        json.loads(data)
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} cannot be read: {error}") from error
    return Document(data.decode("utf-8")), stamp


def _refuse_version(entries: dict[str, dict[str, str]], version: str, date: str) -> None:
    if version not in entries:
        raise ReleaseError(f"there is no version {version}; the versions are {', '.join(entries)}")
    if entries[version]["status"] != "draft":
        raise ReleaseError(f"version {version} is {entries[version]['status']} and not a draft")
    if not is_day(date):
        raise ReleaseError(f"{date} is not a day like 2031-05-03")
    numbers = list(entries)
    for older in numbers[: numbers.index(version)]:
        if entries[older]["status"] == "draft":
            raise ReleaseError(f"version {older} is still a draft: versions are released in their order")
        if entries[older]["date"] > date:
            raise ReleaseError(f"version {older} was released on {entries[older]['date']}, after {date}")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as ISO 8601 writes it: 2031-05-03."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _hash(path: Path, version: str) -> str:
    try:
        data = path.read_bytes()
        schema = json.loads(data)
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path} cannot be read: {error}") from error
    declared = schema.get("properties", {}).get("schemaVersion", {}).get("const")
    if declared != version or f"/{version}/" not in schema.get("$id", ""):
        raise ReleaseError(f"{path} does not say in `$id` and `schemaVersion` that it is version {version}")
    return hashlib.sha256(data).hexdigest()


def _changes(root: Path) -> str:
    return _git(root, "status", "--porcelain")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip("\n")


def _pass(root: Path, gate: str) -> None:
    print(f"gate: {gate}", flush=True)
    # A gate that is a target of make must not inherit the variables and options of the make that runs this script.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    try:
        code = subprocess.run(shlex.split(gate), cwd=root, env=environment, check=False).returncode
    except OSError as error:
        raise GateError(f"the gate `{gate}` cannot be run: {error.strerror}") from error
    if code:
        raise GateError(f"the gate `{gate}` is red: exit code {code}")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Release a draft of the schema.")
    parser.add_argument("version", metavar="X.Y", help="the draft to release")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the day of the release; today (UTC) if left out")
    parser.add_argument("--gates", nargs="+", metavar="COMMAND", default=GATES, help="the commands that must succeed")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _arguments(argv)
    date = options.date or datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        print(release(options.root, options.version, date, options.gates), end="")
    except (ReleaseError, GateError) as error:
        print(f"release-schema: {error}", file=sys.stderr)
        print("nothing was changed", file=sys.stderr)
        return 1 if isinstance(error, GateError) else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
