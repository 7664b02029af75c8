"""The commands of ``pilot ledger``, their arguments and options, in one place."""

from pathlib import Path
from typing import Annotated

import typer

from pilot_cli.commands.choices import LedgerGrouping
from pilot_cli.commands.ledger.options import (
    Asked,
    By,
    Call,
    Choice,
    DocumentOptions,
    Due,
    Format,
    Kind,
    Leader,
    Measures,
    Note,
    Numbers,
    OverdueOn,
    Owner,
    Reason,
    Recording,
    TrendAsked,
    Unit,
    Where,
)
from pilot_cli.commands.parameters import MarkedCopy, Outputs, TableBorders, with_records
from pilot_cli.ledger.states import Method
from pilot_cli.locale import gettext as _
from pilot_cli.usage import TranslatedCommand, TranslatedGroup

app = typer.Typer(cls=TranslatedGroup, rich_markup_mode=None)


@app.command(cls=TranslatedCommand, help=_("Check sites, and record the audit in the ledger."))
@with_records
def record(context: typer.Context, *, recording: Recording) -> int:
    from pilot_cli.commands.ledger.record import record

    return record(context, recording)


@app.command(cls=TranslatedCommand, help=_("List the audits."))
@with_records
def audits(
    context: typer.Context,
    *,
    asked: Asked,
) -> int:
    from pilot_cli.commands.ledger.audits import audits

    return audits(context, asked)


@app.command(cls=TranslatedCommand, help=_("Show one audit: what it said of each site."))
@with_records
def show(
    context: typer.Context,
    audit: Annotated[
        int | None, typer.Argument(metavar="AUDIT", help=_("The number of the audit. Default: the last."))
    ] = None,
    *,
    asked: Asked,
) -> int:
    from pilot_cli.commands.ledger.audits import show

    return show(context, audit, asked)


@app.command(cls=TranslatedCommand, help=_("Compare two audits."))
@with_records
def compare(
    context: typer.Context,
    before: Annotated[
        int | None,
        typer.Argument(metavar="A", help=_("The earlier audit. Default: the last but one, or the one before B.")),
    ] = None,
    after: Annotated[int | None, typer.Argument(metavar="B", help=_("The later audit. Default: the last."))] = None,
    by: Annotated[LedgerGrouping | None, typer.Option("--by", help=_("Sum up by city."))] = None,
    *,
    asked: Asked,
) -> int:
    from pilot_cli.commands.ledger.audits import compare

    return compare(context, before, after, asked, by_city=by is not None)


@app.command(cls=TranslatedCommand, help=_("Show how sites and problems went from audit to audit."))
@with_records
def trend(
    context: typer.Context,
    by: Annotated[LedgerGrouping | None, typer.Option("--by", help=_("A line for each city."))] = None,
    *,
    asked: TrendAsked,
) -> int:
    from pilot_cli.commands.ledger.audits import trend

    return trend(context, Asked(*asked), by_city=by is not None)


@app.command(cls=TranslatedCommand, help=_("Write documents on what was found, and how far it is put right."))
@with_records
def report(context: typer.Context, kind: Kind, *, options: DocumentOptions) -> int:
    from pilot_cli.commands.ledger.report import report

    return report(context, kind, options)


@app.command(cls=TranslatedCommand, help=_("List problems, those that are open by default."))
@with_records
def problems(
    context: typer.Context,
    all: Annotated[
        bool, typer.Option("--all/--no-all", help=_("Show every problem, however many."), show_default=False)
    ] = False,
    *,
    choice: Choice,
    asked: Asked,
) -> int:
    from pilot_cli.commands.ledger.problems import problems

    return problems(context, choice, asked, all=all)


@app.command(cls=TranslatedCommand, help=_("Show one problem with its whole history."))
def problem(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("Its number: 〔2020〕17, 2020-17, or 17 alone."))],
    as_of: OverdueOn = None,
    ledger: Where = None,
    format: Format = None,
    output: Outputs = None,
    borders: TableBorders = None,
) -> int:
    from pilot_cli.commands.ledger.problems import problem

    return problem(context, number, Asked(ledger, format, output, borders), as_of=as_of)


