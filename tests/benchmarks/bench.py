"""Measure the check beside other validators, in one run on one machine, and print a table of the ratios.

    python tests/benchmarks/bench.py [--update] [--large] [--records N] [--files N] [--rounds N]

All get the same invented records and the same schema. The others check structure only; before anything is measured, their
verdicts on it are compared with ours, and each measured run must have said what is right. What is compared takes turns,
each time in the opposite order, and the best of the rounds counts. `--update` writes the table and the plots into docs/.
It needs Linux, for the memory of processes, and Node.js.
"""

import argparse
import compileall
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "validator/tools")]

from benchmarks import generator  # noqa: E402  # the folders must be known first
from benchmarks.chart import chart  # noqa: E402  # as above
from benchmarks.spending import MB, Spent, spend  # noqa: E402  # as above
from interop import run as interop  # noqa: E402  # as above
from newest import SCHEMA  # noqa: E402  # as above

PAGE: Final = ROOT / "docs/speed.md"
IMAGES: Final = ROOT / "docs/images"
BIN: Final = Path(sys.executable).parent

OURS: Final = "diplomatic-events"
BOUND: Final = "the bound"
SOURCEMETA: Final = "Sourcemeta `--fast`"
AJV: Final = "Ajv"
PLAIN: Final = "`jsonschema`"
CHECK_JSONSCHEMA: Final = "`check-jsonschema`"

COMPARED: Final = 300
"""So many clean records and as many faulty ones are judged by all before anything is measured."""
FEW: Final = 1000
"""The slowest is measured on so many records; its time for more is reckoned from that."""
USUAL: Final = 20_000
"""So many records are in the file that all check, unless another number is asked for."""
SIZES: Final = (1000, 5000, USUAL, 50_000, 100_000)
"""So many records have the files by which growth is measured."""
MOST_FOR_OTHERS: Final = 100_000
"""Sourcemeta's CLI holds the whole file in memory, many times its size: it gets no larger one."""
SOME: Final = 5000
"""So many records have a fault each."""


class Row(NamedTuple):
    """A line of the table: a figure of ours beside another, in the same unit."""

    what: str
    ours: float
    against: str
    theirs: float
    unit: str

    def cells(self) -> tuple[str, ...]:
        """What stands in the table; a count a second is a whole number."""
        form = "{:,.0f} {}" if self.unit in ("/s", "MB") else "{:,.2f} {}"
        ours, theirs = (form.format(value, self.unit) for value in (self.ours, self.theirs))
        return self.what, ours, self.against, theirs, f"{self.ours / self.theirs:.2g}"


class Contender(NamedTuple):
    """A command to measure, with its standard input, and what it must have printed."""

    command: list[str]
    said: Callable[[str], bool]
    given: Path | None = None
    code: int = 0


