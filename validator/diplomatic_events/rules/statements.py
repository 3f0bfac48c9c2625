"""`statements/…`: what was said, in the form and the words of the source."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Fix, Issue, Note, Put
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, NOTE, WARNING, Rule
from diplomatic_events.rules.record import Entry, Record
from diplomatic_events.schema.languages import primary
from diplomatic_events.sources.quotes import Match, difference, look_up_evidence, only_place, passage_meant
from diplomatic_events.sources.search import TOO_LONG, Allowance, searched
from diplomatic_events.sources.texts import SourceText

_STATEMENTS: Final = ("statements/*/form", "statements/*/text", "statements/*/evidence")
_SOURCES: Final = ("sources/*/id", "sources/*/text", "sources/*/textFile")
OPENING: Final = "“„«‹‘‚「『\"'”»"
CLOSING: Final = "”“»›’」』\"'«"
"""Marks that begin or end a quotation in some language; the same mark can do either."""

_SCRIPTS: Final = {
    "CYRILLIC": "be bg kk ky mk mn ru sr tg uk uz az tt ba ce",
    "ARABIC": "ar fa ps ur ku ug sd az pa ks ms",
    "CJK": "zh ja ko yue cmn wuu nan hak lzh vi",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el grc",
    "HEBREW": "he yi",
    "DEVANAGARI": "hi mr ne sa kok mai bho",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
    "BENGALI": "bn as",
    "TAMIL": "ta",
    "ETHIOPIC": "am ti",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "SINHALA": "si",
    "TELUGU": "te",
    "TIBETAN": "bo dz",
}
"""The first word of the Unicode names of a script's characters, and the languages that are written in it."""

_NOT_LATIN: Final = frozenset(
    [
        "be",
        "bg",
        "mk",
        "mn",
        "ru",
        "uk",
        "kk",
        "ky",
        "tg",
        "ar",
        "fa",
        "ps",
        "ur",
        "zh",
        "ja",
        "ko",
        "el",
        "he",
        "hi",
        "mr",
        "ne",
        "hy",
        "ka",
        "th",
        "bn",
        "ta",
        "am",
        "km",
        "lo",
        "my",
        "si",
        "te",
        "bo",
        "dz",
        "yue",
        "cmn",
    ]
)
"""Languages that are hardly ever written in Latin letters unless the tag says so."""


class _Look(NamedTuple):
    """What a first look at the statements of a record has seen: statements of which a rule may find something."""

    direct: bool = False
    indirect: bool = False
    mixed: bool = False
    foreign: bool = False
    repeated: bool = False


@lru_cache(maxsize=1)
def _look(record: Record) -> _Look:
    """One pass over the statements for all rules here; most records have nothing that needs a second one."""
    language = primary(record.value["language"])
    direct = indirect = mixed = foreign = False
    texts = set()
    statements = record.listed("statements")
    for _, statement in statements:
        form, text, quotes = statement["form"], statement["text"], statement["evidence"]
        texts.add(text)
        if form == "direct":
            direct = direct or not _is_plainly_quoted(text, quotes)
        elif form == "indirect":
            indirect = indirect or _may_have_a_mark(quotes)
        else:
            mixed = True
        foreign = foreign or not _begins_in(language, text)
    return _Look(direct, indirect, mixed, foreign, len(texts) < len(statements))


def _saw(name: str) -> Callable[[Record], bool]:
    """Whether the first look has seen something of one sort."""
    return lambda record: bool(getattr(_look(record), name))


def _is_plainly_quoted(text: str, quotes: list[dict[str, Any]]) -> bool:
    """Whether the words of a statement stand between two quotation marks of its evidence."""
    for quote in quotes:  # noqa: SIM110  # mostly there is one quote, and `any` would take as long as the search
        if _is_a_quotation_in(quote["exact"], text):
            return True
    return False


