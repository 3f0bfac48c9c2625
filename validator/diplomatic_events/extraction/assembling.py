"""Drafts made into a record: joined, with what a program knows better than a model, and checked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.checking import Checker
from diplomatic_events.extraction.drafts import DraftError, DraftFault, Reading, made_id
from diplomatic_events.findings import DiplomaticEventsError, Report
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import UNPARSED, parse
from diplomatic_events.options import Options
from diplomatic_events.report.formats import repair
from diplomatic_events.report.run import Tally
from diplomatic_events.schema.drafts import DraftForm, draft_form
from diplomatic_events.schema.structure import Structure, structure
from diplomatic_events.sources.quotes import Match, look_up_evidence
from diplomatic_events.sources.search import Allowance
from diplomatic_events.wording import listed

Draft = Mapping[str, Any] | str | bytes
"""What a model has written: an object, or its JSON."""

_METHOD: Final = "machine"
_UNNAMED: Final = "source"
"""The id of a source that no draft has."""


class Text(NamedTuple):
    """The text of a source. ``source`` is the source's id if it is known, ``file`` where the record is to look it up."""

    content: str
    source: str | None = None
    file: str | None = None


class Assembled(NamedTuple):
    """A record made of drafts, and the report on it. ``origins`` has the draft of each of its properties."""

    record: dict[str, Any]
    report: Report
    origins: Mapping[str, str] = {}

    @property
    def ok(self) -> bool:
        """Whether nothing was found in the record."""
        return self.report.ok

    def repair(self) -> dict[str, Any]:
        """What to hand back to the model: the findings as ``--format repair`` has them, each with the draft that it is about."""
        document = repair.document(self.report, draft_form(self.record["schemaVersion"]))
        for row in document["findings"]:
            property = row.get("pointer", "").removeprefix("/").partition("/")[0]
            if property in self.origins:
                row["file"] = self.origins[property]
            else:
                del row["file"]
        return document


def assemble(
    drafts: Draft | Iterable[Draft],
    sources: str | Mapping[str, str],
    *,
    id: str | None = None,
    tool: str | None = None,
    created: date | None = None,
    options: Options | None = None,
) -> Assembled:
    """Make a record of what a language model has drafted in the form of `extraction_schema`, and check it.

    ``drafts`` are one whole draft, or one for each part; what a program knows itself, such as the address of a source, can
    stand in a draft of its own. ``sources`` is the text of the only source, or the texts by the ids of sources. Offsets and
    digests are found, names of countries and ids become codes and ids where only one can be meant, and the provenance says
    that a machine made the record: with the ``tool``, if it is given, on the day ``created``. ``id`` is the record's,
    whatever the drafts say. No model is called.

    Raises:
        DraftError: A draft does not have the form, or two drafts give the same property.
        DiplomaticEventsError: It cannot be said which text is that of which source; or an option is wrong.
        TypeError: A draft is neither an object nor JSON, or a text is no text.
    """
    given = [drafts] if isinstance(drafts, Mapping | str | bytes | bytearray) else list(drafts)
    named = {f"draft {number}" if len(given) > 1 else "the draft": draft for number, draft in enumerate(given, 1)}
    by_id = sources if isinstance(sources, Mapping) else {None: sources}
    for text in by_id.values():
        if not isinstance(text, str):
            raise TypeError(f"sources is a text, or a mapping of ids to texts; {type(text).__name__} is no text")
    texts = [Text(text, id) for id, text in by_id.items()]
    return assemble_texts(named, texts, id=id, tool=tool, created=created, options=options)


