"""``pilot schema``: prints the site format, for editors or for people."""

from collections.abc import Sequence

from pilot_cli.commands.choices import SchemaDraft
from pilot_cli.commands.targets import choose_targets, open_targets


def schema(*, draft: SchemaDraft, format: str | None, output: Sequence[str]) -> int:
    """Run the command; return its exit status."""
    targets = choose_targets("schema", output, format)
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            target.format.write(draft.dialect, out)
    return 0
