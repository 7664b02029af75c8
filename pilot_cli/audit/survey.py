"""Audits many site files."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from pilot_cli.audit.assess import add_duplicates
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.duplicates import DuplicateFinder, SiteKey
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.work import assess_files, sum_up_files
from pilot_cli.locale import N_
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.parallel.workers import IN_PROCESS, Workers
from pilot_cli.site.find import find_site_files
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.standard.standard import Standard

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

CHECKING = Stage(N_("{done} files checked"), N_("{done} of {all} files checked"))
ONLY_HERE = frozenset({STANDARD_INPUT})
"""What only this process can read."""


def survey(
    paths: Paths,
    standard: Standard,
    as_of: date,
    *,
    locate: bool = True,
    workers: Workers = IN_PROCESS,
    progress: Progress | None = None,
) -> Iterator[Assessment]:
    """Assess every site file that one or many paths stand for, in order; folders stand for all site files below them.

    An id or an approval number that an earlier file already has is a finding (X001, X002) of the later one.

    Raises:
        WorkersError: a process or the cluster failed.
    """
    progress = progress or Progress()
    progress.begin(CHECKING)
    duplicates = DuplicateFinder(standard.file_rules)
    work = partial(assess_files, standard, as_of, locate)
    for assessment in workers.run(work, _files(paths), progress, only_here=ONLY_HERE):
        repeated = duplicates.of(SiteKey(assessment.path, assessment.id, assessment.approval_no))
        yield add_duplicates(assessment, repeated, locate=locate) if repeated else assessment
        progress.advance(1)
    progress.end()


def sum_up(
    paths: Paths,
    standard: Standard,
    as_of: date,
    summary: Summary,
    *,
    workers: Workers = IN_PROCESS,
    progress: Progress | None = None,
) -> None:
    """Fill a summary with what ``survey`` would yield. This is quicker: workers send sums instead of assessments.

    Raises:
        WorkersError: a process or the cluster failed.
    """
    progress = progress or Progress()
    progress.begin(CHECKING)
    duplicates = DuplicateFinder(standard.file_rules)
    work = partial(sum_up_files, standard, as_of, summary.empty())
    for part in workers.run(work, _files(paths), progress, only_here=ONLY_HERE):
        summary.merge(part.summary)
        for name in part.names:
            for problem in duplicates.of(name):
                summary.add_finding(problem.rule)
        progress.advance(part.summary.sites)
    progress.end()


def _files(paths: Paths) -> Iterator[str]:
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return find_site_files([os.fspath(path) for path in several])
