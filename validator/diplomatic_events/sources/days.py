"""Days of the week and of the month that a text names, in seven languages."""

import re
from collections.abc import Iterator
from typing import Final

_WEEK: Final = (
    r"monday|lundi|lunes|montag|понедельник|(?:星期|周|週|礼拜)一|يوم ال[اإ]ثنين",
    r"tuesday|mardi|martes|dienstag|вторник|(?:星期|周|週|礼拜)二|يوم الثلاثاء",
    r"wednesday|mercredi|miércoles|mittwoch|в среду|(?:星期|周|週|礼拜)三|يوم الأربعاء",
    r"thursday|jeudi|jueves|donnerstag|четверг|(?:星期|周|週|礼拜)四|يوم الخميس",
    r"friday|vendredi|viernes|freitag|пятниц|(?:星期|周|週|礼拜)五|يوم الجمعة",
    r"saturday|samedi|sábado|samstag|sonnabend|суббот|(?:星期|周|週|礼拜)六|يوم السبت",
    r"sunday|dimanche|domingo|sonntag|воскресень|(?:星期|周|週|礼拜)[日天]|يوم الأحد",
)
"""The days of the week from Monday on: English, French, Spanish, German, Russian, Chinese, Arabic."""

_MONTHS: Final = (
    "january|janvier|enero|januar|января|يناير|كانون الثاني",
    "february|février|febrero|februar|февраля|فبراير|شباط",
    "march|mars|marzo|märz|марта|مارس|آذار",
    "april|avril|abril|апреля|أبريل|نيسان",
    "may|mai|mayo|мая|مايو|أيار",
    "june|juin|junio|juni|июня|يونيو|حزيران",
    "july|juillet|julio|juli|июля|يوليو|تموز",
    "august|août|agosto|августа|أغسطس|آب",
    "september|septembre|septiembre|сентября|سبتمبر|أيلول",
    "october|octobre|octubre|oktober|октября|أكتوبر|تشرين الأول",
    "november|novembre|noviembre|ноября|نوفمبر|تشرين الثاني",
    "december|décembre|diciembre|dezember|декабря|ديسمبر|كانون الأول",
)

_MONTH: Final = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
_BEFORE: Final = (
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of| de)? (?:{_MONTH})\b"  # compiled when a text first comes so far
)
_ENGLISH: Final = tuple(names.partition("|")[0].capitalize() for names in _MONTHS)
_AFTER: Final = rf"\b({'|'.join(_ENGLISH)}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?[–-])"
_DAY_AND_WORD: Final = re.compile(r"[0-9](?:st|nd|rd|th|er|\.)?(?: of| de)? ?[^\W\d_]")
"""What is there wherever a day stands before a month; it is found or missed in a tenth of the time, as is the next."""
_SPACE_AND_DAY: Final = re.compile(r" \d")
_CHINESE: Final = r"(\d{1,2})月(\d{1,2})[日号]"
_NAMES_OF_DAYS: Final = "|".join(f"(?P<d{number}>{names})" for number, names in enumerate(_WEEK))


_HINTS: Final = (
    *("day", "tag", "mittwoch", "sonnabend", "undi", "rdi", "credi", "eudi", "dredi", "medi", "dimanche"),
    *("lunes", "martes", "rcoles", "jueves", "viernes", "bado", "domingo"),
)
_HINTS_BEYOND_ASCII: Final = (
    *(*_HINTS, "понедельник", "вторник", "среду", "четверг", "пятниц", "суббот", "воскресень"),
    *("星期", "周", "週", "礼拜", "يوم"),
)
"""What a text has that names a day of the week: looking for these takes a tenth of the time."""


def days_of_the_week(text: str) -> list[tuple[int, str]]:
    """The days of the week that a text names, 0 for Monday, with its own words."""
    lowered = text.lower()
    for hint in _HINTS if text.isascii() else _HINTS_BEYOND_ASCII:
        if hint in lowered:
            return [
                (int(str(found.lastgroup)[1:]), found[0]) for found in re.finditer(_NAMES_OF_DAYS, text, re.IGNORECASE)
            ]
    return []


def days_of_the_year(text: str) -> Iterator[tuple[int, int, str]]:
    """The days that a text names by month and day, with its own words."""
    for found in re.finditer(_BEFORE, text, re.IGNORECASE) if _DAY_AND_WORD.search(text) else ():
        if not found[0].endswith("may"):  # Article 5 may be invoked
            yield int(str(found.lastgroup)[1:]), int(found[1]), found[0]
    for found in re.finditer(_AFTER, text) if _SPACE_AND_DAY.search(text) else ():
        yield _ENGLISH.index(found[1]) + 1, int(found[2]), found[0]
    for found in re.finditer(_CHINESE, text) if "月" in text else ():
        yield int(found[1]), int(found[2]), found[0]


