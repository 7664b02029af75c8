"""Gives each row of a merged cell the value of the first."""

from collections.abc import Iterable, Iterator

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.failed_cells import NumberedRow


def fill_merged(
    rows: Iterable[NumberedRow], merges: Iterable[CellRange], first_row: int
) -> Iterator[tuple[int, list[ReadCell], list[ReadCell]]]:
    """Yield the number of each row, its cells as they are, and as they count.

    Args:
        rows: The rows of a table, in order.
        merges: What is merged in the sheet; columns are counted as in the rows.
        first_row: The first row below the headers: what begins above it is a header.
    """
    waiting = sorted(area for area in merges if area.last_row > area.first_row and area.first_row >= first_row)
    waiting.reverse()
    # By column: the last row for which the value counts, and the value.
    current: dict[int, tuple[int, ReadCell]] = {}
    for number, cells in rows:
        filled = cells
        for column, (last_row, value) in list(current.items()):
            if number > last_row:
                del current[column]
            elif cells[column] == "":
                if filled is cells:
                    filled = list(cells)
                filled[column] = value
        while waiting and waiting[-1].first_row <= number:
            area = waiting.pop()
            if area.first_row == number and area.first_column < len(cells):
                current[area.first_column] = (area.last_row, cells[area.first_column])
        yield number, cells, filled
