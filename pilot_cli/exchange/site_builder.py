"""Builds the content of a site file from the rows of a ledger, and finds what is wrong with them."""

from collections import defaultdict
from typing import Any

from pydantic_core import ErrorDetails

from pilot_cli.exchange.cells import CellError
from pilot_cli.exchange.ledger_reader import SITE_ID, CellMessage, LedgerRow, ReadColumn
from pilot_cli.formats.excel_limits import MAX_DIGITS
from pilot_cli.locale import gettext as _
from pilot_cli.site.field import find_field, known_keys
from pilot_cli.site.mistakes.validation_messages import describe_value, expected
from pilot_cli.site.model import FORMAT_VERSION, REQUIRED
from pilot_cli.site.reader import validation_errors

SiteData = dict[str, Any]
"""The content of a site file, or a table of it, as TOML has it."""


class SiteBuilder:
    """A site whose file is built from its rows in a ledger."""

    def __init__(self, id: str, entries: list[LedgerRow]) -> None:
        self.id = id
        self.errors: list[CellMessage] = []
        self._site = next((entry for entry in entries if entry.source.layout.rows is None), None)
        """The row of the site itself, if the ledger has it."""
        self._first = self._site or entries[0]
        self._tables: SiteData = {"format": FORMAT_VERSION, "site": {"id": id}}
        self._rows: defaultdict[str, list[LedgerRow]] = defaultdict(list)
        """The rows of each list of tables, by its path."""
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
            self.add_site_error(_("no site of the first sheet has the ID “{id}”").format(id=self.id))
            return
        for path in (f"site.{key}" for key in REQUIRED if key not in self._tables["site"]):
            if path in self._site.source.positions:
                message_at = self._site.message_at(path, _("it must not be empty"))
                if message_at.place not in [error.place for error in self.errors]:
                    self.errors.append(message_at)
            else:
                text = _("“{id}” is new, and the column “{header}” is missing")
                self.add_site_error(text.format(id=self.id, header=find_field(path).label))

    def add_site_error(self, text: str) -> None:
        """Add an error about the site as a whole, in the cell of its id."""
        self.errors.append(self._first.message_at(SITE_ID, text))

    def _add(self, entry: LedgerRow) -> None:
        """Put the values of a row where they belong in a site file."""
        rows = entry.source.layout.rows
        if rows:
            self._rows[rows.path].append(entry)
        table = self._new_row(rows.path) if rows else self._tables
        for column in entry.source.columns:
            cell = entry.cells[column.position]
            if cell == "" or (not column.keeps_spaces and isinstance(cell, str) and cell.isspace()):
                self._check_formula(entry, column)
                continue
            try:
                value = column.read(cell)
            except CellError as error:
                self.errors.append(_wrong_value(entry, column.path, cell, str(error)))
                continue
            if rows:
                table[column.key] = value
            else:
                table.setdefault(column.table, {})[column.key] = value

    def _check_formula(self, entry: LedgerRow, column: ReadColumn) -> None:
        """Add an error if a cell is empty only because its formula failed or was never calculated."""
        failure = entry.source.failure(entry.row, column.position)
        if failure is not None:
            error = _("its formula comes to the error {error}")
            not_calculated = _("its formula has not been calculated; open the ledger in Excel and save it again")
            text = error if failure else not_calculated
            self.errors.append(entry.message_at(column.path, text.format(error=failure)))

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
        value, wanted = error["input"], str(expected(error))
        for list_path, entries in self._rows.items():
            depth = len(list_path.split("."))
            if ".".join(map(str, location[:depth])) == list_path:
                entry, key = entries[int(location[depth])], location[depth + 1]
                return _wrong_value(entry, f"{list_path}.{key}", value, wanted)
        return _wrong_value(self._first, ".".join(map(str, location[:2])), value, wanted)


def _wrong_value(entry: LedgerRow, path: str, value: Any, wanted: str) -> CellMessage:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**MAX_DIGITS:
        # Excel stores every number as a floating-point one, and shows this one as a whole number.
        value = int(value)
    return entry.message_at(path, _("{given} is not {expected}").format(given=describe_value(value), expected=wanted))
