"""The columns of the workbook: which of them people fill in, and what the cells of these mean."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from pilot_cli.exchange.books.details import ReadCell
from pilot_cli.exchange.cell_error import CellError, Mistake
from pilot_cli.exchange.dates import read_date
from pilot_cli.exchange.header_names import normalized, without_brackets, without_note
from pilot_cli.exchange.left_out import Tally
from pilot_cli.exchange.names import TextKind
from pilot_cli.exchange.values import as_text
from pilot_cli.formats.ledger.columns import COLUMNS, INDEX, LedgerColumn
from pilot_cli.formats.text import printable
from pilot_cli.ledger.outcome import MAX_TEXT_LENGTH
from pilot_cli.ledger.problems import Problem
from pilot_cli.ledger.states import Method, State
from pilot_cli.locale import N_, Language, in_every_language, speaking
from pilot_cli.locale.message import NameList, message
from pilot_cli.site.mistakes.validation_messages import describe_value

Value = object
"""What a cell says of a problem, as its attribute has it; None where it says nothing."""
Words = type[State] | type[Method]
CHECK_CODE = N_("Check code")
"""The header of the column by which pilot knows what a row said when it was written; nobody needs to see it."""
OTHER_NAMES = {
    "number": ("编号", "问题序号"),
    "measures": ("措施", "整改办法"),
    "leader": ("分管领导", "挂点领导"),
    "unit": ("整改单位", "牵头单位"),
    "owner": ("责任人", "整改人", "具体责任人"),
    "due": ("整改期限", "完成时限", "整改完成时限"),
    "progress": ("进展", "整改情况", "整改进展情况", "整改落实情况"),
    "state": ("整改状态",),
    "evidence": ("佐证", "附件", "证明材料"),
    "method": ("核查方法",),
    "verified_by": ("核查人员",),
    "opinion": ("核查意见及结果", "核查情况"),
    "note": ("说明",),
}
"""Other names of columns, by key."""

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBERING = re.compile(r"\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}[.．、]|[①-⑳])\s*")
_BETWEEN_STEPS = re.compile(r"[\r\n；;]+")
_SENTENCE_END = tuple("。；;，、,：:！？!?")


def _read_text(kind: TextKind, between: str) -> Callable[[ReadCell, Tally], Value]:
    """Make what reads a text; its lines become one, for the ledger has no lines."""

    def read(cell: ReadCell, _tally: Tally) -> Value:
        lines = [line.strip() for line in as_text(cell).splitlines() if line.strip()]
        joined = "".join(line if line.endswith(_SENTENCE_END) else line + between for line in lines[:-1])
        text = (kind.read(joined + lines[-1]) or "").strip() if lines else ""
        if len(text) > MAX_TEXT_LENGTH:
            problem = message("it has more than {most} characters", most=MAX_TEXT_LENGTH)
            raise CellError(Mistake.OTHER, problem, message("shorten it, and say where the rest can be read"))
        return text or None

    return read


def _read_steps(cell: ReadCell, tally: Tally) -> Value:
    """Read several steps: a line each, or with semicolons between them, numbered or not."""
    parts = (_NUMBERING.sub("", part, count=1) for part in _BETWEEN_STEPS.split(as_text(cell)))
    steps = [step for part in parts if (step := _read_text(TextKind.TEXT, "")(part, tally))]
    return tuple(steps) or None


def _read_word(words: Words) -> Callable[[ReadCell, Tally], Value]:
    def read(cell: ReadCell, tally: Tally) -> Value:
        text = _read_text(TextKind.TEXT, "")(cell, tally)
        if text is None:
            return None
        found = _words_by_label(words).get(without_brackets(normalized(text)))
        if found is None:
            listed = message("one of the words of the list: {words}", words=NameList(tuple(labels(words))))
            problem = message("{given} is not {expected}", given=describe_value(str(text)), expected=listed)
            raise CellError(Mistake.NO_WORD, problem, message("type a word of the list"))
        return found

    return read


def labels(words: Words) -> tuple[str, ...]:
    """What the words of a list are called in the current language."""
    return tuple(word.label for word in words)


@cache
def _words_by_label(words: Words) -> dict[str, State | Method]:
    known: dict[str, State | Method] = {}
    for language in Language:
        with speaking(language):
            known |= {normalized(word.label): word for word in words}
    return known


_read_name = _read_text(TextKind.PERSON, "、")
_read_unit = _read_text(TextKind.UNIT, "、")
_read_words = _read_text(TextKind.TEXT, "；")
OPEN: dict[str, Callable[[ReadCell, Tally], Value]] = {
    "measures": _read_steps,
    "leader": _read_name,
    "unit": _read_unit,
    "owner": _read_name,
    "due": lambda cell, _tally: read_date(cell),
    "progress": _read_words,
    "state": _read_word(State),
    "evidence": _read_words,
    "method": _read_word(Method),
    "verified_by": _read_name,
    "opinion": _read_words,
    "note": _read_words,
}
"""How the cells of the columns that people fill in are read, by key."""
LOCKED = tuple(column for column in COLUMNS if column.key not in OPEN and column is not INDEX)
"""The columns that pilot alone fills in."""


def is_same(one: Value, other: Value) -> bool:
    """Whether two cells say the same; Excel and others disagree on texts that look like codes of characters."""
    if isinstance(one, str) and isinstance(other, str):
        return _decoded(one) == _decoded(other)
    return one == other


def _decoded(text: str) -> str:
    return _CODE.sub(lambda code: chr(int(code[1], 16)), text)


def exported(key: str, problem: Problem) -> Value:
    """What is read from an open cell that is as it was written."""
    value = COLUMNS_BY_KEY[key].value(problem)
    return None if value is None else OPEN[key](printable(value) if isinstance(value, str) else value, Tally())


def shown(column: LedgerColumn, problem: Problem) -> str:
    """What stands in a locked cell."""
    return comparable(column.value(problem) or "")


def comparable(cell: ReadCell) -> str:
    """What a locked cell says, whichever program saved it."""
    text = str(cell.date() if isinstance(cell, datetime) else cell)
    return _decoded(" ".join(printable(text).split()))


class CheckCode(NamedTuple):
    """What a row said when it was written: which problem, after how many events, and what is locked."""

    version: int
    identity: str
    locked: str

    def __str__(self) -> str:
        """Write it as it stands in a cell."""
        return f"{self.version}-{self.identity}-{self.locked}"

    @classmethod
    def parse(cls, text: str) -> "CheckCode | None":
        """Understand what stands in a cell."""
        match = re.fullmatch(r"(\d{1,9})-([0-9a-f]{8})-([0-9a-f]{8})", text.strip())
        return cls(int(match[1]), match[2], match[3]) if match else None


def check_code(problem: Problem) -> CheckCode:
    """Make the code of a problem as it is written."""
    locked = digest(shown(column, problem) for column in LOCKED)
    return CheckCode(problem.version, identity(problem), locked)


def identity(problem: Problem) -> str:
    """Tell a problem from others that have its number in another ledger."""
    return digest((problem.site, problem.rule, problem.subject, problem.found_on.isoformat()))


def digest(texts: Iterable[str]) -> str:
    """Make a short text that is another one where texts are others."""
    joined = "\0".join(texts)
    return blake2b(joined.encode("utf-8", "replace"), digest_size=4).hexdigest()


COLUMNS_BY_KEY = {column.key: column for column in COLUMNS}


class NamedLedgerColumn(NamedTuple):
    """A column that a header names."""

    column: str
    """Its key."""
    word: None = None
    is_own: bool = True


class LedgerColumnFinder:
    """The names of the columns of the workbook."""

    def find(self, name: str) -> NamedLedgerColumn | None:
        """Return the column that a header names."""
        header = normalized(name)
        return _columns_by_name().get(header) or _columns_by_name().get(without_note(header))

    def find_in_group(self, group: str, name: str) -> NamedLedgerColumn | None:
        """Return the column that a header names below the head of a group."""
        return self.find(f"{group}{name}") or self.find(name)


@cache
def _columns_by_name() -> dict[str, NamedLedgerColumn]:
    titles = {**{column.key: column.title for column in COLUMNS if column is not INDEX}, "check": CHECK_CODE}
    others = {
        normalized(name): NamedLedgerColumn(key, None, False) for key, names in OTHER_NAMES.items() for name in names
    }
    own = {
        normalized(name): NamedLedgerColumn(key) for key, title in titles.items() for name in in_every_language(title)
    }
    return {**others, **own}
