"""``pilot report --format docx`` for one site: the rectification notice."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import nsmap

from tests.commands.office import printed, text_of
from tests.commands.running import AS_OF, ROOT, document, pilot, write_report
from tests.editing import CONSTRUCTION, append, drop, drop_table, edit, edited, write_site
from tests.formats.word import WORST, cells, everything, table_of, texts, write_settings
from tests.hostile import TEXTS, hostile_site, shown, unseen

WAIVED = ROOT / "checklists" / "community" / "zhongshan-shiqi-yuexin" / "site.toml"
SUPERIOR = edit("[branch]", '[branch]\nsuperior = "示例·街道党工委"')
OFFICE = """
[office]
name = "示例·广州市住房和城乡建设局"
person = "示例·李某"
phone = "020-12345678"
document_number = "穗建党〔{year}〕{n}号"
issued_on = 2020-11-25
copy_to = "示例·天河区住房和建设局"
inspectors = "示例·第一检查组"
[deadlines]
error = 15
warning = 30
"""


def notice_for(folder: Path, *arguments: str | Path, settings: str = "", language: str = "zh") -> WordDocument:
    write_settings(folder, settings)
    file = folder / "notice.docx"
    return Document(str(write_report(file, *arguments, language=language, settings=folder / "pilot.toml")))


def counting(site: Any) -> dict[str, list[Any]]:
    """The findings of a site that a notice tells, by severity."""
    told = [one for one in site["findings"] if one["about"] == "work" and not one["waived"]]
    return {severity: [one for one in told if one["severity"] == severity] for severity in ("error", "warning", "info")}


def squeezed(text: str) -> str:
    return text.replace(" ", "")


def test_problems_come_by_severity_with_basis_requirement_and_room_for_the_answer(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, WORST, settings=OFFICE)
    found = counting(document(WORST)["sites"][0])
    head, *rows = table_of(notice, "需要整改的问题")
    assert head == ["序号", "问题表现", "依据", "整改要求", "整改情况"]
    assert rows[0] == [f"突出问题（{len(found['error'])}个），整改时限：2020年12月8日"] * 5
    place = 1 + len(found["error"])
    assert rows[place] == [f"一般问题（{len(found['warning'])}个），整改时限：2020年12月23日"] * 5
    del rows[place], rows[0]
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert {row[4] for row in rows} == {""}
    told = [tuple(map(squeezed, row[1:4])) for row in rows]
    asked = [
        tuple(squeezed(one[key]) for key in ("message", "basis", "advice"))
        for one in [*found["error"], *found["warning"]]
    ]
    assert sorted(told) == sorted(asked)


def test_problems_of_a_severity_come_by_the_five(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("opening_hours"), drop_table("work_rules"))
    path = write_site(tmp_path, edited(text, edit("full_members = 5", "full_members = 2")))
    rows = table_of(notice_for(tmp_path, path), "需要整改的问题")
    serious = [row[1] for row in rows[2:] if row[0].isdigit()]
    places = [next(place for place, text in enumerate(serious) if words in text) for words in ("正式党员", "工作制度")]
    assert places == sorted(places)


def test_advice_stands_apart_and_is_no_problem(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, WORST)
    found = counting(document(WORST)["sites"][0])
    head, *rows = table_of(notice, "工作建议（供参考，不作为需要整改的问题）")
    assert head == ["序号", "事项", "建议内容"]
    assert sorted(row[1] for row in rows) == sorted(squeezed(one["message"]) for one in found["info"])
    assert not {row[1] for row in rows} & {row[1] for row in table_of(notice, "需要整改的问题")}


def test_the_letter_says_from_whom_to_whom_and_what_was_found(tmp_path: Path) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, SUPERIOR, edit("full_members = 5", "full_members = 2")))
    notice = notice_for(tmp_path, path, settings=OFFICE)
    assert texts(notice, "Issuer") == ["示例·广州市住房和城乡建设局"]
    assert texts(notice, "Document Number") == ["穗建党〔2020〕____号"]
    assert texts(notice, "Title") == ["整改通知书"]
    assert texts(notice, "Salutation") == ["示例·街道党工委并转江湾路工地党支部："]
    assert texts(notice, "Heading 1") == ["一、检查情况", "二、存在问题及整改要求"]
    body = "".join(texts(notice, "Body Text"))
    for text in (
        "2020年11月23日，示例·第一检查组对照“五个一”检查标准，对江湾路工地“两新”组织党建试点工作进行了检查。",
        "“五个一”建设已完成4项（",
        "部分完成1项（党支部）。",
        "需要整改的问题1个（见表1），其中突出问题1个。",
        "突出问题于2020年12月8日前完成，填写整改情况并书面报告。请举一反三，",
        "（联系人：示例·李某，电话：020-12345678）",
    ):
        assert text in body
    assert "0个" not in body
    assert texts(notice, "Signature") == ["示例·广州市住房和城乡建设局"]
    assert texts(notice, "Date") == ["2020年11月25日"]
    assert texts(notice, "Copies") == ["抄送：江湾建设有限公司、示例·天河区住房和建设局。"]


def test_what_the_settings_leave_out_is_left_to_be_filled_in(tmp_path: Path) -> None:
    text = edited(CONSTRUCTION, drop("organization = "), edit("full_members = 5", "full_members = 2"))
    notice = notice_for(tmp_path, write_site(tmp_path, text))
    blank = "________"
    assert texts(notice, "Issuer") == texts(notice, "Signature") == [blank]
    assert texts(notice, "Document Number") == ["____〔____〕____号"]
    assert texts(notice, "Date") == ["　　　　年　　月　　日"]
    assert texts(notice, "Copies") == [f"抄送：{blank}。"]
    assert f"（联系人：{blank}，电话：{blank}）" in texts(notice, "Body Text")
    assert "突出问题（1个），整改时限：　　　　年　　月　　日" in everything(notice)
    assert "None" not in everything(notice)


def test_without_a_branch_the_letter_goes_to_the_organization(tmp_path: Path) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, drop_table("branch")))
    assert texts(notice_for(tmp_path, path), "Salutation") == ["江湾建设有限公司："]


def test_a_receipt_can_be_torn_off(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, WORST, settings=OFFICE)
    assert texts(notice, "Cut Line") == ["（沿此线裁下，填写后送回）"]
    assert texts(notice, "Receipt Title") == ["《整改通知书》回执"]
    assert texts(notice, "Receipt")[0] == "示例·广州市住房和城乡建设局："
    assert texts(notice, "Receipt Body") == [
        "已于　　　　年　　月　　日收到《整改通知书》（穗建党〔2020〕____号），将按要求组织整改，并按时反馈整改情况。"
    ]
    *others, last = (one for one in notice.paragraphs if one.style and "Receipt" in str(one.style.name))
    assert {one.paragraph_format.keep_with_next for one in others} == {None}
    assert last.paragraph_format.keep_with_next is False
    assert notice.styles["Receipt"].element.find("w:pPr/w:keepNext", nsmap) is not None


def test_what_is_waived_is_told_with_who_approved_it_and_asked_of_nobody(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, "checklists", "--site", "zhongshan-shiqi-yuexin")
    (waiver,) = [one for one in document(WAIVED)["sites"][0]["findings"] if one["waived"]]
    body = "".join(texts(notice, "Body Text"))
    assert f"“{waiver['problem']}”（{waiver['waived']['approved_by']}批准，有效期至2021年3月31日）" in body
    assert waiver["problem"] not in "".join(row[1] for row in table_of(notice, "需要整改的问题"))


def test_a_site_without_problems_gets_a_notice_of_results_that_asks_for_nothing(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, write_site(tmp_path, edited(CONSTRUCTION, drop("brand = "))))
    assert texts(notice, "Title") == ["检查情况通知书"]
    assert texts(notice, "Heading 1") == ["一、检查情况", "二、工作建议"]
    assert "未发现需要整改的问题。另提出工作建议1条（见表1）。" in "".join(texts(notice, "Body Text"))
    assert not {"整改要求", "整改时限", "回执"} & set(everything(notice))
    assert texts(notice, "Receipt Title") == []
    assert len(notice.tables) == 1


def test_a_site_without_anything_to_say_gets_a_letter_without_tables(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, write_site(tmp_path, CONSTRUCTION))
    assert texts(notice, "Heading 1") == ["一、检查情况"]
    assert notice.tables == []
    assert len(notice.sections) == 1


def test_a_file_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "jiangwan").mkdir()
    (tmp_path / "jiangwan" / "site.toml").write_text("[site]\nname = “甲”\n", encoding="utf-8")
    notice = notice_for(tmp_path, tmp_path / "jiangwan" / "site.toml")
    assert texts(notice, "Salutation") == ["________："]
    body = "".join(texts(notice, "Body Text"))
    assert "对jiangwan“两新”组织党建试点工作进行了检查" in body
    assert "报送的填报材料无法读取，未能据此检查各项工作。" in body
    assert "请核对填报材料，重新填写后报送。" in body
    assert texts(notice, "Title") == ["整改通知书"]
    assert notice.tables == []
    assert not [word for word in ("第2行", "F003", "toml", str(tmp_path)) if word in everything(notice)]


def test_what_is_wrong_with_the_file_is_told_to_whoever_fills_it_in_alone(tmp_path: Path) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1")))
    assert [one["rule"] for one in document(path)["sites"][0]["findings"]] == ["F004"]
    notice = notice_for(tmp_path, path)
    assert texts(notice, "Title") == ["检查情况通知书"]
    assert not [word for word in ("F004", "naem", "填报") if word in everything(notice)]


def test_that_something_could_not_be_checked_is_told_without_what(tmp_path: Path) -> None:
    path = write_site(tmp_path, edited(CONSTRUCTION, edit("full_members = 5", 'full_members = "五"')))
    told = everything(notice_for(tmp_path, path))
    assert "报送材料中有1处填写有误，与之有关的内容未能检查，请更正后重新报送。" in told
    assert "full_members" not in told
    summary = Document(str(write_report(tmp_path / "汇总.docx", path)))
    assert "报送材料中有1处填写有误" in everything(summary)


def test_documents_are_named_as_an_office_names_them(tmp_path: Path) -> None:
    missing = edit('documents = ["documents/照片.txt"]', 'documents = ["documents/照片.txt", "documents/登记表.pdf"]')
    path = write_site(tmp_path, edited(CONSTRUCTION, missing))
    (tmp_path / "documents" / "照片.txt").write_text("", encoding="utf-8")
    told = [row[1] for row in table_of(notice_for(tmp_path, path), "需要整改的问题")]
    assert "阵地佐证材料未附或不全：“照片”内容为空" in told
    assert "阵地佐证材料未附或不全：“登记表”未附" in told


def test_a_notice_by_some_rules_has_no_score(tmp_path: Path) -> None:
    body = "".join(texts(notice_for(tmp_path, WORST, "--select", "B003,W"), "Body Text"))
    assert "检查了73个检查项中的18个。" in body
    assert "得分" not in body


def test_a_notice_about_some_severities_says_so(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, WORST, "--severity", "error")
    assert "本通知书只涉及突出问题。" in "".join(texts(notice, "Body Text"))
    assert "一般问题（" not in everything(notice)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_ids_of_rules_stand_in_an_annex_for_the_office_alone(language: str, tmp_path: Path) -> None:
    ids = {one["rule"] for one in document(WORST)["sites"][0]["findings"] if one["about"] == "work"}
    without = everything(notice_for(tmp_path, WORST, language=language))
    assert not [id for id in ids if id in without]
    annexed = notice_for(tmp_path, WORST, settings="[documents]\nrule_ids = true\n", language=language)
    assert {row[0] for row in cells(annexed.tables[-1])[1:]} == ids
    (heading,) = (one for one in annexed.paragraphs if one.style and one.style.name == "Annex Heading")
    assert heading.paragraph_format.page_break_before
    before = [cells(table) for table in annexed.tables[:-1]]
    assert not [id for id in ids if id in str(before)]


def test_a_number_of_documents_is_no_template_of_ours(tmp_path: Path) -> None:
    settings = '[office]\ndocument_number = "{0}{year.real}{n}{x}%s<w:p/>"\n'
    notice = notice_for(tmp_path, WORST, settings=settings)
    assert texts(notice, "Document Number") == ["{0}{year.real}____{x}%s<w:p/>"]


def test_a_deadline_past_the_calendar_is_left_to_be_filled_in(tmp_path: Path) -> None:
    notice = notice_for(tmp_path, WORST, settings="[deadlines]\nerror = 999999999\n")
    assert "突出问题（5个），整改时限：　　　　年　　月　　日" in everything(notice)


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
    assert "签收单位（盖章）" in text
    assert "突出问题（5个），整改时限：" in text


def test_a_notice_does_not_tell_the_folders_of_whoever_checks(tmp_path: Path) -> None:
    assert str(WORST.parent) not in everything(notice_for(tmp_path, WORST))


def test_waivers_of_several_findings_of_a_rule_are_told_once(tmp_path: Path) -> None:
    waiver = '[[waivers]]\nrule = "L004"\nreason = "示例"\napproved_by = "示例·党委"\nuntil = 2021-03-31\n'
    path = write_site(tmp_path, edited(CONSTRUCTION, drop("owner = "), append(waiver)))
    assert "".join(texts(notice_for(tmp_path, path), "Body Text")).count("示例·党委批准") == 1
