"""``pilot report --since``: what changed since an audit of the ledger."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.commands.ledger.office import FAULTY, record, write_sites
from tests.commands.running import Result, pilot
from tests.editing import CONSTRUCTION, drop_table, edit, edited
from tests.formats.word import everything, table_of, texts

LATER = ("--as-of", "2020-11-28")
WORSE = edited(CONSTRUCTION, drop_table("member_guide"))
FIXED = edited(CONSTRUCTION, edit('brand = "', '# brand = "'))


def report(folder: Path, *arguments: str | Path, status: int = 0, language: str = "zh") -> Result:
    result = pilot("--lang", language, "report", "sites", *LATER, *arguments, cwd=folder)
    assert result.returncode == status, result.stderr
    return result


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Four sites in a ledger; since then one is better, one worse, one gone, one new and one as before."""
    write_sites(tmp_path, better=FAULTY, worse=CONSTRUCTION, same=FAULTY, gone=FAULTY)
    record(tmp_path, "2020-11-23")
    shutil.rmtree(tmp_path / "sites" / "gone")
    write_sites(tmp_path, better=FIXED, worse=WORSE, new=FAULTY)
    return tmp_path


def since(folder: Path, *arguments: str) -> Any:
    return json.loads(report(folder, "--since", "1", "--format", "json", *arguments).stdout)["since"]


def test_sites_and_problems_are_compared_with_what_the_audit_said(office: Path) -> None:
    told = since(office)
    assert (told["audit"], told["as_of"]) == (1, "2020-11-23")
    assert {one["id"]: one["change"] for one in told["sites"]} == {
        **{"better": "better", "worse": "worse", "same": "same", "gone": "gone", "new": "new"},
    }
    # At the new site both problems are new; those of the site that is gone were not looked for.
    found = {(one["severity"], one["new"], one["still"], one["gone"]) for one in told["problems"]}
    assert found == {("error", 1, 1, 1), ("error", 1, 0, 0), ("info", 1, 2, 0)}
    scores = {one["id"]: (one["before"], one["after"]) for one in told["sites"]}
    assert scores["gone"][1] is None is scores["new"][0]
    judged = [before for before, _after in scores.values() if before is not None]
    assert told["mean_score"] == round(sum(judged) / len(judged), 1)


def test_of_filtered_sites_those_alone_are_compared(office: Path) -> None:
    told = since(office, "--site", "better")
    assert [(one["id"], one["change"]) for one in told["sites"]] == [("better", "better")]
    assert {one["id"] for one in since(office, "--city", "广州")["sites"]} == {"better", "worse", "same", "new"}


def test_without_the_option_nothing_is_said_of_changes(office: Path) -> None:
    assert "since" not in json.loads(report(office, "--format", "json").stdout)
    assert "相比的变化" not in report(office).stdout


@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_changes_are_read_in_text(office: Path, format: str) -> None:
    told = report(office, "--since", "1", "--format", format).stdout
    for text in ("与2020年11月23日检查相比的变化", "得分上升的试点单位", "未再发现的问题", "试点单位变化情况"):
        assert text in told


def test_changes_stand_in_documents(office: Path) -> None:
    report(office, "--since", "1", "-o", "a.docx", "-o", "a.xlsx", "-o", "a.html")
    document = Document(str(office / "a.docx"))
    assert texts(document, "Heading 1")[1] == "二、与上次检查相比的变化"
    (told,) = (text for text in texts(document, "Body Text") if text.startswith("与2020年11月23日检查相比"))
    for text in (
        "得分上升的试点单位1家、得分下降的试点单位1家、得分持平的试点单位1家、"
        "新纳入检查的试点单位1家、本次未检查的试点单位1家。",
        "新发现的问题2个、仍然存在的问题1个、未再发现的问题1个。",
    ):
        assert text in told
    assert len(table_of(document, "试点单位变化情况")) == 5
    assert "0个" not in everything(document)
    sheet = openpyxl.load_workbook(office / "a.xlsx")["变化情况"]
    assert "问题变化情况" in [row[0] for row in sheet.iter_rows(values_only=True)]
    assert "试点单位变化情况" in (office / "a.html").read_text(encoding="utf-8")


def test_nothing_that_an_excused_rule_has_found_counts_as_gone(office: Path) -> None:
    waiver = '\n[[waivers]]\nrule = "B003"\nreason = "示例"\napproved_by = "示例·上级党委"\nuntil = 2021-06-30\n'
    write_sites(office, same=FAULTY + waiver)
    told = since(office, "--site", "same")
    assert [(one["new"], one["still"], one["gone"]) for one in told["problems"]] == [(0, 1, 0)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "7"], "没有第7批检查"),
        (["--since", "1", "--select", "B"], "请去掉 --select"),
        (["--since", "1", "--severity", "error"], "请去掉 --select"),
        (["--since", "1", "--ledger", "nowhere.db"], "尚未建立"),
        (["--ledger", "pilot-ledger.db"], "须与 --since 同时使用"),
        (["--since", "一"], "--since"),
    ],
)
def test_a_wrong_call_is_explained(office: Path, arguments: list[str], said: str) -> None:
    result = report(office, *arguments, status=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_the_variable_for_the_ledger_is_no_wrong_call(office: Path) -> None:
    result = pilot("report", "sites", *LATER, cwd=office, PILOT_LEDGER="pilot-ledger.db")
    assert (result.returncode, result.stderr) == (0, "")
