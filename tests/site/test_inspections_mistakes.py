"""What is wrong in a file of inspections is told in the words of its own format, and never in those of site files."""

import pytest

from pilot_cli.site.inspections_reader import parse_inspections

INSPECTION = "[[inspections]]\non = 2020-11-23\n"
RESULT = f'{INSPECTION}[[inspections.results]]\nrule = "Y003"\nresult = "达标"\n'


@pytest.mark.parametrize(
    ("text", "problem", "advice"),
    [
        (f"{INSPECTION}by = 第一组\n", "文字要加英文引号", '应写成：by = "第一组"'),
        (f"{INSPECTION}by = 第一组、\n", "文字要加英文引号", '文字请用英文双引号括起，如 by = "…"。'),
        ("[[inspections]]\n检查日期 = 2020-11-23\n", "“检查日期”要用英文名称 on", "应写成：on = 2020-11-23"),
        (
            "[[inspections]]\non = ２０２０\n",
            "日期没有写到日",
            "日期请写成2020-11-23的形式；不清楚是哪一日就删除这一行。",
        ),
        ("[[现场查看记录]]\n", "“现场查看记录”要用英文名称 inspections", "应写成：[[inspections]]"),
        (f"{INSPECTION}[inspections]\n", "此处可填写多条，每一条的标题都要用双方括号", "应写成：[[inspections]]"),
        ("[[inspections]\n", "标题的方括号没有写完", "标题请以 ]] 结束，如 [[inspections]]。"),
        (f"{RESULT}甲 = 1\n", "项目名称中有不能使用的字符", "项目名称是规定的英文名称，如 by，请对照填写说明。"),
        (f"{INSPECTION}by\n", "项目名称后面没有等号和内容", '请写成“名称 = 内容”，如 by = "…"；备注请以 # 开头。'),
        (f'{RESULT}photos = ["照片\\现场.jpg"]\n', "引号中的反斜杠 \\ 用得不对", '应写成：photos = ["照片/现场.jpg"]'),
        # Keys of site files are no more than texts here.
        (f"{RESULT}full_members = 五名\n", "文字要加英文引号", '应写成：full_members = "五名"'),
        (f"{RESULT}established_on = 五月\n", "文字要加英文引号", '应写成：established_on = "五月"'),
    ],
)
def test_mistakes_are_told_by_the_format_of_inspections(text: str, problem: str, advice: str) -> None:
    found = parse_inspections(text.encode(), "inspections.toml").problems[0]
    assert (found.rule.id, str(found.message), str(found.advice)) == ("F003", problem, advice)
