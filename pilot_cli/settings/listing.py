"""Lists every setting with its value in force, and where that comes from."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from typer import TyperException

from pilot_cli.formats.report.documents import Deadlines, Office
from pilot_cli.locale import gettext as _
from pilot_cli.settings.file import SettingsError
from pilot_cli.settings.model import Documents, Ledger, Settings
from pilot_cli.settings.names import COMMANDS, OWN
from pilot_cli.settings.precedence import Source, origin, settings_in_force, settings_path, source_of, variables
from pilot_cli.standard.load import StandardError, load_standard

_PASSWORDS = (re.compile(r"(://[^:/?#\s]*:)\S*(?=@)"), re.compile(r"((?:password|passwd|pwd)=)[^&\s]*", re.IGNORECASE))


class Held(NamedTuple):
    """A setting, the value that holds, and where that comes from."""

    name: str
    value: str
    place: str


class Listing(NamedTuple):
    """The settings that hold, and what is wrong with them."""

    path: str | None
    """Of the file, which may be unusable."""
    settings: Settings | None
    rows: list[Held]
    errors: list[str]


def list_settings(ctx: Any) -> Listing:
    """List what holds for a call without options, as far as the settings can be used."""
    root = ctx.find_root()
    path, settings, errors = settings_path(root), None, []
    try:
        settings = settings_in_force(root)
    except SettingsError as error:
        errors.append(without_passwords(str(error)))
    found: dict[str, dict[str, Held]] = {}
    for command in COMMANDS:
        # Completion reads a command line so as well: nothing is run, and nothing refused.
        context = root.command.commands[command].make_context(command, [], parent=root, resilient_parsing=True)
        for option in context.command.params:
            if variables(command, option.name):
                value, _source = option.consume_value(context, {})
                row = Held(option.name, _shown(value), origin(context, option.name) or _("default"))
                found.setdefault(option.name, {})[command] = row
                if not _is_usable(option, context, value):
                    errors.append(_("{place}: {value} cannot be used").format(place=row.place, value=row.value))
    rows = [row for name, by_command in found.items() for row in _merged(name, by_command)]
    errors += _unusable_standards(rows)
    return Listing(path, settings, [*rows, *_tables(settings)], list(dict.fromkeys(errors)))


def language_place(ctx: Any, settings: Settings | None) -> str:
    """Tell where the language comes from."""
    root = ctx.find_root()
    if source_of(root, "lang") is Source.COMMANDLINE:
        return _("command line")
    place = origin(root, "lang")
    if place is None and settings and settings.language:
        place = settings.file.place(("lang",))
    return place or _("default")


def without_passwords(text: str) -> str:
    """Hide the passwords in what may be sent to somebody."""
    for pattern in _PASSWORDS:
        text = pattern.sub(r"\1***", text)
    return text


def _is_usable(option: Any, context: Any, value: Any) -> bool:
    """Whether a value from a variable can be used; the file has been read without errors, or not at all."""
    if source_of(context, option.name) is Source.ENVIRONMENT:
        try:
            option.process_value(context, value)
        except TyperException:
            return False
    return True


def _unusable_standards(rows: list[Held]) -> Iterator[str]:
    """Say which standards that are asked for are not there, or cannot be used."""
    for row in rows:
        if row.name.rpartition(".")[2] == "standard":
            try:
                load_standard(row.value)
            except StandardError as error:
                yield _("{name}: {value}").format(name=row.place, value=error)


def _merged(name: str, by_command: dict[str, Held]) -> list[Held]:
    """Leave one row of an option that is the same for all commands that have it."""
    if name not in OWN and len(set(by_command.values())) == 1:
        return [next(iter(by_command.values()))]
    return [row._replace(name=f"{command}.{name}") for command, row in by_command.items()]


def _tables(settings: Settings | None) -> Iterator[Held]:
    """Yield what no option is about."""
    tables: dict[str, Office | Deadlines | Documents | Ledger] = {
        "office": settings.office if settings else Office(),
        "deadlines": settings.deadlines if settings else Deadlines(),
        "documents": settings.documents if settings else Documents(),
        "ledger": settings.ledger if settings else Ledger(),
    }
    for name, table in tables.items():
        for key, value in table._asdict().items():
            is_set = settings is not None and value is not None
            place = settings.file.place((name, key)) if settings and is_set else _("default")
            yield Held(f"{name}.{key}", without_passwords(_shown(value)), place)


def _shown(value: Any) -> str:
    match value:
        case None | [] | ():
            return _("not set")
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
