"""However many faults fill a file, they are found in seconds and in bounded memory."""

import itertools
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from confined import SECONDS, check
from diplomatic_events import Options, Severity, check_bytes
from diplomatic_events.findings import NotChecked
from diplomatic_events.schema.codelists import codelist

pytestmark = [pytest.mark.bounds, pytest.mark.usefixtures("uncounted")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# A pattern's worst case

LONG = 1 << 18


@pytest.mark.parametrize(
    "value", ["a-" * LONG + "!", "a." * LONG + "!", "a" * LONG + "!", "0" * LONG, "a/" * LONG + "!"]
)
def test_no_pattern_of_the_schema_has_a_worst_case(value: str) -> None:
    changes: dict[str, Any] = {
        "id": value,
        "$schema": value,
        "date": value,
        "language": value,
        "time": {"start": value, "timeZone": value},
        "/sources/0/url": f"https://{value}",
        "/sources/0/sha256": value,
        "/parties/0/identifiers": [{"scheme": "wikidata", "value": value}, {"scheme": value, "value": "x"}],
        "/annotations/0/target": f"/{value}",
        "/evidence/0/exact": value,
        "extensions": {value: {}, f"https://{value}": {}},
        "type": value,
        "topics": [value],
        value: 1,
        "/parties/0": {"id": "freedonia", "type": "other", "name": "Freedonia", value: 1, f"{value}2": 1},
        "/delegations/0/party": value,
        "schemaVersion": value,
    }
    for pointer, wrong in changes.items():
        began = time.process_time()
        report = check_bytes(json.dumps(example({pointer: wrong})).encode())
        assert time.process_time() - began < 2, pointer
        assert report.crashes == (), pointer
        assert report.findings or pointer in ("$schema", "/sources/0/url"), pointer


# Very many faults

MANY = 10_000


NO_LANGUAGES = ["".join(letters) for letters in itertools.product("qxzjwvkybcdfgh", repeat=3)
                if "".join(letters) not in codelist("language")]  # fmt: skip
"""Two thousand tags of languages that there are not."""


def offered(target: str, values: list[Any]) -> dict[str, Any]:
    """Alternatives for one place of a record."""
    annotation = {"target": target, "kind": "uncertain", "basis": "x"}
    return {"annotations": [{**annotation, "alternatives": [{"value": value}]} for value in values]}


EQUAL: dict[str, tuple[dict[str, Any], str]] = {
    "codes": ({"places": [{"city": "Geneva", "country": "CHX"}] * MANY}, "schema/not-in-codelist"),
    "types": ({"places": [5] * MANY}, "schema/wrong-type"),
    "forms": ({"upcoming": [{"id": "x", "title": "x", "date": "June"}] * MANY}, "schema/pattern-mismatch"),
    "ids": ({"people": [{"id": "ana-ruiz", "name": "Ana"}] * (MANY + 1)}, "reference/duplicate-id"),
    "items": ({"topics": ["trade"] * (MANY + 1)}, "schema/duplicate-item"),
    "references": (
        {"upcoming": [{"id": f"u{n}", "title": "x", "organizers": ["freedonya"]} for n in range(MANY)]},
        "reference/unknown-party",
    ),
}
DIFFERENT: dict[str, tuple[dict[str, Any], str]] = {
    "codes": ({"places": [{"country": f"C{n:05}"} for n in range(MANY)]}, "schema/not-in-codelist"),
    "names": ({f"prop{n}": n for n in range(MANY)}, "schema/unknown-property"),
    "forms": ({"previousDates": [f"June {n}" for n in range(MANY)]}, "schema/pattern-mismatch"),
    "extensions": ({"extensions": {f"mine{n}": {} for n in range(MANY)}}, "schema/malformed-namespace"),
    "references": (
        {"/upcoming/0/organizers": [f"freedonia-{n}" for n in range(MANY)]},
        "reference/unknown-party",
    ),
    "people": (
        {"people": [{"id": f"person-{n}", "name": "P"} for n in range(MANY)]},
        "reference/unused-person",
    ),
    "languages": (
        {"sources": [{"id": f"s{n}", "type": "readout", "language": tag} for n, tag in enumerate(NO_LANGUAGES)]},
        "codes/unknown-language",
    ),
    "scripts": (
        {
            "sources": [
                {"id": f"s{n}", "type": "readout", "language": f"en-Q{letters}"}
                for n, letters in enumerate(NO_LANGUAGES)
            ]
        },
        "codes/unknown-language",
    ),
    "time zones": (
        {
            "programme": [
                {"id": f"p{n}", "title": "x", "time": {"start": "10:00", "timeZone": f"Europe/Genev{n}"}}
                for n in range(MANY)
            ]
        },
        "dates/unknown-time-zone",
    ),
    "codes of an open list": ({"topics": [f"tarde-{n}" for n in range(MANY)]}, "codes/unknown"),
    "kinds": (
        {
            "upcoming": [{"id": f"u{n}", "title": "x", "organizers": [f"m{n}"]} for n in range(MANY)],
            "parties": [{"id": f"p{n}", "type": "other", "name": "P"} for n in range(MANY)],
            "/delegations/1/members": [{"id": f"m{n}", "office": {"title": "aide"}} for n in range(MANY)],
        },
        "reference/wrong-kind",
    ),
    "circles": (
        {"parties": [{"id": f"g{n}", "type": "group", "name": "G", "members": [f"g{n}"]} for n in range(MANY)]},
        "participation/group-membership-cycle",
    ),
    "dates offered": (offered("/date", [f"June {n}" for n in range(MANY)]), "annotations/invalid-alternative"),
    "countries offered": (
        offered("/places/0/country", [f"Q{n}" for n in range(MANY)]),
        "annotations/invalid-alternative",
    ),
    "parties offered": (
        offered("/delegations/0/party", [f"fredonia-{n}" for n in range(MANY)]),
        "annotations/invalid-alternative",
    ),
    "delegations offered": (
        offered("/delegations/0", [{"id": f"d{n}"} for n in range(MANY)]),
        "annotations/invalid-alternative",
    ),
    "records offered": (offered("", [f"record {n}" for n in range(MANY)]), "annotations/invalid-alternative"),
    "targets": (
        {"annotations": [{"target": f"/x{n}", "kind": "inferred", "basis": "x"} for n in range(MANY)]},
        "annotations/no-such-target",
    ),
    "targets by id": (
        {
            "people": [{"id": f"person-{n}", "name": "P"} for n in range(MANY)],
            "annotations": [{"target": f"pers-on-{n}/name", "kind": "inferred", "basis": "x"} for n in range(MANY)],
        },
        "annotations/no-such-target",
    ),
    "targets beside broken entries": (
        {
            "people": [{"id": f"person-{n}", "name": 5} for n in range(MANY)],
            "annotations": [{"target": f"nobody-{n}/name", "kind": "inferred", "basis": "x"} for n in range(MANY)],
        },
        "annotations/no-such-target",
    ),
}


def quickly(record: dict[str, Any], rule: str, number: int) -> None:
    """Check a record with very many faults in a process of its own."""
    Path("a.json").write_text(json.dumps(record), encoding="utf-8")
    ran = check("a.json")
    assert ran.code == 1
    assert ran.rules.count(rule) >= number
    assert all(found["line"] == 1 and found["column"] for found in ran.findings)


@pytest.mark.parametrize("kind", ["codes", "parties offered"])
def test_ten_thousand_faults_are_found_in_seconds(kind: str) -> None:
    change, rule = DIFFERENT[kind]
    quickly(example(change), rule, MANY)


@pytest.mark.parametrize(
    ("change", "rule"), [*EQUAL.values(), *DIFFERENT.values()],
    ids=[*(f"equal {name}" for name in EQUAL), *(f"different {name}" for name in DIFFERENT)],
)  # fmt: skip
def test_the_time_grows_with_the_faults_and_not_with_their_square(change: dict[str, Any], rule: str) -> None:
    times = []
    for number in (500, 2000):
        few = {key: value[:number] if isinstance(value, list) else value for key, value in change.items()}
        few = {
            key: dict(list(value.items())[:number]) if isinstance(value, dict) else value for key, value in few.items()
        }
        few = dict(list(few.items())[:number])
        data = json.dumps(example(few)).encode()
        began = time.process_time()
        report = check_bytes(data, options=Options(max_findings=1))
        times.append(time.process_time() - began)
        assert report.crashes == ()
        assert sum(count for (found, _), count in report.totals.items() if found == rule) >= number - 1
    assert times[1] < 8 * max(times[0], 0.1)


def test_very_many_ids_that_are_nearly_right_are_found_in_seconds() -> None:
    parties = [{"id": f"party-{n}", "type": "other", "name": f"P{n}"} for n in range(2000)]
    wrong = [f"p-arty-{n}" for n in range(2000)]
    quickly(example({"parties": parties, "/upcoming/0/organizers": wrong}), "reference/unknown-party", 2000)


def text_of_a_megabyte() -> list[str]:
    chance = random.Random(7)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3000)]
    return chance.choices(words, k=160_000)


