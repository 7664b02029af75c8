"""Names that offices use for the columns, column groups and sheets of a ledger, besides the labels of fields.

They are compared as ``normalized`` leaves them. Whoever knows another name adds it here; an office adds its own in the
settings.
"""

import re
from functools import lru_cache

from pilot_cli.site.texts import is_invisible, nfkc

COLUMN_NAMES = {
    "site.id": ("编号", "站点代码", "试点编号", "项目编号", "单位编号", "试点单位编号"),
    "site.name": (
        *("项目名称", "工程名称", "小区名称", "工地名称", "站点", "试点名称", "试点单位", "试点单位名称", "试点站点"),
        *("工程项目名称", "建设项目名称", "项目部名称", "楼盘名称", "物业小区名称", "项目（小区）名称", "试点项目"),
        *("试点项目名称", "所属站点", "所属项目", "项目", "小区"),
    ),
    "site.kind": ("类型", "类别", "项目类型", "站点类别", "试点类型", "试点类别", "单位类型", "领域"),
    "site.city": ("市", "城市", "所在市", "所在地市", "所属地市", "地级市", "所属市"),
    "site.district": ("区", "县区", "县（区）", "区（县）", "所在区", "所属区", "所在区县", "所属区县", "县（市、区）"),
    "site.organization": (
        *("所属企业", "所属单位", "所属两新组织", "企业名称", "施工单位", "总承包单位", "物业公司", "物业服务企业"),
        *("两新组织名称", "所属组织", "所属公司", "物业企业", "施工总承包单位", "两新组织"),
    ),
    "site.organization_type": ("两新组织类型", "组织类别", "企业类型"),
    "site.started_on": ("开工时间", "入驻日期", "进场日期", "进驻日期", "项目开工日期", "接管日期"),
    "site.ends_on": ("竣工日期", "计划竣工日期", "完工日期", "撤场日期", "预计竣工日期", "拟竣工日期", "合同到期日期"),
    "site.liaison": ("联系领导", "挂点领导", "挂钩领导", "党建联系领导", "联系点领导", "挂点联系领导", "联点领导"),
    "site.instructor": ("指导员", "党建指导员姓名", "选派党建指导员"),
    "site.brand": ("党建品牌", "党支部品牌", "品牌", "品牌名称", "一支部一品牌"),
    "branch.name": ("支部名称", "党组织名称", "临时党支部名称", "支部全称", "党支部全称"),
    "branch.form": ("支部类型", "党支部类型", "组建方式", "党支部组建形式", "支部形式", "成立形式", "设置形式"),
    "branch.applied_on": ("请示日期", "申请成立日期", "报批日期"),
    "branch.approved_on": ("批准日期", "批复成立日期", "批准成立日期", "党支部批复日期"),
    "branch.approved_by": ("批复单位", "批准单位", "审批单位", "批复党组织", "批准党组织", "批复机关"),
    "branch.approval_no": ("批文号", "文号", "批准文号", "批复文件", "批复文件号"),
    "branch.superior": ("上级党委", "隶属党组织", "上级组织", "主管党组织", "所属党组织", "所属党委"),
    "branch.established_on": ("党支部成立日期", "支部成立日期", "组建日期", "成立年月日", "党组织成立日期"),
    "branch.elected_on": ("换届日期", "最近换届日期", "上次换届日期", "最近一次换届日期", "选举产生日期"),
    "branch.term_years": ("任期", "届期", "任期年限"),
    "branch.full_members": (
        *("正式党员", "正式党员人数", "党员人数", "党员数", "党员总数", "党员数量", "党员人数正式", "党员数正式"),
        *("正式党员总数", "在册党员数"),
    ),
    "branch.probationary_members": ("预备党员", "预备党员人数", "党员人数预备", "党员数预备"),
    "branch.groups": ("党小组", "党小组个数", "党小组数量", "下设党小组", "下设党小组数"),
    "branch.covers": ("覆盖企业", "覆盖组织", "联合单位", "参建单位", "覆盖单位名称", "联建单位"),
    "branch.documents": ("批复佐证材料", "支部佐证材料"),
    "responsibility_list.issued_on": ("责任清单印发日期", "清单印发日期", "责任清单制订日期"),
    "responsibility_list.reviewed_on": ("修订日期", "责任清单修订日期", "最近修订", "清单修订日期"),
    "responsibility_list.documents": ("责任清单佐证材料", "清单佐证材料"),
    "activity_space.name": ("党群活动阵地名称", "活动阵地名称", "党群服务站名称", "活动室名称", "党员活动室名称"),
    "activity_space.address": ("阵地地址", "活动阵地地址", "阵地位置", "党群活动阵地地址", "活动室地址", "阵地地点"),
    "activity_space.opening_hours": ("阵地开放时间", "开放时段"),
    "activity_space.shared_with": ("共建共用单位", "阵地共用单位", "共享单位", "共建单位"),
    "activity_space.area_m2": ("面积", "阵地面积", "建筑面积", "活动阵地面积", "阵地面积平方米", "活动室面积"),
    "activity_space.opened_on": ("阵地启用日期", "启用", "投用日期", "建成启用日期", "投入使用日期"),
    "activity_space.has": ("六有", "六有情况", "阵地六有情况", "六有建设", "阵地设施"),
    "activity_space.documents": ("阵地佐证材料", "活动阵地佐证材料"),
    "member_guide.issued_on": ("工作指引印发日期", "指引印发日期", "发挥作用指引印发日期"),
    "member_guide.pledged_members": ("承诺党员数", "承诺践诺人数", "承诺践诺党员人数", "承诺践诺党员"),
    "member_guide.documents": ("工作指引佐证材料", "指引佐证材料"),
    "work_rules.issued_on": ("工作制度印发日期", "制度印发日期"),
    "work_rules.covers": ("制度名称", "制度清单", "已建立制度", "制度内容", "工作制度目录", "制度"),
    "work_rules.documents": ("工作制度佐证材料", "制度佐证材料"),
    "branch.officers.name": ("班子成员", "成员姓名", "班子成员姓名", "支委姓名", "委员姓名"),
    "branch.officers.posts": ("党内职务", "支部职务", "班子职务", "任职", "分工", "支委职务"),
    "responsibility_list.items.title": ("工作事项", "责任事项", "事项内容", "任务", "工作任务", "工作内容", "具体事项"),
    "responsibility_list.items.owner": ("负责人", "责任人姓名", "牵头人", "领办人", "承办人", "责任领导"),
    "responsibility_list.items.category": ("类型", "事项类别", "事项类型", "工作类别", "分类"),
    "responsibility_list.items.due": ("时限", "办结时限", "完成期限", "办理时限", "截止日期", "要求完成日期"),
    "responsibility_list.items.frequency": ("频率", "周期", "工作频次", "办理频次"),
    "responsibility_list.items.status": ("完成情况", "办理进度", "进展", "状态", "办理状态", "工作进度", "完成状态"),
    "responsibility_list.items.done_on": ("办结日期", "实际完成日期", "完成时间"),
    "responsibility_list.items.feedback": ("回音", "办理结果", "办理情况", "结果", "反馈", "反馈情况", "落实情况"),
    "member_guide.roles.kind": ("岗位类型", "类别", "岗位类别"),
    "member_guide.roles.name": ("岗位名称", "岗位", "队伍名称", "责任区名称"),
    "member_guide.roles.lead": ("岗位负责人", "队长", "牵头人", "责任人", "组长"),
    "member_guide.roles.duty": ("岗位职责", "工作职责", "职责任务", "主要职责"),
    "member_guide.roles.members": ("成员名单", "党员名单", "岗位成员", "参加党员", "成员姓名", "队员"),
    "work_rules.records.kind": ("会议类型", "活动类型", "类别", "会议名称", "会议（活动）类型", "会议类别"),
    "work_rules.records.date": ("会议日期", "召开日期", "活动日期", "时间", "开展日期", "会议时间"),
    "work_rules.records.title": ("会议主题", "活动主题", "议题", "会议议题", "内容", "会议内容", "主要内容"),
    "work_rules.records.recorder": ("记录员", "会议记录人", "记录"),
    "work_rules.records.lecturer": ("授课人", "主讲人", "讲课人姓名"),
    "work_rules.records.attended": ("实到人数", "到会人数", "参加人数", "实际到会人数", "出席人数", "参会人数"),
    "work_rules.records.expected": ("应到人数", "应到会人数", "应参加人数", "应到党员数"),
    "work_rules.records.year": ("年度", "年份", "会议年度"),
    "work_rules.records.decision": ("议决", "表决方式", "决议方式"),
    "work_rules.records.host": ("主持", "会议主持人"),
    "satisfaction.surveyed_on": ("测评日期", "测评时间", "日期", "调查时间", "开展日期"),
    "satisfaction.rated": ("参评", "测评人数", "参加测评人数", "调查人数", "发放份数", "有效票数"),
    "satisfaction.satisfied": ("满意", "满意数", "满意票数"),
    "waivers.rule": ("豁免规则", "检查项", "检查项编号", "规则", "规则编号", "豁免事项", "暂不执行检查项"),
    "waivers.reason": ("原因", "豁免理由", "暂不执行理由", "事由", "说明理由"),
    "waivers.approved_by": ("批准单位", "批复单位", "审批单位", "批准机关"),
    "waivers.until": ("有效期", "截止日期", "有效期限", "到期日期", "有效期截止"),
    "inspections.on": ("检查日期", "查看日期", "现场查看日期", "现场检查日期"),
    "inspections.by": ("检查人员", "查看人员", "查看人", "检查人", "检查组", "查看组"),
    "inspections.results.rule": ("现场查看项", "检查项", "现场查看项编号", "检查项目编号"),
    "inspections.results.result": ("查看结果", "检查结果", "评定结果", "现场查看结果"),
    "inspections.results.note": ("问题记录", "存在问题", "查看情况", "检查情况"),
    "inspections.results.photos": ("现场照片", "照片文件", "照片名称"),
}
"""Other names of columns, by the path of the field. A date may be called 时间 where its name ends with 日期."""

