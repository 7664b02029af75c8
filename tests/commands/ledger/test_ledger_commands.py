"""``pilot ledger``: a month in an office, and what is said when a call is wrong."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pilot_cli.formats.registry import LEDGER_FORMATS
from tests.commands.ledger.office import BY, FAULTY, ledger, listed, record, write_sites
from tests.commands.running import pilot
from tests.editing import CONSTRUCTION, edit, edited

FIXED = edited(CONSTRUCTION, edit('brand = "', '# brand = "'))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with two sites, of which one has a serious problem and advice, and an audit of them."""
    write_sites(tmp_path, good=CONSTRUCTION, bad=FAULTY)
    record(tmp_path, "2020-11-23")
    return tmp_path


def test_an_office_follows_a_problem_until_it_is_struck_off(office: Path) -> None:
    assert [(one["number"], one["rule"], one["state"]) for one in listed(office)] == [
        ("〔2020〕1", "B003", "pending"),
        ("〔2020〕2", "P004", "pending"),
    ]
    day = ("--as-of", "2020-11-25", *BY)
    said = ledger(office, "assign", "1", "--owner", "乙", "--due", "2020-12-08", "--measure", "发展党员", *day)
    assert said.stdout == "〔2020〕1：整改中，整改时限2020年12月8日\n"
    assert [one["days_overdue"] for one in listed(office, "--overdue", "--as-of", "2020-12-10")] == [2]
    ledger(office, "extend", "〔2020〕1", "--due", "2020年12月31日", "--reason", "汛期", *day)
    write_sites(office, bad=FIXED)
    recorded = record(office, "2020-12-23")
    assert (recorded["not_found"], recorded["found_again"]) == (1, 1)
    said = ledger(
        office, "close", "2020-1", "--opinion", "属实", "--method", "on_site", "--as-of", "2020-12-24", "--by", "丁"
    )
    assert said.stdout == "〔2020〕1：已销号，整改时限2020年12月31日\n"
    (closed,) = listed(office, "--state", "已销号")
    assert (closed["verified_by"], closed["method"], closed["closed_on"]) == ("丁", "on_site", "2020-12-24")
    write_sites(office, bad=FAULTY)
    assert record(office, "2021-01-23")["rebounded"] == 1
    (rebound,) = listed(office, "--rebounded")
    assert (rebound["number"], rebound["rebound_of"]) == ("〔2021〕1", "〔2020〕1")
    old = json.loads(ledger(office, "problem", "2020-1", "--format", "json").stdout)
    assert old["rebounded_as"] == "〔2021〕1"
    assert old["audits"][-1] == {"audit": 3, "as_of": "2021-01-23", "found": True, "rebounded_as": "〔2021〕1"}
    shown = ledger(office, "problem", "2020-1").stdout
    assert "第3批检查：复查仍存在，反弹，另立〔2021〕1号" in shown
    assert re.search("反弹后另立 +〔2021〕1", shown)


def test_one_problem_is_told_with_its_whole_history(office: Path) -> None:
    ledger(office, "assign", "1", "--owner", "乙", "--due", "2020-12-08", "--as-of", "2020-11-25", *BY)
    record(office, "2020-12-01", "--note", "复查")
    assert "\n备注：复查\n" in ledger(office, "show").stdout
    told = ledger(office, "problem", "1", "--as-of", "2020-12-10").stdout
    for text in (
        "〔2020〕1 正式党员不足",
        "整改中（逾期2天）",
        "连续2次",
        "整改责任人：乙",
        "第1批检查：发现问题",
        "第2批检查：复查仍存在",
    ):
        assert text in told
    document = json.loads(ledger(office, "problem", "1", "--format", "json").stdout)
    assert [event["kind"] for event in document["events"]] == ["found", "assigned"]
    assert [(audit["audit"], audit["found"]) for audit in document["audits"]] == [(1, True), (2, True)]


def test_the_same_audit_twice_changes_nothing_and_says_so(office: Path) -> None:
    said = ledger(office, "record", "sites", "--as-of", "2020-11-23", *BY)
    assert said.stdout == "与第1批检查的结果完全相同，台账未作改动。\n"
    assert len(json.loads(ledger(office, "audits", "--format", "json").stdout)["audits"]) == 1


def test_files_of_which_nothing_can_be_recorded_are_named(office: Path) -> None:
    write_sites(office, twin=CONSTRUCTION)
    text = (office / "sites/twin/site.toml").read_text(encoding="utf-8")
    (office / "sites/twin/site.toml").write_text(text.replace('id = "twin"', 'id = "good"'), encoding="utf-8")
    write_sites(office, nameless=CONSTRUCTION)
    text = (office / "sites/nameless/site.toml").read_text(encoding="utf-8")
    (office / "sites/nameless/site.toml").write_text(text.replace('id = "nameless"', "# "), encoding="utf-8")
    (office / "sites/bad/site.toml").write_text("[site\n", encoding="utf-8")
    result = ledger(office, "record", "sites", "--as-of", "2020-12-23", *BY)
    assert "未记入台账（无法读取）：1个（sites/bad/site.toml）" in result.stderr
    assert "未记入台账（没有站点编号）：1个（sites/nameless/site.toml）" in result.stderr
    assert "未记入台账（站点编号与前面的文件重复）：1个" in result.stderr
    assert "本次未复查2个" in result.stdout


