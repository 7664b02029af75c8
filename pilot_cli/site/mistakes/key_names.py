"""Recognizes keys that are written differently: by their Chinese label, in capitals, in another table."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

import rtoml
from pydantic import TypeAdapter, ValidationError

from pilot_cli.locale import in_every_language
from pilot_cli.site.field import Field, FieldKind, all_fields, find_field, known_keys
from pilot_cli.site.model import Site
from pilot_cli.site.problem import KeyPath, format_path
from pilot_cli.site.texts import nfkc

MAX_NAME_LENGTH = 64
"""The length of the longest name that is compared with the known ones: no typing error makes a longer one."""
TYPING_ERROR = 0.8
"""How similar a key and a known one have to be for difflib, so that one has a letter or two wrong."""


class MeantKey(NamedTuple):
    """The key of the format that an unknown one means."""

    key: str
    is_label: bool = False
    """Whether it is written by its label."""
    is_certain: bool = False
    """Whether it can be no other, and nothing but this key."""
    is_typing_error: bool = False
    """Whether it is a single key that is hardly written otherwise, so that its value has to fit as well."""


@lru_cache(1024)
def meant_key(key: str, holder: KeyPath, within: type = Site) -> MeantKey | None:
    """Find the key of the table at a path that an unknown key there means, if there is one."""
    from difflib import get_close_matches

    if len(key) > MAX_NAME_LENGTH:
        return None
    known = known_keys(holder, within)
    field = find_named(key, format_path(holder), within)
    if field and field.keys[-1] in known:
        return MeantKey(str(field.keys[-1]), is_label=not key.isascii(), is_certain=True)
    near = get_close_matches(key, known, n=1)
    if not near:
        return None
    is_only_one = len(get_close_matches(key, known, n=2, cutoff=TYPING_ERROR)) == 1
    return MeantKey(near[0], is_typing_error=is_only_one and not fields_called(key, within))


def find_named(written: str, table: str = "", within: type = Site) -> Field | None:
    """Find the field that a key means, in a table by its dotted path or else in the only one that has such a key."""
    if len(written) > MAX_NAME_LENGTH:
        return None
    fields = _fields_by_name(within).get(_simple(written), ())
    here = [field for field in fields if _table_of(field) == table]
    return here[0] if here else fields[0] if len(fields) == 1 else None


def fields_called(key: str, within: type = Site) -> tuple[Field, ...]:
    """Return the fields whose key this is, in whatever table."""
    return _fields_by_key(within).get(key, ())


def known_spelling(key: str, within: type = Site) -> str:
    """Write a key in small letters, as the format does, if it is one then."""
    return key.lower() if key.lower() in _fields_by_key(within) else key


def header_of(field: Field) -> str:
    """Write the header of the table that a field stands in; empty for the top of the file."""
    table = _table_of(field)
    return header(find_field(table, field.within)) if table else ""


def header(table: Field) -> str:
    """Write the header of a table, or of each table of a list."""
    return f"[[{table.path}]]" if table.is_list else f"[{table.path}]"


def holds_list(field: Field) -> bool:
    """Whether a field is a list of its own, and not only one of a list of tables."""
    if not field.is_of_rows:
        return field.is_list
    model = find_field(_table_of(field), field.within).table
    return model is not None and find_field(str(field.keys[-1]), model).is_list


def is_number(key: str, within: type = Site) -> bool:
    """Whether a key holds a number wherever the format has it."""
    return _is_always(FieldKind.NUMBER, key, within)


def is_date(key: str, within: type = Site) -> bool:
    """Whether a key holds a date wherever the format has it."""
    return _is_always(FieldKind.DATE, key, within)


def is_text(key: str, within: type = Site) -> bool:
    """Whether a key holds a text, or several, wherever the format has it."""
    return _is_always(FieldKind.TEXT, key, within)


def _is_always(kind: FieldKind, key: str, within: type) -> bool:
    fields = fields_called(key, within)
    return bool(fields) and all(field.kind is kind for field in fields)


def allows(key: str, value: str, within: type = Site) -> bool:
    """Whether a value, as TOML writes it, is one that a key can hold wherever the format has it."""
    read = rtoml.loads(f"value = {value}")["value"]
    return all(is_allowed(field, read) for field in fields_called(key, within))


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
def _fields_by_key(within: type) -> dict[str, tuple[Field, ...]]:
    found: dict[str, tuple[Field, ...]] = {}
    for field in all_fields(within):
        key = str(field.keys[-1])
        found[key] = (*found.get(key, ()), field)
    return found


@cache
def _fields_by_name(within: type) -> dict[str, tuple[Field, ...]]:
    """The fields by what their keys and labels have in common with careless spellings of them."""
    found: dict[str, tuple[Field, ...]] = {}
    for field in all_fields(within):
        labels = in_every_language(field.title)
        for name in dict.fromkeys(map(_simple, (str(field.keys[-1]), *labels, *map(_without_brackets, labels)))):
            found[name] = (*found.get(name, ()), field)
    return found


def _without_brackets(label: str) -> str:
    return re.sub(r"[（(][^（）()]*[)）]", "", label)


def _simple(name: str) -> str:
    """Leave out case, width and everything but letters and digits."""
    return re.sub(r"[\W_]", "", nfkc(name[: 2 * MAX_NAME_LENGTH])).lower()
