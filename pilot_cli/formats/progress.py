"""The progress of a command, as a line at the bottom of the terminal."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import RenderableType
from rich.progress import BarColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.progress import Progress as Display
from rich.table import Column
from rich.text import Text

from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress


class ProgressDisplay(Display):
    """Looks at the progress whenever it draws itself, so that the work need not wait for it."""

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
        stage = self._progress.stage
        text = _(stage.done if task.total is None else stage.done_of_all)
        text = text.format(done=round(task.completed), all=round(task.total or 0))
        if task.speed:
            text += _(", {rate} a second").format(rate=round(task.speed))
        return cell(text)
