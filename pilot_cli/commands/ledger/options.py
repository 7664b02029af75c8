"""The options that several commands of the ledger have, as Typer takes them, and records of those that go together."""

from typing import Annotated, NamedTuple

import typer

from pilot_cli.commands.choices import LedgerFormat, LedgerRowsFormat
from pilot_cli.commands.parameters import Outputs, TableBorders
from pilot_cli.locale import gettext as _

Where = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE|URL",
        envvar="PILOT_LEDGER",
        show_envvar=False,
        help=_("The ledger. Default: pilot-ledger.db beside pilot.toml, or else in the current folder."),
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="TEXT", help=_("Who does it. Default: office.person of the settings, or the login name.")
    ),
]
Day = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=_("The day on which it is done, e.g. 2020-11-23. Default: today.")),
]
OverdueOn = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=_("The day as of which something is overdue. Default: today.")),
]
Format = Annotated[
    LedgerFormat | None,
    typer.Option("--format", "-f", help=_("How to tell it. Default: as the name of the output ends.")),
]
RowsFormat = Annotated[
    LedgerRowsFormat | None,
    typer.Option("--format", "-f", help=_("How to tell it. Default: as the name of the output ends.")),
]
Numbers = Annotated[
    list[str], typer.Argument(metavar="NUMBER", help=_("Numbers of problems: 〔2020〕17, 2020-17, or 17 alone."))
]
Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help=_("Until when it is to be put right."))]
Owner = Annotated[str | None, typer.Option("--owner", metavar="TEXT", help=_("Who is to put it right."))]
Unit = Annotated[str | None, typer.Option("--unit", metavar="TEXT", help=_("The unit that is responsible."))]
Leader = Annotated[str | None, typer.Option("--leader", metavar="TEXT", help=_("The leader who is responsible."))]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="TEXT", help=_("A step to take; several times for several steps.")),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A remark."))]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Why."))]


class Asked(NamedTuple):
    """Which ledger is asked, and how the answer is told."""

    ledger: Where = None
    format: RowsFormat = None
    output: Outputs = None
    borders: TableBorders = None


class Call(NamedTuple):
    """When problems are moved, by whom, and in which ledger."""

    as_of: Day = None
    by: By = None
    ledger: Where = None
