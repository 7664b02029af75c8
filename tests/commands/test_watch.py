"""``pilot check --watch``."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT, check
from tests.commands.session import PATIENCE
from tests.commands.watching import READY, finds, finds_no, is_named, rules, watching
from tests.editing import COMMUNITY, CONSTRUCTION, append, edit, edited, write_site

RENAMED = edited(CONSTRUCTION, edit('name = "江湾路工地"', 'name = "改名后的工地"'))
BROKEN = edited(CONSTRUCTION, append("[site"))
on_posix = pytest.mark.skipif(os.name == "nt", reason="the signals and names of POSIX")


@pytest.fixture(params=["a file", "a folder"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "sites" / "a", CONSTRUCTION)


@pytest.fixture
def path(kind: str, site: Path) -> Path:
    """What is watched: the site file, or a folder in which its folder is."""
    return site if kind == "a file" else site.parent.parent


def test_a_change_is_shown(path: Path, site: Path) -> None:
    with watching(path) as watch:
        site.write_text(RENAMED, encoding="utf-8")
        watch.site(is_named("改名后的工地"))
        site.write_text(CONSTRUCTION, encoding="utf-8")
        watch.site(is_named("江湾路工地"))


def test_a_file_that_is_replaced_by_another_is_followed(path: Path, site: Path) -> None:
    with watching(path) as watch:
        for text, name in ((RENAMED, "改名后的工地"), (CONSTRUCTION, "江湾路工地")):
            draft = site.with_name("draft")
            draft.write_text(text, encoding="utf-8")
            draft.replace(site)
            watch.site(is_named(name))


def test_a_file_that_is_half_written_is_shown_as_it_is_until_it_is_whole(path: Path, site: Path) -> None:
    with watching(path) as watch:
        site.write_text(BROKEN, encoding="utf-8")
        watch.site(finds("F003"))
        site.write_text("", encoding="utf-8")
        watch.site(finds("F005"))
        site.write_text(CONSTRUCTION, encoding="utf-8")
        watch.site(lambda site: not rules(site))


def test_a_file_that_is_deleted_or_renamed_is_shown_when_it_comes_back(site: Path) -> None:
    with watching(site) as watch:
        site.unlink()
        watch.site(finds("F001"))
        site.write_text(RENAMED, encoding="utf-8")
        watch.site(is_named("改名后的工地"))
        site.rename(site.with_name("old"))
        watch.site(finds("F001"))
        site.with_name("old").rename(site)
        watch.site(is_named("改名后的工地"))


def test_a_folder_that_is_deleted_or_renamed_is_shown_when_it_comes_back(path: Path, site: Path) -> None:
    sites = site.parent.parent
    with watching(path) as watch:
        shutil.rmtree(sites)
        watch.site(finds("F001"))
        write_site(site.parent, RENAMED)
        watch.site(is_named("改名后的工地"))
        folder = site.parent if path == site else sites
        folder.rename(folder.with_name("away"))
        watch.site(finds("F001"))
        folder.with_name("away").rename(folder)
        watch.site(is_named("改名后的工地"))
        site.write_text(CONSTRUCTION, encoding="utf-8")
        watch.site(is_named("江湾路工地"))


def test_of_several_folders_one_may_be_away_while_another_changes(tmp_path: Path) -> None:
    here, away = (write_site(tmp_path / name, text) for name, text in (("a", CONSTRUCTION), ("b", COMMUNITY)))
    with watching(here.parent, away.parent) as watch:
        shutil.rmtree(away.parent)
        watch.site(finds("F001"))
        write_site(here.parent / "new" / "deep", RENAMED)
        watch.site(is_named("改名后的工地"))
        write_site(away.parent, COMMUNITY)
        watch.site(lambda site: site["path"] == str(away) and not rules(site))


def test_site_files_in_new_folders_are_found_and_then_followed(site: Path) -> None:
    with watching(site.parent.parent) as watch:
        new = write_site(site.parent.parent / "b" / "c", COMMUNITY)
        watch.site(lambda site: site["path"] == str(new))
        new.write_text(BROKEN, encoding="utf-8")
        watch.site(finds("F003"))


def test_a_folder_without_site_files_is_said_to_be_one_until_there_are_some(tmp_path: Path) -> None:
    (tmp_path / "site.toml.txt").touch()
    with watching(tmp_path, "--verbose") as watch:
        site = write_site(tmp_path / "a", CONSTRUCTION, "SITE.TOML")
        watch.site(is_named("江湾路工地"))
        (tmp_path / "pilot.toml").touch()
        assert "pilot 的设置文件" in watch.line("pilot.toml")
        site.unlink()
        assert "没有找到站点文件" in watch.line("错误：")
        site.write_text(RENAMED, encoding="utf-8")
        watch.site(is_named("改名后的工地"))
        site.write_text(CONSTRUCTION, encoding="utf-8")
        watch.site(is_named("江湾路工地"))


def test_a_site_that_becomes_a_standard_is_no_longer_one(tmp_path: Path) -> None:
    site = write_site(tmp_path, CONSTRUCTION)
    write_site(tmp_path / "b", COMMUNITY)
    with watching(tmp_path) as watch:
        site.write_text('name = "本市"\nextends = "five-ones"\n', encoding="utf-8")
        watch.line("另有1个文件未作为站点文件处理")
        site.write_text(RENAMED, encoding="utf-8")
        watch.site(is_named("改名后的工地"))


def test_documents_that_come_and_go_are_noticed(path: Path, site: Path) -> None:
    document = site.parent / "documents" / "批复.txt"
    with watching(path) as watch:
        document.unlink()
        watch.site(finds("B015"))
        document.touch()
        watch.site(lambda site: any("是空文件" in finding["message"] for finding in site["findings"]))
        document.write_text("佐证材料", encoding="utf-8")
        watch.site(finds_no("B015"))
        document.parent.rename(site.parent / "elsewhere")
        watch.site(finds("W015"))
        (site.parent / "elsewhere").rename(document.parent)
        watch.site(finds_no("W015"))


def test_a_standard_that_changes_is_used_and_one_that_breaks_is_shown_in_place_of_results(
    path: Path, tmp_path: Path
) -> None:
    standard = tmp_path / "own" / "own.toml"
    standard.parent.mkdir()
    lenient = 'name = "本市"\nextends = "five-ones"\n'
    standard.write_text(lenient, encoding="utf-8")
    strict = lenient + "[override.B003]\nvalue = 49\n"
    with watching(path, "--standard", standard) as watch:
        standard.write_text(strict, encoding="utf-8")
        watch.site(finds("B003"))
        standard.write_text(strict + "[", encoding="utf-8")
        assert "own.toml" in watch.line("错误：")
        standard.unlink()
        assert "没有可用的标准" in watch.line("错误：")
        standard.write_text(strict, encoding="utf-8")
        watch.site(finds("B003"))
        draft = standard.with_name("draft")
        draft.write_text(lenient, encoding="utf-8")
        draft.replace(standard)
        watch.site(finds_no("B003"))


def test_what_else_is_in_the_folder_of_a_file_is_not_watched(site: Path) -> None:
    # It may be the folder of all that somebody has.
    elsewhere = site.parent / "elsewhere"
    elsewhere.mkdir()
    with watching(site) as watch:
        (elsewhere / "site.toml").write_text(BROKEN, encoding="utf-8")
        # Time enough for a check that should not come.
        time.sleep(1)
        site.write_text(RENAMED, encoding="utf-8")
        assert "改名后的工地" in watch.line('"path"')


@on_posix
def test_changes_where_a_link_leads_are_noticed(site: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(site)
    with watching(link) as watch:
        site.write_text(RENAMED, encoding="utf-8")
        watch.site(is_named("改名后的工地"))
        link.unlink()
        watch.site(finds("F001"))
        link.symlink_to(site)
        watch.site(is_named("改名后的工地"))


@on_posix
def test_what_pilot_itself_writes_and_hidden_files_start_no_check(site: Path) -> None:
    folder = site.parent
    (folder / ".git").mkdir()
    results = folder / "results.jsonl"
    command = f"exec {sys.executable} -m pilot_cli check --watch --format jsonl {' '.join(AS_OF)} >> results.jsonl 2>&1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    results.touch()
    with subprocess.Popen(["sh", "-c", command], cwd=folder, env=environment) as process:
        end = time.monotonic() + PATIENCE
        for name in ("江湾路工地", "改名后的工地"):
            while READY not in results.read_text(encoding="utf-8").partition(name)[2]:
                if time.monotonic() > end:
                    process.kill()
                time.sleep(0.1)
                assert process.poll() is None
            for number in range(3):
                (folder / ".git" / f"{name}{number}").touch()
                # Time enough for a check that should not come.
                time.sleep(0.4)
            site.write_text(RENAMED, encoding="utf-8")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
    assert 2 <= results.read_text(encoding="utf-8").count(READY) <= 4


@on_posix
def test_a_name_that_is_no_text_does_not_end_it(site: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(site.parent) + b"/\xb9\xe3"))
    with watching(site.parent) as watch:
        new = write_site(folder, RENAMED)
        watch.site(is_named("改名后的工地"))
        # Names are not told any more, and times to the second.
        later = time.time() + 10
        for changed, text, name in ((new, COMMUNITY, "荔景花园"), (site, RENAMED, "改名后的工地")):
            changed.write_text(text, encoding="utf-8")
            os.utime(changed, (later, later))
            watch.site(is_named(name))
        assert watch.interrupt() == 130
    result = check("--watch", folder)
    assert result.returncode == 2
    assert "--watch：名称不是 UTF-8 编码" in result.stderr


def test_where_changes_are_not_told_files_can_be_looked_at_time_and_again(path: Path, site: Path) -> None:
    with watching(path, WATCHFILES_FORCE_POLLING="1") as watch:
        site.write_text(RENAMED, encoding="utf-8")
        later = time.time() + 10
        os.utime(site, (later, later))
        watch.site(is_named("改名后的工地"))


@on_posix
@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_too_much_to_watch_is_said_together_with_the_way_out(limit: str, site: Path) -> None:
    # In a namespace of its own every process may lower the limits that are meant.
    command = (
        f"echo 0 > /proc/sys/user/{limit} && echo limited && exec {sys.executable} -m pilot_cli check --watch {site}"
    )
    try:
        result = subprocess.run(
            ["unshare", "--user", "--map-root-user", "sh", "-c", command],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no namespaces here")
    if result.stdout != "limited\n":
        pytest.skip("no namespaces here")
    assert result.returncode == 2
    assert "无法监视此处的文件变动" in result.stderr
    assert "WATCHFILES_FORCE_POLLING=1" in result.stderr
    assert "Traceback" not in result.stderr
