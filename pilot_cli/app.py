"""The commands of pilot, their arguments and options, in one place."""

from pathlib import Path
from typing import Annotated, Any

import typer

import pilot_cli
from pilot_cli.audit.grouping import Grouping
from pilot_cli.commands import completion
from pilot_cli.commands.answers import Answers
from pilot_cli.commands.choices import (
    CheckFormat,
    FailOn,
    Ids,
    MinSeverity,
    ReportFormat,
    RulesFormat,
    SchemaDraft,
    SchemaFormat,
    SchemaOf,
)
from pilot_cli.commands.parameters import (
    AuditOptions,
    Exclude,
    Ignore,
    Jobs,
    Outputs,
    Paths,
    Select,
    StandardName,
    TableBorders,
    Verbose,
    with_records,
)
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
        typer.Option(metavar="FILE", help=_("Take the settings from this file, instead of the nearest pilot.toml.")),
    ] = None,
    no_settings: Annotated[bool, typer.Option("--no-settings", help=_("Take no settings from a file."))] = False,
    version: Annotated[
        bool, typer.Option("--version", help=_("Show the version and exit."), callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command(cls=TranslatedCommand, help=_("Check sites: which of the “five ones” are done, and what is missing."))
@with_records
def check(
    context: typer.Context,
    *,
    format: Annotated[
        CheckFormat | None,
        typer.Option("--format", "-f", help=_("How to tell the results. Default: as the name of the output ends.")),
    ] = None,
    output: Outputs = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Instead of findings, tell how often each rule is not kept."))
    ] = False,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            help=_("Fail (exit status 1) from this severity on: error is serious, warning ordinary, info advice.")
        ),
    ] = FailOn.ERROR,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Print the line of totals alone."))] = False,
    no_findings: Annotated[
        bool,
        typer.Option("--no-findings/--findings", help=_("Leave the findings out of the table."), show_default=False),
    ] = False,
    all: Annotated[
        bool,
        typer.Option("--all/--no-all", help=_("Show every site and finding, however many."), show_default=False),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help=_("Check again whenever a file changes, until Ctrl-C."))
    ] = False,
    borders: TableBorders = None,
    options: AuditOptions,
) -> int:
    from pilot_cli.commands.check import Telling, check

    telling = Telling(
        format, output or (), fail_on, borders, statistics=statistics, quiet=quiet, findings=not no_findings, all=all
    )
    return check(context, options, telling, watch=watch)


@app.command(cls=TranslatedCommand, help=_("Mend what is certain in site files; show the changes, and ask."))
def fix(
    paths: Paths = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Change the files without asking."))] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help=_("Only show the changes; exit status 1 if there are any."))
    ] = False,
    exclude: Exclude = None,
    verbose: Verbose = False,
) -> int:
    from pilot_cli.commands.fix import fix

    return fix(paths or ["."], yes=yes, diff=diff, exclude=exclude or (), verbose=verbose)


@app.command(cls=TranslatedCommand, help=_("Sum up many sites: for the terminal, Word, Excel or a web page."))
@with_records
def report(
    context: typer.Context,
    *,
    by: Annotated[
        list[Grouping] | None,
        typer.Option(metavar="|".join(Grouping), help=_("How to group sites; given twice, groups within groups.")),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help=_("The title of the report."))] = None,
    top: Annotated[int, typer.Option(metavar="N", min=1, help=_("How many entries the lists show."))] = 10,
    format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help=_("How to tell it. Default: as the name of the output ends.")),
    ] = None,
    output: Outputs = None,
    notices: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help=_("Write a notice to each site into this folder, and an index of them.")),
    ] = None,
    min_severity: Annotated[
        MinSeverity | None,
        typer.Option(help=_("With --notices: only to sites with findings of at least this severity.")),
    ] = None,
    since: Annotated[
        int | None, typer.Option(metavar="AUDIT", help=_("Say what changed since this audit of the ledger."))
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            envvar="PILOT_LEDGER",
            show_envvar=False,
            help=_("With --since: the ledger. Default: pilot-ledger.db beside pilot.toml or in the current folder."),
        ),
    ] = None,
    borders: TableBorders = None,
    options: AuditOptions,
) -> int:
    from pilot_cli.commands.report import report

    return report(
        context,
        options,
        by=by or [Grouping.KIND],
        title=title,
        top=top,
        format=format,
        output=output or (),
        notices=notices,
        min_severity=min_severity,
        since=since,
        ledger=ledger,
        borders=borders,
    )


