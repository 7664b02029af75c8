"""The state of sites: many with one row each, or one site with a row for each of the five ones."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Assessment, Completion, Status
from pilot_cli.audit.level import Level
from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.formats import labels
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import (
    MIN_TABLE_WIDTH,
    SEVERITY_STYLES,
    STATUS_STYLES,
    Hanging,
    cell,
    new_table,
    widest_piece,
)
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard

COUNTED = {Severity.ERROR: N_("Serious"), Severity.WARNING: N_("Ordinary")}
"""The findings that have a column of their own; advice can wait."""
WHOLE_NAME = 32
"""What the name of a site takes as a rule, in cells; the city is worth no line more."""
WHOLE_NAMES = 80
"""From this width on, the names of the five ones are not broken into lines, in cells."""
BORDERS = 3
"""What a column takes besides its texts, in cells."""


class _Column(NamedTuple):
    """What a table tells of each site."""

    title: str
    cells: list[Text]
    least: int | None = None
    """The least width where the texts may be broken into lines, in cells."""
    is_number: bool = False

    @property
    def width(self) -> int:
        """The least room that it takes."""
        return self.least or max(cell_len(self.title), *(text.cell_len for text in self.cells))


def sites_table(sites: Sequence[Assessment], results: Results[Summary], width: int, view: View) -> RenderableType:
    """Draw a row a site with as many columns as have room, or a list where even the few have none."""
    for columns in _choices(sites, results):
        if width >= max(MIN_TABLE_WIDTH, _needed(columns)):
            return _table(columns, view)
    return Group(*(line for site in sites for line in site_lines(site, results)))


def _choices(sites: Sequence[Assessment], results: Results[Summary]) -> Iterator[list[_Column]]:
    """Yield the columns that a table can have, the most first."""
    name = _Column(_("Pilot site"), [cell(labels.site_label(site)) for site in sites], WHOLE_NAME)
    kind = _Column(_("Kind"), [Text(labels.kind_label(site.kind)) for site in sites])
    city = _Column(_("City"), [cell(site.city or "") for site in sites])
    each = [
        _Column(labels.short_pillar_label(pillar), list(statuses))
        for pillar, statuses in zip(Pillar, zip(*map(_statuses, sites), strict=True), strict=True)
    ]
    figures = [
        *(_Column(_(title), [_number(site, of) for site in sites], None, True) for of, title in _counted(results)),
        _Column(_("Score"), [Text(labels.score_text(site.score)) for site in sites], None, True),
        _Column(_("Grade"), [_grade(site, results.standard) for site in sites]),
    ]
    yield [name, kind, city, *each, *figures]
    yield [name, city, *each, *figures]
    yield [name._replace(least=20), *each, *figures]
    yield [name._replace(least=12), _Column(_("Not complete"), list(map(_not_complete, sites)), 12), *figures]


def _needed(columns: Iterable[_Column]) -> int:
    """The least width of a table with these columns, in cells."""
    return 1 + sum(column.width + BORDERS for column in columns)


def _table(columns: Sequence[_Column], view: View, *, has_total: bool = False) -> Table:
    table = new_table(ascii_borders=view.ascii_borders)
    for column in columns:
        table.add_column(
            column.title,
            justify="right" if column.is_number else "left",
            no_wrap=column.least is None,
        )
    *rows, last = zip(*(column.cells for column in columns), strict=True)
    for row in rows:
        table.add_row(*row)
    if has_total:
        table.add_section()
    table.add_row(*last, style="bold" if has_total else None)
    return table


def site_lines(site: Assessment, results: Results[Summary]) -> Iterator[RenderableType]:
    """Tell in lines what a row tells, and nothing of what is complete."""
    yield cell(labels.site_label(site), "bold")
    counted = [(title, _number(site, of)) for of, title in _counted(results)]
    numbers = [Text(f"{_(title)} ").append_text(number) for title, number in counted if number]
    score = Text(labels.score_text(site.score))
    yield Hanging(Text(), Text(" · ").join([score, _grade(site, results.standard), *numbers]), 2)
    if site.is_readable and site.complete < len(Pillar):
        yield Hanging(Text(), _not_complete(site), 2)


def _statuses(site: Assessment) -> list[Text]:
    return [status_cell(completion) for completion in site.pillars] or [Text("–")] * len(Pillar)


def _not_complete(site: Assessment) -> Text:
    """Name the ones of a site that are not complete."""
    text = cell("")
    for completion in site.pillars:
        if completion.status is not Status.COMPLETE:
            text.append(_(", ") if text else "").append(f"{labels.short_pillar_label(completion.pillar)} ")
            text.append_text(status_cell(completion))
    return text


def _counted(results: Results[Summary]) -> list[tuple[Severity, str]]:
    """Return the severities that have a column, and its title, as far as a filter shows such findings."""
    levels = results.summary.filter.levels
    return [(severity, title) for severity, title in COUNTED.items() if not levels or Level(severity) in levels]


def _number(site: Assessment, severity: Severity) -> Text:
    """How many findings of a severity count; none at all is not worth a figure."""
    number = site.by_severity[severity]
    return Text(str(number) if number else "", SEVERITY_STYLES[severity])


def _grade(site: Assessment, standard: Standard) -> Text:
    """The grade: the best and the worst in colours, as is the one above the worst."""
    styles = {standard.grades[-2:][0]: "ordinary", standard.grades[-1]: "serious", standard.grades[0]: "good"}
    style = styles.get(site.grade, "") if site.grade else "" if site.is_readable else "serious"
    return cell(labels.grade_text(site), style)


def status_cell(completion: Completion) -> Text:
    """How far one of the five has come, in words and in its colour."""
    return Text(completion.status_label, STATUS_STYLES[completion.status] if completion.status else "")


def completion_table(site: Assessment, standard: Standard, width: int, view: View) -> Table:
    """Draw a row for each of the five ones, and the total; how many rules are kept only where there is room."""
    names = [cell(labels.pillar_label(completion.pillar)) for completion in site.pillars]
    names.append(Text(_("Total")))
    scores = [completion.score for completion in site.pillars]
    kept = [f"{completion.passed}/{completion.applicable}" for completion in site.pillars]
    missing = [labels.failed_rules_label(completion.pillar, site.findings) for completion in site.pillars]
    is_decided = all(completion.status for completion in site.pillars)
    standing = _("{number} of {all} complete").format(number=site.complete, all=len(Pillar)) if is_decided else ""
    missing.append(_("; ").join(filter(None, (standing, labels.to_inspect_text(len(site.to_inspect))))) or "–")
    columns = [
        _Column(_("Five ones"), names, None if width >= WHOLE_NAMES else max(map(widest_piece, names))),
        _Column(_("Status"), [*_statuses(site), _grade(site, standard)]),
        _Column(_("Score"), [Text(labels.score_text(score)) for score in (*scores, site.score)], is_number=True),
        _Column(_("Rules kept"), list(map(Text, [*kept, ""])), is_number=True),
        _Column(_("Still missing"), list(map(cell, missing)), 12),
    ]
    has_room = _needed(columns) <= width or width < MIN_TABLE_WIDTH
    return _table(columns if has_room else [*columns[:3], columns[4]], view, has_total=True)
