"""The check of records as a whole: what is found, in which order, what is silenced and what is counted."""

import gzip
import io
import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_records import EXAMPLE, REFERENCE, check_value, example
from diplomatic_events import DiplomaticEventsError, Options, Report, Severity, check_bytes, check_paths
from diplomatic_events.checking import Checker, check_inputs
from diplomatic_events.inputs.paths import Input, Inputs, expand
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.options import Ignored, Suppression
from diplomatic_events.pointers import Pointer, at, resolve
from diplomatic_events.rules import OF_RECORDS
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.structure import structure
from diplomatic_events.sources.texts import Texts
from hypothesis_settings import bounded

RECORD: dict[str, Any] = json.loads((REFERENCE / "record.json").read_bytes())


def report_on(value: Any, **options: Any) -> Report:
    return check_bytes(json.dumps(value).encode(), options=Options(**options))


def write(folder: Path, name: str, *values: Any) -> str:
    path = folder / name
    path.write_text("\n".join(json.dumps(value) for value in values) + "\n", encoding="utf-8")
    return str(path)


# Nothing is changed


def test_the_bytes_and_the_value_that_are_checked_stay_as_they_are() -> None:
    value = example({"type": "meting", "tilte": "x", "/parties/0/id": 5, "/evidence/0/exact": "in Genf"})
    before = deepcopy(value)
    schema = structure(catalogue(), "1.0")
    record = Record(value, schema, schema.hold(value).found, Texts(None), frozenset(schema.judge(value).broken))
    for rule in OF_RECORDS.values():
        if record.intact(*rule.needs):
            list(rule.check(record))
    assert value == before
    data = bytearray(json.dumps(value).encode())
    copy = bytes(data)
    assert check_bytes(bytes(data)).findings
    assert bytes(data) == copy


def test_checking_twice_gives_the_same_report() -> None:
    value = example({"type": "meting", "date": "2021-02-30", "/evidence/0/exact": "in Genf"})
    assert report_on(value) == report_on(value)


# Order, counts and limits


