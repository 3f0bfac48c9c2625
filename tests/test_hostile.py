"""Hostile and broken input: a finding at its place and a documented exit code, never a traceback, a hang or silence.

Each input is checked by a process of its own, in little time and little memory.
"""

import ctypes
import gzip
import itertools
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from check_records import EXAMPLE, REFERENCE, example
from diplomatic_events import Options, Severity, check_bytes
from diplomatic_events.checking import Checker
from diplomatic_events.findings import NotChecked
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import codelist
from run_command import not_text

pytestmark = pytest.mark.usefixtures("uncounted")

COMMAND = [sys.executable, "-m", "diplomatic_events"]
LIBRARY = ctypes.CDLL(None)
SECONDS = 10
MEMORY = 1024**3
"""Of address space; the libraries alone take some hundred megabytes of it."""

GOOD = json.dumps(EXAMPLE)


class Ran(NamedTuple):
    """What a checked input led to."""

    code: int
    findings: list[dict[str, Any]]
    err: str

    @property
    def rules(self) -> list[str]:
        return [found["rule"] for found in self.findings]

    @property
    def place(self) -> tuple[Any, Any]:
        """The line and column of the one finding."""
        (found,) = self.findings
        return found["line"], found["column"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limited(limit: int, most: int) -> Callable[[], None]:
    """Set a limit of a process before it begins."""
    return lambda: resource.setrlimit(limit, (most, most))


def as_anybody() -> None:
    """Give up the right of root to read everything, for the program that is run next."""
    if os.geteuid() == 0 and sys.platform == "linux":
        drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (override, search):
            assert LIBRARY.prctl(drop, capability, 0, 0, 0) == 0


def spent() -> float:
    """The seconds that the processes which have ended took of a processor."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(*arguments: str, before: Callable[[], object] | None = None) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a process of its own; ``before`` is done in it first."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, check=False, timeout=60, preexec_fn=before)


def check(*arguments: str, stdin: bytes | None = None, before: Callable[[], None] = confined) -> Ran:
    """Run the command on some files, in a process with little memory and time. What other processes do does not count."""
    began = spent()
    ran = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", "check", "--no-config", "--format", "jsonl", *arguments],
        input=stdin, capture_output=True, check=False, timeout=SECONDS * 30, preexec_fn=before,
    )  # fmt: skip
    assert spent() - began < SECONDS
    err = ran.stderr.decode()
    assert "Traceback" not in err
    assert ran.returncode in (0, 1, 2), err
    assert b"\x1b" not in ran.stdout + ran.stderr
    return Ran(ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], err)


def only(data: bytes, rule: str, name: str = "a.json") -> Ran:
    """The run on a file with one fault, which has that one finding."""
    Path(name).write_bytes(data)
    ran = check(name)
    assert (ran.code, ran.rules, ran.err) == (1, [rule], "")
    return ran


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
    chance, words = random.Random(7), text_of_a_megabyte()
    quotes = [{"source": "report", "exact": " ".join(chance.choices(words, k=9))} for _ in range(MANY)]
    text = f"{EXAMPLE['sources'][0]['text']} {' '.join(words * 4)}"
    quickly(example({"/sources/0/text": text[: 4 << 20], "evidence": quotes}), "evidence/not-verbatim", MANY)


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
