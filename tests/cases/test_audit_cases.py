"""What an audit once let through: each case from the field, and its brothers."""

import json
import re
from pathlib import Path

import pytest

from tests.cases.expo import TEXT, put, said_of
from tests.commands.running import check, document
from tests.editing import Edit, append, drop, drop_table, edit, edited

WAIVER = '[[waivers]]\nrule = "B003"\nuntil = 2021-03-31\n'
TWO = edit("full_members = 6", "full_members = 2")
REASON, APPROVER = 'reason = "疫情防控"\n', 'approved_by = "街道党工委"\n'
NOTHING = ["　", " \u00a0", "\u200b", "/", "—", "暂无", "无"]
OWNER = 'title = "联系培养 2 名入党积极分子"\nowner = "梁甲"'
LONG = edit("established_on = 2020-03-31", "established_on = 2015-03-31")


@pytest.mark.parametrize(
    "waiver",
    [
        WAIVER,
        WAIVER + REASON,
        WAIVER + APPROVER,
        *(f'{WAIVER}{APPROVER}reason = "{text}"' for text in NOTHING),
        *(f'{WAIVER}{REASON}approved_by = "{text}"' for text in NOTHING),
        WAIVER.replace("2021-03-31", "2020-11-22") + REASON + APPROVER,
        WAIVER.replace("until = 2021-03-31\n", "") + REASON + APPROVER,
    ],
)
def test_a_waiver_that_is_not_complete_excuses_nothing(waiver: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, TWO, append(waiver))
    assert (said.status, said.rules) == (1, ["P006", "B003"])
    assert (said.site["complete"], said.site["grade"]) == (4, "良好")


def test_a_complete_waiver_excuses(tmp_path: Path) -> None:
    said = said_of(tmp_path, TWO, append(WAIVER + REASON + APPROVER))
    assert (said.status, said.rules, said.site["complete"]) == (0, [], 5)


GIVEN = [
    'name = "示例·广州琶洲会展配套项目工地"',
    'approved_by = "示例·珠岸建设有限公司党委"',
    'organization = "示例·广州珠岸建设有限公司"',
    'liaison = "谢某（示例·市建设行业党委）"',
    'instructor = "麦某（示例·市建设行业党委）"',
    'brand = "珠岸红匠"',
    'owner = "冯戊"',
    'address = "海珠区示例东路 8 号，项目生活区 B 栋首层"',
    'approval_no = "示例珠建党〔2020〕6号"',
    'feedback = "样板一次验收通过，已组织三家分包观摩"',
]


@pytest.mark.parametrize("text", ["", *NOTHING, "\u200b\u2060", "？", "……", "待补充", "ＮＵＬＬ"], ids=ascii)
def test_a_text_that_says_nothing_is_not_given(text: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, *(edit(old, f'{old.partition(" = ")[0]} = "{text}"') for old in GIVEN))
    assert said.rules == ["F005", "P002", "P003", "P004", "B002", "B014", "L004", "L006", "A002"]


def test_an_officer_whose_name_says_nothing_owns_nothing(tmp_path: Path) -> None:
    # nor does an owner of blanks become the secretary
    blank = edited(TEXT, edit('name = "梁甲"', 'name = "　"'), edit(OWNER, OWNER.replace("梁甲", " ")))
    assert said_of(tmp_path, lambda _text: blank).rules == ["L004"]


MEMBERS = '["谭丁", "冯戊", "邓己"]'


@pytest.mark.parametrize(
    ("members", "rules"),
    [
        ('[" ", "　", ""]', ["G004"]),
        ('["\u200b", "/", "—"]', ["G004"]),
        ('["无"]', ["G004"]),
        ('["同上", "待定"]', ["G004"]),
        ("[]", ["G004"]),
    ],
)
def test_members_who_are_nobody_are_not_counted(members: str, rules: list[str], tmp_path: Path) -> None:
    said = said_of(tmp_path, edit(MEMBERS, members))
    # two of six are left
    assert said.rules == [*rules, "G005"]
    assert "党员2名，占正式党员的33.3%" in said.of("G005")[0]


@pytest.mark.parametrize(
    "members",
    [
        '["谭丁", "谭　丁", "谭丁 "]',
        '["谭丁", "谭\u200b丁", "谭\u00a0丁"]',
        '["谭丁", " 谭丁", "谭丁\\n"]',
        '["谭丁", "谭丁", "无"]',
        '["谭丁", "\ufeff谭丁", "谭\u202c丁"]',
        '["张(ⅰ)", "张（i）", "张(ｉ)"]',
    ],
)
def test_a_person_written_in_three_ways_is_one(members: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, edit(MEMBERS, members))
    assert said.rules == ["G005"]
    assert "党员3名，占正式党员的50.0%" in said.of("G005")[0]


