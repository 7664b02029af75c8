"""Word documents that look as official documents do by GB/T 9704-2012: pages, fonts and tables.

How things look is in ``styles.xml``, so that staff who edit the document find it among the styles of Word.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from rich.cells import cell_len

from pilot_cli.formats.labels import sentence_gap
from pilot_cli.formats.report.content import Column, value_text
from pilot_cli.formats.report.content import Section as PagedTable
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language
from pilot_cli.locale import gettext as _

FOLDER = Path(__file__).parent
KEPT_RELATIONSHIPS = (
    *(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES),
    *(RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME),
)
"""The parts that are kept of the template of python-docx."""
TABLE_STYLE = "Official Table"
HALF_WIDTH = Pt(6.2)
"""The width of half a Chinese character in a table, with a little to spare."""
PADDING = Pt(9)
"""What the margins of a cell take of its width."""
MAX_UNBROKEN_ROWS = 12
MAX_UNBROKEN_LONG_ROWS = 3
"""Tables with no more rows than this, of a line or of several, stand on one page."""
SHORT_WIDTHS = range(6, 21)
LONG_WIDTHS = range(24, 49)
"""How wide short and long texts may make a column, in halves of Chinese characters."""
LAST_ROW_BIT = 0x0040
"""The bit of a table's look that sets off the last row."""
MAX_TEXT_LENGTH = 2_000
"""The most characters of a text that are shown; a longer one is a mistake, and would fill pages."""
MAX_PROPERTY_LENGTH = 255
"""The most characters that python-docx allows in a property of a file."""
MIN_PROPERTY_DATE = date(1980, 1, 1)
"""Programs may not read an earlier date among the properties of a file."""


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "Body Text"
    TITLE = "Title"
    SUBTITLE = "Subtitle"
    HEADING = "Heading 1"
    ANNEX = "Annex Heading"
    SALUTATION = "Salutation"
    SIGNATURE = "Signature"
    CAPTION = "Caption"
    FIGURE = "Figure"
    TEXT = "Table Text"
    NUMBER = "Table Number"
    HEADER = "Table Head"
    NOTE = "Table Note"
    LEAD = "Heading 2 Char"
    """A heading of the second level that runs into its paragraph."""


class PageLayout(NamedTuple):
    """The size of a page, its margins, and how far its number stands from the lower edge."""

    width: Length
    height: Length
    top: Length
    right: Length
    bottom: Length
    left: Length
    footer: Length


PORTRAIT = PageLayout(Mm(210), Mm(297), top=Mm(37), right=Mm(26), bottom=Mm(35), left=Mm(28), footer=Mm(23))
LANDSCAPE = PageLayout(Mm(297), Mm(210), top=Mm(28), right=Mm(35), bottom=Mm(26), left=Mm(37), footer=Mm(14))
"""The same page lying on its side."""