def test_ten_thousand_quotes_that_are_not_verbatim_are_found_in_seconds() -> None:
    words = text_of_a_megabyte()
    quotes = [
        {
            "source": "report",
            "exact": " ".join([*words[n * 10 : n * 10 + 5], "changed", *words[n * 10 + 6 : n * 10 + 9]]),
        }
        for n in range(MANY)
    ]
    record = example({"/sources/0/text": f"{EXAMPLE['sources'][0]['text']} {' '.join(words)}", "evidence": quotes})
    quickly(record, "evidence/not-verbatim", MANY)


def test_ten_thousand_quotes_of_the_text_s_own_words_are_found_in_seconds() -> None:
    """They are one finding, for hardly any quote of the source stands in its text."""
    chance, words = random.Random(7), text_of_a_megabyte()
    quotes = [{"source": "report", "exact": " ".join(chance.choices(words, k=9))} for _ in range(MANY)]
    text = f"{EXAMPLE['sources'][0]['text']} {' '.join(words * 4)}"
    quickly(example({"/sources/0/text": text[: 4 << 20], "evidence": quotes}), "evidence/not-verbatim", 1)


def test_ten_thousand_sources_with_a_wrong_digest_of_one_large_text_are_found_in_seconds() -> None:
    Path("t.txt").write_text("They met.\n" * 400_000, encoding="utf-8")
    sources = [{"id": f"s{n}", "type": "other", "textFile": "t.txt", "sha256": f"{n:064}"} for n in range(MANY)]
    quickly(example({"sources": [*EXAMPLE["sources"], *sources]}), "evidence/hash-mismatch", MANY)


