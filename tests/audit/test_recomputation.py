"""Generated sites, written as real files, are judged as the rulebook's prose says, worked out a second time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pilot_cli import assess, load_site
from pilot_cli.audit.assessment import Assessment
from tests.audit.judging import FIVE_ONES, ON_SITE, up_to, write, write_inspections
from tests.generated import as_of_dates, damaged_sites, inspections, sites
from tests.oracle import Expected, ExpectedOne, recompute


def said(assessment: Assessment) -> Expected:
    """Put an assessment in the terms of the second opinion, but for the points."""
    rules = [finding for finding in assessment.findings if finding.rule.id[0] not in "FX"]
    ones = {
        one.pillar.value: ExpectedOne(
            str(one.status), Decimal(str(one.score)), one.passed, one.applicable, Fraction(0), 0
        )
        for one in assessment.pillars
    }
    assert assessment.grade is not None
    assert assessment.score is not None
    return Expected(
        score=Decimal(str(assessment.score)),
        grade=assessment.grade.name.zh,
        complete=assessment.complete,
        ones=ones,
        failed=frozenset(finding.rule.id for finding in rules if not finding.waived),
        waived=frozenset(finding.rule.id for finding in rules if finding.waived),
        to_inspect=frozenset(assessment.to_inspect),
    )


def agree(assessment: Assessment, expected: Expected) -> None:
    """Points are told with four decimals; all the rest is the same to the last digit."""
    for one in assessment.pillars:
        own = expected.ones[one.pillar.value]
        assert (one.earned, one.possible) == pytest.approx((round(float(own.earned), 4), own.possible), abs=1e-4)
    ones = {name: replace(one, earned=Fraction(0), possible=0) for name, one in expected.ones.items()}
    assert said(assessment) == replace(expected, ones=ones)


@up_to(1)
@given(data=st.data(), as_of=as_of_dates())
def test_a_generated_site_is_judged_as_the_rulebook_says(data: st.DataObject, as_of: date, folder: Path) -> None:
    path, site = write(data.draw(sites(folder, blanks=True), label="site"), folder)
    reading = load_site(path)
    assert reading.problems == ()
    expected = recompute(site, folder, as_of)
    event(f"{expected.complete} complete, {expected.grade}")
    agree(assess(reading, FIVE_ONES, as_of), expected)


@up_to(1)
@given(data=st.data(), as_of=as_of_dates())
def test_a_damaged_site_is_judged_by_what_can_be_used(data: st.DataObject, as_of: date, folder: Path) -> None:
    path, site = write(data.draw(damaged_sites(folder), label="site"), folder)
    assessment = assess(load_site(path), FIVE_ONES, as_of)
    assert {finding.rule.id for finding in assessment.findings if finding.rule.id[0] == "F"} == {"F005"}
    agree(assessment, recompute(site, folder, as_of))


@up_to(1)
@given(data=st.data(), as_of=as_of_dates())
def test_what_was_seen_on_site_is_judged_as_the_rulebook_says(data: st.DataObject, as_of: date, folder: Path) -> None:
    path, site = write(data.draw(sites(folder, blanks=True), label="site"), folder)
    seen = write_inspections(data.draw(inspections(), label="inspections"), folder)
    assessment = assess(load_site(path), ON_SITE, as_of)
    assert {finding.rule.id for finding in assessment.findings if finding.rule.id[0] == "F"} <= {"F004", "F005", "F006"}
    expected = recompute(site, folder, as_of, seen)
    event(f"{len(expected.to_inspect)} to inspect")
    agree(assessment, expected)
