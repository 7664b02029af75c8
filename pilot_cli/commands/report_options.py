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
        list[Grouping] | None, typer.Option(help=_("How to group the sites; give it twice for groups within groups."))
    ] = None
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=_("The title of the report."))] = None
    top: Annotated[int, typer.Option(metavar="N", min=1, help=_("How many entries each list shows."))] = 10
    format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help=_("The output format. Default: by the suffix of the output file.")),
    ] = None
    output: Outputs = None
    notices: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help=_("Write a notice for each site into this folder, and an index.")),
    ] = None
    min_severity: Annotated[
        MinSeverity | None,
        typer.Option(help=_("With --notices: only for sites with findings of at least this severity.")),
    ] = None
    since: Annotated[
        int | None, typer.Option(metavar="AUDIT", help=_("Add what has changed since this audit in the ledger."))
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
