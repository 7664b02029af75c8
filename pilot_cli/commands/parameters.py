"""The arguments and options that several commands have, as Typer takes them, and records of those that go together."""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from pilot_cli.audit.level import Level
from pilot_cli.audit.order import Order
from pilot_cli.commands import completion
from pilot_cli.commands.choices import Borders
from pilot_cli.locale import gettext as _

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help=_("Site files or folders; - is standard input. Default: the current folder.")),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("The day as of which to judge, e.g. 2020-11-23. Default: today."))
]
StandardName = Annotated[
    str,
    typer.Option(
        "--standard",
        metavar="NAME|FILE",
        help=_("The standard: a built-in one, or a file."),
        autocompletion=completion.complete_standard,
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help=_("Judge only these rules: ids or their leading letters, e.g. B,L003."),
        autocompletion=completion.complete_rules,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help=_("Leave these rules out."), autocompletion=completion.complete_rules),
]
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
TableBorders = Annotated[
    Borders | None,
    typer.Option(
        help=_("What the lines of tables are drawn with; ascii if others are two cells wide. Default: found out."),
        show_default=False,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help=_("How many processes share the work. Default: one for each core; one alone for a few files."),
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help=_("Let a Dask cluster do the work, e.g. tcp://192.168.1.10:8786.")),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        help=_(
            "Leave files and folders out of the folders, by patterns as in .gitignore, e.g. archive/ or *-old.toml."
        ),
    ),
]
SiteFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar="ID",
        help=_("Only the site with this ID. A report on it as docx is the notice to it."),
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose/--no-verbose",
        help=_("Name the files that are skipped in folders, and say why."),
        show_default=False,
    ),
]


class AuditOptions(NamedTuple):
    """What an audit is asked for: which sites, by which rules and as of when, and what of it is to be shown."""

    paths: Paths = None
    as_of: AsOf = None
    standard: StandardName = "five-ones"
    select: Select = None
    ignore: Ignore = None
    severity: SeverityFilter = None
    kind: KindFilter = None
    city: CityFilter = None
    district: DistrictFilter = None
    grade: GradeFilter = None
    site: SiteFilter = None
    sort: SortBy = None
    jobs: Jobs = None
    scheduler: Scheduler = None
    exclude: Exclude = None
    verbose: Verbose = False


def with_records(command: Callable[..., int]) -> Callable[..., int]:
    """Let a command take records of options: Typer is shown their fields, each as an option of its own."""
    hints = get_type_hints(command, include_extras=True)
    records = {name: hint for name, hint in hints.items() if hasattr(hint, "_fields")}

    @wraps(command)
    def run(**values: Any) -> int:
        for name, record in records.items():
            values[name] = record(*(values.pop(field) for field in record._fields))
        return command(**values)

    def parameters() -> Iterator[inspect.Parameter]:
        for name, parameter in inspect.signature(command).parameters.items():
            if name not in records:
                yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
                continue
            for field, hint in get_type_hints(records[name], include_extras=True).items():
                default = records[name]._field_defaults[field]
                yield inspect.Parameter(field, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)

    run.__signature__ = inspect.Signature([*parameters()])  # type: ignore[attr-defined]
    return run
