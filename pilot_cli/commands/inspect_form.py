"""``pilot inspect SITES --form FILE``: writes the form that inspectors take along."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from typer import BadParameter, echo

from pilot_cli.audit.assess import assess
from pilot_cli.commands.on_site import rules_that_apply
from pilot_cli.commands.output import explain_write_errors, open_output, tell_file_written
from pilot_cli.formats.inspection.content import FormSite, InspectionForm, form_site
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import NoSiteFilesError, SiteFiles, SkipReason
from pilot_cli.site.inspections_reader import load_inspections
from pilot_cli.site.reader import load_site
from pilot_cli.standard.periods import months_after
from pilot_cli.standard.standard import Standard

MAX_SITES = 1000
"""More sites than a group of inspectors visits."""
SUFFIXES = (".docx", ".xlsx", ".html")


def write_form(files: SiteFiles, file: Path, standard: Standard, day: date, by: str) -> int:
    """Write a form for all sites; return the exit status.

    Raises:
        NoSiteFilesError: there are none.
    """
    if file.suffix.lower() not in SUFFIXES:
        text = _("a form ends in one of {suffixes}").format(suffixes=_(", ").join(SUFFIXES))
        raise BadParameter(text, param_hint="--form")
    sites = list(_sites(files, standard, day))
    if not sites:
        raise BadParameter(_("no site that can be read has an on-site item"), param_hint="SITE")
    form = InspectionForm(standard, day, by, sites)
    with open_output(file, is_for_people=False, hint="--form") as out, explain_write_errors(file, "--form"):
        match file.suffix.lower():
            case ".docx":
                from pilot_cli.formats.inspection.docx import write_docx

                write_docx(form, out.buffer)
            case ".xlsx":
                from pilot_cli.formats.inspection.xlsx import write_xlsx

                write_xlsx(form, out.buffer)
            case _:
                from pilot_cli.formats.inspection.html import write_html

                write_html(form, out)
    tell_file_written(file)
    return 0


def _sites(files: SiteFiles, standard: Standard, day: date) -> Iterator[FormSite]:
    """Yield what is to be looked at, site by site; name those that cannot be read."""
    found = 0
    path = None
    ids: dict[str, str] = {}
    for path in files:
        site = assess(load_site(path), standard, day, locate=False)
        if site.is_standard and files.skip(path, SkipReason.STANDARD):
            continue
        if not site.is_readable or site.id is None:
            echo(printable(_("Left out, as it cannot be read or has no ID: {path}").format(path=path)), err=True)
            continue
        if site.id in ids:
            text = _("{path} and {other} have the same ID").format(path=ids[site.id], other=path)
            raise BadParameter(text, param_hint="SITE")
        ids[site.id] = path
        rules = rules_that_apply(site, standard)
        if not rules:
            continue
        found += 1
        if found > MAX_SITES:
            raise BadParameter(_("a form is for at most {number} sites").format(number=MAX_SITES), param_hint="SITE")
        seen = load_inspections(path).seen()
        latest = {}
        for rule in rules:
            check = standard.on_site[rule]
            one = seen.latest(rule, check.levels, months_after(day, -check.valid_months), day)
            if one:
                latest[rule] = one
        yield form_site(site, standard, rules, latest)
    if path is None:
        raise NoSiteFilesError
