"""Writes site files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from pilot_cli.site.field import find_field, known_keys

SCHEMA = Path(__file__).with_name("site.schema.json")
"""The JSON Schema of the site file, as ``pilot schema`` prints it in Chinese."""

_LISTS = tuple(key for key in known_keys(()) if find_field(key).is_list)
"""The lists of tables that stand by themselves, such as waivers."""


def site_text(data: Mapping[str, Any]) -> str:
    """Return the text of a site file with some content.

    Lists of tables that are no part of the five ones come last, as people write them; tomli-w would put them first.
    """
    last = {key: rows for key, rows in data.items() if key in _LISTS and _are_flat(rows)}
    text = tomli_w.dumps({key: value for key, value in data.items() if key not in last})
    return text + "".join(f"\n[[{key}]]\n{tomli_w.dumps(row)}" for key, rows in last.items() for row in rows)


def _are_flat(rows: Any) -> bool:
    """Whether there are rows, and none of them has tables or lists in it."""
    return isinstance(rows, list) and bool(rows) and not any(_has_tables(row) for row in rows)


def _has_tables(row: Any) -> bool:
    return not isinstance(row, dict) or any(isinstance(value, dict | list) for value in row.values())
