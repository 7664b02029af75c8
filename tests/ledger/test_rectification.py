"""What documents ask of a ledger, on SQLite and on PostgreSQL alike."""

from datetime import date

import pytest

from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.rectification import SiteChoice, all_complete, by_city, mean_score, read_rectification
from pilot_cli.ledger.since import SinceAudit
from pilot_cli.ledger.standing import Standing
from tests.ledger.making import FIRST_DAY, audit, outcome

LATER = date(2020, 12, 23)
ADVICE = ("P004", "")
PROBLEM = ("B003", "")
MISSED = ("W008", "2020-10")


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Three sites in two cities; an audit later a problem is found no more, and one is new."""
    audit(
        ledger,
        [
            outcome("b", [PROBLEM, ADVICE], city="深圳市", score=80.0, statuses="icccc"),
            outcome("a", [MISSED], score=91.0),
            outcome("c", []),
        ],
    )
    audit(
        ledger,
        [
            outcome("b", [ADVICE], city="深圳市", score=85.0, statuses="icccc"),
            outcome("a", [MISSED, PROBLEM], score=70.0),
        ],
        LATER,
    )
    return ledger


def test_sites_come_city_by_city_with_what_was_found(told: Ledger) -> None:
    with told.reading() as connection:
        asked = read_rectification(connection, LATER, SiteChoice())
    assert [(site.id, len(site.entries), site.tally.found) for site in asked.sites] == [("a", 2, 2), ("b", 2, 1)]
    assert list(by_city(asked.sites)) == ["广州市", "深圳市"]
    assert (asked.audit.number, all_complete(asked.sites), mean_score(asked.sites)) == (2, 1, 77.5)
    tally = asked.tally
    assert (tally.found, tally.advice, tally.open.part) == (3, 1, 3)
    # What was found no more waits to be verified.
    assert tally.by_standing == {Standing.NOT_BEGUN: 2, Standing.UNDER_WAY: 1}
    assert [problem.rule for problem in asked.problems] == ["B003", "W008", "B003"]


def test_the_trend_is_of_the_sites_that_are_chosen_and_without_advice(told: Ledger) -> None:
    opened = {}
    for choice in (SiteChoice(), SiteChoice(ids=("A",)), SiteChoice(cities=("深圳",))):
        with told.reading() as connection:
            opened[choice] = [point.opened for point in read_rectification(connection, LATER, choice).trend.points]
    assert list(opened.values()) == [[2, 1], [1, 1], [1, 0]]


def test_sites_that_are_not_there_are_an_error(told: Ledger) -> None:
    with told.reading() as connection, pytest.raises(LedgerError, match="没有这样的试点单位"):
        read_rectification(connection, LATER, SiteChoice(ids=["z"]))


def test_an_audit_is_remembered_with_what_it_found(told: Ledger) -> None:
    with told.reading() as connection:
        changes = SinceAudit.read(connection, 1, is_whole=True).changes()
    assert (changes.audit.as_of, changes.before, changes.after) == (FIRST_DAY, 87.0, None)
    assert {(site.site, site.change.value) for site in changes.sites} == {("a", "gone"), ("b", "gone"), ("c", "gone")}
    assert changes.rules == []
