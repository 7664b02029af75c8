"""Recognizes typing mistakes in a line of a site file, and says how the line should be."""

import re
from collections.abc import Callable, Iterator

from pilot_cli.locale.message import message
from pilot_cli.site.field import Field
from pilot_cli.site.mistakes import key_names
from pilot_cli.site.mistakes.characters import codepoint, describe_space, is_odd_space, without_invisible
from pilot_cli.site.mistakes.remarks import remark
from pilot_cli.site.mistakes.spellings import DATE, only_number, spelled_number
from pilot_cli.site.mistakes.statements import begins_statement, is_closed, texts_and_remarks
from pilot_cli.site.mistakes.told import KEY, MAX_SHOWN_LENGTH, Mend, MendKind, Report, Told, corrected, tell_line
from pilot_cli.site.mistakes.toml_messages import QUOTES_ADVICE, with_example_names
from pilot_cli.site.texts import is_invisible

_COLON = re.compile(r"(\s*+)([A-Za-z0-9_-]++)\s*+:")
_FOREIGN_KEY = re.compile(r"(\s*+)([^\s=＝:：\[\]\"'][^=＝:：\[\]\"'\n]{0,63}?)(\s*)[=＝:：](.*)")
_FOREIGN_HEADER = re.compile(r"(\s*+)[\[［【]{1,2}\s*+([^\s\[\]［］【】.\"']{1,64}+)\s*+[\]］】]{1,2}(\s*+(?:#.*)?)$")
_MONTH = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}月?(?:份|底|初|中旬|上旬|下旬)?|\d{4}年?")
_REMARK_SIGN = re.compile("(?<![^\\s])#")
"""Where a remark surely begins: the # of 3#楼 is part of a name."""
_ENDS_OF_MORE = ("'", *",，、;；。", "]", "}")
"""What a text without quotes does not end with."""
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


def colon(report: Report) -> Told | None:
    """Recognize a colon where an equals sign belongs; a full-width one is told as such."""
    match = _COLON.match(report.line) if report.is_of_first_line else None
    if not match:
        return None
    what = message("A colon stands where = belongs")
    right = f"{match[1]}{match[2]} = {report.line[match.end() :].strip()}"
    kind = MendKind.PUNCTUATION if key_names.fields_called(match[2], report.within) else None
    return tell_line(what, right, report.row, match.end(), message("Write = instead."), kind)


def foreign_key(report: Report) -> Told | None:
    """Recognize a key by its Chinese label, or what else is not written as the key that it means."""
    match = _FOREIGN_KEY.match(report.line) if report.is_of_first_line else None
    if not match or match[2].startswith("＃") or without_invisible(match[2]).isascii():
        return None
    field = key_names.find_named(match[2], report.table(), report.within)
    if field is None:
        return None
    line = f"{match[1]}{field.keys[-1]}{without_invisible(match[3]) or ' '}= {match[4].lstrip()}"
    return _named(report, field, match[2], line, len(match[1]) + 1)


def foreign_header(report: Report) -> Told | None:
    """Recognize the header of a table by its Chinese label."""
    match = _FOREIGN_HEADER.match(report.line) if report.is_of_first_line else None
    field = key_names.find_named(match[2], within=report.within) if match and not match[2].isascii() else None
    if match is None or field is None or field.table is None:
        return None
    right = key_names.header(field)
    what = message("The name “{written}” has to be written in English: {right}", written=match[2], right=field.path)
    mend = Mend(MendKind.KEY, match[1] + right + match[3])
    return Told(what, message("Write: {line}", line=right), report.row, match.start(2) + 1, mend)


def _named(report: Report, field: Field, written: str, line: str, column: int) -> Told:
    key = field.keys[-1]
    what = message("The name “{written}” has to be written in English: {right}", written=written, right=key)
    header = key_names.header_of(field)
    if header and header.strip("[]") != report.table():
        return Told(what, message("Write {key} below {header}.", key=key, header=header), report.row, column)
    advice = message("Write {key} instead.", key=key)
    return tell_line(what, line, report.row, column, advice, MendKind.KEY)


