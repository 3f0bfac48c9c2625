"""Who did what with or to whom: the directed dyads of a record, as event data have them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final, NamedTuple

from diplomatic_events.export.tables import EVENT, Column, Table

DYADS: Final = Table(
    "dyads",
    "Who did what with or to whom, a row for each direction: parties that took part in an event that was held, what "
    "was said to or about somebody, and what parties agreed or addressed to others.",
    (
        EVENT,
        Column("path", "text", "The `path` of the row that says so; empty if it is the event itself."),
        Column("kind", "text", "What it is: `event`, `statement` or `outcome`."),
        Column("date", "text", "The date of the event or, if it has one, of the statement."),
        Column("action", "text", "The event's type, the statement's act or the outcome's type; absent if a statement has no act."),
        Column("cameo", "text", "The nearest event code of CAMEO, if there is one."),
        Column("relation", "text", "How the target is involved: `with`, `to` or `about`."),
        Column("actor", "text", "Who did it: the id of a party, person, delegation or member."),
        Column("actor_party", "text", "The party of the actor, if it is known.", refers_to=("parties",)),
        Column("target", "text", "The other side: the id of a party, person, delegation or member."),
        Column("target_party", "text", "The party of the target, if it is known.", refers_to=("parties",)),
    ),
)  # fmt: skip

BY_PHONE: Final = "041"
MAKE_A_VISIT: Final = "042"
HOST_A_VISIT: Final = "043"
"""Codes of CAMEO that depend on more than the type of an event."""

CODELISTS: Final = {"event": "event-type", "statement": "speech-act", "outcome": "outcome-type"}


class _Act(NamedTuple):
    kind: str
    path: str
    date: str
    action: str | None
    cameo: str | None


class Dyads:
    """Finds the dyads of one record after the other. ``cameo`` has the code of each code, by its codelist."""

    def __init__(self, cameo: Mapping[str, Mapping[str, str | None]]) -> None:
        self._cameo = cameo

    def of(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The dyads of a record. Nobody acts upon their own party, and an id that refers to nothing has no dyads."""
        parties = _parties(record)
        for act, relation, actors, targets in self._acts(record):
            for actor, target in product(actors, targets):
                for actor_party, target_party in product(parties.get(actor, ()), parties.get(target, ())):
                    if actor != target and (actor_party is None or actor_party != target_party):
                        row = {
                            "event": record["id"], **act._asdict(), "relation": relation, "actor": actor,
                            "actor_party": actor_party, "target": target, "target_party": target_party,
                        }  # fmt: skip
                        yield {name: value for name, value in row.items() if value is not None}

    def _acts(self, record: dict[str, Any]) -> Iterator[tuple[_Act, str, Iterable[str], Iterable[str]]]:
        if record["status"] == "held":
            yield from self._of_event(record)
        for index, statement in enumerate(record.get("statements", ())):
            path = f"/statements/{index}"
            act = self._act("statement", path, statement.get("date", record["date"]), statement.get("act"))
            speakers = statement.get("onBehalfOf", statement["speakers"])
            yield act, "to", speakers, statement.get("addressees", ())
            yield act, "about", speakers, statement.get("about", ())
        for index, outcome in enumerate(record.get("outcomes", ())):
            act = self._act("outcome", f"/outcomes/{index}", record["date"], outcome["type"])
            bound, status = outcome.get("parties", ()), outcome.get("status")
            if status not in ("rejected", "announced"):
                yield act, "with", bound, bound
            if status != "rejected":
                yield act, "to", bound, outcome.get("addressees", ())

    def _of_event(self, record: dict[str, Any]) -> Iterator[tuple[_Act, str, Iterable[str], Iterable[str]]]:
        act = self._act("event", "", record["date"], record["type"])
        delegations = [(entry["party"], entry["id"]) for entry in record.get("delegations", ())]
        if record["type"] != "visit":
            code = BY_PHONE if record.get("mode") == "phone" else act.cameo
            everyone = [id for _, id in delegations]
            yield act._replace(cameo=code), "with", everyone, everyone
            return
        hosts = dict.fromkeys(host["party"] for host in record.get("hosts", ()))
        visitors = [id for party, id in delegations if party not in hosts]
        received = [id for party, id in delegations if party in hosts]
        received += [party for party in hosts if party not in dict(delegations)]
        yield act._replace(cameo=MAKE_A_VISIT), "to", visitors, received
        yield act._replace(cameo=HOST_A_VISIT), "to", received, visitors

    def _act(self, kind: str, path: str, date: str, action: str | None) -> _Act:
        return _Act(kind, path, date, action, self._cameo[CODELISTS[kind]].get(action) if action else None)


def _parties(record: dict[str, Any]) -> dict[str, list[str | None]]:
    """The parties of everyone in a record who can act: of a person, those for which he or she took part or holds an office."""
    found: dict[str, list[str | None]] = {entry["id"]: [entry["id"]] for entry in record["parties"]}
    of_people: dict[str, dict[str, None]] = {}
    for delegation in record.get("delegations", ()):
        found[delegation["id"]] = [delegation["party"]]
        for member in delegation.get("members", ()):
            found[member["id"]] = [delegation["party"]]
            if "person" in member:
                of_people.setdefault(member["person"], {})[delegation["party"]] = None
    for person in record.get("people", ()):
        offices = dict.fromkeys(office["of"] for office in person.get("offices", ()) if "of" in office)
        found[person["id"]] = list(of_people.get(person["id"]) or offices) or [None]
    return found
