"""Where lines of Chinese may break (kinsoku), by GB/T 15834 for punctuation; Latin words, numbers and dates stay whole.

Uniseg, which breaks lines as Unicode asks, takes 90 ms to import and 12 ms for a sentence, and splits dates.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice

from rich.cells import cell_len, chop_cells

NOT_AT_START = "，。、；：！？）》〉”’』」】〕］｝〗…～·％‰℃,.;:!?)]}%"
"""What no line begins with."""
NOT_AT_END = "（《〈“‘『「【〔［｛〖￥([{"
"""What no line ends with."""
BLANKS = " \u3000"


@cache
def _unit() -> re.Pattern[str]:
    """A word, a number, date or number of a document, or a single Chinese character.

    The marks on it and the blanks behind it belong to it. It is compiled when the first line is too long.
    """
    word, marks = "[!-\u2e7f]+", "(?:[\u0300-\u036f]|[\u3099\u309a]|[\ufe00-\ufe0f])*"
    date = r"(?:(?<=[0-9])年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|(?<=[0-9])月(?:[0-9]{1,2}日)?)?"
    numbered = "〔[0-9]{4}〕[0-9]+号?"
    return re.compile(f"(?:{word}{date}|{numbered}|[^{BLANKS}]){marks}[{BLANKS}]*|[{BLANKS}]+", re.DOTALL)


def pieces(text: str) -> Iterator[str]:
    """Take a text apart at all places where a line may break; blanks stand at the end of what they follow."""
    piece = ""
    for match in _unit().finditer(text):
        unit = match[0]
        if piece and unit[0] not in NOT_AT_START and piece.rstrip(BLANKS)[-1:] not in NOT_AT_END:
            yield piece
            piece = unit
        else:
            piece += unit
    if piece:
        yield piece


def line_starts(text: str, width: int) -> list[int]:
    """Return where the second line of a text begins, and those after it; a line is at most ``width`` cells wide.

    The blanks at its end may hang out. A piece that is wider than a line is broken where the line ends, or a path
    behind a folder.
    """
    starts: list[int] = []
    start = used = 0
    for piece in pieces(text):
        shown = piece.rstrip(BLANKS)
        needed = cell_len(shown)
        if used and used + needed > width:
            starts.append(start)
            used = 0
        if needed > width:
            *full, last = _chopped(shown, width)
            starts += islice(accumulate(map(len, full), initial=start), 1, None)
            needed = cell_len(last)
        used += needed + cell_len(piece[len(shown) :])
        start += len(piece)
    return starts


def _chopped(word: str, width: int) -> Iterator[str]:
    while cell_len(word) > width and len(word) > 1:
        first = chop_cells(word[:width], width)[0]
        # A wide character has no room in one cell, and stands there nevertheless.
        end = max(map(first.rfind, "/\\")) + 1 or len(first) or 1
        yield word[:end]
        word = word[end:]
    yield word
