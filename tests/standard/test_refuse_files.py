"""The file of a standard that cannot be used is refused, with the file and, where there is one, the line and key."""

from pathlib import Path

import pytest

from pilot_cli import load_standard
from pilot_cli.locale import Language, use_language
from tests.editing import line_of
from tests.standard.own import EXTENDING, WHOLE, own_rule, refusal, write_standard


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Compare the English messages."""


@pytest.mark.parametrize(
    ("text", "at", "key", "why"),
    [
        pytest.param(f'{EXTENDING}extend = "x"', 'extend = "x"', "extend", "does not belong here", id="an unknown key"),
        pytest.param('extends = "five-ones"', "extends", "name", "it is missing", id="no name"),
        pytest.param('name = " "\nextends = "five-ones"', "name", "name", "something in it", id="a blank name"),
        pytest.param("name = 5", "name", "name", "a text", id="a name that is a number"),
        pytest.param('name = "a"\nextends = ["five-ones"]', "extends", "extends", "a text", id="several to extend"),
        pytest.param(f"{EXTENDING}weight = 0", "weight", "weight", "at least 1", id="no weight to speak of"),
        pytest.param(f'{EXTENDING}weight = "20"', "weight", "weight", "a whole number", id="weight in words"),
        pytest.param(f"{EXTENDING}rules = 5", "rules", "rules", "a list", id="rules that are no list"),
        pytest.param(f"{EXTENDING}rules = [5]", "rules", "rules", "a table", id="rules that are no tables"),
        pytest.param(
            f"{EXTENDING}grades = []", "grades", "grades", "a list with something in it", id="no grades in the list"
        ),
        pytest.param(
            f"{EXTENDING}[[grades]]\nfrom = 0", "grades", "grades[0].name", "it is missing", id="a grade without a name"
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nname.zh = "好"',
            "grades",
            "grades[0].from",
            "it is missing",
            id="a grade without a bound",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = "0"\nname.zh = "好"',
            "from",
            "grades[0].from",
            "a number",
            id="a grade from a text",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = 0\nname.zh = "差"\n[[grades]]\nname.zh = "好"\nfrom = true',
            "from = true",
            "grades",
            "a number",
            id="a second grade from a truth",
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = 60\nname.zh = "好"', "grades", "", "begin at 0", id="no grade from 0"
        ),
        pytest.param(
            f'{EXTENDING}[[grades]]\nfrom = -1\nname.zh = "差"', "grades", "", "begin at 0", id="a grade from below 0"
        ),
        pytest.param(
            f'{EXTENDING}grades = [{{ from = 0, name.zh = "差" }}, {{ from = 0, name.zh = "好" }}]',
            "grades",
            "",
            "begin at the same score",
            id="two grades from 0",
        ),
        pytest.param(
            f'{EXTENDING}grades = [{{ from = 0, name.zh = "差" }}, {{ from = 9, name.zh = "差" }}]',
            "grades",
            "",
            "the same name",
            id="two grades of a Chinese name",
        ),
        pytest.param(
            f'{EXTENDING}grades = [{{ from = 0, name = {{ zh = "差", en = "A" }} }}, '
            '{ from = 9, name = { zh = "好", en = "A" } }]',
            "grades",
            "",
            "the same name",
            id="two grades of an English name",
        ),
        pytest.param(WHOLE.replace("weight = 20\n", ""), "name = ", "", "needs weight and grades", id="no weight"),
        pytest.param('name = "自有标准"\nweight = 20', "name", "", "needs weight and grades", id="no grades"),
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str, at: str, key: str, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line_of(text, at)}: {key}")
    assert why in message


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param('name = "a"\nextends = five-ones\n', 2, "straight double quotes", id="a text without quotes"),
        pytest.param('name = "a"\n\nextends ＝ "five-ones"\n', 3, "＝", id="a full-width sign"),
        pytest.param('name = "a"\nname = "b"\n', 2, "second time", id="a key twice"),
    ],
)
def test_a_file_that_is_not_toml_is_refused(text: str, line: int, why: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, text)
    message = refusal(path)
    assert message.startswith(f"{path}:{line}: ")
    assert why in message


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path / "nowhere.toml")
    assert str(tmp_path / "nowhere.toml") in message
    assert "five-ones" in message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(tmp_path)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    try:
        path.symlink_to(path)
    except OSError:
        pytest.skip("this system has no links")
    assert str(path) in refusal(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes('name = "广州"\n'.encode("gb18030"))
    message = refusal(path)
    assert str(path) in message
    assert "UTF-8" in message


def test_a_file_of_1_mib_is_read(tmp_path: Path) -> None:
    path = write_standard(tmp_path, EXTENDING + "#" * (1024 * 1024 - len(EXTENDING.encode())))
    assert path.stat().st_size == 1024 * 1024
    assert load_standard(path).name == "广州市加强版"


@pytest.mark.parametrize("filling", ["#", "# 注"], ids=["ASCII", "cut within a character"])
def test_a_larger_file_is_refused(filling: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, EXTENDING + "#" + filling[-1] * (1024 * 1024))
    message = refusal(path)
    assert str(path) in message
    assert "1 MiB" in message


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"own.toml": "own.toml"}, id="a file that extends itself"),
        pytest.param({"own.toml": "./sub/../own.toml", "sub/x.toml": "five-ones"}, id="by a detour"),
        pytest.param({"own.toml": "b.toml", "b.toml": "own.toml"}, id="two files that extend each other"),
        pytest.param({"own.toml": "b.toml", "b.toml": "c.toml", "c.toml": "b.toml"}, id="a circle further down"),
    ],
)
def test_a_standard_that_extends_itself_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    for name, extended in files.items():
        write_standard(tmp_path, f'name = "a"\nextends = "{extended}"\n', name)
    message = refusal(tmp_path / "own.toml")
    assert message.startswith(str(tmp_path))
    assert ":2: extends: " in message
    assert "extends itself" in message


@pytest.mark.parametrize("extended", ["nowhere.toml", "", "five-twos", ".", "a\\u0000b"])
def test_a_standard_that_extends_what_is_not_there_is_refused(extended: str, tmp_path: Path) -> None:
    path = write_standard(tmp_path, f'name = "a"\nextends = "{extended}"\n')
    message = refusal(path)
    assert message.startswith(f"{path}:2: extends: ")


def test_an_error_in_an_extended_file_names_that_file(tmp_path: Path) -> None:
    base = write_standard(tmp_path, EXTENDING + own_rule('check = "at_last"'), "base.toml")
    own = write_standard(tmp_path, 'name = "a"\nextends = "base.toml"\n')
    assert refusal(own).startswith(f"{base}:")


def test_an_error_is_in_chinese_unless_asked_for_otherwise(tmp_path: Path) -> None:
    use_language(Language.CHINESE)
    path = write_standard(tmp_path, EXTENDING + own_rule('check = "at_last"'))
    assert "检查项 GZ01" in refusal(path)


@pytest.mark.usefixtures("english")
def test_the_built_in_standard_that_was_meant_is_named(tmp_path: Path) -> None:
    told = refusal(write_standard(tmp_path, 'name = "a"\nextends = "five-one"\n'))
    assert told.endswith("did you mean “five-ones”?")
