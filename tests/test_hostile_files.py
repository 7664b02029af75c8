"""Files of any shape: pilot says what is wrong and where, and never fails itself."""

import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot_cli import assess, load_site, load_standard
from pilot_cli.site.mistakes.syntax import MAX_ERRORS
from pilot_cli.site.problem import MAX_LISTED
from pilot_cli.site.reader import MAX_FILE_BYTES, parse_site
from tests.commands.running import AS_OF, ROOT
from tests.editing import COMMUNITY, CONSTRUCTION

FIVE_ONES = load_standard()
ON_SITE = load_standard("five-ones-onsite")
GOOD = [CONSTRUCTION.encode(), COMMUNITY.encode()]
HEAD = '[site]\nid = "ab"\nname = "示例"\nkind = "建筑工地"\n'

VALID = [
    *("", "\n", "\r\n", " \t\n", "# 备注", "#", "#\n#\r\n", "\ufeff", "\ufeff# 备注\r\n", HEAD, f"\ufeff{HEAD}"),
    *("a = 1", "a=1", "a\t=\t1", "  a = 1  # b", "a-b_c = 1", "1 = 2", "1.2 = 3", "- = 1", "_ = 1", "true = 1"),
    *("inf = 1", '"" = 1', "'' = 1", '"a b" = 1', "'a.b' = 1", '"\\u5e7f" = 1', '"広\\n" = 1', "a.'b'.\"c\" = 1"),
    *("a . b = 1", '"#" = 1', "a = true", "a = false", "a = -0", "a = +1", "a = 1_000", "a = 0x1F_f", "a = 0o17"),
    *("a = 0b101", f"a = {2**63 - 1}", f"a = {-(2**63)}", f"a = {2**64}", "a = 0.0", "a = -0.0", "a = 1e5"),
    *("a = 1E-5", "a = 1.5e+3", "a = nan", "a = -nan", "a = inf", "a = -inf", "a = 5e-324"),
    *("a = 1.7976931348623157e308", "a = 1e-400", f"a = 0.{'3' * 400}", "a = 0001-01-01", "a = 9999-12-31"),
    *("a = 2020-02-29", "a = 2020-01-01T00:00:00Z", "a = 2020-01-01 00:00:00+23:59"),
    *("a = 2020-01-01t23:59:59.999999z", "a = 2020-01-01T00:00:00.123456789", "a = 00:00:00", "a = 23:59:59.999"),
    *("a = 07:32", 'a = ""', 'a = "\\b\\t\\n\\f\\r\\"\\\\"', 'a = "\\U0001F600"', "a = ''", "a = 'C:\\x'"),
    *('a = """\n"""', 'a = """"x""""', 'a = """x\\\n   y"""', "a = '''\n'x'\n'''"),
    *('a = "\\u0000\\u001b\\u007f\\u0085"', 'a = "\\e\\x41"', 'a = "\t"', "a = '\t'", "a = []"),
    *("a = [1, 'x', [], {}]", "a = [\n1, # x\n]", "a = [[[[]]]]", "a = [nan, inf, 07:32:00, 2020-01-01]", "a = {}"),
    *("a = { b = 1, c.d = 2 }", "a = { b = { c = { d = [] } } }", "a = {\n  b = 1,\n}"),
    *("a = [{ b = 1 }, { b = 'x' }]", "[a]", "[a.b]\n[a]", "[ a . 'b' ]", "[a]\n[b]", "[[a]]\n[[a]]"),
    *("[[a]]\n[[a.b]]\n[a.b.c]", "['']", '["党"]', "[a]\nb.c = 1\n[a.d]"),
    *(
        f"{table} = {value}"
        for table in ("site", "branch", "waivers")
        for value in ("1", "'x'", "[1]", "[[]]", "{}", "nan")
    ),
    *(f"{HEAD}{key} = {{ x = [{{ y = 1 }}] }}" for key in ("city", "started_on", "organization_type", "x")),
    *(
        f"[site]\nname = {value}"
        for value in ("nan", "-inf", "1e5", "00:00:00", "2020-01-01T00:00:00Z", f"{10**18}", "[[[1]]]")
    ),
    *(
        f"[branch]\ngroups = {value}"
        for value in ("nan", "1e300", "0xff", "true", "'1'", "2020-01-01", f"{2**64}", f"-{2**63}")
    ),
    *(f"[activity_space]\narea_m2 = {value}" for value in ("nan", "inf", "5e-324", f"{2**63}", "0", "1e308", "'10'")),
    *(
        f"[[work_rules.records]]\ndate = {value}"
        for value in ("00:00:00", "0001-01-01", "'9999-12-31'", "{}", "nan", "20200101")
    ),
    *("branch.officers = [1, [2], {}, { posts = 1 }]", "waivers = [[]]", "[[site]]", "[[format]]", "[branch.name]"),
    *("[[branch]]", "format = 1.0", "format = true", "format = '1'", "format = [1]", "format = 2", "[format]\na = 1"),
    "site.name.x = 1",
    f"a = {'[' * 70}{']' * 70}",
    f"{'.'.join('a' * 70)} = 1",
    "\n".join(f"[{key}]\n{key} = 1" for key in ("site", "branch", "member_guide", "work_rules", "activity_space")),
]
"""Texts that are TOML, though most are far from a site."""

