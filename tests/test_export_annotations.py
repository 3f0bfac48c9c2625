"""The evidence of records as W3C Web Annotations."""

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest

from check_records import EXAMPLE, REFERENCE, ROOT
from diplomatic_events.cli.main import main
from diplomatic_events.pointers import at, resolve

REQUIRED: Final = {
    "AnnotationCollection": {"@context", "id", "type", "label", "first", "total"},
    "AnnotationPage": {"id", "type", "items"},
    "Annotation": {"id", "type", "target"},
    "SpecificResource": {"type", "source"},
    "TextualBody": {"type", "value"},
    "FragmentSelector": {"type", "value", "conformsTo"},
    "TextQuoteSelector": {"type", "exact"},
    "TextPositionSelector": {"type", "start", "end"},
    "Software": {"type"},
}
"""What the Recommendation asks of each class that is used: https://www.w3.org/TR/annotation-model/."""

ALLOWED: Final = {
    "AnnotationCollection": {"generator"},
    "AnnotationPage": {"startIndex"},
    "Annotation": {"motivation", "body"},
    "SpecificResource": {"selector"},
    "TextualBody": {"purpose"},
    "TextQuoteSelector": {"prefix", "suffix"},
    "Software": {"id", "name"},
}
"""What else its context has a term for."""


def exported(path: Path, folder: Path) -> Any:
    file = folder / "evidence.jsonld"
    assert main(["export", "--no-config", str(path), "--format", "annotations", "--output", str(file)]) == 0
    return json.loads(file.read_bytes())


def objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [inner for entry in value for inner in objects(entry)]
    return [value, *(inner for part in value.values() for inner in objects(part))] if isinstance(value, dict) else []


def test_every_object_has_the_properties_of_its_class(tmp_path: Path) -> None:
    document = exported(ROOT / "examples", tmp_path)
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    used = {part["type"] for part in objects(document)}
    assert used == set(REQUIRED)
    for part in objects(document):
        required = REQUIRED[part["type"]]
        assert required <= part.keys() <= required | ALLOWED.get(part["type"], set()), part
    assert document["total"] == len(document["first"]["items"]) > 500
    ids = [annotation["id"] for annotation in document["first"]["items"]]
    assert len(set(ids)) == len(ids)


def test_each_passage_stands_in_the_source_where_the_selectors_say(tmp_path: Path) -> None:
    text = (REFERENCE / "article.txt").read_text("utf-8")
    record = json.loads((REFERENCE / "record.json").read_bytes())
    for annotation in exported(REFERENCE, tmp_path)["first"]["items"]:
        quote, position = annotation["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        pointer = unquote(annotation["id"].partition("#")[2])
        evidence = at(record, resolve(record, pointer) or ())
        assert evidence["exact"] == quote["exact"]
        place = annotation["body"][0].get("selector", {"value": ""})["value"]
        assert pointer.startswith(f"{place}/evidence/")


def test_the_words_of_the_claim_stand_beside_its_place(tmp_path: Path) -> None:
    items = exported(REFERENCE, tmp_path)["first"]["items"]
    bodies = [one["body"] for one in items if one["id"].endswith("#/statements/0/evidence/0")]
    statement = json.loads((REFERENCE / "record.json").read_bytes())["statements"][0]
    assert [body[1]["value"] for body in bodies] == [statement["text"]]


@pytest.mark.parametrize(
    ("source", "iri"),
    [
        ({"url": "https://example.org/a"}, "https://example.org/a"),
        ({}, "tag:w3id.org,2026:diplomatic-events/records/{id}#/sources/0"),
    ],
)
def test_a_source_is_named_by_its_address_or_by_its_place(source: dict[str, str], iri: str, tmp_path: Path) -> None:
    first, *others = EXAMPLE["sources"]
    record = EXAMPLE | {"sources": [{**first, **source}, *others], "evidence": [{"source": first["id"], "exact": "x"}]}
    (tmp_path / "record.json").write_text(json.dumps(record), encoding="utf-8")
    items = exported(tmp_path / "record.json", tmp_path)["first"]["items"]
    (one,) = [item for item in items if item["id"].endswith("#/evidence/0")]
    assert one["target"]["source"] == iri.format(id=EXAMPLE["id"])


def test_an_earlier_export_is_overwritten_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        exported(REFERENCE, tmp_path)
    record = tmp_path / "record.json"
    record.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    arguments = ["export", "--no-config", str(REFERENCE), "--format", "annotations", "--output", str(record)]
    assert main(arguments) == 2
    assert "is not an earlier export" in capsys.readouterr().err
    assert json.loads(record.read_bytes()) == EXAMPLE


def test_they_are_printed_where_no_file_is_named(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "--no-config", str(REFERENCE), "--format", "annotations"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["total"] > 10
