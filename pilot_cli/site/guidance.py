"""What each key of the site format is for, with an example: for editors, ledgers, ``pilot new`` and the docs."""

from typing import NamedTuple

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

Example = str | int | float | list[str]


class Guidance(NamedTuple):
    """What to write at a key."""

    text: str = ""
    example: Example | None = None
    """A value as in JSON, with dates as texts; None for tables, and where a closed list shows all values."""

    @property
    def description(self) -> str:
        """The text in the current language."""
        return _(self.text) if self.text else ""


_DOCUMENTS = N_("Supporting material: paths of files, relative to the folder of the site file and inside it.")

GUIDANCE = {
    "format": Guidance(N_("Version of the site format; 1 if left out."), 1),
    "site": Guidance(N_("Which site it is.")),
    "site.id": Guidance(
        N_(
            "2 to 64 lower-case letters, digits and hyphens, not beginning with a hyphen, and no name of Windows such "
            "as con; no other site has it."
        ),
        "guangzhou-pazhou-expo",
    ),
    "site.name": Guidance(N_("Full name of the building site or community."), "示例·琶洲会展工地"),
    "site.kind": Guidance(N_("Building site, or community under property management.")),
    "site.city": Guidance(N_("City at prefecture level."), "广州市"),
    "site.district": Guidance(N_("District or county."), "海珠区"),
    "site.organization": Guidance(
        N_("The “two-new” organization that the branch belongs to, by its full name."), "示例·建设集团有限公司"
    ),
    "site.organization_type": Guidance(N_("New economic organization, new social organization, or other.")),
    "site.started_on": Guidance(N_("Day on which work began, or the property manager moved in."), "2019-03-01"),
    "site.ends_on": Guidance(N_("Day on which work is to end, or the property manager to leave."), "2022-06-30"),
    "site.liaison": Guidance(N_("The leader for whom the site is a contact point of Party building."), "示例·陈某某"),
    "site.instructor": Guidance(N_("The instructor who is sent to help with Party building."), "示例·林某某"),
    "site.brand": Guidance(N_("The brand of the branch: “one branch, one brand”."), "红色工地"),
    "branch": Guidance(N_("The Party branch that is set up at the site.")),
    "branch.name": Guidance(N_("Full name of the branch."), "示例·琶洲会展工地临时党支部"),
    "branch.form": Guidance(N_("Single, joint, temporary or mobile branch.")),
    "branch.applied_on": Guidance(N_("Day on which the branch was applied for."), "2019-03-05"),
    "branch.approved_on": Guidance(N_("Day on which the higher Party organization approved it."), "2019-03-20"),
    "branch.approved_by": Guidance(N_("The higher Party organization that approved the branch."), "示例·集团党委"),
    "branch.approval_no": Guidance(N_("Number of the approval document."), "示例党〔2019〕8号"),
    "branch.superior": Guidance(
        N_("The Party organization next above; if left out, the one that approved the branch."), "示例·集团党委"
    ),
    "branch.established_on": Guidance(N_("Day on which the branch was set up."), "2019-03-25"),
    "branch.elected_on": Guidance(N_("Day of the latest election of its committee or secretary."), "2019-03-25"),
    "branch.term_years": Guidance(N_("Term of office in years: 3, or 5 in communities and villages."), 3),
    "branch.full_members": Guidance(N_("How many full members the branch has."), 8),
    "branch.probationary_members": Guidance(N_("How many probationary members the branch has."), 1),
    "branch.groups": Guidance(N_("How many Party groups the branch has; 0 if left out."), 2),
    "branch.covers": Guidance(
        N_("The units whose members the branch brings together."), ["示例·总包单位", "示例·监理单位"]
    ),
    "branch.documents": Guidance(_DOCUMENTS, ["documents/批复.pdf"]),
    "branch.officers": Guidance(N_("Members of the committee, each with name and posts.")),
    "branch.officers.name": Guidance(N_("Name of the officer."), "示例·张甲"),
    "branch.officers.posts": Guidance(N_("The posts that the officer holds.")),
    "responsibility_list": Guidance(N_("The list of what the branch is responsible for.")),
    "responsibility_list.issued_on": Guidance(N_("Day on which the list was issued."), "2019-04-01"),
    "responsibility_list.reviewed_on": Guidance(N_("Day on which the list was last revised."), "2020-04-01"),
    "responsibility_list.documents": Guidance(_DOCUMENTS, ["documents/责任清单.docx"]),
    "responsibility_list.items": Guidance(N_("The tasks, with owner, due date or frequency, progress and answer.")),
    "responsibility_list.items.title": Guidance(N_("What is to be done."), "每月开展安全隐患排查"),
    "responsibility_list.items.owner": Guidance(N_("Who is responsible for it."), "示例·张甲"),
    "responsibility_list.items.category": Guidance(N_("What field of work the task belongs to.")),
    "responsibility_list.items.due": Guidance(
        N_("By when it is to be done; a standing task has a frequency."), "2020-12-31"
    ),
    "responsibility_list.items.frequency": Guidance(N_("How often it is to be done.")),
    "responsibility_list.items.status": Guidance(N_("How far it has come; not started if left out.")),
    "responsibility_list.items.done_on": Guidance(N_("Day on which it was done."), "2020-10-15"),
    "responsibility_list.items.feedback": Guidance(
        N_("What came of it: the answer that is given to whoever is concerned."), "隐患已整改，结果已公示"
    ),
    "activity_space": Guidance(N_("The space for Party members and residents or workers.")),
    "activity_space.name": Guidance(N_("Name of the space."), "示例·党群服务站"),
    "activity_space.address": Guidance(N_("Where the space is."), "项目部一楼101室"),
    "activity_space.opening_hours": Guidance(N_("When the space is open."), "周一至周五 9:00-18:00"),
    "activity_space.shared_with": Guidance(N_("Who shares the space."), "示例·社区居委会"),
    "activity_space.area_m2": Guidance(N_("Floor area in square metres, above 0."), 60),
    "activity_space.opened_on": Guidance(N_("Day on which the space came into use."), "2019-05-01"),
    "activity_space.has": Guidance(N_("Which of the “six haves” the space has.")),
    "activity_space.documents": Guidance(_DOCUMENTS, ["documents/阵地照片.jpg"]),
    "member_guide": Guidance(N_("The guide on how members play their part.")),
    "member_guide.issued_on": Guidance(N_("Day on which the guide was issued."), "2019-04-10"),
    "member_guide.pledged_members": Guidance(N_("How many members have pledged what they will do."), 8),
    "member_guide.documents": Guidance(_DOCUMENTS, ["documents/工作指引.pdf"]),
    "member_guide.roles": Guidance(N_("The posts, areas and teams in which members play their part.")),
    "member_guide.roles.kind": Guidance(N_("Which kind of role it is.")),
    "member_guide.roles.name": Guidance(N_("What the post, area or team is called."), "质量安全先锋岗"),
    "member_guide.roles.lead": Guidance(N_("Who leads it."), "示例·李乙"),
    "member_guide.roles.duty": Guidance(N_("What it is to do."), "巡查安全隐患，带头整改"),
    "member_guide.roles.members": Guidance(N_("The members who take part, by name."), ["示例·张甲", "示例·李乙"]),
    "work_rules": Guidance(N_("The written rules by which the branch works, and the records of its work.")),
    "work_rules.issued_on": Guidance(N_("Day on which the rules were issued."), "2019-04-10"),
    "work_rules.covers": Guidance(N_("What the rules cover.")),
    "work_rules.documents": Guidance(_DOCUMENTS, ["documents/工作制度.pdf"]),
    "work_rules.records": Guidance(N_("The meetings and activities that were held, one each.")),
    "work_rules.records.kind": Guidance(N_("Which kind of meeting or activity it was.")),
    "work_rules.records.date": Guidance(N_("Day on which it was held."), "2020-11-05"),
    "work_rules.records.title": Guidance(N_("What it was about."), "学习党的十九届五中全会精神"),
    "work_rules.records.recorder": Guidance(N_("Who kept the record."), "示例·王丙"),
    "work_rules.records.lecturer": Guidance(N_("Who gave the Party lecture."), "示例·张甲"),
    "work_rules.records.attended": Guidance(N_("How many attended."), 7),
    "work_rules.records.expected": Guidance(
        N_("How many should have attended: members with the right to vote; at elections, those entitled to elect."), 8
    ),
    "work_rules.records.year": Guidance(
        N_("The year that an organizational life meeting or an appraisal of members is for."), 2020
    ),
    "work_rules.records.decision": Guidance(N_("Whether the meeting voted, elected, or neither.")),
    "work_rules.records.host": Guidance(N_("Who was in the chair."), "示例·张甲"),
    "satisfaction": Guidance(N_("Surveys of how workers or residents rate the service of the branch.")),
    "satisfaction.surveyed_on": Guidance(N_("Day of the survey."), "2020-09-30"),
    "satisfaction.rated": Guidance(N_("How many people were asked."), 120),
    "satisfaction.satisfied": Guidance(N_("How many of them are satisfied."), 112),
    "waivers": Guidance(N_("What the site is excused from for a time, on whose word and why.")),
    "waivers.rule": Guidance(N_("The id of the rule, e.g. B003."), "B003"),
    "waivers.reason": Guidance(N_("Why the site is excused; not empty."), "项目收尾，党员已陆续转出"),
    "waivers.approved_by": Guidance(N_("Who approved it; not empty."), "示例·上级党委"),
    "waivers.until": Guidance(N_("The last day on which it holds."), "2021-03-31"),
}
"""The guidance by the dotted paths of the keys, in the order of the format."""

INSPECTION_GUIDANCE = {
    "inspections": Guidance(N_("Visits to the site, on each of which somebody looked at one or more items.")),
    "inspections.on": Guidance(N_("Day of the inspection."), "2020-11-23"),
    "inspections.by": Guidance(N_("Who looked."), "第一检查组 示例·张某"),
    "inspections.results": Guidance(N_("What was seen, item by item.")),
    "inspections.results.rule": Guidance(N_("The id of the on-site item of the standard, e.g. Y003."), "Y003"),
    "inspections.results.result": Guidance(N_("The result, in one of the words that the item has for it."), "基本达标"),
    "inspections.results.note": Guidance(N_("What is wrong, as it is told to the site."), "会议室未上墙"),
    "inspections.results.photos": Guidance(
        N_("Pictures: paths of files, relative to the folder of the site file and inside it."), ["photos/IMG_1203.jpg"]
    ),
}
"""The same of the file of inspections."""


def guidance_for(path: str) -> Guidance:
    """Return the guidance on the key at a dotted path of either file; an empty one for a key that has none yet."""
    return GUIDANCE.get(path) or INSPECTION_GUIDANCE.get(path, Guidance())
