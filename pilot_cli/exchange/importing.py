"""Turns a book into site files."""

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import rtoml

from pilot_cli.audit.progress import Progress, Stage
from pilot_cli.exchange.delivery import Delivery
from pilot_cli.exchange.draft import Data, Draft
from pilot_cli.exchange.intake import Entry, Intake, Remark
from pilot_cli.exchange.merge import merge
from pilot_cli.exchange.reading import open_book
from pilot_cli.exchange.rows import rows_of
from pilot_cli.locale import gettext as _
from pilot_cli.site.reader import SIZE_LIMIT, Reading, load_site, parse_site
from pilot_cli.site.writer import site_text

SITE_FILE = "site.toml"


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
    """Something is in its place that is never replaced: a link, a folder, or what cannot be read."""


class Imported(NamedTuple):
    """What an import comes to; unless all sites could be taken, nothing has been written."""

    files: dict[Outcome, list[Path]]
    """The site files that each thing becomes of."""
    errors: list[Remark]
    ignored: list[str]
    """Sheets and columns that say nothing to pilot."""
    examples: int
    """Rows of examples, which are left out."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.errors or self.files[Outcome.CONFLICT] or self.files[Outcome.BLOCKED])


def import_book(book: Path, folder: Path, existing: Existing, progress: Progress, *, is_trial: bool) -> Imported:
    """Write a file for each site of a book, or none at all; a trial only says what would be written.

    Raises:
        BookError: the book cannot be read.
        OSError: the files cannot be written; the folder is as it was.
    """
    intake = Intake()
    progress.begin(Stage.READ)
    with open_book(book) as opened:
        intake.gather(opened, progress, is_whole=existing is not Existing.UPDATE)
    imported = Imported({outcome: [] for outcome in Outcome}, intake.errors, intake.ignored, intake.examples)
    if not intake.is_readable:
        return imported
    progress.begin(Stage.IMPORT, len(intake.sites))
    texts = _texts(intake.sites, folder, existing, imported)
    if is_trial or not intake.sites:
        for _file, _text in texts:
            progress.advance(1)
        return imported
    with Delivery(folder) as delivery:
        for file, text in texts:
            if text is not None and not imported.is_refused:
                delivery.add(file, text)
            progress.advance(1)
        if not imported.is_refused:
            delivery.deliver()
    return imported


def _texts(
    sites: dict[str, list[Entry]], folder: Path, existing: Existing, imported: Imported
) -> Iterator[tuple[Path, str | None]]:
    """Yield each site file with what is to be written to it, and note what becomes of it and what is wrong."""
    for id in list(sites):
        # What has been looked at need not stay in memory.
        draft = Draft(id, sites.pop(id))
        file = folder / id / SITE_FILE
        text = None
        errors = draft.errors
        if not errors or existing is not Existing.UPDATE:
            errors += _lacking(draft, file, existing)
        if not errors:
            outcome, text = _outcome(file, draft.data, existing)
            imported.files[outcome].append(file)
            if text is not None and len(text.encode()) > SIZE_LIMIT:
                errors = [draft.about_id(_("the file of “{id}” would be larger than 1 MiB").format(id=id))]
        imported.errors.extend(errors)
        yield file, text


def _lacking(draft: Draft, file: Path, existing: Existing) -> list[Remark]:
    """Tell what a site lacks of what a site file needs; one that is there may have it."""
    if existing is Existing.UPDATE and os.path.lexists(file):
        return []
    if draft.site is None:
        return [draft.about_id(_("“{id}” is none of the sites").format(id=draft.id))]
    return list(draft.missing())


def _outcome(file: Path, said: Data, existing: Existing) -> tuple[Outcome, str | None]:
    """Tell what becomes of a file, and what is to be written to it."""
    if not os.path.lexists(file.parent):
        return Outcome.NEW, site_text(said)
    if file.parent.is_symlink() or not file.parent.is_dir():
        return Outcome.BLOCKED, None
    if not os.path.lexists(file):
        return Outcome.NEW, site_text(said)
    if file.is_symlink() or not file.is_file():
        return Outcome.BLOCKED, None
    there = load_site(file)
    if there.site is None:
        return (Outcome.CHANGED, site_text(said)) if existing is Existing.REPLACE else (Outcome.BLOCKED, None)
    if existing is Existing.UPDATE:
        merged = rtoml.loads(there.source)
        merge(merged, said)
        said = merged
    text = site_text(said)
    if _says_the_same(there, parse_site(text.encode())):
        return Outcome.UNCHANGED, None
    return (Outcome.CONFLICT, None) if existing is Existing.KEEP else (Outcome.CHANGED, text)


def _says_the_same(one: Reading, other: Reading) -> bool:
    """Whether a book would have the same rows for both; how they are written does not matter."""
    assert one.site is not None and other.site is not None
    return rows_of(one.site) == rows_of(other.site)
