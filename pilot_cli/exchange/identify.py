"""Finds out which site each row of a ledger belongs to: by its id, or by its name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from pilot_cli.exchange.books.details import FailedCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.layout import SITE_ID, SITE_NAME
from pilot_cli.exchange.ledger_row import CellMessage, LedgerRow
from pilot_cli.exchange.site_ids import SiteName, make_ids
from pilot_cli.exchange.values import read_id
from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.texts import plain

MAX_COMPARED = 2000
"""Among so many names of sites a near one is looked for."""


class MadeId(NamedTuple):
    """An id that was made for a site without one."""

    id: str
    name: str
    row: LedgerRow


class IdentifiedRows(NamedTuple):
    """The rows of ledgers by the ids of their sites."""

    sites: dict[str, list[LedgerRow]]
    """The row of the site itself comes first, if there is one."""
    made: list[MadeId]
    errors: list[CellMessage]
    unidentified: list[LedgerRow]
    """The rows that belong to no site; there is an error for each of them."""


NamesOfFiles = Callable[[], Mapping[SiteName, str]]
"""Returns the ids of the sites that are there already, by their names; called only if they are needed."""


def identify(rows: Iterable[LedgerRow], names_of_files: NamesOfFiles, *, needs_ids: bool) -> IdentifiedRows:
    """Sort rows by the ids of their sites.

    Args:
        rows: The rows of all sheets.
        names_of_files: The sites that are there already: they keep their ids.
        needs_ids: Whether a site without an id is an error, and none is made for it.
    """
    return _Identifier(names_of_files, needs_ids).identify(rows)


class _Identifier:
    def __init__(self, names_of_files: NamesOfFiles, needs_ids: bool) -> None:
        self._names_of_files = names_of_files
        self._needs_ids = needs_ids
        self._result = IdentifiedRows({}, [], [], [])
        self._ids_by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._names: dict[str, str] = {}
        """The names of sites in the table of sites, by id."""

    def identify(self, rows: Iterable[LedgerRow]) -> IdentifiedRows:
        of_sites: list[LedgerRow] = []
        of_lists: list[LedgerRow] = []
        for row in rows:
            (of_lists if row.table.layout.rows else of_sites).append(row)
        nameless: list[tuple[LedgerRow, SiteName]] = []
        for row in of_sites:
            key = self._read(row)
            if key and key[0]:
                self._add_site(row, *key)
            elif key is None:
                self._result.unidentified.append(row)
            else:
                nameless.append((row, _site_name(row, key[1])))
        self._make_ids(nameless)
        for row in of_lists:
            key = self._read(row)
            if key is None or not self._add_row(row, *key):
                self._result.unidentified.append(row)
        return self._result

    def _read(self, row: LedgerRow) -> tuple[str, str] | None:
        """Return the id and the name in a row, or add an error if it has neither, or something else."""
        found: list[str] = []
        for path in (SITE_ID, SITE_NAME):
            if found and found[0] and (isinstance(row.cell(path), FailedCell) or row.cell(path) == 0):
                # A name that is looked up by the id, and comes to an error, or to 0 where there is nothing to be found:
                # what is wrong with the id is told anyway, and that of the site itself by what builds the site.
                found.append("")
                continue
            try:
                found.append(read_id(row.cell(path)))
            except CellError as error:
                if path == SITE_NAME and row.table.layout.rows is None and found[0]:
                    found.append("")
                    continue
                self._result.errors.append(row.message_in(row.table.positions[path], error))
                return None
        if not found[0] and (self._needs_ids or not found[1]):
            advice = (
                message("type the ID of the site")
                if self._needs_ids
                else message("type the ID or the name of the site")
            )
            self._result.errors.append(row.message_at(SITE_ID, Mistake.EMPTY, message("it must not be empty"), advice))
            return None
        return found[0], found[1]

    def _add_site(self, row: LedgerRow, id: str, name: str) -> None:
        if entries := self._result.sites.get(id):
            place = entries[0].message_at(SITE_ID, Mistake.OTHER, "", "").place
            problem = message(
                "“{id}” is in row {row} of the sheet “{sheet}” already", id=id, row=place.row + 1, sheet=place.sheet
            )
            advice = message("give each site a row and an ID of its own")
            self._result.errors.append(row.message_at(SITE_ID, Mistake.NO_SITE, problem, advice))
            self._result.unidentified.append(row)
            return
        self._result.sites[id] = [row]
        if name:
            self._ids_by_name[plain(name)].append(id)
            self._names[id] = plain(name)

    def _make_ids(self, nameless: list[tuple[LedgerRow, SiteName]]) -> None:
        """Give an id to each site without one: that of its file if there is one, or else a new one."""
        if not nameless:
            return
        kept = self._names_of_files()
        ids = {name.key: _kept_id(kept, name.key) for _row, name in nameless}
        new = [name for name, id in ids.items() if id is None]
        made = make_ids(new, {*self._result.sites, *kept.values()})
        for row, name in nameless:
            id = ids[name.key] or made[name.key]
            is_known = id in self._result.sites
            self._add_site(row, id, name.name)
            if not is_known and name.key in made:
                self._result.made.append(MadeId(id, name.name, row))

    def _add_row(self, row: LedgerRow, id: str, name: str) -> bool:
        """Sort the row of a list to its site, or add an error; tell whether it belongs to one."""
        if not id:
            ids = self._ids_by_name.get(plain(name)) or self._ids_in_files(name)
            if len(ids) != 1:
                self._result.errors.append(row.message_at(SITE_NAME, Mistake.NO_SITE, *self._name_problem(name, ids)))
                return False
            id = ids[0]
        elif name and id in self._names and plain(name) != self._names[id]:
            problem = message("“{name}” is not the name of the site “{id}”", name=name, id=id)
            advice = message("correct the ID or the name")
            self._result.errors.append(row.message_at(SITE_NAME, Mistake.NO_SITE, problem, advice))
            return False
        self._result.sites.setdefault(id, []).append(row)
        return True

    def _ids_in_files(self, name: str) -> list[str]:
        return [id for known, id in self._names_of_files().items() if known.name == plain(name)]

    def _name_problem(self, name: str, ids: list[str]) -> tuple[Message, Message]:
        if ids:
            problem = message("“{name}” is the name of several sites", name=name)
            listed = NameList(tuple(ids), " or ")
            return problem, message("type the ID of the site as well: {ids}", ids=listed)
        known = [row.cell(SITE_NAME) for rows in self._result.sites.values() for row in rows[:1]][:MAX_COMPARED]
        near = get_close_matches(name, map(str, known), n=1)
        problem = message("no site has the name “{name}”", name=name)
        return problem, (
            message("Did you mean “{word}”?", word=near[0])
            if near
            else message("type the name as in the table of sites")
        )


def _site_name(row: LedgerRow, name: str) -> SiteName:
    texts = []
    for path in ("site.district", "site.city"):
        try:
            texts.append(read_id(row.cell(path)))
        except CellError:
            texts.append("")
    return SiteName(name, *texts)


def _kept_id(kept: Mapping[SiteName, str], name: SiteName) -> str | None:
    """Return the id of the file of a site: one of the same name and place, or the only one of the name."""
    if name in kept:
        return kept[name]
    same = [id for known, id in kept.items() if known.name == name.name]
    places = [known for known in kept if known.name == name.name]
    is_same = len(same) == 1 and (not places[0].district or not name.district)
    return same[0] if is_same else None
