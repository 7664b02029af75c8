"""What many assessments come to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Self

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.tally import Tally
from pilot_cli.site.rule_info import About, RuleInfo, Severity


class Summary:
    """Counts assessments one by one; its size does not grow with their number."""

    def __init__(self) -> None:
        self.sites = 0
        """All site files, the unreadable included."""
        self.readable = Tally()
        self.waived = 0
        """Findings that a waiver excuses."""
        self.by_rule: Counter[RuleInfo] = Counter()
        """Findings that count, by rule."""

    def add(self, assessment: Assessment) -> None:
        """Count one more assessment."""
        self.sites += 1
        if assessment.is_readable:
            self.readable.add(assessment)
        for finding in assessment.findings:
            if finding.waived:
                self.waived += 1
            else:
                self.by_rule[finding.rule] += 1

    def add_finding(self, rule: RuleInfo) -> None:
        """Count a finding of a site that was added before, and had none by this rule."""
        self.by_rule[rule] += 1

    def empty(self) -> Self:
        """Return an empty summary of the same kind."""
        return type(self)()

    def merge(self, later: Self) -> None:
        """Add what another summary has counted of later sites."""
        self.sites += later.sites
        self.readable.merge(later.readable)
        self.waived += later.waived
        self.by_rule.update(later.by_rule)

    def count_passing(self, assessments: Iterable[Assessment]) -> Iterator[Assessment]:
        """Pass assessments on, and count each."""
        for assessment in assessments:
            self.add(assessment)
            yield assessment

    def is_found(self, severity: Severity) -> bool:
        """Whether there is a finding that counts and weighs at least that much, whatever it is about."""
        return any(rule.severity.rank <= severity.rank for rule in self.by_rule)

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
