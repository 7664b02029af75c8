"""Each cell below a header is in a site file, is counted by a reason that is told, or is an error told by address.

Ledgers are made at random: other names of columns, one row of headers or two, merged cells, rows that are no entries,
marks, columns that nobody knows, wrong values. Each value stands in one cell alone, so that it can be looked for.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilot_cli.exchange.left_out import LeftOut
from tests.exchange.field_book import Told, read_books

MARKS = ["/", "—", "无", "暂无", "待定"]
NOISE: list[list[Any]] = [
    ["合计", None, None, 7],
    [None, "小计", None, 7],
    ["注：以批复为准。"],
    ["填报人：张甲", None, "日期：今天"],
    ["一、第一批"],
]
SITE_COLUMNS = [
    ("site", "text", ["支部品牌", "党建品牌"], ""),
    ("site", "person", ["联系领导", "党建联系点联系领导", "挂点领导"], ""),
    ("site", "date", ["开工时间", "开工（入驻）日期"], ""),
    ("branch", "text", ["支部名称", "党支部名称", "名称"], "党支部"),
    ("branch", "date", ["成立时间", "成立日期", "成立"], "党支部"),
    ("branch", "number", ["正式党员数", "党员人数", "正式"], "党员人数"),
    ("activity_space", "text", ["阵地地址", "地址"], "阵地"),
    ("activity_space", "date", ["启用日期", "启用时间"], "阵地"),
    ("work_rules", "date", ["工作制度印发日期", "印发日期"], "党支部工作制度"),
    ("", "unknown", ["备注", "联系电话（必填）", "项目经理"], ""),
]
ITEM_COLUMNS = [
    ("", "person", ["责任人", "负责人", "牵头人"], ""),
    ("", "date", ["完成时限", "办结时限"], ""),
    ("", "text", ["办理结果（回音）", "回音", "办理情况"], ""),
    ("", "unknown", ["备注", "说明栏"], ""),
]


class Made(NamedTuple):
    """A ledger, and what is known of its cells."""

    taken: dict[str, Any]
    """The values that are to be in the files, by address."""
    wrong: dict[str, Any]
    """What is to be put in place of what is wrong, by address."""
    counts: Counter[LeftOut]
    unknown: list[int]
    """The number of cells in unknown columns."""


class Maker:
    """Makes a ledger by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.made = Made({}, {}, Counter(), [])
        self.number = 0

    def make(self, path: Path) -> Made:
        book = Workbook()
        book.remove(book.active)
        names = [f"示例{number}号{self.random.choice(['工地', '小区'])}" for number in range(self.random.randint(1, 5))]
        half = self.random.randint(0, len(names) - 1)
        titles = ["广州", "深圳"] if half else [self.random.choice(["站点", "Sheet1", "站点（广州）"])]
        for title, part in zip(titles, [names[:half], names[half:]] if half else [names], strict=True):
            self.sites(book.create_sheet(title), part)
        self.items(book.create_sheet(self.random.choice(["责任清单", "Sheet9"])), names)
        book.save(path)
        return self.made

    def sites(self, sheet: Worksheet, names: list[str]) -> None:
        columns = [column for column in SITE_COLUMNS if self.random.random() < 0.7]
        has_numbers = self.random.random() < 0.5
        fixed = ["序号"] * has_numbers + [self.random.choice(["站点名称", "项目名称"]), "站点类型"]
        self.headers(sheet, fixed, columns)
        for number, name in enumerate(names, 1):
            self.noise(sheet)
            row = [number] * has_numbers + [name, "建筑工地"]
            self.entry(sheet, row, columns)
            self.made.counts[LeftOut.NUMBERING] += has_numbers
            self.made.taken[self.address(sheet, has_numbers)] = name
        self.noise(sheet)

    def items(self, sheet: Worksheet, names: list[str]) -> None:
        columns = [column for column in ITEM_COLUMNS if self.random.random() < 0.8]
        self.headers(sheet, ["站点名称", "事项"], columns)
        for name in names:
            first = sheet.max_row + 1
            for place in range(self.random.randint(0, 3)):
                title = self.token("事项")
                self.entry(sheet, [name if place == 0 else None, title], columns)
                self.made.taken[self.address(sheet, 1)] = title
            if sheet.max_row > first:
                sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=1, end_column=1)

    def headers(self, sheet: Worksheet, fixed: list[str], columns: list[Any]) -> None:
        has_groups = self.random.random() < 0.5
        if self.random.random() < 0.5:
            sheet.append(["试点单位台账"])
        names = []
        for _table, _kind, known, group in columns:
            names.append(self.random.choice(known if group and has_groups else known[:2] if group else known))
            if group == "党支部工作制度" and not has_groups:
                names[-1] = known[0]
        if has_groups:
            sheet.append([*fixed, *(group or name for (*_column, group), name in zip(columns, names, strict=True))])
        sheet.append([*fixed, *names])
        if self.random.random() < 0.3:
            sheet.append([f"（{number}）" for number in range(1, len(fixed) + len(columns) + 1)])
            self.made.counts[LeftOut.EXPLANATION] += len(fixed) + len(columns) > 2

    def noise(self, sheet: Worksheet) -> None:
        if self.random.random() < 0.4:
            sheet.append(self.random.choice(NOISE))
            self.made.counts[LeftOut.NOTE] += 1

    def entry(self, sheet: Worksheet, fixed: list[Any], columns: list[Any]) -> None:
        cells, notes = [*fixed], []
        for _table, kind, _names, _group in columns:
            value, shown, right = self.value(kind)
            notes.append((kind, value, shown, right))
            cells.append(shown)
        sheet.append(cells)
        for place, (kind, value, shown, right) in enumerate(notes, len(fixed)):
            if shown is None:
                continue
            if shown in MARKS:
                self.made.counts[LeftOut.MARK] += 1
            elif kind == "unknown":
                self.made.unknown.append(1)
            else:
                self.made.taken[self.address(sheet, place)] = value
                if right is not None:
                    self.made.wrong[self.address(sheet, place)] = right

    def value(self, kind: str) -> tuple[Any, Any, Any]:
        """Return a value, how it is written, and what to write instead if that is wrong."""
        chance = self.random.random()
        if chance < 0.2:
            return None, None, None
        if chance < 0.35:
            return None, self.random.choice(MARKS), None
        match kind:
            case "date":
                day = date(1990, 1, 1) + timedelta(self.count())
                if chance > 0.92:
                    return day, self.random.choice([f"{day:%Y年%m月}", "大约明年", "#REF!", f"{day:%Y}"]), day
                return (
                    day,
                    self.random.choice([day, f"{day:%Y.%m.%d}", f"{day:%Y年%m月%d日}", f" {day:%Y/%m/%d}"]),
                    None,
                )
            case "number":
                number = 1000 + self.count()
                if chance > 0.92:
                    return number, self.random.choice([f"{number}%", "若干", f"{number}-{number}"]), number
                return number, self.random.choice([number, str(number), f"{number}人", f"约{number}名"]), None
            case "person":
                token = self.token("张")
                return token, self.random.choice([token, f" {token}\u3000"]), None
            case _:
                token = self.token("文")
                return token, "#N/A" if chance > 0.95 and kind == "text" else token, token if chance > 0.95 else None

    def count(self) -> int:
        self.number += 1
        return self.number

    def token(self, stem: str) -> str:
        return f"{stem}第{self.count()}号"

    @staticmethod
    def address(sheet: Worksheet, place: int) -> str:
        return f"{sheet.title}!{sheet.cell(sheet.max_row, place + 1).coordinate}"


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for below in value.values():
            yield from leaves(below)
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below)
    else:
        yield value


