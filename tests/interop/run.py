"""Hold every record of the repository against the schema in four validators, and compare their verdicts.

Two are Python's (`jsonschema`, `jsonschema-rs`), two are others': Ajv in strict mode and Sourcemeta's CLI. The latter two
are installed from `package.json` beside this file. It prints a table and fails where two verdicts differ.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import jsonschema
import jsonschema_rs

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
SCHEMA: Final = ROOT / "schema/1.0/event.schema.json"
SOURCEMETA: Final = HERE / "node_modules/.bin/jsonschema"
LINT_EXCLUDED: Final = (
    "description_trailing_period",  # descriptions are whole sentences
    "simple_properties_identifiers",  # `$schema` is the name that editors look for
)

Validator = Callable[[list[Any]], list[bool]]


def main() -> None:
    """Print how many records each validator accepts and rejects; end with 1 where they disagree."""
    install()
    lint()
    records = examples()
    verdicts = {name: judge(list(records.values())) for name, judge in VALIDATORS.items()}
    print(f"{'validator':<22} {'accepts':>8} {'rejects':>8}")
    for name, judged in verdicts.items():
        print(f"{name:<22} {sum(judged):>8} {len(judged) - sum(judged):>8}")
    differing = [
        name for number, name in enumerate(records) if len({judged[number] for judged in verdicts.values()}) > 1
    ]
    rejected = [
        name
        for number, name in enumerate(records)
        if name.startswith("examples/") and not verdicts["jsonschema"][number]
    ]
    for name in differing:
        print(f"verdicts differ: {name}")
    for name in rejected:
        print(f"an example is not valid: {name}")
    if differing or rejected:
        sys.exit(1)
    print(f"all verdicts agree on {len(records)} records")


def install() -> None:
    """Install the validators that are written in other languages."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to install the other validators; install Node.js")
    if not SOURCEMETA.exists():
        subprocess.run(
            [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True
        )


def lint() -> None:
    """Sourcemeta's own checks of the schema: against the meta-schema, and its style."""
    excluded = [word for name in LINT_EXCLUDED for word in ("--exclude", name)]
    for command in (["metaschema", str(SCHEMA)], ["lint", str(SCHEMA), *excluded]):
        done = subprocess.run([str(SOURCEMETA), *command], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"sourcemeta {command[0]}:\n{done.stdout}{done.stderr}")


def examples() -> dict[str, Any]:
    """Every record of the examples, and every fixture of the conformance suite that is JSON."""
    found: dict[str, Any] = {}
    for path in sorted([*ROOT.glob("examples/*/record.json"), *ROOT.glob("tests/conformance/*/**/*.json")]):
        try:
            found[path.relative_to(ROOT).as_posix()] = json.loads(path.read_bytes())
        except ValueError:
            continue  # The fixtures of the json/ family are not JSON on purpose.
    return found


def with_jsonschema(records: list[Any]) -> list[bool]:
    """The reference implementation in Python."""
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    return [validator.is_valid(record) for record in records]


def with_jsonschema_rs(records: list[Any]) -> list[bool]:
    """The implementation in Rust."""
    validator = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    return [validator.is_valid(record) for record in records]


def with_ajv(records: list[Any]) -> list[bool]:
    """Ajv in strict mode."""
    node = shutil.which("node")
    if node is None:
        sys.exit("node is needed to run Ajv; install Node.js")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    done = subprocess.run(
        [node, str(HERE / "ajv.mjs"), str(SCHEMA)], input=lines, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"Ajv:\n{done.stderr}")
    return [line == "true" for line in done.stdout.split()]


def with_sourcemeta(records: list[Any]) -> list[bool]:
    """Sourcemeta's CLI, which names the files that fail."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{number:06}.json" for number in range(len(records))]
        for name, record in zip(names, records, strict=True):
            (Path(folder) / name).write_text(json.dumps(record), encoding="utf-8")
        done = subprocess.run(
            [str(SOURCEMETA), "validate", "--fast", "--continue", str(SCHEMA), folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        failed = {
            line.rpartition("/")[2] for line in (done.stdout + done.stderr).splitlines() if line.startswith("fail: ")
        }
        if done.returncode not in (0, 2) or (done.returncode == 2) != bool(failed):
            sys.exit(f"sourcemeta:\n{done.stdout}{done.stderr}")
        return [name not in failed for name in names]


VALIDATORS: Final[dict[str, Validator]] = {
    "jsonschema": with_jsonschema,
    "jsonschema-rs": with_jsonschema_rs,
    "Ajv, strict": with_ajv,
    "Sourcemeta": with_sourcemeta,
}


if __name__ == "__main__":
    main()
