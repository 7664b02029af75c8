"""Recognizes rows of a table that are not entries: totals, notes, captions, and explanations of the columns."""

import re
from collections.abc import Sequence
from typing import Any

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.header_names import normalized
from pilot_cli.exchange.headers import Headers
from pilot_cli.exchange.left_out import LeftOut

_TOTAL = re.compile(r"(?:本页|本表|全市|全省|全区)?(?:合计|小计|总计|共计|累计)(?:[\d(].*)?|.{1,8}(?:合计|小计|总计)")
_NOTE = re.compile(
    r"\s*(?:注|备注|说明|填表说明|填报说明|填报要求|填报单位|填报人|填报时间|填报日期|填表单位|填表人|填表时间|填表日期|制表人?|制表单位|制表时间|制表日期|审核人?|"
    r"复核人?|审批人?|经办人|联系人|联系方式|联系电话|电话|手机|单位负责人|分管领导|负责人|报送单位|报送时间|报送日期|单位|日期|盖章|"
    r"(?:单位)?[(（]盖章[)）]|统计时间|截止时间)\s*\d?\s*(?:[(（][^（()）]*[)）])?\s*[:：]",
)
_CONTINUED = re.compile(r"\s*(?:[(（]?\d{1,2}[)）.、．]|[(（]?[一二三四五六七八九十]{1,2}[)）、.]|[①-⑳])")
"""How the next line of a note may begin."""
_CAPTION = re.compile(
    r"\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|.*(?:市|区|县|类|部分)\s*(?:[(（].*[)）])?\s*[:：]?$"
)
_EXPLANATION = re.compile(
    r"\s*[(（【]?\s*(?:必填|选填|可选|可不填|不填|请|填写|填报|下拉|单选|多选|可多选|格式|示例[:：]|例[:：如]|如[:：]|自动|以.+为准|按.+填|yyyy|"
    r"YYYY|年[/月]|文本|数字|整数|日期$|是/否|有/无|打[√✓勾]|√)"
)
MIN_NUMBERED = 3
"""The fewest columns that are numbered in a row of their own."""
_COLUMN_NUMBER = re.compile(r"[(（]?(\d{1,3}|[A-Z]{1,2}|[①-⑳]|[甲乙丙丁戊己])[)）]?")


def kind_below_headers(cells: Sequence[ReadCell]) -> LeftOut | None:
    """Say what a row right below the headers is, if it only numbers or explains the columns."""
    filled = [str(cell).strip() for cell in cells if not is_blank(cell)]
    is_numbered = all(_COLUMN_NUMBER.fullmatch(text.removesuffix(".0")) for text in filled)
    if is_numbered and len({*filled}) == len(filled) >= MIN_NUMBERED:
        return LeftOut.EXPLANATION
    explaining = sum(bool(_EXPLANATION.match(text)) for text in filled)
    return LeftOut.EXPLANATION if filled and 2 * explaining >= len(filled) else None


def row_kind(
    headers: Headers[Any], cells: Sequence[ReadCell], id: int | None, before: LeftOut | None
) -> LeftOut | None:
    """Say why a row is no entry, or None if it is one.

    Args:
        headers: The headers above it.
        cells: Its cells.
        id: Where the id or the name of a site stands in it.
        before: What the row before it was.
    """
    filled = [(place, str(cell)) for place, cell in enumerate(cells) if not is_blank(cell)]
    if not filled:
        return None
    if len(filled) > 1 and all(normalized(text) in headers.texts.get(place, ()) for place, text in filled):
        return LeftOut.HEADER
    first = filled[0][1]
    if _NOTE.match(first) or (before is LeftOut.NOTE and len(filled) == 1 and _CONTINUED.match(first)):
        return LeftOut.NOTE
    known = [text for place, text in filled if place in headers.columns or place in headers.numbering]
    in_front = filled[: 1 + (filled[0][0] in headers.numbering)]
    if any(_TOTAL.fullmatch("".join(text.split())) for _place, text in in_front) or (
        id is not None and known and _TOTAL.fullmatch(normalized(cells[id]))
    ):
        return LeftOut.TOTAL
    return None


def is_note(cell: ReadCell) -> bool:
    """Whether a cell has a note, or says who filled in the table and when."""
    return isinstance(cell, str) and bool(_NOTE.match(cell))


def is_caption(cells: Sequence[ReadCell], width: int) -> bool:
    """Whether a row has a text alone that is merged over most of the table: the name of what follows."""
    filled = [str(cell) for cell in cells if not is_blank(cell)]
    return len(filled) == 1 and 2 * width > len(cells) and bool(_CAPTION.match(filled[0]))


def is_blank(cell: ReadCell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return isinstance(cell, str) and not cell.strip()
