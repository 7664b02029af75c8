"""A ledger that cannot be used is told of clearly, and not harmed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pilot_cli.ledger import connection
from pilot_cli.ledger.connection import Ledger
from pilot_cli.ledger.faults import LedgerError
from pilot_cli.ledger.location import file_system_of, parse_location
from tests.commands.ledger.office import BY, FAULTY, ledger, listed, record, write_sites
from tests.commands.running import ROOT

NAME = "pilot-ledger.db"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a site and a ledger that has one audit."""
    write_sites(tmp_path, site=FAULTY)
    record(tmp_path, "2020-11-23")
    return tmp_path


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 + 100)


def overwrite(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 20_000)


def as_text(file: Path) -> None:
    file.write_text("not a ledger\n", encoding="utf-8")


def execute(file: Path, *commands: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        for command in commands:
            opened.execute(command)


def foreign(file: Path) -> None:
    file.unlink()
    execute(file, "CREATE TABLE problems_of_others (id INTEGER)")


def other_program(file: Path) -> None:
    file.unlink()
    versions = "CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0002')"
    execute(file, *versions, "CREATE TABLE events (id INTEGER)")


def newer(file: Path) -> None:
    execute(file, "UPDATE alembic_version SET version_num = '9999'")


def older(file: Path) -> None:
    triggers = "DROP TRIGGER events_UPDATE", "DROP TRIGGER events_DELETE"
    execute(
        file, *triggers, "ALTER TABLE sites DROP COLUMN superior", "UPDATE alembic_version SET version_num = '0001'"
    )


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "文件已损坏或者不完整，请用备份替换"),
        (overwrite, "文件已损坏或者不完整，请用备份替换"),
        (as_text, "不是 pilot 的台账，请用 --ledger 指定正确的文件"),
        (foreign, "不是 pilot 的台账，请用 --ledger 指定正确的文件"),
        (other_program, "不是 pilot 的台账，请用 --ledger 指定正确的文件"),
        (newer, "由更新版本的 pilot 生成，请安装该版本"),
        (older, "由较早版本的 pilot 生成，请先运行 pilot ledger upgrade"),
    ],
)
def test_what_cannot_be_used_is_explained_and_left_as_it_is(
    damage: Callable[[Path], None], said: str, office: Path
) -> None:
    damage(office / NAME)
    before = (office / NAME).read_bytes()
    for arguments in (
        ["record", "sites", "--as-of", "2020-12-23", *BY],
        ["problems"],
        ["assign", "1", "--owner", "甲", "--due", "2020-12-31", "--as-of", "2020-12-01", *BY],
    ):
        result = ledger(office, *arguments, status=2)
        assert (result.stdout, result.stderr) == ("", f"错误：整改台账 {NAME}：{said}\n")
    assert (office / NAME).read_bytes() == before


def test_without_a_ledger_reading_says_how_one_begins(tmp_path: Path) -> None:
    for arguments in (
        ["problems"],
        ["audits"],
        ["problem", "1"],
        ["trend"],
        ["close", "1", "--opinion", "x"],
        ["upgrade"],
    ):
        result = ledger(tmp_path, *arguments, status=2)
        assert result.stderr == f"错误：整改台账 {NAME}：尚未建立，请运行 pilot ledger record\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_ledger_and_a_folder_that_is_missing_is_named(office: Path) -> None:
    assert "文件夹" in ledger(office, "problems", "--ledger", ".", status=2).stderr
    result = ledger(office, "record", "sites", "--ledger", "nowhere/a.db", *BY, status=2)
    assert "没有文件夹 nowhere" in result.stderr