def test_twelve_thousand_lines_that_are_no_records_are_counted_and_not_all_kept() -> None:
    Path("a.ndjson").write_text("{}\n" * 12_000, encoding="utf-8")
    ran = check("a.ndjson")
    assert (ran.code, set(ran.rules), len(ran.rules)) == (1, {"schema/missing-version"}, 10_000)
    assert ran.err.startswith("note: 10,000 of 12,000 findings are listed; ")
    assert len(check("a.ndjson", "--max-per-rule", "11000").rules) == 11_000


def test_very_many_wrong_offsets_are_mended_in_seconds() -> None:
    text = f"{EXAMPLE['sources'][0]['text']} {' '.join(text_of_a_megabyte())}"
    quotes = [
        {"source": "report", "exact": text[n * 90 : n * 90 + 60], "start": n * 90 + 7, "end": n * 90 + 67}
        for n in range(3, 3003)
    ]
    quickly(example({"/sources/0/text": text, "evidence": quotes}), "evidence/offset-mismatch", 3000)


def test_ten_thousand_broken_lines_are_found_in_seconds() -> None:
    Path("a.ndjson").write_text('{"title": "Talks",}\n' * MANY, encoding="utf-8")
    ran = check("a.ndjson")
    assert (ran.code, ran.rules.count("json/syntax")) == (1, MANY)
    assert [found["line"] for found in ran.findings] == list(range(1, MANY + 1))


