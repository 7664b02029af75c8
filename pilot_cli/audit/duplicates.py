"""Finds ids (X001) and approval numbers (X002) that several site files have."""

import errno
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self

from pilot_cli.audit.assessment import Assessment
from pilot_cli.errors import OperationalError, no_temporary_files, os_reason
from pilot_cli.locale.message import message
from pilot_cli.site.file_rules import UNIQUE_APPROVAL_NO, UNIQUE_ID
from pilot_cli.site.problem import Problem
from pilot_cli.site.rule_info import RuleInfo
from pilot_cli.site.texts import approval_key

if TYPE_CHECKING:
    from sqlite3 import Cursor

MAX_KEYS_IN_MEMORY = 10_000
"""More ids and approval numbers are kept on disk: those of a million sites would take more than 300 MB."""
CACHE_KILOBYTES = 8_000
"""The most memory that is used to keep what is on disk at hand."""


class TemporaryFileError(OperationalError):
    """Temporary files cannot be written; the text says why."""


class SiteKey(NamedTuple):
    """A site file and the keys that no other file may have."""

    path: str
    id: str | None
    approval_no: str | None
    is_left_out: bool = False
    """Whether a filter leaves the site out, so that nothing is said of it."""

    @classmethod
    def of(cls, assessment: Assessment) -> Self:
        """Take the keys from an assessment."""
        return cls(assessment.path, assessment.id, assessment.approval_no, assessment.is_left_out)


class DuplicateFinder:
    """Compares the keys of each file with those of all earlier ones, for the rules that are asked for."""

    def __init__(self, asked: Collection[RuleInfo] = (UNIQUE_ID, UNIQUE_APPROVAL_NO)) -> None:
        self._asked = asked
        self._firsts: dict[tuple[str, str], str] | _FirstsOnDisk = {}

    def of(self, site: SiteKey) -> list[Problem]:
        """Add a site; return the rules that it breaks because of an earlier one."""
        if isinstance(self._firsts, dict) and len(self._firsts) > MAX_KEYS_IN_MEMORY:
            self._firsts = _FirstsOnDisk(self._firsts)
        problems: list[Problem] = []
        if site.id is not None and (first := self._firsts.setdefault((UNIQUE_ID.id, site.id), site.path)) != site.path:
            text = message("The site ID {id} is already used by {path}", id=site.id, path=first)
            problems.append(Problem(UNIQUE_ID, text, UNIQUE_ID.advice, ("site", "id")))
        number = site.approval_no
        key = (UNIQUE_APPROVAL_NO.id, approval_key(number or ""))
        if number is not None and (first := self._firsts.setdefault(key, site.path)) != site.path:
            text = message("The approval number {number} is already used by {path}", number=number, path=first)
            problems.append(Problem(UNIQUE_APPROVAL_NO, text, UNIQUE_APPROVAL_NO.advice, ("branch", "approval_no")))
        return [problem for problem in problems if problem.rule in self._asked]


class _FirstsOnDisk:
    """A table of a temporary database."""

    def __init__(self, firsts: Mapping[tuple[str, str], str]) -> None:
        import sqlite3
        from tempfile import gettempdir

        self._errors = sqlite3.Error
        # SQLite would choose a folder in another way than Python, by which errors name it.
        with suppress(OSError):
            os.environ.setdefault("SQLITE_TMPDIR", gettempdir())
        # A database without a name is a file of its own that vanishes with the connection.
        self._database = sqlite3.connect("", isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            f"PRAGMA cache_size = -{CACHE_KILOBYTES}",
            "CREATE TABLE firsts (rule, name, path, PRIMARY KEY (rule, name)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._execute(statement)
        for key, path in firsts.items():
            self.setdefault(key, path)

    def setdefault(self, key: tuple[str, str], path: str) -> str:
        """See ``dict.setdefault``."""
        # A path may be no text, but whatever bytes a file system holds.
        if self._execute("INSERT OR IGNORE INTO firsts VALUES (?, ?, ?)", *key, os.fsencode(path)).rowcount:
            return path
        found = self._execute("SELECT path FROM firsts WHERE rule = ? AND name = ?", *key)
        return os.fsdecode(found.fetchone()[0])

    def _execute(self, statement: str, *values: str | bytes) -> "Cursor":
        try:
            return self._database.execute(statement, values)
        except self._errors as error:
            is_full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
            why = os_reason(OSError(errno.ENOSPC, str(error))) if is_full else str(error)
            raise TemporaryFileError(no_temporary_files(why)) from error
