"""``pilot schema``: prints the site format, for editors or for people."""

from pathlib import Path

from pilot_cli.commands.choices import SchemaDraft
from pilot_cli.commands.output import open_output
from pilot_cli.formats.registry import SCHEMA_FORMATS, format_named


def schema(*, draft: SchemaDraft, format: str, output: Path | None) -> int:
    """Run the command; return its exit status."""
    with open_output(output, is_for_people=False) as out:
        format_named(SCHEMA_FORMATS, format).write(draft.dialect, out)
    return 0
