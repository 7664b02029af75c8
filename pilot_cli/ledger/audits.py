"""Asks the ledger for audits: what each came to, and how sites stand from one to another."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from pilot_cli.audit.assessment import Status
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.outcome import STATUS_LETTERS
from pilot_cli.ledger.states import EventKind
from pilot_cli.ledger.tables import audits, events, outcomes, results, sites, standards
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import BilingualText, message
from pilot_cli.site.model import Pillar

ALL_COMPLETE = STATUS_LETTERS[Status.COMPLETE] * len(Pillar)


class Audit(NamedTuple):
    """A recorded run, and what it came to."""

    number: int
    as_of: date
    standard: BilingualText
    standard_digest: str
    """That of the files of the standard."""
    recorded_at: datetime
    """In UTC."""
    who: str
    note: str | None
    paths: str
    sites: int
    complete: int
    """How many sites have all five ones."""
    mean_score: float | None
    unreadable: int
    without_id: int
    """How many files gave no id, or one that an earlier file has."""
    new: int
    """How many problems it found for the first time, those that came back included."""
    rebounded: int
    not_found: int


class SiteOutcome(NamedTuple):
    """What an audit said of a site."""

    site: str
    name: str | None
    city: str | None
    score: float | None
    grade: str | None
    statuses: str
    """A letter for each of the five ones; see ``outcome``."""

    @property
    def complete(self) -> int:
        """How many of the five ones are complete."""
        return self.statuses.count(STATUS_LETTERS[Status.COMPLETE])


class Change(StrEnum):
    """How a site stands to the earlier audit."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """The change in the current language."""
        return _(_CHANGES[self])


_CHANGES = {
    Change.BETTER: N_("better"),
    Change.WORSE: N_("worse"),
    Change.SAME: N_("as before"),
    Change.NEW: N_("not in the earlier audit"),
    Change.GONE: N_("not in the later audit"),
}


class SiteChange(NamedTuple):
    """A site in two audits."""

    site: str
    name: str | None
    city: str | None
    before: float | None
    after: float | None
    change: Change


def list_audits(connection: Connection) -> list[Audit]:
    """Return all audits, the earliest first."""
    is_complete = case((results.c.statuses == ALL_COMPLETE, 1), else_=0)
    judged = (
        select(outcomes.c.audit_id, func.count(), func.sum(is_complete), func.avg(results.c.score))
        .join_from(outcomes, results, results.c.id == outcomes.c.result_id)
        .group_by(outcomes.c.audit_id)
    )
    figures = {id: (number, int(complete or 0), mean) for id, number, complete, mean in connection.execute(judged)}
    happened = select(events.c.audit_id, events.c.kind, func.count()).where(events.c.audit_id.is_not(None))
    counts = {
        (id, kind): number
        for id, kind, number in connection.execute(happened.group_by(events.c.audit_id, events.c.kind))
    }
    query = select(audits, standards.c.title_zh, standards.c.title_en, standards.c.digest.label("of_standard"))
    listed = []
    for row in connection.execute(query.join_from(audits, standards).order_by(audits.c.id)):
        number, complete, mean = figures.get(row.id, (0, 0, None))
        found, rebounded, gone = (
            counts.get((row.id, kind.value), 0) for kind in (EventKind.FOUND, EventKind.REBOUNDED, EventKind.NOT_FOUND)
        )
        listed.append(
            Audit(
                number=row.id,
                as_of=row.as_of,
                standard=BilingualText(row.title_zh, row.title_en),
                standard_digest=row.of_standard,
                recorded_at=row.recorded_at,
                who=row.who,
                note=row.note,
                paths=row.paths,
                sites=number,
                complete=complete,
                mean_score=mean,
                unreadable=row.unreadable,
                without_id=row.without_id,
                new=found + rebounded,
                rebounded=rebounded,
                not_found=gone,
            )
        )
    return listed


def find_audit(listed: list[Audit], number: int | None) -> Audit:
    """Return an audit by its number; without one, the last.

    Raises:
        LedgerError: there is none.
    """
    if not listed:
        raise LedgerError(message("the ledger has no audit yet; pilot ledger record makes one"))
    if number is None:
        return listed[-1]
    for audit in listed:
        if audit.number == number:
            return audit
    raise LedgerError(message("there is no audit {number}; pilot ledger audits lists them", number=number))


def site_outcomes(connection: Connection, audit: int) -> dict[str, SiteOutcome]:
    """Return what an audit said of each site, by the ids of sites."""
    columns = (sites.c.code, sites.c.name, sites.c.city, results.c.score, results.c.grade, results.c.statuses)
    query = (
        select(*columns)
        .select_from(outcomes)
        .join(sites)
        .join(results, results.c.id == outcomes.c.result_id)
        .where(outcomes.c.audit_id == audit)
        .order_by(sites.c.id)
    )
    return {row.code: SiteOutcome(*row) for row in connection.execute(query)}


def site_changes(earlier: dict[str, SiteOutcome], later: dict[str, SiteOutcome]) -> Iterator[SiteChange]:
    """Say of each site how it stands to what was said of it before."""
    for code in dict.fromkeys((*earlier, *later)):
        before, after = earlier.get(code), later.get(code)
        told = after or before
        assert told is not None
        scores = (before.score if before else None, after.score if after else None)
        yield SiteChange(code, told.name, told.city, *scores, _change(before, after))


def _change(before: SiteOutcome | None, after: SiteOutcome | None) -> Change:
    """Compare by the score, and where that is the same by how many of the five ones are complete."""
    if before is None:
        return Change.NEW
    if after is None:
        return Change.GONE
    old, new = (before.score or 0, before.complete), (after.score or 0, after.complete)
    return Change.SAME if old == new else Change.BETTER if new > old else Change.WORSE
