"""The right spelling that is suggested for a wrong one."""

import pytest

from diplomatic_events.suggest import Vocabulary, did_you_mean, misspelt, nearest, plain, question

COUNTRIES = ["belarus", "belgium", "belize", "benin", "poland"]


def test_the_nearest_comes_first() -> None:
    assert nearest("belgum", COUNTRIES)[0] == "belgium"


def test_one_that_comes_much_nearer_than_the_others_stands_alone() -> None:
    assert nearest("belarsu", COUNTRIES) == ["belarus"]


def test_several_that_are_equally_near_are_all_named() -> None:
    assert sorted(nearest("cat", ["bat", "hat", "rat", "dog"])) == ["bat", "hat", "rat"]
    assert len(nearest("cat", ["bat", "hat", "rat"], most=2)) == 2


def test_capitals_do_not_matter_and_the_right_ones_are_given_back() -> None:
    assert nearest("SCHEMAVERSION", ["schemaVersion"]) == ["schemaVersion"]
    assert nearest("chn", ["CHN", "CHE"])[0] == "CHN"


def test_of_two_candidates_that_differ_in_capitals_only_the_first_is_named() -> None:
    assert nearest("x-a", ["X-A", "x-A"]) == ["X-A"]


def test_what_comes_near_nothing_gets_no_suggestion() -> None:
    assert nearest("xyz", COUNTRIES) == []
    assert nearest("", COUNTRIES) == []
    assert nearest("belarus", []) == []
    assert did_you_mean("xyz", COUNTRIES) is None


def test_very_long_words_are_not_compared() -> None:
    assert nearest("x" * 200, ["x" * 199]) == ["x" * 199]
    assert nearest("x" * 201, ["x" * 199]) == []
    assert nearest("x" * 199, ["x" * 201]) == []


def test_a_cutoff_says_how_near_is_near() -> None:
    assert nearest("bela", ["belarus"], cutoff=0.9) == []
    assert nearest("bela", ["belarus"], cutoff=0.5) == ["belarus"]


@pytest.mark.parametrize(
    ("candidates", "text"),
    [
        ([], None),
        (["a"], "did you mean `a`?"),
        (["a", "b"], "did you mean `a` or `b`?"),
        (["a", "b", "c"], "did you mean `a`, `b` or `c`?"),
    ],
)
def test_a_question_reads_as_one(candidates: list[str], text: str | None) -> None:
    assert question(candidates) == text


@pytest.mark.parametrize(
    "word",
    ["visite d'état", "Visite d’État", "visite-d-etat", "visite-dEtat", " VISITE_D'ETAT ", "visite d'e\u0301tat"],
)
def test_a_word_is_the_same_however_it_is_written(word: str) -> None:
    assert plain(word) == "visite d etat"


def test_a_word_of_signs_only_is_empty() -> None:
    assert plain(" -_'! ") == ""


@pytest.mark.parametrize("wrong", ["visit", "visti", "vist", "visitt", "visits"])
def test_one_slip_is_a_misspelling(wrong: str) -> None:
    assert misspelt(wrong, ["visit", "summit"]) == ["visit"]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("unofficial", "official"),  # it denies it
        ("visit", "site visit"),
        ("conference", "press conference"),
        ("leader", "adviser"),
        ("junior", "senior"),  # two letters, and another beginning
        ("trade minister", "prime minister"),  # two letters of five
    ],
)
def test_what_means_something_else_is_no_misspelling(wrong: str, right: str) -> None:
    assert misspelt(wrong, [right]) == []


def test_a_phrase_is_misspelt_word_by_word_or_written_together() -> None:
    assert misspelt("stat vsit", ["state visit"]) == ["state visit"]
    assert misspelt("statevisit", ["state visit"]) == ["state visit"]


def test_the_fewest_slips_count() -> None:
    assert misspelt("adoptd", ["adopted", "adapted"]) == ["adopted"]


OUTCOMES = Vocabulary(
    [
        ("agreement", ["agreement"], ["accord", "deal"]),
        ("memorandum", ["memorandum", "Memorandum of understanding"], ["mou"]),
        ("deputy-minister", ["deputy-minister"], ["vice minister"]),
        ("minister", ["minister"], []),
        ("press-conference", ["press-conference"], []),
        ("conference", ["conference"], []),
    ],
    nouns=True,
)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("MoU", ["memorandum"]),
        ("understanding, memorandum of", ["memorandum"]),
        ("agreements", ["agreement"]),
        ("acord", ["agreement"]),
        ("memo", ["memorandum"]),
        ("trade-agreement", ["agreement"]),
        ("memorandum-on-trade", ["memorandum"]),
        ("agreement-signing", []),
        ("trade-minister", ["minister"]),
        ("deputy-trade-minister", ["deputy-minister"]),
        ("assistant-trade-minister", []),
        ("peace-conference", ["conference"]),
        ("closing-press-conference", ["press-conference"]),
        ("agreed-by", []),
        ("accord-memorandum", ["agreement", "memorandum"]),
        ("treaty", []),
        ("", []),
        ("-", []),
        ("deal " * 13, []),
        ("agreement" + "t" * 200, []),
    ],
)
def test_a_word_for_a_thing_a_kind_of_it_and_a_misspelling_mean_it(wrong: str, right: list[str]) -> None:
    assert OUTCOMES.meant(wrong) == right


def test_what_is_no_noun_may_stand_anywhere_in_a_phrase() -> None:
    subjects = Vocabulary([("defence", ["defence"], ["defense"]), ("trade", ["trade"], [])])
    assert subjects.meant("defense-minister") == ["defence"]
    assert subjects.meant("ministry-of-trade") == ["trade"]
    assert subjects.meant("defence-and-trade") == ["defence", "trade"]
