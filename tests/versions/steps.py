"""The steps between the invented versions, written as steps between real ones are to be."""

from diplomatic_events.migrate.steps import Change, Loss, Record, Step, renamed, step

STEPS: dict[tuple[str, str], Step] = {}


@step("1.0", "1.1", STEPS)
def to_1_1(record: Record) -> Change:
    """Version 1.1 only adds: the mood of talks, and the type `summit`."""
    return Change(record)


@step("1.1", "1.0", STEPS)
def back_to_1_0(record: Record) -> Change:
    """Version 1.0 knows neither moods nor summits."""
    lost: list[Loss] = []
    moved: dict[str, str] = {}
    if record["type"] == "summit":
        record["type"] = "meeting"
        lost.append(Loss("/type", "that it was a summit", "the nearest code of 1.0 is `meeting`"))
        moved["/type"] = "/type"
    for number, talk in enumerate(record.get("talks", [])):
        if talk.pop("mood", None):
            lost.append(Loss(f"/talks/{number}/mood", "the mood", "talks have no mood in 1.0"))
    return Change(record, tuple(lost), moved)


@step("1.1", "1.2", STEPS)
def to_1_2(record: Record) -> Change:
    """Version 1.2 only adds the weather."""
    return Change(record)


@step("1.2", "1.1", STEPS)
def back_to_1_1(record: Record) -> Change:
    """Version 1.1 does not know the weather."""
    return _without_weather(record)


@step("1.2", "2.0", STEPS)
def to_2_0(record: Record) -> Change:
    """Version 2.0 renames the host, merges city and venue, drops weather, moods, audiences and nameless talks."""
    record, weather, _ = _without_weather(record)
    lost = list(weather)
    moved = {"/city": "/place/city"}
    place = {"city": record["city"]}
    if "venue" in record:
        place["venue"] = record.pop("venue")
        moved["/venue"] = "/place/venue"
    record = renamed(record | {"city": place}, {"city": "place", "host": "hostedBy"})
    if "hostedBy" in record:
        moved["/host"] = "/hostedBy"
    if record["type"] == "audience":
        record["type"] = "meeting"
        lost.append(Loss("/type", "that it was an audience", "2.0 has only the wider code `meeting`"))
        moved["/type"] = "/type"
    talks, lost_talks, moved_talks = _talks_of_2_0(record.pop("talks", []))
    if talks:
        record["talks"] = talks
    return Change(record, (*lost, *lost_talks), moved | moved_talks)


def _talks_of_2_0(talks: list[Record]) -> tuple[list[Record], list[Loss], dict[str, str]]:
    kept: list[Record] = []
    lost: list[Loss] = []
    moved: dict[str, str] = {}
    for number, talk in enumerate(talks):
        here = f"/talks/{number}"
        if "subject" not in talk:
            lost.append(Loss(here, "a talk", "it has no subject, which 2.0 asks for"))
            continue
        if talk.pop("mood", None):
            lost.append(Loss(f"{here}/mood", "the mood", "talks have no mood in 2.0"))
        if number != len(kept):
            moved[here] = f"/talks/{len(kept)}"
        kept.append(talk)
    return kept, lost, moved


@step("2.0", "1.2", STEPS)
def back_to_1_2(record: Record) -> Change:
    """Version 1.2 has the city and the venue apart, and no outcome."""
    lost: tuple[Loss, ...] = ()
    if record.pop("outcome", None):
        lost = (Loss("/outcome", "the outcome", "1.2 has no place for it"),)
    place = record["place"]
    moved = {"/place": "/city", "/place/city": "/city"}
    if "venue" in place:
        record["venue"] = place["venue"]
        moved["/place/venue"] = "/venue"
    if "hostedBy" in record:
        moved["/hostedBy"] = "/host"
    record = renamed(record | {"place": place["city"]}, {"place": "city", "hostedBy": "host"})
    return Change(record, lost, moved)


def _without_weather(record: Record) -> Change:
    if record.pop("weather", None):
        return Change(record, (Loss("/weather", "the weather", "only 1.2 had it"),))
    return Change(record)
