"""F003: several independent mistakes of a file are told in one run, and none that is only a consequence of another."""

import random
import time
from pathlib import Path

import pytest

from pilot_cli.locale import Language, use_language
from pilot_cli.site.mistakes.syntax import MAX_ERRORS, MAX_ERRORS_IF_LONG
from pilot_cli.site.reader import MAX_FILE_BYTES, parse_site
from pilot_cli.standard.load import StandardError, load_standard
from tests.editing import COMMUNITY, CONSTRUCTION
from tests.site.damage import damage

ROOT = Path(__file__).parents[2]
ORIGINALS = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("checklists/*/*/site.toml"))]
NUMBER_OF_DAMAGED_FILES = 2000

TWELVE = """\
// 示例文件
format = 1
[site]
id = nansha-tower
name = “示例·南沙大厦”
kind ＝ "建筑工地"
地市 = "广州市"
organization = "广东省"两新"组织联合会"
started_on = 2019年11月11日
liaison =
［branch]
name = "示例党支部
full_members = 6名
probationary_members = ２
covers = ["示例集团"、"示例监理"]
established_on = 2020-03-31
[[branch.officers]
name = "梁甲"
posts = ["书记"]
"""
DAMAGED_ROWS = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17]

MAX_SECONDS = 20
"""Far more than any machine needs for 1 MiB; what grows with the square of the size takes hours."""


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Messages are compared in English."""


def told(text: str) -> list[tuple[int, str]]:
    """Read a text that is no site; return the line and the words of each mistake."""
    reading = parse_site(text.encode())
    assert reading.site is None
    assert {problem.rule.id for problem in reading.problems} == {"F003"}
    return [(problem.place.line if problem.place else 0, str(problem.message)) for problem in reading.problems]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_mistakes_of_a_file_written_in_notepad_are_told_in_one_run(newline: str) -> None:
    assert [row for row, _words in told(TWELVE.replace("\n", newline))] == DAMAGED_ROWS


def test_they_are_told_in_chinese_with_the_line_as_it_should_be() -> None:
    use_language(Language.CHINESE)
    problems = parse_site(TWELVE.encode()).problems
    said = [(str(problem.message), str(problem.advice)) for problem in problems]
    assert said == [
        ("备注请以 # 开头", "应写成：# 示例文件"),
        ("文字要加英文引号", '应写成：id = "nansha-tower"'),
        ('此处应为英文半角 "，却写成了全角 “', '请切换到英文输入法，重新输入 "。'),
        ("此处应为英文半角 =，却写成了全角 ＝", "请切换到英文输入法，重新输入 =。"),
        ("“地市”要用英文名称 city", '应写成：city = "广州市"'),
        ("引号里面又用了英文引号，文字提前结束了", '应写成：organization = "广东省“两新”组织联合会"'),
        ("日期 2019年11月11日 的写法不对", "请写成 2019-11-11。"),
        ("等号后面没有内容", "请填写内容；没有内容就删除这一行。"),
        ("此处应为英文半角 [，却写成了全角 ［", "请切换到英文输入法，重新输入 [。"),
        ("文字没有写完，缺少结尾的引号", '请在文字结束处补上英文双引号 (")。'),
        ("数字不加引号、不带单位", "应写成：full_members = 6"),
        ("此处写成了全角数字", "应写成：probationary_members = 2"),
        ("此处应为英文半角 ,，却写成了全角 、", "请切换到英文输入法，重新输入 ,。"),
        ("标题的方括号没有写完", "标题请以 ]] 结束，如 [[branch.officers]]。"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # The keys below a damaged header are no second ones of the table before.
        ('[site]\nname = "a"\n[branch\nname = "b"\n', [3]),
        ('[site]\nname = "a"\n【branch】\nname = "b"\n', [3]),
        ('[[waivers]]\nrule = "a"\n[[waivers]\nrule = "b"\n[[waivers]]\nrule = "c"\n', [3]),
        ('[site]\nname = "a"[branch]\nname = "b"\n', [2]),
        # What goes on from a text or list that is not closed is not told.
        ('duty = "first\nsecond line"\ncity = 广州\n', [1, 3]),
        ('covers = ["甲",\n"乙"\n[branch]\nname = x\n', [2, 4]),
        ('covers = ["甲"\ndocuments = ["乙"]\nname = x\n', [1, 3]),
        ('covers = \n  "甲"\n]\nname = x\n', [1, 4]),
        ('covers = "甲",\n  "乙"]\nname = x\n', [1, 3]),
        ('records = [\n  { kind = "党课" },\n  kind = "党课" },\n]\nname = x\n', [3, 5]),
        ('officer = { name = "甲"\n[branch]\nname = x\n', [1]),
        ('duty = """\nx = 1\ny = 二\n[z\n', [1]),
        # A key given twice is told beside others.
        ('city = "a"\ncity = "b"\nname = x\ndistrict = y\n', [2, 3, 4]),
        ('city = "a"\nkind = 2020/13/45\ncity = "b"\ncovers = ["甲"\nname = "x"\n', [2, 3, 4]),
    ],
)
def test_what_is_only_a_consequence_is_not_told(text: str, rows: list[int]) -> None:
    assert [row for row, _words in told(text)] == rows


