"""Which files a path stands for, and in what order."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilot_cli.site.find import find_site_files

NAMES = st.sampled_from(["a", "b", ".hidden", "c.toml", "站点"])
FILES = st.sampled_from(["site.toml", "b.toml", ".x.toml", "note.txt"])
TREES = st.lists(st.tuples(st.lists(NAMES, max_size=3), FILES), min_size=1, max_size=12)


def grow(root: Path, tree: list[tuple[list[str], str]]) -> None:
    """Make files where the tree has them."""
    for folders, name in tree:
        folder = root.joinpath(*folders)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def site_files_below(folder: Path) -> Iterator[Path]:
    """Find site files in the simplest way: look at everything, in order."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."):
            yield from site_files_below(entry)
        elif entry.is_file() and entry.name.endswith(".toml"):
            yield entry


@given(TREES, st.data())
def test_several_paths_stand_for_the_files_of_each_without_those_already_found(
    tmp_path_factory: pytest.TempPathFactory, tree: list[tuple[list[str], str]], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("tree")
    grow(root, tree)
    everything = [root, *(Path(folder, name) for folder, below, files in os.walk(root) for name in (*below, *files))]
    paths = data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=4))
    expected = []
    for path in paths:
        found = site_files_below(path) if path.is_dir() else [path]
        expected += [file for file in found if file not in expected]
    assert list(find_site_files(map(str, paths))) == [str(file) for file in expected]


def test_files_are_found_while_the_first_are_already_in_use(tmp_path: Path) -> None:
    grow(tmp_path, [(["a"], "site.toml"), (["b"], "site.toml")])
    files = find_site_files([str(tmp_path)])
    assert next(files) == str(tmp_path / "a" / "site.toml")
    (tmp_path / "b" / "site.toml").rename(tmp_path / "b" / "late.toml")
    assert list(files) == [str(tmp_path / "b" / "late.toml")]


def test_loops_of_links_end_and_a_link_is_followed_only_where_nothing_else_leads(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    grow(inside, [(["a"], "site.toml"), (["b"], "note.txt")])
    grow(outside, [([], "far.toml")])
    for link, target in {
        "a/up": "..",
        "a/loop.toml": "loop.toml",
        "a/round": "round",
        "b/again.toml": "../a/site.toml",
        "b/far.toml": "../../outside/far.toml",
        "b/farther.toml": "../../outside/far.toml",
        "b/folder.toml": "../../outside",
        "b/gone.toml": "nowhere.toml",
    }.items():
        (inside / link).symlink_to(target)
    found = list(find_site_files([str(inside), str(outside), str(tmp_path)]))
    assert [str(Path(path).relative_to(inside)) for path in found] == [
        "a/loop.toml",
        "a/site.toml",
        "b/far.toml",
        "b/gone.toml",
    ]


@pytest.mark.parametrize("path", [".", "./", "a", "a/", "./a", "../tree", "a/../a"])
def test_paths_are_told_as_they_were_given(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    grow(tree, [(["a"], "site.toml")])
    monkeypatch.chdir(tree)
    (found,) = find_site_files([path])
    assert found == os.path.join("" if path == "." else path, "site.toml" if "a" in path else "a/site.toml")


def test_a_folder_that_cannot_be_listed_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, [(["locked.toml"], "site.toml"), (["open"], "site.toml")])
    scandir = os.scandir

    def refuse(path: str) -> object:
        # Whoever runs the tests may be allowed to read everything.
        if path.endswith("locked.toml"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find_site_files([str(tmp_path), str(tmp_path / "locked.toml"), str(tmp_path)])
    assert list(found) == [str(tmp_path / "locked.toml"), str(tmp_path / "open" / "site.toml")]
