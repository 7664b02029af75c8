"""The reader of inspection results, the judging of what they say, and what adds to their file."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from mutators import change_lines
from target import AS_OF_DATES, ROOT, SITE_FILES, Target, assert_within, chance_of, tell

from pilot_cli.locale import Language, speaking
from pilot_cli.site.inspections import Inspection, Inspections, Result, inspections_path
from pilot_cli.site.inspections_reader import parse_inspections
from pilot_cli.site.inspections_writer import InspectionsDraft, NewResult, UnusableInspectionsError
from pilot_cli.site.reader import load_site
from pilot_cli.standard.load import load_standard

STANDARD = load_standard("five-ones-onsite")
ON = date(2020, 11, 23)
VISIT = '[[inspections]]\non = 2020-11-23\nby = "示例"\n'
RESULT = '[[inspections.results]]\nrule = "Y003"\nresult = "基本达标"\n'
SHAPES = (
    "",
    f"\ufeff{VISIT}{RESULT}".replace("\n", "\r\n"),
    f'{VISIT}{RESULT}note = "示例"\nphotos = ["a.jpg", "../b.jpg", "/c.jpg"]\n{RESULT}{VISIT}{RESULT}',
    f'{RESULT}[[inspections]]\non = "2020年11月"\nresults = [{{ rule = "y003", result = "1" }}, 7]\n',
    'inspections = [{ on = 2020-01-01, by = "示例", results = [] }]\n',
    "[inspections]\non = 2020-11-23\n查看日期 = 2020年1月5日\nresult = “达标”\n[[inspections.results\n",
)
SCRATCH = TemporaryDirectory(prefix="pilot-fuzz-")
SITE = str(Path(SCRATCH.name) / "site.toml")
FILE = Path(inspections_path(SITE))
copyfile(SITE_FILES[0], SITE)
READING = load_site(SITE)


def seeds() -> Iterator[bytes]:
    """Take the files that the pages on on-site items show, those of the examples, and small ones."""
    for page in sorted(ROOT.glob("docs/*/inspect.md")):
        yield from (block.encode() for block in re.findall("```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    yield from (file.read_bytes() for file in sorted(ROOT.glob("pilot_cli/exchange/examples/*.inspections.toml")))
    yield from (shape.encode() for shape in SHAPES)
    yield SHAPES[2].encode("gbk")


def words() -> set[str]:
    """List the keys, the on-site items and their results."""
    keys = {key for table in (Inspections, Inspection, Result) for key in table.__annotations__}
    return keys | {*STANDARD.on_site} | {level for item in STANDARD.on_site.values() for level in item.levels}


def run(case: bytes) -> None:
    """Read it, judge a site by it, and add a result to it, which counts then while nothing else is lost."""
    FILE.write_bytes(case)
    chance = chance_of(case)
    with speaking(chance.choice(list(Language))):
        reading = parse_inspections(case, str(FILE))
        told = [(problem.path, str(problem.message)) for problem in reading.problems if problem.path]
        assert len(told) == len(set(told)), told
        lines = reading.source.split("\n")
        for finding in tell(READING, STANDARD, chance.choice(AS_OF_DATES), chance).findings:
            if finding.file:
                assert_within(finding, lines)
        rule, item = chance.choice(list(STANDARD.on_site.items()))
        try:
            draft = InspectionsDraft(SITE, ON, "示例")
            draft.put(NewResult(rule, item.levels[0], '"示例" \\'))
            after = draft.reading.seen()
        except UnusableInspectionsError:
            return
        before = reading.seen().all
        assert list(after.all[: len(before)]) == list(before)
        latest = after.latest(rule, item.levels, date.min, ON)
        assert latest is not None
        assert (latest.on, latest.by, latest.result, latest.note) == (ON, "示例", item.levels[0], '"示例" \\')


TARGET = Target(run, seeds, words, change_lines, max_bytes=8_192, max_cpu_seconds=3)
