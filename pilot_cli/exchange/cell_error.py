"""What can be wrong with a cell of a ledger."""

from enum import Enum

from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message


class Mistake(Enum):
    """The kinds of mistakes, as they are counted where there are many."""

    COLUMNS = N_("sheets and headers")
    EMPTY = N_("required, but empty")
    NO_DATE = N_("no date")
    NO_NUMBER = N_("no number")
    NO_WORD = N_("no word of the list")
    NO_TEXT = N_("text that Excel has changed")
    FORMULA = N_("error values and formulas without a result")
    NO_SITE = N_("site that is not there, or there several times")
    CONFLICT = N_("changed in the ledger meanwhile, or by somebody else too")
    LOCKED = N_("cells that pilot fills in")
    OTHER = N_("other mistakes")


class CellError(Exception):
    """A value cannot be read from a cell: what is wrong, and what to type instead."""

    def __init__(self, mistake: Mistake, problem: Message | str, advice: Message | str) -> None:
        super().__init__(problem)
        self.mistake = mistake
        self.problem = problem
        self.advice = advice


def error_value(text: str) -> CellError:
    """Make the error of a cell with an error of Excel, such as #N/A."""
    problem = message("it is the error value {error}", error=text)
    return CellError(Mistake.FORMULA, problem, message("type what is meant, or leave the cell empty"))


def not_calculated() -> CellError:
    """Make the error of a formula without a result."""
    problem = message("its formula has not been calculated")
    return CellError(Mistake.FORMULA, problem, message("open the ledger in Excel or WPS, and save it again"))