@pytest.mark.parametrize("owner", ["梁甲 ", " 梁甲", "梁　甲", "梁\u200b甲", "梁\u00a0甲", "梁甲\\t"], ids=ascii)
def test_the_secretary_is_known_however_written(owner: str, tmp_path: Path) -> None:
    assert said_of(tmp_path, edit(OWNER, OWNER.replace("梁甲", owner))).rules == []


@pytest.mark.parametrize("recorder", ["何　乙", "何乙 ", "何\u200b乙", "待定", "—"], ids=ascii)
def test_a_recorder_written_otherwise_is_nobody_else(recorder: str, tmp_path: Path) -> None:
    records = '\n[[work_rules.records]]\nkind = "党课"\ndate = 2020-07-0{}\nrecorder = "{}"\n'
    extra = "".join(records.format(day, name) for day, name in ((1, "罗丙"), (2, recorder)))
    assert said_of(tmp_path, edit("\n[[satisfaction]]", f"{extra}\n[[satisfaction]]")).rules == []


NUMBERS = ["[2020]6号", "（2020）6号", "［2020］6 号", "【２０２０】６号", "〔2020〕 6号\u200b", "(2020)6号"]


@pytest.mark.parametrize("number", NUMBERS)
def test_an_approval_number_in_other_brackets_is_the_same(number: str, tmp_path: Path) -> None:
    put(tmp_path / "a")
    put(tmp_path / "b", edit("guangzhou-pazhou-expo", "other"), edit("〔2020〕6号", number))
    first, second = document(tmp_path)["sites"]
    assert "X002" not in [finding["rule"] for finding in first["findings"]]
    assert second["findings"][0]["rule"] == "X002"


@pytest.mark.parametrize("number", ["〔2020〕7号", "〔2019〕6号", "〔2020〕66号", "2020年6号", "", "/"])
def test_another_approval_number_is_another(number: str, tmp_path: Path) -> None:
    put(tmp_path / "a", edit("〔2020〕6号", number) if number else drop("approval_no"))
    put(tmp_path / "b", edit("guangzhou-pazhou-expo", "other"))
    sites = document(tmp_path)["sites"]
    assert not any(finding["rule"] == "X002" for site in sites for finding in site["findings"])


DATES = {
    "applied_on = 2020-03-05": ("applied_on", ["B012"]),
    "approved_on = 2020-03-26": ("approved_on", ["B002"]),
    "established_on = 2020-03-31": ("established_on", ["B013"]),
    "issued_on = 2020-05-20": ("issued_on", ["G002"]),
    "opened_on = 2020-05-01": ("opened_on", ["A003"]),
    "surveyed_on = 2020-08-20": ("surveyed_on", ["P005"]),
}


def test_a_branch_of_2022_is_not_there_yet(tmp_path: Path) -> None:
    old = [date for date in DATES if date.split("_")[0] in ("applied", "approved", "established")]
    said = said_of(tmp_path, *(edit(date, date.replace("= 2020", "= 2022")) for date in old))
    assert said.site["ones"]["branch"]["status"] == "incomplete"
    assert "成立未经上级党组织批复：批复日期（2022年3月26日）晚于检查时点" in said.of("B002")
    assert said.of("B013") == ["成立日期（2022年3月31日）晚于检查时点"]


@pytest.mark.parametrize("date", DATES)
def test_what_is_dated_after_the_day_has_not_happened(date: str, tmp_path: Path) -> None:
    key, rules = DATES[date]
    said = said_of(tmp_path, edit(date, f"{key} = 2020-11-24"))
    # a branch without a known day is asked for twelve months
    told = [rule for rule in said.rules if rule not in {"W005", "W008", "W009", "W010", "W012"}]
    assert told == rules
    assert said_of(tmp_path, edit(date, f"{key} = 2020-11-23")).site["ones"]["branch"]["status"] == "complete"


DONE = "done_on = 2020-08-27"


@pytest.mark.parametrize("day", ["2021-08-27", "2020-11-24", "9999-12-31", '"2020-12-01"', "2022-02-28"])
def test_what_is_to_be_done_later_is_not_done(day: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, edit(DONE, f"done_on = {day}"))
    assert said.rules == ["L007"]
    assert "第2条事项“地下室防水样板验收”应于2020年8月31日完成，已逾期84天" in said.of("L007")


FIRST = 'title = "缅怀抗疫烈士和牺牲同胞"\nrecorder = "何乙"\nattended = 6'


@pytest.mark.parametrize("attended", [7, 12, 50, 60, 999_999_999])
def test_nobody_attends_who_is_not_expected(attended: int, tmp_path: Path) -> None:
    said = said_of(tmp_path, edit(FIRST, FIRST.replace("6", str(attended))))
    assert said.of("P009") == [f"第1条会议记录“缅怀抗疫烈士和牺牲同胞”：实到（{attended}）多于应到（6）"]


FREE_TEXT = re.compile(
    r'^(?!(?:id|kind|form|category|status|frequency|organization_type) )(\w+) = "[^"]*"', re.MULTILINE
)


