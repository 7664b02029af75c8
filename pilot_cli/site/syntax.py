"""Says in words for people what is wrong with a text that is not TOML.

rtoml tells the line, the column and, in English and for programmers, the matter. What people really type wrong
(full-width punctuation, dates in the Chinese manner, a forgotten quote) is looked for first and named.
"""

import re
from datetime import date

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.site.problem import Place, Problem

FULL_WIDTH = {
    "“": '"',
    "”": '"',
    "＂": '"',
    "‘": "'",
    "’": "'",
    "＇": "'",
    "＝": "=",
    "，": ",",
    "、": ",",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "＃": "#",
    "．": ".",
    "－": "-",
    "：": "=",
}
SPACES = "\u3000\u00a0"

_CLOSED_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_OPEN_TEXT = re.compile(r"[\"'].*")
_COMMENT = re.compile(r"#.*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

_REPORT = re.compile(r"(?P<matter>.*?)(?:, expected .*)? at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL)

_MATTERS = {
    "string values must be quoted": (
        N_("There is no value that TOML understands here"),
        N_('Put text between straight double quotes, e.g. name = "…"; write numbers and dates without quotes.'),
    ),
    "missing opening quote": (
        N_("The opening quote is missing"),
        N_('Put text between straight double quotes, e.g. name = "…".'),
    ),
    "invalid basic string": (
        N_("The text is not closed: its ending quote is missing"),
        N_('Add a straight double quote (") where the text ends.'),
    ),
    "invalid literal string": (
        N_("The text is not closed: its ending quote is missing"),
        N_("Add a straight single quote (') where the text ends."),
    ),
    "invalid multi-line basic string": (
        N_("The text of several lines is not closed"),
        N_('Add three straight double quotes (""") where the text ends.'),
    ),
    "invalid multi-line literal string": (
        N_("The text of several lines is not closed"),
        N_("Add three straight single quotes (''') where the text ends."),
    ),
    "missing escaped value": (
        N_("A backslash in the text is not followed by a character that it can escape"),
        N_("In paths write / instead of \\, or put the text between single quotes."),
    ),
    "key with no value": (
        N_("After the key there is no equals sign with a value"),
        N_('Write a line as key = value, e.g. city = "…"; begin a remark with #.'),
    ),
    "invalid unquoted key": (
        N_("The key holds a character that keys cannot have"),
        N_("Keys are the English names of the site format, e.g. approved_by; see the list of keys."),
    ),
    "unquoted keys cannot be empty": (
        N_("The key is missing"),
        N_('Write a line as key = value, e.g. city = "…".'),
    ),
    "duplicate key": (
        N_("The same key or table is given a second time"),
        N_("Keep one of them; give the entries of a list as [[…]] tables."),
    ),
    "cannot extend value": (
        N_("A key is given below something that already has a value"),
        N_("Rename or remove one of the two keys."),
    ),
    "unclosed table": (N_("The table header is not closed"), N_("End the header with ], e.g. [branch].")),
    "unclosed array table": (
        N_("The table header is not closed"),
        N_("End the header with ]], e.g. [[branch.officers]]."),
    ),
    "unclosed array": (N_("The list is not closed"), N_("Add ] where the list ends.")),
    "unclosed inline table": (N_("The braces are not closed"), N_("Add } where the table ends.")),
    "missing comma between array elements": (
        N_("A comma is missing between two entries of the list, or the list is not closed"),
        N_("Put a comma between the entries, and ] where the list ends."),
    ),
    "unexpected key or value": (
        N_("There is something more after the end of the value"),
        N_("Begin a new line for the next key, and a remark with #."),
    ),
    "unexpected leading zero": (
        N_("The number begins with a zero"),
        N_("Write numbers without leading zeros; put numbers of documents between quotes."),
    ),
    "invalid boolean": (
        N_("There is no value that TOML understands here"),
        N_('Put text between straight double quotes, e.g. name = "…"; write numbers and dates without quotes.'),
    ),
    "invalid datetime": (
        N_("There is no value that TOML understands here"),
        N_('Put text and times between quotes, e.g. "09:00-18:00"; write dates as 2020-11-23.'),
    ),
    "invalid date": (N_("There is no such date"), N_("Write dates as 2020-11-23.")),
    "invalid time": (N_("There is no such time"), N_('Put times between quotes, e.g. "09:00-18:00".')),
    "invalid float": (N_("The number is not written as a number"), N_("Write numbers as 12 or 12.5.")),
    "invalid integer": (N_("The number is not written as a number"), N_("Write numbers as 12 or 12.5.")),
    "integer number overflowed": (N_("The number is too large"), N_("Correct the number.")),
    "floating-point number overflowed": (N_("The number is too large"), N_("Correct the number.")),
    "invalid comment character": (
        N_("The file holds an invisible control character"),
        N_("Delete the character, or type the line again."),
    ),
    "cannot recurse further": (N_("The brackets are nested too deeply"), N_("Remove the superfluous brackets.")),
    "recursion limit": (N_("The keys are nested too deeply"), N_("Remove the superfluous parts of the key.")),
}


def explain(report: str, lines: list[str]) -> Problem:
    """Turn rtoml's report on a text, given as its lines, into the problem F003."""
    match = _REPORT.fullmatch(report)
    matter, row, column = (match["matter"], int(match["line"]), int(match["column"])) if match else (report, 1, 1)
    line = lines[row - 1].rstrip("\r") if row <= len(lines) else ""
    if not matter.startswith("invalid multi-line"):
        known = _typing_error(line, row) or _date(line, row, column)
        if known:
            return known
    control = _CONTROL.search(line)
    if control:
        matter, column = "invalid comment character", control.start() + 1
    place = Place(row, min(column, len(line) + 1))
    for beginning, (what, advice) in _MATTERS.items():
        if matter.startswith(beginning):
            return Problem("F003", _(what), _(advice), place=place)
    what = _("This is not TOML: {report}").format(report=matter)
    return Problem("F003", what, _("Correct the line."), place=place)


def _typing_error(line: str, row: int) -> Problem | None:
    """Look for full-width punctuation outside of texts and remarks."""
    bare = _CLOSED_TEXT.sub(lambda text: " " * len(text[0]), line)
    unclosed = _OPEN_TEXT.search(bare)
    end = unclosed.start() if unclosed else len(bare)
    comment = _COMMENT.search(bare, 0, end)
    end = comment.start() if comment else end
    for index, character in enumerate(bare):
        if index >= end and not (unclosed and character in "“”＂‘’＇"):
            continue
        place = Place(row, index + 1)
        if character in FULL_WIDTH:
            what = _("Full-width {wrong} stands where TOML needs {right}").format(
                wrong=character, right=FULL_WIDTH[character]
            )
            advice = _("Switch the input method to English and type {right} again.").format(right=FULL_WIDTH[character])
            return Problem("F003", what, advice, place=place)
        if character in SPACES:
            what = _("A full-width space stands outside of a text")
            return Problem("F003", what, _("Replace it by an ordinary space."), place=place)
    return None


def _date(line: str, row: int, column: int) -> Problem | None:
    """Look for a date in the Chinese manner as the value that the report is about."""
    value = line.find("=") + 1
    match = _DATE.match(line, value + len(line[value:]) - len(line[value:].lstrip()))
    if not match or column > match.end() + 1:
        return None
    try:
        iso = date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        iso = "2020-11-23"
    if match[0] == iso or re.fullmatch(r"\d{4}-\d{2}-\d{2}", match[0]):
        return None
    what = _("The date {date} is not written as TOML writes dates").format(date=match[0].strip())
    return Problem("F003", what, _("Write it as {iso}.").format(iso=iso), place=Place(row, match.start() + 1))
