"""Who speaks according to a passage: the words beside its only verb of saying, outside quotation marks.

Of a passage that has two such verbs, a pronoun for a subject, or several sentences, nothing is said: a person may be named in
it whose words it does not give.
"""

import re
from typing import Final, NamedTuple

from diplomatic_events.sources.names import folded
from diplomatic_events.sources.quotations import quotations


class Subject(NamedTuple):
    """The words that name a speaker, folded and in their order, what stands before them or the verb, and the whole passage
    without what it quotes.
    """

    words: tuple[str, ...]
    before: str
    passage: str


_QUOTED: Final = "”"
"""What stands for a quotation once its words are left out."""

_VERB: Final = re.compile(
    r"""(?<![^\W\d_])(?:
    (?:ha[sd]\s+|have\s+|also\s+|then\s+|later\s+)*
        (?P<en>said|says|added|declared|stated|replied|explained|noted|remarked|stressed|emphasi[sz]ed)\b
    |(?:ha[sd]\s+|have\s+|also\s+|then\s+|later\s+)*
        (?:told|announced|answered|responded|affirmed|reaffirmed|reiterated|underlined|underscored|warned|insisted|argued|claimed
        |pledged|promised|asked|urged|called|demanded|denied|criticised|criticized|condemned|praised|welcomed|thanked
        |expressed|pointed|recalled|confirmed|repeated|suggested|proposed|accused|admitted|mentioned|assured)\b
    |(?:a|ont|avait|avaient)\s+(?:également\s+|aussi\s+|encore\s+|ensuite\s+)?
        (?P<fr>dit|déclaré|affirmé|souligné|ajouté|indiqué|estimé|expliqué|précisé|assuré|annoncé)\b
    |(?P<fr_now>déclare|affirme|souligne|ajoute|estime|explique|précise)\b
    |(?:a|ont)\s+(?:averti|rappelé|répondu|demandé|promis|remercié|condamné|salué|confirmé|accusé|réaffirmé|proposé|exprimé)\b
    |(?P<es>(?i:dijo|declaró|afirmó|señaló|subrayó|agregó|añadió|indicó|explicó|manifestó|sostuvo|aseguró|anunció|expresó))\b
    |(?i:pidió|respondió|prometió|advirtió|recordó|preguntó|reiteró|destacó|condenó|agradeció|propuso|exigió|dijeron)\b
    |(?P<pt>(?i:disse|afirmou|declarou|acrescentou|ressaltou|explicou))\b
    |(?P<de>sagten?|erklärten?|betonten?|meinten?|unterstrich(?:en)?|bekräftigten?)\b
    |(?:versichert|warnt|fordert|antwortet|dankt|kündigt|teilt|füg|lobt|kritisiert|versprach|bat|fragt|verurteilt|begrüßt)e?n?\b
    |(?P<ru>(?i:сказал|заявил|отметил|подчеркнул|добавил|сообщил|указал|пояснил)(?:а|и)?)\b
    |(?i:ответил|напомнил|призвал|попросил|обещал|пообещал|предупредил|поблагодарил|предложил|выразил|осудил|спросил)(?:а|и)?\b
    |(?:و|ف)?(?P<ar>قالت?|أكدت?|صرحت?|أضافت?|أوضحت?|أعلنت?)\b
    )|(?P<zh>说(?![明法服])|表示|指出|强调|宣布|重申|說(?![明法服])|強調)|回答|要求|感谢|呼吁|认为|称|告诉
    |(?P<after>\baccording\ to\b|\bselon\b|\bsegún\b|\blaut\b)""",
    re.VERBOSE,
)
"""Verbs of saying. Those in a group of their own may stand before who speaks: `said Mr Ruiz`, but `told Mr Ruiz` has a listener."""

_BEFORE_THE_SPEAKER: Final = ("en", "fr", "fr_now", "es", "pt", "de", "ru", "ar", "after")

_ABBREVIATED: Final = re.compile(r"\b(M|MM|Mr|Mrs|Ms|Mme|Mlle|Dr|Sr|Sra|Hr|Fr|St|Gen|Sen|Rep|Gov|г)\.")
_NEXT_SENTENCE: Final = re.compile(r"[.!?]\s+[^\W\d_]|[。！？؟](?=[^\W\d_])|\n\s*[^\W\d_]")
_ANOTHER_CLAUSE: Final = re.compile(r",\s+(?:and|but|while|et|mais|und|aber|y|pero|и|а|но|e|mas)\s")
_END: Final = re.compile(r"[,;:，；：、،—–\n”.!?。]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’](?=s\b))?|['’]s\b")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_ARABIC_ARTICLE: Final = "ال"

_PRONOUNS: Final = frozenset(
    _WORD.findall(
        folded(
            "he she they it we i you who il elle ils elles nous je qui ella ellos ellas yo quien ele ela er sie wir ich es "
            "он она они мы я кто который которая هو هي هم"
        )
    )
)
"""Words that stand for somebody named elsewhere."""

_JOINING: Final = frozenset(
    _WORD.findall(
        folded(
            "that what which as when while after before because since if whether than how where although for of to with by "
            "from on in at about against between during following under over a an s "
            "que qu dont quand comme après avant si ou avec pour par de des du d au aux chez sur dans en entre lors "
            "con por para del al desde hasta sobre cuando donde tras com do da dos das no na ao "
            "dass ob wie wenn weil nachdem bevor als mit von vom zu zum zur bei beim im am an auf für nach vor über durch gegen "
            "что как когда если после до от из к ко с со у для по о об в на при между перед "
            "إن أن في من على إلى مع عن بعد قبل ل خلال"
        )
    )
)
"""Words after which another is named than the one who speaks, or another clause begins."""

