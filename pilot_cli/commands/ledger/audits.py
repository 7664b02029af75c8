"""``pilot ledger audits``, ``show``, ``compare`` and ``trend``: what audits came to."""

from typing import Any

from typer import BadParameter

from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.ledger.opening import read_ledger_settings
from pilot_cli.commands.ledger.options import Asked
from pilot_cli.commands.targets import choose_targets, open_targets
from pilot_cli.formats.registry import View
from pilot_cli.ledger.audits import find_audit, list_audits, site_outcomes
from pilot_cli.ledger.comparison import compare as compare_audits
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.trend import trend as ask_trend
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message


def write(command: str, result: object, asked: Asked) -> int:
    """Write what was asked for in each target; return the exit status."""
    targets = choose_targets(f"ledger {command}", asked.output or (), asked.format)
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            target.format.write(result, out, View(draws_ascii(asked.borders, asked.output)))
    return 0


def audits(context: Any, asked: Asked) -> int:
    """List the audits."""
    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        listed = list_audits(connection)
    return write("audits", listed, asked)


def show(context: Any, number: int | None, asked: Asked) -> int:
    """Show one audit."""
    from pilot_cli.formats.ledger.audit import ShownAudit

    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        audit = find_audit(list_audits(connection), number)
        shown = ShownAudit(audit, list(site_outcomes(connection, audit.number).values()))
    return write("show", shown, asked)


def compare(context: Any, before: int | None, after: int | None, asked: Asked, *, by_city: bool) -> int:
    """Compare two audits; without numbers, the last two."""
    from pilot_cli.formats.ledger.comparison import ShownComparison

    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        listed = list_audits(connection)
        later = find_audit(listed, after)
        if len(listed) < 2:
            raise LedgerError(message("there is one audit alone; a comparison needs two"))
        earlier = find_audit(listed, later.number - 1 if before is None else before)
        if earlier.number == later.number:
            raise BadParameter(_("an audit is not compared with itself"), param_hint="A B")
        if earlier.number > later.number:
            raise BadParameter(
                _("the earlier audit comes first: {example}").format(
                    example=f"pilot ledger compare {later.number} {earlier.number}"
                ),
                param_hint="A B",
            )
        compared = compare_audits(connection, earlier, later)
    return write("compare", ShownComparison(compared, by_city), asked)


def trend(context: Any, asked: Asked, *, by_city: bool) -> int:
    """Show how sites and problems went from audit to audit."""
    with read_ledger_settings(context, asked.ledger).ledger.reading() as connection:
        trends = ask_trend(connection, by_city=by_city)
    return write("trend", trends, asked)
