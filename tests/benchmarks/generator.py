"""Records like the reference example, as many as are wanted: invented meetings with their texts, in several scripts.

    python tests/benchmarks/generator.py NUMBER FILE.ndjson [--faults SHARE]

The same number gives the same records. They have 11 KB (of 1,000 bytes) on average in UTF-8, and no finding but for the
share that has one fault.
"""

import argparse
import json
import random
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

Json = dict[str, Any]


class Tongue(NamedTuple):
    """How a language says what the invented reports say. Names stand for the speaker, the party and the topic."""

    tag: str
    names: tuple[str, ...]
    towns: tuple[str, ...]
    arrived: str
    said: str
    quoted: str
    agreed: str
    next: str
    filler: tuple[str, ...]


TONGUES: Final = (
    Tongue(
        "en",
        ("Ana Ruiz", "Jan Novák", "Mary O’Neil", "Piotr Zieliński", "Chen Wei", "Aisha Bello", "Tomás Herrera"),
        ("Geneva", "Port Ellis", "Kaltenburg", "San Telmo", "Nordhavn"),
        "{office} {name} of {party} arrived in {town} with a delegation of {size}.",
        "{name} said that {party} was ready to deepen cooperation in {topic} with its neighbours.",
        "“We will keep the road open in {topic}, as we always have,” {name} said for {party}.",
        "{one} and {other} signed a memorandum on {topic} after the {nth} round.",
        "A {nth} meeting on {topic} will be held in {town} next year.",
        (
            "The talks went on until late in the evening, and the officials described them as frank and useful.",
            "Observers noted that the atmosphere had improved since the last round, which ended without a communiqué.",
            "Security in the centre of the town was tight, and the bridges were closed to traffic for some hours.",
        ),
    ),
    Tongue(
        "fr",
        (
            "Élodie Marchand",
            "Luc Béranger",
            "Inès Fournier",
            "Noël Garnier",
            "Chloé Lefèvre",
            "Hugo Delmas",
            "Agathe Rousseau",
        ),
        ("Genève", "Saint-Aubin", "Montclair", "Villeneuve-sur-Orne"),
        "{office} {name} ({party}) est arrivé à {town} avec une délégation de {size} personnes.",
        "{name} a déclaré que {party} était prêt à approfondir la coopération en matière de {topic}.",
        "« Nous garderons la route ouverte pour {topic}, comme toujours », a dit {name} pour {party}.",
        "{one} et {other} ont signé un mémorandum sur {topic} après la {nth} séance.",
        "Une réunion ({nth}) sur {topic} aura lieu à {town} l’année prochaine.",
        (
            "Les entretiens se sont prolongés tard dans la soirée, dans une ambiance que les participants ont dite franche.",
            "Les observateurs ont noté que le climat s’était amélioré depuis la dernière série de pourparlers.",
        ),
    ),
    Tongue(
        "ru",
        ("Анна Орлова", "Иван Соколов", "Мария Белова", "Пётр Зимин", "Ольга Крылова", "Сергей Волков", "Дарья Титова"),
        ("Женева", "Новогорск", "Белоярск", "Приморск"),
        "{office} {name} ({party}) прибыл в город {town} с делегацией из {size} человек.",
        "{name} заявил, что {party} готова углублять сотрудничество в области {topic} с соседями.",
        "«Мы сохраним путь открытым в области {topic}, как всегда», — сказал {name} от имени {party}.",
        "{one} и {other} подписали меморандум о {topic} после раунда {nth}.",
        "Встреча {nth} по теме {topic} состоится в городе {town} в следующем году.",
        (
            "Переговоры продолжались до позднего вечера, и участники назвали их откровенными и полезными.",
            "Наблюдатели отметили, что обстановка улучшилась со времени последнего раунда.",
        ),
    ),
    Tongue(
        "zh",
        ("李明华", "王晓燕", "陈建国", "赵丽颖", "孙志强", "周文博", "吴思远"),
        ("日内瓦", "海宁城", "江北市", "青山镇"),
        "{party}{office}{name}率领{size}人的代表团抵达{town}。",
        "{name}表示,{party}愿意与邻国在{topic}方面深化合作。",
        "“我们将一如既往地在{topic}方面保持道路畅通,”{name}代表{party}说。",
        "{one}和{other}在第{nth}轮会谈后签署了关于{topic}的谅解备忘录。",
        "关于{topic}的第{nth}次会议将于明年在{town}举行。",
        ("会谈一直持续到深夜,与会官员称会谈坦诚而富有成果。", "观察人士指出,自上一轮会谈以来气氛有所改善。"),
    ),
    Tongue(
        "ar",
        ("ليلى حداد", "سامي منصور", "نور الخطيب", "كريم زيدان", "هدى صالح", "يوسف قاسم", "رامي عبود"),
        ("جنيف", "الميناء الجديد", "عين الوادي"),
        "وصل {office} {name} من {party} إلى {town} مع وفد من {size} أشخاص.",
        "قال {name} إن {party} مستعدة لتعميق التعاون في مجال {topic} مع جيرانها.",
        "«سنبقي الطريق مفتوحا في مجال {topic} كما هو الحال دائما»، قال {name} باسم {party}.",
        "وقع {one} و {other} مذكرة تفاهم بشأن {topic} بعد الجولة {nth}.",
        "سيعقد الاجتماع {nth} حول {topic} في {town} في العام المقبل.",
        ("استمرت المحادثات حتى وقت متأخر من المساء ووصفها المسؤولون بأنها صريحة ومفيدة.",),
    ),
)
OFFICES: Final = (
    ("minister", "foreign-affairs", {"en": "Foreign Minister", "fr": "Ministre des affaires étrangères", "ru": "Министр иностранных дел", "zh": "外交部长", "ar": "وزير الخارجية"}),
    ("minister", "defence", {"en": "Defence Minister", "fr": "Ministre de la défense", "ru": "Министр обороны", "zh": "国防部长", "ar": "وزير الدفاع"}),
    ("minister", "trade", {"en": "Trade Minister", "fr": "Ministre du commerce", "ru": "Министр торговли", "zh": "商务部长", "ar": "وزير التجارة"}),
)  # fmt: skip
TOPICS: Final = ("trade", "security", "energy", "education", "health", "culture")
PARTIES: Final = (
    "Freedonia",
    "Sylvania",
    "Ruritania",
    "Graustark",
    "Borduria",
    "Syldavia",
    "Zubrowka",
    "Elbonia",
    "Latveria",
)


