"""No command speaks with the network, but for those that are told to use Dask or PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.running import ROOT, UNMEASURED, pilot

GUARD = """
import os, sys

def guard(event, arguments):
    if event.startswith("socket.") and not (event == "socket.__new__" and arguments[1] == 1):
        with open({told!r}, "a", encoding="utf-8") as told:
            print(os.getpid(), event, file=told)
        raise OSError("no network in this test")

sys.addaudithook(guard)
"""
"""Refuses and notes whatever makes, binds or connects a socket of any family but AF_UNIX, or looks a name up."""
LINES = (
    "doctor",
    "rules",
    "schema",
    "check 站点 --fail-on never --jobs 2 -o a.json -o a.sarif -o a.csv",
    "report 站点 -o a.docx -o a.xlsx -o a.html",
    "report 站点 --notices 通知书",
    "new 新建 --id xin --name 示例 --kind construction --no-input",
    "fix --diff 站点",
    "export 站点 -o 台账.xlsx",
    "import 台账.xlsx -o 导入",
    "inspect 站点 --form 表.docx",
    "inspect 站点 --form 表.xlsx",
    "inspect 站点 --form 表.html",
    "ledger record 站点 --by 示例",
    "ledger problems -o 问题.csv",
    "ledger trend",
    "ledger dump -o 台账.jsonl",
    "ledger load 台账.jsonl --ledger 另存.db",
)


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """What Python has to be told in order to be watched."""
    (tmp_path / "guard").mkdir()
    text = GUARD.format(told=str(tmp_path / "told"))
    (tmp_path / "guard" / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": f"{tmp_path / 'guard'}{os.pathsep}{ROOT}", **UNMEASURED}


def test_no_command_makes_a_socket(guarded: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "站点").symlink_to(ROOT / "checklists")
    for line in LINES:
        result = pilot(*line.split(), cwd=tmp_path, input=None, **guarded)
        assert result.returncode == 0, (line, result.stderr)
    assert not (tmp_path / "told").exists(), (tmp_path / "told").read_text(encoding="utf-8")


def test_one_that_did_would_be_told(guarded: dict[str, str], tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 1))"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **guarded}, capture_output=True, check=False)
    assert done.returncode == 1
    assert "socket." in (tmp_path / "told").read_text(encoding="utf-8")
