"""``pilot rules``: lists the rules of a standard, or explains one."""

from collections.abc import Sequence
from pathlib import Path

from pilot_cli.commands.choices import Borders, RulesFormat
from pilot_cli.commands.options import no_such_rule, open_standard
from pilot_cli.commands.output import open_output


def rules(
    rule: str | None,
    *,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: RulesFormat,
    output: Path | None,
    borders: Borders,
) -> int:
    """Run the command; return its exit status."""
    from pilot_cli.formats import rules as formats

    chosen = open_standard(standard, select, ignore)
    shown = [one for one in chosen.rules if rule is None or one.id == rule.upper()]
    if rule is not None and not shown:
        raise no_such_rule(chosen, rule, "RULE")
    with open_output(output, is_for_people=format is RulesFormat.TABLE) as out:
        if format is RulesFormat.JSON:
            formats.write_json(chosen, shown, out)
        elif format is RulesFormat.MARKDOWN:
            formats.write_markdown(chosen, shown, out)
        elif rule is not None:
            formats.write_explanation(shown[0], out)
        else:
            formats.write_table(chosen, shown, out, ascii_borders=borders is Borders.ASCII)
    return 0
