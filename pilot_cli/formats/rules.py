"""The rules of a standard, in every format of ``pilot rules``."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TextIO

from rich.cells import cell_len
from rich.table import Table

from pilot_cli.formats.json import dump
from pilot_cli.formats.labels import applies_label, pillar_label, pillar_of_rule_label
from pilot_cli.formats.markdown import escaped, row
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for, fields, level_cell, new_table
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import About, RuleInfo
from pilot_cli.standard.checks.inspected import Inspected, result_text
from pilot_cli.standard.rule import Applies, Credit
from pilot_cli.standard.standard import Standard

BORDERS = 3
"""What a column takes besides its texts, in cells."""
TEXT_WIDTH = 14
"""The least width of a column of texts, in cells."""


class ListedRule(NamedTuple):
    """A rule as it is listed; those on site files score no points and apply to all sites."""

    info: RuleInfo
    points: int | None = None
    credit: Credit | None = None
    applies: tuple[Applies, ...] = ()
    on_site: Inspected | None = None
    """How inspectors look at it, if only a person can judge it."""

    @property
    def points_label(self) -> str:
        """How many points the rule is worth, and whether a part of them can be earned."""
        if self.points is None:
            return "–"
        if not self.points:
            return _("not scored")
        if self.credit is Credit.SHARE:
            return _("{points}, by share").format(points=self.points)
        return str(self.points)


class RuleListing(NamedTuple):
    """Rules of a standard."""

    standard: Standard
    rules: Sequence[ListedRule]


def write_table(listing: RuleListing, out: TextIO, view: View) -> None:
    """Write a table with a row a rule."""
    console = console_for(out)
    console.print(cell(_("Rules of the standard {standard}").format(standard=listing.standard.title), "bold"))
    console.print(_table(listing.rules, console.width, view))
    console.print(cell(_("Explain one with: pilot rules ID"), "quiet"))


def _table(rules: Sequence[ListedRule], width: int, view: View) -> Table:
    """Draw a row a rule, with as many of its texts as have room."""
    labels = max(cell_len(rule.info.level) for rule in rules), max(cell_len(rule.points_label) for rule in rules)
    room = width - 1 - sum(max(pair) + BORDERS for pair in zip((6, 8, 6), (0, *labels), strict=True))
    number = min(max(room // (TEXT_WIDTH + BORDERS), 1), 3)
    table = new_table(ascii_borders=view.ascii_borders)
    table.add_column(_("Rule"), no_wrap=True)
    table.add_column(_("Severity"), no_wrap=True)
    table.add_column(_("Points"), justify="right", no_wrap=True)
    for title in (_("What it asks"), _("Problem"), _("Basis"))[:number]:
        table.add_column(title)
    for before, rule in zip((None, *rules), rules, strict=False):
        info = rule.info
        if before and before.info.family != info.family:
            table.add_section()
        texts = (cell(str(text)) for text in (info.title, info.problem, info.basis)[:number])
        table.add_row(info.id, level_cell(info), rule.points_label, *texts)
    return table


def write_explanation(rule: ListedRule, out: TextIO) -> None:
    """Explain one rule in full."""
    info = rule.info
    rows = [(_("Problem"), cell(str(info.problem))), (_("Severity"), level_cell(info))]
    if info.about is About.FILING:
        about = _("how the file is filled in: told to whoever fills it in, and in no report or notice")
        rows.append((_("Looks at"), cell(about)))
    rows += [
        (_("Points"), cell(rule.points_label)),
        (_("Counts for"), cell(pillar_of_rule_label(info))),
        (_("Applies to"), cell(applies_label(rule.applies))),
        *((label, cell(text)) for label, text in _on_site_texts(rule)),
        (_("Basis"), cell(str(info.basis))),
        (_("Advice"), cell(str(info.advice))),
    ]
    if rule.points is not None:
        waive = _('[[waivers]] with rule = "{rule}", reason, approved_by and until').format(rule=info.id)
        rows.append((_("Waive"), cell(waive)))
    console = console_for(out)
    console.print(cell(f"{info.id} {info.title}", "bold"))
    for line in fields(rows, console.width):
        console.print(line)


def _on_site_texts(rule: ListedRule) -> Sequence[tuple[str, str]]:
    """How inspectors look at an on-site item, with labels; nothing of other rules."""
    item = rule.on_site
    if item is None:
        return ()
    months = ngettext("{number} month", "{number} months", item.valid_months).format(number=item.valid_months)
    return (
        (_("Way of inspection"), item.method.label),
        (_("What to look for"), str(item.look_for)),
        (_("Possible results"), _(", ").join(map(result_text, item.levels))),
        (_("Valid for"), months),
    )


def write_json(listing: RuleListing, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    document = {
        "standard": listing.standard.name,
        "rules": [
            {
                "id": info.id,
                "one": info.pillar,
                "severity": info.severity,
                "about": info.about,
                "points": points,
                "credit": credit,
                "applies": applies_label(applies),
                "title": str(info.title),
                "problem": str(info.problem),
                "basis": str(info.basis),
                "advice": str(info.advice),
                "on_site": _on_site_object(on_site),
            }
            for info, points, credit, applies, on_site in listing.rules
        ],
    }
    out.write(dump(document, indent=1) + "\n")


def _on_site_object(item: Inspected | None) -> dict[str, object] | None:
    """What the standard says of an on-site item, by its keys; the words are those that results are recorded with."""
    if item is None:
        return None
    return {
        "method": item.method,
        "look_for": str(item.look_for),
        "valid_months": item.valid_months,
        "levels": item.levels,
    }


def write_markdown(listing: RuleListing, out: TextIO, _view: View) -> None:
    """Write a section with a table for each one, after that of the rules that count for none."""
    title = _("Rules of the standard {standard}").format(standard=listing.standard.title)
    out.write(f"# {escaped(title)}\n")
    headers = (
        *(_("Rule"), _("Severity"), _("Points"), _("What it asks"), _("Problem")),
        *(_("Applies to"), _("Basis"), _("Advice")),
    )
    by_pillar: dict[Pillar | None, list[ListedRule]] = defaultdict(list)
    for rule in listing.rules:
        by_pillar[rule.info.pillar].append(rule)
    for pillar in (None, *Pillar):
        if pillar in by_pillar:
            section = pillar_label(pillar) if pillar else _("The site as a whole (counts for none of the five ones)")
            out.write(f"\n## {section}\n\n" + row(headers) + row("---" for _header in headers))
        for rule in by_pillar[pillar]:
            info = rule.info
            texts = (info.title, info.problem, applies_label(rule.applies), info.basis, info.advice)
            cells = (escaped(str(text)) for text in texts)
            out.write(row((info.id, info.level, rule.points_label, *cells)))
    _write_on_site_items([rule for rule in listing.rules if rule.on_site], out)


def _write_on_site_items(rules: Sequence[ListedRule], out: TextIO) -> None:
    """Write a section on how inspectors look at on-site items, where there are any."""
    if not rules:
        return
    headers = (_("Rule"), *(label for label, _text in _on_site_texts(rules[0])))
    title = _("On-site items")
    out.write(f"\n## {title}\n\n" + row(headers) + row("---" for _header in headers))
    for rule in rules:
        out.write(row((rule.info.id, *(escaped(text) for _label, text in _on_site_texts(rule)))))
