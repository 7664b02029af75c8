"""``pilot import``: writes site files from an Excel ledger."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, echo

from pilot_cli.commands.output import explain_write_errors, open_output
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.exchange.importing import Imported
    from pilot_cli.exchange.ledger_reader import CellMessage

EXIT_WRONG_ROWS = 1


def import_(book: Path, folder: Path, *, dry_run: bool, update: bool, force: bool) -> int:
    """Run the command; return its exit status."""
    if update and force:
        raise BadParameter(
            _("files are either merged or replaced: leave one of the two out"), param_hint="--update / --force"
        )
    if not os.path.isfile(book):
        from pilot_cli.commands.nearest import did_you_mean, nearest_path

        message = _("there is no file “{path}”").format(path=book)
        raise BadParameter(did_you_mean(message, nearest_path(str(book))), param_hint="FILE")
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise BadParameter(_("{path} is no folder").format(path=folder), param_hint="--output")
    from pilot_cli.exchange.importing import Existing, import_ledger
    from pilot_cli.exchange.workbook_reader import WorkbookError

    existing = Existing.UPDATE if update else Existing.REPLACE if force else Existing.KEEP
    with show_progress(None, is_streamed=False) as progress, explain_write_errors(folder, "--output"):
        try:
            imported = import_ledger(book, folder, existing, progress, is_dry_run=dry_run)
        except WorkbookError as error:
            message = _("{path} cannot be read: {why}").format(path=book, why=error)
            raise BadParameter(message, param_hint="FILE") from None
    for line in imported.ignored:
        echo(printable(_("Ignored: {what}").format(what=line)), err=True)
    if imported.errors:
        _tell_errors(imported.errors)
        return EXIT_WRONG_ROWS
    _refuse_conflicts(imported)
    _tell_outcomes(imported, folder, dry_run)
    return 0


def _tell_errors(errors: Iterable["CellMessage"]) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    for place, text in sorted(errors):
        cell = xl_rowcol_to_cell(place.row, place.column)
        echo(printable(f"{place.sheet}!{cell} {text}"), err=True)
    echo(_("Nothing has been written. Correct these cells and import the ledger again."), err=True)


def _refuse_conflicts(imported: "Imported") -> None:
    from pilot_cli.exchange.importing import Outcome

    blocked, conflicts = imported.files[Outcome.BLOCKED], imported.files[Outcome.CONFLICT]
    for file in blocked:
        message = _("Cannot be replaced: {path} (a link, a folder, a file that cannot be read, or one of another site)")
        echo(printable(message.format(path=file)), err=True)
    for file in conflicts:
        echo(printable(_("Conflict: {path} says something else").format(path=file)), err=True)
    if blocked:
        message = _("some files cannot be replaced; nothing has been written")
        raise BadParameter(message, param_hint="--output")
    if conflicts:
        message = _(
            "{number} site files are there already and say something else; nothing has been written. "
            "--update merges the ledger into them, --force replaces them"
        )
        raise BadParameter(message.format(number=len(conflicts)), param_hint="--output")


def _tell_outcomes(imported: "Imported", folder: Path, dry_run: bool) -> None:
    from pilot_cli.exchange.importing import Outcome

    told = N_("{folder}: {new} new, {changed} changed, {unchanged} unchanged")
    if dry_run:
        told = N_("Nothing has been written. {folder} would have: {new} new, {changed} changed, {unchanged} unchanged")
    figures = {outcome.value: len(files) for outcome, files in imported.files.items()}
    lines = [_(told).format(folder=folder, **figures)]
    if dry_run:
        changes = ((Outcome.NEW, N_("Would be new: {path}")), (Outcome.CHANGED, N_("Would be changed: {path}")))
        lines[:0] = [_(change).format(path=file) for outcome, change in changes for file in imported.files[outcome]]
    if imported.examples:
        lines.append(_("Rows of examples left out: {number}").format(number=imported.examples))
    with open_output(None, is_for_people=True) as out:
        out.writelines(printable(line) + "\n" for line in lines)
