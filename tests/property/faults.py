"""One fault in a valid record, at a known place: a planter for each rule that looks at one record."""

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from diplomatic_events import edtf
from diplomatic_events.pointers import Pointer, at, to_pointer
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.sources.names import scripts_of
from property.model import OBJECTS, RECORD, Code, Kind, Many, Namespaced, Number, Part, Words, codes, parts
from property.strategies import ENVOYS, TWO_SIDED, Json, records
from property.words import LANGUAGES

NOWHERE: Final = "⸮nowhere⸮"
"""A text that no source has."""


Draw = Callable[[st.SearchStrategy[Any]], Any]


class Planted(NamedTuple):
    """A record with a fault, or with several of one kind: the rule that must see them, and where."""

    rule: str
    places: tuple[str, ...]
    data: bytes
    files: dict[str, bytes]


class Soil(NamedTuple):
    """A valid record in which everything is there once at least, and how to choose."""

    draw: Draw
    record: Json
    files: dict[str, bytes]

    def one(self, choices: Any) -> Any:
        """One of some; where there is none, another record is drawn."""
        found = list(choices)
        assume(found)
        return self.draw(st.sampled_from(found))

    def entry(self, *names: str) -> tuple[Pointer, Json]:
        """An entry of one of some lists of the record."""
        return self.one(((name, index), entry) for name in names for index, entry in enumerate(self.record[name]))  # type: ignore[no-any-return]

    def member(self) -> tuple[Pointer, Json, Json]:
        """A member of a delegation, and the delegation."""
        return self.one(  # type: ignore[no-any-return]
            (("delegations", index, "members", number), member, delegation)
            for index, delegation in enumerate(self.record["delegations"])
            for number, member in enumerate(delegation.get("members", ()))
        )

    def of_kind(self, *wanted: Kind) -> list[tuple[Pointer, Any]]:
        """Every value of some kinds."""
        return [(path, value) for path, kind, value in parts(self.record) if kind in wanted]

    def add(self, name: str, entry: Any, *, at: Pointer = ()) -> Pointer:
        """Add to a list, which need not be there yet."""
        holder: Any = self.record
        for key in at:
            holder = holder[key]
        entries = holder.setdefault(name, [])
        entries.append(entry)
        return (*at, name, len(entries) - 1)

    def new_id(self, name: str) -> str:
        """An id for another entry of a list."""
        return f"q-q-q-{name}-{len(self.record[name])}"

    def quote(self, passage: str, times: int = 1) -> Json:
        """Evidence for a passage that is added to a source in the record's own language."""
        source = self.record["sources"][0]
        source.pop("language", None)
        source["text"] += f"\n{passage}\n" * times
        if "sha256" in source:
            source["sha256"] = hashlib.sha256(source["text"].encode()).hexdigest()
        return {"source": source["id"], "exact": passage}


Plant = Callable[[Soil], Pointer]
PLANTERS: Final[dict[str, Plant]] = {}
"""The planter of each rule: it changes a record and says where the fault is."""


ONCE: Final[set[str]] = set()
"""Rules whose planter, used again, touches the same place or what the first fault rests on."""


def _plants(rule: str, *, once: bool = False) -> Callable[[Plant], Plant]:
    def enter(plant: Plant) -> Plant:
        PLANTERS[rule] = plant
        if once:
            ONCE.add(rule)
        return plant

    return enter


def one_fault(*rules: str) -> st.SearchStrategy[Planted]:
    """A record with exactly one fault, of any rule or of some."""
    return st.sampled_from(rules or tuple(PLANTERS) + tuple(TEXT_FAULTS)).flatmap(_planted)


def _planted(rule: str) -> st.SearchStrategy[Planted]:
    if rule in TEXT_FAULTS:
        return records().map(lambda record: TEXT_FAULTS[rule](record))
    return _planted_in_value(rule)


@st.composite
def _planted_in_value(draw: st.DrawFn, rule: str) -> Planted:
    if rule == "participation/one-sided-meeting":
        record = draw(records(parties=1, type="conference"))
    else:
        held = rule == "dates/held-after-report"
        record = draw(records(complete=True, status="held" if held else None))
    return plant(rule, draw, record)


def plant(rule: str, draw: Draw, record: Json, times: int = 1) -> Planted:
    """Put a fault into a valid record, or several one after another."""
    record["annotations"] = [{"target": "/title", "kind": "uncertain", "basis": "It is illegible."}]
    files: dict[str, bytes] = {}
    soil = Soil(draw, record, files)
    places = tuple(to_pointer(PLANTERS[rule](soil)) for _ in range(times))
    return Planted(rule, places, json.dumps(record, ensure_ascii=False).encode(), files)


ARTICLE: Final = Path(__file__).parents[2] / "examples/sco-defence-ministers-2018-04-24"


def article() -> Json:
    """The record of a real article, with the text in it, and with at least two entries of each kind."""
    record: Json = json.loads((ARTICLE / "record.json").read_bytes())
    source = record["sources"][0]
    source["text"] = (ARTICLE / source.pop("textFile")).read_text(encoding="utf-8")
    del source["sha256"]
    evidence = [{"source": source["id"], "exact": "group meeting", "start": 304, "end": 317}]
    record["programme"] = [{"id": "group-meeting", "title": "Group meeting"}]
    record["outcomes"] = [{"id": "agreement", "type": "agreement", "title": "Agreement", "evidence": evidence}]
    for name in ("programme", "outcomes", "upcoming", "sources"):
        record[name].append({**deepcopy(record[name][0]), "id": f"second-of-{name}"})
    record["evidence"] = [{**evidence[0], "source": "second-of-sources"}]
    return record


# --- claims


def _letters(soil: Soil) -> str:
    """Letters that the name of a further person has, and of no other."""
    return "".join("bdfgklmnpr"[int(digit)] + "u" for digit in str(len(soil.record["people"])))


def _someone(soil: Soil, **more: Any) -> Pointer:
    """A person of whom the record says no more than that the event honoured them."""
    person: Json = {"id": soil.new_id("people"), "name": f"Qqoxo Zz{_letters(soil)}", **more}
    soil.add("honours", person["id"])
    return soil.add("people", person)


