"""Release a draft of the schema: from then on its bytes are frozen.

    python validator/tools/release_schema.py 1.0    # or: make release-schema VERSION=1.0

The version must be a draft, there must be no uncommitted changes, and `.ci/run`, which runs all checks, must succeed.
Then today's date and the sha256 of the schema are written into ``schema/versions.json``, and nothing else. What remains
to be done by hand (changelog, commit, signed tag) is printed.

Exit code 0: released. 1: `.ci/run` failed. 2: the version cannot be released. With 1 and 2 nothing was changed.
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from diplomatic_events.edit.layout import Document

ROOT: Final = Path(__file__).resolve().parents[2]

NEXT: Final = """\
Version {version} is released as of {date}, sha256 {sha256}.

Next, by hand:
  1. In CHANGELOG.md, turn the heading "### {version} (draft)" into "### {version} ({date})".
  2. git add schema/versions.json CHANGELOG.md
     git commit -m "Release version {version} of the schema"
  3. git tag --sign schema-{version} -m "Version {version} of the schema"
  4. make test, which requires the tag once the commit exists
  5. git push --atomic origin HEAD schema-{version}
From now on schema/{version}/event.schema.json is never edited; the next change makes a new version.
"""


class ReleaseError(Exception):
    """A version cannot be released."""


class GateError(Exception):
    """A required check failed."""


def release(root: Path, version: str) -> str:
    """Release a version, and return what to do next.

    Raises:
        ReleaseError: The version is not a draft, or its files are not ready.
        GateError: `.ci/run` fails, or changes files.
    """
    listing = root / "schema/versions.json"
    document = Document(listing.read_bytes().decode("utf-8"))
    versions = document.value["versions"]
    _refuse_version(versions, version)
    schema = (root / "schema" / version / "event.schema.json").read_bytes()
    declared = json.loads(schema)
    if declared["properties"]["schemaVersion"]["const"] != version or f"/{version}/" not in declared["$id"]:
        raise ReleaseError(f"the schema does not say in `$id` and `schemaVersion` that it is version {version}")
    if changes := _git(root, "status", "--porcelain"):
        raise ReleaseError(f"there are uncommitted changes:\n{changes}")
    if _git(root, "tag", "--list", f"schema-{version}"):
        raise ReleaseError(f"the tag schema-{version} already exists")
    _pass_everything(root)
    if changes := _git(root, "status", "--porcelain"):
        raise GateError(f".ci/run has changed files, so a generated file was not up to date:\n{changes}")
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    sha256 = hashlib.sha256(schema).hexdigest()
    entry = {"status": "released", "date": date, "sha256": sha256}
    new = document.rewritten({**document.value, "versions": {**versions, version: entry}})
    listing.write_bytes(new.encode("utf-8"))
    return NEXT.format(version=version, date=date, sha256=sha256)


def _refuse_version(versions: dict[str, dict[str, str]], version: str) -> None:
    if version not in versions:
        raise ReleaseError(f"there is no version {version}; the versions are {', '.join(versions)}")
    if versions[version]["status"] != "draft":
        raise ReleaseError(f"version {version} is {versions[version]['status']}, not a draft")
    first = next(name for name, entry in versions.items() if entry["status"] == "draft")
    if first != version:
        raise ReleaseError(f"version {first} is still a draft: versions are released in order")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip("\n")


def _pass_everything(root: Path) -> None:
    # The make targets it runs must not inherit the variables and options of the make that runs this script.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    code = subprocess.run(["bash", ".ci/run"], cwd=root, env=environment, check=False).returncode
    if code:
        raise GateError(f".ci/run failed with exit code {code}")


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run the command and return its exit code."""
    if len(arguments) != 1:
        print("usage: release_schema.py X.Y", file=sys.stderr)
        return 2
    try:
        print(release(root, arguments[0]), end="")
    except (ReleaseError, GateError) as error:
        print(f"release-schema: {error}\nnothing was changed", file=sys.stderr)
        return 1 if isinstance(error, GateError) else 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
