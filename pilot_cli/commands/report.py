"""``pilot report``: sums up many sites, or writes the rectification notices for one or each of them."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Context, echo

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.filter import Filter
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.order import Order
from pilot_cli.audit.overview import Overview
from pilot_cli.commands.auditing import Audit, paths_of
from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import MinSeverity
from pilot_cli.commands.options import check_paths, tell_settings
from pilot_cli.commands.parameters import AuditOptions
from pilot_cli.commands.report_options import ReportOptions
from pilot_cli.commands.targets import Target, choose_targets, is_read_at_once, open_targets
from pilot_cli.commands.writing import places_needed, write_results
from pilot_cli.formats.registry import NOTICE, View
from pilot_cli.formats.report.content import Changes, Report
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import Source, settings_applied, source_of
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.site.rule_info import Severity

if TYPE_CHECKING:
    from pilot_cli.commands.notices import NoticeFolder
    from pilot_cli.ledger.since import SinceAudit

MAX_GROUPINGS = 2


def report(context: Context, options: ReportOptions, audit_options: AuditOptions) -> int:
    """Run the command; return its exit status."""
    paths = paths_of(audit_options)
    output, by = options.output or (), options.by or [Grouping.KIND]
    audit = Audit.of(audit_options, output)
    folder = _choose_folder(options.notices, options.min_severity, audit.order or Order.CITY)
    is_of_one = len(audit.filter.ids) == 1 or _is_one_file(paths)
    is_of_notices_alone = folder is not None and not output and not options.format
    targets = [] if is_of_notices_alone else _choose_targets(output, options.format, is_of_one=is_of_one)
    _check_groupings(by)
    check_paths(paths)
    earlier = _read_since(context, options, audit, is_of_one=is_of_one)
    tell_settings(context)
    overview = Overview(audit.as_of, by, options.top, audit.filter)
    wanting = [target.format for target in targets if target.format.needs_sites]
    with audit.telling_skipped(), open_targets(targets) as (outs, progress):
        places = places_needed(format.max_places for format in wanting)
        needs_sites = folder is not None or earlier is not None or bool(wanting)
        assessments = audit.assessments(overview, progress, needs_sites=needs_sites, max_places=places)
        if NOTICE in wanting:
            assessments = _with_one_site(assessments, audit.filter)
        changes: Changes | None = None
        if earlier:
            from pilot_cli.formats.report.since import ShownChanges

            assessments, changes = earlier.passing(assessments), ShownChanges(earlier)
        documents = _document_settings(context)
        results = Report(options.title, audit.standard, audit.as_of, overview, assessments, documents, changes)
        view = View(draws_ascii(options.borders, output), order_given=audit.order is not None)
        write_results(results, targets, outs, view, *([partial(folder.write, progress=progress)] if folder else []))
    if folder:
        folder.tell_written()
    if is_read_at_once(targets):
        from pilot_cli.commands.next_steps import tell_next_steps

        echo()
        tell_next_steps(context, paths, overview)
    return 0


def _document_settings(context: Context) -> DocumentSettings:
    """Take from the settings of a call what they say of documents."""
    settings = settings_applied(context)
    return settings.for_documents if settings else DocumentSettings()


def _read_since(context: Context, options: ReportOptions, audit: Audit, *, is_of_one: bool) -> "SinceAudit | None":
    """Ask the ledger what an audit said, to be compared with this one."""
    if options.since is None:
        if options.ledger is not None and source_of(context, "ledger") is Source.COMMANDLINE:
            raise BadParameter(_("it says which ledger has the audit of --since"), param_hint="--ledger")
        return None
    if audit.standard.is_selection or audit.filter.levels:
        text = _("it compares whole audits; leave out {options}")
        raise BadParameter(text.format(options="--select, --ignore, --severity"), param_hint="--since")
    from pilot_cli.commands.ledger.opening import read_ledger_settings
    from pilot_cli.ledger.since import SinceAudit

    with read_ledger_settings(context, options.ledger).ledger.reading() as connection:
        return SinceAudit.read(connection, options.since, is_whole=not (audit.filter.has_sites or is_of_one))


def _choose_folder(notices: str | None, min_severity: MinSeverity | None, order: Order) -> "NoticeFolder | None":
    """Understand ``--notices`` and ``--min-severity``."""
    if notices is None:
        if min_severity is not None:
            raise BadParameter(_("it says which sites get a notice, with --notices"), param_hint="--min-severity")
        return None
    if not notices:
        raise BadParameter(_("the name of the folder is missing"), param_hint="--notices")
    from pilot_cli.commands.notices import NoticeFolder

    return NoticeFolder(Path(notices), Severity(min_severity) if min_severity else None, order)


def _choose_targets(outputs: Sequence[str], format: str | None, *, is_of_one: bool) -> list[Target]:
    """Understand where the report goes; what a format would tell of a single site, the notice tells better."""
    targets = choose_targets("report", outputs, format)
    if not is_of_one:
        return targets
    return [
        target._replace(format=NOTICE) if target.format.suffixes == NOTICE.suffixes else target for target in targets
    ]


def _check_groupings(by: Sequence[Grouping]) -> None:
    if len(by) > MAX_GROUPINGS:
        raise BadParameter(_("there can be two groupings at most"), param_hint="--by")
    if len(set(by)) < len(by):
        raise BadParameter(_("{grouping} is given twice").format(grouping=by[0]), param_hint="--by")


def _is_one_file(paths: Sequence[str]) -> bool:
    return len(paths) == 1 and (paths[0] == STANDARD_INPUT or os.path.isfile(paths[0]))


def _with_one_site(assessments: Iterable[Assessment], filter: Filter) -> list[Assessment]:
    """Refuse assessments unless one site alone is left of them, for a notice is for one."""
    assessed = list(assessments)
    found = [assessment for assessment in assessed if not assessment.is_left_out]
    id = _(", ").join(filter.ids)
    if not found and filter.ids:
        raise BadParameter(_("no site has the ID “{id}”").format(id=id), param_hint="--site")
    if not found:
        raise BadParameter(_("the site is none of those that are to be shown"), param_hint="PATH")
    if len(found) > 1:
        files = _(", ").join(assessment.path for assessment in found)
        message = _("several files have the ID “{id}”: {files}").format(id=id, files=files)
        raise BadParameter(message, param_hint="--site")
    return assessed
