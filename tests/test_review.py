"""`check --format html`: each record beside its sources, with the findings at their places in both."""

import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events.checking import check_inputs
from diplomatic_events.cli.main import main
from diplomatic_events.inputs.paths import expand
from diplomatic_events.options import Options
from diplomatic_events.review.page import page

TEXT = EXAMPLE["sources"][0]["text"]
QUOTE = EXAMPLE["statements"][0]["evidence"][0]["exact"]
WRONG = {"/statements/0/evidence/0/exact": QUOTE.replace("border", "borders", 1)}


class Element:
    """An element of a page with an id, and the text in it."""

    def __init__(self, classes: str) -> None:
        self.classes = classes.split()
        self.text = ""


class Elements(HTMLParser):
    """The elements of a page by id, and the anchors that it links to. What closes something that is not open is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_id: dict[str, Element] = {}
        self.links: list[str] = []
        self._open: list[tuple[str, Element | None]] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        element = None
        if id := found.get("id"):
            assert id not in self.by_id
            element = self.by_id[id] = Element(found.get("class") or "")
        if (href := found.get("href") or "").startswith("#"):
            self.links.append(href[1:])
        if tag not in ("meta", "link"):
            self._open.append((tag, element))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, element in self._open:
            if element:
                element.text += data


def reviewed(folder: Path, record: dict[str, Any]) -> tuple[str, Elements]:
    """The page on one record."""
    (folder / "a.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return review(folder / "a.json")


def review(file: Path, options: Options | None = None) -> tuple[str, Elements]:
    inputs = expand([str(file)])
    html = page(check_inputs(inputs, options or Options()), inputs, options=options)
    return html, Elements(html)


def test_every_link_leads_to_an_element_of_the_page(tmp_path: Path) -> None:
    _, elements = reviewed(tmp_path, example({**WRONG, "/delegations/0/party": "nobody"}))
    assert len(elements.links) > 20
    assert set(elements.links) <= {*elements.by_id, "content"}


def test_a_sound_record_has_its_quotes_linked_with_their_passages(tmp_path: Path) -> None:
    html, elements = reviewed(tmp_path, EXAMPLE)
    assert "0 errors, 0 warnings" in html
    assert not any(id.startswith("r1-f") for id in elements.by_id)
    (proof,) = {
        id for id, element in elements.by_id.items() if "proof" in element.classes and element.text == f'"{QUOTE}"'
    }
    passage = re.search(rf'id="{proof}".*?class="to" href="#([^"]+)"', html, re.DOTALL)
    assert passage
    assert QUOTE.startswith(elements.by_id[passage[1]].text)


def test_a_finding_is_marked_in_the_record_at_its_value(tmp_path: Path) -> None:
    html, elements = reviewed(tmp_path, example({"/delegations/0/party": "nobody"}))
    assert elements.by_id["r1-m0"].text == '"nobody"'
    assert elements.by_id["r1-m0"].classes == ["found", "error"]
    assert "reference/unknown-party" in elements.by_id["r1-f0"].text
    assert 'data-lights="r1-m0' in html


def test_the_passage_that_a_wrong_quote_is_nearest_to_is_marked_in_the_source(tmp_path: Path) -> None:
    _, elements = reviewed(tmp_path, example({"/statements/0/evidence/0/exact": QUOTE.replace("border", "borders", 1)}))
    marked = elements.by_id["r1-q0"]
    assert marked.classes == ["found", "error"]
    assert marked.text == ","


def test_a_record_that_breaks_the_schema_has_its_findings_and_the_plain_texts(tmp_path: Path) -> None:
    html, elements = reviewed(tmp_path, example({"status": "hold"}))
    assert elements.by_id["r1-m0"].text == '"hold"'
    assert TEXT[:40] in unescape(html)


def test_what_is_no_json_is_shown_with_its_fault(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schemaVersion": "1.0",}', encoding="utf-8")
    _, elements = review(tmp_path / "a.json")
    assert "json/syntax" in elements.by_id["r1-f0"].text
    assert elements.by_id["r1-m0"].text == ","


def test_of_a_record_that_is_too_long_the_beginning_is_shown_and_the_page_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(f'{{"title": "{"é" * 40_000}"}}', encoding="utf-8")
    html, elements = review(tmp_path / "a.json", Options(max_bytes=50_000))
    assert "json/too-large" in elements.by_id["r1-f0"].text
    assert (elements.by_id["r1-m0"].text, html.count("é")) == ("{", 10_000 - len('{"title": "'))
    assert "Only the first 10,000 characters of the record are shown." in html
    assert "Only the first" not in review(tmp_path / "a.json")[0]


def test_of_many_records_those_with_findings_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    records = [
        example({"id": f"event-{number}", "title": f"Meeting {number}", "extensions": {}}) for number in range(70)
    ]
    records[65]["delegations"][0]["party"] = "nobody"
    (tmp_path / "a.ndjson").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    html, elements = review(tmp_path / "a.ndjson", Options(select=("reference",)))
    shown = [id for id in elements.by_id if re.fullmatch(r"r\d+", id)]
    assert "20 records more" in html
    assert len(shown) == 50
    assert "a.ndjson:66" in html


def test_a_finding_in_the_configuration_stands_before_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("record.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    Path("diplomatic-events.toml").write_text('[[suppress]]\nrule = "dates"\nreason = "Why."\n', encoding="utf-8")
    assert main(["check", ".", "--format", "html"]) == 0
    unused = "<li>diplomatic-events.toml:1:1: warning[config/unused-suppression] the suppression of `dates` suppresses"
    assert unused in capsys.readouterr().out


def test_standard_input_is_shown_too(tmp_path: Path) -> None:
    data = io.BytesIO(json.dumps(example({"/delegations/0/party": "nobody"})).encode())
    inputs = expand(["-"])
    elements = Elements(page(check_inputs(inputs, Options(), data), inputs, data))
    assert elements.by_id["r1-m0"].text == '"nobody"'


@pytest.mark.parametrize("harmful", ["<script>alert(1)</script>", '" onmouseover="x', "\u202egnp.exe", "\x1b[2J"])
def test_nothing_of_a_record_becomes_markup_or_hides_text(harmful: str, tmp_path: Path) -> None:
    html, _ = reviewed(tmp_path, example({"title": harmful, "/delegations/0/party": harmful}))
    assert "<script>alert" not in html
    assert 'onmouseover="' not in html.replace("&quot;", "")
    assert "\u202e" not in html
    assert "\x1b" not in html
