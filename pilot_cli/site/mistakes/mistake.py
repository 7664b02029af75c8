"""Explains to people one mistake in a text that is not TOML.

rtoml tells the line, the column and, in English and for programmers, the matter. What people really type wrong
(full-width punctuation, dates in the Chinese manner, a forgotten quote) is looked for first and named.
"""

import re

from pilot_cli.locale.message import message
from pilot_cli.site.mistakes import key_names
from pilot_cli.site.mistakes.characters import FULL_WIDTH_SPACE
from pilot_cli.site.mistakes.duplicate_keys import duplicate
from pilot_cli.site.mistakes.paths import back_slash
from pilot_cli.site.mistakes.spellings import DATE, date_of
from pilot_cli.site.mistakes.statements import (
    MAX_STATEMENT_LENGTH,
    is_closed,
    looks_like_header,
    texts_and_remarks,
    without_texts,
)
from pilot_cli.site.mistakes.told import Mend, MendKind, Report, Told, tell_line
from pilot_cli.site.mistakes.toml_messages import QUOTES_ADVICE, TOML_MESSAGES, with_example_names
from pilot_cli.site.mistakes.typing_mistakes import (
    QUOTES_MISSING,
    invisible,
    odd_space,
    quotes_in_quotes,
    recognize_line,
)

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
PARTNERS = {"”": "“", "’": "‘"}
MISTAKEN_ENDS = {'"': "”＂", "'": "’＇"}
"""What a text may end with by mistake, by the quote that it began with."""

_QUOTE = re.compile(r"(?<![^\s=,\[{])[\"']")
_VALUE = re.compile(r"[^\s,\]}#“”＂‘’＇][^\s,\]}#]*")
_AFTER_VALUE = re.compile(r"\s*([,\]}#，、]|$)")
_TIME = re.compile(r"\d+：\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DATE = re.compile(rf"(?<![\w-]){DATE.pattern}(?=[\s,\]}}#]|$)")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENTRY = re.compile(r"[^\s,\[\]{}]")
"""Where something begins in a list that is neither a text nor a number."""
MISSING_COMMA = "missing comma between array elements"
_KEY_BEFORE = re.compile(r"([^\s=＝{},\"']{1,64})[\"']?\s*[=＝]\s*$")
_KEY_WITH_COLON = re.compile(r"\s*+([a-z_0-9]++)\s*+：[^：=＝]*$")


def explain_mistake(report: Report) -> Told:
    """Say what is wrong in the place that rtoml reports."""
    report = _entry_before(report)
    mistake = _Mistake(report)
    if len(report.line) > MAX_STATEMENT_LENGTH:
        return mistake.control_character() or mistake.as_reported()
    return (
        mistake.control_character()
        or mistake.unclosed_lines()
        or mistake.unclosed_list()
        or duplicate(report)
        or recognize_line(report)
        or mistake.unclosed_text()
        or mistake.mistaken_end()
        or quotes_in_quotes(report)
        or invisible(report, mistake.bare)
        or mistake.full_width()
        or mistake.date()
        or mistake.bare_entry()
        or back_slash(report)
        or mistake.as_reported()
    )


def _entry_before(report: Report) -> Report:
    """Go back to the entry of a list that rtoml could not read, where it reports the next one for lack of a comma."""
    if not report.error.startswith(MISSING_COMMA) or report.line[: report.column - 1].strip():
        return report
    lines = report.lines[report.start : report.row]
    bare_lines = without_texts("\n".join(lines)).split("\n") if sum(map(len, lines)) <= MAX_STATEMENT_LENGTH else []
    for row in range(len(bare_lines) - 1, 0, -1):
        entry = _ENTRY.search(bare_lines[row])
        if entry and "=" not in bare_lines[row]:
            error = "string values must be quoted"
            return report._replace(error=error, row=report.start + row, column=entry.start() + 1)
        if lines[row].strip() and not lines[row].lstrip().startswith("#"):
            break
    return report


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