def _may_have_a_mark(quotes: list[dict[str, Any]]) -> bool:
    for quote in quotes:  # noqa: SIM110  # as above
        if _MAY_BE_MARK.search(quote["exact"]):
            return True
    return False


def _begins_in(language: str, text: str) -> bool:
    """Whether a text begins with a letter of a language: one of the right script is enough, and usually it is the first."""
    return _is_letter_of(language, text[0]) or (text.isascii() and language not in _NOT_LATIN)


@lru_cache(maxsize=1)
def _not_plainly_quoted(record: Record) -> list[Entry]:
    """The direct statements whose text does not stand between two quotation marks of their evidence, as that of most does."""
    return [
        (path, statement)
        for path, statement in record.listed("statements")
        if statement["form"] == "direct" and not _is_plainly_quoted(statement["text"], statement["evidence"])
    ]


@Rule(
    "statements/direct-without-quotation-marks", severity=WARNING, first_look=_saw("direct"), needs=_SOURCES, apart=_STATEMENTS,
    bad={"/statements/1/form": "direct", "/statements/1/text": "his country welcomed the offer"},
    good={"/statements/0/act": "announce"}, at="/statements/1",
    says="the statement is direct, but its evidence has no quotation marks",
    helps="should `form` be `indirect`?",
    fixed={"/statements/1/form": "indirect", "/statements/1/text": "his country welcomed the offer"},
)  # fmt: skip
def direct_without_quotation_marks(record: Record) -> Iterator[Issue]:
    """A statement is `direct`, but its evidence is not in quotation marks.

    A direct statement has the speaker's own words, as quoted by the source. Reported speech has the reporter's. A part of a
    longer quotation is direct too, and so are a `transcript`, a record with each speaker's name before their words, an answer
    in an interview, and what follows a dialogue dash.

    Set `form` to `indirect`, or quote the passage with its quotation marks.
    """
    allowance = Allowance()
    for path, statement in _not_plainly_quoted(record):
        if not any(_is_marked(record, quote, allowance) for quote in statement["evidence"]):
            message = "the statement is direct, but its evidence has no quotation marks"
            yield Issue(path, message, "should `form` be `indirect`?")


def _is_marked(record: Record, evidence: dict[str, Any], allowance: Allowance) -> bool:
    exact = evidence["exact"]
    if _ANY_MARK.search(exact) or re.match(_SPEAKER_LABEL, exact) or _is_verbatim(record, evidence):
        return True
    from diplomatic_events.sources.quotations import gives_own_words  # few passages without marks are called direct

    text = record.sources.get(evidence["source"])
    if not isinstance(text, SourceText):
        return gives_own_words(exact, 0, len(exact))
    if not allowance.covers(text.content):
        record.unfinished.add(("the rest of the quotes", TOO_LONG))
        return True
    start = _place(text, evidence)
    if start is None:
        return False
    end = start + len(exact)
    if text.content[max(0, start - 1) : start] in tuple(OPENING) and text.content[end : end + 1] in tuple(CLOSING):
        return True
    return gives_own_words(text.content, start, end)


def _place(text: SourceText, evidence: dict[str, Any]) -> int | None:
    """Where a piece of evidence stands, if that is certain."""
    if "start" in evidence:
        return int(evidence["start"])
    if "prefix" in evidence or "suffix" in evidence:
        found = look_up_evidence(text.content, evidence)
        return found.start if found.match is Match.FOUND else None
    return only_place(text.content, evidence["exact"])


def _is_verbatim(record: Record, evidence: dict[str, Any]) -> bool:
    """Whether the source of a piece of evidence is a word-for-word record, which needs no quotation marks."""
    source = record.find(evidence["source"], "source")
    return source is not None and source.value.get("type") == "transcript"


