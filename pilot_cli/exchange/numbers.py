"""Reads numbers as people write them into ledgers: with units, 约, in any width, in Chinese."""

import re
from functools import lru_cache

from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message
from pilot_cli.site.answer import parse_number
from pilot_cli.site.field import Field
from pilot_cli.site.texts import nfkc
from pilot_cli.site.value_types import NumbersAbove

_PEOPLE = ("人", "名", "个", "位", "户", "份")
_UNITS = {
    "area_m2": ("m2", "平方米", "平米", "平方", "平"),
    "term_years": ("年",),
    "year": ("年度", "年"),
    "groups": ("个", "组"),
}
"""The units of fields that do not count people, by their keys, as NFKC leaves them."""
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_ABOUT = re.compile(r"^(?:约|大约|大概|共|合计|近)|(?:左右|整)$")
_NEVER_MEANT = {
    re.compile(r"[%‰]|百分之|成$"): N_("it is a percentage"),
    re.compile(r"[¥$€]|元$|万$|亿$"): N_("it is a sum of money"),
    re.compile(r"\d\D{0,4}[-~\u2013\u2014\u223c至到]+\s*\d"): N_("it is a range of numbers"),
}
_DIGITS = {
    character: value
    for value, characters in enumerate(
        ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


@lru_cache(10_000)
def read_amount(text: str, field: Field) -> int | float | None:
    """Return the number that a text means, or None if it is none.

    Raises:
        CellError: it is a percentage, a sum of money or a range, which are never meant to be one of these numbers.
    """
    plain = "".join(nfkc(text).split())
    number = parse_number(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
    if not isinstance(number, str):
        return number
    for pattern, problem in _NEVER_MEANT.items():
        if pattern.search(plain):
            raise CellError(Mistake.NO_NUMBER, message(problem), number_advice(field))
    bare = _without_unit(_ABOUT.sub("", plain), field)
    number = parse_number(bare.replace(",", "") if _THOUSANDS.fullmatch(bare) else bare)
    return number if not isinstance(number, str) else parse_chinese_number(bare)


def _without_unit(text: str, field: Field) -> str:
    units = _UNITS.get(str(field.keys[-1]), _PEOPLE)
    unit = next((unit for unit in units if len(text) > len(unit) and text.lower().endswith(unit)), "")
    return text[: len(text) - len(unit)]


def number_advice(field: Field) -> Message:
    """Say what to type in a column of numbers."""
    if isinstance(field.limits, NumbersAbove):
        return message("type the number alone, such as {example}", example="36.5")
    example = {"year": 2020, "term_years": 3}.get(str(field.keys[-1]), 5)
    return message("type the number alone, such as {example}", example=example)


def parse_chinese_number(text: str) -> int | None:
    """Return a whole number below 10,000 that is written in Chinese: 五, 十二, 一百零五, 二〇二〇."""
    if not text or not all(character in _DIGITS or character in _POWERS for character in text):
        return None
    if not any(character in _POWERS for character in text):
        # 五六 may be five or six.
        is_number = len(text) in (1, 4) or (len(text) < 4 and not {*text}.isdisjoint("〇零○"))
        return int("".join(str(_DIGITS[character]) for character in text)) if is_number else None
    total, digit, last_power = 0, 0, 10_000
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            power = _POWERS[character]
            if power >= last_power:
                return None
            total, digit, last_power = total + (digit or 1) * power, 0, power
    return total + digit
