"""The arguments and options that several commands have, as Typer takes them, and records of those that go together."""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
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
    str | None, typer.Option(metavar="DATE", help=_("Judge sites as of this day, e.g. 2020-11-23. Default: today."))
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
        help=_("Only apply these rules: ids, or the letters that ids begin with, e.g. B,L003."),
        autocompletion=completion.complete_rules,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help=_("Do not apply these rules."), autocompletion=completion.complete_rules),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_("Write to this file, in the format of its suffix. Can be repeated."),
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
        help=_("Only sites with this grade, as named in the standard."),
        autocompletion=completion.complete_grade,
    ),
]
SeverityFilter = Annotated[
    list[Level] | None,
    typer.Option(
        "--severity",
        help=_("Only findings of this severity; filing: problems with how the file is filled in, of any severity."),
    ),
]
SortBy = Annotated[
    Order | None,
    typer.Option("--sort", help=_("Sort the sites; by score, the weakest come first. Default: in the order found.")),
]
TableBorders = Annotated[
    Borders | None,
    typer.Option(
        help=_("How table lines are drawn; choose ascii if they are out of line. Default: detected."),
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
        help=_("How many processes share the work. Default: one per core; a single one for few files."),
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help=_("Run on this Dask cluster, e.g. tcp://192.168.1.10:8786.")),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        help=_("Skip what matches a pattern as in .gitignore, e.g. archive/ or *-old.toml. Can be repeated."),
    ),
]
MarkedCopy = Annotated[
    Path | None,
    typer.Option(
        "--errors",
        metavar="FILE",
        help=_("If any cells are wrong, write a copy of the ledger with those cells marked."),
    ),
]
SiteFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        metavar="ID",
        help=_("Only the site with this ID. A .docx report on it is its rectification notice."),
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose/--no-verbose",
        help=_("List the files that are skipped in folders, and why."),
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