@_plants("claims/unnamed-person")
def _unnamed_person(soil: Soil) -> Pointer:
    for source in soil.record["sources"]:
        source.pop("language", None)  # else it might be one that writes foreign names as they sound
        text = source.get("text", "x")
        if not scripts_of(text) <= {"LATIN"}:
            text += "andsoon" * (8 * len(text))  # else the name might stand there in another script
        source["text"] = text
        if "sha256" in source:
            source["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    return (*_someone(soil), "name")


@_plants("claims/name-not-in-evidence")
def _name_not_in_evidence(soil: Soil) -> Pointer:
    for source in soil.record["sources"]:
        source.pop("language", None)
    soil.quote("Qqoxo Zzuxu")
    number = len(soil.record["people"])
    return (*_someone(soil, evidence=[soil.quote(f"somebody else, {number}")]), "evidence")


@_plants("claims/no-part-of-name")
def _no_part_of_name(soil: Soil) -> Pointer:
    soil.quote("Qqoxo Zzuxu")
    part = soil.one(("familyName", "givenName"))
    return (*_someone(soil, **{part: "Xxebe"}), part)


@_plants("claims/number-not-in-evidence")
def _number_not_in_evidence(soil: Soil) -> Pointer:
    id = soil.new_id("outcomes")
    outcome: Json = {"id": id, "type": "other", "title": "Aid", "evidence": [soil.quote(f"35 lorries for {id}")]}
    path = soil.add("outcomes", outcome)
    number = soil.one((53, 350.5, 3_600_000))
    if soil.draw(st.booleans()):
        outcome["title"] = f"Aid of {number} lorries"
        return (*path, "title")
    outcome["amounts"] = [{"value": number, "unit": "lorries"}]
    return (*path, "amounts", 0, "value")


@_plants("claims/words-not-in-source")
def _words_not_in_source(soil: Soil) -> Pointer:
    for source in soil.record["sources"]:
        source.pop("language", None)
    soil.quote("Qqoxo Zzuxu")
    path = _someone(soil, offices=[{"title": "Xxebewiz"}], evidence=[soil.quote(f"Qqoxo, {soil.new_id('people')}")])
    text = "".join([source.get("text", "x") for source in soil.record["sources"]])
    if "LATIN" not in scripts_of(text):
        soil.quote("and so on " * (5 * len(text)))  # else the office might stand there in another script
    return (*path, "offices", 0, "title")


@_plants("claims/other-day-in-evidence")
def _other_day_in_evidence(soil: Soil) -> Pointer:
    id = soil.new_id("related")
    passage = soil.one(("on Tuesday", "le 6 août", "5月4日", "во вторник", "am 4. Mai"))
    evidence = [soil.quote(f"{passage} ({id})")]
    event = {"id": id, "relation": "concerns", "title": "Talks", "date": "2021-05-03", "evidence": evidence}
    return (*soil.add("related", event), "date")


@_plants("claims/other-speaker-in-evidence")
def _other_speaker_in_evidence(soil: Soil) -> Pointer:
    verb = soil.one(("said", "a déclaré", "declaró", "erklärte", "stressed"))
    someone = len(soil.record["people"])
    for part in ("Qqoxo", "Xxebe"):
        name = f"{part} {part}z{_letters(soil)}"
        soil.quote(name)
        _someone(soil, name=name)
    speaker, other = soil.record["people"][someone:]
    id = soil.new_id("statements")
    evidence = [soil.quote(f"{other['name'].split()[1]} {verb} {id}")]
    statement = {"id": id, "speakers": [speaker["id"]], "form": "indirect", "text": "…", "evidence": evidence}
    return (*soil.add("statements", statement), "speakers")


# --- annotations and codes


@_plants("codes/city-in-another-country")
def _city_in_another_country(soil: Soil) -> Pointer:
    city, country = soil.one((("Vienna", "SVK"), ("Beijing", "JPN"), ("Лондон", "IRL"), ("Le Caire", "MAR")))
    holder = soil.add("programme", {"id": soil.new_id("programme"), "title": "Talks"})
    soil.record["programme"][-1]["place"] = {"city": city, "country": country}
    return (*holder, "place", "country")


@_plants("codes/identifier-twice")
def _identifier_twice(soil: Soil) -> Pointer:
    register = soil.one(("people", "parties"))
    number = len(soil.record[register])
    assume(number > 1)
    known = {"scheme": "dataset-key", "value": f"row {soil.draw(st.integers(10**10, 10**12))}"}
    for index in (0, number - 1):
        path = soil.add("identifiers", known, at=(register, index))
    return path


@_plants("annotations/no-such-target")
def _no_such_target(soil: Soil) -> Pointer:
    party = soil.record["parties"][0]["id"]
    target = soil.one(("/tittle", "/parties/99", "/title/0", "/parties/-", "/ title", "q-q-q/name", f"{party}/nam"))
    return (*soil.add("annotations", {"target": target, "kind": "inferred", "basis": "It is plain."}), "target")


@_plants("annotations/invalid-alternative")
def _invalid_alternative(soil: Soil) -> Pointer:
    target, value = soil.one(
        (("/date", "last Monday"), ("/type", "meting"), (soil.record["parties"][0]["id"], {}), ("/title", 5), ("", []))
    )
    note = {"target": target, "kind": "disputed", "basis": "Sources differ.", "alternatives": [{"value": value}]}
    return (*soil.add("annotations", note), "alternatives", 0, "value")


@_plants("annotations/unneeded")
def _unneeded(soil: Soil) -> Pointer:
    if soil.draw(st.booleans()):
        return soil.add("annotations", {"target": "/title", "kind": "uncertain", "basis": "Once more."})
    note = {"target": "/date", "kind": "disputed", "basis": "x", "alternatives": [{"value": soil.record["date"]}]}
    return (*soil.add("annotations", note), "alternatives", 0, "value")


@_plants("annotations/fragile-target")
def _fragile_target(soil: Soil) -> Pointer:
    number = len(soil.record["annotations"])
    target = soil.one(("/parties/0/name", "/sources/0", "/outcomes/0/title"))
    kind = ("inferred", "disputed")[number % 2]
    note = {"kind": kind, "basis": "It is plain."}
    if soil.draw(st.booleans()):
        return (*soil.add("annotations", {"target": target, **note}), "target")
    return (*soil.add("annotations", {"targets": [target], **note}), "targets", 0)


@_plants("codes/unknown")
def _unknown_code(soil: Soil) -> Pointer:
    path, _entry = soil.entry("statements", "outcomes")
    if path[0] == "statements":
        return soil.add("topics", "no-such-code", at=soil.one(((), path)))
    return (*soil.add("identifiers", {"scheme": "no-such-code", "value": "1"}, at=path), "scheme")


@_plants("codes/unknown-currency")
def _unknown_currency(soil: Soil) -> Pointer:
    path, _ = soil.entry("outcomes")
    return (
        *soil.add("amounts", {"value": len(soil.record["title"]), "unit": soil.one(("ZZZ", "QQQ"))}, at=path),
        "unit",
    )


@_plants("codes/deprecated")
def _deprecated(soil: Soil) -> Pointer:
    if soil.draw(st.booleans()):
        path, source = soil.entry("sources")
        source["language"] = soil.one(("iw", "in-ID", "de-DD", "ru-SU", "hy-arevmda", "agp"))
        return (*path, "language")
    path, _ = soil.entry("parties", "people", "outcomes")
    return (*soil.add("identifiers", {"scheme": "grid", "value": "grid.1234.5"}, at=path), "scheme")


@_plants("codes/unknown-language")
def _unknown_language(soil: Soil) -> Pointer:
    path, entry = soil.entry("sources")
    entry["language"] = soil.one(("xq", "en-XQ", "en-Xqxq", "xq-1996", "eng", "es-999", "en-foobar", "de-1901-1901"))
    return (*path, "language")


@_plants("codes/malformed-identifier")
def _malformed_identifier(soil: Soil) -> Pointer:
    path, _ = soil.entry("parties", "people", "outcomes")
    scheme = soil.one(scheme for scheme in codes("identifier-scheme") if scheme != "dataset-key")  # any text is a key
    misfits = {"iso-3166-1-alpha-2": "ZZ", "un-locode": "ZZBJS", "ror": "02mhbdp95", "isni": "0000000121032684"}
    value = soil.one(("?", misfits.get(scheme, "https://example.org/")))
    return (*soil.add("identifiers", {"scheme": scheme, "value": value}, at=path), "value")


def _state(soil: Soil) -> tuple[Pointer, Json]:
    return soil.one((path, party) for path, party in _parties(soil) if party["type"] == "state")  # type: ignore[no-any-return]


def _parties(soil: Soil) -> list[tuple[Pointer, Json]]:
    return [(("parties", index), party) for index, party in enumerate(soil.record["parties"])]


@_plants("codes/country-name-mismatch")
def _country_name_mismatch(soil: Soil) -> Pointer:
    path, party = _state(soil)
    countries = codelist("country").values()
    party["name"] = soil.one(
        other.label for other in countries if other.code != party["country"] and not other.valid_until
    )
    return (*path, "country")


# --- dates


@_plants("dates/no-such-day")
def _no_such_day(soil: Soil) -> Pointer:
    path, _ = soil.one(soil.of_kind(*_DATE_KINDS))
    _forget_announcements(soil, path)
    for timed in (soil.record, *soil.record["programme"]):
        timed.pop("time", None)  # it may end on the second day of an interval that is now one day
    _set(soil.record, path, soil.one(("2021-02-29", "1900-02-29", "0001-04-31")))
    return tuple(path)


_DATE_KINDS: Final = tuple(
    {
        id(kind): kind for kind in (OBJECTS["record"].properties["date"], OBJECTS["source"].properties["retrieved"])
    }.values()
)


def _forget_announcements(soil: Soil, path: Pointer) -> None:
    """Where the first report has no date any more, the next one is the first, and announcements may lie before it."""
    if path[0] == "sources":
        for event in soil.record["upcoming"]:
            event.pop("date", None)


def _set(record: Json, path: Pointer, value: Any) -> None:
    at(record, path[:-1])[path[-1]] = value


@_plants("dates/reversed-interval")
def _reversed_interval(soil: Soil) -> Pointer:
    path, _ = soil.one(soil.of_kind(_DATE_KINDS[0]))
    _forget_announcements(soil, path)
    _set(soil.record, path, soil.one(("2018-06-10/2018-06-09", "2019~/2018-12?", "201X/200X")))
    return tuple(path)


def _item_on_a_day(soil: Soil) -> tuple[Pointer, Json]:
    """A part of the programme whose date is no interval, so that it cannot go on past midnight."""
    path, item = soil.entry("programme")
    date = edtf.parse(soil.record["date"])
    item["date"] = str(date.start or date.end or date)
    return path, item


@_plants("dates/reversed-time")
def _reversed_time(soil: Soil) -> Pointer:
    path, item = _item_on_a_day(soil)
    item["time"] = {"start": "17:00", "end": soil.one(("16:59", "00:00"))}
    return (*path, "time", "end")


@_plants("dates/duration-mismatch")
def _duration_mismatch(soil: Soil) -> Pointer:
    path, item = _item_on_a_day(soil)
    item["time"] = {"start": "15:30", "end": "17:00", "duration": soil.one(("PT1H", "PT91M", "PT1H29M", "PT90H"))}
    return (*path, "time", "duration")


@_plants("dates/unknown-time-zone")
def _unknown_time_zone(soil: Soil) -> Pointer:
    path, item = soil.entry("programme")
    item["time"] = {"start": "15:30", "timeZone": soil.one(("Europe/Geneva", "utc", "CEST"))}
    return (*path, "time", "timeZone")


def _year_before(soil: Soil, date: edtf.Edtf | None) -> str:
    assume(date is not None and date.first is not None and date.first.year > 0)
    assert date is not None
    assert date.first is not None
    return f"{date.first.year - 1:04}"


@_plants("dates/related-at-another-time")
def _related_at_another_time(soil: Soil) -> Pointer:
    date = edtf.parse(soil.record["date"])
    earlier = _year_before(soil, date) if date.first else None
    later = f"{date.last.year + 1:04}" if date.last and date.last.year < 9999 else None
    late = ("follows-up", "prepared-by", "part-of", "includes")
    early = ("prepares", "followed-by", "part-of", "includes")
    assume(not date.is_interval or date.first)
    assume(not date.is_interval or date.last)
    relation, other = soil.one(
        [(relation, later) for relation in late if later] + [(relation, earlier) for relation in early if earlier]
    )
    event = {"id": soil.new_id("related"), "relation": relation, "title": "Talks", "date": other}
    return (*soil.add("related", event), "date")


@_plants("dates/upcoming-not-later", once=True)
def _upcoming_not_later(soil: Soil) -> Pointer:
    path, event = soil.entry("upcoming")
    if soil.record["status"] != "held":
        for source in soil.record["sources"]:
            source["published"] = str(edtf.parse(soil.record["date"]))
            source.pop("retrieved", None)
    for other in soil.record["upcoming"]:
        other.pop("date", None)
    event["date"] = _year_before(soil, edtf.parse(soil.record["date"]))
    return (*path, "date")


@_plants("dates/held-after-report", once=True)
def _held_after_report(soil: Soil) -> Pointer:
    for source in soil.record["sources"]:
        source["published"] = f"{_year_before(soil, edtf.parse(soil.record['date']))}-11"
    return ("date",)


@_plants("dates/announced-but-past", once=True)
def _announced_but_past(soil: Soil) -> Pointer:
    soil.record["status"] = "announced"
    date = edtf.parse(soil.record["date"])
    assume(date.last is not None and date.last.year < 9999)
    assert date.last is not None
    _, source = soil.entry("sources")
    source["published"] = f"{date.last.year + 1:04}-05"
    source.pop("retrieved", None)
    for event in soil.record["upcoming"]:
        event.pop("date", None)
    return ("status",)


@_plants("dates/programme-outside-event")
def _programme_outside_event(soil: Soil) -> Pointer:
    path, item = soil.entry("programme")
    item.pop("time", None)
    item["date"] = _year_before(soil, edtf.parse(soil.record["date"]))
    return (*path, "date")


@_plants("dates/date-outside-stay", once=True)
def _date_outside_stay(soil: Soil) -> Pointer:
    for item in soil.record["programme"]:
        item.pop("date", None)
    soil.record["stay"] = _year_before(soil, edtf.parse(soil.record["date"]))
    return ("date",)


@_plants("dates/previous-date-unchanged", once=True)
def _previous_date_unchanged(soil: Soil) -> Pointer:
    return soil.add("previousDates", soil.record["date"])


@_plants("dates/published-after-retrieved")
def _published_after_retrieved(soil: Soil) -> Pointer:
    path, source = soil.entry("sources")
    source.setdefault("published", soil.record["date"])
    source["retrieved"] = f"{_year_before(soil, edtf.parse(source['published']))}-12-31"
    return (*path, "retrieved")


@_plants("dates/modified-before-created", once=True)
def _modified_before_created(soil: Soil) -> Pointer:
    soil.record["provenance"] |= {"created": "2021-05-04", "modified": soil.one(("2021-05-03", "1821-12-31"))}
    return ("provenance", "modified")


# --- evidence


def _evidence(soil: Soil, *, needs: str = "exact") -> tuple[Pointer, Json]:
    return soil.one(entry for entry in soil.of_kind(Part("evidence")) if needs in entry[1])  # type: ignore[no-any-return]


@_plants("evidence/not-verbatim")
def _not_verbatim(soil: Soil) -> Pointer:
    path, evidence = _evidence(soil)
    evidence["exact"] += soil.one((NOWHERE, "\U0010fffd", "\u0378x"))
    return (*path, "exact")


@_plants("evidence/offset-mismatch")
def _offset_mismatch(soil: Soil) -> Pointer:
    path, evidence = _evidence(soil, needs="start")
    evidence["start"] += 1
    evidence["end"] += soil.one((0, 1, 2))
    text = next(source["text"] for source in soil.record["sources"] if source["id"] == evidence["source"])
    assume(evidence["start"] < evidence["end"] and text[evidence["start"] : evidence["end"]] != evidence["exact"])
    return path


@_plants("evidence/context-mismatch")
def _context_mismatch(soil: Soil) -> Pointer:
    path, evidence = _evidence(soil)
    evidence[soil.one(("prefix", "suffix"))] = NOWHERE
    return path


@_plants("evidence/ambiguous")
def _ambiguous(soil: Soil) -> Pointer:
    return soil.add("evidence", soil.quote(f"{NOWHERE}{len(soil.record['evidence'])}", times=soil.one((2, 3))))


@_plants("evidence/most-of-source")
def _most_of_source(soil: Soil) -> Pointer:
    id = soil.new_id("sources")
    text = f"{id}. " * soil.draw(st.integers(100, 200))
    size = len(text) * soil.one((50, 99, 100)) // 100
    size += 2 * size < len(text)
    evidence = {"source": id, "exact": text[:size], "start": 0, "end": size}
    soil.add("sources", {"id": id, "type": "other", "text": text})
    return soil.add("evidence", evidence)


@_plants("evidence/one-for-many")
def _one_for_many(soil: Soil) -> Pointer:
    soil.quote("and so on " * 250)  # else it might be most of the source
    number = soil.draw(st.integers(4, 6))
    evidence = soil.quote(" and ".join(f"z{len(soil.record['upcoming'])}" for _ in range(60)))
    paths = [
        soil.add(name, {"id": soil.new_id(name), "title": "Talks", "evidence": [evidence]})
        for name in ("programme", *["upcoming"] * (number - 1))
    ]
    return (*paths[0], "evidence", 0)


@_plants("evidence/reversed-span")
def _reversed_span(soil: Soil) -> Pointer:
    path, evidence = _evidence(soil, needs="start")
    evidence["start"] = evidence["end"] + soil.one((0, 1))
    return path


@_plants("evidence/missing")
def _missing(soil: Soil) -> Pointer:
    path, entry = soil.entry("delegations", "outcomes", "upcoming")
    entry.pop("evidence", None)
    for member in entry.get("members", ()):
        member.pop("evidence", None)
    return path


@_plants("evidence/text-unavailable")
def _text_unavailable(soil: Soil) -> Pointer:
    path, source = soil.entry("sources")
    source.pop("text", None)
    return path


def _text_file(soil: Soil, *names: str) -> Pointer:
    path, source = soil.entry("sources")
    source.pop("text", None)
    source["textFile"] = soil.one(names)
    return (*path, "textFile")


@_plants("evidence/text-file-missing")
def _text_file_missing(soil: Soil) -> Pointer:
    return _text_file(soil, "no-such-file.txt", "no/such/file.txt", "協.txt")


@_plants("evidence/text-file-outside-folder")
def _text_file_outside_folder(soil: Soil) -> Pointer:
    return _text_file(soil, "../text.txt", "/etc/hosts", "a/../../b", "C:\\text.txt", "a\\b", ".", "\x00")


@_plants("evidence/text-file-unreadable")
def _text_file_unreadable(soil: Soil) -> Pointer:
    soil.files["latin-1.txt"] = "Bogotá".encode("latin-1")
    return _text_file(soil, "latin-1.txt")


@_plants("evidence/hash-mismatch")
def _hash_mismatch(soil: Soil) -> Pointer:
    path, source = soil.entry("sources")
    source["sha256"] = "0" * 64
    return (*path, "sha256")


# --- participation


def _with_two_members(soil: Soil) -> tuple[Pointer, Json]:
    _, member, delegation = soil.one(_members(soil))
    path = ("delegations", soil.record["delegations"].index(delegation))
    if len(delegation["members"]) == 1:
        delegation.pop("size", None)
        soil.add("members", {"id": f"second-beside-{member['id']}", "office": {"title": "aide"}}, at=path)
    return path, delegation


@_plants("participation/two-heads")
def _two_heads(soil: Soil) -> Pointer:
    path, delegation = _with_two_members(soil)
    for member in delegation["members"]:
        member.pop("role", None)
    delegation["members"][0]["role"] = soil.one(("head", "co-head"))
    delegation["members"][-1]["role"] = "head"
    return (*path, "members", len(delegation["members"]) - 1, "role")


@_plants("participation/party-in-two-delegations")
def _party_in_two_delegations(soil: Soil) -> Pointer:
    _, delegation = soil.entry("delegations")
    id = soil.new_id("delegations")
    again = {"id": id, "party": delegation["party"], "capacity": "other", "evidence": [soil.quote(id)]}
    return (*soil.add("delegations", again), "party")


@_plants("participation/person-in-two-delegations")
def _person_in_two_delegations(soil: Soil) -> Pointer:
    _, member, _ = soil.one(found for found in _members(soil) if "person" in found[1])
    last = len(soil.record["delegations"]) - 1
    soil.record["delegations"][last].pop("size", None)
    again = {"id": f"again-{len(_members(soil))}", "person": member["person"]}
    return (*soil.add("members", again, at=("delegations", last)), "person")


def _members(soil: Soil) -> list[tuple[Pointer, Json, Json]]:
    return [
        (("delegations", index, "members", number), member, delegation)
        for index, delegation in enumerate(soil.record["delegations"])
        for number, member in enumerate(delegation.get("members", ()))
    ]


@_plants("participation/speaks-for-itself")
def _speaks_for_itself(soil: Soil) -> Pointer:
    path, statement = soil.entry("statements")
    _, member, delegation = soil.one(_members(soil))
    statement["speakers"] = [soil.one((member["id"], delegation["id"]))]
    own = [delegation["party"]]
    if "person" in member and statement["speakers"] == [member["id"]]:
        own.append(member["person"])
    statement["onBehalfOf"] = [soil.one(own)]
    return (*path, "onBehalfOf", 0)


@_plants("participation/one-sided-meeting", once=True)
def _one_sided_meeting(soil: Soil) -> Pointer:
    soil.record["type"] = soil.one(TWO_SIDED)
    for event in soil.record.get("related", ()):
        event["relation"] = "concerns"  # which may be at any time
    assume(not any("audience" in item for item in soil.record.get("programme", ())))
    for name in ("places", "hosts"):
        soil.record.pop(name, None)
    for party in soil.record["parties"]:
        party.pop("several", None)
    return ("delegations",) if "delegations" in soil.record else ("parties",)


@_plants("participation/place-of-a-call", once=True)
def _place_of_a_call(soil: Soil) -> Pointer:
    soil.record["mode"] = soil.one(("phone", "video", "correspondence"))
    return ("places",)


@_plants("participation/host-elsewhere", once=True)
def _host_elsewhere(soil: Soil) -> Pointer:
    one, other = [party for _, party in _parties(soil) if party["type"] == "state"][:2]
    soil.record["places"] = [{"country": other["country"]}, {"city": "x"}]
    soil.record["hosts"] = [{"party": one["id"]}]
    return ("hosts", 0, "party")


@_plants("participation/ambassador-without-receiver")
def _ambassador_without_receiver(soil: Soil) -> Pointer:
    path, member, _ = soil.one(_members(soil))
    member["office"] = {"title": "Ambassador", "level": soil.one(ENVOYS)}
    return (*path, "office")


@_plants("participation/accredited-to-itself")
def _accredited_to_itself(soil: Soil) -> Pointer:
    path, member, delegation = soil.one(_members(soil))
    title = member.get("office", {}).get("title", "x")  # one that the sources have
    member["office"] = {"title": title, "accreditedTo": delegation["party"]}
    if soil.draw(st.booleans()):
        member["office"] |= {"of": soil.record["parties"][0]["id"], "accreditedTo": soil.record["parties"][0]["id"]}
    return (*path, "office", "accreditedTo")


@_plants("participation/state-not-in-existence")
def _state_not_in_existence(soil: Soil) -> Pointer:
    date = edtf.parse(soil.record["date"])
    gone = soil.one(
        country
        for country in codelist("country").values()
        if not country.deprecated
        and ((country.valid_until and date.first and date.first.year > country.valid_until)
             or (country.valid_from and date.last and date.last.year < country.valid_from))
    )  # fmt: skip
    soil.record.pop("hosts", None)
    path, entry = soil.one((_state(soil), (("places", 0), soil.record["places"][0])))
    entry |= {"country": gone.code, "name": gone.label}
    return (*path, "country")


@_plants("participation/group-membership-cycle")
def _group_membership_cycle(soil: Soil) -> Pointer:
    path, party = soil.entry("parties")
    return soil.add("members", party["id"], at=path)


@_plants("participation/visit-type-of-no-visit", once=True)
def _visit_type_of_no_visit(soil: Soil) -> Pointer:
    soil.record["type"] = soil.one(type for type in codes("event-type") if type != "visit")
    soil.record["visitType"] = soil.one(codes("visit-type"))
    return ("visitType",)


@_plants("participation/more-members-than-size")
def _more_members_than_size(soil: Soil) -> Pointer:
    path, delegation = _with_two_members(soil)
    for member in delegation["members"]:
        if "count" in member:
            member["count"] = 2  # a large number would have to stand in the evidence
    delegation["size"] = sum(member.get("count", 1) for member in delegation["members"]) - 1
    return (*path, "size")


@_plants("participation/votes-twice")
def _votes_twice(soil: Soil) -> Pointer:
    path, outcome = soil.entry("outcomes")
    party = soil.record["parties"][0]["id"]
    outcome["votes"] = {"for": [party], "absent": [soil.record["parties"][1]["id"], party]}
    return (*path, "votes", "absent", 1)


@_plants("participation/votes-miscounted")
def _votes_miscounted(soil: Soil) -> Pointer:
    path, outcome = soil.entry("outcomes")
    way = soil.one(("for", "against", "abstained", "absent"))
    outcome["votes"] = {way: [soil.record["parties"][0]["id"]], "counts": {way: soil.one((0, 2))}}
    return (*path, "votes", "counts", way)


@_plants("participation/member-beside-delegation")
def _member_beside_delegation(soil: Soil) -> Pointer:
    path, item = soil.entry("programme")
    _, member, delegation = soil.one(_members(soil))
    name = soil.one(("participants", "audience"))
    item[name] = [member["id"], delegation["id"]]
    return (*path, name, 0)


@_plants("participation/signatory-of-no-party")
def _signatory_of_no_party(soil: Soil) -> Pointer:
    path, outcome = soil.entry("outcomes")
    _, member, delegation = soil.one(_members(soil))
    outcome["parties"] = [party["id"] for _, party in _parties(soil) if party["id"] != delegation["party"]]
    outcome["signatories"] = [member["id"]]
    outcome.pop("witnesses", None)
    return (*path, "signatories", 0)


@_plants("participation/signs-and-witnesses")
def _signs_and_witnesses(soil: Soil) -> Pointer:
    path, outcome = soil.entry("outcomes")
    _, member, _ = soil.one(_members(soil))
    outcome |= {"signatories": [member["id"]], "witnesses": [member["id"]]}
    outcome.pop("parties", None)
    return (*path, "witnesses", 0)


@_plants("participation/state-twice", once=True)
def _state_twice(soil: Soil) -> Pointer:
    (_, one), (path, other) = [found for found in _parties(soil) if found[1]["type"] == "state"][:2]
    other |= {"country": one["country"], "name": "the same state"}
    soil.record.pop("hosts", None)
    return (*path, "country")


@_plants("participation/party-twice")
def _party_twice(soil: Soil) -> Pointer:
    number = len(soil.record["parties"])
    for name in soil.one((("Qqoxo Xxebe", "QX"), ("Zzube of Qqoxo", "Zzubé of Qqoxo"), ("The Ťzurbe", "Tzúrbe"))):
        evidence = [soil.quote(f"{name} {number}")]
        path = soil.add("parties", {"id": soil.new_id("parties"), "type": "body", "name": name, "evidence": evidence})
    return path


@_plants("participation/person-twice")
def _person_twice(soil: Soil) -> Pointer:
    spellings = (
        ("Sergej Qqoxowski", "Sergey Qoxovski"),
        ("Qqoxo Żzube", "ZZUBE Qqoxo"),
        ("Zzube Qqoxi", "Zzube Qqoxy"),
    )
    for name in soil.one(spellings):
        soil.quote(name)
        path = _someone(soil, name=name)
    return path


# --- references


@_plants("reference/duplicate-id")
def _duplicate_id(soil: Soil) -> Pointer:
    if soil.draw(st.booleans()):
        path, other = soil.entry("upcoming", "related")
        return (*soil.add(str(path[0]), {**other, "id": soil.record["outcomes"][0]["id"]}), "id")
    name = soil.one(("outcomes", "upcoming", "related"))
    return (*soil.add(name, {**soil.record[name][0]}), "id")


@_plants("reference/unknown-party")
def _unknown_party(soil: Soil) -> Pointer:
    path, _ = soil.entry("upcoming", "related")
    return soil.add(soil.one(("organizers", "participants")), "q-q-q", at=path)


@_plants("reference/unknown-person")
def _unknown_person(soil: Soil) -> Pointer:
    path, _ = soil.entry("upcoming", "related")
    return (*soil.add("people", {"person": "q-q-q"}, at=path), "person")


@_plants("reference/unknown-member")
def _unknown_member(soil: Soil) -> Pointer:
    path, name = soil.one(
        (((), "chairs"), (soil.entry("programme")[0], "participants"), (soil.entry("statements")[0], "speakers"))
    )
    return soil.add(name, "q-q-q", at=path)


@_plants("reference/unknown-source")
def _unknown_source(soil: Soil) -> Pointer:
    path, _ = soil.entry("parties", "outcomes", "upcoming")
    return (*soil.add("evidence", {"source": "q-q-q", "exact": "x"}, at=path), "source")


@_plants("reference/unknown-programme-item")
def _unknown_programme_item(soil: Soil) -> Pointer:
    path, entry = soil.entry("statements", "outcomes")
    entry["programmeItem"] = "q-q-q"
    return (*path, "programmeItem")


@_plants("reference/unknown-statement")
def _unknown_statement(soil: Soil) -> Pointer:
    path, statement = soil.entry("statements")
    statement["inReplyTo"] = "q-q-q"
    return (*path, "inReplyTo")


@_plants("reference/unknown-outcome")
def _unknown_outcome(soil: Soil) -> Pointer:
    path, outcome = soil.entry("outcomes")
    outcome["partOf"] = "q-q-q"
    return (*path, "partOf")


@_plants("reference/member-as-person")
def _member_as_person(soil: Soil) -> Pointer:
    _, member, _ = soil.one((path, member, one) for path, member, one in _members(soil) if "person" in member)
    path, name = soil.one((((), "initiatedBy"), (soil.entry("programme")[0], "audience")))
    return soil.add(name, member["person"], at=path)


@_plants("reference/circle")
def _circle(soil: Soil) -> Pointer:
    name, property = soil.one((("statements", "inReplyTo"), ("outcomes", "partOf")))
    path, entry = soil.entry(name)
    entry[property] = entry["id"]
    return (*path, property)


@_plants("reference/wrong-kind")
def _wrong_kind(soil: Soil) -> Pointer:
    party, item = soil.record["parties"][0]["id"], soil.record["programme"][0]["id"]
    path, name, id = soil.one((((), "chairs", party), (soil.entry("upcoming")[0], "participants", item),
                               (soil.entry("outcomes")[0], "addressees", item)))  # fmt: skip
    return soil.add(name, id, at=path)


@_plants("reference/unused-party")
def _unused_party(soil: Soil) -> Pointer:
    id = soil.new_id("parties")
    return soil.add("parties", {"id": id, "type": "other", "name": f"Ruritania {len(soil.record['parties'])}"})


@_plants("reference/unused-person")
def _unused_person(soil: Soil) -> Pointer:
    name = f"Jan Novák{_letters(soil)}"
    soil.quote(name)
    return soil.add("people", {"id": soil.new_id("people"), "name": name})


@_plants("reference/unused-source")
def _unused_source(soil: Soil) -> Pointer:
    return soil.add("sources", {"id": soil.new_id("sources"), "type": "other"})


# --- statements


def _statement(soil: Soil, form: str, text: str, passage: str) -> Pointer:
    speaker = soil.record["delegations"][0]["id"]
    number = len(soil.record["statements"])  # so that no two have the same words
    statement = {"id": soil.new_id("statements"), "speakers": [speaker], "form": form, "text": f"{text} {number}"}
    evidence = [soil.quote(passage.replace("Qxz", f"Qxz {number}"))]
    return soil.add("statements", {**statement, "evidence": evidence})


@_plants("statements/direct-without-quotation-marks")
def _direct_without_quotation_marks(soil: Soil) -> Pointer:
    return _in_its_own_source(soil, _statement(soil, "direct", "Qxz", "Qxz"))


def _in_its_own_source(soil: Soil, path: Pointer) -> Pointer:
    """Take the words of the last statement from a source of their own."""
    id = soil.new_id("sources")  # one without the marks and the colons that any other may have
    evidence = soil.record["statements"][-1]["evidence"][0]
    soil.add("sources", {"id": id, "type": "news-article", "text": evidence["exact"]})
    evidence["source"] = id
    return path


@_plants("statements/indirect-in-quotation-marks")
def _indirect_in_quotation_marks(soil: Soil) -> Pointer:
    if soil.draw(st.booleans()):
        return _statement(soil, "indirect", "1 2 3 4 Qxz", soil.one(("Q: “1 2 3 4 Qxz,” z", "q « 1 2 3 4 Qxz » z")))
    return _statement(soil, "indirect", "Qxz", soil.one(("“Qxz”", "«Qxz»", " „Qxz“", "「Qxz」")))


@_plants("statements/mixed-without-quotation-marks")
def _mixed_without_quotation_marks(soil: Soil) -> Pointer:
    return _in_its_own_source(soil, _statement(soil, "mixed", "Qxz", "Qxz z"))


@_plants("statements/text-not-in-evidence")
def _text_not_in_evidence(soil: Soil) -> Pointer:
    return (*_statement(soil, "direct", soil.one(("Qqz", "zzq", "q")), "“Qxz zz”"), "text")


@_plants("statements/language-mismatch")
def _language_mismatch(soil: Soil) -> Pointer:
    tag = soil.record["language"]
    assume(tag not in ("zh-Hans", "sr-Latn", "uz-Cyrl-UZ"))
    samples = {"han": "中国政府", "greek": "Ελλάδα", "georgian": "საქართველო", "hebrew": "ישראל"}
    related = {"ja": "han", "ko": "han"}
    text = soil.one(text for letters, text in samples.items() if letters not in (LANGUAGES[tag], related.get(tag)))
    return (*_statement(soil, "indirect", text, f"Q {text}"), "text")


@_plants("statements/repeated")
def _repeated(soil: Soil) -> Pointer:
    _path, statement = soil.entry("statements")
    return soil.add("statements", {**statement, "id": soil.new_id("statements")})


# --- the schema


@_plants("schema/missing-version", once=True)
def _missing_version(soil: Soil) -> Pointer:
    del soil.record["schemaVersion"]
    return ()


@_plants("schema/unknown-version", once=True)
def _unknown_version(soil: Soil) -> Pointer:
    soil.record["schemaVersion"] = soil.one(("1.7", "", 1.0, None, ["1.0"]))
    return ("schemaVersion",)


def _somewhere(soil: Soil, *kinds: type) -> tuple[Pointer, Any, Any]:
    """A value of some kinds anywhere in the record; not its version, which comes before all else."""
    return soil.one(  # type: ignore[no-any-return]
        (path, kind, value)
        for path, kind, value in parts(soil.record)
        if isinstance(kind, kinds) and path not in ((), ("schemaVersion",))
    )


@_plants("schema/wrong-type", once=True)
def _wrong_type(soil: Soil) -> Pointer:
    path, kind, _ = _somewhere(soil, Words, Code, Number, Many, Part, Namespaced)
    wrong: dict[type, tuple[Any, ...]] = {
        Words: (5, True, ["x"]),
        Code: (5, {}),
        Number: ("5", True, [1]),
        Many: ("x", {}),
        Part: ("x", []),
        Namespaced: ([],),
    }
    _set(soil.record, path, soil.one((None, *wrong[type(kind)])))
    return path


@_plants("schema/not-in-codelist")
def _not_in_codelist(soil: Soil) -> Pointer:
    path, _, value = _somewhere(soil, Code)
    _set(soil.record, path, soil.one((f"{value}x", value.swapcase(), "", "∅")))
    return path


@_plants("schema/wrong-value")
def _wrong_value(soil: Soil) -> Pointer:
    path, delegation = soil.entry("delegations")
    delegation.pop("size", None)
    id = f"q-q-q-{len(_members(soil))}"
    group = {"id": id, "office": {"title": "aides"}, "several": soil.one((False, 1, "true", None))}
    return (*soil.add("members", group, at=path), "several")


@_plants("schema/pattern-mismatch")
def _pattern_mismatch(soil: Soil) -> Pointer:
    path, kind, value = _somewhere(soil, Words)
    assume(not kind.holds(f" {value}"))
    _set(soil.record, path, f" {value}")
    assume(len(value) < 64)
    return path


@_plants("schema/too-short")
def _too_short(soil: Soil) -> Pointer:
    path, kind, _ = _somewhere(soil, Words)
    assume(kind.holds("x\n") and not kind.holds(""))
    _set(soil.record, path, "")
    return path


@_plants("schema/too-long")
def _too_long(soil: Soil) -> Pointer:
    path, kind, _ = _somewhere(soil, Words)
    more = path[-1] if isinstance(path[-1], int) else 0  # two that are the same would be another fault in a list
    texts = ("x" * (129 + more), f"en{'-rozaj' * (11 + more)}", "x" * (1025 + more))
    long = next((text for text in texts if not kind.holds(text)), "")
    assume(kind.holds(long[:8]) and long)
    _set(soil.record, path, long)
    return path


@_plants("schema/too-few")
def _too_few(soil: Soil) -> Pointer:
    path, _, _ = _somewhere(soil, Many)
    _set(soil.record, path, [])
    return path


@_plants("schema/too-few-properties")
def _too_few_properties(soil: Soil) -> Pointer:
    soil.record.setdefault("extensions", {"org.example": {}})
    kinds = [Part(name) for name, form in OBJECTS.items() if form.not_empty]
    path: Pointer = soil.one(soil.of_kind(Namespaced(), *kinds))[0]
    _set(soil.record, path, {})
    return path


@_plants("schema/out-of-range")
def _out_of_range(soil: Soil) -> Pointer:
    path, kind, _ = _somewhere(soil, Number)
    _set(soil.record, path, soil.one((kind.low - 1, kind.high + 1, -(2**53) + 1)))
    return path


@_plants("schema/duplicate-item")
def _duplicate_item(soil: Soil) -> Pointer:
    path, kind, value = _somewhere(soil, Many)
    assume(kind.unique)
    value.append(value[0])
    return (*path, len(value) - 1)


@_plants("schema/malformed-namespace")
def _malformed_namespace(soil: Soil) -> Pointer:
    name = soil.one(("mine", "", "Org.Example", "org.example/", ":x", "https:a b", f"u:{'x' * 511}"))
    soil.record.setdefault("extensions", {})[name] = {}
    return ("extensions", name)


@_plants("schema/mutually-exclusive")
def _mutually_exclusive(soil: Soil) -> Pointer:
    if soil.draw(st.booleans()):
        path, source = soil.entry("sources")
        source["textFile"] = "text.txt"
        return path
    path, _delegation = soil.entry("delegations")
    person = soil.record["people"][0]["id"]
    group = soil.one(
        ({"several": True, "count": 2}, {"person": person, "several": True}, {"person": person, "count": 2})
    )
    return soil.add("members", {"id": "q-q-q", "office": {"title": "aides"}, **group}, at=path)


@_plants("schema/unknown-property", once=True)
def _unknown_property(soil: Soil) -> Pointer:
    path, _, value = soil.one([((), RECORD, soil.record), _somewhere(soil, Part)])
    name = soil.one(("⸮", "", "a/b~c", "$ref", "__proto__"))
    value[name] = soil.one((None, 5, {}, "x"))
    return (*path, name)


@_plants("schema/missing-property", once=True)
def _missing_property(soil: Soil) -> Pointer:
    path, kind, value = _somewhere(soil, Part)
    form = OBJECTS[kind.name]
    missing = [(name, "") for name in form.required]
    missing += [(needed, name) for name, needed in form.together if name in value]
    missing += [(needed, name) for name, code, needed in form.when if value[name] == code]
    missing += [(other, name) for name, other in form.instead if name not in value]
    gone, because = soil.one(missing)
    for name, needed in form.together:
        if needed == gone and name != because:
            value.pop(name, None)
    del value[gone]
    return path


# --- the JSON text


def _text(soil: Soil) -> Pointer:
    """A text that no other part of a record is held against."""
    path, _ = soil.entry("outcomes", "upcoming", "programme")
    return soil.one((("title",), (*path, "title"), ("annotations", 0, "basis")))  # type: ignore[no-any-return]


@_plants("json/replacement-character")
def _replacement_character(soil: Soil) -> Pointer:
    path = _text(soil)
    _set(soil.record, path, soil.one(("Gen\ufffdve", "\ufffd", "x \ufffd\ufffd y")))
    return path


@_plants("json/invisible-text")
def _invisible_text(soil: Soil) -> Pointer:
    path = _text(soil)
    _set(soil.record, path, soil.one(("\u200b", "\u00a0 \u2060", "\u3000", "\ufeff\u0000")))
    return path


TEXT_FAULTS: Final[dict[str, Callable[[Json], Planted]]] = {}
"""Faults that no value has, only its text."""


def _in_text(rule: str, spoil: Callable[[str], bytes], pointer: str = "") -> None:
    def plant(record: Json) -> Planted:
        return Planted(rule, (pointer,), spoil(json.dumps(record, ensure_ascii=False)), {})

    TEXT_FAULTS[rule] = plant


_in_text("json/empty", lambda _: b" \n\t")
_in_text("json/not-utf8", lambda text: text.encode().replace(b'"title"', b'"titl\xe9"', 1))
_in_text("json/byte-order-mark", lambda text: b"\xef\xbb\xbf" + text.encode())
_in_text("json/syntax", lambda text: text.encode()[:-1])
_in_text("json/duplicate-key", lambda text: text[:-1].encode() + b', "id": "r"}')
_in_text(
    "json/too-deep", lambda text: text[:-1].encode() + b', "x": ' + b"[" * 190 + b"]" * 190 + b"}", f"/x{'/0' * 127}"
)
_in_text("json/number-out-of-range", lambda text: text[:-1].encode() + b', "x": 9007199254740992}', "/x")
_in_text("json/lone-surrogate", lambda text: text[:-1].encode() + b', "x": "\\ud83d"}', "/x")
_in_text("schema/not-an-object", lambda text: f"[{text}]".encode())