def unquoted(report: Report) -> Told | None:
    """Recognize a value that lacks its quotes, has a unit, or is not there."""
    first = report.lines[report.start]
    match = KEY.match(first)
    if match and not report.is_of_first_line and not first[match.end() :].partition("#")[0].strip():
        return Told(_NOTHING, _SAME_LINE, report.start, len(first.rstrip()) + 1)
    if (
        not match
        or not report.is_of_first_line
        or not report.error.startswith(_VALUE_ERRORS)
        or report.column <= match.end()
    ):
        return None
    head, behind = match[0], report.line[match.end() :]
    sign = _REMARK_SIGN.search(behind)
    written, tail = (behind[: sign.start()], behind[sign.start() :]) if sign else (behind, "")
    value = without_invisible(written).strip()
    if not value:
        return _empty(report, match.end())
    if value[0] in "\"'[{“‘＂＇［｛，,":
        return None
    if corrected(f"key = {value}"):
        return None  # Nothing but odd spaces are wrong.
    before = written[: len(written) - len(written.lstrip())]
    head += without_invisible(before) or " "
    tail = without_invisible(written[len(written.rstrip()) :]) + tail
    column = match.end() + len(before) + 1
    for kind in (_number, _no_date, _words):
        told = kind(report, report.key, value, lambda right: head + right + tail, column)
        if told:
            return told
    return None


WholeLine = Callable[[str], str]
"""Returns the line with something in place of the value."""


_NOTHING = message("Nothing stands after the equals sign")
_FILL_IN = message("Fill it in, or delete the line if there is nothing to say.")
_SAME_LINE = message("Begin the value in the line of the equals sign.")


def _empty(report: Report, end: int) -> Told:
    column = min(max(report.column, end + 1), len(report.line) + 1)
    following = next((line for line in report.lines[report.row + 1 : report.end] if line.strip()), "")
    if following and following.strip()[0] in "\"'[“‘［":
        return Told(_NOTHING, _SAME_LINE, report.row, column)
    return Told(_NOTHING, _FILL_IN, report.row, column, _made_remark(report))


def _made_remark(report: Report) -> Mend | None:
    """Make a line that says nothing a remark, so that not even its key is lost."""
    below = (line for line in report.lines[report.row + 1 :] if line.strip() and not line.lstrip().startswith("#"))
    following = next(below, None)
    if not key_names.fields_called(report.key, report.within) or (
        following is not None and not begins_statement(following)
    ):
        return None
    return Mend(MendKind.EMPTY, f"# {report.line.strip()}")


def _number(report: Report, key: str, value: str, whole_line: WholeLine, column: int) -> Told | None:
    is_wide = any("０" <= character <= "９" for character in value[:MAX_SHOWN_LENGTH])
    number = spelled_number(value, key)
    if not key_names.is_number(key, report.within) and not (
        is_wide and number and not key_names.fields_called(key, report.within)
    ):
        return None
    if number is None:
        has_words = _has_words(value)
        number = only_number(value, key) if has_words else None
        if number is None and not has_words and (value[0] in "+-－＋" or any(map(str.isdigit, value))):
            return None
    if number is None:
        what = message("A number belongs here")
        return Told(what, message("Write it in digits, without quotes and without a unit."), report.row, column)
    what = message("A number is written without quotes and without a unit")
    if is_wide:
        what = message("The digits are full-width ones")
    elif re.fullmatch("[0-9.]+", value):
        return None  # The number by itself is the mistake: it is too large, or begins with a zero.
    right = whole_line(number.number) if number.is_in_unit_of_key else None
    kind = MendKind.NUMBER if number.is_certain and key_names.allows(key, number.number, report.within) else None
    advice = message("Write it in digits, without quotes and without a unit.")
    return tell_line(what, right, report.row, column, advice, kind)


def _has_words(value: str) -> bool:
    """Whether words are part of a value, and not a remark behind it."""
    return not {"#", "＃"} & {*value} and any(character.isalpha() and not character.isascii() for character in value)


