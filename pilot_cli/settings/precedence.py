"""Applies settings where the command line says nothing: options before variables before the file.

Click knows all three, and where each value came from; here it is told the names of variables and what the file says.
Its classes are not exported by Typer, so that they are known by what they have.
"""

import os
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from typer import BadParameter

from pilot_cli.errors import OperationalError
from pilot_cli.locale import gettext as _
from pilot_cli.settings.names import COMMANDS, OF_LEDGER, OWN, VARIABLES_ALONE
from pilot_cli.settings.search import find_settings

if TYPE_CHECKING:
    from pilot_cli.settings.model import Settings

PREFIX = "PILOT_"
LEDGER = "ledger"
"""The group of commands that are not named alone."""
DISPLACED_BY: Mapping[str, tuple[str, ...]] = {
    "jobs": ("scheduler",),
    "scheduler": ("jobs",),
    "format": ("output", "watch", "notices"),
    "output": ("format", "watch", "notices"),
}
"""Options that go together or exclude each other: who names one does not want what was set for the other."""


class Source(IntEnum):
    """Where the value of an option comes from, the weakest first; named as Click names them."""

    DEFAULT = 0
    DEFAULT_MAP = 1
    ENVIRONMENT = 2
    COMMANDLINE = 3


class Defaults(dict[str, Any]):
    """What the file says of the options of one command, as Click takes it, and where it stands."""

    def __init__(self, settings: "Settings", command: str) -> None:
        own, common = settings.commands.get(command, {}), settings.options
        super().__init__({key: common[key] for key in _options(command) if key in common} | dict(own))
        for key in ("standard", "output"):
            match self.get(key):
                case str(path):
                    self[key] = _path(key, path, settings.file.path)
                case list(paths):
                    self[key] = [_path(key, path, settings.file.path) for path in paths]
        self.settings = settings
        self._own = dict.fromkeys(own, command)

    def place(self, name: str) -> str:
        """Name the file and line where an option is set."""
        path = (self._own[name], name) if name in self._own else (name,)
        return self.settings.file.place(path)


def _path(key: str, path: str, settings: str) -> str:
    """Return a path of the file as seen from the current folder."""
    if key == "standard":
        from pilot_cli.standard.load import BUILT_IN

        if path in BUILT_IN:
            return path
    return path if path == "-" else os.path.join(os.path.dirname(settings), path)


def _key(ctx: Any) -> str:
    """Name a command among those with settings: those of the ledger are called like others, and are not meant there."""
    return f"{LEDGER} {ctx.command.name}" if ctx.parent and ctx.parent.parent else str(ctx.command.name)


def _options(command: str) -> tuple[str, ...]:
    """List the options of a command that may be set beforehand."""
    group, _space, name = command.partition(" ")
    return OF_LEDGER.get(name, ()) if group == LEDGER else COMMANDS.get(command, ())


def variables(command: str, name: str) -> list[str]:
    """List the variables of an option, the strongest first: as in the file, one of the command beats that of all."""
    if name not in _options(command) and name not in VARIABLES_ALONE:
        return []
    own, common = f"{PREFIX}{command}_{name}".upper().replace(" ", "_"), f"{PREFIX}{name}".upper()
    return [own] if name in OWN else [own, common]


def take_settings_options(ctx: Any, values: Mapping[str, Any]) -> None:
    """Let the options that name the settings stand behind the command too."""
    root = ctx.find_root().params
    root["settings"] = [*(root.get("settings") or ()), *(values.get("settings") or ())]
    root["no_settings"] = bool(root.get("no_settings") or values.get("no_settings"))


def settings_path(ctx: Any) -> str | None:
    """Tell which settings file holds for a call.

    Raises:
        BadParameter: the call names several.
    """
    root = ctx.find_root()
    named, is_without = root.params.get("settings") or (), root.params.get("no_settings")
    if len(named) + bool(is_without) > 1:
        message = _("there can be only one of them, once")
        raise BadParameter(message, ctx=root, param_hint="--settings / --no-settings")
    if named:
        return str(named[0])
    return None if is_without else find_settings()


def settings_in_force(ctx: Any) -> "Settings | None":
    """Read the settings that hold for a call.

    Raises:
        BadParameter: the call names several.
        SettingsError: they cannot be used.
    """
    path = settings_path(ctx)
    if path is None:
        return None
    from pilot_cli.settings.read import read_settings

    commands = ctx.find_root().command.commands.values()
    return read_settings(path, {option.name for command in commands for option in command.params})


def apply_settings(ctx: Any, *, is_needed: bool) -> None:
    """Tell Click, before it takes the values of the options of a command, of variables and the file.

    Help and completion do without the file where it cannot be used.

    Raises:
        BadParameter: the call names several files.
        OperationalError: the file cannot be used.
    """
    command = _key(ctx)
    if not _options(command):
        return
    for option in ctx.command.params:
        if names := variables(command, option.name):
            option.envvar, option.show_envvar = names, False
    try:
        settings = settings_in_force(ctx)
    except (BadParameter, OperationalError):
        if is_needed:
            raise
        return
    if settings:
        ctx.default_map = Defaults(settings, command)


def settings_applied(ctx: Any) -> "Settings | None":
    """Return the settings that ``apply_settings`` found for a call."""
    return ctx.default_map.settings if isinstance(ctx.default_map, Defaults) else None


def drop_displaced(ctx: Any) -> None:
    """Take back the value of an option whose partner comes from a stronger source."""
    for option in ctx.command.params:
        source = source_of(ctx, option.name)
        rivals = (source_of(ctx, name) for name in DISPLACED_BY.get(option.name, ()))
        if Source.DEFAULT < source < max(rivals, default=Source.DEFAULT):
            ctx.params[option.name] = option.process_value(ctx, option.default)
            ctx.set_parameter_source(option.name, type(ctx.get_parameter_source(option.name)).DEFAULT)


def source_of(ctx: Any, name: str) -> Source:
    """Tell where the value of an option comes from."""
    source = ctx.get_parameter_source(name)
    return Source[source.name] if source and source.name in Source.__members__ else Source.DEFAULT


def origin(ctx: Any, name: str) -> str | None:
    """Name the variable, or the file and line, that an option has its value from; None when it is neither."""
    match source_of(ctx, name):
        case Source.ENVIRONMENT:
            known = next(option.envvar for option in ctx.command.params if option.name == name)
            names = [known] if isinstance(known, str) else known
            variable = next(variable for variable in names if os.environ.get(variable))
            return _("the variable {name}").format(name=variable)
        case Source.DEFAULT_MAP if isinstance(ctx.default_map, Defaults):
            return ctx.default_map.place(name)
        case _:
            return None


def origins(ctx: Any, hint: str) -> Iterator[tuple[str, str]]:
    """Yield the options that an error names and the user did not type, each with where it comes from."""
    for option in ctx.command.params:
        for name in option.opts:
            if name.startswith("--") and name in hint.replace("'", " ").split() and (place := origin(ctx, option.name)):
                yield name, place
