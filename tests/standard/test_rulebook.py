"""The built-in standard word by word as the rulebook has it: weight, what it is about, and what is wrong."""

import pytest

from pilot_cli.site.model import Pillar
from pilot_cli.site.rule_info import About
from pilot_cli.standard.rule import POINTS, Credit
from pilot_cli.standard.standard import Standard

# id, severity, s: credit by share, f: about the file, 0: worth nothing, and what is wrong
RULEBOOK = """
P001 error f 计划竣工（撤场）日期早于开工（入驻）日期
P002 warning - 未明确所属“两新”组织
P003 info - 未明确党建联系领导或党建指导员
P004 info - 未形成支部品牌
P005 info - 近12个月未开展满意度调查
P006 warning f 暂不执行事项已到期或手续不全
P007 warning f 暂不执行事项所列检查项不存在
P008 warning f 满意人数多于参评人数
P009 warning f 实到人数多于应到人数
B001 error - 未成立党支部
B002 error - 成立未经上级党组织批复
B003 error - 正式党员不足3名
B004 warning - 党员总数超过50名
B005 error - 未配备党支部书记，或党支部书记多于1名
B006 error - 支委会委员不足3名
B007 warning s 未配备组织委员或宣传委员或纪检委员
B008 info - 正式党员不足7名而班子成员多于2名
B009 warning - 任期届满未换届，或未填写选举日期
B010 warning - 联合党支部覆盖单位数不符合规定
B011 warning - 项目已结束，临时党支部未撤销
B012 info 0 申请至批复超过1个月
B013 warning - 成立日期未填写或早于批复日期
B014 info - 未填写批复文号
B015 warning s 党支部佐证材料未附或不全
B016 warning - 未明确任期或任期不是3年、5年
B017 warning - 支委会委员多于7名
B018 warning - 副书记多于1名
B019 warning - 临时党支部不进行换届选举
L001 error - 未制订党支部责任清单
L002 error - 责任清单未印发
L003 error - 责任清单没有事项
L004 error s 事项未明确责任人
L005 error s 事项未明确完成时限或频次
L006 warning s 已完成事项没有办理结果
L007 warning s 事项逾期未办结
L008 warning - 责任清单未列安全质量类事项
L009 warning - 责任清单未列小区治理类事项
L010 info - 书记未领办事项
L011 warning s 责任清单佐证材料未附或不全
L012 info - 责任清单逾12个月未修订
A001 error - 未建设党群活动阵地
A002 error - 未填写阵地地址
A003 error - 阵地未启用
A004 warning s 阵地“六有”不全
A005 info - 阵地面积不足10平方米
A006 info - 未明确阵地开放时间
A007 warning s 阵地佐证材料未附或不全
G001 error - 未形成党员发挥作用工作指引
G002 error - 工作指引未印发
G003 error - 未设立党员岗（区、队）
G004 error s 党员岗（区、队）没有成员
G005 warning - 参加党员岗（区、队）的党员不足六成
G006 info - 承诺践诺未覆盖全体党员
G007 info - 未设立党员先锋岗或党员责任区
G008 info - 未设立党员志愿服务队
G009 warning s 工作指引佐证材料未附或不全
W001 error - 未建立党支部工作制度
W002 error - 工作制度未印发
W003 error s 制度未涵盖三会一课或主题党日或组织生活会或谈心谈话
W004 warning s 制度未涵盖民主评议党员或党费收缴
W005 warning s 未按季度召开党员大会
W006 warning s 未按月召开支委会
W007 warning s 未按月召开党小组会
W008 warning s 未按月开展主题党日
W009 warning - 近12个月未上党课
W010 warning - 应查年度未召开组织生活会
W011 warning - 应查年度未开展民主评议党员
W012 info - 近12个月没有谈心谈话记录
W013 info - 记录人员不固定
W014 warning s 到会人数不足半数而议事表决
W015 warning s 工作制度佐证材料未附或不全
W016 warning s 选举到会人数不足五分之四
W017 info - 临时党支部制度列有不应由其办理的事项
""".strip().splitlines()
LETTERS = dict(zip("BLAGW", Pillar, strict=True))


@pytest.mark.parametrize("row", RULEBOOK)
def test_a_rule_is_as_the_rulebook_has_it(row: str, five_ones: Standard) -> None:
    id, severity, kind, problem = row.split(" ", 3)
    (rule,) = (rule for rule in five_ones.rules if rule.info.id == id)
    assert (rule.info.severity, str(rule.info.problem)) == (severity, problem)
    assert rule.info.about is (About.FILING if kind == "f" else About.WORK)
    assert rule.credit is (Credit.SHARE if kind == "s" else Credit.ALL)
    assert rule.points == (0 if kind == "0" else POINTS[rule.info.severity])
    assert rule.info.pillar == LETTERS.get(id[0])


def test_the_rulebook_has_no_other_rules(five_ones: Standard) -> None:
    assert [rule.info.id for rule in five_ones.rules] == [row[:4] for row in RULEBOOK]
    assert sorted(five_ones.placeholders.texts) == sorted(
        ("无", "暂无", "没有", "待定", "待补", "待补充", "未定", "不详", "同上", "N/A", "none", "null", "TBD")
    )
    assert [grade[:2] for grade in five_ones.grades] == [(90, 5), (75, 0), (60, 0), (0, 0)]


def test_no_rule_speaks_of_tables_or_punishes(five_ones: Standard) -> None:
    for rule in five_ones.rules:
        texts = [rule.info.title, rule.info.problem, rule.info.basis, rule.info.advice]
        for text in map(str, texts):
            assert not any(word in text for word in ("警告", "豁免", "规则", "站点", "[", "]", "{", "}"))
