"""How figures and days of the ledger are written."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pilot_cli.locale.message import message

NOTHING = "–"
_BARS = "▁▂▃▄▅▆▇█"
_ASCII_BARS = "_.-=+*#@"


def score_text(score: float | None) -> str:
    """Write a score, rounded half up to one decimal."""
    if score is None:
        return NOTHING
    # 12 digits: a mean of scores is no exact number.
    return str(Decimal(f"{score:.12g}").quantize(Decimal("0.1"), ROUND_HALF_UP))


def rounded(score: float | None) -> float | None:
    """Round half up to one decimal."""
    return None if score is None else float(score_text(score))


def day_text(day: date | None) -> str:
    """Write a day for a table."""
    return NOTHING if day is None else day.isoformat()


def iso(day: date | None) -> str | None:
    """Write a day for a program."""
    return None if day is None else day.isoformat()


def day_label(day: date) -> str:
    """Write a day in a sentence."""
    return str(message("{day}", day=day))


def sparkline(values: list[float | None], *, ascii: bool) -> str:
    """Draw values as bars from their least to their greatest; a blank where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    bars, least, range = (_ASCII_BARS if ascii else _BARS), min(known), max(known) - min(known)
    step = range / (len(bars) - 1) if range else 1
    return "".join(" " if value is None else bars[round((value - least) / step)] for value in values)
