from collections.abc import Iterator
from pathlib import Path

import pytest

from pilot_cli import assess, load_site
from pilot_cli.site.reader import parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, drop, edit, edited, read_site
from tests.standard.cases import FAILS, PASSES, Case, Outcome, case

DOCUMENTS = {
    "B015": "documents/批复.txt",
    "L011": "documents/清单.txt",
    "A007": "documents/照片.txt",
    "G009": "documents/指引.txt",
    "W015": "documents/制度.txt",
}
"""The document that the good site names for each rule."""


def cases_of(rule: str) -> Iterator[Case]:
    there = f'["{DOCUMENTS[rule]}"]'

    def named(names: str, outcome: Outcome, when: str) -> Case:
        return case(rule, outcome, when, edit(there, names))

    yield named(there, PASSES, "with one document")
    yield named('["documents/批复.txt", "documents/sub/附件 1.pdf"]', PASSES, "with two documents")
    yield named('["./documents/sub/../批复.txt"]', PASSES, "with a detour inside the folder")
    yield named("['documents\\sub\\附件 1.pdf']", PASSES, "with a path as Windows writes it")
    yield case(rule, FAILS, "without documents", drop(there))
    yield named("[]", FAILS, "with an empty list")
    yield named('["documents/批复.txt", "documents/没有.txt"]', FAILS, "with one document that does not exist")
    yield named('["documents/empty.txt"]', FAILS, "with an empty document")
    yield named('["documents/sub"]', FAILS, "with a folder for a document")
    yield named('[" "]', FAILS, "with a blank path")
    yield named('["../outside.txt"]', FAILS, "with a path out of the folder")
    yield named('["documents/../../site/documents/批复.txt"]', FAILS, "with a path out of the folder and in again")
    yield named('["/etc/passwd"]', FAILS, "with an absolute path")
    yield named('["C:/Windows/win.ini"]', FAILS, "with an absolute path of Windows")


CASES = [made for rule in DOCUMENTS for made in cases_of(rule)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a site that holds more documents than the good site names."""
    (tmp_path / "outside.txt").write_text("外面的文件", encoding="utf-8")
    sub = tmp_path / "site" / "documents" / "sub"
    sub.mkdir(parents=True)
    (sub / "附件 1.pdf").write_text("附件", encoding="utf-8")
    (sub.parent / "empty.txt").touch()
    return tmp_path / "site"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_on_documents(case: Case, folder: Path, five_ones: Standard) -> None:
    assert case.judge(folder, five_ones) is case.outcome


@pytest.mark.parametrize(
    ("link", "target", "named", "outcome"),
    [
        pytest.param("批复-副本.txt", "sub/附件 1.pdf", "批复-副本.txt", PASSES, id="a link inside the folder"),
        pytest.param("批复-副本.txt", "../../outside.txt", "批复-副本.txt", FAILS, id="a link to a file outside"),
        pytest.param("外", "../..", "外/outside.txt", FAILS, id="a file below a link to a folder outside"),
        pytest.param(
            "外", "../..", "外/site/documents/empty.txt", FAILS, id="an empty file by a link outside and back"
        ),
        pytest.param("断", "没有.txt", "断", FAILS, id="a link to nothing"),
        pytest.param("圈", "圈", "圈", FAILS, id="a link to itself"),
    ],
)
def test_links_to_documents_have_to_stay_inside(
    link: str, target: str, named: str, outcome: Outcome, folder: Path, five_ones: Standard
) -> None:
    try:
        (folder / "documents" / link).symlink_to(target)
    except OSError:
        pytest.skip("this system has no links")
    made = case("B015", outcome, "", edit('["documents/批复.txt"]', f'["documents/{named}"]'))
    assert made.judge(folder, five_ones) is outcome


def test_of_what_comes_through_standard_input_no_documents_are_judged(five_ones: Standard) -> None:
    for site in (CONSTRUCTION, edited(CONSTRUCTION, *(drop(f'["{path}"]') for path in DOCUMENTS.values()))):
        assessment = assess(parse_site(site.encode()), five_ones, AS_OF)
        assert (assessment.findings, assessment.score) == ((), 100)
        assert set(DOCUMENTS) <= set(assessment.left_out)
        # 2 points less of each
        assert [one.possible for one in assessment.pillars] == [24, 23, 13, 16, 23]


def test_of_a_file_without_a_folder_in_its_path_the_folder_is_the_current_one(
    folder: Path, five_ones: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_site(folder, CONSTRUCTION)
    monkeypatch.chdir(folder)
    assert assess(load_site("site.toml"), five_ones, AS_OF).findings == ()
