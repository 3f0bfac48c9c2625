"""The lists of countries, languages and scripts are those that the tool makes of pycountry."""

import re
from importlib.metadata import version

import pytest

import reference_lists
from checking import ROOT

LISTS = reference_lists.lists()


def test_pycountry_is_the_release_that_the_lists_were_made_with() -> None:
    (pinned,) = re.findall("^pycountry==(.+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert version("pycountry") == pinned


@pytest.mark.parametrize("name", ["country", "language", "script"])
def test_a_list_is_what_the_tool_makes_of_pycountry(name: str) -> None:
    assert (ROOT / f"schema/codelists/{name}.csv").read_bytes().decode("utf-8") == LISTS[name]


def test_the_tool_makes_no_other_list() -> None:
    assert list(LISTS) == ["country", "language", "script"]


# A row of each kind, worked out from the standards by hand.


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("country", "CHN,China,Official name: People's Republic of China.,1.0,,,CN,,"),
        ("country", "SCG,Serbia and Montenegro,Serbia and Montenegro. Withdrawn from ISO 3166-1 on 2006-09-26; replaced by `MNE` and `SRB`.,1.0,,,CS,2003,2006"),
        ("country", "ROM,Romania (code until 2002),The ISO 3166-1 code of Romania until 2002. Use `ROU` for all years.,1.0,1.0,ROU,RO,,2002"),
        ("language", "en,English,Individual living language (ISO 639-3 eng).,1.0,,"),
        ("language", "haw,Hawaiian,Individual living language (ISO 639-3 haw).,1.0,,"),
        ("language", "la,Latin,Individual historic language (ISO 639-3 lat).,1.0,,"),
        ("language", "ar,Arabic,Living macrolanguage (ISO 639-3 ara).,1.0,,"),
        ("script", "Cyrl,Cyrillic,Script number 220 of ISO 15924.,1.0,,"),
    ],
)  # fmt: skip
def test_a_well_known_row_is_right(name: str, row: str) -> None:
    assert f"\n{row}\n" in LISTS[name]
