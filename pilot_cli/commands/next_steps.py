"""Suggests what to do next, as commands to copy."""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from typer import Context

from pilot_cli.audit.summary import Summary
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.locale import current_language
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import Source, source_of
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.site.rule_info import Severity

MOST = 2
"""How many steps are told: more would not be read."""
KEPT: Mapping[str, tuple[str, ...]] = {
    "check": ("as_of", "standard", "select", "ignore", "kind", "city", "district", "grade", "site", "exclude"),
    "report": (
        *("as_of", "standard", "select", "ignore", "severity", "kind", "city", "district", "grade", "site", "exclude"),
        *("by", "top", "title"),
    ),
    "rules": ("standard",),
    "fix": ("exclude",),
}
"""The options of a call that the next one has to repeat."""
_ON_WINDOWS = os.name == "nt"
_PLAIN = re.compile(r"[\w./\\:+-]+" if _ON_WINDOWS else r"[\w./:+=@%,-]+")
"""What shells take as it is."""

Step = tuple[str, str | None]
"""What a command is for, and the command; None where no shell would take it as it is meant."""


def tell_next_steps(context: Context, paths: Sequence[str], summary: Summary) -> None:
    """Say what can be done about what was found."""
    console = console_for(sys.stdout)
    steps = [(aim, command) for aim, command in _steps(context, paths, summary) if command]
    for aim, command in steps[:MOST]:
        line = cell("").append_text(cell(_("{aim}: ").format(aim=aim), "quiet")).append_text(cell(command))
        # A command is copied as a whole: only the terminal itself may break it.
        console.print(line, soft_wrap=True)


def _steps(context: Context, paths: Sequence[str], summary: Summary) -> Iterator[Step]:
    """Yield what can be done, the most useful first."""
    if not summary.sites:
        return
    rules = sorted(summary.by_rule, key=lambda rule: (rule.severity.rank, -summary.by_rule[rule], rule.id))
    is_check = context.command.name == "check"
    if STANDARD_INPUT not in paths:
        if is_check and any(rule.family == "F" for rule in rules):
            yield _("Mend what is certain"), _command(context, "fix", paths)
        if is_check and context.params.get("no_findings") and rules:
            if rules[0].severity is Severity.ERROR:
                yield _("See what is serious"), _command(context, "check", paths, "--severity", "error")
            else:
                yield _("See the findings"), _command(context, "check", paths)
        if is_check and summary.sites == 1 and len(paths) == 1 and os.path.isfile(paths[0]):
            yield _("Write the notice"), _command(context, "report", paths, "-o", _unused(_("notice.docx")))
        else:
            yield _("Write the report"), _command(context, "report", paths, "-o", _unused(_("report.docx")))
        if not is_check and summary.filing:
            yield _("See which entries are to be corrected"), _command(context, "check", paths, "--severity", "filing")
    if is_check and rules:
        yield _("Understand {rule}").format(rule=rules[0].id), _command(context, "rules", (), rules[0].id)


def _unused(name: str) -> str:
    """Return the name, or one like it that no file has: what is there may be dear to somebody."""
    path = Path(name)
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100)))
    return str(next((one for one in names if not os.path.lexists(one)), path))


def _command(context: Context, command: str, paths: Sequence[str], *more: str) -> str | None:
    """Write a command that goes on from a call: with its paths and with the options that matter."""
    root = context.find_root()
    settings = [word for file in root.params.get("settings") or () for word in ("--settings", file)]
    words = [*_program(), command, *(["--no-settings"] if root.params.get("no_settings") else settings)]
    # A call without a path means the current folder, and so does the next one.
    words += [os.path.join(".", path) if path.startswith("-") else path for path in paths if paths != ["."]]
    words += [*_options(context, KEPT[command]), *more]
    if Source.COMMANDLINE in (source_of(root, "lang"), source_of(context, "lang")):
        words += ["--lang", current_language()]
    quoted = [_quoted(word) for word in words]
    return " ".join(word for word in quoted if word) if all(quoted) else None


def _program() -> list[str]:
    """Say how pilot is called: by its name where the shell finds it, else as it was called."""
    if shutil.which("pilot"):
        return ["pilot"]
    return [sys.argv[0]] if Path(sys.argv[0]).stem == "pilot" else [sys.executable, "-m", "pilot_cli"]


def _options(context: Any, names: Sequence[str]) -> Iterator[str]:
    """Yield options as they were typed, with their values."""
    for option in context.command.params:
        if option.name in names and source_of(context, option.name) is Source.COMMANDLINE:
            value: Any = context.params.get(option.name)
            for one in value if isinstance(value, (list, tuple)) else [value]:
                yield option.opts[0]
                if one is not True:
                    yield str(one)


def _quoted(word: str) -> str | None:
    """Quote a word for the usual shells of the system; None where they would disagree, or it cannot be shown."""
    if not word.isprintable():
        return None
    if _PLAIN.fullmatch(word):
        return word
    if not _ON_WINDOWS:
        return shlex.quote(word)
    return None if set(word) & set('"$%!`') else f'"{word}"'
