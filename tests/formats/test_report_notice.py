"""``pilot report --format docx`` for one site: the rectification notice."""

from pathlib import Path

import tomli_w
from docx import Document

from tests.commands.office import printed, text_of
from tests.commands.running import AS_OF, ROOT, document, pilot, write_report
from tests.editing import CONSTRUCTION, drop, drop_table, edit, edited, write_site
from tests.formats.word import WORST, cells, everything, table_of, texts
from tests.hostile import TEXTS, hostile_site, shown, unseen

ONES = ("党支部", "党支部责任清单", "党群活动阵地", "党员发挥作用工作指引", "党支部工作制度")
WAIVED = ROOT / "checklists" / "community" / "zhongshan-shiqi-yuexin" / "site.toml"


def test_a_notice_lists_every_finding_and_leaves_room_for_the_answers(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", WORST)))
    (site,) = document(WORST)["sites"]
    head, *rows = table_of(notice, "整改事项清单")
    assert head == ["序号", "检查项", "级别", "问题", "依据", "整改建议", "整改期限", "整改情况"]
    of_work = [one for one in site["findings"] if one["about"] == "work"]
    found = {(one["rule"], f"{one['message']}（第{one['line']}行）", one["basis"], one["advice"]) for one in of_work}
    assert len(rows) == len(of_work) > 10
    assert {(row[1], row[3], row[4], row[5]) for row in rows} == found
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert {text for row in rows for text in row[6:]} == {""}
    severities = [("突出问题", "一般问题", "工作建议").index(row[2]) for row in rows]
    assert severities == sorted(severities)


def test_a_notice_says_to_whom_what_was_found_and_what_is_asked(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", WORST)))
    (site,) = document(WORST)["sites"]
    body = "".join(texts(notice, "Body Text"))
    assert texts(notice, "Title") == ["整改通知书"]
    assert texts(notice, "Salutation") == ["示例·惠州东江厂房建设有限公司："]
    for text in (
        f"对你单位“{site['name']}”（编号：{site['id']}）",
        f"得分{site['score']:.1f}分，等级为“{site['grade']}”，“五个一”5项中已完成{site['complete']}项",
        f"需要整改的问题{sum(one['about'] == 'work' for one in site['findings'])}个",
        "请你单位于　　　　年　　月　　日前对照附表1逐项完成整改",
    ):
        assert text in body
    ones = cells(notice.tables[0])
    assert [row[0] for row in ones] == ["五个一", *ONES, "合计"]
    assert [row[2:4] for row in ones[1:-1]] == [
        [f"{one['score']:.1f}", f"{one['passed']}/{one['applicable']}"] for one in site["ones"].values()
    ]
    assert [text for text in texts(notice, "Signature") if text] == [
        *("签发单位（盖章）：", "签发日期：　　　　年　　月　　日", "签收人：", "签收日期：　　　　年　　月　　日"),
    ]


def test_a_notice_names_what_is_waived_and_what_is_overdue(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", "checklists", "--site", "zhongshan-shiqi-yuexin")))
    (site,) = document(WAIVED)["sites"]
    _head, *to_do = table_of(notice, "整改事项清单")
    assert [row[1] for row in to_do] == [
        one["rule"] for one in site["findings"] if not one["waived"] and one["about"] == "work"
    ]
    (waiver,) = [one["waived"] for one in site["findings"] if one["waived"]]
    _head, row = table_of(notice, "经批准暂不执行的问题")
    assert row[2:] == [waiver["reason"], waiver["approved_by"], "2021年3月31日"]
    _head, row = table_of(notice, "逾期事项")
    assert row == ["化粪池盖板更换", "彭乙", "2020年11月15日", "8"]


def test_a_notice_for_a_good_site_says_that_there_is_nothing_to_put_right(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", write_site(tmp_path, CONSTRUCTION))))
    body = texts(notice, "Body Text")
    assert body[2].endswith("未发现需要整改的问题。")
    assert body[-1].startswith("请你单位巩固现有成果")
    assert len(notice.tables) == 1
    assert len(notice.sections) == 1


def test_a_notice_for_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b"\xff\xfe")
    notice = Document(str(write_report(tmp_path / "a.docx", "site.toml", cwd=tmp_path)))
    assert texts(notice, "Salutation") == ["____________："]
    body = "".join(texts(notice, "Body Text"))
    assert "填报文件无法读取，未能评定得分和等级，原因：第1行：文件以 UTF-16（“Unicode”）编码保存" in body
    assert "请更正填报内容后重新报送。" in body
    assert texts(notice, "Title") == ["整改通知书"]
    assert notice.tables == []


def test_what_is_wrong_with_the_file_stands_in_no_notice(tmp_path: Path) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1")))
    assert [one["rule"] for one in document(path)["sites"][0]["findings"]] == ["F004"]
    notice = Document(str(write_report(tmp_path / "a.docx", path)))
    assert texts(notice, "Title") == ["检查情况通知书"]
    assert not {"F004", "naem"} & set(everything(notice).split())
    assert "填报问题" not in everything(notice)


def test_a_notice_by_some_rules_has_no_score(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", WORST, "--select", "B003,W")))
    assert "检查了18项检查项（共73项）。" in "".join(texts(notice, "Body Text"))
    assert "得分" not in "".join(texts(notice, "Body Text"))
    ones = cells(notice.tables[0])
    assert [row[2] for row in ones[1:]] == ["–"] * 6


def test_a_notice_does_without_what_the_site_leaves_out(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("organization"), drop_table("work_rules"), edit('name = "江湾路工地"\n', ""))
    notice = Document(str(write_report(tmp_path / "a.docx", write_site(tmp_path, text))))
    assert texts(notice, "Salutation") == ["____________："]
    assert "None" not in everything(notice)


def test_a_notice_shows_texts_of_strangers_as_they_are(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS.values()):
        path = tmp_path / f"{number:02}.toml"
        path.write_bytes(tomli_w.dumps(hostile_site(text)).encode())
        # One call a text takes long; those that XML cannot hold matter most.
        if unseen(text):
            notice = Document(str(write_report(tmp_path / "a.docx", path)))
            assert shown(text) in everything(notice)
            assert unseen(everything(notice).replace("\n", "")) == set()


def test_several_files_with_the_id_of_a_notice_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_site(tmp_path / name, CONSTRUCTION)
    out = tmp_path / "a.docx"
    result = pilot("report", tmp_path, *AS_OF, "--site", "good-construction", "--output", out)
    assert (result.returncode, result.stdout) == (2, "")
    assert "多个文件使用了编号“good-construction”" in result.stderr
    assert not out.exists()


def test_libreoffice_shows_the_notice(tmp_path: Path) -> None:
    text = text_of(printed(write_report(tmp_path / "notice.docx", WORST), tmp_path))
    assert "签发单位（盖章）" in text
    assert all(one["rule"] in text for one in document(WORST)["sites"][0]["findings"] if one["about"] == "work")


def test_a_site_with_nothing_to_put_right_gets_a_notice_of_results(tmp_path: Path) -> None:
    notice = Document(str(write_report(tmp_path / "a.docx", write_site(tmp_path, CONSTRUCTION))))
    assert texts(notice, "Title") == ["检查情况通知书"]


def test_a_notice_does_not_tell_the_folders_of_whoever_checks(tmp_path: Path) -> None:
    assert str(WORST.parent) not in everything(Document(str(write_report(tmp_path / "a.docx", WORST))))
