"""Recognizes keys of the format that are written otherwise: by their Chinese label, in capitals, in another table."""

import re
from functools import cache
from typing import Any
from unicodedata import normalize

import rtoml
from pydantic import TypeAdapter, ValidationError

from pilot_cli.locale import in_every_language
from pilot_cli.site.field import Field, FieldKind, all_fields, find_field

MAX_NAME_LENGTH = 64
"""The length of the longest name that is compared with the known ones: no typing error makes a longer one."""


def find_named(written: str, table: str = "") -> Field | None:
    """Find the field that a key means, in a table by its dotted path or else in the only one that has such a key."""
    if len(written) > MAX_NAME_LENGTH:
        return None
    fields = _fields_by_name().get(_simple(written), ())
    here = [field for field in fields if _table_of(field) == table]
    return here[0] if here else fields[0] if len(fields) == 1 else None


def fields_called(key: str) -> tuple[Field, ...]:
    """Return the fields whose key this is, in whatever table."""
    return _fields_by_key().get(key, ())


def header_of(field: Field) -> str:
    """Write the header of the table that a field stands in; empty for the top of the file."""
    table = _table_of(field)
    return header(find_field(table)) if table else ""


def header(table: Field) -> str:
    """Write the header of a table, or of each table of a list."""
    return f"[[{table.path}]]" if table.is_list else f"[{table.path}]"


def holds_list(field: Field) -> bool:
    """Whether a field is a list of its own, and not only one of a list of tables."""
    if not field.is_of_rows:
        return field.is_list
    model = find_field(_table_of(field)).table
    return model is not None and find_field(str(field.keys[-1]), model).is_list


def is_number(key: str) -> bool:
    """Whether a key holds a number wherever the format has it."""
    return all(field.kind is FieldKind.NUMBER for field in fields_called(key)) and bool(fields_called(key))


def is_date(key: str) -> bool:
    """Whether a key holds a date wherever the format has it."""
    return all(field.kind is FieldKind.DATE for field in fields_called(key)) and bool(fields_called(key))


def is_text(key: str) -> bool:
    """Whether a key holds a text, or several, wherever the format has it."""
    return all(field.kind is FieldKind.TEXT for field in fields_called(key)) and bool(fields_called(key))


def allows(key: str, value: str) -> bool:
    """Whether a value, as TOML writes it, is one that a key can hold wherever the format has it."""
    read = rtoml.loads(f"value = {value}")["value"]
    return all(is_allowed(field, read) for field in fields_called(key))


def is_allowed(field: Field, value: object, *, is_entry: bool = False) -> bool:
    """Whether a field can hold a value, or have it as an entry of its list."""
    try:
        _validator(field.path, field.within).validate_python([value] if is_entry else value)
    except ValidationError:
        return False
    return True


@cache
def _validator(path: str, within: type) -> TypeAdapter[Any]:
    return TypeAdapter(find_field(path, within).annotation)


def _table_of(field: Field) -> str:
    return field.path.rpartition(".")[0]


@cache
def _fields_by_key() -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for field in all_fields():
        key = str(field.keys[-1])
        found[key] = (*found.get(key, ()), field)
    return found


@cache
def _fields_by_name() -> dict[str, tuple[Field, ...]]:
    """The fields by what their keys and labels have in common with careless spellings of them."""
    found: dict[str, tuple[Field, ...]] = {}
    for field in all_fields():
        labels = in_every_language(field.title)
        for name in dict.fromkeys(map(_simple, (str(field.keys[-1]), *labels, *map(_without_brackets, labels)))):
            found[name] = (*found.get(name, ()), field)
    return found


def _without_brackets(label: str) -> str:
    return re.sub(r"[（(][^（）()]*[)）]", "", label)


def _simple(name: str) -> str:
    """Leave out case, width and everything but letters and digits."""
    return re.sub(r"[\W_]", "", normalize("NFKC", name[: 2 * MAX_NAME_LENGTH])).lower()
