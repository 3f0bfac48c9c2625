"""Names against a text: whether any word of them stands in it, in whatever spelling and inflection."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from diplomatic_events.sources.search import searched

_FIRST_LETTERS: Final = 3
"""So many letters of a name are hardly ever changed where it is written as another language writes it."""

_SAMPLE: Final = 2_000
"""So many characters of a text, evenly spread, tell which scripts it is written in."""

_SHARE: Final = 20
"""A text is written in a script if at least one in so many of its letters is of it."""

_ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"})
"""Scripts that have spaces between words, and in which what is joined to a word follows it."""

_WITHOUT_SPACES: Final = frozenset({"CJK", "HANGUL"})
"""Scripts of names in which no space stands between family name and given name."""

_PARTICLES: Final = frozenset(
    re.findall(
        r"\w+",
        "al el abd abdul abu bin bint ibn ben de da di do dos das del della der den des du la le las los van von und and y e "
        "zu zur af av ter ten mr mrs ms dr sir lord lady the of بن ابن بنت ال ابو عبد ام ابي",
    )
)
"""Words that many names share, so that they name nobody."""

_ALIKE: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "e",
        "ى": "ي",
        "ک": "ك",
        "ی": "ي",
    }
)
"""Letters that another spelling has in place of these, where the difference is no mark that could be taken off."""

_MARKS: Final = re.compile("[^\\W\\d_]+")


@cache
def script_of(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name; empty for any other character."""
    return re.split("[ -]", unicodedata.name(letter, ""))[0] if letter.isalpha() else ""


def _scripts(text: str) -> frozenset[str]:
    """The scripts that a text is written in to more than a small part."""
    if text.isascii():
        return frozenset({"LATIN"})
    number = Counter(script_of(letter) for letter in text[:: len(text) // _SAMPLE + 1])
    del number[""]
    return frozenset(script for script, times in number.items() if times * _SHARE >= number.total())


@lru_cache(maxsize=8)
def scripts_of(text: str) -> frozenset[str]:
    """The scripts that a text is written in to more than a small part."""
    return _scripts(text)


def folded(text: str) -> str:
    """A text without capital letters, accents and other marks on letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join([letter for letter in plain if unicodedata.category(letter)[0] != "M"])
    return unicodedata.normalize("NFC", letters).translate(_ALIKE)  # Hangul is composed again


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    return folded(text)


@lru_cache(maxsize=8)
def _words(text: str) -> list[str]:
    """Every word of a text once, folded and in order."""
    return sorted(set(_MARKS.findall(_folded(text))))


def words_of(name: str) -> list[str]:
    """The words of a name that can be looked for: folded, without initials, and without particles if there are others."""
    words = [word for word in _MARKS.findall(folded(name)) if len(word) > 1 or script_of(word) not in _ALPHABETS]
    return [word for word in words if word not in _PARTICLES] or words


def shares_a_word(part: str, name: str) -> bool:
    """Whether a part of a name and a whole name have a word in common, or cannot be compared as their scripts differ."""
    words = words_of(part)
    joined = "".join(_MARKS.findall(folded(name)))
    if not words or not joined or "".join(words) in joined:
        return True
    return script_of(words[0][0]) != script_of(joined[0]) or not set(words).isdisjoint(words_of(name))


def is_named(text: str, names: Sequence[str], *, same_language: bool = True) -> bool:
    """Whether a text has a word of some names, or may have one in a script that none of the names is written in.

    The first name is the one in the record's language. Where the text is in another, all but the first letters may differ;
    and Chinese and Japanese write the same name with other characters. Otherwise only endings may differ.
    """
    scripts: set[str] = set()
    for name in names:
        words = words_of(name)
        if not words or any(_stands(text, word, same_language) for word in words):
            return True
        scripts.update(script_of(word[0]) for word in words)
    return not scripts_of(text) <= scripts or (not same_language and script_of(words_of(names[0])[0][0]) == "CJK")


def _stands(text: str, word: str, same_language: bool) -> bool:  # noqa: FBT001  # as its caller has it
    script = script_of(word[0])
    if script in _ALPHABETS:
        return _begins_a_word(_words(text), word, same_language)
    find = searched(_folded(text)).find
    if script in _WITHOUT_SPACES and len(word) > 2:
        return any(find(word[at : at + 2]) >= 0 for at in range(len(word) - 1))
    stem = word.removeprefix("ال") if len(word) > 4 else word
    return find(stem) >= 0


def _begins_a_word(words: list[str], word: str, same_language: bool) -> bool:  # noqa: FBT001  # as its caller has it
    """Whether one of some words is a given one but for its ending."""
    length = len(word)
    if length < _FIRST_LETTERS or (length == _FIRST_LETTERS and same_language):
        at = bisect_left(words, word)
        return at < len(words) and words[at] == word
    stem = word[: max(4, length - 2) if same_language else _FIRST_LETTERS]
    at = bisect_left(words, stem)
    return at < len(words) and words[at].startswith(stem)


_SPELT: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("tsch|tch", "ch"), ("sch", "sh"), ("kh", "h"), ("zh", "j"), ("ph", "f"), ("ck|q", "k"), ("w", "v"), ("x", "ks"),
        ("gu(?=[ei])", "g"), ("ou|oo", "u"), ("tz", "ts"), ("[jy]", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Letters of a name that languages in Latin letters write in one way or another."""

_NUMERAL: Final = re.compile("[ivx]+")
_LONG: Final = 5
"""In names of words as long as this, one vowel for another is a matter of spelling: Mohammed and Muhammad, not Li and Lu."""

_VOWELS: Final = str.maketrans("oe", "ua")


@lru_cache(4096)
def spelling(name: str) -> str:
    """What the spellings of one name have in common, whatever the order of its words; empty for a name without any."""
    words = [word for word in words_of(name) if word not in _PARTICLES]
    numbers = re.findall(r"\d+", name) if words else []
    if not words or script_of(words[0][0]) != "LATIN":
        return " ".join(sorted(words) + numbers)
    alike = " ".join(sorted([word if _NUMERAL.fullmatch(word) else _plainly(word) for word in words]) + numbers)
    return alike.translate(_VOWELS) if len(words) > 1 and min(map(len, words)) >= _LONG else alike


def _plainly(word: str) -> str:
    for pattern, plain in _SPELT:
        word = pattern.sub(plain, word)
    return word
