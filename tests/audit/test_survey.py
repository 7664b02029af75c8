"""Many files: which are audited, and what they repeat of each other."""

from pathlib import Path

import pytest

from pilot_cli import Summary, survey
from pilot_cli.audit.assessment import Assessment, Finding
from pilot_cli.site.rule_info import Severity
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, Edit, drop, edit, edited, line_of, write_site

OTHER_ID = edit('id = "good-construction"', 'id = "other"')
OTHER_NUMBER = edit("江街党〔2019〕7号", "江街党〔2019〕8号")


def write(folder: Path, name: str, *edits: Edit, site: str = CONSTRUCTION) -> str:
    return str(write_site(folder, edited(site, *edits), name))


def surveyed(standard: Standard, *paths: str | Path) -> list[Assessment]:
    return list(survey(paths, standard, AS_OF))


def repeated(assessment: Assessment) -> list[Finding]:
    return [finding for finding in assessment.findings if finding.rule.family == "X"]


def test_files_are_audited_in_the_order_of_the_paths(tmp_path: Path, five_ones: Standard) -> None:
    second = write(tmp_path, "b.toml")
    first = write(tmp_path, "a.toml", site=COMMUNITY)
    assert [assessment.path for assessment in surveyed(five_ones, second, first)] == [second, first]
    assert [assessment.path for assessment in surveyed(five_ones, tmp_path)] == [first, second]


def test_different_sites_repeat_nothing(tmp_path: Path, five_ones: Standard) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_ID, OTHER_NUMBER)
    write(tmp_path, "c.toml", site=COMMUNITY)
    assert [assessment.findings for assessment in surveyed(five_ones, tmp_path)] == [(), (), ()]


@pytest.mark.usefixtures("english")
def test_an_id_used_twice_is_an_error_of_the_later_file(tmp_path: Path, five_ones: Standard) -> None:
    first = write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_NUMBER)
    one, other = surveyed(five_ones, tmp_path)
    assert repeated(one) == []
    (finding,) = repeated(other)
    assert (finding.rule.id, finding.rule.severity, finding.rule.pillar) == ("X001", Severity.ERROR, None)
    assert str(finding.message) == f"The site ID good-construction is already used by {first}"
    assert (finding.path, finding.line, finding.column) == (("site", "id"), line_of(CONSTRUCTION, "id ="), 1)


@pytest.mark.usefixtures("english")
def test_an_approval_number_used_twice_is_a_warning_of_the_later_file(tmp_path: Path, five_ones: Standard) -> None:
    first = write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_ID)
    one, other = surveyed(five_ones, tmp_path)
    assert repeated(one) == []
    (finding,) = repeated(other)
    assert (finding.rule.id, finding.rule.severity, finding.rule.pillar) == ("X002", Severity.WARNING, None)
    assert str(finding.message) == f"The approval number 江街党〔2019〕7号 is already used by {first}"
    assert finding.path == ("branch", "approval_no")
    assert finding.line == line_of(CONSTRUCTION, "approval_no")


def test_every_later_file_is_told_of_the_first(tmp_path: Path, five_ones: Standard) -> None:
    first = write(tmp_path, "a.toml")
    write(tmp_path, "b.toml")
    write(tmp_path, "c.toml")
    _one, *others = surveyed(five_ones, tmp_path)
    for other in others:
        assert [finding.rule.id for finding in repeated(other)] == ["X001", "X002"]
        assert all(first in str(finding.message) for finding in repeated(other))


def test_what_is_repeated_does_not_touch_the_score(tmp_path: Path, five_ones: Standard) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml")
    assert [(a.score, a.complete) for a in surveyed(five_ones, tmp_path)] == [(100.0, 5), (100.0, 5)]


def test_what_is_absent_blank_or_unusable_is_not_repeated(tmp_path: Path, five_ones: Standard) -> None:
    for name in ("a.toml", "b.toml"):
        write(tmp_path, name, drop("id = "), drop("approval_no"))
    for name in ("c.toml", "d.toml"):
        write(tmp_path, name, edit('id = "good', 'id = "GOOD'), edit("江街党〔2019〕7号", " "))
    for name in ("e.toml", "f.toml"):
        (tmp_path / name).write_text("id = ", encoding="utf-8")
    assert not any(repeated(assessment) for assessment in surveyed(five_ones, tmp_path))


@pytest.mark.parametrize(
    "number",
    [
        " 江街党〔2019〕7号 ",
        "江街党[2019]7号",
        "江街党（2019）7号",
        "江街党(2019)7号",
        "江街党［２０１９］７号",
        "江街党【2019】7号",
        "江街党〔2019〕 7 号",
        "江街党\u200b〔2019〕7号\ufeff",
        "江街党〔2019〕7\u3000号",
    ],
)
def test_another_way_to_write_an_approval_number_does_not_make_another(
    number: str, tmp_path: Path, five_ones: Standard
) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_ID, edit("江街党〔2019〕7号", number))
    assert [finding.rule.id for finding in repeated(surveyed(five_ones, tmp_path)[1])] == ["X002"]


def test_an_id_is_not_an_approval_number(tmp_path: Path, five_ones: Standard) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_ID, edit("江街党〔2019〕7号", "good-construction"))
    assert repeated(surveyed(five_ones, tmp_path)[1]) == []


def test_a_file_named_twice_is_audited_once(tmp_path: Path, five_ones: Standard) -> None:
    path = write(tmp_path, "a.toml")
    (assessment,) = surveyed(five_ones, path, tmp_path, tmp_path / "documents" / ".." / "a.toml")
    assert assessment.findings == ()


def test_repeated_keys_are_findings_of_the_rest_of_the_file_too(tmp_path: Path, five_ones: Standard) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", edit("full_members = 5", 'full_members = "5"'))
    assert [finding.rule.id for finding in surveyed(five_ones, tmp_path)[1].findings] == [
        "F005",
        "X001",
        "X002",
    ]


def test_a_summary_counts_what_a_survey_finds(tmp_path: Path, five_ones: Standard) -> None:
    write(tmp_path, "a.toml")
    write(tmp_path, "b.toml", OTHER_ID, OTHER_NUMBER, drop("approval_no"), drop("brand"))
    (tmp_path / "c.toml").write_text("＝", encoding="utf-8")
    summary = Summary()
    assert len(list(summary.count_passing(survey([str(tmp_path)], five_ones, AS_OF)))) == 3
    assert (summary.sites, summary.unreadable, summary.complete) == (3, 1, 2)
    assert summary.findings == {Severity.INFO: 2}
    assert (summary.filing, summary.is_found(Severity.ERROR)) == (1, True)
    # 1 of 26 points of the branch is lost: 99.23 becomes 99.2, and the mean of 100 and 99.2 is 99.6
    assert summary.mean_score == 99.6


def test_without_a_readable_site_there_is_no_mean(tmp_path: Path, five_ones: Standard) -> None:
    (tmp_path / "a.toml").write_text("＝", encoding="utf-8")
    summary = Summary()
    assert summary.mean_score is None
    list(summary.count_passing(survey([str(tmp_path)], five_ones, AS_OF)))
    assert summary.mean_score is None
