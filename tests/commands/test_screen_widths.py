"""At any width of a terminal nothing is cut, lines break right, and what is one word stays one."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.cells import cell_len

from pilot_cli.formats.line_breaks import NOT_AT_END, NOT_AT_START
from tests.commands.in_process import call
from tests.commands.ledger.rectified import DAY, Rectified
from tests.commands.running import AS_OF, ROOT

ONE = "checklists/construction/zhuhai-hengqin-tower/site.toml"
ON_SITES = {
    "one site": ["check", ONE, *AS_OF],
    "many sites": ["check", "checklists", *AS_OF],
    "statistics": ["check", "checklists", "--statistics", *AS_OF],
    "report": ["report", "checklists", "--by", "grade", *AS_OF],
    "rules": ["rules"],
    "a rule": ["rules", "L007"],
    "doctor": ["doctor"],
}
ON_LEDGER = {
    "audits": ["audits"],
    "audit": ["show"],
    "comparison": ["compare"],
    "comparison of cities": ["compare", "--by", "city"],
    "trend": ["trend"],
    "trend of cities": ["trend", "--by", "city"],
    "problems": ["problems", *DAY],
    "struck off": ["problems", "--state", "closed", *DAY],
    "problem": ["problem", "{number}", *DAY],
    "lights": ["report", "--kind", "lights", *DAY],
}
WIDTHS = (40, 56, 60, 80, 100)
UNBROKEN = 1000
"""A width at which no text is broken."""
WORD = re.compile(r"〔\d{4}〕\d+|\d+年\d+月\d+日|[A-Z]\d{3}|\d[-.%\d]*")
"""An id, a number, a date."""


class Screen(NamedTuple):
    """What a terminal shows."""

    lines: list[str]
    """But for the commands that are told, which only the terminal may break."""

    @property
    def parts(self) -> list[str]:
        """The lines, those in tables taken apart into cells."""
        return [part.strip() for line in self.lines for part in re.split("[│|]", line) if part.strip(" ╭─┬╮├┼┤╰┴╯")]

    @property
    def words(self) -> set[str]:
        """What must not be split."""
        return {word for part in self.parts for word in WORD.findall(part)}

    @property
    def cells(self) -> Iterator[list[str]]:
        """Yield the rows of tables."""
        return (re.split(" *│ *", line)[1:-1] for line in self.lines if "│" in line)

    @property
    def squeezed(self) -> str:
        """All texts without what stands between their lines: of a table one column after the other."""
        texts: list[str] = []
        for in_table, lines in groupby(self.lines, lambda line: line[:1] in "│├"):
            if in_table:
                texts += map("".join, zip(*Screen(list(lines)).cells, strict=True))
            else:
                texts += lines
        return re.sub(r"\s", "", "".join(texts))


def screen(folder: Path, width: int, language: str, *arguments: str) -> Screen:
    answer = call(folder, "--lang", language, *arguments, width=width)
    assert answer.stderr == ""
    return Screen([line for line in answer.stdout.splitlines() if not re.search("[：:] ?pilot ", line)])


def assert_well_broken(shown: Screen, width: int) -> None:
    assert [line for line in shown.lines if cell_len(line) > width] == []
    # An excerpt of a file, and what is left out of a list, begin with an ellipsis, and so do no other lines.
    assert [part for part in shown.parts if part[0] in NOT_AT_START and part[0] != "…"] == []
    assert [part for part in shown.parts if part[-1] in NOT_AT_END] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("of", ON_SITES)
def test_results_are_readable_at_any_width(of: str, language: str) -> None:
    arguments = ON_SITES[of]
    words = screen(ROOT, 60, language, *arguments).words
    assert words
    for width in WIDTHS:
        shown = screen(ROOT, width, language, *arguments)
        assert_well_broken(shown, width)
        if of != "doctor":  # It tells the width, and has the paths of a machine.
            assert {word for word in words - shown.words if cell_len(word) < width} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("of", ON_LEDGER)
def test_the_ledger_is_readable_at_any_width(of: str, language: str, rectified: Rectified) -> None:
    number = next(one["number"] for one in rectified.late)
    arguments = ["ledger", *(word.format(number=number) for word in ON_LEDGER[of])]
    whole = screen(rectified.folder, UNBROKEN, language, *arguments)
    header, *rows = whole.cells
    assert rows
    for width in WIDTHS:
        shown = screen(rectified.folder, width, language, *arguments)
        assert_well_broken(shown, width)
        squeezed = shown.squeezed
        for title, *cells in zip(header, *rows, strict=True):
            for cell in filter(None, cells):
                assert re.sub(r"\s", "", cell) in squeezed, title
        assert whole.words - shown.words == set()
