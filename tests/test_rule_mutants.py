"""The mutants of the rules that are listed as equivalent, and the score in the docs."""

import ast
import re
import tomllib

import figures
from checking import ROOT

LISTED = tomllib.loads((ROOT / "tests/equivalent_rule_mutants.toml").read_text(encoding="utf-8"))["equivalent"]
PACKAGE = ROOT / "validator/diplomatic_events"
TOOL = ROOT / "validator/tools/rule_mutants.py"  # it imports what only its own run needs
ROW = re.compile(r"\| `([a-z.]+)` \| ([0-9,]+) of ([0-9,]+) \| ([0-9,]+) \| `[0-9a-f]{12}` \|")


def rows() -> list[tuple[str, ...]]:
    """The modules of the table in the docs: killed, of how many, and how many are equivalent."""
    return [match.groups() for line in figures.read("rule-mutants").splitlines() if (match := ROW.fullmatch(line))]


def listed(module: str) -> list[str]:
    return [name for entry in LISTED for name in entry["mutants"] if name.startswith((f"{module}.", f"{module}:"))]


def test_every_mutant_that_is_listed_as_equivalent_is_of_a_module_and_has_a_reason() -> None:
    names = [name for entry in LISTED for name in entry["mutants"]]
    assert len(names) == len(set(names))
    modules = [path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in PACKAGE.rglob("*.py")]
    assert sorted(names) == sorted(name for module in modules for name in listed(module))
    assert all(" → " in name for name in names)
    assert all(entry["reason"].endswith(".") for entry in LISTED)


def measured() -> list[str]:
    """The modules that the tool changes."""
    (modules,) = (
        node.value
        for node in ast.parse(TOOL.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "MODULES"
    )
    assert isinstance(modules, ast.Dict)
    return [ast.literal_eval(key) for key in modules.keys if key is not None]


def test_the_docs_tell_the_score_of_every_module_and_no_mutant_survives() -> None:
    assert [module for module, *_ in rows()] == measured()
    for module, killed, total, equivalent in rows():
        assert killed == total
        assert int(equivalent) == len(listed(module))
