"""The page of `coverage`: whole, reachable, quiet, and deaf to a hostile text."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from check_records import REFERENCE, ROOT
from diplomatic_events.coverage import report
from diplomatic_events.coverage.measure import Kind
from diplomatic_events.coverage.page import page
from diplomatic_events.coverage.survey import Survey, survey
from diplomatic_events.inputs.paths import expand
from diplomatic_events.report.formats.style import Style
from quoting import record_quoting, surveyed

HOSTILE = (
    '<script>document.title="taken"</script> "><img src=x onerror=document.title="taken"> </style></title>'
    "<!-- --> &amp; \u202egnihtyna\u202c \0 \x1b[31m red"
)


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]


class Parsed(HTMLParser):
    """The elements of a page, and the words of each source's text. Every element is closed, and in the right order."""

    VOID = ("meta", "link", "img", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs)
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)
        if element.attributes.get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        classes = [element.attributes.get("class") for element in self._open]
        if "text" in classes and "vh" not in classes:
            self.texts[-1] += data

    def all(self, name: str) -> list[str]:
        """The values of an attribute, wherever it is."""
        return [element.attributes[name] for element in self.elements if name in element.attributes]


def page_of(*values: dict[str, Any], folder: Path) -> Parsed:
    return Parsed(page(surveyed(folder, *values)))


def examples_page() -> str:
    return page(survey(expand([str(ROOT / "examples")])))


def test_the_page_shows_the_texts_whole_and_its_links_lead_somewhere() -> None:
    parsed = Parsed(examples_page())
    ids = parsed.all("id")
    assert len(ids) == len(set(ids))
    links = [link for link in parsed.all("href") if link != "data:,"]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    for passages in parsed.all("data-entries"):
        assert set(passages.split()) <= set(ids)
    article = (REFERENCE / "article.txt").read_bytes().decode()
    assert article.replace("\r\n", "\n") in parsed.texts
    assert {"header", "main", "nav", "article", "section"} <= {element.tag for element in parsed.elements}


def test_each_passage_leads_to_its_entries_and_each_entry_to_its_passages() -> None:
    found = survey(expand([str(REFERENCE)]))
    parsed = Parsed(page(found))
    leads = {element.attributes["id"]: element.attributes["data-entries"].split() for element in parsed.elements
             if "data-entries" in element.attributes}  # fmt: skip
    back: dict[str, set[str]] = {}
    here = ""
    for element in parsed.elements:
        here = element.attributes["id"] if element.tag == "li" and "id" in element.attributes else here
        if element.tag == "a" and element.attributes["href"].removeprefix("#") in leads:
            back.setdefault(here, set()).add(element.attributes["href"].removeprefix("#"))
    back.pop("", None)
    for passage, entries in leads.items():
        for entry in entries:
            assert back[entry]
            assert any(entry in leads[other] for other in back[entry]), passage
    carriers = {passage.entry for _, source in found.sources for passage in source.passages}
    assert len({entry for entries in leads.values() for entry in entries}) == len(carriers)


def test_of_passages_one_inside_the_other_the_shorter_gives_the_colour(tmp_path: Path) -> None:
    value = record_quoting("abcd", "abcd", evidence=[{"source": "report", "exact": "bc"}])
    parsed = page_of(value, folder=tmp_path)
    classes = [element.attributes["class"] for element in parsed.elements if "data-entries" in element.attributes]
    assert classes == ["p k-statement", "p k-event", "p k-statement"]


def test_a_passage_for_the_event_as_a_whole_and_nothing_else_is_marked_as_such(tmp_path: Path) -> None:
    value = record_quoting("abcd", "bc", evidence=[{"source": "report", "exact": "abcd"}])
    html = page(surveyed(tmp_path, value))
    classes = [element.attributes["class"] for element in Parsed(html).elements if "data-entries" in element.attributes]
    assert classes == ["p k-event whole", "p k-statement", "p k-event whole"]
    assert '<span class="p k-event whole">event as a whole</span>' in html
    assert "(50.0 % only for the event as a whole)" in html


