"""The settings file as JSON Schema, for editors; made from the model, as the schema of site files is."""

from collections.abc import Mapping
from typing import Any

from pilot_cli.locale import gettext as _
from pilot_cli.settings.model import LANGUAGE, OPTIONS, TABLE_TITLES, TABLES, Setting


def settings_schema(dialect: str) -> dict[str, Any]:
    """Return the schema, with descriptions in the current language; ``dialect`` says which draft it follows."""
    tables = {name: {"description": _(TABLE_TITLES[name]), **_table(keys)} for name, keys in TABLES.items()}
    top = _table({"lang": LANGUAGE, **OPTIONS})
    top["properties"].update(tables)
    return {"$schema": dialect, "title": _("Settings of pilot"), **top}


def _table(keys: Mapping[str, Setting]) -> dict[str, Any]:
    properties = {name: {"description": _(setting.about), **setting.kind.schema} for name, setting in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}
