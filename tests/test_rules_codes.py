"""Codes, language tags and identifiers: what is said of a wrong one, and what would be right instead."""

from typing import Any

import pytest

from check_records import check_value, example
from diplomatic_events.findings import Finding
from diplomatic_events.rules import codes
from diplomatic_events.schema.codelists import Code, code, codelist
from diplomatic_events.schema.structure import structure


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def identifier(scheme: str, value: str) -> dict[str, Any]:
    return {"/parties/0/identifiers": [{"scheme": scheme, "value": value}]}


def test_an_identifier_that_is_none_of_its_scheme_is_named_and_answered() -> None:
    finding = only(identifier("ror", "https://ror.org/02mhbdp94"))
    assert (finding.rule, finding.pointer) == ("codes/malformed-identifier", "/parties/0/identifiers/0/value")
    assert finding.message == "`https://ror.org/02mhbdp94` is not an identifier of the scheme `ror`"
    assert finding.help == "did you mean `02mhbdp94`?"


def test_a_long_value_is_cut_short_in_the_message() -> None:
    message = only(identifier("wikidata", "Q" * 5000)).message
    assert message == f"`{'Q' * 57}…` is not an identifier of the scheme `wikidata`"


def test_an_identifier_of_a_scheme_without_a_form_is_not_judged() -> None:
    assert found(identifier("our-own", "anything")) == [("codes/unknown", "/parties/0/identifiers/0/scheme")]


def test_the_help_for_a_code_like_no_other_names_all_codes_of_the_list() -> None:
    finding = only({"topics": ["zzzzzzzz"]})
    assert finding.message == "`zzzzzzzz` is not on the codelist `topic`"
    assert finding.help == f"the codes are {', '.join(f'`{code}`' for code in codelist('topic'))}"


def test_a_deprecated_code_is_not_offered() -> None:
    help = only(identifier("zzzzzzzz", "1")).help
    assert help is not None
    assert "`ror`" in help
    assert "`grid`" not in help


def test_a_word_in_the_definitions_of_a_long_list_is_answered_with_their_codes() -> None:
    # “Production of and traffic in illicit drugs, and drug policy.”
    assert only({"topics": ["illicit"]}).help == "`narcotics` mentions it in the definition"
    assert only({"topics": ["norms"]}).help == "`cyber-security` mentions it in the definition"
    for change in ({"/statements/0/act": "said"}, {"/delegations/0/members/0/office/portfolio": "state"}):
        assert (only(change).help or "").startswith("the codes are `"), "a word that stands there by chance"
    # “Limits on weapons are `arms-control`” says what `arms-trade` is not.
    assert only({"topics": ["limits-on-weapons"]}).help != "`arms-trade` mentions it in the definition"


def test_a_synonym_is_answered_with_its_code() -> None:
    assert only({"topics": ["oil"]}).help == "did you mean `energy`?"
    portfolio = only({"/delegations/0/members/0/office/portfolio": "foreign-minister"})
    assert portfolio.help == "did you mean `foreign-affairs`?"


def test_a_name_that_a_code_has_is_answered_with_the_code() -> None:
    # `organization-reform` is called “Reform of organizations”.
    assert only({"topics": ["reform-of-organizations"]}).help == "did you mean `organization-reform`?"


def test_a_code_without_a_successor_is_deprecated_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Code("trade", "Trade", "", "1.0", deprecated="1.1")
    structure.cache_clear()  # so that no code is known to be sound
    monkeypatch.setattr(
        codes, "code", lambda name, text: old if (name, text) == ("topic", "trade") else code(name, text)
    )
    issues = [issue for issue in check_value(example({"topics": ["trade"]})) if issue.rule == "codes/deprecated"]
    assert [(issue.message, issue.help) for issue in issues] == [
        ("`trade` is deprecated in `topic`", "`diplomatic-events explain topic` shows the codes and what they mean")
    ]


