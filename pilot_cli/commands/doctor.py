"""``pilot doctor``: shows the environment and the settings in force."""

import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from typer import Context

from pilot_cli.commands.fonts import FONTS, Font, installed_fonts
from pilot_cli.commands.output import open_output
from pilot_cli.errors import no_temporary_files, os_reason
from pilot_cli.formats.terminal import cell, console_for, field
from pilot_cli.locale import current_language
from pilot_cli.locale import gettext as _
from pilot_cli.settings.listing import Listing, language_place, list_settings
from pilot_cli.settings.search import user_folder
from pilot_cli.version import __version__

EXIT_SETTINGS_BROKEN = 2
_PACKAGE = "pilot-cli"
_OPTIONAL = ("distributed",)

Row = tuple[str, str]


def doctor(context: Context) -> int:
    """Run the command; return its exit status."""
    listing = list_settings(context)
    sections = {
        _("Program"): _program(),
        _("Libraries"): _libraries(),
        _("Language and terminal"): _terminal(context, listing),
        _("Fonts of documents"): _fonts(),
        _("Folders"): _folders(),
        _("Settings"): _settings(listing),
    }
    with open_output(None, is_for_people=True) as out:
        console = console_for(out)
        for title, rows in sections.items():
            console.print(cell(title))
            for name, value in rows:
                console.print(field(name, cell(value)))
        for error in listing.errors:
            console.print(cell(_("Error: {message}").format(message=error)))
    return EXIT_SETTINGS_BROKEN if listing.errors else 0


def _with(value: str, place: str) -> str:
    return _("{value} ({place})").format(value=value, place=place)


def _program() -> Iterable[Row]:
    yield "pilot", __version__
    yield "Python", _with(platform.python_version(), sys.executable)
    yield _("operating system"), _operating_system()


def _libraries() -> Iterable[Row]:
    try:
        needed = requires(_PACKAGE) or []
    except PackageNotFoundError:
        needed = []
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed if "extra ==" not in line]
    for name in (*names, *_OPTIONAL):
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, _("not installed")


def _terminal(context: Context, listing: Listing) -> Iterator[Row]:
    yield _("language"), _with(current_language(), language_place(context, listing.settings))
    yield _("encoding"), str(sys.stdout.encoding)
    is_terminal = sys.stdout.isatty()
    yield _("terminal"), _yes_or_no(is_terminal)
    if is_terminal:
        yield _("width"), str(shutil.get_terminal_size().columns)
    yield _("colours"), _yes_or_no(console_for(sys.stdout).color_system is not None)


def _yes_or_no(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


def _fonts() -> Iterator[Row]:
    installed = installed_fonts()
    for font in FONTS:
        yield font.name, _("cannot be found out") if installed is None else _font_state(font, installed)


def _font_state(font: Font, installed: frozenset[str]) -> str:
    if font.is_in(installed):
        return _("installed")
    similar = next((similar for similar in font.similar if similar.is_in(installed)), None)
    return _("not installed; {font} is taken").format(font=similar.name) if similar else _("not installed")


def _folders() -> Iterator[Row]:
    yield _folder_row(_("current folder"), os.curdir)
    try:
        yield _folder_row(_("temporary folder"), tempfile.gettempdir())
    except OSError as error:
        yield _("temporary folder"), str(no_temporary_files(os_reason(error)))
    yield _folder_row(_("settings of the user"), user_folder())


def _folder_row(name: str, path: str) -> Row:
    """Say of a folder where it is and, by trying, whether it can be written."""
    if not os.path.isdir(path):
        state = _("is not there")
    else:
        try:
            with tempfile.TemporaryFile(dir=path):
                state = _("can be written")
        except OSError as error:
            state = _("cannot be written: {why}").format(why=os_reason(error))
    return name, _with(os.path.abspath(path) if _exists(path) else path, state)


def _exists(path: str) -> bool:
    """Whether a folder still has a path: the current one may have been deleted."""
    try:
        return bool(os.path.abspath(path))
    except OSError:
        return False


def _settings(listing: Listing) -> Iterator[Row]:
    yield _("file"), listing.path or _("none")
    for name, value, place in listing.rows:
        yield name, _with(value, place)


def _operating_system() -> str:
    if sys.platform != "win32":
        return platform.platform()
    # What ``platform`` says there it asks a service for, which takes a second, and need not run.
    version = sys.getwindowsversion()
    return f"Windows {version.major}.{version.minor}.{version.build}"
