"""Records as drafts and back; the form itself is derived in `diplomatic_events.schema.drafts`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.countries import by_name, plain
from diplomatic_events.schema.country_names import countries_called
from diplomatic_events.schema.drafts import DraftForm, Field, Kind, draft_form
from diplomatic_events.schema.words.forms import slug
from diplomatic_events.suggest import did_you_mean

_MOST_TOLD: Final = 10
_ABSENT: Final[Mapping[Kind, Any]] = {Kind.LIST: [], Kind.FLAG: False}


class DraftFault(NamedTuple):
    """A value of a draft that does not have the form of drafts: which draft, where in it, and what is wrong."""

    draft: str
    pointer: str
    message: str


class DraftError(DiplomaticEventsError):
    """Drafts do not have the form that `extraction_schema` gives; ``faults`` says where."""

    def __init__(self, faults: list[DraftFault]) -> None:
        lines = [
            f"{fault.draft}{fault.pointer and ' '}{fault.pointer}: {fault.message}" for fault in faults[:_MOST_TOLD]
        ]
        lines += [f"and {len(faults) - _MOST_TOLD} more"] if len(faults) > _MOST_TOLD else []
        super().__init__(
            "\n".join(lines), help="`diplomatic-events schema --profile extraction` prints the form of a draft"
        )
        self.faults = faults


def extraction_schema(part: str | None = None, *, version: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a draft, in the form that the strict modes of language models take.

    ``part`` is one of `event`, `parties`, `delegations`, `programme`, `statements`, `outcomes`, `upcoming` and `related`: a
    draft of only these, for models that refuse the whole schema. ``version`` is that of the records' schema, by default the
    one that records should declare.

    Raises:
        DiplomaticEventsError: There is no such part or version.
    """
    return draft_form(version).schema(part)


def extraction_draft(record: Mapping[str, Any], part: str | None = None) -> dict[str, Any]:
    """A valid record as the draft of which `assemble` makes it, whole or in part: an example to show to a model.

    Raises:
        DiplomaticEventsError: There is no such part, or no such version as the record declares.
    """
    form = draft_form(record.get("schemaVersion"))
    names = tuple(form.fields(form.root.part)) if part is None else form.part(part)
    return _written_object(form, form.root, record, names)


def _written_object(form: DraftForm, field: Field, value: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    fields = form.fields(field.part)
    return {
        name: _written(form, fields[name], value[name]) if name in value else _absent(fields[name]) for name in names
    }


def _written(form: DraftForm, field: Field, value: Any) -> Any:
    if field.boxed:
        return [_written(form, form.entry(field), value)]
    if field.kind is Kind.LIST:
        return [_written(form, form.entry(field), entry) for entry in value]
    if field.kind is Kind.OBJECT:
        return _written_object(form, field, value, tuple(form.fields(field.part)))
    return value


def _absent(field: Field) -> Any:
    return [] if field.boxed else _ABSENT.get(field.kind, "")


class Reading:
    """Reads one draft: what it says in the form of a record, and what is wrong with its own form."""

    def __init__(self, form: DraftForm, name: str) -> None:
        self._form = form
        self._name = name
        self.faults: list[DraftFault] = []

    def read(self, draft: Any) -> dict[str, Any]:
        """The properties of a record that a draft has. What is missing in it is absent."""
        read = self._value(self._form.root, draft, ())
        return read if isinstance(read, dict) else {}

    def _value(self, field: Field, value: Any, path: Pointer) -> Any:
        """A value as a record has it, or None if it is absent."""
        if field.boxed:
            return self._boxed(field, value, path)
        if not _fits(field.kind, value):
            self._fault(path, f"it is {_described(value)} and must be {field.kind.value}")
            return None
        if field.kind is Kind.OBJECT:
            return self._object(field, value, path)
        if field.kind is Kind.LIST:
            entry = self._form.entry(field)
            read = [self._value(entry, inner, (*path, index)) for index, inner in enumerate(value)]
            return ["" if inner is None else inner for inner in read] or None  # an empty entry is a fault of the record
        if field.kind is Kind.COUNTRY:
            return country_code(value) or None
        if field.kind is Kind.ID:
            return made_id(value, field.part) or None
        return value if value not in ("", False) or field.kind is Kind.NUMBER else None

    def _boxed(self, field: Field, value: Any, path: Pointer) -> Any:
        if not isinstance(value, list) or len(value) > 1:
            what = f"a list of {len(value)}" if isinstance(value, list) else _described(value)
            self._fault(path, f"it is {what} and must be a list of none or one")
            return None
        return self._value(self._form.entry(field), value[0], (*path, 0)) if value else None

    def _object(self, field: Field, value: dict[str, Any], path: Pointer) -> dict[str, Any]:
        fields = self._form.fields(field.part)
        for name in value:
            if name not in fields:
                hint = did_you_mean(name, fields)
                self._fault((*path, name), f"a draft has no such property{f'; {hint}' if hint else ''}")
        read = {name: self._value(fields[name], value[name], (*path, name)) for name in fields if name in value}
        return {name: inner for name, inner in read.items() if inner is not None}

    def _fault(self, path: Pointer, message: str) -> None:
        self.faults.append(DraftFault(self._name, to_pointer(path), message))


def made_id(text: str, part: Mapping[str, Any]) -> str:
    """An id, made of a name if it is not one yet: the same one wherever drafts write it."""
    if re.search(part["pattern"], text):
        return text
    return slug(text)[: part["maxLength"]].rstrip("-") or text


def _fits(kind: Kind, value: Any) -> bool:
    if kind is Kind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, {Kind.OBJECT: dict, Kind.LIST: list, Kind.FLAG: bool}.get(kind, str))


def _described(value: Any) -> str:
    if value is None:
        return "null"
    kinds = (Kind.TEXT, Kind.FLAG, Kind.NUMBER, Kind.LIST, Kind.OBJECT)
    return next((kind.value for kind in kinds if _fits(kind, value)), type(value).__name__)


@lru_cache(1024)
def country_code(name: str) -> str:
    """The code of the country that a text names, or the text itself if it names none, or several."""
    entries = codelist("country")
    if name in entries:
        return name
    meant = {*by_name(entries).get(plain(name), ()), *countries_called(name)}
    meant |= {code for code, entry in entries.items() if entry.alpha2 == name and not entry.deprecated}
    return meant.pop() if len(meant) == 1 else name
