"""Change the rules, the date parser and their neighbours by one small slip at a time: does a test see it?

The slips are those of mutmut: another comparison, `or` for `and`, an argument left out, a number one too high. Two of our
own come on top: the condition of an `if` that always or never holds. What only users read, such as the words of a message,
and the examples of a rule are left as they are.

A mutant is killed by the conformance suite, by the examples of the rules or by the tests of its module. A module is tried
in a process of its own for each mutant, which stops at the first failure. It prints the survivors and the score of each
module, and ends with 1 where one survives without a reason in tests/equivalent_rule_mutants.toml.

    python validator/tools/rule_mutants.py [MODULE…] [--changed] [--again=FILE] [--jobs=N] [--update]

`--changed` leaves out the modules whose text is still the one that docs/proof.md has a score of. `--again` tries the
survivors that an earlier run printed into the file, and takes the others as it found them where the module has not
changed; `--jobs` tries several mutants at a time, and `--update` writes the scores into docs/proof.md.
"""

import argparse
import gc
import importlib.abc
import importlib.util
import os
import re
import resource
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import libcst as cst
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string

import figures

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "validator/diplomatic_events"
EQUIVALENT: Final = ROOT / "tests/equivalent_rule_mutants.toml"

MODULES: Final[dict[str, tuple[str, ...]]] = {
    "rules.record": ("test_rules_record", "test_check"),
    "rules.annotations": ("test_rules_annotations",),
    "rules.codes": ("test_rules_codes",),
    "rules.corpus": ("test_rules_corpus", "test_report_across"),
    "rules.dates": ("test_rules_dates",),
    "rules.evidence": ("test_rules_evidence", "test_sources_texts", "test_sources_quotes"),
    "rules.participation": ("test_rules_participation",),
    "rules.references": ("test_rules_references",),
    "rules.statements": ("test_rules_statements",),
    "edtf": ("test_edtf",),
    "sources.quotes": ("test_sources_quotes", "test_rules_evidence"),
    "jsontext.locate": ("test_jsontext_locate",),
    "report.suppress": ("test_report_suppress", "test_report_baseline"),
    "report.baseline": ("test_report_baseline",),
}
"""The modules that are changed, and the tests of each."""

_FAMILIES: Final = {"rules.references": "reference", "report.suppress": "config", "sources.quotes": "evidence"}
"""The families of rules that are called otherwise than their modules, or that a module decides."""

_EXAMPLES: Final = frozenset({"_DATE", "_Q1", "_USED", "_PAST", "_NONE", "_change"})
"""What only the examples of rules are made of."""

_CPU_SECONDS: Final = 20
_MEMORY: Final = 4 << 30


class Mutant(NamedTuple):
    """A module with one slip, and how the mutant is listed: the function and what became of what."""

    module: str
    name: str
    code: str

    @property
    def line(self) -> int:
        """The first line that is not that of the module."""
        lines = zip(source(self.module).splitlines(), self.code.splitlines(), strict=False)
        return next((number for number, (one, other) in enumerate(lines, 1) if one != other), 0)


# --- the mutants


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = cst.parse_module(source(module))
    names: dict[str, int] = {}
    for place, node in _nodes(tree, module):
        for changed in _changes(node):
            code = tree.deep_replace(node, changed).code
            if not _compiles(code):
                continue
            name = f"{place}: {_told(_code(tree, node), _code(tree, changed))}"
            names[name] = names.get(name, 0) + 1
            yield Mutant(module, name if names[name] == 1 else f"{name} ({names[name]})", code)