def main() -> None:
    """Print the table; end with 1 where a verdict is not what it must be."""
    options = arguments()
    if not Path("/proc/self/smaps_rollup").exists():
        sys.exit("the memory of processes is measured as Linux shows it; there is no /proc/self/smaps_rollup here")
    interop.install()
    compileall.compile_dir(ROOT / "validator", quiet=1)  # as pip does; some environments keep Python from doing it
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        progress("comparing verdicts")
        compare_verdicts(folder)
        most = 1_000_000 if options.large else options.grow
        sizes = [*(size for size in SIZES if size < most), most]
        progress(f"writing {sizes[-1]:,} records")
        files = written(folder, {*sizes, options.records, options.files, FEW, SOME})
        rows = list(ndjson(folder, files[options.records], options.records, files[FEW], options.rounds))
        rows += cold(folder, options.rounds * 3)
        rows += single_files(folder, files[options.files], options.files, options.rounds)
        rows += faults(folder, files[SOME], SOME, options.rounds)
        grown = growth(folder, {size: files[size] for size in sizes})
        rows += memory(grown, most)
    text = f"{table(rows)}\n\n{circumstances(before)}"
    print(text)
    if options.update:
        PAGE.write_text(updated(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8", newline="\n")
        IMAGES.mkdir(exist_ok=True)
        for image, drawn in plots(grown).items():
            (IMAGES / image).write_text(drawn, encoding="utf-8", newline="\n")


def updated(page: str, text: str) -> str:
    """The page with new figures between its markers.

    Raises:
        ValueError: It has no such markers.
    """
    begin, end = "<!-- figures: speed -->", "<!-- /figures -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError("the page has no place for the figures")
    return f"{before}{begin}\n{text}\n{end}{after}"


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the check beside other validators.")
    parser.add_argument("--update", action="store_true", help="write the table and the plots into docs/")
    parser.add_argument("--large", action="store_true", help="let the input grow to 1,000,000 records: 11 GB in TMPDIR")
    parser.add_argument("--records", type=int, default=USUAL, help="in the file that all check (default: %(default)s)")
    parser.add_argument("--grow", type=int, default=100_000, help="the most records otherwise (default: %(default)s)")
    parser.add_argument("--files", type=int, default=10_000, help="single files (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts (default: %(default)s)")
    return parser.parse_args()


def progress(what: str) -> None:
    """Say on standard error what is being done."""
    print(f"… {what}", file=sys.stderr, flush=True)


def written(folder: Path, sizes: set[int]) -> dict[int, Path]:
    """Files of so many clean records; the smaller ones are the beginning of the largest."""
    files = {size: folder / f"{size}.jsonl" for size in sizes}
    largest = max(sizes)
    generator.write(str(files[largest]), largest)
    for size in sizes - {largest}:
        with open(files[largest], "rb") as lines, open(files[size], "wb") as file:
            file.writelines(islice(lines, size))
    return files


def compare_verdicts(folder: Path) -> None:
    """End the program where two do not judge the structure of the same records alike."""
    records = [*generator.records(COMPARED), *generator.records(COMPARED, faults=1.0)]
    there = folder / "verdicts"
    there.mkdir()
    names = [f"{number:06}.json" for number in range(len(records))]
    for name, record in zip(names, records, strict=True):
        (there / name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    command = [str(BIN / OURS), "check", ".", "--select", "schema", "--format", "jsonl"]
    found = subprocess.run(command, cwd=there, capture_output=True, text=True, encoding="utf-8", check=False)
    refused = {Path(json.loads(line).get("file", "")).name for line in found.stdout.splitlines()}
    command = [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), "--output-format", "json", *names]
    printed = subprocess.run(command, cwd=there, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    verdicts = {
        OURS: [name not in refused for name in names],
        CHECK_JSONSCHEMA: [
            name not in {error["filename"] for error in json.loads(printed)["errors"]} for name in names
        ],
        **{name: judge(records) for name, judge in interop.VALIDATORS.items()},
    }
    shutil.rmtree(there)
    for number, record in enumerate(records):
        judged = {name: verdict[number] for name, verdict in verdicts.items()}
        if len(set(judged.values())) > 1:
            sys.exit(f"verdicts differ, so nothing was measured: {judged}\n  {json.dumps(record)[:2000]}")
    if not 0 < sum(verdicts[OURS][COMPARED:]) < COMPARED:
        sys.exit("of the faulty records some must break the schema, and some other rules")


def contend(contenders: Mapping[str, Contender], folder: Path, rounds: int) -> dict[str, Spent]:
    """The best wall time and the best CPU time of each; they take turns, each time in the opposite order."""
    spent: dict[str, list[Spent]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name in list(contenders)[:: -1 if number % 2 else 1]:
            progress(f"  {name}, round {number + 1} of {rounds}")
            spent[name].append(checked(name, contenders[name], folder))
    return {
        name: runs[0]._replace(wall=min(run.wall for run in runs), cpu=min(run.cpu for run in runs))
        for name, runs in spent.items()
    }


def checked(name: str, contender: Contender, folder: Path, *, memory: bool = False) -> Spent:
    """One run, or the end of the program where it did not say what is right."""
    spent = spend(contender.command, folder, contender.given, memory=memory)
    if spent.code != contender.code or not contender.said(spent.output):
        sys.exit(f"{name} did not judge as it must: exit code {spent.code}\n{spent.output[-2000:]}")
    return spent


def ours(path: Path, number: int, *more: str, faulty: int = 0) -> Contender:
    """Our command, which must have found so many faults in so many records."""
    wanted = (f"{number:,} record", f": {faulty:,} errors, 0 warnings")
    command = [str(BIN / OURS), "check", str(path), *more]
    return Contender(command, lambda output: all(part in output for part in wanted), code=1 if faulty else 0)


def sourcemeta(file: Path, number: int) -> Contender:
    """Sourcemeta's command, as npm installs it."""
    command = [str(interop.SOURCEMETA), "validate", "--fast", str(SCHEMA), str(file)]
    return Contender(command, lambda output: f"{number} passed, 0 failed" in output)


def ajv(file: Path, number: int) -> Contender:
    """A loop over lines with a compiled validator of Ajv."""
    command = [shutil.which("node") or "node", str(interop.HERE / "ajv.mjs"), str(SCHEMA)]
    return Contender(command, lambda output: output.count("true\n") == number, given=file)


def structure(which: str, file: Path, number: int) -> Contender:
    """A loop over lines in Python that checks structure only."""
    command = [sys.executable, str(HERE / "structure.py"), which, str(SCHEMA), str(file)]
    return Contender(command, lambda output: output == f"{number}\n")


def ndjson(folder: Path, file: Path, number: int, few: Path, rounds: int) -> Iterator[Row]:
    """Records a second and core, and the time that a file takes."""
    progress(f"a file of {number:,} records")
    two = f"{OURS} -j 2"
    contenders = {
        OURS: ours(file, number, "-j", "1"),
        BOUND: structure("native", file, number),
        SOURCEMETA: sourcemeta(file, number),
        AJV: ajv(file, number),
        PLAIN: structure("plain", few, FEW),
        two: ours(file, number, "-j", "2"),
    }
    spent = contend(contenders, folder, rounds)
    mean = file.stat().st_size / number / 1000
    sizes = dict.fromkeys(contenders, number) | {PLAIN: FEW}
    rates = {name: sizes[name] / spent[name].cpu for name in contenders}
    for name in (BOUND, SOURCEMETA, AJV, PLAIN):
        yield Row(f"records of {mean:.0f} KB a second of CPU time", rates[OURS], name, rates[name], "/s")
    what = f"NDJSON, {number:,} records, with `-j 2`"
    for name in (SOURCEMETA, AJV):
        yield Row(what, spent[two].wall, name, spent[name].wall, "s")
    yield Row(what, spent[two].wall, f"{PLAIN}, from {FEW:,} records", spent[PLAIN].wall * number / FEW, "s")
    yield Row(what, spent[two].wall, f"{OURS} with `-j 1`", spent[OURS].wall, "s")


def cold(folder: Path, rounds: int) -> Iterator[Row]:
    """One file, with all that a program does before it begins."""
    progress("one file")
    file = folder / "record.json"
    generator.write(str(file), 1)
    spent = contend({OURS: ours(file, 1), CHECK_JSONSCHEMA: check_jsonschema([str(file)])}, folder, rounds)
    yield Row("one file, cold", spent[OURS].wall, CHECK_JSONSCHEMA, spent[CHECK_JSONSCHEMA].wall, "s")
    yield Row("one file, cold, CPU time", spent[OURS].cpu, CHECK_JSONSCHEMA, spent[CHECK_JSONSCHEMA].cpu, "s")


def check_jsonschema(names: list[str]) -> Contender:
    """The most used command in Python."""
    command = [str(BIN / "check-jsonschema"), "--schemafile", str(SCHEMA), *names]
    return Contender(command, lambda output: "ok -- validation done" in output)


def single_files(folder: Path, lines: Path, number: int, rounds: int) -> Iterator[Row]:
    """A folder with a record in each file. The other, which takes a minute or two, has one round."""
    progress(f"{number:,} files")
    there = folder / "files"
    there.mkdir()
    names = [f"{index:06}.json" for index in range(number)]
    with open(lines, "rb") as records:
        for name, line in zip(names, records, strict=False):
            (there / name).write_bytes(line)
    spent = contend({OURS: ours(there, number)}, there, rounds)[OURS]
    theirs = contend({CHECK_JSONSCHEMA: check_jsonschema(names)}, there, 1)[CHECK_JSONSCHEMA]
    shutil.rmtree(there)
    yield Row(f"{number:,} files", spent.wall, CHECK_JSONSCHEMA, theirs.wall, "s")
    yield Row(f"{number:,} files, CPU time", spent.cpu, CHECK_JSONSCHEMA, theirs.cpu, "s")


def faults(folder: Path, clean: Path, number: int, rounds: int) -> Iterator[Row]:
    """Every record with a fault, beside the same records without."""
    progress("every record faulty")
    file = folder / "faulty.jsonl"
    generator.write(str(file), number, faults=1.0)
    contenders = {
        "every record faulty": ours(file, number, "-j", "1", faulty=number),
        "no record faulty": ours(clean, number, "-j", "1"),
    }
    spent = contend(contenders, folder, rounds)
    file.unlink()
    (name, faulty), (other, clean_run) = spent.items()
    yield Row(f"{name}, {number:,} records, CPU time", faulty.cpu, f"{OURS}, {other}", clean_run.cpu, "s")


Growth = dict[str, dict[int, Spent]]


def growth(folder: Path, files: Mapping[int, Path]) -> Growth:
    """What more and more records cost, ours on two processes and Sourcemeta's on its one."""
    grown: Growth = {f"{OURS} -j 2": {}, "Sourcemeta --fast": {}}
    for size, file in files.items():
        contenders = (ours(file, size, "-j", "2"), sourcemeta(file, size))
        for (name, costs), contender in zip(grown.items(), contenders, strict=True):
            if name.startswith(OURS) or size <= MOST_FOR_OTHERS:
                progress(f"{size:,} records: {name}")
                costs[size] = checked(name, contender, folder, memory=True)
    return grown


def memory(grown: Growth, most: int) -> Iterator[Row]:
    """How much more memory the largest number of records needs than a usual one."""
    usual = min(USUAL, most)
    (_, costs), (other, theirs) = grown.items()
    few, many = costs[usual], costs[most]
    beside = f"{OURS}, {usual:,} records"
    what = f"memory, {most:,} records with `-j 2`"
    yield Row(f"{what}, largest process", many.largest / MB, beside, few.largest / MB, "MB")
    yield Row(f"{what}, all processes", many.together / MB, beside, few.together / MB, "MB")
    both = max(theirs)
    what = f"memory, {both:,} records with `-j 2`"
    yield Row(f"{what}, all processes", costs[both].together / MB, other, theirs[both].together / MB, "MB")


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    body = "\n".join(f"| {' | '.join(row.cells())} |" for row in rows)
    return f"| what is measured | {OURS} | against | theirs | ratio |\n| --- | ---: | --- | ---: | ---: |\n{body}"


def circumstances(before: float) -> str:
    """When, with which versions and on what the figures came about."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    ours = [f"{name} {version(name)}" for name in (OURS, "jsonschema-rs", "jiter")]
    theirs = [f"{name} {version(name)}" for name in ("check-jsonschema", "jsonschema")]
    others = [f"{name} {node_version(name)}" for name in ("ajv", "@sourcemeta/jsonschema")]
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    cores = len(os.sched_getaffinity(0))
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured on {day} with {', '.join(ours)}; {', '.join([*theirs, *others])}; Python {platform.python_version()}, "
        f"Node.js {node.removeprefix('v')}, Linux; {processor()}, {cores} cores, {size:.0f} GiB of memory. "
        f"The load average was {before:.1f} before the run, and {os.getloadavg()[0]:.1f} after it."
    )


def node_version(name: str) -> str:
    """The version of a package that npm has installed."""
    package: Any = json.loads((interop.HERE / "node_modules" / name / "package.json").read_bytes())
    return str(package["version"])


def processor() -> str:
    """What the system calls the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def plots(grown: Growth) -> dict[str, str]:
    """The plots, by the names of their files."""
    times = {name: [(size, spent.wall) for size, spent in costs.items()] for name, costs in grown.items()}
    held = {name: [(size, spent.together / MB) for size, spent in costs.items()] for name, costs in grown.items()}
    return {
        "speed-time.svg": chart("Time", "s", times),
        "speed-memory.svg": chart("Peak memory of all processes together", "MB", held),
    }


if __name__ == "__main__":
    main()
