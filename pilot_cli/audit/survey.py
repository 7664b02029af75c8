"""Audits many site files, one after the other."""

import os
from collections.abc import Iterable, Iterator
from datetime import date

from pilot_cli.audit.assess import assess
from pilot_cli.audit.assessment import Assessment
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import find_site_files
from pilot_cli.site.problem import Problem
from pilot_cli.site.reader import Reading, load_site
from pilot_cli.standard.standard import Standard

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def survey(paths: Paths, standard: Standard, as_of: date, *, locate: bool = True) -> Iterator[Assessment]:
    """Assess every site file that one or many paths stand for, in order; folders stand for all site files below them.

    An id or an approval number that an earlier file already has is a finding (X001, X002) of the later one.
    """
    seen = _Seen()
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    for path in find_site_files([os.fspath(path) for path in several]):
        reading = load_site(path)
        repeated = seen.note(reading)
        if repeated:
            reading = reading._replace(problems=(*reading.problems, *repeated))
        yield assess(reading, standard, as_of, locate=locate)


class _Seen:
    """Remembers which file had which id and which approval number."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._approvals: dict[str, str] = {}

    def note(self, reading: Reading) -> list[Problem]:
        """Note a site; return what it repeats of an earlier one."""
        problems: list[Problem] = []
        if reading.site is None:
            return problems
        id = reading.site.site.id
        if id is not None and (first := self._ids.setdefault(id, reading.path)) is not reading.path:
            message = _("The site ID {id} is already used by {path}").format(id=id, path=first)
            problems.append(Problem("X001", message, _("Give each site an ID of its own."), ("site", "id")))
        number = (reading.site.branch.approval_no or "").strip()
        if number and (first := self._approvals.setdefault(number, reading.path)) is not reading.path:
            message = _("The approval number {number} is already used by {path}").format(number=number, path=first)
            advice = _("Check which of the branches the approval belongs to.")
            problems.append(Problem("X002", message, advice, ("branch", "approval_no")))
        return problems
