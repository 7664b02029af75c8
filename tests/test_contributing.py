"""What CONTRIBUTING.md says is true: what it names exists, and each of its lists is enough to add what it is about.

A list is followed in a copy of the package, in which no file can be changed that it does not name.
"""

import json
import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import openpyxl
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.commands.running import AS_OF, ROOT, Result, pilot
from tests.editing import CONSTRUCTION, drop, edit, edited, write_site
from tests.standard.own import EXTENDING, own_rule, write_standard

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CATALOGUE = "pilot_cli/locale/zh/LC_MESSAGES/pilot.po"


def named_files(text: str) -> list[str]:
    """The files and folders of the project that a text names, as patterns: ``<name>`` stands for any name."""
    names = re.findall(r"`((?:[\w.-]|<\w+>|/)+)`", text)
    files = [name for name in names if "/" in name or re.search(r"^Makefile$|\.(md|po|py|toml|json)$", name)]
    return [re.sub(r"<\w+>", "*", file) for file in files if not file.startswith(".venv/")]


@pytest.mark.parametrize("file", sorted(set(named_files(PAGE))))
def test_every_file_and_folder_that_is_named_exists(file: str) -> None:
    assert list(ROOT.glob(file)), f"CONTRIBUTING.md names {file}"


def test_every_folder_of_the_package_is_in_the_table() -> None:
    packages = {f"pilot_cli/{path.parent.name}/" for path in (ROOT / "pilot_cli").glob("*/__init__.py")}
    assert packages <= set(named_files(PAGE))


class Package:
    """A copy of the package, to be changed as a section of the page says."""

    def __init__(self, folder: Path, section: str) -> None:
        self.folder = folder
        text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
        self._files = named_files(text)
        shutil.copytree(ROOT / "pilot_cli", folder / "pilot_cli", ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, file: str, text: str) -> None:
        """Write a file anew."""
        assert any(fnmatch(file, re.sub("/$", "/*", pattern)) for pattern in self._files), (
            f"the list does not name {file}"
        )
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def append(self, file: str, text: str) -> None:
        """Add something at the end of a file."""
        self.write(file, (self.folder / file).read_text(encoding="utf-8") + text)

    def edit(self, file: str, old: str, new: str) -> None:
        """Put something in place of what stands once in a file."""
        self.write(file, edit(old, new)((self.folder / file).read_text(encoding="utf-8")))

    def translate(self, translations: dict[str, str], file: str = CATALOGUE) -> None:
        """Add messages to a catalogue and compile it."""
        entries = (f'\nmsgid "{english}"\nmsgstr "{other}"\n' for english, other in translations.items())
        if (self.folder / file).exists():
            self.append(file, "".join(entries))
        else:
            self.write(file, 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + "".join(entries))
        path = self.folder / file
        with path.open("rb") as po, path.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))

    def pilot(self, *arguments: str | Path, language: str = "zh") -> Result:
        """Run the pilot that has come of it."""
        result = pilot("--lang", language, *arguments, cwd=self.folder)
        assert "Traceback" not in result.stderr
        return result

    def findings(self, site: str, *options: str | Path, language: str = "zh") -> list[str]:
        """What it finds in a site."""
        write_site(self.folder / "one", site)
        result = self.pilot("check", "one", *AS_OF, "--format", "concise", *options, language=language)
        assert result.stderr == ""
        return [line.split(" ", 1)[1] for line in result.stdout.splitlines()]


def test_a_rule_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "A rule")
    package.append(
        "pilot_cli/standard/five-ones.toml",
        '\n[[rules]]\nid = "A008"\none = "activity_space"\nseverity = "warning"\ncheck = "given"\n'
        'fields = ["activity_space.address"]\ntitle.zh = "写明地址"\ntitle.en = "Address stated"\n'
        'problem.zh = "未写明地址"\nproblem.en = "No address"\n'
        'basis.zh = "示例"\nbasis.en = "Example"\nadvice.zh = "补填地址。"\nadvice.en = "State the address."\n',
    )
    assert "State the address." in package.pilot("rules", "A008", language="en").stdout
    assert package.findings(CONSTRUCTION, "--select", "A008") == []
    (finding,) = package.findings(edited(CONSTRUCTION, drop("address = ")), "--select", "A008")
    assert finding == "A008 warning 未写明地址"