_ANY_MARK: Final = re.compile(r"[“”„«»‹›「」『』\"]|(?<!\w)(?:[‘'״]|``)(?=\w)")
_SPEAKER_LABEL: Final = r"\s*(?:[QARPВО]\s?[.:：–—-]|[问問答][:：]|(?:Question|Answer|Réponse|Pregunta|Respuesta|Frage|Antwort|Вопрос|Ответ)\s?[:–—-]|[A-Z][A-Z .’'-]+:)\s?"
"""What stands before the words of one who asks or answers, in an interview; compiled when a passage first comes so far."""
_MAY_BE_MARK: Final = re.compile("[“”„«»‹›「」『』\"‘'״`]")
"""A passage without these has no mark: that takes a twentieth of the time to find out."""


@Rule(
    "statements/indirect-in-quotation-marks", severity=WARNING, first_look=_saw("indirect"), needs=_SOURCES, apart=_STATEMENTS,
    bad={"/statements/0/form": "indirect", "/statements/0/evidence": [
        {"source": "report", "exact": "“We will open the border,”"}]},
    good={"/statements/0/form": "indirect", "/statements/0/text": "Freedonia will open the border."}, at="/statements/0",
    says="the statement is indirect, but its evidence is one quotation",
    helps="should `form` be `direct`?",
    fixed={"/statements/0/form": "direct",
            "/statements/0/evidence": [{"source": "report", "exact": "“We will open the border,”"}]},
)  # fmt: skip
def indirect_in_quotation_marks(record: Record) -> Iterator[Issue]:
    """A statement is `indirect`, but its text, or all of its evidence, is in quotation marks.

    The source quotes the speaker's own words, and the record does not say so.

    Set `form` to `direct`, or to `mixed` if some of the words are the reporter's.
    """
    for path, statement in record.listed("statements"):
        if statement["form"] != "indirect":
            continue
        if not _may_have_a_mark(statement["evidence"]):
            continue
        passages = [quote["exact"] for quote in statement["evidence"]]
        if all(_is_one_quotation(passage.strip()) for passage in passages):
            message = "the statement is indirect, but its evidence is one quotation"
            yield Issue(path, message, "should `form` be `direct`?")
        elif any(_stands_quoted(statement["text"], passage) for passage in passages):
            message = "the statement is indirect, but its text stands in quotation marks"
            yield Issue(path, message, "should `form` be `direct`?")


_SHORT: Final = 8
"""So few characters may be a word that the source puts in quotation marks in passing."""


def _stands_quoted(text: str, evidence: str) -> bool:
    """Whether evidence has a text word for word between quotation marks."""
    words = text.rstrip(" .,;:!?…。，！？")
    start = evidence.find(words)
    if start <= 0 or len(words) < _SHORT or not _ANY_MARK.search(evidence):
        return False
    from diplomatic_events.sources.quotations import quotations  # few indirect statements come so far

    return any(begin < start and start + len(words) < end for begin, end in quotations(evidence))


def _is_one_quotation(exact: str) -> bool:
    begin, body, end = exact[:1], exact[1:-1], exact[-1:]
    if begin and begin in "‘'":
        return end in "’'" and not re.search(r"[‘’'](?!\w)|(?<!\w)[‘’']", body)
    return bool(body) and begin in '“„«「『"' and end in '”“»」』"' and not _MARK.search(body)


@Rule(
    "statements/mixed-without-quotation-marks", severity=WARNING, first_look=_saw("mixed"), needs=_SOURCES, apart=_STATEMENTS,
    bad={"/statements/1/form": "mixed"}, good={"/statements/0/form": "mixed"}, at="/statements/1",
    says="the statement is mixed, but its evidence has no quotation marks",
    helps="should `form` be `indirect`?",
    fixed={"/statements/1/form": "indirect"},
)  # fmt: skip
def mixed_without_quotation_marks(record: Record) -> Iterator[Issue]:
    """A statement is `mixed`, but its evidence has no quotation marks.

    A mixed statement has words of the speaker, as the source quotes them, within words of the reporter.

    Set `form` to `indirect`, or quote the passage that has the speaker's own words.
    """
    allowance = Allowance()
    for path, statement in record.listed("statements"):
        if statement["form"] == "mixed" and not any(
            _is_marked(record, quote, allowance) for quote in statement["evidence"]
        ):
            message = "the statement is mixed, but its evidence has no quotation marks"
            yield Issue(path, message, "should `form` be `indirect`?")