def test_findings_stand_in_the_order_of_file_place_and_rule(tmp_path: Path) -> None:
    bad = example(
        {"title": "", "topics": [], "/upcoming/0/title": "", "/parties/2": {"id": "x", "type": "other", "name": "X"}}
    )
    paths = [
        write(tmp_path, "b.json", bad),
        write(tmp_path, "a.ndjson", EXAMPLE, bad | {"id": "other", "date": "2020"}),
    ]
    findings = check_paths(paths).findings
    order = [
        (found.file, found.place.line, found.place.column, found.rule) for found in findings if found.place is not None
    ]
    assert len(order) == len(findings)
    assert order == sorted(order)
    assert [Path(file).name for file, *_ in order] == ["a.ndjson"] * (len(order) // 2) + ["b.json"] * (len(order) // 2)


def test_findings_of_one_rule_at_one_place_stand_in_the_order_of_their_messages() -> None:
    findings = check_value(example({"type": None, "status": None}))
    assert [(found.pointer, found.message) for found in findings] == [
        ("", "the record needs `status`"),
        ("", "the record needs `type`"),
    ]


def test_findings_that_have_no_place_stand_in_the_order_of_their_lines() -> None:
    same_event = example({"id": "other"})
    days = [example({"id": f"day-{day}", "date": f"2020-01-{day:02}"}) for day in range(3, 10)]
    same_id = example({"id": "day-9", "date": "2020-01-10"})
    data = b"".join(json.dumps(record).encode() + b"\n" for record in [EXAMPLE, same_event, *days, same_id])
    findings = check_inputs(Inputs([Input("<stdin>", None, lines=True)]), None, io.BytesIO(data)).findings
    assert [(found.record_line, found.rule, found.place) for found in findings] == [
        (2, "corpus/possible-duplicate-event", None),
        (10, "corpus/duplicate-record", None),
    ]


def test_a_finding_in_ndjson_has_the_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(
        f'{json.dumps(EXAMPLE)}\n\n{json.dumps(example({"title": ""}))}\r\n{{"title": }}\n', encoding="utf-8"
    )
    report = check_paths([str(path)], Options(select=("schema", "json")))
    assert [(found.rule, found.record_line) for found in report.findings] == [
        ("schema/too-short", 3),
        ("json/syntax", 4),
    ]
    places = [found.place for found in report.findings]
    assert [place and place.line for place in places] == [3, 4]
    assert places[1] is not None
    assert places[1].column == len('{"title": }')
    assert (report.files, report.records) == (1, 3)


def test_totals_stay_true_when_a_report_is_cut() -> None:
    value = example({"topics": ["tarde"] + [f"x{number}" for number in range(9)], "title": ""})
    whole = report_on(value)
    assert whole.totals == {("codes/unknown", Severity.WARNING): 10, ("schema/too-short", Severity.ERROR): 1}
    few = report_on(value, max_findings=3)
    assert (few.shown, few.findings, few.totals) == (3, whole.findings[:3], whole.totals)
    assert report_on(value, max_findings=11).findings == whole.findings
    per_rule = report_on(value, max_per_rule=2)
    assert [found.rule for found in per_rule.findings] == ["schema/too-short", "codes/unknown", "codes/unknown"]
    assert per_rule.totals == whole.totals
    assert (per_rule.count(Severity.ERROR), per_rule.count(Severity.WARNING), per_rule.count(Severity.NOTE)) == (
        1,
        10,
        0,
    )


def test_faults_that_are_only_counted_are_in_the_totals() -> None:
    report = check_bytes(b"[" + b"1e999," * 1500 + b"1]")
    assert report.shown == 1000
    assert report.totals == {("json/number-out-of-range", Severity.ERROR): 1500}


def test_faults_that_are_only_counted_have_the_severity_that_their_rule_was_given() -> None:
    text = ", ".join(['"a": 1'] * 1102)  # the first is no fault
    rule = "json/duplicate-key"
    report = check_bytes(f"{{{text}}}".encode(), options=Options(severities={rule: Severity.WARNING}))
    assert report.shown == 1000
    assert report.totals == {(rule, Severity.WARNING): 1101}


def test_faults_that_are_only_counted_can_be_let_pass_like_the_others() -> None:
    data = b"[" + b"1e999," * 1500 + b"1]"
    rule = frozenset({"json/number-out-of-range"})

    def suppression(**more: Any) -> Suppression:
        fields = {"matches": None, "record": None, "pointer": None, "expires": None, "scope": ""}
        return Suppression(rules=rule, reason="x", named="x", file="c", line=1, **{**fields, **more})

    for options, left, suppressed in (
        (Options(ignored=(Ignored(lambda file: file == "a.json", rule),)), 0, 0),
        (Options(ignored=(Ignored(lambda file: file == "b.json", rule),)), 1500, 0),
        (Options(suppressions=(suppression(),)), 0, 1500),
        (Options(suppressions=(suppression(pointer="/x"),)), 1500, 0),
        (Options(suppressions=(suppression(expires=date(2020, 1, 1)),), today=date(2021, 1, 1)), 1500, 0),
    ):
        report = check_bytes(data, name="a.json", options=options)
        told = sum(number for (found, _), number in report.totals.items() if found in rule)
        assert (told, report.suppressed) == (left, suppressed)


def test_a_fault_of_the_text_that_is_left_out_is_not_counted() -> None:
    report = check_bytes(b'{"a": 1, "a": 2}', options=Options(ignore=("json/duplicate-key",)))
    assert (report.findings, report.totals) == ((), {})
    many = check_bytes(b"[" + b"1e999," * 1500 + b"1]", options=Options(ignore=("json/number-out-of-range",)))
    assert (many.findings, many.totals) == ((), {})
    assert [row.what for row in report.not_checked] == ["the schema and every rule"]


def test_an_alternative_to_the_whole_record_must_be_a_record() -> None:
    annotation = {"target": "", "kind": "uncertain", "basis": "x", "alternatives": [{"value": "x"}]}
    (finding,) = check_value(example({"/annotations/1": annotation}))
    assert (finding.rule, finding.pointer) == ("annotations/invalid-alternative", "/annotations/1/alternatives/0/value")
    assert finding.message == "the alternative would not be valid at `the record's root`: a record is an object"


def test_files_without_findings_are_named(tmp_path: Path) -> None:
    good, bad = write(tmp_path, "good.json", EXAMPLE), write(tmp_path, "bad.json", example({"title": "", "id": "b"}))
    assert check_paths([good, bad]).clean_files == (good,)


def test_a_file_that_was_not_read_or_checked_to_its_end_is_not_without_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(tmp_path, f"{name}.json", example({"id": name, "date": f"201{n}"})) for n, name in enumerate("abc")]
    Path(paths[1]).unlink()
    inputs = expand([paths[0], paths[2]])
    inputs.files.insert(1, Input(paths[1], Path(paths[1]), lines=False))
    assert check_inputs(inputs).clean_files == (paths[0], paths[2])
    monkeypatch.setattr(Checker, "_judge", lambda *_: 1 // 0)
    report = check_inputs(inputs)
    assert (report.clean_files, len(report.crashes)) == ((), 2)


def test_a_duration_of_no_time_is_not_proposed() -> None:
    (found,) = check_value(example({"time": {"start": "10:00", "end": "10:00", "duration": "PT1H"}}))
    assert found.message == "from 10:00 to 10:00 no time passes, not PT1H"


# Which rules


def test_only_the_rules_and_families_that_are_selected_are_checked() -> None:
    value = example({"title": "", "topics": ["tarde"], "date": "2021-02-30"})
    for select, ignore, rules in (
        ((), (), {"schema/too-short", "codes/unknown", "dates/no-such-day"}),
        (("schema",), (), {"schema/too-short"}),
        (("schema/", "codes/unknown"), (), {"schema/too-short", "codes/unknown"}),
        ((), ("schema", "dates/no-such-day"), {"codes/unknown"}),
        (("schema", "codes"), ("codes/unknown",), {"schema/too-short"}),
    ):
        assert {found.rule for found in report_on(value, select=select, ignore=ignore).findings} == rules


def test_a_rule_that_is_switched_off_finds_nothing_and_another_severity_is_taken_over() -> None:
    value = example({"title": "", "topics": ["tarde"]})
    severities = {"schema/too-short": None, "codes/unknown": Severity.ERROR}
    report = report_on(value, severities=severities)
    assert [(found.rule, found.severity) for found in report.findings] == [("codes/unknown", Severity.ERROR)]
    assert report.totals == {("codes/unknown", Severity.ERROR): 1}


@pytest.mark.parametrize(
    ("options", "message", "help"),
    [
        ({"select": ("evidnce",)}, "--select: there is no rule or family `evidnce`", "did you mean `evidence`?"),
        (
            {"ignore": ("qqqq",)},
            "--ignore: there is no rule or family `qqqq`",
            "`diplomatic-events rules` lists them all",
        ),
        ({"schema_version": "1.00"}, "there is no schema version `1.00`", "did you mean `1.0`?"),
    ],
)
def test_an_option_that_names_nothing_is_refused(options: dict[str, Any], message: str, help: str) -> None:
    with pytest.raises(DiplomaticEventsError) as caught:
        report_on(EXAMPLE, **options)
    assert (str(caught.value), caught.value.help) == (message, help)


# What was not checked


def test_a_broken_part_silences_the_rules_that_need_it_and_they_are_listed() -> None:
    report = report_on(example({"/sources/0/id": 5, "date": "2021-02-30"}))
    assert [found.rule for found in report.findings] == ["dates/no-such-day", "schema/wrong-type"]
    silenced = {row.what for row in report.not_checked if row.reason == "a part of the record that is needed is broken"}
    needing = {rule.id for rule in OF_RECORDS.values() if {"sources", "sources/*/id"} & set(rule.needs)}
    assert needing <= silenced
    assert "evidence/not-verbatim" in silenced
    assert "dates/no-such-day" not in silenced
    assert all(row.records == 1 for row in report.not_checked)


@pytest.mark.parametrize(
    ("odd", "fault", "rule"),
    [
        ({"/evidence/-": {"source": "report", "exact": 5}}, {"/statements/0/evidence/0/exact": "in Genf"}, "evidence/not-verbatim"),
        ({"/annotations/-": {"target": 5, "kind": "inferred", "basis": "x"}}, {"/annotations/0/target": "/upcomming"}, "annotations/no-such-target"),
        ({"/statements/1/text": 5}, {"/statements/0/form": "indirect", "/statements/0/text": "x",
          "/statements/0/evidence": [{"source": "report", "exact": "“We will open the border,”"}]}, "statements/indirect-in-quotation-marks"),
        ({"/parties/1/name": 5}, {"/parties/0/identifiers": [{"scheme": "wikidata", "value": "148"}]}, "codes/malformed-identifier"),
        ({"/parties/1/identifiers": [{"scheme": "wikidata", "value": 148}]},
         {"/parties/0/identifiers": [{"scheme": "wikidata", "value": "148"}]}, "codes/malformed-identifier"),
        ({"programme": [{"id": "a", "title": "A", "time": "noon"}]}, {"time": {"start": "17:00", "end": "16:00"}}, "dates/reversed-time"),
        ({"/sources/1": {"id": "other", "type": "readout", "title": 5, "text": "Nothing."}}, {"/evidence/0/exact": "in Genf"}, "evidence/not-verbatim"),
    ],
)  # fmt: skip
def test_a_broken_entry_silences_no_rule_for_the_others(odd: dict[str, Any], fault: dict[str, Any], rule: str) -> None:
    found = {finding.rule for finding in check_value(example({**fault, **odd}))}
    assert {rule, "schema/wrong-type"} <= found


def test_rules_that_were_not_checked_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "a.json", example({"/sources/0/id": 5})),
        write(tmp_path, "b.json", example({"id": "b", "annotations": 5})),
    ]
    report = check_paths(paths, Options(select=("evidence/not-verbatim", "annotations/no-such-target")))
    assert [row.what for row in report.not_checked] == ["annotations/no-such-target", "evidence/not-verbatim"]


