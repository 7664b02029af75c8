"""One audit of a ledger: what it said of each site."""

from collections.abc import Sequence
from typing import NamedTuple, TextIO

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import dump
from pilot_cli.formats.ledger.audits import as_document
from pilot_cli.formats.ledger.figures import NOTHING, day_label, score_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.audits import Audit, SiteOutcome
from pilot_cli.locale import gettext as _


class ShownAudit(NamedTuple):
    """An audit with its sites."""

    audit: Audit
    sites: Sequence[SiteOutcome]


def _headers() -> tuple[str, ...]:
    return _("Site ID"), _("Site name"), _("City"), _("Score"), _("Grade"), _("Ones complete")


def _cells(site: SiteOutcome) -> tuple[str, ...]:
    return (
        *(site.site, site.name or "", site.city or "", score_text(site.score)),
        *(site.grade or NOTHING, str(site.complete)),
    )


def write_table(shown: ShownAudit, out: TextIO, view: View) -> None:
    """Write a row a site, below a line on the audit."""
    audit = shown.audit
    console = console_for(out)
    title = _("Audit {number}, as of {day}, by {standard}").format(
        number=audit.number, day=day_label(audit.as_of), standard=audit.standard
    )
    console.print(cell(title, "bold"))
    console.print(cell(_("Paths: {paths}. Recorded by {who}.").format(paths=audit.paths, who=audit.who)))
    if audit.note:
        console.print(cell(_("Note: {note}").format(note=audit.note)))
    table = new_table(ascii_borders=view.ascii_borders)
    for index, header in enumerate(_headers()):
        table.add_column(header, justify="right" if index in (3, 5) else "left")
    for site in shown.sites:
        table.add_row(*map(cell, _cells(site)))
    console.print(table)


def write_csv(shown: ShownAudit, out: TextIO, _view: View) -> None:
    """Write a row a site."""
    rows = new_rows(out)
    rows.writerow(_headers())
    for site in shown.sites:
        rows.writerow(map(csv_cell, _cells(site)))


def write_json(shown: ShownAudit, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    sites = [
        {"id": site.site, "name": site.name, "city": site.city, "score": site.score, "complete": site.complete}
        for site in shown.sites
    ]
    out.write(dump({**as_document(shown.audit), "sites_judged": sites}, indent=1) + "\n")