CHECK = '''
"""Checks on what is said twice."""

from pilot_cli.locale.message import message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Site
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict
from pilot_cli.standard.parameter import parameter, value_field


class Differs(Check):
    """The value is not that of another field. Applies when both are given."""

    field: Field = parameter(value_field)
    other: Field = parameter(value_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        value, other = self.field.get(site), self.other.get(site)
        if not context.has(self.field, value) or not context.has(self.other, other):
            return None
        if value != other:
            return KEPT
        text = message("{label} is the same as {other}", label=self.field, other=self.other)
        return Verdict([Failure(text, self.field.keys)])
'''


def test_a_check_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "A check")
    package.write("pilot_cli/standard/checks/twice.py", CHECK)
    names = "pilot_cli/standard/checks/__init__.py"
    package.edit(names, "CHECKS:", "from pilot_cli.standard.checks.twice import Differs\n\nCHECKS:")
    package.edit(names, '    "documents"', '    "differs": Differs,\n    "documents"')
    package.translate({"{label} is the same as {other}": "{label}与{other}相同"})
    rule = 'check = "differs"\nfield = "branch.name"\nother = "site.name"'
    options = ("--standard", write_standard(tmp_path, EXTENDING + own_rule(rule)), "--select", "GZ")
    same = edited(CONSTRUCTION, edit('[branch]\nname = "江湾路工地党支部"', '[branch]\nname = "江湾路工地"'))
    assert package.findings(CONSTRUCTION, *options) == []
    assert package.findings(same, *options)[0].endswith("党支部名称与站点名称相同")
    assert package.findings(same, *options, language="en")[0].endswith("Branch name is the same as Site name")
    wrong = write_standard(tmp_path, EXTENDING + own_rule('check = "differs"\nfield = "site"'), "wrong.toml")
    assert "field: 字段“site”不是" in package.pilot("check", "one", "--standard", wrong).stderr


def test_a_field_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "A field")
    package.edit(
        "pilot_cli/site/model.py",
        "    brand: ",
        '    phone: Annotated[StrictStr | None, N_("Duty telephone")] = None\n    brand: ',
    )
    package.edit(
        "pilot_cli/site/guidance.py",
        '    "site.brand": ',
        '    "site.phone": Guidance(N_("The telephone that is always answered."), "020-12345678"),\n    "site.brand": ',
    )
    package.edit("pilot_cli/exchange/examples/construction.toml", "[site]\n", '[site]\nphone = "020-2"\n')
    package.translate({"Duty telephone": "值班电话", "The telephone that is always answered.": "全天有人接听的电话。"})

    for language, title in (("zh", "值班电话"), ("en", "Duty telephone")):
        schema = json.loads(package.pilot("schema", language=language).stdout)
        phone = schema["properties"]["site"]["properties"]["phone"]
        assert (phone["title"], phone["examples"]) == (title, ["020-12345678"])
    assert "| `phone` | 值班电话 | 全天有人接听的电话。 |" in package.pilot("schema", "--format", "markdown").stdout

    with_phone = edited(CONSTRUCTION, edit("[site]\n", '[site]\nphone = "020-1"\n'))
    assert package.findings(with_phone, "--select", "F") == []
    (wrong,) = package.findings(edited(with_phone, edit('"020-1"', "1")), "--select", "F")
    assert wrong.startswith("F005 ")
    rule = own_rule('check = "given"\nfields = ["site.phone", "site.brand"]')
    options = ("--standard", write_standard(tmp_path, EXTENDING + rule), "--select", "GZ")
    assert package.findings(CONSTRUCTION, *options)[0].endswith("未填写值班电话")
    assert package.findings(with_phone, *options) == []

    for source, expected in (("--template", [None, "020-2"]), ("one", ["020-1"])):
        assert package.pilot("export", source, "--output", "a.xlsx", "--force").returncode == 0
        _title, header, *rows = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True)
        assert [row[header.index("值班电话")] for row in rows] == expected
    assert package.pilot("import", "a.xlsx", "--output", "imported").returncode == 0
    (imported,) = (tmp_path / "imported").rglob("site.toml")
    assert 'phone = "020-1"' in imported.read_text(encoding="utf-8")


