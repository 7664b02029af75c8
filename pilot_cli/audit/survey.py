"""Audits many site files."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from pilot_cli.audit.assess import add_duplicates
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.duplicates import DuplicateFinder, SiteKey
from pilot_cli.audit.filter import EVERYTHING, Filter
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.work import assess_files, sum_up_files
from pilot_cli.locale import N_
from pilot_cli.parallel.progress import Progress, Stage
from pilot_cli.parallel.workers import IN_PROCESS, Workers
from pilot_cli.site.find import SiteFiles, SkipReason
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

    Paths that come as ``SiteFiles`` also say what to leave out of folders, and are told what else is skipped.

    An id or an approval number that an earlier file already has is a finding (X001, X002) of the later one.

    Raises:
        WorkersError: a process or the cluster failed.
    """
    return survey_shown(paths, standard, as_of, EVERYTHING, locate, workers, progress or Progress())


def survey_shown(
    paths: Paths, standard: Standard, as_of: date, filter: Filter, locate: bool, workers: Workers, progress: Progress
) -> Iterator[Assessment]:
    """Assess like ``survey``, and yield of each assessment what a filter shows.

    A site that it leaves out comes as well, as a mere mark of that: ``is_left_out``.

    Raises:
        WorkersError: a process or the cluster failed.
    """
    progress.begin(CHECKING)
    duplicates = DuplicateFinder(standard.file_rules)
    files = _files(paths, standard)
    work = partial(assess_files, standard, as_of, filter, locate)
    for assessment in workers.run(work, iter(files), progress, only_here=ONLY_HERE):
        progress.advance(1)
        if assessment.is_standard and files.skip(assessment.path, SkipReason.STANDARD):
            continue
        repeated = duplicates.of(SiteKey.of(assessment))
        if repeated and not assessment.is_left_out:
            yield filter.of(add_duplicates(assessment, repeated, locate=locate))
        else:
            yield assessment
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
    """Fill a summary with what ``survey`` would yield by the filter of the summary.

    This is quicker: workers send sums instead of assessments.

    Raises:
        WorkersError: a process or the cluster failed.
    """
    progress = progress or Progress()
    progress.begin(CHECKING)
    duplicates = DuplicateFinder(standard.file_rules)
    files = _files(paths, standard)
    work = partial(sum_up_files, standard, as_of, summary.empty())
    for part in workers.run(work, iter(files), progress, only_here=ONLY_HERE):
        progress.advance(part.summary.all_sites + len(part.standards))
        summary.merge(part.summary)
        for assessment in part.standards:
            if not files.skip(assessment.path, SkipReason.STANDARD):
                summary.take(assessment)
        for name in part.names:
            for problem in duplicates.of(name):
                if not name.is_left_out and summary.filter.shows(problem.rule):
                    summary.add_finding(problem.rule)
    progress.end()


def _files(paths: Paths, standard: Standard) -> SiteFiles:
    if isinstance(paths, SiteFiles):
        return paths
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    return SiteFiles([os.fspath(path) for path in several], standards=standard.files)
