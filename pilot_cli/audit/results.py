"""The results of an audit, on their way to a format."""

from collections import deque
from collections.abc import Iterable, Iterator
from copy import copy
from datetime import date
from itertools import chain
from typing import Generic, Self, TypeVar

from pilot_cli.audit.assess import locate_findings
from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.order import Order
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.survey import Paths, sum_up, survey_shown
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import NoSiteFilesError
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard

SummaryT = TypeVar("SummaryT", bound=Summary)


class Results(Generic[SummaryT]):
    """Assessments, the standard and day that they were made by, and the summary that counts them as they pass."""

    def __init__(
        self, standard: Standard, as_of: date, summary: SummaryT, assessments: Iterable[Assessment] = ()
    ) -> None:
        self.standard = standard
        self.as_of = as_of
        self.summary = summary
        """Complete after the last assessment."""
        self.assessments = summary.count_passing(assessments)
        """Can be iterated once; empty where the summary alone is wanted, and complete already."""

    def again(self, assessments: Iterable[Assessment]) -> Self:
        """Return the same results with assessments that were counted already."""
        repeated = copy(self)
        repeated.assessments = iter(assessments)
        return repeated

    def finish(self) -> None:
        """Count the assessments that the format did not go through."""
        deque(self.assessments, maxlen=0)


def audit(
    paths: Paths,
    standard: Standard,
    as_of: date,
    summary: Summary,
    needs_sites: bool,
    max_places: int | None,
    workers: Workers,
    progress: Progress,
    order: Order | None = None,
) -> Iterable[Assessment]:
    """Assess the site files of paths by the filter of the summary; without ``needs_sites``, only fill the summary.

    With an order, all assessments are made and kept in memory before the first is passed on. Findings get their places
    while there are at most ``max_places`` of them; None places all.

    Raises:
        NoSiteFilesError: there are none.
        WorkersError: a process or the cluster failed.
    """
    if not needs_sites:
        sum_up(paths, standard, as_of, summary, workers=workers, progress=progress)
        if not summary.all_sites:
            raise NoSiteFilesError
        return ()
    assessments = survey_shown(paths, standard, as_of, summary.filter, max_places is None, workers, progress)
    first = next(assessments, None)
    if first is None:
        raise NoSiteFilesError
    found: Iterable[Assessment] = chain((first,), assessments)
    if order is not None:
        found = order.sort(found)
    return _locate_few(found, max_places) if max_places else found


def _locate_few(assessments: Iterable[Assessment], limit: int) -> Iterator[Assessment]:
    """Give the first findings their places, and the first serious ones of those that follow."""
    findings = serious = 0
    for assessment in assessments:
        findings += len(assessment.findings)
        has_serious = any(one.rule.severity is Severity.ERROR and not one.waived for one in assessment.findings)
        serious += has_serious
        is_listed = findings <= limit or (has_serious and serious <= limit)
        yield locate_findings(assessment) if assessment.findings and is_listed else assessment
