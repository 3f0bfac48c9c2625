"""Quotations: which marks open and close one another, over paragraphs, within one another and where they are stray."""

import pytest

from diplomatic_events.sources.quotations import quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “We open. It is time.” and “No.”", ["“We open. It is time.”", "“No.”"]),
        ("„Wir öffnen“, sagte er. „Ja.”", ["„Wir öffnen“", "„Ja.”"]),
        ("”Vi öppnar. Ja”, sade han. ”Nej.”", ["”Vi öppnar. Ja”", "”Nej.”"]),
        ("»Vi åbner. Ja«, sagde han. »Nej.«", ["»Vi åbner. Ja«", "»Nej.«"]),
        ("»Vi öppnar», sade han. »Ja.»", ["»Vi öppnar»", "»Ja.»"]),
        ("«Мы в «Газпроме» рады. Да», — сказал он.", ["«Мы в «Газпроме» рады. Да»", "«Газпроме»"]),
        ("他说：“我们开放。时间到了。”他表示“好”。", ["“我们开放。时间到了。”", "“好”"]),
        ("「開く。『国境』の時だ」と述べた。", ["「開く。『国境』の時だ」", "『国境』"]),
        ("“Yes“, he said. “No.“ Out.", ["“Yes“", "“No.“"]),
    ],
)
def test_marks_open_and_close_as_each_language_has_them(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“One.\n\n“Two. Three.”\n\nOut. “Yes,” she said.", ["“One.\n\n“Two. Three.”", "“Yes,”"]),
        ('"One.\n\n"Two," he said. "No."', ['"One.\n\n"Two,"', '"No."']),
        ("«Un.\n  »Deux», dit-elle.", ["«Un.\n  »Deux»"]),
        ("‘One.\n\n‘Two,’ he said.", ["‘One.\n\n‘Two,’"]),
        ("“One.\nTwo.”", ["“One.\nTwo.”"]),
    ],
)
def test_a_quotation_goes_on_over_paragraphs(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('A 5" pipe. "Yes," he said.', ['"Yes,"']),
        ("A stray “ here. “Yes,” he said. No more.", ["“Yes,”"]),
        ("‘Abd al-‘Aziz spoke to ‘them’.\nThe ministers’ offer.", ["‘them’"]),
        ("‘It’s the ministers’ offer,’ he said.", ["‘It’s the ministers’ offer,’"]),
        ("In the '90s it was 'open,' he said.", ["'open,'"]),
        ("Nobody’s words”", []),
    ],
)
def test_stray_marks_and_apostrophes_make_no_quotation(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted
