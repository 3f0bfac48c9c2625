"""Language tags: their parts, and the tag that a wrong one stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import code, codelist
from diplomatic_events.schema.languages import LANGUAGES_MEANT, REGIONS_MEANT, meant, parts, repeated
from diplomatic_events.schema.structure import structure

FORM = structure(catalogue(), "1.0").schema["$defs"]["languageTag"]["pattern"]


def kinds(tag: str) -> list[tuple[str, str, bool]]:
    return [(part.kind, part.text, part.code is not None) for part in parts(tag)]


def test_a_tag_has_a_language_a_script_a_region_and_variants() -> None:
    assert kinds("sl-Latn-SI-rozaj-1994") == [
        ("language", "sl", True),
        ("script", "Latn", True),
        ("region", "SI", True),
        ("variant", "rozaj", True),
        ("variant", "1994", True),
    ]
    assert kinds("xq-Xqqx-999-foobar-1abc") == [
        ("language", "xq", False),
        ("script", "Xqqx", False),
        ("region", "999", False),
        ("variant", "foobar", False),
        ("variant", "1abc", False),
    ]


def test_a_part_is_repeated_however_often_it_stands_there_again() -> None:
    assert repeated("de-1901-1996") == []
    assert repeated("de-1901-1996-1901-1901-1996") == ["1901", "1996"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("eng", "en"), ("spa", "es"), ("ger", "de"), ("deu", "de"), ("fre", "fr"), ("fra", "fr"), ("chi", "zh"), ("zho", "zh"),
        ("dut-BE", "nl-BE"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("ZH_HANT_TW", "zh-Hant-TW"), ("EN", "en"),
        ("en_GB", "en-GB"), ("en_GB.UTF-8", "en-GB"), (" en ", "en"), ("en-", "en"), ("en--GB", "en-GB"),
        ("zh-TW-Hant", "zh-Hant-TW"), ("de-1901-AT", "de-AT-1901"), ("de-1901-1901", "de-1901"), ("zh-Hans-Hans", "zh-Hans"),
        ("zh-yue", "yue"), ("zh-yue-HK", "yue-HK"), ("zh-min-nan", "nan"), ("sgn-ase", "ase"), ("sgn-br", "bzs"), ("no-nyn", "nn"),
        ("art-lojban", "jbo"), ("iw", "he"), ("iw-il", "he-IL"), ("bh", "bih"), ("de-DD", "de-DE"), ("hy-arevela", "hy"),
        ("en-UK", "en-GB"), ("en-USA", "en-US"), ("cn", "zh"), ("jp-JP", "ja-JP"), ("Russian", "ru"), ("german-AT", "de-AT"),
    ],
)  # fmt: skip
def test_what_is_plainly_meant_is_known(text: str, tag: str) -> None:
    assert meant(text) == tag


@pytest.mark.parametrize(
    "text",
    ["", "-", "e", "engl", "xq", "en", "en-GB", "zh-Hans", "es-999", "en-foobar", "en-haw", "sr-Cyrl-Latn", "en-GB-US", "ru-SU",
     "de-u-co-phonebk", "i-mingo", "en-" * 100_000, "\u0130", "en fr", "en/fr", "qaa", "sr_RS@latin", "sr_RS.UTF-8@latin"],
)  # fmt: skip
def test_where_nothing_is_plain_or_nothing_is_wrong_nothing_is_offered(text: str) -> None:
    assert meant(text) is None


@given(st.text(max_size=20) | st.from_regex("[A-Za-z]{2,4}([-_][A-Za-z0-9]{2,8}){0,3}", fullmatch=True))
def test_what_is_offered_is_a_tag_whose_every_part_there_is(text: str) -> None:
    tag = meant(text)
    if tag is not None:
        assert re.search(FORM, tag)
        assert all(part.code for part in parts(tag))
        assert not repeated(tag)
        assert meant(tag) is None


def test_a_country_s_code_that_is_taken_for_a_language_s_is_none_and_its_language_is_one() -> None:
    for wrong, right in LANGUAGES_MEANT.items():
        assert (code("language", wrong), code("language", right) is None) == (None, False)
    for wrong, right in REGIONS_MEANT.items():
        assert (code("region", wrong), code("region", right) is None) == (None, False)


def test_no_two_languages_have_an_alias_in_common_and_none_is_the_code_of_another() -> None:
    aliases = [alias for entry in codelist("language").values() for alias in entry.aliases]
    assert len(set(aliases)) == len(aliases) > 400
    assert [alias for alias in aliases if code("language", alias)] == []
    assert max(alias.count("-") for alias in aliases) == 2  # as many words as are looked at
