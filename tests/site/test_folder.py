"""Whether the documents that a site file names are in its folder."""

import os
from pathlib import Path
from stat import S_IFDIR
from types import SimpleNamespace
from typing import cast

import pytest

from pilot_cli.site.folder import Folder, is_link

ABSENT = "it does not exist"
ABSOLUTE = "the path is absolute; name it relative to the site's folder"
BLANK = "the path is blank"
EMPTY = "it is empty"
LINK = "it is a link that leads out of the site's folder"
NO_FILE = "it is not a regular file"
OUTSIDE = "the path leads out of the site's folder"
UNREADABLE = "it cannot be read"


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Messages are compared in English."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's folder, with a neighbour that is none of its business."""
    folder = tmp_path / "site"
    (folder / "documents" / "sub").mkdir(parents=True)
    for name in ("a.txt", "documents/批复 1.txt", "documents/sub/b.tar.gz", "documents/.hidden", "documents/no suffix"):
        (folder / name).write_text("佐证", encoding="utf-8")
    (folder / "documents" / "empty.txt").touch()
    (tmp_path / "neighbour").mkdir()
    (tmp_path / "neighbour" / "secret.txt").write_text("x", encoding="utf-8")
    return folder


def link(at: Path, to: str) -> None:
    try:
        at.symlink_to(to)
    except (OSError, NotImplementedError):
        pytest.skip("no links here")


@pytest.mark.parametrize(
    "name",
    [
        *("a.txt", "documents/批复 1.txt", "documents/sub/b.tar.gz", "documents/.hidden", "documents/no suffix"),
        *(
            "./a.txt",
            "documents/./批复 1.txt",
            "documents//批复 1.txt",
            "documents/sub/../批复 1.txt",
            "documents/../a.txt",
        ),
        *("documents/sub/../../a.txt", ".//./a.txt"),
        *("documents\\批复 1.txt", ".\\documents\\sub\\b.tar.gz", "documents/sub\\..\\批复 1.txt"),
    ],
)
def test_a_file_below_the_folder_is_well(folder: Path, name: str) -> None:
    assert str(Folder(str(folder)).document_problem(name) or "") == ""


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *((name, BLANK) for name in ("", " ", "\t", "\u3000", "\n")),
        *(
            (name, ABSOLUTE)
            for name in ("/", "/etc/passwd", "//server/share/x", "\\\\server\\share\\x", "\\x", "///a.txt")
        ),
        *((name, ABSOLUTE) for name in ("C:\\x.txt", "C:/x.txt", "c:x.txt", "C:", "\\\\?\\C:\\x", "\\\\.\\pipe\\x")),
        *(
            (name, OUTSIDE)
            for name in ("..", "../x", "../site/a.txt", "..\\x", "documents/../../x", "a/../../site/a.txt")
        ),
        *(
            (name, OUTSIDE)
            for name in ("./../x", "documents/sub/../../..", ".\\..\\x", "a//../../x", "documents\\..\\..\\x")
        ),
        *((name, ABSENT) for name in ("no.txt", "no/a.txt", "no/../a.txt", "a.txt/b.txt", "A.TXT.", "~/a.txt")),
        *((name, ABSENT) for name in ("...", "..a", "a..", ".../a.txt", "file.txt\u200b", "$HOME", "*")),
        *(
            (name, NO_FILE)
            for name in (
                ".",
                "./",
                "documents",
                "documents/",
                "documents/sub",
                "documents/..",
                "a/..".replace("a", "documents"),
            )
        ),
        ("a.txt/", f"{ABSENT}; the folder has “a.txt”"),
        ("documents/批复1.txt", f"{ABSENT}; the folder has “批复 1.txt”"),
        ("documents/empty.txt", EMPTY),
        *((name, UNREADABLE) for name in ("a\0.txt", "\0", "documents/\0/x", "长" * 300)),
        ("a/" * 3000, ABSENT),
    ],
)
def test_what_is_wrong_with_any_other_path_is_told(folder: Path, name: str, fault: str) -> None:
    assert str(Folder(str(folder)).document_problem(name) or "") == fault


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_document_and_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert str(Folder(str(folder)).document_problem("pipe.txt") or "") == NO_FILE


