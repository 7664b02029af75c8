"""Counts of sites: a summary has them of all sites, a report of each group."""

from collections import Counter
from typing import NamedTuple

from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.site.model import Pillar
from pilot_cli.standard.standard import Grade


class Share(NamedTuple):
    """A part of a number of sites."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in per cent, rounded half up to one decimal; None of nothing."""
        return (2000 * self.part + self.whole) // (2 * self.whole) / 10 if self.whole else None


class Tally:
    """Counts readable sites; its size does not grow with their number."""

    def __init__(self) -> None:
        self.sites = 0
        self.grades: Counter[Grade] = Counter()
        """Sites by their grade."""
        self._statuses: Counter[tuple[Status | None, ...]] = Counter()
        """Sites by the statuses of their five pillars."""
        self._scored = 0
        """Sites that have a score."""
        self._tenths = 0

    def add(self, assessment: Assessment) -> None:
        """Count one more site."""
        self.sites += 1
        if assessment.score is not None and assessment.grade is not None:
            self._scored += 1
            self._tenths += round(assessment.score * 10)
            self.grades[assessment.grade] += 1
        self._statuses[tuple([completion.status for completion in assessment.pillars])] += 1

    def merge(self, other: "Tally") -> None:
        """Count the sites of another tally too."""
        self.sites += other.sites
        self._scored += other._scored
        self._tenths += other._tenths
        self.grades.update(other.grades)
        self._statuses.update(other._statuses)

    @property
    def all_complete(self) -> int | None:
        """Sites with all five ones complete; None where rules were selected, and do not decide that."""
        if any(None in statuses for statuses in self._statuses):
            return None
        return self._statuses[(Status.COMPLETE,) * len(Pillar)]

    @property
    def share_complete(self) -> Share:
        """The share of sites with all five ones complete; of nothing where that is not decided."""
        complete = self.all_complete
        return Share(0, 0) if complete is None else self.share_of(complete)

    def share(self, pillar: Pillar, status: Status) -> Share:
        """Return the share of sites in which a pillar has this status, of those where it is decided."""
        place = list(Pillar).index(pillar)
        counts = Counter[Status | None]()
        for statuses, sites in self._statuses.items():
            counts[statuses[place]] += sites
        return Share(counts[status], counts.total() - counts[None])

    def share_of(self, part: int) -> Share:
        """Return a number of these sites as a share of all of them."""
        return Share(part, self.sites)

    @property
    def mean_score(self) -> float | None:
        """The mean of the rounded totals, rounded half up to one decimal; None without a score."""
        return (2 * self._tenths + self._scored) // (2 * self._scored) / 10 if self._scored else None
