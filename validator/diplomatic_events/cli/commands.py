"""What each command does with its options: one function per command, which returns the exit code."""

import datetime
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from diplomatic_events.cli import terminal
from diplomatic_events.cli.arguments import BASELINE, CLEAN, COULD_NOT, FOUND, MOST_KEPT
from diplomatic_events.cli.outputs import same_as, spare_others, write
from diplomatic_events.cli.terminal import say, say_error, show
from diplomatic_events.edit.writing import expect_file
from diplomatic_events.findings import DiplomaticEventsError, Interrupted, Report, Severity
from diplomatic_events.report.formats import FOR_PEOPLE, render
from diplomatic_events.report.formats.style import Style, json_text, plural

if TYPE_CHECKING:
    from argparse import Namespace

    from diplomatic_events.cli.config import Config
    from diplomatic_events.coverage.survey import Survey
    from diplomatic_events.fixing import Made
    from diplomatic_events.inputs.paths import Inputs
    from diplomatic_events.options import Baseline, Options


WORTH_SEVERAL: Final = 16 * 1024 * 1024
"""With fewer bytes, one process is done before others have started, which takes each of them a quarter of a second."""


class OurFault(Exception):  # noqa: N818  # the fault is ours, not the user's
    """The program failed on some records; its findings in the others are already reported."""

    def __init__(self, crashes: Sequence[str]) -> None:
        super().__init__(crashes)
        self.crashes = crashes


def _check(options: "Namespace", config: "Config") -> int:
    """Check records and report on them, on standard output and in files."""
    from diplomatic_events.checking import check_inputs

    began = time.monotonic()
    spare_others([file for _, file in options.output], "report")
    inputs = _inputs(options, config)
    chosen = _check_options(
        options,
        config,
        max_findings=options.max_findings,
        max_per_rule=options.max_per_rule or MOST_KEPT,
        baseline=_known(options),
        clock=time.process_time if options.statistics else None,
        hints="repair" in (options.format, *(format for format, _ in options.output)),
    )
    formats = (options.format, *(format for format, _ in options.output))
    stdin, made, interrupted = _stdin(options.paths), None, None
    if stdin is not None and "html" in formats:
        stdin = io.BytesIO(stdin.read())  # the page reads it again

    def run(chosen: "Options", stdin: Any) -> Report:
        with terminal.Progress(_size(inputs), options.progress) as progress:
            return check_inputs(inputs, chosen, stdin, each=_each(options.jobs, inputs), watch=progress.advance)

    try:
        if options.fix or options.diff:
            from diplomatic_events.fixing import Request, fix_found

            request = Request(options.unsafe_fixes, options.add_offsets, options.diff)
            report, made = fix_found(inputs.files, chosen, request, stdin, run)
        else:
            report = run(chosen, stdin)
    except Interrupted as interrupt:
        report, interrupted = interrupt.report, interrupt
    if made is not None:
        _say_made(made, options)
        stdin = None if made.stdin is None else io.BytesIO(made.stdin)
    _note_passed_over(report.passed_over)
    in_files = Style(most=options.max_per_rule, statistics=options.statistics)
    unwritten: list[DiplomaticEventsError] = []

    def rendered(format: str, style: Style) -> str:
        if format != "html":
            return render(report, format, style)
        from diplomatic_events.review.page import page

        return page(report, inputs, stdin, chosen)

    for format, file in options.output:
        try:
            write(file, rendered(format, in_files))
        except DiplomaticEventsError as error:
            unwritten.append(error)
    if made is not None and options.diff:
        return _end(report, made.diff, unwritten)
    if "github" in formats:
        _summarize(report)
    seconds = time.monotonic() - began
    try:
        style = terminal.style(options.color, in_files)._replace(seconds=seconds)
        if made is not None and made.stdin is not None:  # the report must not stand in the fixed text
            terminal.put(made.stdin)
            say(rendered(options.format, in_files._replace(seconds=seconds)))
        else:
            _print_report(report, options.format, rendered(options.format, style))
    except DiplomaticEventsError as error:
        unwritten.append(error)
    for failure in report.failures:
        say(f"error: {failure}")
    for lost in unwritten:
        say_error(lost)
    if interrupted:
        raise interrupted
    if report.crashes:
        raise OurFault(report.crashes)
    if report.failures or unwritten:
        return COULD_NOT
    return FOUND if _is_failed(report, options.fail_on) else CLEAN


