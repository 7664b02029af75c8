"""The types of values in a site file: what each accepts, and its JSON Schema."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, GetPydanticSchema, Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MAX_INTEGER = 2**63 - 1
"""The largest that TOML knows."""

_DATES = (
    "^("
    # Four digits that are not 0000; a day that every year has.
    "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-"
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    # The 29 February of leap years.
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29"
    ")$"
)
"""The dates that there are, for JSON Schema, where ``format`` need not be obeyed."""


def _date_schema(*_: Any) -> CoreSchema:
    """Accept a TOML date or a quoted ISO date, and no time of day."""
    quoted = core_schema.chain_schema(
        [core_schema.str_schema(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), core_schema.date_schema(strict=False)]
    )
    return core_schema.union_schema(
        [core_schema.date_schema(strict=True), quoted],
        mode="left_to_right",
        custom_error_type="date",
        custom_error_message="not a date",
    )


def _date_in_json(*_: Any) -> dict[str, Any]:
    return {"type": "string", "format": "date", "pattern": _DATES}


@dataclass(frozen=True)
class WholeNumbers:
    """The limits of a field of whole numbers, which may also be written as 3.0: to JSON Schema that is the same."""

    least: int
    most: int = MAX_INTEGER

    def __get_pydantic_core_schema__(self, *_: Any) -> CoreSchema:
        whole = core_schema.union_schema(
            [
                core_schema.int_schema(strict=True),
                core_schema.chain_schema([core_schema.float_schema(strict=True), core_schema.int_schema()]),
            ],
            mode="left_to_right",
            custom_error_type="integer",
            custom_error_message="not a whole number",
        )
        return core_schema.chain_schema([whole, self._within_limits()])

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(self._within_limits())

    def _within_limits(self) -> CoreSchema:
        return core_schema.int_schema(ge=self.least, le=self.most)


@dataclass(frozen=True)
class NumbersAbove:
    """The limit of a field of numbers, which is itself too small."""

    limit: int

    def __get_pydantic_core_schema__(self, *_: Any) -> CoreSchema:
        return core_schema.float_schema(strict=True, gt=self.limit, allow_inf_nan=False)


Limits = WholeNumbers | NumbersAbove


class Event:
    """Marks the day of something that has not happened yet while the day is still to come."""


RESERVED_NAME = "reserved_name"
"""The type of the error for an id that Windows keeps for itself."""
_RESERVED = r"(con|prn|aux|nul|com[0-9]|lpt[0-9])"
is_reserved_name = re.compile(_RESERVED).fullmatch
"""Whether an id can be the name of no file or folder on Windows, and so of none that an import makes."""


def _refuse_reserved(id: str) -> str:
    if is_reserved_name(id):
        raise PydanticCustomError(RESERVED_NAME, "a name of Windows")
    return id


SiteId = Annotated[
    str,
    Strict(),
    Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", json_schema_extra={"not": {"pattern": f"^{_RESERVED}$"}}),
    AfterValidator(_refuse_reserved),
]
StrictStr = Annotated[str, Strict()]
NonEmptyStr = Annotated[str, Strict(), Field(min_length=1)]
StrictStrs = tuple[StrictStr, ...]
Date = Annotated[date, GetPydanticSchema(_date_schema, _date_in_json)]
EventDate = Annotated[Date, Event()]
NonNegativeInt = Annotated[int, WholeNumbers(0)]
Years = Annotated[int, WholeNumbers(1, 5)]
Year = Annotated[int, WholeNumbers(1921, 9999)]
Area = Annotated[float, NumbersAbove(0)]
