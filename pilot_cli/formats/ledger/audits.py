"""The audits of a ledger."""

from collections.abc import Sequence
from typing import Any, TextIO

from pilot_cli.formats.csv import cell as csv_cell
from pilot_cli.formats.csv import new_rows
from pilot_cli.formats.json import dump
from pilot_cli.formats.ledger.figures import score_text
from pilot_cli.formats.registry import View
from pilot_cli.formats.scores import rounded
from pilot_cli.formats.terminal import cell, console_for, new_table
from pilot_cli.ledger.audits import Audit
from pilot_cli.locale import gettext as _


def headers() -> tuple[str, ...]:
    """What the columns are called."""
    return (
        *(_("Audit"), _("As of"), _("Sites"), _("All five ones"), _("Mean score")),
        *(_("New problems"), _("Come back"), _("No longer found"), _("Recorded by"), _("Note")),
    )


def _cells(audit: Audit) -> tuple[str, ...]:
    figures = (audit.number, audit.as_of, audit.sites, audit.complete, score_text(audit.mean_score))
    problems = (audit.new, audit.rebounded, audit.not_found)
    return (*map(str, (*figures, *problems)), audit.who, audit.note or "")


def write_table(audits: Sequence[Audit], out: TextIO, view: View) -> None:
    """Write a row an audit."""
    table = new_table(ascii_borders=view.ascii_borders)
    for index, header in enumerate(headers()):
        is_figure = index not in (1, 8, 9)
        table.add_column(header, justify="right" if is_figure else "left")
    for audit in audits:
        table.add_row(*map(cell, _cells(audit)))
    console_for(out).print(table)


def write_csv(audits: Sequence[Audit], out: TextIO, _view: View) -> None:
    """Write a row an audit."""
    rows = new_rows(out)
    rows.writerow(headers())
    for audit in audits:
        rows.writerow(map(csv_cell, _cells(audit)))


def as_document(audit: Audit) -> dict[str, Any]:
    """Tell an audit to a program."""
    return {
        **audit._asdict(),
        "as_of": audit.as_of.isoformat(),
        "standard": str(audit.standard),
        "recorded_at": audit.recorded_at.isoformat() + "Z",
        "mean_score": rounded(audit.mean_score),
    }


def write_json(audits: Sequence[Audit], out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    out.write(dump({"audits": [as_document(audit) for audit in audits]}, indent=1) + "\n")
