"""``pilot fix``: corrects what is certain in site files."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from typer import BadParameter, echo

from pilot_cli.commands.options import check_paths, parse_exclude, telling_skipped
from pilot_cli.commands.output import explain_write_errors, open_output
from pilot_cli.formats.terminal import cell, console_for, read_line
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.find import NoSiteFilesError, SiteFiles, SkipReason
from pilot_cli.site.fixes.file import FileFix, difference, look_at
from pilot_cli.site.fixes.mending import Mended
from pilot_cli.site.reader import STANDARD_INPUT, read_bytes

BACKUP_SUFFIX = ".bak"
"""How the name of the original ends that is kept beside a file."""
EXIT_LEFT = 1
"""There is something to mend, or a file that cannot be read."""
_YES = ("y", "yes", "是", "好", "ｙ")
_STYLES = {"+": "good", "-": "serious", "@": "heading"}


def fix(paths: Sequence[str], *, yes: bool, diff: bool, exclude: Sequence[str], verbose: bool) -> int:
    """Run the command; return its exit status."""
    if yes and diff:
        raise BadParameter(
            _("files are either changed or left as they are: leave one of the two out"), param_hint="--yes / --diff"
        )
    check_paths(paths)
    if STANDARD_INPUT in paths:
        if len(paths) > 1:
            raise BadParameter(_("- stands for a single file, and for itself alone"), param_hint="PATH")
        return _fix_standard_input(diff=diff)
    if not (yes or diff or (sys.stdin.isatty() and sys.stdout.isatty())):
        message = _(
            "nothing has been changed, as there is no terminal to ask on; --yes changes files, --diff shows how"
        )
        raise BadParameter(message, param_hint="--yes / --diff")
    files = SiteFiles(paths, exclude=parse_exclude(exclude, paths))
    with telling_skipped(files, verbose=verbose):
        fixes = _look_at_all(files)
        return _write_all(fixes) if yes else _show_all(fixes, ask=not diff)


def _look_at_all(files: SiteFiles) -> Iterator[FileFix]:
    """Look at each file, and name those that are left alone because they cannot be read."""
    has_sites = False
    for path in files:
        found = look_at(path)
        if found.is_standard and files.skip(path, SkipReason.STANDARD):
            continue
        has_sites = True
        if found.mended is None:
            _tell_problem(found)
        yield found
    if not has_sites:
        raise NoSiteFilesError


def _tell_problem(found: FileFix) -> None:
    for problem in found.problems:
        echo(printable(f"{found.path}: {problem.rule.id} {problem.message}"), err=True)


def _show_all(fixes: Iterable[FileFix], *, ask: bool) -> int:
    """Show what would be changed; if the user agrees, change it."""
    changed, others = [], []
    with open_output(None, is_for_people=sys.stdout.isatty()) as out:
        for found in fixes:
            if found.mended and found.has_changes:
                changed.append(found)
                _show(found.path, found.mended, out)
            else:
                others.append(found._replace(raw=b""))
    is_agreed = ask and bool(changed) and _agrees(len(changed))
    if is_agreed:
        return _write_all([*others, *changed])
    for found in changed if not ask else ():
        echo(printable(_describe(found)), err=True)
    if changed:
        told = ngettext(
            "{number} file can be mended; nothing has been changed",
            "{number} files can be mended; nothing has been changed",
            len(changed),
        )
        echo(told.format(number=len(changed)), err=True)
    else:
        echo(_("There is nothing to mend"), err=True)
    return EXIT_LEFT if changed or any(found.mended is None for found in others) else 0


def _show(path: str, mended: Mended, out: TextIO) -> None:
    if not out.isatty():
        out.writelines(difference(path, mended))
        return
    console = console_for(out)
    for line in difference(path, mended):
        console.print(cell(line.removesuffix("\n").removesuffix("\r"), _STYLES.get(line[0], "")), soft_wrap=True)


def _agrees(number: int) -> bool:
    question = ngettext("Change {number} file? [y/N] ", "Change {number} files? [y/N] ", number)
    try:
        return read_line(console_for(sys.stderr), cell(question.format(number=number))).strip().lower() in _YES
    except EOFError:
        echo(err=True)
        return False


def _write_all(fixes: Iterable[FileFix]) -> int:
    """Change each file that can be mended, and say so."""
    changed = unread = unfinished = 0
    with open_output(None, is_for_people=True) as out:
        for found in fixes:
            unread += found.mended is None
            if found.mended and found.has_changes and not _write(found, found.mended):
                echo(
                    printable(_("{path} has been changed meanwhile, and is left as it is").format(path=found.path)),
                    err=True,
                )
                unread += 1
                continue
            changed += found.has_changes
            unfinished += bool(found.problems) and found.mended is not None
            if found.has_changes:
                out.write(printable(_describe(found)) + "\n")
        out.writelines(line + "\n" for line in _totals(changed, unfinished))
    return EXIT_LEFT if unread else 0


def _totals(changed: int, unfinished: int) -> Iterator[str]:
    if changed:
        told = ngettext(
            "{number} file was changed; the original is beside it, with {suffix} at the end of its name",
            "{number} files were changed; the originals are beside them, with {suffix} at the end of their names",
            changed,
        )
        yield told.format(number=changed, suffix=BACKUP_SUFFIX)
    else:
        yield _("There is nothing to mend")
    if unfinished:
        told = ngettext(
            "{number} file has mistakes left that a person has to correct; pilot check tells which",
            "{number} files have mistakes left that a person has to correct; pilot check tells which",
            unfinished,
        )
        yield told.format(number=unfinished)


def _describe(found: FileFix) -> str:
    """Say in one line what is mended in a file."""
    counts = found.mended.counts if found.mended else {}
    parts = [
        kind.label if kind.is_of_whole_file else _("{what}: {number}").format(what=kind.label, number=number)
        for kind, number in counts.items()
    ]
    return _("{path}: {what}").format(path=found.path, what=_(", ").join(parts))


def _write(found: FileFix, mended: Mended) -> bool:
    """Keep the original, and put the mended text in its place; return whether that was still there.

    Of a link, the file is changed that it leads to.
    """
    target = Path(os.path.realpath(found.path))
    with explain_write_errors(target, "PATH"):
        if read_bytes(found.path) != found.raw:
            return False
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        _keep_original(target, found.raw)
    with open_output(target, is_for_people=False, hint="PATH") as out:
        out.write(mended.after)
    return True


def _keep_original(target: Path, raw: bytes) -> None:
    """Write the original beside a file, unless an earlier one is there."""
    backup = target.with_name(target.name + BACKUP_SUFFIX)
    if os.path.lexists(backup):
        return
    with open_output(backup, is_for_people=False, hint="PATH") as out:
        if os.chmod in os.supports_fd:
            # Nobody may read the copy who may not read the file.
            os.chmod(out.fileno(), stat.S_IMODE(target.stat().st_mode))
        out.buffer.write(raw)
    with suppress(OSError):
        shutil.copystat(target, backup)


def _fix_standard_input(*, diff: bool) -> int:
    """Write what is mended, or only what would be; what cannot be mended is passed on as it is."""
    found = look_at(STANDARD_INPUT)
    if found.mended is None:
        _tell_problem(found)
    with open_output(None, is_for_people=False) as out:
        if diff and found.mended:
            out.writelines(difference(found.path, found.mended))
        elif not diff:
            out.buffer.write(found.mended.after.encode() if found.mended else found.raw)
    return EXIT_LEFT if found.mended is None or (diff and found.has_changes) else 0
