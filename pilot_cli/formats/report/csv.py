"""``--format csv``: one row per site, for Excel."""

from typing import TextIO

from pilot_cli.formats.csv import cell, new_rows
from pilot_cli.formats.registry import View
from pilot_cli.formats.report.content import Report, Value, value_text
from pilot_cli.formats.report.site_rows import site_columns, site_row
from pilot_cli.locale import gettext as _


def write_csv(report: Report, out: TextIO, _view: View) -> None:
    """Write a row for each site, also for those that cannot be read."""
    rows = new_rows(out)
    rows.writerow([*site_columns(), _("As of")])
    for site in report.assessments:
        rows.writerow([*map(_plain, site_row(site)), report.as_of.isoformat()])


def _plain(value: Value) -> str | int | float:
    match value:
        case None:
            return ""
        case int() | float():
            return value
        case _:
            return cell(value_text(value))
