"""The totals of many assessments."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.filter import EVERYTHING, Filter
from pilot_cli.audit.tally import Tally
from pilot_cli.site.rule_info import About, RuleInfo, Severity


class RuleCount(NamedTuple):
    """How often a rule is not kept, in each case that has a heading of its own; waived findings aside."""

    rule: RuleInfo
    sites: int
    findings: int


class Summary:
    """Counts assessments one by one, as far as a filter shows them; its size does not grow with their number."""

    def __init__(self, filter: Filter = EVERYTHING) -> None:
        self.filter = filter
        self.left_out = 0
        """Site files that the filter leaves out, which no other figure counts."""
        self.left_out_unreadable = 0
        """Those of them that could not be read, so that nobody knows whether they would fit."""
        self.sites = 0
        """All other site files, the unreadable included."""
        self.readable = Tally()
        self.waived = 0
        """Findings that a waiver excuses."""
        self.to_inspect = 0
        """Items that wait for somebody to look on site."""
        self.to_visit = 0
        """Sites that have such items."""
        self.by_rule: Counter[RuleInfo] = Counter()
        """Findings that count, by rule."""

    def take(self, assessment: Assessment) -> bool:
        """Count one more assessment that the filter has seen; return whether it shows the site."""
        if assessment.is_left_out:
            self.left_out += 1
            self.left_out_unreadable += not assessment.is_readable
            return False
        self.add(assessment)
        return True

    def add(self, assessment: Assessment) -> None:
        """Count one more assessment that is shown."""
        self.sites += 1
        if assessment.is_readable:
            self.readable.add(assessment)
            self.to_inspect += len(assessment.to_inspect)
            self.to_visit += bool(assessment.to_inspect)
        self.waived += assessment.waived
        self.by_rule.update(assessment.by_rule)

    def add_finding(self, rule: RuleInfo) -> None:
        """Count a finding of a site that was added before, and had none by this rule."""
        self.by_rule[rule] += 1

    def empty(self) -> Self:
        """Return an empty summary of the same kind."""
        return type(self)(self.filter)

    def merge(self, later: Self) -> None:
        """Add what another summary has counted of later sites."""
        self.left_out += later.left_out
        self.left_out_unreadable += later.left_out_unreadable
        self.sites += later.sites
        self.readable.merge(later.readable)
        self.waived += later.waived
        self.to_inspect += later.to_inspect
        self.to_visit += later.to_visit
        self.by_rule.update(later.by_rule)

    def count_passing(self, assessments: Iterable[Assessment]) -> Iterator[Assessment]:
        """Pass on the assessments that are shown, and count each."""
        for assessment in assessments:
            if self.take(assessment):
                yield assessment

    def is_found(self, severity: Severity) -> bool:
        """Whether there is a finding that counts and weighs at least that much, whatever it is about."""
        return any(rule.severity.rank <= severity.rank for rule in self.by_rule)

    @property
    def all_sites(self) -> int:
        """All site files, also those that the filter leaves out."""
        return self.sites + self.left_out

    @property
    def statistics(self) -> list[RuleCount] | None:
        """The rules that are not kept, where these were asked for."""
        return None

    @property
    def findings(self) -> Counter[Severity]:
        """Findings that count and are about the work of a site, by severity."""
        findings: Counter[Severity] = Counter()
        for rule, number in self.by_rule.items():
            if rule.about is About.WORK:
                findings[rule.severity] += number
        return findings

    @property
    def filing(self) -> int:
        """Findings that count and are about how a file is filled in."""
        return sum(number for rule, number in self.by_rule.items() if rule.about is About.FILING)

    @property
    def unreadable(self) -> int:
        """Site files that cannot be read."""
        return self.sites - self.readable.sites

    @property
    def complete(self) -> int | None:
        """Sites with all five ones complete; None where rules were selected, and do not decide that."""
        return self.readable.all_complete

    @property
    def mean_score(self) -> float | None:
        """The mean of the rounded totals, rounded half up to one decimal; None without a readable site."""
        return self.readable.mean_score


class Statistics(Summary):
    """Counts also at how many sites each rule is not kept."""

    def __init__(self, filter: Filter = EVERYTHING) -> None:
        super().__init__(filter)
        self._sites_failing: Counter[RuleInfo] = Counter()

    def add(self, assessment: Assessment) -> None:
        """See ``Summary``."""
        super().add(assessment)
        self._sites_failing.update({finding.rule for finding in assessment.findings if not finding.waived})

    def add_finding(self, rule: RuleInfo) -> None:
        """See ``Summary``."""
        super().add_finding(rule)
        self._sites_failing[rule] += 1

    def merge(self, later: Self) -> None:
        """See ``Summary``."""
        super().merge(later)
        self._sites_failing.update(later._sites_failing)

    @property
    def statistics(self) -> list[RuleCount]:
        """The rules that are not kept, those that fail at most sites first."""
        counts = [RuleCount(rule, self._sites_failing[rule], findings) for rule, findings in self.by_rule.items()]
        return sorted(counts, key=lambda one: (-one.sites, one.rule.severity.rank, one.rule.id, str(one.rule.problem)))
