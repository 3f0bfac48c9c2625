"""The kinds of values that the typed models are made of: what the schema asks of each, and what Python may give for it.

In Python, a single value stands for a list of one, an empty list is left out, and a date or a pair of dates is written
as text. In JSON, nothing stands for anything else.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    JsonValue,
    ValidationError,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

Several: TypeAlias = T | Iterable[T]
"""What may be given for a list: one value, or several."""
DateLike: TypeAlias = str | date | tuple[str | date | None, str | date | None]
"""What may be given for a date: its text, a day, or the two ends of an interval, of which None is open."""


class form:  # noqa: N801  # this and the two below stand in annotations like functions
    """The form of a text. If a day has it and a word has not, a date may be given for the text."""

    def __init__(
        self, pattern: str | None = None, *, min_length: int | None = None, max_length: int | None = None
    ) -> None:
        self.pattern = None if pattern is None else re.compile(pattern)  # pydantic's own engine has no lookahead
        self.min_length, self.max_length = min_length, max_length

    @property
    def is_of_dates(self) -> bool:
        """Whether texts of this form are dates."""
        return bool(self.pattern and self.pattern.search("2018-04-24") and not self.pattern.search("a"))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(
            strict=True, pattern=self.pattern, min_length=self.min_length, max_length=self.max_length
        )
        if not self.is_of_dates:
            return text
        return core_schema.json_or_python_schema(
            text, core_schema.no_info_before_validator_function(self._written, text)
        )

    @classmethod
    def _written(cls, value: object) -> object:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, tuple) and len(value) == 2:
            return "/".join(".." if end is None else str(cls._written(end)) for end in value)
        return value


class number:  # noqa: N801
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


class _Nearest:
    """Marks a code of a list: a wrong one is reported with the nearest, and not with all that there are."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        codes = frozenset(get_args(source))

        def known(value: object, is_code: Callable[[object], str]) -> str:
            try:
                return is_code(value)
            except ValidationError:
                if not isinstance(value, str):
                    raise
                from diplomatic_events.models.naming import not_a_code  # only for what is wrong

                raise PydanticCustomError("unknown_code", not_a_code(value, codes)) from None

        return core_schema.no_info_wrap_validator_function(known, handler(source))


Code: TypeAlias = Annotated[T, _Nearest()]
"""A code of a closed list."""


class _List:
    """Marks a list of at least one."""

    def __init__(self, *, unique: bool) -> None:
        self.unique = unique

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        items = handler(source)
        if self.unique:
            items = core_schema.no_info_after_validator_function(self._check, items)
        return core_schema.json_or_python_schema(items, core_schema.no_info_wrap_validator_function(self._given, items))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), **({"uniqueItems": True} if self.unique else {})}

    @staticmethod
    def _given(value: Any, checked: Callable[[object], tuple[Any, ...]]) -> tuple[Any, ...] | None:
        if isinstance(value, str | Mapping | BaseModel | date):
            return checked((value,))
        if isinstance(value, list | tuple | set | frozenset) and not value:
            return None  # a part leaves it out, or says that it is required
        return checked(value)

    @staticmethod
    def _check(items: tuple[Any, ...]) -> tuple[Any, ...]:
        first: dict[Any, int] = {}
        for position, item in enumerate(items):
            if first.setdefault(item, position) != position:
                raise ValueError(f"item {position} is the same as item {first[item]}; each may stand once")
        return items


# A list of at least one, which is kept as a tuple.
if TYPE_CHECKING:
    Some: TypeAlias = tuple[T, ...]
    SomeUnique: TypeAlias = tuple[T, ...]
else:
    Some = Annotated[tuple[T, ...], Field(min_length=1), _List(unique=False)]
    SomeUnique = Annotated[tuple[T, ...], Field(min_length=1), _List(unique=True)]
