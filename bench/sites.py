"""Makes any number of site files for the benchmarks: the same ones for the same seed.

They are as long as real ones, and as good: about half have all five ones, most others lack something here and there, a
few a whole table; some have mistakes in single values, and two in a hundred are no TOML or no UTF-8 at all. One in two
hundred has the id or the approval number of another. Every site has a folder with documents, in that of its city.

    python bench/sites.py FOLDER --sites 30000
"""

import argparse
import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

AS_OF = date(2020, 11, 23)
CITIES = (
    *("广州市", "深圳市", "珠海市", "汕头市", "佛山市", "韶关市", "河源市", "梅州市", "惠州市", "汕尾市", "东莞市"),
    *("中山市", "江门市", "阳江市", "湛江市", "茂名市", "肇庆市", "清远市", "潮州市", "揭阳市", "云浮市"),
)
DOCUMENTS = ("批复.txt", "清单.txt", "阵地.txt", "指引.txt", "制度.txt")
MOST_LINKS = 50_000
"""So many names a file system gives one file without complaint; ext4 allows 65,000."""
NAMES = [a + b for a in "陈李张黄何罗林梁郑周" for b in ("志强", "丽华", "建国", "秀英", "晓明", "文", "海涛", "敏")]
FEATURES = ("场所", "设施", "标志", "党旗", "书报", "制度")
WORK_RULES = ("三会一课", "主题党日", "组织生活会", "谈心谈话", "党员教育管理")
WORK_RULES_OF_MEMBERS = ("民主评议党员", "党费收缴")
"""Those for branches that hold the memberships of their members, as temporary ones do not."""
TASKS = (
    *("每月安全隐患排查并公示整改结果", "高支模、深基坑专项安全检查", "工友宿舍热水和防暑降温改造"),
    *("小区高空抛物和飞线充电治理", "组织党员志愿者为独居老人上门服务", "协调解决电梯维修资金使用问题"),
)
MISTAKES = (
    ("area_m2 = ", "area_m2 = -"),
    ('form = "', 'form = "挂靠'),
    ("brand = ", "brnad = "),
    ("opened_on = 2020-06-15", 'opened_on = "2020年6月15日"'),
)
"""What is written, and what stands there by mistake."""


