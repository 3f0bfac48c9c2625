"""`check --fix`: what is written, what is printed, and the exit code."""

import gzip
import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, RULES, example
from run_command import Run, runner

MISSPELT = example({"type": "meting"})
QUOTE = {"source": "report", "exact": "met the Sylvanian trade secretary in Geneva"}
MISQUOTED = example({"evidence": [QUOTE]})
UNFIXABLE = example({"title": ""})


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


def put(name: str, *records: Any, **layout: Any) -> Path:
    lines = [json.dumps(record, ensure_ascii=False, **layout) for record in records]
    path = Path(name)
    path.write_bytes(("\n".join(lines) + "\n").encode())
    return path


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def test_what_can_be_fixed_is_fixed_and_the_rest_is_reported(run: Run) -> None:
    path = put("a.json", example({"type": "meting", "title": ""}), indent=2)
    ran = run("check", "--fix", "--format", "jsonl", "a.json")
    assert (ran.code, ran.found) == (1, [("a.json", "schema/too-short")])
    assert ran.err == "fixed 1 finding in 1 file\n"
    assert path.read_text("utf-8") == json.dumps(UNFIXABLE, ensure_ascii=False, indent=2) + "\n"


def test_where_nothing_is_left_the_exit_code_is_0(run: Run) -> None:
    put("a.json", MISSPELT)
    assert "\n1 fixable with --fix.\n" in run("check", "a.json").out
    assert run("check", "--fix", "a.json").code == 0


def test_a_second_run_does_not_even_touch_the_file(run: Run) -> None:
    path = put("a.json", MISSPELT)
    run("check", "--fix", "a.json")
    before = path.stat()
    ran = run("check", "--fix", "a.json")
    assert (ran.code, ran.err, path.stat().st_mtime_ns, path.stat().st_ino) == (
        0,
        "",
        before.st_mtime_ns,
        before.st_ino,
    )


def test_an_unsafe_fix_needs_a_word(run: Run) -> None:
    path = put("a.json", MISQUOTED)
    assert run("check", "--fix", "a.json").out.endswith("1 fixable with --unsafe-fixes.\n")
    assert read(path) == MISQUOTED
    assert run("check", "--fix", "--unsafe-fixes", "a.json").code == 0
    assert read(path)["evidence"][0]["exact"] == "met the Sylvanian trade minister in Geneva"


def test_a_quote_that_is_nowhere_in_its_source_stays(run: Run) -> None:
    record = example({"evidence": [{"source": "report", "exact": "Nobody has ever written these words."}]})
    path = put("a.json", record)
    assert run("check", "--fix", "--unsafe-fixes", "a.json").code == 1
    assert read(path) == record


def test_offsets_are_added_where_that_is_asked_for_and_a_quote_stands_in_one_place(run: Run) -> None:
    once, twice, settled = "in Geneva", "minister", {"exact": "minister", "prefix": "Sylvanian trade "}
    quotes = [
        {"source": "report", "exact": once},
        {"source": "report", "exact": twice},
        {"source": "report", **settled},
    ]
    path = put("a.json", example({"evidence": quotes}), indent=1)
    assert run("check", "--fix", "a.json").err == ""
    ran = run("check", "--fix", "--add-offsets", "a.json")
    assert ran.err == "fixed 2 quotes without offsets in 1 file\n"
    added = [{"start": 93, "end": 102}, {}, {"start": 84, "end": 92}]
    right = [
        {"source": "report", "exact": once, **added[0]},
        quotes[1],
        {"source": "report", "exact": "minister", **added[2], "prefix": "Sylvanian trade "},
    ]
    assert path.read_text("utf-8") == json.dumps(example({"evidence": right}), ensure_ascii=False, indent=1) + "\n"


def test_a_diff_changes_nothing_and_is_an_exit_code_of_1(run: Run) -> None:
    path = put("a.json", MISSPELT, indent=2)
    before = path.read_bytes(), path.stat().st_mtime_ns
    ran = run("check", "--diff", "a.json")
    assert (ran.code, ran.err) == (1, "would fix 1 finding in 1 file\n")
    assert ran.out.startswith("--- a.json\n+++ a.json\n@@ -3,7 +3,7 @@\n")
    assert '-  "type": "meting",\n+  "type": "meeting",\n' in ran.out
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_diff_takes_the_place_of_the_printed_report_and_not_of_those_in_files(run: Run) -> None:
    put("a.json", MISSPELT)
    assert run("check", "--diff", "--output=jsonl=report.jsonl", "a.json").code == 1
    (found,) = map(json.loads, Path("report.jsonl").read_text("utf-8").splitlines())
    assert (found["rule"], found["fix"]["applicability"]) == ("schema/not-in-codelist", "safe")


