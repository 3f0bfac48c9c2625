"""Codes, language tags and identifiers: what is said of a wrong one, and what would be right instead."""

from typing import Any

import pytest

from checking import check_value, example
from diplomatic_events.findings import Finding
from diplomatic_events.rules import codes
from diplomatic_events.schema.codelists import Code, code


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def identifier(scheme: str, value: str) -> dict[str, Any]:
    return {"/parties/0/identifiers": [{"scheme": scheme, "value": value}]}


@pytest.mark.parametrize(
    ("scheme", "right", "wrong"),
    [
        ("wikidata", ["Q1", "Q148"], ["Q0148", "P31"]),
        ("iso-3166-1-alpha-2", ["CN"], ["C", "CHN"]),
        ("cow", ["2", "710", "CHN"], ["7100", "CH"]),
        ("geonames", ["1816670"], ["01816670"]),
        ("un-locode", ["CNBJS", "CN BJS", "US2AB"], ["CNBJ1", "CNBJ"]),
        ("ror", ["02mhbdp94", "https://ror.org/02mhbdp94"], ["12mhbdp94", "02mhbdl94"]),
        ("viaf", ["113230702"], ["0113230702"]),
        (
            "isni",
            ["0000000121032683", "0000 0001 2103 2683", "000000012146438X"],
            ["0000000121032684", "000000012103268"],
        ),
        ("un-document", ["S/RES/1244 (1999)", "A/75/L.1"], ["S", "RES 1244"]),
        ("unts", ["I-7310", "II-1021", "7310"], ["III-7310", "I7310"]),
    ],
)
def test_an_identifier_has_the_form_of_its_scheme(scheme: str, right: list[str], wrong: list[str]) -> None:
    for value in right:
        assert ("codes/malformed-identifier", "/parties/0/identifiers/0/value") not in found(identifier(scheme, value))
    for value in wrong:
        assert found(identifier(scheme, value)) == [("codes/malformed-identifier", "/parties/0/identifiers/0/value")]


@pytest.mark.parametrize(
    ("scheme", "form"),
    [
        ("wikidata", "`Q` and a number, such as `Q148`"),
        ("iso-3166-1-alpha-2", "two capital letters, such as `CN`"),
        ("cow", "a number of up to three digits or three capital letters, such as `710`"),
        ("geonames", "a number, such as `1816670`"),
        ("un-locode", "a country's two letters and three more, such as `CNBJS`"),
        ("ror", "nine characters from `0` on, such as `02mhbdp94`"),
        ("viaf", "a number, such as `113230702`"),
        ("isni", "sixteen digits with a right check digit, such as `0000000121032683`"),
        ("un-document", "a document symbol, such as `S/RES/1244 (1999)`"),
        ("unts", "a registration number, such as `I-7310`"),
    ],
)
def test_where_nothing_right_can_be_made_of_an_identifier_its_form_is_told(scheme: str, form: str) -> None:
    finding = only(identifier(scheme, "?"))
    assert finding.message == f"`?` is not an identifier of the scheme `{scheme}`"
    assert finding.help == f"write {form}"


@pytest.mark.parametrize(
    ("scheme", "value", "right"),
    [
        ("wikidata", "http://www.wikidata.org/entity/Q148", "Q148"),
        ("wikidata", "https://www.wikidata.org/wiki/Q148/", "Q148"),
        ("wikidata", "148", "Q148"),
        ("wikidata", "q148", "Q148"),
        ("wikidata", "Q148 ", "Q148"),
        ("iso-3166-1-alpha-2", "cn", "CN"),
        ("geonames", "https://www.geonames.org/1816670", "1816670"),
    ],
)
def test_an_identifier_in_another_form_is_answered_with_the_right_one(scheme: str, value: str, right: str) -> None:
    assert only(identifier(scheme, value)).help == f"did you mean `{right}`?"


def test_an_identifier_of_a_scheme_without_a_form_is_not_judged() -> None:
    assert found(identifier("our-own", "anything")) == [("codes/unknown", "/parties/0/identifiers/0/scheme")]


