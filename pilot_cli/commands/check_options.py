"""The options that ``pilot check`` alone has."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import CheckFormat, FailOn
from pilot_cli.commands.parameters import Outputs, TableBorders
from pilot_cli.formats.registry import View
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.site.rule_info import Severity


class CheckOptions(NamedTuple):
    """How the results of a check are to be told, and what they mean for the exit status."""

    format: Annotated[
        CheckFormat | None,
        typer.Option("--format", "-f", help=_("The format of the results. Default: by the suffix of the output file.")),
    ] = None
    output: Outputs = None
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Instead of findings, show how many sites break each rule."))
    ] = False
    fail_on: Annotated[
        FailOn,
        typer.Option(
            help=_(
                "The lowest severity that makes the exit status 1: error (serious), warning (ordinary), info (advice)."
            )
        ),
    ] = FailOn.ERROR
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Print only the totals."))] = False
    no_findings: Annotated[
        bool,
        typer.Option("--no-findings/--findings", help=_("Do not list findings below the table."), show_default=False),
    ] = False
    all: Annotated[
        bool,
        typer.Option("--all/--no-all", help=_("Show every site and finding, however many."), show_default=False),
    ] = False
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help=_("Check again whenever a file changes, until Ctrl-C."))
    ] = False
    borders: TableBorders = None

    @property
    def outputs(self) -> Sequence[str]:
        """The files to write; none is standard output."""
        return self.output or ()

    @property
    def threshold(self) -> "Severity | None":
        """From which severity on findings make the check fail; None is never."""
        # Help and completion need the options, and nothing about sites.
        from pilot_cli.site.rule_info import Severity

        return None if self.fail_on is FailOn.NEVER else Severity(self.fail_on)

    @property
    def view(self) -> View:
        """What a format is to show."""
        findings = not (self.no_findings or self.statistics)
        return View(draws_ascii(self.borders, self.outputs), findings, self.all, self.threshold)