SEVERAL_LINES = 'id = \'\'\'\ndistrict = """x\\\n  """\n'


@pytest.mark.parametrize(
    "text",
    [
        # To leave out the statement that is blamed changes nothing, or not what is wrong.
        f"{SEVERAL_LINES}  \"\"\"\nid = '''\ndistrict = 9999-12-31\n'''\nid = [\ndist = \n  \"\"\"\n{SEVERAL_LINES}",
        '[site\x14]\nid = "a"\n  """\n\nname = "b"\nkind = "c"\nbrand = \'\'\'\nd\n\'\'\'\ndistrict =\'\n  """\n',
    ],
)
def test_no_mistake_is_told_twice(text: str) -> None:
    mistakes = told(text)
    assert len(mistakes) == len(set(mistakes))


def test_no_more_mistakes_are_told_than_anybody_reads() -> None:
    assert len(told("".join(f"key{number} = 广州\n" for number in range(50)))) == MAX_ERRORS


def test_of_a_file_that_nobody_typed_few_are_told() -> None:
    assert len(told("".join(f"key{number} = 广州\n" for number in range(9999)))) == MAX_ERRORS_IF_LONG


def test_no_line_is_blamed_that_was_not_damaged_and_hardly_one_that_was_is_missed() -> None:
    told_statements = damaged_statements = 0
    for seed in range(NUMBER_OF_DAMAGED_FILES):
        chance = random.Random(seed)
        text, damaged = damage(chance.choice([*ORIGINALS, CONSTRUCTION, COMMUNITY]), chance, chance.randint(2, 6))
        rows = [row for row, _words in told(text)]
        assert rows, seed
        assert set(rows) <= set().union(*damaged), seed
        times = [sum(row in statement for row in rows) for statement in damaged]
        assert max(times) == 1, seed
        told_statements += sum(times)
        damaged_statements += len(times)
    assert told_statements / damaged_statements > 0.98


HOSTILE = {
    "an escaped quote": 'a = "' + '\\"' * (MAX_FILE_BYTES // 2 - 3),
    "lines of them": ('a = "' + '\\"' * 50 + "\n") * (MAX_FILE_BYTES // 106),
    "quotes": "a = " + '"' * (MAX_FILE_BYTES - 4),
    "single quotes": "a = x " + "' " * (MAX_FILE_BYTES // 2 - 4),
    "a text of several lines": 'a = """' + '"" ' * (MAX_FILE_BYTES // 3 - 3),
    "texts of several lines": ("a = \"\"\"\nb = '''\n") * (MAX_FILE_BYTES // 16),
    "quotes in quotes": 'a = "' + 'x"y' * (MAX_FILE_BYTES // 3 - 3),
    "brackets": "a = " + "[" * (MAX_FILE_BYTES - 4),
    "braces": "a = " + "{" * (MAX_FILE_BYTES - 4),
    "blanks": "a" + " " * (MAX_FILE_BYTES - 2) + "b",
    "blank lines": "\n" * (MAX_FILE_BYTES - 1) + "x",
    "keys": "".join(f"k{number} = {number}\n" for number in range(70_000)) + "x",
    "wrong values": "a = x\n" * (MAX_FILE_BYTES // 6),
    "one key": "a = 1\n" * (MAX_FILE_BYTES // 6),
    "one header": "[a]\n" * (MAX_FILE_BYTES // 4),
    "a list of lines": "a = [\n" + '"x",\n' * (MAX_FILE_BYTES // 5 - 2),
    "a list of keys": "a = [\n" + "b = 1\n" * (MAX_FILE_BYTES // 6 - 2),
    "a text of keys": 'a = """\n' + "b = 1\n" * (MAX_FILE_BYTES // 6 - 2),
    "years": "a = " + "2020 " * (MAX_FILE_BYTES // 5 - 1),
    "a date with a gap": "a = 2020-" + " " * (MAX_FILE_BYTES - 10),
    "slashes": "a = 1 " + " //" * (MAX_FILE_BYTES // 3 - 3),
    "Chinese quotes": 'a = "' + "“”" * (MAX_FILE_BYTES // 6 - 3),
    "a remark": "这" * (MAX_FILE_BYTES // 3),
    "invisible characters": "\u200b" * (MAX_FILE_BYTES // 3),
    "brackets in a key": "（" * (MAX_FILE_BYTES // 3 - 3) + " = 1",
}


@pytest.mark.parametrize("shape", HOSTILE)
@pytest.mark.parametrize("size", [MAX_FILE_BYTES, 49_000])
def test_a_text_of_any_shape_is_explained_quickly(shape: str, size: int) -> None:
    raw = HOSTILE[shape].encode()[:size].decode(errors="ignore").encode()
    start = time.process_time()
    assert parse_site(raw).problems
    assert time.process_time() - start < MAX_SECONDS


def test_a_standard_is_explained_as_quickly(tmp_path: Path) -> None:
    path = tmp_path / "standard.toml"
    path.write_text(HOSTILE["an escaped quote"], encoding="utf-8")
    start = time.process_time()
    with pytest.raises(StandardError, match=str(path)):
        load_standard(path)
    assert time.process_time() - start < MAX_SECONDS
