"""Reports wrong cells of workbooks, and writes copies in which they are marked."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, echo

from pilot_cli.commands.output import open_output, tell_file_written
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.find import is_site_file_name

if TYPE_CHECKING:
    from pilot_cli.exchange.ledger_row import CellMessage
    from pilot_cli.exchange.left_out import Tally
    from pilot_cli.exchange.not_taken import NotTaken

EXIT_WRONG_CELLS = 1
EXIT_NOT_ALL_TAKEN = 1
ERROR_SUFFIX = ".xlsx"
"""How the name of the file ends in which wrong cells are marked."""
MAX_ERRORS = 20
"""So many wrong cells are told on the terminal; of the others, how many there are of each kind."""


def check_books(books: Sequence[Path]) -> None:
    """Refuse workbooks that are not there, and what is none: a folder, or a site file."""
    for book in books:
        if os.path.isdir(book):
            message = _("“{path}” is a folder; name the ledgers in it").format(path=book)
            raise BadParameter(message, param_hint="FILE")
        if is_site_file_name(book.name):
            message = _("“{path}” is a site file and no ledger; use pilot check to check it").format(path=book)
            raise BadParameter(message, param_hint="FILE")
        if not os.path.isfile(book):
            from pilot_cli.commands.nearest import did_you_mean, nearest_path

            message = _("there is no file “{path}”").format(path=book)
            raise BadParameter(did_you_mean(message, nearest_path(str(book))), param_hint="FILE")


def check_error_book(errors: Path, books: Sequence[Path]) -> None:
    """Refuse a place for the marked copy that cannot be meant."""
    if errors.suffix.lower() != ERROR_SUFFIX:
        message = _("{path} is no {suffix} file").format(path=errors, suffix=ERROR_SUFFIX)
        raise BadParameter(message, param_hint="--errors")
    if errors.exists() and any(errors.samefile(book) for book in books):
        raise BadParameter(_("{path} is the ledger itself").format(path=errors), param_hint="--errors")


def tell_wrong_cells(
    found: Sequence["CellMessage"], books: Sequence[Path], errors: Path | None, consequence: str
) -> None:
    """Tell the first wrong cells, count the others, and mark all in a copy of the ledger if that is asked for.

    ``consequence`` says that nothing came of it, and what to do.
    """
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
    echo(consequence, err=True)
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


def tell_not_taken(found: Sequence["NotTaken"], books: Sequence[Path]) -> None:
    """Tell the cells that hold what is not taken, by address."""
    for cells in found:
        echo(printable(_("Not taken: {what}").format(what=not_taken_line(cells, books))), err=True)


def not_taken_line(cells: "NotTaken", books: Sequence[Path]) -> str:
    """Say which cells are not taken, and why."""
    from xlsxwriter.utility import xl_range

    book = f"[{books[cells.place.book].name}]" if len(books) > 1 else ""
    areas = _(", ").join(xl_range(*area) for area in cells.areas)
    template = ngettext("{place} ({number} cell): {why}", "{place} ({number} cells): {why}", cells.number)
    return template.format(place=f"{book}{cells.place.sheet}!{areas}", number=cells.number, why=cells.why)


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


def tell_left_out(tally: "Tally") -> None:
    """Count what was left out without being taken for a mistake."""
    for reason, number in sorted(tally.items(), key=lambda item: item[0].value):
        if number:
            echo(_("Left out: {what}: {number}").format(what=_(reason.value), number=number), err=True)