NAMES_IN_GROUP = {
    "site.name": ("名称", "全称"),
    "site.kind": ("类型",),
    "branch.name": ("名称", "全称"),
    "branch.form": ("形式", "类型"),
    "branch.full_members": ("正式", "正式党员", "合计", "总数", "人数"),
    "branch.probationary_members": ("预备", "预备党员"),
    "branch.approved_on": ("批复", "批准"),
    "branch.established_on": ("成立",),
    "branch.elected_on": ("选举", "换届"),
    "branch.applied_on": ("申请",),
    "activity_space.name": ("名称",),
    "activity_space.address": ("位置", "地点"),
    "responsibility_list.issued_on": ("印发", "制订日期"),
    "member_guide.issued_on": ("印发", "制订日期"),
    "work_rules.issued_on": ("印发", "制订日期"),
}
"""Names that say which column is meant only below the head of a group: 党支部/名称, 党员人数/正式."""

GROUP_NAMES = {
    "site": ("站点", "项目", "基本情况", "基本信息", "站点信息", "项目基本情况", "项目概况", "站点基本情况"),
    "branch": (
        *("党支部", "支部", "党支部情况", "党支部建设", "党组织", "支部情况", "支部信息", "党支部信息", "党组织情况"),
        *("党员人数", "党员数", "党员情况", "党员", "党员数量", "党支部基本情况", "临时党支部"),
    ),
    "responsibility_list": ("责任清单", "党支部责任清单", "责任清单情况"),
    "activity_space": ("阵地", "活动阵地", "阵地建设", "阵地六有", "六有", "党群活动阵地", "阵地情况", "党群服务站"),
    "member_guide": ("工作指引", "发挥作用指引", "党员发挥作用", "党员发挥作用指引"),
    "work_rules": ("工作制度", "党支部工作制度", "制度", "支部工作制度", "制度建设"),
}
"""What the head of a group of columns is called, by the path of the table that they belong to."""

