"""The options of ``pilot check`` and ``pilot report`` that say what is shown, in which order, and where it goes."""

from typing import Annotated

import typer

from pilot_cli.audit.level import Level
from pilot_cli.audit.order import Order
from pilot_cli.commands import completion
from pilot_cli.locale import gettext as _

Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to this file instead, in the format that its name ends with; several times for several files."),
    ),
]
KindFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=_("Only sites of this kind: construction or community."),
        autocompletion=completion.complete_kind,
    ),
]
CityFilter = Annotated[list[str] | None, typer.Option("--city", metavar="TEXT", help=_("Only sites of this city."))]
DistrictFilter = Annotated[
    list[str] | None, typer.Option("--district", metavar="TEXT", help=_("Only sites of this district or county."))
]
GradeFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--grade",
        metavar="GRADE",
        help=_("Only sites with this grade, by a name that the standard gives it."),
        autocompletion=completion.complete_grade,
    ),
]
SeverityFilter = Annotated[
    list[Level] | None,
    typer.Option(
        "--severity",
        help=_("Only findings of this severity; filing: those about how files are filled in, whatever their severity."),
    ),
]
SortBy = Annotated[
    Order | None,
    typer.Option("--sort", help=_("Sort the sites; by score the weakest come first. Default: as they are found.")),
]
SiteFilter = Annotated[list[str] | None, typer.Option("--site", metavar="ID", help=_("Only the site with this ID."))]
OfSite = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar="ID",
        help=_("Only the site with this ID. With docx: the notice for it; a single file as PATH gets one anyway."),
    ),
]
