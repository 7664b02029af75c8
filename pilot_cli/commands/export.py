"""``pilot export``: writes sites into an Excel ledger."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, echo

from pilot_cli.commands.options import check_paths, parse_exclude, refuse_input_as_output, telling_skipped
from pilot_cli.commands.output import is_standard_output, open_output, refuse_existing, refuse_terminal
from pilot_cli.commands.progress import show_progress
from pilot_cli.commands.targets import in_folder
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.parallel.workers import Workers, cores
from pilot_cli.site.find import SiteFiles

if TYPE_CHECKING:
    from pilot_cli.exchange.export import PlacedProblem

SUFFIX = ".xlsx"
USUAL_NAME = "ledger.xlsx"
"""What a ledger is called where a folder is named for it."""
MAX_READERS = 4
"""More processes read sites no sooner than one writes them, and would fill memory with what is waiting."""


def export(
    paths: Sequence[str],
    *,
    output: str,
    template: bool,
    force: bool,
    jobs: int | None,
    exclude: Sequence[str],
    verbose: bool,
) -> int:
    """Run the command; return its exit status."""
    ledger = in_folder(output, USUAL_NAME) or Path(output)
    check_workbook_output(ledger, force)
    if template:
        if paths or exclude:
            raise BadParameter(_("an empty ledger takes no sites"), param_hint="--template")
        from pilot_cli.exchange.export import export_template

        with open_output(ledger, is_for_people=False) as out:
            export_template(out.buffer)
        say_written(ledger, _("Written: {path}").format(path=ledger))
        return 0
    paths = paths or ["."]
    check_paths(paths)
    refuse_input_as_output([ledger], paths)
    files = SiteFiles(paths, exclude=parse_exclude(exclude, paths))
    with telling_skipped(files, verbose=verbose):
        _export_sites(files, ledger, jobs)
    return 0


def check_workbook_output(output: Path, force: bool) -> None:
    """Refuse a place where no Excel ledger can be written, or something is already."""
    if is_standard_output(output):
        refuse_terminal(SUFFIX[1:])
        return
    if output.suffix.lower() != SUFFIX:
        message = _("the name of an Excel ledger ends with {suffix}").format(suffix=SUFFIX)
        raise BadParameter(message, param_hint="--output")
    if not force:
        refuse_existing(output, "--output")


def _export_sites(files: SiteFiles, output: Path, jobs: int | None) -> None:
    from pilot_cli.exchange.export import UnstorableError, export_sites

    try:
        with (
            show_progress(output, is_streamed=False) as progress,
            open_output(output, is_for_people=False) as out,
        ):
            exported = export_sites(files, out.buffer, Workers(jobs or _readers()), progress)
    except UnstorableError as error:
        _tell(error.notices)
        message = _("an Excel ledger cannot hold what is listed above; nothing has been written")
        raise BadParameter(message, param_hint="PATH") from None
    _tell(exported.examples)
    _tell(exported.left_out)
    if exported.left_out:
        left_out = {notice.path for notice in exported.left_out} - {*exported.files, *exported.inspections}
        message = _(
            "What is listed above is not in the ledger, and of {files} files nothing at all; "
            "`pilot check` says what to do about it."
        )
        echo(message.format(files=len(left_out)), err=True)
    sites = len(exported.files)
    written = ngettext("Written: {path}, {sites} site", "Written: {path}, {sites} sites", sites)
    say_written(output, written.format(path=output, sites=sites))


def _readers() -> int | None:
    return MAX_READERS if cores() > MAX_READERS else None


def _tell(notices: Iterable["PlacedProblem"]) -> None:
    for path, place, rule, text in notices:
        about = f"{rule.id} {rule.severity} " if rule else ""
        echo(printable(f"{path}:{place.line}:{place.column}: {about}{text}"), err=True)


def say_written(output: Path, line: str) -> None:
    """Say what has been done, unless the book itself went where it would be said."""
    if not is_standard_output(output):
        with open_output(None, is_for_people=True) as out:
            out.write(printable(line) + "\n")
