"""``pilot ledger export``: writes problems to an Excel ledger that people fill in."""

from pathlib import Path
from typing import Any

from typer import BadParameter

from pilot_cli.commands.export import check_workbook_output, say_written
from pilot_cli.commands.ledger.opening import read_ledger_settings
from pilot_cli.commands.ledger.options import Choice
from pilot_cli.commands.ledger.problems import chosen_problems
from pilot_cli.commands.output import open_output
from pilot_cli.commands.targets import in_folder
from pilot_cli.ledger.problems import list_problems
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext

USUAL_NAME = "rectification.xlsx"
"""What the ledger is called where a folder is named for it."""


def export(context: Any, choice: Choice, output: str, *, force: bool, ledger: str | None) -> int:
    """Run the command; return its exit status."""
    from pilot_cli.exchange.rectification.book import write_workbook

    path = in_folder(output, USUAL_NAME) or Path(output)
    check_workbook_output(path, force)
    filter = chosen_problems(choice)
    with read_ledger_settings(context, ledger).ledger.reading() as connection:
        listed = list_problems(connection, filter)
    if not listed.problems:
        raise BadParameter(_("the ledger has no such problem; nothing has been written"))
    with open_output(path, is_for_people=False) as out:
        write_workbook(listed, out.buffer)
    written = ngettext("Written: {path}, {number} problem", "Written: {path}, {number} problems", listed.number)
    say_written(path, written.format(path=path, number=listed.number))
    return 0
