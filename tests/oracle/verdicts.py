"""What can be said of a rule: how much is in order of what was looked at, and whether what is not is told."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.texts import given
from tests.oracle.usable import LEFT_OUT, Row, Site


@dataclass(frozen=True)
class Verdict:
    in_order: int
    looked_at: int

    @property
    def is_kept(self) -> bool:
        return self.in_order == self.looked_at


Judged = Verdict | None  # None: the rule does not apply


def kept(is_kept: bool, site: Site, *looked_at: str) -> Judged:
    """Kept or not; the rule does not apply where something that it looks at was left out."""
    return share(int(is_kept), 1, site, *looked_at)


def share(in_order: int, asked: int, site: Site, *looked_at: str) -> Judged:
    """The same of a rule that may be kept in part."""
    return None if site.was_left_out(*looked_at) else Verdict(in_order, asked)


def each(are_in_order: Mapping[str, bool], site: Site) -> Judged:
    """Each key for itself: one that was left out is not looked at, the others are."""
    wanting = [path for path, is_in_order in are_in_order.items() if not is_in_order]
    told = [path for path in wanting if not site.was_left_out(path)]
    if wanting and not told:
        return None
    in_order = len(are_in_order) - len(wanting)
    return Verdict(in_order, in_order + len(told))


def row_by_row(rows: Sequence[Row], is_in_order: Callable[[Row], bool], *keys: str) -> Judged:
    """Each row for itself: one that is not in order and lacks a value that was left out is not looked at."""
    wrong = [row for row in rows if not is_in_order(row)]
    told = [row for row in wrong if not row[LEFT_OUT] & set(keys)]
    if not rows or (wrong and not told):
        return None
    in_order = len(rows) - len(wrong)
    return Verdict(in_order, in_order + len(told))


def documents(site: Site, table: str) -> Judged:
    """Documents are named, and every one exists. Of what came from standard input nothing is known."""
    if site.folder is None:
        return None
    path = f"{table}.documents"
    named = given(site.elements(path))
    if not named:
        return share(0, 1, site, path)
    existing = [name for name in named if document_exists(name, site.folder)]
    return Verdict(len(existing), len(named))


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
