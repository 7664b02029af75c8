"""Recognizes what people type wrong in a line of a site file, and says how the line should be."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from unicodedata import normalize

import rtoml

from pilot_cli.locale.message import Message, message
from pilot_cli.site.field import Field
from pilot_cli.site.mistakes import key_names
from pilot_cli.site.mistakes.characters import codepoint, describe_space, is_odd_space, without_invisible
from pilot_cli.site.mistakes.statements import (
    begins_statement,
    is_closed,
    looks_like_remark,
    texts_and_remarks,
    without_texts,
)
from pilot_cli.site.texts import is_invisible

MAX_SHOWN_LENGTH = 120
"""A longer line is not written out as it should be."""


class Told(NamedTuple):
    """What is wrong, what to do about it, and where; the row counts from 0, the column from 1."""

    what: Message
    advice: Message
    row: int
    column: int


class Report(NamedTuple):
    """What rtoml reports of a text; rows count from 0, columns from 1."""

    error: str
    row: int
    column: int
    lines: list[str]
    """Those of the text; what was told before is taken out of it."""
    original: list[str]
    start: int
    """The row where the statement begins."""
    end: int
    """The row where surely no more of it stands."""

    @property
    def line(self) -> str:
        """The line that the report is about."""
        return self.lines[self.row]

    @property
    def is_of_first_line(self) -> bool:
        """Whether the statement begins in the line."""
        return self.start == self.row

    def table(self) -> str:
        """Return the dotted path of the table that the line stands in, as far as its header can be read."""
        for row in range(self.row, -1, -1):
            header = _HEADER.match(self.original[row])
            if header and row < self.row:
                return header[1]
        return ""


_HEADER = re.compile(r"\s*+[\[［【]{1,2}\s*+([a-z_][a-z_0-9.]*+)\s*+[\]］】]")
_KEY = re.compile(r"(\s*+)([A-Za-z0-9_-]++)[^\S\n]*+=")
_COLON = re.compile(r"\s*+([A-Za-z0-9_-]++)\s*+:")
_FOREIGN_KEY = re.compile(r"(\s*+)([^\s=＝:：\[\]\"'][^=＝:：\[\]\"'\n]{0,63}?)\s*([=＝:：])(.*)")
_FOREIGN_HEADER = re.compile(r"\s*+[\[［【]{1,2}\s*+([^\s\[\]［］【】.\"']{1,64}+)\s*+[\]］】]{1,2}\s*+$")
_NUMBER = re.compile(r"(?:约|近|共|大约)?\s*+([0-9]{1,18}(?:\.[0-9]{1,9})?)\s*+(?:[^\W\da-zA-Z_]{1,6}|m2)?")
_FIGURES = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?")
_MONTH = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}月?(?:份|底|初|中旬|上旬|下旬)?|\d{4}年?")
_REMARK_MARK = re.compile(r"//+|--+|;+|/\*+|<!--+")
_REMARK_NAME = re.compile(r"\s*+(?:备注|注|说明|注意|备忘|待办|提示)\s*+[:：]")
_REMARK_BEHIND = re.compile(r"(?<=\s)//")
_EMPTY = frozenset(("null", "none", "nil", "undefined", "nan", "n/a"))
_VALUE_ERRORS = (
    *("string values must be quoted", "missing opening quote", "invalid float", "invalid integer", "invalid boolean"),
    *("invalid date", "invalid time", "invalid datetime", "invalid fraction", "invalid exponent", "invalid mantissa"),
    *("unexpected leading zero", "invalid offset", "unexpected key or value", "`_` may only", "integer number"),
)


def recognize_line(report: Report) -> Told | None:
    """Recognize a mistake that makes a line what it should not be; full-width punctuation comes after it."""
    for kind in (remark, colon, foreign_key, foreign_header, unquoted):
        told = kind(report)
        if told:
            return told
    return None


def remark(report: Report) -> Told | None:
    """Recognize a remark without its sign."""
    line = report.line
    text = line.strip()
    column = len(line) - len(line.lstrip()) + 1
    mark = _REMARK_MARK.match(text)
    if report.is_of_first_line and (mark or _is_remark_of_words(report)):
        right = text[mark.end() :] if mark else text
        right = without_invisible(right.removesuffix("*/").removesuffix("-->")).strip()
    elif report.is_of_first_line and (behind := _REMARK_BEHIND.search(without_texts(line))):
        column = behind.start() + 1
        right = line[behind.end() :].strip()
        line_as_it_should_be = corrected(f"{line[: behind.start()].rstrip()}  # {right}")
        if not line_as_it_should_be:
            return None
        return _told(message("A remark has to begin with #"), line_as_it_should_be, report.row, column)
    else:
        return None
    advice = message("Write: {line}", line=f"# {right}") if len(right) <= MAX_SHOWN_LENGTH else _BEGIN_REMARK
    return Told(message("A remark has to begin with #"), advice, report.row, column)


_BEGIN_REMARK = message("Put # before the remark.")


def _is_remark_of_words(report: Report) -> bool:
    line = report.line
    if _REMARK_NAME.match(line):
        return True
    name = re.split("[:：]", line, maxsplit=1)[0]
    return looks_like_remark(line) and not key_names.find_named(name, report.table())


def colon(report: Report) -> Told | None:
    """Recognize a colon where an equals sign belongs; a full-width one is told as such."""
    match = _COLON.match(report.line) if report.is_of_first_line else None
    if not match:
        return None
    what = message("A colon stands where = belongs")
    right = corrected(f"{match[1]} = {report.line[match.end() :].strip()}")
    return _told(what, right, report.row, match.end(), message("Write = instead."))


def foreign_key(report: Report) -> Told | None:
    """Recognize a key by its Chinese label, or what else is not written as the key that it means."""
    match = _FOREIGN_KEY.match(report.line) if report.is_of_first_line else None
    if not match or without_invisible(match[2]).isascii():
        return None
    field = key_names.find_named(match[2], report.table())
    if field is None:
        return None
    return _named(report, field, match[2], f"{match[1]}{field.keys[-1]} = {match[4].strip()}", len(match[1]) + 1)


def foreign_header(report: Report) -> Told | None:
    """Recognize the header of a table by its Chinese label."""
    match = _FOREIGN_HEADER.match(report.line) if report.is_of_first_line else None
    field = key_names.find_named(match[1]) if match and not match[1].isascii() else None
    if match is None or field is None or field.table is None:
        return None
    right = f"[[{field.path}]]" if field.is_list else f"[{field.path}]"
    what = message("The name “{written}” has to be written in English: {right}", written=match[1], right=field.path)
    return Told(what, message("Write: {line}", line=right), report.row, match.start(1) + 1)


def _named(report: Report, field: Field, written: str, line: str, column: int) -> Told:
    key = field.keys[-1]
    what = message("The name “{written}” has to be written in English: {right}", written=written, right=key)
    header = key_names.header_of(field)
    if header and header.strip("[]") != report.table():
        return Told(what, message("Write {key} below {header}.", key=key, header=header), report.row, column)
    return _told(what, corrected(line), report.row, column, message("Write {key} instead.", key=key))


def unquoted(report: Report) -> Told | None:
    """Recognize a value that lacks its quotes, has a unit, or is not there."""
    first = report.lines[report.start]
    match = _KEY.match(first)
    if match and not report.is_of_first_line and not first[match.end() :].partition("#")[0].strip():
        return Told(_NOTHING, _SAME_LINE, report.start, len(first.rstrip()) + 1)
    if (
        not match
        or not report.is_of_first_line
        or not report.error.startswith(_VALUE_ERRORS)
        or report.column <= match.end()
    ):
        return None
    written, hash, behind = report.line[match.end() :].partition("#")
    value = without_invisible(written).strip()
    if not value:
        return _empty(report, match.end())
    if value[0] in "\"'[{“‘＂＇［｛，,":
        return None
    if corrected(f"key = {value}"):
        return None  # Nothing but odd spaces are wrong.
    key = match[2]
    head, tail = f"{match[0]} ", f"  #{behind}" if hash else ""
    column = len(report.line) - len(report.line[match.end() :].lstrip()) + 1
    for kind in (_number, _no_date, _words):
        told = kind(report, key, value, lambda right: corrected(head + right + tail), column)
        if told:
            return told
    return None


Correct = Callable[[str], str | None]


_NOTHING = message("Nothing stands after the equals sign")
_FILL_IN = message("Fill it in, or delete the line if there is nothing to say.")
_SAME_LINE = message("Begin the value in the line of the equals sign.")


def _empty(report: Report, end: int) -> Told:
    column = min(max(report.column, end + 1), len(report.line) + 1)
    following = next((line for line in report.lines[report.row + 1 : report.end] if line.strip()), "")
    goes_on = following and following.strip()[0] in "\"'[“‘［"
    return Told(_NOTHING, _SAME_LINE if goes_on else _FILL_IN, report.row, column)


def _number(report: Report, key: str, value: str, correct: Correct, column: int) -> Told | None:
    plain = normalize("NFKC", value[:MAX_SHOWN_LENGTH])
    is_wide = any("０" <= character <= "９" for character in value[:MAX_SHOWN_LENGTH])
    number = _NUMBER.fullmatch(plain)
    if not key_names.is_number(key) and not (is_wide and number and not key_names.fields_called(key)):
        return None
    figures = [number[1]] if number else _FIGURES.findall(plain)
    if number is None and (len(figures) != 1 or not _has_words(plain) or plain[0] in "+-"):
        if not _has_words(plain) and (figures or plain[0] in "+-"):
            return None
        what = message("A number belongs here")
        return Told(what, message("Write it in digits, without quotes and without a unit."), report.row, column)
    whole, point, fraction = figures[0].partition(".")
    right = correct((whole.lstrip("0") or "0") + point + fraction)
    what = message("A number is written without quotes and without a unit")
    if is_wide:
        what = message("The digits are full-width ones")
    elif plain == figures[0]:
        return None  # The number by itself is the mistake: it is too large, or begins with a zero.
    return _told(what, right, report.row, column, message("Write it in digits, without quotes and without a unit."))


def _has_words(value: str) -> bool:
    """Whether words are part of a value, and not a remark behind it."""
    return not {"#", "＃"} & {*value} and any(character.isalpha() and not character.isascii() for character in value)


def _no_date(report: Report, key: str, value: str, _correct: Correct, column: int) -> Told | None:
    is_month = _MONTH.fullmatch(value)
    if not key_names.is_date(key) or (value[0].isdigit() and not is_month and not _has_words(_DAY.sub("", value))):
        return None
    advice = message("Write dates as 2020-11-23; delete the line if the day is not known.")
    what = message("The day is missing from the date") if is_month else message("A date belongs here")
    return Told(what, advice, report.row, column)


def _words(report: Report, key: str, value: str, correct: Correct, column: int) -> Told | None:
    fields = key_names.fields_called(key)
    if value.rstrip("，,；;").lower() in ("true", "false") or (value[0].isdigit() and not fields):
        return None
    if key_names.is_date(key) or key_names.is_number(key):
        return None
    what, advice = QUOTES_MISSING, QUOTES_ADVICE
    if report.error.startswith("missing opening quote"):
        what, value = message("The opening quote is missing"), value.removesuffix('"')
    if value.lower() in _EMPTY:
        return Told(what, message("If there is nothing to say, delete the line."), report.row, column)
    if '"' in value or "\\" in value or value.endswith(("'", ",", "，", "]", "}")):
        return Told(what, advice, report.row, column)
    right = f'"{value}"'
    if fields and all(map(key_names.holds_list, fields)):
        if any(separator in value for separator in "、，,；; "):
            return Told(what, message('Write lists as ["…", "…"].'), report.row, column)
        right = f"[{right}]"
    return _told(what, correct(right), report.row, column, advice)


QUOTES_MISSING = message("Text has to stand between straight double quotes")
QUOTES_ADVICE = message('Put text between straight double quotes, e.g. name = "…".')


def quotes_in_quotes(report: Report) -> Told | None:
    """Recognize straight quotes inside a text, which end it too early."""
    line, index = report.line, report.column - 1
    if not report.error.startswith(
        ("unexpected key or value", "missing comma between", "string values", "key with no")
    ):
        return None
    closing = _early_end(line, index)
    if closing is None:
        return None
    what = message("Straight quotes stand inside a text, which they end")
    match = _KEY.match(line)
    body = line[match.end() :].strip() if match else ""
    right = None
    is_one_text = len(body) > 1 and body[0] == body[-1] == '"' and body.count('"') % 2 == 0 and "\\" not in body
    if match and is_one_text and not re.search(r'"\s*[,，、#=]|[\[{]\s*"', body):
        inner = re.sub('"([^"]*)"', r"“\1”", body[1:-1])
        right = corrected(f'{match[0]} "{inner}"')
    advice = message("Inside a text use “ ”.")
    return _told(what, right, report.row, closing + 1, advice)


def _early_end(line: str, index: int) -> int | None:
    """Find the quote right before a place, after which the text goes on and later ends."""
    before = line[:index]
    if not before.endswith('"') or index >= len(line) or line.find('"', index) == -1:
        return None
    follows = line[index]
    if not (follows.isalnum() or follows in "（(《“〔"):
        return None
    return None if begins_statement(line[index:]) else index - 1


def invisible(report: Report, bare: str) -> Told | None:
    """Recognize what cannot be seen in a line, outside of texts and remarks."""
    line = report.line
    for index, character in enumerate(bare):
        if is_odd_space(character) and character != "\u3000":
            advice = message("Replace it by an ordinary space.")
            return Told(describe_space(character), advice, report.row, index + 1)
        if is_invisible(character):
            code = codepoint(character)
            if not without_invisible(line).strip():
                what = message("The line holds nothing but an invisible character ({code})", code=code)
                return Told(what, message("Delete the line."), report.row, index + 1)
            what = message("An invisible character ({code}) stands here", code=code)
            right = corrected("".join(_outside_made_plain(line)))
            advice = message("Delete the character, or type the line again.")
            return _told(what, right, report.row, index + 1, advice)
    return None


def _outside_made_plain(line: str) -> Iterator[str]:
    position = 0
    for found in texts_and_remarks(line):
        yield without_invisible(line[position : found.start()])
        yield found[0] if is_closed(found[0]) else without_invisible(found[0])
        position = found.end()
    yield without_invisible(line[position:])


def corrected(line: str) -> str | None:
    """Return a line as it should be, if that is a line that can be read and shown."""
    line = line.strip()
    if len(line) > MAX_SHOWN_LENGTH:
        return None
    try:
        rtoml.loads(line)
    except ValueError:
        return None
    return line


def _told(what: Message, line: str | None, row: int, column: int, advice: Message = _BEGIN_REMARK) -> Told:
    return Told(what, message("Write: {line}", line=line) if line else advice, row, column)
