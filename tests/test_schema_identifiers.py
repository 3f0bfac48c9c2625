"""Identifiers: what each scheme accepts, and what is said of a text that is none of them."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isni
from stdnum.iso7064 import mod_97_10

from check_records import ROOT
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.identifiers import SCHEMES


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("wikidata", ["Q1", "Q148"], ["Q0148", "P31", "Q", "Q١"]),
        ("iso-3166-1-alpha-2", ["CN", "SU", "XK"], ["C", "CHN", "ZZ", "AA", "UK", "EU"]),
        ("cow", ["2", "20", "710", "990"], ["7100", "CH", "CHN", "0", "1", "999"]),
        ("geonames", ["1816670"], ["01816670", "1816670 ", "-1"]),
        ("un-locode", ["CNBJS", "US2AB", "XKPRN"], ["CN BJS", "CNBJ1", "CNBJ0", "CNBJ", "ZZBJS", "QQABC"]),
        ("ror", ["02mhbdp94", "00f54p054", "03yrm5c26", "01k4yrm29"],
                ["https://ror.org/02mhbdp94", "12mhbdp94", "02mhbdl94", "02mhbdp95", "01k4yrm30", "02MHBDP94"]),
        ("viaf", ["113230702"], ["0113230702"]),
        ("isni", ["0000000121032683", "000000012146438X", "000000012281955X"],
                 ["0000 0001 2103 2683", "0000-0001-2103-2683", "0000000121032684", "000000012103268", "X000000121464380"]),
        ("un-document",
         ["S/RES/1244 (1999)", "S/RES/242(1967)", "A/75/L.1", "A/RES/217(III)[A]", "A/RES/217 A (III)", "GC(67)/RES/13",
          "A/RES/377(V)[A]", "A/RES/3201(S-VI)", "A/RES/ES-10/14", "A/47/277-S/24111", "S/PV.4011 (Resumption 1)", "A/CONF.183/9*",
          "A/66/6 (Sect. 1)", "E/CN.4/Sub.2/2003/12/Rev.2", "FCCC/CP/2015/10/Add.1", "INFCIRC/540 (Corrected)", "GC.14/Res.1"],
         ["S", "RES 1244", "1244 (1999)", "S/RES/1244 (1999", "S/RES/1244 1999)", "A/RES/217(III)[A", "S//1", "S/RES/1244/", "/S/1",
          "S/RES/1244 ", "https://undocs.org/S/RES/1244(1999)", "UN Doc. S/RES/1244 (1999)", "GC(67/RES/13", "S/RES/(1999)"]),
        ("unts", ["I-7310", "II-1021", "7310"], ["III-7310", "I7310", "I-0", "I-07310"]),
        ("doi", ["10.7910/DVN/28075", "10.1000/182", "10.1000.10/123(45)"],
                ["doi:10.1000/182", "https://doi.org/10.1000/182", "10.1000", "10.1000/", "11.1000/182", "10.1000/1 2"]),
        ("dataset-key", ["visit-1043", "row 7", "7"], [" 7", "7 "]),
        ("grid", ["grid.1234.5"], ["1234.5", "grid.1234", "grid.org/institutes/grid.1234.5"]),
    ],
)  # fmt: skip
def test_an_identifier_is_as_the_codelist_describes_it(scheme: str, right: list[str], wrong: list[str]) -> None:
    assert [value for value in right if not SCHEMES[scheme].has(value)] == []
    assert [value for value in wrong if SCHEMES[scheme].has(value)] == []


def test_every_scheme_of_the_codelist_has_a_form() -> None:
    assert set(SCHEMES) == set(codelist("identifier-scheme"))


def test_the_identifier_that_the_codelist_gives_as_its_example_is_one() -> None:
    with (ROOT / "schema/codelists/identifier-scheme.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["code"], re.search(": `([^`]+)`[.]", row["description"])) for row in csv.DictReader(file)]
    shown = [(scheme, example[1]) for scheme, example in found if example]
    assert ("wikidata", "Q148") in shown
    assert [(scheme, value) for scheme, value in shown if not SCHEMES[scheme].has(value)] == []


@pytest.mark.parametrize(
    ("scheme", "value", "help"),
    [
        ("wikidata", "http://www.wikidata.org/entity/Q148", "did you mean `Q148`?"),
        ("wikidata", "https://www.wikidata.org/wiki/Q148/", "did you mean `Q148`?"),
        ("wikidata", "https://www.wikidata.org/wiki/Q148#sitelinks", "did you mean `Q148`?"),
        ("wikidata", "148", "did you mean `Q148`?"),
        ("wikidata", "q148", "did you mean `Q148`?"),
        ("wikidata", "Q148 ", "did you mean `Q148`?"),
        ("wikidata", "?", "write `Q` and a number, such as `Q148`"),
        ("iso-3166-1-alpha-2", "cn", "did you mean `CN`?"),
        ("iso-3166-1-alpha-2", "CHN", "did you mean `CN`?"),
        ("iso-3166-1-alpha-2", "UK", "did you mean `GB`?"),
        ("iso-3166-1-alpha-2", "China", "did you mean `CN`?"),
        ("iso-3166-1-alpha-2", "Korea", "write two capital letters, such as `CN`"),
        ("iso-3166-1-alpha-2", "ZZ", "no country has this two-letter code"),
        ("cow", "CHN", "write a number of up to three digits, such as `710`"),
        ("cow", "999", "the numbers of states run from 2 to 990"),
        ("geonames", "https://www.geonames.org/1816670", "did you mean `1816670`?"),
        ("geonames", "https://www.geonames.org/1816670/beijing.html", "did you mean `1816670`?"),
        ("geonames", "1816670 1816671", "write a number, such as `1816670`"),
        ("un-locode", "CN BJS", "did you mean `CNBJS`?"),
        ("un-locode", "cnbjs", "did you mean `CNBJS`?"),
        ("un-locode", "ZZBJS", "its first two letters are not a country code"),
        ("un-locode", "?", "write a two-letter country code and three more characters, such as `CNBJS`"),
        ("ror", "https://ror.org/02mhbdp94", "did you mean `02mhbdp94`?"),
        ("ror", "ror.org/02mhbdp94", "did you mean `02mhbdp94`?"),
        ("ror", "02MHBDP94", "did you mean `02mhbdp94`?"),
        ("ror", "02mhbdp95", "its check digits, the last two, do not fit the others: compare it with the register"),
        ("ror", "?", "write nine characters that begin with `0`, such as `02mhbdp94`"),
        ("viaf", "https://viaf.org/viaf/113230702/", "did you mean `113230702`?"),
        ("viaf", "?", "write a number, such as `113230702`"),
        ("isni", "0000 0001 2103 2683", "did you mean `0000000121032683`?"),
        ("isni", "0000-0001-2146-438x", "did you mean `000000012146438X`?"),
        ("isni", "https://isni.org/isni/000000012146438X", "did you mean `000000012146438X`?"),
        ("isni", "0000000121032684", "its check digit, the last one, does not fit the others: compare it with the register"),
        ("isni", "?", "write sixteen digits with a correct check digit, such as `0000000121032683`"),
        ("un-document", "https://undocs.org/A/RES/217(III)[A]", "did you mean `A/RES/217(III)[A]`?"),
        ("un-document", "https://undocs.org/en/S/RES/1244%20(1999)", "did you mean `S/RES/1244 (1999)`?"),
        ("un-document", "s/res/1244 (1999)", "did you mean `S/RES/1244 (1999)`?"),
        ("un-document", "S/RES/1244 (1999", "its brackets do not match"),
        ("un-document", "https://digitallibrary.un.org/record/274488", "write a document symbol, such as `S/RES/1244 (1999)`"),
        ("un-document", "UN Doc. S/RES/1244 (1999)", "write a document symbol, such as `S/RES/1244 (1999)`"),
        ("unts", "I7310", "did you mean `I-7310`?"),
        ("unts", "ii-1021", "did you mean `II-1021`?"),
        ("unts", "?", "write a registration number, such as `I-7310`"),
        ("grid", "GRID.1234.5", "did you mean `grid.1234.5`?"),
        ("grid", "?", "write `grid.` and two groups of characters, such as `grid.1234.5`"),
        ("wikidata", f"https://www.wikidata.org/{'x' * 200}/Q148", "write `Q` and a number, such as `Q148`"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_identifier_is_answered_with_what_it_means_or_what_is_wrong(
    scheme: str, value: str, help: str
) -> None:
    assert SCHEMES[scheme].help(value) == help


@pytest.mark.parametrize("scheme", SCHEMES)
@given(value=st.text(max_size=30) | st.from_regex("[A-Za-z0-9 ./()-]{1,20}", fullmatch=True))
def test_what_is_offered_is_an_identifier_of_the_scheme(scheme: str, value: str) -> None:
    help = SCHEMES[scheme].help(value)
    if help.startswith("did you mean"):
        assert SCHEMES[scheme].has(help.removeprefix("did you mean `").removesuffix("`?"))


@given(st.from_regex("[0-9]{15}[0-9X]", fullmatch=True))
def test_the_check_digit_of_an_isni_is_the_one_that_another_library_asks_for(value: str) -> None:
    assert SCHEMES["isni"].has(value) == isni.is_valid(value)
    right = [digit for digit in "0123456789X" if SCHEMES["isni"].has(value[:-1] + digit)]
    assert [isni.is_valid(value[:-1] + digit) for digit in right] == [True]


BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"


@given(st.integers(0, 32**6 - 1))
def test_the_check_digits_of_a_ror_are_those_that_another_library_asks_for(number: int) -> None:
    text = "".join(BASE_32[number >> shift & 31] for shift in range(25, -1, -5))
    accepted = [pair for pair in map("{:02}".format, range(100)) if SCHEMES["ror"].has(f"0{text}{pair}")]
    assert accepted == [mod_97_10.calc_check_digits(str(number))]


@pytest.mark.parametrize(
    "value", ["A/" + "a " * 50_000 + "!", "A" + "/a" * 50_000 + "!", "A/a" + "(a" * 50_000, "A(" + "a" * 50_000]
)
def test_a_long_text_takes_no_longer_than_its_length_asks_for(value: str) -> None:
    assert not SCHEMES["un-document"].has(value)  # a pattern that tries every way to divide it would never end
