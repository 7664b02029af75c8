"""What holds of any site: laws on two files that differ in one thing, or on one file at two dates."""

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from pilot_cli import assess, load_site
from pilot_cli.audit.assessment import Assessment, Status
from pilot_cli.site.rule_info import Severity
from tests.audit.judging import FIVE_ONES, up_to, write
from tests.generated import as_of_dates, sites
from tests.generated.disturbing import SAYS_NOTHING, damageable, spaced, wrong_values
from tests.generated.places import ASKED_FOR, at, free_texts, name_of, reordered, replaced
from tests.oracle.score import SHARED

Site = dict[str, Any]
GRADES = ["不合格", "合格", "良好", "优秀"]


def judged(site: Site, folder: Path, as_of: date) -> Assessment:
    path, _ = write(site, folder)
    return assess(load_site(path), FIVE_ONES, as_of)


def score_of(assessment: Assessment) -> float:
    assert assessment.score is not None
    return assessment.score


def grade_of(assessment: Assessment) -> int:
    assert assessment.grade is not None
    return GRADES.index(assessment.grade.name.zh)


def failing(assessment: Assessment) -> set[tuple[str, bool]]:
    return {(finding.rule.id, bool(finding.waived)) for finding in assessment.findings}


def verdict(assessment: Assessment) -> tuple[object, ...]:
    statuses = [str(one.status) for one in assessment.pillars]
    return assessment.score, grade_of(assessment), statuses, failing(assessment)


@up_to(3)
@given(data=st.data(), as_of=as_of_dates())
def test_a_blank_text_never_raises_the_score(data: st.DataObject, as_of: date, folder: Path) -> None:
    """For each text that a rule asks for.

    Not for names by which a rule finds what to look at (an officer, a recorder): without them it does not apply.
    Not for `branch.covers`, of which there can be too many, nor for documents: one that is not named is not missing.
    Not for the papers of a waiver, without which a rule that is kept counts again.
    """
    site = data.draw(sites(folder, blanks=True), label="site")
    texts = [path for path in free_texts(site) if name_of(path) in ASKED_FOR]
    assume(texts)
    path = data.draw(st.sampled_from(texts), label="text")
    event(name_of(path))
    blank = replaced(site, path, data.draw(st.sampled_from(SAYS_NOTHING), label="blank"))
    assert score_of(judged(blank, folder, as_of)) <= score_of(judged(site, folder, as_of))


@up_to(3)
@given(data=st.data(), as_of=as_of_dates())
def test_what_nobody_sees_in_a_text_changes_nothing(data: st.DataObject, as_of: date, folder: Path) -> None:
    site = data.draw(sites(folder, blanks=True), label="site")
    assume(free_texts(site))
    respaced = site
    for path in data.draw(st.lists(st.sampled_from(free_texts(site)), min_size=1, max_size=5), label="texts"):
        respaced = replaced(respaced, path, data.draw(spaced(at(respaced, path))))
    assert verdict(judged(respaced, folder, as_of)) == verdict(judged(site, folder, as_of))


@up_to(3)
@given(data=st.data(), as_of=as_of_dates())
def test_the_order_of_rows_does_not_matter(data: st.DataObject, as_of: date, folder: Path) -> None:
    site = data.draw(sites(folder, blanks=True), label="site")
    chance = data.draw(st.randoms(use_true_random=False), label="order")
    moved = reordered(site, lambda rows: chance.sample(rows, len(rows)))
    backwards = reordered(site, lambda rows: rows[::-1])
    expected = verdict(judged(site, folder, as_of))
    assert verdict(judged(moved, folder, as_of)) == expected
    assert verdict(judged(backwards, folder, as_of)) == expected


@up_to(3)
@given(data=st.data(), dates=st.lists(as_of_dates(), min_size=2, max_size=2).map(sorted))
def test_what_is_overdue_stays_overdue_until_it_is_done(data: st.DataObject, dates: list[date], folder: Path) -> None:
    """Some time later an item is overdue by so many days more, unless it was done in between."""
    site = data.draw(sites(folder), label="site")
    items = site.get("responsibility_list", {}).get("items", [])
    for number, item in enumerate(items):
        item["title"] = f"事项{number}"
    before, after = ({item.title: item.days for item in judged(site, folder, as_of).overdue} for as_of in dates)
    done = {item["title"] for item in items if item.get("status") == "已完成" and "done_on" in item}
    event("some" if before else "none")
    for title, days in before.items():
        if title in after:
            assert after[title] == days + (dates[1] - dates[0]).days
        else:
            assert title in done


@up_to(3)
@given(data=st.data(), as_of=as_of_dates())
def test_a_site_is_no_better_without_a_waiver(data: st.DataObject, as_of: date, folder: Path) -> None:
    """For a waiver of a rule that fails without it, and earns nothing: neither score nor grade goes up.

    It cannot hold of the others. A rule that is kept earns its points once nobody excuses it, and so does in part
    a rule with credit by share, which may be more than the rest of its one does.
    """
    site = data.draw(sites(folder, blanks=True), label="site")
    site.pop("waivers", None)
    without = judged(site, folder, as_of)
    wrong = sorted(rule for rule, _ in failing(without) if rule[0] in "BLAGW" and rule not in SHARED)
    assume(wrong)
    rule = data.draw(st.sampled_from(wrong), label="rule")
    site["waivers"] = [{"rule": rule, "until": date.max, "reason": "已延期", "approved_by": "上级党委"}]
    excused = judged(site, folder, as_of)
    assert (rule, True) in failing(excused)
    assert score_of(without) <= score_of(excused)
    assert grade_of(without) <= grade_of(excused)


@up_to(3)
@given(data=st.data(), as_of=as_of_dates())
def test_what_a_site_loses_is_told_whatever_is_damaged(data: st.DataObject, as_of: date, folder: Path) -> None:
    """A one has as many findings of different rules as rules that it fails, and is not complete for one of them."""
    site = data.draw(sites(folder, blanks=True), label="site")
    path = data.draw(st.sampled_from(damageable(site)), label="place")
    event(name_of(path))
    wrong = replaced(site, path, data.draw(st.sampled_from(wrong_values(site, path)), label="value"))
    assessment = judged(wrong, folder, as_of)
    for one in assessment.pillars:
        told = {finding.rule for finding in assessment.findings if finding.rule.pillar is one.pillar}
        failed = {rule for rule in told if rule in assessment.by_rule}
        assert one.applicable - one.passed == len(failed)
        is_complete = all(rule.severity is not Severity.ERROR for rule in failed)
        assert one.status is Status.MISSING or (one.status is Status.COMPLETE) == is_complete