COMMAND = '''
"""``pilot count``: counts paths."""

from collections.abc import Sequence

from pilot_cli.commands.options import check_paths
from pilot_cli.commands.output import open_output


def count(paths: Sequence[str]) -> int:
    """Run the command; return its exit status."""
    check_paths(paths)
    with open_output(None, is_for_people=True) as out:
        out.write(f"{len(paths)}\\n")
    return 0
'''
DECLARED = """

@app.command(cls=TranslatedCommand, help=_("Count paths."))
def count(paths: Paths = None) -> int:
    from pilot_cli.commands.count import count

    return count(paths or ["."])
"""


def test_a_command_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "A command")
    package.write("pilot_cli/commands/count.py", COMMAND)
    package.append("pilot_cli/app.py", DECLARED)
    package.translate({"Count paths.": "统计路径数。"})
    result = package.pilot("count", ROOT / "checklists", ROOT / "docs")
    assert (result.returncode, result.stdout, result.stderr) == (0, "2\n", "")
    assert re.search("count +统计路径数。", package.pilot("--help").stdout)
    wrong = package.pilot("count", "nowhere")
    assert (wrong.returncode, "没有文件或文件夹“nowhere”" in wrong.stderr) == (2, True)


def test_an_option_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "An option")
    declared = '    indent: Annotated[int, typer.Option(metavar="N", min=0, help=_("How far to indent."))] = 2,\n'
    package.edit("pilot_cli/app.py", "    draft: Annotated", f"{declared}    draft: Annotated")
    package.edit("pilot_cli/app.py", "return schema(", "return schema(indent=indent, ")
    package.edit("pilot_cli/commands/schema.py", "def schema(*, ", "def schema(*, indent: int, ")
    package.edit("pilot_cli/commands/schema.py", "    return 0\n", '    print("-" * indent)\n    return 0\n')
    package.translate({"How far to indent.": "缩进多少。"})
    assert package.pilot("schema", "--indent", "3").stdout.endswith("}\n---\n")
    assert re.search(r"--indent +N +缩进多少。", package.pilot("schema", "--help").stdout)
    assert "--indent 不得小于 0" in package.pilot("schema", "--indent", "-1").stderr


def test_a_language_is_added_by_its_list(tmp_path: Path) -> None:
    package = Package(tmp_path, "A language")
    package.edit("pilot_cli/locale/__init__.py", '    ENGLISH = "en"\n', '    ENGLISH = "en"\n    PORTUGUESE = "pt"\n')
    package.edit("pilot_cli/formats/page.py", "_LANGUAGES = {", '_LANGUAGES = {Language.PORTUGUESE: "pt", ')
    package.edit("pilot_cli/formats/check/sarif.py", "_LANGUAGES = {", '_LANGUAGES = {Language.PORTUGUESE: "pt", ')
    translations = {"Site name": "Nome do local", "{label}: not given": "{label}: em falta"}
    package.translate(translations, "pilot_cli/locale/pt/LC_MESSAGES/pilot.po")

    site = edited(CONSTRUCTION, drop("established_on = "))
    (finding,) = package.findings(site, "--select", "B013", language="pt")
    assert finding.endswith("Date of establishment: em falta")
    for format in ("table", "json", "sarif", "junit"):
        assert package.pilot("check", "one", *AS_OF, "--format", format, language="pt").returncode == 0
    for suffix in ("html", "docx", "xlsx"):
        result = package.pilot("report", "one", *AS_OF, "--output", f"report.{suffix}", language="pt")
        assert (result.returncode, result.stderr) == (0, f"Written: report.{suffix}\n")
    assert package.pilot("export", "one", "--output", "a.xlsx", language="pt").returncode == 0
    for language in ("pt", "zh"):
        result = package.pilot("import", "a.xlsx", "--output", language, language=language)
        assert (result.returncode, result.stderr) == (0, "")
        (imported,) = (tmp_path / language).rglob("site.toml")
        assert CONSTRUCTION.splitlines()[3] in imported.read_text(encoding="utf-8")
