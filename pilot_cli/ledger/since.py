"""What changed since an audit: compares what it said with the sites that a report goes through."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from pilot_cli.audit.assessment import Assessment
from pilot_cli.ledger.audits import Audit, SiteChange, SiteOutcome, find_audit, list_audits, site_changes, site_outcomes
from pilot_cli.ledger.outcome import followed, identities, statuses_of, storable
from pilot_cli.ledger.tables import found, outcomes, problems, results, rules, sites
from pilot_cli.locale.message import BilingualText, Text
from pilot_cli.site.rule_info import Severity


class RuleChange(NamedTuple):
    """What became of the problems of one kind."""

    problem: Text
    severity: Severity
    new: int
    """Found now, and not by the audit."""
    still: int
    gone: int
    """Found by the audit, and no longer."""


@dataclass(frozen=True)
class ChangesSince:
    """What changed since an audit."""

    audit: Audit
    sites: list[SiteChange]
    before: float | None
    """The mean score of those of the sites that it judged, at that time."""
    after: float | None
    rules: list[RuleChange]

    def count(self, what: str) -> int:
        """How many problems are ``new``, ``still`` there or ``gone``; advice is none."""
        return sum(getattr(rule, what) for rule in self.rules if rule.severity is not Severity.INFO)


class _Kind(NamedTuple):
    problem: Text
    severity: Severity


class SinceAudit:
    """Takes note of the sites that pass, and says afterwards what changed."""

    def __init__(self, audit: Audit, earlier: dict[str, SiteOutcome], *, is_whole: bool) -> None:
        self.audit = audit
        self._is_whole = is_whole
        """Whether all sites pass, so that one that does not is gone."""
        self._earlier = earlier
        self._found: dict[str, set[tuple[str, str]]] = {}
        self._kinds: dict[str, _Kind] = {}
        self._later: dict[str, SiteOutcome] = {}
        self._changes: Counter[tuple[str, str]] = Counter()

    @classmethod
    def read(cls, connection: Connection, number: int, *, is_whole: bool) -> "SinceAudit":
        """Ask the ledger what an audit said.

        Raises:
            LedgerError: there is no such audit.
        """
        audit = find_audit(list_audits(connection), number)
        since = cls(audit, site_outcomes(connection, number), is_whole=is_whole)
        query = (
            select(sites.c.code, problems.c.rule, problems.c.subject, rules)
            .select_from(outcomes)
            .join(sites)
            .join(results, results.c.id == outcomes.c.result_id)
            .join(found, found.c.result_id == results.c.id)
            .join(problems, problems.c.id == found.c.problem_id)
            .join(rules, and_(rules.c.standard_id == problems.c.standard_id, rules.c.id == problems.c.rule))
            .where(outcomes.c.audit_id == number)
        )
        for row in connection.execute(query):
            since._found.setdefault(row.code, set()).add((row.rule, row.subject))
            since._kinds[row.rule] = _Kind(BilingualText(row.problem_zh, row.problem_en), Severity(row.severity))
        return since

    def passing(self, assessments: Iterable[Assessment]) -> Iterator[Assessment]:
        """Pass assessments on, and take note of each."""
        for assessment in assessments:
            self._take(assessment)
            yield assessment

    def _take(self, site: Assessment) -> None:
        id = storable(site.id or "")
        if not id or id in self._later or site.is_left_out or not site.is_readable:
            return
        grade = site.grade.name.zh if site.grade else None
        self._later[id] = SiteOutcome(id, site.name, site.city, site.score, grade, statuses_of(site))
        now = set[tuple[str, str]]()
        for finding in followed(site):
            now.update(identities(finding))
            rule = finding.rule
            self._kinds[rule.id] = _Kind(rule.problem_in_general or rule.problem, rule.severity)
        before, unjudged = self._found.get(id, set()), {*site.left_out, *site.untold}
        self._changes.update((rule, "new") for rule, _subject in now - before)
        self._changes.update((rule, "still") for rule, _subject in now & before)
        self._changes.update((rule, "gone") for rule, _subject in before - now if rule not in unjudged)

    def changes(self) -> ChangesSince:
        """Say what changed, after the last assessment."""
        earlier, later = self._earlier, self._later
        if not self._is_whole:
            earlier = {id: outcome for id, outcome in earlier.items() if id in later}
        changed = list(site_changes(earlier, later))
        ruled = [
            RuleChange(*self._kinds[rule], *(self._changes[rule, what] for what in ("new", "still", "gone")))
            for rule in dict.fromkeys(rule for rule, _what in self._changes)
        ]
        ruled.sort(key=lambda one: (one.severity.rank, -one.new, -one.gone, -one.still))
        return ChangesSince(self.audit, changed, _mean(earlier.values()), _mean(later.values()), ruled)


def _mean(judged: Iterable[SiteOutcome]) -> float | None:
    scores = [one.score for one in judged if one.score is not None]
    return sum(scores) / len(scores) if scores else None
