"""Numbers and dates as people write them."""

import re
from datetime import date
from typing import NamedTuple

from pilot_cli.site.texts import nfkc

MAX_SPELLING_LENGTH = 40
"""No spelling of a number or date is longer."""

_NUMBER = re.compile(r"(约|近|共|大约)?\s*+([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*+([^\W\da-zA-Z_]{1,8}|m2)?")
_ONLY_NUMBER = re.compile(r"(?<![A-Za-z0-9.])([0-9]{1,15}(?:\.[0-9]{1,6})?)(?![0-9])\s*+(m2|[^\W\da-zA-Z_]*+)")
_VAGUE = ("约", "近", "大约")
_COUNTED = frozenset(
    ("名", "人", "个", "位", "人次", "组", "个组", "次", "名党员", "名正式党员", "名预备党员", "个党小组")
)
_YEARS = frozenset(("年",))
_UNITS = {
    "area_m2": frozenset(("m2", "平方米", "平米", "平方", "平")),
    "term_years": _YEARS,
    "year": frozenset(("年", "年度")),
}
"""By key, the units that its number is in anyway; those of other keys count people and the like."""

DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号])?")
"""A date in one of the usual spellings; its groups are numbers."""


class SpelledNumber(NamedTuple):
    """A number as people write it."""

    number: str
    """How TOML writes it."""
    is_rough: bool
    is_in_unit_of_key: bool
    """Whether nothing is lost with the unit: 45亩 are not 45㎡."""

    @property
    def is_certain(self) -> bool:
        """Whether the number says all that was meant."""
        return self.is_in_unit_of_key and not self.is_rough


def spelled_number(text: str, key: str) -> SpelledNumber | None:
    """Understand a number, with or without a unit, in digits of any width, as the value of a key."""
    found = _NUMBER.fullmatch(nfkc(text).strip()) if len(text) <= MAX_SPELLING_LENGTH else None
    if not found:
        return None
    return SpelledNumber(_toml(found[2]), found[1] in _VAGUE, _is_unit_of(key, found[3]))


def only_number(text: str, key: str) -> SpelledNumber | None:
    """Find the only number among words, such as 6人（含预备）; they may say more than it does."""
    found = list(_ONLY_NUMBER.finditer(nfkc(text)))
    if len(found) != 1 or nfkc(text).lstrip()[0] in "+-":
        return None
    return SpelledNumber(_toml(found[0][1]), is_rough=True, is_in_unit_of_key=_is_unit_of(key, found[0][2]))


def _toml(number: str) -> str:
    whole, point, fraction = number.partition(".")
    return (whole.lstrip("0") or "0") + point + fraction


def _is_unit_of(key: str, unit: str | None) -> bool:
    return not unit or unit in _UNITS.get(key, _COUNTED)


def spelled_date(text: str) -> date | None:
    """Understand a date in one of the usual spellings, in digits of any width."""
    found = DATE.fullmatch(nfkc(text).strip()) if len(text) <= MAX_SPELLING_LENGTH else None
    return date_of(found) if found else None


def date_of(found: re.Match[str]) -> date | None:
    """Return the day of a date that was found, if there is such a day."""
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
