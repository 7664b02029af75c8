"""Writes site files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from pilot_cli.site.field import known_keys
from pilot_cli.site.model import FORMAT_VERSION, One

SCHEMA = Path(__file__).with_name("site.schema.json")
"""The JSON Schema of the site file, as ``pilot schema`` prints it in Chinese."""


def write_site(tables: Mapping[str, Mapping[str, Any]], schema: str) -> str:
    """Return the text of a site file; each of the five ones has its table, be it empty.

    ``schema`` is the address of the JSON Schema, for editors.
    """
    ordered = {name: _in_order(name, tables.get(name, {})) for name in ("site", *One)}
    document = {"format": FORMAT_VERSION, **ordered}
    return f"#:schema {schema}\n\n{tomli_w.dumps(document)}"


def _in_order(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in known_keys((name,)) if key in table}