SHEET_NAMES = {
    "": (
        "站点信息",
        "站点台账",
        "站点表",
        "试点单位",
        "试点站点",
        "基本情况",
        "基本信息",
        "站点情况",
        "项目信息",
        "项目台账",
    ),
    "branch.officers": ("班子", "支部班子", "支委班子", "党支部班子", "支委成员", "支委会成员", "班子成员表"),
    "responsibility_list.items": ("责任清单表", "责任事项", "党支部责任清单", "责任清单事项"),
    "member_guide.roles": ("岗位", "党员岗位", "作用发挥", "党员作用发挥岗位", "岗区队", "党员发挥作用"),
    "work_rules.records": ("会议", "会议活动", "会议台账", "组织生活", "组织生活记录", "三会一课", "会议（活动）记录"),
    "satisfaction": ("满意度调查", "满意度测评", "满意度情况"),
    "waivers": ("豁免", "暂不执行", "豁免事项"),
    "inspections": ("现场检查", "查看记录", "现场检查记录", "查看结果"),
}
"""Other names of sheets, by the path of the list that their rows are; that of the sites has none."""

NUMBERING_NAMES = frozenset({"序号", "序", "no", "行号", "顺序号", "序列"})
"""What a column is called that only numbers the rows."""

_NOTE = re.compile(
    r"\((?:必填|选填|可选|自动.*|required|optional|人|名|个|人数|位|户|份|年|㎡|m2|m²|平方米|平米|单位.*|下拉.*|.*选择|单选|多选|"
    r"可多选|.*可填.*|请.*|须.*|应填.*|按.*|如.*|例.*|格式.*|填.*|.*填写|.*为准|年月日|年/月/日|yyyy.*|"
    r"全称|.*一致|注.*|文本.*|日期|数字|√|打√|是/?否|有/?无|是或否|有或无|见.*|详见.*)\)"
)
"""What people add to a header without meaning another column."""
_IGNORED = re.compile(r"[\s*:·.,、_“”\"'’‘《》;?？\-]")


def normalized(text: object) -> str:
    """Take off what people write differently: blanks, widths, punctuation, asterisks, upper case."""
    return _normalized(str(text))


@lru_cache(10_000)
def _normalized(text: str) -> str:
    seen = "".join(letter for letter in text if not is_invisible(letter))
    return _IGNORED.sub("", nfkc(seen)).lower()


def without_note(name: str) -> str:
    """Leave out of a normalized name what is in brackets and only says how to fill in the column."""
    return _NOTE.sub("", name)


def without_brackets(name: str) -> str:
    """Leave out of a normalized name all that is in brackets."""
    return re.sub(r"\([^()]*\)", "", name)