def _no_date(report: Report, key: str, value: str, _whole_line: WholeLine, column: int) -> Told | None:
    is_month = _MONTH.fullmatch(value)
    if not key_names.is_date(key, report.within) or (
        value[0].isdigit() and not is_month and not _has_words(DATE.sub("", value))
    ):
        return None
    advice = message("Write dates as 2020-11-23; delete the line if the day is not known.")
    what = message("The day is missing from the date") if is_month else message("A date belongs here")
    return Told(what, advice, report.row, column)


def _words(report: Report, key: str, value: str, whole_line: WholeLine, column: int) -> Told | None:
    fields = key_names.fields_called(key, report.within)
    if value.rstrip("，,；;").lower() in ("true", "false") or (value[0].isdigit() and not fields):
        return None
    if key_names.is_date(key, report.within) or key_names.is_number(key, report.within):
        return None
    what, advice = QUOTES_MISSING, with_example_names(QUOTES_ADVICE, report.within)
    if report.error.startswith("missing opening quote"):
        what, value = message("The opening quote is missing"), value.removesuffix('"')
    if value.lower() in _EMPTY:
        delete = message("If there is nothing to say, delete the line.")
        return Told(what, delete, report.row, column, _made_remark(report))
    if re.search('["\\\\=＝]', value) or value.endswith(_ENDS_OF_MORE):
        return Told(what, advice, report.row, column)
    right = f'"{value}"'
    if fields and all(map(key_names.holds_list, fields)):
        if any(separator in value for separator in "、，,；; "):
            return Told(what, message('Write lists as ["…", "…"].'), report.row, column)
        right = f"[{right}]"
    is_certain = key_names.is_text(key, report.within) and "#" not in value and value.count("“") == value.count("”")
    return tell_line(what, whole_line(right), report.row, column, advice, MendKind.QUOTES if is_certain else None)


QUOTES_MISSING = message("Text has to stand between straight double quotes")


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
    match = KEY.match(line)
    body = line[match.end() :].strip() if match else ""
    right = None
    is_one_text = len(body) > 1 and body[0] == body[-1] == '"' and body.count('"') % 2 == 0 and "\\" not in body
    if match and is_one_text and not re.search(r'"\s*[,，、#=]|[\[{]\s*"', body):
        inner = re.sub('"([^"]*)"', r"“\1”", body[1:-1])
        right = f'{match[0]} "{inner}"'
    advice = message("Inside a text use “ ”.")
    return tell_line(what, right, report.row, closing + 1, advice, MendKind.QUOTES)


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
            return odd_space(report, index)
        if is_invisible(character):
            code = codepoint(character)
            right = outside_made_plain(line)
            if not right.strip():
                what = message("The line holds nothing but an invisible character ({code})", code=code)
                mend = Mend(MendKind.CHARACTER, "")
                return Told(what, message("Delete the line."), report.row, index + 1, mend)
            what = message("An invisible character ({code}) stands here", code=code)
            advice = message("Delete the character, or type the line again.")
            return tell_line(what, right, report.row, index + 1, advice, MendKind.CHARACTER)
    return None


def odd_space(report: Report, index: int) -> Told:
    """Tell of a space that is not the one of the keyboard."""
    advice = message("Replace it by an ordinary space.")
    mend = Mend(MendKind.CHARACTER, outside_made_plain(report.line))
    return Told(describe_space(report.line[index]), advice, report.row, index + 1, mend)


def outside_made_plain(line: str) -> str:
    """Leave out what cannot be seen, and make spaces those of the keyboard, outside of texts and remarks."""
    return "".join(_outside_made_plain(line))


def _outside_made_plain(line: str) -> Iterator[str]:
    position = 0
    for found in texts_and_remarks(line):
        yield without_invisible(line[position : found.start()])
        yield found[0] if is_closed(found[0]) else without_invisible(found[0])
        position = found.end()
    yield without_invisible(line[position:])
