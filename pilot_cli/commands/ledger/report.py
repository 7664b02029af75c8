"""``pilot ledger report``: documents on rectification, to hand on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer import BadParameter, echo

from pilot_cli.commands.borders import draws_ascii
from pilot_cli.commands.choices import DocumentKind
from pilot_cli.commands.filters import split_values
from pilot_cli.commands.ledger.opening import LedgerSettings, read_ledger_settings
from pilot_cli.commands.ledger.options import DocumentOptions
from pilot_cli.commands.options import parse_as_of
from pilot_cli.commands.progress import WRITING, show_progress
from pilot_cli.commands.targets import SEPARATORS, Target, choose_targets, open_targets
from pilot_cli.formats.ledger.content import LedgerDocument, name_of
from pilot_cli.formats.registry import LEDGER_DOCUMENTS, View, document_command
from pilot_cli.ledger.rectification import LedgerSite, Rectification, SiteChoice, read_rectification
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.rule_info import Severity

LETTERS = (DocumentKind.NOTICE, DocumentKind.REMINDER)
"""The documents that are for one site each."""


def report(context: Any, kind: DocumentKind, options: DocumentOptions) -> int:
    """Run the command; return its exit status."""
    as_of = parse_as_of(options.as_of)
    outputs = options.output or ()
    folder = _folder_of(outputs) if kind in LETTERS else None
    targets = [] if folder else _choose_targets(kind, outputs, options.format)
    choice = SiteChoice(split_values(options.site, "--site"), split_values(options.city, "--city"))
    settings = read_ledger_settings(context, options.ledger)
    with settings.ledger.reading() as connection:
        rectification = read_rectification(connection, as_of, choice)
    if kind in LETTERS:
        _write_letters(kind, rectification, settings, folder, targets)
    else:
        document = LedgerDocument(rectification, settings.documents, settings.thresholds)
        _write(document, targets, View(draws_ascii(options.borders, outputs)))
    return 0


def _folder_of(outputs: Sequence[str]) -> Path | None:
    """Return the folder that letters go to, where the output is one: that exists, or that is written as one."""
    if len(outputs) != 1 or outputs[0] in ("", "-"):
        return None
    path = Path(outputs[0])
    return path if outputs[0].endswith(SEPARATORS) or path.is_dir() or not path.suffix else None


def _choose_targets(kind: DocumentKind, outputs: Sequence[str], format: str | None) -> list[Target]:
    formats = LEDGER_DOCUMENTS[kind]
    if format and format not in [one.name for one in formats]:
        text = _("a document of the kind {kind} is written as {formats}")
        names = _(", ").join(one.name for one in formats)
        raise BadParameter(text.format(kind=kind, formats=names), param_hint="--format")
    return choose_targets(document_command(kind), outputs, format)


def _write(result: object, targets: Sequence[Target], view: View) -> None:
    with open_targets(targets) as (outs, _progress):
        for target, out in zip(targets, outs, strict=True):
            target.format.write(result, out, view)


def _write_letters(
    kind: DocumentKind,
    rectification: Rectification,
    settings: LedgerSettings,
    folder: Path | None,
    targets: Sequence[Target],
) -> None:
    """Write a letter to each site that has a reason to get one."""
    from pilot_cli.commands.letters import LetterFolder, LetterName
    from pilot_cli.formats.ledger.letters import LedgerNotice, Reminder
    from pilot_cli.formats.report.notice_index import IndexRow

    letter_of = LedgerNotice if kind is DocumentKind.NOTICE else Reminder
    sites = [site for site in rectification.sites if letter_of.chosen(site)]
    if not sites:
        echo(_nothing(kind), err=True)
        return
    if folder is None:
        site = _only(sites, kind)
        _write(letter_of(site, settings.documents, rectification.as_of), targets, View())
        return
    letters = LetterFolder(folder, letter_of.index_title(), "--output")
    is_numbered = settings.documents.office.document_number is not None
    with show_progress(folder, is_streamed=False) as progress:
        progress.begin(WRITING, len(sites))
        for number, site in enumerate(sites, 1):
            letter = letter_of(site, settings.documents, rectification.as_of, number)
            row = IndexRow(
                letter.document_number if is_numbered else "",
                name_of(site),
                site.city,
                {severity: letter.count(severity) for severity in Severity},
            )
            letters.write(LetterName(name_of(site), site.city, site.id, letter.title), row, letter.write)
            progress.advance(1)
    letters.finish(rectification.as_of)
    letters.tell_written(_written(kind, len(sites)))


def _only(sites: Sequence[LedgerSite], kind: DocumentKind) -> LedgerSite:
    """Return the only one of the sites.

    Raises:
        BadParameter: there are several, and one file is for one.
    """
    if len(sites) > 1:
        text = _("{number} sites get one each: name a folder ({example}), or one of them with --site")
        example = f"pilot {document_command(kind)} -o letters/"
        raise BadParameter(text.format(number=len(sites), example=example), param_hint="--output")
    return sites[0]


def _nothing(kind: DocumentKind) -> str:
    if kind is DocumentKind.NOTICE:
        return _("There is nothing to be put right, so that no notice was written.")
    return _("No problem is overdue, so that no reminder was written.")


def _written(kind: DocumentKind, number: int) -> str:
    if kind is DocumentKind.NOTICE:
        return ngettext(
            "Written: {path} ({number} notice, and an index)",
            "Written: {path} ({number} notices, and an index)",
            number,
        )
    return ngettext(
        "Written: {path} ({number} reminder, and an index)",
        "Written: {path} ({number} reminders, and an index)",
        number,
    )
