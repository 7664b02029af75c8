"""Makes ledgers as offices make them, and tells what an import makes of them."""

from pathlib import Path
from typing import Any, NamedTuple

import rtoml

from pilot_cli.commands.wrong_cells import error_line, not_taken_line
from pilot_cli.exchange.importing import Existing, Imported, ReadingOptions, import_ledgers
from pilot_cli.exchange.left_out import LeftOut
from pilot_cli.parallel.progress import Progress
from tests.commands.books import Rows, make_book

HEADS = ["站点编号", "站点名称", "站点类型"]
SITE = ["gz-1", "一号工地", "建筑工地"]
OTHER = ["gz-2", "二号小区", "社区物业"]


class Told(NamedTuple):
    """What an import comes to."""

    sites: dict[str, Any]
    """What the files say, by the ids of their sites."""
    errors: list[str]
    ignored: list[str]
    not_taken: list[str]
    left_out: dict[LeftOut, int]
    imported: Imported


def read_books(*books: Path, options: ReadingOptions | None = None, existing: Existing = Existing.KEEP) -> Told:
    """Import ledgers into a folder beside the first one."""
    folder = books[0].parent / "sites"
    imported = import_ledgers(
        books, folder, existing, Progress(), is_dry_run=False, options=options or ReadingOptions()
    )
    sites = {
        file.parent.name: rtoml.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*/site.toml"))
    }
    errors = [error_line(error, books) for error in sorted(imported.errors, key=lambda error: error.place)]
    left_out = {reason: number for reason, number in imported.tally.items() if number}
    not_taken = [not_taken_line(cells, books) for cells in imported.not_taken]
    return Told(sites, errors, list(map(str, imported.ignored)), not_taken, left_out, imported)


def read_rows(folder: Path, rows: Rows, *merges: str, **lists: Rows) -> Told:
    """Import a ledger with the rows of a sheet 站点, and those of others."""
    return read_books(make_book(folder / "a.xlsx", {"站点": rows, **lists}, merges))
