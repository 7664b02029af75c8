"""Turns a book into site files."""

import os
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import rtoml

from pilot_cli.exchange.file_transaction import FileTransaction
from pilot_cli.exchange.ledger_reader import CellMessage, LedgerReader
from pilot_cli.exchange.merge import merge
from pilot_cli.exchange.rows import rows_of
from pilot_cli.exchange.site_builder import SiteBuilder
from pilot_cli.exchange.workbook_reader import open_workbook
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.site.find import SITE_FILE, find_site_files
from pilot_cli.site.reader import MAX_FILE_BYTES, Reading, load_site, parse_site, peek_id
from pilot_cli.site.writer import site_text

READING = Stage(N_("{done} rows read"), N_("{done} of {all} rows read"))
IMPORTING = Stage(N_("{done} sites looked at"), N_("{done} of {all} sites looked at"))


class Existing(Enum):
    """What is to become of site files that are there already and say something else than the book."""

    KEEP = "keep"
    UPDATE = "update"
    REPLACE = "replace"


class Outcome(Enum):
    """What becomes of a site file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    """It is there, says something else, and is to be kept."""
    BLOCKED = "blocked"
    """Something is in its place that is never replaced: a link, a folder, what cannot be read, or another site."""


class Planned(NamedTuple):
    """What is to become of a site."""

    file: Path
    outcome: Outcome
    content: bytes | None = None
    """What is to be written to the file."""


class Imported(NamedTuple):
    """What an import comes to; unless all sites could be taken, nothing has been written."""

    files: dict[Outcome, list[Path]]
    """The site files that each thing becomes of."""
    errors: list[CellMessage]
    ignored: list[str]
    """Sheets and columns that say nothing to pilot."""
    examples: int
    """Rows of examples, which are left out."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.errors or self.files[Outcome.CONFLICT] or self.files[Outcome.BLOCKED])


def import_ledger(book: Path, folder: Path, existing: Existing, progress: Progress, *, is_dry_run: bool) -> Imported:
    """Write a file for each site of a book, or none at all; a dry run only says what would be written.

    Raises:
        WorkbookError: the book cannot be read.
        OSError: the files cannot be written; the folder is as it was.
    """
    reader = LedgerReader()
    progress.begin(READING)
    with open_workbook(book) as opened:
        reader.gather(opened, progress, is_whole=existing is not Existing.UPDATE)
    imported = Imported({outcome: [] for outcome in Outcome}, reader.errors, reader.ignored, reader.examples)
    if not reader.is_readable:
        return imported
    progress.begin(IMPORTING, len(reader.sites))
    there = _site_files(folder)
    with FileTransaction(folder) as transaction:
        for id in list(reader.sites):
            # What has been looked at need not stay in memory.
            draft = SiteBuilder(id, reader.sites.pop(id))
            planned = _plan(draft, there.get(id, folder / id / SITE_FILE), existing)
            if planned:
                imported.files[planned.outcome].append(planned.file)
                if planned.content is not None and not imported.is_refused and not is_dry_run:
                    transaction.add(planned.file, planned.content)
            imported.errors.extend(draft.errors)
            progress.advance(1)
        if not imported.is_refused and not is_dry_run:
            transaction.commit()
    return imported


def _site_files(folder: Path) -> dict[str, Path]:
    """Find the site files that are there already, wherever they lie below the folder, by id."""
    files: dict[str, Path] = {}
    for path in find_site_files([str(folder)]) if folder.is_dir() else ():
        id = peek_id(path)
        if id is not None:
            files.setdefault(id, Path(path))
    return files


def _plan(draft: SiteBuilder, file: Path, existing: Existing) -> Planned | None:
    """Tell what is to become of a site, or find more that is wrong with it."""
    is_update = existing is Existing.UPDATE
    if not (is_update and (draft.errors or os.path.lexists(file))):
        # A file that is there has what the book lacks.
        draft.look_for_what_is_missing()
    if draft.errors:
        return None
    planned = _outcome(draft, file, existing)
    if planned.content is not None and len(planned.content) > MAX_FILE_BYTES:
        draft.refuse_id(_("the file of “{id}” would be larger than 1 MiB").format(id=draft.id))
        return None
    return planned


def _outcome(draft: SiteBuilder, file: Path, existing: Existing) -> Planned:
    said = draft.data
    if not os.path.lexists(file.parent) or (_is_folder(file.parent) and not os.path.lexists(file)):
        return Planned(file, Outcome.NEW, site_text(said).encode())
    there = load_site(file) if _is_folder(file.parent) and file.is_file() and not file.is_symlink() else None
    if there is None or not _can_be_changed(there, draft.id, existing):
        return Planned(file, Outcome.BLOCKED)
    if existing is Existing.UPDATE:
        merged = rtoml.loads(there.source)
        merge(merged, said)
        said = merged
    content = site_text(said).encode()
    if _says_the_same(there, content) and not (existing is Existing.REPLACE and there.problems):
        return Planned(file, Outcome.UNCHANGED)
    return Planned(file, Outcome.CONFLICT) if existing is Existing.KEEP else Planned(file, Outcome.CHANGED, content)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _can_be_changed(there: Reading, id: str, existing: Existing) -> bool:
    """Whether a file may take up what the book says: to be merged, it has to be one of this site and this format."""
    if existing is not Existing.UPDATE:
        return existing is Existing.REPLACE or there.site is not None
    has_own_format = not any(problem.path == ("format",) for problem in there.problems)
    return there.site is not None and there.site.site.id in (None, id) and has_own_format


def _says_the_same(there: Reading, content: bytes) -> bool:
    """Whether a book would have the same rows for both; how they are written does not matter."""
    other = parse_site(content)
    return there.site is not None and other.site is not None and rows_of(there.site) == rows_of(other.site)
