"""Editors: completion, help and checks in site files, by the language servers that editors run, and without network."""

import json
import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable
from datetime import date
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli_w

from pilot_cli.site.field import known_keys
from pilot_cli.site.inspections_reader import parse_inspections
from pilot_cli.site.reader import parse_site
from tests.commands.breaking import broken, is_time_for_text, value_at, whole_site
from tests.commands.running import AS_OF, ROOT, document, pilot
from tests.commands.session import Session
from tests.language_server import CURSOR, PATIENCE, PROGRAMS, TOMBI, LanguageServer, taplo

SETTINGS = (
    *(".taplo.toml", "tombi.toml", ".vscode/settings.json", "pilot_cli/site/site.schema.json"),
    *("pilot_cli/site/inspections.schema.json", "pilot_cli/settings/settings.schema.json"),
)
RESULT_KEYS = ("rule", "result", "note", "photos")
BROKEN = '[site]\nid = "ab"\nname = "名"\nkind = "大厦"\nunknown_key = 1\n'

Start = Callable[[Path | None], LanguageServer]


def vs_code_settings(section: str) -> dict[str, Any]:
    """Read the settings of the repository for one extension, as VS Code hands them on."""
    found: dict[str, Any] = {}
    for name, value in json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8")).items():
        first, *inner, last = name.split(".")
        if first == section:
            holder = found
            for step in inner:
                holder = holder.setdefault(step, {})
            holder[last] = value
    return found


def start_taplo(folder: Path | None) -> LanguageServer:
    return LanguageServer(taplo(), folder, vs_code_settings("evenBetterToml"))


def start_taplo_on_windows(folder: Path | None) -> LanguageServer:
    return LanguageServer(taplo("windows"), folder, vs_code_settings("evenBetterToml"), drive="/c:")


def start_tombi(folder: Path | None) -> LanguageServer:
    return LanguageServer((*TOMBI, "--offline"), folder)


editors = pytest.mark.parametrize("start", [start_taplo, start_tombi])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """What editors need of the repository, in a folder with a name as they are in China."""
    folder = tmp_path / "党建 试点"
    for name in SETTINGS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("start", [start_taplo, start_taplo_on_windows, start_tombi])
def test_help_and_completion_work_when_the_repository_is_opened(start: Start, repository: Path) -> None:
    with start(repository) as server:
        assert_helped(server, repository / "checklists/construction/haina-tower/site.toml")
        elsewhere = server.hover(repository / "tests/site.toml", f"[branch]\nfull_{CURSOR}members = 3\n", patience=0)
    assert "党员" not in elsewhere


@editors
def test_settings_are_helped_with_when_the_repository_is_opened(start: Start, repository: Path) -> None:
    with start(repository) as server:
        file = repository / "市/pilot.toml"
        (problem,) = server.problems(file, "[report]\ntpo = 1\n")
        assert "tpo" in problem
        assert "各列表显示的条数" in server.hover(file, f"[report]\nto{CURSOR}p = 1\n")
        assert set(server.complete(file, f'borders = "{CURSOR}"\n')) == {'"unicode"', '"ascii"'}


@pytest.mark.parametrize("start", [start_taplo, start_taplo_on_windows, start_tombi])
@pytest.mark.parametrize("name", ["inspections.toml", "haina.inspections.toml"])
def test_inspections_are_helped_with_when_the_repository_is_opened(start: Start, repository: Path, name: str) -> None:
    file = repository / "checklists/construction/haina-tower" / name
    result = '[[inspections.results]]\nrule = "Y003"\nresult = "达标"\n'
    with start(repository) as server:
        told = server.problems(file, f'[[inspections]]\non = "昨天"\n{result}nota = 1\n')
    for wrong in ("昨天", "nota"):
        assert any(wrong in problem for problem in told)


