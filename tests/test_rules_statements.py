"""Statements: quotation marks, words that were not said, and scripts that a language is not written in."""

import json
from typing import Any

import pytest

from check_records import check_value, example
from diplomatic_events import check_bytes
from diplomatic_events.findings import Finding
from diplomatic_events.rules import statements
from diplomatic_events.sources.search import Allowance


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def test_statements_whose_quotes_would_take_too_long_to_look_up_are_not_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change = {"/statements/1/form": "direct", "/statements/1/text": "his country welcomed the offer"}
    assert found(change) == [("statements/direct-without-quotation-marks", "/statements/1")]
    monkeypatch.setattr(statements, "Allowance", lambda: Allowance(0))
    report = check_bytes(json.dumps(example(change)).encode())
    assert report.findings == ()
    assert report.not_checked == (("the rest of the quotes", "looking them all up would take too long", 1),)


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


def test_a_passage_needs_a_quotation_around_it() -> None:
    for text in (
        "“We will open the border now, he said.",
        "Now we will: We will open the border”",
        "“No.” We will open the border.",
    ):
        words = "We will open the border"
        assert found(spoken(text, [{"exact": words}])) == [(UNMARKED, "/statements/0")]


LONG = "Ruiz said: “We are glad. We will open the border. It is time.” Nothing else was said."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, "We will open the border."),
        ("“We are glad.\n\n“We will open the border. It is time,” she said.", "We will open the border."),
        ("“We are glad.\n\nWe will open the border.\n\nIt is time,” she said.", "We will open the border."),
        ("Ruiz sagte: „Wir freuen uns. Wir öffnen die Grenze. Es ist Zeit.“", "Wir öffnen die Grenze."),
        ("Ruiz dijo: «Nos alegra. Abriremos la frontera. Es hora».", "Abriremos la frontera."),
        ("Руис: «Мы рады. В «Границе» пишут верно. Мы откроем границу».", "Мы откроем границу"),
        ("Ruiz sagde: »Vi er glade. Vi åbner grænsen. Det er tid.«", "Vi åbner grænsen."),
        ("Ruiz sade: ”Vi är glada. Vi öppnar gränsen. Det är dags.”", "Vi öppnar gränsen."),
        ("鲁伊斯说：“我们很高兴。我们将开放边界。是时候了。”", "我们将开放边界。"),
        ("ルイス氏は「喜ばしい。国境を開く。今だ」と述べた。", "国境を開く。"),
        ("‘We’re glad of the ministers’ work. We will open the border. It’s time,’ she said.", "We will open the border."),
        ("\"We're glad. We will open the border. It's time,\" she said.", "We will open the border."),
        ("—Abriremos la frontera —dijo la ministra—. Es hora.", "Abriremos la frontera"),
        ("Elle parle.\n— Nous ouvrirons la frontière.", "Nous ouvrirons la frontière."),
        ("— Мы откроем границу, — сказала Руис.", "Мы откроем границу"),
        ("Q: And the border?\nMs Ruiz: We will open the border.\nQ: When?", "We will open the border."),
        ("问：边界呢？\n鲁伊斯：我们将开放边界。\n问：何时？", "我们将开放边界。"),
    ],
)  # fmt: skip
def test_one_sentence_of_what_a_source_quotes_is_direct(text: str, words: str) -> None:
    assert UNMARKED not in [rule for rule, _ in found(spoken(text, [{"exact": words}], words))]


@pytest.mark.parametrize(
    "text",
    [
        "“No,” she said. We will open the border. “Yes,” he said.",
        'A 5" pipe. We will open the border. "Yes," he said.',
        "A stray “ here. We will open the border. “Yes,” he said.",
        "‘Abd al-‘Aziz agreed.\nWe will open the border. The ministers’ offer stands.",
        "In short: yes.\nShe said: We will open the border.",
        "Date: May\nPlace: Geneva\nResult: We will open the border.",
        "- We will open the border.",
        "The talks — the first — ended. We will open the border.",
    ],
)
def test_what_stands_between_quotations_is_not_direct(text: str) -> None:
    assert (UNMARKED, "/statements/0") in found(spoken(text, [{"exact": "We will open the border."}]))


def test_a_word_for_word_record_needs_no_quotation_marks() -> None:
    change = spoken("We will open the border.", [{"exact": "We will open the border."}])
    assert found(change) == [(UNMARKED, "/statements/0")]
    change["/sources/1"]["type"] = "transcript"
    assert found(change) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will open the border.\n\n“It is time,” she said.", "We will open the border. It is time"),
        ("«Abriremos la frontera.\n»Es hora», dijo.", "Abriremos la frontera. Es hora"),
        ("—Abriremos la frontera —dijo la ministra—. Es hora.", "Abriremos la frontera. Es hora"),
        ("— Мы откроем границу, — сказала Руис. — Пора.", "Мы откроем границу. Пора"),
    ],
)
def test_a_statement_may_go_on_over_paragraphs_and_asides(text: str, words: str) -> None:
    missing = "statements/text-not-in-evidence"
    assert missing not in [rule for rule, _ in found(spoken(text, [{"exact": text}], words))]
    assert missing in [rule for rule, _ in found(spoken(text, [{"exact": text}], f"{words} xyz"))]