def test_the_check_digit_of_an_isni_is_that_of_iso_7064() -> None:
    # The example of ISO 27729 for the digit 10, written X: 0000 0001 2146 438X.
    assert codes._isni("0000 0001 2146 438X")
    assert codes._isni("0000-0001-2146-438X")
    assert [digit for digit in "0123456789X" if codes._isni("000000012146438" + digit)] == ["X"]
    assert not codes._isni("X000000121464380")


def test_a_code_that_comes_near_none_is_answered_with_the_list() -> None:
    finding = only({"topics": ["zzzzzzzz"]})
    assert finding.message == "`zzzzzzzz` is not on the codelist `topic`"
    assert (
        finding.help == "the codelist `topic` has the known codes: https://w3id.org/diplomatic-events/codelists/#topic"
    )


def test_a_name_that_a_code_has_is_answered_with_the_code() -> None:
    # `organization-reform` is called “Reform of organizations”.
    assert only({"topics": ["reform-of-organizations"]}).help == "did you mean `organization-reform`?"


def test_a_code_without_a_successor_is_deprecated_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Code("trade", "Trade", "", "1.0", deprecated="1.1")
    monkeypatch.setattr(codes, "_SOUND", set())
    monkeypatch.setattr(
        codes, "code", lambda name, text: old if (name, text) == ("topic", "trade") else code(name, text)
    )
    issues = [issue for issue in check_value(example({"topics": ["trade"]})) if issue.rule == "codes/deprecated"]
    assert [(issue.message, issue.help) for issue in issues] == [("`trade` is deprecated in `topic`", None)]


def test_a_wrong_language_is_answered_with_one_that_the_record_has_elsewhere() -> None:
    # To `eng`, `ng` is as near as `en`, which is the record's own language.
    assert only({"/sources/0/language": "eng"}).help == "did you mean `en`?"


def test_a_country_s_code_for_a_language_is_answered_with_its_language() -> None:
    assert only({"/sources/0/language": "cn"}).help == "did you mean `zh`?"
    assert only({"/sources/0/language": "en-UK"}).help == "did you mean `GB`?"
    for wrong, right in codes.LANGUAGES_MEANT.items():
        assert code("language", wrong) is None
        assert code("language", right) is not None
        assert only({"/sources/0/language": wrong}).help == f"did you mean `{right}`?"
    for wrong, right in codes.REGIONS_MEANT.items():
        finding = only({"/sources/0/language": f"en-{wrong}"})
        assert (finding.message, finding.help) == (f"there is no region `{wrong}`", f"did you mean `{right}`?")
        assert found({"/sources/0/language": f"en-{right}"}) == []


def test_scripts_and_regions_of_a_language_tag_are_looked_up() -> None:
    finding = only({"/sources/0/language": "en-Latm"})
    assert (finding.message, finding.help) == ("there is no script `Latm`", "did you mean `Latn`, `Latg` or `Latf`?")
    finding = only({"/sources/0/language": "en-Latn-XQ"})
    assert finding.message == "there is no region `XQ`"
    assert found({"/sources/0/language": "en-Latn-GB"}) == []
    assert found({"/sources/0/language": "es-419"}) == []
    findings = check_value(example({"/sources/0/language": "xq-Latm-XQ"}))
    assert {finding.message for finding in findings} == {
        "there is no language `xq`",
        "there is no script `Latm`",
        "there is no region `XQ`",
    }


def test_a_party_that_is_no_state_may_have_the_name_of_another_country() -> None:
    india = {"id": "india", "type": "organization", "name": "India", "country": "IDN"}
    assert "codes/country-name-mismatch" not in [
        rule for rule, _ in found({"/parties/2": india, "/upcoming/0/participants": ["india"]})
    ]


def test_a_state_is_known_by_its_name_in_any_case() -> None:
    india = {"id": "india", "type": "state", "name": "INDIA", "country": "IDN"}
    finding = only({"/parties/2": india, "/upcoming/0/participants": ["india"]})
    assert (finding.message, finding.help) == (
        "`IDN` is Indonesia, and the party is called INDIA",
        "did you mean `IND`?",
    )


