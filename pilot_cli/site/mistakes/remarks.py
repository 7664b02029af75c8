"""Recognizes comments without a #."""

import re
from functools import cache

from pilot_cli.locale import in_every_language
from pilot_cli.locale.message import message
from pilot_cli.site.field import all_fields
from pilot_cli.site.mistakes import key_names
from pilot_cli.site.mistakes.characters import without_invisible
from pilot_cli.site.mistakes.statements import looks_like_remark, without_texts
from pilot_cli.site.mistakes.told import MAX_SHOWN_LENGTH, Mend, MendKind, Report, Told, corrected, tell_line

_MARK = re.compile(r"//+|--+|;+|/\*+|<!--+")
_NAME = re.compile(r"\s*+(?:备注|注|说明|注意|备忘|待办|提示)\s*+[:：]")
_BEHIND = re.compile(r"(?<=\s)//")
_CERTAINLY_BEHIND = re.compile(r"//+(?=\s|[^\x00-\x7f]|$)")
_ENDS = {"/*": "*/", "<!--": "-->"}
"""How a remark of other languages ends, by how it begins; without its end, it goes on in the next lines."""

_REMARK = message("A remark has to begin with #")
_BEGIN_REMARK = message("Put # before the remark.")


def remark(report: Report) -> Told | None:
    """Recognize a remark without its sign."""
    line = report.line
    text = line.strip()
    mark = _MARK.match(text)
    if mark or (report.is_of_first_line and _is_of_words(report)):
        right = text[mark.end() :] if mark else text
        right = without_invisible(right.removesuffix("*/").removesuffix("-->")).strip()
        indent = line[: len(line) - len(line.lstrip())]
        mend = Mend(MendKind.REMARK, f"{indent}# {right}".rstrip()) if _is_certain(text, mark, report.within) else None
        advice = message("Write: {line}", line=f"# {right}") if len(right) <= MAX_SHOWN_LENGTH else _BEGIN_REMARK
        return Told(_REMARK, advice, report.row, len(indent) + 1, mend)
    return _remark_behind(report) if report.is_of_first_line else None


def _remark_behind(report: Report) -> Told | None:
    """Recognize a remark behind a value, which may itself not be as it should be."""
    line = report.line
    behind = _BEHIND.search(without_texts(line))
    if not behind:
        return None
    right = f"{line[: behind.start()]}# {line[behind.end() :].strip()}".rstrip()
    is_certain = bool(
        key_names.fields_called(report.key, report.within) and _CERTAINLY_BEHIND.match(line, behind.start())
    )
    if not is_certain and not corrected(right):
        return None
    kind = MendKind.REMARK if is_certain else None
    return tell_line(_REMARK, right, report.row, behind.start() + 1, _BEGIN_REMARK, kind)


def _is_of_words(report: Report) -> bool:
    line = report.line
    if _NAME.match(line):
        return True
    name = re.split("[:：]", line, maxsplit=1)[0]
    return looks_like_remark(line) and not key_names.find_named(name, report.table(), report.within)


def _is_certain(text: str, mark: re.Match[str] | None, within: type) -> bool:
    """Whether nothing but a remark can be meant: a value without its equals sign begins with a name, too."""
    if mark:
        ends = [end for begin, end in _ENDS.items() if mark[0].startswith(begin)]
        return all(text.endswith(end) for end in ends)
    return bool(_NAME.match(text)) or not _begins_with_label(within).match(text)


@cache
def _begins_with_label(within: type) -> re.Pattern[str]:
    labels = {label for field in all_fields(within) for label in in_every_language(field.title)}
    return re.compile("|".join(sorted(map(re.escape, labels))))
