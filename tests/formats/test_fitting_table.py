"""A table has room on any terminal, as a table or as a list, and loses nothing."""

from io import StringIO
from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st
from rich import box
from rich.cells import cell_len
from rich.console import Console

from pilot_cli.formats.line_breaks import NOT_AT_END, NOT_AT_START
from pilot_cli.formats.terminal import FittingTable

CHINESE = st.lists(
    st.sampled_from(["党", "支部", "责任清单，", "（试行）", "“五个一”、", "2020年度。"]), max_size=12
).map("".join)
FIGURES = st.sampled_from(["", "7", "1209", "63.2%", "45.8", "2020-11-23", "〔2020〕17", "2020年10月31日"])
COLUMN = st.tuples(st.just("right"), FIGURES) | st.tuples(st.just("left"), FIGURES | CHINESE)
Columns = list[tuple[Literal["left", "right"], str]]


@given(st.lists(COLUMN, max_size=9).map([("left", "示例")].__add__), st.integers(40, 120))
@example([("left", "党支部责任清单" * 4), *[("right", "45.8")] * 7], 60)
@example([("left", "党支部责任清单" * 4), *[("right", "45.8")] * 3], 59)
def test_a_table_has_room_at_any_width_and_loses_nothing(columns: Columns, width: int) -> None:
    table = FittingTable(box=box.ROUNDED)
    for number, (side, _text) in enumerate(columns):
        table.add_column(f"“第{number}列”标题", justify=side)
    table.add_row(*(text for _side, text in columns))
    out = StringIO()
    Console(file=out, force_terminal=True, width=width, color_system=None).print(table)
    lines = out.getvalue().splitlines()
    assert max(map(cell_len, lines), default=0) <= width
    parts = [part.strip() for line in lines for part in line.split("│") if part.strip(" ╭─┬╮├┼┤╰┴╯")]
    assert [part for part in parts if part[0] in NOT_AT_START or part[-1] in NOT_AT_END] == []
    if is_table := lines[0].startswith("╭"):
        rows = [line.split("│")[1:-1] for line in lines if line.startswith("│")]
        texts = ["".join(part.strip() for part in column) for column in zip(*rows, strict=True)]
    else:
        texts = ["".join(line.strip() for line in lines)] * len(columns)
    for number, ((side, text), shown) in enumerate(zip(columns, texts, strict=True)):
        assert text in shown
        assert not is_table or shown == f"“第{number}列”标题{text}"
        if side == "right" and text:
            assert any(text in part for part in parts)
    assert is_table or width < 60 or len(columns) > 3
