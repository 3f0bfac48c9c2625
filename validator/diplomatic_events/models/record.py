"""A typed view of a record, for people who write Python.

`Event` is the record; its parts are the classes above it. Their names are those of the schema, in Python's spelling:
`familyName` is `family_name`, `$schema` is `schema_uri`, `for` is `for_`. The models agree with the schema: every
record that is valid under it can be read, and is written back as the same JSON::

    event = Event.read("record.json")
    event.delegations[0].party
    event.write("copy.json")

They check only what the schema checks. Whether an id refers to something, whether a quote is in its source and all other
rules are checked by the validator.

Records are immutable. Lists may be given as any sequence and are kept as tuples; `replace` makes a changed copy. What
is unknown is absent: `None` means to leave a property out, and JSON's `null` is refused, as the schema refuses it.
Any fault raises `pydantic.ValidationError`, which is a `ValueError` and gives the place of each fault.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, core_schema

from diplomatic_events.models.codes import (
    AnnotationKind,
    Country,
    DelegationCapacity,
    EventRelation,
    EventStatus,
    EventType,
    MemberRole,
    Mode,
    NameKind,
    OfficeLevel,
    OfficeTenure,
    OutcomeStatus,
    OutcomeType,
    PartyType,
    ProgrammeItemType,
    ProvenanceMethod,
    SourceType,
    SpeechAct,
    StatementForm,
    VisitType,
)

T = TypeVar("T")

# --- Values, with the schema's own patterns

_POINT = r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?|[0-9]{3}X|[0-9]{2}XX)[?~%]?"


def _form(pattern: str, *, min_length: int | None = None, max_length: int | None = None) -> StringConstraints:
    """The form of a text. The pattern is compiled because pydantic's own engine has no lookahead."""
    return StringConstraints(strict=True, pattern=re.compile(pattern), min_length=min_length, max_length=max_length)


IdentifierText = Annotated[str, _form(r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$(?!\n)", max_length=128)]
"""Lower-case ASCII letters and digits, in groups joined by a single hyphen, full stop or underscore."""
LocalId: TypeAlias = IdentifierText
"""The name of an entry; all of a record share one namespace."""
PartyId: TypeAlias = IdentifierText
"""The `id` of a `Party`."""
PersonId: TypeAlias = IdentifierText
"""The `id` of a `Person`."""
MemberId: TypeAlias = IdentifierText
"""The `id` of a `Member`."""
SpeakerId: TypeAlias = IdentifierText
"""The `id` of a `Member` or a `Delegation`."""
PrincipalId: TypeAlias = IdentifierText
"""The `id` of a `Party` or a `Person`."""
AddresseeId: TypeAlias = IdentifierText
"""The `id` of a `Party`, a `Person`, a `Delegation` or a `Member`."""
ProgrammeItemId: TypeAlias = IdentifierText
"""The `id` of a `ProgrammeItem`."""
SourceId: TypeAlias = IdentifierText
"""The `id` of a `Source`."""
IdentifierScheme: TypeAlias = IdentifierText
"""A code of the open list `identifier-scheme`."""
Portfolio: TypeAlias = IdentifierText
"""A code of the open list `portfolio`."""
Topic: TypeAlias = IdentifierText
"""A code of the open list `topic`."""

Text = Annotated[str, _form(r"^(?![ \t\r\n])", min_length=1)]
"""Words for people to read, without white space before them."""
Verbatim = Annotated[str, StringConstraints(strict=True, min_length=1)]
"""Characters exactly as a source or a file has them."""
RelativePath = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1024)]
"""A path relative to the record's own file, its parts separated by `/`."""
Url = Annotated[str, _form(r"^https?://[^ \t\r\n]+$(?!\n)")]
"""An absolute http or https address."""
Sha256 = Annotated[str, _form(r"^[0-9a-f]{64}$(?!\n)")]
"""A SHA-256 digest (FIPS 180-4) in lower-case hexadecimal digits."""
JsonPointer = Annotated[str, _form(r"^(?:/(?:[^~/]|~[01])*)*$(?!\n)", max_length=1024)]
"""A JSON Pointer (RFC 6901)."""
LanguageTag = Annotated[
    str,
    _form(
        r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
        r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$(?!\n)",
        max_length=64,
    ),
]
"""A language tag of BCP 47."""
ScriptCode = Annotated[str, _form(r"^[A-Z][a-z]{3}$(?!\n)")]
"""A script code of ISO 15924."""
EdtfDate = Annotated[str, _form("^(?:" + _POINT + r"(?:/(?:" + _POINT + r"|\.\.))?|\.\./" + _POINT + r")$(?!\n)")]
"""A date or an interval in a subset of EDTF (ISO 8601-2, Library of Congress)."""
Day = Annotated[str, _form(r"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$(?!\n)")]
"""A day of the Gregorian calendar, as ISO 8601 writes it."""
ClockTime = Annotated[str, _form(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)")]
"""Hours and minutes of a local 24-hour clock."""
Duration = Annotated[str, _form(r"^PT(?:[1-9][0-9]{0,2}H(?:(?:[1-9]|[1-5][0-9])M)?|[1-9][0-9]{0,2}M)$(?!\n)")]
"""Hours and minutes that pass, as ISO 8601 writes them."""
TimeZoneName = Annotated[str, _form(r"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$(?!\n)", max_length=64)]
"""A name of the IANA time zone database."""
Namespace = Annotated[
    str,
    _form(
        r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+|[a-z][a-z0-9+.-]*:[^ \t\r\n]+)$(?!\n)",
        max_length=512,
    ),
]
"""A reverse domain name or a URI."""