@app.command(cls=TranslatedCommand, help=_("Assign problems: who puts them right, and until when."))
@with_records
def assign(
    context: typer.Context,
    numbers: Numbers,
    owner: Owner = None,
    unit: Unit = None,
    leader: Leader = None,
    due: Due = None,
    measure: Measures = None,
    note: Note = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import assign

    return assign(
        context, numbers, call, owner=owner, unit=unit, leader=leader, due=due, measures=measure or (), note=note
    )


@app.command(cls=TranslatedCommand, help=_("Extend the deadline, before it is past."))
@with_records
def extend(
    context: typer.Context,
    numbers: Numbers,
    due: Due = None,
    reason: Reason = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import extend

    return extend(context, numbers, call, due=due, note=reason)


@app.command(cls=TranslatedCommand, help=_("Submit what was put right, to be verified."))
@with_records
def submit(
    context: typer.Context,
    numbers: Numbers,
    progress: Annotated[
        str | None,
        typer.Option("--progress", metavar="TEXT", help=_("What was done; of a missed period, how it came about.")),
    ] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", metavar="TEXT", help=_("What proves it."))] = None,
    measure: Measures = None,
    note: Note = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import submit

    return submit(context, numbers, call, progress=progress, evidence=evidence, measures=measure or (), note=note)


@app.command("return", cls=TranslatedCommand, help=_("Return problems that are not put right after all."))
@with_records
def return_(
    context: typer.Context,
    numbers: Numbers,
    reason: Reason = None,
    due: Due = None,
    owner: Owner = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import return_

    return return_(context, numbers, call, note=reason, due=due, owner=owner)


@app.command(cls=TranslatedCommand, help=_("Strike off what somebody has verified."))
@with_records
def close(
    context: typer.Context,
    numbers: Numbers,
    opinion: Annotated[str | None, typer.Option("--opinion", metavar="TEXT", help=_("What was verified."))] = None,
    method: Annotated[Method | None, typer.Option("--method", help=_("How it was verified."))] = None,
    note: Note = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import close

    return close(context, numbers, call, opinion=opinion, method=method, note=note)


@app.command(cls=TranslatedCommand, help=_("Reopen problems that were struck off too early."))
@with_records
def reopen(
    context: typer.Context,
    numbers: Numbers,
    reason: Reason = None,
    due: Due = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.moves import reopen

    return reopen(context, numbers, call, note=reason, due=due)


@app.command(cls=TranslatedCommand, help=_("Write problems to an Excel ledger that people fill in."))
@with_records
def export(
    context: typer.Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=_("The ledger, an .xlsx file."))],
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))] = False,
    *,
    choice: Choice,
    ledger: Where = None,
) -> int:
    from pilot_cli.commands.ledger.export import export

    return export(context, choice, output, force=force, ledger=ledger)


@app.command("import", cls=TranslatedCommand, help=_("Take in Excel ledgers that people filled in, all or nothing."))
@with_records
def import_(
    context: typer.Context,
    books: Annotated[list[Path], typer.Argument(metavar="FILE", readable=False, help=_("The ledgers that came back."))],
    errors: MarkedCopy = None,
    *,
    call: Call,
) -> int:
    from pilot_cli.commands.ledger.import_ import import_

    return import_(context, books, call, errors=errors)


@app.command(cls=TranslatedCommand, help=_("Write the whole ledger as lines of JSON."))
def dump(
    context: typer.Context,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write it; - is standard output."))
    ] = "-",
    ledger: Where = None,
) -> int:
    from pilot_cli.commands.ledger.transfer import dump

    return dump(context, output, ledger=ledger)


@app.command(cls=TranslatedCommand, help=_("Merge what was dumped, from this or another."))
def load(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("What pilot ledger dump wrote; - is standard input."))],
    by: By = None,
    ledger: Where = None,
) -> int:
    from pilot_cli.commands.ledger.transfer import load

    return load(context, file, by=by, ledger=ledger)


@app.command(cls=TranslatedCommand, help=_("Bring a ledger up to date, or begin one on a server."))
def upgrade(context: typer.Context, ledger: Where = None) -> int:
    from pilot_cli.commands.ledger.transfer import upgrade

    return upgrade(context, ledger=ledger)
