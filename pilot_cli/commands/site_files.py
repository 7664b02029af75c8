"""The site files that a command reads: what is left out of folders and said of it, and what there is none to read."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from typer import BadParameter, echo

from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.find import NoSiteFilesError, SiteFiles

if TYPE_CHECKING:
    from pilot_cli.site.exclude import Exclude


def parse_exclude(patterns: Sequence[str]) -> "Exclude | None":
    """Understand ``--exclude``."""
    if not patterns:
        return None
    from pilot_cli.site.exclude import Exclude, PatternError

    try:
        return Exclude(patterns)
    except PatternError as error:
        raise BadParameter(str(error.reason), param_hint="--exclude") from error


@contextmanager
def telling_skipped(files: SiteFiles, *, verbose: bool, quiet: bool = False) -> Iterator[None]:
    """Say at the end what was skipped of folders; refuse folders that hold no site file at all.

    Raises:
        BadParameter: it comes from the error that there is no site file.
    """
    try:
        yield
    except NoSiteFilesError as error:
        _tell_skipped(files, verbose=verbose)
        raise BadParameter(_why_nothing_is_found(files.paths), param_hint="PATH") from error
    if verbose or not quiet:
        _tell_skipped(files, verbose=verbose)


def _tell_skipped(files: SiteFiles, *, verbose: bool) -> None:
    skipped = files.skipped
    if not skipped:
        return
    folders = sum(path.endswith(os.sep) for path, _reason in skipped)
    files_alone = len(skipped) - folders
    counts = [
        ngettext("{number} file", "{number} files", files_alone).format(number=files_alone),
        ngettext("{number} folder", "{number} folders", folders).format(number=folders),
    ]
    what = _(", ").join(counts if files_alone and folders else counts[:1] if files_alone else counts[1:])
    told = _("Skipped: {what}") if verbose else _("Skipped: {what} (--verbose names them)")
    echo(told.format(what=what), err=True)
    for path, reason in skipped if verbose else ():
        echo(printable(_("  {path}: {reason}").format(path=path, reason=reason.label)), err=True)


def _why_nothing_is_found(folders: Sequence[str]) -> str:
    """Say that there are no site files, and what may have been meant instead."""
    from pilot_cli.site.lookalikes import find_lookalikes

    names = [_("the current folder") if folder == os.curdir else f"“{folder}”" for folder in folders]
    told = [_("no site file (*.toml) was found in {folders}").format(folders=_few(names))]
    if os.curdir in folders and not _has_current_folder():
        told.append(_("the current folder is no longer there"))
    misnamed, ledgers = find_lookalikes(folders)
    if misnamed:
        hint = _("a name has to end in .toml, and not to begin with a dot; not read for their names: {names}")
        told.append(hint.format(names=_few(misnamed)))
    if ledgers:
        told.append(_("use pilot import first to make site files from {names}").format(names=_few(ledgers)))
    return _("; ").join(told)


def _few(names: Sequence[str]) -> str:
    from pilot_cli.site.lookalikes import MAX_NAMES

    return _(", ").join(names[:MAX_NAMES]) + ("…" if len(names) > MAX_NAMES else "")


def _has_current_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True