def test_without_anything_to_fix_a_diff_is_empty_whatever_else_is_found(run: Run) -> None:
    put("a.json", UNFIXABLE)
    ran = run("check", "--diff", "a.json")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing to fix\n")


@pytest.mark.parametrize("name", ["a.json", "a report.json"])
def test_patch_makes_the_same_of_a_diff(name: str, run: Run) -> None:
    path = put(name, MISSPELT, indent=2)
    diff = run("check", "--diff", name).out
    subprocess.run(["patch", "-p0", "--quiet", "--batch"], input=diff, text=True, check=True)
    patched = path.read_bytes()
    put(name, MISSPELT, indent=2)
    run("check", "--fix", name)
    assert path.read_bytes() == patched


def test_the_text_of_standard_input_is_printed_fixed_and_the_report_beside_it(run: Run) -> None:
    ran = run("check", "--fix", "-", stdin=json.dumps(MISSPELT, indent=2).encode())
    assert (ran.code, ran.out) == (0, json.dumps(EXAMPLE, indent=2))
    assert ran.err.splitlines()[0] == "fixed 1 finding in 1 file"
    assert "0 errors, 0 warnings." in ran.err


def test_what_cannot_be_fixed_comes_out_of_standard_output_as_it_went_in(run: Run) -> None:
    ran = run("check", "--fix", "-", stdin=b'{"title": }')
    assert (ran.code, ran.out) == (1, '{"title": }')
    assert "json/syntax" in ran.err


def test_lines_are_fixed_one_by_one_and_everything_else_stays(run: Run) -> None:
    one, other = json.dumps({**MISSPELT, "id": "a"}), json.dumps({**MISSPELT, "id": "b"}, ensure_ascii=False)
    text = f"\ufeff\n  {one} \r\n\n\xff broken\n{other}\n"
    path = Path("a.ndjson")
    path.write_bytes(text.encode().replace(b"\xc3\xbf", b"\xff"))
    run("check", "--fix", "--ignore", "corpus", "a.ndjson")
    assert path.read_bytes() == text.replace("meting", "meeting").encode().replace(b"\xc3\xbf", b"\xff")


def test_a_compressed_file_stays_compressed_and_says_nothing_of_the_time(run: Run) -> None:
    path = Path("a.json.gz")
    path.write_bytes(gzip.compress(json.dumps(MISSPELT).encode()))
    assert run("check", "--fix", "a.json.gz").code == 0
    assert path.read_bytes() == gzip.compress(json.dumps(EXAMPLE).encode(), mtime=0)


def test_a_compressed_file_that_is_damaged_behind_the_limit_is_too_large_and_nothing_else(run: Run) -> None:
    path = Path("a.json.gz")
    path.write_bytes(gzip.compress(hashlib.shake_256(b"").hexdigest(4000).encode())[:2000])
    before = path.read_bytes()
    ran = run("check", "--fix", "--add-offsets", "--max-bytes", "100", "--format", "jsonl", "a.json.gz")
    assert (ran.code, ran.found, path.read_bytes()) == (1, [("a.json.gz", "json/too-large")], before)


def test_a_link_is_followed_and_stays_and_the_file_keeps_its_mode(run: Run) -> None:
    path = put("a.json", MISSPELT)
    path.chmod(0o640)
    Path("b.json").symlink_to("a.json")
    assert run("check", "--fix", "--ignore", "corpus", "b.json", "a.json").err == "fixed 1 finding in 1 file\n"
    assert Path("b.json").is_symlink()
    assert (read(path), path.stat().st_mode & 0o777) == (EXAMPLE, 0o640)


def test_a_file_that_may_not_be_written_is_a_failure_and_the_others_are_fixed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = put("a.json", MISSPELT), put("b.json", {**MISSPELT, "id": "b"})
    monkeypatch.setattr(os, "access", lambda path, _: not str(path).endswith("a.json"))
    ran = run("check", "--fix", "--ignore", "corpus", "a.json", "b.json")
    assert (ran.code, read(one), read(other)["type"]) == (2, MISSPELT, "meeting")
    assert "error: a.json: it is write-protected" in ran.err


