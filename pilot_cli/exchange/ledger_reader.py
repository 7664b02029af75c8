"""Reads the rows of ledgers; accounts for every cell below a header: taken, counted by a reason, or an error."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile, islice

from pilot_cli.exchange.books.details import CellRange, ReadCell
from pilot_cli.exchange.books.workbook_reader import OpenWorkbook, ReadSheet
from pilot_cli.exchange.cell_error import Mistake
from pilot_cli.exchange.column_finder import NamedColumn, OwnNames
from pilot_cli.exchange.example_rows import is_example
from pilot_cli.exchange.failed_cells import NumberedRow, numbered_rows
from pilot_cli.exchange.forms import MAX_FORM_ROWS, Form, find_form
from pilot_cli.exchange.headers import HEADER_SEARCH_ROWS, Headers
from pilot_cli.exchange.layout import EXAMPLE_PREFIX, SITE_ID, SITE_NAME, sheets
from pilot_cli.exchange.ledger_row import CellMessage, CellPlace, FormTable, LedgerRow, LedgerTable
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.merged_cells import fill_merged
from pilot_cli.exchange.not_taken import NotTaken, unknown_column
from pilot_cli.exchange.row_kinds import is_blank, is_caption, is_note, kind_below_headers, row_kind
from pilot_cli.exchange.tables import FoundTable, copied_sheet, find_table, is_help
from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.parallel.progress import Progress
from pilot_cli.site.model import REQUIRED_FIELDS

_is_id = re.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)+").fullmatch
"""Whether a text is an id as most are, and nothing else."""


class LedgerReader:
    """Collects the rows of one ledger after the other."""

    def __init__(self, *, is_whole: bool, needs_ids: bool, own_names: OwnNames) -> None:
        """Begin with nothing.

        Args:
            is_whole: Whether the ledgers need all columns that a site file cannot do without.
            needs_ids: Whether no id is made for a site that has none.
            own_names: What an office calls columns, besides all known names.
        """
        self._is_whole = is_whole
        self._needs_ids = needs_ids
        self._own_names = own_names
        self._books = 0
        self.rows: list[LedgerRow] = []
        self.errors: list[CellMessage] = []
        self.ignored: list[Message] = []
        """What is said of sheets that are no part of a ledger."""
        self.not_taken: list[NotTaken] = []
        """The cells that belong to no field."""
        self.tally = Tally()
        self.tables = 0
        """How many tables of ledgers were found."""
        self.is_readable = True
        """Whether no sheet lacks a column without which its rows mean little."""

    def read(self, book: OpenWorkbook, progress: Progress) -> None:
        """Read all rows of a workbook.

        Raises:
            WorkbookError: it cannot be read.
        """
        for number, sheet in enumerate(book.read()):
            if not is_help(sheet.name):
                self._read_sheet(
                    sheet, CellPlace(self._books, number, sheet.name, 0, sheet.first_column), book, progress
                )
        self._books += 1

    def _read_sheet(self, sheet: ReadSheet, place: CellPlace, book: OpenWorkbook, progress: Progress) -> None:
        rows: Iterator[NumberedRow] = dropwhile(lambda row: all(map(is_blank, row[1])), numbered_rows(sheet))
        searched = list(islice(rows, HEADER_SEARCH_ROWS))
        if not searched:
            return
        first = place._replace(row=searched[0][0])
        merges = [_shifted(area, -sheet.first_column) for area in sheet.details.merges]
        table = find_table(sheet.name, [cells for _row, cells in searched], first.row, merges, self._own_names)
        if table is None or table.layout.rows is None:
            kept = [*searched, *islice(rows, MAX_FORM_ROWS)]
            columns = table.headers.known if table and table.headers else 0
            form = find_form(kept, merges, self._own_names)
            if form and len(form.cells) > columns:
                self._read_form(form, place)
                return
            rows = chain(kept[len(searched) :], rows)
        if table is None:
            self.ignored.append(message("The sheet “{name}” is not part of a ledger", name=sheet.name))
            return
        self.tables += 1
        if original := copied_sheet(sheet.name, book.names):
            problem = message("the sheet looks like a copy of “{name}”", name=original)
            self._refuse(first, problem, message("delete one of the two, or give it a name of its own"))
        elif table.headers is None:
            known = NameList(tuple(column.header for column in table.layout.columns[:4]))
            problem = message("There is no row of headers")
            self._refuse(first, problem, message("type headers such as {headers}", headers=known))
        else:
            header_row = searched[table.headers.row][0]
            self._check_columns(table, table.headers, first._replace(row=header_row))
            if self.is_readable:
                below = chain(searched[table.headers.row + 1 :], rows)
                self._read_rows(table, table.headers, place, fill_merged(below, merges, header_row + 1), progress)

    def _read_rows(
        self,
        table: FoundTable,
        headers: Headers[NamedColumn],
        place: CellPlace,
        rows: Iterable[tuple[int, list[ReadCell], list[ReadCell]]],
        progress: Progress,
    ) -> None:
        source = LedgerTable(table.layout, place, headers.columns, headers.written)
        named = source.positions.get(SITE_ID, source.positions.get(SITE_NAME))
        others = {
            position: self._other_column(table, headers, position, place)
            for position in range(headers.width)
            if position not in headers.columns
        }
        kind: LeftOut | None = LeftOut.HEADER
        for row, cells, filled in rows:
            progress.advance(1)
            kind = self._kind(headers, cells, named, kind)
            if kind is not None:
                self.tally[kind] += 1
                continue
            for position, other in others.items():
                cell = cells[position]
                if cell == "" or is_blank(cell):
                    continue
                if isinstance(other, LeftOut):
                    self.tally[other] += 1
                else:
                    other.add_unless_mark(cell, row, place.column + position, self.tally)
            if any(not is_blank(cells[position]) for position in headers.columns):
                self._add(LedgerRow(source, row, filled))
        self.not_taken += [other for other in others.values() if isinstance(other, NotTaken) and other.number]

    @staticmethod
    def _other_column(
        table: FoundTable, headers: Headers[NamedColumn], position: int, place: CellPlace
    ) -> LeftOut | NotTaken:
        """Return why the cells of a column that belongs to no field are left out, or what collects them."""
        if position in headers.numbering:
            return LeftOut.NUMBERING
        header = headers.unknown.get(position)
        if header and table.finder.leaves_out(header):
            return LeftOut.OWN
        near = table.finder.nearest(header) if header else None
        return unknown_column(place, header, near.header if near else None)

    def _kind(
        self, headers: Headers[NamedColumn], cells: Sequence[ReadCell], named: int | None, before: LeftOut | None
    ) -> LeftOut | None:
        id = "" if named is None else cells[named]
        if isinstance(id, str) and _is_id(id):
            # Most rows are entries.
            return None
        kind = row_kind(headers, cells, named, before)
        if kind is None and before in (LeftOut.HEADER, LeftOut.EXPLANATION):
            kind = kind_below_headers(cells)
        return LeftOut.CAPTION if kind is None and is_caption(cells, headers.width) else kind

    def _add(self, row: LedgerRow) -> None:
        """Keep a row, unless it is an example; refuse an example that somebody has written over."""
        id = row.cell(SITE_ID)
        if isinstance(id, str) and id.strip().startswith(EXAMPLE_PREFIX):
            if is_example(row):
                self.tally[LeftOut.EXAMPLE] += 1
            else:
                problem = message("“{id}” is the ID of an example", id=id.strip())
                advice = message("type the ID of the site, or leave it empty to have one made")
                self.errors.append(row.message_at(SITE_ID, Mistake.OTHER, problem, advice))
        else:
            self.rows.append(row)

    def _read_form(self, form: Form, place: CellPlace) -> None:
        """Read a form, which has the values of a single site."""
        self.tables += 1
        source = FormTable(sheets()[0], place, form.columns, form.labels, form.cells)
        self._add(LedgerRow(source, 0, form.values))
        self.tally[LeftOut.OWN] += form.left_out
        others = NotTaken(place, message("no label that a ledger knows stands beside it"))
        for (row, column), cell in form.others.items():
            if is_note(cell):
                self.tally[LeftOut.NOTE] += 1
            else:
                others.add_unless_mark(cell, row, place.column + column, self.tally)
        if others.number:
            self.not_taken.append(others)

    def _refuse(self, place: CellPlace, problem: Message, advice: Message) -> None:
        """Add an error that makes it pointless to read on."""
        self.errors.append(CellMessage(place, Mistake.COLUMNS, "", "", problem, advice))
        self.is_readable = False

    def _check_columns(self, table: FoundTable, headers: Headers[NamedColumn], place: CellPlace) -> None:
        """Refuse a table with a missing or repeated column; the place is the first cell of the headers."""
        for position, named in headers.repeated.items():
            problem = message("The column “{header}” appears twice", header=named.header)
            advice = message("delete one of the two, or name it differently")
            self._refuse(place._replace(column=place.column + position), problem, advice)
        identity = [SITE_ID] if self._needs_ids else [SITE_NAME, SITE_ID] if self._is_whole else [SITE_ID, SITE_NAME]
        if table.layout.rows is None and self._is_whole:
            wanted = [[path] for path in REQUIRED_FIELDS if path != SITE_ID or self._needs_ids]
        else:
            wanted = [identity]
        for paths in wanted:
            if all(headers.position(path) is None for path in paths):
                names = [name for path in paths for name in table.finder.names_for(path)]
                problem = message("The column “{header}” is missing", header=names[0])
                advice = message("any of these headers will do: {headers}", headers=NameList(tuple(names)))
                self._refuse(place, problem, advice)


def _shifted(area: CellRange, columns: int) -> CellRange:
    return area._replace(first_column=area.first_column + columns, last_column=area.last_column + columns)