def _whole(value: object) -> object:
    """JSON has one kind of number: 5.0 is the integer 5."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _only_true(value: object) -> object:
    """In Python, 1 equals True; in JSON it does not."""
    if value is not True:
        raise ValueError("is only ever true; leave it out otherwise")
    return value


def _json(value: T) -> T:
    """Refuse what a JSON file cannot contain: NaN, the infinities, half of a surrogate pair."""
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    return value


Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000), BeforeValidator(_whole)]
"""How many, or which one: from 1 to a million."""
Start = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000), BeforeValidator(_whole)]
"""An offset in Unicode code points."""
End = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000), BeforeValidator(_whole)]
"""An offset in Unicode code points, after at least one character."""
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90)]
"""Degrees north of the equator, in WGS 84."""
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180)]
"""Degrees east of Greenwich, in WGS 84."""
OnlyTrue = Annotated[Literal[True], BeforeValidator(_only_true)]
"""`True`; otherwise the property is left out."""
AnyJson = Annotated[JsonValue, AfterValidator(_json)]
"""Any JSON value, `None` among them."""
Extension = Annotated[dict[str, JsonValue], AfterValidator(_json)]
"""A JSON object in a form of its owner's choice."""


class _Unique:
    """Marks a list whose items differ: the schema's `uniqueItems`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "uniqueItems": True}

    @staticmethod
    def _check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        first: dict[Any, int] = {}
        for position, item in enumerate(items):
            if first.setdefault(item, position) != position:
                raise ValueError(f"item {position} is the same as item {first[item]}; each may stand once")
        return items


# A list of at least one. Type checkers see a sequence, so that a list may be given; it is kept as a tuple.
if TYPE_CHECKING:
    Some: TypeAlias = Sequence[T]
    SomeUnique: TypeAlias = Sequence[T]
else:
    Some = Annotated[tuple[T, ...], Field(min_length=1)]
    SomeUnique = Annotated[Some[T], _Unique()]


# --- Parts


def _alias(name: str) -> str:
    """The schema's name for a field."""
    return "$schema" if name == "schema_uri" else to_camel(name.removesuffix("_"))


