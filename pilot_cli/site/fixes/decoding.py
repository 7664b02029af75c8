"""Reads the bytes of a site file in the encodings that Notepad and Excel save in."""

import re
from functools import cache
from typing import NamedTuple

from pilot_cli.locale import Language, in_every_language
from pilot_cli.site.field import all_fields
from pilot_cli.site.mistakes.told import MendKind

BYTE_ORDER_MARK = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CHINESE = re.compile("[\u2e80-\u9fff]")


class Decoded(NamedTuple):
    """The text of a site file, and what its bytes were not as they should be in."""

    text: str
    kinds: tuple[MendKind, ...] = ()


def decode(raw: bytes) -> Decoded | None:
    """Read bytes as text; None where it is not certain in which encoding they are."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text_elsewhere = _utf_16(raw) if raw.startswith(_UTF_16) else _gbk(raw)
        return None if text_elsewhere is None else Decoded(text_elsewhere, (MendKind.ENCODING,))
    if text.startswith(BYTE_ORDER_MARK):
        return Decoded(text.removeprefix(BYTE_ORDER_MARK), (MendKind.BYTE_ORDER_MARK,))
    return Decoded(text)


def _utf_16(raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _gbk(raw: bytes) -> str | None:
    """Read bytes as GBK, or GB18030, if they can be nothing else.

    Big5 and other encodings often happen to be GBK as well, and say something else in it: so a word has to be in the
    text that the format knows. Where a line is UTF-8, another program has added to a file that was saved as UTF-8.
    """
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    if any(map(_is_chinese_in_utf_8, raw.split(b"\n"))) or not _known_words().search(text):
        return None
    return text


def _is_chinese_in_utf_8(line: bytes) -> bool:
    try:
        return not line.isascii() and bool(_CHINESE.search(line.decode()))
    except UnicodeDecodeError:
        return False


@cache
def _known_words() -> re.Pattern[str]:
    labels = [in_every_language(field.title)[list(Language).index(Language.CHINESE)] for field in all_fields()]
    words = [word.value for field in all_fields() for word in field.words or ()]
    return re.compile("|".join(sorted({re.escape(word) for word in (*labels, *words) if len(word) > 1})))
