"""Finds the value that was meant by one that does not fit the site format."""

import re
from datetime import date, datetime, time
from typing import NamedTuple

from pydantic_core import ErrorDetails

from pilot_cli.site.field import Field, find_field
from pilot_cli.site.mistakes.key_names import is_allowed
from pilot_cli.site.mistakes.near_word import meant_word
from pilot_cli.site.mistakes.spellings import spelled_date, spelled_number
from pilot_cli.site.mistakes.told import MendKind
from pilot_cli.site.model import Site
from pilot_cli.site.problem import KeyPath, format_path
from pilot_cli.site.texts import nfkc
from pilot_cli.site.value_types import is_reserved_name

MAX_TEXT_LENGTH = 64
"""The length of the longest key or value that is put right: no typing error makes a longer one."""

_SITE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,63}")
_SEPARATORS = re.compile(r'[、,，;；"\\\s]')
MIDNIGHT = time()


class RightValue(NamedTuple):
    """A value as it should be."""

    toml: str
    """As TOML writes it."""
    value: object
    kind: MendKind | None = None
    """What is put right with it, where it is certain that this was meant."""


def right_value(error: ErrorDetails, within: type = Site) -> RightValue | None:
    """Find the value that was meant, from pydantic's error on one of a site file."""
    right = _right_value(error["type"], error["input"], error["loc"], within)
    if right is None or right.kind is None or is_allowed(*_field_at(error["loc"], right.value, within)):
        return right
    return right._replace(kind=None)


def field_at(path: KeyPath, within: type = Site) -> Field:
    """Return the field that a path in a site file leads to, or into the list of."""
    return find_field(format_path(path), within)


def _field_at(path: KeyPath, value: object, within: type) -> tuple[Field, object]:
    """Return a field and what it holds with a value at a path."""
    return field_at(path, within), [value] if isinstance(path[-1], int) else value


def _right_value(type: str, value: object, path: KeyPath, within: type) -> RightValue | None:
    if isinstance(value, str) and len(value) <= MAX_TEXT_LENGTH:
        return _right_text(type, value, path, within)
    if type == "date" and isinstance(value, datetime) and value.time() == MIDNIGHT:
        return RightValue(value.date().isoformat(), value.date(), MendKind.DATE)
    if type == "string_type" and isinstance(value, int | date) and not isinstance(value, bool):
        return RightValue(f'"{value}"', str(value), MendKind.QUOTES)
    return None


def _right_text(type: str, text: str, path: KeyPath, within: type) -> RightValue | None:
    match type:
        case "integer" | "float_type":
            number = spelled_number(text, str(path[-1]))
            if number is None or not number.is_in_unit_of_key or ("." in number.number and type == "integer"):
                return None
            value = float(number.number) if "." in number.number else int(number.number)
            return RightValue(number.number, value, MendKind.NUMBER if number.is_certain else None)
        case "date":
            day = spelled_date(text)
            return RightValue(day.isoformat(), day, MendKind.DATE) if day else None
        case "enum":
            meant = meant_word(text, list(field_at(path, within).words or ()))
            return RightValue(f'"{meant.word}"', meant.word, meant.kind) if meant else None
        case "string_pattern_mismatch":
            # An id names a site elsewhere, too: in ledgers, folders and earlier audits. Nobody else changes it.
            id = re.sub(r"[\s_.]+", "-", nfkc(text).strip().lower())
            return RightValue(f'"{id}"', id) if _SITE_ID.fullmatch(id) and not is_reserved_name(id) else None
        case "tuple_type" if nfkc(text).strip() and not _SEPARATORS.search(text):
            return RightValue(f'["{text}"]', [text], MendKind.QUOTES)
        case _:
            return None
