"""The arguments and options of ``pilot inspect``."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from pilot_cli.commands.parameters import Exclude, StandardName, TableBorders, Verbose
from pilot_cli.locale import gettext as _


class InspectOptions(NamedTuple):
    """Which sites are inspected, by whom and when, and how the results are given: one by one, or by a form."""

    sites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SITE", help=_("The site file or its folder; several for a form. Default: the current folder.")
        ),
    ] = None
    standard: StandardName = "five-ones-onsite"
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day of the inspection. Default: today."))
    ] = None
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="TEXT", help=_("Who inspects. Default: office.inspectors of the settings.")),
    ] = None
    result: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE=RESULT", help=_("A result, e.g. Y003=达标. Can be repeated; nothing is asked then.")
        ),
    ] = None
    note: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE=TEXT", help=_("What is wrong with one item, e.g. Y003=….")),
    ] = None
    form: Annotated[
        Path | None,
        typer.Option(
            "--form", metavar="FILE", help=_("Write a form to take along: .docx, .xlsx, or .html for a phone.")
        ),
    ] = None
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar="FILE",
            help=_("Import a form that was filled in: .xlsx, or the file that the page saved."),
        ),
    ] = None
    exclude: Exclude = None
    verbose: Verbose = False
    borders: TableBorders = None
