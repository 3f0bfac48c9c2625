"""A git repository that has the invented versions, of which the last is a draft."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from versions.invented import CATALOGUE

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
}
"""The environment without what a hook of git sets for its own repository."""


def create(root: Path) -> Path:
    """Make the repository, with a tag for each version that is released."""
    shutil.copytree(CATALOGUE.folder, root / "schema")
    git(root, "init", "--quiet")
    commit(root)
    for version in ("1.0", "1.1"):
        git(root, "tag", f"schema-{version}")
    return root


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "A change")


def git(root: Path, *arguments: str) -> str:
    names = ["user.name=A", "user.email=a@example.org", "commit.gpgsign=false", "tag.gpgsign=false"]
    options = [option for name in names for option in ("-c", name)]
    command = ["git", *options, *arguments]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout


def relist(schema: Path, version: str, **changes: Any) -> None:
    """Change what `versions.json` in a folder says of a version; None takes something away."""
    listing = json.loads((schema / "versions.json").read_bytes())
    entry = {**listing["versions"].get(version, {}), **changes}
    listing["versions"][version] = {key: value for key, value in entry.items() if value is not None}
    (schema / "versions.json").write_text(json.dumps(listing), encoding="utf-8")
