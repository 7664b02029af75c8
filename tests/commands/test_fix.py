"""``pilot fix``: what it shows, asks, writes and leaves alone."""

import os
import random
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from pilot_cli.commands.fix import fix
from pilot_cli.site.reader import MAX_FILE_BYTES
from tests.commands.running import ROOT, Result, check, pilot
from tests.commands.session import Session
from tests.editing import COMMUNITY, CONSTRUCTION
from tests.site.damage import damage
from tests.site.slips import SLIPS, Line

GOOD = '# 试点\n[site]\nid = "ab-1"\nname = "海纳大厦"\nkind = "建筑工地"\nstarted_on = 2019-11-11  # 开工\n'
SLIPPED = '# 试点\n[site]\nid = "ab-1"\nname ＝ “海纳大厦”\nkind = 建筑工地\nstarted_on = 2019年11月11日  # 开工\n'
SUMMARY = "site.toml：全角标点3处、文字的引号1处、日期1处\n"


def write(path: Path, text: str = SLIPPED, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site.toml")


def fixed(*arguments: str | Path, cwd: Path, language: str = "zh") -> Result:
    return pilot("--lang", language, "fix", *arguments, cwd=cwd)


def test_yes_writes_and_keeps_the_original(site: Path, tmp_path: Path) -> None:
    result = fixed("--yes", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == SUMMARY + "已修改1个文件，原文件另存在旁边，名称末尾加 .bak\n"
    assert site.read_text(encoding="utf-8") == GOOD
    assert (tmp_path / "site.toml.bak").read_text(encoding="utf-8") == SLIPPED
    assert sorted(os.listdir(tmp_path)) == ["site.toml", "site.toml.bak"]
    assert not [line for line in check("--format", "concise", cwd=tmp_path).stdout.splitlines() if ": F" in line]


def test_the_first_original_is_kept(site: Path, tmp_path: Path) -> None:
    assert fixed("--yes", cwd=tmp_path).returncode == 0
    again = fixed("--yes", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "没有可以自动修改的内容\n")
    write(site, SLIPPED + "// 又来\n")
    assert fixed("--yes", cwd=tmp_path).returncode == 0
    assert site.read_text(encoding="utf-8") == GOOD + "# 又来\n"
    assert (tmp_path / "site.toml.bak").read_text(encoding="utf-8") == SLIPPED


def test_diff_only_shows(site: Path, tmp_path: Path) -> None:
    result = fixed("site.toml", "--diff", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith(
        '--- site.toml\n+++ site.toml\n@@ -1,6 +1,6 @@\n # 试点\n [site]\n id = "ab-1"\n-name ＝'
    )
    assert result.stderr == SUMMARY + "有1个文件可以修改，尚未修改\n"
    assert os.listdir(tmp_path) == ["site.toml"]
    assert site.read_text(encoding="utf-8") == SLIPPED
    write(site, GOOD)
    result = fixed("site.toml", "--diff", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "没有可以自动修改的内容\n")


@pytest.mark.skipif(not shutil.which("patch"), reason="no program patch here")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("seed", range(5))
def test_patch_makes_of_the_difference_what_is_written(seed: int, mark: str, end: str, tmp_path: Path) -> None:
    chance = random.Random(seed)
    lines = chance.choice([CONSTRUCTION, COMMUNITY]).split("\n")[: chance.choice([-1, None])]
    slipped = [chance.choice(SLIPS[:9])(Line(line, "", ""), chance) or line for line in lines]
    text = mark + end.join(slipped)
    write(tmp_path / "a" / "我的 站点.toml", text)
    write(tmp_path / "b" / "我的 站点.toml", text)
    shown = subprocess.run(
        [sys.executable, "-m", "pilot_cli", "fix", "--diff", "."],
        cwd=tmp_path / "a",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    ).stdout
    assert shown
    subprocess.run(["patch", "--binary", "-p0"], input=shown, cwd=tmp_path / "a", check=True, capture_output=True)
    assert fixed("--yes", cwd=tmp_path / "b").returncode == 0
    path = "我的 站点.toml"
    assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_become_utf_8(encoding: str, tmp_path: Path) -> None:
    site = write(tmp_path / "site.toml", GOOD.replace("\n", "\r\n"), encoding)
    raw = site.read_bytes()
    result = fixed("--yes", cwd=tmp_path)
    assert result.stdout.startswith(
        "site.toml：" + ("删去文件开头的标记" if encoding == "utf-8-sig" else "改存为 UTF-8")
    )
    assert site.read_bytes() == GOOD.replace("\n", "\r\n").encode()
    assert (tmp_path / "site.toml.bak").read_bytes() == raw


@pytest.mark.parametrize(
    "raw",
    [
        GOOD.encode("big5", errors="ignore"),
        'name = "caf\xe9"'.encode("latin-1"),
        f"{GOOD}# ".encode() + "备注".encode("gbk"),
        b"\xff\xfea",
        b"\xff\xfe\x00\x00" + GOOD.encode("utf-32-le"),
    ],
)
def test_bytes_that_may_be_anything_are_left_alone(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(raw)
    result = fixed("--yes", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("site.toml: F002 ")
    assert (tmp_path / "site.toml").read_bytes() == raw
    assert os.listdir(tmp_path) == ["site.toml"]


def test_what_cannot_be_read_is_named_and_left_alone(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "large.toml", "#" * (MAX_FILE_BYTES + 1))
    result = fixed("--yes", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr == "large.toml: F001 文件无法读取：文件超过1 MiB\n"
    assert site.read_text(encoding="utf-8") == GOOD
    assert sorted(os.listdir(tmp_path)) == ["large.toml", "site.toml", "site.toml.bak"]


def test_what_grows_over_the_limit_in_utf_8_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "site.toml", GOOD + "# " + "党" * (MAX_FILE_BYTES // 2 - 200), "gb18030")
    assert "没有可以自动修改的内容" in fixed("--yes", cwd=tmp_path).stdout
    assert os.listdir(tmp_path) == ["site.toml"]


def test_without_a_terminal_nothing_is_changed(site: Path, tmp_path: Path) -> None:
    result = pilot("fix", "site.toml", cwd=tmp_path, input="y\n")
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有终端可供询问，未作任何修改" in result.stderr
    assert site.read_text(encoding="utf-8") == SLIPPED


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--yes", "--diff"), "不能同时进行"),
        (("-", "site.toml"), "只代表一个文件"),
        (("none.toml", "--yes"), "“none.toml”"),
        (("--exclude", "*", "--yes"), "没有找到"),
    ],
)
def test_wrong_calls_change_nothing(arguments: tuple[str, ...], told: str, site: Path, tmp_path: Path) -> None:
    result = fixed(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert site.read_text(encoding="utf-8") == SLIPPED


@pytest.mark.parametrize(
    ("answer", "status", "text"), [("y", 0, GOOD), ("是", 0, GOOD), ("", 1, SLIPPED), ("n", 1, SLIPPED)]
)
def test_on_a_terminal_it_shows_and_asks(answer: str, status: int, text: str, site: Path, tmp_path: Path) -> None:
    with Session("fix", cwd=tmp_path) as session:
        shown = session.wait_for("是否修改以上1个文件？")
        assert "-name ＝ “海纳大厦”" in shown
        assert '+name = "海纳大厦"' in shown
        session.type(f"{answer}\n")
        assert session.finish() == status
    assert site.read_text(encoding="utf-8") == text
    assert (tmp_path / "site.toml.bak").exists() is (status == 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_ctrl_c_at_the_question_changes_nothing(language: str, site: Path, tmp_path: Path) -> None:
    with Session("--lang", language, "fix", "site.toml", cwd=tmp_path) as session:
        session.wait_for({"zh": "直接按回车不修改：", "en": "[y/N] "}[language])
        assert session.interrupt() == 130
    assert "Traceback" not in session.shown
    assert site.read_text(encoding="utf-8") == SLIPPED
    assert os.listdir(tmp_path) == ["site.toml"]


def test_what_changes_while_it_asks_is_left_alone(site: Path, tmp_path: Path) -> None:
    with Session("fix", cwd=tmp_path) as session:
        session.wait_for("是否修改")
        write(site, SLIPPED + "\n")
        session.type("y\n")
        session.wait_for("site.toml 在此期间又有改动，未作修改")
        assert session.finish() == 1
    assert site.read_text(encoding="utf-8") == SLIPPED + "\n"


def test_what_nobody_sees_is_visible_on_a_terminal(tmp_path: Path) -> None:
    write(tmp_path / "site.toml", GOOD.replace("海纳", "海\u200b\x1b纳".replace("\x1b", "\u202e")))
    with Session("fix", "--diff", cwd=tmp_path) as session:
        assert session.finish() == 1
    assert '-name = "海\\u200b\\u202e纳大厦"' in session.shown


def test_folders_are_searched_as_by_check(tmp_path: Path) -> None:
    for path in ("a/site.toml", "b/old/site.toml", ".git/site.toml", "pilot.toml"):
        write(tmp_path / path)
    write(tmp_path / "own.toml", 'extends = "five-ones"\nname ＝ "x"\n')
    result = fixed("--yes", "--exclude", "old/", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout.splitlines()[0] == f"a{os.sep}{SUMMARY.strip()}"
    assert "未作为站点文件处理" in result.stderr
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.bak")] == [os.path.join("a", "site.toml.bak")]


def test_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    result = pilot("fix", "-", cwd=tmp_path, input=SLIPPED)
    assert (result.returncode, result.stdout, result.stderr) == (0, GOOD, "")
    result = pilot("fix", "-", "--diff", cwd=tmp_path, input=SLIPPED)
    assert result.returncode == 1
    assert result.stdout.startswith("--- -\n+++ -\n")
    assert pilot("fix", "-", "--diff", cwd=tmp_path, input=GOOD).returncode == 0
    assert os.listdir(tmp_path) == []


def test_it_is_told_in_english_as_well(tmp_path: Path) -> None:
    write(tmp_path / "site.toml")
    write(tmp_path / "b.toml", GOOD + 'city = "x\n')
    result = fixed("--yes", cwd=tmp_path, language="en")
    assert result.stdout == (
        "site.toml: Full-width punctuation: 3, Quotes around text: 1, Dates: 1\n"
        "1 file was changed; the original is beside it, with .bak at the end of its name\n"
        "1 file has mistakes left that a person has to correct; pilot check tells which\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="the permissions and links of POSIX")
def test_permissions_are_kept_and_links_followed(tmp_path: Path) -> None:
    target = write(tmp_path / "there" / "real.toml")
    target.chmod(0o640)
    link = tmp_path / "site.toml"
    link.symlink_to(target)
    assert fixed("site.toml", "--yes", cwd=tmp_path).returncode == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == GOOD
    assert (tmp_path / "there" / "real.toml.bak").read_text(encoding="utf-8") == SLIPPED
    assert [path.stat().st_mode & 0o777 for path in (target, tmp_path / "there" / "real.toml.bak")] == [0o640, 0o640]


def test_the_examples_need_no_mending() -> None:
    result = fixed("checklists", "--diff", cwd=ROOT)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "没有可以自动修改的内容\n")


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError(28, "full")])
@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("number", range(2))
def test_wherever_writing_is_cut_short_nothing_is_lost(
    number: int, is_done: bool, trouble: BaseException, monkeypatch: pytest.MonkeyPatch, site: Path, tmp_path: Path
) -> None:
    replace, steps = Path.replace, count()

    def fail_once(source: Path, target: Path) -> Path:
        is_now = next(steps) == number
        if not is_now or is_done:
            replace(source, target)
        if is_now:
            raise trouble
        return target

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises((KeyboardInterrupt, Exception)):
        fix([str(site)], yes=True, diff=False, exclude=(), verbose=False)
    assert site.read_text(encoding="utf-8") in (SLIPPED, GOOD)
    kept = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert SLIPPED in kept
    assert not list(tmp_path.glob(".pilot-*"))


@pytest.mark.skipif(not shutil.which("unshare"), reason="no disk of its own here")
def test_on_a_full_disk_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    source = write(tmp_path / "source.toml", SLIPPED + "# 备注\n" * 20_000)
    script = f"""
        mount -t tmpfs -o size=$1 none {disk} && cp {source} {disk}/site.toml
        {sys.executable} -m pilot_cli fix {disk} --yes
        echo $?
        ls -A {disk}
        cmp {source} {disk}/site.toml && echo same
    """
    for size, left in (("256k", ["site.toml"]), ("512k", ["site.toml", "site.toml.bak"])):
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", size]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        if "unshare" in result.stderr or "mount" in result.stderr:
            pytest.skip("no disk of its own here")
        assert result.stderr == f"错误：{disk}/site.toml{'.bak' if size == '256k' else ''} 无法写入：磁盘空间不足\n"
        assert result.stdout.splitlines() == ["没有可以自动修改的内容", "2", *left, "same"][1:]


def test_files_damaged_in_any_way_stay_whole_or_are_mended(tmp_path: Path) -> None:
    for seed in range(40):
        chance = random.Random(seed)
        text, _rows = damage(chance.choice([CONSTRUCTION, COMMUNITY]), chance, 4)
        write(tmp_path / f"{seed}.toml", text)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert fixed("--yes", cwd=tmp_path).returncode == 0
    for name, raw in before.items():
        changed = (tmp_path / name).read_bytes() != raw
        assert (tmp_path / f"{name}.bak").exists() is changed
        assert not changed or (tmp_path / f"{name}.bak").read_bytes() == raw
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert fixed("--yes", cwd=tmp_path).returncode == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == after
