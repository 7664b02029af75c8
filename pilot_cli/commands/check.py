"""``pilot check``: validates sites and prints completion tables and findings."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from pilot_cli.audit.summary import Summary
from pilot_cli.audit.survey import sum_up, survey
from pilot_cli.commands.choices import Borders, CheckFormat, FailOn
from pilot_cli.commands.options import check_paths, choose_workers, open_standard, parse_as_of, refuse_input_as_output
from pilot_cli.commands.output import open_output
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.check.audit import Audit
from pilot_cli.formats.check.totals import write_totals
from pilot_cli.site.problem import Severity


def check(
    paths: Sequence[str],
    *,
    as_of: str | None,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: CheckFormat,
    output: Path | None,
    fail_on: FailOn,
    quiet: bool,
    findings: bool,
    all: bool,
    watch: bool,
    borders: Borders,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Run the command; return its exit status."""

    def check_now() -> int:
        day = parse_as_of(as_of)
        rules = open_standard(standard, select, ignore)
        summary = Summary()
        is_for_people = quiet or format in (CheckFormat.TABLE, CheckFormat.CONCISE)
        workers = choose_workers(jobs, scheduler)
        with (
            show_progress(output, is_streamed=not quiet and format is not CheckFormat.TABLE) as progress,
            open_output(output, is_for_people=is_for_people) as out,
        ):
            if quiet:
                sum_up(paths, rules, day, summary, workers=workers, progress=progress)
                write_totals(summary, out)
            else:
                # A table shows few places, and looks them up itself, unless it is to show all.
                locate = format is not CheckFormat.TABLE or (all and findings)
                assessments = survey(paths, rules, day, locate=locate, workers=workers, progress=progress)
                audit = Audit(rules, day, summary.count_passing(assessments), summary)
                _write(audit, out, format, findings=findings, all=all, borders=borders)
        return int(_failed(summary, fail_on))

    check_paths(paths)
    refuse_input_as_output(output, [*paths, standard])
    if watch:
        from pilot_cli.commands.watch import check_until_interrupted, refuse_unwatchable

        refuse_unwatchable(paths, output)
        check_until_interrupted(paths, standard, check_now)
    return check_now()


def _failed(summary: Summary, fail_on: FailOn) -> bool:
    """Whether something was found that is as grave as the user said."""
    if fail_on is FailOn.NEVER:
        return False
    return any(summary.findings[severity] for severity in Severity if severity.rank <= Severity(fail_on).rank)


def _write(audit: Audit, out: TextIO, format: CheckFormat, *, findings: bool, all: bool, borders: Borders) -> None:
    match format:
        case CheckFormat.TABLE:
            from pilot_cli.formats.check.table import TableOptions, write_table

            write_table(audit, out, TableOptions(borders is Borders.ASCII, findings, all))
        case CheckFormat.CONCISE:
            from pilot_cli.formats.check.concise import write_concise

            write_concise(audit, out)
        case CheckFormat.JSON:
            from pilot_cli.formats.check.json import write_json

            write_json(audit, out)
        case CheckFormat.JSONL:
            from pilot_cli.formats.check.json import write_jsonl

            write_jsonl(audit, out)
        case CheckFormat.MARKDOWN:
            from pilot_cli.formats.check.markdown import write_markdown

            write_markdown(audit, out)
        case CheckFormat.CSV:
            from pilot_cli.formats.check.csv import write_csv

            write_csv(audit, out)
        case CheckFormat.SARIF:
            from pilot_cli.formats.check.sarif import write_sarif

            write_sarif(audit, out)
        case CheckFormat.JUNIT:
            from pilot_cli.formats.check.junit import write_junit

            write_junit(audit, out)
        case CheckFormat.GITHUB:
            from pilot_cli.formats.check.github import write_github

            write_github(audit, out)
