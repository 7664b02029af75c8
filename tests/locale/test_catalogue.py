"""Every message exists in both languages."""

import ast
import gettext
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from pilot_cli.locale import DIRECTORY, DOMAIN

CODE = DIRECTORY.parent
MARKERS = {"_": 1, "N_": 1, "ngettext": 2, "message": 1, "counted": 2}
"""What marks messages, and how many of its first arguments they are."""


def messages() -> Iterator[tuple[str, str]]:
    """Find every message in the code, each with the place where it stands."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
                for argument in node.args[: MARKERS[node.func.id]]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value, f"{path.name}:{node.lineno}"


def placeholders(text: str) -> set[str]:
    try:
        return {name for _before, name, _format, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()  # A text about braces, which is shown as it is.


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (DIRECTORY / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file)


def both(message: Message) -> tuple[str, str]:
    """A message and its translation, in the singular."""
    id = message.id if isinstance(message.id, str) else message.id[0]
    text = message.string if isinstance(message.string, str) else (message.string or [""])[0]
    return id, text


def test_every_message_is_translated_with_the_same_placeholders(chinese: Catalog) -> None:
    known = dict(map(both, chinese))
    plurals = {message.id[1]: message.id[0] for message in chinese if not isinstance(message.id, str)}
    found = list(messages())
    assert len(found) > 200
    for message, place in found:
        translation = known.get(plurals.get(message, message))
        assert translation, f"{place}: {message!r} has no Chinese"
        assert placeholders(translation) == placeholders(message), f"{place}: {message!r}"


def test_no_translation_is_left_over(chinese: Catalog) -> None:
    used = {message for message, _place in messages()}
    for message in chinese:
        id, _translation = both(message)
        assert not id or id in used, f"{id!r} is no longer used"


def test_no_translation_is_uncertain_and_none_has_western_punctuation_after_chinese(chinese: Catalog) -> None:
    for message in chinese:
        assert not message.fuzzy, message.id
        _id, text = both(message)
        for before, after in pairwise(text):
            assert not ("\u4e00" <= before <= "\u9fff" and after in ",;:!?"), text


def test_the_compiled_catalogue_is_up_to_date(chinese: Catalog) -> None:
    compiled = gettext.translation(DOMAIN, DIRECTORY, ["zh"])
    for message in chinese:
        if isinstance(message.id, str):
            assert not message.id or compiled.gettext(message.id) == message.string
        else:
            assert compiled.ngettext(message.id[0], message.id[1], 1) == both(message)[1]


def test_every_catalogue_is_tested() -> None:
    assert sorted(path.parent.parent.name for path in Path(DIRECTORY).rglob("*.po")) == ["zh"]