def test_what_another_record_quotes_is_marked_and_what_none_quotes_is_a_gap_in_both(tmp_path: Path) -> None:
    text = "One. Two. Three. Four."
    values = [record_quoting(text, "One."), record_quoting(text, {"exact": "Three.", "start": 10, "end": 16})]
    html = page(surveyed(tmp_path, *values))
    assert Parsed(html).texts == [text, text]
    for quoted in ("One.", "Three."):
        assert html.count(f'<span class="elsewhere" title="another record quotes this">{quoted}</span>') == 1
    for gap in ("Two.", "Four."):
        assert html.count(f'<span class="vh">uncovered: </span>{gap}</mark>') == 2
    assert f"together with {tmp_path}/1.json" in html


def test_an_entry_without_evidence_says_so_and_a_passage_that_is_set_aside_leads_to_its_reason(tmp_path: Path) -> None:
    aside = [{"reason": "A menu.", "evidence": [{"source": "report", "exact": "Menu"}]}]
    html = page(surveyed(tmp_path, record_quoting("Menu. Yes.", "Yes.", irrelevant=aside)))
    assert html.count('<p class="none">no evidence</p>') == 3, "the event, the party and the delegation"
    assert "<h2>Set aside</h2>" in html
    assert 'title="irrelevant: A menu."' in html


def test_a_quote_leads_to_where_its_passage_begins(tmp_path: Path) -> None:
    value = record_quoting("abcd", "abcd", evidence=[{"source": "report", "exact": "bc"}])
    parsed = page_of(value, folder=tmp_path)
    pieces = [element.attributes["id"] for element in parsed.elements if "data-entries" in element.attributes]
    links = [
        before.attributes["href"].removeprefix("#")
        for before, element in pairwise(parsed.elements)
        if element.tag == "q"
    ]
    assert links == [pieces[1], pieces[0]]  # The event stands before its statements.


def test_a_quote_that_is_cropped_at_a_blank_ends_in_a_word(tmp_path: Path) -> None:
    text = "x" * 89 + " yes"
    assert f">{'x' * 89}…</q>" in page(surveyed(tmp_path, record_quoting(text, text)))


@pytest.mark.parametrize(("number", "more"), [(8, None), (9, "and 1 more")])
def test_eight_entries_of_a_passage_are_named_and_the_others_counted(
    number: int, more: str | None, tmp_path: Path
) -> None:
    value = record_quoting("Yes.", "Yes.")
    value["statements"] = [value["statements"][0] | {"id": f"s{each}"} for each in range(number)]
    parsed = page_of(value, folder=tmp_path)
    (title,) = parsed.all("title")
    assert title.split("\n") == ["statement: So it is."] * 8 + ([more] if more else [])


def test_lines_of_a_text_end_as_a_browser_ends_them(tmp_path: Path) -> None:
    assert page_of(record_quoting("a\rb\r\nc"), folder=tmp_path).texts == ["a\nb\nc"]


def test_a_record_without_texts_has_no_percentage_and_no_legend(tmp_path: Path) -> None:
    html = page(surveyed(tmp_path, record_quoting("", sources=[{"id": "report", "type": "readout"}])))
    assert '<p class="facts">no text</p>' in html
    assert " %" not in re.sub("<style>.*</style>", "", html, flags=re.DOTALL)
    assert 'class="legend"' not in html


def test_records_on_the_same_line_of_two_files_have_anchors_of_their_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ndjson").write_text(json.dumps(record_quoting("Yes.", "Yes.")) + "\n", encoding="utf-8")
    ids = Parsed(page(survey(expand([str(tmp_path)])))).all("id")
    assert len(ids) == len(set(ids))


def described(words: str, places: list[dict[str, Any]]) -> dict[str, Any]:
    """A record in which some words stand wherever there is room for words, also as the text that it quotes."""
    value = record_quoting(f"{words} The end.", *places, title=words)
    value["sources"][0] |= {"publisher": words, "title": words}
    value["parties"][0]["name"] = value["statements"][0]["text"] = words
    doubt = {"target": "/title", "kind": "uncertain", "basis": words, "alternatives": [{"value": words}]}
    return value | {"annotations": [doubt]}


