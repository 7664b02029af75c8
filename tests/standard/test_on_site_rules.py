"""What only a person can judge: results beside the site file, valid for a time, and what waits to be seen."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pilot_cli import assess, load_standard
from pilot_cli.audit.assessment import Assessment
from pilot_cli.site.reader import parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, COMMUNITY, CONSTRUCTION, append, edit, edited, read_site
from tests.standard.own import EXTENDING, own_rule, refusal, write_standard

HEADER = '[[inspections]]\non = {on}\nby = "第一检查组 示例·张某"\n'
RESULT = '[[inspections.results]]\nrule = "{rule}"\nresult = "{result}"\n'
ITEMS = 12


@pytest.fixture(scope="module")
def on_site() -> Standard:
    return load_standard("five-ones-onsite")


def seen(result: str, rule: str = "Y003", on: str = "2020-11-20", more: str = "") -> str:
    return HEADER.format(on=on) + RESULT.format(rule=rule, result=result) + more


def judged(
    folder: Path, standard: Standard, inspections: str | None, as_of: date = AS_OF, site: str = CONSTRUCTION
) -> Assessment:
    if inspections is not None:
        (folder / "inspections.toml").write_text(inspections, encoding="utf-8", newline="\n")
    return assess(read_site(folder, site), standard, as_of)


def told(assessment: Assessment) -> list[str]:
    return [f"{finding.rule.id} {finding.message}" for finding in assessment.findings]


def test_what_nobody_has_seen_waits_and_counts_neither_way(tmp_path: Path, on_site: Standard) -> None:
    assessment = judged(tmp_path, on_site, None)
    assert len(assessment.to_inspect) == ITEMS
    assert set(assessment.to_inspect) <= set(assessment.left_out)
    assert (assessment.score, told(assessment)) == (100, [])


@pytest.mark.parametrize(
    ("result", "lost", "message"),
    [
        ("达标", 0, None),
        ("基本达标", 1, "Y003 党支部工作制度未上墙或内容已失效：基本达标（2020年11月20日现场查看）"),
        ("不达标", 2, "Y003 党支部工作制度未上墙或内容已失效：不达标（2020年11月20日现场查看）"),
    ],
)
def test_a_result_earns_its_share(
    tmp_path: Path, on_site: Standard, result: str, lost: int, message: str | None
) -> None:
    assessment = judged(tmp_path, on_site, seen(result))
    (rules,) = (one for one in assessment.pillars if one.pillar == "work_rules")
    assert rules.earned is not None
    assert rules.possible is not None
    assert rules.possible - rules.earned == lost
    assert told(assessment) == ([message] if message else [])
    assert "Y003" not in assessment.to_inspect


def test_note_and_method_stand_in_the_finding_with_its_place(tmp_path: Path, on_site: Standard) -> None:
    (finding,) = judged(tmp_path, on_site, seen("不达标", more='note = "会议室 未上墙"\n')).findings
    assert str(finding.message).endswith("不达标（2020年11月20日现场查看），会议室 未上墙")
    assert (finding.file, finding.line) == (str(tmp_path / "inspections.toml"), 4)


@pytest.mark.parametrize(
    ("on", "as_of", "counts"),
    [
        pytest.param("2020-11-23", date(2020, 11, 22), False, id="the day before it was seen"),
        pytest.param("2020-11-23", date(2020, 11, 23), True, id="the very day"),
        pytest.param("2020-11-23", date(2021, 11, 23), True, id="the last day on which it is valid"),
        pytest.param("2020-11-23", date(2021, 11, 24), False, id="the day after that"),
        pytest.param("2020-02-29", date(2021, 2, 28), True, id="from a leap day"),
    ],
)
def test_a_result_counts_from_its_day_for_as_long_as_it_is_valid(
    tmp_path: Path, on_site: Standard, on: str, as_of: date, counts: bool
) -> None:
    assessment = judged(tmp_path, on_site, seen("不达标", on=on), as_of)
    assert ("Y003" in {finding.rule.id for finding in assessment.findings}) is counts
    assert ("Y003" in assessment.to_inspect) is not counts


@pytest.mark.parametrize("months", [1, 6, 1201, 99999999])
def test_any_number_of_months_can_be_asked(tmp_path: Path, months: int) -> None:
    rule = own_rule(f'check = "inspected"\nmethod = "查阅资料"\nvalid_months = {months}\nlook_for.zh = "看"')
    standard = load_standard(write_standard(tmp_path, EXTENDING + rule))
    assessment = judged(tmp_path, standard, seen("不达标", rule="GZ01", on="2020-11-23"))
    assert [finding.rule.id for finding in assessment.findings] == ["GZ01"]


def test_the_latest_result_counts_whatever_the_order(tmp_path: Path, on_site: Standard) -> None:
    later, earlier = seen("达标", on="2020-11-22"), seen("不达标", on="2020-11-21")
    ahead = seen("不达标", on="2020-11-24")
    for order in ((later, earlier, ahead), (ahead, earlier, later)):
        assert told(judged(tmp_path, on_site, "".join(order))) == []
    same_day = seen("达标") + seen("不达标")
    assert len(told(judged(tmp_path, on_site, same_day))) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (seen("好"), "F006 “好”不是Y003的结果"),
        (seen("达标", rule="Y999"), "F006 标准中没有检查项“Y999”"),
        (seen("达标", rule="y003"), "F006 标准中没有检查项“y003”"),
        (seen("达标", rule="B003"), "F006 检查项B003依据填报内容判定，不作现场查看"),
        (seen("达标", on='"昨天"'), "F005 第1条查看记录的检查日期（inspections[0].on）应为日期，实际是“昨天”"),
        (
            seen("达标", more="nota = 1\n"),
            "F004 第1条查看记录第1条结果中没有 nota 这一项（inspections[0].results[0].nota）",
        ),
        ('[[inspections]]\nby = "张某"\n', "F005 缺少必填项：第1条查看记录的检查日期（inspections[0].on）"),
        ("inspections = 7\n", "F005 现场查看记录（inspections）应为列表，实际是7"),
        ("[[inspections]\n", "F003 标题的方括号没有写完"),
    ],
)
def test_what_is_wrong_with_the_file_is_told_and_the_rest_is_used(
    tmp_path: Path, on_site: Standard, text: str, message: str
) -> None:
    assessment = judged(tmp_path, on_site, text)
    (finding,) = assessment.findings
    assert f"{finding.rule.id} {finding.message}" == message
    assert finding.file == str(tmp_path / "inspections.toml")
    assert finding.line
    assert finding.excerpt


@pytest.mark.parametrize(
    ("photo", "fault"),
    [
        ("photos/IMG_1203.jpg", None),
        ("photos\\\\IMG_1203.jpg", None),
        ("/", None),
        ("photos/IMG_1204.jpg", "文件不存在"),
        ("photos/img_1203.JPG", "文件不存在，文件夹中有“IMG_1203.jpg”"),
        ("photos/empty.jpg", "是空文件"),
        ("photos", "不是普通文件"),
        ("../outside.jpg", "路径超出了填报文件所在的文件夹"),
        ("/etc/passwd", "是绝对路径，应写成相对于填报文件所在文件夹的路径"),
        ("photos/link.jpg", "是指向填报文件所在文件夹之外的链接"),
    ],
)
def test_photos_are_told_of_as_documents_are(tmp_path: Path, on_site: Standard, photo: str, fault: str | None) -> None:
    site = tmp_path / "site"
    (site / "photos").mkdir(parents=True)
    (tmp_path / "outside.jpg").write_bytes(b"photo")
    (site / "photos" / "IMG_1203.jpg").write_bytes(b"photo")
    (site / "photos" / "empty.jpg").touch()
    (site / "photos" / "link.jpg").symlink_to(tmp_path / "outside.jpg")
    assessment = judged(site, on_site, seen("达标", more=f'photos = ["photos/IMG_1203.jpg", 7, "{photo}"]\n'))
    assert told(assessment)[0].startswith("F005")
    assert told(assessment)[1:] == ([f"F007 照片“{photo}”：{fault}"] if fault else [])
    if fault:
        finding = assessment.findings[1]
        assert (finding.file, finding.line, finding.column) == (str(site / "inspections.toml"), 7, 37)


def test_a_result_that_cannot_be_used_hides_no_earlier_one(tmp_path: Path, on_site: Standard) -> None:
    assessment = judged(tmp_path, on_site, seen("不达标", on="2020-11-01") + seen("好", on="2020-11-20"))
    assert [finding.rule.id for finding in assessment.findings] == ["F006", "Y003"]


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"\xff\xfe\x00", "F002"),
        ('[[inspections]]\nby = "第"'.encode("gbk"), "F002"),
        (b"\0", "F003"),
        (b" " * 1048577, "F001"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, on_site: Standard, raw: bytes, rule: str) -> None:
    (tmp_path / "inspections.toml").write_bytes(raw)
    assert [finding.rule.id for finding in judged(tmp_path, on_site, None).findings] == [rule]


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path, on_site: Standard) -> None:
    (tmp_path / "inspections.toml").mkdir()
    assert [finding.rule.id for finding in judged(tmp_path, on_site, None).findings] == ["F001"]


def test_a_standard_without_such_items_never_opens_the_file(tmp_path: Path, five_ones: Standard) -> None:
    assert told(judged(tmp_path, five_ones, "broken [")) == []


def test_a_selection_without_such_items_never_opens_the_file(tmp_path: Path, on_site: Standard) -> None:
    assert told(judged(tmp_path, on_site.select(["B"]), "broken [")) == []


def test_items_are_for_the_sites_that_they_apply_to(tmp_path: Path, on_site: Standard) -> None:
    temporary = edited(CONSTRUCTION, edit('form = "单独"', 'form = "临时"'))
    left = judged(tmp_path, on_site, None, site=temporary).to_inspect
    assert len(left) == ITEMS - 2
    assert not {"Y006", "Y007"} & set(left)
    assert "Y012" not in judged(tmp_path, on_site, None, site=COMMUNITY).to_inspect


def test_a_waived_item_need_not_be_seen(tmp_path: Path, on_site: Standard) -> None:
    waiver = '[[waivers]]\nrule = "Y003"\nreason = "搬迁"\napproved_by = "党委"\nuntil = 2021-01-01'
    site = edited(CONSTRUCTION, append(waiver))
    assert "Y003" not in judged(tmp_path, on_site, None, site=site).to_inspect
    (finding,) = judged(tmp_path, on_site, seen("不达标"), site=site).findings
    assert finding.waived


def test_of_what_comes_through_standard_input_nothing_is_known(on_site: Standard) -> None:
    assert assess(parse_site(CONSTRUCTION.encode()), on_site, AS_OF).to_inspect == ()


def test_sites_that_share_a_folder_have_inspections_of_their_own(tmp_path: Path, on_site: Standard) -> None:
    assert len(told(judged(tmp_path, on_site, seen("不达标")))) == 1
    other = tmp_path / "other.toml"
    shutil.copy(tmp_path / "site.toml", other)
    from pilot_cli import load_site

    assert told(assess(load_site(other), on_site, AS_OF)) == []
    (tmp_path / "other.inspections.toml").write_text(seen("基本达标"), encoding="utf-8")
    (finding,) = assess(load_site(other), on_site, AS_OF).findings
    assert finding.file == str(tmp_path / "other.inspections.toml")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            'method = "看看"\nvalid_months = 1\nlook_for.zh = "看"',
            "method: 应为所列词语（查阅资料、现场查看、座谈了解）之一",
        ),
        ('method = "查阅资料"\nlook_for.zh = "看"', "valid_months: 缺少该项"),
        ('method = "查阅资料"\nvalid_months = 0\nlook_for.zh = "看"', "valid_months"),
        ('method = "查阅资料"\nvalid_months = 1', "look_for"),
        ('method = "查阅资料"\nvalid_months = 1\nlook_for.zh = "看"\nlevels = ["好"]', "结果应有2至9个"),
        (
            f'method = "查阅资料"\nvalid_months = 1\nlook_for.zh = "看"\nlevels = {[str(n) for n in range(10)]}',
            "结果应有2至9个",
        ),
        (
            'method = "查阅资料"\nvalid_months = 1\nlook_for.zh = "看"\nlevels = ["好", "好"]',
            "名称不能为空，也不能相同",
        ),
    ],
)
def test_what_an_item_needs_is_asked_for(tmp_path: Path, lines: str, complaint: str) -> None:
    said = refusal(write_standard(tmp_path, EXTENDING + own_rule(f'check = "inspected"\n{lines}')))
    assert complaint in said


def test_an_item_may_have_nine_results(tmp_path: Path) -> None:
    levels = [str(number) for number in range(9)]
    lines = f'check = "inspected"\nmethod = "查阅资料"\nvalid_months = 1\nlook_for.zh = "看"\nlevels = {levels}'
    standard = load_standard(write_standard(tmp_path, EXTENDING + own_rule(lines)))
    assert list(standard.on_site.values())[-1].levels == tuple(levels)


def test_every_item_of_the_built_in_standard_has_its_texts_and_its_source(on_site: Standard) -> None:
    items = {rule.info.id: rule for rule in on_site.rules if rule.info.id in on_site.on_site}
    assert len(items) == ITEMS
    for rule in items.values():
        look_for = on_site.on_site[rule.info.id].look_for
        for text in (rule.info.title, rule.info.problem, rule.info.basis, rule.info.advice, look_for):
            assert text.zh  # type: ignore[union-attr]
            assert text.en  # type: ignore[union-attr]
            assert text.zh != text.en  # type: ignore[union-attr]
        assert rule.info.basis.zh.startswith("通行做法")  # type: ignore[union-attr]
