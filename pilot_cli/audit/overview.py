"""The figures that a report has on many sites."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Self

from pilot_cli.audit.assessment import Assessment, OverdueItem, WaiverInForce
from pilot_cli.audit.filter import EVERYTHING, Filter
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.summary import RuleCount, Statistics
from pilot_cli.audit.tally import Tally
from pilot_cli.audit.top_n import TopN
from pilot_cli.site.rule_info import About, RuleInfo
from pilot_cli.standard.standard import Grade

ENDING_SOON_DAYS = 30
"""A waiver that ends within this number of days is pointed out."""
MAX_SITES_NAMED = 10
"""The most sites that are named for a rule that they do not keep."""

Group = str | Grade
"""What the sites of a group have in common: a word or name in their files, or the grade."""

GroupKey = tuple[Group | None, ...]
"""One group for each grouping, from the outermost inwards; None where a file says nothing."""


def group_of(assessment: Assessment, grouping: Grouping) -> Group | None:
    """Return the group that a site belongs to; None when the file does not say."""
    group: Group | None = getattr(assessment, grouping)
    return group.strip() if isinstance(group, str) else group


class OverdueAt(NamedTuple):
    """An overdue item and the site that has it."""

    site: Assessment
    item: OverdueItem


class WaiverAt(NamedTuple):
    """A waiver in force and the site that has it."""

    site: Assessment
    waiver: WaiverInForce
    ends_soon: bool


class Overview(Statistics):
    """Counts assessments one by one into the figures and the lists of a report.

    Its size grows with the number of groups, and not with the number of sites.
    """

    def __init__(self, as_of: date, by: Sequence[Grouping], top: int, filter: Filter = EVERYTHING) -> None:
        super().__init__(filter)
        self.by = tuple(by)
        self.top = top
        """How long each list is at most."""
        self.groups: dict[GroupKey, Tally] = {}
        """The readable sites by group; the groups within groups have longer keys."""
        self.best: TopN[Assessment] = TopN(top)
        self.weakest: TopN[Assessment] = TopN(top)
        self.unread: TopN[Assessment] = TopN(top)
        """Files that could not be read, as they came."""
        self.overdue: TopN[OverdueAt] = TopN(top)
        """Items that are overdue, the latest first."""
        self.sites_overdue = 0
        """Sites with an item that is overdue."""
        self.waivers: TopN[WaiverAt] = TopN(top)
        """Waivers in force, the one that ends next first."""
        self.ending_soon = 0
        """Waivers in force that end within 30 days."""
        self.sites_by_rule: dict[RuleInfo, list[Assessment]] = {}
        """The first sites that do not keep a rule about their work."""
        self._as_of = as_of

    def add(self, assessment: Assessment) -> None:
        """Count one more assessment."""
        super().add(assessment)
        if not assessment.is_readable:
            self.unread.add(0, assessment)
            return
        keys = [group_of(assessment, grouping) for grouping in self.by]
        for depth in range(1, len(keys) + 1):
            self.groups.setdefault(tuple(keys[:depth]), Tally()).add(assessment)
        site = assessment._replace(findings=())
        for rule in dict.fromkeys(finding.rule for finding in assessment.about_work if not finding.waived):
            self._name(rule, [site])
        self.best.add(-assessment.weakness, site)
        self.weakest.add(assessment.weakness, site)
        self.sites_overdue += bool(assessment.overdue)
        for item in assessment.overdue:
            self.overdue.add(item.days, OverdueAt(site, item))
        for waiver in assessment.waivers:
            ends_soon = (waiver.until - self._as_of).days <= ENDING_SOON_DAYS
            self.ending_soon += ends_soon
            self.waivers.add(-waiver.until.toordinal(), WaiverAt(site, waiver, ends_soon))

    def _name(self, rule: RuleInfo, sites: Sequence[Assessment]) -> None:
        named = self.sites_by_rule.setdefault(rule, [])
        named += sites[: MAX_SITES_NAMED - len(named)]

    def empty(self) -> Self:
        """See ``Summary``."""
        return type(self)(self._as_of, self.by, self.top, self.filter)

    def merge(self, later: Self) -> None:
        """See ``Summary``."""
        super().merge(later)
        for key, tally in later.groups.items():
            self.groups.setdefault(key, Tally()).merge(tally)
        self.best.merge(later.best)
        self.weakest.merge(later.weakest)
        self.unread.merge(later.unread)
        self.overdue.merge(later.overdue)
        self.sites_overdue += later.sites_overdue
        self.waivers.merge(later.waivers)
        self.ending_soon += later.ending_soon
        for rule, sites in later.sites_by_rule.items():
            self._name(rule, sites)

    @property
    def rules_failed(self) -> list[RuleCount]:
        """The rules about the work of sites that are not kept, those that fail at most sites first."""
        return [count for count in self.statistics if count.rule.about is About.WORK]