def test_marks_within_one_sentence_of_a_quotation_do_not_limit_its_words() -> None:
    text = "‘We are glad. We will open the “old” border. It is time,’ she said."
    words = "We will open the “old” border."
    assert found(spoken(text, [{"exact": words}], words)) == []
    assert found(spoken(text.replace("‘", ""), [{"exact": words}], words)) == [
        ("statements/text-not-in-evidence", "/statements/0/text")
    ]


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


def test_a_language_may_be_written_in_its_script_and_in_any_that_its_tag_names() -> None:
    for text, languages in WRITTEN.items():
        for language in languages.split():
            assert mismatch(language, text) == [], (language, text)
        assert mismatch("en-Brai", text) == [], text


@pytest.mark.parametrize(("text", "name"), list(zip(WRITTEN, NAMES, strict=True)))
def test_a_script_that_no_english_text_is_written_in_is_named(text: str, name: str) -> None:
    assert mismatch("en", text) == [f"the text is in {name} letters, but the record's language is `en`"]


def test_of_letters_whose_names_are_not_known_nothing_is_said() -> None:
    assert mismatch("en", "\U00017000\U00017001\U00017002\U00017003") == []  # Tangut; Python 3.11 has no names for it


def test_two_scripts_are_named_together() -> None:
    assert mismatch("en", "Χώρα Страна") == [
        "the text is in Cyrillic and Greek letters, but the record's language is `en`"
    ]


@pytest.mark.parametrize("language", NOT_LATIN.split())
def test_a_language_that_is_hardly_ever_written_in_latin_letters(language: str) -> None:
    message = f"the text is in Latin letters, but the record's language is `{language}`"
    assert mismatch(language, "Sylvania welcomes the offer.") == [message]


@pytest.mark.parametrize("language", ["sr", "tt", "ug", "vi", "ms", "uz"])
def test_a_language_that_is_written_in_latin_letters_too(language: str) -> None:
    assert mismatch(language, "Sylvania welcomes the offer.") == []


# Repeated statements, and words that are not in the evidence


def test_a_statement_is_repeated_where_speakers_words_and_place_in_the_programme_are_the_same() -> None:
    first = example({})["statements"][0]
    again = {**first, "id": "again", "evidence": [{"source": "report", "exact": "We will open the border,"}]}
    assert found({"/statements/2": again}) == [("statements/repeated", "/statements/2")]
    assert found({"/statements/2": again, "/statements/3": {**again, "id": "third"}}) == [
        ("statements/repeated", "/statements/2"),
        ("statements/repeated", "/statements/3"),
    ]
    assert found({"/statements/2": {**again, "id": first["id"]}}) == [("reference/duplicate-id", "/statements/2/id")]
    item = {"programme": [{"id": "talks", "title": "Talks"}]}
    assert found({**item, "/statements/2": {**again, "programmeItem": "talks"}}) == []


def test_a_quote_that_lost_the_words_of_its_statement_is_one_mistake() -> None:
    quote = [{"source": "report", "exact": "“We will close the border,” Ms Ruiz said."}]
    assert found({"/statements/0/evidence": quote}) == [("evidence/not-verbatim", "/statements/0/evidence/0/exact")]
    both = found({"/statements/0/evidence": quote, "/statements/0/text": "We will shut the border,"})
    assert [rule for rule, _ in both] == ["statements/text-not-in-evidence", "evidence/not-verbatim"]


def test_a_quote_that_stands_in_its_source_is_not_what_is_wrong() -> None:
    other = [{"source": "report", "exact": "They signed a memorandum on border trade."}]
    rules = [rule for rule, _ in found({"/statements/0/evidence": other})]
    assert "statements/text-not-in-evidence" in rules


def test_letters_without_a_name_are_of_no_script_that_would_be_wrong() -> None:
    words = "\U00017000\U00017001\U00017002\U00017003"  # Tangut, whose letters have no names in Python's tables
    assert found({"/statements/1/text": words}) == []


def test_a_statement_in_other_words_does_not_hide_the_next() -> None:
    wrong = {**example({})["statements"][0], "id": "wrong", "text": "We will shut the border,"}
    assert found({"/statements/2": wrong}) == [("statements/text-not-in-evidence", "/statements/2/text")]


def test_a_word_that_is_dropped_is_missed_unless_an_ellipsis_stands_for_it() -> None:
    text, quote = "She said: “We will not open the border,” and left.", [{"exact": "“We will not open the border,”"}]
    dropped = ("statements/text-not-in-evidence", "/statements/0/text")
    assert found(spoken(text, quote, "We will open the border")) == [dropped]
    assert found(spoken(text, quote, "We will … open the border")) == []


@pytest.mark.parametrize("ellipsis", ["…", "[…]", "...", "[...]"])
def test_an_ellipsis_leaves_words_out(ellipsis: str) -> None:
    assert found({"/statements/0/text": f"We {ellipsis} the border,"}) == []