def test_what_is_suppressed_or_known_is_not_fixed(run: Run) -> None:
    path = put("a.json", MISSPELT)
    run("baseline", "a.json")
    assert run("check", "--fix", "--baseline", "diplomatic-events-baseline.json", "a.json").code == 0
    assert read(path) == MISSPELT
    suppress = '[[suppress]]\nrule = "schema/not-in-codelist"\nfile = "a.json"\nreason = "it is one"\n'
    Path("diplomatic-events.toml").write_text(suppress, encoding="utf-8")
    assert run("check", "--fix", "a.json").code == 0
    assert read(path) == MISSPELT
    assert run("check", "--fix", "--no-config", "--ignore", "schema/not-in-codelist", "a.json").code == 0
    assert read(path) == MISSPELT


def test_a_fix_that_would_add_a_finding_is_not_made(run: Run) -> None:
    quote = {"source": "reprot", "exact": "Nobody has ever written these words."}
    record = example({"evidence": [quote]})
    record["sources"].append({"id": "readout", "type": "readout", "text": "Talks."})
    path = put("a.json", record)
    assert "1 fixable with --fix" in run("check", "a.json").out
    ran = run("check", "--fix", "a.json")
    assert ran.err == "note: 1 fix was not made, because it would have added a finding\n"
    assert "fixable" not in ran.out
    assert read(path) == record


def test_of_several_fixes_only_the_one_that_adds_a_finding_is_left_out(run: Run) -> None:
    quote = {"source": "reprot", "exact": "Nobody has ever written these words."}
    path = put("a.json", example({"evidence": [quote], "type": "meting", "topics": [], "/places/0/country": "CH"}))
    ran = run("check", "--fix", "a.json")
    assert ran.err.startswith("fixed 3 findings in 1 file\n")
    assert read(path) == example({"evidence": [quote]})


def test_fixes_that_touch_each_other_are_made_in_rounds(run: Run) -> None:
    nothing = dict.fromkeys(("topics", "hosts", "chairs", "name", "occasion", "purpose", "stay"))
    path = put("a.json", {**EXAMPLE, **nothing})
    ran = run("check", "--fix", "a.json")
    assert (ran.code, ran.err) == (0, "fixed 7 findings in 1 file\n")
    assert read(path) == EXAMPLE


def test_what_has_nothing_else_in_it_is_removed_with_it(run: Run) -> None:
    path = put("a.json", example({"provenance": {"by": None, "tool": ""}}))
    assert run("check", "--fix", "a.json").code == 0
    assert read(path) == EXAMPLE


def test_more_findings_than_are_shown_are_fixed(run: Run) -> None:
    for number in range(3):
        put(f"{number}.json", {**MISSPELT, "id": f"a{number}"})
    ran = run("check", "--fix", "--max-findings", "1", "--ignore", "corpus", ".")
    assert (ran.code, ran.err) == (0, "fixed 3 findings in 3 files\n")


def test_several_processes_fix_the_same(run: Run) -> None:
    put("a.ndjson", *({**MISSPELT, "id": f"a{number}"} for number in range(5)))
    assert run("check", "--fix", "-j2", "--ignore", "corpus", "a.ndjson").err == "fixed 5 findings in 1 file\n"


def test_a_record_at_which_the_program_fails_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(RULES["dates/no-such-day"], "check", failing)
    path = put("a.json", MISSPELT)
    assert run("check", "--fix", "a.json").code == 3
    assert read(path) == MISSPELT


def test_an_empty_text_that_is_quoted_is_not_removed_since_that_would_be_noted(run: Run) -> None:
    record = example(
        {"/sources/1": {"id": "b", "type": "other", "text": ""}, "/evidence/1": {"source": "b", "exact": "x"}}
    )
    path = put("a.json", record)
    run("check", "--fix", "a.json")
    assert read(path) == record


def test_what_only_comes_to_light_elsewhere_holds_back_no_fix(run: Run) -> None:
    hidden = {"id": "ruritania", "type": "other", "name": "Ruritania"}
    record = example({"/parties/2": hidden, "/delegations/1/party": "Sylvania"})
    path = put("a.json", record)
    assert run("check", "--format", "jsonl", "a.json").found == [("a.json", "schema/pattern-mismatch")]
    ran = run("check", "--fix", "--format", "jsonl", "a.json")
    assert (ran.code, ran.found) == (0, [("a.json", "reference/unused-party")])
    assert read(path) == example({"/parties/2": hidden})
