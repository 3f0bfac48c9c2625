"""Hold the same records against the schema in four validators, and compare their verdicts.

Two are Python's (`jsonschema`, `jsonschema-rs`), two are others': Ajv in strict mode and Sourcemeta's CLI. The latter two
are installed from `package.json` beside this file. The records are the examples, every fixture of the conformance suite,
every twentieth boundary of the model, and generated ones, always the same. It prints a table and
ends with 1 where two verdicts differ, or where one is not what the fixture or the model in plain Python says.

    python tests/interop/run.py
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import jsonschema
import jsonschema_rs

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "validator/tools")]

import conformance  # noqa: E402  # the folders must be known first
from newest import SCHEMA  # noqa: E402  # the folders must be known first

SOURCEMETA: Final = HERE / "node_modules/.bin/jsonschema"
LINT_EXCLUDED: Final = (
    "description_trailing_period",  # descriptions are whole sentences
    "simple_properties_identifiers",  # `$schema` is the name that editors look for
)
GENERATED: Final = 2000
EVERY: Final = 20
"""Of the boundaries, which are tens of thousands, every so-manieth is taken: the others are for the two Python engines."""


class Sample(NamedTuple):
    """A record, what it is called in a message, the row of the table that it counts in, and its right verdict."""

    name: str
    kind: str
    record: Any
    valid: bool | None


Validator = Callable[[list[Any]], list[bool]]


def main() -> None:
    """Print how many records each validator accepts and rejects; end with 1 where they disagree."""
    install()
    lint()
    found = list(samples())
    verdicts = {name: judge([sample.record for sample in found]) for name, judge in VALIDATORS.items()}
    for row in table(found, verdicts):
        print(f"{row[0]:<18}" + "".join(f"{cell:>18}" for cell in row[1:]))
    wrong = list(disagreements(found, verdicts))
    for line in wrong:
        print(line)
    if wrong:
        sys.exit(1)
    print(f"all verdicts agree on {len(found):,} records")


def table(found: list[Sample], verdicts: dict[str, list[bool]]) -> Iterator[tuple[str, ...]]:
    """How many records of each kind each validator accepts and rejects."""
    yield ("accepts / rejects", *verdicts)
    for kind in dict.fromkeys(sample.kind for sample in found):
        own = [number for number, sample in enumerate(found) if sample.kind == kind]
        accepted = [sum(judged[number] for number in own) for judged in verdicts.values()]
        yield (kind, *(f"{number:,} / {len(own) - number:,}" for number in accepted))


def disagreements(found: list[Sample], verdicts: dict[str, list[bool]]) -> Iterator[str]:
    """Where two validators differ, or all of them from what is right."""
    for number, sample in enumerate(found):
        judged = {name: verdict[number] for name, verdict in verdicts.items()}
        if len(set(judged.values())) > 1:
            yield f"verdicts differ: {sample.name}: {judged}\n  {json.dumps(sample.record)[:2000]}"
        elif sample.valid is not None and sample.valid not in judged.values():
            yield f"all verdicts are wrong: {sample.name} is {'valid' if sample.valid else 'invalid'}"


def install() -> None:
    """Install the validators and type checkers that are written in other languages, each in its pinned version."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to install the other validators; install Node.js")
    wanted = json.loads((HERE / "package.json").read_bytes())["dependencies"]
    if any(_installed(name) != version for name, version in wanted.items()):
        subprocess.run(
            [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True
        )


def _installed(package: str) -> str:
    """The version in which a package is there, or nothing."""
    described = HERE / "node_modules" / package / "package.json"
    return str(json.loads(described.read_bytes())["version"]) if described.exists() else ""


def lint() -> None:
    """Sourcemeta's own checks of the schema: against the meta-schema, and its style."""
    excluded = [word for name in LINT_EXCLUDED for word in ("--exclude", name)]
    for command in (["metaschema", str(SCHEMA)], ["lint", str(SCHEMA), *excluded]):
        done = subprocess.run([str(SOURCEMETA), *command], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"sourcemeta {command[0]}:\n{done.stdout}{done.stderr}")


def samples() -> Iterator[Sample]:
    """Every record that is compared."""
    from diplomatic_events.jsontext.parse import UNPARSED, parse
    from property.cases import cases
    from property.generated import generated

    for path in sorted(ROOT.glob("examples/*/record.json")):
        yield Sample(path.relative_to(ROOT).as_posix(), "examples", json.loads(path.read_bytes()), valid=True)
    for case in conformance.cases():
        for name, data in case.checked.items():
            value = parse(data).value
            if value is not UNPARSED:  # The fixtures of the family json/ are not JSON on purpose.
                certain = case.entry.get("valid", False) or len(case.checked) == 1
                yield Sample(name, "conformance", value, case.entry.get("valid") if certain else None)
    for boundary in cases()[::EVERY]:
        yield Sample(boundary.name, "boundaries", boundary.record, boundary.valid)
    for number, made in enumerate(generated(GENERATED)):
        yield Sample(f"generated {number}", "generated", made.record, made.valid)


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
            sys.exit(f"sourcemeta:\n{(done.stdout + done.stderr)[-2000:]}")
        return [name not in failed for name in names]


VALIDATORS: Final[dict[str, Validator]] = {
    "jsonschema": with_jsonschema,
    "jsonschema-rs": with_jsonschema_rs,
    "Ajv, strict": with_ajv,
    "Sourcemeta": with_sourcemeta,
}


if __name__ == "__main__":
    main()