def test_entries_that_are_left_out_are_named_with_the_rules() -> None:
    report = report_on(example({"/evidence/1": {"source": "report", "exact": 5}}), select=("evidence",))
    assert {row.reason for row in report.not_checked} == {"broken entries were left out"}
    assert "evidence/not-verbatim" in {row.what for row in report.not_checked}
    assert "evidence/hash-mismatch" not in {row.what for row in report.not_checked}


# Alternatives


def offered(target: str, value: Any, **changes: Any) -> list[str]:
    """What is said of an alternative for a place of the example record."""
    annotation = {"target": target, "kind": "uncertain", "basis": "x", "alternatives": [{"value": value}]}
    found = check_value(example({**changes, "/annotations/1": annotation}))
    assert {finding.rule for finding in found} <= {"annotations/invalid-alternative"}
    return [finding.message.partition(": ")[2] for finding in found]


DELEGATION = {"id": "third", "party": "sylvania", "capacity": "guest", "members": [
    {"id": "aide", "office": {"title": "aide"}}]}  # fmt: skip


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("/topics", ["trade", "security"]),
        ("/topics/0", "security"),
        ("delegation-sylvania", DELEGATION),
        ("delegation-sylvania/party", "freedonia"),
        ("delegation-sylvania/members", [{"id": "aide", "person": "ana-ruiz"}]),
        ("/extensions/org.example", {"anything": [None]}),
        ("/extensions/org.example/note", None),
        ("", {**EXAMPLE, "date": "2021-05-04"}),
    ],
)
def test_an_alternative_may_be_all_that_its_place_may_hold(target: str, value: Any) -> None:
    changes = {"topics": ["trade"], "extensions": {"org.example": {"note": 1}}}
    assert offered(target, value, **changes) == []