@pytest.mark.parametrize("text", ["/", "—", "暂无", "　", "N/A", "待定"])
def test_a_file_of_placeholders_is_as_good_as_blank(text: str, tmp_path: Path) -> None:
    def changed(to: str) -> Edit:
        return lambda site: FREE_TEXT.sub(rf'\1 = "{to}"', site)

    filled, blank = said_of(tmp_path, changed(text)), said_of(tmp_path, changed(""))
    assert (filled.status, filled.rules, filled.site["score"]) == (1, blank.rules, blank.site["score"])
    assert {"F005", "B002", "B014", "L004", "L006", "A002"} <= set(filled.rules)


THREE = [TWO, drop("address = "), drop("opened_on")]


SELECTIONS = ["--select P001", "--select P", "--ignore B,L,A,G,W", "--select A005", "--ignore A006", "--select F"]


@pytest.mark.parametrize("options", SELECTIONS)
def test_a_selection_has_no_score_and_no_grade(options: str, tmp_path: Path) -> None:
    (site,) = document(put(tmp_path, *THREE), *options.split())["sites"]
    assert (site["score"], site["grade"]) == (None, None)
    shown = check(tmp_path / "site.toml", *options.split()).stdout
    assert "优秀" not in shown
    assert "100.0" not in shown


OFFICE = "elected_on = 2016-11-23\nfull_members = 6"


@pytest.mark.parametrize("term", ["", "term_years = 4\n", "term_years = 1\n", "term_years = 2\n", 'term_years = "5"\n'])
@pytest.mark.parametrize("form", ["联合", "单独"])
def test_without_a_term_none_has_run_out(term: str, form: str, tmp_path: Path) -> None:
    # as in a community, where the term is five years and nobody has said so
    formed = edit('form = "临时"', f'form = "{form}"\ncovers = ["甲", "乙"]')
    said = said_of(tmp_path, formed, edit("full_members = 6", term + OFFICE))
    rules = set(said.rules)
    assert ("B016" in rules) == ('"5"' not in term)
    assert ("B009" in rules) == (term.startswith("term_years = ") and '"' not in term)


LIFE = '\n[[work_rules.records]]\nkind = "组织生活会"\n{}\n'


@pytest.mark.parametrize(
    ("record", "as_of"),
    [
        ("date = 2020-01-14", "2021-01-20"),
        ("date = 2019-11-10", "2020-11-23"),
        ("date = 2020-01-14", "2021-04-01"),
        ("date = 2020-03-31", "2020-11-23"),
        ("date = 2020-09-01\nyear = 2019", "2020-11-23"),
        ("year = 2019", "2021-03-31"),
    ],
)
def test_a_yearly_meeting_serves_the_last_year_that_is_due(record: str, as_of: str, tmp_path: Path) -> None:
    held = edit("\n[[satisfaction]]", LIFE.format(record) + "\n[[satisfaction]]")
    assert "W010" in said_of(tmp_path, LONG, as_of=as_of).rules
    assert "W010" not in said_of(tmp_path, LONG, held, as_of=as_of).rules


@pytest.mark.parametrize(
    "fault",
    [
        edit('posts = ["书记"]', 'posts = ["委员"]'),
        drop_table("branch.officers"),
        edit("full_members = 6", "full_members = 2"),
        drop("opened_on"),
        drop('owner = "冯戊"'),
        edit('"主题党日", "组织生活会"', '"组织生活会"'),
    ],
)
def test_nobody_is_excellent_with_a_one_that_is_not_complete(fault: Edit, tmp_path: Path) -> None:
    said = said_of(tmp_path, fault, edit('address = "', 'opening_hours = "全天"\naddress = "'))
    assert said.site["score"] > 90
    assert (said.site["complete"], said.site["grade"]) == (4, "良好")


@pytest.mark.parametrize("number", ["0", "3", "51", "1000"])
def test_without_full_members_nobody_counts_members(number: str, tmp_path: Path) -> None:
    said = said_of(tmp_path, edit("full_members = 6", f"probationary_members = {number}"))
    branch = said.site["ones"]["branch"]
    assert said.rules == ["B003"]
    # B004 and B008 left
    assert branch["applicable"] == said_of(tmp_path).site["ones"]["branch"]["applicable"] - 1


def test_of_a_file_from_standard_input_no_documents_are_judged() -> None:
    site = edited(TEXT, drop("documents = "), edit('address = "', 'opening_hours = "全天"\naddress = "'))
    result = check("-", "--format", "json", input=site)
    (read,) = json.loads(result.stdout)["sites"]
    assert (result.returncode, [finding["rule"] for finding in read["findings"]]) == (0, ["L007", "L007"])
    assert [one["score"] for one in read["ones"].values()] == [20.0, 19.4, 20.0, 20.0, 20.0]
