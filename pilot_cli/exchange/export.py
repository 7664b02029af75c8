"""Writes sites to a ledger, an Excel workbook that people go on working with."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from pilot_cli.audit.duplicates import DuplicateFinder, SiteKey
from pilot_cli.exchange.cells import unstorable_reason
from pilot_cli.exchange.example_rows import example_sites
from pilot_cli.exchange.inspection_rows import placed_rows
from pilot_cli.exchange.layout import EXAMPLE_PREFIX, SheetColumn, SheetLayout, sheets
from pilot_cli.exchange.rows import SheetRow, rows_of
from pilot_cli.exchange.site_workbook import IDENTITY_COLUMNS, open_site_workbook
from pilot_cli.formats.xlsx import PLAIN
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import NoSiteFilesError, SiteFiles, SkipReason
from pilot_cli.site.inspections_reader import InspectionsReading, load_inspections
from pilot_cli.site.model import REQUIRED
from pilot_cli.site.problem import KeyPath, Place, Problem, dotted
from pilot_cli.site.reader import Reading, glance_at_id, load_site, source_path
from pilot_cli.site.rule_info import RuleInfo

LOOKING = Stage(N_("{done} files looked at"), N_("{done} of {all} files looked at"))
"""Files are looked at before they are exported, to sort them."""
EXPORTING = Stage(N_("{done} files exported"), N_("{done} of {all} files exported"))
EXAMPLE_CELL = PLAIN._replace(italic=True, colour="#7F7F7F")
"""How the cells of these sites look."""


class PlacedProblem(NamedTuple):
    """A message about a place in a site file."""

    path: str
    place: Place
    rule: RuleInfo | None
    """None where the file is as it should be, but for Excel or an import."""
    message: Message


class Exported(NamedTuple):
    """The result of an export."""

    files: list[str]
    """The site files that are in the ledger."""
    inspections: list[str]
    """The files beside them with what was seen on site, whether or not there are any."""
    left_out: list[PlacedProblem]
    """Files that cannot be read, sites that lack what an import asks for, and those without an id of their own."""
    examples: list[PlacedProblem]
    """Sites that an import would take for examples and leave out."""


class UnstorableError(Exception):
    """Some values cannot be held by a cell; nothing has been written."""

    def __init__(self, notices: list[PlacedProblem]) -> None:
        super().__init__()
        self.notices = notices


class _SiteRead(NamedTuple):
    """The rows of a site file and of the inspections beside it in a ledger, and what is wrong with them."""

    path: str
    id: str | None
    inspections: str
    """The path of the file of inspections."""
    rows: list[list[SheetRow]]
    """Its rows in each sheet; empty if the site cannot be read or lacks what an import asks for."""
    problems: list[PlacedProblem]
    examples: list[PlacedProblem]
    unstorable: list[PlacedProblem]
    is_standard: bool
    """Whether the file is a standard by its look, and no site."""


def export_sites(files: SiteFiles, out: BinaryIO, workers: Workers, progress: Progress) -> Exported:
    """Write a ledger of all sites that an import would take and have an id of their own, in the order of the ids.

    Where the files lie makes no difference, so that sites make the same ledger again after they have been imported.

    Raises:
        NoSiteFilesError: there are none.
        UnstorableError: cells cannot hold some values.
        WorkersError: a process that reads sites failed.
        OSError: the ledger cannot be written.
    """
    exported = Exported([], [], [], [])
    unstorable: list[PlacedProblem] = []
    paths = _in_order_of_ids(iter(files), workers, progress)
    duplicates = DuplicateFinder()
    has_sites = False
    progress.begin(EXPORTING)
    with open_site_workbook(out) as write_site:
        for site in workers.run(_read_sites, iter(paths), progress):
            progress.advance(1)
            if site.is_standard and files.skip(site.path, SkipReason.STANDARD):
                continue
            has_sites = True
            repeated = duplicates.of(SiteKey(site.path, site.id, None))
            if repeated:
                exported.left_out.extend(_placed(load_site(site.path), _of_problems(repeated)))
                continue
            exported.left_out.extend(site.problems)
            if site.rows:
                exported.files.append(site.path)
                exported.inspections.append(site.inspections)
                exported.examples.extend(site.examples)
                unstorable += site.unstorable
                if not unstorable:
                    write_site(site.rows)
        if not has_sites:
            raise NoSiteFilesError
        if unstorable:
            raise UnstorableError(sorted(unstorable, key=_by_place))
    exported.left_out.sort(key=_by_place)
    return exported


def _in_order_of_ids(files: Iterator[str], workers: Workers, progress: Progress) -> list[str]:
    """Sort files by the ids of their sites; those of the same id stay in order."""
    progress.begin(LOOKING)
    sites: list[tuple[str, str]] = []
    for site in workers.run(_glance_at_ids, files, progress):
        sites.append(site)
        progress.advance(1)
    return [path for _id, path in sorted(sites, key=lambda site: site[0])]


def export_template(out: BinaryIO) -> None:
    """Write a ledger with nothing but the sites that show how to fill it in.

    Raises:
        OSError: the ledger cannot be written.
    """
    with open_site_workbook(out, EXAMPLE_CELL) as write_site:
        for site in example_sites():
            write_site(rows_of(*site))


def _glance_at_ids(paths: Iterable[str], base: str | None) -> Iterator[tuple[str, str]]:
    return ((glance_at_id(os.path.join(base or "", path)) or "", path) for path in paths)


def _read_sites(paths: Iterable[str], base: str | None) -> Iterator[_SiteRead]:
    for path in paths:
        reading = load_site(path, base)
        profile = reading.site.site if reading.site else None
        is_whole = profile is not None and all(getattr(profile, key) is not None for key in REQUIRED)
        seen = load_inspections(path, base)
        # What an import would not take is no part of a ledger.
        rows = rows_of(reading.site, seen.inspections) if reading.site and is_whole else []
        problems = [*_placed(reading, _of_problems(reading.problems)), *_placed(seen, _of_problems(seen.problems))]
        unstorable = [*_placed(reading, _unstorable(rows, reading)), *_placed(seen, _unstorable_seen(rows, seen))]
        id = profile.id if profile else None
        examples = _placed(reading, _example(id))
        yield _SiteRead(path, id, seen.path, rows, problems, examples, unstorable, reading.is_standard)


def _of_problems(problems: Iterable[Problem]) -> list["_Found"]:
    return [(problem.rule, problem.message, problem.path, problem.place) for problem in problems]


_Found = tuple[RuleInfo | None, Message, KeyPath, Place | None]
"""A rule, a message, the key that it is about, and its place if that is known."""


def _example(id: str | None) -> Iterator[_Found]:
    """Find an id that an import would take for that of an example."""
    if id and id.startswith(EXAMPLE_PREFIX):
        template = N_("The ID {id} begins with {prefix}, as those of examples do: an import refuses it")
        yield None, message(template, id=id, prefix=EXAMPLE_PREFIX), ("site", "id"), None


def _unstorable(rows: list[list[SheetRow]], reading: Reading) -> Iterator[_Found]:
    """Find the values of a site that no cell can hold."""
    for layout, entries in zip(sheets()[:-1], rows, strict=False):
        for number, row in enumerate(entries):
            for column, reason in _reasons(layout, row):
                table = (*layout.rows.keys, number) if layout.rows else ()
                path = (*table, *column.field.keys)
                yield None, _unstorable_message(path, reason), reading.source_path(path), None


def _unstorable_seen(rows: list[list[SheetRow]], seen: InspectionsReading) -> Iterator[_Found]:
    """Find what was seen on a site and no cell can hold."""
    layout = sheets()[-1]
    for row, (_row, place) in zip(rows[-1] if rows else (), placed_rows(seen.inspections), strict=False):
        for column, reason in _reasons(layout, row):
            # When and by whom is said of the inspection, and not of the result.
            path = (*(place[:2] if column.path.count(".") == 1 else place), *column.field.keys)
            yield None, _unstorable_message(path, reason), source_path(path, seen.kept), None


def _reasons(layout: SheetLayout, row: SheetRow) -> Iterator[tuple[SheetColumn, Message]]:
    """Yield the columns whose cells cannot hold what is in a row, and why."""
    for column, cell in islice(zip(layout.columns, row, strict=True), IDENTITY_COLUMNS if layout.rows else 0, None):
        reason = unstorable_reason(cell) if isinstance(cell, str) else None
        if reason:
            yield column, reason


def _unstorable_message(path: KeyPath, reason: Message) -> Message:
    return message("{key} cannot be put into a cell: {why}", key=dotted(path), why=reason)


def _placed(reading: Reading | InspectionsReading, found: Iterable[_Found]) -> list[PlacedProblem]:
    """Tell where in the file something was found."""
    placed = []
    places = None
    for rule, text, path, place in found:
        if place is None:
            from pilot_cli.site.place import Places

            places = places or Places(reading.source)
            place = places.find(path)
        placed.append(PlacedProblem(reading.path, place, rule, text))
    return placed


def _by_place(problem: PlacedProblem) -> tuple[str, Place]:
    return problem.path, problem.place
