"""How far a survey has come, as a line at the bottom of a terminal."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import RenderableType
from rich.progress import BarColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.progress import Progress as Display
from rich.table import Column
from rich.text import Text

from pilot_cli.audit.progress import Progress
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import gettext as _


class ProgressDisplay(Display):
    """Looks at the progress whenever it draws itself, so that the survey need not wait for it."""

    def __init__(self, progress: Progress, out: TextIO) -> None:
        self._progress = progress
        columns = (BarColumn(bar_width=20), _Figures(table_column=Column(no_wrap=True)), TimeRemainingColumn())
        super().__init__(*columns, console=console_for(out), transient=True)
        self.add_task("", total=None)

    def get_renderables(self) -> Iterable[RenderableType]:
        """See ``rich.progress.Progress``."""
        progress = self._progress
        for line in self.task_ids:
            self.update(line, completed=progress.done, total=progress.found if progress.all_found else None)
        return super().get_renderables()


class _Figures(ProgressColumn):
    """How many files are done, of how many, and how many a second."""

    def render(self, task: Task) -> Text:
        done = round(task.completed)
        if task.total is None:
            told = _("{done} files checked").format(done=done)
        else:
            told = _("{done} of {all} files checked").format(done=done, all=round(task.total))
        if task.speed:
            told += _(", {rate} a second").format(rate=round(task.speed))
        return cell(told)
