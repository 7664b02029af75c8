"""What a site file names outside of its folder is not even looked at: the calls of the system tell."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, ROOT
from tests.editing import write_site

SITE = """[site]
id = "s-1"
name = "示例"
kind = "建筑工地"
[branch]
documents = ["../outside/there.txt", "../outside/absent.txt", "{above}/outside/there.txt", "link.txt"]
[member_guide]
documents = ["far/there.txt", "far/absent.txt", "far", "near/../../outside/there.txt", "near/far/there.txt"]
[work_rules]
documents = ["here.txt", "near/absent.txt", "in/here.txt"]
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "site", "--standard", "five-ones-onsite", "-f", "json", *AS_OF],
        ["check", "site", "--watch", *AS_OF],
        ["export", "site", "--output", "book.xlsx"],
    ],
    ids=["check", "watch", "export"],
)
def test_nothing_is_looked_at_outside_of_the_folder(arguments: list[str], tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site", SITE.format(above=tmp_path)).parent
    for name in ("outside/deep", "site/near"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("outside/there.txt", "outside/inspections.toml", "site/here.txt"):
        (tmp_path / name).write_text("示例", encoding="utf-8")
    links = {"link.txt": "../outside/there.txt", "far": "../outside", "near/far": "../far", "in": "near/.."}
    for name, target in {**links, "inspections.toml": "../outside/inspections.toml"}.items():
        (folder / name).symlink_to(target)
    log, said = tmp_path / "log", []
    traced = ["strace", "-f", "-o", str(log), "-e", "trace=%file,inotify_add_watch", sys.executable, "-m", "pilot_cli"]
    with subprocess.Popen(
        [*traced, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            if "Ctrl-C" in line:
                os.killpg(process.pid, signal.SIGINT)
    calls = [call for call in log.read_text("utf-8").splitlines() if "readlink" not in call]
    assert [call for call in calls if "site/site.toml" in call], said
    assert not [call for call in calls if re.search(r"outside|far/|there\.txt", call)]