def inner(depth: int) -> Any:
    """A value so many levels deep."""
    return {"a": inner(depth - 1)} if depth else "x"


def people(number: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"person-{n}", "name": "P", **more} for n in range(number)]


def group(id: str, members: list[str]) -> dict[str, Any]:
    return {"id": id, "type": "group", "name": "G", "members": members}


OF_ALL_KINDS: dict[str, tuple[Callable[[], dict[str, Any]], str, int]] = {
    "targets a hundred levels deep": (
        lambda: example({
            "extensions": {"org.example": inner(115)},
            "annotations": [
                {"target": f"/extensions/org.example{'/a' * 115}{end}", "kind": "inferred", "basis": "x"}
                for end in ("", "/b") for _ in range(4000)
            ],
        }),
        "annotations/no-such-target", 4000,
    ),
    "targets of one annotation": (
        lambda: example({
            "people": people(15_000),
            "annotations": [
                {"targets": [f"/people/{n}/name" for n in range(15_000)], "kind": "inferred", "basis": "x"}
            ],
        }),
        "annotations/fragile-target", 15_000,
    ),
    "alternatives beside very many ids": (
        lambda: example({"people": people(8000), **offered("/delegations/0/party", ["sylvania"] * 8000)}),
        "annotations/unneeded", 7999,
    ),
    "names of properties, short of what ends the check": (
        lambda: example({f"prop{n}": n for n in range(19_000)}), "schema/unknown-property", 19_000,
    ),
    "entries of one id, asked for as of another kind": (
        lambda: example({
            "people": [{"id": "freedonia", "name": f"P{n}"} for n in range(12_000)],
            "statements": [
                {"id": f"s{n}", "speakers": ["freedonia"], "onBehalfOf": ["sylvania"], "form": "indirect", "text": f"x{n}",
                 "evidence": [{"source": "report", "exact": "Geneva"}]}
                for n in range(12_000)
            ],
        }),
        "reference/duplicate-id", 12_000,
    ),
    "references to nobody beside entries of one id": (
        lambda: example({
            "parties": [*EXAMPLE["parties"], *[{"id": "x", "type": "other", "name": "X"}] * 10_000],
            "/upcoming/0/organizers": [f"nobody-{n}" for n in range(300)],
        }),
        "reference/unknown-party", 300,
    ),
    "long ids that are nearly right": (
        lambda: example({
            "parties": [*EXAMPLE["parties"], *({"id": f"{'ab' * 40}-{n}", "type": "other", "name": "X"} for n in range(5000))],
            "/upcoming/0/organizers": [f"{'ba' * 40}-{n}" for n in range(200)],
        }),
        "reference/unknown-party", 200,
    ),
    "groups in groups, in a circle": (
        lambda: example({
            "parties": [*EXAMPLE["parties"], *(group(f"g{n}", [f"g{(n + 1) % 20_000}"]) for n in range(20_000))]
        }),
        "participation/group-membership-cycle", 1,
    ),
    "groups of all other groups": (
        lambda: example({
            "parties": [
                *EXAMPLE["parties"],
                *(group(f"g{n}", [f"g{other}" for other in range(500) if other != n]) for n in range(500)),
            ]
        }),
        "participation/group-membership-cycle", 1,
    ),
    "members who accompany one another": (
        lambda: example({
            "/delegations/0/members": [
                *EXAMPLE["delegations"][0]["members"],
                *(
                    {"id": f"m{n}", "office": {"title": "aide"}, "accompanies": [f"m{(n + 1) % 15_000}"]}
                    for n in range(15_000)
                ),
            ]
        }),
        "reference/circle", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", OF_ALL_KINDS)
def test_long_lists_whose_entries_have_to_do_with_one_another_are_checked_in_seconds(shape: str) -> None:
    record, rule, number = OF_ALL_KINDS[shape]
    data = json.dumps(record()).encode()
    began = time.process_time()
    report = check_bytes(data, options=Options(max_findings=1))
    assert time.process_time() - began < SECONDS / 2
    assert report.crashes == ()
    assert sum(count for (found, _), count in report.totals.items() if found == rule) >= number


# Very many faults of a kind in a file as large as it may be


def evidence(text: str, quotes: list[dict[str, Any]]) -> dict[str, Any]:
    """The example with a text and quotes from it."""
    text = f"{EXAMPLE['sources'][0]['text']} {text}"
    return example({"/sources/0/text": text, "evidence": [{"source": "report", **quote} for quote in quotes]})


OF_THE_SCHEMA: dict[str, tuple[Callable[[], dict[str, Any]], str]] = {
    "unknown properties": (
        lambda: example({f"prop{n}": n for n in range(350_000)}), "schema/unknown-property",
    ),
    "objects with an unknown property": (
        lambda: example({"people": [{"id": f"p{n}", f"nam{n % 5000}": "x"} for n in range(100_000)]}),
        "schema/unknown-property",
    ),
    "objects that lack everything": (lambda: example({"people": [{}] * 300_000}), "schema/missing-property"),
    "objects that lack what stands there under another name": (
        lambda: example({"people": [{"id": f"p{n}", "label": "x"} for n in range(100_000)]}), "schema/unknown-property",
    ),
    "names of extensions": (
        lambda: example({"extensions": {f"mine{n}": {} for n in range(200_000)}}), "schema/malformed-namespace",
    ),
    "codes": (
        lambda: example({"places": [{"country": f"C{n:05}"} for n in range(100_000)]}), "schema/not-in-codelist",
    ),
    "types": (lambda: example({"places": [5] * 1_000_000}), "schema/wrong-type"),
    "dates": (lambda: example({"previousDates": [f"June {n}" for n in range(200_000)]}), "schema/pattern-mismatch"),
    "objects in a list whose entries must differ": (
        lambda: example({"topics": [{"a": n} for n in range(200_000)]}), "schema/wrong-type",
    ),
    "equal entries": (lambda: example({"topics": ["trade"] * 300_000}), "schema/duplicate-item"),
    "open codes": (lambda: example({"topics": [f"tarde-{n}" for n in range(300_000)]}), "codes/unknown"),
    "references": (
        lambda: example({"/upcoming/0/organizers": [f"freedonia-{n}" for n in range(200_000)]}),
        "reference/unknown-party",
    ),
    "alternatives for an entry of a long list": (
        lambda: example({"topics": [f"topic-{n}" for n in range(200_000)], **offered("/topics/0", [*range(50_000)])}),
        "annotations/invalid-alternative",
    ),
}  # fmt: skip


BY_THE_REFERENCE = ("unknown properties", "objects that lack everything", "codes", "objects in a list whose entries must differ", "equal entries")  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "engine"),
    [*((shape, "jsonschema-rs") for shape in OF_THE_SCHEMA), *((shape, "jsonschema") for shape in BY_THE_REFERENCE)],
)
def test_faults_that_fill_a_file_are_found_in_seconds(shape: str, engine: str) -> None:
    record, rule = OF_THE_SCHEMA[shape]
    Path("a.json").write_text(json.dumps(record(), separators=(",", ":")), encoding="utf-8")
    ran = check("a.json", "--engine", engine)
    assert ran.code == (0 if rule == "codes/unknown" else 1)
    assert ran.rules.count(rule) == MANY


