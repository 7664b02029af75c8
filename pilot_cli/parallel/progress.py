"""The progress of a command on many files."""

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage of a command: the messages that show how far it has come."""

    done: str
    """With ``{done}``, while the total is not known."""
    done_of_all: str
    """With ``{done}`` and ``{all}``."""


class Progress:
    """Counts what has been done of a long task, for whoever shows it."""

    def __init__(self) -> None:
        self.stage = Stage("{done}", "{done} / {all}")
        self.found = 0
        """Files found so far."""
        self.all_found = False
        """Whether there are no more to be found."""
        self.done = 0
        """Files done so far."""

    def begin(self, stage: Stage, found: int | None = None) -> None:
        """Begin a stage; ``found`` is the number of files or rows, if that is known."""
        self.stage = stage
        self.found, self.all_found, self.done = found or 0, found is not None, 0

    def advance(self, files: int) -> None:
        """Count files or rows that have been done."""
        self.done += files

    def end(self) -> None:
        """End the task, whether it succeeded or not."""