@pytest.mark.parametrize(
    ("target", "value", "said"),
    [
        ("/topics", [], "`topics` is an empty list"),
        ("/topics", "trade", "`topics` is text; it must be a list"),
        ("delegation-sylvania", {**DELEGATION, "partie": "x"}, "the delegation `third` has no property `partie`"),
        ("ruiz/person", "ana-ruis", "no person has the id `ana-ruis`"),
        ("delegation-sylvania/party", "ana-ruiz", "`ana-ruiz` is a person; a party belongs here"),
        ("/date", "2021-02-30", "February 2021 has 28 days, and no day 30"),
        ("report/language", "xq", "there is no language `xq`"),
        ("/time", {"start": "10:00", "timeZone": "Europe/Genf"}, "there is no time zone `Europe/Genf`"),
        ("", {**EXAMPLE, "date": "2021-02-30"}, "February 2021 has 28 days, and no day 30"),
    ],
)  # fmt: skip
def test_a_wrong_alternative_is_told_as_it_would_be_in_its_place(target: str, value: Any, said: str) -> None:
    assert offered(target, value, topics=["trade"], time={"start": "11:00"}) == [said]


def test_each_alternative_for_one_place_is_judged() -> None:
    annotation = {"target": "/date", "kind": "uncertain", "basis": "x"}
    values = [{"value": "last Monday"}, {"value": "2021-05-04"}, {"value": "2021-02-30"}]
    found = check_value(example({"/annotations/1": {**annotation, "alternatives": values}}))
    assert [finding.pointer for finding in found] == [f"/annotations/1/alternatives/{index}/value" for index in (0, 2)]


