"""Says in words for people what is wrong with a text that is not TOML.

rtoml tells the line, the column and, in English and for programmers, the matter. What people really type wrong
(full-width punctuation, dates in the Chinese manner, a forgotten quote) is looked for first and named.
"""

import re
from datetime import date

from pilot_cli.locale.message import Message, message
from pilot_cli.site.file_rules import TOML
from pilot_cli.site.problem import Place, Problem
from pilot_cli.site.toml_messages import TOML_MESSAGES

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

MAX_EXPLAINED_LENGTH = 50_000
"""In a longer text nothing is looked for: nobody typed it, and it may be made to take long."""

PARTNERS = {"”": "“", "’": "‘"}
MISTAKEN_ENDS = {'"': "”＂", "'": "’＇"}
"""What a text may end with by mistake, by the quote that it began with."""

_TEXT_OR_REMARK = re.compile(
    r'''
    """(?:[^\\]|\\.)*?"{3,5}   # a text of several lines
    | \'{3}.*?\'{3,5}          # the same, taken as it is
    | "(?:[^"\\\n]|\\.)*"
    | '[^'\n]*'
    | \#[^\n]*
    ''',
    re.DOTALL | re.VERBOSE,
)
_QUOTE = re.compile(r"(?<![^\s=,\[{])[\"']")
_VALUE = re.compile(r"[^\s,\]}#“”＂‘’＇][^\s,\]}#]*")
_AFTER_VALUE = re.compile(r"\s*([,\]}#，、]|$)")
_TIME = re.compile(r"\d+：\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DATE = re.compile(r"(?<![\w-])(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?=[\s,\]}#]|$)")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_REPORT = re.compile(r"(?P<error>.*?)(?:, expected .*)? at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL)


def explain(report: str, source: str) -> Problem:
    """Turn rtoml's report on a text into the problem F003."""
    match = _REPORT.fullmatch(report)
    error, row, column = (match["error"], int(match["line"]), int(match["column"])) if match else (report, 1, 1)
    mistake = _Mistake(error, row, column, source)
    return (
        mistake.control_character()
        or mistake.unclosed_text()
        or mistake.mistaken_end()
        or mistake.full_width()
        or mistake.date()
        or mistake.as_reported()
    )


def _mistaken_end(line: str, quote: int) -> int | None:
    """Find the Chinese quote that was meant to end the text that begins at a quote: one without a partner."""
    open_partners = 0
    for index in range(quote + 1, len(line)):
        character = line[index]
        if character in PARTNERS.values():
            open_partners += 1
        elif character in MISTAKEN_ENDS[line[quote]]:
            if not open_partners or character not in PARTNERS:
                return index
            open_partners -= 1
    return None


def _is_chinese_letter(character: str) -> bool:
    return character.isalpha() and not character.isascii()


class _Mistake:
    """A report of rtoml, and the text that it is about."""

    def __init__(self, error: str, row: int, column: int, source: str) -> None:
        self._error = error
        self._row = row
        self._column = column
        self._lines = [line.removesuffix("\r") for line in source.split("\n")]
        # The same with blanks for texts and remarks: what is left there is not as it should be.
        if len(source) > MAX_EXPLAINED_LENGTH:
            source = "\n" * row
        bare = _TEXT_OR_REMARK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
        self._bare_lines = [line.removesuffix("\r") for line in bare.split("\n")[:row]]
        self._bare = self._bare_lines[-1]

    def control_character(self) -> Problem | None:
        """Look for an invisible control character, which TOML does not want anywhere."""
        found = _CONTROL.search(self._lines[self._row - 1])
        return self._reported("invalid comment character", self._row, found.start() + 1) if found else None

    def unclosed_text(self) -> Problem | None:
        """Look for a text whose ending quote is missing, here or on a line before, which then swallowed it."""
        if self._error.startswith(("missing opening quote", "invalid multi-line")):
            return None
        for row, (bare, line) in enumerate(zip(self._bare_lines, self._lines, strict=False), start=1):
            quote = _QUOTE.search(bare)
            if not quote or any(character in FULL_WIDTH for character in bare[: quote.start()]):
                continue
            end = _mistaken_end(line, quote.start())
            if end:
                return self._full_width_at(row, end + 1, line[end])
            kind = "invalid basic string" if quote[0] == '"' else "invalid literal string"
            return self._reported(kind, row, len(line) + 1)
        return None

    def mistaken_end(self) -> Problem | None:
        """Look for a text that a Chinese quote was meant to end, and that ended at the next text instead."""
        line = self._lines[self._row - 1]
        for text in _TEXT_OR_REMARK.finditer(line):
            end = _mistaken_end(text[0], 0) if self._bare.strip() and text[0][0] in MISTAKEN_ENDS else None
            if end and _AFTER_VALUE.match(text[0], end + 1):
                return self._full_width_at(self._row, text.start() + end + 1, text[0][end])
        return None

    def full_width(self) -> Problem | None:
        """Look for full-width punctuation outside of texts and remarks."""
        value = _VALUE.match(self._bare, self._column - 1)
        is_text = value and (_TIME.match(value[0]) or any(map(_is_chinese_letter, value[0])))
        if self._error.startswith("invalid multi-line") or (is_text and self._error.startswith("string values")):
            # Of a text without any quotes the quotes are missing; the punctuation in it is as it should be.
            return None
        for index, character in enumerate(self._bare):
            if character in FULL_WIDTH:
                return self._full_width_at(self._row, index + 1, character)
            if character in SPACES:
                what = message("A full-width space stands outside of a text")
                return self._problem(what, message("Replace it by an ordinary space."), self._row, index + 1)
        return None

    def date(self) -> Problem | None:
        """Look for a date in the Chinese manner as the value that the report is about."""
        for match in _DATE.finditer(self._bare):
            if not match.start() < self._column <= match.end() + 1 or _ISO_DATE.fullmatch(match[0]):
                continue
            try:
                iso = date(*(int(part) for part in match.groups())).isoformat()
            except ValueError:
                return self._reported("invalid date", self._row, match.start() + 1)
            what = message("The date {date} is not written as TOML writes dates", date=match[0])
            return self._problem(what, message("Write it as {iso}.", iso=iso), self._row, match.start() + 1)
        return None

    def as_reported(self) -> Problem:
        """Say rtoml's report in words for people."""
        error = self._error
        if error.startswith("invalid multi-line") and self._row < len(self._lines):
            # The end of a text of several lines is missed at the end of the file; before, it is about an escape.
            error = "missing escaped value"
        elif error.startswith("invalid literal string"):
            # With a quote in the line it would have been found as an unclosed text.
            error = "key with no value"
        return self._reported(error, self._row, self._column)

    def _reported(self, error: str, row: int, column: int) -> Problem:
        for beginnings, what, advice in TOML_MESSAGES:
            if error.startswith(beginnings):
                return self._problem(what, advice, row, column)
        what = message("The line is not TOML from here on")
        return self._problem(what, message("Compare the line with the examples, and write it again."), row, column)

    def _full_width_at(self, row: int, column: int, character: str) -> Problem:
        right = FULL_WIDTH[character]
        what = message("Full-width {wrong} stands where TOML needs {right}", wrong=character, right=right)
        advice = message("Switch the input method to English and type {right} again.", right=right)
        return self._problem(what, advice, row, column)

    def _problem(self, what: Message, advice: Message, row: int, column: int) -> Problem:
        return Problem(TOML, what, advice, place=Place(row, min(column, len(self._lines[row - 1]) + 1)))