def test_alternatives_with_very_many_faults_each_are_found_in_seconds() -> None:
    values: list[Any] = [{"parties": [{}] * 2400} for _ in range(800)]
    quickly(example(offered("", values)), "annotations/invalid-alternative", 800)


def test_wrong_names_beside_a_long_value_take_no_more_memory_for_it() -> None:
    names = {f"mine{n}": 1 for n in range(190)}
    quickly(example({"extensions": {"org.example": "x" * 7_000_000, **names}}), "schema/malformed-namespace", 190)


def test_what_nobody_has_looked_for_in_a_record_of_very_many_faults_is_said() -> None:
    report = check_bytes(json.dumps(example({"people": [{}] * 30_000, "/date": "2021-05-32"})).encode())
    (row,) = report.not_checked
    assert row == ("the rest of the record", "it breaks the schema too often", 1)
    assert sum(report.totals.values()) == 20_000


def test_a_list_of_very_many_equal_entries_is_not_looked_through_to_its_end() -> None:
    report = check_bytes(json.dumps(example({"topics": ["trade"] * 30_000})).encode())
    assert ([row.what for row in report.not_checked], len(report.findings)) == (["the rest of the record"], 20_000)


def test_the_same_misspelling_is_put_right_wherever_it_stands_and_very_many_others_are_not() -> None:
    def helped(names: list[str]) -> int:
        people = [{"id": f"p{n}", "name": "P", name: "x"} for n, name in enumerate(names)]
        report = check_bytes(json.dumps(example({"people": people})).encode())
        found = [found for found in report.findings if found.rule == "schema/unknown-property"]
        assert len(found) == len(names)
        return sum((each.help or "").startswith("did you mean") for each in found)

    assert helped(["givenNam"] * 300) == 300
    assert helped([f"givenName{chr(0x4E00 + n)}" for n in range(300)]) == 100


