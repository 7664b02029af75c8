"""``pilot check``: validates sites and prints completion tables and findings."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from typer import BadParameter, Context

from pilot_cli.audit.order import Order
from pilot_cli.audit.results import Results, audit
from pilot_cli.audit.summary import Statistics, Summary
from pilot_cli.commands.choices import Borders, FailOn, Filters
from pilot_cli.commands.filters import parse_filters
from pilot_cli.commands.options import (
    check_paths,
    choose_workers,
    open_standard,
    parse_as_of,
    parse_exclude,
    refuse_input_as_output,
    tell_settings,
    telling_skipped,
)
from pilot_cli.commands.targets import Target, choose_targets, is_read_at_once, open_targets
from pilot_cli.commands.writing import places_needed, write_results
from pilot_cli.formats.registry import TOTALS, Format, View
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.rule_info import Severity

if TYPE_CHECKING:
    from pilot_cli.formats.check.screen import Screen


def check(
    paths: Sequence[str],
    *,
    context: Context,
    as_of: str | None,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: str | None,
    output: Sequence[str],
    filters: Filters,
    sort: Order | None,
    statistics: bool,
    fail_on: FailOn,
    quiet: bool,
    findings: bool,
    all: bool,
    watch: bool,
    borders: Borders,
    jobs: int | None,
    scheduler: str | None,
    exclude: Sequence[str],
    verbose: bool,
) -> int:
    """Run the command; return its exit status."""

    def check_now(screen: "Screen | None" = None) -> int:
        day = parse_as_of(as_of)
        rules = open_standard(standard, select, ignore)
        refuse_input_as_output(output, [*paths, *rules.files])
        files = SiteFiles(paths, exclude=parse_exclude(exclude, paths), standards=rules.files)
        filter = parse_filters(filters, rules)
        summary = Statistics(filter) if statistics else Summary(filter)
        workers = choose_workers(jobs, scheduler)
        with (
            telling_skipped(files, verbose=verbose, quiet=quiet or screen is not None),
            open_targets(targets, quiet=quiet) as (outs, progress),
        ):
            places = places_needed(_max_places(target.format, view) for target in targets)
            needs_sites = any(target.format.needs_sites for target in targets)
            assessments = audit(files, rules, day, summary, needs_sites, places, workers, progress, sort)
            results = Results(rules, day, summary, assessments)
            if screen:
                screen.write(results, *outs)
            else:
                write_results(results, targets, outs, view)
        if is_for_a_person:
            from pilot_cli.commands.next_steps import tell_next_steps

            tell_next_steps(context, paths, summary)
        return int(threshold is not None and summary.is_found(threshold))

    threshold = None if fail_on is FailOn.NEVER else Severity(fail_on)
    view = View(borders is Borders.ASCII, findings and not statistics, all, threshold)
    targets = _choose_targets(output, format, quiet=quiet, statistics=statistics)
    check_paths(paths)
    is_for_a_person = not quiet and not watch and is_read_at_once(targets)
    if not quiet:
        tell_settings(context)
    if watch:
        from pilot_cli.commands.watch import check_until_interrupted, refuse_unwatchable

        refuse_unwatchable(paths, output)
        if is_read_at_once(targets) and targets[0].format.name == "table" and view.findings:
            from pilot_cli.formats.check.screen import Screen

            check_until_interrupted(paths, standard, partial(check_now, Screen()))
        check_until_interrupted(paths, standard, check_now)
    return check_now()


def _choose_targets(outputs: Sequence[str], format: str | None, *, quiet: bool, statistics: bool) -> list[Target]:
    """Understand where results go; refuse formats that cannot tell what is asked for."""
    targets = choose_targets("check", outputs, format)
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
