"""Documents that are not there, next to files of nearly the same name."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.site.folder import MAX_NAMES, Folder
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, edit, edited, read_site

ABSENT = "文件不存在"


def near(name: str) -> str:
    return f"{ABSENT}，文件夹中有“{name}”"


def put(folder: Path, *names: str) -> Folder:
    """Make files in a folder, and look at it as that of a site."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("佐证", encoding="utf-8")
    return Folder(str(folder))


@pytest.mark.parametrize(
    ("named", "there"),
    [
        # case
        ("制度.TXT", "制度.txt"),
        ("zhidu.PDF", "ZhiDu.pdf"),
        # brackets
        ("制度(上墙版).txt", "制度（上墙版）.txt"),
        ("批复〔2020〕6号.pdf", "批复[2020]6号.pdf"),
        ("批复［2020］6号.pdf", "批复（2020）6号.pdf"),
        ("【批复】.txt", "(批复).txt"),
        # width
        ("制度２.txt", "制度2.txt"),
        ("ｚｈｉｄｕ.txt", "zhidu.txt"),
        ("制度．txt", "制度.txt"),
        # blanks
        ("附件 1.txt", "附件1.txt"),
        ("附件1.txt", "附件\u30001.txt"),
        (" 制度.txt", "制度.txt"),
        ("制度.txt ", "制度.txt"),
        ("制\u200b度.txt", "制度.txt"),
        ("制度.txt", "\ufeff制度.txt"),
        # look-alikes
        ("主题党⽇.txt", "主题党日.txt"),
        # suffix
        ("制度.doc", "制度.docx"),
        ("制度.docx", "制度.doc"),
        ("制度.txt", "制度.TXT"),
        ("制度.pdf", "制度.txt"),
        ("制度", "制度.txt"),
        ("制度.txt", "制度"),
        ("制度.txt", "制度.txt.txt"),
        ("照片.jpg", "照片.JPEG"),
        ("录像.mp4", "录像.avi"),
        # several at once
        ("附件 1（上墙）.TXT", "附件1(上墙).docx"),
    ],
)
def test_a_file_of_nearly_the_same_name_is_named(named: str, there: str, tmp_path: Path) -> None:
    for subfolder in ("", "documents/", "documents/sub/"):
        folder = put(
            tmp_path / "of" / subfolder.strip("/").replace("/", "-"), subfolder + there, f"{subfolder}别的.txt"
        )
        assert str(folder.document_problem(subfolder + named)) == near(there)
        assert str(folder.document_problem(f"./{subfolder}{named}".replace("/", "\\"))) == near(there)


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("制度.txt", "制度2.txt"),
        ("制度.txt", "责任清单.txt"),
        ("制度2.1", "制度2.0"),
        ("批复.2019", "批复.2020"),
        (".txt", "制度.txt"),
        ("制度.txt", "documents/制度.TXT"),
        ("documents/制度.txt", "制度.TXT"),
        ("documents/../制度.TXT", "制度.txt"),
        ("制度.TXT/附件.txt", "制度.txt"),
        ("*.txt", "制度.txt"),
        ("制度.txt", "制度.txt/里面.txt"),
        ("没有/没有/没有.txt", "有/有.txt"),
    ],
)
def test_other_files_are_not_named(named: str, there: str, tmp_path: Path) -> None:
    fault = str(put(tmp_path, there).document_problem(named))
    assert fault in {ABSENT, "不是普通文件"}


def test_of_several_files_the_nearest_is_named_and_then_the_first(tmp_path: Path) -> None:
    folder = put(tmp_path, "制度.docx", "制度.doc", "制 度.pdf", "制度.PDF", "制度.xlsx")
    assert str(folder.document_problem("制度.Pdf")) == near("制 度.pdf")
    assert str(folder.document_problem("制度.txt")) == near("制 度.pdf")


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("Documents/制度.txt", "documents/制度.txt"),
        ("材料（一）/附 件/1.TXT", "材料(一)/附件/1.txt"),
        ("a/B/c.txt", "a/b/c.doc"),
    ],
)
def test_a_file_in_a_folder_of_nearly_the_same_name_is_named_by_its_path(
    named: str, there: str, tmp_path: Path
) -> None:
    assert str(put(tmp_path, there).document_problem(named)) == near(there)