@Rule(
    "statements/text-not-in-evidence", severity=ERROR, first_look=_saw("direct"), fixes=("unsafe",),
    needs=("sources/*/id", "language", "sources/*/language"), apart=(*_STATEMENTS, "statements/*/language"),
    bad={"/statements/0/text": "We will open the border tomorrow"}, good={"/statements/0/text": "We will open the border."},
    at="/statements/0/text",
    says="the words do not occur in the statement's evidence, from `tomorrow` on",
    helps="copy the words from the evidence, or correct `form`",
)  # fmt: skip
def text_not_in_evidence(record: Record) -> Iterator[Issue]:
    """The words of a direct statement do not occur in its evidence.

    Direct speech is quoted word for word; anything else puts words into the speaker's mouth.

    Copy the words from the evidence, or add the passage that has them. Words in square brackets, and a `said the minister`
    between commas or dashes, need not be copied. A translation is allowed if the words or the source
    are in another language than the record: say so in `language`.
    """
    statements = _not_plainly_quoted(record)
    if not statements:
        return
    own = primary(record.value["language"])
    foreign = {source["id"] for _, source in record.listed("sources") if primary(source.get("language", own)) != own}
    allowance = Allowance()
    for path, statement in statements:
        quotes = statement["evidence"]
        if primary(statement.get("language", own)) != own or any(quote["source"] in foreign for quote in quotes):
            continue
        missing = _first_missing(statement["text"], " ".join(quote["exact"] for quote in quotes))
        if (
            missing is not None
            and not any(_is_misquoted(record, quote, statement["text"], allowance) for quote in quotes)
            and _missing_from(
                _as_spoken(statement["text"]),
                [_as_spoken(own) for quote in quotes for own in _own_words(record, quote, allowance)],
            )
        ):
            yield Issue(
                (*path, "text"),
                f"the words do not occur in the statement's evidence, from `{missing}` on",
                "copy the words from the evidence, or correct `form`",
                fix=_word_fix(record, path, statement) if record.helps("words") else None,
            )


def _word_fix(record: Record, path: Pointer, statement: dict[str, Any]) -> Fix | None:
    """The words of the statement with the one that the evidence has in place of another."""
    text = statement["text"]
    for quote in statement["evidence"] if len(text) <= _MOST_FIXED else ():
        found = None if text in quote["exact"] else difference(quote["exact"], text)
        if found is None or passage_meant(quote["exact"], text, found) is None:
            continue
        ours, theirs = text[slice(*found.quoted)], quote["exact"][slice(*found.text)]
        if re.fullmatch(r"\w+", ours) and re.fullmatch(r"\w+", theirs):
            right = text[: found.quoted[0]] + theirs + text[found.quoted[1] :]
            return Fix(
                f"write `{theirs}`, as the evidence has it, not `{ours}`", (Put((*path, "text"), right),), safe=False
            )
    return None


_MOST_FIXED: Final = 10_000
"""In longer words of a speaker, nobody has slipped in one word."""


def _is_misquoted(record: Record, quote: dict[str, Any], text: str, allowance: Allowance) -> bool:
    """Whether the source has the words but not the quote, so that the quote is what is wrong."""
    source = record.sources.get(quote["source"])
    if not isinstance(source, SourceText) or not allowance.covers(source.content):
        return False
    find = searched(source.content).find
    return find(quote["exact"]) < 0 <= find(text)


