"""Standards of one's own, as files for the tests to load."""

from pathlib import Path

import pytest

from pilot_cli import load_standard
from pilot_cli.standard.load import StandardError

EXTENDING = 'name = "广州市加强版"\nextends = "five-ones"\n'
WHOLE = 'name = "自有标准"\nweight = 20\n[[grades]]\nfrom = 0\nname.zh = "合格"\n'
"""A standard that starts from no other."""
TEXTS = 'title.zh = "标题"\nbasis.zh = "依据"\nadvice.zh = "建议"\n'


def own_rule(check: str, id: str = "GZ01", severity: str = "warning", one: str = "branch") -> str:
    """Write a rule, given the lines that name its check and parameters."""
    return f'[[rules]]\nid = "{id}"\none = "{one}"\nseverity = "{severity}"\n{TEXTS}{check}\n'


def write_standard(folder: Path, text: str, name: str = "own.toml") -> Path:
    """Put the file of a standard into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def refusal(path: Path) -> str:
    """Say why a standard is refused."""
    with pytest.raises(StandardError) as caught:
        load_standard(path)
    return str(caught.value)


def line_of_key(text: str, key: str) -> int:
    """Find the line of a key of the only rule; for one that is absent, that of the rule."""
    lines = text.splitlines()
    beginnings = (f"{key} =", f"{key.partition('.')[0]} =", f"{key}.", "[[rules]]")
    return next(n for beginning in beginnings for n, line in enumerate(lines, 1) if line.startswith(beginning))
