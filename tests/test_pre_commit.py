"""The hook for pre-commit, in a repository of sites."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.commands.running import ROOT
from tests.editing import CONSTRUCTION, edit, edited, line_of, write_site

PRE_COMMIT = (sys.executable, "-m", "pre_commit")
CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: pilot-check
"""


class Repository:
    """A git repository of someone who has set up nothing."""

    def __init__(self, folder: Path, pre_commit_home: Path) -> None:
        self.folder = folder
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PILOT_"))}
        self.environment = {
            **inherited,
            **{"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
            **{"GIT_AUTHOR_NAME": "甲", "GIT_AUTHOR_EMAIL": "a@example.com"},
            **{"GIT_COMMITTER_NAME": "甲", "GIT_COMMITTER_EMAIL": "a@example.com"},
            **{"PRE_COMMIT_HOME": str(pre_commit_home), "PYTHONIOENCODING": "utf-8"},
        }
        folder.mkdir()
        self.run("git", "init", "--quiet")

    def run(self, *command: str, status: int = 0) -> str:
        """Run a command in the folder and return all that it said."""
        result = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == status, result.stdout
        return result.stdout

    def commit(self, status: int = 0) -> str:
        """Commit all there is, and return what was said about it."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "x", status=status)

    @property
    def commits(self) -> int:
        return len(self.run("git", "log", "--oneline").splitlines())


def project(folder: Path, pre_commit_home: Path) -> Repository:
    """Make a repository of the files of this project as they stand, committed or not."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(listing, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    repository = Repository(folder, pre_commit_home)
    for name in listed.rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    repository.commit()
    return repository


def test_commits_are_stopped_by_broken_site_files_alone(tmp_path: Path) -> None:
    # All in one test: making the environment of the hook takes a while. It is made from the package index; where that
    # cannot be reached the test fails and says so, for what has not been tried is not known to work.
    home = tmp_path / "pre-commit"
    hooks = project(tmp_path / "pilot", home)
    sites = Repository(tmp_path / "sites", home)
    config = CONFIG.format(repository=hooks.folder, revision=hooks.run("git", "rev-parse", "HEAD").strip())
    (sites.folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    sites.run(*PRE_COMMIT, "install", "--install-hooks")
    said = sites.commit()
    assert "Skipped" in said, "no site file has changed"

    broken = edited(CONSTRUCTION, edit('kind = "建筑工地"', "kind = “建筑工地”"))
    write_site(sites.folder / "甲", broken)
    said = sites.commit(status=1)
    assert "Failed" in said
    line = line_of(broken, "“建筑工地”")
    assert re.search(rf"^甲/site\.toml:{line}:\d+: F003 error ", said, re.MULTILINE)
    assert sites.commits == 1

    write_site(sites.folder / "甲", CONSTRUCTION)
    assert "Passed" in sites.commit()
    (sites.folder / "甲" / "documents" / "批复.txt").write_text("新的佐证材料", encoding="utf-8")
    (sites.folder / "notes.toml").write_text("no site file", encoding="utf-8")
    assert "Skipped" in sites.commit()
    assert sites.commits == 3

    # So many that they would be shared out among several runs.
    for number in range(20):
        write_site(sites.folder / str(number), edited(CONSTRUCTION, edit("good-construction", f"site-{number % 10}")))
    said = sites.commit(status=1)
    assert len(re.findall(r": X001 error ", said)) == 10, "so many ids are used twice"
    assert sites.commits == 3
