"""Completion in shells: what is offered, in which language, and that nothing on the way is ever run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import tomli_w

from pilot_cli.locale.message import PLACE
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.standard.standard import Standard
from tests import hostile
from tests.commands.running import ROOT, UNMEASURED, pilot
from tests.commands.shells import PROMPT, SHELLS, ask, offered, run_in, type_in
from tests.standard.own import EXTENDING, own_rule, write_standard

COMMANDS_OF_SHELLS = [
    before + command + after
    for command in ("$(touch run)", "`touch run`", "; touch run;", "&& touch run #", "(touch run)", "\ntouch run\n")
    for before, after in (("", ""), ("\\", ""), ("'", "'"), ('"', '"'), ("'))'", "'(('"), ('":"', '":"'), ("]", "["))
]


@pytest.fixture
def hostile_standard(tmp_path: Path, five_ones: Standard) -> Path:
    """A standard whose titles would do something in a shell that took them for more than texts."""
    # Of longer texts a standard is refused.
    long_texts = [text[:2_000] for text in hostile.LONG_TEXTS]
    texts = [*COMMANDS_OF_SHELLS, *hostile.TEXTS.values(), *long_texts, ":::甲:::乙"]
    # The name of a parameter in braces would be filled in, or refused.
    texts = [PLACE.sub(r"{, \1}", text) for text in texts]
    rules = [rule.info.id for rule in five_ones.rules]
    assert len(texts) <= 2 * len(rules)
    overrides = {rule: {"title": {"zh": texts[index], "en": texts[-1 - index]}} for index, rule in enumerate(rules)}
    standard = {"name": "x", "extends": "five-ones", "override": overrides}
    return write_standard(tmp_path, tomli_w.dumps(standard))


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of a user whose prompt is easily recognized."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / ".bashrc").write_text(f'PS1="{PROMPT}"\n', encoding="utf-8")
    (folder / ".zshrc").write_text(f'PROMPT="{PROMPT}"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("pilot ch", {"check"}),
        ("pilot --l", {"--lang"}),
        ("pilot --lang ", {"zh", "en"}),
        ("pilot fi", {"fix"}),
        ("pilot fix --d", {"--diff"}),
        ("pilot check --fail-", {"--fail-on"}),
        ("pilot check --fail-on ", {"error", "warning", "info", "never"}),
        ("pilot new --form ", {"单独", "联合", "临时", "流动"}),
        ("pilot new --kind 建", {"建筑工地"}),
        ("pilot check --format j", {"json", "jsonl", "junit"}),
        ("pilot check -f m", {"markdown"}),
        ("pilot check --borders ", {"unicode", "ascii"}),
        ("pilot report --format x", {"xlsx"}),
        ("pilot report --by city --by ", {"kind", "city", "district", "organization", "form", "grade"}),
        ("pilot rules --format ", {"table", "json", "markdown"}),
        ("pilot rules A00", {f"A00{number}" for number in range(1, 8)}),
        ("pilot rules a00", {f"a00{number}" for number in range(1, 8)}),
        ("pilot check --select A", {"A", *(f"A00{number}" for number in range(1, 8))}),
        ("pilot check --select B,A00", {f"B,A00{number}" for number in range(1, 8)}),
        ("pilot check --ignore A001,A002,A00", {f"A001,A002,A00{number}" for number in range(3, 8)}),
        ("pilot check checklists --quiet --ignore P --select W01", {f"W01{number}" for number in range(8)}),
        ("pilot rules --ignore A", {"A", *(f"A00{number}" for number in range(1, 8))}),
        ("pilot check --standard f", {"five-ones", "five-ones-onsite"}),
        ("pilot check --severity ", {"error", "warning", "info", "filing"}),
        ("pilot report --severity error --severity f", {"filing"}),
        ("pilot check --sort ", {"path", "score", "city", "name"}),
        ("pilot report --kind ", {"建筑工地", "社区物业"}),
        ("pilot check --grade ", {"优秀", "良好", "合格", "不合格"}),
    ],
)
def test_what_can_follow_is_offered(line: str, values: set[str]) -> None:
    assert set(offered(line)) == values


@pytest.mark.parametrize(
    "line", ["pilot check ", "pilot fix ", "pilot report check", "pilot check --output ", "pilot check -o x"]
)
def test_files_are_left_to_the_shell(line: str) -> None:
    assert offered(line) == {}
    assert ask("zsh", line).stdout == "_files\n"


def test_rules_and_commands_are_described_in_the_users_language(five_ones: Standard) -> None:
    chinese = offered("pilot rules ")
    assert list(chinese) == list(five_ones.catalogue)
    assert chinese["B003"] == "正式党员不少于3名"
    assert offered("pilot check --select ")["A"] == "党群活动阵地"
    assert offered("pilot ")["rules"].startswith("列出标准中的检查项")
    for english in (
        offered("pilot --lang en rules B003")["B003"],
        offered("pilot --lang=en rules B003")["B003"],
        offered("pilot rules B003", PILOT_LANG="en")["B003"],
    ):
        assert english == "At least 3 full members"
    assert offered("pilot --lang en ")["rules"].startswith("List the rules")


def test_the_rules_are_those_of_the_standard_on_the_line(tmp_path: Path) -> None:
    text = EXTENDING + "[override.B003]\nenabled = false\n" + own_rule('check = "given"\nfields = ["site.city"]')
    write_standard(tmp_path, text)
    rules = offered("pilot rules --standard own.toml ", tmp_path)
    assert rules["GZ01"] == "标题"
    assert "B003" not in rules
    assert offered("pilot check --standard=own.toml --select G", tmp_path).keys() >= {"G", "GZ", "GZ01", "G001"}
    home = offered("pilot rules --standard ~/own.toml G", ROOT, HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert "GZ01" in home


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("standard", "text"),
    [("none", None), ("own.toml", None), ("own.toml", "name = “甲”"), ("own.toml", 'name = "x"\nextends = "own.toml"')],
)
def test_a_standard_that_cannot_be_used_offers_nothing(
    shell: str, standard: str, text: str | None, tmp_path: Path
) -> None:
    if text is not None:
        write_standard(tmp_path, text)
    result = ask(shell, f"pilot rules --standard {standard} B", tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", "")
    assert "--format" in offered(f"pilot rules --standard {standard} --f", tmp_path)


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "line",
    [
        *("pilot chekc ", "pilot --bogus check --select B", "pilot check --format xml --select B", "pilot --lang fr "),
        *("pilot check '", 'pilot rules "', "pilot check --standard '", "", "pilot rules \\"),
    ],
)
def test_a_wrong_line_never_makes_a_noise(shell: str, line: str) -> None:
    result = ask(shell, line)
    assert result.stderr == ""
    assert "Error" not in result.stdout


@pytest.mark.parametrize("instruction", ["complete_bash", "complete_none", "none", "x_bash"])
def test_a_wrong_question_never_makes_a_noise(instruction: str) -> None:
    for place in ("", "x"):
        result = pilot(_PILOT_COMPLETE=instruction, COMP_WORDS="pilot", COMP_CWORD=place)
        assert (result.returncode, result.stdout, result.stderr) == (1, "", "")


def test_standards_are_offered_with_files_and_folders_that_need_no_quotes(tmp_path: Path) -> None:
    for name in ("guangzhou.toml", "佛山.toml", "notes.txt", "my own.toml", "$(touch run).toml", "a'b.toml", ".x.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    for name in ("sites", "my sites", "佛山市"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.toml").write_text("", encoding="utf-8")
    values = offered("pilot check --standard ", tmp_path)
    assert set(values) == {"five-ones", "five-ones-onsite", "guangzhou.toml", "佛山.toml", "sites/", "佛山市/"}
    assert values["five-ones"] == "内置标准"
    assert set(offered("pilot check --standard 佛", tmp_path)) == {"佛山.toml", "佛山市/"}
    assert set(offered("pilot check --standard sites/", tmp_path)) == {"sites/own.toml"}
    assert offered("pilot check --standard si", tmp_path) == {}, "the shell ends no word after a folder"
    assert offered("pilot check --standard my", tmp_path) == {}
    assert offered("pilot check --standard none/", tmp_path) == {}


def test_descriptions_hold_nothing_that_a_shell_acts_upon(hostile_standard: Path, five_ones: Standard) -> None:
    for language in ("zh", "en"):
        line = f"pilot --lang {language} rules --standard {hostile_standard} "
        rows = {shell: ask(shell, line).stdout.splitlines() for shell in SHELLS}
        assert all(len(some) == len(five_ones.rules) + len(FILE_RULES) for some in rows.values())
        assert all(re.fullmatch("[A-Z][0-9]{3}", row) for row in rows["bash"])
        assert all(re.fullmatch("[A-Z][0-9]{3}\t[^\t]{1,900}", row) for row in rows["fish"])
        assert all(re.fullmatch("[A-Z][0-9]{3}:::[^:]{1,900}", row) for row in rows["powershell"])
        harmless = r"""[^]"'`$\\:;&|<>\[{}*?~#!=]*"""
        listed = rows["zsh"]
        listed[0] = listed[0].removeprefix("_arguments '*: :((")
        listed[-1] = listed[-1].removesuffix("))'")
        assert all(re.fullmatch(f'"[A-Z][0-9]{{3}}":"{harmless}"', row) for row in listed)
        assert not any(hostile.unseen(row.replace("\t", "")) for some in rows.values() for row in some)


