"""How far a command has come, as a line at the bottom of a terminal."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import RenderableType
from rich.progress import BarColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.progress import Progress as Display
from rich.table import Column
from rich.text import Text

from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress, Stage

_FIGURES = {
    Stage.CHECK: (N_("{done} files checked"), N_("{done} of {all} files checked")),
    Stage.LOOK: (N_("{done} files looked at"), N_("{done} of {all} files looked at")),
    Stage.EXPORT: (N_("{done} files exported"), N_("{done} of {all} files exported")),
    Stage.READ: (N_("{done} rows read"), N_("{done} of {all} rows read")),
    Stage.IMPORT: (N_("{done} sites looked at"), N_("{done} of {all} sites looked at")),
}
"""What is said of how much is done, without and with how much there is."""


class ProgressDisplay(Display):
    """Looks at the progress whenever it draws itself, so that the survey need not wait for it."""

    def __init__(self, progress: Progress, out: TextIO) -> None:
        self._progress = progress
        figures = _Figures(progress, table_column=Column(no_wrap=True))
        columns = (BarColumn(bar_width=20), figures, TimeRemainingColumn())
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

    def __init__(self, progress: Progress, table_column: Column) -> None:
        self._progress = progress
        super().__init__(table_column)

    def render(self, task: Task) -> Text:
        of_some, of_all = _FIGURES[self._progress.stage]
        told = _(of_some if task.total is None else of_all)
        told = told.format(done=round(task.completed), all=round(task.total or 0))
        if task.speed:
            told += _(", {rate} a second").format(rate=round(task.speed))
        return cell(told)