def test_of_very_many_wrong_alternatives_only_the_verdict_is_given() -> None:
    """Each of them breaks the schema three times, and the record may do so 20,000 times."""
    report = check_bytes(json.dumps(example(offered("/people/0", [{"called": n} for n in range(8000)]))).encode())
    wrong = [found for found in report.findings if found.rule == "annotations/invalid-alternative"]
    said = [found.message.partition(": ")[2] for found in wrong]
    assert len(said) == 8000
    assert [index for index, message in enumerate(said) if message == "it breaks the schema"] == [*range(6667, 8000)]


def test_of_a_rule_that_finds_very_much_in_a_record_the_rest_is_counted() -> None:
    report = check_bytes(json.dumps(example({"topics": [f"tarde-{n}" for n in range(30_000)]})).encode())
    assert (len(report.findings), report.not_checked) == (10_000, ())
    assert report.totals == {("codes/unknown", Severity.WARNING): 30_000}


SENTENCE = "The ministers met in Geneva on Monday and signed a memorandum on border trade. "
REPEATED = SENTENCE * 40_000
"""Three megabytes in which every quote comes near very many places."""


def varied(number: int) -> list[str]:
    """Pieces of the repeated sentence, no two alike."""
    several = SENTENCE * 8
    return [several[n % 79 : n % 79 + 20 + n // 79] for n in range(number)]


def without_spaces() -> str:
    return "".join(text_of_a_megabyte() * 3)


def changed(text: str, number: int, length: int) -> list[str]:
    """Passages of a text, each with something else in its middle."""
    chance, half = random.Random(1), length // 2
    starts = [chance.randrange(len(text) - length) for _ in range(number)]
    return [f"{text[at : at + half]}#{n}{text[at + half + 1 : at + length]}" for n, at in enumerate(starts)]


def binary(length: int) -> str:
    return "".join(random.Random(length).choices("ab", k=length))


OF_QUOTES: dict[str, tuple[Callable[[], dict[str, Any]], str, int]] = {
    "prefixes": (
        lambda: evidence(
            "a" * 3_000_000, [{"exact": "a" * (30 + n % 9), "prefix": "a" * (n // 9) + "b"} for n in range(3000)]
        ),
        "evidence/context-mismatch", 3000,
    ),
    "suffixes": (
        lambda: evidence(
            (text := without_spaces()), [{"exact": text[n * 200 :][:30], "suffix": f"x{n}"} for n in range(MANY)]
        ),
        "evidence/context-mismatch", MANY,
    ),
    "quotes of a repeated sentence": (
        lambda: evidence(REPEATED + SENTENCE * 12_000, [{"exact": quote} for quote in changed(SENTENCE * 500, 1000, 90)]),
        "evidence/not-verbatim", 1000,
    ),
    "quotes of four megabytes": (
        lambda: evidence((text := " ".join(text_of_a_megabyte() * 4)), [{"exact": quote} for quote in changed(text, 1000, 200)]),
        "evidence/not-verbatim", 1000,
    ),
    "quotes of a text without spaces": (
        lambda: evidence((text := without_spaces()), [{"exact": quote} for quote in changed(text, MANY, 60)]),
        "evidence/not-verbatim", MANY,
    ),
    "quotes with wrong offsets of a text without spaces": (
        lambda: evidence(
            (text := without_spaces()), [{"exact": quote, "start": 5, "end": 65} for quote in changed(text, MANY, 60)]
        ),
        "evidence/not-verbatim", MANY,
    ),
    "ambiguous quotes": (
        lambda: evidence(REPEATED, [{"exact": quote} for quote in varied(MANY)]), "evidence/ambiguous", MANY,
    ),
    "offsets": (
        lambda: evidence(REPEATED, [{"exact": quote, "start": 0, "end": len(quote)} for quote in varied(MANY)]),
        "evidence/offset-mismatch", MANY,
    ),
    "reversed spans": (
        lambda: evidence(REPEATED, [{"exact": quote, "start": 9, "end": 5} for quote in varied(MANY)]),
        "evidence/reversed-span", MANY,
    ),
    "quotes of a text of short lines": (
        lambda: evidence(
            "\r\n" * 1_200_000 + SENTENCE * 100, [{"exact": quote} for quote in changed(SENTENCE * 100, 100, 60)]
        ),
        "evidence/not-verbatim", 100,
    ),
    "statements": (
        lambda: example({
            "/sources/0/text": REPEATED,
            "statements": [
                {"id": f"s{n}", "speakers": ["ruiz"], "form": "direct", "text": f"No such words {n}",
                 "evidence": [{"source": "report", "exact": quote}]}
                for n, quote in enumerate(varied(MANY))
            ],
        }),
        "statements/direct-without-quotation-marks", MANY,
    ),
    "words of one statement": (
        lambda: example({
            "/sources/0/text": "a " * 60_000,
            "/statements/0": {
                "id": "s", "speakers": ["ruiz"], "form": "direct", "text": "a " * 50_000 + "b … " + "a … " * 50_000,
                "evidence": [{"source": "report", "exact": "a " * 59_000}],
            },
        }),
        "statements/text-not-in-evidence", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", OF_QUOTES)
def test_quotes_that_fill_a_file_are_looked_up_in_seconds(shape: str) -> None:
    record, rule, number = OF_QUOTES[shape]
    Path("a.json").write_text(json.dumps(record(), ensure_ascii=False), encoding="utf-8")
    assert check("a.json").rules.count(rule) == number


def test_what_would_take_too_long_to_look_up_is_said_not_to_be() -> None:
    """In a text of two letters, every row of four occurs very often, and so an index helps no quote that is short."""
    quotes = [{"exact": binary(24 + n)[:24]} for n in range(700)]
    data = json.dumps(evidence(binary(3_000_000), quotes)).encode()
    began = time.process_time()
    report = check_bytes(data)
    assert time.process_time() - began < SECONDS
    assert NotChecked("the rest of the quotes", "looking them all up would take too long", 1) in report.not_checked
    assert 100 < report.totals[("evidence/not-verbatim", Severity.ERROR)] < 600


def test_a_source_under_very_many_names_is_not_looked_through_for_each() -> None:
    Path("t.txt").write_text("They met. " * 400_000, encoding="utf-8")
    sources = [{"id": f"s{n}", "type": "other", "textFile": "t.txt"} for n in range(MANY)]
    quotes = [{"source": f"s{n}", "exact": f"They did not meet {n}"} for n in range(MANY)]
    record = example({"sources": [*EXAMPLE["sources"], *sources], "evidence": quotes})
    quickly(record, "evidence/not-verbatim", MANY)
