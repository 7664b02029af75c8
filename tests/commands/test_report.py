"""The call of ``pilot report``: groups, lists, titles, what is refused, and what is told of next to nothing."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.commands.running import AS_OF, ROOT, Result, check, pilot, report_document
from tests.commands.terminal import pilot_in_terminal, without_colours
from tests.editing import COMMUNITY, CONSTRUCTION, append, edit, edited, write_site

FORMATS = ("terminal", "markdown", "csv", "json", "xlsx", "docx", "html")
OFFICE = ("xlsx", "docx")
BROKEN = "[site\n"


def report(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> Result:
    return pilot("report", *arguments, *AS_OF, cwd=cwd, **environment)


def rows_below(heading: str, out: str) -> list[str]:
    """The lines of a section of the terminal report, without the head of its table."""
    section = out[out.index(f"\n{heading}\n") + len(heading) + 2 :].split("\n\n")[0]
    return [line.rstrip() for line in section.splitlines()][2:]


def first_words(heading: str, out: str) -> list[str]:
    return [line.split("  ")[0] for line in rows_below(heading, out) if not line.startswith("─")]


def test_the_report_says_in_order_what_there_is_to_say() -> None:
    out = report("checklists").stdout
    headings = [
        *("总体情况", "等级分布", "“五个一”完成情况", "分组情况", "存在问题", "逾期事项"),
        *("得分最高的试点单位", "得分最低的试点单位", "经批准暂不执行的事项"),
    ]
    assert "无法读取的试点单位" not in out, "every site could be read"
    assert not re.search(r" $", out, re.MULTILINE)
    places = [out.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert out.startswith("“两新”组织党建试点“五个一”建设情况汇总\n“五个一”检查标准，检查时点：2020年11月23日\n")


def test_the_figures_are_those_of_check() -> None:
    told, checked = report_document("checklists"), json.loads(check("checklists", "--format", "json").stdout)
    for key in ("rules", "sites", "complete", "unreadable", "mean_score", "findings"):
        assert told["summary"][key] == checked["summary"][key]
    for site, other in zip(told["sites"], checked["sites"], strict=True):
        for key in ("path", "id", "name", "kind", "city", "score", "grade", "complete"):
            assert site[key] == other[key]
        assert sum(site["findings"].values()) == len(other["findings"])


def test_the_document_is_as_documented() -> None:
    told = report_document("checklists")
    guide = (ROOT / "docs" / "report-json.md").read_text(encoding="utf-8")
    keys = {*told, *told["sites"][0], *told["summary"], *told["groups"][0], *told["rules"][0], *told["best"][0]}
    keys |= {key for site in told["sites"] for list in ("overdue", "waivers") for item in site[list] for key in item}
    assert [key for key in keys if f"`{key}`" not in guide] == []
    assert told["report"] == 2


def test_without_a_path_the_sites_of_the_current_folder_are_summed_up() -> None:
    assert report_document(cwd=ROOT / "checklists")["summary"] == report_document("checklists")["summary"]


def test_sites_are_grouped_by_kind_unless_something_else_is_asked_for() -> None:
    assert first_words("分组情况", report("checklists").stdout) == ["建筑工地", "社区物业", "合计"]


def test_closed_lists_keep_their_order_and_other_groups_come_by_size() -> None:
    assert first_words("分组情况", report("checklists", "--by", "grade").stdout) == [
        *("优秀", "良好", "合格", "不合格", "合计")
    ]
    sizes = [group["sites"] for group in report_document("checklists", "--by", "organization")["groups"]]
    assert sizes == sorted(sizes, reverse=True)


def test_groups_within_groups_follow_the_group_that_they_are_in() -> None:
    lines = first_words("分组情况", report("checklists", "--by", "kind", "--by", "grade").stdout)
    assert lines == ["建筑工地", "└ 优秀", "└ 良好", "└ 不合格", "社区物业", "└ 优秀", "└ 良好", "└ 合格", "合计"]
    told = report_document("checklists", "--by", "kind", "--by", "grade")
    assert told["by"] == ["kind", "grade"]
    assert [len(group["group"]) for group in told["groups"]] == [1, 2, 2, 2, 1, 2, 2, 2]


def test_a_site_that_says_nothing_of_its_group_is_in_one_of_its_own(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit('district = "海珠区"\n', "")), "a.toml")
    write_site(tmp_path, COMMUNITY, "b.toml")
    assert first_words("分组情况", report(tmp_path, "--by", "district").stdout) == ["禅城区", "（未填写）", "合计"]
    assert [group["group"] for group in report_document(tmp_path, "--by", "district")["groups"]] == [["禅城区"], [None]]


def test_lists_are_as_long_as_asked_for_and_say_what_is_left_out() -> None:
    out = report("checklists", "--top", "3").stdout
    assert len(rows_below("得分最低的试点单位", out)) == 3
    assert rows_below("逾期事项", out)[-1] == "……另有5条未列出。"
    assert [len(report_document("checklists", "--top", "3")[key]) for key in ("best", "weakest")] == [3, 3]


def test_the_report_has_the_title_that_it_is_given() -> None:
    assert report("checklists", "--title", "甲[red]乙").stdout.startswith("甲[red]乙\n")


def test_a_wide_terminal_has_two_lists_abreast_and_a_narrow_one_below_each_other() -> None:
    def headings(width: int) -> bool:
        out = pilot_in_terminal("report", "checklists", *AS_OF, width=width)
        return any("得分最高的试点单位" in line and "得分最低的试点单位" in line for line in out.splitlines())

    assert (headings(160), headings(80)) == (True, False)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 160])
def test_no_line_is_longer_than_the_terminal(language: str, width: int) -> None:
    options = ("--by", "city", "--by", "kind")
    out = pilot_in_terminal("--lang", language, "report", "checklists", *AS_OF, *options, width=width, NO_COLOR="1")
    *lines, write, see = without_colours(out).splitlines()
    assert all(": pilot " in step or "：pilot " in step for step in (write, see))
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [20, 60, 80, 160])
def test_no_terminal_is_so_narrow_that_a_figure_is_cut(language: str, width: int) -> None:
    arguments = ("--lang", language, "report", "checklists", *AS_OF, "--by", "kind", "--by", "grade")

    def figures(out: str) -> Counter[str]:
        return Counter(re.findall(r"\d+\.\d%|\d+\.\d|\d{4}-\d\d-\d\d|(?<= )\d+(?= )", out))

    # A text with a number in it may be broken before that number.
    cut = figures(pilot(*arguments).stdout) - figures(without_colours(pilot_in_terminal(*arguments, width=width)))
    assert {figure for figure in cut if "." in figure or "-" in figure} == set()


def test_a_console_that_cannot_draw_blocks_gets_plain_characters() -> None:
    ascii_out = report("checklists", "--borders", "ascii").stdout
    assert not set("█▒░─") & set(ascii_out)
    assert "# 已完成  = 部分完成  . 未建立" in ascii_out
    result = subprocess.run(
        [sys.executable, "-m", "pilot_cli", "report", "checklists", *AS_OF],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=True,
    )
    assert "# 已完成  = 部分完成  . 未建立" in result.stdout.decode("gbk")


@pytest.mark.parametrize("suffix", ["md", "csv", "json", "xlsx", "docx", "html", "HTM"])
def test_the_name_of_the_output_says_what_it_is(suffix: str, tmp_path: Path) -> None:
    output = tmp_path / f"a.{suffix}"
    result = report("checklists", "--output", output)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", f"已写入：{output}\n")
    starts = {"md": "# ", "csv": "\ufeff试点单位名称", "json": "{", "xlsx": "PK", "docx": "PK", "html": "<!"}
    start = starts.get(suffix, "<!").encode()
    assert output.read_bytes()[: len(start)].lower() == start.lower()


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_sites_make_the_same_file(format: str, tmp_path: Path) -> None:
    outputs = [tmp_path / f"{name}.out" for name in "ab"]
    for output in outputs:
        assert report("checklists", "--format", format, "--output", output).returncode == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "files",
    [[CONSTRUCTION], [BROKEN], [BROKEN, BROKEN], [CONSTRUCTION, BROKEN]],
    ids=["one site", "one unreadable", "all unreadable", "one of each"],
)
def test_next_to_nothing_makes_a_sensible_report(format: str, language: str, files: list[str], tmp_path: Path) -> None:
    for number, text in enumerate(files):
        write_site(tmp_path / "sites" / str(number), text)
    result = pilot("--lang", language, "report", "sites", *AS_OF, "-f", format, "-o", "out", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")
    assert (tmp_path / "out").stat().st_size > 0
    summary = report_document("sites", cwd=tmp_path)["summary"]
    assert (summary["sites"], summary["unreadable"]) == (len(files), files.count(BROKEN))


@pytest.mark.parametrize("format", OFFICE)
def test_an_office_file_goes_through_a_pipe_as_it_is(format: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pilot_cli", "report", "checklists", *AS_OF, "--format", format]
    result = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    report("checklists", "--format", format, "--output", tmp_path / "a")
    assert result.stdout == (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("format", OFFICE)
def test_an_office_file_cannot_be_written_to_a_full_disk(format: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full disk here")
    result = report("checklists", "--format", format, "--output", "/dev/full")
    assert result.returncode == 2
    assert "/dev/full 无法写入" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "name"], "--by"),
        (["--by", "kind", "--by", "kind"], "kind 重复"),
        (["--by", "kind", "--by", "city", "--by", "form"], "分组方式最多两种"),
        (["--top", "0"], "--top 不得小于 1"),
        (["--top", "x"], "--top 须为整数"),
        (["--as-of", "someday"], "--as-of"),
        (["--standard", "none"], "--standard"),
        (["--format", "pdf"], "--format"),
        (["--site", "a", "--format", "docx", "--output", "a.docx"], "没有编号为“a”的试点单位"),
        (["--output", "site.toml/a.md"], "site.toml/a.md 无法写入"),
        (["--output", "a.doc"], "pilot report 不能写扩展名为 .doc 的文件，可用的扩展名：.txt、.md"),
        (["--output", "./site.toml", "--format", "json"], "site.toml 是本次要读取的文件"),
        (["nowhere"], "没有文件或文件夹“nowhere”"),
    ],
)
def test_a_wrong_call_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION)
    result = pilot("report", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr.replace("\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["documents", "site.toml"]


def test_a_report_cannot_replace_a_file_that_it_reads(tmp_path: Path) -> None:
    path = write_site(tmp_path, CONSTRUCTION)
    assert report(path, "--output", path).returncode == 2
    assert path.read_text(encoding="utf-8") == CONSTRUCTION


def test_a_report_cannot_replace_a_site_file_of_a_folder_that_it_reads(tmp_path: Path) -> None:
    path = write_site(tmp_path / "sites" / "a", CONSTRUCTION)
    for command in ("report", "check"):
        assert pilot(command, tmp_path / "sites", *AS_OF, "--format", "json", "--output", path).returncode == 2
    assert path.read_text(encoding="utf-8") == CONSTRUCTION
    assert report(tmp_path / "sites", "--output", tmp_path / "sites" / "a.md").returncode == 0


@pytest.mark.parametrize("output", [[], ["--output", "-"], ["--output", "/dev/stdout"]])
def test_an_office_file_is_not_written_to_a_terminal(output: list[str]) -> None:
    out = pilot_in_terminal("report", "checklists", "--format", "docx", *output, width=80, status=2)
    assert "PK" not in out


def test_what_to_do_about_problems_of_many_files_is_not_what_is_said_of_one(tmp_path: Path) -> None:
    for name, documents in (("a", '["a.pdf"]'), ("b", '["b.pdf"]')):
        text = re.sub(r"(\[branch\][^[]*)documents = \[[^]]*\]", rf"\1documents = {documents}", CONSTRUCTION)
        write_site(tmp_path, text, f"{name}.toml")
    (rule,) = (rule for rule in report_document(tmp_path)["rules"] if rule["rule"] == "B015")
    assert rule["sites"] == 2
    assert not {"a.pdf", "b.pdf"} & set(rule["advice"])


def test_of_two_waivers_of_a_rule_the_one_that_ends_last_counts(tmp_path: Path) -> None:
    waiver = '[[waivers]]\nrule = "W008"\nreason = "停工"\napproved_by = "党工委"\nuntil = '
    write_site(tmp_path, edited(CONSTRUCTION, append(f"{waiver}2021-06-30\n{waiver}2020-12-01")))
    told = report_document(tmp_path)
    assert [waiver["until"] for waiver in told["sites"][0]["waivers"]] == ["2021-06-30"]
    assert (told["summary"]["waivers"], told["summary"]["waivers_ending_soon"]) == (1, 0)


def test_where_files_cannot_be_read_it_is_said_of_what_the_shares_are(tmp_path: Path) -> None:
    write_site(tmp_path, CONSTRUCTION, "a.toml")
    (tmp_path / "b.toml").write_text(BROKEN, encoding="utf-8")
    out = report(tmp_path).stdout
    assert out.count("均以能够读取的试点单位为基数") == 2
    assert "均以能够读取的试点单位为基数" not in report("checklists").stdout


def test_a_report_does_not_judge() -> None:
    assert (check("checklists").returncode, report("checklists").returncode) == (1, 0)


def test_a_report_by_some_rules_has_no_scores_and_ranks_by_findings() -> None:
    told = report_document("checklists", "--select", "L")
    assert told["summary"]["rules"] == {"judged": 12, "of": 73}
    assert (told["summary"]["mean_score"], told["summary"]["complete"]) == (None, None)
    assert set(told["grades"].values()) == {None}
    assert {site["score"] for site in told["sites"]} == {None}
    assert {rule["rule"][0] for rule in told["rules"]} == {"L"}
    number = {
        site["path"]: sum(site["findings"][key] for key in ("error", "warning", "info")) for site in told["sites"]
    }
    assert [number[site["path"]] for site in told["weakest"]] == sorted(number.values(), reverse=True)[:10]
    assert [number[site["path"]] for site in told["best"]] == sorted(number.values())[:10]
    assert told["ones"]["responsibility_list"]["complete"]["percent"] is not None
    assert told["ones"]["branch"]["complete"]["percent"] is None
    out = report("checklists", "--select", "L").stdout
    assert "检查了73个检查项中的12个" in out
    assert "问题最多的试点单位" in out


def test_what_is_wrong_with_files_stands_in_no_list_and_is_counted(tmp_path: Path) -> None:
    write_site(tmp_path, edited(CONSTRUCTION, edit("[branch]", "[branch]\nnaem = 1\nform2 = 1")))
    told = report_document(tmp_path)
    assert told["summary"]["findings"]["filing"] == told["sites"][0]["findings"]["filing"] == 2
    assert not [rule for rule in told["rules"] if rule["rule"] == "F004"]
    for format in ("terminal", "markdown"):
        out = report(tmp_path, "--format", format).stdout
        assert "F004" not in out
        assert "另有填报问题2个，未列入本表。" in out