def _own_words(record: Record, quote: dict[str, Any], allowance: Allowance) -> list[str]:
    """The pieces of a quote that are the speaker's own words, by what stands around it in the source if that is known."""
    source, exact = record.sources.get(quote["source"]), quote["exact"]
    if _is_verbatim(record, quote):
        return [exact]
    from diplomatic_events.sources.quotations import own_words  # as above

    if isinstance(source, SourceText) and allowance.covers(source.content):
        start = _place(source, quote)
        if start is not None:
            return own_words(source.content, start, start + len(exact))
    return own_words(exact, 0, len(exact))


_INSERTED: Final = r"\s?\[(?!…|\.\.\.)[^\[\]]*\]"
_LETTER_IN_BRACKETS: Final = r"(?<!\w)\[(\w)\](?=\w)"
_ASIDE: Final = r"[,.!?]?\s?[—–-]\s[^—–«»“”]{2,80}?\s[—–-](?=\s)|,\s[^,«»“”]{3,80},"


def _as_spoken(text: str) -> str:
    """Some words without what others put among them: in brackets, or that somebody said them."""
    if "[" in text:
        text = re.sub(_INSERTED, "", re.sub(_LETTER_IN_BRACKETS, r"\1", text))
    if re.search(_ASIDE, text):
        from diplomatic_events.sources.speakers import has_a_verb_of_saying  # few words of speakers come so far

        return re.sub(_ASIDE, lambda found: " " if has_a_verb_of_saying(found[0]) else found[0], text)
    return text


def _first_missing(text: str, evidence: str) -> str | None:
    """The first word of a text that was not quoted, or None if all of it was.

    The reporter's words between two parts of a quotation do not count, and an ellipsis may leave words out.
    """
    return _missing_from(text, [double or single for double, single in re.findall(_QUOTATION, evidence)] or [evidence])


def _missing_from(text: str, pieces: list[str]) -> str | None:
    """The first word of a text that does not follow the word before it in some pieces, which are read on from one another."""
    quoted = [word.casefold() for word in _words(" ".join(pieces))]
    start = 0
    for part in re.split(r"\[?…\]?|\[?\.\.\.\]?", text):
        words = _words(part)
        place, length = _longest_run([word.casefold() for word in words], quoted, start)
        if length < len(words):
            return words[length]
        start = place + length
    return None


def _is_a_quotation_in(evidence: str, text: str) -> bool:
    """Whether evidence has a text unchanged between two quotation marks, as for most direct statements."""
    start = evidence.find(text)
    if start <= 0:
        return False
    end = start + len(text)
    if (evidence[start - 1], evidence[end : end + 1]) not in _PAIRS:
        around = evidence[:start].rstrip()[-1:], evidence[end:].lstrip()[:1]
        if around not in _PAIRS:
            return False
    return not _MARK.search(text)


_PAIRS: Final = {("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"), ('"', '"'), ("״", "״")}
_MARK: Final = re.compile('[“”„«»「」『』"]')
_QUOTATION: Final = '[“„«「『"]([^“”„«»「」『』"]+)[”“»」』"]|‘((?:[^‘’]|’(?=\\w))+)’'


def _longest_run(words: list[str], quoted: list[str], start: int) -> tuple[int, int]:
    """Where the longest beginning of some words occurs among the quoted ones, and how many words it has.

    By the algorithm of Knuth, Morris and Pratt: it never goes back among the quoted words, however often they repeat.
    """
    best, shorter, length = (start, 0), _shorter(words), 0
    for place in range(start, len(quoted)):
        if best[1] == len(words):
            break
        while length and words[length] != quoted[place]:
            length = shorter[length - 1]
        length += words[length] == quoted[place]
        if length > best[1]:
            best = (place + 1 - length, length)
    return best


def _shorter(words: list[str]) -> list[int]:
    """For each beginning of some words, how long the longest shorter beginning is with which it ends."""
    lengths, length = [0] * len(words), 0
    for place in range(1, len(words)):
        while length and words[length] != words[place]:
            length = lengths[length - 1]
        length += words[length] == words[place]
        lengths[place] = length
    return lengths


