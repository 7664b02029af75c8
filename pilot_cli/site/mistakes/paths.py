"""Recognizes the backslashes of Windows in the paths of documents."""

import re

from pilot_cli.locale.message import message
from pilot_cli.site.mistakes.key_names import find_named
from pilot_cli.site.mistakes.statements import is_closed, texts_and_remarks
from pilot_cli.site.mistakes.told import MendKind, Report, Told, tell_line

FILES = ("documents", "photos")
"""The keys of the paths of documents and photos, in whatever table."""

_ESCAPE_ERRORS = ("missing escaped value", "too few unicode", "invalid value")
_BACK_SLASH = re.compile(r"\\(\\?)")
_QUOTE_OR_CODE = re.compile(r'\\["uUx]')


def with_slashes(written: str) -> str | None:
    r"""Return the path of a document, as it is written between quotes, with slashes; None if that is not certain.

    A quote, or a character by its number, is no separator, but a line break can only be one: ``documents\new.txt``.
    """
    if written.startswith(('"""', "'''")):
        return None
    if written[0] == "'":
        return written.replace("\\", "/")
    return None if _QUOTE_OR_CODE.search(written.replace("\\\\", "")) else _BACK_SLASH.sub("/", written)


def _is_of_files(report: Report) -> bool:
    """Whether the statement gives documents or photos, whatever their key is called in it."""
    name = re.split("[=＝]", report.lines[report.start], maxsplit=1)[0]
    field = find_named(name, report.table(), report.within)
    return field is not None and field.keys[-1] in FILES


def back_slash(report: Report) -> Told | None:
    """Recognize a back-slash, in the path of a document, that TOML takes for the beginning of an escape."""
    if not report.error.startswith(_ESCAPE_ERRORS) or not _is_of_files(report):
        return None
    line = report.line
    for found in texts_and_remarks(line):
        if found.start() < report.column <= found.end() and found[0][0] == '"' and is_closed(found[0]):
            right = line[: found.start()] + _BACK_SLASH.sub("/", found[0]) + line[found.end() :]
            what = message("A backslash in the text is not followed by a character that it can escape")
            advice = message("In paths write / instead of \\, or put the text between single quotes.")
            return tell_line(what, right, report.row, report.column, advice, MendKind.PATH)
    return None