def test_hostile_titles_are_shown_by_real_shells_and_not_run(
    shell: str, hostile_standard: Path, home: Path, tmp_path: Path
) -> None:
    run_in(shell, "pilot --install-completion", home)
    if shell == "fish":
        line = f"pilot rules --standard {hostile_standard.name} "
        shown = run_in(shell, f"complete --do-complete '{line}'", home, tmp_path).stdout
    else:
        # Bash lists in columns and comes back to its prompt; zsh lists below it, the last in the end.
        until = PROMPT if shell == "bash" else "W015"
        shown = type_in(shell, "pilot rules --standard own.toml \t\t", until, home, tmp_path)
    assert {"B001", "P008", "W015"} <= set(re.findall("[A-Z][0-9]{3}", shown))
    assert ("touch run" in shown) is (shell != "bash"), "bash shows no descriptions"
    assert [path.name for path in tmp_path.rglob("run")] == []


def test_bash_completes_values_after_an_equals_sign(home: Path) -> None:
    run_in("bash", "pilot --install-completion", home)
    assert "--format=markdown " in type_in("bash", "pilot check --format=m\t", "markdown ", home)


def test_bash_completes_a_rule_after_a_comma(home: Path) -> None:
    run_in("bash", "pilot --install-completion", home)
    assert "--select B,L012 " in type_in("bash", "pilot check --select B,L012\t", "L012 ", home)


