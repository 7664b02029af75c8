"""What the findings of every rule say, in Chinese: one plain sentence, and what is in the file where that helps."""

from pathlib import Path

import pytest

from pilot_cli import assess
from pilot_cli.standard.standard import Standard
from tests.editing import edited, read_site
from tests.standard.cases import FAILS
from tests.standard.test_rules import CASES, RULES

# the rule, the case of it, and what it says there
MESSAGES = """
P001|when the end is a day before the start|计划竣工（撤场）日期（2019年2月28日）早于开工（入驻）日期（2019年3月1日）
P002|without an organization|未明确所属“两新”组织
P003|without a liaison and an instructor|未明确党建联系领导或党建指导员
P004|without a brand|未形成支部品牌
P005|without a survey|近12个月未开展满意度调查
P005|with a survey 12 months and a day old|近12个月未开展满意度调查（最近一次为2019年11月22日）
P005|with a survey yet to come|近12个月未开展满意度调查：调查日期（2020年11月24日）晚于检查时点
P006|with a waiver until the day before|第1项暂不执行事项（B003）已于2020年11月22日到期
P006|without a reason|第1项暂不执行事项（B003）未填写理由
P007|with a waiver that names no rule|第1项暂不执行事项未填写检查项编号
P008|when it is the second survey|第2条调查：满意人数（1）多于参评人数（0）
P009|with one more attending than expected|第1条会议记录：实到（7）多于应到（6）
B001|without the table|未成立党支部
B002|without who approved it|成立未经上级党组织批复：未填写批复（批准）单位
B002|approved on the day after the as-of date|成立未经上级党组织批复：批复日期（2020年11月24日）晚于检查时点
B003|with 2 full members|正式党员不足3名：正式党员数为2
B003|without the number of full members|正式党员不足3名：未填写正式党员数
B004|with 51 members in all|党员总数超过50名：正式党员数与预备党员数合计51
B005|without officers|未配备党支部书记
B005|with two secretaries|党支部书记多于1名（实有2）
B006|with 2 officers|支委会委员不足3名（实有2）
B007|without an organization officer|未配备组织委员
B007|without officers|未配备组织委员、宣传委员、纪检委员
B008|with 3 officers|正式党员不足7名而班子成员多于2名（实有3）
B009|on the day that the term runs out|任期届满未换届：任期于2020年11月23日届满
B009|without a date of election|未填写选举日期
B009|with an election yet to come|选举日期（2021年1月1日）晚于检查时点
B010|with 6 units|联合党支部覆盖单位数不符合规定（实有6）
B011|when the project ended the day before|项目已结束，临时党支部未撤销：计划竣工（撤场）日期为2021年12月31日
B012|after 32 days|申请至批复超过1个月：历时32天
B012|before the application|批复日期（2019年5月6日）早于申请日期（2019年5月7日）
B013|the day before approval|成立日期（2019年5月5日）早于批复日期（2019年5月6日）
B013|without a date of establishment|未填写成立日期
B013|established on the day after the as-of date|成立日期（2020年11月24日）晚于检查时点
B014|without an approval number|未填写批复文号
B015|without documents|党支部佐证材料未附或不全：未列明材料
B016|with 4 years|未明确任期或任期不是3年、5年：任期（年）为4
B016|without a term|未明确任期或任期不是3年、5年：未填写任期（年）
B017|with 8 officers|支委会委员多于7名（实有8）
B018|with two deputy secretaries|副书记多于1名（实有2）
B019|with a date of election|临时党支部不进行换届选举：选举日期不应填写
L001|without the table|未制订党支部责任清单
L002|without a date of issue|责任清单未印发：未填写印发日期
L003|without items|责任清单没有事项
L004|when one item has no owner|第2条事项“工友夜校”未填写责任人
L005|when one item has neither|第2条事项“工友夜校”未填写完成时限或频次
L006|when one of two completed items has none|第4条事项未填写办理结果（回音）
L007|when an item was due the day before|第2条事项“工友夜校”应于2020年12月31日完成，已逾期1天
L008|without an item on safety and quality|责任清单未列安全质量类事项
L009|without an item on community governance|责任清单未列小区治理类事项
L010|when the secretary owns none|书记未领办事项（张甲）
L011|without documents|责任清单佐证材料未附或不全：未列明材料
L012|without dates|责任清单逾12个月未修订
L012|when revised 12 months and a day ago|责任清单逾12个月未修订（最近一次为2019年11月22日）
L012|when the revision is yet to come|责任清单逾12个月未修订：最近修订日期（2020年11月24日）晚于检查时点
A001|without the table|未建设党群活动阵地
A002|without an address|未填写阵地地址
A003|when opened the day after|阵地未启用：启用日期（2020年11月24日）晚于检查时点
A004|without any of the six|阵地“六有”不全：缺场所、设施、标志、党旗、书报、制度
A005|with less than 10 square metres|阵地面积不足10平方米：面积（平方米）为9.99
A006|without opening hours|未明确阵地开放时间
A007|without documents|阵地佐证材料未附或不全：未列明材料
G001|without the table|未形成党员发挥作用工作指引
G002|when issued the day after|工作指引未印发：印发日期（2020年11月24日）晚于检查时点
G003|without roles|未设立党员岗（区、队）
G004|when one role has no members|第2条岗位“抢险突击队”未填写成员
G005|with 2 of 5 in roles|参加党员岗（区、队）的党员2名，占正式党员的40.0%，低于60%
G006|with one pledge less|承诺践诺未覆盖全体党员：承诺践诺党员数为4，正式党员数为5
G007|with a volunteer team instead|未设立党员先锋岗或党员责任区
G008|with a pioneer post instead|未设立党员志愿服务队
G009|with one document that does not exist|材料“documents/没有.txt”：文件不存在
W001|without the table|未建立党支部工作制度
W002|without a date of issue|工作制度未印发：未填写印发日期
W003|without rules|制度未涵盖三会一课、主题党日、组织生活会、谈心谈话
W004|without the dues|制度未涵盖党费收缴
W005|with a quarter without a meeting|未按季度召开党员大会：2020年第2季度没有记录
W006|with a month without a meeting|未按月召开支委会：2020年2月没有记录
W007|with a month without a meeting|未按月召开党小组会：2020年8月没有记录
W008|with a month without a day|未按月开展主题党日：2020年5月没有记录
W009|when it was not held|近12个月未上党课
W010|when not held|2019年度未召开组织生活会
W011|when not held|2019年度未开展民主评议党员
W012|when held 12 months and a day ago|近12个月没有谈心谈话记录（最近一次为2019年11月22日）
W012|when yet to be held|近12个月没有谈心谈话记录：日期（2020年11月24日）晚于检查时点
W013|with a third recorder|记录人员不固定：记录人有3名（丙、李乙、王丙）
W014|with one too few at a 支委会 deciding by nothing|2020年11月1日支委会应到10名，实到4名，不足50%
W015|with an absolute path|材料“/etc/passwd”：是绝对路径，应写成相对于填报文件所在文件夹的路径
W016|with one too few at a 党员大会 deciding by 选举|2020年11月1日党员大会应到10名，实到7名，不足80%
W017|with the dues|临时党支部制度列有不应由其办理的事项：党费收缴
""".strip().splitlines()


@pytest.mark.parametrize("row", MESSAGES)
def test_a_finding_says_what_is_wrong(row: str, tmp_path: Path, five_ones: Standard) -> None:
    rule, when, text = row.split("|")
    (case,) = (case for case in CASES if (case.rule, case.when, case.outcome) == (rule, when, FAILS))
    findings = assess(read_site(tmp_path, edited(case.site, *case.edits)), five_ones, case.as_of).findings
    assert [str(finding.message) for finding in findings if finding.rule.id == rule] == [text]


def test_what_every_rule_says_is_written_down() -> None:
    assert {row[:4] for row in MESSAGES} == {rule["id"] for rule in RULES}