def rows_left_out(told: Told) -> int:
    kinds = (LeftOut.TOTAL, LeftOut.NOTE, LeftOut.CAPTION)
    return sum(told.left_out.get(kind, 0) for kind in kinds)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_no_cell_is_lost(seed: int) -> None:
    with TemporaryDirectory() as name:
        path = Path(name, "a.xlsx")
        made = Maker(Random(seed)).make(path)
        told = read_books(path)
        if made.wrong:
            assert {line.partition(" ")[0] for line in told.errors} == made.wrong.keys()
            assert not told.sites, "nothing is written"
            book = openpyxl.load_workbook(path)
            for address, right in made.wrong.items():
                sheet, _sign, cell = address.partition("!")
                book[sheet][cell] = right
            book.save(path)
            told = read_books(path)
        assert told.errors == []
        found = Counter(map(str, leaves(list(told.sites.values()))))
        for address, value in made.taken.items():
            assert found[str(value)], address
        assert rows_left_out(told) == made.counts[LeftOut.NOTE]
        for reason in (LeftOut.MARK, LeftOut.NUMBERING, LeftOut.EXPLANATION):
            assert told.left_out.get(reason, 0) == made.counts[reason], reason
        assert sum(cells.number for cells in told.imported.not_taken) == len(made.unknown)
