"""Items that only a person can judge are followed in the ledger like all others."""

import json
from pathlib import Path

from tests.commands.ledger.office import BY, ledger, listed, record, write_sites
from tests.editing import CONSTRUCTION

ON_SITE = ("--standard", "five-ones-onsite")


def seen(folder: Path, on: str, result: str, note: str = "") -> None:
    """Write down what inspectors saw, below what stands there already."""
    with (folder / "sites/good/inspections.toml").open("a", encoding="utf-8") as out:
        out.write(f'[[inspections]]\non = {on}\nby = "第一检查组 示例·张某"\n[[inspections.results]]\nrule = "Y003"\n')
        out.write(f'result = "{result}"\nnote = "{note}"\n')


def test_an_item_is_recorded_solved_and_told(tmp_path: Path) -> None:
    write_sites(tmp_path, good=CONSTRUCTION)
    seen(tmp_path, "2020-11-20", "不达标", "会议室未上墙")
    record(tmp_path, "2020-11-23", *ON_SITE)
    (problem,) = listed(tmp_path)
    assert (problem["number"], problem["rule"], problem["state"]) == ("〔2020〕1", "Y003", "pending")
    told = ledger(tmp_path, "problem", "1", "--as-of", "2020-11-23").stdout
    for text in ("党支部工作制度未上墙或内容已失效", "不达标（2020年11月20日现场查看）", "会议室未上墙"):
        assert text in told
    assert '"score": 98.5' in ledger(tmp_path, "show", "1", "--format", "json").stdout
    ledger(tmp_path, "assign", "1", "--owner", "乙", "--due", "2020-12-08", "--as-of", "2020-11-25", *BY)
    seen(tmp_path, "2020-12-20", "达标")
    assert record(tmp_path, "2020-12-23", *ON_SITE)["not_found"] == 1
    ledger(tmp_path, "close", "1", "--opinion", "属实", "--method", "on_site", "--as-of", "2020-12-24", "--by", "丁")
    (closed,) = listed(tmp_path, "--state", "已销号")
    assert (closed["rule"], closed["method"]) == ("Y003", "on_site")


def test_a_better_result_that_is_not_the_best_is_still_the_same_problem(tmp_path: Path) -> None:
    write_sites(tmp_path, good=CONSTRUCTION)
    seen(tmp_path, "2020-11-20", "不达标")
    record(tmp_path, "2020-11-23", *ON_SITE)
    seen(tmp_path, "2020-12-20", "基本达标", "内容已更新，尚缺一份")
    recorded = record(tmp_path, "2020-12-23", *ON_SITE)
    assert (recorded["not_found"], recorded["found_again"]) == (0, 1)
    assert "尚缺一份" in ledger(tmp_path, "problem", "1", "--as-of", "2020-12-23").stdout


def test_an_item_that_waits_to_be_seen_again_is_not_taken_for_solved(tmp_path: Path) -> None:
    write_sites(tmp_path, good=CONSTRUCTION)
    seen(tmp_path, "2020-11-20", "不达标")
    record(tmp_path, "2020-11-23", *ON_SITE)
    (before,) = listed(tmp_path)
    recorded = record(tmp_path, "2021-11-21", *ON_SITE)
    assert recorded["not_found"] == 0
    (after,) = (one for one in listed(tmp_path) if one["rule"] == "Y003")
    assert (after["state"], after["number"]) == (before["state"], before["number"])
    document = json.loads(ledger(tmp_path, "problem", "2020-1", "--format", "json").stdout)
    assert [event["kind"] for event in document["events"]] == ["found"]
