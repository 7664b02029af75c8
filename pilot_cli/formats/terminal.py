"""How pilot writes to a terminal, and to a file in the same shape."""

import os
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pilot_cli.audit.assessment import Status
from pilot_cli.formats.text import printable
from pilot_cli.site.rule_info import RuleInfo, Severity

UNLIMITED_WIDTH = 1_000_000
"""The width where there is no terminal: nothing is cut or wrapped."""

SEVERITY_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
STATUS_STYLES = {Status.COMPLETE: "green", Status.INCOMPLETE: "yellow", Status.MISSING: "red"}


class _Console(Console):
    """A console that leaves it to the command what becomes of a broken pipe."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(out: TextIO) -> Console:
    """Make a console that colours only terminals, and cuts lines only where one does."""
    is_terminal = out.isatty()
    has_colour = is_terminal and not os.environ.get("NO_COLOR")
    return _Console(
        file=out,
        force_terminal=is_terminal,
        color_system="auto" if has_colour else None,
        width=None if is_terminal else UNLIMITED_WIDTH,
        markup=False,
        highlight=False,
        emoji=False,
    )


def new_table(*, ascii_borders: bool) -> Table:
    """Make an empty table in the manner of pilot."""
    return Table(box=box.ASCII2 if ascii_borders else box.ROUNDED, header_style="bold")


def level_cell(rule: RuleInfo | Severity) -> Text:
    """What people call a rule's weight, or a weight, in the current language and in its colour."""
    if isinstance(rule, Severity):
        return Text(rule.label, SEVERITY_STYLES[rule])
    return Text(rule.level, SEVERITY_STYLES[rule.severity])


def cell(text: str, style: str = "") -> Text:
    """A text from a stranger for a table or a line."""
    return Text(printable(text), style)
