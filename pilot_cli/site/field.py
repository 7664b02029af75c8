"""The fields of the site format by their dotted paths: what they are called, what they hold, how to get at them."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Site, Table
from pilot_cli.site.problem import KeyPath, format_path
from pilot_cli.site.value_types import Event, Limits
from pilot_cli.site.words import Word


class FieldKind(Enum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TABLE = "table"


class Field(NamedTuple):
    """One field of the site format."""

    path: str
    keys: KeyPath
    """The path as steps."""
    within: type
    """The model of the table that the path starts from."""
    title: str
    kind: FieldKind
    """What it holds, or what each entry of it holds when it is a list."""
    words: type[Word] | None
    """The closed list that its texts come from."""
    limits: Limits | None
    """Between which limits its numbers lie."""
    is_event: bool
    """Whether its date is the day of something that has not happened yet while the day is still to come."""
    is_list: bool
    """Whether it holds several values: a list, or a field of the tables of a list."""
    is_of_rows: bool
    """Whether it is a field of the tables of a list."""
    table: type[Table] | None
    """The model of a table, or of each table of a list of tables."""
    get: Callable[[Any], Any]
    """Takes the value out of a ``Site``, or out of the row that the path starts from; several values as a tuple."""
    annotation: Any
    """Its type as pydantic sees it."""
    default: Any
    """What it is where the file does not say."""

    @property
    def label(self) -> str:
        """What people call it, in the current language."""
        return _(self.title)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as what to look for; there it is the same."""
        return find_field, (self.path, self.within)


def find_field(path: str, within: type = Site) -> Field:
    """Return the field at a dotted path of the format, or of the rows of one of its lists; always the same object.

    Raises:
        KeyError: the format has no such field.
    """
    return _find_field(path, within)


@cache
def _find_field(path: str, within: type) -> Field:
    holder_path, dot, key = path.rpartition(".")
    if dot and not holder_path:
        raise KeyError(path)
    holder = find_field(holder_path, within) if holder_path else None
    model = holder.table if holder else within
    annotation = _annotations(model).get(key) if model else None
    if annotation is None:
        raise KeyError(path)
    holds, is_list, metadata = _unwrap(annotation)
    get: Callable[[Any], Any] = attrgetter(path)
    is_of_rows = holder is not None and holder.is_list
    if holder and is_of_rows:
        get = _all_rows(holder.get, key, is_list)
        is_list = True
    words = holds if issubclass(holds, Word) else None
    table = holds if issubclass(holds, Table) else None
    return Field(
        path=path,
        keys=tuple(path.split(".")),
        within=within,
        title=next((item for item in metadata if isinstance(item, str)), key),
        kind=_field_kind(holds),
        words=words,
        limits=next((item for item in metadata if isinstance(item, Limits)), None),
        is_event=any(isinstance(item, Event) for item in metadata),
        is_list=is_list,
        is_of_rows=is_of_rows,
        table=table,
        get=get,
        annotation=annotation,
        default=getattr(model, key),
    )


def _all_rows(rows: Callable[[Any], Any], key: str, is_list: bool) -> Callable[[Any], tuple[Any, ...]]:
    """Take what all the rows of a list of tables give for a key."""
    if is_list:
        return lambda site: tuple(value for row in rows(site) for value in getattr(row, key))
    return lambda site: tuple(value for row in rows(site) if (value := getattr(row, key)) is not None)


def known_keys(path: KeyPath, within: type = Site) -> list[str]:
    """List the keys that the format knows in the table at this path."""
    names = format_path(path)
    model = find_field(names, within).table if names else within
    return list(_annotations(model)) if model else []


@cache
def all_fields(within: type = Site) -> tuple[Field, ...]:
    """List every field of the format, tables and what they hold, in the order of the format."""
    return tuple(_fields_below("", within))


def _fields_below(path: str, within: type) -> Iterator[Field]:
    for key in known_keys(tuple(path.split(".")) if path else (), within):
        field = find_field(f"{path}.{key}" if path else key, within)
        yield field
        if field.table:
            yield from _fields_below(field.path, within)


def _annotations(model: type) -> dict[str, Any]:
    """The types of a table's keys; each should be annotated with its title, or else the key stands for it."""
    return {field.name: field.type for field in fields(model)}


def _unwrap(annotation: Any) -> tuple[type, bool, tuple[Any, ...]]:
    """Return the type of a value or of a list's entries, whether it is a list, and what it is annotated with."""
    match get_origin(annotation):
        case None:
            return annotation, False, ()
        case origin if origin in (Union, UnionType):
            return _unwrap(next(part for part in get_args(annotation) if part is not NoneType))
        case origin:
            inner, *rest = get_args(annotation)
            holds, is_list, metadata = _unwrap(inner)
            return (holds, True, metadata) if origin is tuple else (holds, is_list, (*rest, *metadata))


def _field_kind(holds: type) -> FieldKind:
    if issubclass(holds, Table):
        return FieldKind.TABLE
    if issubclass(holds, date):
        return FieldKind.DATE
    return FieldKind.NUMBER if issubclass(holds, int | float) else FieldKind.TEXT