def assemble_texts(
    drafts: Mapping[str, Draft],
    texts: list[Text],
    *,
    id: str | None = None,
    tool: str | None = None,
    created: date | None = None,
    name: str | None = None,
    folder: Path | None = None,
    options: Options | None = None,
) -> Assembled:
    """Do what `assemble` does with named drafts, and with texts that may stand in files of the record's folder."""
    options = (options or Options())._replace(hints=True)
    versions = options.catalogue
    version = versions.latest if options.schema_version == "auto" else options.schema_version
    joined, origins = _joined(drafts, draft_form(version, versions), options)
    record = {"schemaVersion": version, **joined, **({} if id is None else {"id": id})}
    _put_texts(record, texts, structure(versions, version))
    about = {"created": created.isoformat() if created else None, "method": _METHOD, "tool": tool}
    record["provenance"] = {key: value for key, value in about.items() if value}
    order = [name for name in versions.schema(version)["properties"] if name in record]
    record = {name: record[name] for name in order}
    tally = Tally(options, [name or "<record>"])
    tally.add(Checker(options).check(RawRecord(name or "<record>", written(record)), folder))
    return Assembled(record, tally.report(), origins)


def written(record: dict[str, Any]) -> bytes:
    """A record as the content of a file; the report on it counts the lines of this."""
    return json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _joined(drafts: Mapping[str, Draft], form: DraftForm, options: Options) -> tuple[dict[str, Any], dict[str, str]]:
    """What all drafts say together, and which draft has each property."""
    joined: dict[str, Any] = {}
    origins: dict[str, str] = {}
    faults: list[DraftFault] = []
    for name, draft in drafts.items():
        reading = Reading(form, name)
        for key, value in reading.read(_value(name, draft, options)).items():
            if key in origins:
                faults.append(DraftFault(name, f"/{key}", f"{origins[key]} has this property as well"))
            joined[key], origins[key] = value, name
        faults += reading.faults
    if faults:
        raise DraftError(faults)
    return joined, origins


def _value(name: str, draft: Draft, options: Options) -> Any:
    if isinstance(draft, Mapping):
        return dict(draft)
    if not isinstance(draft, str | bytes | bytearray):
        raise TypeError(f"a draft is an object, or bytes or text of JSON, not {type(draft).__name__}")
    raw = draft.encode("utf-8", "surrogatepass") if isinstance(draft, str) else bytes(draft)
    parsed = parse(raw, options.max_bytes, options.max_depth)
    if parsed.value is UNPARSED:
        raise DraftError([DraftFault(name, "", f"it is no JSON: {fault.message}") for fault in parsed.faults])
    return parsed.value


def _put_texts(record: dict[str, Any], texts: list[Text], schema: Structure) -> None:
    """Give each source its text, and find the offsets of what is quoted from it."""
    evidence = [entry for entry, _ in schema.collect_at((), record).entries["evidence"]]
    form = schema.schema["$defs"]["identifierText"]
    allowance = Allowance()
    for text in texts:
        text = text if text.source is None else text._replace(source=made_id(text.source, form))
        sources = _sources_of(record, text, {str(entry.get("source")) for entry in evidence}, only=len(texts) == 1)
        digest = hashlib.sha256(text.content.encode("utf-8", "surrogatepass")).hexdigest()
        for source in sources:
            source |= {"text": text.content} if text.file is None else {"textFile": text.file}
            source["sha256"] = digest
        for quote in evidence:
            is_whole = "id" in sources[0] and quote.get("source") == sources[0]["id"] and "exact" in quote
            if is_whole and allowance.covers(text.content):
                found = look_up_evidence(text.content, quote)
                if found.match is Match.FOUND and found.start is not None:
                    quote |= {"start": found.start, "end": found.start + len(quote["exact"])}


def _sources_of(record: dict[str, Any], text: Text, quoted: set[str], *, only: bool) -> list[dict[str, Any]]:
    """The source that a text is of, and any other with its id: a new one if the drafts have none, since the text is there."""
    sources: list[dict[str, Any]] = record.setdefault("sources", [])
    meant = [
        source for source in sources if source.get("id") == text.source
    ]  # several are a finding, as any doubled id
    if text.source is None:
        meant = sources if len(sources) == 1 else [source for source in sources if source.get("id") in quoted]
        if len(meant) > 1 or not only:
            ids = listed([f"`{source.get('id')}`" for source in sources]) if sources else "none"
            raise DiplomaticEventsError(
                f"it is not clear which text is of which source; the drafts have the sources {ids}",
                help="give each text with the id of its source: ID=FILE, or a mapping of ids to texts",
            )
    if not meant:
        meant = [{"id": text.source or _UNNAMED}]
        sources += meant
    return meant
