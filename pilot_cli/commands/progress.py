"""Shows the progress of a survey in the terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from pilot_cli.commands.output import is_standard_output
from pilot_cli.locale import N_
from pilot_cli.parallel.progress import Progress, Stage

if TYPE_CHECKING:
    from pilot_cli.formats.progress import ProgressDisplay

WRITING = Stage(N_("Writing: {done}"), N_("Writing: {done} of {all}"))
"""Documents are written, one for each site."""
SHOW_AFTER_SECONDS = 1.0
"""What takes no more seconds than this needs no explanation."""


@contextmanager
def show_progress(output: Path | None, *, is_streamed: bool) -> Iterator[Progress]:
    """Show progress, but only to people, and not amid results that come as they are found."""
    has_results_too = is_streamed and sys.stdout.isatty() and (output is None or is_standard_output(output))
    progress = _ShownProgress() if sys.stderr.isatty() and not has_results_too else Progress()
    try:
        yield progress
    finally:
        progress.end()


class _ShownProgress(Progress):
    """Is shown once it has taken a while, and until what is counted ends; something else may be counted then."""

    def __init__(self) -> None:
        super().__init__()
        self._began = monotonic()
        self._display: ProgressDisplay | None = None

    def advance(self, files: int) -> None:
        """See ``Progress``."""
        super().advance(files)
        if self._display is None and monotonic() - self._began > SHOW_AFTER_SECONDS:
            from pilot_cli.formats.progress import ProgressDisplay

            self._display = ProgressDisplay(self, sys.stderr)
            self._display.start()

    def end(self) -> None:
        """See ``Progress``."""
        if self._display is not None:
            self._display.stop()
            self._display = None
