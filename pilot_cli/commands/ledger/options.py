"""The options that several commands of the ledger have, as Typer takes them, and records of those that go together."""

from typing import Annotated, NamedTuple

import typer

from pilot_cli.commands.choices import (
    DocumentFormat,
    DocumentKind,
    LedgerFormat,
    LedgerRowsFormat,
    TrendFormat,
)
from pilot_cli.commands.parameters import (
    AsOf,
    Exclude,
    Jobs,
    Outputs,
    Paths,
    Scheduler,
    StandardName,
    TableBorders,
    Verbose,
)
from pilot_cli.ledger.states import State
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
    typer.Option("--format", "-f", help=_("The output format. Default: by the suffix of the output file.")),
]
RowsFormat = Annotated[
    LedgerRowsFormat | None,
    typer.Option("--format", "-f", help=_("The output format. Default: by the suffix of the output file.")),
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
Sites = Annotated[
    list[str] | None, typer.Option("--site", metavar="ID", help=_("Only those of the site with this ID."))
]
Cities = Annotated[
    list[str] | None, typer.Option("--city", metavar="TEXT", help=_("Only those of sites of this city."))
]


class Recording(NamedTuple):
    """Which sites are checked and recorded, how, and where."""

    paths: Paths = None
    as_of: AsOf = None
    standard: StandardName = "five-ones"
    note: Note = None
    by: By = None
    ledger: Where = None
    format: Format = None
    jobs: Jobs = None
    scheduler: Scheduler = None
    exclude: Exclude = None
    verbose: Verbose = False
    borders: TableBorders = None


class Choice(NamedTuple):
    """Which problems are meant, as the options say it."""

    state: Annotated[list[State] | None, typer.Option("--state", help=_("Only those in this state."))] = None
    overdue: Annotated[bool, typer.Option("--overdue", help=_("Only those whose deadline is past."))] = False
    rebounded: Annotated[
        bool, typer.Option("--rebounded", help=_("Only those that came back after they were struck off."))
    ] = False
    site: Sites = None
    city: Cities = None
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="TEXT", help=_("Only those of this owner."))] = (
        None
    )
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help=_("Only those with a deadline before this day."))
    ] = None
    as_of: OverdueOn = None


class Asked(NamedTuple):
    """Which ledger is asked, and how the answer is told."""

    ledger: Where = None
    format: RowsFormat = None
    output: Outputs = None
    borders: TableBorders = None


class TrendAsked(NamedTuple):
    """The same of a trend, which can be told in more ways."""

    ledger: Where = None
    format: Annotated[
        TrendFormat | None,
        typer.Option("--format", "-f", help=_("The output format. Default: by the suffix of the output file.")),
    ] = None
    output: Outputs = None
    borders: TableBorders = None


Kind = Annotated[
    DocumentKind,
    typer.Option(
        help=_(
            "What to write: a bulletin to all, notices or reminders to single sites, the report on progress, or which"
            " sites are red, yellow and green."
        )
    ),
]


class DocumentOptions(NamedTuple):
    """Which sites a document is about, as of when, and where it goes."""

    site: Sites = None
    city: Cities = None
    as_of: OverdueOn = None
    ledger: Where = None
    format: Annotated[
        DocumentFormat | None,
        typer.Option("--format", "-f", help=_("The output format. Default: by the suffix of the output file.")),
    ] = None
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("The file to write, in the format that its name ends with; of letters to several sites, a folder."),
        ),
    ] = None
    borders: TableBorders = None


class Call(NamedTuple):
    """When problems are moved, by whom, and in which ledger."""

    as_of: Day = None
    by: By = None
    ledger: Where = None