def test_tombi_helps_with_inspections_below_double_brackets(repository: Path) -> None:
    file = repository / "checklists/construction/haina-tower/inspections.toml"
    with start_tombi(repository) as server:
        assert "检查日期" in server.hover(file, f"[[inspections]]\no{CURSOR}n = 2020-11-23\n")
        text = f'[[inspections]]\non = 2020-11-23\n[[inspections.results]]\npho{CURSOR}tos = ["a.jpg"]\n'
        assert "照片" in server.hover(file, text)
        keys = server.complete(file, f"[[inspections]]\non = 2020-11-23\n{CURSOR}\n")
    assert set(keys) == {"by", "results"}


def test_taplo_agrees_with_the_reader_about_inspections(repository: Path) -> None:
    """Hold what an editor says of files of inspections, most of them with something wrong, against the reader."""
    seen = {"rule": "Y003", "result": "达标", "photos": ["a.jpg"]}
    good: dict[str, Any] = {"on": date(2020, 11, 23), "by": "甲", "results": [seen]}
    values: list[Any] = [date(2020, 11, 23), 1, 1.5, True, "甲", "2020-11-23", [], ["甲"], [1], {}, {"a": 1}]
    keys = [(0, key) for key in (*good, "x")] + [(1, key) for key in (*RESULT_KEYS, "x")]
    files: dict[str, str] = {}
    for where, key in keys:
        # A day without quotes for a text is one of the differences that the pages name.
        for value in [*values, None] if key in ("on", "x") else [*values[1:], None]:
            visit = {**good, "results": [{**seen}]}
            holder = visit["results"][0] if where else visit
            holder[key] = value
            if value is None:
                del holder[key]
            files[f"{len(files):03}"] = tomli_w.dumps({"inspections": [visit]})
    for name, text in files.items():
        (repository / "checklists" / name).mkdir(parents=True)
        (repository / "checklists" / name / "inspections.toml").write_text(text, encoding="utf-8")
    said = run("taplo", "check", cwd=repository).stderr
    refused = {name for name in files if f"checklists/{name}/inspections.toml:" in said}
    assert 20 < len(refused) < len(files)
    assert refused == {name for name, text in files.items() if parse_inspections(text.encode(), name).problems}


def assert_helped(server: LanguageServer, file: Path, head: str = "") -> None:
    """Hold what an editor shows in a site file against what there is to be shown."""
    word, key = sorted(server.problems(file, head + BROKEN), key=lambda problem: "unknown_key" in problem)
    assert "大厦" in word
    assert "社区物业" in word
    assert "unknown_key" in key
    assert "党支部的正式党员人数。" in server.hover(file, f"{head}[branch]\nfull_{CURSOR}members = 3\n")
    assert "上级党组织批复成立的日期。" in server.hover(file, f"{head}[branch]\napproved_{CURSOR}on = 2020-03-01\n")
    assert "建筑工地，或者有物业管理的社区。" in server.hover(file, f'{head}[site]\nki{CURSOR}nd = "建筑工地"\n')
    keys = server.complete(file, f'{head}[branch]\nform = "临时"\n{CURSOR}\n[activity_space]\n')
    assert set(keys) == set(known_keys(("branch",))) - {"form"}
    assert "党支部的正式党员人数。" in keys["full_members"]
    words = server.complete(file, f'{head}[site]\nkind = "{CURSOR}"\n')
    assert set(words) == {'"建筑工地"', '"社区物业"'}


def test_tombi_shows_titles_and_help_below_double_brackets_and_even_better_toml_does_not(repository: Path) -> None:
    file = repository / "checklists/site.toml"
    member = f"[branch]\nfull_{CURSOR}members = 3\n"
    item = f'[[responsibility_list.items]]\ncate{CURSOR}gory = "党的建设"\n'
    with start_tombi(repository) as server:
        assert_helped(server, file)
        assert "正式党员数" in server.hover(file, member)
        assert "事项所属的工作类别。" in server.hover(file, item)
    with start_taplo(repository) as server:
        assert_helped(server, file)
        assert "正式党员数" not in server.hover(file, member)
        assert not server.hover(file, item, patience=0)
    fetched = re.findall("^fetch .*", server.complaints, re.MULTILINE)
    assert fetched == ["fetch https://www.schemastore.org/api/json/catalog.json"], "once, before it reads settings"


