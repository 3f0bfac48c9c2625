"""The rules in detail: what the conformance suite, which does not look at words, does not tell apart."""

import json
from typing import Any

import pytest

from checking import ROOT, RULES, check_value, example
from diplomatic_events.findings import Finding
from diplomatic_events.rulebook import EXAMPLE_TEXT
from diplomatic_events.rules import statements

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


def test_of_letters_whose_names_are_not_known_nothing_is_said() -> None:
    assert mismatch("en", "\U00017000\U00017001\U00017002\U00017003") == []  # Tangut; Python 3.11 has no names for it


def test_two_scripts_are_named_together() -> None:
    assert mismatch("en", "Χώρα Страна") == [
        "the text is in Cyrillic and Greek letters, and the record's language is `en`"
    ]


@pytest.mark.parametrize("language", NOT_LATIN.split())
def test_a_language_that_is_hardly_ever_written_in_latin_letters(language: str) -> None:
    message = f"the text is in Latin letters, and the record's language is `{language}`"
    assert mismatch(language, "Sylvania welcomes the offer.") == [message]


@pytest.mark.parametrize("language", ["sr", "tt", "ug", "vi", "ms", "uz"])
def test_a_language_that_is_written_in_latin_letters_too(language: str) -> None:
    assert mismatch(language, "Sylvania welcomes the offer.") == []


# Quotation marks


def spoken(text: str, evidence: list[dict[str, Any]], words: str = "We will open the border") -> dict[str, Any]:
    """The example whose first statement has another source and other evidence."""
    return {
        "/sources/1": {"id": "readout", "type": "readout", "text": text},
        "/statements/0/text": words,
        "/statements/0/evidence": [{"source": "readout", **piece} for piece in evidence],
    }


UNMARKED = "statements/direct-without-quotation-marks"


def test_a_letter_is_no_quotation_mark() -> None:
    words = "XX We will open the border XX"
    assert found(spoken(f"He said: {words}.", [{"exact": words}], words)) == [(UNMARKED, "/statements/0")]
    for text in ("He said: XWe will open the border”", "He said: “We will open the borderX"):
        assert found(spoken(text, [{"exact": "We will open the border"}])) == [(UNMARKED, "/statements/0")]


def test_a_passage_needs_a_mark_on_either_side() -> None:
    for text in ("“We will open the border now,” he said.", "“Now we will: We will open the border”"):
        assert found(spoken(text, [{"exact": "We will open the border"}])) == [(UNMARKED, "/statements/0")]


def test_a_quotation_may_stand_at_the_very_beginning_or_end_of_the_text() -> None:
    assert found(spoken("“We will open the border”", [{"exact": "We will open the border"}])) == []


def test_offsets_tell_which_occurrence_has_the_marks() -> None:
    words = "We will open the border"
    text = f"{words}: “{words}”"
    start = len(words) + 3  # after the colon, the space and the mark
    marked = {"exact": words, "start": start, "end": start + len(words)}
    assert found(spoken(text, [marked])) == []
    assert found(spoken(text, [{**marked, "start": 0, "end": len(words)}])) == [(UNMARKED, "/statements/0")]


def test_of_a_passage_that_occurs_twice_nobody_knows_whether_it_has_marks() -> None:
    words = "We will open the border"
    assert found(spoken(f"“{words}” He meant it: “{words}”", [{"exact": words}])) == [
        (UNMARKED, "/statements/0"),
        ("evidence/ambiguous", "/statements/0/evidence/0"),
    ]


def test_of_a_source_without_a_text_only_the_quote_tells_whether_there_are_marks() -> None:
    record = spoken("", [{"exact": "We will open the border"}])
    record["/sources/1"] = {"id": "readout", "type": "readout"}
    assert (UNMARKED, "/statements/0") in found(record)
    record["/statements/0/evidence"][0]["exact"] = "“We will open the border”"
    assert found(record) == [("evidence/text-unavailable", "/sources/1")]


@pytest.mark.parametrize(
    ("exact", "one"),
    [
        ("“A”", True),
        ("‘A’", True),
        ("“”", False),
        ("“Open,” he said, “and go”", False),
        ("‘Open,’ he said, ‘and go’", False),
        ("‘It’s open’", True),
        ("Xi’s guests’", False),
        ("‘Route X", False),
        ("Xi agreed”", False),
        ("“Route X", False),
        ("", False),
    ],
)
def test_a_quote_is_one_quotation_from_its_first_mark_to_its_last(exact: str, one: bool) -> None:
    assert statements._is_one_quotation(exact) is one


# The words of a direct statement


def test_the_words_of_a_statement_whose_source_is_unknown_are_looked_up_in_its_evidence() -> None:
    change = {"/statements/0/evidence/0/source": "reprot", "/statements/0/text": "We will open the border tomorrow"}
    assert ("statements/text-not-in-evidence", "/statements/0/text") in found(change)


