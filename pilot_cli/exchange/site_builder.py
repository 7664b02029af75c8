"""What the file of a site is to say by the rows of a book, and what is wrong with them."""

from collections import defaultdict
from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.exchange.cells import CellError
from pilot_cli.exchange.ledger_reader import ID, CellMessage, LedgerRow, ReadColumn
from pilot_cli.formats.excel_limits import MAX_DIGITS
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.model import FORMAT_VERSION, REQUIRED
from pilot_cli.site.reader import validation_errors
from pilot_cli.site.validation_messages import describe_value, expected

Data = dict[str, Any]
"""What a site file says, as TOML has it."""


class SiteBuilder:
    """A site on its way from the rows of a book to a file."""

    def __init__(self, id: str, entries: list[LedgerRow]) -> None:
        self.id = id
        self.errors: list[CellMessage] = []
        """What is wrong with the rows."""
        self._site = next((entry for entry in entries if entry.source.layout.rows is None), None)
        """The row of the site itself, if the book has it."""
        self._first = self._site or entries[0]
        self._tables: Data = {"format": FORMAT_VERSION, "site": {"id": id}}
        self._rows: defaultdict[str, list[LedgerRow]] = defaultdict(list)
        """The rows of each list of tables, by its path."""
        for entry in entries:
            self._take(entry)
        self.errors += map(self._message_for, validation_errors(self._tables))

    @property
    def data(self) -> Data:
        """What the file is to say, in the order of the site format."""
        return {key: self._tables[key] for key in known_keys(()) if key in self._tables}

    def look_for_what_is_missing(self) -> None:
        """Note what the book does not say although a site file cannot do without it."""
        if self._site is None:
            self.refuse_id(_("no site of the first sheet has the ID “{id}”").format(id=self.id))
            return
        for path in (f"site.{key}" for key in REQUIRED if key not in self._tables["site"]):
            if path in self._site.source.positions:
                message_at = self._site.message_at(path, _("it must not be empty"))
                if message_at.place not in [error.place for error in self.errors]:
                    self.errors.append(message_at)
            else:
                text = _("“{id}” is new, and the column “{header}” is missing")
                self.refuse_id(text.format(id=self.id, header=find_field(path).label))

    def refuse_id(self, text: str) -> None:
        """Note what is wrong with the site as a whole, in the cell of its id."""
        self.errors.append(self._first.message_at(ID, text))

    def _take(self, entry: LedgerRow) -> None:
        """Put what a row says where it stands in a site file."""
        rows = entry.source.layout.rows
        if rows:
            self._rows[rows.path].append(entry)
        holder = self._new_row(rows.path) if rows else self._tables
        for column in entry.source.columns:
            cell = entry.cells[column.position]
            if cell == "" or (not column.keeps_spaces and isinstance(cell, str) and cell.isspace()):
                self._look_for_formula(entry, column)
                continue
            try:
                value = column.read(cell)
            except CellError as error:
                self.errors.append(_refusal(entry, column.path, cell, str(error)))
                continue
            if rows:
                holder[column.key] = value
            else:
                holder.setdefault(column.table, {})[column.key] = value

    def _look_for_formula(self, entry: LedgerRow, column: ReadColumn) -> None:
        """See whether a cell is empty just because its formula came to nothing that can be read."""
        failure = entry.source.failure(entry.row, column.position)
        if failure is not None:
            error = _("its formula comes to the error {error}")
            not_calculated = _("its formula has not been calculated; open the ledger in Excel and save it again")
            text = error if failure else not_calculated
            self.errors.append(entry.message_at(column.path, text.format(error=failure)))

    def _new_row(self, path: str) -> Data:
        """Begin a row of a list of tables."""
        *tables, key = path.split(".")
        holder = self._tables
        for table in tables:
            holder = holder.setdefault(table, {})
        row: Data = {}
        holder.setdefault(key, []).append(row)
        return row

    def _message_for(self, error: ErrorDetails) -> CellMessage:
        """Turn one of pydantic's errors into a remark on the cell that it is about."""
        location = error["loc"]
        value, wanted = error["input"], expected(error)
        for list_path, entries in self._rows.items():
            depth = len(list_path.split("."))
            if ".".join(map(str, location[:depth])) == list_path:
                entry, key = entries[int(location[depth])], location[depth + 1]
                return _refusal(entry, f"{list_path}.{key}", value, wanted)
        return _refusal(self._first, ".".join(map(str, location[:2])), value, wanted)


def _refusal(entry: LedgerRow, path: str, value: Any, wanted: str) -> CellMessage:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**MAX_DIGITS:
        # Excel knows no other numbers, but shows them without a point.
        value = int(value)
    return entry.message_at(path, _("{given} is not {expected}").format(given=describe_value(value), expected=wanted))