INVALID = [
    *("a", "a =", "= 1", "a = 1 2", "a == 1", "a = = 1", "a = 1 b = 2", "a : 1", "a 1", "1", "a.= 1", ".a = 1"),
    *("a..b = 1", "党 = 1", "a b = 1", "a# = 1", '"a = 1', "'a = 1", '"a" "b" = 1', '"""a""" = 1', "a = 1\na = 2"),
    *("a.b = 1\na = 2", "é = 1", "a = x", "a = True", "a = tru", "a = nil", "a = null", "a = Inf", "a = +nan1"),
    *("a = ?", "a = -", "a = +", "a = ,", "a = =", "a = 01", "a = +01", "a = 1__0", "a = _1", "a = 1_", "a = 0x"),
    *("a = 0xg", "a = 0o8", "a = 0b2", "a = -0x1", "a = 0X1", "a = ++1", "a = 1.", "a = .1", "a = 1.e5", "a = 1e"),
    *("a = 1e5.5", "a = 1.2.3", "a = 1e999", "a = ٣", f"a = {'9' * 400}", f"a = 0x{'f' * 99}", "a = 2020-1-1"),
    *("a = 2020-13-01", "a = 2020-02-30", "a = 2019-02-29", "a = 20-01-01", "a = 10000-01-01", "a = 0000-01-01"),
    *("a = 2020-01-01T", "a = 2020-01-01T25:00:00", "a = 2020-01-01x10:00:00", "a = 24:00:00", "a = 23:60:00"),
    *("a = 23:59:60", "a = 2020-12-31T23:59:60Z", "a = 2020-01-01T00:00:00+24:00", "a = 1:00:00", "a = 10:00:00."),
    *("a = 2020/01/01", "a = 2020-01-01 前", 'a = "', 'a = "x', "a = '", "a = 'x", 'a = "x\ny"', 'a = """'),
    *('a = """x""', "a = '''x''", 'a = """x""""""', "a = ''x''", 'a = "\\q"', 'a = "\\u12"', 'a = "\\ud800"'),
    *('a = "\\U00110000"', 'a = "\\x4"', 'a = """\\ x"""', 'a = "\0"', "a = '\x7f'", "a = [", "a = [1", "a = [1 2]"),
    *("a = [,]", "a = [1,,2]", "a = ]", "a = [}", "a = [1}", "a = [\n1\n2]", "a = [1] 2", "a = {", "a = }"),
    *("a = {b}", "a = {b = }", "a = {b = 1", "a = {,}", "a = {b = 1,, c = 2}", "a = {b = 1 c = 2}", "a = {b = 1}}"),
    *("a = {b = 1, b = 2}", "a = {b.c = 1, b = 2}", "a = {}\n[a.b]", "a = {}\na.b = 1", "a = []\n[[a]]"),
    *("a = 1\n[a]", "a = 1\n[[a]]", "[", "]", "[]", "[a", "[a]]", "[[a]", "[a][b]", "[a] b", "[a] = 1", "[a.]"),
    *("[.a]", "[a..b]", "[a\n]", "[ [a]]", "[[]]", "[党]", "[a b]", "[a=1]", "[a]\n[a]", "[[a]]\n[a]", "[a]\n[[a]]"),
    *("[a.b]\n[a]\n[a.b]", '["a]', "['a\n']", '["\\q"]', "\0", "a\0 = 1", "# \0", "# \x01", "\x0c", "a = 1\rb = 2"),
    *("a = 1\r", "\r", "# x\ry", "a = 1\x0b", "\u3000", "\u200b", "\u2028", "“", "a = “x”", "a ＝ 1", "a：1"),
    *("［a］", "【a】", "a = 1，", "＃", "a = 1\u00a0", "a = 1\n\ufeffb = 2", "a = “x\nb = ”y", '"a\n"b" = 1'),
    *("{}", "<xml/>", '{"a": 1}', "a: 1\nb:\n  - 2", "%PDF-1.4", "a;b;c"),
    "PK\x03\x04",
    *(
        f"{HEAD}{mistake}"
        for mistake in ("city = 广州", "city = “广州”", "started_on = 2020年1月5日", "[branch", "city = '", "x")
    ),
    *("[" * 200, f"a = {'[' * 200}", f"a = {'{a=' * 200}", f"a = {'[' * 200}{']' * 200}", "=" * 200, '"' * 199),
    *("'" * 199, "\\" * 99),
]
"""Texts that are not TOML."""

