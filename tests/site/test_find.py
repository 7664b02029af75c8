"""Which files a path stands for, and in what order."""

import functools
import operator
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_cli.site import find
from pilot_cli.site.exclude import Exclude, PatternError
from pilot_cli.site.find import SiteFiles, SkipReason

NAMES = st.sampled_from(["a", "b", ".hidden", "c.toml", "站点", "$RECYCLE.BIN", "pyproject.toml"])
FILES = st.sampled_from(
    [
        "site.toml",
        "b.toml",
        ".x.toml",
        "note.txt",
        "SITE.TOML",
        "~$site.toml",
        "pilot.toml",
        "own.toml",
        "site.toml.bak",
    ]
)
PATTERNS = st.sampled_from([(), ("b.toml",), ("a",), ("b", "s*.toml")])
"""Names, as shells know them: these mean the same wherever a walk starts."""
NO_SITE_FILES = [
    *(".site.toml", "._site.toml", ".#site.toml", ".toml", "..toml", "~$site.toml", "~$台账.toml"),
    *("site.toml.txt", "SITE.TOML.bak", "site.toml~", "site.toml ", "sitetoml", "site．toml"),
]
HIDDEN_FOLDERS = [
    *(".git", "@eaDir", "@EADIR", "$RECYCLE.BIN", "$Recycle.Bin", "System Volume Information", "#recycle"),
    *("__MACOSX", "lost+found", "@Recycle", "~snapshot", "~$cache"),
]
TREES = st.lists(st.tuples(st.lists(NAMES, max_size=3), FILES), min_size=1, max_size=12)


