"""The ledger once more, from its description alone: plain lists, no database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Identity = tuple[str, str, str]
"""Site, rule and subject."""
WATCHED = "W008"
_STATES = ["pending", "in_progress", "to_verify", "closed"]


@dataclass
class ModelProblem:
    """A problem as the model has it."""

    year: int
    number: int
    identity: Identity
    state: str
    since: date
    events: list[str]
    rebound_of: "ModelProblem | None" = None
    owner: str | None = None
    due: date | None = None
    progress: str | None = None
    note: str | None = None


@dataclass
class Model:
    """What the ledger should say."""

    problems: list[ModelProblem] = field(default_factory=list)
    audits: list[tuple[date, dict[str, tuple[frozenset[tuple[str, str]], frozenset[str]]]]] = field(
        default_factory=list
    )

    def audit(self, day: date, sites: dict[str, tuple[frozenset[tuple[str, str]], frozenset[str]]]) -> None:
        """Record an audit: for each site what was found, and the rules of which nothing is known."""
        if self.audits and self.audits[-1] == (day, sites):
            return
        self.audits.append((day, sites))
        for site, (found, unjudged) in sites.items():
            for rule, subject in sorted(found):
                self._found((site, rule, subject), day)
            for problem in self.problems:
                is_here = problem.identity[0] == site
                rule = problem.identity[1]
                if not is_here or problem.identity[1:] in found or rule in unjudged or rule == WATCHED:
                    continue
                if problem.state in ("pending", "in_progress") and problem.since <= day and self._is_latest(problem):
                    self._change(problem, "to_verify", day, "not_found")

    def _found(self, identity: Identity, day: date) -> None:
        same = [problem for problem in self.problems if problem.identity == identity]
        last = same[-1] if same else None
        if last is None or (last.state == "closed" and identity[1] != WATCHED and last.since <= day):
            number = 1 + sum(problem.year == day.year for problem in self.problems)
            kind = "rebounded" if last else "found"
            self.problems.append(ModelProblem(day.year, number, identity, "pending", day, [kind], last))
        elif last.state == "to_verify" and identity[1] != WATCHED and last.since <= day:
            self._change(last, "in_progress" if last.owner else "pending", day, "found_again")

    def _is_latest(self, problem: ModelProblem) -> bool:
        return [one for one in self.problems if one.identity == problem.identity][-1] is problem

    def _change(self, problem: ModelProblem, state: str, day: date, event: str) -> None:
        if state != problem.state:
            problem.since = day
        problem.state = state
        problem.events.append(event)

    def assign(self, problem: ModelProblem, day: date, owner: str, due: date) -> bool:
        """Assign, if that can be done."""
        if problem.state not in ("pending", "in_progress") or due < day:
            return False
        problem.owner, problem.due = owner, due
        self._change(problem, "in_progress", day, "assigned")
        return True

    def extend(self, problem: ModelProblem, day: date, due: date) -> bool:
        """Extend, if that can be done."""
        if problem.state != "in_progress" or problem.due is None or day > problem.due or due <= problem.due:
            return False
        problem.due, problem.note = due, "汛期"
        self._change(problem, "in_progress", day, "extended")
        return True

    def submit(self, problem: ModelProblem, day: date, progress: str = "已整改") -> bool:
        """Submit, if that can be done."""
        if problem.state != "in_progress":
            return False
        problem.progress = progress
        self._change(problem, "to_verify", day, "submitted")
        return True

    def fill_in(self, problem: ModelProblem, was: ModelProblem, cells: dict[str, Any], day: date) -> bool:
        """Take in what somebody typed into the row of a problem when it was as it ``was``; False where that is wrong.

        The cells are owner and due together, progress, and a state to which these lead, or a note.
        """
        told = {key: value for key, value in cells.items() if value not in (getattr(was, key), getattr(problem, key))}
        if any(getattr(was, key) != getattr(problem, key) for key in told):
            return False
        state, owner, due = told.pop("state", problem.state), told.get("owner"), told.get("due")
        if not told and state == problem.state:
            return True
        if state != problem.state and _STATES.index(state) < _STATES.index(problem.state):
            return False
        if problem.state == "closed" or (problem.state == "to_verify" and state == "to_verify" and (owner or due)):
            return False
        return self._go_on(problem, told, state, day)

    def _go_on(self, problem: ModelProblem, told: dict[str, Any], state: str, day: date) -> bool:
        owner, due, events = told.get("owner"), told.get("due"), len(problem.events)
        if problem.state == "in_progress" and due and problem.due and due > problem.due:
            if "note" not in told or not self.extend(problem, day, due):
                return False
            due = None
        if (problem.state == "pending" and (owner or due or state != "pending")) or (
            problem.state == "in_progress" and (owner or due)
        ):
            if not (owner or problem.owner) or (due and due < day):
                return False
            problem.owner, problem.due = owner or problem.owner, due or problem.due
            self._change(problem, "in_progress", day, "assigned")
        progress = told.get("progress", problem.progress)
        if state == "to_verify" and problem.state == "in_progress":
            if not progress:
                return False
            self.submit(problem, day, progress)
        elif len(problem.events) == events and told:
            problem.events.append("updated")
        problem.progress, problem.note = progress, told.get("note", problem.note)
        return True

    def send_back(self, problem: ModelProblem, day: date, due: date) -> bool:
        """Return, if that can be done."""
        if problem.state != "to_verify" or problem.owner is None or due < day:
            return False
        problem.due, problem.note = due, "不属实"
        self._change(problem, "in_progress", day, "returned")
        return True

    def close(self, problem: ModelProblem, day: date) -> bool:
        """Strike off, if that can be done."""
        if problem.state != "to_verify" or (problem.identity[1] == WATCHED and self._months_kept(problem) < 3):
            return False
        self._change(problem, "closed", day, "closed")
        return True

    def reopen(self, problem: ModelProblem, day: date) -> bool:
        """Reopen, if that can be done."""
        if problem.state != "closed" or not self._is_latest(problem):
            return False
        problem.note = "群众反映"
        self._change(problem, "in_progress" if problem.owner else "pending", day, "reopened")
        return True

    def _months_kept(self, problem: ModelProblem) -> int:
        """Count the whole months since the last that was missed, up to the last audit that judged the rule here."""
        site, rule, _month = problem.identity
        missed = max(one.identity[2] for one in self.problems if one.identity[:2] == (site, rule))
        judged = [day for day, sites in self.audits if site in sites and rule not in sites[site][1]]
        year, month = map(int, missed.split("-"))
        kept = 0
        while True:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
            if (after - date.resolution) > judged[-1]:
                return kept
            kept += 1
