"""``pilot ledger record``: checks sites, and records the audit."""

from typing import Any

from typer import echo

from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.ledger.opening import read_ledger_settings, tell_journal
from pilot_cli.commands.ledger.options import Recording
from pilot_cli.commands.options import (
    check_paths,
    choose_workers,
    open_standard,
    parse_as_of,
    parse_exclude,
    telling_skipped,
)
from pilot_cli.commands.targets import choose_targets, open_targets
from pilot_cli.formats.registry import View
from pilot_cli.formats.text import printable
from pilot_cli.ledger.collect import Collected, collect
from pilot_cli.ledger.record import AuditOrder
from pilot_cli.ledger.record import record as record_audit
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import SiteFiles

MAX_PATHS_TOLD = 10


def record(context: Any, asked: Recording) -> int:
    """Run the command; return its exit status."""
    day, paths = parse_as_of(asked.as_of), asked.paths or ["."]
    settings = read_ledger_settings(context, asked.ledger, asked.by)
    order = AuditOrder(open_standard(asked.standard), day, settings.person, asked.note, " ".join(paths))
    targets = choose_targets("ledger record", (), asked.format)
    check_paths(paths)
    workers = choose_workers(asked.jobs, asked.scheduler)
    files = SiteFiles(paths, exclude=parse_exclude(asked.exclude or (), paths), standards=order.standard.files)
    if settings.ledger.exists:
        # Whether it can be written is better known before the work than after it.
        with settings.ledger.writing():
            pass
    with telling_skipped(files, verbose=asked.verbose), open_targets(targets) as (outs, progress):
        collected = collect(files, order.standard, day, workers, progress)
        with settings.ledger.writing(creates=True) as connection:
            recorded = record_audit(connection, collected, order)
        tell_journal(settings.ledger)
        _tell_left_out(collected)
        for target, out in zip(targets, outs, strict=True):
            target.format.write(recorded, out, View(draws_ascii(asked.borders)))
    return 0


def _tell_left_out(collected: Collected) -> None:
    """Name the files that nothing can be recorded of."""
    for what, paths in (
        (_("cannot be read"), collected.unreadable),
        (_("give no site ID"), collected.without_id),
        (_("have the site ID of an earlier file"), collected.repeated),
    ):
        if paths:
            named = _(", ").join(paths[:MAX_PATHS_TOLD]) + ("…" if len(paths) > MAX_PATHS_TOLD else "")
            text = _("Not recorded, for they {what}: {number} ({paths})")
            echo(printable(text.format(what=what, number=len(paths), paths=named)), err=True)
