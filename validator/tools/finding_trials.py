"""What the mutants are held against that change only what rules find: the whole check does the work."""

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import conformance
from diplomatic_events.checking import Checker
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.options import Options
from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.plan import Plan
from mutations import Mutant, changed
from newest import VERSION

FAMILIES: Final = ("reference", "codes")


Found = frozenset[tuple[str, str | None]]
"""The rules that find something, each with the place."""

CRASHED: Final[Found] = frozenset({("a fault of the check itself", None)})
"""A rule does not know a kind of entry that a mutant brings in: then another witness must tell the mutant."""


class FindingWitness(NamedTuple):
    """A record, and what is to be found of references and codes in it: anywhere or, if it has a ``path``, there."""

    kind: str
    name: str
    data: bytes
    found: Found
    path: Pointer | None = None


def witnesses() -> Iterator[FindingWitness]:
    """The boundaries of each reference, and the cases of the conformance suite on references and codes."""
    from property.references import references

    for entry, files in conformance.cases():
        if entry["id"].split("/")[0] in FAMILIES:
            found = frozenset((finding["rule"], finding["pointer"]) for finding in entry["expect"])
            yield FindingWitness("conformance", entry["id"], files[entry["files"][0]], found)
    for path, record, rule in references():
        pointer = to_pointer(path)
        found = frozenset({(rule, pointer)} if rule else ())
        yield FindingWitness("boundaries", pointer, json.dumps(record).encode(), found, path)


class Changed(Catalogue):
    """The versions as they are, but for another schema in place of one."""

    def __init__(self, schema: dict[str, Any]) -> None:
        super().__init__(catalogue().folder)
        self._schemas[VERSION], self._checksums[VERSION] = schema, 0  # nothing is stored for a schema without bytes


class FindingTrial:
    """Holds mutants against every witness; ``wrong`` names those that the check finds other faults in than there are."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.witnesses = list(witnesses())
        self.shape = Plan(schema)
        checker = _checker(schema)
        self.wrong = [
            f"{witness.kind}: {witness.name}" for witness in self.witnesses if _found(checker, witness) != witness.found
        ]

    @staticmethod
    def concerns(mutant: Mutant) -> bool:
        """Whether the mutant changes what a reference may name or which codes are known, and nothing else."""
        keyword = mutant.keys[-1]
        return keyword in ("x-refers-to", "x-codelist") or (keyword == "$ref" and mutant.value is not None)

    def killer(self, mutant: Mutant) -> str | None:
        """The kind of witness that sees the mutant, or None."""
        schema = changed(self.schema, mutant)
        checker, shape = _checker(schema), Plan(schema)

        def unlikely(witness: FindingWitness) -> bool:
            return witness.path is not None and shape.at(witness.path) == self.shape.at(witness.path)

        for witness in sorted(self.witnesses, key=unlikely):
            if _found(checker, witness) not in (witness.found, CRASHED):
                return f"{witness.kind} of findings"
        return None


def _checker(schema: dict[str, Any]) -> Checker:
    return Checker(Options(select=FAMILIES, catalogue=Changed(schema)))


def _found(checker: Checker, witness: FindingWitness) -> Found:
    """What the check finds of references and codes."""
    outcome = checker.check(RawRecord(witness.name, witness.data), None)
    if outcome.crash:
        return CRASHED
    pointer = None if witness.path is None else to_pointer(witness.path)
    found = frozenset((finding.rule, finding.pointer) for finding in outcome.findings)
    return found if pointer is None else frozenset(entry for entry in found if entry[1] == pointer)
