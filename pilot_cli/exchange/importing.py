"""Turns ledgers into site files."""

import os
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import rtoml

from pilot_cli.exchange.books.workbook_reader import WorkbookError, open_workbook
from pilot_cli.exchange.cell_error import Mistake
from pilot_cli.exchange.column_finder import OwnNames
from pilot_cli.exchange.file_transaction import FileTransaction
from pilot_cli.exchange.identify import IdentifiedRows, MadeId, identify
from pilot_cli.exchange.inspection_rows import InspectionRow, inspection_rows, inspections_text
from pilot_cli.exchange.layout import sheets
from pilot_cli.exchange.ledger_reader import LedgerReader
from pilot_cli.exchange.ledger_row import CellMessage, CellPlace
from pilot_cli.exchange.left_out import LeftOut, Tally
from pilot_cli.exchange.merge import merge
from pilot_cli.exchange.not_taken import TIME_OF_DAY, NotTaken
from pilot_cli.exchange.rows import rows_of
from pilot_cli.exchange.site_builder import SiteBuilder
from pilot_cli.exchange.site_ids import SiteName
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.site.find import SITE_FILE, SiteFiles
from pilot_cli.site.inspections import inspections_path
from pilot_cli.site.inspections_reader import read_inspections_file
from pilot_cli.site.inspections_writer import UnusableInspectionsError, add_text
from pilot_cli.site.reader import MAX_FILE_BYTES, Reading, load_site, parse_site, peek_id
from pilot_cli.site.writer import site_text

READING = Stage(N_("{done} rows read"), N_("{done} of {all} rows read"))
IMPORTING = Stage(N_("{done} sites looked at"), N_("{done} of {all} sites looked at"))


class Existing(Enum):
    """What to do with site files that exist already and differ from the ledger."""

    KEEP = "keep"
    UPDATE = "update"
    REPLACE = "replace"


class Outcome(Enum):
    """What an import does with a site file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    """It exists, differs from the ledger, and is to be kept."""
    BLOCKED = "blocked"
    """In its place is what is never replaced: a link, a folder, another site, or a file that cannot be read."""


class Planned(NamedTuple):
    """What is to be done with a site file."""

    outcome: Outcome
    content: bytes | None = None
    """What is to be written into the file, if anything."""


class UnreadableBookError(Exception):
    """A ledger cannot be read, or there is nothing in it."""

    def __init__(self, book: Path, why: object) -> None:
        super().__init__(why)
        self.book = book


class Imported(NamedTuple):
    """The result of an import; if it is refused, nothing has been written."""

    files: dict[Outcome, list[Path]]
    inspections: dict[Outcome, list[Path]]
    """The same of the files with what was seen on site."""
    errors: list[CellMessage]
    ignored: list[Message]
    """What is said of sheets that are no part of a ledger."""
    not_taken: list[NotTaken]
    """The cells in sheets of a ledger that hold what is not taken."""
    tally: Tally
    """What was left out, and how often."""
    made: list[MadeId]
    """The ids that were made for sites without one."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.errors or self.found(Outcome.CONFLICT) or self.found(Outcome.BLOCKED))

    def found(self, outcome: Outcome) -> list[Path]:
        """Return the files of either kind that come to something."""
        return [*self.files[outcome], *self.inspections[outcome]]


class ReadingOptions(NamedTuple):
    """How ledgers are read."""

    needs_ids: bool = False
    """Whether a site without an id is an error, and none is made for it."""
    own_names: OwnNames = MappingProxyType({})
    """What an office calls columns, besides all known names."""


USUAL = ReadingOptions()


