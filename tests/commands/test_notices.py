"""``pilot report --notices``: a notice to each of many sites, and an index of them."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_cli.commands.letters import MAX_NAME_BYTES, safe_name
from tests.commands.running import AS_OF, ROOT, Result, pilot
from tests.commands.terminal import pilot_in_terminal, without_colours
from tests.editing import CONSTRUCTION, drop, edit, edited, write_site
from tests.formats.word import everything, texts
from tests.hostile import write_hostile_sites
from tests.province import make_province

INDEX = "整改通知书目录.xlsx"
FEW = edit("full_members = 5", "full_members = 2")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


def notices(folder: Path, *arguments: str | Path, cwd: Path = ROOT) -> Result:
    return pilot("report", *arguments, *AS_OF, "--notices", folder, cwd=cwd)


def named(id: str, name: str, city: str = "广州市") -> str:
    change = (edit('id = "good-construction"', f'id = "{id}"'), edit('name = "江湾路工地"', f"name = '''{name}'''"))
    return edited(CONSTRUCTION, FEW, *change, drop("approval_no"), edit('city = "广州市"', f'city = "{city}"'))


def rows(folder: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(folder / INDEX).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_each_site_gets_a_notice_by_its_city_and_name(tmp_path: Path) -> None:
    result = notices(tmp_path / "a" / "通知书", "checklists")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == f"已写入：{tmp_path / 'a' / '通知书'}（通知书19份，目录1份）\n"
    written = sorted(os.listdir(tmp_path / "a" / "通知书"))
    assert len(written) == 20
    assert "惠州市-示例·惠州仲恺电子厂房扩建工地-整改通知书.docx" in written
    assert "深圳市-蓝漪花园小区-检查情况通知书.docx" in written
    for name in written:
        if name != INDEX:
            title = texts(Document(str(tmp_path / "a" / "通知书" / name)), "Title")
            assert name.endswith(f"-{title[0]}.docx")


def test_a_notice_of_many_is_that_of_one_but_for_its_number(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('[office]\ndocument_number = "穗建党〔{year}〕{n}号"\n', encoding="utf-8")
    chosen = ("--settings", tmp_path / "pilot.toml", "report", *AS_OF)
    site = ROOT / "checklists" / "construction" / "zhuhai-hengqin-tower" / "site.toml"
    pilot(*chosen, "checklists", "--notices", tmp_path / "n")
    pilot(*chosen, site, "-o", tmp_path / "one.docx")
    (many,) = (tmp_path / "n").glob("*海纳大厦*")
    told, alone = (everything(Document(str(file))) for file in (many, tmp_path / "one.docx"))
    assert re.sub("〕[0-9_]+号", "〕号", told) == re.sub("〕[0-9_]+号", "〕号", alone)
    assert "〕____号" in alone


def test_the_index_tells_number_site_findings_and_file(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('[office]\ndocument_number = "穗建党〔{year}〕{n}号"\n', encoding="utf-8")
    settings = ("--settings", tmp_path / "pilot.toml")
    pilot(*settings, "report", "checklists", *AS_OF, "--notices", tmp_path / "n")
    head, *listed = rows(tmp_path / "n")
    assert head == ("序号", "文号", "试点单位", "地市", "突出问题", "一般问题", "工作建议", "文件")
    assert [row[:2] for row in listed] == [(number, f"穗建党〔2020〕{number}号") for number in range(1, 20)]
    assert [*dict.fromkeys(row[3] for row in listed)][:4] == ["广州市", "深圳市", "珠海市", "汕头市"]
    (worst,) = (row for row in listed if "仲恺" in str(row[2]))
    assert worst[2:] == (
        *("示例·惠州仲恺电子厂房扩建工地", "惠州市", 5, 5, 5),
        "惠州市-示例·惠州仲恺电子厂房扩建工地-整改通知书.docx",
    )
    for row in listed:
        assert texts(Document(str(tmp_path / "n" / str(row[7]))), "Document Number") == [row[1]]


def test_without_numbers_in_the_settings_the_index_has_none(tmp_path: Path) -> None:
    notices(tmp_path / "n", "checklists/community")
    assert {row[1] for row in rows(tmp_path / "n")[1:]} == {None}


@pytest.mark.parametrize(("least", "number"), [("error", 7), ("warning", 16), ("info", 17)])
def test_only_sites_with_findings_of_some_severity_get_one(least: str, number: int, tmp_path: Path) -> None:
    notices(tmp_path / "n", "checklists", "--min-severity", least)
    listed = rows(tmp_path / "n")[1:]
    assert len(listed) == number == len(list((tmp_path / "n").glob("*.docx")))
    upto = ("error", "warning", "info").index(least) + 1
    assert all(any(row[4 : 4 + upto]) for row in listed)


def test_filters_choose_the_sites(tmp_path: Path) -> None:
    notices(tmp_path / "n", "checklists", "--city", "惠州")
    assert len(list((tmp_path / "n").glob("惠州市-*.docx"))) == 2 == len(list((tmp_path / "n").glob("*.docx")))


def test_sites_that_cannot_be_read_get_one_too(tmp_path: Path) -> None:
    (tmp_path / "sites" / "haina").mkdir(parents=True)
    (tmp_path / "sites" / "haina" / "site.toml").write_text("[site", encoding="utf-8")
    notices(tmp_path / "n", tmp_path / "sites", "--min-severity", "error")
    assert sorted(os.listdir(tmp_path / "n")) == ["haina-整改通知书.docx", INDEX]


def test_where_no_site_is_meant_nothing_is_written_and_that_is_said(tmp_path: Path) -> None:
    write_site(tmp_path / "sites", CONSTRUCTION)
    result = notices(tmp_path / "n", tmp_path / "sites", "--min-severity", "info")
    assert (result.returncode, result.stderr) == (0, "没有符合条件的试点单位，未生成通知书。\n")
    assert not (tmp_path / "n").exists()


def test_notices_and_reports_come_from_one_call(tmp_path: Path) -> None:
    outputs = ("-o", tmp_path / "a.docx", "-o", tmp_path / "a.json")
    result = notices(tmp_path / "n", "checklists", *outputs)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        *(f"已写入：{tmp_path / name}" for name in ("a.docx", "a.json")),
        f"已写入：{tmp_path / 'n'}（通知书19份，目录1份）",
    ]
    pilot("report", "checklists", *AS_OF, "-o", tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_what_the_settings_write_elsewhere_is_not_written_with_notices(tmp_path: Path) -> None:
    (tmp_path / "pilot.toml").write_text('[report]\noutput = "a.docx"\n', encoding="utf-8")
    pilot("--settings", tmp_path / "pilot.toml", "report", "checklists", *AS_OF, "--notices", tmp_path / "n")
    assert not (tmp_path / "a.docx").exists()
    assert (tmp_path / "n" / INDEX).exists()


@pytest.mark.parametrize(
    "name", ["CON", "con.x", "../../甲", "甲/乙\\丙", 'a<b>c:"d|e?*', "甲. ", ".甲", "长" * 300, "NUL"]
)
@pytest.mark.parametrize("city", ["广州市", ""])
def test_names_of_files_are_safe_on_windows(name: str, city: str, tmp_path: Path) -> None:
    write_site(tmp_path / "sites", named("a-b", name, city))
    result = notices(tmp_path / "n", tmp_path / "sites")
    assert result.returncode == 0
    assertsafe_name(sorted(os.listdir(tmp_path / "n")))
    assert sorted(os.listdir(tmp_path)) == ["n", "sites"]


def assertsafe_name(names: list[str]) -> None:
    assert INDEX in names
    for name in names:
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert name.isprintable()
        assert not RESERVED.fullmatch(name)
        assert not name.startswith((".", " "))
        assert len(name.encode()) <= 255


def test_sites_of_strangers_get_safe_names_and_whole_notices(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    write_hostile_sites(tmp_path / "sites")
    result = notices(tmp_path / "n", tmp_path / "sites")
    assert result.returncode == 0
    names = sorted(os.listdir(tmp_path / "n"))
    assertsafe_name(names)
    assert len(names) == 1 + len(list((tmp_path / "sites").iterdir())) == len(rows(tmp_path / "n"))
    assert {row[7] for row in rows(tmp_path / "n")[1:]} == {*names} - {INDEX}
    for name in names:
        if name != INDEX:
            Document(str(tmp_path / "n" / name))


@given(st.text())
@settings(max_examples=300)
def test_any_text_makes_a_name(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= MAX_NAME_BYTES + 1
    assert not re.search(r'[<>:"/\\|?*.\x00-\x1f]', name)
    assert name == name.strip()
    assert not RESERVED.fullmatch(name)
    assert name.isprintable()


def test_sites_of_the_same_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    for number, name in enumerate(("海纳大厦", "海纳大厦", "海纳／大厦", "海纳/大厦")):
        write_site(tmp_path / "sites" / str(number), named(f"site-{number}", name))
    write_site(tmp_path / "sites" / "x", named("site-1", "海纳大厦"))
    notices(tmp_path / "n", tmp_path / "sites")
    written = {name for name in os.listdir(tmp_path / "n") if name != INDEX}
    assert written == {
        "广州市-海纳大厦-整改通知书.docx",
        "广州市-海纳大厦-site-1-整改通知书.docx",
        "广州市-海纳大厦-site-1-2-整改通知书.docx",
        "广州市-海纳／大厦-整改通知书.docx",
        "广州市-海纳_大厦-整改通知书.docx",
    }
    assert len(rows(tmp_path / "n")) == 6


def test_a_notice_that_is_there_is_replaced(tmp_path: Path) -> None:
    write_site(tmp_path / "sites", named("a-b", "海纳大厦"))
    (tmp_path / "n").mkdir()
    file = tmp_path / "n" / "广州市-海纳大厦-整改通知书.docx"
    file.write_text("old", encoding="utf-8")
    (tmp_path / "n" / "其他.docx").write_text("kept", encoding="utf-8")
    notices(tmp_path / "n", tmp_path / "sites")
    assert texts(Document(str(file)), "Title") == ["整改通知书"]
    assert (tmp_path / "n" / "其他.docx").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--notices", "a.txt"), "--notices：a.txt 不是文件夹"),
        (("--notices", ""), "--notices：缺少文件夹名称"),
        (("--min-severity", "error"), "--min-severity：须与 --notices 同用"),
        (("--notices", "n", "--notices", "m"), "--notices"),
        (("--notices", "n", "--min-severity", "none"), "--min-severity"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    result = pilot("report", ROOT / "checklists", *AS_OF, *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_folder_without_sites_gets_no_notices(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    assert notices(tmp_path / "n", tmp_path / "sites").returncode == 2
    assert not (tmp_path / "n").exists()


def test_english_notices_have_english_names(tmp_path: Path) -> None:
    pilot("--lang", "en", "report", "checklists", *AS_OF, "--notices", tmp_path)
    assert (tmp_path / "Index of notices.xlsx").exists()
    assert (tmp_path / "惠州市-示例·惠州仲恺电子厂房扩建工地-Rectification notice.docx").exists()


def test_a_terminal_shows_how_far_it_has_come(tmp_path: Path) -> None:
    make_province(tmp_path / "sites", 300)
    shown = shown_on_a_terminal("report", str(tmp_path / "sites"), *AS_OF, "--notices", str(tmp_path / "n"))
    assert re.search("正在生成：第 ?[0-9]+份，共300份", shown)
    assert f"已写入：{tmp_path / 'n'}" in shown.replace("\n", "")


def shown_on_a_terminal(*arguments: str) -> str:
    return without_colours(pilot_in_terminal(*arguments, width=200, stderr_too=True))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_whole_files_only(ending: signal.Signals, tmp_path: Path) -> None:
    make_province(tmp_path / "sites", 400)
    paths = (str(tmp_path / "sites"), "--notices", str(tmp_path / "n"))
    command = [sys.executable, "-m", "pilot_cli", "report", *AS_OF, *paths]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(list(tmp_path.glob("n/*.docx"))) < 5:
            time.sleep(0.01)
        process.send_signal(ending)
        _out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    written = list((tmp_path / "n").glob("*"))
    assert len([file for file in written if file.suffix == ".docx"]) >= 5
    assert {file.suffix for file in written} == {".docx"}
    for file in written:
        assert texts(Document(str(file)), "Title")
