"""What one site file repeats of another: the id (X001), the approval number of the branch (X002)."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from pilot_cli.locale import gettext as _
from pilot_cli.site.problem import ADVICE, Problem

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
    """Tells of one file after the other what it repeats of an earlier one."""

    def __init__(self) -> None:
        self._firsts: dict[tuple[str, str], str] | _FirstsOnDisk = {}

    def of(self, site: SiteKey) -> list[Problem]:
        """Note a site; return what it repeats."""
        if isinstance(self._firsts, dict) and len(self._firsts) > MAX_KEYS_IN_MEMORY:
            self._firsts = _FirstsOnDisk(self._firsts)
        problems: list[Problem] = []
        if site.id is not None and (first := self._firsts.setdefault(("X001", site.id), site.path)) != site.path:
            message = _("The site ID {id} is already used by {path}").format(id=site.id, path=first)
            problems.append(Problem("X001", message, _(ADVICE["X001"]), ("site", "id")))
        number = (site.approval_no or "").strip()
        if number and (first := self._firsts.setdefault(("X002", number), site.path)) != site.path:
            message = _("The approval number {number} is already used by {path}").format(number=number, path=first)
            problems.append(Problem("X002", message, _(ADVICE["X002"]), ("branch", "approval_no")))
        return problems


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
            message = _("in the folder for temporary files, IDs and approval numbers cannot be noted ({why})")
            raise TemporaryFileError(message.format(why=error)) from error
        return os.fsdecode(found.fetchone()[0])
