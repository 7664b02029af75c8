"""How far problems have been put right, as summaries tell it, and what many problems come to."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from pilot_cli.audit.tally import Share
from pilot_cli.ledger.states import State
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.rule_info import Severity

if TYPE_CHECKING:
    from pilot_cli.ledger.problems import Problem


class Standing(StrEnum):
    """How far a problem has been put right."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"
    KEPT_UP = "kept_up"
    """A period that was missed stays missed: the periods after it are watched."""

    @property
    def label(self) -> str:
        """The standing in the current language."""
        return _(_STANDINGS[self])


_STANDINGS = {
    Standing.DONE: N_("put right"),
    Standing.UNDER_WAY: N_("being put right"),
    Standing.NOT_BEGUN: N_("not yet put right"),
    Standing.KEPT_UP: N_("to be kept up"),
}


def standing_of(problem: "Problem") -> Standing:
    """Return how far a problem has been put right."""
    if problem.state is State.CLOSED:
        return Standing.DONE
    if problem.state is State.PENDING:
        return Standing.NOT_BEGUN
    return Standing.KEPT_UP if problem.is_watched else Standing.UNDER_WAY


class ProblemTally:
    """Counts problems; advice is followed like these, and counted apart."""

    def __init__(self, problems: "Iterable[Problem]" = ()) -> None:
        self.by_severity: Counter[Severity] = Counter()
        self.by_standing: Counter[Standing] = Counter()
        self.overdue = 0
        self.advice = 0
        self.advice_taken = 0
        """How many pieces of advice were struck off."""
        for problem in problems:
            self.add(problem)

    def add(self, problem: "Problem") -> None:
        """Count one more."""
        if problem.severity is Severity.INFO:
            self.advice += 1
            self.advice_taken += problem.state is State.CLOSED
            return
        self.by_severity[problem.severity] += 1
        self.by_standing[standing_of(problem)] += 1
        self.overdue += problem.days_overdue > 0

    @property
    def found(self) -> int:
        """All problems that were ever found."""
        return self.by_standing.total()

    @property
    def done(self) -> Share:
        """Those that were struck off."""
        return Share(self.by_standing[Standing.DONE], self.found)

    @property
    def open(self) -> Share:
        """Those that are not struck off."""
        return Share(self.found - self.by_standing[Standing.DONE], self.found)

    @property
    def late(self) -> Share:
        """Those that are overdue."""
        return Share(self.overdue, self.found)
