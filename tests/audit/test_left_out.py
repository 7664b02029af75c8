"""Where findings stand when bad values of the file were left out before the rules saw the site."""

from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.site.problem import KeyPath
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, Edit, edit, edited, read_site

MEETING = '{ kind = "支委会", date = 2020-11-02, attended = 1, expected = 9 }'


@pytest.mark.parametrize(
    ("site", "change", "rule", "path", "part"),
    [
        pytest.param(
            CONSTRUCTION,
            edit('["documents/批复.txt"]', '[7, "documents/批复.txt", "没有.txt"]'),
            "B015",
            ("branch", "documents", 2),
            '"没有.txt"',
            id="a text after a number",
        ),
        pytest.param(
            CONSTRUCTION,
            edit('["documents/批复.txt"]', '[[], "没有.txt", {}, "documents/批复.txt", true]'),
            "B015",
            ("branch", "documents", 1),
            '"没有.txt"',
            id="a text between others",
        ),
        pytest.param(
            CONSTRUCTION,
            edit("records = [\n", f'records = [\n  "会议", 2020-01-01, {MEETING},\n'),
            "W014",
            ("work_rules", "records", 2, "attended"),
            "attended = 1",
            id="a row after what is no row",
        ),
        pytest.param(
            COMMUNITY,
            edit("items = [\n", 'items = [\n  "巡查",\n  { titel = "整治", due = 5 }, { due = 2020-11-20 },\n  3,\n'),
            "L007",
            ("responsibility_list", "items", 2, "due"),
            "due = 2020-11-20",
            id="a row after one with bad keys",
        ),
        pytest.param(
            COMMUNITY,
            edit("roles = [\n", 'roles = [\n  1, { members = [1] }, { members = ["周一", 2] }, { members = [] }, 4,\n'),
            "G004",
            ("member_guide", "roles", 3, "members"),
            "members = []",
            id="a row with an empty list after one that was left with one",
        ),
        pytest.param(
            CONSTRUCTION,
            edit(
                "[[satisfaction]]",
                "[[satisfaction]]\nrated = -1\n[[satisfaction]]\nrated = 1\nsatisfied = 2\n[[satisfaction]]",
            ),
            "P008",
            ("satisfaction", 1, "satisfied"),
            "satisfied = 2\n",
            id="a table of which a key was left out",
        ),
    ],
)
def test_a_finding_stands_where_the_file_has_what_it_is_about(
    site: str, change: Edit, rule: str, path: KeyPath, part: str, tmp_path: Path, five_ones: Standard
) -> None:
    text = edited(site, change)
    assert text.count(part) == 1
    before = text[: text.index(part)]
    findings = assess(read_site(tmp_path, text), five_ones, AS_OF).findings
    assert any(finding.rule.id == "F005" for finding in findings)
    (finding,) = (finding for finding in findings if finding.rule.id == rule)
    assert finding.path == path
    assert (finding.line, finding.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.usefixtures("english")
def test_a_row_is_called_by_its_number_in_the_file(tmp_path: Path, five_ones: Standard) -> None:
    text = edited(COMMUNITY, edit("items = [\n", 'items = [\n  "巡查", { due = 2020-11-20 },\n'))
    findings = assess(read_site(tmp_path, text), five_ones, AS_OF).findings
    (finding,) = (finding for finding in findings if finding.rule.id == "L007")
    assert str(finding.message) == "Item 2 was due on 2020-11-20, 3 days ago"
