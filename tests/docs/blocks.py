"""Reads the pages of docs/ as people do: what stands in their code blocks and tables."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.commands.running import ROOT, pilot

LANGUAGES = ("en", "zh")


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str


def page_text(name: str, language: str) -> str:
    """The page of this name in one language."""
    return (ROOT / "docs" / language / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page_text(name, language), re.DOTALL | re.MULTILINE)
    return [Block(*block) for block in found]


def table(name: str, language: str, first: str) -> list[list[str]]:
    """The cells of the one table of a page in which a row begins with this; without the head."""
    tables = re.findall(r"^\|.*\n\|(?:[ :]*-+[ :]*\|)+\n((?:\|.*\n)+)", page_text(name, language), re.MULTILINE)
    split = [[[cell.strip() for cell in row[1:-1].split("|")] for row in rows.splitlines()] for rows in tables]
    (found,) = (rows for rows in split if any(row[0] == first for row in rows))
    return found


def code(cell: str) -> str:
    """What stands in a cell that holds nothing but code."""
    assert cell[0] == cell[-1] == "`" and "`" not in cell[1:-1], cell
    return cell[1:-1]


def copy_checklists(folder: Path) -> None:
    """Put the example sites into a folder, where the commands of a page find them."""
    shutil.copytree(ROOT / "checklists", folder / "checklists")


def continue_file(folder: Path, toml: str) -> Path:
    """Add a block to the file that its first line names."""
    name = toml.partition("\n")[0].removeprefix("# ")
    assert re.fullmatch(r"[a-z-]+\.toml", name), f"the first line names no file: {name}"
    path = folder / name
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(toml + "\n")
    return path


def sessions(console: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a block, each with what it writes."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _newline, output = part.partition("\n")
        yield shlex.split(command), output


def said_by(command: list[str], folder: Path, language: str) -> str:
    """What a command of a page writes, without the blanks that fill up lines."""
    assert command[0] == "pilot"
    result = pilot(*command[1:], cwd=folder, PILOT_LANG=language)
    return "".join(f"{line.rstrip()}\n" for line in (result.stdout + result.stderr).splitlines())
