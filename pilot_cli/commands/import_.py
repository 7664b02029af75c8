"""``pilot import``: writes site files from Excel ledgers."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Context, echo

from pilot_cli.commands.choices import Ids
from pilot_cli.commands.output import explain_write_errors, open_output, tell_file_written
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import settings_applied

if TYPE_CHECKING:
    from pilot_cli.exchange.importing import Imported
    from pilot_cli.exchange.ledger_row import CellMessage

EXIT_WRONG_ROWS = 1
ERROR_SUFFIX = ".xlsx"
"""How the name of the file ends in which wrong cells are marked."""
MAX_ERRORS = 20
"""So many wrong cells are told on the terminal; of the others, how many there are of each kind."""
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
        _check_errors(errors, books)
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
    if imported.errors:
        _tell_errors(sorted(imported.errors, key=lambda error: error.place), books, errors)
        return EXIT_WRONG_ROWS
    for reason, number in sorted(imported.tally.items(), key=lambda item: item[0].value):
        if number:
            echo(_("Left out: {what}: {number}").format(what=_(reason.value), number=number), err=True)
    _refuse_conflicts(imported)
    _tell_outcomes(imported, folder, dry_run)
    return 0


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
    for book in books:
        if not os.path.isfile(book):
            from pilot_cli.commands.nearest import did_you_mean, nearest_path

            message = _("there is no file “{path}”").format(path=book)
            raise BadParameter(did_you_mean(message, nearest_path(str(book))), param_hint="FILE")
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise BadParameter(_("{path} is no folder").format(path=folder), param_hint="--output")


def _check_errors(errors: Path, books: Sequence[Path]) -> None:
    if errors.suffix.lower() != ERROR_SUFFIX:
        message = _("{path} is no {suffix} file").format(path=errors, suffix=ERROR_SUFFIX)
        raise BadParameter(message, param_hint="--errors")
    if errors.exists() and any(errors.samefile(book) for book in books):
        raise BadParameter(_("{path} is the ledger itself").format(path=errors), param_hint="--errors")


def _tell_errors(found: Sequence["CellMessage"], books: Sequence[Path], errors: Path | None) -> None:
    """Tell the first wrong cells, count the others, and mark all in a copy of the ledger if that is asked for."""
    for error in found[:MAX_ERRORS]:
        echo(printable(error_line(error, books)), err=True)
    if len(found) > MAX_ERRORS:
        kinds = Counter(error.mistake for error in found)
        listed = _(", ").join(
            _("{what}: {number}").format(what=_(kind.value), number=number) for kind, number in kinds.most_common()
        )
        echo(
            _("{number} cells are wrong, of which the first {most} are listed: {kinds}").format(
                number=len(found), most=MAX_ERRORS, kinds=listed
            ),
            err=True,
        )
    echo(_("Nothing has been written. Correct these cells and import the ledger again."), err=True)
    if errors is not None:
        _write_error_books(found, books, errors)
    elif len(found) > MAX_ERRORS:
        echo(_("With --errors, pilot writes a copy of the ledger in which they are all marked."), err=True)


def error_line(error: "CellMessage", books: Sequence[Path]) -> str:
    """Word a message about a cell, with its place as Excel writes it."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell = xl_rowcol_to_cell(error.place.row, error.place.column)
    book = f"[{books[error.place.book].name}]" if len(books) > 1 else ""
    text = _("{problem}; {advice}").format(problem=error.problem, advice=error.advice)
    if error.header:
        text = _("{header}: {what}").format(header=error.header, what=text)
    return f"{book}{error.place.sheet}!{cell} {text}"


def _write_error_books(found: Sequence["CellMessage"], books: Sequence[Path], errors: Path) -> None:
    """Write a copy of each ledger with something wrong; of several, each is named after its ledger."""
    from pilot_cli.exchange.error_book import error_book

    for number, book in enumerate(books):
        own = [error for error in found if error.place.book == number]
        if own:
            path = errors if len(books) == 1 else errors.with_stem(f"{errors.stem}-{book.stem}")
            with open_output(path, is_for_people=False, hint="--errors") as out:
                out.buffer.write(error_book(book, own))
            tell_file_written(path)


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
