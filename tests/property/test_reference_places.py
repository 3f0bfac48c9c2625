"""The schema, the rules and the docs agree on what each reference may name."""

import json

from diplomatic_events.checking import Checker
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.options import Options
from diplomatic_events.pointers import to_pointer
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.plan import Plan
from newest import VERSION
from property.cases import FULL
from property.model import judge, parts
from property.references import PLACES, REGISTERS, allowed, references


def test_the_schema_has_a_reference_where_the_docs_have_one_and_nowhere_else() -> None:
    shape = Plan(catalogue().schema(VERSION))
    texts = [path for path, _, value in parts(FULL) if isinstance(value, str)]
    checked = {path for path in texts if (step := shape.at(path)) is not None and step.action == "reference"}
    assert {path for path in texts if allowed(path)} == checked
    assert len(checked) > len(PLACES)


def test_an_entry_of_a_right_kind_is_no_fault_and_one_of_a_wrong_kind_or_none_is_found_in_each_place() -> None:
    checker = Checker(Options(select=("reference",)))
    for path, record, rule in references():
        outcome = checker.check(RawRecord("record", json.dumps(record).encode()), None)
        assert [finding.rule for finding in outcome.findings if finding.pointer == to_pointer(path)] == (
            [rule] if rule else []
        )


def test_each_place_is_tried_with_every_kind_of_entry_and_with_none() -> None:
    tried = references()
    assert all(judge(reference.record) for reference in tried)
    assert len(tried) == len({reference.path for reference in tried}) * (len(REGISTERS) + 1)