def _words(text: str) -> list[str]:
    """The words of a text, or its characters if the script has no spaces between words."""
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+",
                      unicodedata.normalize("NFC", text))  # fmt: skip


@Rule(
    "statements/language-mismatch", severity=NOTE, first_look=_saw("foreign"), needs=("language",), apart=("statements/*/text",),
    bad={"/statements/1/text": "Страна приветствует предложение."}, good={"/statements/1/text": "Sylvania says «да»."},
    at="/statements/1/text",
    says="the text is in Cyrillic letters, but the record's language is `en`",
    fixed={"/statements/1/text": "Sylvania welcomes the offer."},
)  # fmt: skip
def language_mismatch(record: Record) -> Iterator[Issue]:
    """A statement is in a script that is not used for the record's language.

    The text of a statement is in the record's own language; its evidence has the words of the source.

    Translate the text, or correct the record's `language`.
    """
    tag = record.value["language"]
    if re.search("-[A-Z][a-z]{3}", tag):
        return
    language = primary(tag)
    for path, statement in record.listed("statements"):
        if _begins_in(language, statement["text"]):
            continue
        letter = next(filter(str.isalpha, statement["text"]), None)
        if letter is None or _is_letter_of(language, letter):
            continue
        scripts = _scripts(statement["text"])
        if scripts and not any(_is_written_in(language, script) for script in scripts):
            letters = " and ".join(sorted("Chinese" if script == "CJK" else script.capitalize() for script in scripts))
            yield Issue((*path, "text"), f"the text is in {letters} letters, but the record's language is `{tag}`")


def _scripts(text: str) -> set[str]:
    """The scripts of a text's letters, or none if there are hardly any letters."""
    scripts = {_script_of(letter) for letter in set(text)} - {""}
    return scripts if scripts and sum(map(str.isalpha, text)) > _HARDLY_ANY else set()


_HARDLY_ANY: Final = 3


@cache
def _script_of(character: str) -> str:
    """The script of a letter, by the first word of its Unicode name; empty for any other character."""
    return re.split("[ -]", unicodedata.name(character, ""))[0] if character.isalpha() else ""


@lru_cache(4096)
def _is_letter_of(language: str, character: str) -> bool:
    return character.isalpha() and _is_written_in(language, _script_of(character))


@cache
def _is_written_in(language: str, script: str) -> bool:
    if script == "LATIN":
        return language not in _NOT_LATIN
    return script not in _SCRIPTS or language in _SCRIPTS[script].split()


@Rule(
    "statements/repeated", severity=WARNING, first_look=_saw("repeated"),
    apart=("statements/*/id", "statements/*/speakers", "statements/*/text", "statements/*/programmeItem"),
    bad={"/statements/2": {
        "id": "border-2", "speakers": ["ruiz"], "form": "direct", "text": "We will open the border,",
        "evidence": [{"source": "report", "exact": "“We will open the border,”"}]}},
    good={"/statements/2": {
        "id": "border-2", "speakers": ["sylvanian-minister"], "form": "direct", "text": "We will open the border,",
        "evidence": [{"source": "report", "exact": "“We will open the border,”"}]}},
    at="/statements/2",
    says="the same speakers already said this",
    fixed={"/statements/2": None},
)  # fmt: skip
def repeated(record: Record) -> Iterator[Issue]:
    """The same speakers make the same statement twice.

    Statistics would count the statement twice.

    Keep one of the two, with the evidence of both.
    """
    first: dict[tuple[Any, ...], tuple[Pointer, str]] = {}
    statements = record.listed("statements")
    for path, statement in statements:
        key = (tuple(sorted(statement["speakers"])), statement["text"], statement.get("programmeItem"))
        place, id = first.setdefault(key, (path, statement["id"]))
        if id != statement["id"]:  # another rule reports a duplicate id
            yield Issue(path, "the same speakers already said this", notes=(Note(place, "the first is here"),))
