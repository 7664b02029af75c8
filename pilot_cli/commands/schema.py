"""``pilot schema``: prints the format of site files, for editors or for people, or that of the settings for editors."""

from pathlib import Path

from typer import BadParameter

from pilot_cli.commands.choices import SchemaDraft, SchemaOf
from pilot_cli.commands.output import open_output
from pilot_cli.formats.json import dump
from pilot_cli.formats.registry import SCHEMA_FORMATS, format_named
from pilot_cli.locale import gettext as _


def schema(*, of: SchemaOf, draft: SchemaDraft, format: str, output: Path | None) -> int:
    """Run the command; return its exit status."""
    if of is SchemaOf.SETTINGS and format != "json":
        raise BadParameter(_("the settings have no such page; leave this option out"), param_hint="--format")
    with open_output(output, is_for_people=False) as out:
        if of is SchemaOf.SETTINGS:
            from pilot_cli.settings.schema import settings_schema

            out.write(dump(settings_schema(draft.dialect), indent=2) + "\n")
        else:
            format_named(SCHEMA_FORMATS, format).write(draft.dialect, out)
    return 0