@pytest.mark.parametrize(
    ("at", "to", "name", "fault"),
    [
        ("link.txt", "a.txt", "link.txt", ""),
        ("documents/link.txt", "../a.txt", "documents/link.txt", ""),
        ("link", "documents/sub", "link/b.tar.gz", ""),
        ("link", ".", "link/link/link/a.txt", ""),
        ("link", "documents/sub", "link", NO_FILE),
        ("link.txt", "documents/empty.txt", "link.txt", EMPTY),
        ("link.txt", "no.txt", "link.txt", ABSENT),
        ("link.txt", "link.txt", "link.txt", UNREADABLE),
        ("link.txt", "../neighbour/secret.txt", "link.txt", LINK),
        ("link.txt", "../neighbour/no.txt", "link.txt", LINK),
        ("link.txt", "/dev/null", "link.txt", LINK),
        ("link", "../neighbour", "link/secret.txt", LINK),
        ("link", "../neighbour", "documents/../link/secret.txt", LINK),
        ("link", "../neighbour", "link/../neighbour/secret.txt", LINK),
        ("link", "..", "link/site/a.txt", ""),
        ("link", "documents/sub", "link/../a.txt", ABSENT),
        ("site.toml", "../neighbour/secret.txt", "site.toml", LINK),
        ("link", "../site2", "link/a.txt", LINK),
    ],
)
def test_links_are_followed_and_have_to_end_in_the_folder(
    folder: Path, at: str, to: str, name: str, fault: str
) -> None:
    (folder.parent / "site2").mkdir()
    (folder.parent / "site2" / "a.txt").write_text("x", encoding="utf-8")
    link(folder / at, to)
    assert str(Folder(str(folder)).document_problem(name) or "") == fault
    assert str(Folder(str(folder)).document_problem(name.replace("/", "\\")) or "") == fault


def test_a_link_to_a_link_that_leads_out_is_found(folder: Path) -> None:
    link(folder / "out", "../neighbour")
    link(folder / "documents" / "via", "../out")
    assert str(Folder(str(folder)).document_problem("documents/via/secret.txt") or "") == LINK


def test_what_was_found_of_one_document_does_not_change_what_is_found_of_the_next(folder: Path) -> None:
    link(folder / "out", "../neighbour")
    there = Folder(str(folder))
    names = [
        "out/secret.txt",
        "documents/批复 1.txt",
        "out/secret.txt",
        "out/no.txt",
        "a.txt",
        "documents/sub/b.tar.gz",
    ]
    assert [str(there.document_problem(name) or "") for name in names] == [LINK, "", LINK, LINK, "", ""]


def test_the_folder_itself_may_be_reached_through_a_link_or_be_the_current_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(folder.parent / "way", "site")
    assert str(Folder(str(folder.parent / "way")).document_problem("documents/批复 1.txt") or "") == ""
    monkeypatch.chdir(folder)
    assert str(Folder(".").document_problem("documents/批复 1.txt") or "") == ""
    assert str(Folder(".").document_problem("../neighbour/secret.txt") or "") == OUTSIDE
    link(folder / "out", "../neighbour")
    assert str(Folder(".").document_problem("out/secret.txt") or "") == LINK


@pytest.mark.parametrize(
    ("tag", "stands_for_another_name"),
    [
        *((0xA0000003, True), (0xA000000C, True)),  # a junction, a symbolic link
        *((0x9000001A, False), (0x80000017, False), (0x80000013, False)),  # in a cloud, compressed, stored once
    ],
)
def test_of_what_windows_reparses_only_other_names_are_links(tag: int, stands_for_another_name: bool) -> None:
    found = SimpleNamespace(st_mode=S_IFDIR, st_reparse_tag=tag)
    assert is_link(cast("os.stat_result", found)) is stands_for_another_name
