"""What there is to know about a rule, whether of a standard or of the site format itself."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import Text
from pilot_cli.site.model import Pillar


class Severity(StrEnum):
    """How serious a finding is, the most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The position in the order of severity, 0 for the most serious."""
        return list(Severity).index(self)

    @property
    def label(self) -> str:
        """What people call findings of that weight, in the current language."""
        return _(_LABELS[self])


_LABELS = {Severity.ERROR: N_("serious"), Severity.WARNING: N_("ordinary"), Severity.INFO: N_("advice")}


class About(StrEnum):
    """What a rule looks at: the work of a site, or how its file is filled in."""

    WORK = "work"
    FILING = "filing"


FILING_LABEL = N_("entry")
"""What people call findings about how a file is filled in, whatever they weigh."""


class RuleInfo(NamedTuple):
    """The texts of a rule and what they belong to, apart from how the rule is judged."""

    id: str
    severity: Severity
    about: About
    pillar: Pillar | None
    """Whose completion the rule counts for."""
    title: Text
    """What is asked."""
    problem: Text
    """What is wrong where the rule is not kept, as a heading."""
    basis: Text
    advice: Text
    """What to do where the rule is not kept; a finding may know better."""
    problem_in_general: Text | None = None
    """The heading of all cases, where ``problem`` is that of the one that was found."""

    def __hash__(self) -> int:
        """Hash the id alone: findings are counted by rule, and all the texts would take longer than judging."""
        return hash(self.id)

    @property
    def level(self) -> str:
        """What people call its weight, in the current language; a fault of the file is told apart from the work."""
        return _(FILING_LABEL) if self.about is About.FILING else self.severity.label

    @property
    def family(self) -> str:
        """The leading letters of the id."""
        return self.id.rstrip("0123456789")

    def is_called(self, name: str) -> bool:
        """Whether a name of a selection means this rule: by its id, or by its family."""
        return name in (self.id, self.family)


@lru_cache(1024)
def in_case(rule: RuleInfo, problem: Text) -> RuleInfo:
    """Return a rule with the heading of one of the cases in which it is not kept, which is counted apart."""
    return rule._replace(problem=problem, problem_in_general=rule.problem)