def import_ledgers(
    books: Sequence[Path],
    folder: Path,
    existing: Existing,
    progress: Progress,
    *,
    is_dry_run: bool,
    options: ReadingOptions = USUAL,
) -> Imported:
    """Write a file for each site of some ledgers, or none at all; a dry run only says what would be written.

    Raises:
        UnreadableBookError: a ledger cannot be read, or there is nothing in them.
        OSError: the files cannot be written; the folder is as it was.
    """
    is_whole = existing is not Existing.UPDATE
    reader = LedgerReader(is_whole=is_whole, needs_ids=options.needs_ids, own_names=options.own_names)
    _read_books(reader, books, progress)
    files_of, inspections_of = ({outcome: list[Path]() for outcome in Outcome} for _kind in range(2))
    told = (reader.errors, reader.ignored, reader.not_taken, reader.tally)
    imported = Imported(files_of, inspections_of, *told, made=[])
    if not reader.is_readable:
        return imported
    files = cache(partial(_site_files, folder))
    identified = identify(reader.rows, lambda: _names_of(files()), needs_ids=options.needs_ids)
    # Rows that have been used need not stay in memory.
    reader.rows.clear()
    imported.errors.extend(identified.errors)
    imported.made.extend(identified.made)
    progress.begin(IMPORTING, len(identified.sites))
    with FileTransaction(folder) as transaction:
        _plan_all(identified, imported, files(), folder, existing, progress, None if is_dry_run else transaction)
        imported.errors.extend(_other_errors(identified))
        if not imported.is_refused and not is_dry_run:
            transaction.commit()
    return imported


def _read_books(reader: LedgerReader, books: Sequence[Path], progress: Progress) -> None:
    progress.begin(READING)
    names: list[str] = []
    for book in books:
        try:
            with open_workbook(book) as opened:
                names += opened.names
                reader.read(opened, progress)
        except WorkbookError as error:
            raise UnreadableBookError(book, error) from error
    if not reader.tables:
        wanted = NameList(tuple(layout.label for layout in sheets()))
        template = N_("no sheet has the headers or the name of one of a ledger ({wanted}), but: {found}")
        raise UnreadableBookError(books[0], message(template, wanted=wanted, found=NameList(tuple(names))))
    if not reader.rows and not reader.errors:
        text = message("there is nothing in it below the headers")
        if reader.tally[LeftOut.EXAMPLE]:
            text = message("there is nothing in it but examples; write the sites into it, and delete the examples")
        raise UnreadableBookError(books[0], text)


def _plan_all(
    identified: IdentifiedRows,
    imported: Imported,
    files: Mapping[str, Path],
    folder: Path,
    existing: Existing,
    progress: Progress,
    transaction: FileTransaction | None,
) -> None:
    """Decide what happens to the file of each site, and write drafts as long as nothing is wrong."""
    times: dict[CellPlace, NotTaken] = {}
    for id in list(identified.sites):
        site = SiteBuilder(id, identified.sites.pop(id), imported.tally)
        file = files.get(id, folder / id / SITE_FILE)
        inspections = Path(inspections_path(str(file)))
        planned = _plan(site, file, existing)
        if planned:
            imported.files[planned.outcome].append(file)
        seen = _plan_inspections(site, inspections, existing) if planned and site.inspections else None
        if seen:
            imported.inspections[seen.outcome].append(inspections)
        for path, plan in ((file, planned), (inspections, seen)):
            if plan and plan.content is not None and not imported.is_refused and transaction:
                transaction.add(path, plan.content)
        imported.errors.extend(site.errors)
        for place in site.times:
            column = times.setdefault(place._replace(row=0), NotTaken(place, TIME_OF_DAY))
            column.add(place.row, place.column)
        progress.advance(1)
    imported.not_taken.extend(times.values())


def _other_errors(identified: IdentifiedRows) -> Iterator[CellMessage]:
    """Find what else is wrong in rows that belong to no site, so that all is told at once."""
    told = {error.place for error in identified.errors}
    for row in identified.unidentified:
        site = SiteBuilder("unidentified", [row], Tally())
        yield from (error for error in site.errors if error.place not in told)


def _names_of(files: Mapping[str, Path]) -> Mapping[SiteName, str]:
    """Return the ids of site files by what their sites are known by."""
    names: dict[SiteName, str] = {}
    for id, path in files.items():
        profile = rtoml.loads(path.read_text(encoding="utf-8-sig")).get("site", {})
        texts = (profile.get(key) for key in ("name", "district", "city"))
        names.setdefault(SiteName(*(text if isinstance(text, str) else "" for text in texts)).key, id)
    return names


