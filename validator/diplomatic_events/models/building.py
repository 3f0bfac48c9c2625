"""What is written by hand of the typed models: how their parts read, write and change, and what finds quotes.

`record.py` has the models themselves and is generated from the schema. A class here whose name ends in `Methods` gives
its methods to the model of that name: `EventMethods` to `Event`.

A record is built from its parts, and what is not known is left out::

    text = "BEIJING: Wei Fenghe met the ministers on Tuesday."
    event = Event(
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

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
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
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

# --- Values


def form(
    pattern: str | None = None, *, min_length: int | None = None, max_length: int | None = None
) -> StringConstraints:
    """The form of a text. The pattern is compiled because pydantic's own engine has no lookahead."""
    compiled = None if pattern is None else re.compile(pattern)
    return StringConstraints(strict=True, pattern=compiled, min_length=min_length, max_length=max_length)


class number:  # noqa: N801  # these stand beside `form` in an annotation
    """The bounds of a number. Whole numbers stay integers, so that they are written as they were read."""

    def __init__(self, **bounds: float) -> None:
        self.bounds = bounds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = core_schema.float_schema(strict=True, allow_inf_nan=False, **self.bounds)  # type: ignore[arg-type]
        as_given = core_schema.simple_ser_schema("any")
        return core_schema.no_info_wrap_validator_function(self._kept, inner, serialization=as_given)

    @staticmethod
    def _kept(value: object, within_bounds: Callable[[object], float]) -> float:
        checked = within_bounds(value)
        return value if isinstance(value, int) else checked


class integer:  # noqa: N801
    """The bounds of an integer, which JSON may also write as 5.0."""

    def __init__(self, **bounds: int) -> None:
        self.bounds = bounds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = core_schema.int_schema(strict=True, **self.bounds)  # type: ignore[arg-type]
        return core_schema.no_info_before_validator_function(self._whole, inner)

    @staticmethod
    def _whole(value: object) -> object:
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


OnlyTrue = Annotated[Literal[True], BeforeValidator(_only_true)]
"""`True`; otherwise the property is left out."""
AnyJson = Annotated[JsonValue, AfterValidator(_json)]
"""Any JSON value, `None` among them."""
JsonObject = Annotated[dict[str, JsonValue], AfterValidator(_json)]
"""Any JSON object."""


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


def schema_name(field: str) -> str:
    """The schema's name for a field: `familyName` for `family_name`, `for` for `for_`, `$schema` for `schema_uri`."""
    if field.endswith("_uri"):
        return "$" + field.removesuffix("_uri")
    return re.sub("_([a-z0-9])", lambda letter: letter[1].upper(), field.removesuffix("_"))


class Part(BaseModel):
    """What all parts of a record have in common."""

    model_config = ConfigDict(
        alias_generator=schema_name,
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
    def _given(self, info: ValidationInfo) -> Self:
        """Nothing is null, and in JSON nothing has a default."""
        for name, field in type(self).model_fields.items():
            if field.is_required():
                continue
            given = name in self.model_fields_set
            if info.mode == "json" and given and getattr(self, name) is None:
                raise ValueError(f"{schema_name(name)} is null; what is unknown is left out")
            if info.mode == "json" and not given and field.default is not None:
                raise ValueError(f"{schema_name(name)} is missing")
            if given and getattr(self, name) is None:
                self.model_fields_set.discard(name)
            elif field.default is not None:
                self.model_fields_set.add(name)
        return self


class NonEmptyPart(Part):
    """A part with at least one property."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("has none of its properties; it needs at least one")
        return self


class EvidenceMethods(Part):
    """What evidence can do."""

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
                place = {"source": source, "exact": exact, "start": start, "end": start + len(exact)}
                return cls.model_validate(place)
            start = text.find(exact, start + 1)
        if found:
            times = "once" if found == 1 else f"{found} times"
            raise ValueError(f"the quote occurs only {times} in the text of {source}: {_quoted(exact)}")
        raise ValueError(f"the text of {source} does not contain the quote {_quoted(exact)}; {_parting(text, exact)}")


class EventMethods(Part):
    """What a record can do."""

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
