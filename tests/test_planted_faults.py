"""A fault planted by hand in the reference record is named at its place, and nothing else beside it."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from checking import REFERENCE, check_value, example
from diplomatic_events import check_paths

Record = dict[str, Any]
FAULTS: dict[str, tuple[str, str, str, Callable[[Record], Any]]] = {}


def fault(rule: str, pointer: str, says: str) -> Callable[[Callable[[Record], Any]], Callable[[Record], Any]]:
    def enter(plant: Callable[[Record], Any]) -> Callable[[Record], Any]:
        FAULTS[plant.__name__] = (rule, pointer, says, plant)
        return plant

    return enter


@fault("evidence/not-verbatim", "/statements/2/evidence/0/exact", "character 18")
def a_hallucinated_word_in_a_quote(record: Record) -> None:
    quote = record["statements"][2]["evidence"][0]
    quote["exact"] = quote["exact"].replace("that security", "that regional security")


@fault("evidence/offset-mismatch", "/statements/2/evidence/0", "866–927")
def offsets_that_are_off_by_one(record: Record) -> None:
    quote = record["statements"][2]["evidence"][0]
    quote["start"] += 1
    quote["end"] += 1


@fault("evidence/offset-mismatch", "/statements/2/evidence/0", "866–927")
def an_end_that_is_off_by_one(record: Record) -> None:
    record["statements"][2]["evidence"][0]["end"] += 1


@fault("reference/wrong-kind", "/statements/0/speakers/0", "`china` is a party")
def a_speaker_who_is_a_party(record: Record) -> None:
    record["statements"][0]["speakers"] = ["china"]


@fault("participation/speaks-for-itself", "/statements/7/onBehalfOf/0", "`shoigu` already speaks for `russia`")
def a_statement_on_behalf_of_ones_own_party(record: Record) -> None:
    record["statements"][7]["onBehalfOf"] = ["russia"]


@fault("dates/upcoming-not-later", "/upcoming/0/date", "2017-06")
def a_summit_announced_for_last_year(record: Record) -> None:
    record["upcoming"][0]["date"] = "2017-06"


@fault("participation/two-heads", "/delegations/0/members/1/role", "already has a head")
def two_heads(record: Record) -> None:
    record["delegations"][0]["members"][1]["role"] = "head"


@fault("annotations/no-such-target", "/annotations/10/target", "`/upcoming/1/date`")
def an_annotation_that_points_nowhere(record: Record) -> None:
    record["annotations"][10]["target"] = "/upcoming/1/date"


@fault("codes/malformed-identifier", "/parties/0/identifiers/0/value", "`148`")
def a_wikidata_value_without_its_q(record: Record) -> None:
    record["parties"][0]["identifiers"] = [{"scheme": "wikidata", "value": "148"}]


@fault("evidence/text-file-outside-folder", "/sources/0/textFile", "`../../secret.txt`")
def a_text_file_outside_the_folder(record: Record) -> None:
    record["sources"][0]["textFile"] = "../../secret.txt"


@fault("reference/unknown-party", "/delegations/9/party", "`belarsu`")
def a_misspelt_party(record: Record) -> None:
    record["delegations"][9]["party"] = "belarsu"


@fault("dates/no-such-day", "/date", "30 days")
def a_day_that_there_is_not(record: Record) -> None:
    record["date"] = "2018-04-31"


@fault("statements/text-not-in-evidence", "/statements/3/text", "`economic`")
def words_put_into_a_speakers_mouth(record: Record) -> None:
    record["statements"][3]["text"] = (
        "We must take safeguarding economic stability as the SCO’s work priority as always."
    )


@fault("evidence/hash-mismatch", "/sources/0/sha256", "another SHA-256 digest")
def a_text_that_was_changed_after_it_was_coded(record: Record) -> None:
    record["sources"][0]["sha256"] = "0" * 64


@fault("participation/party-in-two-delegations", "/delegations/9/party", "`russia` already")
def a_party_in_two_delegations(record: Record) -> None:
    record["delegations"][9]["party"] = "russia"
    record["upcoming"][0]["organizers"].append("belarus")


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_the_one_finding(name: str, tmp_path: Path) -> None:
    rule, pointer, says, plant = FAULTS[name]
    copytree(REFERENCE, tmp_path / "record")
    (tmp_path.parent / "secret.txt").write_text("BEIJING", encoding="utf-8")
    path = tmp_path / "record" / "record.json"
    record = json.loads(path.read_bytes())
    plant(record)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
    report = check_paths([str(tmp_path)])
    assert [(finding.rule, finding.pointer) for finding in report.findings] == [(rule, pointer)]
    assert says in f"{report.findings[0].message} {report.findings[0].help}"
    assert report.findings[0].place is not None


def test_a_quote_from_another_source_is_told_where_it_stands() -> None:
    record = example({"/sources/1": {"id": "readout", "type": "readout", "text": "They spoke of fish at length."}})
    record["evidence"].append({"source": "report", "exact": "spoke of fish at length"})
    record["evidence"].append({"source": "readout", "exact": "They spoke"})
    (finding,) = check_value(record)
    assert (finding.rule, finding.help) == ("evidence/not-verbatim", "it stands in the source `readout`")


def test_a_word_that_is_dropped_from_a_quotation_is_found() -> None:
    text = "The minister said: “We will not open the border,” and left."
    record = example({"/sources/1": {"id": "readout", "type": "readout", "text": text}})
    statement = record["statements"][0]
    statement["evidence"] = [{"source": "readout", "exact": "“We will not open the border,”"}]
    statement["text"] = "We will open the border"
    assert [finding.rule for finding in check_value(record)] == ["statements/text-not-in-evidence"]
    statement["text"] = "We will … open the border"
    assert check_value(record) == ()
