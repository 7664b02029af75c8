"""``pilot schema``: prints the site format, for editors or for people."""

from pathlib import Path

from pilot_cli.commands.choices import SchemaDraft, SchemaFormat
from pilot_cli.commands.output import open_output
from pilot_cli.formats.schema import write_json, write_markdown


def schema(*, draft: SchemaDraft, format: SchemaFormat, output: Path | None) -> int:
    """Run the command; return its exit status."""
    with open_output(output, is_for_people=False) as out:
        if format is SchemaFormat.MARKDOWN:
            write_markdown(out)
        else:
            write_json(draft.dialect, out)
    return 0
