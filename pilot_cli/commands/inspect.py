"""``pilot inspect``: records what inspectors see on site, by asking or from options."""

import sys
from datetime import date

from typer import BadParameter

from pilot_cli.audit.results import Results
from pilot_cli.audit.summary import Summary
from pilot_cli.audit.survey import survey
from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import Borders
from pilot_cli.commands.inspect_options import InspectOptions
from pilot_cli.commands.on_site import begin_inspection, only_site, open_on_site_standard, read_results
from pilot_cli.commands.options import parse_as_of
from pilot_cli.commands.output import open_output
from pilot_cli.formats.check.table import write_table
from pilot_cli.formats.registry import View
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import gettext as _
from pilot_cli.standard.standard import Standard


def inspect(options: InspectOptions) -> int:
    """Run the command; return its exit status."""
    sites, results, notes = options.sites or ["."], options.result or (), options.note or ()
    day = parse_as_of(options.on, "--on")
    rules = open_on_site_standard(options.standard)
    if (options.form or options.import_) and (results or notes or (options.form and options.import_)):
        raise BadParameter(_("a form is written, or taken in, by itself"), param_hint="--form / --import")
    if options.form:
        from pilot_cli.commands.inspect_form import write_form

        return write_form(sites, options.form, rules, day, (options.by or "").strip())
    if options.import_:
        from pilot_cli.commands.inspect_import import import_form

        return import_form(options.import_, sites, rules)
    path = only_site(sites, rules)
    if results:
        items = begin_inspection(path, rules, day, (options.by or "").strip())
        for result in read_results(items, results, notes):
            items.draft.put(result)
        items.write()
        recorded = len(results)
    elif notes:
        raise BadParameter(_("a note belongs to a result; give both"), param_hint="--note")
    else:
        from pilot_cli.commands.inspect_asking import ask

        items, recorded = ask(path, rules, day, options.by)
    if recorded:
        console_for(sys.stderr).print(cell(_("Written: {path}").format(path=items.draft.path)))
        _show(path, rules, day, options.borders)
    return 0


def _show(path: str, standard: Standard, day: date, borders: Borders | None) -> None:
    """Show how far the site has come with what was seen."""
    results = Results(standard, day, Summary(), survey(path, standard, day, locate=False))
    view = View(draws_ascii(borders), findings=False, all=False, fail_on=None)
    with open_output(None, is_for_people=True) as out:
        write_table(results, out, view)
