"""When a text says something, and when two texts mean the same: spaces and invisible characters make no difference."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import category, combining, is_normalized, normalize

_SELECTORS = (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, _SELECTORS)))
"""Letters and marks, as Unicode has it, that nobody sees."""

_BRACKETS = str.maketrans("〔〕［］[]（）【】", "()" * 5)
_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,5}")
MAX_MARKS = 30
"""How many marks a letter may have, as Unicode has it for texts that come as a stream."""
CACHED_TEXTS = 8192
"""The names of a site occur in many of its rows."""


def is_utf8(text: str) -> bool:
    """Whether UTF-8 can write a text: in names and arguments, bytes that are not UTF-8 arrive as surrogates."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def is_invisible(character: str) -> bool:
    """Whether nothing is to be seen of a character, not even a space; control characters are another matter."""
    return category(character) in ("Cf", "Zl", "Zp") or character in _FILLERS


def _is_seen(character: str) -> bool:
    return not is_invisible(character) and category(character) != "Cc"


def nfkc(text: str) -> str:
    """Make look-alikes and widths one (NFKC); of the marks on a letter, as many as anybody writes are left."""
    if text.isascii():
        return text
    # They are sorted, which takes as long as the square of their number.
    return normalize("NFKC", text if len(text) <= MAX_MARKS else "".join(_with_few_marks(text)))


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if combining(character) else 0
        if marks <= MAX_MARKS:
            yield character


def plain(text: str) -> str:
    """Leave out white space and what cannot be seen, and make look-alikes and widths one (NFKC).

    Two texts name the same person if this is the same.
    """
    # Before NFKC, which joins a letter and its mark only where no blank stands between them.
    bare = text.replace(" ", "")
    if bare.isprintable() and is_normalized("NFKC", bare) and _FILLERS.isdisjoint(bare):
        return bare
    # Before NFKC as well, which makes other letters of some fillers.
    seen = "".join([character for character in bare if _is_seen(character) and not character.isspace()])
    return "".join(nfkc(seen).split())


def folded(text: str) -> str:
    """Make a text comparable with placeholders: from its first letter or digit to its last.

    So nothing is left of dashes, slashes, dots, brackets and the like alone.
    """
    left = plain(text)
    says = [index for index, character in enumerate(left) if character.isalnum()]
    return left[says[0] : says[-1] + 1].casefold() if says else ""


class Placeholders:
    """The texts that say nothing: dashes and the like, and those that a standard lists, in any case and width."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = tuple(texts)
        self._folded = frozenset(map(folded, ("", *self.texts)))
        self._longest = max(map(len, self._folded))
        # What has more plain letters in a row than any of them is none of them, and need not be folded.
        self._says_more = re.compile(f"[0-9A-Za-z\u4e00-\u9fff]{{{self._longest + 1}}}").search

        self.name = lru_cache(CACHED_TEXTS)(self._name)
        """What a text comes to as a name; nothing where it says nothing."""
        self.has = lru_cache(CACHED_TEXTS)(self.__contains__)
        """Whether a text says nothing; most texts of a site are asked for several times."""

    def __reduce__(self) -> tuple[type["Placeholders"], tuple[tuple[str, ...]]]:
        """Travel to another process as the list."""
        return Placeholders, (self.texts,)

    def __contains__(self, text: str) -> bool:
        """Whether a text says nothing."""
        if len(text) > self._longest and self._says_more(text):
            return False
        return not self.name(text)

    def _name(self, text: str) -> str:
        return "" if folded(text) in self._folded else plain(text)


def approval_key(number: str) -> str:
    """Make approval numbers comparable: all kinds of brackets are one."""
    return plain(number).translate(_BRACKETS)


def file_key(name: str) -> str:
    """Make names of files comparable: case, width, brackets and blanks are what people do not look at."""
    return plain(name).translate(_BRACKETS).casefold()


def without_suffix(key: str) -> str:
    """Leave out of a name of a file, as ``file_key`` has it, what tells the kind of the file."""
    stem, dot, suffix = key.rpartition(".")
    return stem if stem and _SUFFIX.fullmatch(dot + suffix) else key
