"""Writes site files."""

from collections.abc import Mapping
from pathlib import Path

import tomli_w

from pilot_cli.site.answer import Value
from pilot_cli.site.field import known_keys
from pilot_cli.site.model import FORMAT_VERSION, One

SCHEMA = Path(__file__).with_name("site.schema.json")
"""The JSON Schema of the site file, as ``pilot schema`` prints it in Chinese."""


def write_site(values: Mapping[str, Value], schema: str) -> str:
    """Return the text of a site file with values by their dotted paths; each of the five ones has its table.

    ``schema`` is the address of the JSON Schema, for editors.
    """
    tables = {
        table: {key: values[f"{table}.{key}"] for key in known_keys((table,)) if f"{table}.{key}" in values}
        for table in ("site", *One)
    }
    return f"#:schema {schema}\n\n{tomli_w.dumps({'format': FORMAT_VERSION, **tables})}"
