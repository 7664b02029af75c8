"""The loader of standards, and what a standard that it takes decides and says."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mutators import change_lines
from target import AS_OF_DATES, SITE_FILES, Target, assert_placed, chance_of, tell, words_of_sites

from pilot_cli.locale import Language, speaking
from pilot_cli.site.reader import load_site
from pilot_cli.standard.checks import CHECKS
from pilot_cli.standard.load import BUILT_IN, StandardError, load_standard

WHOLE = 'name = "a"\nweight = 20\n[[grades]]\nfrom = 0\nname.zh = "合格"\n'
RULE = '[[rules]]\nid = "GZ01"\nseverity = "warning"\ntitle.zh = "示例"\nbasis.zh = "{field}"\nadvice.zh = "示例"\n'
SHAPES = (
    WHOLE,
    f'{WHOLE}{RULE}check = "filled"\nfield = "branch.name"\none = "branch"\n',
    f'{WHOLE}{RULE}check = "filled"\nfield = "branch.name"\napplies = {{ "branch.full_members" = {{ min = 3 }} }}\n',
    'name = "a"\nextends = "five-ones"\n[override.B009]\nyears = "activity_space.area_m2"\n',
    'name = "a"\nextends = "five-ones"\noverride.B001.enabled = false\n[override.B002]\npoints = 5\n',
)
SITES = [load_site(file) for file in (SITE_FILES[0], SITE_FILES[-1])]
SCRATCH = TemporaryDirectory(prefix="pilot-fuzz-")
FILE = Path(SCRATCH.name) / "standard.toml"
PLACE = re.compile(re.escape(f"{FILE}:") + "([0-9]+)")


def seeds() -> Iterator[bytes]:
    """Take the built-in standards, each rule of them alone, and small ones of an office."""
    for path in BUILT_IN.values():
        text = path.read_text("utf-8")
        yield text.encode()
        for rule in text.split("[[rules]]")[1:]:
            body = rule.partition("\n")[2].replace('id = "', 'id = "Z', 1)
            yield f'name = "a"\nextends = "five-ones"\n[[rules]]\n{body}'.encode()
    yield from (shape.encode() for shape in SHAPES)


def words() -> set[str]:
    """List the checks, their parameters and the fields that they may look at."""
    parameters = {name for check in CHECKS.values() for name in check.declared_keys()}
    written = {line.partition(" = ")[0].strip() for line in BUILT_IN["five-ones"].read_text("utf-8").splitlines()}
    return words_of_sites() | set(CHECKS) | parameters | {word for word in written if word.isidentifier()}


def run(case: bytes) -> None:
    """Load it; if it can be used, judge two sites by it."""
    FILE.write_bytes(case)
    chance = chance_of(case)
    with speaking(chance.choice(list(Language))):
        try:
            standard = load_standard(FILE)
        except StandardError as error:
            assert_placed(error, PLACE, case)
            return
        for reading in SITES:
            tell(reading, standard, chance.choice(AS_OF_DATES), chance)


TARGET = Target(run, seeds, words, change_lines, max_bytes=131_072, max_cpu_seconds=3)