def source(module: str) -> str:
    """The text of a module."""
    return (PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def digest(module: str) -> str:
    """What tells a text of a module from any other: the first digits of its sha256."""
    return sha256(source(module).encode()).hexdigest()[:12]


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _nodes(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The parts of a module that are changed, each with the function that it stands in."""
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        place = f"{place}.{node.name.value}"
    for child in node.children:
        if not _left_alone(child):
            yield place, child
            yield from _nodes(child, place)


def _left_alone(node: Any) -> bool:
    if isinstance(node, cst.FunctionDef) and node.name.value in _EXAMPLES:
        return True
    if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
        return True
    if isinstance(node, cst.Assign | cst.AnnAssign):
        target = node.targets[0].target if isinstance(node, cst.Assign) else node.target
        if not isinstance(target, cst.Name):
            return False
        # `Path = tuple[…]` is a type, and `Check = Callable[…]` another one.
        is_type = isinstance(node, cst.Assign) and target.value[0].isupper() and target.value.lower() != target.value
        return target.value in _EXAMPLES or target.value == "__slots__" or (is_type and not target.value.isupper())
    return isinstance(node, cst.SimpleString) and _is_prose(node.value)


def _is_prose(text: str) -> bool:
    """Whether a text in quotation marks is for people: words with spaces between them, or a docstring."""
    return text.startswith('"""') or bool(re.search(r"[a-z]{4}", text) and re.search(r"\w[`,:;]? [`\w]", text))


def _changes(node: Any) -> Iterator[Any]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changes = list(operator(node))
            if operator is operator_string:
                changes = changes[:1]  # of the three ways to spoil a text, one is enough
            arguments: Sequence[Any] = node.args if isinstance(node, cst.Call) else ()
            if operator is operator_arg_removal and len(arguments) > 1 and not arguments[-1].keyword:
                changes.pop()  # to leave out the last argument is to give None for it, which is another mutant
            yield from changes
    if isinstance(node, cst.If | cst.CompIf | cst.While):
        whole = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        if not isinstance(node, cst.While):
            yield node.with_changes(test=cst.BooleanOperation(whole, cst.Or(), cst.Name("True")))
        yield node.with_changes(test=cst.BooleanOperation(whole, cst.And(), cst.Name("False")))


def _code(tree: Any, node: Any) -> str:
    body = node.with_changes(body=cst.IndentedBlock([])) if isinstance(node, cst.If | cst.While) else node
    return " ".join(str(tree.code_for_node(body)).partition("#")[0].split())


_AROUND: Final = 24


def _told(before: str, after: str) -> str:
    """What became of what; of a long part, only what is around the change."""
    same = _alike(before, after)
    rest = _alike(before[same:][::-1], after[same:][::-1])
    left, right = max(0, same - _AROUND), max(0, rest - _AROUND)
    parts = [text[left : len(text) - right] for text in (before, after)]
    return " → ".join(f"{'…' * bool(left)}{part}{'…' * bool(right)}" for part in parts)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from the beginning on."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


# --- the trial


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the package with a slip."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"diplomatic_events.{mutant.module}"
        self.code = mutant.code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, if it is the one that is changed."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed text of the module."""
        exec(compile(self.code, f"<{self.name}>", "exec"), module.__dict__)  # noqa: S102  # that is what a mutant is


def prepare() -> None:
    """Import what the tests need but for the package itself, so that each mutant need not."""
    for folder in ("tests", "validator/tools", "validator"):
        sys.path.insert(0, str(ROOT / folder))
    before = set(sys.modules)
    for name in sorted(
        {test for tests in MODULES.values() for test in tests} | {"test_conformance", "test_rules", "checking"}
    ):
        importlib.import_module(name)
    for name in sys.modules.keys() - before:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if name.startswith("diplomatic_events") or file.startswith(str(ROOT / "tests")):
            del sys.modules[name]


def killer(module: str, folder: str) -> str | None:
    """What sees that something is wrong in this process, or None. What sees most and what is quick comes first."""
    is_rule = module.startswith("rules.") or module in _FAMILIES
    if is_rule and module != "rules.record" and _suite_fails(_FAMILIES.get(module, module.removeprefix("rules."))):
        return "conformance"
    import pytest

    files = [f"{ROOT}/tests/{name}.py" for name in MODULES[module]]
    options = ["-x", "-q", "-p", "no:cacheprovider", f"--basetemp={folder}", f"--rootdir={ROOT}"]
    if pytest.main([*options, "-o", "filterwarnings=ignore", *files]):
        return "tests"
    return "conformance" if is_rule and (_suite_fails("") or _an_example_fails() or _a_need_fails()) else None


def _suite_fails(family: str) -> bool:
    """Whether a case of the suite is judged wrongly, among those of a family of rules or, without one, among all."""
    import test_conformance as suite

    cases = [
        case
        for id, case in suite.CASES.items()
        if id.startswith(family) and case.entry["profile"] in ("record", "corpus", "configuration")
    ]
    folder = Path(tempfile.mkdtemp(dir=os.environ["MUTANT_FOLDER"]))
    return bool(suite.differing(cases, suite.by_api(cases, "jsonschema-rs", folder)))


def _an_example_fails() -> bool:
    """Whether an example of a rule is judged wrongly."""
    from checking import check_example, text_folder
    from diplomatic_events.rules import RULES

    folder = text_folder(Path(tempfile.mkdtemp(dir=os.environ["MUTANT_FOLDER"])))
    for rule in RULES.values():
        findings = check_example(rule, rule.bad, folder).findings
        if [(finding.rule, finding.severity) for finding in findings] != [(rule.id, rule.severity)]:
            return True
        if rule.family != "json" and (findings[0].pointer or "") != rule.at:
            return True
        if check_example(rule, rule.good, folder).findings:
            return True
    return False


def _a_need_fails() -> bool:
    """Whether a rule needs what no record has."""
    import test_rules
    from diplomatic_events.rules import RULES

    try:
        for rule in RULES.values():
            test_rules.test_what_a_rule_needs_is_part_of_a_record(rule)
    except AssertionError:
        return True
    return False


def attempt(mutant: Mutant, folder: str) -> int:
    """Try a mutant in a process of its own, and give the number of that process. It ends with 0 where it survives."""
    child = os.fork()
    if child:
        return child
    ended = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.environ["MUTANT_FOLDER"] = folder
        sys.meta_path.insert(0, Changed(mutant))
        ended = 1 if killer(mutant.module, f"{folder}/pytest") else 0
    finally:
        os._exit(ended)


def survivors(every: Iterable[Mutant], jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it survives."""
    running: dict[int, tuple[Mutant, tempfile.TemporaryDirectory[str]]] = {}

    def one() -> tuple[Mutant, bool]:
        child, status = os.wait()
        mutant, folder = running.pop(child)
        folder.cleanup()
        return mutant, status == 0

    for mutant in every:
        if len(running) == jobs:
            yield one()
        folder = tempfile.TemporaryDirectory()
        running[attempt(mutant, folder.name)] = mutant, folder
    while running:
        yield one()


def reasons() -> dict[str, str]:
    """The mutants that behave like the original, and why."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    return {name: entry["reason"] for entry in entries for name in entry["mutants"]}


def scores() -> dict[str, str]:
    """The rows of the table in docs/proof.md, by module."""
    rows = re.finditer(r"^\| `([a-z.]+)` \|.*$", figures.read("rule-mutants"), re.MULTILINE)
    return {row[1]: row[0] for row in rows}


HEAD: Final = "| module | killed | equivalent | text |\n| --- | ---: | ---: | --- |"


def main() -> None:
    """Try every mutant, print the survivors and the score of each module."""
    parser = argparse.ArgumentParser(description="Mutants of the rules.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"one of {', '.join(MODULES)}")
    parser.add_argument("--changed", action="store_true", help="only modules whose text has no score yet")
    parser.add_argument("--again", metavar="FILE", type=Path, help="the output of a run: only its survivors are tried")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    earlier = options.again.read_text(encoding="utf-8") if options.again else ""
    survived = set(re.findall(r"^survived, line \d+: (.*)$", earlier, re.MULTILINE))
    known = reasons()
    prepare()
    gc.freeze()
    rows = scores()
    failed = False
    for module in options.modules or MODULES:
        text = digest(module)
        if options.changed and f"`{text}`" in rows.get(module, ""):
            continue
        every = list(mutants(module))
        again = f"{module}: text {text}\n" in earlier  # what was found out about another text does not hold
        trying = [mutant for mutant in every if not again or (mutant.name in survived and mutant.name not in known)]
        print(f"{module}: {len(every)} mutants", file=sys.stderr)
        if not all(survives for _, survives in survivors([Mutant(module, "unchanged", source(module))], 1)):
            raise SystemExit(f"the tests of {module} fail without a slip")
        tried = survivors(trying, options.jobs)
        missed = {mutant.name for mutant in every if again and mutant.name in known}
        for mutant, survives in tried:
            if survives:
                missed.add(mutant.name)
                if mutant.name not in known:
                    print(f"survived, line {mutant.line}: {mutant.name}", flush=True)
        listed = {name for name in known if name.startswith((f"{module}.", f"{module}:"))}
        equivalent = missed & known.keys()
        for name in sorted(listed - equivalent):
            print(f"listed as equivalent, and killed or no longer there: {name}")
        failed |= missed != listed
        print(f"{module}: text {text}")
        total = len(every) - len(equivalent)
        killed = total - len(missed - equivalent)
        print(f"{module}: killed {killed:,} of {total:,}; {len(equivalent)} equivalent", flush=True)
        rows[module] = f"| `{module}` | {killed:,} of {total:,} | {len(equivalent):,} | `{text}` |"
    if options.update:
        figures.write("rule-mutants", "\n".join([HEAD, *(rows[module] for module in MODULES if module in rows)]))
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