NOT_UTF_8 = [
    *(b"\xff", b"\xed\xa0\x80", b"a = '\xed\xb0\x80'", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80"),
    b"a = 1\n\xe5\x85",
    *(
        HEAD.encode(codec)
        for codec in ("gbk", "gb18030", "big5hkscs", "shift_jis", "utf-16", "utf-32", "cp1252")[:6:1]
        if codec != "shift_jis"
    ),
    *(b"\xff\xfe", b"\xfe\xff\0a", b"\x80" * 99, b"# \xb1\xb8\xd7\xa2\r\n", b"\xef\xbb\xbf\xff", b"\x1f\x8b\x08\0"),
    *(b"\x89PNG\r\n\x1a\n", GOOD[0].replace("支部".encode(), b"\xff"), GOOD[1] + b"\xe5"),
]
"""Bytes that are no UTF-8 text."""

DIFFICULT = {
    "a quoted key in two lines": '"\n"\\u0061" = 1',
    "a quoted table in two lines": '["a\nb"]\nk = 1',
    "a control character in a quoted key": '"\0\\r" = 1',
    "a deep list": f"a = {'[' * 10_000}{']' * 10_000}",
    "a deep list without end": f"a = {'[' * 10_000}",
    "a deep inline table": f"a = {'{a=' * 10_000}1{'}' * 10_000}",
    "tables in lists in tables": f"a = {'[{a=' * 5_000}1{'}]' * 5_000}",
    "a deep key": f"{'.'.join('a' * 10_000)} = 1",
    "a deep table": f"[{'.'.join('a' * 10_000)}]",
    "a deep list of tables": f"[[{'.'.join('a' * 10_000)}]]",
    "many brackets": "[" * 10_000,
}
"""What can make not only the reading fail, but also the search for places."""


def big_files() -> dict[str, bytes]:
    """Make files up to the limit of size, each hard in its own way."""
    chance = random.Random(2020)
    letters = "".join(chance.choices("abc=[]{}\"'#.,\n 012-:\\党“＝", k=MAX_FILE_BYTES)).encode()[:MAX_FILE_BYTES]
    rows = '[[work_rules.records]]\nkind = "党课"\ndate = 1\n' * 4_000
    return {
        "noise.toml": chance.randbytes(MAX_FILE_BYTES),
        "letters.toml": letters.decode(errors="ignore").encode(),
        "one-line.toml": f'{HEAD}brand = "{"x" * (MAX_FILE_BYTES - 200)}"'.encode(),
        "one-line-without-end.toml": f'{HEAD}brand = "{"x" * (MAX_FILE_BYTES - 200)}'.encode(),
        "one-line-in-chinese.toml": f'{HEAD}city = "{"党" * 300_000}" 市'.encode(),
        "newlines.toml": b"\n" * MAX_FILE_BYTES,
        "too-large.toml": b"\n" * (MAX_FILE_BYTES + 1),
        "digits.toml": b"format = ".ljust(MAX_FILE_BYTES, b"1"),
        "unknown-keys.toml": "".join(f"key{number} = 1\n" for number in range(5_000)).encode(),
        "unknown-keys-in-a-line.toml": f"site = {{{','.join(f'k{number}=1' for number in range(5_000))}}}".encode(),
        "bad-elements.toml": f"{HEAD}[branch]\ncovers = [{'1,' * 5_000}]".encode(),
        "bad-rows.toml": f"{HEAD}{rows}".encode(),
    }


def small_files() -> dict[str, bytes]:
    valid = {f"valid-{number:03}.toml": text.encode() for number, text in enumerate(VALID)}
    invalid = {f"invalid-{number:03}.toml": text.encode() for number, text in enumerate(INVALID)}
    return {**valid, **invalid, **{f"bytes-{number:03}.toml": raw for number, raw in enumerate(NOT_UTF_8)}}


@pytest.fixture(params=[small_files, big_files], ids=["small files", "big files"])
def batch(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder full of hostile files."""
    for name, raw in request.param().items():
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def run(folder: Path, format: str, as_of: str = AS_OF[1], language: str = "zh") -> str:
    """Check everything in a folder; the call itself must not fail."""
    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", "--lang", language, "check", "--as-of", as_of, "--format", format],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert (result.stderr.decode(), result.returncode) in (("", 0), ("", 1))
    return result.stdout.decode()


def has_place(raw: bytes, line: int, column: int) -> bool:
    """Whether a file has such a line and column."""
    lines = raw.decode(errors="replace").removeprefix("\ufeff").split("\n")
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def test_in_json_every_file_is_judged_rightly_and_every_finding_has_a_place(batch: Path) -> None:
    sites = {site["path"]: site for site in json.loads(run(batch, "json"))["sites"]}
    assert sites.keys() == {path.name for path in batch.iterdir()}
    wrong = []
    for name, site in sites.items():
        raw = (batch / name).read_bytes()
        rules = {finding["rule"] for finding in site["findings"]}
        broken = rules & {"F001", "F002", "F003"}
        expected = {"valid": set(), "invalid": {"F003"}, "bytes": {"F002"}}.get(name.partition("-")[0], broken)
        if broken != expected or (site["score"] is None) != bool(broken) or (broken and rules != broken):
            wrong.append((name, rules, raw[:99]))
        places = {(finding["line"], finding["column"]) for finding in site["findings"][::99]}
        wrong += [(name, {str(place)}, raw[:99]) for place in places if not has_place(raw, *place)]
    assert not wrong


def test_in_concise_every_line_names_a_place(batch: Path) -> None:
    line = re.compile(r"([a-z0-9-]+\.toml):(\d+):(\d+): [A-Z]\d{3} (?:error|warning|info) \S.*")
    found = [line.fullmatch(text) for text in run(batch, "concise", language="en").splitlines()]
    assert all(found)
    places = {match[1]: (int(match[2]), int(match[3])) for match in found if match}
    assert places.keys() == {path.name for path in batch.iterdir()}
    assert not [name for name, place in places.items() if not has_place((batch / name).read_bytes(), *place)]


def test_the_table_tells_of_every_file(batch: Path) -> None:
    files = len(list(batch.iterdir()))
    lines = run(batch, "table").splitlines()
    end = next(number for number, line in enumerate(lines) if line.startswith("╰"))
    assert len([line for line in lines[:end] if line.startswith("│")]) == 1 + min(files, 100)
    assert [line for line in lines if line.startswith(f"{files}个试点单位；")]


@pytest.mark.parametrize("name", DIFFICULT)
def test_a_file_that_is_difficult_to_search_is_told_and_hides_no_other(name: str, tmp_path: Path) -> None:
    (tmp_path / "difficult.toml").write_text(DIFFICULT[name], encoding="utf-8")
    (tmp_path / "good.toml").write_text(HEAD, encoding="utf-8")
    lines = run(tmp_path, "concise").splitlines()
    assert [line.split()[1] for line in lines if line.startswith("difficult.toml:1:")] == ["F003"]
    assert [line for line in lines if line.startswith("good.toml:")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("".join(f"{number:05x}=0\n" for number in range(100_000)), 1, id="unknown keys"),
        pytest.param("[branch]\ncovers=[\n" + "1,\n" * 100_000 + "]", 3, id="bad list elements"),
    ],
)
def test_of_a_hundred_thousand_mistakes_the_first_are_told_at_their_lines_and_the_others_counted(
    text: str, first: int
) -> None:
    assessment = assess(parse_site(text.encode()), FIVE_ONES, date(2020, 11, 23))
    assert {finding.line for finding in assessment.findings} >= set(range(first, first + MAX_LISTED))
    assert 100_000 - MAX_LISTED <= sum(more.number for more in assessment.more) <= 100_003 - MAX_LISTED


def judge(raw: bytes, as_of: date) -> None:
    """Read and assess; whatever the bytes, each finding has a place in them."""
    reading = parse_site(raw)
    findings = assess(reading, FIVE_ONES, as_of).findings
    assert reading.site or 1 <= len(findings) <= MAX_ERRORS
    for finding in findings:
        assert has_place(raw, finding.line, finding.column)


DAYS = st.sampled_from([date(2020, 11, 23), date.min, date.max, date(2020, 2, 29)])
PIECES = [
    *(b"", b"", b'"', b"'", b'"""', b"'''", b"[", b"]", b"[[", b"{", b"}", b"=", b",", b".", b"\n", b"\r", b"#", b"\0"),
    *(b"\\", b"\\u0041", b"\xff", b"\xef\xbb\xbf", "“".encode(), "＝".encode(), "党".encode(), b"{}", b"[]", b"1"),
    *(b"true", b"nan", b"-", b"07:32", b"2020-01-01", b"0000-00-00", b"[site]", b"[branch]", b"[[branch.officers]]"),
    *(b'"si\\u0074e"', b"name", b"a.b.c = 1\n", b'"\n"\\u0061" = 1'),
]
DAMAGE = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 30), st.sampled_from(PIECES))


@settings(max_examples=400, deadline=None)
@given(raw=st.one_of(st.binary(max_size=80), st.lists(st.sampled_from(PIECES)).map(b"".join)), as_of=DAYS)
def test_any_bytes_are_judged(raw: bytes, as_of: date) -> None:
    judge(raw, as_of)


@settings(max_examples=400, deadline=None)
@given(raw=st.sampled_from(GOOD), damages=st.lists(DAMAGE, min_size=1, max_size=6), as_of=DAYS)
def test_a_good_file_with_any_damage_is_judged(
    raw: bytes, damages: list[tuple[float, int, bytes]], as_of: date
) -> None:
    for where, length, piece in damages:
        start = int(where * len(raw))
        raw = raw[:start] + piece + raw[start + length :]
    judge(raw, as_of)


def redated(text: str, *days: str) -> str:
    """Replace the dates of a site, by turns."""
    turns = cycle(days)
    return re.sub(r"(?<== )\d{4}-\d\d-\d\d", lambda _day: next(turns), text)


@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-31"])
def test_at_the_ends_of_the_calendar_every_site_is_judged(as_of: str, tmp_path: Path) -> None:
    first, last = "0001-01-01", "9999-12-31"
    for number, good in enumerate((CONSTRUCTION, COMMUNITY)):
        for days in ([first], [last], [first, last], [last, first], [first, first, last]):
            path = tmp_path / f"{number}-{'-'.join(days)}.toml"
            path.write_text(redated(good, *days), encoding="utf-8")
    sites = json.loads(run(tmp_path, "json", as_of))["sites"]
    assert not [site["path"] for site in sites if site["score"] is None]
    assert run(tmp_path, "concise", as_of)
    assert run(tmp_path, "table", as_of)


INSPECTIONS = (
    '[[inspections]]\non = 2020-11-20\nby = "第一检查组"\n[[inspections.results]]\nrule = "Y003"\n'
    'result = "不达标"\nnote = "未上墙"\nphotos = ["a.jpg"]\n'
)
ODD = ["7", "[]", "{}", "[[]]", "nan", "true", "''", "'\\u0000'", "2020-01-01T00:00:00", "[[inspections]]", "\x1b", "“"]


def inspected(raw: bytes, folder: Path) -> None:
    """What was seen is used as far as it can be, and every finding has its place in the file."""
    (folder / "site.toml").write_bytes(GOOD[0])
    (folder / "inspections.toml").write_bytes(raw)
    assessment = assess(load_site(folder / "site.toml"), ON_SITE, date(2020, 11, 23))
    lines = raw.decode(errors="replace").count("\n") + 1
    for finding in assessment.findings:
        str(finding.message).encode(errors="surrogatepass")
        if finding.file:
            assert 1 <= finding.line <= lines
            assert finding.column >= 1


@pytest.mark.parametrize("text", VALID)
def test_no_document_makes_reading_of_inspections_fail(text: str, tmp_path: Path) -> None:
    inspected(text.encode(errors="surrogatepass"), tmp_path)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_inspections_that_are_damaged_are_told_of(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = INSPECTIONS
    for _damage in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(place, min(len(text), place + 12)))
        text = text[:place] + data.draw(st.one_of(st.sampled_from(ODD), st.text(max_size=3))) + text[end:]
    inspected(text.encode(errors="surrogatepass"), tmp_path_factory.mktemp("damaged"))
