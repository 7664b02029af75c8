"""``pilot rules``: lists the rules of a standard, or explains one."""

from collections.abc import Sequence

from pilot_cli.commands.choices import Borders
from pilot_cli.commands.options import no_such_rule, open_standard, refuse_input_as_output, split_names
from pilot_cli.commands.targets import choose_targets, open_targets
from pilot_cli.formats.registry import View


def rules(
    rule: str | None,
    *,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: str | None,
    output: Sequence[str],
    borders: Borders,
) -> int:
    """Run the command; return its exit status."""
    from pilot_cli.formats.rules import ListedRule, RuleListing, write_explanation

    refuse_input_as_output(output, [standard])
    targets = choose_targets("rules", output, format)
    chosen = open_standard(standard, select, ignore)
    # What is asked of site files is the same with every standard, and listed where it is named.
    named = {*split_names(select), *([rule.upper()] if rule else [])}
    listed = [ListedRule(one.info, one.points, one.credit, one.applies) for one in chosen.rules]
    listed += [ListedRule(info) for info in chosen.file_rules if any(map(info.is_called, named))]
    shown = [one for one in listed if rule is None or one.info.id == rule.upper()]
    if not shown:
        raise no_such_rule(chosen, rule or "", "RULE")
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            if rule is not None and not target.format.for_programs:
                write_explanation(shown[0], out)
            else:
                target.format.write(RuleListing(chosen, shown), out, View(borders is Borders.ASCII))
    return 0
