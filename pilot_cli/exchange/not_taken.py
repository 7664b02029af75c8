"""What an import does not take although something stands in it: it is told by address, and is no mistake."""

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.header_names import normalized
from pilot_cli.exchange.ledger_row import CellPlace
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.marks import says_nothing
from pilot_cli.locale.message import Message, message
from pilot_cli.site.mistakes.validation_messages import describe_value

MAX_AREAS = 3
"""So many areas are told; of what lies beyond them, the number of cells."""
TIME_OF_DAY = message("only the day is taken, and not the time; type the day alone")


class NotTaken:
    """Cells that are not taken, all for the same reason."""

    def __init__(self, place: CellPlace, why: Message, header: str = "", near: str = "") -> None:
        """Begin with no cells.

        Args:
            place: A place in their sheet.
            why: Why they are not taken, and what to do.
            header: The header that no field is known by, where that is why.
            near: The header that may be meant by it.
        """
        self.place = place
        self.why = why
        self.header = header
        self.near = near
        self.number = 0
        self.areas: list[CellRange] = []
        """The first areas that they fill."""

    def add(self, row: int, column: int) -> None:
        """Add a cell, by its row and column in the sheet, counted from 0."""
        self.number += 1
        last = self.areas[-1] if self.areas else None
        if last and (last.last_row, last.first_column) == (row - 1, column):
            self.areas[-1] = last._replace(last_row=row)
        elif len(self.areas) < MAX_AREAS:
            self.areas.append(CellRange(row, column, row, column))

    def add_unless_mark(self, cell: ReadCell, row: int, column: int, tally: Tally) -> None:
        """Add a cell, or count it where it has nothing but a mark for nothing."""
        if says_nothing(cell):
            tally[LeftOut.MARK] += 1
        else:
            self.add(row, column)


def unknown_column(place: CellPlace, header: str | None, near: str | None) -> NotTaken:
    """Return the cells of a column that belongs to no field, none as yet; ``near`` is the header nearest to its own."""
    if header is None:
        return NotTaken(place, message("the column has no header; type one that a ledger knows"))
    if near is None or normalized(near) == normalized(header):
        return NotTaken(
            place, message("the column {header} is not part of a ledger", header=describe_value(header)), header
        )
    values = {"header": describe_value(header), "near": near}
    text = message("the column {header} is not part of a ledger; the nearest header is “{near}”", **values)
    return NotTaken(place, text, header, near)
