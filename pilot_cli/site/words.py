"""The closed lists of the site format: the words that people choose from.

The value of a member is the Chinese word in the file; its name is the official English term.
"""

from enum import StrEnum

from pilot_cli.locale import Language, current_language


class Word(StrEnum):
    """A word of a closed list."""

    @property
    def label(self) -> str:
        """The word in the current language."""
        if current_language() is Language.CHINESE:
            return self.value
        return self.name.replace("_", " ").lower().replace("party", "Party")


class InspectionMethod(Word):
    """考评方式."""

    READING_DOCUMENTS = "查阅资料"
    LOOKING_ON_SITE = "现场查看"
    TALKING_WITH_PEOPLE = "座谈了解"


class InspectionResult(Word):
    """现场查看结果，多数检查标准的用语."""

    MET = "达标"
    PARTLY_MET = "基本达标"
    NOT_MET = "不达标"


class SiteKind(Word):
    """站点类型."""

    CONSTRUCTION = "建筑工地"
    COMMUNITY = "社区物业"


class OrganizationType(Word):
    """组织类型."""

    NEW_ECONOMIC_ORGANIZATION = "新经济组织"
    NEW_SOCIAL_ORGANIZATION = "新社会组织"
    OTHER = "其他"


class BranchForm(Word):
    """组建形式."""

    SINGLE = "单独"
    JOINT = "联合"
    TEMPORARY = "临时"
    MOBILE = "流动"


class Post(Word):
    """职务."""

    SECRETARY = "书记"
    DEPUTY_SECRETARY = "副书记"
    ORGANIZATION_MEMBER = "组织委员"
    PUBLICITY_MEMBER = "宣传委员"
    DISCIPLINE_INSPECTION_MEMBER = "纪检委员"
    COMMITTEE_MEMBER = "委员"


class ItemCategory(Word):
    """类别."""

    PARTY_BUILDING = "党的建设"
    SAFETY_AND_QUALITY = "安全质量"
    COMMUNITY_GOVERNANCE = "小区治理"
    SERVING_THE_PEOPLE = "服务群众"
    OTHER = "其他"


class Frequency(Word):
    """频次."""

    MONTHLY = "每月"
    QUARTERLY = "每季度"
    HALF_YEARLY = "每半年"
    YEARLY = "每年"


class ItemStatus(Word):
    """进度."""

    NOT_STARTED = "未开始"
    IN_PROGRESS = "进行中"
    DONE = "已完成"


class Feature(Word):
    """阵地“六有”."""

    PLACE = "场所"
    FACILITIES = "设施"
    SIGN = "标志"
    PARTY_FLAG = "党旗"
    READING_MATTER = "书报"
    RULES = "制度"


class RoleKind(Word):
    """作用发挥岗位类型."""

    PIONEER_POST = "党员先锋岗"
    RESPONSIBILITY_AREA = "党员责任区"
    TASK_FORCE = "党员突击队"
    VOLUNTEER_SERVICE_TEAM = "党员志愿服务队"


class WorkRule(Word):
    """制度目录."""

    THREE_MEETINGS_AND_ONE_LECTURE = "三会一课"
    THEMED_PARTY_DAY = "主题党日"
    ORGANIZATIONAL_LIFE_MEETING = "组织生活会"
    DEMOCRATIC_APPRAISAL_OF_MEMBERS = "民主评议党员"
    HEART_TO_HEART_TALK = "谈心谈话"
    MEMBER_EDUCATION_AND_MANAGEMENT = "党员教育管理"
    COLLECTION_OF_DUES = "党费收缴"
    ADMISSION_OF_MEMBERS = "发展党员"
    REQUESTS_AND_REPORTS = "请示报告"


class Decision(Word):
    """议决方式."""

    NONE = "无"
    VOTE = "表决"
    ELECTION = "选举"


class MeetingKind(Word):
    """会议（活动）类型."""

    GENERAL_MEETING_OF_MEMBERS = "党员大会"
    BRANCH_COMMITTEE_MEETING = "支委会"
    PARTY_GROUP_MEETING = "党小组会"
    PARTY_LECTURE = "党课"
    THEMED_PARTY_DAY = "主题党日"
    ORGANIZATIONAL_LIFE_MEETING = "组织生活会"
    DEMOCRATIC_APPRAISAL_OF_MEMBERS = "民主评议党员"
    HEART_TO_HEART_TALK = "谈心谈话"