_DAY_OF_THE_WEEK: Final = "|".join(_WEEK).replace(" ", r"\s")
_MONTH_NAMES: Final = "|".join(_MONTHS).replace(" ", r"\s")
_DAY: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\sof|\sde)?\s(?:{_MONTH_NAMES})|(?:{'|'.join(_ENGLISH)})\s\d{{1,2}}(?:st|nd|rd|th)?)\b"

_OF_SOMETHING_ELSE: Final = rf"""\b(?:good|bloody|black|palm|easter|ash|holy|santo|san|bild\ am|welt\ am|journal\ du|mail\ on)\ (?:{_DAY_OF_THE_WEEK})
    |\b(?:{_DAY_OF_THE_WEEK})\ (?:times|telegraph|express|mirror|herald|agreement)
    |\b(?:the|since|until|before|after|ahead\ of|eve\ of|prior\ to|avant(?:\ le)?|depuis(?:\ le)?|après(?:\ le)?|jusqu['’]au
      |desde(?:\ el)?|antes\ del?|después\ del?|tras(?:\ el)?|hasta(?:\ el)?|seit(?:\ dem)?|vor(?:\ dem)?|nach(?:\ dem)?|bis(?:\ zum)?
      |после|до|(?<!\d\ )с)\ (?:{_DAY}|{_DAY_OF_THE_WEEK})
    |\b(?:statement|agreement|declaration|treaty|accord|protocol|memorandum|resolution|letter|note|communiqu[eé]|attacks?|visit
      |summit|elections?|meeting|talks|conference|déclaration|résolution|lettre|traité|attentats?|attaques?|visite|sommet
      |élections?|declaración|acuerdo|resolución|carta|tratado|atentados?|visita|cumbre|elecciones|заявлени\w+|соглашени\w+
      |договор\w*|резолюци\w+|письм\w+|меморандум\w*|erklärung|vereinbarung|abkommens?|vertrags?|wahlen)
      \ (?:of|on|du|de|del|от|vom)(?:\ the)?\ {_DAY}
    |(?:{_DAY}|\d{{4}}年\d{{1,2}}月\d{{1,2}}[日号])(?:,|\ of|\ de|\ del)?\ ?(?:\d{{4}})?(?:的|\ )?(?:statement|agreement|attacks?|声明|协议|协定|决议)
    |\b(?:said|says|announced|reported|confirmed|stated|told\ \w+|annoncé|déclaré|indiqué|affirmé|précisé|anunció|informó|dijo
      |declaró|señaló|сообщил\w*|заявил\w*|объявил\w*)(?:\ (?:late|early|on|ce|este|el|в|во))*\ (?:{_DAY_OF_THE_WEEK})
    |\b(?:de|du)\ (?:{_DAY_OF_THE_WEEK})|(?:{_DAY_OF_THE_WEEK})['’]s
    |(?:{_DAY_OF_THE_WEEK})\ ?(?:said|announced|reported|confirmed|stated|表示|宣布|说|称|透露)"""
"""Days that are not those of the event: in a name, of another text or event, or on which somebody reported it."""

_JOINED: Final = r"\s?(?:-|–|—|/|,|、|to|till|until|through|and|au|et|al|y|bis|und|по|и|до|إلى|حتى|و|至|到|和)\s?(?:el\s|le\s|the\s)?"
_SEVERAL: Final = rf"""\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?{_JOINED}{_DAY}|\b{_DAY}{_JOINED}\d{{1,2}}\b(?!\d|:)|{_DAY}{_JOINED}{_DAY}
    |月\d{{1,2}}[日号]?(?:至|到|-|—|–|~|、|和)(?:\d{{1,2}}月)?\d{{1,2}}[日号]
    |(?:{_DAY_OF_THE_WEEK}){_JOINED}(?:{_DAY_OF_THE_WEEK})"""
_COUNTED_FROM: Final = (
    r"\b(?:days? (?:earlier|before|later|after)|(?:previous|next|following) day|yesterday|tomorrow|la veille|le lendemain|hier|demain"
    r"|víspera|ayer|día (?:anterior|siguiente)|vortag|gestern|morgen|накануне|вчера|завтра|أمس|غد)|前一天|昨天|昨日|前日|次日|明天"
)


def without_other_days(text: str) -> str:
    """A text without the days that are plainly not those of its event, or empty if the event's are counted from another or several."""
    spaced = re.IGNORECASE | re.VERBOSE  # compiled when a text first comes so far, which takes ten milliseconds
    if re.search(_SEVERAL, text, spaced) or re.search(_COUNTED_FROM, text, re.IGNORECASE):
        return ""
    return re.sub(_OF_SOMETHING_ELSE, " ", text, flags=spaced)
