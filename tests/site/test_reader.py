"""What is read from a site file, and everything that is said of what cannot be used."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest

from pilot_cli import assess
from pilot_cli.site.field import Field, FieldKind, find_field, known_keys
from pilot_cli.site.model import REQUIRED, Pillar, Site
from pilot_cli.site.problem import KeyPath, Problem, dotted
from pilot_cli.site.reader import Reading, parse_site
from pilot_cli.standard.standard import Standard
from tests.editing import AS_OF, CONSTRUCTION, drop, edit, edited

BASE = '[site]\nid = "ab-1"\nname = "示例"\nkind = "建筑工地"\n'

LITERALS = {
    "text": '"x"',
    "integer": "7",
    "float": "1.5",
    "boolean": "true",
    "date": "2020-11-23",
    "date and time": "2020-11-23T10:00:00",
    "time": "10:00:00",
    "list": '["x"]',
    "table": "{ x = 1 }",
    "empty table": "{}",
}
"""A value of each type of TOML."""


class Key(NamedTuple):
    """A key of the format: the tables above it, the name, and the field."""

    above: KeyPath
    name: str
    field: Field
    in_rows: bool

    @property
    def path(self) -> str:
        return dotted((*self.above, self.name))

    @property
    def right_types(self) -> set[str]:
        if self.field.is_list:
            return {"list"}
        if self.field.kind is FieldKind.NUMBER:
            return {"integer", "float"} if self.name == "area_m2" else {"integer"}
        right = {FieldKind.TEXT: {"text"}, FieldKind.DATE: {"date"}, FieldKind.TABLE: {"table", "empty table"}}
        return right[self.field.kind] if self.field.words is None else set()

    @property
    def header(self) -> str:
        name = dotted(self.above)
        return f"[[{name}]]" if self.in_rows else f"[{name}]"

    def file(self, literal: str) -> str:
        """Write a site file with this value for the key, and nothing else wrong."""
        line = f"{self.name} = {literal}\n"
        if not self.above:
            return line + (BASE if self.name != "site" else "")
        if self.above == ("site",):
            return (drop(f"{self.name} = ")(BASE) if self.name in REQUIRED else BASE) + line
        return f"{BASE}{self.header}\n{line}"

    def written(self) -> KeyPath:
        """Return where the file has the key."""
        return (*self.above, 0, self.name) if self.in_rows else (*self.above, self.name)


def keys(model: type = Site, above: KeyPath = (), in_rows: bool = False) -> Iterator[Key]:
    """Go through all keys of the format."""
    for name in known_keys(above):
        field = find_field(name, model)
        yield Key(above, name, field, in_rows)
        if field.table:
            yield from keys(field.table, (*above, name), in_rows or field.is_list)


KEYS = {key.path: key for key in keys()}
MISFITS = [
    pytest.param(key, literal, id=f"{key.path} with a {name}")
    for key in KEYS.values()
    for name, literal in LITERALS.items()
    if name not in key.right_types
]


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Messages are compared in English."""


def read(text: str) -> Reading:
    return parse_site(text.encode())


def site_of(reading: Reading) -> Site:
    assert reading.site is not None
    return reading.site


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.rule.id, dotted(problem.path)) for problem in problems]


@pytest.mark.parametrize(("key", "literal"), MISFITS)
def test_a_value_of_the_wrong_type_is_told_at_its_place_and_left_out(
    key: Key, literal: str, five_ones: Standard
) -> None:
    text = key.file(literal)
    reading = read(text)
    # A table with something in it is there, even if nothing in it can be used.
    instead = "documents = []" if key.above and key.above[-1] in list(Pillar) else ""
    assert repr(site_of(reading)) == repr(site_of(read(text.replace(f"{key.name} = {literal}", instead))))
    problem = next(problem for problem in reading.problems if problem.path == key.written())
    assert problem.rule.id == "F005"
    assert f" ({dotted(key.written())}) is not " in str(problem.message)
    assert str(problem.advice)
    finding = next(finding for finding in assess(reading, five_ones, AS_OF).findings if finding.path == key.written())
    assert (text.splitlines()[finding.line - 1], finding.column) == (f"{key.name} = {literal}", 1)


def test_every_key_of_the_format_was_tried() -> None:
    some = {
        "format",
        "site.id",
        "branch.officers.posts",
        "activity_space.area_m2",
        "work_rules.records.date",
        "waivers",
    }
    assert some < KEYS.keys()
    assert len(MISFITS) > 600


def test_all_values_of_a_file_can_be_wrong_and_all_are_told() -> None:
    wrong = [key for key in KEYS.values() if key.above and not key.field.table]
    tables: dict[str, list[str]] = {}
    for key in wrong:
        tables.setdefault(key.header, []).append(f"{key.name} = [[]]")
    reading = read("\n".join(line for header, lines in tables.items() for line in (header, *lines)))
    assert {problem.rule.id for problem in reading.problems} == {"F005"}
    places = {(*key.written(), 0) if key.field.is_list else key.written() for key in wrong}
    assert {problem.path for problem in reading.problems} == places
    assert len(reading.problems) == len(wrong)


