"""Texts from strangers that would do something where texts are not kept as texts, and sites full of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

TEXTS = {
    "markup": "[red]红[/red]",
    "closing markup": "[/]甲",
    "a link of markup": "[link=https://x.y]点[/link]",
    "an emoji code": ":smile:",
    "a colour": "\x1b[31m红\x1b[0m",
    "a link of the terminal": "\x1b]8;;https://x.y\x07点\x1b]8;;\x07",
    "a cleared screen": "\x1b[2J\x1b[H",
    "a one-byte escape": "\x9b31m红",
    "a new line": "甲\n乙",
    "a forged finding": "甲\nsite.toml:1:1: B001 error 乙",
    "a forged row": "甲\n│ 乙 │ 建筑工地 │",
    "a line of Windows": "甲\r\n乙",
    "a carriage return": "甲\r乙",
    "a tab": "甲\t乙",
    "zero": "甲\0乙",
    "a bell": "甲\x07\x08\x7f",
    "a vertical tab and a form feed": "甲\x0b\x0c\x1c\x85乙",
    "a right-to-left override": "\u202egpj.exe\u202c",
    "a right-to-left mark": "\u200f甲\u061c\u2066乙\u2069",
    "something not to be seen": "甲\u200b\u2060\ufeff\u00ad",
    "a line separator": "甲\u2028乙\u2029丙",
    "no character": "\uffff\U0010ffff\ue000甲",
    "a sum": "=1+1",
    "a sum after a space": " =1+1",
    "a sum after a wide space": "\u3000=1+1",
    "a sum after a tab": "\t=1+1",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "a bar": "|甲|乙|",
    "an escaped bar": "\\|甲",
    "backticks": "`甲` ``",
    "a script": "<script>alert(1)</script>",
    "a comment": "<!-- 甲 -->",
    "an entity": "&lt;&#61;1",
    "a rich text of Excel": "<r>&</r>",
    "emphasis": "**甲** _乙_ ~~丙~~",
    "a link": "[甲](https://x.y) ![乙](z.png) [丙]: https://x.y",
    "an address": "https://x.y/z mailto:a@b.cd <a@b.cd>",
    "a heading": "# 甲",
    "a list": "- 甲",
    "a numbered list": "1. 甲",
    "a numbered list with a bracket": "1) 甲",
    "a quotation": "> 甲",
    "a rule": "***甲",
    "a fence": "~~~甲",
    "an indented block": "    甲",
    "a backslash": "甲\\",
    "a template": "{{ 7*7 }} {0} %s $HOME",
    "quotes": "\"甲\" '乙' “丙”",
    "an annotation": "::error::甲",
    "wide characters": "甲👨‍👩‍👧é𠮷",
}
LONG_TEXTS = ("长" * 40_000, "x" * 40_000, "\x1b[31m" * 10_000)
DAY = date(2021, 1, 1)


def shown(text: str) -> str:
    """Write a text as people are to see it: what cannot be seen, as an escape."""
    return "".join(
        letter if letter.isprintable() or letter in "\u3000\u00a0" else letter.encode("unicode_escape").decode()
        for letter in text
    )


def in_a_line(text: str) -> str:
    """Say how a text is shown where a line might be a command to what runs pilot."""
    return shown(text).replace("::", ": :")


def hostile_site(text: str) -> dict[str, Any]:
    """Make a site that has a text wherever a site can have one, and something to find about most of them."""
    return {
        "site": {"id": text, "name": text, "kind": "建筑工地", "city": text, "organization_type": text, f"x{text}": 1},
        "branch": {
            **{"name": text, "form": text, "approved_by": text, "approval_no": text, "approved_on": text},
            **{"covers": [text], "documents": [text], "officers": [{"name": text, "posts": ["书记", text]}]},
        },
        "responsibility_list": {"items": [{"title": text, "owner": text, "due": date(2020, 1, 1)}, {"title": text}]},
        "member_guide": {"roles": [{"kind": text, "name": text}], text: text},
        "work_rules": {"covers": [text], "records": [{"kind": "党课", "date": text, "recorder": text, "title": text}]},
        "waivers": [
            {"rule": "P002", "reason": text, "approved_by": text, "until": DAY},
            {"rule": text, "reason": text, "approved_by": text, "until": DAY},
        ],
    }


def write_hostile_sites(folder: Path) -> None:
    """Put a site for each hostile text into a folder."""
    for number, text in enumerate(TEXTS.values()):
        (folder / f"{number:02}.toml").write_bytes(tomli_w.dumps(hostile_site(text)).encode())


def write_hostile_names(folder: Path) -> None:
    """Put a folder of each hostile name into a folder, with a site file of the same name in it."""
    try:
        for text in TEXTS.values():
            if "/" not in text and "\0" not in text:
                path = folder / text / f"{text}.toml"
                path.parent.mkdir()
                path.write_text("[site]\nname = 1\n", encoding="utf-8")
    except OSError:
        pytest.skip("the file system does not take such names")


def long_site(text: str) -> dict[str, Any]:
    """Make a site with a few texts that are too long for anything, and yet short enough for a site file."""
    items = [{"title": text, "owner": text, "due": date(2020, 1, 1)}]
    site = {"name": text, "id": text, "kind": "建筑工地", "city": text}
    return {"site": site, "branch": {"approved_by": text}, "responsibility_list": {"items": items}}


def unseen(out: str) -> set[str]:
    """Find what a terminal would not show as a character."""
    return {letter for letter in out if not letter.isprintable() and letter not in "\n\u3000\u00a0"}
