"""The patterns of `.gitignore`: what they mean, and that no pattern takes longer than its length times that of a path."""

import time

import pytest

from diplomatic_events.inputs.patterns import Patterns, is_sound


def meant(pattern: str, *paths: str) -> list[str]:
    """Those of some files that a single pattern means."""
    patterns = Patterns([pattern])
    return [path for path in paths if patterns.cover(path)]


# What a pattern means


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("a.json", ["a.json", "d/a.json", "a.json/x"], ["ba.json", "a.jsonl", "a_json"]),
        ("*.json", ["a.json", ".json", "d/a.json"], ["a.jsonl", "json"]),
        ("a*", ["a", "ab", "d/ab/c"], ["ba"]),
        ("*a*b", ["ab", "xaxxb", "aab"], ["ba", "abc", "a/b"]),
        ("?", ["a", "é", "d/a"], ["ab", "dd/aa"]),
        ("/a", ["a", "a/b"], ["d/a"]),
        ("d/a", ["d/a", "d/a/b"], ["a", "e/d/a"]),
        ("d/*", ["d/a", "d/a/b"], ["d", "e/d/a"]),
        ("d/*/a", ["d/x/a"], ["d/a", "d/x/y/a"]),
        ("d/", ["d/a", "e/d/a"], ["d", "e/d"]),
        ("**/a", ["a", "d/a", "d/e/a"], ["ab", "d/ba"]),
        ("d/**", ["d/a", "d/e/a"], ["d", "e/d/a"]),
        ("d/**/a", ["d/a", "d/e/a", "d/e/f/a"], ["a", "d/e/b", "da"]),
        ("d/**/e/**/a", ["d/e/a", "d/x/e/y/a", "d/e/e/a"], ["d/a", "e/a"]),
        ("d/***/a", ["d/a", "d/e/f/a"], ["d/e/b"]),
        ("d/**a", ["d/a", "d/ba"], ["d/e/a"]),
        ("**", ["a", "d/a"], []),
        ("/**", ["a", "d/a"], []),
        ("a\\*", ["a*"], ["ab"]),
        ("\\#a", ["#a"], ["\\#a"]),
        ("\\!a", ["!a"], ["a"]),
        ("a\\ ", ["a "], ["a"]),
        ("a  ", ["a"], ["a  "]),
        ("a\t", ["a\t"], ["a"]),
        ("{a,b}", ["{a,b}"], ["a", "b"]),
        ("(a|b).+$", ["(a|b).+$"], ["a"]),
        ("[ab]", ["a", "b"], ["c", "ab"]),
        ("[a-c]x", ["ax", "bx"], ["dx", "-x"]),
        ("[!a]", ["b", "]"], ["a"]),
        ("[^a]", ["b"], ["a"]),
        ("[]a]", ["]", "a"], ["b"]),
        ("[!]a]", ["b"], ["]", "a"]),
        ("[a-]", ["a", "-"], ["b"]),
        ("[--0]", ["-", ".", "0"], ["1"]),
        ("x[.-0]y", ["x.y", "x0y"], ["x/y"]),
        ("x[!a]y", ["xby"], ["x/y"]),
        ("[\\]]", ["]"], ["\\"]),
        ("[a-\\c]", ["b"], ["\\"]),
        ("[[:alpha:]_]", ["Q", "_"], ["1", ":", "é"]),
        ("[[:digit:][:space:]]", ["7", " "], ["d"]),
        ("[[:al]", [":", "[", "a"], ["b"]),
        ("[z-a]", ["z"], ["a", "m"]),
        ("[!z-a]", ["a"], ["z"]),
        ("[a/b]", ["a"], ["d/a", "d"]),
        ("d[a/]b", ["dab"], ["d/b"]),
        ("", [], ["a"]),
        ("#a", [], ["#a", "a"]),
        ("!", [], ["!", "a"]),
        ("/", [], ["a"]),
        ("//a", [], ["a"]),
        ("a//b", [], ["a/b"]),
        ("./a", [], ["a"]),
        ("a\\", [], ["a", "a\\"]),
        ("[a", [], ["[a", "a"]),
        ("[a\\", [], ["a"]),
        ("[[:foo:]a]", [], ["a"]),
        ("[[:a", [], ["a"]),
        ("?" * 5000, [], ["?" * 5000]),
        ("a\nb", ["a\nb"], ["a", "b"]),
        ("*.json", ["a\n.json", "a\udcff.json"], []),
    ],
)
def test_a_pattern_means_what_git_s_manual_says(pattern: str, yes: list[str], no: list[str]) -> None:
    assert meant(pattern, *yes, *no) == yes


def test_the_last_pattern_that_matches_decides() -> None:
    patterns = Patterns(["*.json", "!keep.json", "d/keep.json"])
    assert [patterns.cover(path) for path in ("a.json", "keep.json", "d/keep.json", "a.txt")] == [
        True,
        False,
        True,
        False,
    ]
    assert patterns.decide("keep.json", is_folder=False) is False
    assert patterns.decide("a.txt", is_folder=False) is None


def test_what_lies_in_a_folder_that_is_meant_cannot_be_brought_back() -> None:
    patterns = Patterns(["out/", "!out/a.json"])
    assert [patterns.cover("out/a.json"), patterns.cover("out/b.json"), patterns.cover("out")] == [True, True, False]
    assert patterns.cover("out", is_folder=True)


@pytest.mark.parametrize("pattern", ["!", "!/", "a\\", "[a", "[z-a]", "[[:foo:]]", "x[b-a]", "?" * 5000])
def test_a_pattern_that_can_match_nothing_is_not_sound(pattern: str) -> None:
    assert not is_sound(pattern)


@pytest.mark.parametrize("pattern", ["", "  ", "#", "/", "a", "!a", "[a-z]*", "a/**/b/", "**", "\\ "])
def test_all_others_are_and_so_are_blank_lines_and_comments(pattern: str) -> None:
    assert is_sound(pattern)


# Time


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 10 + "b", "a" * 40),
        ("*a" * 120 + "b", "a" * 255),
        ("a*" * 2000, "a" * 255),
        ("*" * 100_000 + "b", "a" * 255),
        ("[a-z]*" * 500 + "9", "a" * 255),
        ("?*" * 120 + "b", "a" * 255),
        ("*" + "a" * 120 + "*b", "a" * 255),
        ("**/a" * 200 + "/b", "a/" * 600 + "a"),
        ("a/" + "**/b/" * 200 + "c", "a/" + "b/" * 600 + "b"),
        ("**/" * 1000 + "b", "a/" * 600 + "a"),
        ("**/" + "a*/" * 300 + "b", "aa/" * 400 + "a"),
        ("a/**/" + "*b*/**/" * 300 + "c", "a/" + "b/" * 600 + "d"),
        ("[" + "a" * 100_000 + "]", "b"),
        ("**/*/**/*" * 100 + "b", "a/" * 400 + "a"),
    ],
    ids=lambda text: f"{text[:12]}…{len(text)}",
)
def test_no_pattern_has_a_worst_case(pattern: str, path: str) -> None:
    began = time.process_time()
    patterns = Patterns([pattern])
    assert patterns.decide(path, is_folder=False) is None
    assert time.process_time() - began < 1
