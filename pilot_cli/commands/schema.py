"""``pilot schema``: prints the format of site files, for editors or for people, or that of another file for editors."""

from collections.abc import Sequence

from typer import BadParameter

from pilot_cli.commands.choices import SchemaDraft, SchemaOf
from pilot_cli.commands.targets import choose_targets, open_targets
from pilot_cli.formats.json import dump
from pilot_cli.locale import gettext as _


def schema(*, of: SchemaOf, draft: SchemaDraft, format: str | None, output: Sequence[str]) -> int:
    """Run the command; return its exit status."""
    targets = choose_targets("schema", output, format)
    if of is not SchemaOf.SITE and any(target.format.name != "json" for target in targets):
        raise BadParameter(_("there is no such page of this file; leave this option out"), param_hint="--format")
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            if of is SchemaOf.SETTINGS:
                from pilot_cli.settings.schema import settings_schema

                out.write(dump(settings_schema(draft.dialect), indent=2) + "\n")
            elif of is SchemaOf.INSPECTIONS:
                from pilot_cli.formats.schema import write_inspections_json

                write_inspections_json(draft.dialect, out)
            else:
                target.format.write(draft.dialect, out)
    return 0
