"""What the type checkers of others make of our types: `make interop`.

TypeScript must accept exactly the records that the schema accepts when all is left out of it that types cannot say. Pyright
must find nothing in the Python of docs/use-in-python.md.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

import conformance
from diplomatic_events.jsontext.parse import UNPARSED, parse
from interop.run import HERE, ROOT, install
from newest import SCHEMA
from property.generated import generated
from snippets import snippets
from typescript import FILE, RECORD

UNSAID: Final = frozenset(
    {"if", "then", "else", "allOf", "not", "dependentRequired", "propertyNames", "pattern", "uniqueItems", "minItems"}
    | {"minLength", "maxLength", "minimum", "maximum", "minProperties"}
)
"""The keywords about which types say nothing."""

GENERATED: Final = 200


def main() -> None:
    """End with 1 where a type checker and the schema differ."""
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(HERE / "node_modules")
        typescript(folder)
        pyright(folder)


def typescript(folder: Path) -> None:
    """Hold records against the types, each as a literal on a line of its own."""
    valid = jsonschema_rs.Draft202012Validator(said_by_types(json.loads(SCHEMA.read_bytes())))
    lines, names, refused = [f'import type {{ {RECORD} }} from "./event.js";'], {}, 0
    for name, record in records():
        if not valid.is_valid(record):
            lines.append("// @ts-expect-error")
            names[len(lines)] = name
            refused += 1
        lines.append(f"export const r{len(lines)}: {RECORD} = {json.dumps(record)};")
        names[len(lines)] = name
    shutil.copy(FILE, folder / FILE.name)
    (folder / "records.mts").write_text("\n".join(lines), encoding="utf-8")
    done = compiled(folder, "records.mts")
    for line in done.stdout.splitlines():
        found = re.match(r"records\.mts\((\d+),", line)
        print(f"{names[int(found[1])] if found else ''}: {line[:300]}")
    if done.returncode:
        sys.exit("TypeScript and the schema differ")
    print(f"TypeScript accepts {len(names) - 2 * refused:,} records and refuses {refused:,}, as the schema does")


def records() -> Iterator[tuple[str, Any]]:
    """The examples, what is JSON in the conformance suite, and generated records."""
    for path in sorted(ROOT.glob("examples/*/record.json")):
        yield path.parent.name, json.loads(path.read_bytes())
    for case in conformance.cases():
        for name, data in case.checked.items():
            if (value := parse(data).value) is not UNPARSED:
                yield name, value
    for number, made in enumerate(generated(GENERATED)):
        yield f"generated {number}", made.record


def said_by_types(part: Any, *, named: bool = False) -> Any:
    """The schema without what types cannot say. The names in ``named`` ones are those of properties or definitions."""
    if isinstance(part, list):
        return [said_by_types(inner) for inner in part]
    if not isinstance(part, dict):
        return "number" if part == "integer" else part
    return {
        key: said_by_types(inner, named=key in ("properties", "$defs") and not named)
        for key, inner in part.items()
        if named or (key not in UNSAID and key != "examples")
    }


def compiled(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """What the compiler says of files."""
    options = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--module", "nodenext"]
    command = [str(HERE / "node_modules/.bin/tsc"), *options, *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def pyright(folder: Path) -> None:
    """Check the Python of the page in strict mode."""
    code = "".join(block.text for block in snippets(ROOT / "docs/use-in-python.md") if block.language == "python")
    (folder / "tutorial.py").write_text(code, encoding="utf-8")
    settings = {"include": ["tutorial.py"], "typeCheckingMode": "strict", "extraPaths": [str(ROOT / "validator")]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [str(HERE / "node_modules/.bin/pyright"), "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"pyright, of docs/use-in-python.md:\n{done.stdout}{done.stderr}")
    print(f"Pyright, of docs/use-in-python.md: {done.stdout}", end="")


if __name__ == "__main__":
    main()
