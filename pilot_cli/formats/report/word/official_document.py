"""Word documents in the layout of official documents (GB/T 9704-2012): pages, fonts and tables.

How things look is in ``styles.xml``, so that staff who edit the document find it among the styles of Word.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from pilot_cli.formats.labels import sentence_gap
from pilot_cli.formats.report.content import Section as Annex
from pilot_cli.formats.report.word.table import MAX_TEXT_LENGTH, TableText, table_element
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language
from pilot_cli.locale import gettext as _

FOLDER = Path(__file__).parent
KEPT_RELATIONSHIPS = (
    *(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES),
    *(RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME),
)
"""The parts that are kept of the template of python-docx."""
MAX_PROPERTY_LENGTH = 255
"""The most characters that python-docx allows in a property of a file."""
MIN_PROPERTY_DATE = date(1980, 1, 1)
"""Programs may not read an earlier date among the properties of a file."""
UNBROKEN_SHARE = 0.85
"""A table that takes at most this share of the height of a page is kept on one page."""
SPACE_BELOW_TABLE = Pt(8)
PAGE_NUMBER_WIDTH = Mm(8)
"""How much room the number of a turned page takes across."""


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "Body Text"
    ISSUER = "Issuer"
    NUMBER = "Document Number"
    TITLE = "Title"
    HEADING = "Heading 1"
    POINT = "Heading 2"
    ANNEX = "Annex Heading"
    SALUTATION = "Salutation"
    ENCLOSURE = "Enclosure"
    SIGNATURE = "Signature"
    DATE = "Date"
    COPIES = "Copies"
    CUT = "Cut Line"
    RECEIPT_TITLE = "Receipt Title"
    RECEIPT = "Receipt"
    RECEIPT_BODY = "Receipt Body"
    CAPTION = "Caption"
    FIGURE = "Figure"
    NOTE = "Table Note"
    LEAD = "Heading 2 Char"
    """A heading of the second level that runs into its paragraph."""

    @property
    def id(self) -> str:
        """How ``styles.xml`` knows it; python-docx would look the name up among all styles each time."""
        return self.value.replace(" ", "")


class PageLayout(NamedTuple):
    """The size of a page, its margins, and how far its number stands from the lower edge."""

    width: Length
    height: Length
    top: Length
    right: Length
    bottom: Length
    left: Length
    footer: Length

    @property
    def text_width(self) -> Length:
        """The width between the margins."""
        return Length(self.width - self.left - self.right)

    @property
    def text_height(self) -> Length:
        """The height between the margins."""
        return Length(self.height - self.top - self.bottom)


PORTRAIT = PageLayout(Mm(210), Mm(297), top=Mm(37), right=Mm(26), bottom=Mm(35), left=Mm(28), footer=Mm(23))
LANDSCAPE = PageLayout(
    PORTRAIT.height,
    PORTRAIT.width,
    top=PORTRAIT.left,
    right=PORTRAIT.top,
    bottom=PORTRAIT.right,
    left=PORTRAIT.bottom,
    footer=Mm(14),
)
"""The same page turned clockwise: its left edge, where it is bound, is on top."""


class OfficialDocument:
    """A document that is written from top to bottom; no text in it is trusted."""

    def __init__(self, title: str, as_of: date, *, is_turned: bool = False) -> None:
        self.document = _blank_document()
        self._layout = PORTRAIT
        if is_turned:
            self._lay_on_side(self.document.sections[0])
        self._tables = self._figures = 0
        self._is_below_table = False
        self._last: Paragraph | None = None
        """The last paragraph, unless a table came after it."""
        properties = self.document.core_properties
        properties.title = printable(title)[:MAX_PROPERTY_LENGTH]
        properties.author = properties.last_modified_by = "pilot"
        properties.comments = ""
        # The same sites make the same file, whenever it is made.
        properties.created = properties.modified = datetime.combine(max(as_of, MIN_PROPERTY_DATE), time())

    def paragraph(self, text: str, style: Style = Style.BODY) -> Paragraph:
        """Write a paragraph, or a heading."""
        paragraph = self._new_paragraph(style)
        _add_text(paragraph, text)
        if self._is_below_table:
            paragraph.paragraph_format.space_before = SPACE_BELOW_TABLE
            self._is_below_table = False
        self._last = paragraph
        return paragraph

    def keep_with_next(self) -> None:
        """Let the last paragraph end on the page where the next one begins."""
        if self._last is not None:
            self._last.paragraph_format.keep_with_next = True

    def heading(self, number: int, text: str) -> None:
        """Write the numbered heading of a part."""
        self.paragraph(_("{number}. {heading}").format(number=numeral(number), heading=text), Style.HEADING)

    def subheading(self, number: int, text: str) -> None:
        """Write the numbered heading of a section of a part."""
        self.paragraph(_("({number}) {heading}").format(number=numeral(number), heading=text), Style.POINT)

    def point(self, number: int, lead: str, text: str) -> None:
        """Write a paragraph that begins with a numbered heading of its own."""
        self._last = paragraph = self._new_paragraph(Style.BODY)
        _add_text(paragraph, _("({number}) {lead}.").format(number=numeral(number), lead=lead), Style.LEAD)
        _add_text(paragraph, sentence_gap() + text)

    def table(self, title: str, table: TableText) -> None:
        """Draw a table below its number and title."""
        self._tables += 1
        caption = _("Table {number}: {title}").format(number=self._tables, title=title)
        self.paragraph(caption, Style.CAPTION)
        self._draw(table)

    def number_tables_anew(self) -> None:
        """Let the next table be the first: what follows is handed on by itself."""
        self._tables = 0

    def figure_caption(self, title: str) -> None:
        """Write the number and title of a figure."""
        self._figures += 1
        self.paragraph(_("Figure {number}: {title}").format(number=self._figures, title=title), Style.CAPTION)

    def annexes(self, annexes: Iterable[Annex], *, are_turned: bool = True) -> None:
        """Write sections as numbered annexes on separate pages, in landscape format if turned."""
        if are_turned:
            self._turn_page()
        for number, annex in enumerate(annexes, 1):
            heading = self.paragraph(_("Annex {number}: {title}").format(number=number, title=annex.title), Style.ANNEX)
            heading.paragraph_format.page_break_before = not are_turned and number == 1
            self._draw(TableText(annex.columns, annex.rows, annex.has_totals))
            if annex.note:
                self.paragraph(annex.note, Style.NOTE)

    def write(self, out: BinaryIO) -> None:
        """Write the document; the same content makes the same bytes."""
        draft, final = BytesIO(), BytesIO()
        self.document.save(draft)
        with ZipFile(draft) as source, ZipFile(final, "w") as target:
            for name in source.namelist():
                # A new ZipInfo has the same date every time.
                target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
        out.write(final.getvalue())

    def _new_paragraph(self, style: Style) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = style.id
        return paragraph

    def _draw(self, table: TableText) -> None:
        height = Length(round(self._layout.text_height * UNBROKEN_SHARE))
        element = table_element(table, self._layout.text_width, height)
        self.document.element.body._insert_tbl(element)
        self._is_below_table = True
        self._last = None

    def _turn_page(self) -> None:
        self._lay_on_side(self.document.add_section(WD_SECTION.NEW_PAGE))

    def _lay_on_side(self, page: Section) -> None:
        self._layout = LANDSCAPE
        page.orientation = WD_ORIENT.LANDSCAPE
        _lay_out(page, LANDSCAPE)
        for footer, style in _footers(page):
            footer.is_linked_to_previous = False
            _number_turned_page(footer, style)


def numeral(number: int) -> str:
    """Write a number up to ten as headings are numbered."""
    return _("1 2 3 4 5 6 7 8 9 10").split()[number - 1]


def _add_text(paragraph: Paragraph, text: str, style: Style | None = None) -> None:
    safe = printable(text)
    run = paragraph.add_run(safe if len(safe) <= MAX_TEXT_LENGTH else f"{safe[:MAX_TEXT_LENGTH]}…")
    if style:
        run._r.style = style.id
    if current_language() is Language.CHINESE:
        # Chinese and Latin fonts both have quotation marks and dashes; this chooses the Chinese ones.
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


@cache
def _template() -> bytes:
    """Make an empty document with our styles, pages and page numbers, once for all."""
    document = Document()
    for element, name in ((document.styles.element, "styles"), (document.settings.element, "settings")):
        element[:] = parse_xml((FOLDER / f"{name}.xml").read_bytes())[:]
    part = document.part
    for relations in (part.rels, part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in KEPT_RELATIONSHIPS]:
            del relations[key]
    fonts = (FOLDER / "fontTable.xml").read_bytes()
    name = PackURI("/word/fontTable.xml")
    part.relate_to(Part(name, CONTENT_TYPE.WML_FONT_TABLE, fonts, part.package), RELATIONSHIP_TYPE.FONT_TABLE)
    page = document.sections[0]
    _lay_out(page, PORTRAIT)
    for footer, style in _footers(page):
        paragraph = footer.paragraphs[0]
        paragraph.style = style
        _add_page_number(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _blank_document() -> WordDocument:
    return Document(BytesIO(_template()))


def _lay_out(page: Section, layout: PageLayout) -> None:
    page.page_width, page.page_height, *margins, page.footer_distance = layout
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = margins


def _footers(page: Section) -> tuple[tuple[_Footer, str], ...]:
    """The footers of odd and of even pages, with their styles."""
    return (page.footer, "Footer"), (page.even_page_footer, "Footer Even")


def _add_page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ")
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
    paragraph.add_run(" —")


def _number_turned_page(footer: _Footer, style: str) -> None:
    """Put the number where it is on the other pages once all lie the same way: at the left edge, turned clockwise."""
    paragraph = footer.paragraphs[0]
    for child in list(paragraph._p):
        paragraph._p.remove(child)
    paragraph.style = style
    _add_page_number(paragraph)
    turned = deepcopy(paragraph._p)
    for child in list(paragraph._p)[1:]:
        paragraph._p.remove(child)
    left = LANDSCAPE.left - Mm(7) - PAGE_NUMBER_WIDTH
    table: Any = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page"'
        f' w:tblpX="{Length(left).twips}" w:tblpY="{LANDSCAPE.top.twips}"/>'
        f'<w:tblW w:w="{PAGE_NUMBER_WIDTH.twips}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{PAGE_NUMBER_WIDTH.twips}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{LANDSCAPE.text_height.twips}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{PAGE_NUMBER_WIDTH.twips}" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>'
        "</w:tc></w:tr></w:tbl>"
    )
    (cell,) = table.iter(qn("w:tc"))
    cell.append(turned)
    paragraph._p.addprevious(table)