@pytest.mark.parametrize(
    ("tag", "message", "help"),
    [
        ("eng", "there is no language `eng`", "did you mean `en`?"),
        ("spa", "there is no language `spa`", "did you mean `es`?"),
        ("ger", "there is no language `ger`", "did you mean `de`?"),
        ("chi-Hant-TW", "there is no language `chi`", "did you mean `zh-Hant-TW`?"),
        ("cn", "there is no language `cn`", "did you mean `zh`?"),
        ("xq", "there is no language `xq`", "use the ISO 639 code: the one with two letters if there is one, otherwise the one with three"),
        ("en-UK", "there is no region `UK`", "did you mean `en-GB`?"),
        ("es-999", "there is no region `999`", "use a two-letter country code or an area number such as `419`, or leave it out"),
        ("en-ZZ", "there is no region `ZZ`", "use a two-letter country code or an area number such as `419`, or leave it out"),
        ("en-foobar", "there is no variant `foobar`", "use a variant of the IANA registry of language subtags, or leave it out"),
        ("en-GB-scotlan", "there is no variant `scotlan`", "did you mean `en-GB-scotland`?"),
        ("en-Latm-GB", "there is no script `Latm`", "did you mean `en-Latn-GB`, `en-Latg-GB` or `en-Latf-GB`?"),
        ("en-Xqqx", "there is no script `Xqqx`", "use a four-letter script code of ISO 15924, or leave it out"),
        ("de-1901-1901", "`1901` stands twice in the tag", "write `de-1901`"),
        ("sl-SI-rozaj-biske-rozaj", "`rozaj` stands twice in the tag", "write `sl-SI-rozaj-biske`"),
    ],
)  # fmt: skip
def test_a_part_of_a_tag_that_does_not_exist_or_is_repeated_is_reported(tag: str, message: str, help: str) -> None:
    finding = only({"/sources/0/language": tag})
    assert (finding.rule, finding.pointer) == ("codes/unknown-language", "/sources/0/language")
    assert (finding.message, finding.help) == (message, help)


@pytest.mark.parametrize(
    "tag",
    ["ber", "sgn", "sla", "es-419", "en-001", "en-EU", "sq-XK", "en-Latn-GB", "de-CH-1901", "sl-rozaj-biske-1994", "und", "mul",
     "ja-Latn-hepburn", "vi-hanoi", "en-GB-scotland", "yue-Hant-HK", "qu", "zh-Hans"],
)  # fmt: skip
def test_collections_areas_and_all_that_the_registry_has_are_accepted(tag: str) -> None:
    assert found({"/sources/0/language": tag}) == []


def test_each_part_that_does_not_exist_is_a_finding_and_is_reported_once() -> None:
    findings = check_value(example({"/sources/0/language": "xq-Latm-XQ-aaaaa-aaaaa"}))
    assert [(finding.message, finding.help) for finding in findings] == [
        (f"there is no {kind} `{text}`", codes._PARTS_IN_WORDS[kind])
        for kind, text in (("language", "xq"), ("region", "XQ"), ("script", "Latm"), ("variant", "aaaaa"))
    ]


@pytest.mark.parametrize(
    ("tag", "message", "help"),
    [
        ("iw", "`iw` is deprecated in `language`", "use `he`"),
        ("iw-IL", "`iw` is deprecated in `language`", "use `he-IL`"),
        ("mo", "`mo` is deprecated in `language`", "use `ro`"),
        ("de-DD", "`DD` is deprecated in `region`", "use `de-DE`"),
        ("ru-SU", "`SU` is deprecated in `region`", "leave it out: `ru`"),
        ("sr-Latn-YU", "`YU` is deprecated in `region`", "leave it out: `sr-Latn`"),
        ("hy-arevmda", "`arevmda` is deprecated in `variant`", "use `hyw`"),
        ("agp", "`agp` is deprecated in `language`", "former code, replaced by `apf` and `prf`"),
    ],
)
def test_a_deprecated_part_of_a_tag_is_answered_with_what_the_registry_prefers(
    tag: str, message: str, help: str
) -> None:
    finding = only({"/sources/0/language": tag})
    assert (finding.rule, finding.pointer) == ("codes/deprecated", "/sources/0/language")
    assert (finding.message, finding.help) == (message, help)


