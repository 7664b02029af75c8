"""The commands of pilot, their arguments and options, in one place."""

from pathlib import Path
from typing import Annotated, Any

import typer

import pilot_cli
from pilot_cli.commands import completion
from pilot_cli.commands.answers import Answers
from pilot_cli.commands.check_options import CheckOptions
from pilot_cli.commands.choices import Ids, RulesFormat, SchemaDraft, SchemaFormat, SchemaOf
from pilot_cli.commands.inspect_options import InspectOptions
from pilot_cli.commands.parameters import (
    AuditOptions,
    Exclude,
    Ignore,
    Jobs,
    MarkedCopy,
    Outputs,
    Paths,
    Select,
    StandardName,
    TableBorders,
    Verbose,
    with_records,
)
from pilot_cli.commands.report_options import ReportOptions
from pilot_cli.locale import Language
from pilot_cli.locale import gettext as _
from pilot_cli.usage import TranslatedCommand, TranslatedGroup

app = typer.Typer(
    cls=TranslatedGroup,
    help=_("Audits pilot sites for Party-branch work against the “five ones”."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pilot {pilot_cli.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    # The language is chosen before the commands are even defined; see __main__.
    lang: Annotated[
        Language, typer.Option(envvar="PILOT_LANG", help=_("Language: zh (Chinese) or en (English)."))
    ] = Language.CHINESE,
    # The settings are read when the options of a command are; see pilot_cli/settings/precedence.py.
    settings: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help=_("Use this settings file instead of the nearest pilot.toml.")),
    ] = None,
    no_settings: Annotated[bool, typer.Option("--no-settings", help=_("Do not use any settings file."))] = False,
    version: Annotated[
        bool, typer.Option("--version", help=_("Show the version and exit."), callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(cls=TranslatedCommand, help=_("Check sites: which of the “five ones” are done, and what is missing."))
@with_records
def check(context: typer.Context, *, options: CheckOptions, audit_options: AuditOptions) -> int:
    from pilot_cli.commands.check import check

    return check(context, options, audit_options)


@app.command(cls=TranslatedCommand, help=_("Correct obvious slips in site files: show the changes, then ask."))
def fix(
    paths: Paths = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Change the files without asking first."))] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help=_("Only show the changes; exit status 1 if there are any."))
    ] = False,
    exclude: Exclude = None,
    verbose: Verbose = False,
) -> int:
    from pilot_cli.commands.fix import fix

    return fix(paths or ["."], yes=yes, diff=diff, exclude=exclude or (), verbose=verbose)


@app.command(cls=TranslatedCommand, help=_("Summarize many sites: in the terminal, or as Word, Excel or web page."))
@with_records
def report(context: typer.Context, *, options: ReportOptions, audit_options: AuditOptions) -> int:
    from pilot_cli.commands.report import report

    return report(context, options, audit_options)


@app.command(cls=TranslatedCommand, help=_("Export sites to an Excel ledger, to be filled in and imported again."))
def export(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("The ledger, an .xlsx file."))],
    paths: Paths = None,
    template: Annotated[
        bool, typer.Option("--template", help=_("Write an empty ledger with two example sites."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))] = False,
    jobs: Jobs = None,
    exclude: Exclude = None,
    verbose: Verbose = False,
) -> int:
    from pilot_cli.commands.export import export

    return export(
        paths or (),
        output=output,
        template=template,
        force=force,
        jobs=jobs,
        exclude=exclude or (),
        verbose=verbose,
    )


@app.command("import", cls=TranslatedCommand, help=_("Write site files from Excel ledgers."))
def import_(
    context: typer.Context,
    books: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", readable=False, help=_("The ledgers: .xlsx, .xls, .xlsb, .ods, .et, .csv.")),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help=_("Where to write the sites: DIR/<id>/site.toml for each.")),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Write nothing; show what would be written."))] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help=_("Merge the ledger into existing files; what the ledger does not contain is kept.")
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace existing files that differ."))] = False,
    ids: Annotated[
        Ids,
        typer.Option(help=_("Whether missing IDs are made from names, or every ID has to be given.")),
    ] = Ids.MADE,
    errors: MarkedCopy = None,
) -> int:
    from pilot_cli.commands.import_ import import_

    return import_(context, books, output, dry_run=dry_run, update=update, force=force, ids=ids, errors=errors)


@app.command(cls=TranslatedCommand, help=_("Record what only a person can judge on site: by asking, or from options."))
@with_records
def inspect(context: typer.Context, *, options: InspectOptions) -> int:
    from pilot_cli.commands.inspect import inspect

    return inspect(context, options)


@app.command(cls=TranslatedCommand, help=_("List the rules of a standard, or explain one."))
def rules(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help=_("The id of a rule to explain, e.g. B003."),
            autocompletion=completion.complete_rule,
        ),
    ] = None,
    standard: StandardName = "five-ones",
    select: Select = None,
    ignore: Ignore = None,
    format: Annotated[
        RulesFormat | None,
        typer.Option("--format", "-f", help=_("The format of the list. Default: by the suffix of the output file.")),
    ] = None,
    output: Outputs = None,
    borders: TableBorders = None,
) -> int:
    from pilot_cli.commands.rules import rules

    return rules(
        rule,
        standard=standard,
        select=select or (),
        ignore=ignore or (),
        format=format,
        output=output or (),
        borders=borders,
    )


@app.command(cls=TranslatedCommand, help=_("Write a first site file: by asking, or from options."))
@with_records
def new(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The folder of the site. Default: the current folder."))
    ] = Path(),
    answers: Answers,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the site file if it exists."))] = False,
) -> int:
    from pilot_cli.commands.new import new

    return new(folder, ask=not no_input, force=force, options=answers.by_field())


@app.command(
    cls=TranslatedCommand, help=_("Print the site file format: as JSON Schema for editors, or as a page for people.")
)
def schema(
    of: Annotated[
        SchemaOf,
        typer.Option(
            help=_(
                "Which file to describe: site files, the inspections.toml beside them, or the settings file pilot.toml."
            )
        ),
    ] = SchemaOf.SITE,
    draft: Annotated[SchemaDraft, typer.Option(help=_("The version of JSON Schema."))] = SchemaDraft.LATEST,
    format: Annotated[
        SchemaFormat | None, typer.Option("--format", "-f", help=_("JSON Schema for editors, or a page for people."))
    ] = None,
    output: Outputs = None,
) -> int:
    from pilot_cli.commands.schema import schema

    return schema(of=of, draft=draft, format=format, output=output or ())


class _LedgerGroup(TranslatedGroup):
    """Makes the commands of the ledger when one of them is asked for, so that no other command waits for them."""

    def _make_commands(self) -> None:
        if not self.commands:
            from pilot_cli.ledger_app import app as ledger_app

            made: Any = typer.main.get_command(ledger_app)
            self.commands = made.commands

    def list_commands(self, ctx: Any) -> list[str]:
        self._make_commands()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        self._make_commands()
        return super().get_command(ctx, cmd_name)


app.add_typer(
    typer.Typer(cls=_LedgerGroup, no_args_is_help=True, rich_markup_mode=None),
    name="ledger",
    help=_("Follow what audits found until it is put right: the ledger of rectification."),
)


@app.command(cls=TranslatedCommand, help=_("Show the environment and the settings in force, for a bug report."))
def doctor(context: typer.Context) -> int:
    from pilot_cli.commands.doctor import doctor

    return doctor(context)
