"""What may stand between two passages and says nothing: punctuation, and the conjunctions that join them."""

import re
import unicodedata
from typing import Final

_CONJUNCTIONS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "ar": "و أو او لكن ثم أن فيما بينما كما",
        "bg": "и или а но че",
        "cs": "a i ale nebo či že zatímco",
        "da": "og eller men at mens samt",
        "de": "und oder aber sondern doch denn sowie während wobei dass daß",
        "el": "και ή αλλά ενώ ότι",
        "en": "and or nor but yet so while whereas as that",
        "es": "y e o u ni pero sino mientras que",
        "fa": "و یا اما ولی که",
        "fi": "ja tai mutta sekä että",
        "fr": "et ou ni mais or donc car puis tandis que qu",
        "he": "ו או אבל כי",
        "hi": "और तथा एवं या लेकिन कि",
        "hu": "és vagy de míg hogy",
        "id": "dan atau tetapi serta sedangkan bahwa",
        "it": "e ed o od ma né mentre che",
        "ja": "と や が 及び および 並びに ならびに また 又は または そして",
        "ko": "및 와 과 또는 그리고 또",
        "nl": "en of maar noch want terwijl dat",
        "no": "og eller men at mens samt",
        "pl": "i oraz a ale lub albo zaś że",
        "pt": "e ou nem mas enquanto que",
        "ro": "și şi sau dar iar că",
        "ru": "и или либо а но да что как тогда",
        "sr": "и или а али да i ili a ali da",
        "sv": "och eller men att medan samt",
        "th": "และ หรือ แต่ ว่า",
        "tr": "ve veya ya da ama ancak ki",
        "uk": "і й та або чи а але що",
        "vi": "và hoặc nhưng rằng",
        "zh": "和 与 與 及 以及 并 並 而 或 但 同 暨",
    }.items()
}
"""Words that join what stands before and after them, by language."""

_IN_ANY: Final = frozenset().union(*_CONJUNCTIONS.values())
_WORDLESS: Final = ("P", "Z", "C", "Sm", "Sk")
"""The categories of characters that are no part of a word, and no sign such as `€` or an emoji."""


def says_something(passage: str, language: str | None) -> bool:
    """Whether a passage in a language, which need not be known, is more than punctuation and conjunctions."""
    joining = _CONJUNCTIONS.get((language or "").partition("-")[0].lower(), _IN_ANY)
    return any(_bare(match[0]).casefold() not in joining | {""} for match in re.finditer(r"\S+", passage))


def _bare(word: str) -> str:
    """A word without the punctuation around it."""
    begin = next((at for at, mark in enumerate(word) if _is_of_word(mark)), len(word))
    end = next((len(word) - at for at, mark in enumerate(reversed(word)) if _is_of_word(mark)), begin)
    return word[begin:end]


def _is_of_word(mark: str) -> bool:
    return not unicodedata.category(mark).startswith(_WORDLESS)
