"""Run the JavaScript of the docs as its readers would, with the Ajv that is installed beside this file: `make interop`."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import conformance
from interop.run import HERE, ROOT, install
from newest import SCHEMA
from snippets import snippets, walk
from typescript import FILE as TYPES

PAGE: Final = ROOT / "docs/use-in-javascript.md"


def main() -> None:
    """Compare what is printed with what the pages show; end with 1 at a difference."""
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(HERE / "node_modules")
        own_records(folder)
        the_conformance_suite(folder)


def own_records(folder: Path) -> None:
    """What docs/use-in-javascript.md does, beside the records that it names."""
    minimal = json.loads((ROOT / "examples/minimal/record.json").read_bytes())
    (folder / "minimal.json").write_text(json.dumps(minimal), encoding="utf-8")
    (folder / "held.json").write_text(json.dumps(minimal | {"status": "held"}), encoding="utf-8")
    shutil.copy(SCHEMA, folder / "event.schema.json")
    shutil.copy(TYPES, folder / "event.d.ts")
    shutil.copytree(ROOT / "examples/sco-defence-ministers-2018-04-24", folder / "article")
    for line, printed, shown in walk(PAGE, folder, ""):
        if printed != shown:
            sys.exit(f"{PAGE.name}:{line}: it prints\n{printed}\nand the page shows\n{shown}")
    print(f"{PAGE.name} shows what its programs print")


def the_conformance_suite(folder: Path) -> None:
    """The program on docs/conformance.md, in a folder like the root of the repository."""
    conformance.write(folder / "build/conformance")
    shutil.copytree(ROOT / "schema", folder / "schema")
    (code,) = (block.text for block in snippets(ROOT / "docs/conformance.md") if block.language == "javascript")
    (folder / "conformance.mjs").write_text(code, encoding="utf-8")
    done = subprocess.run(["node", "conformance.mjs"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"conformance.md:\n{done.stdout}{done.stderr}")
    print(f"conformance.md: {done.stdout}", end="")


if __name__ == "__main__":
    main()
