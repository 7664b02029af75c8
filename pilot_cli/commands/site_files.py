"""Reports which files in folders were skipped and, if there is no site file, what may have been meant."""

import os
from collections.abc import Sequence

from typer import echo

from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.locale import ngettext
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.lookalikes import MAX_NAMES, find_lookalikes


def tell_skipped(files: SiteFiles, *, verbose: bool) -> None:
    """Say how many files and folders were skipped; with ``verbose`` also which, and why."""
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


def why_nothing_is_found(folders: Sequence[str]) -> str:
    """Tell that there are no site files, and what may have been meant instead."""
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
    return _(", ").join(names[:MAX_NAMES]) + ("…" if len(names) > MAX_NAMES else "")


def _has_current_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True