def test_nothing_outside_of_the_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "机密.txt").write_text("x", encoding="utf-8")
    folder = put(tmp_path / "site", "a.txt")
    try:
        (tmp_path / "site" / "out").symlink_to("../outside")
        (tmp_path / "site" / "密.txt").symlink_to("../outside/机密.txt")
        (tmp_path / "site" / "inside").symlink_to(".")
    except OSError:
        pytest.skip("no links here")
    names = ["out/机密.TXT", "OUT/机密.txt", "密.TXT", "../outside/机密.TXT", "inside/../../outside/机密.TXT"]
    assert not any("有“" in str(folder.document_problem(name)) for name in names)
    # Through a link nothing is looked for either: where it leads may change meanwhile.
    assert str(folder.document_problem("inside/inside/A.TXT")) == "文件不存在"


def test_only_so_many_names_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    scandir = os.scandir

    def counting(path: str) -> object:
        listed.append(path)
        return scandir(path)

    folder = put(tmp_path, *(f"a/{number}.txt" for number in range(40)), "b/制度.txt")
    monkeypatch.setattr(os, "scandir", counting)
    folder._names_left = 20
    assert str(folder.document_problem("b/制度.TXT")) == near("制度.txt")
    for number in range(40):
        folder.document_problem(f"a/{number}.TXT")
        folder.document_problem(f"b/{number}.TXT")
    assert (folder._names_left, len(listed)) == (0, 2)
    (tmp_path / "c").mkdir()
    assert str(folder.document_problem("c/x.txt")) == ABSENT
    assert len(listed) == 2


def test_nothing_is_looked_for_while_nothing_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path, "a.txt")
    monkeypatch.delattr(os, "scandir")
    assert folder.document_problem("a.txt") is None
    assert str(folder.document_problem("../a.TXT")) == "路径超出了填报文件所在的文件夹"


def test_a_huge_folder_is_searched_once(tmp_path: Path) -> None:
    for number in range(MAX_NAMES + 500):
        (tmp_path / f"{number}.txt").touch()
    folder = Folder(str(tmp_path))
    faults = [str(folder.document_problem(f"{number}.TXT")) for number in range(MAX_NAMES + 500)]
    assert faults.count(ABSENT) == 500


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_that_are_no_text_or_have_controls_do_no_harm(tmp_path: Path) -> None:
    folder = put(tmp_path, "制\x1b[31m度.txt", "清\x07单.txt", "批\n复.txt")
    with suppress(OSError):
        (tmp_path / os.fsdecode(b"\xff.txt")).touch()
    assert str(folder.document_problem("\ufffd.txt")) == ABSENT
    assert str(folder.document_problem("清单.TXT")) == near("清\x07单.txt")
    for name in ("\udcff.TXT", "\0.txt", "a" * 5000, "/".join("a" * 500), "\u202e.txt"):
        str(folder.document_problem(name)).encode()


@pytest.mark.skipif(os.name == "nt" or not os.geteuid(), reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_listed_is_passed_over(tmp_path: Path) -> None:
    folder = put(tmp_path, "documents/制度.txt")
    (tmp_path / "documents").chmod(0o311)
    assert str(folder.document_problem("documents/制度.TXT")) == ABSENT
    (tmp_path / "documents").chmod(0o755)


def test_a_finding_names_the_document_and_what_is_there(tmp_path: Path, five_ones: Standard) -> None:
    site = edited(CONSTRUCTION, edit("documents/制度.txt", "documents/制度.TXT"))
    (finding,) = assess(read_site(tmp_path, site), five_ones, AS_OF).findings
    assert str(finding.message) == "材料“documents/制度.TXT”：文件不存在，文件夹中有“制度.txt”"
    assert finding.rule.id == "W015"
