"""Three colours as a page."""

from typing import TextIO

from pilot_cli.formats.labels import sentences
from pilot_cli.formats.ledger import content, lights
from pilot_cli.formats.ledger.content import LedgerDocument
from pilot_cli.formats.ledger.page import Page, write_page
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import left_out
from pilot_cli.formats.report.page_content import Figure
from pilot_cli.ledger.lights import Light
from pilot_cli.locale import gettext as _

MAX_SITES = 3_000
"""The most sites that a page lists, the worst first; the workbook has all of them."""


def write_html(document: LedgerDocument, out: TextIO, _view: View) -> None:
    """Write how many sites have each colour, and a row for each site."""
    lit = lights.site_lights(document)
    tally = document.rectification.tally
    figures = (
        Figure(_("Pilot sites"), len(lit)),
        *(Figure(light.label, number or None, is_bad=light is Light.RED) for light, number in lights.counts(lit)),
        Figure(_("Problems overdue"), tally.overdue or None, is_bad=tally.overdue > 0),
    )
    table = lights.lights_table(lit[:MAX_SITES], document.thresholds)
    note = sentences(*filter(None, (table.note, left_out(len(lit) - len(table.rows)))))
    write_page(
        Page(lights.title(), content.as_of_line(document.rectification), figures, (), (), [table._replace(note=note)]),
        out,
    )