def _say_made(made: "Made", options: "Namespace") -> None:
    """Report how much was fixed, or would be."""
    parts = [plural(made.fixed, "finding")] if made.fixed else []
    parts += [f"{plural(made.added, 'quote')} without offsets"] if made.added else []
    if parts:
        done = "would fix" if options.diff else "fixed"
        say(f"{done} {' and '.join(parts)} in {plural(len(made.files), 'file')}")
    elif options.diff:
        say("nothing to fix")
    if made.refused:
        one = made.refused == 1
        fixes, it = ("1 fix was", "it") if one else (f"{made.refused:,} fixes were", "each")
        say(f"note: {fixes} not made, because {it} would have added a finding")


def _end(report: Report, diff: bytes, unwritten: Sequence[DiplomaticEventsError]) -> int:
    """Print a diff in place of a report; what was to be fixed makes the exit code 1."""
    terminal.put(diff)
    for lost in unwritten:
        say_error(lost)
    for failure in report.failures:
        say(f"error: {failure}")
    if report.crashes:
        raise OurFault(report.crashes)
    return COULD_NOT if report.failures or unwritten else FOUND if diff else CLEAN


def _is_failed(report: Report, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    grave = [Severity.ERROR] if fail_on == "error" else [Severity.ERROR, Severity.WARNING]
    return any(report.count(severity) for severity in grave)


def _print_report(report: Report, format: str, text: str) -> None:
    """Print a report, and how much of it is left out if the format cannot say so."""
    show(text, for_people=format in FOR_PEOPLE)
    if format in ("jsonl", "concise"):
        from diplomatic_events.report.formats.machine import left_out

        cut = left_out(report, report.shown)
        if cut:
            say(f"note: {cut}")


def _summarize(report: Report) -> None:
    """Append the step summary if GitHub asks for one."""
    from diplomatic_events.report.formats.github import summary

    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        try:
            expect_file(file)
            with open(file, "a", encoding="utf-8", errors="backslashreplace") as out:
                out.write(summary(report))
        except OSError as error:
            say(f"warning: the step summary {file} cannot be written: {error.strerror or error}")


def _baseline(options: "Namespace", config: "Config") -> int:
    """Write today's findings to a file."""
    from diplomatic_events.checking import check_inputs
    from diplomatic_events.report import baseline

    if options.prune:
        baseline.read(options.output)
    spare_others([options.output], "baseline")
    inputs = _inputs(options, config)
    report = check_inputs(
        inputs, _check_options(options, config), _stdin(options.paths), each=_each(options.jobs, inputs)
    )
    _note_passed_over(report.passed_over)
    for failure in report.failures:
        say(f"error: {failure}")
    if report.crashes:
        raise OurFault(report.crashes)
    if report.failures:
        return COULD_NOT
    if options.prune:
        write(options.output, baseline.prune(baseline.load(options.output), report, options.output))
    else:
        write(options.output, baseline.write(report, options.output))
    say(f"{options.output}: {plural(sum(baseline.read(options.output).counts.values()), 'finding')}")
    return CLEAN


def _coverage(options: "Namespace", config: "Config") -> int:
    """Show which passages of the sources no evidence covers."""
    from diplomatic_events.coverage.survey import survey

    if options.output:
        spare_others([options.output], "report")
    found = survey(_inputs(options, config), _stdin(options.paths), _limits(options))
    text = _coverage_text(found, options)
    if options.output:
        write(options.output, text)
    else:
        show(text, for_people=options.format == "text")
    _note_passed_over(found.passed_over)
    for failure in found.failures:
        say(f"error: {failure}")
    below = [] if options.fail_under is None else found.below(options.fail_under[0])
    for record, source in below:
        where = record.text_name(source)
        say(f"error: {where}: {source.percent} % is covered, less than the {options.fail_under[1]} % of --fail-under")
    return COULD_NOT if found.failures else FOUND if below else CLEAN


def _coverage_text(found: "Survey", options: "Namespace") -> str:
    if options.format == "html":
        from diplomatic_events.coverage.page import page

        return page(found)
    from diplomatic_events.coverage import report

    if options.format == "json":
        return report.as_json(found)
    return report.text(found, terminal.style("never" if options.output else options.color))


def _migrate(options: "Namespace", config: "Config") -> int:
    """Migrate records to another version."""
    from diplomatic_events.migrate.files import Request, migrate_files

    request = Request(options.to, in_place=options.in_place, diff=options.diff, allow_loss=options.allow_loss)
    done = migrate_files(_inputs(options, config), request, _stdin(options.paths), _limits(options))
    terminal.put(done.output)
    _note_passed_over(done.passed_over)
    for note in done.notes:
        say(note)
    return done.code


def _export(options: "Namespace", config: "Config") -> int:
    """Export records as tables, as a calendar or as annotations."""
    from diplomatic_events.export import files
    from diplomatic_events.export.sound import SoundRecords

    is_tabular = options.format in files.TABULAR
    if is_tabular and not options.output:
        raise DiplomaticEventsError("the tables need a folder", help="name it with --output")
    if options.output and not is_tabular:
        spare_others([options.output], "export")
    limits = _limits(options)
    catalogue = limits.catalogue
    version = catalogue.latest if options.schema_version == "auto" else options.schema_version
    sound = SoundRecords(limits, version, say)
    read = sound.read(_inputs(options, config), _stdin(options.paths))
    first = list(islice(read, 1))
    records = chain(first, read)
    if sound.failures and not first:
        pass  # an earlier export stays as it was
    elif is_tabular:
        files.write_tables(records, options.output, options.format, catalogue, version)
    else:
        now = datetime.datetime.now(tz=datetime.UTC)
        pieces = files.as_calendar(records, now, say) if options.format == "ics" else files.as_annotations(records)
        if options.output:
            files.write_pieces(pieces, options.output)
        else:
            for piece in pieces:
                terminal.put(piece)
    _note_passed_over(sound.passed_over)
    for failure in sound.failures:
        say(f"error: {failure}")
    say(f"{plural(sound.exported, 'record')} exported" + (f", {sound.refused} not" if sound.refused else ""))
    return COULD_NOT if sound.failures else FOUND if sound.refused else CLEAN


def _assemble(options: "Namespace", config: "Config") -> int:
    """Make a record of drafts, and report on it: where one goes to standard output, the other goes elsewhere."""
    from diplomatic_events.extraction import files
    from diplomatic_events.extraction.assembling import assemble_texts, written

    target = files.Target(options.output)
    target.spare_others()
    drafts = files.read_drafts(options.drafts, _stdin(options.drafts), options.max_bytes)
    assembled = assemble_texts(
        drafts, files.read_texts(options.source, target), id=options.id, tool=options.tool,
        created=datetime.datetime.now(tz=datetime.UTC).date(), name=options.output, folder=target.folder,
        options=_check_options(options, config),
    )  # fmt: skip
    report, content = assembled.report, written(assembled.record)
    style = terminal.style("never" if options.output is None else options.color)
    is_repair = options.format == "repair"
    text = f"{json_text(assembled.repair(), indent=2)}\n" if is_repair else render(report, options.format, style)
    if options.output is None:
        terminal.put(content)
        say(text)
    else:
        write(options.output, content.decode())
        show(text, for_people=options.format in FOR_PEOPLE)
    if report.crashes:
        raise OurFault(report.crashes)
    return FOUND if _is_failed(report, options.fail_on) else CLEAN


def _schema(options: "Namespace", _: "Config") -> int:
    """Print a schema, or its path."""
    from diplomatic_events.schema.catalogue import catalogue

    path = catalogue().path(options.version or catalogue().latest)
    if options.profile == "extraction":
        return _extraction_schema(options)
    if options.part is not None:
        raise DiplomaticEventsError("--part belongs to --profile extraction", help="add `--profile extraction`")
    if options.path:
        show(f"{path}\n")
    else:
        terminal.put(path.read_bytes())
    return CLEAN


def _extraction_schema(options: "Namespace") -> int:
    from diplomatic_events.extraction.drafts import extraction_schema

    if options.path:
        raise DiplomaticEventsError("the extraction profile is derived, and no file", help="leave out --path")
    show(json_text(extraction_schema(options.part, version=options.version), indent=2) + "\n")
    return CLEAN


def _rules(options: "Namespace", _: "Config") -> int:
    """List every rule."""
    from diplomatic_events.cli.explain import list_rules

    text = list_rules(options.format, terminal.style(options.color), terminal.columns())
    show(text, for_people=options.format == "text")
    return CLEAN


def _explain(options: "Namespace", _: "Config") -> int:
    """Show the page of a rule, or what a word of the schema means."""
    from diplomatic_events.cli.explain import explain

    text = explain(options.word, options.format, terminal.style(options.color), terminal.columns())
    show(text, for_people=options.format == "text")
    return CLEAN


def configured(paths: list[str], file: str | None) -> "tuple[Inputs, Options]":
    """The files and the options of a check as the configuration has them: the one in a file, or else the nearest.

    Raises:
        DiplomaticEventsError: The configuration cannot be read or is not valid.
    """
    from argparse import Namespace

    from diplomatic_events.cli.config import holding, merged

    given = Namespace(command="check", paths=paths, **({} if file is None else {"config": file}))
    config = holding(given)
    options = merged(given, config)
    chosen = _check_options(
        options, config, max_findings=options.max_findings, max_per_rule=options.max_per_rule, baseline=_known(options)
    )
    return _found(options, config), chosen


def _known(options: "Namespace") -> "Baseline":
    """The findings that a baseline lists."""
    from diplomatic_events.options import NO_BASELINE
    from diplomatic_events.report import baseline

    return baseline.read(options.baseline) if options.baseline else NO_BASELINE


def _inputs(options: "Namespace", config: "Config") -> "Inputs":
    """The files to read, with a note where there is none."""
    if not options.paths:
        raise DiplomaticEventsError("no file is named", help="name files or folders, or `-` for standard input")
    inputs = _found(options, config)
    for note in inputs.notes:
        say(f"note: {note}")
    return inputs


def _found(options: "Namespace", config: "Config") -> "Inputs":
    """The files to read: in a folder, those that this or an earlier run writes are left out."""
    from diplomatic_events.inputs.paths import expand

    output = getattr(options, "output", None) or []
    outputs = [output] if isinstance(output, str) else [file for _, file in output]
    replaces = same_as(outputs)
    is_written = same_as([*outputs, *config.written, getattr(options, "baseline", None) or BASELINE])

    def excluded(path: str) -> bool:
        return os.path.basename(path) == BASELINE or config.excluded(path) or is_written(path)

    files = [path for path in options.paths if os.path.isfile(path)]
    replaced = {path for path in files if replaces(path)}
    if replaced and replaced.issuperset(options.paths):
        raise DiplomaticEventsError("the only files named are those to be written", help="name the records")
    left_out = replaced | {path for path in files if options.force_exclude and excluded(path)}
    return expand(
        [path for path in options.paths if path not in left_out],
        form=options.input,
        stdin_filename=options.stdin_filename,
        excluded=excluded,
        allow_empty=options.allow_empty,
        follow_links=options.follow_links,
        strict_files=options.strict_files,
    )


def _note_passed_over(number: int) -> None:
    if number:
        files = "1 JSON file shows" if number == 1 else f"{number} JSON files show"
        was = "was" if number == 1 else "were"
        say(f"note: {files} no sign of being a record and {was} passed over; --strict-files checks every file")


def _stdin(paths: Sequence[str]) -> Any:
    if "-" in paths and sys.stdin is None:
        raise DiplomaticEventsError("standard input is closed", help="pipe something into it, or name files")
    return sys.stdin.buffer if "-" in paths else None


def _limits(options: "Namespace", **more: Any) -> "Options":
    """The options of every command that reads records, and ``more`` of this one."""
    from diplomatic_events.options import Options

    return Options(
        schema_version=options.schema_version,
        max_bytes=options.max_bytes,
        max_depth=options.max_depth,
        engine=options.engine,
        **more,
    )


def _check_options(options: "Namespace", config: "Config", **more: Any) -> "Options":
    """What a command that reports findings looks for, and what it lets through."""
    return _limits(
        options,
        select=tuple(options.select),
        ignore=tuple(options.ignore),
        severities=_severities(options.severity),
        ignored=config.ignored,
        suppressions=config.suppressions,
        today=datetime.datetime.now(tz=datetime.UTC).date(),
        **more,
    )


def _severities(pairs: list[tuple[str, str]]) -> dict[str, Severity | None]:
    from diplomatic_events.rules import select

    chosen: dict[str, Severity | None] = {}
    for name, severity in pairs:
        for rule in select((name,), "--severity"):
            chosen[rule] = None if severity == "off" else Severity(severity)
    return chosen


def _each(jobs: int | None, inputs: "Inputs") -> Any:
    """How to check the records: in several processes only if there is enough to do."""
    from diplomatic_events.checking import one_by_one

    if jobs == 1 or (jobs is None and _size(inputs) < WORTH_SEVERAL):
        return one_by_one
    from diplomatic_events.parallel import over, processes

    return over(processes(jobs))


def _size(inputs: "Inputs") -> int:
    """The size of all files in bytes; standard input counts as large."""
    try:
        return sum(source.path.stat().st_size if source.path else WORTH_SEVERAL for source in inputs.files)
    except OSError:
        return WORTH_SEVERAL


RUN: Final[dict[str, Callable[["Namespace", "Config"], int]]] = {
    "check": _check,
    "coverage": _coverage,
    "baseline": _baseline,
    "migrate": _migrate,
    "export": _export,
    "assemble": _assemble,
    "schema": _schema,
    "rules": _rules,
    "explain": _explain,
}
"""The function of each command."""