def _site_files(folder: Path) -> dict[str, Path]:
    """Find the site files that exist already, wherever they lie below the folder, by the ids of their sites."""
    files: dict[str, Path] = {}
    for path in SiteFiles([str(folder)]) if folder.is_dir() else ():
        id = peek_id(path)
        if id is not None:
            files.setdefault(id, Path(path))
    return files


def _plan(site: SiteBuilder, file: Path, existing: Existing) -> Planned | None:
    """Decide what happens to the file of a site; None if there are errors, which are added to those of the site."""
    is_update = existing is Existing.UPDATE
    if not (is_update and (site.errors or os.path.lexists(file))):
        # A file that is updated has what the ledger may lack.
        site.check_required()
    if site.errors:
        return None
    return _if_readable(site, _outcome(site, file, existing))


def _if_readable(site: SiteBuilder, planned: Planned) -> Planned | None:
    """Add an error for a file that nobody would read, as large as it is."""
    if planned.content is not None and len(planned.content) > MAX_FILE_BYTES:
        problem = message("the file of “{id}” would be larger than 1 MiB", id=site.id)
        site.add_site_error(Mistake.OTHER, problem, message("shorten its texts or lists"))
        return None
    return planned


def _plan_inspections(site: SiteBuilder, path: Path, existing: Existing) -> Planned | None:
    """Decide what happens to the file with what was seen on a site; None if there is an error."""
    return _if_readable(site, _outcome_of_inspections(site.inspections, path, existing))


def _outcome_of_inspections(rows: list[InspectionRow], path: Path, existing: Existing) -> Planned:
    if not os.path.lexists(path):
        return Planned(Outcome.NEW, inspections_text(rows).encode())
    if path.is_symlink() or not path.is_file():
        return Planned(Outcome.BLOCKED)
    current = read_inspections_file(str(path))
    known = inspection_rows(current.inspections)
    if existing is Existing.UPDATE:
        missing = [row for row in rows if row not in known]
        try:
            text = add_text(current.source, inspections_text(missing), str(path))
        except UnusableInspectionsError:
            return Planned(Outcome.BLOCKED)
        return Planned(Outcome.CHANGED, text.encode()) if missing else Planned(Outcome.UNCHANGED)
    if rows == known and not (existing is Existing.REPLACE and current.problems):
        return Planned(Outcome.UNCHANGED)
    if existing is Existing.KEEP:
        return Planned(Outcome.CONFLICT)
    return Planned(Outcome.CHANGED, inspections_text(rows).encode())


def _outcome(site: SiteBuilder, file: Path, existing: Existing) -> Planned:
    data = site.data
    if not os.path.lexists(file.parent) or (_is_folder(file.parent) and not os.path.lexists(file)):
        return Planned(Outcome.NEW, site_text(data).encode())
    current = load_site(file) if _is_folder(file.parent) and file.is_file() and not file.is_symlink() else None
    if current is None or not _may_change(current, site.id, existing):
        return Planned(Outcome.BLOCKED)
    if existing is Existing.UPDATE:
        merged = rtoml.loads(current.source)
        merge(merged, data)
        data = merged
    content = site_text(data).encode()
    if _has_same_rows(current, content) and not (existing is Existing.REPLACE and current.problems):
        return Planned(Outcome.UNCHANGED)
    return Planned(Outcome.CONFLICT) if existing is Existing.KEEP else Planned(Outcome.CHANGED, content)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _may_change(current: Reading, id: str, existing: Existing) -> bool:
    """Whether a file may be changed: to be updated, it has to be one of this site in this version of the format."""
    if existing is not Existing.UPDATE:
        return existing is Existing.REPLACE or current.site is not None
    has_own_format = not any(problem.path == ("format",) for problem in current.problems)
    return current.site is not None and current.site.site.id in (None, id) and has_own_format


def _has_same_rows(current: Reading, content: bytes) -> bool:
    """Whether a ledger would have the same rows for both files; how they are written does not matter."""
    other = parse_site(content)
    return current.site is not None and other.site is not None and rows_of(current.site) == rows_of(other.site)
