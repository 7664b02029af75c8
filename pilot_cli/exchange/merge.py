"""Merges what a ledger says of a site into the site file that exists already."""

from collections import defaultdict, deque
from functools import cache
from typing import Any

from pilot_cli.exchange.layout import sheets
from pilot_cli.exchange.site_builder import SiteData
from pilot_cli.site.texts import plain


def merge(current: SiteData, update: SiteData, path: str = "") -> None:
    """Change the data of a file to what an update says; what the update does not mention stays as it is.

    An entry of a list updates the one with the same identity, or else is added at the end. ``path`` is the dotted path
    of the table that both are.
    """
    for key, value in update.items():
        key_path = f"{path}.{key}" if path else key
        if isinstance(value, dict) and isinstance(current.get(key), dict):
            merge(current[key], value, key_path)
        elif key_path in _identity_keys() and isinstance(current.get(key), list):
            _merge_rows(current[key], value, _identity_keys()[key_path])
        else:
            current[key] = value


def _merge_rows(current: list[Any], update: list[SiteData], identity_keys: tuple[str, ...]) -> None:
    known: defaultdict[tuple[str | None, ...], deque[SiteData]] = defaultdict(deque)
    for row in current:
        if isinstance(row, dict):
            known[_identity(row, identity_keys)].append(row)
    for row in update:
        same = known[_identity(row, identity_keys)]
        if same:
            same.popleft().update(row)
        else:
            current.append(row)


def _identity(row: SiteData, identity_keys: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return the values that say which entry a row is; a date counts as its text, since files may quote it.

    Spaces and widths make no difference in names, as for the rules: people type them again in each ledger.
    """
    return tuple(None if row.get(key) is None else plain(str(row[key])) for key in identity_keys)


@cache
def _identity_keys() -> dict[str, tuple[str, ...]]:
    return {layout.rows.path: layout.identity_keys for layout in sheets() if layout.rows}
