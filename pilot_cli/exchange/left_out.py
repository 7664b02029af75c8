"""What an import skips in a ledger without calling it a mistake; it is counted and reported."""

from collections import Counter
from enum import Enum

from pilot_cli.locale import N_


class LeftOut(Enum):
    """Why something is left out; rows first, then cells."""

    EXAMPLE = N_("rows of examples")
    EXPLANATION = N_("rows that explain or number the columns")
    HEADER = N_("repeated rows of headers")
    CAPTION = N_("rows with a caption")
    TOTAL = N_("rows with totals")
    NOTE = N_("rows with notes")
    NUMBERING = N_("cells that number the rows")
    MARK = N_("cells with a mark for nothing, such as / or 无")
    OWN = N_("cells of columns that the settings leave out")


Tally = Counter[LeftOut]
"""How often each reason came up."""
