"""What came of recording an audit."""

from typing import TextIO

from pilot_cli.formats.json import dump
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable
from pilot_cli.ledger.record import Recorded
from pilot_cli.locale import gettext as _


def write_table(recorded: Recorded, out: TextIO, _view: View) -> None:
    """Write it in a few lines."""
    if not recorded.is_new:
        text = _("Audit {number} has found the same; nothing was changed.")
        out.write(printable(text.format(number=recorded.audit)) + "\n")
        return
    lines = (
        _("Recorded as audit {number}: {sites} sites, of which {changed} are new or changed."),
        _("Problems: {new} new, {rebounded} come back, {found_again} found again, {not_found} no longer found."),
        _("Returned because they were still found: {returned}. Not rechecked: {not_rechecked}. Open in all: {open}."),
    )
    for line in lines:
        out.write(printable(line.format(number=recorded.audit, **vars(recorded))) + "\n")


def write_json(recorded: Recorded, out: TextIO, _view: View) -> None:
    """Write one JSON document."""
    out.write(dump(vars(recorded), indent=1) + "\n")