@editors
@pytest.mark.parametrize("has_shared_schema", [True, False])
def test_help_and_completion_work_in_what_pilot_new_writes(
    start: Start, has_shared_schema: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "站点 #1" / "海纳大厦"
    if has_shared_schema:
        assert pilot("schema", "--output", "site.schema.json", cwd=tmp_path).returncode == 0
    assert pilot("new", folder, "--id", "haina-tower", "--no-input").returncode == 0
    head = (folder / "site.toml").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("#:schema ../../site.schema.json" if has_shared_schema else "#:schema file:///")
    with start(folder) as server:
        assert_helped(server, folder / "site.toml", f"{head}\n\n")


def test_tombi_needs_no_folder_to_be_opened(tmp_path: Path) -> None:
    head = f"#:schema {(ROOT / 'pilot_cli/site/site.schema.json').as_uri()}\n\n"
    with start_tombi(None) as server:
        assert_helped(server, tmp_path / "site.toml", head)


def test_tombi_asks_nothing_of_the_network_in_the_repository(repository: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        environment = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.getsockname()[1]}", "HOME": str(tmp_path)}
        with LanguageServer(TOMBI, repository, **environment) as server:
            assert_helped(server, repository / "checklists/site.toml")
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()
        (repository / "tombi.toml").unlink()
        proxy.settimeout(PATIENCE)
        with LanguageServer(TOMBI, repository, **environment):
            proxy.accept()[0].close()


class Variant(NamedTuple):
    """A site broken at one value."""

    value: Any
    is_time_for_text: bool
    is_refused: bool
    """What the reader says."""


def write_variants(repository: Path, each: int = 1, also: tuple[float, ...] = ()) -> dict[str, Variant]:
    """Write broken sites where the settings of the repository expect site files; each is named by its number."""
    variants = {}
    for number, (path, site) in enumerate(broken(whole_site())):
        value = value_at(site, path)
        if number % each == 0 or (isinstance(value, float) and value in also):
            text = tomli_w.dumps(site)
            file = repository / f"checklists/{number:05}/site.toml"
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8", newline="")
            is_refused = bool(parse_site(text.encode()).problems)
            variants[f"{number:05}"] = Variant(value, is_time_for_text(path, value), is_refused)
    return variants


def run(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program as it is installed beside Python."""
    return subprocess.run(
        [PROGRAMS / program, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


Named = dict[str, Callable[[Variant], bool]]

TAPLO_DIFFERS: Named = {
    "a time without quotes": lambda variant: variant.is_time_for_text and variant.is_refused,
}
TOMBI_DIFFERS: Named = {
    "a whole number with a point": lambda variant: is_whole(variant.value) and not variant.is_refused,
    "infinity": lambda variant: variant.value == inf and variant.is_refused,
    "the year 0": lambda variant: variant.value == "0000-01-01" and variant.is_refused,
}


def is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def test_taplo_agrees_with_the_reader_but_for_what_the_pages_name(repository: Path) -> None:
    variants = write_variants(repository)
    assert len(variants) > 9000
    assert_agree(variants, run("taplo", "check", cwd=repository).stderr, TAPLO_DIFFERS)


def test_tombi_agrees_with_the_reader_but_for_what_the_pages_name(repository: Path) -> None:
    variants = write_variants(repository, each=8, also=(3.0, inf))
    assert len(variants) > 1200
    assert_agree(variants, run("tombi", "lint", "--offline", cwd=repository).stderr, TOMBI_DIFFERS)


def assert_agree(variants: dict[str, Variant], said: str, named: Named) -> None:
    """Hold what another program says against the reader; every named difference has to be there, and no other."""
    refused = set(re.findall(r"checklists/(\d{5})/site.toml:\d+:\d+", said))
    assert len(variants) / 2 < len(refused) < len(variants)
    found = [variant for number, variant in variants.items() if variant.is_refused != (number in refused)]
    names = [[name for name, is_it in named.items() if is_it(variant)] for variant in found]
    assert [variant for variant, name in zip(found, names, strict=True) if not name] == []
    assert {name for (name,) in names} == set(named), "a difference is gone that the pages name"


PAGES = [ROOT / "docs" / language / "editors.md" for language in ("en", "zh")]
pages = pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])

DIFFERENCES = {
    # What stands where, and which of pilot, taplo and tombi refuse it.
    ("site", "name = 2020-11-23"): (True, False, True),
    ("branch", "full_members = 3.0"): (False, False, True),
    ("activity_space", "area_m2 = inf"): (True, True, False),
    ("branch", 'elected_on = "0000-01-01"'): (True, True, False),
}


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_pages_name_all_differences_and_these_are_there(tmp_path: Path) -> None:
    for page in PAGES:
        named = re.findall("^\\| `(\\w+ = .+?)`", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert named == [line for _table, line in DIFFERENCES]
    assert pilot("schema", "--output", "site.schema.json", cwd=tmp_path).returncode == 0
    for (table, line), expected in DIFFERENCES.items():
        site = {"site": 'id = "ab"\nkind = "建筑工地"\nname = "名"\n', "branch": "", "activity_space": ""}
        site[table] = site[table].replace('name = "名"\n', "") + line + "\n"
        text = "".join(f"[{name}]\n{lines}" for name, lines in site.items())
        (tmp_path / "site.toml").write_text(f"#:schema site.schema.json\n\n{text}", encoding="utf-8")
        refused = (
            bool(parse_site(text.encode()).problems),
            run("taplo", "check", "site.toml", cwd=tmp_path).returncode == 1,
            run("tombi", "lint", "--offline", "site.toml", cwd=tmp_path).returncode == 1,
        )
        assert refused == expected, line


@pages
def test_the_commands_of_a_page_run_as_they_stand(page: Path, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    commands = [line for block in blocks(page, "sh") for line in block.splitlines()]
    assert len(commands) == 7
    for command in commands:
        program, *arguments = shlex.split(command)
        if "--watch" in arguments:
            with Session(*arguments, cwd=tmp_path) as session:
                session.wait_for("Ctrl-C")
                assert "sites/haina-tower/site.toml:" in session.shown
                session.interrupt()
        elif program == "pilot":
            assert pilot(*arguments, cwd=tmp_path).returncode == 0
        else:
            result = run(program, *arguments, cwd=tmp_path)
            assert result.returncode == 0, result.stderr
    (line,) = blocks(page, "toml")
    assert (tmp_path / "sites/haina-tower/site.toml").read_text(encoding="utf-8").startswith(f"{line}\n")


@pages
def test_the_task_of_a_page_finds_every_finding_in_what_pilot_writes(page: Path) -> None:
    _settings, tasks = map(json.loads, blocks(page, "json"))
    (task,) = tasks["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    arguments = [argument.replace("sites", "checklists") for argument in task["args"]]
    lines = pilot(*arguments, *AS_OF).stdout.splitlines()
    found = [re.search(pattern["regexp"], line) for line in lines]
    names = ("file", "line", "column", "code", "severity")
    told = [
        (site["path"], str(finding["line"]), str(finding["column"]), finding["rule"], finding["severity"])
        for site in document("checklists")["sites"]
        for finding in site["findings"]
    ]
    assert [tuple(match[pattern[name]] for name in names) for match in found if match] == told
    assert len(lines) == len(told) > 50
    assert all(match and match[pattern["message"]] for match in found)


@pages
def test_the_settings_of_a_page_are_those_of_the_repository_and_keep_tombi_offline(page: Path) -> None:
    settings = json.loads(blocks(page, "json")[0])
    assert (*TOMBI[:1], *settings.pop("tombi.args")) == (*TOMBI, "--offline")
    assert settings == json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