def test_completion_is_installed_in_the_shell_that_asks_for_it(shell: str, home: Path) -> None:
    files = {
        "bash": ".bash_completions/pilot.sh",
        "zsh": ".zfunc/_pilot",
        "fish": ".config/fish/completions/pilot.fish",
    }
    result = run_in(shell, "pilot --install-completion", home)
    assert result.stderr == ""
    path = home / files[shell]
    assert result.stdout == f"已为 {shell} 安装命令补全：{path}\n重新打开终端后生效。\n"
    for language in ("en", "zh"):
        guide = (ROOT / "docs" / language / "completion.md").read_text(encoding="utf-8")
        assert f"`~/{files[shell]}`" in guide
    english = run_in(shell, "pilot --lang en --install-completion", home).stdout
    assert english.startswith(f"Completion for {shell} is installed in {path}\n")
    assert run_in(shell, "pilot --show-completion", home).stdout.strip() == path.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_a_shell_without_completion_is_a_wrong_call(option: str, tmp_path: Path) -> None:
    result = pilot(option, "none", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1", HOME=str(tmp_path))
    assert result.returncode == 2
    assert option in result.stderr
    assert "Traceback" not in result.stderr
    assert os.listdir(tmp_path) == []


def test_the_script_for_powershell_asks_as_the_others_do() -> None:
    result = pilot("--show-completion", "powershell", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "Register-ArgumentCompleter -Native" in result.stdout
    assert '_COMPLETE = "complete_powershell"' in result.stdout


def test_pilot_runs_as_ever_where_powershell_has_left_its_question_empty() -> None:
    assert pilot("--version", _PILOT_COMPLETE="").stdout.startswith("pilot ")


@pytest.mark.parametrize("line", ["pilot ", "pilot check --", "pilot rules ", "pilot check --select "])
def test_completion_imports_nothing_that_it_does_not_need(line: str) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pilot_cli"],
        env={**os.environ, "_PILOT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line, **UNMEASURED},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert '":"' in result.stdout, "there are descriptions"
    modules = {row.rpartition("|")[2].strip() for row in result.stderr.splitlines()}
    assert "pilot_cli.app" in modules
    assert not modules & {"rich", "tree_sitter", "jinja2", "watchfiles", "pilot_cli.site.reader", "pilot_cli.site.find"}
    assert ("pilot_cli.standard.load" in modules) is ("rules" in line or "select" in line)
