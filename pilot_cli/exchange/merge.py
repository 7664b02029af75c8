"""Brings what a book says into a site file that is there already."""

from collections import defaultdict, deque
from functools import cache
from typing import Any

from pilot_cli.exchange.layout import sheets
from pilot_cli.exchange.site_builder import Data


def merge(there: Data, said: Data, path: str = "") -> None:
    """Take over what a book says of a site; what it does not say stays as it is.

    A row of a list is put into the one about the same thing, or else comes after all others.
    """
    for key, value in said.items():
        below = f"{path}.{key}" if path else key
        if isinstance(value, dict) and isinstance(there.get(key), dict):
            merge(there[key], value, below)
        elif below in _identity_keys() and isinstance(there.get(key), list):
            _merge_rows(there[key], value, _identity_keys()[below])
        else:
            there[key] = value


def _merge_rows(there: list[Any], said: list[Data], identity_keys: tuple[str, ...]) -> None:
    known: defaultdict[tuple[str | None, ...], deque[Data]] = defaultdict(deque)
    for row in there:
        if isinstance(row, dict):
            known[_key(row, identity_keys)].append(row)
    for row in said:
        about_the_same = known[_key(row, identity_keys)]
        if about_the_same:
            about_the_same.popleft().update(row)
        else:
            there.append(row)


def _key(row: Data, identity_keys: tuple[str, ...]) -> tuple[str | None, ...]:
    """What a row is about; a date may be a quoted one."""
    return tuple(None if row.get(key) is None else str(row[key]) for key in identity_keys)


@cache
def _identity_keys() -> dict[str, tuple[str, ...]]:
    return {layout.rows.path: layout.identity_keys for layout in sheets() if layout.rows}
