"""The right words nearest to a wrong one."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_MUCH: Final = 0.12
_SLIPS: Final = ((2, 0), (5, 1), (9, 2))
"""Up to which length of a word how many letters may be wrong; in longer ones, three may."""

_DENIALS: Final = ("un", "in", "non", "dis", "anti")
_DENYING: Final = frozenset({"not", "no", "non", "without", "semi", "half", "deputy", "vice", "assistant", "press"})
"""Before a noun, these make another thing of it: a deputy minister is no minister, a press conference no conference."""

_PREPOSITIONS: Final = frozenset(
    {"of", "for", "with", "on", "in", "to", "at", "from", "by", "de", "d", "du", "des", "von"}
)
_ENDING: Final = "(?<=...)(?:ing|ed|s|e)+$"
_MOST_MEANT: Final = 3
_MOST_WORDS: Final = 12
_SHORTEST: Final = 3
_SHORTEST_SLIP: Final = 5
LONGEST: Final = 200
"""Longer words are not compared: the time grows with the product of the two lengths."""

MOST_HELPED: Final = 100
"""The right spelling is looked for in at most this many faults of one rule in a record: it is slow."""


def plain(word: str) -> str:
    """A word or phrase without what differs from writer to writer: `stateVisit`, `State-Visit` and `state visit` are one."""
    apart = re.sub("(?<=[a-z0-9])(?=[A-Z][a-z])", " ", word)
    letters = (
        letter for letter in unicodedata.normalize("NFKD", apart.casefold()) if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"[^\W_]+", "".join(letters)))


def nearest(wrong: str, right: Iterable[str], *, most: int = 3, cutoff: float = 0.6) -> list[str]:
    """The candidates most similar to a misspelt word, best first, whatever their case.

    If one is much more similar than the others, only that one.
    """
    from difflib import SequenceMatcher, get_close_matches  # imported only when there is a finding

    if len(wrong) > LONGEST:
        return []
    by_folded: dict[str, str] = {}
    for candidate in right:
        if len(candidate) <= LONGEST:
            by_folded.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(wrong.casefold(), by_folded, most, cutoff)
    likeness = [SequenceMatcher(None, match, wrong.casefold()).ratio() for match in matches]
    return [by_folded[match] for match, like in zip(matches, likeness, strict=True) if like > likeness[0] - _MUCH]


class Vocabulary:
    """The names of some things, and the words that people use for them: which things a wrong word may mean.

    What is only spelt alike is not meant: `visit` is no misspelling of `site-visit`. In a phrase, the things that it names
    are meant; where they are ``nouns``, only if the last noun is one: a trade agreement is an agreement, an agreement's
    signing is none.
    """

    def __init__(self, words: Iterable[tuple[str, Iterable[str], Iterable[str]]], *, nouns: bool = False) -> None:
        """Take each thing with its names and its synonyms."""
        self._names: dict[str, list[str]] = {}
        self._all: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._nouns = nouns
        for thing, names, synonyms in words:
            for name in map(plain, names):
                _append(self._names, name, thing)
                _append(self._all, name, thing)
            for word in map(plain, synonyms):
                _append(self._all, word, thing)
        for word, things in self._all.items():
            for thing in things:
                _append(self._stems, _stem(word), thing)

    def meant(self, wrong: str) -> list[str]:
        """The things that a word means: first those that it is a word for, then those that it is similar to."""
        word = plain(wrong)
        if not word or len(word) > LONGEST:
            return []
        return (
            self._all.get(word)
            or self._stems.get(_stem(word))
            or self._found(misspelt(word, self._names))
            or self._beginning(word)
            or self._within(word)
            or self._found(misspelt(word, self._all, careful=True))
        )[:_MOST_MEANT]

    def named(self, word: str) -> list[str]:
        """The things that a word means without any misspelling."""
        word = plain(word)
        if not word or len(word) > LONGEST:
            return []
        return self._all.get(word) or self._stems.get(_stem(word)) or self._within(word)

    def same(self, wrong: str, *, misspelt_too: bool) -> str | None:
        """The only thing that a word is another word for, or of whose name it is a misspelling."""
        word = plain(wrong)
        if not word or len(word) > LONGEST:
            return None
        found = self._all.get(word) or self._stems.get(_stem(word))
        if not found and misspelt_too:
            found = self._found(misspelt(word, self._names))
        return found[0] if found and len(found) == 1 else None

    def _found(self, words: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(thing for word in words for thing in self._all[word]))

    def _beginning(self, word: str) -> list[str]:
        """The thing whose name is a word that begins so: `telecom`."""
        names = [name for name in self._names if name.startswith(word) and " " not in name]
        return self._found(names) if len(names) == 1 and len(word) >= _SHORTEST else []

    def _within(self, phrase: str) -> list[str]:
        """The things that are named within a phrase; of nouns, only if its last noun is among them."""
        words = phrase.split()
        if len(words) > _MOST_WORDS or words[-1] == "by":  # what is replaced by another thing does not replace it
            return []
        end = len(words)
        if self._nouns:
            end = next((place for place, word in enumerate(words) if place and word in _PREPOSITIONS), end)
        found: list[str] = []
        while end > 0:
            start = next((start for start in range(end) if self._at(words, start, end)), None)
            if start is not None:
                found = [*self._at(words, start, end), *found]
            elif self._nouns and not found:
                return []
            end = end - 1 if start is None else start
        return list(dict.fromkeys(found))

    def _at(self, words: list[str], start: int, end: int) -> list[str]:
        """The things that some words of a phrase name, with the word before them that makes another thing of it."""
        denying = [word for word in words[:start] if word in _DENYING]
        if end - start == 1 < len(words) and words[start] in _DENYING:
            return []
        return self._stems.get(_stem(" ".join([*denying, *words[start:end]])), [])


def _append(lists: dict[str, list[str]], key: str, value: str) -> None:
    values = lists.setdefault(key, [])
    if value not in values:
        values.append(value)


def _stem(phrase: str) -> str:
    """A phrase in any order, without the endings of English verbs and plurals."""
    return " ".join(sorted(re.sub(_ENDING, "", word).replace("y", "i") for word in phrase.split()))


def misspelt(wrong: str, right: Iterable[str], *, careful: bool = False) -> list[str]:
    """The words of which a wrong one, in the form that `plain` gives, is a misspelling: those with the fewest slips.

    Of a short word only one letter may be wrong, since words that are similar by chance do not mean the same; so of any
    word, if ``careful`` or if it begins with another letter. A phrase is compared word by word.
    """
    found: dict[str, int] = {}
    for word in right:
        slips = _slips_of_phrase(wrong, word, careful=careful)
        if slips is not None:
            found[word] = slips
    return [word for word, slips in found.items() if slips == min(found.values())]


def _slips_of_phrase(one: str, other: str, *, careful: bool) -> int | None:
    """How many slips make one phrase of another, or None if they are too many to be slips."""
    ones, others = one.split(), other.split()
    if len(ones) != len(others):
        return 0 if one.replace(" ", "") == other.replace(" ", "") else None
    total = 0
    for word, meant in zip(ones, others, strict=True):
        length = min(len(word), len(meant))
        most = next((slips for longest, slips in _SLIPS if length <= longest), 3)
        most = min(most, 1) if careful or word[0] != meant[0] else most
        slips = _slips(word, meant, most)
        if slips > most or _denies(word, meant):
            return None
        total += slips
    return total


def is_slip(one: str, other: str) -> bool:
    """Whether of two ids one is the other with a letter too many, or with two letters swapped, in one longer word, or its plural.

    Another letter in place of one makes another name too often: Hansen is not Jansen, nor Zambia Gambia.
    """
    ones, others = one.split("-"), other.split("-")
    if len(ones) != len(others) or abs(len(one) - len(other)) > 1 or len(one) > LONGEST:
        return False
    differing = [pair for pair in zip(ones, others, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    short, long = sorted(differing[0], key=len)
    if long == f"{short}s" and len(short) > _SHORTEST:
        return True
    if len(short) < _SHORTEST_SLIP or not (short + long).isalpha():
        return False
    if len(short) == len(long):
        return sorted(short) == sorted(long) and _slips(short, long, 1) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _denies(one: str, other: str) -> bool:
    """Whether one of two words is the other one after a prefix that turns its meaning round: `unofficial`, `official`."""
    return any(one == prefix + other or other == prefix + one for prefix in _DENIALS)


def _slips(one: str, other: str, most: int) -> int:
    """How many letters differ, are missing, too many or swapped with the next; a number beyond `most` is not exact."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    here = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, here = before, here, [i]
        for j, wanted in enumerate(other, 1):
            slips = min(before[j] + 1, here[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                slips = min(slips, earlier[j - 2] + 1)
            here.append(slips)
        if min(here) > most:
            return most + 1
    return here[-1]


def did_you_mean(wrong: str, right: Iterable[str], *, most: int = 3) -> str | None:
    """A question that names the nearest candidates, or None if none is similar enough."""
    return question(nearest(wrong, right, most=most))


def question(candidates: list[str]) -> str | None:
    """The question for some candidates: ``did you mean `belarus`?``."""
    if not candidates:
        return None
    named = [f"`{candidate}`" for candidate in candidates]
    return f"did you mean {named[0] if len(named) == 1 else ', '.join(named[:-1]) + ' or ' + named[-1]}?"