def _says_something(line: str) -> bool:
    """Whether a line is neither blank nor a remark."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


class _Mistake:
    """A report of rtoml, and the statement that it is about."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._error, self._row, self._column = report.error, report.row, report.column
        self._lines = report.lines[report.start : report.row + 1]
        self._line = self._lines[-1]
        # The same with blanks for texts and remarks: what is left there is not as it should be.
        text = "\n".join(self._lines)
        if len(text) > MAX_STATEMENT_LENGTH:
            text = "\n" * (len(self._lines) - 1)
        self._bare_lines = without_texts(text).split("\n")
        self.bare = self._bare_lines[-1]

    def control_character(self) -> Told | None:
        """Look for an invisible control character, which TOML does not want anywhere."""
        found = _CONTROL.search(self._line)
        return self._reported("invalid comment character", self._row, found.start() + 1) if found else None

    def unclosed_lines(self) -> Told | None:
        """Look for a text of several lines that is never closed, or closed by the beginning of the next."""
        report = self._report
        if self._error.startswith("invalid multi-line"):
            end = len(report.lines)
        elif report.end <= self._row:
            end = report.end
        else:
            return None
        text = "\n".join(report.lines[report.start : end])
        for found in texts_and_remarks(text) if len(text) <= MAX_STATEMENT_LENGTH else ():
            if found[0].startswith(('"""', "'''")) and not is_closed(found[0]):
                kind = "basic" if found[0][0] == '"' else "literal"
                row = text.count("\n", 0, found.start())
                column = found.start() - text.rfind("\n", 0, found.start())
                return self._reported(f"invalid multi-line {kind} string", report.start + row, column)
        return None

    def unclosed_list(self) -> Told | None:
        """Look for a list, or braces, never closed, which so run on into the next statement."""
        report = self._report
        if report.end > self._row:
            return None
        bare = "\n".join(self._bare_lines[: report.end - report.start])
        if bare.count("{") > bare.count("}"):
            if self._braces_go_on():
                return None
            kind = "unclosed inline table"
        elif bare.count("[") > bare.count("]"):
            kind = "unclosed array,"
        else:
            return None
        last = max(
            row for row in range(report.start, report.end) if row == report.start or _says_something(report.lines[row])
        )
        return self._reported(kind, last, len(report.lines[last].rstrip()) + 1)

    def _braces_go_on(self) -> bool:
        """Whether braces are closed in a line of their own, before the next table begins."""
        for line in self._report.lines[self._report.end :]:
            if line.lstrip().startswith("}"):
                return True
            if looks_like_header(line):
                return False
        return False

    def unclosed_text(self) -> Told | None:
        """Look for a text whose ending quote is missing, here or on a line before, which then swallowed it."""
        if self._error.startswith(("missing opening quote", "invalid multi-line")):
            return None
        for row, (bare, line) in enumerate(zip(self._bare_lines, self._lines, strict=False), self._report.start):
            quote = _QUOTE.search(bare)
            if not quote or any(character in FULL_WIDTH for character in bare[: quote.start()]):
                continue
            end = _mistaken_end(line, quote.start())
            if end:
                return self._full_width_at(row, end + 1, line[end])
            kind = "invalid basic string" if quote[0] == '"' else "invalid literal string"
            return self._reported(kind, row, len(line) + 1)
        return None

    def mistaken_end(self) -> Told | None:
        """Look for a text that a Chinese quote was meant to end, and that ended at the next text instead."""
        line = self._line
        for text in texts_and_remarks(line):
            end = _mistaken_end(text[0], 0) if self.bare.strip() and text[0][0] in MISTAKEN_ENDS else None
            if end and _AFTER_VALUE.match(text[0], end + 1):
                return self._full_width_at(self._row, text.start() + end + 1, text[0][end])
        return None

    def full_width(self) -> Told | None:
        """Look for full-width punctuation and odd spaces outside of texts and remarks."""
        value = _VALUE.match(self.bare, self._column - 1)
        is_text = value and (_TIME.match(value[0]) or any(map(_is_chinese_letter, value[0])))
        if self._error.startswith("invalid multi-line") or (is_text and self._error.startswith("string values")):
            # Of a text without any quotes the quotes are missing; the punctuation in it is as it should be.
            return None
        for index, character in enumerate(self.bare):
            if character in FULL_WIDTH:
                return self._full_width_at(self._row, index + 1, character)
            if character == FULL_WIDTH_SPACE:
                return odd_space(self._report, index)
        return None

    def date(self) -> Told | None:
        """Look for a date in the Chinese manner as the value that the report is about."""
        for match in _DATE.finditer(self.bare):
            if not match.start() < self._column <= match.end() + 1 or _ISO_DATE.fullmatch(match[0]):
                continue
            day = date_of(match)
            if day is None:
                return self._reported("invalid date", self._row, match.start() + 1)
            what = message("The date {date} is not written as TOML writes dates", date=match[0])
            key = _KEY_BEFORE.search(self._line[: match.start()])
            right = f"{self._line[: match.start()]}{day.isoformat()}{self._line[match.end() :]}"
            mend = (
                Mend(MendKind.DATE, right)
                if key and key_names.is_date(self._known_key(key[1]), self._report.within)
                else None
            )
            advice = message("Write it as {iso}.", iso=day.isoformat())
            return Told(what, advice, self._row, match.start() + 1, mend)
        return None

    def _known_key(self, name: str) -> str:
        """Return the key of the table that a name means."""
        field = key_names.find_named(name, self._report.table(), self._report.within)
        return str(field.keys[-1]) if field else name

    def bare_entry(self) -> Told | None:
        """Look for a word without quotes in a list."""
        word = _VALUE.match(self.bare, self._column - 1) if self._error.startswith("string values") else None
        if not word or not any(map(_is_chinese_letter, word[0])):
            return None
        right = f'{self._line[: word.start()]}"{word[0]}"{self._line[word.end() :]}'
        # A word alone in its line may as well be a remark.
        is_entry = bool(self._line[: word.start()].strip() or self._line[word.end() :].lstrip().startswith((",", "]")))
        is_certain = (
            key_names.is_text(self._report.key, self._report.within)
            and is_entry
            and not re.search("[，、；;：=＝]", word[0])
        )
        kind = MendKind.QUOTES if is_certain else None
        advice = with_example_names(QUOTES_ADVICE, self._report.within)
        return tell_line(QUOTES_MISSING, right, self._row, word.start() + 1, advice, kind)

    def as_reported(self) -> Told:
        """Say rtoml's report in words for people."""
        error = self._error
        if error.startswith("invalid multi-line") and self._row < len(self._report.lines) - 1:
            # The end of a text of several lines is missed at the end of the file; before, it is about an escape.
            error = "missing escaped value"
        elif error.startswith("invalid literal string"):
            # With a quote in the line it would have been found as an unclosed text.
            error = "key with no value"
        return self._reported(error, self._row, self._column)

    def _reported(self, error: str, row: int, column: int) -> Told:
        for beginnings, what, advice in TOML_MESSAGES:
            if error.startswith(beginnings):
                return Told(what, with_example_names(advice, self._report.within), row, column)
        what = message("The line is not TOML from here on")
        return Told(what, message("Compare the line with the examples, and write it again."), row, column)

    def _full_width_at(self, row: int, column: int, character: str) -> Told:
        right, line = FULL_WIDTH[character], self._report.lines[row]
        what = message("Full-width {wrong} stands where TOML needs {right}", wrong=character, right=right)
        advice = message("Switch the input method to English and type {right} again.", right=right)
        key = _KEY_WITH_COLON.match(line)
        is_certain = character != "：" or (
            key is not None and bool(key_names.fields_called(key[1], self._report.within))
        )
        mend = Mend(MendKind.PUNCTUATION, line[: column - 1] + right + line[column:]) if is_certain else None
        return Told(what, advice, row, column, mend)
