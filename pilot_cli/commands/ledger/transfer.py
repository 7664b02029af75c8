"""``pilot ledger dump``, ``load`` and ``upgrade``: ledgers as a whole."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

from typer import BadParameter, echo

from pilot_cli.commands.ledger.opening import read_ledger_settings, tell_journal
from pilot_cli.commands.output import open_output, tell_file_written
from pilot_cli.errors import os_reason
from pilot_cli.formats.text import printable
from pilot_cli.ledger.dump import dump as dump_lines
from pilot_cli.ledger.lines import LoadError, read_lines
from pilot_cli.ledger.load import Loaded
from pilot_cli.ledger.load import load as load_lines
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message
from pilot_cli.site.reader import STANDARD_INPUT


def dump(context: Any, output: str, *, ledger: str | None) -> int:
    """Write the whole ledger as lines of JSON."""
    opened = read_ledger_settings(context, ledger).ledger
    path = None if output == "-" else Path(output)
    if path and opened.location.file and os.path.realpath(path) == os.path.realpath(opened.location.file):
        raise BadParameter(_("{path} is the ledger itself").format(path=path), param_hint="--output")
    with opened.reading() as connection, open_output(path, is_for_people=False) as out:
        for line in dump_lines(connection):
            out.write(line.decode())
    if path:
        tell_file_written(path)
    return 0


def load(context: Any, file: str, *, by: str | None, ledger: str | None) -> int:
    """Merge lines into the ledger."""
    settings = read_ledger_settings(context, ledger, by)
    with _open_lines(file) as stream, settings.ledger.writing(creates=True) as connection:
        try:
            loaded = load_lines(connection, read_lines(stream), settings.person, date.today())
        except LoadError as error:
            raise LoadError(message("{path}: {why}", path=file, why=error)) from error
    tell_journal(settings.ledger)
    for line in _told(loaded):
        echo(printable(line))
    return 0


@contextmanager
def _open_lines(file: str) -> Iterator[IO[bytes]]:
    if file == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        stream = open(file, "rb")  # noqa: SIM115
    except OSError as error:
        text = _("{path} cannot be read: {why}").format(path=file, why=os_reason(error))
        raise BadParameter(text, param_hint="FILE") from error
    with stream:
        yield stream


def _told(loaded: Loaded) -> Iterator[str]:
    if loaded.is_nothing:
        yield _("The ledger has all of it already; nothing was changed.")
        return
    text = _("Merged: {audits} audits, {sites} new sites, {new} new problems, {continued} problems that went on.")
    yield text.format(audits=loaded.audits, sites=loaded.sites, new=loaded.new, continued=loaded.continued)
    for old, new in loaded.renumbered:
        yield _("{old} is {new} in this ledger").format(old=old, new=new)


def upgrade(context: Any, *, ledger: str | None) -> int:
    """Bring a ledger up to date."""
    opened = read_ledger_settings(context, ledger).ledger
    if not opened.exists:
        with opened.reading():
            pass
    copy = opened.upgrade()
    if copy is None:
        echo(printable(_("{ledger} is up to date.").format(ledger=opened.location)))
        return 0
    echo(printable(_("{ledger} is up to date now.").format(ledger=opened.location)))
    if isinstance(copy, Path):
        echo(printable(_("As it was before, it is kept in {path}").format(path=copy)))
    return 0
