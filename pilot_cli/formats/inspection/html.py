"""The form as a page for a phone or tablet: it needs no network, and keeps what is tapped until it is saved."""

from typing import Any, TextIO

from pilot_cli.formats.inspection.content import FORM_TITLE, FORM_VERSION, InspectionForm
from pilot_cli.formats.labels import basis_line, site_name
from pilot_cli.formats.page import content_policy, page_environment, page_language, page_source
from pilot_cli.formats.report.word.wording import problem_text
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.standard.checks.inspected import result_text


def write_html(form: InspectionForm, out: TextIO) -> None:
    """Write the page: a section for each site that unfolds, with the items to tap a result for."""
    style, script = page_source(__package__, "style.css"), page_source(__package__, "script.js")
    environment = page_environment(__package__)
    environment.filters["shown"] = lambda text: printable(str(text))
    environment.filters["level"] = lambda level: printable(result_text(level))
    environment.filters["problem"] = lambda finding: printable(problem_text(finding))
    page = environment.get_template("page.html.jinja").stream(
        language=page_language(),
        policy=content_policy(style, script),
        style=style,
        script=script,
        title=_(FORM_TITLE),
        basis=basis_line(form.standard, form.day),
        form=form,
        site_name=site_name,
        words=_words(),
        version=FORM_VERSION,
    )
    out.writelines(page)


def _words() -> dict[str, Any]:
    return {
        "inspectors": _("Inspectors"),
        "day": _("Date of the inspection"),
        "result": _("Result"),
        "note": _("Problems noted"),
        "photos": _("Names of photos, with commas between"),
        "clear": _("Take the result back"),
        "problems": _("Problems that the materials show, to be looked at as well"),
        "save": _("Save the results as a file"),
        "saved": _("Saved as {name}. Bring the file back and take it in with pilot inspect --import."),
        "none": _("Nothing has been seen yet."),
        "kept": _("What you tap is kept in this browser until you delete it."),
        "not_kept": _("This browser keeps nothing: save the results before you close the page."),
        "forget": _("Delete all results from this browser"),
        "sure": _("Delete all results that are kept in this browser?"),
        "done": _("{done} of {all}"),
        "file": _("results"),
        "no_script": _("This page needs scripts; allow them in the browser."),
    }
