"""The frame of every official document: sender, number, addressee, signature and contact."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import BinaryIO

from pilot_cli.formats.report.content import Section
from pilot_cli.formats.report.documents import DocumentSettings
from pilot_cli.formats.report.word.official_document import OfficialDocument, Style
from pilot_cli.formats.report.word.wording import date_or_blank, listed, or_blank
from pilot_cli.locale import gettext as _


def begin_letter(
    title: str, addressee: str | None, documents: DocumentSettings, as_of: date, number: int | None
) -> OfficialDocument:
    """Begin a document with its sender, its number, its title and whom it is for."""
    paper = OfficialDocument(title, as_of)
    paper.paragraph(or_blank(documents.office.name), Style.ISSUER)
    paper.paragraph(document_number(documents, as_of, number), Style.NUMBER)
    paper.paragraph(title, Style.TITLE)
    paper.paragraph(_("To: {name}").format(name=or_blank(addressee)), Style.SALUTATION)
    return paper


def addressee_of(branch: str | None, superior: str | None) -> str | None:
    """Whom a letter about a branch is for: the branch, through the Party organization above it."""
    if branch and superior:
        return _("{superior}, to be passed on to {branch}").format(superior=superior, branch=branch)
    return branch or superior


def document_number(documents: DocumentSettings, as_of: date, number: int | None) -> str:
    """The number of a document; what is not known is left to be written in."""
    pattern = documents.number_pattern(as_of)
    if pattern is None:
        return _("No. ____ of ____")
    return pattern.replace("{n}", "____" if number is None else str(number))


def write_letter(
    paper: OfficialDocument,
    documents: DocumentSettings,
    parts: Iterable[tuple[str, Callable[[], None]]],
    annexes: Sequence[Section],
    out: BinaryIO,
) -> None:
    """Write a document that has begun: its parts under numbered headings, its end, and its annexes."""
    for number, (heading, write_part) in enumerate(parts, 1):
        paper.heading(number, heading)
        write_part()
    end_letter(paper, documents, [annex.title for annex in annexes], [])
    paper.annexes(annexes)
    paper.write(out)


def end_letter(
    paper: OfficialDocument, documents: DocumentSettings, enclosures: Sequence[str], copies: Iterable[str | None]
) -> None:
    """Name what is enclosed, sign and date the document, and say whom to ask and who gets a copy."""
    office = documents.office
    if len(enclosures) == 1:
        paper.paragraph(_("Enclosure: {name}").format(name=enclosures[0]), Style.ENCLOSURE)
    for number, name in enumerate(enclosures, 1):
        if len(enclosures) > 1:
            # The others stand below the first name.
            text = _("Enclosures: {number}. {name}") if number == 1 else "\u3000" * 3 + _("{number}. {name}")
            paper.paragraph(text.format(number=number, name=name), Style.ENCLOSURE)
    # Nobody signs a page on which nothing else stands.
    paper.keep_with_next()
    paper.paragraph(or_blank(office.name), Style.SIGNATURE)
    paper.paragraph(date_or_blank(office.issued_on), Style.DATE)
    contact = _("(Contact: {person}; telephone: {phone})")
    paper.paragraph(contact.format(person=or_blank(office.person), phone=or_blank(office.phone)))
    paper.keep_with_next()
    receivers = listed(filter(None, (*copies, office.copy_to))) or or_blank(None)
    paper.paragraph(_("Copy to: {names}.").format(names=receivers), Style.COPIES)


def write_receipt(paper: OfficialDocument, title: str, number: str, documents: DocumentSettings) -> None:
    """Write what is to be sent back by whoever has received the document."""
    paper.paragraph(_("(tear off here and send back)"), Style.CUT)
    paper.paragraph(_("Receipt of the {title}").format(title=title), Style.RECEIPT_TITLE)
    paper.paragraph(_("To: {name}").format(name=or_blank(documents.office.name)), Style.RECEIPT)
    text = _("We received the {title} ({number}) on {day}, and will put right what it asks for.")
    body = text.format(title=title, number=number, day=date_or_blank(None))
    paper.paragraph(body, Style.RECEIPT_BODY)
    paper.paragraph(_("Received for (seal): ____"), Style.RECEIPT)
    last = paper.paragraph(_("Received by: ____ Telephone: ____"), Style.RECEIPT)
    last.paragraph_format.keep_with_next = False
