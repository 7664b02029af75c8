"""The reader of site files, and all that is done with what it reads: judging, telling, mending."""

from collections.abc import Iterator

from mutators import change_lines
from target import AS_OF_DATES, SITE_FILES, Target, chance_of, tell, words_of_sites

from pilot_cli.locale import Language, speaking
from pilot_cli.site.fixes.mending import mend
from pilot_cli.site.reader import parse_site
from pilot_cli.standard.load import BUILT_IN, load_standard

STANDARDS = [load_standard(name) for name in BUILT_IN]
HEAD = '[site]\nid = "fuzz"\nname = "示例"\nkind = "建筑工地"\n'
SHAPES = (
    "",
    HEAD,
    f"\ufeff{HEAD}".replace("\n", "\r\n"),
    f'{HEAD}[[waivers]]\nrule = "B001"\nreason = "示例"\napproved_by = "示例"\nuntil = 2030-01-01\n',
    f'{HEAD}branch = {{ officers = [{{ name = "示例", posts = ["书记"] }}], covers = ["a", 1, []] }}\n',
    f'{HEAD}[branch]\n"full_members" = 3\nfull_members = "3名"\n党员 = 3\nfull.members = 3\n',
    f"{HEAD}city = “广州”\nstarted_on = 2020年1月5日\nx\n[branch\n",
    f"{HEAD}brand = '''\n示例\n'''\ndistrict = \"\"\"\\u5e7f\\\n  \"\"\"\n",
    'site.id = "a"\nsite.name = "b"\n[[responsibility_list.items]]\ndue = 2020-01-01\n[responsibility_list]\n',
    '[[rules]]\nid = "A1"\n',
)


def seeds() -> Iterator[bytes]:
    """Take the examples, and what is small and odd."""
    yield from (file.read_bytes() for file in SITE_FILES)
    yield from (shape.encode() for shape in SHAPES)
    yield HEAD.encode("gbk")
    yield HEAD.encode("utf-16")


def run(case: bytes) -> None:
    """Read, judge, tell and mend it; what is mended once is not mended again."""
    chance = chance_of(case)
    with speaking(chance.choice(list(Language))):
        reading = parse_site(case, "site.toml")
        told = [(problem.place, str(problem.message)) for problem in reading.problems if problem.place]
        assert len(told) == len(set(told)), told
        tell(reading, chance.choice(STANDARDS), chance.choice(AS_OF_DATES), chance)
        mended = mend(case)
        if mended is not None and mended.kinds:
            again = mend(mended.after.encode())
            assert again is not None
            assert again.after == mended.after


TARGET = Target(run, seeds, words_of_sites, change_lines, max_bytes=16_384, max_cpu_seconds=3)
