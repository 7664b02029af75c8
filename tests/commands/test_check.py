"""``pilot check``: what it looks at, what it says, and its exit status."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.commands.running import AS_OF, check, document, pilot
from tests.editing import COMMUNITY, CONSTRUCTION, drop_table, edit, edited, write_site

EXAMPLE = "checklists/construction/zhuhai-hengqin-tower/site.toml"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_site(tmp_path, CONSTRUCTION)


def test_the_examples_make_a_table_of_19_sites_in_the_order_of_their_paths() -> None:
    result = check("checklists", "--no-findings")
    rows = [line.split("│")[1].strip() for line in result.stdout.splitlines() if line.startswith("│")]
    assert len(rows) == 1 + 19
    assert rows[1] == "示例·东莞南城锦园小区"
    assert rows[-1] == "示例·珠海横琴海纳大厦工地"
    assert result.stdout.startswith("“五个一”检查标准，检查时点：2020年11月23日\n")
    counts = "突出问题13、一般问题45、工作建议29、填报问题3、经批准暂不执行1"
    assert f"19个试点单位；五项全部完成12个；平均90.9分；问题：{counts}\n" in result.stdout


def test_one_site_is_told_in_detail() -> None:
    out = check(EXAMPLE).stdout
    assert re.search(r"党群活动阵地\s+│ 部分完成 │\s+[0-9.]+ │\s+3/7 │ 阵地未启用（A003）、A004、A005、A007", out)
    assert re.search(r"合计\s+│ 良好\s+│ [0-9.]+ │", out)
    assert re.search(r"A003 突出问题 {2}第87行 +阵地未启用：启用日期（2020年12月15日）晚于检查时点", out)
    assert re.search(r"\n问题：突出问题1、一般问题3、工作建议1、填报问题1 *\n$", out)
    assert "依据：" in out
    assert "建议：" in out


def test_a_waived_finding_says_why_and_on_whose_word() -> None:
    out = check("checklists/community/zhongshan-shiqi-yuexin/site.toml").stdout
    assert re.search(r"W008 一般问题.*［经批准暂不执行至2021年3月31日：.*；批准单位：.*］", out)


def test_a_mistake_in_the_file_is_shown_with_a_caret_below_it(tmp_path: Path) -> None:
    path = write_site(tmp_path, '[site]\nid = "a-b"\nname = “张三”\n')
    lines = check(path).stdout.splitlines()
    shown = next(index for index, line in enumerate(lines) if "name = “张三”" in line)
    assert "第3行" in lines[shown - 1]
    assert lines[shown + 1].index("^") == lines[shown].index("“")


def test_everything_is_said_in_english_on_request() -> None:
    result = pilot("--lang", "en", "check", EXAMPLE, *AS_OF)
    assert "after the as-of date" in result.stdout
    assert "Standard of the five ones, as of 2020-11-23" in result.stdout
    assert "findings: 1 serious, 3 ordinary, 1 advice, 1 entry" in result.stdout
    assert pilot("check", EXAMPLE, *AS_OF, PILOT_LANG="en").stdout == result.stdout


def test_the_option_for_the_language_outweighs_the_environment() -> None:
    assert pilot("--lang", "zh", "check", EXAMPLE, *AS_OF, PILOT_LANG="en").stdout == check(EXAMPLE).stdout


def test_without_an_as_of_date_today_counts(good: Path) -> None:
    today = date.today().isoformat()
    assert f'"as_of": "{today}"' in pilot("check", good, "--format", "json").stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 1), (["--fail-on", "never"], 0), (["--fail-on", "info"], 1), (["--ignore", "A003"], 0)]
    + [(["--ignore", "A003", "--fail-on", severity], 1) for severity in ("warning", "info")]
    + [(["--select", "B", "--fail-on", "info"], 0)],
)
def test_the_exit_status_follows_fail_on(arguments: list[str], status: int) -> None:
    assert check(EXAMPLE, *arguments).returncode == status


def test_a_good_site_has_no_findings_and_status_0(good: Path) -> None:
    result = check(good, "--fail-on", "info")
    assert result.returncode == 0
    assert "问题：突出问题0、一般问题0、工作建议0、填报问题0" in result.stdout


def test_a_broken_file_is_a_finding_and_the_others_are_still_checked(good: Path) -> None:
    (good.parent / "broken.toml").write_text("[site\n", encoding="utf-8")
    result = check(good.parent)
    assert result.returncode == 1
    assert "无法读取" in result.stdout
    assert re.search(r"│ 已完成.*100\.0 │ 优秀", result.stdout)
    assert "2个试点单位；五项全部完成1个；无法读取1个" in result.stdout


def test_a_waived_error_does_not_fail_the_check(tmp_path: Path) -> None:
    waiver = '\n[[waivers]]\nrule = "A001"\nreason = "示例"\napproved_by = "示例"\nuntil = 2021-01-01\n'
    path = write_site(tmp_path, edited(CONSTRUCTION, drop_table("activity_space")) + waiver)
    assert check(path).returncode == 0


@pytest.mark.parametrize("arguments", [["--select", "B,L003"], ["--select", "B", "--select", "L003"]])
def test_rules_are_selected_by_id_and_by_letters(arguments: list[str]) -> None:
    site = document(EXAMPLE, *arguments)["sites"][0]
    assert {finding["rule"][0] for finding in site["findings"]} <= {"B", "L"}
    assert site["ones"]["responsibility_list"]["applicable"] == 1
    nothing = {"score": None, "earned": None, "possible": None}
    assert site["ones"]["work_rules"] == {"status": None, "passed": 0, "applicable": 0, **nothing}


def test_ignored_rules_count_neither_way() -> None:
    site = document(EXAMPLE, "--ignore", "A003,A004,A005,A007")["sites"][0]
    nothing = {"score": None, "earned": None, "possible": None}
    assert site["ones"]["activity_space"] == {"status": None, "passed": 3, "applicable": 3, **nothing}


def test_a_selection_shows_no_score_and_says_how_many_rules_were_judged() -> None:
    out = check(EXAMPLE, "--select", "B").stdout
    assert re.search(r"党支部 +│ 已完成 +│ +– │ +\d+/\d+ │", out)
    assert re.search(r"党群活动阵地 +│ – +│ +– │ +0/0 │", out)
    assert re.search(r"合计 +│ – +│ +– │", out)
    assert "；检查了73个检查项中的19个" in out
    for format in ("table", "markdown"):
        out = check("checklists", "--select", "B003", "--format", format).stdout
        assert "；检查了73个检查项中的1个" in out.replace("\\", "")
        assert not re.search("优秀|良好|合格|平均", out)
    rows = check("checklists", "--select", "B003", "--format", "csv").stdout.splitlines()[1:]
    assert all(row.split(",")[5:7] == ["", ""] for row in rows)
    assert "五项全部完成" in check("checklists", "--ignore", "P", "--quiet").stdout, "that is decided all the same"


def test_quiet_prints_the_line_of_totals_alone() -> None:
    result = check("checklists", "--quiet")
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("19个试点单位；")
    assert result.returncode == 1


def test_standard_input_is_a_site_file_in_the_current_folder(good: Path) -> None:
    site = document_of_input(CONSTRUCTION, good.parent)
    assert site["path"] == "-"
    assert site["findings"] == []


def document_of_input(text: str, folder: Path) -> dict[str, object]:
    import json

    result = check("-", "--format", "json", cwd=folder, input=text)
    site: dict[str, object] = json.loads(result.stdout)["sites"][0]
    return site


def test_a_site_of_the_current_folder_needs_no_path(good: Path) -> None:
    assert [site["path"] for site in document(cwd=good.parent)["sites"]] == ["site.toml"]


def test_a_standard_of_ones_own_is_used(tmp_path: Path, good: Path) -> None:
    own = tmp_path / "strict.txt"
    own.write_text('name = "严格"\nextends = "five-ones"\n[override.B003]\nvalue = 40\n', encoding="utf-8")
    result = document(good, "--standard", own)
    assert result["standard"] == "严格"
    assert [finding["rule"] for finding in result["sites"][0]["findings"]] == ["B003"]


def test_the_same_id_or_approval_number_twice_is_found_across_files(tmp_path: Path) -> None:
    write_site(tmp_path / "a", CONSTRUCTION)
    write_site(tmp_path / "b", CONSTRUCTION)
    first, second = document(tmp_path)["sites"]
    assert first["findings"] == []
    assert [(finding["rule"], finding["severity"], finding["field"]) for finding in second["findings"]] == [
        ("X001", "error", "site.id"),
        ("X002", "warning", "branch.approval_no"),
    ]
    assert first["path"] in second["findings"][0]["message"]


def test_borders_can_be_ascii(good: Path) -> None:
    out = check(good, "--borders", "ascii").stdout
    assert "+---" in out
    assert not re.search("[│─╭├]", out)


def test_no_site_at_all_is_said(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "没有找到站点文件" in result.stderr


def test_the_table_of_a_site_names_what_is_missing_there(tmp_path: Path) -> None:
    text = edited(COMMUNITY, edit('"三会一课", "主题党日"', '"三会一课"'))
    (tmp_path / "site.toml").write_text(text, encoding="utf-8")
    assert "制度未涵盖主题党日（W003）" in check(tmp_path, "--no-findings").stdout
    selected = check(tmp_path, "--no-findings", "--select", "W003").stdout
    assert "项中已完成" not in selected, "a selection does not decide how many are complete"


def many(folder: Path, number: int) -> None:
    for index in range(number):
        text = edited(COMMUNITY, edit('id = "good-community"', f'id = "site-{index:03}"'), drop_table("member_guide"))
        site = folder / f"{index:03}"
        site.mkdir()
        (site / "site.toml").write_text(re.sub(r"approval_no = .*\n", "", text), encoding="utf-8")


def test_past_100_sites_the_weakest_100_are_shown_and_past_200_findings_they_are_counted(tmp_path: Path) -> None:
    many(tmp_path, 105)
    out = check(tmp_path).stdout
    assert sum(line.startswith("│ ") for line in out.splitlines() if "未建立" in line) == 100
    assert "表中为得分最低的100个试点单位，另有5个未列出；用 --all 或其他格式可查看全部。" in out
    assert re.search(r"G001 +│ 突出问题 +│ +105 │ 未形成党员发挥作用工作指引", out)
    assert "以上按检查项计数" in out
    assert "突出问题共" not in out
    assert len(re.findall(r"^ *G001 突出问题  \S*第1行", out, re.MULTILINE)) == 105
    assert "L007" not in out[: out.index("检查项 │")]
    everything = check(tmp_path, "--all").stdout
    assert everything.count("未建立") == 105
    assert everything.count("G001 突出问题") == 105


def test_of_serious_findings_the_first_200_are_listed(tmp_path: Path) -> None:
    for index, number in enumerate((95, 95, 30)):
        text = edited(COMMUNITY, edit('id = "good-community"', f'id = "site-{index}"'))
        waivers = "[[waivers]]\nuntil = 5\n" * number
        (tmp_path / f"{index}.toml").write_text(f"{text}\n{waivers}", encoding="utf-8")
    out = check(tmp_path).stdout
    assert len(re.findall(r"（waivers\[\d+\].until）", out)) == 200
    assert "突出问题共220个，以上列出前200个。" in out


def test_what_is_waived_is_not_listed_among_the_serious_findings(tmp_path: Path) -> None:
    many(tmp_path, 105)
    first = tmp_path / "000" / "site.toml"
    waiver = '[[waivers]]\nrule = "G001"\nreason = "新开工"\napproved_by = "街道党工委"\nuntil = 2099-12-31\n'
    first.write_text(f"{first.read_text(encoding='utf-8')}\n{waiver}", encoding="utf-8")
    out = check(tmp_path).stdout
    assert len(re.findall("^ *G001 突出问题  ", out, re.MULTILINE)) == 104


def test_a_link_that_leads_nowhere_or_to_a_site_that_is_found_anyway_hides_nothing(good: Path) -> None:
    folder = good.parent
    (folder / "again.toml").symlink_to("site.toml")
    (folder / "loop.toml").symlink_to("loop.toml")
    (folder / "gone.toml").symlink_to("nowhere.toml")
    (folder / "up").symlink_to("..")
    found = {Path(site["path"]).name: site["findings"] for site in document(folder)["sites"]}
    assert {name: [finding["rule"] for finding in findings] for name, findings in found.items()} == {
        "gone.toml": ["F001"],
        "loop.toml": ["F001"],
        "site.toml": [],
    }


def test_a_file_that_is_named_in_two_ways_is_checked_once(good: Path) -> None:
    assert len(document(good, good.parent, good.parent / "." / "site.toml")["sites"]) == 1


def test_folders_may_be_deep(good: Path) -> None:
    deep = good.parent
    for _level in range(60):
        deep = deep / "d"
        deep.mkdir()
    write_site(deep, COMMUNITY)
    (good.parent / ".hidden").mkdir()
    (good.parent / ".hidden" / "site.toml").write_text("x", encoding="utf-8")
    assert len(document(good.parent)["sites"]) == 2


def test_an_id_of_the_checks_on_files_cannot_be_a_rule(tmp_path: Path, good: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text('name = "x"\nextends = "five-ones"\n[[rules]]\nid = "F003"\n', encoding="utf-8")
    result = check(good, "--standard", own)
    assert result.returncode == 2
    assert "F003" in result.stderr
