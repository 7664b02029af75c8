"""Three colours for sites: how much is still open there, and how much of it is late."""

from enum import StrEnum
from typing import NamedTuple

from pilot_cli.ledger.standing import ProblemTally
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _


class Light(StrEnum):
    """The colour of a site, the worst first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def label(self) -> str:
        """The colour in the current language."""
        return _(_LIGHTS[self])


_LIGHTS = {Light.RED: N_("red"), Light.YELLOW: N_("yellow"), Light.GREEN: N_("green")}


class Thresholds(NamedTuple):
    """From which shares on a site has which colour, in per cent of the problems that were found there."""

    green_max_open: int = 30
    """A site is green if no more are open, and none is overdue."""
    red_min_overdue: int = 20
    """A site is red if so many are overdue."""


def light_of(tally: ProblemTally, thresholds: Thresholds) -> Light:
    """Return the colour of a site; one without problems is green."""
    if tally.overdue and 100 * tally.overdue >= thresholds.red_min_overdue * tally.found:
        return Light.RED
    if tally.overdue or 100 * tally.open.part > thresholds.green_max_open * tally.found:
        return Light.YELLOW
    return Light.GREEN