def grow(root: Path, tree: list[tuple[list[str], str]]) -> None:
    """Make files where the tree has them."""
    for folders, name in tree:
        folder = root.joinpath(*folders)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def site_files_below(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    """Find site files in the simplest way: look at everything, in order."""
    for entry in sorted(folder.iterdir()):
        name = entry.name
        if name.startswith((".", "~$")) or any(fnmatch(name, pattern) for pattern in patterns):
            continue
        if entry.is_dir():
            if name != "$RECYCLE.BIN":
                yield from site_files_below(entry, patterns)
        elif name.lower().endswith(".toml") and name not in ("pilot.toml", "own.toml"):
            yield entry


def found(*paths: str | Path, exclude: Iterable[str] = (), standards: Iterable[Path] = ()) -> list[str]:
    """Find the site files of paths."""
    patterns = [*exclude]
    return list(
        SiteFiles(map(str, paths), exclude=Exclude(patterns) if patterns else None, standards=map(str, standards))
    )


def skipped(files: SiteFiles) -> list[tuple[str, SkipReason]]:
    list(files)
    return [(path, reason) for path, reason in files.skipped]


@given(TREES, PATTERNS, st.data())
def test_several_paths_stand_for_the_files_of_each_without_those_already_found(
    tmp_path_factory: pytest.TempPathFactory,
    tree: list[tuple[list[str], str]],
    patterns: tuple[str, ...],
    data: st.DataObject,
) -> None:
    root = tmp_path_factory.mktemp("tree")
    grow(root, tree)
    everything = [root, *(Path(folder, name) for folder, below, files in os.walk(root) for name in (*below, *files))]
    paths = data.draw(st.lists(st.sampled_from(everything), min_size=1, max_size=4))
    expected: list[Path] = []
    for path in paths:
        below = site_files_below(path, patterns) if path.is_dir() else [path]
        expected += [file for file in below if file not in expected]
    files = SiteFiles(
        map(str, paths),
        exclude=Exclude(patterns) if patterns else None,
        standards=[str(path) for path in everything if path.name == "own.toml"],
    )
    assert list(files) == [str(file) for file in expected]
    assert not {Path(path) for path, _reason in files.skipped} & set(expected), "what was found is not skipped"


@given(TREES, st.data())
def test_each_file_is_found_once_whatever_is_left_out_of_which_folder(
    tmp_path_factory: pytest.TempPathFactory, tree: list[tuple[list[str], str]], data: st.DataObject
) -> None:
    root = tmp_path_factory.mktemp("tree")
    grow(root, tree)
    patterns = data.draw(st.lists(st.sampled_from(["/a/", "/b", "a/*.toml", "!b.toml", "/*.toml"]), min_size=1))
    folders = [root, *(Path(folder, name) for folder, below, _files in os.walk(root) for name in below)]
    paths = data.draw(st.lists(st.sampled_from(folders), min_size=1, max_size=4))
    alone = [found(path, exclude=patterns) for path in paths]
    assert found(*paths, exclude=patterns) == list(dict.fromkeys(functools.reduce(operator.iadd, alone, [])))


def test_files_are_found_while_the_first_are_already_in_use(tmp_path: Path) -> None:
    grow(tmp_path, [(["a"], "site.toml"), (["b"], "site.toml")])
    files = iter(SiteFiles([str(tmp_path)]))
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
    files = found(inside, outside, tmp_path)
    assert [str(Path(path).relative_to(inside)) for path in files] == [
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
    (file,) = SiteFiles([path])
    assert file == os.path.join("" if path == "." else path, "site.toml" if "a" in path else "a/site.toml")


def test_a_folder_that_cannot_be_listed_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, [(["locked.toml"], "site.toml"), (["open"], "site.toml")])
    scandir = os.scandir

    def refuse(path: str) -> object:
        # Whoever runs the tests may be allowed to read everything.
        if path.endswith("locked.toml"):
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    files = found(tmp_path, tmp_path / "locked.toml", tmp_path)
    assert files == [str(tmp_path / "locked.toml"), str(tmp_path / "open" / "site.toml")]


@pytest.mark.parametrize("name", ["site.toml", "SITE.TOML", "Site.Toml", "站点.tOmL", "a b.toml", "-.toml", "~.toml"])
def test_a_file_is_a_site_file_whatever_letters_its_suffix_has(name: str, tmp_path: Path) -> None:
    grow(tmp_path, [([], name)])
    assert found(tmp_path) == [str(tmp_path / name)]


@pytest.mark.parametrize("name", NO_SITE_FILES)
def test_a_file_that_programs_made_or_that_is_named_otherwise_is_none_unless_it_is_named(
    name: str, tmp_path: Path
) -> None:
    grow(tmp_path, [([], name)])
    files = SiteFiles([str(tmp_path)])
    assert (list(files), files.skipped) == ([], [])
    assert found(tmp_path, tmp_path / name, tmp_path) == [str(tmp_path / name)]


@pytest.mark.parametrize("name", HIDDEN_FOLDERS)
def test_folders_of_the_system_are_not_looked_into_unless_they_are_named(name: str, tmp_path: Path) -> None:
    grow(tmp_path, [([name, "a"], "site.toml"), (["a"], "site.toml")])
    files = SiteFiles([str(tmp_path)])
    assert (list(files), files.skipped) == ([str(tmp_path / "a" / "site.toml")], [])
    assert found(tmp_path, tmp_path / name)[1:] == [str(tmp_path / name / "a" / "site.toml")]
    assert len(found(tmp_path / name / "a" / "site.toml", tmp_path)) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pilot.toml", SkipReason.SETTINGS),
        ("PILOT.TOML", SkipReason.SETTINGS),
        ("Pilot.Toml", SkipReason.SETTINGS),
        ("pyproject.toml", SkipReason.PROJECT),
        ("PyProject.toml", SkipReason.PROJECT),
    ],
)
def test_files_known_by_their_names_are_skipped_unless_they_are_named(
    name: str, reason: SkipReason, tmp_path: Path
) -> None:
    grow(tmp_path, [(["a"], name), (["a"], "my" + name), (["b", name], "site.toml")])
    files = SiteFiles([str(tmp_path)])
    assert skipped(files) == [(str(tmp_path / "a" / name), reason)]
    assert len(found(tmp_path)) == 2
    both = SiteFiles([str(tmp_path), str(tmp_path / "a" / name)])
    assert skipped(both) == []
    assert len(found(tmp_path, tmp_path / "a" / name)) == 3


def test_the_standard_in_use_is_known_by_what_it_is_and_not_by_how_it_is_called(tmp_path: Path) -> None:
    grow(tmp_path, [(["mix"], name) for name in ("own.toml", "site.toml")] + [(["far"], "base.toml")])
    (tmp_path / "mix" / "base-link.toml").symlink_to("../far/base.toml")
    (tmp_path / "link").symlink_to("mix")
    standards = [tmp_path / "link" / "own.toml", tmp_path / "far" / "base.toml"]
    files = SiteFiles([str(tmp_path)], standards=map(str, standards))
    assert list(files) == [str(tmp_path / "mix" / "site.toml")]
    assert {reason for _path, reason in files.skipped} == {SkipReason.STANDARD_IN_USE}
    assert len(files.skipped) == 3
    assert found(tmp_path / "mix" / "own.toml", standards=standards) == [str(tmp_path / "mix" / "own.toml")]
    (tmp_path / "mix" / "deep").mkdir()
    shutil.copy(tmp_path / "mix" / "own.toml", tmp_path / "mix" / "deep" / "own.toml")
    assert str(tmp_path / "mix" / "deep" / "own.toml") in found(tmp_path, standards=standards), "another of this name"


