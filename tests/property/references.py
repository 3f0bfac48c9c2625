"""Every reference of the model, leading to an entry of each kind in turn and to none: which of them is to be found?

What each place may name is written from the docs, never from the schema, whose `x-refers-to` makes the validator look.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer
from property.cases import FULL, with_value
from property.model import parts

REGISTERS: Final = {
    "parties/*": "party", "people/*": "person", "delegations/*": "delegation", "delegations/*/members/*": "member",
    "programme/*": "programme-item", "statements/*": "statement", "outcomes/*": "outcome", "upcoming/*": "upcoming",
    "related/*": "related", "sources/*": "source",
}  # fmt: skip
"""Where the entries with an id of their own stand, and what kind of entry they are."""

_PARTY, _PERSON, _MEMBER = ("party",), ("person",), ("member",)
_PRINCIPAL = ("party", "person")
_AGENT = (*_PRINCIPAL, "member")
_ADDRESSED = (*_PRINCIPAL, "delegation", "member")
PLACES: Final[dict[str, tuple[str, ...]]] = {
    "initiatedBy/*": _AGENT,
    "invitedBy/*": _AGENT,
    "honours/*": _PRINCIPAL,
    "parties/*/members/*": _PARTY,
    "hosts/*/party": _PARTY,
    "hosts/*/person": ("member", "person"),
    "delegations/*/party": _PARTY,
    "delegations/*/members/*/person": _PERSON,
    "delegations/*/members/*/accompanies/*": ("member", "person"),
    "chairs/*": _MEMBER,
    "programme/*/participants/*": ("member", "delegation"),
    "programme/*/audience/*": _ADDRESSED,
    "programme/*/honours/*": _PRINCIPAL,
    "programme/*/chairs/*": _MEMBER,
    "statements/*/speakers/*": ("member", "delegation", "party", "person"),
    "statements/*/onBehalfOf/*": _PRINCIPAL,
    "statements/*/reportedBy": _AGENT,
    "statements/*/addressees/*": _ADDRESSED,
    "statements/*/about/*": ("party", "person", "statement", "outcome", "upcoming", "related"),
    "statements/*/inReplyTo": ("statement",),
    "statements/*/programmeItem": ("programme-item",),
    "outcomes/*/partOf": ("outcome",),
    "outcomes/*/proposedBy/*": _AGENT,
    "outcomes/*/parties/*": _PARTY,
    "outcomes/*/addressees/*": _PARTY,
    "outcomes/*/signatories/*": _MEMBER,
    "outcomes/*/witnesses/*": _MEMBER,
    **{f"outcomes/*/votes/{vote}/*": _PARTY for vote in ("for", "against", "abstained", "absent")},
    "outcomes/*/programmeItem": ("programme-item",),
    "upcoming/*/organizers/*": _PARTY,
    "upcoming/*/participants/*": _PARTY,
    "related/*/organizers/*": _PARTY,
    "related/*/participants/*": _PARTY,
}
"""What an id may name, by its place."""

_ANYWHERE: Final = {
    "evidence/*/source": ("source",), "cites/*/source": ("source",), "series/organizer": _PARTY, "statusChange/by/*": _PARTY,
    "office/of": _PARTY, "office/accreditedTo": _PARTY, "offices/*/of": _PARTY, "offices/*/accreditedTo": _PARTY,
    "people/*/person": _PERSON, "people/*/party": _PARTY,
}  # fmt: skip
"""The same for what stands in several parts of a record."""

_ACYCLIC: Final = {
    "delegations/*/members/*/accompanies/*": "member", "statements/*/inReplyTo": "statement",
    "outcomes/*/partOf": "outcome", "sources/*/cites/*/source": "source",
}  # fmt: skip
"""Where an entry may not name itself, and its kind: there is one of each, so it would."""

NOBODY: Final = "nobody-has-this-id"


class Reference(NamedTuple):
    """A record in which one reference was changed, where it stands, and the rule that must see it, if any."""

    path: Pointer
    record: dict[str, Any]
    rule: str | None


@cache
def references() -> tuple[Reference, ...]:
    """Every reference to an entry of each kind, and to none."""
    return tuple(_references())


def allowed(path: Pointer) -> tuple[str, ...]:
    """What the value in a place may name; nothing where it is no reference."""
    place = _place(path)
    return PLACES.get(place, ()) or next(
        (kinds for end, kinds in _ANYWHERE.items() if f"/{place}".endswith(f"/{end}")), ()
    )


def _references() -> Iterator[Reference]:
    whole = _whole()
    for path, _, value in parts(whole):
        kinds = allowed(path)
        if kinds and isinstance(value, str):
            for kind in REGISTERS.values():
                fault = "reference/member-as-person" if kind == "person" and "member" in kinds else None
                fault = "reference/circle" if _ACYCLIC.get(_place(path)) == kind else fault
                rule = fault if kind in kinds else "reference/wrong-kind"
                yield Reference(path, with_value(whole, path, kind), rule)
            yield Reference(path, with_value(whole, path, NOBODY), f"reference/unknown-{kinds[0]}")


def _whole() -> dict[str, Any]:
    """The full record with one entry of each kind, whose id is its kind; each reference names the first it may name."""
    whole = with_value(FULL, ("delegations", 0, "members"), FULL["delegations"][0]["members"][:1])
    whole = with_value(whole, ("sources",), FULL["sources"][:1])
    whole = with_value(whole, ("outcomes",), FULL["outcomes"][:1])
    for path, _, value in list(parts(whole)):
        if isinstance(value, str):
            kinds = allowed(path) or (_register(path),)
            whole = with_value(whole, path, kinds[0] or value)
    return whole  # type: ignore[no-any-return]  # a record is an object


def _register(path: Pointer) -> str:
    return REGISTERS.get(_place(path[:-1]), "") if path[-1:] == ("id",) else ""


def _place(path: Pointer) -> str:
    return "/".join("*" if isinstance(key, int) else key for key in path)
