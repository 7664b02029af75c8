"""When a text is given, and when two are names of one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

PLACEHOLDERS = {
    *("无", "暂无", "没有", "待定", "待补", "待补充", "未定", "不详", "同上"),
    *("n/a", "none", "null", "tbd"),
}
# What shows nothing but is no format character (Cf) to Unicode: joiners, fillers and selectors of variants.
ALSO_INVISIBLE = {
    *map(chr, [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0]),
    *map(chr, [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]),
}


def is_seen(character: str) -> bool:
    """Neither white space nor a character that nobody sees."""
    if character.isspace() or character in ALSO_INVISIBLE:
        return False
    return unicodedata.category(character) not in ("Cf", "Cc")


def seen(text: str) -> str:
    return "".join(filter(is_seen, text))


def folded(text: str) -> str:
    """What two texts are compared by. Unseen characters go first: one of them may part a letter from its accent."""
    return seen(unicodedata.normalize("NFKC", seen(text)))


def is_given(text: Any) -> bool:
    """Whether a text says something. An absent one does not, nor do signs alone; around a placeholder they are none."""
    if text is None:
        return False
    left = folded(text)
    while left and not left[0].isalnum():
        left = left[1:]
    while left and not left[-1].isalnum():
        left = left[:-1]
    return bool(left) and left.casefold() not in PLACEHOLDERS


def given(texts: Iterable[str]) -> list[str]:
    return list(filter(is_given, texts))


def people(names: Iterable[str]) -> set[str]:
    """Each person once, however the name is spaced."""
    return {folded(name) for name in given(names)}
