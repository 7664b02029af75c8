"""``pilot report``: sums up many sites, or writes the rectification notice for one."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from typer import BadParameter

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.overview import Overview
from pilot_cli.audit.survey import sum_up, survey
from pilot_cli.commands.choices import Borders, ReportFormat
from pilot_cli.commands.options import check_paths, choose_workers, open_standard, parse_as_of, refuse_input_as_output
from pilot_cli.commands.output import is_standard_output, open_output, refuse_terminal
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.report.content import Report
from pilot_cli.locale import gettext as _
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.standard.standard import Standard

MAX_GROUPINGS = 2
OF_SUFFIX = {
    "": ReportFormat.TERMINAL,
    ".txt": ReportFormat.TERMINAL,
    ".md": ReportFormat.MARKDOWN,
    ".csv": ReportFormat.CSV,
    ".json": ReportFormat.JSON,
    ".xlsx": ReportFormat.XLSX,
    ".docx": ReportFormat.DOCX,
    ".html": ReportFormat.HTML,
    ".htm": ReportFormat.HTML,
}
OFFICE = (ReportFormat.XLSX, ReportFormat.DOCX)
OF_NO_SITES = (ReportFormat.TERMINAL, ReportFormat.MARKDOWN, ReportFormat.DOCX)
"""What tells nothing of single sites but what the overview has."""
WITH_PLACES = (ReportFormat.XLSX, ReportFormat.HTML)


def report(
    paths: Sequence[str],
    *,
    by: Sequence[Grouping],
    title: str | None,
    top: int,
    as_of: str | None,
    standard: str,
    format: ReportFormat | None,
    output: Path | None,
    site: str | None,
    borders: Borders,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Run the command; return its exit status."""
    day = parse_as_of(as_of)
    rules = open_standard(standard)
    format = format or _format_of(output)
    _check_groupings(by)
    check_paths(paths)
    refuse_input_as_output(output, [*paths, standard])
    _check_format(format, output, site)
    workers = choose_workers(jobs, scheduler)
    with show_progress(output, is_streamed=format in (ReportFormat.CSV, ReportFormat.JSON)) as progress:
        if format is ReportFormat.DOCX and (site is not None or _is_one_file(paths)):
            subject = _subject(survey(paths, rules, day, workers=workers, progress=progress), site)
            _write_notice(title, rules, day, subject, output)
            return 0
        overview = Overview(day, by, top)
        assessments: Iterable[Assessment] = ()
        title = title or _("Pilot sites of “two-new” Party building: the “five ones”")
        with open_output(output, is_for_people=format is ReportFormat.TERMINAL) as out:
            if format in OF_NO_SITES:
                sum_up(paths, rules, day, overview, workers=workers, progress=progress)
            else:
                locate = format in WITH_PLACES
                found = survey(paths, rules, day, locate=locate, workers=workers, progress=progress)
                assessments = overview.count_passing(found)
            _write(Report(title, rules, day, assessments, overview), out, format, borders)
    return 0


def _format_of(output: Path | None) -> ReportFormat:
    """Tell the format from how the output is named."""
    suffix = output.suffix.lower() if output else ""
    if suffix not in OF_SUFFIX:
        message = _("no format is known by {suffix}; say which with --format").format(suffix=suffix)
        raise BadParameter(message, param_hint="--output")
    return OF_SUFFIX[suffix]


def _check_format(format: ReportFormat, output: Path | None, site: str | None) -> None:
    if format in OFFICE and (output is None or is_standard_output(output)):
        refuse_terminal(format)
    if site is not None and format is not ReportFormat.DOCX:
        raise BadParameter(_("only --format docx writes a notice for one site"), param_hint="--site")


def _check_groupings(by: Sequence[Grouping]) -> None:
    if len(by) > MAX_GROUPINGS:
        raise BadParameter(_("there can be two groupings at most"), param_hint="--by")
    if len(set(by)) < len(by):
        raise BadParameter(_("{grouping} is given twice").format(grouping=by[0]), param_hint="--by")


def _is_one_file(paths: Sequence[str]) -> bool:
    return len(paths) == 1 and (paths[0] == STANDARD_INPUT or os.path.isfile(paths[0]))


def _subject(assessments: Iterator[Assessment], id: str | None) -> Assessment:
    """Find the site that a notice is for."""
    found = [assessment for assessment in assessments if id is None or assessment.id == id]
    if not found:
        raise BadParameter(_("no site has the ID “{id}”").format(id=id), param_hint="--site")
    if len(found) > 1:
        files = _(", ").join(assessment.path for assessment in found)
        message = _("several files have the ID “{id}”: {files}").format(id=id, files=files)
        raise BadParameter(message, param_hint="--site")
    return found[0]


def _write_notice(title: str | None, standard: Standard, as_of: date, site: Assessment, output: Path | None) -> None:
    from pilot_cli.formats.report.word.notice import Notice, write_notice

    with open_output(output, is_for_people=False) as out:
        write_notice(Notice(title, standard, as_of, site), out.buffer)


def _write(report: Report, out: TextIO, format: ReportFormat, borders: Borders) -> None:
    match format:
        case ReportFormat.TERMINAL:
            from pilot_cli.formats.report.terminal import write_terminal

            write_terminal(report, out, ascii_borders=borders is Borders.ASCII)
        case ReportFormat.MARKDOWN:
            from pilot_cli.formats.report.markdown import write_markdown

            write_markdown(report, out)
        case ReportFormat.CSV:
            from pilot_cli.formats.report.csv import write_csv

            write_csv(report, out)
        case ReportFormat.JSON:
            from pilot_cli.formats.report.json import write_json

            write_json(report, out)
        case ReportFormat.XLSX:
            from pilot_cli.formats.report.xlsx import write_xlsx

            write_xlsx(report, out.buffer)
        case ReportFormat.DOCX:
            from pilot_cli.formats.report.word.summary import write_summary

            write_summary(report, out.buffer)
        case ReportFormat.HTML:
            from pilot_cli.formats.report.html import write_html

            write_html(report, out)