def test_what_windows_hides_is_skipped_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, [(["a"], "site.toml"), (["b"], "hidden.toml"), (["b"], "site.toml")])
    monkeypatch.setattr(find, "_ON_WINDOWS", True)
    hidden = {str(tmp_path / "a"), str(tmp_path / "b" / "hidden.toml")}
    monkeypatch.setattr(find, "_has_hidden_attribute", lambda path: path in hidden)
    files = SiteFiles([str(tmp_path)])
    assert list(files) == [str(tmp_path / "b" / "site.toml")]
    assert files.skipped == [
        (str(tmp_path / "a") + os.sep, SkipReason.HIDDEN),
        (str(tmp_path / "b" / "hidden.toml"), SkipReason.HIDDEN),
    ]
    assert found(tmp_path, tmp_path / "a")[1:] == [str(tmp_path / "a" / "site.toml")]
    assert found(tmp_path, tmp_path / "b" / "hidden.toml")[1:] == [str(tmp_path / "b" / "hidden.toml")]


def test_a_folder_that_is_excluded_is_not_even_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, [(["archive", "a"], "site.toml"), (["b"], "site.toml"), (["b"], "x-old.toml")])
    looked_into: list[str] = []
    scandir = os.scandir

    def note(path: str) -> object:
        looked_into.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", note)
    files = SiteFiles([str(tmp_path)], exclude=Exclude(["archive/", "*-old.toml"]))
    assert list(files) == [str(tmp_path / "b" / "site.toml")]
    assert not any("archive" in path for path in looked_into)
    assert files.skipped == [
        (str(tmp_path / "archive") + os.sep, SkipReason.EXCLUDED),
        (str(tmp_path / "b" / "x-old.toml"), SkipReason.EXCLUDED),
    ]


def test_patterns_are_relative_to_each_folder_that_is_named(tmp_path: Path) -> None:
    grow(tmp_path, [(["a"], "b.toml"), (["a", "a"], "b.toml"), (["b"], "b.toml")])
    assert found(tmp_path, exclude=["/a/b.toml"]) == [str(tmp_path / "a" / "a" / "b.toml"), str(tmp_path / "b/b.toml")]
    assert found(tmp_path / "a", tmp_path / "b", exclude=["/b.toml"]) == [str(tmp_path / "a" / "a" / "b.toml")]
    assert found(tmp_path / "a" / "b.toml", exclude=["*"]) == [str(tmp_path / "a" / "b.toml")]


GIT_PATTERNS = [
    "a/",
    "a",
    "/a",
    "a/**",
    "**/a",
    "*.toml",
    "!b.toml",
    "s*.toml",
    "/a/*",
    "a/b",
    "!a/b/",
    "站点/",
    "[ab]",
]


@pytest.mark.skipif(not shutil.which("git"), reason="git is needed")
@settings(max_examples=30)  # each starts git
@given(TREES, st.lists(st.sampled_from(GIT_PATTERNS), min_size=1, max_size=4))
def test_patterns_leave_out_what_git_ignores(
    tmp_path_factory: pytest.TempPathFactory, tree: list[tuple[list[str], str]], patterns: list[str]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    grow(root, tree)
    (root.parent / f"{root.name}.patterns").write_text("\n".join(patterns), encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    command = ["git", "ls-files", "--others", "-z", f"--exclude-from={root.parent / root.name}.patterns"]
    kept = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout.split("\0")
    assert set(found(root, exclude=patterns)) == set(found(root)) & {str(root / path) for path in kept}


@pytest.mark.parametrize("pattern", ["", " ", "#x", "#recycle", "!", "/", "a\\"])
def test_a_pattern_that_can_leave_nothing_out_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Exclude(["a/", pattern])


def test_on_windows_backslashes_separate_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    patterns = Exclude(["archive\\", "a\\*.toml", "\\#x.toml"])
    monkeypatch.undo()
    for path in ("a/b.toml", "#x.toml", "b/archive/"):
        assert patterns.matches(path.rstrip("/"), is_folder=path.endswith("/"))
    assert not patterns.matches("archive", is_folder=False)


def test_inspections_beside_a_site_file_are_no_sites_of_their_own(tmp_path: Path) -> None:
    for name in (
        "site.toml",
        "inspections.toml",
        "b.toml",
        "b.inspections.toml",
        "Inspections.TOML",
        "myinspections.toml",
    ):
        (tmp_path / name).touch()
    files = SiteFiles([str(tmp_path)])
    assert [Path(path).name for path in files] == ["b.toml", "myinspections.toml", "site.toml"]
    assert files.skipped == []
    named = str(tmp_path / "inspections.toml")
    assert list(SiteFiles([named])) == [named]
