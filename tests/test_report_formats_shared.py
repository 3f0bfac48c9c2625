"""The forms of a report: what people read, what programs read, and nothing that harms a terminal."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import Options, Report, Severity, __version__, check_bytes, check_paths
from diplomatic_events.findings import Excerpt, Finding, NotChecked, Quote, Region, Related
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.report.formats import FORMATS, render
from diplomatic_events.report.formats.style import Style, cells, fitted, json_text, plural, visible

DOCS = "https://w3id.org/diplomatic-events/rules"


def text(report: Report, **style: Any) -> str:
    return render(report, "text", Style(**style))


def report_of(*findings: Finding, **more: Any) -> Report:
    totals: dict[tuple[str, Severity], int] = {}
    for found in findings:
        totals[found.rule, found.severity] = totals.get((found.rule, found.severity), 0) + 1
    return Report(**{"findings": findings, "files": 1, "records": 1, "totals": totals, **more})


def finding(**more: Any) -> Finding:
    return Finding(**{"rule": "schema/too-short", "severity": Severity.ERROR, "message": "`title` is empty", "file": "a.json", **more})  # fmt: skip


# For people


def test_a_finding_shows_its_line_with_the_value_underlined_help_and_docs(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(example({"delegations": [{**EXAMPLE["delegations"][1], "party": "sylvannia"}], "statements": None, "people": None, "outcomes": None}), indent=2), encoding="utf-8")  # fmt: skip
    report = check_paths([str(path)], Options(select=("reference/unknown-party",)))
    line = path.read_text(encoding="utf-8").splitlines().index('      "party": "sylvannia",') + 1
    assert text(report) == (
        f"error[reference/unknown-party]: no party has the id `sylvannia`\n"
        f" --> {path}:{line}:16   /delegations/0/party   (record geneva-talks)\n"
        f"   |\n"
        f'{line} |       "party": "sylvannia",\n'
        f"   |                ^^^^^^^^^^^\n"
        f"   = help: did you mean `sylvania`?\n"
        f"   = docs: {DOCS}/reference/unknown-party/\n"
        f"\n"
        f"Checked 1 file, 1 record: 1 error, 0 warnings.\n"
        f"1 fixable with --fix.\n"
    )


def test_a_second_place_is_shown_below_the_first() -> None:
    report = check_bytes(b'{\n  "title": "a",\n  "title": "b"\n}', name="a.json")
    assert text(report) == (
        "error[json/duplicate-key]: the property `title` occurs twice in this object\n"
        " --> a.json:3:3\n"
        "   |\n"
        ' 3 |   "title": "b"\n'
        "   |   ^^^^^^^\n"
        "   = note: the first is here\n"
        " --> a.json:2:3\n"
        "   = help: keep one of the two: other programs silently drop one\n"
        f"   = docs: {DOCS}/json/duplicate-key/\n"
        "\n"
        "Checked 1 file, 1 record: 1 error, 0 warnings.\n"
        "Not checked: the schema and every rule in 1 record (the file could not be read as JSON).\n"
    )


def test_a_second_place_has_its_own_line() -> None:
    report = check_bytes(json.dumps(example({"topics": ["trade", "trade"]}), indent=1).encode(), name="a.json")
    shown = text(report).splitlines()
    at = shown.index("   = note: the first is here")
    assert re.fullmatch(r" --> a\.json:\d+:3   /topics/0", shown[at + 1])
    assert shown[at + 3].endswith('|   "trade",')
    assert shown[at + 4].endswith("|   ^^^^^^^")


def test_a_quote_is_shown_above_its_source() -> None:
    change = {"evidence": [{"source": "report", "exact": "met the Sylvanian trade secretary in Geneva"}]}
    shown = text(check_bytes(json.dumps(example(change)).encode())).splitlines()
    assert shown[2].startswith("   quote  |  met the Sylvanian trade secretary in Geneva")
    assert shown[3] == "          | " + " " * 25 + "^" * len("secretary")
    assert shown[4].startswith("   source | …met the Sylvanian trade minister in Geneva")
    assert shown[4].endswith("   line 1 of the text")
    assert shown[5] == "          | " + " " * 25 + "^" * len("minister")


def test_a_quote_from_a_file_is_shown_with_the_file_s_place() -> None:
    quote = Quote("a word", (2, 6), "a world", (2, 7), "texts/a.txt", Region(9, 23, 9, 28))
    assert "   source | a world   texts/a.txt:9:23\n" in text(report_of(finding(quote=quote)))


def test_what_differs_in_a_quote_is_shown_on_the_narrowest_terminal() -> None:
    quote = Quote(
        "met the deputy of secretary", (18, 27), "met the deputy of ministers", (18, 27), None, Region(1, 1, 1, 2)
    )
    lines = text(report_of(finding(quote=quote)), width=20).splitlines()
    assert lines[2] == "   quote  | met the deputy of secretary"
    assert lines[4] == "   source | met the deputy of ministers   line 1 of the text"


def test_a_long_line_is_cropped_at_both_ends() -> None:
    excerpt = Excerpt(7, '"title": "", ', 9, 11, cut_before=True, cut_after=True)
    shown = text(report_of(finding(place=Region(7, 900, 7, 902), excerpt=excerpt))).splitlines()
    assert shown[1:5] == [" --> a.json:7:900", "   |", ' 7 | …"title": "", …', "   |           ^^"]


def test_the_gutter_grows_with_the_number_of_the_line() -> None:
    excerpt = Excerpt(12345, "x", 0, 1)
    shown = text(report_of(finding(place=Region(12345, 1, 12345, 2), excerpt=excerpt))).splitlines()
    assert shown[2:5] == ["      |", "12345 | x", "      | ^"]


def test_marks_stand_below_wide_and_combining_characters() -> None:
    excerpt = Excerpt(1, "é北京\t«北»", 5, 6)
    shown = text(report_of(finding(excerpt=excerpt))).splitlines()
    assert shown[3] == " 1 | é北京    «北»"
    assert shown[4] == "   | " + " " * (1 + 4 + 4 + 1) + "^^"
    wide = text(report_of(finding(excerpt=Excerpt(1, "x北京", 1, 3)))).splitlines()
    assert wide[4] == "   |  ^^^^"


def test_what_is_missing_is_marked_by_one_mark() -> None:
    assert text(report_of(finding(excerpt=Excerpt(1, "ab", 1, 1)))).splitlines()[4] == "   |  ^"


def test_a_finding_without_place_has_its_file_or_its_record_s_line() -> None:
    assert text(report_of(finding())).splitlines()[1] == " --> a.json"
    assert text(report_of(finding(record_line=5))).splitlines()[1] == " --> a.json:5"


def test_of_one_rule_a_hundred_findings_are_shown_and_the_others_counted() -> None:
    many = [finding(message=str(number)) for number in range(150)]
    shown = text(report_of(*many))
    assert shown.count("error[schema/too-short]") == 100
    assert "\n… and 50 more of schema/too-short\n" in shown
    assert "150 errors" in shown
    assert text(report_of(*many), most=3).count("error[schema/too-short]") == 3
    assert "… and 147 more of schema/too-short\n" in text(report_of(*many), most=3)


def test_what_a_run_left_out_is_counted_by_rule() -> None:
    totals = {
        ("schema/too-short", Severity.ERROR): 1200,
        ("codes/unknown", Severity.WARNING): 1,
        ("codes/unknown", Severity.ERROR): 1,
    }
    shown = text(report_of(finding(), totals=totals))
    assert shown.index("… and 2 of codes/unknown\n") < shown.index("… and 1,199 more of schema/too-short\n")


def test_statistics_count_each_rule() -> None:
    totals = {("codes/unknown", Severity.WARNING): 2, ("schema/too-short", Severity.ERROR): 1200}
    assert "Findings by rule\n   1,200  error    schema/too-short\n       2  warning  codes/unknown\n\n" in text(
        report_of(totals=totals), statistics=True
    )
    assert text(report_of(), statistics=True).startswith("Findings by rule\n    none\n\nChecked")
    alike = {("b/b", Severity.ERROR): 1, ("a/a", Severity.ERROR): 1}
    assert "       1  error    a/a\n       1  error    b/b\n" in text(report_of(totals=alike), statistics=True)


def test_statistics_say_how_fast_a_run_was_and_where_the_time_went() -> None:
    report = report_of(records=5000, size=30_000_000, stages={"rules": 0.75, "reading": 0.25})
    assert (
        "Speed\n"
        "   2,500  records a second\n"
        "    15.0  MB a second (30.0 MB in all)\n\n"
        "CPU time by stage, of all processes together\n"
        "   0.250 s   25%  reading\n"
        "   0.750 s   75%  rules\n\n"
    ) in text(report, statistics=True, seconds=2.0)


def test_a_report_in_a_file_has_no_speed_so_that_it_is_the_same_in_the_next_run() -> None:
    assert "Speed" not in text(report_of(stages={"rules": 0.75}), statistics=True)


def test_the_summary_tells_what_was_done_and_what_was_not() -> None:
    not_checked = (NotChecked("evidence", "its source has no text", 2),)
    report = report_of(files=1200, records=1, not_checked=not_checked, totals={("a/b", Severity.NOTE): 1})
    assert text(report, seconds=0.149) == (
        "… and 1 of a/b\n\n"
        "Checked 1,200 files, 1 record in 0.1 s: 0 errors, 0 warnings, 1 note.\n"
        "Not checked: evidence in 2 records (its source has no text).\n"
    )


def test_what_was_not_checked_for_one_reason_is_told_by_the_number_of_records() -> None:
    not_checked = (NotChecked("a", "no text", 2), NotChecked("b", "no text", 1))
    told = "Not checked: b in 1 record; a in 2 records (no text).\n"
    assert text(report_of(not_checked=not_checked)).endswith(told)


def test_many_rules_that_were_not_checked_are_counted_and_not_named() -> None:
    not_checked = tuple(NotChecked(f"a/{number}", "broken", 1) for number in range(4))
    assert text(report_of(not_checked=not_checked[:3])).endswith("Not checked: a/0, a/1, a/2 in 1 record (broken).\n")
    counted = "Not checked: 4 rules, which `--format json` names, in 1 record (broken).\n"
    assert text(report_of(not_checked=not_checked)).endswith(counted)


def test_one_line_a_finding() -> None:
    report = check_bytes(json.dumps(example({"topics": ["tarde"], "title": ""})).encode(), name="a.json")
    first, second = render(report, "concise").splitlines()
    assert re.fullmatch(r"a\.json:1:\d+: error\[schema/too-short\] `title` is empty \(.+\)", first)
    assert re.fullmatch(r"a\.json:1:\d+: warning\[codes/unknown\] `tarde` is .* \(did you mean `trade`\?\)", second)
    assert render(report_of(finding()), "concise") == "a.json: error[schema/too-short] `title` is empty\n"


# Colours


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("format", ["text", "concise"])
def test_colours_add_only_escapes_whatever_the_environment(
    format: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    report = check_bytes(json.dumps(example({"title": "", "topics": ["x" * 100]})).encode(), name="a.json")
    plain, colored = render(report, format, Style(width=40)), render(report, format, Style(color=True, width=40))
    assert "\x1b[1;31merror[schema/too-short]\x1b[0m" in colored
    assert "\x1b[1;33mwarning[codes/unknown]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_the_number_of_findings_has_the_colour_of_the_worst() -> None:
    for severity, shown in (
        (Severity.ERROR, "\x1b[1;31m1 error, 0 warnings."),
        (Severity.WARNING, "\x1b[1;33m0 errors, 1 warning."),
        (Severity.NOTE, "\x1b[1m0 errors, 0 warnings, 1 note."),
    ):
        assert shown in text(report_of(finding(severity=severity)), color=True)


# For programs


def test_the_lines_for_programs_have_every_field() -> None:
    report = check_bytes(b'{\n "schemaVersion": "1.7"\n}', name="a.json")
    (line,) = render(report, "jsonl").splitlines()
    assert json.loads(line) == {
        "rule": "schema/unknown-version",
        "severity": "error",
        "message": "there is no version `1.7` of the schema",
        "help": report.findings[0].help,
        "url": f"{DOCS}/schema/unknown-version/",
        "file": "a.json",
        "record": None,
        "pointer": "/schemaVersion",
        "line": 2,
        "column": 19,
        "endLine": 2,
        "endColumn": 24,
        "fix": None,
    }
    assert json.loads(render(report_of(finding()), "jsonl"))["line"] is None
    assert render(report_of(), "jsonl") == ""


def test_the_document_for_programs_has_the_whole_report() -> None:
    related = Related("the first is here", "b.json", "/id", Region(1, 2, 3, 4))
    quote = Quote("a", (0, 1), "b", (0, 1), None, Region(5, 6, 7, 8))
    found = finding(
        pointer="/title", place=Region(1, 2, 1, 4), record="x", record_line=9, related=(related,), quote=quote
    )
    report = report_of(
        found, not_checked=(NotChecked("evidence", "no text", 2),), failures=("b.json: gone",), records=4, files=2
    )
    document = json.loads(render(report, "json"))
    assert document.pop("tool") == {"name": "diplomatic-events", "version": __version__}
    assert document.pop("reportVersion") == "1.0"
    assert {**document["summary"], "files": 2, "records": 4, "errors": 1, "warnings": 0, "notes": 0} == document[
        "summary"
    ]
    assert document["notChecked"] == [{"what": "evidence", "reason": "no text", "records": 2}]
    assert document["failures"] == ["b.json: gone"]
    (entry,) = document["findings"]
    expected = {
        "rule": "schema/too-short",
        "severity": "error",
        "message": "`title` is empty",
        "url": f"{DOCS}/schema/too-short/",
        "file": "a.json",
        "record": "x",
        "recordLine": 9,
        "pointer": "/title",
        "region": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 4},
        "related": [
            {
                "message": "the first is here",
                "file": "b.json",
                "pointer": "/id",
                "region": {"startLine": 1, "startColumn": 2, "endLine": 3, "endColumn": 4},
            }
        ],
    }
    assert {key: entry[key] for key in expected} == expected
    assert entry["quote"]["quoted"]["text"] == "a"
    assert entry["quote"]["source"]["text"] == "b"


def test_what_a_finding_does_not_have_is_left_out_of_the_document() -> None:
    bare = json.loads(render(report_of(finding(related=(Related("here", "b.json"),))), "json"))["findings"][0]
    assert {"help", "record", "pointer", "region", "quote"} & set(bare) == set()
    assert bare["related"] == [{"message": "here", "file": "b.json"}]


# Harm to a terminal

EVIL = "\x1b[2J\x07\x00\x9b31m\u202egnp\u200b\u2028\ufeff\U000e0041\udcff\x7f\r\n"


def evil_report() -> Report:
    excerpt, place = Excerpt(1, EVIL, 0, len(EVIL)), Region(1, 1, 1, 2)
    related = Related(EVIL, EVIL, EVIL, place, excerpt)
    quote = Quote(EVIL, (0, 3), EVIL, (0, 3), EVIL, place)
    fields = {"message": EVIL, "file": EVIL, "help": EVIL, "record": EVIL, "pointer": EVIL, "related": (related,)}
    return report_of(finding(excerpt=excerpt, **fields), finding(quote=quote, **fields), failures=(EVIL,))


@pytest.mark.parametrize("format", [name for name in FORMATS if name in ("text", "concise", "json", "jsonl")])
@pytest.mark.parametrize("color", [False, True])
def test_no_control_character_of_a_record_or_a_file_s_name_reaches_the_terminal(format: str, color: bool) -> None:
    shown = render(evil_report(), format, Style(color=color))
    for own in re.findall(r"\x1b\[[0-9;]*m", shown) if color else ():
        shown = shown.replace(own, "")
    assert not set(shown.replace("\n", "")) & set(EVIL) - set("gnp[2J31m")
    shown.encode()  # half a character could not be written


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_what_is_escaped_for_programs_is_read_back_as_it_was(format: str) -> None:
    document = json.loads(
        render(evil_report(), format).splitlines()[0] if format == "jsonl" else render(evil_report(), format)
    )
    entry = document["findings"][0] if format == "json" else document
    expected = EVIL.replace("\udcff", r"\xff")
    assert (entry["message"], entry["file"], entry["pointer"]) == (expected, expected, expected)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("caf\udce9.json", r"caf\xe9.json"),
        ("\udc80\udcff", r"\x80\xff"),
        ("\ud83d.json", r"\ud83d.json"),
        ("\ud83d\ude00", r"\ud83d\ude00"),  # two halves side by side are no character either
        ("\U0001f600.json", "\U0001f600.json"),
    ],
    ids=ascii,
)
def test_what_is_no_character_is_written_alike_for_people_and_for_programs(name: str, shown: str) -> None:
    assert visible(name) == shown
    assert json.loads(json_text({name: [name]})) == {shown: [shown]}
    assert parse(json_text([name]).encode()).value == [shown]


def test_invisible_characters_are_written_as_escapes() -> None:
    assert visible("a\tb\x1b\u200b\U000e0041") == "a    b\\u001b\\u200b\\U000e0041"
    assert visible("é北 “”") == "é北 “”"
    assert json_text(["\x9b", "\U000e0041", "é"]) == '["\\u009b", "\\udb40\\udc41", "é"]'


@pytest.mark.parametrize(
    "hidden",
    [
        "\u00ad",
        "\u034f",
        "\u115f",
        "\u180e",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\u3164",
        "\ufe0f",
        "\uffa0",
        "\U000e0100",
    ],
    ids=ascii,
)
def test_what_shows_nothing_is_escaped_between_letters_and_by_itself(hidden: str) -> None:
    number = ord(hidden)
    escape = f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    assert visible(f"co{hidden}operation") == f"co{escape}operation"
    assert visible(f"葛{hidden}城") == f"葛{escape}城"
    assert visible(hidden) == escape
    assert cells(visible(f"a{hidden}b")) == len(escape) + 2


@pytest.mark.parametrize(
    ("text", "columns"),
    [("می\u200cخواهم", 7), ("क्\u200cष", 2), ("\u2764\ufe0f", 2), ("\u26a0\ufe0f!", 3)],
    ids=["Persian", "Hindi", "heart", "warning sign"],
)
def test_what_changes_the_letter_or_the_symbol_before_it_stays(text: str, columns: int) -> None:
    assert visible(text) == text
    assert cells(text) == columns
    assert json.loads(json_text(text)) == text


def test_a_soft_hyphen_in_a_quote_can_be_seen() -> None:
    source = {"/sources/0/text": EXAMPLE["sources"][0]["text"].replace("Geneva", "Gene\u00adva")}
    shown = text(check_bytes(json.dumps(example(source)).encode()))
    assert "Gene\\u00adva" in shown
    assert "\u00ad" not in shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("a" * 5, "b" * 5, "c" * 20), ("a" * 5, "b" * 5, "c" * 20)),
        (("a" * 50, "b" * 6, "c" * 50), ("…" + "a" * 11, "b" * 6, "c" * 11 + "…")),
        (("a" * 2, "b" * 6, "c" * 50), ("a" * 2, "b" * 6, "c" * 21 + "…")),
        (("a" * 50, "b" * 6, "c" * 2), ("…" + "a" * 21, "b" * 6, "c" * 2)),
        (("a" * 50, "b" * 50, "c" * 50), ("…" + "a" * 4, "b" * 19 + "…", "c" * 4 + "…")),
        (("", "b" * 40, "…"), ("", "b" * 19 + "…", "")),  # one ellipsis, where nothing stands between two
        (("", "b" * 40, "c…"), ("", "b" * 19 + "…", "c…")),
        (("a" * 40, "b" * 5, "…"), ("…" + "a" * 23, "b" * 5, "…")),
    ],
)
def test_a_line_is_cropped_around_what_is_marked(parts: tuple[str, str, str], shown: tuple[str, str, str]) -> None:
    assert fitted(*parts, 30) == shown


@pytest.mark.parametrize(
    "parts", [("北" * 50, "京" * 3, "北" * 50), ("e\u0301" * 50, "京é" * 30, "x" * 5), ("", "京" * 50, "")]
)
def test_a_cropped_line_of_wide_characters_fits(parts: tuple[str, str, str]) -> None:
    assert 18 <= sum(cells(part) for part in fitted(*parts, 30)) <= 30


def test_characters_that_are_wider_together_than_alone_are_no_reason_to_stumble() -> None:
    hearts = "\u2764\ufe0f" * 30
    assert hearts.startswith(fitted("", hearts, "", 40)[1].rstrip("…"))


def test_what_was_let_pass_is_counted() -> None:
    assert "Not shown: 2 suppressed by the configuration, 1,000 known from the baseline.\n" in text(
        report_of(suppressed=2, baselined=1000)
    )
    assert "Not shown: 1,000 known from the baseline.\n" in text(report_of(baselined=1000))


def test_widths_and_plurals() -> None:
    assert [cells(word) for word in ("abc", "北京", "e\u0301", "")] == [3, 4, 1, 0]
    assert [plural(number, "file") for number in (0, 1, 2, 1000)] == ["0 files", "1 file", "2 files", "1,000 files"]
