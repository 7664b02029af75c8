"""Where lines of Chinese may break (kinsoku), by GB/T 15834 for punctuation; Latin words, numbers and dates stay whole.

Uniseg, which breaks lines as Unicode asks, takes 90 ms to import and 12 ms for a sentence, and splits dates.
"""

import re
from collections.abc import Iterator
from functools import cache

from rich.cells import cell_len, chop_cells

NOT_AT_START = "，。、；：！？）》〉”’』」】〕］｝〗…～·％‰℃,.;:!?)]}%"
"""What no line begins with."""
NOT_AT_END = "（《〈“‘『「【〔［｛〖￥([{"
"""What no line ends with."""
BLANKS = " \u3000"

_WIDE = "\u1100-\u115f\u2e80-\u2fff\u3001-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_WIDE += "\U0001f300-\U0001faff\U00020000-\U0003ffff"
_MARKS = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f"
"""What stands on the character before it."""


@cache
def _piece() -> re.Pattern[str]:
    """What a line takes as a whole, with the blanks behind it; compiled when the first line is too long."""
    date = r"(?:(?<=\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<=\d)月(?:\d{1,2}日)?)?"
    unit = f"(?:[^{BLANKS}{_WIDE}]+{date}|[{_WIDE}][{_MARKS}]*)"
    start, end = re.escape(NOT_AT_START), re.escape(NOT_AT_END)
    goes_on = f"(?:(?<=[{end}])[{BLANKS}]*{unit}|[{BLANKS}]*(?=[{start}]){unit})"
    return re.compile(f"[{BLANKS}]*{unit}{goes_on}*[{BLANKS}]*|[{BLANKS}]+")


def pieces(text: str) -> Iterator[str]:
    """Take a text apart at all places where a line may break; blanks stand at the end of what they follow."""
    return (match[0] for match in _piece().finditer(text))


def line_starts(text: str, width: int) -> list[int]:
    """Return where the second line of a text begins, and those after it; a line is at most ``width`` cells wide.

    The blanks at its end may hang out. A piece that is wider than a line is broken anywhere.
    """
    starts: list[int] = []
    start = used = 0
    for piece in pieces(text):
        needed = cell_len(piece.rstrip(BLANKS))
        if used and used + needed > width:
            starts.append(start)
            used = 0
        if needed > width:
            *full, last = chop_cells(piece.rstrip(BLANKS), width)
            place = start
            for part in full:
                place += len(part)
                starts.append(place)
            used = cell_len(last) + len(piece) - len(piece.rstrip(BLANKS))
        else:
            used += cell_len(piece)
        start += len(piece)
    return starts
