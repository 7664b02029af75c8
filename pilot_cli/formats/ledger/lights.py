"""Three colours (三色管理), a row for each site: for the terminal; others make pages and workbooks of the same rows."""

from collections import Counter
from typing import NamedTuple, TextIO

from pilot_cli.formats.ledger.content import LedgerDocument, as_of_line, name_of
from pilot_cli.formats.ledger.figures import NOTHING
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Column, Row, Section, value_text
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.lights import Light, Thresholds, light_of
from pilot_cli.ledger.rectification import LedgerSite
from pilot_cli.ledger.standing import Standing
from pilot_cli.locale import gettext as _

STYLES = {Light.RED: "bold red", Light.YELLOW: "yellow", Light.GREEN: "green"}


class SiteLight(NamedTuple):
    """A site and its colour."""

    site: LedgerSite
    light: Light


def title() -> str:
    """What the document is called."""
    return _("Rectification in three colours")


def site_lights(document: LedgerDocument) -> list[SiteLight]:
    """Give each site its colour: the red ones first, of those what has most that is late, then most that is open."""
    lit = [SiteLight(site, light_of(site.tally, document.thresholds)) for site in document.rectification.sites]
    order = list(Light)

    def gravity(one: SiteLight) -> tuple[int, float, float, int]:
        tally = one.site.tally
        return order.index(one.light), -(tally.late.percent or 0), -(tally.open.percent or 0), -tally.found

    return sorted(lit, key=gravity)


def lights_table(lit: list[SiteLight], thresholds: Thresholds) -> Section:
    """Tell of each site how its problems stand."""
    columns = (
        *(Column(_("Pilot site"), is_long=True), Column(_("Colour")), Column(_("City"))),
        *(Column(_("Problems found"), is_number=True), Column(Standing.DONE.label, is_number=True)),
        *(Column(_("Open"), is_number=True), Column(_("Overdue"), is_number=True)),
        *(Column(_("Share open"), is_number=True), Column(_("Share overdue"), is_number=True)),
    )
    rows: list[Row] = []
    for site, light in lit:
        tally = site.tally
        numbers = (tally.found, tally.done.part, tally.open.part, tally.overdue)
        shares = [share if share.part else None for share in (tally.open, tally.late)]
        rows.append((name_of(site), light, site.city, *(number or None for number in numbers), *shares))
    return Section(title(), columns, rows, explained(thresholds))


def explained(thresholds: Thresholds) -> str:
    """Say which site has which colour."""
    text = _(
        "Green: no problem is overdue, and at most {open}% are open. Red: at least {overdue}% are overdue."
        " Yellow: all others."
    )
    return text.format(open=thresholds.green_max_open, overdue=thresholds.red_min_overdue)


def counts(lit: list[SiteLight]) -> list[tuple[Light, int]]:
    """How many sites have each colour."""
    numbers = Counter(one.light for one in lit)
    return [(light, numbers[light]) for light in Light]


def write_table(document: LedgerDocument, out: TextIO, view: View) -> None:
    """Write a row for each site, and how many have each colour."""
    lit, console = site_lights(document), console_for(out)
    section = lights_table(lit, document.thresholds)
    table = new_table(ascii_borders=view.ascii_borders)
    for column in section.columns:
        table.add_column(column.title, justify="right" if column.is_number else "left")
    for row, one in zip(section.rows, lit, strict=True):
        name, light, *others = row
        texts = (NOTHING if value is None else value_text(value) for value in others)
        table.add_row(cell(str(name)), cell(value_text(light), STYLES[one.light]), *map(cell, texts))
    console.print(table)
    told = _(", ").join(
        _("{number} {light}").format(light=light.label, number=number) for light, number in counts(lit) if number
    )
    console.print(cell(_("{basis} ({counts})").format(basis=as_of_line(document.rectification), counts=told)))
    console.print(cell(section.note, "dim"))
