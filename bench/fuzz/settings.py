"""The reader of settings files, and what they say to each command."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mutators import change_lines
from target import ROOT, Target, assert_placed, chance_of

from pilot_cli.locale import Language, speaking
from pilot_cli.settings.file import SettingsError, peek_language
from pilot_cli.settings.model import OPTIONS, TABLES
from pilot_cli.settings.names import COMMANDS
from pilot_cli.settings.precedence import Defaults
from pilot_cli.settings.read import read_settings

SHAPES = (
    "",
    'lang = "en"\njobs = 2\nstandard = "five-ones"\nselect = ["B", "L001"]\nexclude = "old/"\n',
    '[check]\nformat = "json"\noutput = ["a.json", "b.csv"]\nfail_on = "never"\nseverity = "error"\n',
    '[report]\nby = ["city", "kind"]\ntop = 5\ntitle = "示例"\noutput = "-"\n[import.heads]\n"工地" = "name"\n',
    '[office]\nname = "示例"\ndate = 2020-11-23\n[deadlines]\nerror = 15\n[ledger]\nurl = "sqlite:///x.db"\n',
    "lang = zh\n[check\nformat = 1\n",
)
SCRATCH = TemporaryDirectory(prefix="pilot-fuzz-")
FILE = Path(SCRATCH.name) / "pilot.toml"
PLACE = re.compile(re.escape(f"{FILE}:") + "([0-9]+): ")
OTHERS = frozenset({"fail_on", "watch", "lang", "ledger", "settings"})


def seeds() -> Iterator[bytes]:
    """Take the files that the pages on settings show, and small ones."""
    for page in sorted(ROOT.glob("docs/*/settings.md")):
        yield from (block.encode() for block in re.findall("```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    yield from (shape.encode() for shape in SHAPES)


def words() -> set[str]:
    """List all keys, and the words that some of them take."""
    tables = {"": OPTIONS, **TABLES}
    texts = {str(word) for keys in tables.values() for setting in keys.values() for word in _words(setting.kind.schema)}
    return set(tables) | {key for keys in tables.values() for key in keys} | texts


def _words(schema: object) -> Iterator[object]:
    """List the closed words in a part of a schema."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        for part in schema.values():
            yield from _words(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _words(part)


def run(case: bytes) -> None:
    """Read it; if it can be used, ask what it says to each command, and where."""
    FILE.write_bytes(case)
    with speaking(chance_of(case).choice(list(Language))):
        peek_language(str(FILE))
        try:
            settings = read_settings(str(FILE), OTHERS)
        except SettingsError as error:
            assert_placed(error, PLACE, case)
            return
        for command in COMMANDS:
            defaults = Defaults(settings, command)
            for name in defaults:
                assert PLACE.match(f"{defaults.place(name)}: "), name


TARGET = Target(run, seeds, words, change_lines, max_bytes=4_096, max_cpu_seconds=3)
