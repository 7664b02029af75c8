"""``pilot check``: validates sites and prints completion tables and findings."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from typer import BadParameter, Context

from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Statistics, Summary
from pilot_cli.commands.auditing import Audit, paths_of
from pilot_cli.commands.check_options import CheckOptions
from pilot_cli.commands.options import check_paths, tell_settings
from pilot_cli.commands.parameters import AuditOptions
from pilot_cli.commands.targets import Target, choose_targets, is_read_at_once, open_targets
from pilot_cli.commands.writing import places_needed, write_results
from pilot_cli.formats.registry import TOTALS, Format, View
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.formats.check.screen import Screen


def check(context: Context, options: CheckOptions, audit_options: AuditOptions) -> int:
    """Run the command; return its exit status."""
    paths = paths_of(audit_options)
    targets = _choose_targets(options)
    check_paths(paths)
    is_at_once = is_read_at_once(targets)
    if not options.quiet:
        tell_settings(context)
    if options.watch:
        from pilot_cli.commands.watch import check_until_interrupted, refuse_unwatchable

        refuse_unwatchable(paths, options.outputs)
        screen = None
        if is_at_once and targets[0].format.name == "table" and options.view.findings:
            from pilot_cli.formats.check.screen import Screen

            screen = Screen()
        check_until_interrupted(paths, audit_options.standard, partial(_check, options, audit_options, targets, screen))
    summary = _check(options, audit_options, targets)
    if is_at_once and not options.quiet:
        from pilot_cli.commands.next_steps import tell_next_steps

        tell_next_steps(context, paths, summary)
    return int(options.threshold is not None and summary.is_found(options.threshold))


def _check(
    options: CheckOptions, audit_options: AuditOptions, targets: Sequence[Target], screen: "Screen | None" = None
) -> Summary:
    """Check once and write the results. Everything is read again each time: the standard may have changed too."""
    audit = Audit.of(audit_options, options.outputs)
    view = options.view
    summary = Statistics(audit.filter) if options.statistics else Summary(audit.filter)
    with (
        audit.telling_skipped(quiet=options.quiet or screen is not None),
        open_targets(targets, quiet=options.quiet) as (outs, progress),
    ):
        assessments = audit.assessments(
            summary,
            progress,
            needs_sites=any(target.format.needs_sites for target in targets),
            max_places=places_needed(_max_places(target.format, view) for target in targets),
        )
        results = Results(audit.standard, audit.as_of, summary, assessments)
        if screen:
            screen.write(results, *outs)
        else:
            write_results(results, targets, outs, view)
    return summary


def _choose_targets(options: CheckOptions) -> list[Target]:
    """Understand where results go; refuse formats that cannot tell what is asked for."""
    targets = choose_targets("check", options.outputs, options.format)
    quiet, statistics = options.quiet, options.statistics
    if statistics and quiet:
        raise BadParameter(_("with --quiet there is the line of totals alone"), param_hint="--statistics")
    for target in targets:
        if statistics and not target.format.has_statistics:
            message = _("only the formats table and json tell how often each rule is not kept, not {format}")
            raise BadParameter(message.format(format=target.format.name), param_hint="--statistics")
        if quiet and target.format.for_programs:
            message = _("the line of totals is for people; the format {format} has no such line")
            raise BadParameter(message.format(format=target.format.name), param_hint="--quiet")
    return [target._replace(format=TOTALS) for target in targets] if quiet else targets


def _max_places(format: Format, view: View) -> int | None:
    """Tell of how many findings the places are needed, where a format shows them only while they are few."""
    if format.max_places is None:
        return None
    if not view.findings:
        return 0
    return None if view.all else format.max_places
