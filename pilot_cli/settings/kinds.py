"""The kinds of values in the settings file: how each is read, and its JSON Schema."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple
from unicodedata import category

from pilot_cli.locale import gettext as _
from pilot_cli.standard.parameter import ParameterError, boolean, error_at, table, text, type_error, whole_number


class Kind(NamedTuple):
    """What reads a value or raises a ParameterError, and the JSON Schema of such values."""

    read: Callable[[Any], Any]
    schema: Mapping[str, Any]


def _line(value: Any) -> str:
    """Read a text in which nothing steers a terminal."""
    if not text(value).strip():
        raise type_error(_("a text with something in it"), value)
    if any(category(letter) == "Cc" for letter in value):
        raise ParameterError(_("it holds an invisible control character; delete it, or type the text again"))
    return str(value)


TEXT = Kind(_line, {"type": "string", "pattern": r"\S"})
FLAG = Kind(boolean, {"type": "boolean"})
PERCENT = Kind(whole_number(0, 100), {"type": "integer", "minimum": 0, "maximum": 100})
COUNT = Kind(whole_number(1), {"type": "integer", "minimum": 1})


_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _day(value: Any) -> date:
    """Read a date, as TOML has them or between quotes."""
    if isinstance(value, str) and re.fullmatch(_DATE, value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise type_error(_("a date, e.g. 2020-11-23"), value)
    return value


DAY = Kind(_day, {"type": "string", "format": "date", "pattern": _DATE})
"""Editors take the dates of TOML for texts."""


def word(words: Iterable[str]) -> Kind:
    """One of a closed list of words."""
    known = [str(one) for one in words]

    def read(value: Any) -> str:
        if value not in known:
            listed = _("one of the words of the list: {words}").format(words=_(", ").join(known))
            raise type_error(listed, value)
        return str(value)

    return Kind(read, {"type": "string", "enum": known})


def several(kind: Kind) -> Kind:
    """A value, or a list of such values, which may be empty; it is read as a list."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            return [kind.read(value)]
        found = []
        for index, one in enumerate(value):
            with error_at(index):
                found.append(kind.read(one))
        return found

    return Kind(read, {"anyOf": [kind.schema, {"type": "array", "items": kind.schema}]})


def table_of(kind: Kind) -> Kind:
    """A table whose keys are up to the office, with a value of one kind each."""

    def read(value: Any) -> dict[str, Any]:
        found = {}
        for name, one in table(value).items():
            with error_at(name):
                found[name] = kind.read(one)
        return found

    return Kind(read, {"type": "object", "additionalProperties": kind.schema})