def make_sites(folder: Path, number: int, seed: int = 1) -> None:
    """Write so many sites below a folder that is there."""
    random = Random(seed)
    originals = folder / ".originals"
    originals.mkdir()
    for index in range(number):
        if index % MOST_LINKS == 0:
            for name in DOCUMENTS:
                (originals / name).unlink(missing_ok=True)
                (originals / name).write_text(f"示例：{name}\n", "utf-8")
        city = CITIES[index * len(CITIES) // number]
        site = folder / city / _id(index)
        (site / "documents").mkdir(parents=True)
        for name in DOCUMENTS:
            if random.random() < 0.99:
                os.link(originals / name, site / "documents" / name)
        (site / "site.toml").write_bytes(site_file(random, index, city))


def site_file(random: Random, index: int, city: str) -> bytes:
    """Make the bytes of one site file."""
    is_good = random.random() < 0.35
    lines = list(_Site(random, index, city, keeps=1.0 if is_good else 0.95).lines())
    if not is_good and random.random() < 0.1:
        table = random.choice(("activity_space", "member_guide", "responsibility_list"))
        start = lines.index(f"[{table}]")
        others = (end for end in range(start, len(lines)) if lines[end].startswith("[") and table not in lines[end])
        del lines[start : next(others)]
    text = "\n".join(lines) + "\n"
    fate = random.random()
    if fate < 0.07:
        text = text.replace(*random.choice(MISTAKES))
    elif fate < 0.08:
        text = text.replace('name = "', "name = “", 1)
    elif fate < 0.09:
        return text.encode("gb18030")
    return text.encode()


class _Site:
    """Writes a site that is complete but for what chance leaves out."""

    def __init__(self, random: Random, index: int, city: str, keeps: float) -> None:
        self.random = random
        self.index = index
        self.city = city
        self.keeps = keeps
        """The probability with which a line is there."""
        self.is_construction = random.random() < 0.5
        self.people = random.sample(NAMES, 8)
        self.members = random.randint(3, 6)

    def lines(self) -> Iterator[str]:
        yield from ("# 示例：为测速虚构的站点。An invented example for benchmarks.", "format = 1")
        yield from self.profile()
        yield from self.branch()
        yield from self.responsibility_list()
        yield from self.activity_space()
        yield from self.member_guide()
        yield from self.work_rules()
        yield from ("", "[[satisfaction]]", *self.some("surveyed_on = 2020-10-20", "rated = 80", "satisfied = 78"))

    def some(self, *lines: str) -> Iterator[str]:
        return (line for line in lines if self.random.random() < self.keeps)

    def number(self) -> int:
        """The number of the site or, rarely, that of the one before."""
        return max(self.index - 1, 0) if self.random.random() < 0.0025 else self.index

    def day(self, earliest: int, latest: int) -> date:
        return AS_OF - timedelta(self.random.randint(latest, earliest))

    def profile(self) -> Iterator[str]:
        yield from ("", "[site]", f'id = "{_id(self.number())}"')
        yield f'name = "示例·第{self.index}号{"项目工地" if self.is_construction else "花园小区"}"'
        yield f'kind = "{"建筑工地" if self.is_construction else "社区物业"}"'
        yield from self.some(f'city = "{self.city}"', 'district = "示例区"', 'organization = "示例·建设集团有限公司"')
        yield from self.some('organization_type = "新经济组织"', "started_on = 2019-03-01", "ends_on = 2022-12-31")
        yield from self.some(f'liaison = "示例·{self.people[7]}"', f'brand = "示例·红色堡垒{self.index % 97}"')

    def branch(self) -> Iterator[str]:
        yield from ("", "[branch]", f'name = "示例·第{self.index}号党支部"')
        yield f'form = "{"临时" if self.is_construction else "单独"}"'
        yield from self.some("applied_on = 2020-04-10", "approved_on = 2020-04-27", 'approved_by = "示例·街道党工委"')
        yield from self.some(f'approval_no = "示例党〔2020〕{self.number()}号"', "established_on = 2020-05-06")
        if not self.is_construction:
            yield from self.some("elected_on = 2020-05-06", "term_years = 3")
        yield from self.some(f"full_members = {self.members}", "probationary_members = 1")
        yield from self.some('documents = ["documents/批复.txt"]')
        for post, name in zip(("书记", "副书记"), self.people, strict=False):
            yield from ("", "[[branch.officers]]", f'name = "{name}"', *self.some(f'posts = ["{post}"]'))

    def responsibility_list(self) -> Iterator[str]:
        yield from ("", "[responsibility_list]")
        yield from self.some("issued_on = 2020-05-20", 'documents = ["documents/清单.txt"]')
        for _ in range(self.random.randint(2, 4)):
            yield from ("", "[[responsibility_list.items]]", f'title = "{self.random.choice(TASKS)}"')
            yield from self.some(f'owner = "{self.random.choice(self.people[:3])}"')
            yield f'category = "{"安全质量" if self.is_construction else "小区治理"}"'
            if self.random.random() < 0.6:
                yield from self.some(f"due = {self.day(150, 10)}")
                yield from ('status = "已完成"', f"done_on = {self.day(150, 10)}")
                yield from self.some('feedback = "已按期办结，现场公示三天，工友和居民代表表示满意"')
            else:
                yield from self.some(f"due = {self.day(5 if self.keeps < 1 else -1, -90)}")
                yield 'status = "进行中"'

    def activity_space(self) -> Iterator[str]:
        yield from ("", "[activity_space]", 'name = "示例·党群服务站"')
        yield from self.some('address = "示例路 1 号项目生活区 2 号楼首层"', 'opening_hours = "每日 18:00-21:00"')
        yield from self.some(f"area_m2 = {self.random.randint(9, 120)}", "opened_on = 2020-06-15")
        yield f"has = {_list(self.some(*FEATURES))}"
        yield from self.some('documents = ["documents/阵地.txt"]')

    def member_guide(self) -> Iterator[str]:
        yield from ("", "[member_guide]")
        yield from self.some("issued_on = 2020-06-10", f"pledged_members = {self.members}")
        yield from self.some('documents = ["documents/指引.txt"]')
        for kind in ("党员先锋岗", "党员志愿服务队"):
            yield from ("", "[[member_guide.roles]]", f'kind = "{kind}"', f'name = "示例·{kind}"')
            yield from (
                f'lead = "{self.people[0]}"',
                *self.some(f"members = {_list(self.random.sample(self.people, 4))}"),
            )

    def work_rules(self) -> Iterator[str]:
        yield from ("", "[work_rules]", *self.some("issued_on = 2020-05-25"))
        covers = WORK_RULES if self.is_construction else (*WORK_RULES, *WORK_RULES_OF_MEMBERS)
        yield f"covers = {_list(self.some(*covers))}"
        yield from self.some('documents = ["documents/制度.txt"]')
        for kind, month in [("党员大会", 6), ("党员大会", 8), *(("主题党日", month) for month in range(6, 11))]:
            if self.random.random() < self.keeps:
                yield from ("", "[[work_rules.records]]", f'kind = "{kind}"', f"date = 2020-{month:02}-15")
                recorder = self.people[2] if self.random.random() < self.keeps else self.random.choice(self.people)
                yield from self.some(f'recorder = "{recorder}"')
                if kind == "党员大会":
                    yield from self.some(f"attended = {self.members - 1}", f"expected = {self.members}")
                    yield from self.some(f'decision = "{self.random.choice(("表决", "无"))}"')
        if self.random.random() < 0.2:
            yield from ("", "[[work_rules.records]]", 'kind = "组织生活会"', "date = 2020-10-20", "year = 2020")


def _id(index: int) -> str:
    return f"gd-{index:07}"


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{text}"' for text in texts) + "]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    make_sites(options.folder, options.sites, options.seed)


if __name__ == "__main__":
    main()
