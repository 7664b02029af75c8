"""The lines of a ledger written as JSON, by which ledgers are merged and outlive the program: format 1.

The first line says what it is. Everything has a name that is the same in every ledger: a standard its digest, an audit
its key, a site its id, and a problem the audit that found it first, its site, rule and subject. Lines come after those
that they name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.states import EventKind, Method, State
from pilot_cli.locale.message import message
from pilot_cli.site.rule_info import Severity

FORMAT = 1
MAX_NUMBER = 2**31 - 1
"""The greatest number that databases hold in a column of whole numbers."""
Number = Annotated[int, Field(gt=0, le=MAX_NUMBER)]
Count = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class LoadError(OperationalError):
    """Lines cannot be read, or not be merged into a ledger; nothing was changed."""


class ProblemName(NamedTuple):
    """By which a problem is known in every ledger."""

    audit: str
    site: str
    rule: str
    subject: str


class EventIdentity(NamedTuple):
    """By which an event is the same in two ledgers."""

    kind: EventKind
    day: date
    recorded_at: datetime
    who: str
    note: str | None


@dataclass(frozen=True)
class HeaderLine:
    """The first line."""

    pilot_ledger: int
    schema: str


@dataclass(frozen=True)
class RuleEntry:
    """A rule of a standard."""

    id: str
    severity: Severity
    pillar: str | None
    is_watched: bool
    title_zh: str
    title_en: str
    problem_zh: str
    problem_en: str
    basis_zh: str
    basis_en: str
    advice_zh: str
    advice_en: str


@dataclass(frozen=True)
class StandardLine:
    """A standard as it was."""

    type: Literal["standard"]
    digest: str
    name: str
    title_zh: str
    title_en: str
    rules: list[RuleEntry]


@dataclass(frozen=True)
class AuditLine:
    """An audit."""

    type: Literal["audit"]
    key: str
    as_of: date
    standard: str
    recorded_at: datetime
    who: str
    note: str | None
    paths: str
    digest: str
    unreadable: Count
    without_id: Count


@dataclass(frozen=True)
class SiteLine:
    """A site."""

    type: Literal["site"]
    code: str
    name: str | None
    kind: str | None
    city: str | None
    district: str | None
    organization: str | None
    branch: str | None
    path: str | None
    superior: str | None = None
    """Lines of ledgers up to version 0002 do not tell it."""


@dataclass(frozen=True)
class EventEntry:
    """Something that happened to a problem."""

    kind: EventKind
    day: date
    recorded_at: datetime
    who: str
    state: State
    due: date | None
    changes: dict[str, list[Any]] | None
    note: str | None
    audit: str | None

    @property
    def identity(self) -> EventIdentity:
        """By which it is known in another ledger."""
        return EventIdentity(self.kind, self.day, self.recorded_at, self.who, self.note)


@dataclass(frozen=True)
class ProblemLine:
    """A problem, and all that happened to it."""

    type: Literal["problem"]
    name: ProblemName
    year: Number
    number: Number
    standard: str
    is_watched: bool
    rebound_of: ProblemName | None
    state: State
    moved_on: date
    found_zh: str | None
    found_en: str | None
    owner: str | None
    unit: str | None
    leader: str | None
    due: date | None
    done_on: date | None
    closed_on: date | None
    progress: str | None
    evidence: str | None
    method: Method | None
    verified_by: str | None
    opinion: str | None
    note: str | None
    measures: list[str]
    events: Annotated[list[EventEntry], Field(min_length=1)]


@dataclass(frozen=True)
class ResultLine:
    """What audits said of a site, and the audits that said so."""

    type: Literal["result"]
    site: str
    fingerprint: Fingerprint
    score: float | None
    grade: str | None
    statuses: str
    unjudged: str
    audits: list[str]
    found: list[ProblemName]


Line = StandardLine | AuditLine | SiteLine | ProblemLine | ResultLine
HEADER = TypeAdapter(HeaderLine)
LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="type")])


def to_json(lines: Iterable[Line]) -> Iterable[bytes]:
    """Write lines."""
    return (LINE.dump_json(line) + b"\n" for line in lines)


def read_lines(stream: Iterable[bytes]) -> Iterator[Line]:
    """Read lines.

    Raises:
        LoadError: one of them is not as the format has it.
    """
    number = 0
    try:
        for number, line in enumerate(stream, 1):
            if number == 1:
                header = HEADER.validate_json(line)
                if header.pilot_ledger > FORMAT:
                    raise LoadError(message("it was written by a later version of pilot; install that version"))
            elif line.strip():
                yield LINE.validate_json(line)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, details["loc"]))
        text = message(
            "line {number} is no line of a ledger ({where}: {what})", number=number, where=where, what=details["msg"]
        )
        raise LoadError(text if number > 1 else message("it was not written by pilot ledger dump")) from error
    if not number:
        raise LoadError(message("it was not written by pilot ledger dump"))
