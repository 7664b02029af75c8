"""What one site file repeats of another: the id (X001), the approval number of the branch (X002)."""

import os
from collections.abc import Collection, Mapping
from typing import NamedTuple

from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message
from pilot_cli.site.file_rules import UNIQUE_APPROVAL_NO, UNIQUE_ID
from pilot_cli.site.problem import Problem
from pilot_cli.site.rule_info import RuleInfo

MAX_KEYS_IN_MEMORY = 10_000
"""More ids and approval numbers are kept on disk: those of a million sites would take more than 300 MB."""
CACHE_KILOBYTES = 8_000
"""So much of what is on disk is in memory too."""


class TemporaryFileError(Exception):
    """There is no room for what has to be noted; the text says so."""


class SiteKey(NamedTuple):
    """A site file and what no other may be called."""

    path: str
    id: str | None
    approval_no: str | None


class DuplicateFinder:
    """Tells of one file after the other what it has in common with an earlier one, as far as it is asked for."""

    def __init__(self, asked: Collection[RuleInfo] = (UNIQUE_ID, UNIQUE_APPROVAL_NO)) -> None:
        self._asked = asked
        self._firsts: dict[tuple[str, str], str] | _FirstsOnDisk = {}

    def of(self, site: SiteKey) -> list[Problem]:
        """Note a site; return what it repeats."""
        if isinstance(self._firsts, dict) and len(self._firsts) > MAX_KEYS_IN_MEMORY:
            self._firsts = _FirstsOnDisk(self._firsts)
        problems: list[Problem] = []
        if site.id is not None and (first := self._firsts.setdefault(("X001", site.id), site.path)) != site.path:
            text = message("The site ID {id} is already used by {path}", id=site.id, path=first)
            problems.append(Problem(UNIQUE_ID, text, UNIQUE_ID.advice, ("site", "id")))
        number = (site.approval_no or "").strip()
        if number and (first := self._firsts.setdefault(("X002", number), site.path)) != site.path:
            text = message("The approval number {number} is already used by {path}", number=number, path=first)
            problems.append(Problem(UNIQUE_APPROVAL_NO, text, UNIQUE_APPROVAL_NO.advice, ("branch", "approval_no")))
        return [problem for problem in problems if problem.rule in self._asked]


class _FirstsOnDisk:
    """A table of a temporary database."""

    def __init__(self, firsts: Mapping[tuple[str, str], str]) -> None:
        import sqlite3

        self._errors = sqlite3.Error
        # A database without a name is a file of its own that vanishes with the connection.
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            f"PRAGMA cache_size = -{CACHE_KILOBYTES}",
            "CREATE TABLE firsts (rule, name, path, PRIMARY KEY (rule, name)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._database.execute(statement)
        for key, path in firsts.items():
            self.setdefault(key, path)

    def setdefault(self, key: tuple[str, str], path: str) -> str:
        """See ``dict.setdefault``."""
        # A path may be no text, but whatever bytes a file system holds.
        row = (*key, os.fsencode(path))
        try:
            if self._database.execute("INSERT OR IGNORE INTO firsts VALUES (?, ?, ?)", row).rowcount:
                return path
            found = self._database.execute("SELECT path FROM firsts WHERE rule = ? AND name = ?", key)
        except self._errors as error:
            text = _("in the folder for temporary files, IDs and approval numbers cannot be noted ({why})")
            raise TemporaryFileError(text.format(why=error)) from error
        return os.fsdecode(found.fetchone()[0])
