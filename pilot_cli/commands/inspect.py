"""``pilot inspect``: records what inspectors see on site, by asking or from options."""

from collections.abc import Sequence
from datetime import date

from typer import BadParameter, Context

from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.survey import survey
from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import Borders
from pilot_cli.commands.inspect_options import InspectOptions
from pilot_cli.commands.on_site import (
    OnSiteItems,
    begin_inspection,
    is_to_come,
    only_site,
    open_on_site_standard,
    read_results,
    to_come_text,
)
from pilot_cli.commands.options import check_paths, parse_as_of, parse_exclude, telling_skipped
from pilot_cli.commands.output import open_output
from pilot_cli.formats.check.table import write_table
from pilot_cli.formats.registry import View
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import settings_applied
from pilot_cli.site.find import SiteFiles
from pilot_cli.standard.standard import Standard


def inspect(context: Context, options: InspectOptions) -> int:
    """Run the command; return its exit status."""
    paths = options.sites or ["."]
    day = parse_as_of(options.on, "--on")
    standard = open_on_site_standard(options.standard)
    results, notes = options.result or (), options.note or ()
    if (options.form or options.import_) and (results or notes or (options.form and options.import_)):
        raise BadParameter(_("a form is written, or taken in, by itself"), param_hint="--form / --import")
    check_paths(paths)
    files = SiteFiles(paths, exclude=parse_exclude(options.exclude or (), paths), standards=standard.files)
    with telling_skipped(files, verbose=options.verbose):
        if options.form:
            from pilot_cli.commands.inspect_form import write_form

            return write_form(files, options.form, standard, day, _inspectors(context, options.by) or "")
        if options.import_:
            from pilot_cli.commands.inspect_import import import_form

            return import_form(options.import_, files, standard)
        if is_to_come(day):
            raise BadParameter(to_come_text(day), param_hint="--on")
        if notes and not results:
            raise BadParameter(_("a note belongs to a result; give both"), param_hint="--note")
        path = only_site(files)
        by = _inspectors(context, options.by)
        if results:
            _record(begin_inspection(path, standard, day, by or ""), results, notes)
        else:
            from pilot_cli.commands.inspect_asking import ask

            ask(path, standard, day, by)
    _show(path, standard, day, options.borders)
    return 0


def _inspectors(context: Context, by: str | None) -> str | None:
    """Tell who inspects: options beat settings; None where nobody says."""
    if by is not None:
        return by.strip()
    settings = settings_applied(context)
    return settings.office.inspectors if settings else None


def _record(items: OnSiteItems, results: Sequence[str], notes: Sequence[str]) -> None:
    """Write down the results that options give, all or none."""
    for result in read_results(items, results, notes):
        items.draft.put(result)
    items.write()
    items.tell_written()


def _show(path: str, standard: Standard, day: date, borders: Borders | None) -> None:
    """Show how far the site has come with what was seen."""
    results = Results(standard, day, Summary(), survey(path, standard, day, locate=False))
    view = View(draws_ascii(borders), findings=False, all=False, fail_on=None)
    with open_output(None, is_for_people=True) as out:
        write_table(results, out, view)
