"""``pilot check``: validates sites and prints completion tables and findings."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pilot_cli.audit.results import Results, audit
from pilot_cli.audit.summary import Summary
from pilot_cli.commands.choices import Borders, FailOn
from pilot_cli.commands.options import (
    check_paths,
    choose_workers,
    open_standard,
    parse_as_of,
    parse_exclude,
    refuse_input_as_output,
    telling_skipped,
)
from pilot_cli.commands.output import open_output
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.registry import CHECK_FORMATS, TOTALS, Format, View, format_named
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard


def check(
    paths: Sequence[str],
    *,
    as_of: str | None,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: str,
    output: Path | None,
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

    def check_now() -> int:
        day = parse_as_of(as_of)
        rules = open_standard(standard, select, ignore)
        files = SiteFiles(paths, exclude=parse_exclude(exclude), standards=rules.files)
        chosen = TOTALS if quiet else format_named(CHECK_FORMATS, format)
        view = View(borders is Borders.ASCII, findings, all, threshold)
        workers = choose_workers(jobs, scheduler)
        with telling_skipped(files, verbose=verbose, quiet=quiet):
            summary = _write_results(files, rules, day, workers, chosen, view, output)
        return int(threshold is not None and summary.is_found(threshold))

    threshold = None if fail_on is FailOn.NEVER else Severity(fail_on)
    check_paths(paths)
    refuse_input_as_output(output, [*paths, standard])
    if watch:
        from pilot_cli.commands.watch import check_until_interrupted, refuse_unwatchable

        refuse_unwatchable(paths, output)
        check_until_interrupted(paths, standard, check_now)
    return check_now()


def _write_results(
    files: SiteFiles,
    standard: Standard,
    as_of: date,
    workers: Workers,
    format: Format,
    view: View,
    output: Path | None,
) -> Summary:
    """Write the results as they come; return what they come to."""
    summary = Summary()
    with (
        show_progress(output, is_streamed=format.streamed) as progress,
        open_output(output, is_for_people=not format.for_programs) as out,
    ):
        needs_sites, max_places = format.needs_sites, _max_places(format, view)
        assessments = audit(files, standard, as_of, summary, needs_sites, max_places, workers, progress)
        results = Results(standard, as_of, summary, assessments)
        format.write(results, out, view)
        results.finish()
    return summary


def _max_places(format: Format, view: View) -> int | None:
    """Tell of how many findings the places are needed, where a format shows them only while they are few."""
    if format.max_places is None:
        return None
    if not view.findings:
        return 0
    return None if view.all else format.max_places
