"""The form as an Excel workbook: a sheet for each site, filled in on a tablet or a computer and imported."""

from typing import BinaryIO

from pilot_cli.formats.inspection.content import (
    DAY,
    FORM_COLUMNS,
    FORM_TITLE,
    INSPECTORS,
    ITEM_ID,
    SITE_ID,
    STANDARD,
    FormSite,
    InspectionForm,
)
from pilot_cli.formats.labels import site_name
from pilot_cli.formats.xlsx import HEADER, HEADER_HEIGHT, NOTE, PLAIN, SIDE_MARGINS, Sheet, StyledCell, WorkbookWriter
from pilot_cli.locale import gettext as _

WIDTHS = (16, 6, 24, 6, 11, 44, 13, 30, 12)
RESULT_COLUMN = 6
MAX_CHOICES_LENGTH = 250
"""The most characters of a list of choices, which Excel allows 255 of."""
MAX_SHEET_NAME = 24
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LABEL = PLAIN._replace(bold=True)
_TITLE = PLAIN._replace(bold=True, size=16, wraps=False, indent=0)
_CELL = PLAIN._replace(line_below=True)
_CENTRED = _CELL._replace(centred=True, indent=0)
_ENTRY = _CELL._replace(fill="#FFF9E5")
"""What is to be filled in."""
_TECHNICAL = _CELL._replace(colour="#7F7F7F")


def write_xlsx(form: InspectionForm, out: BinaryIO) -> None:
    """Write the workbook."""
    with WorkbookWriter(out, _(FORM_TITLE), form.day) as book:
        for number, site in enumerate(form.sites, 1):
            _write_sheet(book, form, site, number)


def _write_sheet(book: WorkbookWriter, form: InspectionForm, site: FormSite, number: int) -> None:
    # Names of sheets are to differ, whatever the sites are called.
    name = f"{number} {site_name(site.site).translate(_FORBIDDEN)}"[:MAX_SHEET_NAME].strip()
    sheet = Sheet(book, "".join(filter(str.isprintable, name)), dict(enumerate(WIDTHS)))
    sheet.add([(_(FORM_TITLE), _TITLE)], 26)
    for label, text in (*site.facts(), (_(SITE_ID), site.site.id or ""), (_(STANDARD), form.standard.name)):
        sheet.add([(label, _LABEL), (None, PLAIN), (text, PLAIN._replace(wraps=False, indent=0))])
    for label, value in ((_(INSPECTORS), form.by), (_(DAY), form.day)):
        sheet.add([(label, _LABEL), (None, PLAIN), (value or " ", _ENTRY)])
    head = sheet.rows
    sheet.add([*((_(title), HEADER) for title in FORM_COLUMNS), (_(ITEM_ID), HEADER)], HEADER_HEIGHT)
    for place, item in enumerate(site.items, 1):
        choices = list(item.levels)
        if sum(map(len, choices)) + len(choices) < MAX_CHOICES_LENGTH:
            options = {"validate": "list", "source": choices, "error_type": "warning"}
            sheet.worksheet.data_validation(sheet.rows, RESULT_COLUMN, sheet.rows, RESULT_COLUMN, options)
        row: list[StyledCell] = [
            *((item.area, _CELL), (place, _CENTRED), (item.title, _CELL), (item.points, _CENTRED)),
            *((item.method, _CENTRED), (item.hints, _CELL)),
            *((" ", _ENTRY), (" ", _ENTRY)),
            (item.rule, _TECHNICAL),
        ]
        sheet.add(row, 2 * HEADER_HEIGHT)
    sheet.add(())
    sheet.add([(_("Inspectors (signed):"), NOTE), *[(None, NOTE)] * 4, (_("For the site (signed):"), NOTE)])
    sheet.finish()
    sheet.worksheet.freeze_panes(head + 1, 0)
    sheet.worksheet.set_margins(left=SIDE_MARGINS, right=SIDE_MARGINS)
