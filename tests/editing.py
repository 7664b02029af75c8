"""Makes variants of the good site files by changing their text, and puts them into a folder.

Every change insists on finding what it changes, so that a case cannot go stale unnoticed.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pilot_cli.site.reader import Reading, load_site

FIXTURES = Path(__file__).with_name("fixtures")
CONSTRUCTION = (FIXTURES / "good-construction.toml").read_text(encoding="utf-8")
COMMUNITY = (FIXTURES / "good-community.toml").read_text(encoding="utf-8")
AS_OF = date(2020, 11, 23)
"""The day as of which there is nothing to find in the good sites."""

Edit = Callable[[str], str]


def edit(old: str, new: str) -> Edit:
    """Replace what stands in the file exactly once."""

    def change(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} stands in the file {text.count(old)} times"
        return text.replace(old, new)

    return change


def edit_all(old: str, new: str) -> Edit:
    """Replace what stands in the file more than once."""

    def change(text: str) -> str:
        assert text.count(old) > 1, f"{old!r} stands in the file {text.count(old)} times"
        return text.replace(old, new)

    return change


def drop(part: str) -> Edit:
    """Drop every line that holds this."""

    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        kept = [line for line in lines if part not in line]
        assert len(kept) < len(lines), f"no line holds {part!r}"
        return "".join(kept)

    return change


def drop_table(name: str) -> Edit:
    """Drop the tables of this name, and those below them."""

    def change(text: str) -> str:
        sections = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
        kept = [section for section in sections if not re.match(rf"\[+{re.escape(name)}[.\]]", section)]
        assert len(kept) < len(sections), f"there is no table {name}"
        return "".join(kept)

    return change


def append(toml: str) -> Edit:
    """Add to the end of the file."""
    return lambda text: f"{text}\n{toml}\n"


def add_record(record: str) -> Edit:
    """Add a record of work to the list of the good sites."""
    return edit("records = [\n", f"records = [\n  {{ {record} }},\n")


def edited(text: str, *edits: Edit) -> str:
    """Apply the changes one after the other."""
    for change in edits:
        text = change(text)
    return text


def write_site(folder: Path, text: str, name: str = "site.toml") -> Path:
    """Put a site file into a folder, together with the documents that the good sites name."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for document in ("批复", "清单", "照片", "指引", "制度"):
        (documents / f"{document}.txt").write_text("佐证材料", encoding="utf-8")
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def read_site(folder: Path, text: str) -> Reading:
    """Put a site file into a folder and read it."""
    return load_site(write_site(folder, text))


def line_of(text: str, part: str) -> int:
    """Count the lines down to the one that holds this, which has to be the only one."""
    (number,) = (number for number, line in enumerate(text.splitlines(), 1) if part in line)
    return number
