"""A ledger of forty made-up sites as offices really have them, and what it says, known without reading it."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

CITIES = {"广州": ["海珠区", "天河区", "花都区"], "深圳": ["南山区", "福田区"], "佛山": ["禅城区", "南海区"]}
NUMBER = 40
FEATURES = ["场所", "设施", "标志", "党旗", "书报", "制度"]
GROUPS = [
    ("序号", None),
    *(("工程（小区）基本情况", name) for name in ("项目名称", "类别（下拉选择）", "区县", "所属企业", "开工时间")),
    *(("党支部", name) for name in ("支部名称", "组建形式", "批复单位", "批复时间", "成立时间")),
    ("党员人数", "正式（人）"),
    ("党员人数", "预备"),
    ("党支部责任清单", "印发日期"),
    *(("阵地“六有”", name) for name in FEATURES),
    ("阵地面积（㎡）", None),
    ("备注", None),
]
Facts = dict[str, Any]
"""What a site file says."""


def make_facts(random: Random) -> list[Facts]:
    """Make up sites; some know little of themselves."""
    facts = []
    for number in range(NUMBER):
        city = list(CITIES)[number * len(CITIES) // NUMBER]
        is_site = random.random() < 0.6
        name = f"示例·{city}{random.choice('东南西北')}{number + 1}{'号工地' if is_site else '号小区'}"
        approved = date(2019, random.randint(1, 12), random.randint(1, 28))
        site: Facts = {
            "site": {
                "name": name,
                "kind": "建筑工地" if is_site else "社区物业",
                "district": random.choice(CITIES[city]),
                **maybe(random, organization=f"示例·{city}建设有限公司", started_on=date(2018, 3, number % 28 + 1)),
            },
            "branch": {
                **{"name": f"{name}党支部", "form": random.choice(["单独", "联合", "临时"])},
                **maybe(random, approved_by="示例·集团党委", approved_on=approved, established_on=approved),
                **maybe(random, full_members=random.randint(2, 30), probationary_members=random.randint(0, 3)),
            },
            "responsibility_list": maybe(random, issued_on=date(2020, 1, number % 28 + 1)),
            "activity_space": {
                **maybe(random, area_m2=random.randint(8, 80)),
                **{key: value for key, value in {"has": sample(random, FEATURES)}.items() if value},
            },
        }
        items = [make_item(random, number) for number in range(random.randint(0, 4))]
        if items:
            site["responsibility_list"]["items"] = items
        facts.append({key: value for key, value in site.items() if value})
    return facts


def make_item(random: Random, number: int) -> Facts:
    title = f"示例：第{number + 1}项工作"
    category = random.choice(["安全质量", "小区治理", "服务群众"])
    due = {"due": date(2020, random.randint(1, 12), 15)} if random.random() < 0.7 else {"frequency": "每月"}
    return {"title": title, **maybe(random, owner=random.choice(["张甲", "李乙"])), "category": category, **due}


def maybe(random: Random, **values: Any) -> Facts:
    return {key: value for key, value in values.items() if random.random() < 0.85}


def sample(random: Random, words: list[str]) -> list[str]:
    return [word for word in words if random.random() < 0.7]


def write_ledger(path: Path, facts: list[Facts], random: Random) -> None:
    """Write a sheet a city and one for all responsibilities, in the ways in which people write."""
    book = Workbook()
    book.remove(book.active)
    for number, city in enumerate(CITIES):
        sites = [site for place, site in enumerate(facts) if place * len(CITIES) // NUMBER == number]
        write_city(book.create_sheet(f"{city}市"), city, sites, random)
    write_items(book.create_sheet("党支部责任清单"), facts, random)
    book.create_sheet("填写说明").append(["请如实填写。"])
    book.save(path)


def write_city(sheet: Worksheet, city: str, sites: list[Facts], random: Random) -> None:
    width = len(GROUPS)
    sheet.append([f"{city}市“两新”组织党建试点单位台账"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.append(["填报单位：示例局", *[None] * (width - 3), "2020年11月"])
    sheet.append([group for group, _name in GROUPS])
    sheet.append([name for _group, name in GROUPS])
    for column in range(1, width + 1):
        same = [place for place, (group, _name) in enumerate(GROUPS, 1) if group == GROUPS[column - 1][0]]
        if GROUPS[column - 1][1] is None:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        elif column == same[0] and len(same) > 1:
            sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=same[-1])
    sheet.append([f"（{number}）" for number in range(1, width + 1)])
    for number, site in enumerate(sites, 1):
        sheet.append([number, *site_cells(site, random), random.choice([None, "/", "待核实"])])
        if number == len(sites) // 2:
            sheet.append([None, "小计", *[None] * 9, 99])
    sheet.append(["合计", f"{len(sites)}个"])
    sheet.append(["注：1. 党员人数以党费缴纳为准。"])
    sheet.append(["2. 没有的填“/”。"])
    sheet.append(["填报人：张甲", *[None] * 5, "联系电话：020-00000000"])


def site_cells(site: Facts, random: Random) -> list[Any]:
    profile, branch, space = site["site"], site["branch"], site.get("activity_space", {})
    kind = profile["kind"]
    return [
        *(profile["name"], kind, profile["district"], cell(profile.get("organization"), random)),
        cell(profile.get("started_on"), random),
        *(branch["name"], random.choice([branch["form"], f"{branch['form']}党支部"])),
        *(cell(branch.get(key), random) for key in ("approved_by", "approved_on", "established_on")),
        *(cell(branch.get(key), random, "人") for key in ("full_members", "probationary_members")),
        cell(site.get("responsibility_list", {}).get("issued_on"), random),
        *(random.choice("√✔有是") if word in space.get("has", ()) else None for word in FEATURES),
        cell(space.get("area_m2"), random, "㎡"),
    ]


def cell(value: Any, random: Random, unit: str = "") -> Any:
    """Write a value in one of the ways in which people write it; what is not known is left empty, or marked."""
    match value:
        case None:
            return random.choice([None, "/", "无", "——", "暂无"])
        case date():
            day = (value.year, value.month, value.day)
            spellings = ("{}-{}-{}", "{}/{}/{}", "{}.{}.{}", "{}年{}月{}日", " {}年 {}月{}日 ")
            return random.choice(
                [value, *(spelling.format(*day) for spelling in spellings), value.strftime("%y.%m.%d")]
            )
        case int():
            return random.choice([value, str(value), f"{value}{unit}", f"{value} {unit}"])
        case _:
            return value


def write_items(sheet: Worksheet, facts: list[Facts], random: Random) -> None:
    """Write the responsibilities; the name of a site is merged over its rows."""
    sheet.append(["序号", "小区（工地）名称", "工作事项", "负责人", "事项类别", "完成时限", "频次"])
    sheet["B1"] = "所属项目"
    row, number = 2, 0
    for site in facts:
        items = site.get("responsibility_list", {}).get("items", [])
        for place, item in enumerate(items):
            number += 1
            due = cell(item["due"], random) if "due" in item else "每月"
            owner = cell(item.get("owner"), random)
            owner = "　".join(owner) if owner in ("张甲", "李乙") and random.random() < 0.3 else owner
            name = site["site"]["name"] if place == 0 else None
            sheet.append([number, name, item["title"], owner, item["category"], due])
        if len(items) > 1:
            sheet.merge_cells(start_row=row, end_row=row + len(items) - 1, start_column=2, end_column=2)
        row += len(items)
