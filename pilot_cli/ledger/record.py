"""Writes one audit into the ledger: results that changed, new problems, and those that move."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import BindParameter, Connection, Table, bindparam, func, insert, select, update

from pilot_cli.errors import OperationalError
from pilot_cli.ledger.collect import Collected, digest_of
from pilot_cli.ledger.connection import Row, insert_rows
from pilot_cli.ledger.follow import Consequences, KnownProblem, Move, NewProblem, follow
from pilot_cli.ledger.known import KnownSite, free_numbers, known_problems, known_sites
from pilot_cli.ledger.outcome import Outcome, SiteProfile, storable
from pilot_cli.ledger.states import OPEN, EventKind, State
from pilot_cli.ledger.tables import audits, events, found, outcomes, problems, results, rules, sites, standards
from pilot_cli.locale import N_, Language, speaking
from pilot_cli.locale.message import Text, message
from pilot_cli.site.rule_info import About
from pilot_cli.standard.standard import Standard


class AuditOrder(NamedTuple):
    """What is to be recorded besides what was found."""

    standard: Standard
    as_of: date
    who: str
    note: str | None
    paths: str


@dataclass
class Recorded:
    """What came of recording an audit."""

    audit: int
    is_new: bool
    """Whether something was written; else the last audit was the same."""
    sites: int
    changed: int = 0
    """How many sites have another result than before, or none before."""
    new: int = 0
    rebounded: int = 0
    not_found: int = 0
    """How many problems are to be verified because they were not found any more."""
    found_again: int = 0
    """How many open problems were found once more; ``returned`` of them were to be verified."""
    returned: int = 0
    not_rechecked: int = 0
    """How many open problems nothing can be said of this time."""
    open: int = 0


def record(connection: Connection, collected: Collected, order: AuditOrder) -> Recorded:
    """Record an audit, unless the last one found the same.

    Raises:
        OperationalError: an audit as of a later day has been recorded already.
    """
    standard_digest = digest_of(order.standard.files)
    digest = collected.digest(standard_digest, order.as_of)
    earlier = select(audits.c.id, audits.c.as_of, audits.c.digest)
    last = connection.execute(earlier.order_by(audits.c.id.desc())).first()
    latest = connection.execute(earlier.order_by(audits.c.as_of.desc())).first()
    if last and last.digest == digest:
        return Recorded(last.id, is_new=False, sites=len(collected.sites))
    if latest and latest.as_of > order.as_of:
        text = N_("Audit {number} is as of {day}; an audit as of an earlier day can no longer be recorded")
        raise OperationalError(message(text, number=latest.id, day=latest.as_of))
    audit = last.id + 1 if last else 1
    recorder = _Recorder(connection, order, audit, _standard_id(connection, order.standard, standard_digest))
    connection.execute(insert(audits), recorder.audit_row(collected, digest))
    for code, outcome in collected.sites.items():
        recorder.take(code, outcome)
    recorder.write(connection)
    return recorder.recorded(connection, len(collected.sites))


class _Recorder:
    """Takes in the outcomes of an audit, and makes rows of them."""

    def __init__(self, connection: Connection, order: AuditOrder, audit: int, standard: int) -> None:
        self._order, self._audit, self._standard = order, audit, standard
        self._now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._sites, self._problems = known_sites(connection), known_problems(connection)
        self._judged = {rule.info.id for rule in order.standard.rules}
        self._watched = {rule.info.id for rule in order.standard.rules if rule.check.over_periods}
        self._site_ids = free_numbers(connection, sites.c.id)
        self._result_ids = free_numbers(connection, results.c.id)
        self._problem_ids = free_numbers(connection, problems.c.id)
        of_year = select(func.max(problems.c.number)).where(problems.c.year == order.as_of.year)
        self._numbers = count((connection.execute(of_year).scalar() or 0) + 1)
        self._recorded = Recorded(audit, is_new=True, sites=0)
        self._new: dict[Table, list[Row]] = {table: [] for table in (sites, results, outcomes, problems, found, events)}
        self._profiles: list[Row] = []
        self._texts: list[Row] = []
        self._moves: list[Row] = []

    def audit_row(self, collected: Collected, digest: str) -> Row:
        """Make the row of the audit itself."""
        return {
            "id": self._audit,
            "key": uuid4().hex,
            "as_of": self._order.as_of,
            "standard_id": self._standard,
            "recorded_at": self._now,
            "who": self._order.who,
            "note": self._order.note,
            "paths": storable(self._order.paths),
            "digest": digest,
            "unreadable": len(collected.unreadable),
            "without_id": len(collected.without_id) + len(collected.repeated),
        }

    def take(self, code: str, outcome: Outcome) -> None:
        """Take in the outcome of one site."""
        site = self._sites.get(code)
        site_id = self._note_profile(site, outcome)
        known = self._problems.pop(site_id, [])
        gone = {problem.rule for problem in known} - self._judged
        consequences = follow(known, outcome.found, gone.union(outcome.unjudged), self._order.as_of)
        self._count(known, consequences, gone.union(outcome.unjudged))
        seen = [*consequences.seen, *(self._add_problem(site_id, new) for new in consequences.new)]
        for move in consequences.moves:
            self._move(move)
        self._texts += [{"of": id, "zh": one.zh, "en": one.en} for id, one in consequences.told]
        if site is None or site.fingerprint != outcome.fingerprint or consequences.new:
            result = self._add_result(site_id, outcome, seen)
        else:
            result = site.result
        self._new[outcomes].append({"audit_id": self._audit, "site_id": site_id, "result_id": result})

    def _note_profile(self, site: KnownSite | None, outcome: Outcome) -> int:
        assert outcome.profile is not None
        if site is None:
            id = next(self._site_ids)
            self._new[sites].append({"id": id, **outcome.profile._asdict()})
            return id
        if site.profile != outcome.profile:
            changed = {f"new_{key}": value for key, value in outcome.profile._asdict().items()}
            self._profiles.append({"of": site.id, **changed})
        return site.id

    def _count(self, known: list[KnownProblem], consequences: Consequences, skipped: set[str]) -> None:
        seen = set(consequences.seen)
        for problem in known:
            if problem.state is not State.CLOSED:
                self._recorded.found_again += problem.id in seen
                self._recorded.not_rechecked += problem.id not in seen and problem.rule in skipped

    def _add_problem(self, site: int, new: NewProblem) -> int:
        id, rule = next(self._problem_ids), new.found.rule
        self._new[problems].append(
            {
                "id": id,
                "year": self._order.as_of.year,
                "number": next(self._numbers),
                "site_id": site,
                "standard_id": self._standard,
                "rule": rule,
                "subject": new.found.subject,
                "is_watched": rule in self._watched,
                "first_audit_id": self._audit,
                "rebound_of": new.rebound_of,
                "state": State.PENDING.value,
                "moved_on": self._order.as_of,
                "version": 1,
                "found_zh": new.found.zh,
                "found_en": new.found.en,
            }
        )
        is_new = new.rebound_of is None
        self._recorded.new += is_new
        self._recorded.rebounded += not is_new
        self._add_event(id, 1, EventKind.FOUND if is_new else EventKind.REBOUNDED, State.PENDING, None)
        return id

    def _move(self, move: Move) -> None:
        problem, is_gone = move.problem, move.kind is EventKind.NOT_FOUND
        self._recorded.not_found += is_gone
        self._recorded.returned += not is_gone
        self._add_event(problem.id, problem.version + 1, move.kind, move.state, problem.due)
        day = self._order.as_of
        self._moves.append({"of": problem.id, "to": move.state.value, "day": day, "done": day if is_gone else None})

    def _add_event(self, problem: int, sequence: int, kind: EventKind, state: State, due: date | None) -> None:
        self._new[events].append(
            {
                "problem_id": problem,
                "sequence": sequence,
                "kind": kind.value,
                "day": self._order.as_of,
                "recorded_at": self._now,
                "who": self._order.who,
                "state": state.value,
                "due": due,
                "audit_id": self._audit,
            }
        )

    def _add_result(self, site: int, outcome: Outcome, seen: list[int]) -> int:
        id = next(self._result_ids)
        self._recorded.changed += 1
        self._new[results].append(
            {
                "id": id,
                "site_id": site,
                "fingerprint": outcome.fingerprint,
                "score": outcome.score,
                "grade": outcome.grade,
                "statuses": outcome.statuses,
                "unjudged": ",".join(outcome.unjudged),
            }
        )
        self._new[found] += [{"result_id": id, "problem_id": problem} for problem in seen]
        return id

    def write(self, connection: Connection) -> None:
        """Write all rows."""
        for table, rows in self._new.items():
            insert_rows(connection, table, rows)
        of: BindParameter[int] = bindparam("of")
        profile: Row = {name: bindparam(f"new_{name}") for name in SiteProfile._fields}
        texts: Row = {"found_zh": bindparam("zh"), "found_en": bindparam("en")}
        moved = {
            "state": bindparam("to"),
            "moved_on": bindparam("day"),
            "done_on": bindparam("done"),
            "version": problems.c.version + 1,
        }
        for table, values, rows in (
            (sites, profile, self._profiles),
            (problems, texts, self._texts),
            (problems, moved, self._moves),
        ):
            if rows:
                connection.execute(update(table).where(table.c.id == of).values(values), rows)
        self._take_texts_of_standard(connection)

    def _take_texts_of_standard(self, connection: Connection) -> None:
        """Let the problems that were found now have the texts of the standard that found them."""
        # Asked of each problem of another standard, of which there are none in most audits.
        seen = select(found.c.problem_id).join(outcomes, outcomes.c.result_id == found.c.result_id)
        seen = seen.where(outcomes.c.audit_id == self._audit, outcomes.c.site_id == problems.c.site_id)
        connection.execute(
            update(problems)
            .where(problems.c.standard_id != self._standard, seen.where(found.c.problem_id == problems.c.id).exists())
            .values(standard_id=self._standard)
        )

    def recorded(self, connection: Connection, number: int) -> Recorded:
        """Sum up, after all was taken in."""
        elsewhere = (problem for of_site in self._problems.values() for problem in of_site)
        not_rechecked = sum(problem.state is not State.CLOSED for problem in elsewhere)
        open_now = select(func.count()).where(problems.c.state.in_(OPEN))
        self._recorded.sites = number
        self._recorded.not_rechecked += not_rechecked
        self._recorded.open = connection.execute(open_now).scalar_one()
        return self._recorded


def _standard_id(connection: Connection, standard: Standard, digest: str) -> int:
    """Return the number of a standard in the ledger, which gets its texts where it does not have them."""
    known = connection.execute(select(standards.c.id).where(standards.c.digest == digest)).scalar()
    if known is not None:
        return int(known)
    id = next(free_numbers(connection, standards.c.id))
    row = {"id": id, "digest": digest, "name": storable(standard.name), **_in_both("title", standard.title)}
    connection.execute(insert(standards), row)
    rows = [
        {
            "standard_id": id,
            "id": rule.info.id,
            "severity": rule.info.severity.value,
            "pillar": rule.info.pillar and rule.info.pillar.value,
            "is_watched": rule.check.over_periods,
            **_in_both("title", rule.info.title),
            **_in_both("problem", rule.info.problem),
            **_in_both("basis", rule.info.basis),
            **_in_both("advice", rule.info.advice),
        }
        for rule in standard.rules
        if rule.info.about is About.WORK
    ]
    insert_rows(connection, rules, rows)
    return id


def _in_both(name: str, text: Text) -> Row:
    """Return a text in each language, by column."""
    told = {}
    for language in Language:
        with speaking(language):
            told[f"{name}_{language}"] = storable(str(text))
    return told