def test_an_older_ledger_is_upgraded_when_asked_and_kept_as_it_was(office: Path) -> None:
    older(office / NAME)
    before = (office / NAME).read_bytes()
    result = ledger(office, "upgrade")
    assert result.stdout == f"{NAME} 已升级到本版本。\n升级前的台账保留在 pilot-ledger-0001.db\n"
    kept = office / "pilot-ledger-0001.db"
    with closing(sqlite3.connect(kept)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert len(before) == kept.stat().st_size
    assert len(listed(office)) == 2
    assert ledger(office, "upgrade").stdout == f"{NAME} 已是本版本，无需升级。\n"


def test_a_ledger_that_another_program_has_locked_is_told(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_SECONDS", 0.1)
    opened = Ledger(parse_location(str(office / NAME)))
    with (
        Ledger(parse_location(str(office / NAME))).writing(),
        pytest.raises(LedgerError, match="另一个程序占用已超过30秒"),
        opened.writing(),
    ):
        pass
    with opened.writing():
        pass


MOUNTED = """
cd {folder} && {mount} && cp {name} disk/ && {then}
{python} -m pilot_cli ledger problems --ledger disk/{name} | tail -1
echo THEN
{python} -m pilot_cli ledger record sites --as-of 2020-12-23 --ledger disk/{name} --by 甲
echo $? THEN
{python} -m pilot_cli ledger audits --ledger disk/{name} --format csv | wc -l
"""
NO_MORE = "head -c 400000 /dev/zero > disk/zero 2> /dev/null; sync"


@pytest.mark.parametrize(
    ("mount", "then", "said"),
    [
        ("mount -t tmpfs none disk", "mount -o remount,ro disk", "文件无法打开，请检查文件和文件夹的权限"),
        ("mount -t tmpfs -o size=300k none disk", NO_MORE, "磁盘空间不足"),
    ],
    ids=["read only", "full"],
)
def test_a_disk_that_takes_nothing_is_told_and_the_ledger_stays(mount: str, then: str, said: str, office: Path) -> None:
    (office / "disk").mkdir()
    write_sites(office, **{f"site-{index}": FAULTY for index in range(40)})
    script = MOUNTED.format(folder=office, name=NAME, mount=mount, then=then, python=sys.executable)
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    if shutil.which("unshare") is None or subprocess.run([*command[:-1], "true"], check=False).returncode:
        pytest.skip("no disk can be made here")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment)
    before, status, after = result.stdout.split("THEN\n")
    assert before.startswith("问题2个")
    assert status == "2 "
    assert said in result.stderr
    assert after.strip() == "2", "the head, and one audit"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("postgresql+psycopg://甲:secret@127.0.0.1:1/pilot", "无法连接服务器"),
        ("mysql://root@localhost/pilot", "台账可以是一个文件，或者一个 PostgreSQL 数据库"),
        ("postgresql://", "台账可以是一个文件，或者一个 PostgreSQL 数据库"),
        ("https://user:secret@example/ledger", "台账可以是一个文件，或者一个 PostgreSQL 数据库"),
        ("postgresql://a:secret@host:port/x", "地址无法识别"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(place: str, said: str, tmp_path: Path) -> None:
    result = ledger(tmp_path, "problems", "--ledger", place, status=2)
    assert said in result.stderr
    assert "secret" not in result.stderr


def test_network_drives_are_known_by_their_file_system() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\n//office/share /mnt/share cifs rw 0 0\nhost:/x /mnt/my\\040files nfs4 rw 0 0\n"
    assert file_system_of("/home/a.db", mounts) == "ext4"
    assert file_system_of("/mnt/share/ledger/a.db", mounts) == "cifs"
    assert file_system_of("/mnt/my files/a.db", mounts) == "nfs4"
    assert file_system_of("/mnt/shared/a.db", mounts) == "ext4"


def test_on_a_network_drive_a_ledger_has_a_rollback_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = parse_location(str(tmp_path / "a.db"))
    for is_remote, journal in ((True, "delete"), (False, "wal"), (True, "delete")):
        monkeypatch.setattr(connection, "is_on_network", lambda _path, found=is_remote: found)
        with Ledger(place).writing(creates=True):
            pass
        with closing(sqlite3.connect(tmp_path / "a.db")) as opened:
            assert opened.execute("PRAGMA journal_mode").fetchone() == (journal,)