def test_pieces_of_evidence_without_marks_of_their_own_are_read_on_from_one_to_the_next() -> None:
    text = "“We will open,” he said, “the border.”"
    pieces = [{"exact": "We will open,"}, {"exact": "the border."}]
    assert found(spoken(text, pieces)) == []
    assert found(spoken(text, pieces, "We will open the other border")) == [
        ("statements/text-not-in-evidence", "/statements/0/text")
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Tomorrow", "Tomorrow"),
        ("You will open the border", "You"),
        ("The border … we will open", "we"),
        ("We will open … the … border gate", "gate"),
        ("We will … we will", "we"),
    ],
)
def test_the_first_word_that_leaves_the_evidence_is_named(words: str, first: str) -> None:
    finding = only({"/statements/0/text": words})
    assert finding.message == f"the words do not occur in the statement's evidence, from `{first}` on"


def test_after_an_ellipsis_the_words_go_on_from_the_first_place_that_has_them() -> None:
    quotation = "“We will open; yes, we will”"
    assert found(spoken(quotation, [{"exact": quotation}], "We will … open")) == []


# Evidence

READOUT = {"id": "readout", "type": "readout"}


def test_evidence_from_a_source_without_a_text_does_not_hide_that_of_others() -> None:
    pieces = [{"source": "readout", "exact": "They met."}, {"source": "report", "exact": "met the Sylvanian envoy"}]
    assert found({"/sources/1": READOUT, "evidence": pieces}) == [
        ("evidence/text-unavailable", "/sources/1"),
        ("evidence/not-verbatim", "/evidence/1/exact"),
    ]


def test_many_pieces_of_evidence_may_be_from_a_source_without_a_text() -> None:
    pieces = [{"source": "readout", "exact": f"They met {number} times."} for number in range(1001)]
    assert found({"/sources/1": READOUT, "evidence": pieces}) == [("evidence/text-unavailable", "/sources/1")]


def test_only_the_first_hundred_quotes_that_do_not_occur_are_compared() -> None:
    other = {**READOUT, "text": "They spoke of fish at length."}
    pieces = [{"source": "report", "exact": f"met the Sylvanian envoy {number}"} for number in range(100)]
    elsewhere = {"source": "report", "exact": "spoke of fish at length"}
    cited = {"source": "readout", "exact": "They spoke"}
    findings = check_value(example({"/sources/1": other, "evidence": [*pieces, elsewhere, cited]}))
    differing = ("the quote differs from the source at character 19", "copy the passage from the source")
    assert [(finding.message, finding.help) for finding in findings[:100]] == [differing] * 100
    assert [(finding.message, finding.help) for finding in findings[100:]] == [
        ("the quote does not occur in the source", "copy the passage from the source")
    ]
    findings = check_value(example({"/sources/1": other, "evidence": [*pieces[1:], elsewhere, cited]}))
    assert findings[-1].help == "it stands in the source `readout`"


def test_a_quote_that_stands_in_another_source_is_told_so_even_where_it_comes_near_a_passage() -> None:
    other = {**READOUT, "text": "She met the Sylvanian envoy."}
    pieces = [{"source": "report", "exact": "met the Sylvanian envoy"}, {"source": "readout", "exact": "She met"}]
    finding = only({"/sources/1": other, "evidence": pieces})
    assert (finding.message, finding.help) == (
        "the quote does not occur in the source",
        "it stands in the source `readout`",
    )


def test_a_quote_that_stands_more_than_once_has_the_nearest_place_named() -> None:
    places = [place for place in range(len(EXAMPLE_TEXT)) if EXAMPLE_TEXT.startswith("minister", place)]
    finding = only({"evidence": [{"source": "report", "exact": "minister", "start": 150, "end": 158}]})
    assert len(places) == 2
    assert abs(places[1] - 150) < abs(places[0] - 150)
    span = f"{places[1]}–{places[1] + 8}"
    assert finding.message == f"the quote stands at {span} (2 times; this is the nearest), not at 150–158"


def test_the_right_offsets_are_told_only_where_the_quote_stands_once() -> None:
    for exact in ("minister", "ambassador"):
        finding = only({"evidence": [{"source": "report", "exact": exact, "start": 9, "end": 9}]})
        assert (finding.rule, finding.help) == ("evidence/reversed-span", None)


def test_the_context_is_told_up_to_the_ends_of_the_text() -> None:
    text = "They met."
    for exact, prefix, around in (
        ("They", "x", "at 0–4 it stands between `` and ` met.`"),
        ("met.", "x", "at 5–9 it stands between `They ` and ``"),
    ):
        change = {
            "/sources/1": {**READOUT, "text": text},
            "evidence": [{"source": "readout", "exact": exact, "prefix": prefix}],
        }
        assert only(change).help == around


@pytest.mark.parametrize(
    ("name", "noun"), [("delegations", "delegation"), ("outcomes", "outcome"), ("upcoming", "upcoming event")]
)
def test_what_has_no_evidence_is_called_by_its_name(name: str, noun: str) -> None:
    findings = check_value(example({f"/{name}/0/evidence": None}))
    assert ("evidence/missing", f"/{name}/0", f"the {noun} has no evidence") in [
        (finding.rule, finding.pointer, finding.message) for finding in findings
    ]
