"""The language of an office: findings without terms that only people who fill in site files know."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.audit.plain_messages import plain_message
from pilot_cli.formats.labels import long_date
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.standard.texts import closed_up

SITE_FILE_STEM = "site"
"""What most site files are called, so that their folders say whose they are."""


def official(text: object) -> str:
    """Write a text of a ledger, which may have been recorded with blanks, as it stands in a document."""
    return closed_up(str(text))


def problem_text(finding: Finding) -> str:
    """What is wrong, without the paths of documents: these are known by what they are called."""
    return str(plain_message(finding))


def name_in_letter(site: Assessment) -> str:
    """What to call a site; one whose file cannot be read, as whoever sent it called the file."""
    return site.name or site.id or file_title(site.path)


def file_title(path: str) -> str:
    """What a file is called without its folders; where all are called the same, its folder says whose it is."""
    file = PurePosixPath(path.replace("\\", "/"))
    return file.parent.name if file.stem.casefold() == SITE_FILE_STEM and file.parent.name else file.stem


def or_blank(text: str | None) -> str:
    """A text or, where there is none, room to write it in."""
    return text or "________"


def date_or_blank(day: date | None) -> str:
    """A date or, where there is none, room to write it in."""
    return long_date(day) if day else _("____-__-__")


def listed(parts: Iterable[str]) -> str:
    """Join parts of a sentence, of which the Chinese are closer than whole clauses."""
    return _(", ").join(parts)


def full_stop(text: str) -> str:
    """End a sentence."""
    return _("{text}.").format(text=text)


def unusable_entries(number: int) -> str:
    """Say how many values could not be used: what is asked of them was not checked, which nobody else would tell."""
    text = ngettext(
        "In the materials handed in {number} entry could not be used, and what is asked of it was not checked.",
        "In the materials handed in {number} entries could not be used, and what is asked of them was not checked.",
        number,
    )
    return text.format(number=number)
