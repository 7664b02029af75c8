"""Asks the ledger for problems: by filters, or for one with its whole history."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, func, select

from pilot_cli.ledger.numbers import ProblemNumber
from pilot_cli.ledger.problem_filter import ProblemFilter, overdue
from pilot_cli.ledger.states import EventKind, Method, State
from pilot_cli.ledger.tables import audits, events, found, measures, outcomes, problems, results, rules, sites
from pilot_cli.ledger.watch import Watched, kept_since
from pilot_cli.locale.message import BilingualText
from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import Severity

MANY = 500
"""So many ids are asked for at a time; databases do not take any number."""


@dataclass(frozen=True)
class Problem:
    """A problem as people see it."""

    id: int
    number: ProblemNumber
    version: int
    site: str
    """The id of the site."""
    site_name: str | None
    city: str | None
    branch: str | None
    rule: str
    severity: Severity
    pillar: Pillar | None
    title: BilingualText
    """What is asked."""
    problem: BilingualText
    basis: BilingualText
    advice: BilingualText
    found: BilingualText
    """What is wrong, as it was last found."""
    subject: str
    is_watched: bool
    kept: int | None
    """Of a rule over periods: how many in a row have been kept since."""
    audit: int
    """The audit that found it first."""
    found_on: date
    rebound_of: ProblemNumber | None
    state: State
    owner: str | None
    unit: str | None
    leader: str | None
    due: date | None
    days_overdue: int
    """0 where it is not overdue."""
    done_on: date | None
    closed_on: date | None
    measures: tuple[str, ...]
    progress: str | None
    evidence: str | None
    method: Method | None
    verified_by: str | None
    opinion: str | None
    note: str | None


class Listed(NamedTuple):
    """Problems that fit a filter, and what all of them come to."""

    as_of: date
    problems: list[Problem]
    """Perhaps the first of them alone."""
    number: int
    by_state: Counter[State]
    overdue: int


class Event(NamedTuple):
    """Something that happened to a problem."""

    kind: EventKind
    day: date
    recorded_at: datetime
    who: str
    state: State
    due: date | None
    """State and deadline are those after it."""
    changes: dict[str, list[Any]]
    """Old and new value by column."""
    note: str | None
    audit: int | None


class Sighting(NamedTuple):
    """What an audit said of a problem."""

    audit: int
    as_of: date
    is_found: bool | None
    """None where nothing could be said."""
    successor: ProblemNumber | None = None
    """The problem that was recorded because it found what had been struck off."""


@dataclass(frozen=True)
class History:
    """A problem with all that happened to it."""

    problem: Problem
    events: list[Event]
    sightings: list[Sighting]
    """Since it was first found, the earliest first, and up to where it came back under another number."""

    @property
    def successor(self) -> ProblemNumber | None:
        """The problem under which it came back, and is followed from then on."""
        return self.sightings[-1].successor if self.sightings else None

    @property
    def times_found(self) -> int:
        """How many audits in a row found it, up to the last that could say something of it."""
        times = 0
        for sighting in reversed([one for one in self.sightings if one.is_found is not None]):
            if not sighting.is_found:
                break
            times += 1
        return times


def list_problems(connection: Connection, filter: ProblemFilter, limit: int | None = None) -> Listed:
    """Return the problems that fit, in the order of their numbers, and no more of them than the limit.

    Raises:
        LedgerError: the ledger has no such site.
    """
    wanted = filter.as_stored(connection).conditions()
    of_sites = problems.join(sites)
    late = func.sum(overdue(filter.as_of).cast(problems.c.version.type))
    counts = select(problems.c.state, func.count(), late).select_from(of_sites).where(*wanted)
    by_state: Counter[State] = Counter()
    number_overdue = 0
    for state, number, is_late in connection.execute(counts.group_by(problems.c.state)):
        by_state[State(state)] = number
        number_overdue += is_late or 0
    query = _selected().where(*wanted).order_by(problems.c.year, problems.c.number).limit(limit)
    rows = connection.execute(query).all()
    return Listed(filter.as_of, _problems(connection, rows, filter.as_of), by_state.total(), by_state, number_overdue)


def history(connection: Connection, problem: int, as_of: date) -> History:
    """Return one problem with all that happened to it."""
    (one,) = _problems(connection, connection.execute(_selected().where(problems.c.id == problem)).all(), as_of)
    return History(one, events_of(connection, [problem]).get(problem, []), list(_sightings(connection, one)))


def problems_numbered(
    connection: Connection, numbers: Iterable[ProblemNumber], as_of: date
) -> dict[ProblemNumber, Problem]:
    """Return the problems that there are of some numbers."""
    by_year: dict[int, set[int]] = {}
    for number in numbers:
        by_year.setdefault(number.year, set()).add(number.number)
    rows: list[Row[Any]] = []
    for year, wanted in by_year.items():
        for some in batched(sorted(wanted)):
            query = _selected().where(problems.c.year == year, problems.c.number.in_(some))
            rows += connection.execute(query)
    return {problem.number: problem for problem in _problems(connection, rows, as_of)}


def events_of(connection: Connection, ids: Sequence[int]) -> dict[int, list[Event]]:
    """Return what happened to each of some problems, the earliest first."""
    happened: dict[int, list[Event]] = {}
    for some in batched(ids):
        query = select(events).where(events.c.problem_id.in_(some))
        for row in connection.execute(query.order_by(events.c.problem_id, events.c.sequence)):
            event = Event(
                EventKind(row.kind),
                row.day,
                row.recorded_at,
                row.who,
                State(row.state),
                row.due,
                row.changes or {},
                row.note,
                row.audit_id,
            )
            happened.setdefault(row.problem_id, []).append(event)
    return happened


def _sightings(connection: Connection, problem: Problem) -> list[Sighting]:
    """Ask every audit since the first what it said; once it has come back, audits are asked of its successor."""
    back = select(problems.c.first_audit_id, problems.c.year, problems.c.number)
    back = back.where(problems.c.rebound_of == problem.id).order_by(problems.c.first_audit_id).limit(1)
    rebound = connection.execute(back).first()
    site = select(problems.c.site_id).where(problems.c.id == problem.id).scalar_subquery()
    query = (
        select(audits.c.id, audits.c.as_of, found.c.problem_id, results.c.unjudged, rules.c.id.label("rule"))
        .select_from(audits)
        .outerjoin(outcomes, and_(outcomes.c.audit_id == audits.c.id, outcomes.c.site_id == site))
        .outerjoin(results, results.c.id == outcomes.c.result_id)
        .outerjoin(found, and_(found.c.result_id == results.c.id, found.c.problem_id == problem.id))
        .outerjoin(rules, and_(rules.c.standard_id == audits.c.standard_id, rules.c.id == problem.rule))
        .where(audits.c.id >= problem.audit)
        .order_by(audits.c.id)
    )
    sightings = []
    for id, as_of, seen, unjudged, rule in connection.execute(query):
        if rebound and id == rebound.first_audit_id:
            sightings.append(Sighting(id, as_of, True, ProblemNumber(rebound.year, rebound.number)))
            break
        is_silent = unjudged is None or rule is None or problem.rule in unjudged.split(",")
        sightings.append(Sighting(id, as_of, True if seen else None if is_silent else False))
    return sightings


def _selected() -> Select[Any]:
    """Select problems with their site, rule, first audit and the problem that they come back from."""
    earlier = problems.alias()
    texts = [
        rules.c[f"{what}_{language}"] for what in ("title", "problem", "basis", "advice") for language in ("zh", "en")
    ]
    return (
        select(
            problems,
            sites.c.code,
            sites.c.name.label("site_name"),
            sites.c.city,
            sites.c.branch,
            rules.c.severity,
            rules.c.pillar,
            *texts,
            audits.c.as_of.label("found_on"),
            earlier.c.year.label("earlier_year"),
            earlier.c.number.label("earlier_number"),
        )
        .select_from(problems)
        .join(sites)
        .join(rules, and_(rules.c.standard_id == problems.c.standard_id, rules.c.id == problems.c.rule))
        .join(audits)
        .outerjoin(earlier, earlier.c.id == problems.c.rebound_of)
    )


def _problems(connection: Connection, rows: Sequence[Row[Any]], as_of: date) -> list[Problem]:
    steps = _measures(connection, [row.id for row in rows])
    kept = kept_since(connection, {Watched(row.site_id, row.rule) for row in rows if row.is_watched})
    return [_problem(row, steps.get(row.id, ()), kept, as_of) for row in rows]


def _problem(row: Row[Any], steps: Sequence[str], kept: dict[Watched, int], as_of: date) -> Problem:
    state = State(row.state)
    is_late = state in (State.PENDING, State.IN_PROGRESS) and row.due is not None and row.due < as_of
    return Problem(
        id=row.id,
        number=ProblemNumber(row.year, row.number),
        version=row.version,
        site=row.code,
        site_name=row.site_name,
        city=row.city,
        branch=row.branch,
        rule=row.rule,
        severity=Severity(row.severity),
        pillar=Pillar(row.pillar) if row.pillar else None,
        title=BilingualText(row.title_zh, row.title_en),
        problem=BilingualText(row.problem_zh, row.problem_en),
        basis=BilingualText(row.basis_zh, row.basis_en),
        advice=BilingualText(row.advice_zh, row.advice_en),
        found=BilingualText(row.found_zh or row.problem_zh, row.found_en or row.problem_en),
        subject=row.subject,
        is_watched=row.is_watched,
        kept=kept.get(Watched(row.site_id, row.rule), 0) if row.is_watched else None,
        audit=row.first_audit_id,
        found_on=row.found_on,
        rebound_of=ProblemNumber(row.earlier_year, row.earlier_number) if row.earlier_year else None,
        state=state,
        owner=row.owner,
        unit=row.unit,
        leader=row.leader,
        due=row.due,
        days_overdue=(as_of - row.due).days if is_late else 0,
        done_on=row.done_on,
        closed_on=row.closed_on,
        measures=tuple(steps),
        progress=row.progress,
        evidence=row.evidence,
        method=Method(row.method) if row.method else None,
        verified_by=row.verified_by,
        opinion=row.opinion,
        note=row.note,
    )


def _measures(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    steps: dict[int, list[str]] = {}
    for some in batched(ids):
        query = select(measures.c.problem_id, measures.c.text).where(measures.c.problem_id.in_(some))
        for id, text in connection.execute(query.order_by(measures.c.problem_id, measures.c.position)):
            steps.setdefault(id, []).append(text)
    return steps


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield as many at a time as a database takes."""
    return (ids[start : start + MANY] for start in range(0, len(ids), MANY))
