"""``pilot rules``: lists the rules of a standard, or explains one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer import BadParameter

from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import Borders
from pilot_cli.commands.options import no_such_rule, open_standard, refuse_input_as_output, split_names
from pilot_cli.commands.targets import choose_targets, open_targets
from pilot_cli.formats.registry import View
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.standard.standard import Standard


def rules(
    rule: str | None,
    *,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: str | None,
    output: Sequence[str],
    borders: Borders | None,
) -> int:
    """Run the command; return its exit status."""
    from pilot_cli.formats.rules import ListedRule, RuleListing, write_explanation

    chosen = open_standard(standard, select, ignore)
    refuse_input_as_output(output, chosen.files)
    targets = choose_targets("rules", output, format)
    # What is asked of site files is the same with every standard, and listed where it is named.
    asked = split_names([rule] if rule is not None else [])
    named = {*split_names(select), *asked}
    listed = [
        ListedRule(one.info, one.points, one.credit, one.applies, chosen.on_site.get(one.info.id))
        for one in chosen.rules
    ]
    listed += [ListedRule(info) for info in chosen.file_rules if any(map(info.is_called, named))]
    shown = [one for one in listed if rule is None or [one.info.id] == asked]
    if not shown:
        raise _not_one_rule(chosen, asked)
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            if rule is not None and not target.format.for_programs:
                write_explanation(shown[0], out)
            else:
                target.format.write(RuleListing(chosen, shown), out, View(draws_ascii(borders, output)))
    return 0


def _not_one_rule(standard: "Standard", names: Sequence[str]) -> BadParameter:
    """Make the error of what names no rule, or several, where one is to be explained."""
    if not names:
        return BadParameter(_("no rule is named"), param_hint="RULE")
    families = {rule.family for rule in standard.catalogue.values()}
    if len(names) > 1 or families.issuperset(names):
        message = _("one rule is explained at a time; this lists several: {command}")
        command = f"pilot rules --select {','.join(names)}"
        return BadParameter(message.format(command=command), param_hint="RULE")
    return no_such_rule(standard, names[0], "RULE")
