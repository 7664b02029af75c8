"""How figures and days of the ledger are written."""

from datetime import date

from pilot_cli.formats.scores import rounded
from pilot_cli.locale import ngettext
from pilot_cli.locale.message import message

NOTHING = "–"
_BARS = "▁▂▃▄▅▆▇█"
_ASCII_BARS = "_.-=+*#@"


def score_text(score: float | None) -> str:
    """Write a score, rounded half up to one decimal."""
    return NOTHING if score is None else f"{rounded(score):.1f}"


def day_text(day: date | None) -> str:
    """Write a day for a table."""
    return NOTHING if day is None else day.isoformat()


def iso(day: date | None) -> str | None:
    """Write a day for a program."""
    return None if day is None else day.isoformat()


def day_label(day: date) -> str:
    """Write a day in a sentence."""
    return str(message("{day}", day=day))


def late_text(state: str, days: int) -> str:
    """Say of a state that it is late."""
    return ngettext("{state}, {days} day late", "{state}, {days} days late", days).format(state=state, days=days)


def kept_text(state: str, periods: int) -> str:
    """Say of a state how many periods have been kept in it."""
    text = ngettext("{state}, kept {kept} period", "{state}, kept {kept} periods in a row", periods)
    return text.format(state=state, kept=periods)


def sparkline(values: list[float | None], *, ascii: bool) -> str:
    """Draw values as bars from their least to their greatest; a blank where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    bars, least, range = (_ASCII_BARS if ascii else _BARS), min(known), max(known) - min(known)
    step = range / (len(bars) - 1) if range else 1
    return "".join(" " if value is None else bars[round((value - least) / step)] for value in values)
