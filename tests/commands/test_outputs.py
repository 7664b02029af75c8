"""Where results go: formats by suffix, several files from one pass, folders, and what is refused."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer import BadParameter

from pilot_cli.commands import output
from pilot_cli.formats.registry import formats_by_command
from tests.commands.running import AS_OF, ROOT, Result, check, pilot
from tests.commands.terminal import pilot_in_terminal
from tests.editing import CONSTRUCTION, write_site

on_posix = pytest.mark.skipif(os.name == "nt", reason="the devices of POSIX")
SUFFIXES = [
    (command, format.name, suffix)
    for command, formats in formats_by_command().items()
    if not command.startswith("ledger")
    for format in formats
    for suffix in format.suffixes
]


def run(command: str, *arguments: str | Path, cwd: Path = ROOT) -> Result:
    sites = ["checklists/community", *AS_OF] if command in ("check", "report") else []
    return pilot(command, *sites, *arguments, cwd=cwd)


@pytest.mark.parametrize(("command", "format", "suffix"), SUFFIXES)
def test_the_format_follows_the_name(command: str, format: str, suffix: str, tmp_path: Path) -> None:
    by_name, by_format = tmp_path / f"a{suffix.upper()}", tmp_path / "b"
    assert run(command, "-o", by_name).stderr == f"已写入：{by_name}\n"
    run(command, "-o", by_format, "-f", format)
    assert by_name.read_bytes() == by_format.read_bytes()


@pytest.mark.parametrize(
    ("command", "outputs"),
    [
        ("check", ["a.txt", "b.json", "c.jsonl", "d.md", "e.csv", "f.sarif", "g.xml"]),
        ("report", ["a.txt", "b.md", "c.csv", "d.json", "e.xlsx", "f.docx", "g.html"]),
        ("report", ["f.docx", "b.md"]),
        ("rules", ["a.txt", "b.json", "c.md"]),
        ("schema", ["a.json", "b.md"]),
    ],
)
def test_several_files_are_each_what_they_are_alone(command: str, outputs: list[str], tmp_path: Path) -> None:
    options = [word for name in outputs for word in ("-o", str(tmp_path / "together" / name))]
    result = run(command, *options)
    assert result.stdout == ""
    assert result.stderr.splitlines() == [f"已写入：{tmp_path / 'together' / name}" for name in outputs]
    for name in outputs:
        run(command, "-o", tmp_path / "alone" / name)
        assert (tmp_path / "together" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    assert sorted(os.listdir(tmp_path / "together")) == sorted(outputs)


def test_files_that_cannot_be_read_are_told_the_same_way_in_every_file(tmp_path: Path) -> None:
    sites = tmp_path / "sites"
    write_site(sites / "a", CONSTRUCTION)
    (sites / "broken.toml").write_text("[site\n", encoding="utf-8")
    (sites / "gbk.toml").write_bytes('[site]\nname = "甲"\n'.encode("gbk"))
    (sites / "gone.toml").symlink_to("nowhere.toml")
    names = ("a.csv", "b.json", "c.html", "d.docx", "e.xlsx")
    options = [word for name in names for word in ("-o", f"together/{name}")]
    assert pilot("report", "sites", *AS_OF, *options, cwd=tmp_path).returncode == 0
    for name in names:
        pilot("report", "sites", *AS_OF, "-o", f"alone/{name}", cwd=tmp_path)
        assert (tmp_path / "together" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_site_is_read_once(jobs: str, tmp_path: Path) -> None:
    for number in range(120):
        text = re.sub(r"approval_no = .*\n", "", CONSTRUCTION).replace('id = "good-', f'id = "{number}-good-')
        write_site(tmp_path / "sites" / str(number), text)
    trace = tmp_path / "trace"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, os\n"
        f"trace = os.open({str(trace)!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)\n"
        "def hook(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith('site.toml'):\n"
        "        os.write(trace, f'{args[0]}\\n'.encode())\n"
        "sys.addaudithook(hook)\n",
        encoding="utf-8",
    )
    options = [word for name in ("a.docx", "b.xlsx", "c.html", "d.json") for word in ("-o", name)]
    subprocess.run(
        [sys.executable, "-m", "pilot_cli", "report", "sites", *AS_OF, *options, "--jobs", jobs],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        check=True,
    )
    read = trace.read_text(encoding="utf-8").splitlines()
    assert (len(read), len(set(read))) == (120, 120)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "-o", "问题.xlsx"], "pilot check 不能写扩展名为 .xlsx 的文件，可用的扩展名：.txt、.json"),
        (["check", "-o", "问题.xlsx"], ".xlsx 文件由 pilot report 生成"),
        (["report", "-o", "a.sarif"], ".sarif 文件由 pilot check 生成"),
        (["rules", "-o", "a.docx"], "pilot rules 不能写扩展名为 .docx 的文件，可用的扩展名：.txt、.json、.md"),
        (["schema", "-o", "a.txt"], "可用的扩展名：.json、.md"),
        (["check", "-f", "csv", "-o", "a.xlsx"], "扩展名 .xlsx 与格式 csv 不符"),
        (["report", "-f", "docx", "-o", "a.doc"], "扩展名 .doc 与格式 docx 不符"),
        (["report", "-f", "json", "-o", "a.json", "-o", "b.csv"], "扩展名 .csv 与格式 json 不符"),
        (["report", "-o", "a.json", "-o", "./a.json"], "a.json 重复"),
        (["report", "-o", "-", "-o", "-"], "- 重复"),
        (["report", "-o", "notices/"], "notices/ 是文件夹，请用 --format 指定"),
        (["report", "-o", "."], "是文件夹"),
        (["report", "-o", ""], "缺少文件名"),
        (["check", "-q", "-o", "a.json"], "--quiet：合计一行供人阅读"),
        (["check", "-q", "-f", "csv"], "--quiet：合计一行供人阅读"),
        (["report", "--title", "a", "--title", "b"], "--title：只能给出一次"),
        (["check", "-f", "json", "--format", "csv"], "只能给出一次"),
        (["check", "--as-of", "2020-01-01", "--as-of", "2020-01-01"], "只能给出一次"),
        (["export", "-o", "a.xlsx", "-o", "b.xlsx"], "只能给出一次"),
        (["import", "a.xlsx", "-o", "a", "-o", "b"], "只能给出一次"),
        (["--lang", "zh", "--lang", "zh", "rules"], "只能给出一次"),
    ],
)
def test_a_wrong_output_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION)
    result = pilot(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr.replace("\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "site.toml"]


def test_a_suffix_that_nothing_is_known_by_is_up_to_the_format_that_is_named(tmp_path: Path) -> None:
    assert run("check", "-f", "json", "-o", tmp_path / "tmp.Xy12").returncode in (0, 1)
    assert json.loads((tmp_path / "tmp.Xy12").read_text(encoding="utf-8"))["format"] == 2
    for format, name in (("sarif", "a.sarif.json"), ("concise", "a.txt"), ("github", "b.txt")):
        assert run("check", "-f", format, "-o", tmp_path / name).stderr == f"已写入：{tmp_path / name}\n"


@pytest.mark.parametrize(
    ("command", "format", "name"),
    [
        *(("check", "json", "check.json"), ("check", "concise", "check.txt"), ("check", "table", "check.txt")),
        *(("report", "docx", "report.docx"), ("rules", "markdown", "rules.md"), ("schema", "json", "schema.json")),
    ],
)
def test_a_folder_gets_a_file_of_the_usual_name(command: str, format: str, name: str, tmp_path: Path) -> None:
    assert run(command, "-o", f"{tmp_path}/new/deep/", "-f", format).returncode in (0, 1)
    assert os.listdir(tmp_path / "new" / "deep") == [name]
    (tmp_path / "there").mkdir()
    assert run(command, "-o", tmp_path / "there", "-f", format).returncode in (0, 1)
    assert os.listdir(tmp_path / "there") == [name]


def test_a_folder_gets_a_ledger_and_keeps_the_one_that_it_has(tmp_path: Path) -> None:
    assert pilot("export", "checklists", "-o", f"{tmp_path}/new/").returncode == 0
    assert os.listdir(tmp_path / "new") == ["ledger.xlsx"]
    again = pilot("export", "checklists", "-o", tmp_path / "new")
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_folders_are_made_and_vanish_with_what_was_to_be_in_them(tmp_path: Path) -> None:
    assert pilot("check", "empty", "-o", "a/b/c.json", cwd=tmp_path).returncode == 2
    (tmp_path / "empty").mkdir()
    assert pilot("check", "empty", "-o", "a/b/c.json", cwd=tmp_path).returncode == 2
    assert os.listdir(tmp_path) == ["empty"]


@on_posix
def test_when_one_file_cannot_be_written_the_others_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    for bad in ("/dev/full", "a.json/b.csv"):
        named = [] if bad.endswith(".csv") else ["-f", "json"]
        result = pilot("check", ROOT / "checklists", *AS_OF, "-o", "a.json", "-o", bad, *named, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"{bad} 无法写入" in result.stderr
        assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old"
        assert os.listdir(tmp_path) == ["a.json"]


def test_one_of_the_files_can_be_standard_output(tmp_path: Path) -> None:
    result = run("report", "-o", "-", "-o", tmp_path / "a.json")
    assert result.stdout == run("report").stdout
    assert result.stderr == f"已写入：{tmp_path / 'a.json'}\n"


@on_posix
def test_of_a_device_and_of_a_quiet_call_nothing_is_said(tmp_path: Path) -> None:
    assert run("check", "-o", "/dev/null").stderr == ""
    result = run("check", "-q", "-o", tmp_path / "a.txt")
    assert (result.stdout, result.stderr) == ("", "")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("10个试点单位；")


def test_a_binary_file_among_several_is_not_written_to_a_terminal(tmp_path: Path) -> None:
    options = ("-f", "docx", "-o", str(tmp_path / "a.docx"), "-o", "-")
    assert "PK" not in pilot_in_terminal("report", "checklists", *AS_OF, *options, width=80, status=2)


def test_a_notice_comes_with_the_other_files_on_the_same_site(tmp_path: Path) -> None:
    site = ("--site", "zhuhai-hengqin-tower")
    files = [tmp_path / name for name in ("a.docx", "b.json")]
    assert pilot("report", "checklists", *AS_OF, *site, "-o", files[0], "-o", files[1]).returncode == 0
    pilot("report", "checklists/construction/zhuhai-hengqin-tower/site.toml", *AS_OF, "-o", tmp_path / "alone.docx")
    assert files[0].read_bytes() == (tmp_path / "alone.docx").read_bytes()
    told = json.loads(files[1].read_text(encoding="utf-8"))
    assert ([site["id"] for site in told["sites"]], told["summary"]["left_out"]) == (["zhuhai-hengqin-tower"], 18)


def test_two_sites_get_a_summary_and_an_unknown_one_no_notice(tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    two = ("--site", "zhuhai-hengqin-tower", "--site", "zhongshan-shiqi-yuexin")
    assert pilot("report", "checklists", *AS_OF, *two, "-o", out).returncode == 0
    result = pilot("report", "checklists", *AS_OF, "--site", "zhuhai-hengqin-tower", "--city", "广州", "-o", out)
    assert "没有编号为“zhuhai-hengqin-tower”的试点单位" in result.stderr
    single = "checklists/construction/zhuhai-hengqin-tower/site.toml"
    assert "不符合筛选条件" in pilot("report", single, *AS_OF, "--city", "广州", "-o", out).stderr


def test_a_file_that_is_open_in_word_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.docx").write_text("old", encoding="utf-8")
    monkeypatch.setattr(output, "_ON_WINDOWS", True)
    monkeypatch.setattr(Path, "replace", refuse)
    said = "在 Word、Excel 或 WPS 中关闭|Close it in Word"
    with pytest.raises(BadParameter, match=said), output.open_output(tmp_path / "a.docx", is_for_people=False) as out:
        out.write("new")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_check_replaces_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    check("checklists", "-o", tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") != "old"
