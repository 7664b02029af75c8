"""Which lines of a text that is not TOML belong together: where each statement begins, as far as that is certain.

There is no parser here: rtoml decides what can be read; this only tells what a line looks like.
"""

import re
from collections.abc import Sequence
from functools import cache

import rtoml

from pilot_cli.site.field import all_fields

MAX_STATEMENT_LENGTH = 50_000
"""In a longer statement nothing is looked for: nobody typed it."""

_TEXT_OR_REMARK = re.compile(
    r'''
    """(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\Z)   # a text of several lines
    | \'{3}(?:[^']|'(?!''))*+(?:\'{3,5}|\Z)     # the same, taken as it is
    | "(?:[^"\\\n]|\\[^\n])*+(?:"|\\?(?=\n|\Z))
    | '[^'\n]*+'
    | \#[^\n]*+
    ''',
    re.DOTALL | re.VERBOSE,
)
"""A text that is never closed is matched too, up to where it would have to be: else each quote in it is tried again."""

POSITION = re.compile(r" at line (\d{1,9}) column (\d{1,9})$")
"""How a report of rtoml ends; the line and the column count from 1."""
_UNCLOSED = ("unclosed array,", "unclosed inline table", "invalid multi-line")
MAX_EARLIER_MISTAKES = 30

_PLAIN_KEY = re.compile(r"\s*+[A-Za-z0-9_-]++\s*+[=＝:：][^\[\]［］【】]*$")
_KEY = re.compile(r"""\s*+(?:"[^"\n]{1,64}+"|'[^'\n]{1,64}+'|[^\s=＝"'#\[\]{},，]{1,64}+)[^\S\n]*+[=＝]""")
_HEADER = re.compile(r"\s*+[\[［【]{1,2}\s*+[^\W\d][\w.-]*+\s*+(?:[\]］】]{1,2}|$)")
_OPENING = re.compile(r"[\[［【]")
_CLOSING = re.compile(r"[\]］】]")
_REMARK = re.compile(r"\s*+(?://|--|;|/\*|<!--|[*·※●（(]?+[^\x00-\x7f\W][^\"'=＝“”‘’\[\]［］【】{}]*+$)")


def texts_and_remarks(source: str) -> list[re.Match[str]]:
    """Find the texts and remarks, also texts that are never closed."""
    return list(_TEXT_OR_REMARK.finditer(source))


def is_closed(text: str) -> bool:
    """Whether a text or remark that was found ends as it should."""
    if text[0] == "#":
        return True
    quotes = text[0] * 3 if text.startswith(('"""', "'''")) else text[0]
    # In a text of one line, a backslash before the last quote makes it a character of the text.
    body = re.sub(r"\\.", "  ", text[len(quotes) :], flags=re.DOTALL) if text[0] == '"' else text[len(quotes) :]
    return body.endswith(quotes)


def without_texts(source: str) -> str:
    """Put blanks for texts and remarks: what is left there is not as it should be."""

    def blanks(found: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", found[0]) if is_closed(found[0]) else found[0]

    return _TEXT_OR_REMARK.sub(blanks, source)


@cache
def _known_line() -> re.Pattern[str]:
    """A line that begins with a key of the format, or a header of one of its tables that has lost a bracket."""
    keys = "|".join(sorted({str(field.keys[-1]) for field in all_fields()}))
    tables = "|".join(sorted({str(field.keys[0]) for field in all_fields() if field.table}))
    return re.compile(rf"\s*+(?:(?:{keys})(?![\w.-])|[\[［【]*+\s*+(?:{tables})(?:\.\w++)*+\s*+[\]］】])")


def looks_like_header(line: str) -> bool:
    """Whether a line looks like the header of a table."""
    return bool(_HEADER.match(line))


def begins_statement(line: str) -> bool:
    """Whether a line looks as if a key or a table header began in it."""
    if not line or line.isspace():
        return False
    if "{" not in line and line.rstrip(" ,").endswith("}"):
        return False  # The rest of an entry of a list, which has lost its opening brace.
    return bool(_KEY.match(line) or _HEADER.match(line) or _known_line().match(line))


def looks_like_remark(line: str) -> bool:
    """Whether a line can hardly be anything but a remark that lacks its ``#``."""
    return bool(_REMARK.match(line)) and not begins_statement(line)


def find_start(lines: Sequence[str], row: int, most_steps: int) -> int | None:
    """Return the row where the statement begins that rtoml reports something of at a row; None if it is not found."""
    steps = 0
    for start in range(row, -1, -1):
        if start < row and not begins_statement(lines[start]):
            continue
        if steps == most_steps:
            break
        steps += 1
        if _are_whole(list(lines[:start])):
            return _broken_before(lines, start)
    return None


def _broken_before(lines: Sequence[str], row: int) -> int:
    """Return the row of the statement that a line goes on with, if that statement is broken and open at its end."""
    if begins_statement(lines[row]):
        return row
    above = next((above for above in range(row - 1, -1, -1) if begins_statement(lines[above])), row)
    if above == row or not _goes_on(lines[above]) or read_again(lines[above:row]) is None:
        return row
    return above if _are_whole(list(lines[:above])) else row


def _are_whole(lines: list[str]) -> bool:
    """Whether lines end where a statement does, whatever else is wrong with those in them.

    rtoml looks for some mistakes only where there are no others, so that earlier ones may not have been told yet.
    """
    row = -1
    for _attempt in range(MAX_EARLIER_MISTAKES):
        complaint = read_again(lines)
        if complaint is None:
            return True
        position = POSITION.search(complaint)
        if not position or complaint.startswith(_UNCLOSED) or int(position[1]) - 1 == row:
            return False
        row = int(position[1]) - 1
        start = next((above for above in range(row, -1, -1) if begins_statement(lines[above])), row)
        end = next((below for below in range(row + 1, len(lines)) if begins_statement(lines[below])), len(lines))
        take_out(lines, range(start, end))
    return False


def read_again(lines: Sequence[str]) -> str | None:
    """Return what rtoml says against lines; None if it can read them."""
    try:
        rtoml.loads("\n".join(lines))
    except ValueError as error:
        return str(error)
    return None


def take_out(lines: list[str], rows: range) -> None:
    """Make lines blank; what follows gets a table of its own, as the header may be among what is taken out."""
    first = lines[rows.start]
    keeps_table = len(rows) == 1 and bool(_PLAIN_KEY.match(first) or looks_like_remark(first))
    for row in rows:
        lines[row] = ""
    if not keeps_table:
        lines[rows.start] = f"[_{rows.start}]"


def find_end(lines: Sequence[str], start: int, row: int) -> int:
    """Return the row by which a statement with a mistake has certainly ended."""
    can_go_on = _goes_on(lines[start])
    for end in range(start + 1, len(lines)):
        if begins_statement(lines[end]) or (end > row and not can_go_on and looks_like_remark(lines[end])):
            return end
    return len(lines)


def _goes_on(line: str) -> bool:
    """Whether something is open at the end of a line, as far as can be told of a damaged one."""
    bare = without_texts(line)
    _key, equals, value = bare.replace("＝", "=").partition("=")
    return (
        (bool(equals) and not value.strip() and not line.partition("=")[2].strip())
        or any(quote in bare for quote in "\"'＂＇")
        or bare.count("“") != bare.count("”")
        or bare.count("‘") != bare.count("’")
        or len(_OPENING.findall(bare)) != len(_CLOSING.findall(bare))
        or bare.rstrip("\r ").endswith((",", "，", "、"))
    )