def test_a_trend_and_a_comparison_are_drawn_and_written(office: Path) -> None:
    write_sites(office, bad=FIXED)
    record(office, "2020-11-28")
    table = ledger(office, "trend").stdout
    assert any(character in table for character in "▁█")
    (of_all,) = json.loads(ledger(office, "trend", "--format", "json").stdout)["trends"]
    assert [(point["opened"], point["open"]) for point in of_all["audits"]] == [(2, 2), (0, 2)]
    assert "广州市" in ledger(office, "trend", "--by", "city").stdout
    compared = ledger(office, "compare").stdout
    assert "第1批检查（2020年11月23日）与第2批检查（2020年11月28日）对比" in compared
    assert "上升1个" in compared
    document = json.loads(ledger(office, "compare", "1", "2", "--by", "地市", "--format", "json").stdout)
    before, after = document["before"]["mean_score"], document["after"]["mean_score"]
    problems = {"new": 0, "closed": 0, "open": {"before": 2, "after": 2}}
    assert document["cities"] == {
        "广州市": {"better": 1, "same": 1, "mean_score": {"before": before, "after": after}, "problems": problems}
    }
    assert document["problems"]["open"] == problems["open"]
    assert "问题：新增0个，其中反弹0个；销号0个；未销号2个→2个" in compared
    assert len(document["after"]["standard_digest"]) == 32
    assert "pilot ledger compare 1 2" in ledger(office, "compare", "2", "1", status=2).stderr
    assert "没有第9批检查" in ledger(office, "show", "9", status=2).stderr


def test_the_ledger_is_written_as_csv_with_the_columns_of_an_office(office: Path) -> None:
    result = ledger(office, "problems", "-o", "台账.csv")
    assert result.stderr == "已写入：台账.csv\n"
    rows = list(csv.reader(io.StringIO((office / "台账.csv").read_text(encoding="utf-8-sig"))))
    assert "·".join(rows[0]) == (
        "序号·问题编号·检查批次·试点单位·党支部·类别·级别·问题表现·依据·整改目标·整改措施·责任领导·责任单位·"
        "整改责任人·整改时限·整改进展·状态·完成日期·佐证材料·核查方式·核查人·核查意见·销号日期·备注"
    )
    assert rows[1][:3] == ["1", "〔2020〕1", "第1批（2020-11-23）"]
    assert len({len(row) for row in rows}) == 1


def test_texts_of_strangers_are_neither_markup_nor_formulas(office: Path) -> None:
    nasty = '=HYPERLINK("x")[red]\x1b[31m'
    ledger(office, "assign", "1", "--owner", nasty, "--due", "2020-12-08", "--as-of", "2020-11-25", *BY)
    shown = ledger(office, "problems").stdout
    assert "[red]" in shown
    assert "\x1b" not in shown
    assert "'=HYPERLINK" in ledger(office, "problems", "--format", "csv").stdout
    assert [one["rule"] for one in listed(office, "--owner", nasty)] == ["B003"]
    assert listed(office, "--owner", "x' OR '1'='1") == []


def test_sites_cities_and_people_are_found_as_people_write_them(office: Path) -> None:
    ledger(office, "assign", "1", "--owner", "张 甲、李乙", "--as-of", "2020-11-25", "--due", "2020-12-08", *BY)
    one = listed(office, "--owner", "张甲、李乙")[0]
    assert one["number"] == "〔2020〕1"
    city = one["city"].removesuffix("市")
    asked = ("--city", f"{city}、无此市", "--site", f"{one['site'].upper()}，无此单位", "--owner", "张甲、李乙")
    assert listed(office, *asked) == [one]
    assert "1 problem: under rectification 1" in ledger(office, "problems", *asked, language="en").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assign"], "缺少参数 NUMBER"),
        (["problem"], "缺少参数 NUMBER"),
        (["assign", "1", "--due", "2020-12-08"], "〔2020〕1：请用 --owner 写明整改责任人"),
        (["assign", "1", "--owner", "乙", "--due", "明天"], "“明天”不是日期"),
        (["close", "1", "--opinion", "属实"], "〔2020〕1：现为待交办，下一步是：pilot ledger assign"),
        (["assign", "1", "--owner", " "], "--owner：没有实质内容"),
        (["assign", "1", "--owner", "无"], "--owner：没有实质内容"),
        (["assign", "1", "--owner", "乙", "--measure", "整改", "--measure", "/"], "--measure：没有实质内容"),
        (["close", "1", "--opinion", "待定"], "--opinion：没有实质内容"),
        (["assign", "1", "--owner", "乙", "--by", "待定"], "--by：请写明经办人"),
        (["assign", "1", "--owner", "乙", "--by", ""], "--by：请写明经办人"),
        (["assign", "1", "--owner", "乙", "--as-of", "2020-11-22"], "2020年11月23日起为待交办，办理日期不能早于该日"),
        (["problem", "99"], "台账中没有问题99"),
        (["problems", "--city", "北京"], "台账中没有这样的试点单位"),
        (["problems", "--state", "done"], "可选：pending（待交办）、"),
        (["close", "1", "--method", "听说"], "--method"),
        (["trend", "-o", "a.pdf"], "pdf"),
        (["report", "--kind", "通报", "-o", "a.xlsx"], ".xlsx 文件由 pilot ledger report --kind progress 生成"),
        (["asign", "1"], "assign"),
        (["load", "nowhere.jsonl"], "无法读取 nowhere.jsonl：没有这个文件"),
        (["load", "sites/good/site.toml"], "不是由 pilot ledger dump 导出的"),
        (["dump", "-o", "pilot-ledger.db"], "就是台账本身"),
    ],
)
def test_a_wrong_call_is_explained(office: Path, arguments: list[str], said: str) -> None:
    result = ledger(office, *arguments, status=2)
    assert said in result.stderr
    assert result.stdout == ""


