"""A stand-in for a language model that corrects a draft: it does what it is told, and nothing else."""

import re
from collections.abc import Callable
from typing import Any, Final

Json = dict[str, Any]

_TELLING: Final = (
    "(?:did you mean|should it be|replaced by|call this one|leave it out:) `([^`]+)`", '(?:write|use) [`"]([^`"]+)[`"]$',
)  # fmt: skip


def corrected(draft: Json, repair: Json) -> set[str]:
    """Follow every finding as far as its words go, and tell of which rules some could be followed.

    From the end, so that places stay what they are.
    """
    return {
        finding["rule"] for finding in reversed(repair["findings"]) if any(follow(draft, finding) for follow in _WAYS)
    }


def _use_passage(draft: Json, finding: Json) -> bool:
    """Copy the first passage, and where it stands if the words alone do not tell."""
    if not finding.get("passages"):
        return False
    passage = finding["passages"][0]
    quote = {"source": passage["source"], "exact": passage["text"], "prefix": "", "suffix": ""}
    if finding["rule"] in ("evidence/ambiguous", "evidence/context-mismatch"):
        quote |= {"prefix": passage["before"], "suffix": passage["after"]}
    place = _value(draft, finding["pointer"])
    if isinstance(place, list):
        place[:] = [quote]
    else:
        (place if isinstance(place, dict) else _value(draft, _parent(finding["pointer"]))).update(quote)
    return True


def _fill_in(draft: Json, finding: Json) -> bool:
    """Write the first code or id where one is missing, or else what the help says that the text is about."""
    if not finding.get("missing"):
        return False
    missing = finding["missing"][0]
    _write(draft, missing["pointer"], missing.get("allowed", [finding.get("help", "").partition(": ")[2]])[0])
    return True


def _set_property(draft: Json, finding: Json) -> bool:
    """`should X be Y?` and `set X to Y`: the property beside the place, or in it."""
    told = re.search(r"(?:should|set) `(\w+)` (?:be|to) `([^`]+)`", finding.get("help", ""))
    if not told:
        return False
    at = finding["pointer"].split("/")
    holders = ["/".join(at[:end]) for end in range(len(at), 0, -1)]
    holder = next(place for place in holders if isinstance(found := _value(draft, place), dict) and told[1] in found)
    _write(draft, f"{holder}/{told[1]}", told[2])
    return True


def _use_word(draft: Json, finding: Json) -> bool:
    """`did you mean X?`, `use X`, `write X`: the words of the help for those that stand there."""
    told = next(filter(None, (re.search(words, finding.get("help", "")) for words in _TELLING)), None)
    if told:
        _write(draft, finding["pointer"], told[1])
    return told is not None


def _use_duration(draft: Json, finding: Json) -> bool:
    told = re.search(r"it lasted (\S+), not", finding["message"])
    if told:
        _write(draft, finding["pointer"], told[1])
    return told is not None


def _use_number(draft: Json, finding: Json) -> bool:
    """`does not have the number X` and `the evidence has Y`: Y for X, in a text or as a number."""
    wrong = re.search(r"does not have the number `([^`]+)`", finding["message"])
    right = re.search(r"the evidence has `([^`]+)`", finding.get("help", ""))
    if not (wrong and right):
        return False
    value = _value(draft, finding["pointer"])
    number = float(right[1].replace(",", "").replace(" ", ""))
    _write(draft, finding["pointer"], value.replace(wrong[1], right[1]) if isinstance(value, str) else number)
    return True


def _remove(draft: Json, finding: Json) -> bool:
    """`remove it`, `leave out one of the two`, and what repeats another entry: the entry, whose id may be the place."""
    told = re.search(r"\bremove (?:it|the entry|one)\b|\bleave out one\b", finding.get("help", ""))
    place = finding["pointer"].removesuffix("/id")
    holder = _value(draft, _parent(place))
    if not (told or "repeats" in finding["message"]) or not isinstance(holder, list):
        return False
    del holder[int(place.rpartition("/")[2])]
    return True


def _choose(draft: Json, finding: Json) -> bool:
    """Write the first code or id of those that are allowed."""
    if finding.get("allowed"):
        _write(draft, finding["pointer"], finding["allowed"][0])
    return "allowed" in finding


_WAYS: Final[tuple[Callable[[Json, Json], bool], ...]] = (
    _use_passage, _fill_in, _set_property, _use_word, _use_duration, _use_number, _remove, _choose,
)  # fmt: skip
"""The ways to follow a finding, of which the first that applies is taken."""


def _parent(pointer: str) -> str:
    return pointer.rpartition("/")[0]


def _value(draft: Any, pointer: str) -> Any:
    for token in pointer.split("/")[1:]:
        draft = draft[int(token)] if isinstance(draft, list) else draft[token]
    return draft


def _write(draft: Any, pointer: str, value: Any) -> None:
    """Put a value at a place: into the list of none or one that stands there, or as the entry that an empty list lacks."""
    holder, last = _value(draft, _parent(pointer)), pointer.rpartition("/")[2]
    if isinstance(holder, list):
        holder[int(last) : int(last) + 1] = [value]
    else:
        holder[last] = [value] if isinstance(holder[last], list) else value
