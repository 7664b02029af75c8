"""``pilot report``: sums up many sites, or writes the rectification notice for one."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from typer import BadParameter

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.overview import Overview
from pilot_cli.audit.results import audit
from pilot_cli.audit.survey import survey
from pilot_cli.commands.choices import Borders
from pilot_cli.commands.options import (
    check_paths,
    choose_workers,
    open_standard,
    parse_as_of,
    parse_exclude,
    refuse_input_as_output,
    telling_skipped,
)
from pilot_cli.commands.output import is_standard_output, open_output, refuse_terminal
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.registry import NOTICE, REPORT_FORMATS, Format, View, format_named
from pilot_cli.formats.report.content import Report
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import NoSiteFilesError, SiteFiles
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.standard.standard import Standard

MAX_GROUPINGS = 2


def report(
    paths: Sequence[str],
    *,
    by: Sequence[Grouping],
    title: str | None,
    top: int,
    as_of: str | None,
    standard: str,
    select: Sequence[str],
    ignore: Sequence[str],
    format: str | None,
    output: Path | None,
    site: str | None,
    borders: Borders,
    jobs: int | None,
    scheduler: str | None,
    exclude: Sequence[str],
    verbose: bool,
) -> int:
    """Run the command; return its exit status."""
    day = parse_as_of(as_of)
    rules = open_standard(standard, select, ignore)
    chosen = format_named(REPORT_FORMATS, format) if format else _format_of(output)
    _check_groupings(by)
    check_paths(paths)
    refuse_input_as_output(output, [*paths, standard])
    _check_format(chosen, output, site)
    workers = choose_workers(jobs, scheduler)
    files = SiteFiles(paths, exclude=parse_exclude(exclude), standards=rules.files)
    with (
        telling_skipped(files, verbose=verbose),
        show_progress(output, is_streamed=chosen.streamed) as progress,
    ):
        if _has_notices(chosen) and (site is not None or _is_one_file(paths)):
            subject = _subject(survey(files, rules, day, workers=workers, progress=progress), site)
            _write_notice(title, rules, day, subject, output)
            return 0
        overview = Overview(day, by, top)
        title = title or _("Pilot sites of “two-new” Party building: the “five ones”")
        with open_output(output, is_for_people=not chosen.for_programs) as out:
            needs_sites, max_places = chosen.needs_sites, chosen.max_places
            assessments = audit(files, rules, day, overview, needs_sites, max_places, workers, progress)
            chosen.write(Report(title, rules, day, overview, assessments), out, View(borders is Borders.ASCII))
    return 0


def _format_of(output: Path | None) -> Format:
    """Tell the format from how the output is named."""
    suffix = output.suffix.lower() if output else ""
    for format in REPORT_FORMATS:
        if suffix in format.suffixes:
            return format
    message = _("no format is known by {suffix}; say which with --format").format(suffix=suffix)
    raise BadParameter(message, param_hint="--output")


def _has_notices(format: Format) -> bool:
    return format.suffixes == NOTICE.suffixes


def _check_format(format: Format, output: Path | None, site: str | None) -> None:
    if format.binary and (output is None or is_standard_output(output)):
        refuse_terminal(format.name)
    if site is not None and not _has_notices(format):
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
    has_sites = False
    found = []
    for assessment in assessments:
        has_sites = True
        if id is None or assessment.id == id:
            found.append(assessment)
    if not has_sites:
        raise NoSiteFilesError
    if not found:
        raise BadParameter(_("no site has the ID “{id}”").format(id=id), param_hint="--site")
    if len(found) > 1:
        files = _(", ").join(assessment.path for assessment in found)
        message = _("several files have the ID “{id}”: {files}").format(id=id, files=files)
        raise BadParameter(message, param_hint="--site")
    return found[0]


def _write_notice(title: str | None, standard: Standard, as_of: date, site: Assessment, output: Path | None) -> None:
    from pilot_cli.formats.report.word.notice import Notice

    with open_output(output, is_for_people=False) as out:
        NOTICE.write(Notice(title, standard, as_of, site), out)