@pytest.mark.parametrize(
    ("tag", "help"),
    [
        ("pt-br", "did you mean `pt-BR`?"),
        ("zh-hant-tw", "did you mean `zh-Hant-TW`?"),
        ("zh-TW-Hant", "did you mean `zh-Hant-TW`?"),
        ("EN", "did you mean `en`?"),
        ("English", "did you mean `en`?"),
        ("en_US.UTF-8", "did you mean `en-US`?"),
        ("zh-yue", "did you mean `yue`?"),
        ("zh-cmn-Hans-CN", "did you mean `cmn-Hans-CN`?"),
        ("i-klingon", "did you mean `tlh`?"),
        ("pt-BRA", "did you mean `pt-BR`?"),
        ("GER", "did you mean `de`?"),
        ("еn", "did you mean `en`?"),
        ("zh-Hans-Hans", "did you mean `zh-Hans`?"),
        ("en-haw", "write it like `en` or `zh-Hans` or `pt-BR`"),
        ("en-xyzz", "write it like `en` or `zh-Hans` or `pt-BR`"),
        ("sr-Cyrl-Latn", "write it like `en` or `zh-Hans` or `pt-BR`"),
        ("de-u-co-phonebk", "write it like `en` or `zh-Hans` or `pt-BR`"),
    ],
)
def test_a_tag_in_another_form_is_answered_with_its_own(tag: str, help: str) -> None:
    finding = only({"/sources/0/language": tag})
    assert (finding.rule, finding.help) == ("schema/pattern-mismatch", help)


def test_a_party_that_is_no_state_may_have_the_name_of_another_country() -> None:
    india = {"id": "india", "type": "organization", "name": "India", "country": "IDN"}
    assert "codes/country-name-mismatch" not in [
        rule for rule, _ in found({"/parties/2": india, "/upcoming/0/participants": ["india"]})
    ]


def test_a_state_is_known_by_its_name_in_any_case() -> None:
    india = {"id": "india", "type": "state", "name": "INDIA", "country": "IDN"}
    finding = only({"/parties/2": india, "/upcoming/0/participants": ["india"]})
    assert (finding.message, finding.help) == (
        "`IDN` is Indonesia, but the party is called INDIA",
        "did you mean `IND`?",
    )


def test_a_value_of_the_wrong_form_is_reported_once() -> None:
    assert found({"topics": ["Tarde"]}) == [("schema/pattern-mismatch", "/topics/0")]
    assert found({"/sources/0/language": "XQ"}) == [("schema/pattern-mismatch", "/sources/0/language")]
    assert found({"language": "EN", "/sources/0/language": "xq"}) == [
        ("schema/pattern-mismatch", "/language"),
        ("codes/unknown-language", "/sources/0/language"),
    ]


def test_a_part_of_a_name_is_not_near_to_it() -> None:
    help = only({"topics": ["affairs"]}).help
    assert help is not None
    assert not help.startswith("did you mean")


def test_a_language_that_is_none_is_answered_with_one_of_the_record_s_own_that_is_near() -> None:
    change = {"language": "haw", "/sources/0/language": "hqw-US"}
    (finding,) = [finding for finding in check_value(example(change)) if finding.rule == "codes/unknown-language"]
    assert finding.help == "did you mean `haw-US`?"


def test_a_state_of_the_past_may_have_a_name_of_today_but_not_the_reverse() -> None:
    for name, country, wrong in (("Russia", "SUN", False), ("Soviet Union", "RUS", True)):
        state = {"id": "state", "type": "state", "name": name, "country": country}
        change = {"date": "1980", "/parties/2": state, "/upcoming/0/participants": ["state"]}
        assert ("codes/country-name-mismatch" in [rule for rule, _ in found(change)]) is wrong


def test_only_the_first_hundred_unknown_scripts_are_compared() -> None:
    sources = [{"id": f"source-{number}", "type": "readout", "language": "en-Latm"} for number in range(101)]
    findings = check_value(example({f"/sources/{number}": source for number, source in enumerate(sources, 1)}))
    helps = [finding.help for finding in findings if finding.rule == "codes/unknown-language"]
    near = "did you mean `en-Latn`, `en-Latg` or `en-Latf`?"
    assert helps == [near] * 100 + ["use a four-letter script code of ISO 15924, or leave it out"]


def test_only_the_first_hundred_unknown_codes_are_compared() -> None:
    helps = [finding.help for finding in check_value(example({"topics": [f"trade-{number}" for number in range(101)]}))]
    assert len(helps) == 101
    assert all(help is not None and help.startswith("did you mean `trade`") for help in helps[:100])
    assert helps[100] == "`diplomatic-events explain topic` shows the codes and what they mean"


def test_no_more_than_three_scripts_are_offered() -> None:
    # `Wara`, `Sara`, `Gara`, `Aran` and `Arab` are all one letter from it.
    assert only({"/sources/0/language": "en-Araa"}).help == "did you mean `en-Wara`, `en-Sara` or `en-Gara`?"