def test_the_check_digit_of_an_isni_may_be_0_or_1() -> None:
    # (12 - s mod 11) mod 11, where s is what the first fifteen digits add up to: 0 gives 1, and 1 gives 0.
    assert codes._isni("0000000000000001")
    assert sum(2 ** (15 - place) * digit for place, digit in enumerate([0] * 12 + [1, 0, 2])) % 11 == 1
    assert codes._isni("0000000000001020")


def test_a_value_that_breaks_its_form_is_told_once() -> None:
    assert found({"topics": ["Tarde"]}) == [("schema/pattern-mismatch", "/topics/0")]
    assert found({"/sources/0/language": "XQ"}) == [("schema/pattern-mismatch", "/sources/0/language")]
    assert found({"language": "EN", "/sources/0/language": "xq"}) == [
        ("schema/pattern-mismatch", "/language"),
        ("codes/unknown-language", "/sources/0/language"),
    ]


def test_a_name_that_comes_less_near_than_a_slip_does_not_count() -> None:
    # `Maritime affairs` is the nearest name, but the codes are as near.
    assert only({"topics": ["affairs"]}).help == "did you mean `maritime-affairs` or `consular-affairs`?"


def test_of_many_languages_that_are_near_the_record_s_own_is_offered() -> None:
    assert "did you mean `haw`?" in [
        finding.help for finding in check_value(example({"language": "haw", "/sources/0/language": "aw"}))
    ]
    assert only({"language": "en-GB", "/sources/0/language": "eng"}).help == "did you mean `en`?"
    other = {"id": "readout", "type": "readout", "language": "eng"}
    helps = [
        finding.help
        for finding in check_value(example({"/sources/0/language": "ng", "/sources/1": other}))
        if finding.rule == "codes/unknown-language"
    ]
    assert helps == ["did you mean `ng`?"]


def test_the_last_letter_of_an_identifier_is_part_of_it() -> None:
    finding = only(identifier("isni", "https://isni.org/isni/000000012146438X"))
    assert finding.help == "did you mean `000000012146438X`?"


def test_states_of_the_past_are_not_held_against_the_names_of_today() -> None:
    for name, country, year in (("Russia", "SUN", "1980"), ("Soviet Union", "RUS", "2021")):
        state = {"id": "state", "type": "state", "name": name, "country": country}
        change = {"date": year, "/parties/2": state, "/upcoming/0/participants": ["state"]}
        assert "codes/country-name-mismatch" not in [rule for rule, _ in found(change)]


@pytest.mark.parametrize(
    ("tag", "near", "far"),
    [
        ("eng", "did you mean `en`?", "use a code of ISO 639, such as `en`"),
        ("en-Latm", "did you mean `Latn`, `Latg` or `Latf`?", None),
        ("en-UK", "did you mean `GB`?", None),
    ],
)
def test_only_the_first_hundred_tags_that_there_are_not_are_compared(tag: str, near: str, far: str | None) -> None:
    sources = [{"id": f"source-{number}", "type": "readout", "language": tag} for number in range(101)]
    findings = check_value(example({f"/sources/{number}": source for number, source in enumerate(sources, 1)}))
    helps = [finding.help for finding in findings if finding.rule == "codes/unknown-language"]
    assert helps == [near] * 100 + [far]


def test_only_the_first_hundred_codes_that_there_are_not_are_compared() -> None:
    helps = [finding.help for finding in check_value(example({"topics": [f"trade{number}" for number in range(101)]}))]
    assert len(helps) == 101
    assert all(help is not None and help.startswith("did you mean `trade`") for help in helps[:100])
    assert helps[100] == "the codelist `topic` has the known codes: https://w3id.org/diplomatic-events/codelists/#topic"


def test_no_more_than_three_scripts_are_offered() -> None:
    # `Wara`, `Sara`, `Gara`, `Aran` and `Arab` are all one letter from it.
    assert only({"/sources/0/language": "en-Araa"}).help == "did you mean `Wara`, `Sara` or `Gara`?"
