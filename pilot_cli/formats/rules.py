"""The rules of a standard, in every format of ``pilot rules``."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TextIO

from rich.table import Table

from pilot_cli.formats.json import dump
from pilot_cli.formats.labels import applies_label, pillar_label, pillar_of_rule_label, severity_label
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.terminal import cell, console_for, new_table, severity_cell
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.standard.rule import Rule
from pilot_cli.standard.standard import Standard


def write_table(standard: Standard, rules: Iterable[Rule], out: TextIO, *, ascii_borders: bool) -> None:
    """Write a table with a row a rule."""
    table = new_table(ascii_borders=ascii_borders)
    table.add_column(_("Rule"), no_wrap=True)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("Points"), justify="right", no_wrap=True)
    table.add_column(_("What it asks"), overflow="fold")
    table.add_column(_("Basis"), overflow="fold")
    family = None
    for rule in rules:
        if rule.family != family and family is not None:
            table.add_section()
        family = rule.family
        table.add_row(
            rule.id, severity_cell(rule.severity), str(rule.points), cell(str(rule.title)), cell(str(rule.basis))
        )
    console = console_for(out)
    console.print(cell(_("Rules of the standard {standard}").format(standard=standard.name), "bold"))
    console.print(table)
    console.print(cell(_("Explain one with: pilot rules ID"), "dim"))


def write_explanation(rule: Rule, out: TextIO) -> None:
    """Write all that there is to say of one rule."""
    console = console_for(out)
    console.print(cell(f"{rule.id} {rule.title}", "bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(_("Severity"), severity_cell(rule.severity))
    table.add_row(_("Points"), str(rule.points))
    table.add_row(_("Counts for"), pillar_of_rule_label(rule))
    table.add_row(_("Applies to"), cell(applies_label(rule)))
    table.add_row(_("Basis"), cell(str(rule.basis)))
    table.add_row(_("Advice"), cell(str(rule.advice)))
    table.add_row(
        _("Waive"), cell(_('[[waivers]] with rule = "{rule}", reason, approved_by and until').format(rule=rule.id))
    )
    console.print(table)


def write_json(standard: Standard, rules: Iterable[Rule], out: TextIO) -> None:
    """Write one JSON document."""
    document = {
        "standard": standard.name,
        "rules": [
            {
                "id": rule.id,
                "one": rule.pillar,
                "severity": rule.severity,
                "points": rule.points,
                "applies": applies_label(rule),
                "title": str(rule.title),
                "basis": str(rule.basis),
                "advice": str(rule.advice),
            }
            for rule in rules
        ],
    }
    out.write(dump(document, indent=1) + "\n")


def write_markdown(standard: Standard, rules: Iterable[Rule], out: TextIO) -> None:
    """Write a section with a table for each one, after that of the rules that count for none."""
    title = _("Rules of the standard {standard}").format(standard=standard.name)
    out.write(f"# {escaped(title)}\n")
    headers = (_("Rule"), _("Severity"), _("Points"), _("What it asks"), _("Applies to"), _("Basis"), _("Advice"))
    by_pillar: dict[Pillar | None, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_pillar[rule.pillar].append(rule)
    for pillar in (None, *Pillar):
        if pillar in by_pillar:
            section = pillar_label(pillar) if pillar else _("The site as a whole (counts for none of the five ones)")
            out.write(f"\n## {section}\n\n" + row(headers) + row("---" for _header in headers))
        for rule in by_pillar[pillar]:
            texts = (rule.title, applies_label(rule), rule.basis, rule.advice)
            cells = (escaped(str(text)) for text in texts)
            out.write(row((rule.id, severity_label(rule.severity), str(rule.points), *cells)))
