"""Change a module by one small slip at a time, and print the slips that no test notices.

The slips are mutmut's: another comparison, `or` for `and`, an argument left out, a number one too high. mutmut itself
passes over functions that have a decorator, as every rule has, so only its operators are used. A survivor is there to be
read, and no failure: the slip may make no difference.

    python validator/tools/rule_mutants.py MODULE…            such as rules.dates or edtf
    python validator/tools/rule_mutants.py --since REVISION   the modules that have changed since then in git

Each mutant is written into a copy of the checkout. The tests named after the module run there and, for a rule, those of
every rule, until one fails.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, NamedTuple

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = "validator/diplomatic_events"
OF_EVERY_RULE: Final = ("test_rules.py", "test_conformance.py")
LEFT_ALONE: Final = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
"""Types, what a rule says of itself, and imports."""
NOT_COPIED: Final = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "build", "dist", "site")
MEMORY: Final = 4 << 30


class Mutant(NamedTuple):
    """The text of a module with one slip, the line of the slip, and that line before and after it."""

    code: str
    line: int
    before: str
    after: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module that Python can compile."""
    tree: Any = cst.parse_module(source)
    for node in _parts(tree):
        for kind, operator in mutation_operators:
            for changed in operator(node) if isinstance(node, kind) else ():
                code = tree.deep_replace(node, changed).code
                lines = zip(source.splitlines(), code.splitlines(), strict=False)
                slip = next(((n, *pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1]), None)
                if slip and _compiles(code):
                    yield Mutant(code, *slip)


def _parts(node: Any) -> Iterator[Any]:
    for child in node.children:
        if not isinstance(child, LEFT_ALONE):
            yield child
            yield from _parts(child)


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def survives(code: str, checkout: Path, module: Path, tests: list[str], seconds: float | None = None) -> bool:
    """Whether all tests pass in a checkout in which a module has another text."""
    (checkout / module).write_text(code, encoding="utf-8")
    Path(cache_from_source(str(checkout / module))).unlink(
        missing_ok=True
    )  # Python knows a text by its second and size
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    there = {**os.environ, "PYTHONPATH": str(checkout / "validator")}
    try:
        done = subprocess.run(command, cwd=checkout, env=there, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def survivors(module: str, folder: Path) -> Iterator[Mutant]:
    """The mutants of a module that no test notices.

    Raises:
        SystemExit: A test fails without any slip.
    """
    path = Path(PACKAGE, *module.split(".")).with_suffix(".py")
    source, tests = (ROOT / path).read_text(encoding="utf-8"), tests_of(module)
    checkouts: SimpleQueue[Path] = SimpleQueue()
    jobs = os.cpu_count() or 1
    for number in range(jobs):
        checkouts.put(shutil.copytree(ROOT, folder / module / str(number), ignore=NOT_COPIED))

    def attempt(code: str, seconds: float | None = None) -> bool:
        checkout = checkouts.get()
        try:
            return survives(code, checkout, path, tests, seconds)
        finally:
            checkouts.put(checkout)

    began = time.monotonic()
    if not attempt(source):
        sys.exit(f"{module}: a test fails without any slip: pytest {' '.join(tests)}")
    seconds = 10 + 5 * (time.monotonic() - began)
    every = list(mutants(source))
    print(f"{module}: {len(every)} mutants, held against {' '.join(tests)}", flush=True)
    with ThreadPoolExecutor(jobs) as pool:
        results = pool.map(lambda mutant: attempt(mutant.code, seconds), every)
        yield from (mutant for mutant, survived in zip(every, results, strict=True) if survived)


def tests_of(module: str) -> list[str]:
    """The tests named after a module or after its package; without any, all tests."""
    name = module.replace(".", "_")
    while not (own := sorted((ROOT / "tests").glob(f"test_{name}*.py"))):
        name = name.rpartition("_")[0]
    return [f"tests/{path.name}" for path in own] + [f"tests/{name}" for name in OF_EVERY_RULE if "rules." in module]


def changed_since(revision: str) -> list[str]:
    """The modules of the package that are not as they were."""
    command = ["git", "diff", "--name-only", "--relative", "--diff-filter=d", revision, "--", "*.py"]
    printed = subprocess.run(command, cwd=ROOT / PACKAGE, capture_output=True, text=True, check=True).stdout
    return [name.removesuffix(".py").replace("/", ".") for name in printed.split()]


def main() -> None:
    """Print the survivors of each module."""
    parser = argparse.ArgumentParser(description="The slips in a module that no test notices.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as rules.dates or edtf")
    parser.add_argument("--since", metavar="REVISION", help="the modules that have changed since then in git")
    options = parser.parse_args()
    if sys.platform == "linux":  # a slip can fill the memory
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for module in options.modules or changed_since(options.since or "HEAD"):
            for mutant in survivors(module, Path(folder)):
                print(f"{module}:{mutant.line}\n  - {mutant.before.strip()}\n  + {mutant.after.strip()}", flush=True)


if __name__ == "__main__":
    main()
