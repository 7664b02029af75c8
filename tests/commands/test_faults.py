"""Three kinds of errors: of the call, of what pilot runs on, and of pilot itself."""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from pilot_cli import __version__
from tests.commands.running import AS_OF, ROOT, UNMEASURED, pilot
from tests.province import make_province

EXAMPLE = "checklists/construction/guangzhou-pazhou-expo/site.toml"
NAME = "示例"
"""Stands in every site, and is nobody else's business."""
FAULT = """
import rtoml
real = rtoml.loads
def loads(text):
    if "\\n[site]" in text:
        raise RuntimeError(text)
    return real(text)
rtoml.loads = loads
"""
NO_FOLDER = "import tempfile\ntempfile._candidate_tempdir_list = lambda: ['/nowhere']\n"
FULL_FOLDER = """
import os, pathlib, tempfile
def mkstemp(*_arguments, **options):
    link = pathlib.Path(options['dir'], 'full')
    link.unlink(missing_ok=True)
    link.symlink_to('/dev/full')
    return os.open(link, os.O_RDWR), str(link)
tempfile.mkstemp = mkstemp
tempfile.TemporaryFile = lambda *_arguments, **options: open('/dev/full', 'w+', **options)
"""
on_posix = pytest.mark.skipif(os.name == "nt", reason="the devices of POSIX")


