"""How far a command on many files has come."""

from typing import NamedTuple


class Stage(NamedTuple):
    """What is being done, as messages that tell how much of it is done."""

    done: str
    """With ``{done}``: while it is not known how much there is."""
    done_of_all: str
    """With ``{done}`` and ``{all}``."""


class Progress:
    """Is kept up to date by whatever takes long, for whoever looks at it in the meantime."""

    def __init__(self) -> None:
        self.stage = Stage("{done}", "{done} / {all}")
        self.found = 0
        """Files found so far."""
        self.all_found = False
        """Whether there are no more to be found."""
        self.done = 0
        """Files done so far."""

    def begin(self, stage: Stage, found: int | None = None) -> None:
        """Note that something else is being done, and on how many files or rows if that is known."""
        self.stage = stage
        self.found, self.all_found, self.done = found or 0, found is not None, 0

    def advance(self, files: int) -> None:
        """Note that more files have been done."""
        self.done += files

    def end(self) -> None:
        """Note that all is over, one way or another."""