def test_a_rule_that_is_not_chosen_is_not_listed_as_not_checked() -> None:
    report = report_on(example({"/sources/0/id": 5}), select=("schema", "evidence/not-verbatim"))
    assert [row.what for row in report.not_checked] == ["evidence/not-verbatim"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "the file could not be read as JSON"),
        (b"{}", "no known version of the schema is declared"),
        (b"[]", "no known version of the schema is declared"),
    ],
)
def test_where_nothing_can_be_checked_that_is_said(data: bytes, reason: str) -> None:
    (row,) = check_bytes(data).not_checked
    assert (row.what, row.reason, row.records) == ("the schema and every rule", reason, 1)


def test_evidence_of_sources_without_text_is_listed_once_a_record(tmp_path: Path) -> None:
    silent = example({"/sources/0/text": None})
    report = check_paths([write(tmp_path, "a.ndjson", silent, {**silent, "id": "other", "date": "2019-01-01"})])
    assert [(row.what, row.reason, row.records) for row in report.not_checked] == [
        ("evidence", "its source has no text", 2)
    ]


def test_a_compressed_file_that_breaks_off_is_not_checked_behind_the_break(tmp_path: Path) -> None:
    data = b"".join(json.dumps(example({"id": f"r{n}", "date": f"20{n:02}-05-03"})).encode() + b"\n" for n in range(60))
    packed = gzip.compress(data)
    (tmp_path / "a.ndjson.gz").write_bytes(packed[: len(packed) - 40])
    report = check_paths([str(tmp_path / "a.ndjson.gz")], Options(select=("json",)))
    (finding,) = report.findings
    assert (finding.rule, finding.place, finding.pointer) == ("json/truncated-compression", None, "")
    assert finding.record_line is not None
    assert finding.record_line > 50
    assert report.records == finding.record_line


# Files that cannot be read


