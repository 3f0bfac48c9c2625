"""Change each constraint of the schema, one at a time: does a test see it?

A mutant is killed by a fixture of the conformance suite, by a boundary of the model or by a generated record whose verdict
is no longer the right one. That the schema as it is gives each of them its right verdict is seen to first. It prints the
survivors and the score, and ends with 1 where one survives without a reason in tests/property/equivalent_mutants.toml.

    python validator/tools/mutants.py
"""

import json
import multiprocessing
import sys
import tomllib
from collections import Counter
from typing import Any, Final

from finding_trials import FindingTrial
from mutations import Mutant, mutants
from newest import SCHEMA
from trials import ROOT, Trial, witnesses

EQUIVALENT: Final = ROOT / "tests/property/equivalent_mutants.toml"
SHOWN: Final = 20


class Trials:
    """The trial of every mutant: by the verdict of the schema, or by what the check finds."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._verdicts = Trial(schema, witnesses())
        self._findings = FindingTrial(schema)
        self.wrong = self._verdicts.wrong + self._findings.wrong

    def killer(self, mutant: Mutant) -> str | None:
        """The kind of witness that sees the mutant, or None."""
        trial = self._findings if FindingTrial.concerns(mutant) else self._verdicts
        return trial.killer(mutant)


_trials: list[Trials] = []
"""The trial of this process: it is prepared once, and the processes that are forked have it."""


def _killer(mutant: Mutant) -> tuple[Mutant, str | None]:
    return mutant, _trials[0].killer(mutant)


def reasons() -> dict[str, str]:
    """The mutants that no record can tell from the schema, and why."""
    return {
        entry["mutant"]: entry["reason"]
        for entry in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    }


def stop_at(wrong: list[str]) -> None:
    """End the program if the schema as it is disagrees with a witness: it would disagree with each mutant, too."""
    if wrong:
        print(f"nothing can be said of mutants: the schema as it is disagrees with {len(wrong):,} of the witnesses")
        print("\n".join(wrong[:SHOWN]))
        sys.exit(1)


def main() -> None:
    """Try every mutant, print the survivors and the score."""
    schema = json.loads(SCHEMA.read_bytes())
    every = list(mutants(schema))
    known = reasons()
    killed: Counter[str] = Counter()
    survivors: list[str] = []
    equivalent: set[str] = set()
    _trials[:] = [Trials(schema)]
    stop_at(_trials[0].wrong)
    with multiprocessing.get_context("fork").Pool() as pool:
        for mutant, kind in pool.imap_unordered(_killer, every, chunksize=8):
            if kind:
                killed[kind] += 1
            elif mutant.name in known:
                equivalent.add(mutant.name)
            else:
                survivors.append(mutant.name)
    for name in sorted(survivors):
        print(f"survived: {name}")
    stale = sorted(known.keys() - equivalent)
    for name in stale:
        print(f"listed as equivalent, and killed or no longer there: {name}")
    kinds = ", ".join(f"{number:,} by {kind}" for kind, number in killed.most_common())
    print(f"killed {killed.total():,} of {len(every) - len(equivalent):,} ({kinds}); {len(equivalent)} are equivalent")
    if survivors or stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