def pilot_with(code: str, folder: Path, *arguments: str | Path, **environment: str) -> CompletedProcess[str]:
    """Run pilot where something has been changed beforehand; temporary files are in ``folder / "temporary"``."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    places = {"TMPDIR": str(temporary), "TEMP": str(temporary), "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    return pilot(*arguments, cwd=ROOT, **places, **environment)


def the_report(folder: Path) -> str:
    (report,) = (folder / "temporary").iterdir()
    return report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "zh",
            r"程序内部错误（sitecustomize\.py:6 处 RuntimeError）。请反馈并附上报告文件 (.*)，其中不含试点单位的内容。",
        ),
        ("en", r"pilot has a fault \(RuntimeError at sitecustomize\.py:6\)\. Please report it with the file (.*);.*"),
    ],
)
def test_a_fault_of_pilot_is_told_in_a_sentence_and_reported_in_a_file(
    language: str, sentence: str, tmp_path: Path
) -> None:
    options = ("--format=json", "--output", tmp_path / "秘.json", "--as-of", "2020-11-23")
    result = pilot_with(FAULT, tmp_path, "--lang", language, "check", *options, EXAMPLE)
    assert (result.returncode, result.stdout) == (70, "")
    told = re.fullmatch(sentence, result.stderr.removesuffix("\n"))
    assert told
    report = Path(told[1]).read_text(encoding="utf-8")
    assert report == the_report(tmp_path)
    assert not (tmp_path / "秘.json").exists()
    version, python, system, command, *_outline = report.splitlines()
    assert version == f"pilot {__version__}"
    assert platform.python_version() in python
    assert system == platform.platform()
    assert command == f"pilot --lang … check --format=… --output {tmp_path / '秘.json'} --as-of … {EXAMPLE}"
    assert "reader.py" in report and "in loads" in report and report.rstrip().endswith("RuntimeError")
    assert NAME not in report


def test_what_sites_are_called_does_not_get_into_the_report(tmp_path: Path) -> None:
    options = ("--title=秘密", "--site", "秘密", "-f", "docx", "-o", "a.docx")
    assert pilot_with(FAULT, tmp_path, "report", *options, EXAMPLE).returncode == 70
    assert f"\npilot report --title=… --site … -f … -o a.docx {EXAMPLE}\n" in the_report(tmp_path)


def test_the_traceback_is_shown_to_those_who_ask_for_it(tmp_path: Path) -> None:
    quiet = pilot_with(FAULT, tmp_path, "check", EXAMPLE)
    assert quiet.stderr.count("\n") == 1
    told = pilot_with(FAULT, tmp_path, "check", EXAMPLE, PILOT_DEBUG="1")
    assert told.returncode == 70
    assert told.stderr.startswith("Traceback (most recent call last):\n")
    assert NAME in told.stderr
    assert "程序内部错误" in told.stderr.splitlines()[-1]


def test_a_fault_in_another_process_is_one_like_any_other(tmp_path: Path) -> None:
    province = make_province(tmp_path / "province", 320)
    result = pilot_with(FAULT, tmp_path, "check", province, "--jobs", "2")
    assert result.returncode == 70
    assert result.stderr.startswith("程序内部错误（sitecustomize.py:6 处 RuntimeError）")
    report = the_report(tmp_path)
    assert "in loads" in report and NAME not in report
    told = pilot_with(FAULT, tmp_path, "check", province, "--jobs", "2", PILOT_DEBUG="1")
    assert NAME in told.stderr


def test_a_fault_that_cannot_be_reported_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    result = pilot_with(FAULT + NO_FOLDER, tmp_path, "check", EXAMPLE)
    assert result.returncode == 70
    assert result.stderr.startswith("程序内部错误，请反馈：sitecustomize.py:6 处 RuntimeError：")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("site.toml/a.json", "part of the path is no folder"),
        ("a" * 300 + ".json", "the name is too long"),
    ],
)
def test_an_output_that_is_wrong_by_its_name_is_a_wrong_call(name: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").touch()
    result = pilot("--lang", "en", "check", EXAMPLE, *AS_OF, "--format", "json", "--output", tmp_path / name)
    assert (result.returncode, result.stdout) == (2, "")
    what, hint = result.stderr.splitlines()
    assert what.startswith("Error: --output: ") and what.endswith(sentence)
    assert hint.endswith("check --help")


@on_posix
@pytest.mark.parametrize(
    "arguments",
    [
        *(("check", EXAMPLE, *AS_OF, "--format", format) for format in ("table", "json", "markdown")),
        *(("report", EXAMPLE, *AS_OF, "--format", format) for format in ("terminal", "html", "xlsx", "docx")),
        ("schema",),
    ],
)
def test_a_full_disk_is_told_as_such_and_not_as_a_wrong_call(arguments: tuple[str, ...]) -> None:
    result = pilot("--lang", "en", *arguments, "--output", "/dev/full")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "Error: /dev/full cannot be written: no space is left on the disk\n"


@on_posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", EXAMPLE, *AS_OF, "--format", "xlsx"),
        ("export", EXAMPLE),
    ],
)
@pytest.mark.parametrize("output", ["a.xlsx", "-"])
def test_a_full_folder_for_temporary_files_is_not_taken_for_the_output(
    arguments: tuple[str, ...], output: str, tmp_path: Path
) -> None:
    output = output if output == "-" else str(tmp_path / output)
    for code, sentence in (
        (FULL_FOLDER, f"temporary files cannot be written to {tmp_path / 'temporary'}: no space is left on the disk"),
        (NO_FOLDER, "temporary files can be written to none of '/nowhere'"),
    ):
        result = pilot_with(code, tmp_path, "--lang", "en", *arguments, "--output", output)
        assert result.returncode == 2
        assert result.stderr == f"Error: {sentence}\n"
        assert output == "-" or not Path(output).exists()


@on_posix
def test_a_folder_for_temporary_files_that_fills_up_is_named(tmp_path: Path) -> None:
    """A disk of its own, of memory, and seen by these commands alone; Python finds room for a try on it."""
    (tmp_path / "disk").mkdir()
    script = f"""
        mount -t tmpfs -o size=64k none {tmp_path}/disk && head -c 53248 /dev/zero > {tmp_path}/disk/filling || exit 9
        export TMPDIR={tmp_path}/disk
        pilot() {{ {sys.executable} -m pilot_cli "$@" checklists {" ".join(AS_OF)} > {tmp_path}/said; echo $?; }}
        pilot check -f markdown
        pilot check -o {tmp_path}/a.json -o {tmp_path}/b.csv
        pilot report -o {tmp_path}/a.xlsx
        pilot check -f json
    """
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    if shutil.which("unshare") is None or subprocess.run([*command[:-1], "true"], check=False).returncode:
        pytest.skip("no disk can be made here")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert result.stdout.split() == ["2", "2", "2", "1"]
    assert result.stderr == f"错误：临时文件夹 {tmp_path}/disk 无法写入：磁盘空间不足\n" * 3
    assert sorted(os.listdir(tmp_path)) == ["disk", "said"]


@on_posix
def test_a_disk_that_fills_up_is_told_as_such_and_nothing_is_left_behind(tmp_path: Path) -> None:
    book, sites, report = tmp_path / "a.xlsx", tmp_path / "sites", tmp_path / "a.json"
    assert pilot("export", EXAMPLE, "--output", book).returncode == 0
    full = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
    for arguments, output in ((("import", book), sites), (("check", EXAMPLE, "--format", "json"), report)):
        result = pilot_with(full, tmp_path, *arguments, "--output", output, **UNMEASURED)
        assert (result.returncode, result.stderr) == (2, f"错误：{output} 无法写入：磁盘空间不足\n")
        assert not output.exists()