@pytest.mark.parametrize(
    "key", [key for key in KEYS.values() if key.field.kind is FieldKind.DATE], ids=lambda key: key.path
)
def test_a_date_may_be_a_date_of_toml_or_a_quoted_one(key: Key) -> None:
    plain, quoted = read(key.file("2020-02-29")), read(key.file('"2020-02-29"'))
    assert not plain.problems
    assert not quoted.problems
    assert repr(site_of(plain)) == repr(site_of(quoted))
    assert "datetime.date(2020, 2, 29)" in repr(site_of(plain))


@pytest.mark.parametrize(
    "literal",
    [
        *('"2020/11/23"', '"2020-1-5"', '"20201123"', '"2020-02-30"', '"2020-11-23 "', '" 2020-11-23"', '"2020-W48-1"'),
        *(
            '"2020-11-23\\n"',
            '"2020-11-23T00:00:00"',
            '"２０２０-11-23"',
            '"0000-01-01"',
            '"10000-01-01"',
            '""',
            '"今天"',
        ),
        *("20201123", "2020-11-23T00:00:00Z", "1606089600", '["2020-11-23"]'),
    ],
)
def test_anything_else_is_no_date(literal: str) -> None:
    reading = read(f"{BASE}started_on = {literal}")
    assert told(reading.problems) == [("F005", "site.started_on")]
    assert str(reading.problems[0].message).startswith("Start date (site.started_on) is not a date, but ")
    assert str(reading.problems[0].advice) == "Write dates as 2020-11-23."
    assert site_of(reading).site.started_on is None


@pytest.mark.parametrize("literal", ["0001-01-01", "9999-12-31", '"0001-01-01"', '"9999-12-31"'])
def test_the_first_and_the_last_date_of_the_calendar_are_dates(literal: str) -> None:
    reading = read(f"{BASE}started_on = {literal}")
    assert not reading.problems
    assert site_of(reading).site.started_on in (date.min, date.max)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("format = 2", "format is not "),
        ("format = 0", "format is not "),
        ('site.id = "A"', "site.id is not an ID of 2 to 64 lower-case letters, digits and hyphens, but “A”"),
        ('site.id = "-a"', "site.id is not an ID"),
        (f'site.id = "{"a" * 65}"', "site.id is not an ID"),
        ('site.id = "ab\\n"', "site.id is not an ID"),
        ('site.id = "ａｂ"', "site.id is not an ID"),
        ('site.kind = "工地"', "site.kind is not one of the words of the list: 建筑工地, 社区物业, but “工地”"),
        ('site.kind = "CONSTRUCTION"', "site.kind is not one of the words of the list"),
        ("branch.term_years = 0", "branch.term_years is not a number of at least 1, but 0"),
        ("branch.term_years = 6", "branch.term_years is not a number of at most 5, but 6"),
        ("branch.groups = -1", "branch.groups is not a number of at least 0, but -1"),
        ("activity_space.area_m2 = 0", "activity_space.area_m2 is not a number above 0, but 0"),
        ("activity_space.area_m2 = -0.0", "activity_space.area_m2 is not a number above 0, but -0.0"),
        ("activity_space.area_m2 = nan", "activity_space.area_m2 is not a number"),
        ("activity_space.area_m2 = -inf", "activity_space.area_m2 is not a number"),
        ('waivers = [{ reason = "" }]', "waivers[0].reason is not a text with something in it, but “”"),
        (f'site.city = ["{"广" * 99}"]', "site.city is not a text, but a list"),
        (
            f'site.kind = "{"广" * 99}"',
            f"site.kind is not one of the words of the list: 建筑工地, 社区物业, but “{'广' * 40}…”",
        ),
    ],
)
def test_a_value_outside_its_range_or_list_is_told_with_what_was_expected_and_given(line: str, expected: str) -> None:
    problem = next(
        problem for problem in read(line).problems if problem.rule.id == "F005" and "absent" not in str(problem.message)
    )
    key, rest = expected.split(" ", 1)
    assert f"({key}) {rest}" in str(problem.message)


@pytest.mark.parametrize("value", ["a0", "00", "a-", "a" * 64])
def test_an_id_at_the_limits_is_an_id(value: str) -> None:
    assert site_of(read(BASE.replace("ab-1", value))).site.id == value


