"""``pilot import``: writes site files from Excel ledgers."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Context, echo

from pilot_cli.commands.choices import Ids
from pilot_cli.commands.output import explain_write_errors, open_output
from pilot_cli.commands.progress import show_progress
from pilot_cli.commands.wrong_cells import (
    EXIT_NOT_ALL_TAKEN,
    EXIT_WRONG_CELLS,
    check_books,
    check_error_book,
    tell_left_out,
    tell_not_taken,
    tell_wrong_cells,
)
from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import settings_applied

if TYPE_CHECKING:
    from pilot_cli.exchange.importing import Imported
    from pilot_cli.exchange.not_taken import NotTaken

MAX_MADE_IDS = 50
"""So many ids that were made are listed."""


def import_(
    context: Context,
    books: Sequence[Path],
    folder: Path,
    *,
    dry_run: bool,
    update: bool,
    force: bool,
    ids: Ids,
    errors: Path | None,
) -> int:
    """Run the command; return its exit status."""
    if update and force:
        raise BadParameter(
            _("files are either merged or replaced: leave one of the two out"), param_hint="--update / --force"
        )
    _check_paths(books, folder)
    if errors is not None:
        check_error_book(errors, books)
    from pilot_cli.exchange.importing import Existing, ReadingOptions, UnreadableBookError, import_ledgers

    existing = Existing.UPDATE if update else Existing.REPLACE if force else Existing.KEEP
    options = ReadingOptions(ids is Ids.GIVEN, _own_names(context))
    with show_progress(None, is_streamed=False) as progress, explain_write_errors(folder, "--output"):
        try:
            imported = import_ledgers(books, folder, existing, progress, is_dry_run=dry_run, options=options)
        except UnreadableBookError as error:
            message = _("{path} cannot be read: {why}").format(path=error.book, why=error)
            raise BadParameter(message, param_hint="FILE") from None
    for line in imported.ignored:
        echo(printable(_("Ignored: {what}").format(what=line)), err=True)
    tell_not_taken(imported.not_taken, books)
    if imported.errors:
        found = sorted(imported.errors, key=lambda error: error.place)
        consequence = _("Nothing has been written. Correct these cells and import the ledger again.")
        tell_wrong_cells(found, books, errors, consequence)
        return EXIT_WRONG_CELLS
    tell_left_out(imported.tally)
    _refuse_conflicts(imported)
    _tell_outcomes(imported, folder, dry_run)
    return _tell_how_to_take(imported.not_taken) if imported.not_taken else 0


def _tell_how_to_take(not_taken: Sequence["NotTaken"]) -> int:
    """Say what becomes of an import that leaves out what is filled in; return the exit status."""
    echo(_("What is listed as not taken is in no site file; everything else is taken (exit status 1)."), err=True)
    for advice, names in (
        (
            _("Columns that are called otherwise can be named in pilot.toml, below [import.heads]:"),
            {cells.header: cells.near for cells in not_taken if cells.near},
        ),
        (
            _("Columns that are not for pilot can be named in pilot.toml, below [import.heads]:"),
            {cells.header: "/" for cells in not_taken if cells.header and not cells.near},
        ),
    ):
        if names:
            from tomli_w import dumps

            echo(advice, err=True)
            for line in dumps(names).splitlines():
                echo(printable(f"  {line}"), err=True)
    return EXIT_NOT_ALL_TAKEN


def _own_names(context: Context) -> Mapping[str, str]:
    """Return what the settings say that an office calls columns."""
    settings = settings_applied(context)
    names: Mapping[str, str] = settings.commands["import"].get("heads", {}) if settings else {}
    if names and settings:
        from pilot_cli.exchange.column_finder import unknown_targets

        for name in unknown_targets(names):
            message = _("{place}: no column of a ledger is called “{name}”")
            place = settings.file.place(("import", "heads", name))
            raise BadParameter(message.format(place=place, name=names[name]), param_hint="[import.heads]")
    return names


def _check_paths(books: Sequence[Path], folder: Path) -> None:
    check_books(books)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise BadParameter(_("{path} is no folder").format(path=folder), param_hint="--output")


def _refuse_conflicts(imported: "Imported") -> None:
    from pilot_cli.exchange.importing import Outcome

    blocked, conflicts = imported.found(Outcome.BLOCKED), imported.found(Outcome.CONFLICT)
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
        lines[:0] = [_(change).format(path=file) for outcome, change in changes for file in imported.found(outcome)]
    if any(imported.inspections.values()):
        seen = {outcome.value: len(files) for outcome, files in imported.inspections.items()}
        lines.append(_("On-site inspections: {new} new, {changed} changed, {unchanged} unchanged").format(**seen))
    if imported.made:
        lines.append(
            _("IDs made from the names of sites, and kept in their files: {number}").format(number=len(imported.made))
        )
        lines += [f"  {made.id}  {made.name}" for made in imported.made[:MAX_MADE_IDS]]
        if len(imported.made) > MAX_MADE_IDS:
            lines.append("  …")
    with open_output(None, is_for_people=True) as out:
        out.writelines(printable(line) + "\n" for line in lines)