class _Part(BaseModel):
    """What all parts of a record have in common."""

    model_config = ConfigDict(
        alias_generator=_alias,
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read a part from JSON text, in which properties have the schema's names only.

        Raises `pydantic.ValidationError` when the text is not JSON or not valid.
        """
        return super().model_validate_json(json_data, **{"by_name": False, **options})

    def to_dict(self) -> dict[str, Any]:
        """The part as plain JSON data, under the schema's names: what is absent stays absent."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def replace(self, **changes: Any) -> Self:
        """A copy with some properties changed, named as in Python; `None` removes a property.

        Raises `pydantic.ValidationError` when the changed copy is not valid.
        """
        values = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate(values | changes, by_alias=False, by_name=True)

    @model_validator(mode="after")
    def _no_null(self, info: ValidationInfo) -> Self:
        for name in sorted(self.model_fields_set):
            if getattr(self, name) is None and not type(self).model_fields[name].is_required():
                if info.mode == "json":
                    raise ValueError(f"{_alias(name)} is null; what is unknown is left out")
                self.model_fields_set.discard(name)
        return self


class _NonEmptyPart(_Part):
    """A part with at least one property."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("has none of its properties; it needs at least one")
        return self


class Evidence(_Part):
    """A quoted passage of a source: the text quote selector and the text position selector of the W3C Web Annotation
    Data Model in one.
    """

    source: SourceId
    """The source that the passage stands in."""

    exact: Verbatim
    """The passage, copied from the source character by character."""

    prefix: Verbatim | None = None
    """The text that stands directly before the passage, to tell it from the same words elsewhere."""

    suffix: Verbatim | None = None
    """The text that stands directly after the passage, to tell it from the same words elsewhere."""

    start: Start | None = None
    """The offset of the passage's first character in the source's text, counted in Unicode code points from 0."""

    end: End | None = None
    """The offset of the first character after the passage, counted in Unicode code points from 0."""

    @classmethod
    def of(cls, source: str, text: str, exact: str, *, occurrence: int = 1) -> Self:
        """The evidence for a quote, with `start` and `end` looked up in the text of its source.

        `source` is the id of the source and `text` its whole text; both offsets count Unicode code points.
        `occurrence` says which one is meant, counted from 1, if the quote occurs several times.

        Raises `ValueError` when the quote occurs fewer times than that, or not at all.
        """
        if not exact or occurrence < 1:
            raise ValueError("the quote is empty" if not exact else "occurrence counts from 1")
        start, found = text.find(exact), 0
        while start >= 0:
            found += 1
            if found == occurrence:
                return cls(source=source, exact=exact, start=start, end=start + len(exact))
            start = text.find(exact, start + 1)
        if found:
            times = "once" if found == 1 else f"{found} times"
            raise ValueError(f"the quote occurs only {times} in the text of {source}: {_quoted(exact)}")
        raise ValueError(f"the text of {source} does not contain the quote {_quoted(exact)}; {_parting(text, exact)}")

    @model_validator(mode="after")
    def _start_with_end(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end stand together or not at all")
        return self


class Identifier(_Part):
    """A name that a register outside the record gives to the entry."""

    scheme: IdentifierScheme
    """The register that the value comes from. The list is open: a scheme that is not on it draws a warning, not an
    error.
    """

    value: Text
    """The identifier in the form that its register uses."""


class Name(_Part):
    """One further name of a party or a person."""

    text: Text
    """The name as it is written, in its own order and script."""

    language: LanguageTag | None = None
    """The language that the name is in, as a BCP 47 tag."""

    script: ScriptCode | None = None
    """The script that the name is written in, by its four-letter code of ISO 15924."""

    kind: NameKind | None = None
    """What sort of name it is."""


class Revision(_Part):
    """A restatement of an earlier record with the same `id`."""

    number: Count
    """Counts the published states of the record; the first is 1."""

    date: Day | None = None
    """The day on which this revision was made."""

    note: Text | None = None
    """What was changed, and why."""


class ClockSpan(_NonEmptyPart):
    """When something began and ended by local clocks, and how long it lasted, as far as the sources say. At least one
    of its properties is present.
    """

    start: ClockTime | None = None
    """The local time at which it began or is to begin, in hours and minutes on the 24-hour clock."""

    end: ClockTime | None = None
    """The local time at which it ended or is to end, in hours and minutes on the 24-hour clock. What goes on past
    midnight has an interval of two days as its date.
    """

    time_zone: TimeZoneName | None = None
    """The name of the place's time zone in the IANA time zone database."""

    duration: Duration | None = None
    """How long it lasted or is to last, where a source says so, as ISO 8601 writes it: `PT15M` or `PT1H30M`. What
    follows from `start` and `end` is not repeated here.
    """

    @model_validator(mode="after")
    def _start_first(self) -> Self:
        if self.start is None and (self.end is not None or self.time_zone is not None):
            raise ValueError("end and timeZone need start beside them")
        return self


class StatusChange(_NonEmptyPart):
    """When, by whom and why the event was postponed, cancelled or put back on. At least one of its properties is
    present.
    """

    date: EdtfDate | None = None
    """When the change was decided or announced, in EDTF."""

    by: SomeUnique[PartyId] | None = None
    """The parties that postponed or cancelled the event, or put it back on."""

    reason: Text | None = None
    """Why, as the sources give it, in the record's own words."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that report the change."""


class Coordinates(_Part):
    """A point on the Earth, in decimal degrees of the WGS 84 system."""

    latitude: Latitude
    """Degrees north of the equator; south is negative."""

    longitude: Longitude
    """Degrees east of Greenwich; west is negative."""


class Place(_NonEmptyPart):
    """A place, as closely as the sources give it. At least one of its properties is present."""

    name: Text | None = None
    """What the source calls the place, where it is neither a venue, a city nor a region."""

    venue: Text | None = None
    """The building, room or ship."""

    city: Text | None = None
    """The city, town or village."""

    region: Text | None = None
    """The province, federal state or other part of the country."""

    country: Country | None = None
    """The country in which the place lay at the time of the event, by its alpha-3 code of ISO 3166."""

    coordinates: Coordinates | None = None
    """A point in the place."""

    identifiers: SomeUnique[Identifier] | None = None
    """What the narrowest place that the entry gives is called in outside registers: a venue or a place given by `name`
    before the city, the city before the region, the region before the country.
    """


class Series(_Part):
    """A series of events, and the place of one of them in it."""

    name: Text
    """What the series is called."""

    edition: Count | None = None
    """The number of this event in the series: 18 for the 18th summit."""

    organizer: PartyId | None = None
    """The party that holds the series."""


class Party(_Part):
    """A state, organization or group that takes part in the event or is spoken of in the record."""

    id: LocalId
    """The name by which the record refers to the party."""

    type: PartyType
    """What sort of body the party is."""

    name: Text
    """The name under which the party is shown, in the record's language."""

    country: Country | None = None
    """The state itself, or the country that a body of another type belongs to, by its alpha-3 code of ISO 3166. The
    code says nothing of whether anyone recognises the state. A party of type `state` must have it.
    """

    names: SomeUnique[Name] | None = None
    """Further names of the party."""

    identifiers: SomeUnique[Identifier] | None = None
    """What the party is called in outside registers."""

    members: SomeUnique[PartyId] | None = None
    """The parties that make up a group or organization, as far as the sources name them."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that name or describe the party."""

    @model_validator(mode="after")
    def _state_has_country(self) -> Self:
        if self.type == "state" and self.country is None:
            raise ValueError("a party of type state needs a country")
        return self


class Person(_Part):
    """Someone whom a source names. What the person was at the event stands with the delegation, because an office
    changes and a person does not.
    """

    id: LocalId
    """The name by which the record refers to the person."""

    name: Text
    """The whole name as it is displayed, in the order that the person's own usage gives it."""

    family_name: Text | None = None
    """The part of the name that is the family's. It is absent where a culture has none, or where no source shows
    which part it is.
    """

    given_name: Text | None = None
    """The part of the name that is the person's own."""

    names: SomeUnique[Name] | None = None
    """Further names of the person, such as the name in the person's own script."""

    identifiers: SomeUnique[Identifier] | None = None
    """What the person is called in outside registers."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that name the person."""


class Host(_Part):
    """A party that received the others."""

    party: PartyId
    """The party that hosted the event."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that say who hosted the event."""


class Office(_Part):
    """A post in a state or an organization, as it was held at the time of the event."""

    title: Text
    """The office as the source writes it."""

    level: OfficeLevel | None = None
    """The rank of the office, comparable across states."""

    portfolio: Portfolio | None = None
    """The field of government that the office answers for. The list is open: a code that is not on it draws a
    warning, not an error.
    """

    tenure: OfficeTenure | None = None
    """How the office was held. When absent, the person was its incumbent."""

    of: PartyId | None = None
    """The party whose office it is. When absent, it is that of the delegation."""

    accredited_to: PartyId | None = None
    """The party that received an ambassador or other envoy. The sending party is that of the office."""


class Member(_Part):
    """Someone in a delegation: a named person, an office whose holder no source names, or several people of one kind.
    It has a person, an office or both.
    """

    id: LocalId
    """The name by which the record refers to the person in this delegation, for example as a speaker."""

    person: PersonId | None = None
    """The person, where a source gives a name."""

    office: Office | None = None
    """The office in which the person took part."""

    role: MemberRole | None = None
    """What the person did in the delegation."""

    several: OnlyTrue | None = None
    """States that the entry stands for several people whom no source counts. It is only ever true."""

    count: Count | None = None
    """The number of people that the entry stands for, where a source counts them without naming them."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that say that this member took part, and in what office."""

    @model_validator(mode="after")
    def _someone(self) -> Self:
        if self.person is None and self.office is None:
            raise ValueError("a member needs a person, an office or both")
        return self

    @model_validator(mode="after")
    def _one_or_many(self) -> Self:
        given = [name for name in ("person", "several", "count") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"{' and '.join(given)} exclude each other")
        return self


class Delegation(_Part):
    """Those who took part for one party. A party has one delegation, however many people it sent."""

    id: LocalId
    """The name by which the record refers to the delegation as a whole."""

    party: PartyId
    """The party that the delegation stands for."""

    capacity: DelegationCapacity
    """In what standing the delegation took part. Where the source gives none, it is a `participant`."""

    designation: Text | None = None
    """The source's own words for that standing."""

    mode: Mode | None = None
    """How this delegation took part, where that differs from the event's own mode, as when it joined a hybrid summit by
    video.
    """

    size: Count | None = None
    """The number of people in the delegation, where a source counts them. It may exceed the number of members
    recorded.
    """

    members: Some[Member] | None = None
    """The people and offices in the delegation, the highest first."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that say that the delegation took part, and how."""


class ProgrammeItem(_Part):
    """One part of an event that has several."""

    id: LocalId
    """The name by which the record refers to the item."""

    type: ProgrammeItemType | None = None
    """What sort of item it is."""

    title: Text
    """What happened, in one line."""

    date: EdtfDate | None = None
    """When the item took place, in EDTF. It lies within the date of the event."""

    time: ClockSpan | None = None
    """When the item began and ended by local clocks, and how long it lasted."""

    place: Place | None = None
    """Where the item took place."""

    members: SomeUnique[MemberId] | None = None
    """The members of delegations who took part in this item, where that is less than all."""

    chairs: SomeUnique[MemberId] | None = None
    """The members of delegations who presided over this item, where they are others than those who presided over the
    whole event.
    """

    evidence: SomeUnique[Evidence] | None = None
    """The passages that describe the item."""


class Statement(_Part):
    """Something that one or more participants said or wrote at the event."""

    id: LocalId
    """The name by which the record refers to the statement."""

    speakers: SomeUnique[SpeakerId]
    """Who said it: members of delegations, or delegations that spoke as one. Several speakers made a joint statement.
    """

    on_behalf_of: SomeUnique[PrincipalId] | None = None
    """The parties or people spoken for, where they are others than the speaker's own party: a minister who delivers
    the king's message, or one who speaks for all the ministers present. It does not make the statement a joint one.
    """

    addressees: SomeUnique[AddresseeId] | None = None
    """Whom the words were addressed to or were about, as far as the source says."""

    form: StatementForm
    """How the source gives the words: in quotation marks, as reported speech, mixed, or from a written text. Words in
    quotation marks are direct also where `text` translates them.
    """

    text: Text
    """What was said, in the record's language and without the reporter's lead-in. Where the source quotes words in
    another language, the translation stands here. The source's own words stand in `evidence`.
    """

    language: LanguageTag | None = None
    """The language of the words: the one in which the statement was made, where a source says it, or the one in which
    the source quotes it, where that is not the record's. It is a BCP 47 tag.
    """

    act: SpeechAct | None = None
    """What the speaker did by saying it."""

    topics: SomeUnique[Topic] | None = None
    """What the statement was about, as codes."""

    programme_item: ProgrammeItemId | None = None
    """The part of the event at which it was said."""

    evidence: SomeUnique[Evidence]
    """The passages that report the statement."""


class Votes(_NonEmptyPart):
    """The parties by how they voted. A party stands in one list only."""

    for_: SomeUnique[PartyId] | None = None
    """The parties that voted in favour."""

    against: SomeUnique[PartyId] | None = None
    """The parties that voted against."""

    abstained: SomeUnique[PartyId] | None = None
    """The parties that were present and abstained."""

    absent: SomeUnique[PartyId] | None = None
    """The parties that were entitled to vote and did not take part in the vote."""


class Outcome(_Part):
    """Something that was signed, adopted, decided or put to the vote at the event."""

    id: LocalId
    """The name by which the record refers to the outcome."""

    type: OutcomeType
    """What sort of text or decision it is."""

    title: Text
    """The name of the text, or the decision in one line."""

    status: OutcomeStatus | None = None
    """What became of it at the event."""

    effective: EdtfDate | None = None
    """From when it holds, where a source says so, in EDTF."""

    parties: SomeUnique[PartyId] | None = None
    """The parties that are bound by it or that decided it."""

    addressees: SomeUnique[PartyId] | None = None
    """The parties to whom it is addressed or on whom it places demands, where they are others than those that decided
    it.
    """

    signatories: SomeUnique[MemberId] | None = None
    """The members of delegations who signed it for a party."""

    witnesses: SomeUnique[MemberId] | None = None
    """The members of delegations who signed it as witness, guarantor or depositary, not for a party."""

    votes: Votes | None = None
    """How the parties voted, where it was put to the vote."""

    identifiers: SomeUnique[Identifier] | None = None
    """What the text is called in outside registers, such as a document symbol of the United Nations."""

    url: Url | None = None
    """Where the text can be read."""

    programme_item: ProgrammeItemId | None = None
    """The part of the event at which it came about."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that report the outcome."""


class EventReference(_Part):
    """An event that a source announces for a later time. Only a title is sure, because announcements are vague."""

    id: LocalId
    """The name of this entry in the record."""

    record: IdentifierText | None = None
    """The `id` of that event's own record, where there is one."""

    title: Text
    """What the event is, in one line."""

    type: EventType | None = None
    """The kind of event."""

    status: EventStatus | None = None
    """What the sources of this record say became of the event."""

    date: EdtfDate | None = None
    """When the event is to take place, as precisely as the sources say, in EDTF."""

    place: Place | None = None
    """Where the event is to take place."""

    organizers: SomeUnique[PartyId] | None = None
    """The parties that hold or host the event."""

    participants: SomeUnique[PartyId] | None = None
    """The parties that are to take part, as far as the sources say."""

    people: SomeUnique[PersonId] | None = None
    """The people who are to take part, as far as the sources name them."""

    series: Series | None = None
    """The series that the event belongs to."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that announce the event."""


class RelatedEvent(_Part):
    """Another event, and how this one stands to it."""

    id: LocalId
    """The name of this entry in the record."""

    relation: EventRelation
    """How the recorded event stands to the other one, read as 'this event is … the other'."""

    record: IdentifierText | None = None
    """The `id` of that event's own record, where there is one."""

    title: Text
    """What the event is, in one line."""

    type: EventType | None = None
    """The kind of event."""

    status: EventStatus | None = None
    """What the sources of this record say became of the event."""

    date: EdtfDate | None = None
    """When the event took place or is to take place, as precisely as the sources say, in EDTF."""

    place: Place | None = None
    """Where the event took place or is to take place."""

    organizers: SomeUnique[PartyId] | None = None
    """The parties that held or hosted the event."""

    participants: SomeUnique[PartyId] | None = None
    """The parties that took part, as far as the sources say."""

    people: SomeUnique[PersonId] | None = None
    """The people who took part or are to take part, as far as the sources name them."""

    series: Series | None = None
    """The series that the event belongs to."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that speak of the event."""


class Source(_Part):
    """A document that the record is coded from. With its text, which stands here or in a file beside the record,
    every quote can be looked up; a source without a text is valid, and what could not be looked up is reported.
    """

    id: LocalId
    """The name by which evidence refers to the source."""

    type: SourceType
    """What sort of document it is."""

    publisher: Text | None = None
    """Who published the document."""

    author: Text | None = None
    """Who wrote the document, as it says itself."""

    title: Text | None = None
    """The document's own title."""

    url: Url | None = None
    """Where the document can be read."""

    published: EdtfDate | None = None
    """The date that the document bears, in EDTF."""

    retrieved: Day | None = None
    """The day on which the document was last fetched or looked at."""

    dateline: Text | None = None
    """The place, and the date if there is one, that a report names at its head."""

    language: LanguageTag | None = None
    """The language that the document is written in, as a BCP 47 tag."""

    rights: Text | None = None
    """Who holds the rights in the document, and under which terms its text stands here."""

    text: Verbatim | None = None
    """The whole text of the document, unchanged. Offsets of evidence count its Unicode code points."""

    text_file: RelativePath | None = None
    """The path of a UTF-8 file with the whole text of the document, relative to the record's own file and inside its
    folder. Parts of the path are separated by `/`.
    """

    sha256: Sha256 | None = None
    """The SHA-256 digest of the text's UTF-8 bytes, in lower-case hexadecimal digits. It shows whether the text is
    still the one that was coded.
    """

    evidence: SomeUnique[Evidence] | None = None
    """The passages in which the document says something of itself, such as its date, place or publisher."""

    @model_validator(mode="after")
    def _one_text(self) -> Self:
        if self.text is not None and self.text_file is not None:
            raise ValueError("text and textFile exclude each other")
        return self


class Alternative(_Part):
    """Another value for the target of an annotation, and the passages that give it."""

    value: AnyJson
    """A value that would be valid in the target's place."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that give this value."""


class Annotation(_Part):
    """A remark on one value of the record: that it is inferred, uncertain, disputed or corrected."""

    target: JsonPointer
    """The JSON Pointer (RFC 6901) of the value that the remark is about."""

    kind: AnnotationKind
    """What is to be known about the value."""

    basis: Text
    """What the value rests on, or what speaks against it, in words."""

    alternatives: Some[Alternative] | None = None
    """Other values that could stand in the target's place."""


class Provenance(_NonEmptyPart):
    """How the record itself came about. At least one of its properties is present."""

    created: Day | None = None
    """The day on which the record was first written."""

    modified: Day | None = None
    """The day on which the record was last changed."""

    method: ProvenanceMethod | None = None
    """Whether a person or a machine coded the record."""

    by: Text | None = None
    """The person, team or project that answers for the record."""

    tool: Text | None = None
    """The program that extracted the record, with its version."""

    license: Text | None = None
    """The SPDX identifier of the licence under which the record may be used."""


class Event(_Part):
    """One diplomatic event: who hosted, which delegations came and in what capacity, who said what, what was agreed
    and which later events were announced. Every claim can carry evidence in the words of its source. Identifiers
    inside the record are local to it; only the record's own `id` names it across files.

    A record is built from its parts, and what is not known is left out::

        text = "BEIJING: Wei Fenghe met the ministers on Tuesday."
        event = Event(
            schema_version="1.0",
            id="beijing-2018-04-24",
            language="en",
            title="Wei Fenghe meets the ministers",
            type="meeting",
            status="held",
            date="2018-04-24",
            parties=[Party(id="china", type="state", name="China", country="CHN")],
            delegations=[Delegation(id="delegation-china", party="china", capacity="participant")],
            sources=[Source(id="report", type="news-article", text=text)],
            evidence=[Evidence.of("report", text, "met the ministers on Tuesday")],
        )
        event.write("event.json")
    """

    schema_uri: Verbatim | None = None
    """The address of the schema that the record is written for, so that an editor can complete and describe
    properties. It may be a relative path. The version that counts is the one in `schemaVersion`.
    """

    schema_version: Literal["1.0"]
    """The version of this schema that the record is written for. A released version is never edited, so a record
    stays valid under the version that it declares.
    """

    id: IdentifierText
    """The name of the record across files. It never changes once the record is published; a restated record keeps it
    and raises the number in `revision`.
    """

    revision: Revision | None = None
    """States that this record replaces an earlier one with the same `id`, and why."""

    language: LanguageTag
    """The language of the record's own words, such as its `title`, the `text` of its statements and its notes, written
    as a BCP 47 tag: `en`, `zh-Hans`. The language of a source is given with the source.
    """

    title: Text
    """What happened, in one line, in the record's own words."""

    type: EventType
    """The kind of event. Where several fit, the most specific one is given."""

    visit_type: VisitType | None = None
    """The protocol rank of a visit, as the host or the visitor calls it. It is given only where `type` is `visit`."""

    mode: Mode | None = None
    """How the participants met. When absent, they met in person. A telephone call is a meeting by phone."""

    status: EventStatus
    """What the sources say became of the event. It is never derived from today's date: an event announced for last
    year stays `announced` until a source says that it was held.
    """

    date: EdtfDate
    """When the event took place or is to take place, at the place of the event, as precisely as the sources say. An
    event that was cancelled, or postponed without a word of when it is to be held, keeps the date for which it was last
    planned. It is written in EDTF, such as `2018-04-24`, `2018-06`, `1972~` or `2018-06-09/2018-06-10`.
    """

    time: ClockSpan | None = None
    """When the event began and ended by local clocks on the day in `date`, and how long it lasted."""

    previous_dates: SomeUnique[EdtfDate] | None = None
    """The dates for which the event was planned before it was moved, in EDTF and oldest first. The date that now holds
    stands in `date`.
    """

    status_change: StatusChange | None = None
    """When, by whom and why the event was postponed, cancelled or put back on. It is the last such change; the status
    that now holds stands in `status`.
    """

    places: Some[Place] | None = None
    """Where the event took place, one entry for each place. It is absent for a telephone call or a video conference."""

    series: Series | None = None
    """The series that the event belongs to, and its number in it."""

    parties: Some[Party]
    """The register of every state, organization or group that the record speaks of. Each is written down here once
    and referred to by its `id` everywhere else.
    """

    people: Some[Person] | None = None
    """The register of the people whom a source names. Someone known only by office is not a person here, but an
    office without a person in a delegation.
    """

    hosts: Some[Host] | None = None
    """The parties that received the others. A host need not take part, as when a neutral state lends its capital. It
    is absent for a telephone call and where no source names a host.
    """

    delegations: Some[Delegation] | None = None
    """One entry for each party that took part or is to take part, the host's own delegation included. It is required
    where `status` is `held`.
    """

    chairs: SomeUnique[MemberId] | None = None
    """The members of delegations who presided over the event or are to preside over it. Those who presided over one
    part of it only are named with that part in `programme`.
    """

    programme: Some[ProgrammeItem] | None = None
    """The parts of an event that has several, such as a state visit or a summit of some days."""

    statements: Some[Statement] | None = None
    """What was said or written at the event, in the order in which the sources give it."""

    outcomes: Some[Outcome] | None = None
    """What was signed, adopted or decided at the event."""

    upcoming: Some[EventReference] | None = None
    """Summits, meetings and visits that the sources announce for a later time."""

    related: Some[RelatedEvent] | None = None
    """Other events that this one belongs to, prepares, follows or replaces."""

    topics: SomeUnique[Topic] | None = None
    """What the event was about, as codes."""

    sources: Some[Source]
    """The reports, communiqués and other documents that the record is coded from."""

    annotations: Some[Annotation] | None = None
    """What is inferred, uncertain, disputed or corrected in the record, and why. Doubt is noted here and nowhere
    else, so that values stay plain.
    """

    provenance: Provenance | None = None
    """How the record itself came about."""

    evidence: SomeUnique[Evidence] | None = None
    """The passages that say what the record holds of the event as a whole: its type, date and place."""

    extensions: Annotated[dict[Namespace, Extension], Field(min_length=1)] | None = None
    """Data of other projects, each under a namespace that its owner controls: a reverse domain name or a URI. It is
    the one place for properties that this schema does not define.
    """

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read the record in a JSON file.

        Raises `OSError` when the file cannot be read and `pydantic.ValidationError` when it is not a valid record.
        """
        return cls.model_validate_json(Path(path).read_bytes())

    def to_json(self, indent: int | None = 2) -> str:
        """The record as JSON text with a line break at its end; `indent=None` puts it on one line, for NDJSON."""
        separators = (",", ":") if indent is None else (",", ": ")
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, separators=separators) + "\n"

    def write(self, path: str | Path) -> None:
        """Write the record to a JSON file: UTF-8, LF, two spaces of indent. An existing file is replaced.

        Raises `OSError` when the file cannot be written.
        """
        Path(path).write_text(self.to_json(), encoding="utf-8", newline="\n")

    @model_validator(mode="after")
    def _held_has_delegations(self) -> Self:
        if self.status == "held" and self.delegations is None:
            raise ValueError("an event that was held needs delegations")
        return self


def _quoted(text: str) -> str:
    """At most forty characters of a text, its line breaks visible."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    return "`" + shown.replace("\r", "\\r").replace("\n", "\\n") + "`"


def _parting(text: str, exact: str) -> str:
    """Where a text first differs from a quote that it does not contain."""
    shared = bisect_left(range(len(exact)), True, key=lambda last: exact[: last + 1] not in text)
    if not shared:
        return "not even its first character occurs"
    start = text.find(exact[:shared])
    after = start + shared
    return (
        f"it has the quote's first {shared} characters at {start}, "
        f"then goes on with {_quoted(text[after : after + 20])}, not with {_quoted(exact[shared : shared + 20])}"
    )