@pytest.mark.parametrize("key", REQUIRED)
def test_a_required_key_that_is_absent_is_told_at_its_table(key: str, five_ones: Standard) -> None:
    reading = read("format = 1\n" + drop(f"{key} = ")(BASE))
    label = find_field(f"site.{key}").label
    assert [str(problem.message) for problem in reading.problems] == [f"{label} (site.{key}) is required, but absent"]
    assert (assess(reading, five_ones, AS_OF).findings[0].line, site_of(reading).branch.full_members) == (2, None)


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "# 备注", "[branch]\ngroups = 1", "[site]\n", "site = {}"])
def test_without_the_table_site_all_required_keys_are_absent(text: str, five_ones: Standard) -> None:
    reading = read(text)
    assert told(reading.problems) == [("F005", f"site.{key}") for key in REQUIRED]
    assert {finding.line for finding in assess(reading, five_ones, AS_OF).findings[:3]} == {1}


def test_a_required_key_of_the_wrong_type_is_told_once() -> None:
    assert told(read(BASE.replace('"示例"', "7")).problems) == [("F005", "site.name")]


@pytest.mark.parametrize(
    ("text", "path", "advice"),
    [
        ("[site]\nnmae = 1", "site.nmae", "Did you mean name?"),
        ("[site]\norganisation = 1", "site.organisation", "Did you mean organization?"),
        ("[brunch]\nname = 1", "brunch", "Did you mean branch?"),
        ("[brunch]", "brunch", "Did you mean branch?"),
        ("[[branch.oficers]]\nname = 1", "branch.oficers", "Did you mean officers?"),
        ("[[branch.officers]]\npost = 1", "branch.officers[0].post", "Did you mean posts?"),
        ("[[waivers]]\n[[waivers]]\nuntill = 1", "waivers[1].untill", "Did you mean until?"),
        ("work_rules.records = [{ Date = 1 }]", "work_rules.records[0].Date", "Did you mean date?"),
        ("[[satisfaction]]\n'评价' = 1", "satisfaction[0].评价", "Keys known here: surveyed_on, rated, satisfied."),
        (f"[[satisfaction]]\n{'rated' * 200} = 1", f"satisfaction[0].{'rated' * 200}", "Keys known here: surveyed_on"),
        ("'' = 1", "", "Keys known here: format, site, branch"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_known_one(text: str, path: str, advice: str) -> None:
    (problem,) = (problem for problem in read(text).problems if problem.rule.id == "F004")
    assert problem.rule.severity == "warning"
    assert "the site format does not know the key " in str(problem.message).lower()
    assert str(problem.message).endswith((f" {path}", f"({path})"))
    assert str(problem.advice).startswith(advice)


def test_an_unknown_key_hides_nothing_else() -> None:
    reading = read(f"{BASE}x = 1\ny = {{ z = 1 }}\n[branch]\nleader = 1\nname = '一支部'\n[x]\n[[y]]\n[[y]]\nz = 1")
    unknown = ("site.x", "site.y", "branch.leader", "x", "y")
    assert sorted(told(reading.problems)) == sorted(("F004", path) for path in unknown)
    assert site_of(reading).branch.name == "一支部"


def test_bad_elements_of_a_list_are_left_out_and_counted_as_the_file_counts_them(five_ones: Standard) -> None:
    text = f"{BASE}[branch]\ncovers = [\n1,\n'甲',\n[], # 备注\n'乙', true,\n'丙',\n{{}}\n]\n"
    reading = read(text)
    assert told(reading.problems) == [("F005", f"branch.covers[{index}]") for index in (0, 2, 4, 6)]
    assert site_of(reading).branch.covers == ("甲", "乙", "丙")
    places = [(f.line, f.column) for f in assess(reading, five_ones, AS_OF).findings if f.rule.id == "F005"]
    assert places == [(7, 1), (9, 1), (10, 6), (12, 1)]


def test_bad_rows_and_bad_elements_in_rows_are_left_out_together() -> None:
    rows = "[1, { posts = ['书记', 5, '委员'] }, '张三', { name = 2, posts = ['主任', '副书记'] }, { posts = 3 }]"
    reading = read(f"{BASE}branch.officers = {rows}".replace("branch.", "[branch]\n"))
    officers = "branch.officers"
    assert {path for _id, path in told(reading.problems)} == {
        *(f"{officers}[0]", f"{officers}[1].posts[1]", f"{officers}[2]"),
        *(f"{officers}[3].name", f"{officers}[3].posts[0]", f"{officers}[4].posts"),
    }
    assert [officer.posts for officer in site_of(reading).branch.officers] == [("书记", "委员"), ("副书记",), ()]


def test_all_kinds_of_problems_are_told_at_once() -> None:
    text = edited(CONSTRUCTION, drop("id = "), edit("[branch]\n", "[branch]\nleader = 1\ngroups = 'x'\n"))
    assert sorted(told(read(text).problems)) == [
        ("F004", "branch.leader"),
        ("F005", "branch.groups"),
        ("F005", "site.id"),
    ]
