"""Generated sites, written as real files, are judged as the rulebook's prose says, worked out a second time."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pilot_cli import assess, load_site, load_standard
from pilot_cli.audit.assessment import Assessment
from tests.generated import as_of_dates, make_folder, sites
from tests.oracle import Expected, ExpectedOne, recompute

FIVE_ONES = load_standard()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with all the documents that generated sites name."""
    folder = tmp_path_factory.mktemp("generated")
    make_folder(folder)
    return folder


def said(assessment: Assessment) -> Expected:
    """Put an assessment in the terms of the second opinion."""
    rules = [finding for finding in assessment.findings if finding.rule.id[0] not in "FX"]
    ones = {
        one.pillar.value: ExpectedOne(one.status.value, Decimal(str(one.score)), one.passed, one.applicable)
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
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), as_of=as_of_dates())
def test_a_generated_site_is_judged_as_the_rulebook_says(data: st.DataObject, as_of: date, folder: Path) -> None:
    written = tomli_w.dumps(data.draw(sites(folder), label="site"))
    path = folder / "site.toml"
    path.write_text(written, encoding="utf-8", newline="\n")
    reading = load_site(path)
    assert reading.problems == ()
    assessment = assess(reading, FIVE_ONES, as_of)
    expected = recompute(tomllib.loads(written), folder, as_of)
    event(f"{expected.complete} complete, {expected.grade}")
    assert said(assessment) == expected