def test_what_cannot_be_read_is_a_failure_and_the_other_files_are_checked(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.json", example({"title": ""}))
    (tmp_path / "gone.json").symlink_to("nowhere")
    report = check_paths([str(tmp_path), str(tmp_path / "none.json"), "/dev/null"])
    assert [(found.file, found.rule) for found in report.findings] == [(bad, "schema/too-short")]
    assert sorted(report.failures) == sorted(
        [
            f"{tmp_path}/none.json: there is no such file or folder",
            f"{tmp_path}/gone.json: it is a broken link",
            "/dev/null: it is not an ordinary file; to check what a program prints, pipe it into `-`",
        ]
    )


def test_a_file_that_vanishes_while_it_waits_is_a_failure(tmp_path: Path) -> None:
    paths = [write(tmp_path, "a.json", EXAMPLE), write(tmp_path, "b.json", example({"id": "b", "date": "2019-01-01"}))]
    inputs = expand(paths)
    Path(paths[0]).unlink()
    report = check_inputs(inputs)
    assert report.failures == (f"{paths[0]}: No such file or directory",)
    assert (report.findings, report.records) == ((), 1)


def test_a_failure_is_one_line() -> None:
    report = check_inputs(Inputs([Input("a\nb", Path("no/such"), None)]))
    assert report.failures == ("a b: No such file or directory",)


@pytest.mark.parametrize("form", [str, Path])
def test_a_path_that_stands_alone_is_one_path(tmp_path: Path, form: type[str] | type[Path]) -> None:
    path = form(write(tmp_path, "a.json", EXAMPLE))
    assert check_paths(path) == check_paths([path]) == check_paths(str(tmp_path))
    assert check_paths(path).files == 1
    assert check_paths(form("none.json")).failures == ("none.json: there is no such file or folder",)
    with pytest.raises(TypeError):
        check_paths(b"a.json")  # type: ignore[arg-type]  # what is neither text nor a path


def test_a_report_is_ok_only_if_nothing_was_found_and_nothing_failed(tmp_path: Path) -> None:
    good = write(tmp_path, "good.json", EXAMPLE)
    note = write(tmp_path, "note.json", example({"topics": ["tarde"]}))
    assert check_paths(good).ok
    assert not check_paths([good, str(tmp_path / "none.json")]).ok
    found = check_paths(note, Options(severities={"codes": Severity.NOTE}))
    assert (found.count(Severity.ERROR), found.failures, found.ok) == (0, (), False)
    cut = check_paths(note, Options(max_findings=0))
    assert (cut.findings, cut.ok) == ((), False)
    assert not Report((), files=1, records=1, crashes=("a.json:1: KeyError: 1",)).ok
    assert not Report(found.findings, files=1, records=1).ok
    assert Report((), files=1, records=1, suppressed=1, baselined=1).ok is True


# A fault of our own


def test_a_fault_of_our_own_costs_only_the_record_in_which_it_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(record: Record) -> Any:
        if record.value["id"] == "b":
            raise ZeroDivisionError("our own")
        yield from ()

    monkeypatch.setattr(OF_RECORDS["codes/unknown"], "check", fail)
    bad = example({"title": "", "id": "c", "date": "2019-01-01"})
    path = write(tmp_path, "a.ndjson", EXAMPLE, example({"id": "b", "date": "2020-01-01"}), bad)
    report = check_paths([path])
    assert [(found.rule, found.record) for found in report.findings] == [("schema/too-short", "c")]
    (crash,) = report.crashes
    assert crash.startswith(f"{path}:2: ")
    assert "ZeroDivisionError: our own" in crash
    assert report.records == 3


def test_of_two_faults_of_our_own_in_a_record_the_first_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(word: str) -> Any:
        def fail(_: Record) -> Any:
            raise ZeroDivisionError(word)

        return fail

    one, two, *_ = OF_RECORDS.values()
    monkeypatch.setattr(one, "check", failing("one"))
    monkeypatch.setattr(two, "check", failing("two"))
    (crash,) = report_on(EXAMPLE).crashes
    assert crash.startswith(f"<record>:1: {one.id}: ZeroDivisionError: one\n")


def test_work_that_cannot_be_done_is_no_fault_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise DiplomaticEventsError("the schema refers elsewhere")

    monkeypatch.setattr("diplomatic_events.schema.structure.Structure.hold", refuse)
    with pytest.raises(DiplomaticEventsError, match="the schema refers elsewhere"):
        report_on(EXAMPLE)


# One broken value, anywhere


def paths_of(value: Any, path: Pointer = ()) -> list[Pointer]:
    """The path of every value in a record but the record itself."""
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, child in children for found in [(*path, key), *paths_of(child, (*path, key))]]


def with_value(record: dict[str, Any], path: Pointer, value: Any) -> dict[str, Any]:
    changed = deepcopy(record)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(record: dict[str, Any], path: Pointer) -> dict[str, Any]:
    changed = deepcopy(record)
    del at(changed, path[:-1])[path[-1]]
    return changed


def wrong_types(value: Any) -> list[Any]:
    """One value of each type that a value is not."""
    kinds: list[Any] = [None, True, 5, 2.5, "x", ["x"], {"x": 1}]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return [
        other
        for other in kinds
        if type(other) is not type(value) and not (number and isinstance(other, int | float) and other is not True)
    ]


CHECKER = Checker(Options())
PLACES = [path for path in paths_of(RECORD) if path[0] != "extensions"]


def judged(record: dict[str, Any], folder: Path | None = None) -> list[tuple[str, Pointer]]:
    outcome = CHECKER.check(RawRecord("record.json", json.dumps(record).encode()), folder)
    assert outcome.crash is None, outcome.crash
    for finding in outcome.findings:
        assert finding.place is not None
    return [(found.rule, resolve(record, found.pointer or "") or ()) for found in outcome.findings]


def is_near(path: Pointer, other: Pointer) -> bool:
    """Whether one of two places lies inside the other."""
    return path[: len(other)] == other[: len(path)]


def expect_no_echo(record: dict[str, Any], path: Pointer, folder: Path | None = None) -> None:
    """Where the schema refuses a broken value, no other rule speaks of any other place."""
    found = judged(record, folder)
    if any(rule.startswith("schema/") for rule, _ in found):
        assert [rule for rule, place in found if not rule.startswith("schema/") and not is_near(place, path)] == []


