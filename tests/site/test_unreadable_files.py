"""What is said of a site file that cannot be read: its size, its kind, its encoding."""

import os
import threading
from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.locale import Language, use_language
from pilot_cli.site.reader import MAX_FILE_BYTES, Reading, load_site, parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF
from tests.site.test_reader import BASE


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(BASE.encode().ljust(MAX_FILE_BYTES, b"\n"))
    assert not load_site(path).problems
    path.write_bytes(BASE.encode().ljust(MAX_FILE_BYTES + 1, b"\n"))
    assert_unreadable(load_site(path), "it is larger than 1 MiB")


def test_a_file_that_is_not_there_any_more_is_told(tmp_path: Path) -> None:
    assert_unreadable(load_site(tmp_path / "site.toml"), "it is no longer there")


def test_a_folder_is_no_site_file(tmp_path: Path) -> None:
    assert_unreadable(load_site(tmp_path), "it is not a regular file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_site_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "site.toml")
    readings: list[Reading] = []
    reader = threading.Thread(target=lambda: readings.append(load_site(tmp_path / "site.toml")), daemon=True)
    reader.start()
    reader.join(10)
    assert readings, "it still waits"
    assert_unreadable(readings[0], "it is not a regular file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(BASE, encoding="utf-8")
    path.chmod(0)
    assert_unreadable(load_site(path), "you have no permission")


@pytest.mark.parametrize("name", ["a\0b.toml", f"{'长' * 2000}.toml"])
def test_a_path_that_cannot_be_is_told_in_the_users_language(name: str, tmp_path: Path) -> None:
    use_language(Language.CHINESE)
    (problem,) = load_site(f"{tmp_path}/{name}").problems
    assert problem.rule.id == "F001"
    assert str(problem.message).isprintable()


def assert_unreadable(reading: Reading, why: str) -> None:
    assert reading.site is None
    (problem,) = reading.problems
    assert (problem.rule.id, str(problem.message)) == ("F001", f"The file cannot be read: {why}")
    assert problem.place is not None


CHINESE = BASE.replace("示例", "张三") + 'city = "广州市"\n'
GBK = "The file is saved in the encoding GBK (ANSI), not as UTF-8"
UTF_16 = "The file is saved as UTF-16 (“Unicode”), not as UTF-8"
BROKEN = "The file is not UTF-8 text"
OFFICE = "The file was made by Excel, Word or WPS and is no site file"


@pytest.mark.parametrize(
    ("raw", "message", "place"),
    [
        (CHINESE.encode("gbk"), GBK, (3, 9)),
        (CHINESE.replace("\n", "\r\n").encode("gbk"), GBK, (3, 9)),
        (CHINESE.encode("gb18030"), GBK, (3, 9)),
        (CHINESE.encode("utf-16"), UTF_16, (1, 1)),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), UTF_16, (1, 1)),
        (CHINESE.encode().replace("州".encode(), b"\xff"), BROKEN, (5, 10)),
        (CHINESE.encode().replace(b"\n", b"\r\n").replace("州".encode(), b"\xff"), BROKEN, (5, 10)),
        (b"\xef\xbb\xbf" + CHINESE.encode().replace("三".encode(), b"\xff"), BROKEN, (3, 10)),
        (CHINESE.encode() + b"\xe5", BROKEN, (6, 1)),
        (BASE.encode().replace("示例".encode(), b"\xed\xa0\x80"), BROKEN, (3, 9)),
        (b"\xff", BROKEN, (1, 1)),
        (b"PK\x03\x04\xff", OFFICE, (1, 1)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE, (1, 1)),
    ],
)
def test_a_file_in_another_encoding_is_told_at_its_first_wrong_byte(
    raw: bytes, message: str, place: tuple[int, int], five_ones: Standard
) -> None:
    reading = parse_site(raw)
    assert reading.site is None
    (finding,) = assess(reading, five_ones, AS_OF).findings
    assert (finding.rule.id, str(finding.message), finding.line, finding.column) == ("F002", message, *place)
