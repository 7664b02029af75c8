"""The options that ``pilot report`` alone has."""

from typing import Annotated, NamedTuple

import typer

from pilot_cli.audit.grouping import Grouping
from pilot_cli.commands.choices import MinSeverity, ReportFormat
from pilot_cli.commands.parameters import Outputs, TableBorders
from pilot_cli.locale import gettext as _


class ReportOptions(NamedTuple):
    """What a report tells, how, and where it goes."""

    by: Annotated[
        list[Grouping] | None, typer.Option(help=_("How to group sites; given twice, groups within groups."))
    ] = None
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=_("The title of the report."))] = None
    top: Annotated[int, typer.Option(metavar="N", min=1, help=_("How many entries the lists show."))] = 10
    format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help=_("How to tell it. Default: as the name of the output ends.")),
    ] = None
    output: Outputs = None
    notices: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help=_("Write a notice to each site into this folder, and an index of them.")),
    ] = None
    min_severity: Annotated[
        MinSeverity | None,
        typer.Option(help=_("With --notices: only to sites with findings of at least this severity.")),
    ] = None
    since: Annotated[
        int | None, typer.Option(metavar="AUDIT", help=_("Say what changed since this audit of the ledger."))
    ] = None
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            envvar="PILOT_LEDGER",
            show_envvar=False,
            help=_("With --since: the ledger. Default: pilot-ledger.db beside pilot.toml or in the current folder."),
        ),
    ] = None
    borders: TableBorders = None
