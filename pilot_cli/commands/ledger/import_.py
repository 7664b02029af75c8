"""``pilot ledger import``: takes in Excel ledgers that people filled in, all or nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer import BadParameter, echo

from pilot_cli.commands.ledger.opening import read_ledger_settings, tell_journal
from pilot_cli.commands.ledger.options import Call
from pilot_cli.commands.options import parse_as_of
from pilot_cli.commands.wrong_cells import (
    EXIT_WRONG_CELLS,
    check_books,
    check_error_book,
    tell_left_out,
    tell_not_taken,
    tell_wrong_cells,
)
from pilot_cli.formats.text import printable
from pilot_cli.ledger.states import EventKind
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext

if TYPE_CHECKING:
    from pilot_cli.exchange.rectification.take_in import TakenIn


def import_(context: Any, books: Sequence[Path], call: Call, *, errors: Path | None) -> int:
    """Run the command; return its exit status."""
    from pilot_cli.exchange.rectification.reader import UnreadableBookError, read_books
    from pilot_cli.exchange.rectification.take_in import Terms, WrongCellsError, take_in

    check_books(books)
    if errors is not None:
        check_error_book(errors, books)
    settings = read_ledger_settings(context, call.ledger, call.by)
    terms = Terms(parse_as_of(call.as_of), settings.person, settings.deadlines, settings.periods_to_close)
    try:
        filled = read_books(books)
    except UnreadableBookError as error:
        text = _("{path} cannot be read: {why}").format(path=error.book, why=error)
        raise BadParameter(text, param_hint="FILE") from None
    for line in filled.ignored:
        echo(printable(_("Ignored: {what}").format(what=line)), err=True)
    tell_not_taken(filled.not_taken, books)
    try:
        with settings.ledger.writing() as connection:
            taken = take_in(connection, filled, terms)
    except WrongCellsError as error:
        found = sorted(error.errors, key=lambda wrong: wrong.place)
        consequence = _("The ledger was not changed. Correct these cells and import the workbook again.")
        tell_wrong_cells(found, books, errors, consequence)
        return EXIT_WRONG_CELLS
    tell_left_out(filled.tally)
    tell_journal(settings.ledger)
    for told in _told(taken):
        echo(printable(told))
    return 0


def _told(taken: "TakenIn") -> Iterator[str]:
    if not taken.changed:
        text = ngettext(
            "{rows} row says nothing that is not in the ledger already; nothing was changed.",
            "{rows} rows say nothing that is not in the ledger already; nothing was changed.",
            taken.rows,
        )
        yield text.format(rows=taken.rows)
        return
    events = (
        _("{what} {number}").format(what=kind.label, number=taken.events[kind])
        for kind in EventKind
        if taken.events[kind]
    )
    text = _("Rows taken in: {rows}; problems changed: {problems} ({events}).")
    yield text.format(rows=taken.rows, problems=taken.changed, events=_(", ").join(events))
