"""What a cell means as a value of the site format, however people have written it."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import Any

from pilot_cli.exchange.books.details import FailedCell, ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake, error_value, not_calculated
from pilot_cli.exchange.cells import NOTHING, TextCells
from pilot_cli.exchange.dates import read_date
from pilot_cli.exchange.left_out import Tally
from pilot_cli.exchange.marks import digits_lost, meaning
from pilot_cli.exchange.names import TextKind
from pilot_cli.exchange.numbers import number_advice, read_amount
from pilot_cli.formats.excel_limits import MAX_DIGITS
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.field import Field, FieldKind
from pilot_cli.site.mistakes.near_word import meant_word
from pilot_cli.site.mistakes.validation_messages import describe_value
from pilot_cli.site.texts import plain
from pilot_cli.site.value_types import MAX_INTEGER, NumbersAbove
from pilot_cli.site.words import Frequency, Word

TomlValue = Any
"""A value as TOML has it; None where a cell says nothing."""
ReadValue = Callable[[ReadCell, Tally], TomlValue]
"""Reads a cell and counts what it leaves out; raises ``CellError`` where the field cannot hold what it says."""

PEOPLE = frozenset({"owner", "recorder", "lecturer", "host", "lead", "members", "liaison", "instructor"})
"""The keys of fields that hold names of people."""
OFFICER = "Officer"
_BETWEEN_WORDS = re.compile(r"[、，,；;/\s]+")
_ALL = re.compile(r"(?:全部|全|均有|齐全|都有|[一二三四五六七八九十\d]+[项有]?(?:齐全|全有|均有|俱全|都有))")
_YES = frozenset({*"√✔✓☑●", "是", "有", "y", "yes", "1", "true", "已有", "具备", "已建", "已"})
_NO = frozenset({*"×✗✘☒xX", "否", "无", "没有", "n", "no", "0", "false", "未建", "未"})


def text_kind(field: Field) -> TextKind:
    """Tell what the texts of a field are."""
    key = field.keys[-1]
    if key in PEOPLE or (key == "name" and field.within.__name__ == OFFICER):
        return TextKind.PERSON
    return {"covers": TextKind.UNIT, "documents": TextKind.FILE, "photos": TextKind.FILE}.get(str(key), TextKind.TEXT)


@cache
def text_cells(kind: TextKind) -> TextCells:
    """Return what reads and writes the texts of a kind."""
    return TextCells(kind)


@cache
def reader(field: Field, word: str | None = None) -> ReadValue:
    """Return the function that reads the cells of a column; ``word`` is that of a column for one word of a list."""
    if word:
        return lambda cell, _tally: _read_tick(cell, word)
    if field.words:
        read_word = _word_list_reader(field.words) if field.is_list else _word_reader(field.words)
        return lambda cell, _tally: read_word(as_text(cell))
    if field.kind is FieldKind.NUMBER:
        return lambda cell, _tally: _read_number(cell, field)
    if field.kind is FieldKind.DATE:
        read_day = _read_due if field.keys[-1] == "due" else read_date
        return lambda cell, _tally: read_day(cell)
    texts = text_cells(text_kind(field))
    read = texts.read_list if field.is_list else texts.read
    return lambda cell, tally: read(cell if isinstance(cell, str) else as_text(cell), tally)


def read_id(cell: ReadCell) -> str:
    """Read an id or a name that tells which site it is, without the blanks around it; nothing is an empty text.

    Raises:
        CellError: Excel has made something else of it, or it is an error value.
    """
    return (text_cells(TextKind.TEXT).read(as_text(cell), Tally()) or "").strip()


def failure(cell: FailedCell) -> CellError:
    """Return what to tell of a cell that failed."""
    return error_value(cell.error) if cell.error else not_calculated()


def as_text(cell: ReadCell) -> str:
    """Return a cell as text, also one that Excel took for a number, a time or a truth value."""
    match cell:
        case str():
            return cell
        case FailedCell():
            raise failure(cell)
        case bool():
            return str(cell).upper()
        case float() | int():
            if abs(cell) >= 10**MAX_DIGITS:
                # Perhaps the number of an identity card, whose last digits are gone.
                raise digits_lost(cell)
            return str(int(cell)) if cell == int(cell) else str(cell)
        case time():
            return cell.isoformat("minutes")
        case date() | timedelta():
            shown = cell.isoformat() if isinstance(cell, date) else cell
            problem = message("Excel has made the date {date} of it", date=str(shown))
            raise CellError(Mistake.NO_TEXT, problem, message("format the column as text, and type it again"))


def _word_reader(words: type[Word]) -> Callable[[str], str | None]:
    known = {word.value: word.value for word in words}

    @lru_cache(10_000)
    def read(text: str) -> str | None:
        if text in known:
            return text
        if plain(text) in known:
            return plain(text)
        if meaning(text) is None:
            return None
        meant = meant_word(text, list(words))
        if meant and meant.kind and meant.word in plain(text):
            return meant.word
        raise _no_word(text, words, meant.word if meant else None)

    return read


def _word_list_reader(words: type[Word]) -> Callable[[str], list[str] | None]:
    read_word = _word_reader(words)

    def read(text: str) -> list[str] | None:
        if text.strip() == NOTHING:
            return []
        if _ALL.fullmatch(plain(text)):
            return [word.value for word in words]
        found = [word for part in _BETWEEN_WORDS.split(text) if part and (word := read_word(part)) is not None]
        return found or None

    return read


def _no_word(text: str, words: type[Word], near: str | None) -> CellError:
    listed = message("one of the words of the list: {words}", words=NameList(tuple(word.value for word in words)))
    problem = message("{given} is not {expected}", given=describe_value(text), expected=listed)
    advice = message("Did you mean “{word}”?", word=near) if near else message("type a word of the list")
    return CellError(Mistake.NO_WORD, problem, advice)


def _read_tick(cell: ReadCell, word: str) -> list[str] | None:
    """Read a cell below a head that is a word of a list: the word if it is ticked."""
    text = plain(as_text(cell)).lower()
    if text in _YES or text == word:
        return [word]
    if text in _NO:
        return []
    if meaning(text) is None:
        return None
    problem = message("{given} is neither yes nor no", given=describe_value(as_text(cell)))
    raise CellError(Mistake.NO_WORD, problem, message("type √ where it is there, and nothing where it is not"))


def _read_number(cell: ReadCell, field: Field) -> TomlValue:
    number: TomlValue = cell
    if isinstance(cell, str):
        if meaning(cell) is None:
            return None
        number = read_amount(cell, field)
    if not isinstance(number, int | float) or isinstance(number, bool):
        raise _no_number(cell, field)
    if isinstance(number, int):
        if abs(number) > MAX_INTEGER:
            raise _no_number(cell, field)
        return number
    return int(number) if number.is_integer() and abs(number) <= MAX_INTEGER else number


def _no_number(cell: ReadCell, field: Field) -> CellError:
    wanted = message("a number") if isinstance(field.limits, NumbersAbove) else message("a whole number")
    shown = cell if isinstance(cell, str | bool) else str(cell)
    problem = message("{given} is not {expected}", given=describe_value(shown), expected=wanted)
    return CellError(Mistake.NO_NUMBER, problem, number_advice(field))


def _read_due(cell: ReadCell) -> TomlValue:
    """Read a day by which something is due, or how often it is: people write that in the same column."""
    try:
        return read_date(cell)
    except CellError as error:
        if not isinstance(cell, str):
            raise
        meant = meant_word(cell, list(Frequency))
        if meant and meant.kind:
            return Frequency(meant.word)
        if plain(cell) in ("长期", "长期坚持", "常态化", "经常性", "持续", "持续推进", "全年"):
            advice = message(
                "leave it empty, and type one of {words} as the frequency", words=NameList(tuple(Frequency))
            )
            raise CellError(Mistake.NO_DATE, error.problem, advice) from None
        raise