@app.command(cls=TranslatedCommand, help=_("Write sites into an Excel ledger, to be filled in and imported again."))
def export(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("The ledger, an .xlsx file."))],
    paths: Paths = None,
    template: Annotated[
        bool, typer.Option("--template", help=_("Write an empty ledger with two example sites."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file that is there."))] = False,
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
        typer.Option(
            "--output", "-o", metavar="DIR", help=_("Where the sites are to be: DIR/<id>/site.toml for each.")
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Write nothing, and say what would be written."))
    ] = False,
    update: Annotated[
        bool,
        typer.Option("--update", help=_("Merge the ledger into files that are there; what it does not carry is kept.")),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace files that are there and say something else."))
    ] = False,
    ids: Annotated[
        Ids,
        typer.Option(help=_("Whether IDs are made from names where there are none, or all have to be given.")),
    ] = Ids.MADE,
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors", metavar="FILE", help=_("If cells are wrong, write a copy of the ledger with these marked.")
        ),
    ] = None,
) -> int:
    from pilot_cli.commands.import_ import import_

    return import_(context, books, output, dry_run=dry_run, update=update, force=force, ids=ids, errors=errors)


@app.command(
    cls=TranslatedCommand, help=_("Take down what only a person can judge on site, by asking or from options.")
)
def inspect(
    sites: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SITE", help=_("The site file, or its folder; for a form several. Default: the current folder.")
        ),
    ] = None,
    standard: StandardName = "five-ones-onsite",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day of the inspection. Default: today."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="TEXT", help=_("Who inspects."))] = None,
    result: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE=RESULT", help=_("A result, e.g. Y003=达标; several times for several. Nothing is asked then.")
        ),
    ] = None,
    note: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE=TEXT", help=_("What is wrong with an item, e.g. Y003=….")),
    ] = None,
    form: Annotated[
        Path | None,
        typer.Option(
            "--form", metavar="FILE", help=_("Write the form to take along: .docx, .xlsx, or .html for a phone.")
        ),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help=_("Take in a form that was filled in: .xlsx, or what the page saved.")
        ),
    ] = None,
    borders: TableBorders = None,
) -> int:
    from pilot_cli.commands.inspect import inspect

    return inspect(
        sites or ["."],
        standard=standard,
        on=on,
        by=by,
        results=result or (),
        notes=note or (),
        form=form,
        filled=import_,
        borders=borders,
    )


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
        typer.Option("--format", "-f", help=_("How to tell the rules. Default: as the name of the output ends.")),
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


@app.command(cls=TranslatedCommand, help=_("Write a first site file, by asking or from options."))
@with_records
def new(
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=_("The folder of the site. Default: the current folder."))
    ] = Path(),
    answers: Answers,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the site file that is there."))] = False,
) -> int:
    from pilot_cli.commands.new import new

    return new(folder, ask=not no_input, force=force, options=answers.by_field())


@app.command(
    cls=TranslatedCommand, help=_("Print what a site file may hold: as JSON Schema for editors, or as a page.")
)
def schema(
    of: Annotated[
        SchemaOf,
        typer.Option(help=_("Of site files, of inspections.toml beside them, or of the settings file pilot.toml.")),
    ] = SchemaOf.SITE,
    draft: Annotated[SchemaDraft, typer.Option(help=_("The draft of JSON Schema."))] = SchemaDraft.LATEST,
    format: Annotated[
        SchemaFormat | None, typer.Option("--format", "-f", help=_("JSON Schema, or a page for people."))
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


@app.command(cls=TranslatedCommand, help=_("Show what pilot runs with and which settings hold, for a bug report."))
def doctor(context: typer.Context) -> int:
    from pilot_cli.commands.doctor import doctor

    return doctor(context)
