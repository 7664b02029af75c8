"""Standards of one's own, as files for the tests to load."""

from pathlib import Path

EXTENDING = 'name = "广州市加强版"\nextends = "five-ones"\n'
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
