"""Twelve monthly audits of sites that change in known ways come to what is recomputed from the findings alone."""

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection

from pilot_cli import survey
from pilot_cli.audit.assessment import Assessment
from pilot_cli.ledger.audits import Change, list_audits
from pilot_cli.ledger.collect import collect
from pilot_cli.ledger.comparison import compare
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.moves import Order, move
from pilot_cli.ledger.problem_filter import ProblemFilter
from pilot_cli.ledger.problems import list_problems
from pilot_cli.ledger.record import AuditOrder, record
from pilot_cli.ledger.states import EventKind, State
from pilot_cli.ledger.trend import trend
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import Workers
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.rule_info import About
from pilot_cli.site.texts import plain
from tests.ledger.making import STANDARD
from tests.ledger.model import Model, ModelProblem

SITES = int(os.environ.get("PILOT_TEST_EXAMPLES", "24"))
MONTHS = [date(2020 + month // 12, month % 12 + 1, 28) for month in range(9, 21)]
FAULTS = (
    ('brand = "', '# brand = "'),
    ('address = "', '# address = "'),
    ("full_members = 5", "full_members = 2"),
    ("area_m2 = 36.5", "area_m2 = 6"),
    ("area_m2 = 36.5", "area_m2 = -6"),
    ("owner = ", "# owner = "),
    ("[member_guide]", "[member_guide_]"),
)
"""What stands in a good site, and in one that has that fault; some make values unusable, or rules unjudged."""


def write_sites(folder: Path, random: Random, faults: dict[int, set[int]]) -> None:
    """Let every site get and lose a fault now and then."""
    good = Path("tests/fixtures/good-construction.toml").read_text(encoding="utf-8")
    for index in range(SITES):
        of_site = faults.setdefault(index, set())
        if random.random() < 0.5:
            of_site.symmetric_difference_update({random.randrange(len(FAULTS))})
        text = good
        for fault in sorted(of_site):
            text = text.replace(*FAULTS[fault], 1)
        lines = [f'id = "gd-{index:04}"' if line.startswith("id = ") else line for line in text.splitlines()]
        city = f'city = "{("广州市", "深圳市")[index % 2]}"'
        lines = [city if line.startswith("city = ") else line for line in lines]
        path = folder / f"{index}" / "site.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def found_in(assessment: Assessment) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """What the findings alone say of a site."""
    found = {
        (finding.rule.id, plain(subject))
        for finding in assessment.findings
        if finding.rule.about is About.WORK and not finding.waived
        for subject in finding.subjects or ("",)
    }
    return frozenset(found), frozenset({*assessment.left_out, *assessment.untold})


class Office:
    """Does with some problems what an office does, in the ledger and in the model."""

    def __init__(self, ledger: Ledger, model: Model, random: Random) -> None:
        self.ledger, self.model, self.random = ledger, model, random
        self.closed = 0

    def work(self, day: date) -> None:
        """Take the next step with one problem in three."""
        self.closed = 0
        with self.ledger.writing() as connection:
            self._go_on_with_some(connection, day)

    def _go_on_with_some(self, connection: Connection, day: date) -> None:
        for id, problem in enumerate(self.model.problems, 1):
            if self.random.random() < 0.3 and not problem.identity[1].startswith("W00"):
                self._go_on(connection, id, problem, day)

    def _go_on(self, connection: Connection, id: int, problem: ModelProblem, day: date) -> None:
        due = day + timedelta(self.random.choice((10, 60)))
        match problem.state:
            case "pending":
                order, is_done = (
                    Order(EventKind.ASSIGNED, day, "甲", owner="乙", due=due),
                    self.model.assign(problem, day, "乙", due),
                )
            case "in_progress":
                order, is_done = (
                    Order(EventKind.SUBMITTED, day, "乙", progress="已整改"),
                    self.model.submit(problem, day),
                )
            case "to_verify":
                order, is_done = Order(EventKind.CLOSED, day, "丙", opinion="属实"), self.model.close(problem, day)
                self.closed += 1
            case _:
                return
        assert is_done
        move(connection, [(id, (problem.year, problem.number))], order)  # type: ignore[list-item]


def test_a_year_comes_to_what_the_findings_come_to(ledger: Ledger, tmp_path: Path) -> None:
    random, model, faults = Random(1), Model(), dict[int, set[int]]()
    office = Office(ledger, model, random)
    folder = tmp_path / "sites"
    folder.mkdir()
    expected: list[tuple[object, ...]] = []
    before: dict[str, float | None] = {}
    for number, day in enumerate(MONTHS, 1):
        write_sites(folder, random, faults)
        known = len(model.problems)
        assessed = {one.id or "": one for one in survey(folder, STANDARD, day, locate=False)}
        model.audit(day, {id: found_in(one) for id, one in assessed.items()})
        collected = collect(SiteFiles([str(folder)]), STANDARD, day, Workers(1, None), Progress())
        with ledger.writing() as connection:
            record(connection, collected, AuditOrder(STANDARD, day, "检查员", None, str(folder)))
        is_open = [problem for problem in model.problems if problem.state != "closed"]
        late = [
            problem
            for problem in is_open
            if problem.state != "to_verify" and problem.due is not None and problem.due < day
        ]
        scores = {id: one.score for id, one in assessed.items()}
        complete = sum(one.complete == 5 for one in assessed.values())
        mean = sum(score or 0 for score in scores.values()) / len(scores)
        figures = (len(model.problems) - known, office.closed, len(is_open), len(late))
        expected.append((number, day, len(scores), complete, pytest.approx(mean), *figures))
        check_problems(ledger, model, day)
        if before:
            check_comparison(ledger, expected[-2:], before, scores)
        before = scores
        office.work(day + timedelta(5))
    with ledger.reading() as connection:
        (of_all,) = trend(connection)
        of_cities = trend(connection, by_city=True)
    assert [tuple(point) for point in of_all.points] == expected
    assert [one.city for one in of_cities] == ["广州市", "深圳市"]
    for index, point in enumerate(of_all.points):
        for name in ("sites", "complete", "opened", "closed", "open", "overdue"):
            assert sum(getattr(one.points[index], name) for one in of_cities) == getattr(point, name)
    happened = Counter(kind for problem in model.problems for kind in problem.events)
    assert min(happened[kind] for kind in ("found", "rebounded", "not_found", "found_again", "closed")) > 0


def check_problems(ledger: Ledger, model: Model, day: date) -> None:
    """Every problem is as the model has it, and as late."""
    with ledger.reading() as connection:
        listed = list_problems(connection, ProblemFilter(day, tuple(State)))
    told = {
        (problem.number, (problem.site, problem.rule, problem.subject), problem.state.value, problem.days_overdue)
        for problem in listed.problems
    }
    assert told == {
        (
            (problem.year, problem.number),
            problem.identity,
            problem.state,
            max(0, (day - problem.due).days) if problem.due and problem.state in ("pending", "in_progress") else 0,
        )
        for problem in model.problems
    }


def check_comparison(
    ledger: Ledger, figures: list[tuple[object, ...]], before: dict[str, float | None], after: dict[str, float | None]
) -> None:
    """The sites that are better and worse are those with other scores; cities together have all problems."""
    with ledger.reading() as connection:
        *_, earlier, later = list_audits(connection)
        compared = compare(connection, earlier, later)
    assert later.number == figures[-1][0]
    assert [compared.open_before, compared.open_after] == [row[-2] for row in figures]
    assert len(compared.new) == figures[-1][-4] == sum(city.new for city in compared.cities)
    assert len(compared.closed) == sum(city.closed for city in compared.cities)
    assert sum((city.sites for city in compared.cities), Counter()) == Counter(one.change for one in compared.sites)
    assert {(site.site, site.before, site.after) for site in compared.sites} == {
        (id, before[id], after[id]) for id in before
    }
    for site in compared.sites:
        if site.before != site.after:
            assert site.change is (Change.BETTER if (site.after or 0) > (site.before or 0) else Change.WORSE)
