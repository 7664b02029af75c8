"""Reads ``pilot.toml``, and refuses it if anything in it is wrong."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pilot_cli.formats.report.documents import Deadlines, Office
from pilot_cli.locale import gettext as _
from pilot_cli.settings.file import MAX_KEY_LENGTH, SettingsFile, read_file
from pilot_cli.settings.model import (
    LANGUAGE,
    OPTIONS,
    TABLES,
    Documents,
    Ledger,
    Setting,
    Settings,
)
from pilot_cli.settings.names import COMMANDS
from pilot_cli.standard.parameter import ParameterError, error_at, table, with_near

_AT_TOP: Mapping[str, Setting] = {"lang": LANGUAGE, **OPTIONS}


def read_settings(path: str, options: Iterable[str] = ()) -> Settings:
    """Read a settings file; ``options`` are all that commands have, to be told apart from what nobody knows.

    Raises:
        SettingsError: it cannot be read or used.
    """
    file = read_file(path)
    try:
        top = {key: value for key, value in file.data.items() if key not in TABLES}
        values = _read_table(top, _AT_TOP, file, [*_AT_TOP, *TABLES], options)
        tables = {}
        for name, keys in TABLES.items():
            with error_at(name):
                tables[name] = _read_table(table(file.data.get(name, {})), keys, file, keys, options)
    except ParameterError as error:
        raise file.error(error.what, error.path) from error
    return Settings(
        file,
        values.pop("lang", None),
        values,
        {name: tables[name] for name in COMMANDS},
        Office(**tables["office"]),
        Deadlines(**tables["deadlines"]),
        Documents(**tables["documents"]),
        Ledger(**tables["ledger"]),
    )


def _read_table(
    values: Mapping[str, Any],
    keys: Mapping[str, Setting],
    file: SettingsFile,
    known: Iterable[str],
    options: Iterable[str],
) -> dict[str, Any]:
    read = {}
    for key, value in values.items():
        with error_at(key):
            if key not in keys:
                raise ParameterError(_unknown(key, known, options))
            read[key] = keys[key].kind.read(value)
            if key == "output":
                for path in read[key] if isinstance(read[key], list) else [read[key]]:
                    _refuse_output_elsewhere(path, file)
    return read


def _unknown(key: str, known: Iterable[str], options: Iterable[str]) -> str:
    """Say that a key does not belong where it stands, and where it does or what may have been meant."""
    homes = [f"[{name}]" for name, keys in TABLES.items() if key in keys]
    if homes:
        return _("it does not belong here; write it below {tables}").format(tables=_(", ").join(homes))
    if key in options:
        option = "--" + key.replace("_", "-")
        return _("the option {option} cannot stand in the settings; name it when you call pilot").format(option=option)
    what = _("there is no such setting")
    return with_near(what, key, known) if len(key) <= MAX_KEY_LENGTH else what


def _refuse_output_elsewhere(path: str, file: SettingsFile) -> None:
    """Refuse an output outside of the folder of the settings: these may have come along with the files of a site."""
    if path == "-":
        return
    folder = os.path.realpath(os.path.dirname(file.path))
    if not Path(os.path.realpath(os.path.join(folder, path))).is_relative_to(folder):
        raise ParameterError(_("it has to be in the folder of the settings or below; name another with --output"))
