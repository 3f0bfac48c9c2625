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
        "ү": "у",
        "ұ": "у",
        "ө": "о",
        "қ": "к",
        "ғ": "г",
        "ң": "н",
        "і": "и",
        "є": "е",
        "ґ": "г",
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
    if not scripts_of(text) <= scripts or (not same_language and script_of(words_of(names[0])[0][0]) == "CJK"):
        return True
    return any(_stands_respelt(text, name) for name in names)


_CAPITALISED: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*")
_ENDINGS: Final = 2
"""So many letters an ending has, or more than the one in whose place it stands."""

_SHORTEST: Final = 3
"""A name of fewer consonants is like too many words."""


def _stands_respelt(text: str, name: str) -> bool:
    """Whether a text has a word with a capital letter that may be a word of a name, spelt or inflected in another way.

    Pavlem is Pavel, Бушем is Буш, and Qadhafi is Gaddafi. Of Korean names, the family's alone may stand before an office.
    """
    words = [word for word in words_of(name) if script_of(word[0]) in _ALPHABETS]
    if not words:
        family = name[:1]
        return script_of(family) == "HANGUL" and re.search(rf"(?<!\w){family}\s\w", text) is not None
    if not _skeletons(text).isdisjoint(map(_consonants, words)):
        return True
    return any(
        len(word) <= _LONG
        and word[:_FIRST_LETTERS] == other[:_FIRST_LETTERS]
        and abs(len(word) - len(other)) <= _ENDINGS
        for word in words
        if len(word) >= _FIRST_LETTERS
        for other in _capitalised(text)
    )


@lru_cache(maxsize=8)
def _capitalised(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital letter, folded and without the marks within them."""
    found = {
        word for word in _CAPITALISED.findall(text) if word[0].isupper() or "-" in word or "’" in word or "'" in word
    }
    whole = {"".join(_MARKS.findall(folded(word))) for word in found}
    return frozenset(whole.union(*[_MARKS.findall(folded(word)) for word in found]))


@lru_cache(maxsize=8)
def _skeletons(text: str) -> frozenset[str]:
    return frozenset(map(_consonants, _capitalised(text)))


_SOUNDS: Final = str.maketrans("dgqcbvz", "tkkkpfs", "aeiouyjhаеиоуыэюяйъьё")


def _consonants(word: str) -> str:
    """The consonants of a word, those that languages or transcriptions confuse made one; the whole word if they are few."""
    plain = _plainly(re.sub("kh|gh", "k", word))
    sounds = re.sub(r"(.)\1+", r"\1", plain.translate(_SOUNDS))
    return sounds if len(sounds) >= _SHORTEST else plain


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
