"""The result of an audit for one site: completion of the five ones, score and findings."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import chain
from math import inf
from typing import NamedTuple

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Text, message
from pilot_cli.site.model import Pillar
from pilot_cli.site.problem import Excerpt, KeyPath, Problem
from pilot_cli.site.rule_info import About, RuleInfo, Severity
from pilot_cli.standard.standard import Grade


class Status(StrEnum):
    """How far one of the five ones has come."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The status in the current language."""
        return _(_STATUS_LABELS[self])


_STATUS_LABELS = {
    Status.COMPLETE: N_("complete"),
    Status.INCOMPLETE: N_("incomplete"),
    Status.MISSING: N_("missing"),
}


class WaiverInForce(NamedTuple):
    """A waiver of a rule that is in force: why, approved by whom, and until when."""

    rule: str
    reason: str
    approved_by: str
    until: date


class Finding(NamedTuple):
    """One thing that is wrong with a site: what, where, on what basis, and what to do about it."""

    rule: RuleInfo
    message: Text
    advice: Text
    """The rule's own, or more specific where the file tells."""
    path: KeyPath
    """The key that it is about; empty when it is about the file."""
    line: int = 0
    column: int = 0
    """Line and column count from 1, in characters; both are 0 while the place has not been looked up."""
    waived: WaiverInForce | None = None
    excerpt: Excerpt | None = None
    """The line itself, for what is wrong with the file."""
    subjects: tuple[str, ...] = ()
    """For rules over rows and periods, the things that it is about; see ``Failure``."""
    file: str = ""
    """The path of the file with its place, where that is not the site file but the inspections beside it."""


class More(NamedTuple):
    """Findings of one rule that are counted, and not listed."""

    rule: RuleInfo
    number: int
    waived: WaiverInForce | None = None


def findings_of(problems: Iterable[Problem], file: str = "") -> list[Finding]:
    """Make findings of what is wrong with a file: the site file, or the inspections beside it."""
    return [
        Finding(rule, text, advice, path, *(place or (0, 0)), file=file) for rule, text, advice, path, place in problems
    ]


class OverdueItem(NamedTuple):
    """An item of the responsibility list that is due before the as-of date and not done."""

    title: str | None
    owner: str | None
    due: date
    days: int
    """How many days it is late."""


class Completion(NamedTuple):
    """How far one of the five ones has come, by the rules that count for it."""

    pillar: Pillar
    status: Status | None
    """None where rules were selected, and not all that decide it are among them."""
    score: float | None
    """Rounded half up to one decimal; None where rules were selected."""
    passed: int
    applicable: int
    """How many rules apply, and how many of those are kept."""
    earned: float | None
    possible: float | None
    """The points of the rules that apply, with at most 4 decimals; None where rules were selected."""

    def without_score(self) -> "Completion":
        """Say nothing of scores, as where rules were selected."""
        return self._replace(score=None, earned=None, possible=None)

    @property
    def status_label(self) -> str:
        """The status in the current language; a dash where it is not decided."""
        return self.status.label if self.status else "–"


class Assessment(NamedTuple):
    """What an audit says of one site file; all but path and findings is None when the file could not be read."""

    path: str
    findings: tuple[Finding, ...]
    """Of each rule the first ``MAX_LISTED``."""
    id: str | None = None
    name: str | None = None
    kind: str | None = None
    city: str | None = None
    district: str | None = None
    organization: str | None = None
    form: str | None = None
    """How the branch is formed, a word of ``BranchForm``."""
    branch: str | None = None
    """The name of the Party branch."""
    superior: str | None = None
    """The Party organization above the branch."""
    approval_no: str | None = None
    score: float | None = None
    """The rounded total; None where rules were selected."""
    grade: Grade | None = None
    pillars: tuple[Completion, ...] = ()
    overdue: tuple[OverdueItem, ...] = ()
    waivers: tuple[WaiverInForce, ...] = ()
    """Those in force, whether or not there is a finding to excuse."""
    left_out: tuple[str, ...] = ()
    """The ids of the rules that count neither way: they do not apply to the site, or are waived."""
    untold: tuple[str, ...] = ()
    """The ids of the rules of which something is not told, as it comes from values told as mistakes of the file."""
    to_inspect: tuple[str, ...] = ()
    """The ids of the rules that wait for somebody to look on site."""
    is_standard: bool = False
    """Whether the file is a standard by its look, and no site."""
    hidden: tuple[Finding, ...] = ()
    """Findings that a filter leaves out, which are neither shown nor counted."""
    is_left_out: bool = False
    """Whether a filter leaves the site out; all that is not needed to look for duplicates is then empty."""
    more: tuple[More, ...] = ()
    """How many findings there are besides those that are listed."""

    def path_of(self, finding: Finding) -> str:
        """Return the path of the file that has a finding."""
        return finding.file or self.path

    @property
    def is_readable(self) -> bool:
        """Whether there is a site to speak of."""
        return bool(self.pillars)

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """Why the file cannot be read, whether or not these findings are shown; nothing of one that can."""
        return () if self.is_readable else (*self.findings, *self.hidden)

    @property
    def weakness(self) -> float:
        """The lower the score, or without scores the more findings, the larger; the largest where unreadable."""
        if not self.is_readable:
            return inf
        if self.score is not None:
            return -self.score
        return sum([number for rule, number in self.by_rule.items() if rule.about is About.WORK])

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings, and a last one of each rule that has more to say how many these are."""
        if not self.more:
            return self.findings
        last = {finding.rule: index for index, finding in enumerate(self.findings)}
        told = [[finding] for finding in self.findings]
        for rule, number, _waived in self.more:
            listed = self.findings[last[rule]]
            text = message("and {number} more of this kind, which are counted", number=number)
            closing = listed._replace(message=text, path=_holder(listed.path), excerpt=None, subjects=())
            told[last[rule]].append(closing)
        return tuple(chain.from_iterable(told))

    @property
    def about_work(self) -> tuple[Finding, ...]:
        """The findings that leave the office: what is wrong with how a file is filled in is told to who fills it in."""
        return tuple([finding for finding in self.told if finding.rule.about is About.WORK])

    @property
    def by_rule(self) -> Counter[RuleInfo]:
        """How many findings count, by rule."""
        counts = Counter([finding.rule for finding in self.findings if not finding.waived])
        for rule, number, waived in self.more:
            if not waived:
                counts[rule] += number
        return counts

    @property
    def by_severity(self) -> Counter[Severity]:
        """How many findings count and are about the work, by severity."""
        counts = Counter[Severity]()
        for rule, number in self.by_rule.items():
            if rule.about is About.WORK:
                counts[rule.severity] += number
        return counts

    @property
    def waived(self) -> int:
        """How many findings a waiver excuses."""
        listed = sum([finding.waived is not None for finding in self.findings])
        return listed + sum([number for _rule, number, waived in self.more if waived])

    @property
    def filing(self) -> int:
        """How many findings count and are about how the file is filled in."""
        return sum([number for rule, number in self.by_rule.items() if rule.about is About.FILING])

    @property
    def number(self) -> int:
        """How many findings there are, listed or not."""
        return len(self.findings) + sum([more.number for more in self.more])

    @property
    def complete(self) -> int:
        """How many of the five ones are known to be complete."""
        return sum(completion.status is Status.COMPLETE for completion in self.pillars)


def _holder(path: KeyPath) -> KeyPath:
    """Return the path of the list that a path passes through or, where it passes through none, of the table."""
    return path[: next((index for index, step in enumerate(path) if isinstance(step, int)), -1)]
