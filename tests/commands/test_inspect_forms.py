"""Forms for inspectors: written, filled in by other programs, and taken in again."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from typer import BadParameter

from pilot_cli import load_standard
from pilot_cli.commands.inspect_import import import_form
from pilot_cli.site.find import SiteFiles
from tests.commands.running import Result, pilot
from tests.editing import COMMUNITY, CONSTRUCTION, write_site

ON = ("--on", "2020-11-23")
RESULT, NOTE, RULE = 7, 8, 9
"""The columns of the form, counted from 1."""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    for name, text in (("a", CONSTRUCTION), ("b", COMMUNITY)):
        (tmp_path / "sites" / name).mkdir(parents=True)
        write_site(tmp_path / "sites" / name, text)
    return tmp_path / "sites"


def write_form(sites: Path, file: Path, *options: str) -> Path:
    result = pilot("inspect", sites, "--form", file, *ON, "--by", "一组", *options)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return file


def fill(file: Path, results: dict[str, str], note: str = "", sheet: int = 0) -> None:
    book = openpyxl.load_workbook(file)
    page = book.worksheets[sheet]
    for row in page.iter_rows():
        if len(row) >= RULE and row[RULE - 1].value in results:
            row[RESULT - 1].value = results[str(row[RULE - 1].value)]
            row[NOTE - 1].value = note
    book.save(file)


def take_in(file: Path, sites: Path, *options: str) -> Result:
    return pilot("inspect", sites, "--import", file, *options)


def written(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((folder / "inspections.toml").read_text(encoding="utf-8"))[
        "inspections"
    ]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_that_was_filled_in_comes_back(sites: Path, tmp_path: Path, language: str) -> None:
    file = tmp_path / "检查表.xlsx"
    assert pilot("--lang", language, "inspect", sites, "--form", file, *ON, "--by", "一组").returncode == 0
    fill(file, {"Y003": "基本达标", "Y001": "达标"}, note="会议室未上墙")
    fill(file, {"Y011": "不达标"}, sheet=1)
    result = take_in(file, sites)
    assert (result.returncode, result.stdout) == (0, "导入结果3项；已登记过0项\n"), result.stderr
    (inspection,) = written(sites / "a")
    assert (inspection["on"], inspection["by"]) == (date(2020, 11, 23), "一组")
    assert {one["rule"]: one["result"] for one in inspection["results"]} == {"Y003": "基本达标", "Y001": "达标"}
    assert inspection["results"][0]["note"] == "会议室未上墙"
    assert len(written(sites / "b")[0]["results"]) == 1
    again = take_in(file, sites)
    assert again.stdout == "导入结果0项；已登记过3项\n"
    assert len(written(sites / "a")) == 1


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_a_workbook_that_libreoffice_saved_comes_back(sites: Path, tmp_path: Path) -> None:
    file = write_form(sites, tmp_path / "form.xlsx")
    fill(file, {"Y003": "基本达标"})
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    assert take_in(tmp_path / "saved" / "form.xlsx", sites).returncode == 0
    (inspection,) = written(sites / "a")
    assert [one["result"] for one in inspection["results"]] == ["基本达标"]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"Y003": "好"}, "“好”不是Y003的结果，可用：达标、基本达标、不达标"),
        ({"standard": "别的标准"}, "检查表依据的标准是“别的标准”，不是 five-ones-onsite"),
        ({"site": "nobody"}, "没有编号为“nobody”的站点文件"),
        ({"day": "昨天"}, "“昨天”不是日期"),
        ({"day": "2999-01-01"}, "2999年1月1日晚于今天"),
    ],
)
def test_a_form_with_one_mistake_writes_nothing(
    sites: Path, tmp_path: Path, wrong: dict[str, str], complaint: str
) -> None:
    file = write_form(sites, tmp_path / "form.xlsx")
    fill(file, {"Y001": "达标", **{key: text for key, text in wrong.items() if key.startswith("Y")}})
    fill(file, {"Y001": "达标"}, sheet=1)
    book = openpyxl.load_workbook(file)
    labels = {"standard": "检查标准", "site": "站点编号", "day": "检查日期"}
    for row in book.worksheets[0].iter_rows(max_row=10):
        for key, text in wrong.items():
            if row[0].value == labels.get(key) or (key == "site" and row[0].value == "试点单位编号"):
                row[2].value = text
    book.save(file)
    result = take_in(file, sites)
    assert (result.returncode, result.stdout) == (1, "")
    assert complaint in result.stderr
    assert "没有写入任何内容" in result.stderr
    assert not list(sites.rglob("inspections.toml"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nobody is refused here")
def test_a_form_of_two_sites_one_of_which_cannot_be_written_writes_nothing(sites: Path, tmp_path: Path) -> None:
    file = write_form(sites, tmp_path / "form.xlsx")
    for sheet in (0, 1):
        fill(file, {"Y001": "达标"}, sheet=sheet)
    before = contents(sites)
    (sites / "b").chmod(0o555)
    try:
        result = take_in(file, sites)
    finally:
        (sites / "b").chmod(0o755)
    assert (result.returncode, result.stdout) == (2, "")
    assert "inspections.toml 无法写入" in result.stderr.replace("\n", "")
    assert contents(sites) == before
    assert take_in(file, sites).returncode == 0


@pytest.mark.parametrize("number", range(4))
def test_a_file_that_cannot_be_put_in_its_place_leaves_all_as_they_were(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file = write_form(sites, tmp_path / "form.xlsx")
    for name in ("a", "b"):
        assert pilot("inspect", sites / name, *ON, "--result", "Y003=1").returncode == 0
    for sheet in (0, 1):
        fill(file, {"Y001": "达标"}, sheet=sheet)
    before = contents(sites)
    rename, steps = Path.replace, count()

    def fail_once(source: Path, target: Path) -> Path:
        if next(steps) == number:
            raise PermissionError(13, "an editor has it open")
        return rename(source, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(BadParameter, match=r"inspections\.toml 无法写入"):
        import_form(file, SiteFiles([str(sites)]), load_standard("five-ones-onsite"))
    assert contents(sites) == before


def test_two_visits_to_one_site_in_one_form_are_both_taken_in(sites: Path, tmp_path: Path) -> None:
    visits = [
        {"site": "good-construction", "on": on, "by": by, "results": [{"rule": rule, "result": "达标", "note": ""}]}
        for on, by, rule in (("2020-11-22", "一组", "Y003"), ("2020-11-23", "二组", "Y001"))
    ]
    saved = {"pilot_inspection": 1, "standard": "five-ones-onsite", "sites": visits}
    (tmp_path / "results.json").write_text(json.dumps(saved), encoding="utf-8")
    assert take_in(tmp_path / "results.json", sites).stdout == "导入结果2项；已登记过0项\n"
    assert [(str(one["on"]), one["by"]) for one in written(sites / "a")] == [
        ("2020-11-22", "一组"),
        ("2020-11-23", "二组"),
    ]


def test_what_is_no_form_is_refused(sites: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    for name, text in (("a.json", "{"), ("b.json", '{"pilot_inspection": 1, "sites": 7}'), ("c.xlsx", "no workbook")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("other.xlsx", "a.json", "b.json", "c.xlsx", "missing.xlsx"):
        result = take_in(tmp_path / name, sites)
        assert (result.returncode, result.stdout) == (2, ""), name
        assert "Traceback" not in result.stderr
    empty = take_in(write_form(sites, tmp_path / "form.xlsx"), sites)
    assert empty.returncode == 2
    assert "检查表中没有填写结果" in empty.stderr


def test_the_word_form_has_all_items_of_every_site(sites: Path, tmp_path: Path) -> None:
    assert (
        pilot("inspect", sites / "a", *ON, "--by", "二组", "--result", "Y003=2", "--note", "Y003=<b>未上墙").returncode
        == 0
    )
    document = Document(str(write_form(sites, tmp_path / "form.docx")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    texts = [text for row in rows for text in row]
    assert rows[0] == ["项目", "序号", "检查内容", "分值", "考评方式", "查看要点", "结果", "问题记录"]
    assert [row[:2] for row in rows[1:6]] == [
        ["党支部", "1"],
        ["党支部", "2"],
        ["党支部", "3"],
        *([["党支部责任清单", n] for n in "45"]),
    ]
    assert texts.count("党支部工作制度上墙，内容现行有效") == 2
    assert any("上次：2020年11月23日基本达标；<b>未上墙" in text for text in texts)
    assert "□达标\n□基本达标\n□不达标" in texts
    paragraphs = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert paragraphs.count("现场检查表") == 2
    assert paragraphs.count("检查人员：一组") == 2
    assert paragraphs.count("检查人员（签名）：____") == 2, "there is room to sign, whoever inspects"
    assert re.findall(r"表\d+　\S+", paragraphs) == ["表1　现场查看项"] * 2, "each sheet is handed on by itself"


def test_an_archived_copy_can_be_left_out_by_option_or_settings(sites: Path, tmp_path: Path) -> None:
    shutil.copytree(sites / "a", sites / "archive" / "a")
    settings = tmp_path / "pilot.toml"
    settings.write_text('exclude = ["archive/"]\n[office]\ninspectors = "示例·第一检查组"\n', encoding="utf-8")
    refused = pilot("inspect", sites, "--form", tmp_path / "a.xlsx", *ON)
    assert (refused.returncode, "站点编号相同" in refused.stderr) == (2, True)
    told = pilot("inspect", sites, "--form", tmp_path / "a.xlsx", *ON, "--exclude", "archive/", "--verbose")
    assert told.returncode == 0, told.stderr
    assert "archive" in told.stderr, "what is left out is named"
    assert pilot("--settings", settings, "inspect", sites, "--form", tmp_path / "b.xlsx", *ON).returncode == 0
    page = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert "示例·第一检查组" in [cell.value for row in page.iter_rows(max_row=10) for cell in row]
    fill(tmp_path / "b.xlsx", {"Y003": "达标"})
    assert pilot("--settings", settings, "inspect", sites, "--import", tmp_path / "b.xlsx").returncode == 0
    assert not (sites / "archive" / "a" / "inspections.toml").exists()
    nothing = pilot("inspect", sites, "--form", tmp_path / "c.xlsx", "--exclude", "*")
    assert (nothing.returncode, "没有找到站点文件" in nothing.stderr) == (2, True), nothing.stderr


def test_forms_of_other_kinds_are_refused(sites: Path, tmp_path: Path) -> None:
    result = pilot("inspect", sites, "--form", tmp_path / "form.pdf")
    assert result.returncode == 2
    assert ".docx" in result.stderr
    both = pilot("inspect", sites, "--form", tmp_path / "a.docx", "--result", "Y003=1")
    assert both.returncode == 2
    nothing = pilot("inspect", sites, "--form", tmp_path / "a.docx", "--standard", "five-ones")
    assert nothing.returncode == 2
    assert not list(tmp_path.glob("*.docx"))


def test_what_the_page_saved_comes_in(sites: Path, tmp_path: Path) -> None:
    result = {"rule": "Y003", "result": "不达标", "note": "未上墙", "photos": ["IMG_1.jpg", " "]}
    site = {"site": "good-construction", "on": "2020-11-23", "by": "一组", "results": [result]}
    saved = {"pilot_inspection": 1, "standard": "five-ones-onsite", "sites": [site]}
    file = tmp_path / "results.json"
    file.write_text(json.dumps(saved), encoding="utf-8")
    assert take_in(file, sites).returncode == 0
    (inspection,) = written(sites / "a")
    assert inspection["results"] == [result | {"photos": ["IMG_1.jpg"]}]
