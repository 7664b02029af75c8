"""Which ledger a command is about, who calls it, and what the settings say of it."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from typer import BadParameter, echo

from pilot_cli.formats.report.documents import Deadlines, DocumentSettings
from pilot_cli.formats.text import printable
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.lights import Thresholds
from pilot_cli.ledger.location import USUAL_NAME, Location, LocationError, parse_location
from pilot_cli.ledger.watch import DEFAULT_PERIODS_TO_CLOSE
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import settings_in_force
from pilot_cli.settings.search import user_folder
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.built_in_marks import built_in_placeholders

if TYPE_CHECKING:
    from pilot_cli.settings.model import Ledger as LedgerTable


class LedgerSettings(NamedTuple):
    """What holds for a call."""

    ledger: Ledger
    who: str | None
    """None where nobody says who it is."""
    deadlines: Mapping[Severity, int]
    periods_to_close: int
    documents: DocumentSettings
    thresholds: Thresholds

    @property
    def person(self) -> str:
        """Who it is.

        Raises:
            BadParameter: nobody says.
        """
        if not self.who:
            raise BadParameter(_("say who you are"), param_hint="--by")
        return self.who


def read_ledger_settings(context: Any, ledger: str | None, by: str | None = None) -> LedgerSettings:
    """Find the ledger and what holds for it: options beat settings.

    Raises:
        BadParameter: what is said of the place of the ledger cannot be used, or somebody is named by nothing.
    """
    if by is not None and by in built_in_placeholders():
        raise BadParameter(_("say who you are"), param_hint="--by")
    settings = settings_in_force(context)
    folder = os.path.dirname(settings.file.path) if settings else ""
    is_of_user = bool(settings) and folder == user_folder()
    person = settings.office.person if settings else None
    periods = settings.ledger.periods_to_close if settings else None
    return LedgerSettings(
        Ledger(_location(ledger, settings.ledger.url if settings else None, folder, is_of_user=is_of_user)),
        (by or "").strip() or person or _login_name(),
        _days(settings.deadlines) if settings else {},
        periods or DEFAULT_PERIODS_TO_CLOSE,
        settings.for_documents if settings else DocumentSettings(),
        _thresholds(settings.ledger) if settings else Thresholds(),
    )


def _thresholds(said: "LedgerTable") -> Thresholds:
    names = Thresholds._fields
    return Thresholds(**{name: value for name in names if (value := getattr(said, name)) is not None})


def _location(option: str | None, setting: str | None, folder: str, *, is_of_user: bool) -> Location:
    try:
        if option:
            return parse_location(option)
        if setting:
            return parse_location(setting, folder)
    except LocationError as error:
        raise BadParameter(str(error.reason), param_hint="--ledger" if option else "ledger.url") from error
    # The settings of a user hold everywhere, and are no place for a ledger.
    return parse_location(USUAL_NAME, "" if is_of_user else folder)


def _days(deadlines: Deadlines) -> dict[Severity, int]:
    days = {Severity.ERROR: deadlines.error, Severity.WARNING: deadlines.warning}
    return {severity: number for severity, number in days.items() if number is not None}


def _login_name() -> str | None:
    from getpass import getuser

    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return None


def tell_journal(ledger: Ledger) -> None:
    """Say that a ledger on a network drive is kept with care, and what is better for many."""
    if ledger.is_on_network:
        text = _("{ledger} is on a network drive: one person at a time can write; for several, use PostgreSQL")
        echo(printable(text.format(ledger=ledger.location)), err=True)
