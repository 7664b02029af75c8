"""Writes sites into a book of Excel, in which people go on working."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pilot_cli.audit.duplicates import DuplicateFinder, SiteKey
from pilot_cli.exchange.cells import unstorable_reason
from pilot_cli.exchange.layout import EXAMPLE_PREFIX, sheets
from pilot_cli.exchange.rows import SheetRow, rows_of
from pilot_cli.exchange.site_workbook import CELL, open_site_workbook
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.problem import Place, Problem, dotted
from pilot_cli.site.reader import Reading, load_site, peek_id

EXAMPLES = Path(__file__).with_name("examples")
"""The sites that show how to fill in a book."""
LOOKING = Stage(N_("{done} files looked at"), N_("{done} of {all} files looked at"))
"""Files are looked at before they are exported, to sort them."""
EXPORTING = Stage(N_("{done} files exported"), N_("{done} of {all} files exported"))
EXAMPLE = CELL._replace(italic=True, colour="#7F7F7F")


class PlacedProblem(NamedTuple):
    """What is to be said of a place in a site file."""

    path: str
    place: Place
    problem: Problem


class Exported(NamedTuple):
    """What became of an export."""

    files: list[str]
    """The site files that are in the book."""
    left_out: list[PlacedProblem]
    """What could not be read, or belongs to no site that can be told from the others."""
    examples: list[PlacedProblem]
    """Sites that an import would take for examples."""


class UnstorableError(Exception):
    """Some values are nothing that a cell can hold."""

    def __init__(self, notices: list[PlacedProblem]) -> None:
        super().__init__()
        self.notices = notices


class _SiteRead(NamedTuple):
    """What a site file comes to in a book, and what is to be said of it."""

    path: str
    id: str | None
    rows: list[list[SheetRow]]
    problems: list[PlacedProblem]
    """What is wrong with the file."""
    examples: list[PlacedProblem]
    unstorable: list[PlacedProblem]


def export_sites(files: Iterator[str], out: BinaryIO, workers: Workers, progress: Progress) -> Exported:
    """Write a book of all sites that can be read and have an id of their own, in the order of these.

    Where its files lie makes no difference to a book, so that it is the same after an import.

    Raises:
        UnstorableError: cells cannot hold some values. Nothing has been written.
        WorkersError: a process that reads sites failed.
        OSError: the book cannot be written.
    """
    exported = Exported([], [], [])
    unstorable: list[PlacedProblem] = []
    paths = _in_order_of_ids(files, workers, progress, exported.left_out)
    progress.begin(EXPORTING)
    with open_site_workbook(out) as book:
        for site in workers.run(_read_sites, iter(paths), progress):
            exported.left_out.extend(site.problems)
            if site.id is not None:
                exported.files.append(site.path)
                exported.examples.extend(site.examples)
                unstorable += site.unstorable
                if not unstorable:
                    book.add(site.rows)
            progress.advance(1)
        if unstorable:
            raise UnstorableError(sorted(unstorable))
    exported.left_out.sort()
    return exported


def _in_order_of_ids(
    files: Iterator[str], workers: Workers, progress: Progress, repeated: list[PlacedProblem]
) -> list[str]:
    """Sort files by the ids of their sites, and set those aside that have the id of an earlier one."""
    progress.begin(LOOKING)
    duplicates = DuplicateFinder()
    sites: list[tuple[str, str]] = []
    for site in workers.run(_peek_ids, files, progress):
        problems = duplicates.of(site)
        if problems:
            repeated.extend(_notices(load_site(site.path), problems))
        else:
            sites.append((site.id or "", site.path))
        progress.advance(1)
    return [path for _id, path in sorted(sites)]


def export_template(out: BinaryIO) -> None:
    """Write a book without sites but for those that show how to fill it in.

    Raises:
        OSError: the book cannot be written.
    """
    with open_site_workbook(out, EXAMPLE) as book:
        for path in sorted(EXAMPLES.iterdir()):
            site = load_site(path).site
            assert site is not None
            book.add(rows_of(site))


def _peek_ids(paths: Iterable[str], base: str | None) -> Iterator[SiteKey]:
    return (SiteKey(path, peek_id(os.path.join(base or "", path)), None) for path in paths)


def _read_sites(paths: Iterable[str], base: str | None) -> Iterator[_SiteRead]:
    for path in paths:
        reading = load_site(path, base)
        id = reading.site.site.id if reading.site else None
        rows = rows_of(reading.site) if reading.site and id else []
        problems = (reading.problems, _taken_for_examples(id), _unstorable(rows, reading))
        yield _SiteRead(path, id, rows, *(list(_notices(reading, some)) for some in problems))


def _taken_for_examples(id: str | None) -> Iterator[Problem]:
    if id and id.startswith(EXAMPLE_PREFIX):
        message = _("The ID {id} begins with {prefix}: an import takes the site for an example and leaves it out")
        yield Problem("", message.format(id=id, prefix=EXAMPLE_PREFIX), "", ("site", "id"))


def _unstorable(rows: list[list[SheetRow]], reading: Reading) -> Iterator[Problem]:
    """Find the texts that no cell can hold."""
    for layout, entries in zip(sheets(), rows, strict=False):
        for number, row in enumerate(entries):
            for column, cell in zip(layout.columns, row, strict=True):
                fault = unstorable_reason(cell) if isinstance(cell, str) else ""
                if fault:
                    holder = (*layout.rows.keys, number) if layout.rows else ()
                    path = (*holder, *column.field.keys)
                    message = _("{key} cannot be put into a cell: {why}").format(key=dotted(path), why=fault)
                    yield Problem("", message, "", reading.source_path(path))


def _notices(reading: Reading, problems: Iterable[Problem]) -> Iterator[PlacedProblem]:
    """Tell where in the file the problems are."""
    places = None
    for problem in problems:
        place = problem.place
        if place is None:
            from pilot_cli.site.place import Places

            places = places or Places(reading.source)
            place = places.find(problem.path)
        yield PlacedProblem(reading.path, place, problem)