_HAN_JOINING: Final = re.compile("[的向对對和与與他她们們后後时時在给給由被把让讓等]")


_LONGEST: Final = 2_000
"""A longer passage is never plain."""


def has_a_verb_of_saying(text: str) -> bool:
    """Whether a text says that somebody said something."""
    return _VERB.search(text) is not None


def told_by(evidence: str) -> Subject | None:
    """Who speaks according to a passage, or None if that is not plain."""
    if len(evidence) > _LONGEST:
        return None
    text = _ABBREVIATED.sub(r"\1", _outside(evidence)).strip()
    verbs = list(_VERB.finditer(text))
    if len(verbs) != 1 or _NEXT_SENTENCE.search(text):
        return None
    verb = verbs[0]
    before, after = text[: verb.start()].rstrip(), text[verb.end() :]
    if verb["zh"]:
        words = _END.split(before)[-1].strip()
        return Subject((words,), before, text) if words and not _HAN_JOINING.search(words) else None
    if not _PRONOUNS.isdisjoint(_words(_END.sub(" ", before))):
        return None
    if _ANOTHER_CLAUSE.search(after):
        return None
    if not before or _END.match(before[-1]):
        first = _first(after) if any(verb[name] for name in _BEFORE_THE_SPEAKER) else []
        found = first or _around_apposition(before)
    else:
        found = [] if verb["after"] or verb["ar"] else _last(before)
    return Subject(tuple(found), before, text) if found else None


def _outside(evidence: str) -> str:
    """A passage with one mark in place of each quotation."""
    pieces, end = [], 0
    for start, stop in quotations(evidence):
        if start >= end:
            pieces.append(evidence[end:start])
            end = stop
    return _QUOTED.join([*pieces, evidence[end:]])


def _words(text: str) -> list[str]:
    return [word.strip("'’") for word in _WORD.findall(folded(text))]


def _first(after: str) -> list[str]:
    """The subject at the beginning of what follows a verb: up to the first word that joins something else."""
    words: list[str] = []
    for word in _words(_END.split(after.lstrip())[0]):
        if word in _PRONOUNS:
            return []
        if word in _JOINING:
            break
        words.append(word)
    return words


def _last(before: str) -> list[str]:
    """The subject at the end of what stands before a verb, behind a time or place that it may begin with."""
    words = _words(_END.split(before)[-1])
    words = words[1:] if words[:1] and words[0] in ("on", "in", "at") else words
    return words if _JOINING.isdisjoint(words) else []


def _around_apposition(before: str) -> list[str]:
    """The subject where a verb follows `Ruiz, the foreign minister of Freedonia,`."""
    parts = _END.split(before.rstrip(",，"))
    return _last(parts[-2]) if len(parts) > 1 and before.endswith((",", "，")) else []


_DEPUTIES: Final = re.compile(
    r"spoke|porte|parole|portavoz|vocero|sprecher|представител|секретар|发言人|發言人|aide|advis|deput|vice|former|office|ministry|"
    r"governm|deleg|wife|husband|assist|conseil|asesor|berater|помощник|заместител|советник|副|مستشار|نائب|متحدث|ناطق"
)
"""Parts of words for those who speak for somebody."""


_ARTICLES_BEFORE_NOUNS: Final = frozenset({"le", "la", "l", "el", "il"})
"""Articles of languages in which an adjective follows its noun."""


def is_a_person(subject: Subject, name: list[str]) -> bool:
    """Whether the subject is a person whose name has these words, folded."""
    last = subject.words[-1]
    if _HAN.match(last):
        return any(len(word) > 1 and word in last for word in name)
    return len(last) > 1 and last in name


def is_an_office(subject: Subject, title: str) -> bool:
    """Whether the subject is called by an office and nothing else, or by a part of its title: `the minister`."""
    words = subject.words
    if any(_DEPUTIES.search(word) for word in words):
        return False
    if _HAN.match(words[-1]):
        return words[-1].endswith(folded(title))
    head = _head(title)
    if words[0] in _ARTICLES_BEFORE_NOUNS and len(words) > 1:
        return words[1] in head[:1] or words[-1] in head[-1:]
    plain = words[0].removeprefix(_ARABIC_ARTICLE)
    return words[-1] in head[-1:] or (plain != words[0] and plain in head[:1])


def _head(title: str) -> list[str]:
    """The words of a title up to those that say of what it is the office."""
    head: list[str] = []
    for word in _words(title):
        if word in _JOINING and head:
            break
        head.append(word.removeprefix(_ARABIC_ARTICLE))
    return head


def has_a_word(text: str, title: str) -> bool:
    """Whether a text has any word of a title or a name, or a part of such a word that is a word by itself."""
    words = [word.removeprefix(_ARABIC_ARTICLE) for word in _words(text)]
    if _HAN.search(title):
        return any(title[at : at + 2] in text for at in range(len(title) - 1))
    return any(
        one[:5] == other[:5] or (len(one) > 4 and one in other) or (len(other) > 4 and other in one)
        for one in _words(title)
        for other in words
        if one not in _JOINING
    )
