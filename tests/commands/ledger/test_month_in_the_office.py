"""A month in the office, through the command line and LibreOffice: from the first audit to what comes back."""

from pathlib import Path

from tests.commands.ledger.books import export, fill_in, hand_in
from tests.commands.ledger.office import FAULTY, ledger, listed, record, write_sites
from tests.editing import CONSTRUCTION, edited

EVERY_STATE = ("--state", "pending", "--state", "in_progress", "--state", "to_verify", "--state", "closed")


def states(office: Path) -> dict[str, str]:
    """The state of each problem, by its number."""
    return {one["number"]: one["state"] for one in listed(office, *EVERY_STATE)}


def test_a_month_goes_from_the_first_audit_to_what_comes_back(tmp_path: Path) -> None:
    write_sites(tmp_path, north=FAULTY, south=FAULTY)
    assert record(tmp_path, "2020-11-23")["new"] == 4

    book = export(tmp_path, "整改台账.xlsx")
    assigned = {
        (n, "整改责任人"): f"示例·{name}" for n, name in zip("1234", ("王甲", "王甲", "李乙", "李乙"), strict=True)
    }
    due = {(n, "整改时限"): "2020年12月8日" for n in "1234"}
    steps = {("1", "整改措施"): "1. 发展党员\n2. 报上级党委批复", ("1", "责任单位"): "示例·第一项目部"}
    said = hand_in(tmp_path, fill_in(book, {**assigned, **due, **steps}), day="2020-11-24").stdout
    assert said == "已导入4行，其中4个问题有更新（交办4个）。\n"
    one = listed(tmp_path)[0]
    assert (one["state"], one["owner"], one["due"]) == ("in_progress", "示例·王甲", "2020-12-08")
    assert one["measures"] == ["发展党员", "报上级党委批复"]

    north = export(tmp_path, "北区.xlsx", "--site", "north")
    south = export(tmp_path, "南区.xlsx", "--site", "south")
    fill_in(north, {("1", "整改进展"): "已发展2名", ("1", "状态"): "待核查", ("1", "佐证材料"): "批复.pdf"})
    fill_in(north, {("2", "整改进展"): "正在征集品牌名称"})
    fill_in(south, {("3", "整改时限"): "2020-12-20", ("3", "备注"): "台风停工"})
    said = hand_in(tmp_path, north, south, day="2020-12-05").stdout
    assert said == "已导入4行，其中3个问题有更新（延期1个、更新进展1个、提交核查1个）。\n"
    assert [one["due"] for one in listed(tmp_path)] == ["2020-12-08", "2020-12-08", "2020-12-20", "2020-12-08"]
    assert "台风停工" in ledger(tmp_path, "problem", "3").stdout

    write_sites(tmp_path, north=edited(CONSTRUCTION))
    assert record(tmp_path, "2020-12-10")["not_found"] == 1
    verified = export(tmp_path, "核查.xlsx", "--state", "to_verify")
    checked = {"状态": "已销号", "核查方式": "现场查看", "核查人": "示例·赵丙", "核查意见": "属实"}
    fill_in(verified, {(number, header): value for number in "12" for header, value in checked.items()})
    assert hand_in(tmp_path, verified, day="2020-12-12").stdout == "已导入2行，其中2个问题有更新（已销号2个）。\n"
    assert [states(tmp_path)[f"〔2020〕{n}"] for n in "1234"] == ["closed", "closed", "in_progress", "in_progress"]
    (one,) = listed(tmp_path, "--state", "closed", "--site", "north")[:1]
    assert (one["verified_by"], one["method"], one["closed_on"]) == ("示例·赵丙", "on_site", "2020-12-12")

    write_sites(tmp_path, north=FAULTY)
    assert record(tmp_path, "2021-01-10")["rebounded"] == 2
    back = listed(tmp_path, "--rebounded")
    assert [one["rebound_of"] for one in back] == ["〔2020〕1", "〔2020〕2"]
    assert [one["number"] for one in listed(tmp_path, "--overdue", "--as-of", "2021-01-10")] == [
        "〔2020〕3",
        "〔2020〕4",
    ]