class OfficialDocument:
    """A document that is written from top to bottom; no text in it is trusted."""

    def __init__(self, title: str, as_of: date) -> None:
        self.document = Document()
        self._apply_styles()
        properties = self.document.core_properties
        properties.title = printable(title)[:MAX_PROPERTY_LENGTH]
        properties.author = properties.last_modified_by = "pilot"
        properties.comments = ""
        # The same sites make the same file, whenever it is made.
        properties.created = properties.modified = datetime.combine(max(as_of, MIN_PROPERTY_DATE), time())
        page = self.document.sections[0]
        self._lay_out(page, PORTRAIT)
        self._number_pages(page)
        self.paragraph(title, Style.TITLE)

    def paragraph(self, text: str, style: Style = Style.BODY) -> Paragraph:
        """Write a paragraph, or a heading."""
        paragraph = self.document.add_paragraph(style=style)
        _add_text(paragraph, text)
        return paragraph

    def heading(self, number: int, text: str) -> None:
        """Write the numbered heading of a part."""
        self.paragraph(_("{number}. {heading}").format(number=numeral(number), heading=text), Style.HEADING)

    def caption(self, title: str) -> None:
        """Write the title of a table, above it."""
        self.paragraph(_("Table: {title}").format(title=title), Style.CAPTION)

    def point(self, lead: str, text: str) -> None:
        """Write a paragraph that begins with a heading of its own."""
        paragraph = self.document.add_paragraph(style=Style.BODY)
        _add_text(paragraph, lead, Style.LEAD)
        _add_text(paragraph, sentence_gap() + text)

    def table(self, section: PagedTable) -> None:
        """Draw a table as wide as the text, whose headers are repeated on every page."""
        columns = section.columns
        rows = [[value_text(value) for value in row] for row in section.rows]
        table = self.document.add_table(0, len(columns), TABLE_STYLE)
        table.autofit = False
        widths = _widths(columns, rows, self._text_width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        headers = [column.title for column in columns]
        _set_flag(_add_row(table, widths, headers, [Style.HEADER] * len(headers)), "w:tblHeader")
        if rows:
            _add_rows(table, widths, rows, [Style.NUMBER if column.is_number else Style.TEXT for column in columns])
        if len(rows) <= (MAX_UNBROKEN_LONG_ROWS if any(column.is_long for column in columns) else MAX_UNBROKEN_ROWS):
            _keep_together(table)
        if section.has_totals:
            _set_off_last_row(table)

    def annexes(self, sections: Iterable[PagedTable]) -> None:
        """Write sections as numbered annexes, on landscape pages."""
        page = self.document.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE
        self._lay_out(page, LANDSCAPE)
        for number, section in enumerate(sections, 1):
            self.paragraph(_("Annex {number}: {title}").format(number=number, title=section.title), Style.ANNEX)
            self.table(section)
            if section.note:
                self.paragraph(section.note, Style.NOTE)

    def write(self, out: BinaryIO) -> None:
        """Write the document; the same content makes the same bytes."""
        draft, final = BytesIO(), BytesIO()
        self.document.save(draft)
        with ZipFile(draft) as source, ZipFile(final, "w") as target:
            for name in source.namelist():
                # A new ZipInfo has the same date every time.
                target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
        out.write(final.getvalue())

    def _apply_styles(self) -> None:
        """Replace the styles, settings and fonts of the template of python-docx."""
        for element, name in ((self.document.styles.element, "styles"), (self.document.settings.element, "settings")):
            element[:] = parse_xml((FOLDER / f"{name}.xml").read_bytes())[:]
        part = self.document.part
        for relations in (part.rels, part.package.rels):
            for key in [key for key, relation in relations.items() if relation.reltype not in KEPT_RELATIONSHIPS]:
                del relations[key]
        fonts = (FOLDER / "fontTable.xml").read_bytes()
        name = PackURI("/word/fontTable.xml")
        part.relate_to(Part(name, CONTENT_TYPE.WML_FONT_TABLE, fonts, part.package), RELATIONSHIP_TYPE.FONT_TABLE)

    def _lay_out(self, page: Section, layout: PageLayout) -> None:
        page.page_width, page.page_height, *margins, page.footer_distance = layout
        page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = margins
        self._text_width = layout.width - layout.left - layout.right

    @staticmethod
    def _number_pages(page: Section) -> None:
        for footer, style in ((page.footer, "Footer"), (page.even_page_footer, "Footer Even")):
            paragraph = footer.paragraphs[0]
            paragraph.style = style
            paragraph.add_run("— ")
            field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.append(parse_xml(field))
            paragraph.add_run(" —")


def numeral(number: int) -> str:
    """Write a number up to ten as headings are numbered."""
    return _("1 2 3 4 5 6 7 8 9 10").split()[number - 1]


def _add_text(paragraph: Paragraph, text: str, style: Style | None = None) -> None:
    run = paragraph.add_run(_safe(text), style)
    if current_language() is Language.CHINESE:
        # Chinese and Latin fonts both have quotation marks and dashes; this chooses the Chinese ones.
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _add_row(table: Table, widths: Sequence[Length], texts: Sequence[str], styles: Sequence[Style]) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _set_flag(row, "w:cantSplit")
    for cell, width, text, style in zip(row.cells, widths, texts, styles, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        _add_text(paragraph, text)
    return row


def _add_rows(table: Table, widths: Sequence[Length], rows: Sequence[Sequence[str]], styles: Sequence[Style]) -> None:
    """Add rows as copies of one: there may be thousands."""
    model = _add_row(table, widths, ["-"] * len(styles), styles)._tr
    table._tbl.remove(model)
    for texts in rows:
        row = deepcopy(model)
        for place, text in zip(row.iter(qn("w:t")), texts, strict=True):
            place.text = _safe(text)
            place.set(qn("xml:space"), "preserve")
        table._tbl.append(row)


def _keep_together(table: Table) -> None:
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _set_off_last_row(table: Table) -> None:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:val"), f"{int(look.get(qn('w:val')), 16) | LAST_ROW_BIT:04X}")
    look.set(qn("w:lastRow"), "1")


def _safe(text: str) -> str:
    """Return a text with its control characters escaped, shortened if it is too long."""
    safe = printable(text)
    return safe if len(safe) <= MAX_TEXT_LENGTH else f"{safe[:MAX_TEXT_LENGTH]}…"


def _set_flag(row: _Row, flag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(flag))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], total: int) -> list[Length]:
    """Give short columns the width that they need, and the rest to the long ones, or to all if none is long."""
    wanted = []
    for column, *texts in zip(columns, *rows, strict=True):
        bounds = LONG_WIDTHS if column.is_long else SHORT_WIDTHS
        # Headers are bold, and a word that is broken in one looks like a mistake.
        longest = max(cell_len(column.title) + 2, *(cell_len(_safe(text)) for text in texts), 0)
        wanted.append(min(max(longest, bounds[0]), bounds[-1]) * HALF_WIDTH + PADDING)
    stretch = [column.is_long for column in columns]
    if not any(stretch):
        stretch = [True] * len(columns)
    taken = sum(width for width, gives in zip(wanted, stretch, strict=True) if not gives)
    factor = (total - taken) / (sum(wanted) - taken)
    return [Length(round(width * factor) if gives else width) for width, gives in zip(wanted, stretch, strict=True)]
