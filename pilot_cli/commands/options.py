"""What several commands understand by their options."""

import os
from collections.abc import Iterable, Sequence
from datetime import date

from typer import BadParameter

from pilot_cli.locale import gettext as _
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.standard.load import StandardError, load_standard
from pilot_cli.standard.standard import Standard, UnknownRuleError


def parse_date(text: str | None) -> date:
    """Read ``--as-of``; without it, today. Nothing else in pilot reads the clock."""
    if text is None:
        return date.today()
    try:
        if len(text) != len("2020-11-23"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        message = _("“{text}” is not a date; write it as 2020-11-23").format(text=text)
        raise BadParameter(message, param_hint="--as-of") from None


def open_standard(name: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Standard:
    """Load ``--standard`` and take the rules of ``--select`` and ``--ignore`` from it."""
    try:
        standard = load_standard(name)
    except StandardError as error:
        raise BadParameter(str(error), param_hint="--standard") from error
    try:
        return standard.select(_split(select), _split(ignore))
    except UnknownRuleError as error:
        message = _("the standard {standard} has no rule “{name}”").format(standard=standard.name, name=error.name)
        raise BadParameter(message, param_hint="--select / --ignore") from error


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that do not exist."""
    for path in paths:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise BadParameter(_("there is no file or folder “{path}”").format(path=path), param_hint="PATH")


def _split(names: Iterable[str]) -> list[str]:
    return [name.strip() for part in names for name in part.split(",") if name.strip()]