def test_a_value_of_a_wrong_type_is_found_at_its_place_and_has_no_echo() -> None:
    for path in paths_of(EXAMPLE):
        for value in wrong_types(at(EXAMPLE, path)):
            found = judged(with_value(EXAMPLE, path, value))
            assert any(rule.startswith("schema/") for rule, _ in found), (path, value)
            assert all(is_near(place, path) for _, place in found), (path, value, found)


def test_an_empty_or_missing_value_has_no_echo() -> None:
    for path in paths_of(EXAMPLE):
        value = at(EXAMPLE, path)
        if isinstance(value, str | list):
            expect_no_echo(with_value(EXAMPLE, path, type(value)()), path)
        if isinstance(path[-1], str) and not isinstance(value, dict | list):
            expect_no_echo(without(EXAMPLE, path), path)
        judged(without(EXAMPLE, path))
        judged(with_value(EXAMPLE, path, {}))


@bounded(100)
@given(st.sampled_from(PLACES), st.data())
def test_a_broken_value_of_the_reference_record_has_no_echo(path: Pointer, data: st.DataObject) -> None:
    record = with_value(RECORD, path, data.draw(st.sampled_from(wrong_types(at(RECORD, path)))))
    assert judged(record, REFERENCE)
    expect_no_echo(record, path, REFERENCE)


def test_a_misspelt_name_and_a_wrong_value_are_each_found_beside_each_other() -> None:
    findings = check_value(example({"tilte": "x", "title": None, "type": "meting", "/upcoming/0/date": "June"}))
    assert [(found.rule, found.pointer) for found in findings] == [
        ("schema/not-in-codelist", "/type"),
        ("schema/pattern-mismatch", "/upcoming/0/date"),
        ("schema/unknown-property", "/tilte"),
    ]


# Slips that broke a rule, or silenced one


def test_a_list_for_the_part_of_the_programme_is_a_finding_and_nothing_more() -> None:
    (found,) = check_value(example({"/statements/0/programmeItem": ["talks"]}))
    assert (found.rule, found.pointer) == ("schema/wrong-type", "/statements/0/programmeItem")


def test_two_heads_of_a_delegation_without_id_are_no_fault_of_our_own() -> None:
    deputy = {"id": "deputy", "office": {"title": "Deputy Minister"}, "role": "head"}
    report = report_on(example({"/delegations/0/members/1": deputy, "/delegations/0/id": None}))
    assert report.crashes == ()
    assert [found.rule for found in report.findings] == ["schema/missing-property"]


def test_a_property_that_only_resembles_a_sound_one_silences_no_rule() -> None:
    found = {(row.rule, row.pointer) for row in check_value(example({"endDate": "x", "date": "2021-02-30"}))}
    assert ("dates/no-such-day", "/date") in found
    report = report_on(example({"location": "Geneva", "/statements/0/speakers": ["ruis"]}))
    assert "reference/unknown-member" in {row.rule for row in report.findings}
    assert [row for row in report.not_checked if row.what.startswith("reference/")] == []


def test_a_source_without_text_is_named_whatever_is_selected() -> None:
    value = example({"/sources/0/text": None, "/sources/0/sha256": "abc"})
    for select in ((), ("schema",), ("evidence/hash-mismatch",)):
        assert "evidence" in {row.what for row in report_on(value, select=select).not_checked}


def test_a_report_that_is_cut_leaves_out_notes_and_warnings_before_errors_and_keeps_their_order() -> None:
    value = {"topics": ["tarde", "tarde2"], **example({"/sources/0/type": "x", "/sources/0/language": "xq", "id": "X"})}
    whole = report_on(value).findings
    ranks = [finding.severity.rank for finding in whole]
    assert sorted(ranks) == [2, 2, 3, 3, 3]
    assert ranks != sorted(ranks, reverse=True)
    errors = tuple(finding for finding in whole if finding.severity is Severity.ERROR)
    for most in (1, 2, 3):
        assert report_on(value, max_findings=most).findings == errors[:most]
    warnings = [finding for finding in whole if finding.severity is Severity.WARNING]
    assert report_on(value, max_findings=4).findings == (warnings[0], *errors)
