"""Hostile and broken input: a finding at its place and a documented exit code, never a traceback, a hang or silence.

Each input is checked by a process of its own, in little time and little memory.
"""

import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, REFERENCE, example
from confined import COMMAND, SECONDS, as_anybody, check, limited, only, run, spent
from diplomatic_events import Options, check_bytes
from diplomatic_events.checking import Checker
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.schema.catalogue import catalogue
from run_command import not_text

pytestmark = pytest.mark.usefixtures("uncounted")

GOOD = json.dumps(EXAMPLE)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# The text


@pytest.mark.parametrize(
    ("data", "rule", "place"),
    [
        (b'{\n  "id": "x",\n  "id": "y"\n}', "json/duplicate-key", (3, 3)),
        (b'{\n  "id": "x",\n}', "json/syntax", (2, 12)),
        (b'{\n  "size": NaN\n}', "json/syntax", (2, 11)),
        (b'{\n  "size": 1e400\n}', "json/number-out-of-range", (2, 11)),
        (b'{\n  "size": ' + b"9" * 5000 + b"\n}", "json/number-out-of-range", (2, 11)),
        (b'{\n  "id": "x\\ud83d"\n}', "json/lone-surrogate", (2, 11)),
        (b'{\n  "id": "\xff"\n}', "json/not-utf8", (2, 10)),
        (b'{\n  "id": "\xed\xa0\x80"\n}', "json/not-utf8", (2, 10)),
        (b"\xef\xbb\xbf" + GOOD.encode(), "json/byte-order-mark", (1, 1)),
        (GOOD.encode("utf-16"), "json/not-utf8", (1, 1)),
        (GOOD.encode("utf-32-be"), "json/not-utf8", (1, 1)),
        (b"", "json/empty", (1, 1)),
        (b" \n\t\r\n", "json/empty", (1, 1)),
        (b"[" * 100_000, "json/too-deep", (1, 129)),
        (b"[" * 100_000 + b"]" * 100_000, "json/too-deep", (1, 129)),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json/too-deep", (1, 641)),
        (b'{"id": "\x1b[2J"}', "json/syntax", (1, 9)),
        (b"null", "schema/not-an-object", (1, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_text_that_is_no_record_is_a_finding_at_its_place(data: bytes, rule: str, place: tuple[int, int]) -> None:
    Path("a.json").write_bytes(data)
    ran = check("a.json")
    assert ran.code == (0 if rule == "json/byte-order-mark" else 1)
    assert ran.rules[0] == rule
    assert (ran.findings[0]["line"], ran.findings[0]["column"]) == place
    assert len(ran.findings) == 1 or data.startswith(b"[" * 9)


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl"])
@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_an_empty_file_of_lines_is_no_silent_pass(name: str, data: bytes) -> None:
    assert only(data, "json/empty", name).place == (1, 1)


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_two_hundred_megabytes_on_one_line_are_too_large(name: str) -> None:
    with Path(name).open("wb") as file:
        file.write(b'{"title": "')
        file.writelines(b"x" * (1 << 20) for _ in range(200))
        file.write(b'"}\n')
    ran = check(name)
    assert (ran.code, ran.rules, ran.place) == (1, ["json/too-large"], (1, 1))


def test_a_line_that_is_too_large_costs_no_other_line() -> None:
    with Path("a.ndjson").open("wb") as file:
        file.write(GOOD.encode() + b'\n{"title": "')
        file.writelines(b"x" * (1 << 20) for _ in range(50))
        file.write(b'"}\n' + json.dumps(example({"title": "", "id": "b", "date": "2019-01-01"})).encode() + b"\n")
    ran = check("a.ndjson")
    assert [(found["rule"], found["line"]) for found in ran.findings] == [
        ("json/too-large", 2),
        ("schema/too-short", 3),
    ]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl.gz"])
@pytest.mark.parametrize("start", ["", "\n \r\n"])
def test_a_record_over_several_lines_is_one_finding_in_a_file_of_lines(name: str, start: str) -> None:
    data = (start + json.dumps(EXAMPLE, indent=2)).encode()
    Path(name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    ran = check(name)
    assert (ran.code, ran.rules) == (1, ["json/syntax"])
    assert "the file is not NDJSON" in ran.findings[0]["message"]
    assert check(name, "--input", "json").code == 0


# Compression


@pytest.mark.parametrize("name", ["a.json.gz", "a.ndjson.gz"])
def test_a_compressed_file_that_is_cut_off_is_a_finding(name: str) -> None:
    only(gzip.compress(GOOD.encode())[:-20], "json/truncated-compression", name)


def test_the_records_before_the_break_of_a_compressed_file_are_checked() -> None:
    bad = json.dumps(example({"title": ""}))
    tail = "\n".join(random.Random(1).randbytes(2000).hex() for _ in range(50))
    Path("a.ndjson.gz").write_bytes(gzip.compress(f"{bad}\n{tail}\n".encode())[:-1000])
    ran = check("a.ndjson.gz", "--ignore", "json/syntax")
    assert (ran.rules[0], ran.findings[0]["line"]) == ("schema/too-short", 1) or ran.rules[-1] == "schema/too-short"
    assert "json/truncated-compression" in ran.rules


@pytest.mark.parametrize(("name", "byte"), [("a.json.gz", b"x"), ("a.ndjson.gz", b"x"), ("b.ndjson.gz", b"\n"), ("b.json.gz", b"\0")])  # fmt: skip
def test_a_bomb_is_a_finding(name: str, byte: bytes) -> None:
    gigabyte = gzip.compress(byte * (1 << 26)) * 16
    only(gigabyte * 8, "json/too-large", name)


def test_a_bomb_on_standard_input_is_a_finding() -> None:
    ran = check("-", stdin=gzip.compress(b"{}\n" + b"x" * (1 << 26)) * 32)
    assert ran.code == 1
    assert "json/too-large" in ran.rules


# Paths


def record_with_file(name: str) -> bytes:
    return json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": name})).encode()


def test_a_text_file_outside_of_the_folder_is_not_read() -> None:
    Path("record").mkdir()
    Path("secret.txt").write_text(EXAMPLE["sources"][0]["text"], encoding="utf-8")
    Path("record/link.txt").symlink_to("../secret.txt")
    Path("record/up").symlink_to("..")
    for name in ("../secret.txt", "/etc/passwd", "link.txt", "up/secret.txt", "a/../../secret.txt"):
        ran = only(record_with_file(name), "evidence/text-file-outside-folder", "record/a.json")
        assert ran.findings[0]["pointer"] == "/sources/0/textFile"


def test_a_text_file_that_is_a_fifo_or_a_device_is_not_waited_for() -> None:
    os.mkfifo("pipe.txt")
    ran = only(record_with_file("pipe.txt"), "evidence/text-file-unreadable")
    assert "it is not an ordinary file" in ran.findings[0]["message"]


def test_what_cannot_be_read_costs_no_other_file() -> None:
    os.mkfifo("pipe.json")
    Path("gone.json").symlink_to("nowhere.json")
    Path("circle.json").symlink_to("circle.json")
    Path("folder.json").mkdir()
    Path("error.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    names = ["pipe.json", "gone.json", "circle.json", "folder.json", "/dev/zero", "/proc/self/mem", "none.json"]
    ran = check(*names, "error.json")
    assert (ran.code, ran.rules) == (2, ["schema/too-short"])
    assert len(ran.err.splitlines()) == len(names)
    for name in names:
        assert f"error: {name}: " in ran.err
    assert check(".").rules == ["schema/too-short"]
    assert check(".").code == 2


def test_a_file_that_may_not_be_read_costs_no_other_file() -> None:
    Path("closed.json").write_text(GOOD, encoding="utf-8")
    Path("closed.json").chmod(0)
    Path("closed").mkdir(mode=0)
    Path("error.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    for names in ((".",), ("closed.json", "closed", "error.json"), ("*.json", "closed/*.json")):
        ran = check(*names, before=as_anybody)
        assert (ran.code, ran.rules) == (2, ["schema/too-short"])
        assert sorted(ran.err.splitlines()) == [
            "error: closed.json: Permission denied",
            "error: closed: Permission denied",
        ]


def test_a_configuration_that_may_not_be_looked_for_or_read_is_no_fault_of_the_program() -> None:
    Path("error.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    Path("diplomatic-events.toml").touch(mode=0)
    ran = run("check", "error.json", before=as_anybody)
    assert (ran.returncode, ran.stderr) == (2, b"error: diplomatic-events.toml cannot be read: Permission denied\n")


def lose_the_working_folder() -> None:
    os.chdir("gone")
    os.rmdir("../gone")


def test_a_working_folder_that_was_removed_is_called_so() -> None:
    for command in (["check", "."], ["check", "--no-config", "/dev/null"], ["baseline", "a.json"]):
        Path("gone").mkdir()
        ran = run(*command, before=lose_the_working_folder)
        assert ran.returncode == 2
        assert ran.stderr.startswith(b"error: the working folder cannot be found: No such file or directory\n")
    Path("gone").mkdir()
    assert run("rules", before=lose_the_working_folder).returncode == 0


# What the system runs out of

EXHAUSTED = """
import os, sys
from diplomatic_events.cli.main import main
main(["check", "--no-config", *sys.argv[2:]])
while True:
    try:
        last = os.open(os.devnull, os.O_RDONLY)
    except OSError:
        break
for number in range(int(sys.argv[1])):
    os.close(last - number)
print("\\n---", flush=True)
print("---", file=sys.stderr)
sys.exit(main(["check", "--no-config", *sys.argv[2:]]))
"""
"""A run after which so many descriptors are left for the same run once more."""


@pytest.mark.parametrize(
    ("left", "failures", "rules"),
    [
        (0, [".: Too many open files"], []),
        (1, ["c.json:1: it could not be checked: {here}/t.txt: Too many open files"], ["schema/too-short"]),
        (2, [], ["schema/too-short"]),
    ],
)
def test_too_few_descriptors_are_no_fault_of_the_program(left: int, failures: list[str], rules: list[str]) -> None:
    Path("t.txt").write_text(EXAMPLE["sources"][0]["text"], encoding="utf-8")
    changes = {"/sources/0/text": None, "/sources/0/textFile": "t.txt", "id": "c", "date": "2019-01-01"}
    Path("a.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    Path("c.json").write_text(json.dumps(example(changes)), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", EXHAUSTED, str(left), ".", "--format", "jsonl"],
        capture_output=True, check=False, text=True, timeout=60, preexec_fn=limited(resource.RLIMIT_NOFILE, 40),
    )  # fmt: skip
    assert ran.returncode == (2 if failures else 1)
    said = ran.stderr.partition("---\n")[2].splitlines()
    assert said == [f"error: {failure.format(here=Path.cwd())}" for failure in failures]
    found = [json.loads(line)["rule"] for line in ran.stdout.partition("---\n")[2].splitlines()]
    assert found == rules


@pytest.mark.parametrize("number", [7, 13])
def test_too_few_descriptors_for_processes_are_no_fault_of_the_program(number: int) -> None:
    Path("a.ndjson").write_text(f"{GOOD}\n" * (1_500_000 // len(GOOD)), encoding="utf-8")
    ran = run("check", "-j", "2", "--no-config", "a.ndjson", before=limited(resource.RLIMIT_NOFILE, number))
    assert ran.returncode == 2
    assert ran.stderr == (
        b"error: no further process can be started to check records, so not all of them are in this report; use fewer with "
        b"`-j`, or `-j 1`: Too many open files\n"
    )


def test_too_little_memory_is_no_fault_of_the_program() -> None:
    with Path("a.json").open("wb") as file:
        file.truncate(180 << 20)
    Path("b.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    little = limited(resource.RLIMIT_AS, 300 << 20)
    ran = check("a.json", "b.json", "--max-bytes", str(1 << 40), before=little)
    assert (ran.code, ran.rules) == (2, ["schema/too-short"])
    assert ran.err == "error: a.json: there is not enough memory to read it\n"


@pytest.mark.bounds
@pytest.mark.parametrize(
    ("key", "entry", "rule"),
    [
        ("people", {"id": "a", "name": "A"}, "reference/duplicate-id"),
        ("annotations", {"target": "/x", "kind": "inferred", "basis": "x"}, "annotations/no-such-target"),
    ],
)
def test_the_findings_of_one_record_do_not_take_all_memory_and_are_all_counted(
    key: str, entry: dict[str, str], rule: str
) -> None:
    number = (7 << 20) // (len(json.dumps(entry)) + 2)
    Path("a.json").write_text(json.dumps(example({key: [entry] * number})), encoding="utf-8")
    began = spent()
    ran = run("check", "--no-config", "--format", "json", "a.json", before=limited(resource.RLIMIT_AS, 640 << 20))
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert spent() - began < SECONDS
    report = json.loads(ran.stdout)
    assert sum(found["rule"] == rule for found in report["findings"]) == 10_000
    counted = {row["rule"]: row["findings"] for row in report["totals"]}
    assert counted[rule] >= number - 1


# What is read or written is a pipe or a device


def fails_at_once(*arguments: str, code: int = 2) -> str:
    """What a run says that must not wait for anything."""
    ran = run("check", "a.json", *arguments)
    assert ran.returncode == code, ran.stderr
    return ran.stderr.decode()


@pytest.fixture
def special() -> None:
    """A record, a pipe that nobody writes to or reads from, and a folder."""
    Path("a.json").write_text(GOOD, encoding="utf-8")
    os.mkfifo("pipe")
    Path("folder").mkdir()


@pytest.mark.usefixtures("special")
@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "/dev/full", "folder"])
def test_what_is_no_file_is_neither_read_nor_written(name: str) -> None:
    reason = "Is a directory" if name == "folder" else "it is not an ordinary file"
    assert f"{name} cannot be read: {reason}" in fails_at_once("--config", name)
    assert fails_at_once("--baseline", name).startswith(f"error: the baseline {name} cannot be read: {reason}")
    reason = reason if name == "folder" else f"{reason}; to pass a report on, print it to standard output"
    assert fails_at_once("--output", f"json={name}") == f"error: --output {name} cannot be written: {reason}\n"
    for command in ("baseline", "coverage"):
        ran = run(command, "a.json", "--output", name)
        assert (ran.returncode, ran.stderr.decode()) == (2, f"error: --output {name} cannot be written: {reason}\n")
    if name == "pipe":
        Path("diplomatic-events.toml").write_text(f'baseline = "{name}"\n', encoding="utf-8")
        assert "the baseline pipe cannot be read" in fails_at_once()


@pytest.mark.usefixtures("special")
def test_a_report_is_written_to_where_the_process_writes_anyway() -> None:
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        ran = run("check", "a.json", "--output", f"json={name}", "--format", "concise")
        assert (ran.returncode, json.loads(ran.stdout)["summary"]["files"], ran.stderr) == (0, 1, b"")
    ran = run("check", "a.json", "--output", "json=/dev/stderr", "--format", "concise")
    assert (ran.returncode, json.loads(ran.stderr)["summary"]["files"], ran.stdout) == (0, 1, b"")
    ran = run("check", "a.json", "--output", "json=/dev/null", "--format", "concise")
    assert (ran.returncode, ran.stderr, ran.stdout) == (0, b"", b"")
    with Path("kept").open("w+b") as kept:  # it is not cut, whatever stands in it
        kept.write(b"before\n")
        kept.flush()
        command = [*COMMAND, "check", "a.json", "--output", "json=/dev/stdout", "--format", "text"]
        assert subprocess.run(command, stdout=kept, check=False, timeout=60).returncode == 0
    text = Path("kept").read_text(encoding="utf-8")
    assert text.startswith("before\n{")
    assert text.endswith("0 warnings.\n")


@pytest.mark.usefixtures("special")
def test_standard_output_that_is_closed_is_said() -> None:
    for command in (["check", "a.json"], ["rules"], ["schema"], ["coverage", "a.json"]):
        ran = run(*command, before=lambda: os.close(1))
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert ran.stderr.decode().splitlines()[0] == "error: standard output is closed"
    ran = run("baseline", "a.json", before=lambda: os.close(1))
    assert (ran.returncode, ran.stderr) == (0, b"diplomatic-events-baseline.json: 0 findings\n")


@pytest.mark.usefixtures("special")
def test_nothing_waits_for_a_pipe_that_a_summary_is_to_go_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "pipe")
    ran = run("check", "a.json", "--format", "github")
    assert (ran.returncode, ran.stderr.startswith(b"warning: the step summary pipe cannot be written: ")) == (0, True)


@pytest.mark.usefixtures("special")
def test_an_exit_code_stands_though_nothing_can_be_said() -> None:
    for command in ("check none.json a.json", "check a.json --output json=no/where", "rules --format yaml", "check ."):
        code = 0 if command == "check ." else 2
        for redirected in ("2>/dev/full", "2>&1 >/dev/null | exit 0", ">/dev/full 2>/dev/full", ">&- 2>/dev/full"):
            line = f"set -o pipefail; {' '.join(COMMAND)} {command} {redirected}"
            ran = subprocess.run(["bash", "-c", line], capture_output=True, check=False, timeout=60)
            assert ran.returncode == (2 if redirected.startswith(">") else code), (command, redirected)


@pytest.mark.usefixtures("special")
def test_what_could_not_be_read_is_said_though_the_report_could_not_be_printed() -> None:
    ran = run("check", "none.json", "a.json", before=lambda: os.close(1))
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == [
        "error: none.json: there is no such file or folder",
        "error: standard output is closed",
        "  help: let it lead somewhere, such as to a file",
    ]


def test_standard_output_that_does_not_wait_is_waited_for() -> None:
    Path("a.json").write_text(json.dumps(example({"topics": [f"t{n}" for n in range(3000)]})), encoding="utf-8")
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(
        [*COMMAND, "check", "a.json", "--format", "jsonl"], stdout=writer, stderr=subprocess.PIPE
    ) as ran:
        os.close(writer)
        time.sleep(1)
        with os.fdopen(reader, "rb") as file:
            lines = file.read().splitlines()
        assert ran.communicate(timeout=60)[1] == b""
    assert (ran.returncode, len(lines)) == (0, 3000)


@pytest.mark.parametrize("earlier", [None, b"", b'{"rule": "x"}\n'])
@pytest.mark.parametrize("command", ["check", "coverage", "baseline"])
def test_a_report_for_which_there_is_no_room_is_not_left_half_written(command: str, earlier: bytes | None) -> None:
    changes = {
        "topics": [f"tarde-{n}" for n in range(500)],
        "/sources/0/text": EXAMPLE["sources"][0]["text"] + " x" * 20_000,
    }
    Path("a.json").write_text(json.dumps(example(changes)), encoding="utf-8")
    if earlier is not None and command != "baseline":
        Path("report").write_bytes(earlier)
    output = {"check": "jsonl=report", "coverage": "report", "baseline": "report"}[command]
    more = ["--format", "html"] if command == "coverage" else []
    ran = run(command, "a.json", "--output", output, *more, before=limited(resource.RLIMIT_FSIZE, 8192))
    assert ran.returncode == 2
    assert b"report cannot be written: File too large" in ran.stderr
    assert not Path("report").exists()


# Links


def test_a_link_does_not_put_what_the_process_knows_into_the_report() -> None:
    os.environ["OF_NO_CONCERN"] = "a secret that nobody should see" * 9
    Path("d").mkdir()
    Path("d/a.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    Path("d/c.json").symlink_to("/proc/self/environ")
    for format in ("text", "json", "sarif"):
        ran = run("check", "d", "--format", format)
        assert ran.returncode == 2
        assert ran.stderr.startswith(b"error: d/c.json: it is a link that leads out of the folder that was named")
        assert b"schema/too-short" in ran.stdout
        assert b"secret" not in ran.stdout
    for argument in (["d/c.json"], ["--follow-links", "d"]):
        assert run("check", *argument).stdout.count(b"secret") <= 2  # of a file that somebody wanted read
    Path("diplomatic-events.toml").write_text("follow-links = true\n", encoding="utf-8")
    assert run("check", "d").returncode == 1
    assert run("check", "--no-follow-links", "d").returncode == 2


@pytest.mark.parametrize("start", ["", "\ufeff", " \n"])
def test_little_is_shown_of_a_file_that_is_no_json(start: str) -> None:
    for text, most in (("PASSWORD=" + "x" * 500, 40), ('{"id": "' + "x" * 500 + '",}', 160)):
        (found,) = [row for row in check_bytes((start + text).encode()).findings if row.rule == "json/syntax"]
        assert found.excerpt is not None
        assert len(found.excerpt.text) == most
        assert "x" * 60 not in found.message


# A pattern of a configuration


def test_no_pattern_of_a_gitignore_or_a_configuration_has_a_worst_case() -> None:
    pattern = "*a" * 12 + "b"
    name = f"{'a' * 60}.json"
    Path(name).write_text(GOOD, encoding="utf-8")
    Path(".gitignore").write_text(f"{pattern}\n", encoding="utf-8")
    Path("diplomatic-events.toml").write_text(
        f'exclude = ["{pattern}", "**/{pattern}/**"]\nper-file-ignores = {{ "{pattern}" = ["codes"] }}\n'
        f'[[suppress]]\nrule = "codes"\nfile = "{pattern}"\nreason = "x"\n',
        encoding="utf-8",
    )
    began = spent()
    assert run("check", ".").returncode == 0
    assert spent() - began < SECONDS


# What reaches the terminal

EVIL = "\x1b[2J\x07\x9b31m\u202egnp.exe\u200b"


def test_terminal_escapes_in_a_record_are_shown_as_what_they_are() -> None:
    changes = {"type": EVIL, "/topics": None, EVIL: 1, "/parties/0/id": EVIL, "/evidence/0/exact": EVIL}
    record = example({key: value for key, value in changes.items() if key != "/topics"})
    Path(f"{EVIL}.json").write_text(json.dumps(record, ensure_ascii=False).replace("\x1b", "\\u001b").replace("\x07", "\\u0007"), encoding="utf-8")  # fmt: skip
    for format in ("text", "concise", "jsonl", "json"):
        ran = subprocess.run(
            [sys.executable, "-m", "diplomatic_events", "check", ".", "--format", format],
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 1
        shown = ran.stdout.decode()
        assert not set(shown) & set("\x1b\x07\x9b\u202e\u200b")
        assert "u001b[2J" in shown


def test_all_that_a_command_prints_as_json_is_sound() -> None:
    """A name that is not UTF-8, and a record that is sound and holds what would harm a terminal."""
    name = not_text(os.fsdecode(b"caf\xe9-\xc2\x9b.json"))
    hostile = "\x9b31m \u202egnp.exe \x7f\u200b\U000e0041"
    record = example(
        {"title": hostile, "/sources/0/text": f"{EXAMPLE['sources'][0]['text']} {hostile}", "topics": ["x"]}
    )
    Path(name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    for command in (
        *(["check", name, "--format", format] for format in ("json", "jsonl", "gitlab", "sarif")),
        ["coverage", name, "--format", "json"],
        ["rules", "--format", "json"],
        *(
            ["explain", rule, "--format", "json"]
            for rule in ("json/lone-surrogate", "json/not-utf8", "evidence/ambiguous")
        ),
        ["baseline", name, "--output", "known.json"],
    ):
        ran = subprocess.run([sys.executable, "-m", "diplomatic_events", *command], capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
        printed = ran.stdout or Path("known.json").read_bytes()
        assert parse(printed).faults == (), command
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\U000e0041]", printed.decode()), command
        if command[1] == name:
            assert (r"caf\\xe9-\u009b.json" in printed.decode()) is ("sarif" not in command)


# Records of something else


@pytest.mark.parametrize(
    "value",
    [
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"},
        {"name": "a-package", "version": "1.0.0", "dependencies": {}},
        {"type": "FeatureCollection", "features": []},
        {},
    ],
)
def test_a_record_of_another_schema_is_one_finding(value: dict[str, Any]) -> None:
    ran = only(json.dumps(value).encode(), "schema/missing-version")
    assert ran.findings[0]["help"].startswith(f'write "schemaVersion": "{catalogue().latest}", or exclude the file')


def test_a_record_that_has_the_version_of_another_schema_is_one_finding() -> None:
    only(b'{"schemaVersion": "2024-11-05", "name": "x"}', "schema/unknown-version")


# Bytes at random


def mutations(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """The bytes of a record with one thing done to them that a broken disk, pipe or editor would do."""
    while True:
        at, length = chance.randrange(len(data)), chance.choice([1, 1, 1, 2, 3, 8, 64, 512])
        yield data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        yield data[:at] + data[at + length :]
        yield data[:at] + data[at : at + length] + data[at:]
        yield data[:at] + chance.randbytes(chance.randint(1, 4)) + data[at:]
        yield data[:at] + chance.choice(PIECES) + data[at:]
        yield data[:at] + chance.choice(PIECES) + data[at + length :]
        yield data[:at]


PIECES = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"1e999", b"-", b"\xff", b"\x00", b"\n", b'""', b"\\ud800", b"[]", b"{}", b'"id"', b"5"]  # fmt: skip


@pytest.mark.parametrize("name", ["the example", "the reference record"])
def test_whatever_happens_to_its_bytes_a_record_is_checked(name: str) -> None:
    data = GOOD.encode() if name == "the example" else (REFERENCE / "record.json").read_bytes()
    checker, chance = Checker(Options()), random.Random(3)
    folder = None if name == "the example" else REFERENCE
    number = 4000 if name == "the example" else 600
    for broken, _ in zip(mutations(data, chance), range(number), strict=False):
        outcome = checker.check(RawRecord("a.json", broken), folder)
        assert outcome.crash is None, (outcome.crash, broken)
        for found in outcome.findings:
            assert found.place is not None
            assert found.message
