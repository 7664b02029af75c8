"""What can be said of a rule: how much is in order of what was looked at, and whether what is not is told."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.texts import given
from tests.oracle.usable import LEFT_OUT, Row, Site


@dataclass(frozen=True)
class Verdict:
    in_order: int
    looked_at: int
    is_told: bool  # means nothing where all is in order

    @property
    def is_kept(self) -> bool:
        return self.in_order == self.looked_at


Judged = Verdict | None  # None: the rule does not apply


def kept(is_kept: bool, site: Site, *looked_at: str) -> Verdict:
    """Kept or not; nothing is told where something that the rule looks at was left out."""
    return Verdict(int(is_kept), 1, not site.was_left_out(*looked_at))


def share(in_order: int, asked: int, site: Site, *looked_at: str) -> Verdict:
    """The same of a rule that may be kept in part."""
    return Verdict(in_order, asked, not site.was_left_out(*looked_at))


def row_by_row(rows: Sequence[Row], is_in_order: Callable[[Row], bool], *keys: str) -> Judged:
    """Each row for itself: one that lacks a value that was left out is not told, the others are."""
    if not rows:
        return None
    wrong = [row for row in rows if not is_in_order(row)]
    is_told = any(not row[LEFT_OUT] & set(keys) for row in wrong)
    return Verdict(len(rows) - len(wrong), len(rows), is_told)


def documents(site: Site, table: str) -> Judged:
    """Documents are named, and every one exists. Of what came from standard input nothing is known."""
    if site.folder is None:
        return None
    path = f"{table}.documents"
    named = given(site.elements(path))
    if not named:
        return Verdict(0, 1, not site.was_left_out(path))
    existing = [name for name in named if document_exists(name, site.folder)]
    return Verdict(len(existing), len(named), is_told=True)


def document_exists(name: str, folder: Path) -> bool:
    if Path(name).anchor:  # absolute; on Windows also "\x" and "C:x"
        return False
    depth = 0
    for part in Path(name).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return False
    try:
        real = (folder / name).resolve(strict=True)
        facts = real.stat()
    except (OSError, ValueError, RuntimeError):  # not there, a name no file can have, links in a circle
        return False
    return real.is_relative_to(folder.resolve()) and stat.S_ISREG(facts.st_mode) and facts.st_size > 0