def test_nothing_of_a_hostile_article_becomes_markup(tmp_path: Path) -> None:
    harmless = "x" * len(HOSTILE)
    pages: list[str] = []
    for words in (HOSTILE, harmless):
        cut = [{"exact": words[:40], "start": 0, "end": 40}, {"exact": words[20:], "start": 20, "end": len(words)}]
        folder = tmp_path / str(len(pages))
        folder.mkdir()
        pages.append(page(surveyed(folder, described(words, [*cut, {"exact": f"not there {words}"}]))))
    hostile, plain = map(Parsed, pages)
    assert [(element.tag, [*element.attributes]) for element in hostile.elements] == [
        (element.tag, [*element.attributes]) for element in plain.elements
    ]
    escaped = HOSTILE.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "\0\x1b\u202e\u202c"})
    assert hostile.texts == [f"{escaped} The end."]
    assert not re.search("[\0\x1b\u202a-\u202e\u2066-\u2069]", pages[0])


def test_the_page_asks_nothing_of_any_host_and_its_policy_allows_only_its_own_parts() -> None:
    html = examples_page()
    parsed = Parsed(html)
    assert not parsed.all("src")
    assert not parsed.all("style")
    assert not [name for element in parsed.elements for name in element.attributes if name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    (policy,) = (element.attributes["content"] for element in parsed.elements if "http-equiv" in element.attributes)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (part,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(part.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_page_names_the_language_of_each_text(tmp_path: Path) -> None:
    value = record_quoting("Oui.", "Oui.", language="de")
    value["sources"][0]["language"] = "fr"
    parsed = page_of(value, folder=tmp_path)
    langs = {element.attributes.get("class", element.tag): element.attributes["lang"] for element in parsed.elements
             if "lang" in element.attributes}  # fmt: skip
    assert (langs["html"], langs["h1"], langs["text"], langs["name"], langs["q"]) == ("en", "de", "fr", "de", "fr")


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_has_enough_contrast(theme: int) -> None:
    css = files("diplomatic_events.coverage").joinpath("page.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[theme]))
    tints = [name for name in colors if name.endswith("-tint")]
    assert len(tints) == len(Kind) + 1
    for name in ("paper", "card", *tints):
        assert _contrast(colors["ink"], colors[name]) >= 7, name
    for name in ("paper", "card"):
        assert _contrast(colors["soft"], colors[name]) >= 4.5
        assert _contrast(colors["link"], colors[name]) >= 4.5
    assert _contrast(colors["gap-line"], colors["paper"]) >= 4.5
    for kind in Kind:
        for ground in (colors["paper"], colors[f"{kind}-tint"]):
            assert _contrast(colors[f"{kind}-line"], ground) >= 3, kind
        assert _contrast(colors["link"], colors[f"{kind}-tint"]) >= 4.5, kind
        assert _contrast(colors["soft"], colors[f"{kind}-tint"]) >= 4.5, kind


@pytest.mark.parametrize("render", [lambda found: report.text(found, Style()), page])
def test_a_text_of_four_mebibytes_is_shown_in_a_few_seconds(render: Callable[[Survey], str], tmp_path: Path) -> None:
    found = surveyed(tmp_path, record_quoting("word \n" * 600_000, {"exact": "word", "start": 6, "end": 10}))
    assert "0.0 %" in render(found)


def test_a_page_whose_passages_all_overlap_stays_of_a_bearable_size(tmp_path: Path) -> None:
    number = 600
    value = record_quoting("ab" * number, "ab" * number)
    (statement,) = value["statements"]
    value["statements"] = [
        statement | {"id": f"s{start}", "evidence": [
            {"source": "report", "exact": "ab" * (number - start), "start": start, "end": 2 * number - start}
        ]} for start in range(0, number, 2)
    ]  # fmt: skip
    html = page(surveyed(tmp_path, value))
    assert html.count("and 200 more</li>") >= 1
    assert len(html) < 12_000_000