class _Report:
    """A source's text, as it grows, and the evidence for what it says."""

    def __init__(self) -> None:
        self.text = ""

    def say(self, sentence: str) -> list[Json]:
        """Add a sentence, and quote it."""
        self.text += " " if self.text else ""
        start = len(self.text)
        self.text += sentence
        return [{"source": "report", "exact": sentence, "start": start, "end": len(self.text)}]


def record(number: int) -> Json:
    """The record of that number, without a fault."""
    chance = random.Random(number)
    tongue = chance.choice(TONGUES)
    report = _Report()
    parties = chance.sample(PARTIES, chance.randint(4, 7))
    names = chance.sample(tongue.names, len(parties))
    town = chance.choice(tongue.towns)
    year, month, day = chance.randint(1950, 2024), chance.randint(1, 12), chance.randint(1, 28)
    date = f"{year}-{month:02}-{day:02}"
    people: list[Json] = []
    delegations: list[Json] = []
    for index, party in enumerate(parties):
        level, portfolio, titles = chance.choice(OFFICES)
        named = {"name": names[index], "party": party, "town": town, "office": titles[tongue.tag]}
        people.append({"id": f"person-{index}", "name": names[index]})
        evidence = report.say(tongue.arrived.format(size=chance.randint(2, 40), **named))
        member = {
            "id": f"member-{index}",
            "person": f"person-{index}",
            "office": {"title": titles[tongue.tag], "level": level, "portfolio": portfolio},
            "role": "head",
            "evidence": evidence,
        }
        delegations.append(
            {"id": f"delegation-{index}", "party": party.lower(), "capacity": "participant", "members": [member]}
        )
        report.say(chance.choice(tongue.filler))
    whole = {
        "schemaVersion": "1.0",
        "id": f"meeting-{number}-{date}",
        "language": tongue.tag,
        "title": f"Meeting {number} of {len(parties)} parties in {town} (invented)",
        "type": "meeting",
        "status": "held",
        "date": date,
        "topics": chance.sample(TOPICS, 2),
        "places": [{"city": f"{town} {number}"}],  # no two records are of the same event
        "parties": [{"id": party.lower(), "type": "other", "name": party} for party in parties],
        "people": people,
        "delegations": delegations,
        "statements": list(_statements(chance, tongue, report, parties, names)),
        "outcomes": [_outcome(chance, tongue, report, parties, names)],
        "upcoming": [_upcoming(chance, tongue, report, parties, year)],
        "annotations": [
            {"target": "next-meeting/date", "kind": "inferred", "basis": "The report says next year."},
            {"target": "/date", "kind": "uncertain", "basis": "The report has only the weekday."},
        ],
        "evidence": report.say(chance.choice(tongue.filler) + f" [{number}]"),
    }
    source = {"id": "report", "type": "news-article", "published": date, "language": tongue.tag, "text": report.text}
    return {**whole, "sources": [source]}


