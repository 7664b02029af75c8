"""The numbers of problems, 〔2020〕17: the year of the first audit, and a running number."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.tables import problems
from pilot_cli.locale.message import message
from pilot_cli.site.texts import nfkc

_NUMBER = re.compile(r"(?:[〔\[(【]?\s*(\d{4})\s*(?:[〕\])】]|年|[-/—–_.])\s*)?(?:第\s*)?(\d{1,9})\s*号?")


class ProblemNumber(NamedTuple):
    """The number of a problem."""

    year: int
    number: int

    def __str__(self) -> str:
        """Write it as official documents do."""
        return f"〔{self.year}〕{self.number}"


def find_problems(connection: Connection, texts: Iterable[str]) -> list[tuple[int, ProblemNumber]]:
    """Return the problems that numbers mean, however these are spelled, each once.

    Raises:
        LedgerError: one is no number, or there is no such problem, or there are several.
    """
    found = [_find(connection, text) for text in texts]
    return list(dict.fromkeys(found))


def parse_number(text: str) -> ProblemNumber | None:
    """Understand a number with its year; None if it is none."""
    match = _match(text)
    return ProblemNumber(int(match[1]), int(match[2])) if match and match[1] else None


def _match(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(nfkc(text).strip())


def _find(connection: Connection, text: str) -> tuple[int, ProblemNumber]:
    match = _match(text)
    if match is None:
        raise LedgerError(message("“{text}” is no number of a problem; write it as 〔2020〕17 or 2020-17", text=text))
    query = select(problems.c.id, problems.c.year, problems.c.number).where(problems.c.number == int(match[2]))
    if match[1]:
        query = query.where(problems.c.year == int(match[1]))
    rows = connection.execute(query.order_by(problems.c.year)).all()
    if not rows:
        raise LedgerError(message("the ledger has no problem {number}; pilot ledger problems lists them", number=text))
    if len(rows) > 1:
        numbers = ", ".join(str(ProblemNumber(year, number)) for _id, year, number in rows)
        raise LedgerError(
            message("{number} can be several problems, write the year too: {numbers}", number=text, numbers=numbers)
        )
    id, year, number = rows[0]
    return id, ProblemNumber(year, number)
