"""Builds the content of a site file from the rows of a ledger, and finds what is wrong with them."""

from collections import defaultdict
from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.exchange.books.details import FailedCell, ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.dates import has_time
from pilot_cli.exchange.inspection_rows import InspectionRow, row_of
from pilot_cli.exchange.layout import INSPECTIONS, SITE_ID
from pilot_cli.exchange.ledger_row import CellMessage, CellPlace, LedgerRow, ReadColumn
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.values import failure
from pilot_cli.locale.message import Message, message
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.mistakes.validation_messages import describe_value, expected
from pilot_cli.site.model import FORMAT_VERSION, REQUIRED
from pilot_cli.site.reader import validation_errors
from pilot_cli.site.words import Frequency

SiteData = dict[str, Any]
"""The content of a site file, or a table of it, as TOML has it."""
EMPTY = message("it must not be empty")


class SiteBuilder:
    """A site whose file is built from its rows in a ledger."""

    def __init__(self, id: str, entries: list[LedgerRow], tally: Tally) -> None:
        self.id = id
        self.errors: list[CellMessage] = []
        self._tally = tally
        self._site = next((entry for entry in entries if entry.table.layout.rows is None), None)
        """The row of the site itself, if the ledger has it."""
        self._first = self._site or entries[0]
        self._tables: SiteData = {"format": FORMAT_VERSION, "site": {"id": id}}
        self._rows: defaultdict[str, list[LedgerRow]] = defaultdict(list)
        """The rows of each list of tables, by its path."""
        self.inspections: list[InspectionRow] = []
        """What was seen on site, which is no part of the file."""
        self.times: list[CellPlace] = []
        """The cells of which the day is taken, and the time is not."""
        for entry in entries:
            self._add(entry)
        self.errors += map(self._message_for, validation_errors(self._tables))

    @property
    def data(self) -> SiteData:
        """The content of the file, in the order of the site format."""
        return {key: self._tables[key] for key in known_keys(()) if key in self._tables}

    def check_required(self) -> None:
        """Add an error for each required key that the ledger does not have."""
        if self._site is None:
            problem = message("no site of the first sheet has the ID “{id}”", id=self.id)
            self.add_site_error(Mistake.NO_SITE, problem, message("add it there, or correct the ID"))
            return
        for path in (f"site.{key}" for key in REQUIRED if key not in self._tables["site"]):
            if path in self._site.table.positions:
                found = self._site.message_at(path, Mistake.EMPTY, EMPTY, _advice_for(path))
                if found.place not in [error.place for error in self.errors]:
                    self.errors.append(found)
            else:
                header = find_field(path).label
                problem = message("“{id}” is new, and the column “{header}” is missing", id=self.id, header=header)
                self.add_site_error(Mistake.COLUMNS, problem, message("add the column"))

    def add_site_error(self, mistake: Mistake, problem: Message, advice: Message) -> None:
        """Add an error about the site as a whole, in the cell of its id."""
        self.errors.append(self._first.message_at(SITE_ID, mistake, problem, advice))

    def _add(self, entry: LedgerRow) -> None:
        """Put the values of a row where they belong in a site file."""
        rows = entry.table.layout.rows
        if rows and rows.path == INSPECTIONS:
            self._add_inspection(entry)
            return
        table = self._new_row(rows.path) if rows else self._tables
        if rows:
            self._rows[rows.path].append(entry)
        self._fill(table, entry)
        if isinstance(table.get("due"), Frequency):
            self._move_frequency(entry, table)

    def _fill(self, table: SiteData, entry: LedgerRow) -> None:
        """Put the values of a row into a table."""
        for column in entry.table.columns:
            cell = entry.cells[column.position]
            if cell == "" or (isinstance(cell, str) and cell.isspace()):
                continue
            try:
                value = self._read(column, cell)
            except CellError as error:
                self.errors.append(entry.message_in(column.position, error))
                continue
            if value is None:
                continue
            if column.is_date and has_time(cell):
                self.times.append(entry.table.place(entry.row, column.position))
            holder = table if entry.table.layout.rows else table.setdefault(column.table, {})
            holder[column.key] = [*holder.get(column.key, ()), *value] if column.is_part else value

    def _add_inspection(self, entry: LedgerRow) -> None:
        """Add what was seen on site: when, and of which item with which result, or of none at all."""
        values: SiteData = {}
        errors = len(self.errors)
        self._fill(values, entry)
        if len(self.errors) > errors or not values:
            return
        is_of_item = not values.keys().isdisjoint(("rule", "result", "note", "photos"))
        wanted = {"on": f"{INSPECTIONS}.on"}
        if is_of_item:
            wanted |= {key: f"{INSPECTIONS}.results.{key}" for key in ("rule", "result")}
        missing = [path for key, path in wanted.items() if key not in values]
        advice = message("fill it in, or clear the whole row")
        self.errors += [entry.message_at(path, Mistake.EMPTY, EMPTY, advice) for path in missing]
        if not missing:
            self.inspections.append(row_of(values))

    def _read(self, column: ReadColumn, cell: ReadCell) -> Any:
        if isinstance(cell, FailedCell):
            raise failure(cell)
        value = column.read(cell, self._tally)
        if value is None:
            self._tally[LeftOut.MARK] += 1
        return value

    def _move_frequency(self, entry: LedgerRow, row: SiteData) -> None:
        """Put how often something is due, which stood in the column of the due date, where it belongs."""
        frequency = row.pop("due")
        if row.setdefault("frequency", frequency.value) != frequency.value:
            problem = message(
                "“{due}” is not the frequency “{frequency}”", due=frequency.value, frequency=row["frequency"]
            )
            advice = message("leave one of the two, or type a day")
            path = f"{entry.table.layout.rows.path}.due" if entry.table.layout.rows else SITE_ID
            self.errors.append(entry.message_at(path, Mistake.NO_DATE, problem, advice))

    def _new_row(self, path: str) -> SiteData:
        """Add an empty table to a list of tables, and return it."""
        *tables, key = path.split(".")
        parent = self._tables
        for table in tables:
            parent = parent.setdefault(table, {})
        row: SiteData = {}
        parent.setdefault(key, []).append(row)
        return row

    def _message_for(self, error: ErrorDetails) -> CellMessage:
        """Turn an error that pydantic found into a message about its cell."""
        location = error["loc"]
        for list_path, entries in self._rows.items():
            depth = len(list_path.split("."))
            if ".".join(map(str, location[:depth])) == list_path:
                entry, key = entries[int(location[depth])], location[depth + 1]
                return _wrong_value(entry, f"{list_path}.{key}", error)
        return _wrong_value(self._first, ".".join(map(str, location[:2])), error)


def _wrong_value(entry: LedgerRow, path: str, error: ErrorDetails) -> CellMessage:
    value = error["input"]
    problem = message("{given} is not {expected}", given=describe_value(value), expected=expected(error))
    mistake = Mistake.NO_NUMBER if isinstance(value, int | float) else Mistake.OTHER
    return entry.message_at(path, mistake, problem, _advice_for(path))


def _advice_for(path: str) -> Message:
    """Say what to type for a field of the site itself, or a number."""
    if path == SITE_ID:
        return message("type an ID such as {example}, or leave it empty to have one made", example="gz-haizhu-01")
    field = find_field(path)
    if field.words:
        return message("type a word of the list")
    return message("correct the value")
