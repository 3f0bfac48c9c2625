"""The rules in detail: what the conformance suite, which does not look at words, does not tell apart."""

import json
from typing import Any

import pytest

from checking import ROOT, RULES, check_value, example
from diplomatic_events.findings import Finding

SCHEMA: dict[str, Any] = json.loads((ROOT / "schema/1.0/event.schema.json").read_bytes())


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


# What rules need


def parts(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the schema that one key leads to."""
    if "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]
    inner = [part["items"]] if "items" in part else []
    return [*part.get("properties", {}).values(), *inner, *part.get("then", {}).get("properties", {}).values()]


def step(part: dict[str, Any], key: str) -> list[dict[str, Any]]:
    if key == "*":
        return parts(part)
    if "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]
    return [part["properties"][key]] if key in part.get("properties", {}) else []


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.needs], ids=lambda rule: rule.id)
def test_what_a_rule_needs_is_part_of_a_record(rule: Any) -> None:
    for need in rule.needs:
        way = need.split("/")
        starts = [SCHEMA]
        if way[0] == "**":
            way, starts = way[1:], [SCHEMA, *SCHEMA["$defs"].values()]
        for key in way:
            starts = [inner for part in starts for inner in step(part, key)]
        assert starts, need


# Dates


def test_an_item_of_the_programme_without_a_date_has_that_of_the_event() -> None:
    change = {"date": "2021-05-02/2021-05-03", "/sources/0/published": "2021-05-04"}
    past_midnight = {"id": "dinner", "title": "Dinner", "time": {"start": "23:30", "end": "01:00"}}
    assert found({**change, "programme": [past_midnight]}) == []
    a_day_longer = {**past_midnight, "time": {"start": "23:30", "end": "01:00", "duration": "PT25H30M"}}
    assert found({**change, "programme": [a_day_longer]}) == []


def test_an_item_of_the_programme_on_one_day_is_judged_by_its_own_date() -> None:
    change = {"date": "2021-05-02/2021-05-03", "/sources/0/published": "2021-05-04"}
    item = {"id": "talks", "title": "Talks", "date": "2021-05-03"}
    reversed_time = {**item, "time": {"start": "17:00", "end": "15:30"}}
    assert found({**change, "programme": [reversed_time]}) == [("dates/reversed-time", "/programme/0/time/end")]
    a_day_longer = {**item, "time": {"start": "15:30", "end": "17:00", "duration": "PT25H30M"}}
    assert found({**change, "programme": [a_day_longer]}) == [("dates/duration-mismatch", "/programme/0/time/duration")]


@pytest.mark.parametrize(
    ("end", "between"), [("17:30", "PT2H"), ("15:50", "PT20M"), ("15:30", "PT0M"), ("16:31", "PT1H1M")]
)
def test_the_time_between_is_told_as_a_duration(end: str, between: str) -> None:
    finding = only({"time": {"start": "15:30", "end": end, "duration": "PT9H"}})
    assert finding.message == f"from 15:30 to {end} it lasted {between}, not PT9H"


def test_a_time_zone_that_comes_near_none_is_answered_with_how_they_are_named() -> None:
    finding = only({"time": {"start": "15:30", "timeZone": "Qqqqq/Xxxxx"}})
    assert finding.help == "use a name such as `Europe/Zurich` or `UTC`"


def test_what_a_held_event_announces_lies_after_the_event_and_not_after_the_report() -> None:
    assert found({"/sources/0/published": "2021-05-10", "/upcoming/0/date": "2021-05-05"}) == []


def test_what_an_announced_event_announces_lies_after_the_earliest_source() -> None:
    announced = {"status": "announced", "date": "2021-09-01", "outcomes": None, "statements": None}
    source = {"id": "first", "type": "press-release", "text": "They met."}
    two = {"/sources/0/published": "2021-05-10", "/evidence/1": {"source": "first", "exact": "They met."}}
    day = {**source, "published": "2021-05-03"}
    assert found({**announced, **two, "/sources/1": day, "/upcoming/0/date": "2021-05-05"}) == []
    finding = only({**announced, **two, "/sources/1": day, "/upcoming/0/date": "2021-05-01"})
    assert finding.rule == "dates/upcoming-not-later"
    assert finding.message == "it was announced for 2021-05-01, and its first source was published on 2021-05-03"
    decade = {**source, "published": "202X"}
    assert found({**announced, **two, "/sources/1": decade, "/upcoming/0/date": "2021-05-05"}) == []


# Scripts and languages

WRITTEN = {
    "Страна приветствует": "be bg kk ky mk mn ru sr tg uk uz az tt ba ce",
    "البلاد ترحب": "ar fa ps ur ku ug sd az pa ks ms",
    "国家欢迎提议": "zh ja ko yue cmn wuu nan hak lzh vi",
    "ひらがな": "ja",
    "カタカナ": "ja",
    "환영합니다": "ko",
    "Χώρα καλή": "el grc",
    "המדינה": "he yi",
    "भारत सरकार": "hi mr ne sa kok mai bho",
    "Հայաստան": "hy",
    "საქართველო": "ka",
    "ประเทศ": "th",
    "বাংলাদেশ": "bn as",
    "தமிழ்நாடு": "ta",
    "ኢትዮጵያ": "am ti",
    "កម្ពុជា": "km",
    "ປະເທດລາວ": "lo",
    "မြန်မာနိုင်ငံ": "my",
    "ශ්‍රී ලංකාව": "si",
    "తెలుగు దేశం": "te",
    "བོད་ཡིག་གི": "bo dz",
}
NAMES = [
    "Cyrillic", "Arabic", "Chinese", "Hiragana", "Katakana", "Hangul", "Greek", "Hebrew", "Devanagari", "Armenian", "Georgian",
    "Thai", "Bengali", "Tamil", "Ethiopic", "Khmer", "Lao", "Myanmar", "Sinhala", "Telugu", "Tibetan",
]  # fmt: skip
NOT_LATIN = (
    "be bg mk mn ru uk kk ky tg ar fa ps ur zh ja ko el he hi mr ne hy ka th bn ta am km lo my si te bo dz yue cmn"
)


def mismatch(language: str, text: str) -> list[str]:
    """What is said of the script of a statement in a record of that language."""
    findings = check_value(example({"language": language, "/statements/1/text": text}))
    return [
        finding.message
        for finding in findings
        if (finding.rule, finding.pointer) == ("statements/language-mismatch", "/statements/1/text")
    ]


@pytest.mark.parametrize(
    ("text", "language"), [(text, language) for text, languages in WRITTEN.items() for language in languages.split()]
)
def test_a_language_may_be_written_in_its_script(text: str, language: str) -> None:
    assert mismatch(language, text) == []


@pytest.mark.parametrize(("text", "name"), list(zip(WRITTEN, NAMES, strict=True)))
def test_a_script_that_no_english_text_is_written_in_is_named(text: str, name: str) -> None:
    assert mismatch("en", text) == [f"the text is in {name} letters, and the record's language is `en`"]


@pytest.mark.parametrize("language", NOT_LATIN.split())
def test_a_language_that_is_hardly_ever_written_in_latin_letters(language: str) -> None:
    message = f"the text is in Latin letters, and the record's language is `{language}`"
    assert mismatch(language, "Sylvania welcomes the offer.") == [message]


@pytest.mark.parametrize("language", ["sr", "tt", "ug", "vi", "ms", "uz"])
def test_a_language_that_is_written_in_latin_letters_too(language: str) -> None:
    assert mismatch(language, "Sylvania welcomes the offer.") == []
