"""The record walked once, and what rules look up in it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import conformance
from check_records import EXAMPLE, example
from diplomatic_events.findings import Issue
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.options import MOST_OF_RECORD
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import OF_RECORDS, OF_VALUES, RULES
from diplomatic_events.rules.record import Record, concerning, run
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.plan import NOTED
from diplomatic_events.schema.structure import structure
from diplomatic_events.schema.walker import Spot, path_of
from diplomatic_events.sources.texts import NO_TEXT, InlineTexts, Texts
from diplomatic_events.suggest import MOST_HELPED

SCHEMA = structure(catalogue(), "1.0")


def fail(error: Exception, where: str) -> None:
    """What a rule that fails is reported to: here, none may."""
    raise error


def record_of(value: dict[str, Any], *broken: Pointer, texts: Texts | None = None) -> Record:
    """A record as rules see it."""
    return Record(value, SCHEMA, SCHEMA.hold(value).found, texts or Texts(None), frozenset(broken), OF_VALUES)


def walked(change: dict[str, Any] | None = None, *broken: Pointer) -> Record:
    """The example with a change."""
    return record_of(example(change or {}), *broken)


def checked(record: Record, *chosen: str) -> tuple[list[tuple[str, Issue]], list[tuple[str, str]]]:
    """What some rules find in a record, and what could not be checked."""
    ran = run(record, {id: OF_RECORDS[id] for id in chosen}, fail, MOST_OF_RECORD)
    return ran.issues, ran.not_checked


def paths(found: Iterable[tuple[Any, Spot]]) -> list[Pointer]:
    """Where something that was collected stands."""
    return [path_of(spot) for _, spot in found]


def test_the_id_of_the_record_is_none_of_its_entries() -> None:
    assert walked().find("geneva-talks", "", "party") is None
    assert "geneva-talks" not in walked().definitions


def test_what_the_schema_refuses_is_not_among_what_was_collected() -> None:
    assert ("date",) in paths(walked().found.dates)
    broken = walked({}, ("date",), ("topics", 0), ("delegations", 1, "party"), ("language",))
    assert ("date",) not in paths(broken.found.dates)
    assert paths(broken.found.languages) == [("sources", 0, "language")]
    parties = record_of(example({"/delegations/1/party": "nobody"}), ("delegations", 1, "party"))
    assert parties.unresolved == []
    assert "nobody" not in parties.used
    assert "freedonia" in parties.used


@pytest.mark.parametrize(
    ("broken", "need", "intact"),
    [
        (("date",), "date", False),
        (("date",), "type", True),
        (("parties",), "parties/*/id", False),
        (("parties", 0), "parties/*/id", False),
        (("parties", 0, "id"), "parties/*/id", False),
        (("parties", 0, "name"), "parties/*/id", True),
        (("parties", 0, "id", "x"), "parties/*/id", False),
        (("parties", "x", "id"), "parties/*/id", False),
        (("people", 0, "id"), "parties/*/id", True),
        ((), "parties/*/id", False),
        (("evidence", 0), "**/evidence", False),
        (("statements", 1, "evidence", 0, "start"), "**/evidence", False),
        (("statements", 1, "text"), "**/evidence", True),
        (("statements", 1), "**/evidence", True),
    ],
)
def test_what_is_broken_on_the_way_to_what_is_needed_or_inside_it_touches_it(
    broken: Pointer, need: str, intact: bool
) -> None:
    assert walked({}, broken).intact(need) is intact
    assert walked({}, ("mode",), broken).intact("visitType", need) is intact
    assert walked({}).intact(need)


def test_a_list_of_objects_passes_over_what_is_none() -> None:
    record = walked({"/parties/1": 5, "/parties/2": {"id": "x"}, "people": {"id": "y"}})
    assert [path for path, _ in record.listed("parties")] == [("parties", 0), ("parties", 2)]
    assert record.listed("people") == []
    assert record.listed("hosts") == []


def test_the_first_entry_of_one_of_the_kinds_is_found_by_its_id() -> None:
    record = walked({"/people/0/id": "freedonia"})
    party, person = record.find("freedonia", "party"), record.find("freedonia", "person", "source")
    assert party is not None
    assert person is not None
    assert (party.path, person.path) == (("parties", 0), ("people", 0))
    assert record.find("freedonia", "member") is None
    assert record.find("nobody", "party") is None
    assert record.find(["freedonia"], "party") is None


def test_the_party_of_a_member_is_that_of_its_delegation() -> None:
    record = walked({"/delegations/1/party": 5})
    assert record.party_of("ruiz") == "freedonia"
    assert record.party_of("delegation-freedonia") == "freedonia"
    assert record.party_of("sylvanian-minister") is None
    assert record.party_of("freedonia") is None
    assert record.party_of("nobody") is None


def test_evidence_that_cannot_be_looked_up_is_from_a_source_without_a_text(tmp_path: Path) -> None:
    assert not walked().cites(NO_TEXT)
    assert walked({"/sources/0/text": None}).cites(NO_TEXT)
    assert not walked({"/sources/1": {"id": "readout", "type": "readout"}}).cites(NO_TEXT)
    assert not walked({"/sources/0/text": None, "/sources/0/textFile": "nowhere.txt"}).cites(NO_TEXT)
    uncited = {"/evidence/0/source": 5, "/sources/0/text": None}
    record = record_of({"evidence": [{"exact": "x"}], "sources": [{"id": 5}]}, texts=Texts(tmp_path))
    assert not record.cites(NO_TEXT)
    assert list(record.sources.items()) == []
    assert walked(uncited).cites(NO_TEXT)


def test_evidence_whose_text_is_out_of_reach_is_not_checked_and_no_finding(tmp_path: Path) -> None:
    value = {**EXAMPLE, "sources": [{**EXAMPLE["sources"][0], "textFile": "report.txt"}]}
    del value["sources"][0]["text"]
    ran = run(record_of(value, texts=InlineTexts(tmp_path)), OF_RECORDS, lambda error, _: pytest.fail(str(error)), 1)
    assert ran.issues == []
    assert ran.not_checked == [("evidence", "the text of its source lies in a file that is out of reach here")]


def test_the_fault_of_another_value_is_the_schema_s_or_else_that_of_a_rule_of_values() -> None:
    record = walked()
    fault = record.fault_of(("date",), 5)
    assert fault is not None
    assert (fault.path, fault.message) == (("date",), "`date` is a whole number; it must be text")
    fault = record.fault_of(("date",), "2021-02-29")
    assert fault is not None
    assert (fault.path, fault.message) == (("date",), "February 2021 has 28 days, and no day 29")
    assert record.fault_of(("date",), "2021-02-28") is None
    assert record.value == EXAMPLE


def test_the_right_code_is_looked_for_only_in_the_first_alternatives() -> None:
    record = walked()
    helps = [fault.help for _ in range(MOST_HELPED + 1) if (fault := record.fault_of(("type",), "meting"))]
    assert set(helps[:MOST_HELPED]) == {"did you mean `meeting`?"}
    assert helps[MOST_HELPED] not in helps[:MOST_HELPED]


def test_the_rules_of_values_that_need_what_is_broken_do_not_judge_another_value() -> None:
    assert walked({}).fault_of(("delegations", 0, "party"), "nobody") is not None
    assert walked({}, ("parties", 0, "id")).fault_of(("delegations", 0, "party"), "nobody") is None
    assert walked({}, ("parties", 0, "id")).fault_of(("date",), "2021-02-29") is not None


def test_another_value_is_looked_at_alone_and_may_refer_to_the_rest_of_the_record() -> None:
    party = ("delegations", 0, "party")
    assert walked({"date": "2021-02-29"}).fault_of(party, "sylvania") is None
    fault = walked().fault_of(party, "sylvannia")
    assert fault is not None
    assert (fault.path, fault.help) == (party, "did you mean `sylvania`?")
    ruritania = {"id": "ruritania", "type": "other", "name": "Ruritania", "members": ["ruritania", "nobody"]}
    fault = walked().fault_of(("parties", 1), ruritania)
    assert fault is not None
    assert fault.message == "no party has the id `nobody`"
    assert walked().fault_of(("title",), "nobody") is None


def test_only_the_first_faults_of_a_kind_are_helped_in_the_record_and_in_other_values_of_it_together() -> None:
    record = walked()
    place = ("delegations", 0, "party")
    helps = [fault.help for _ in range(MOST_HELPED + 1) if (fault := record.fault_of(place, "sylvannia"))]
    assert helps == ["did you mean `sylvania`?"] * MOST_HELPED + [
        "add a party with this id, or refer to an existing one"
    ]
    assert not record.helps("dangling")
    assert record.helps("script")


def test_the_ids_of_some_kinds_and_those_that_are_used_are_known() -> None:
    record = walked({"/people/0/id": "freedonia"})
    assert record.known(["person"]) == ["freedonia"]
    assert sorted(record.known(("party", "member"))) == ["freedonia", "ruiz", "sylvania", "sylvanian-minister"]
    assert {"sylvania", "report", "ruiz", "ana-ruiz"} <= record.used
    assert "border" not in record.used


@pytest.mark.parametrize(
    ("broken", "apart", "entries"),
    [
        (("parties", 1, "id"), "parties/*/id", {("parties", 1)}),
        (("parties", 1, "name"), "parties/*/id", None),
        (("parties", 1), "parties/*/id", {("parties", 1)}),
        (("parties",), "parties/*/id", set()),
        (("delegations", 1, "members", 0, "id"), "delegations/*/members/*/id", {("delegations", 1)}),
        (("statements", 1, "evidence", 2, "exact"), "**/evidence", {("statements", 1, "evidence", 2)}),
        (("evidence", 0), "**/evidence", {("evidence", 0)}),
        (("statements", 1, "text"), "**/evidence", None),
    ],
)
def test_the_entries_are_left_out_in_which_something_is_broken(
    broken: Pointer, apart: str, entries: set[Pointer] | None
) -> None:
    assert walked({}, broken).broken_entries((apart,)) == entries
    assert walked({}, broken).broken_entries(("hosts/*/party", apart)) == entries


def test_all_broken_entries_of_a_list_are_left_out() -> None:
    record = walked({}, ("parties", 7, "id"), ("parties", 8, "id"), ("people", 0, "id"))
    assert sorted(record.broken_entries(("parties/*/id",)) or ()) == [("parties", 7), ("parties", 8)]


def test_entries_that_are_left_out_are_neither_listed_nor_of_a_kind() -> None:
    record = walked().without(frozenset({("delegations", 0)}))
    assert [path for path, _ in record.listed("delegations")] == [("delegations", 1)]
    assert paths(record.of_kind("office")) == [("delegations", 1, "members", 0, "office")]
    assert [path for path, _, _ in record.members()] == [("delegations", 1, "members", 0)]
    others = walked().without(frozenset({("delegations", 0, "members", 0)}))
    assert [path for path, _, _ in others.members()] == [("delegations", 1, "members", 0)]
    assert ("delegations", 0, "evidence", 0) not in paths(record.of_kind("evidence"))


def test_only_chosen_rules_run_and_those_whose_needs_are_broken_are_named() -> None:
    assert checked(walked(), *OF_RECORDS) == ([], [])
    change = {"date": "2021-02-29", "previousDates": ["2021-02-29"]}
    issues, skipped = checked(walked(change), "dates/no-such-day")
    assert [(rule, issue.path) for rule, issue in issues] == [
        ("dates/no-such-day", ("date",)),
        ("dates/no-such-day", ("previousDates", 0)),
    ]
    assert skipped == []
    chosen = ("dates/no-such-day", "dates/previous-date-unchanged", "codes/unknown")
    issues, skipped = checked(walked({**change, "topics": ["tarde"]}, ("date",)), *chosen)
    assert [rule for rule, _ in issues] == ["dates/no-such-day", "codes/unknown"]
    assert skipped == [("dates/previous-date-unchanged", "a part of the record that is needed is broken")]


def test_a_rule_that_leaves_entries_out_looks_at_the_others_and_says_so() -> None:
    chosen = ("participation/party-in-two-delegations", "dates/modified-before-created", "codes/unknown")
    other = {**EXAMPLE["delegations"][0], "id": "other", "members": []}
    change = {"/delegations/2": other, "provenance": {"created": "2021-05-04", "modified": "2021"}}
    issues, skipped = checked(walked({**change, "topics": ["tarde"]}, ("delegations", 0, "party")), *chosen)
    assert issues[0][0] == "codes/unknown"
    assert [rule for rule, _ in issues] == ["codes/unknown"]
    assert ("participation/party-in-two-delegations", "broken entries were left out") in skipped
    issues, skipped = checked(walked(change, ("delegations", 1, "party")), *chosen)
    assert [issue.path for _, issue in issues] == [("delegations", 2, "party")]
    assert skipped == [("participation/party-in-two-delegations", "broken entries were left out")]


def test_a_rule_that_fails_is_reported_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Record) -> Any:
        raise ZeroDivisionError

    first = next(iter(OF_RECORDS.values()))
    monkeypatch.setattr(first, "check", broken)
    failed: list[tuple[type[Exception], str]] = []
    rules = {rule.id: rule for rule in (first, OF_RECORDS["codes/unknown"])}
    ran = run(walked({"topics": ["tarde"]}), rules, lambda error, where: failed.append((type(error), where)), 10)
    assert [rule for rule, _ in ran.issues] == ["codes/unknown"]
    assert ran.not_checked == [(first.id, "the program has failed")]
    assert failed == [(ZeroDivisionError, f"{first.id}: ")]


def test_copies_are_entries_of_one_kind_that_are_the_same_with_their_id() -> None:
    party, delegation = EXAMPLE["parties"][0], EXAMPLE["delegations"][0]
    changed = {**party, "name": "Other"}
    record = walked({"/parties/2": changed, "/parties/3": party, "/people/1": party, "/delegations/2": delegation})
    assert record.copies == {("parties", 3), ("delegations", 2), ("delegations", 2, "members", 0)}
    assert walked().copies == frozenset()
    assert checked(record, "participation/party-in-two-delegations") == ([], [])
    assert checked(record, *OF_RECORDS)[1] == []


def test_only_so_many_issues_of_a_rule_are_kept_and_the_others_are_counted() -> None:
    record = walked({"previousDates": ["2021-02-29", "2021-02-30", "2021-02-31"]})
    rules = {"dates/no-such-day": OF_RECORDS["dates/no-such-day"]}
    ran = run(record, rules, fail, 2)
    assert [issue.path for _, issue in ran.issues] == [("previousDates", 0), ("previousDates", 1)]
    assert ran.more == {"dates/no-such-day": 1}
    assert run(record, rules, fail, 3).more == {}


@pytest.mark.parametrize("rule", [rule for rule in OF_RECORDS.values() if rule.about], ids=lambda rule: str(rule.id))
def test_a_rule_is_not_run_on_a_record_without_what_it_is_about(rule: Rule) -> None:
    assert not isinstance(rule.bad, bytes)
    bad = record_of(example(rule.bad))
    assert rule.id in concerning(OF_RECORDS, bad.has)
    assert rule.id not in concerning(OF_RECORDS, set(bad.has).difference(rule.about))


def test_a_rule_about_nothing_in_particular_concerns_every_record() -> None:
    assert {rule.id for rule in OF_RECORDS.values() if not rule.about} == concerning(OF_RECORDS, ()).keys()


def test_everything_that_is_noted_is_what_a_rule_is_about_and_all_that_rules_are_about_is_in_the_schema() -> None:
    about = {name for rule in OF_RECORDS.values() for name in rule.about}
    noted = {f"{definition}.{name}" for definition, names in NOTED.items() for name in names}
    assert {name for name in about if "." in name} <= noted
    assert noted - about == {"member.count"}  # this one is asked for in a rule about other things, too
    assert all(name in SCHEMA.definitions.schema["properties"] or name in SCHEMA.plan.steps for name in about - noted)


def sound() -> Iterator[Record]:
    """Records that keep the schema: the examples of all rules, and those of the conformance suite."""
    fragments = [fragment for rule in RULES.values() for fragment in (rule.bad, rule.good)]
    values = [example(fragment) for fragment in fragments if not isinstance(fragment, bytes)]
    for case in conformance.cases():
        values += [parse(data).value for data in case.files.values()]
    for value in values:
        if isinstance(value, dict) and (held := SCHEMA.hold(value)).valid:
            yield Record(value, SCHEMA, held.found, InlineTexts(None), frozenset(), OF_VALUES)


def test_a_rule_that_is_not_run_would_have_found_nothing() -> None:
    left_out = dict.fromkeys(OF_RECORDS, 0)
    for record in sound():
        concerned = concerning(OF_RECORDS, record.has)
        for id, rule in OF_RECORDS.items():
            if id not in concerned or (rule.first_look is not None and not rule.first_look(record)):
                left_out[id] += 1
                assert list(rule.check(record)) == [], (id, record.value["id"])
    seldom = {id for id, rule in OF_RECORDS.items() if (rule.about or rule.first_look) and not left_out[id]}
    assert seldom == set()