def test_what_is_dumped_can_be_loaded(office: Path) -> None:
    ledger(office, "dump", "-o", "台账.jsonl")
    assert ledger(office, "load", "台账.jsonl", *BY).stdout == "台账中已有全部内容，未作改动。\n"
    said = ledger(office, "load", "台账.jsonl", "--ledger", "other.db", *BY).stdout
    assert said == "已并入：检查1批，新增试点单位2个，新增问题2个，有新进展的问题0个。\n"
    dumped = ledger(office, "dump").stdout
    assert dumped == ledger(office, "dump", "--ledger", "other.db").stdout
    assert dumped == (office / "台账.jsonl").read_text(encoding="utf-8")


def settings(office: Path, text: str) -> None:
    (office / "pilot.toml").write_text(text, encoding="utf-8")


def run(office: Path, *arguments: str, cwd: str = "", **environment: str) -> Any:
    result = pilot("ledger", *arguments, cwd=office / cwd, PILOT_NO_SETTINGS="", **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_place_person_and_deadlines_come_from_the_settings(tmp_path: Path) -> None:
    write_sites(tmp_path, bad=FAULTY)
    settings(
        tmp_path,
        '[office]\nperson = "示例·张甲"\n[deadlines]\nerror = 15\n[ledger]\nurl = "data/台账.db"\n',
    )
    (tmp_path / "data").mkdir()
    run(tmp_path, "record", ".", "--as-of", "2020-11-23", cwd="sites")
    assert (tmp_path / "data/台账.db").is_file()
    run(tmp_path, "assign", "1", "--owner", "乙", "--as-of", "2020-11-23")
    document = json.loads(run(tmp_path, "problem", "1", "--format", "json", cwd="sites/bad"))
    assert (document["due"], document["events"][1]["who"]) == ("2020-12-08", "示例·张甲")
    other = json.loads(run(tmp_path, "audits", "--format", "json", PILOT_LEDGER=str(tmp_path / "data/台账.db")))
    assert other["audits"][0]["who"] == "示例·张甲"


def test_the_ledger_stands_beside_the_settings_and_options_of_all_commands_hold(tmp_path: Path) -> None:
    write_sites(tmp_path, bad=FAULTY, old=FAULTY)
    settings(tmp_path, 'exclude = ["old/"]\nborders = "ascii"\n[import]\noutput = "x"\n')
    run(tmp_path, "record", ".", "--as-of", "2020-11-23", *BY, cwd="sites")
    assert (tmp_path / "pilot-ledger.db").is_file()
    table = run(tmp_path, "problems")
    assert "|" in table
    assert "│" not in table
    assert len(json.loads(run(tmp_path, "show", "--format", "json"))["sites_judged"]) == 1


@pytest.mark.parametrize(
    "command",
    [
        "record",
        "report",
        "audits",
        "show",
        "compare",
        "trend",
        "problems",
        "problem",
        "assign",
        "extend",
        "submit",
        "return",
        "close",
        "reopen",
        "export",
        "import",
        "dump",
        "load",
        "upgrade",
    ],
)
def test_every_command_has_a_help_page_in_both_languages(command: str) -> None:
    chinese = pilot("ledger", command, "--help").stdout
    assert "用法：pilot ledger" in chinese.replace("python -m pilot_cli", "pilot")
    english = pilot("--lang", "en", "ledger", command, "--help").stdout
    assert "--ledger" in english
    assert not any("\u4e00" <= character <= "\u9fff" for character in english)


@pytest.mark.parametrize("command", [name for name in LEDGER_FORMATS if name != "ledger record"])
def test_the_format_follows_the_name_of_the_output(command: str, office: Path) -> None:
    _group, name = command.split()
    if name == "compare":
        record(office, "2020-11-24")
    arguments = [name, *(["1"] if name == "problem" else [])]
    for format in LEDGER_FORMATS[command]:
        ledger(office, *arguments, "-o", f"new/by-name{format.usual_suffix}")
        ledger(office, *arguments, "-o", "by-format", "-f", format.name)
        assert (office / f"new/by-name{format.usual_suffix}").read_bytes() == (office / "by-format").read_bytes()