def _statements(
    chance: random.Random, tongue: Tongue, report: _Report, parties: list[str], names: list[str]
) -> Iterator[Json]:
    for index in range(chance.randint(5, 11)):
        who = chance.randrange(len(parties))
        topic = chance.choice(TOPICS)
        direct = chance.random() < 0.4
        said = {"name": names[who], "party": parties[who], "topic": f"{topic} {index}"}
        evidence = report.say((tongue.quoted if direct else tongue.said).format(**said))
        exact = str(evidence[0]["exact"])
        text = _between_quotation_marks(exact) if direct else exact
        statement = {
            "id": f"statement-{index}",
            "speakers": [f"member-{who}"],
            "addressees": [parties[(who + 1) % len(parties)].lower()],
            "form": "direct" if direct else "indirect",
            "text": text,
            "act": chance.choice(("pledge", "propose", "welcome")),
            "topics": [topic],
            "evidence": evidence,
        }
        yield statement
        if chance.random() < 0.5:
            report.say(chance.choice(tongue.filler))


def _between_quotation_marks(text: str) -> str:
    start = next(index for index, mark in enumerate(text) if mark in "“«") + 1
    end = next(index for index, mark in enumerate(text) if mark in "”»")
    return text[start:end].strip()


def _outcome(chance: random.Random, tongue: Tongue, report: _Report, parties: list[str], names: list[str]) -> Json:
    one, other = chance.sample(range(len(parties)), 2)
    topic = chance.choice(TOPICS)
    said = {"one": names[one], "other": names[other], "topic": topic, "nth": chance.randint(2, 9)}
    return {
        "id": "memorandum",
        "type": "memorandum",
        "title": f"Memorandum on {topic}",
        "status": "signed",
        "parties": [parties[one].lower(), parties[other].lower()],
        "signatories": [f"member-{one}", f"member-{other}"],
        "evidence": report.say(tongue.agreed.format(**said)),
    }


def _upcoming(chance: random.Random, tongue: Tongue, report: _Report, parties: list[str], year: int) -> Json:
    town, topic = chance.choice(tongue.towns), chance.choice(TOPICS)
    return {
        "id": "next-meeting",
        "title": f"Next meeting on {topic}",
        "date": str(year + 1),
        "place": {"city": town},
        "participants": [party.lower() for party in parties],
        "evidence": report.say(tongue.next.format(town=town, topic=topic, nth=chance.randint(2, 9))),
    }


FAULTS: Final = 6
"""How many kinds of fault `faulty` makes."""


def faulty(number: int) -> Json:
    """The record of that number with one fault, of another kind from record to record."""
    whole = record(number)
    kind = number % FAULTS
    if kind == 0:
        whole["statements"][0]["evidence"][0]["exact"] += "x"
    elif kind == 1:
        whole["delegations"][1]["party"] = "nowhere"
    elif kind == 2:
        whole["date"] = whole["date"][:4] + "-02-30"
    elif kind == 3:
        whole["tpye"] = whole.pop("type")
    elif kind == 4:
        whole["outcomes"][0]["status"] = "singed"
    else:
        whole["statements"][1]["evidence"][0]["start"] += 1
    return whole


def records(number: int, faults: float = 0.0) -> Iterator[Json]:
    """So many records, of which a share has a fault: evenly spread."""
    for index in range(number):
        due = int((index + 1) * faults) > int(index * faults)
        yield faulty(index) if due else record(index)


def write(path: str, number: int, faults: float = 0.0) -> None:
    """Write records, a line each."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in records(number, faults))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write invented records for measurements.")
    parser.add_argument("number", type=int)
    parser.add_argument("file")
    parser.add_argument("--faults", type=float, default=0.0, help="the share of records with a fault, from 0 to 1")
    given = parser.parse_args()
    write(given.file, given.number, given.faults)
