"""The levels of findings, as people choose them."""

from enum import StrEnum
from typing import TYPE_CHECKING

from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.site.rule_info import RuleInfo


class Level(StrEnum):
    """Which findings: those of a severity, whatever they are about, or those about how files are filled in."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    FILING = "filing"

    def covers(self, rule: "RuleInfo") -> bool:
        """Whether findings of a rule are of this level."""
        return self.value == (rule.about if self is Level.FILING else rule.severity)

    @property
    def label(self) -> str:
        """What people call it, in the current language."""
        from pilot_cli.site.rule_info import FILING_LABEL, Severity

        return _(FILING_LABEL) if self is Level.FILING else Severity(self.value).label
