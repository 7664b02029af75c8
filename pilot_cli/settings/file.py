"""Reads the settings file as TOML, and reports mistakes with their lines."""

from typing import Any, NamedTuple

import rtoml

from pilot_cli.errors import OperationalError, os_reason
from pilot_cli.locale import gettext as _
from pilot_cli.site.problem import KeyPath, Problem, dotted

MAX_FILE_BYTES = 1024 * 1024
"""The largest settings file that is read, in bytes."""
MAX_KEY_LENGTH = 64
"""How much of a key is shown; no known one is as long."""


class SettingsError(OperationalError):
    """The settings cannot be used; the text says which file and line, why, and what to do."""


class SettingsFile(NamedTuple):
    """A settings file that is TOML."""

    path: str
    text: str
    data: dict[str, Any]

    def place(self, path: KeyPath) -> str:
        """Name file and line of a key."""
        from pilot_cli.site.place import Places

        return f"{self.path}:{Places(self.text).find(path).line}"

    def error(self, what: str, path: KeyPath) -> SettingsError:
        """Make the error that names file, line and key."""
        key = dotted(path)
        key = f"{key[:MAX_KEY_LENGTH]}…" if len(key) > MAX_KEY_LENGTH else key
        return SettingsError(f"{self.place(path)}: {key}: {what}")


def read_file(path: str) -> SettingsFile:
    """Read a settings file.

    Raises:
        SettingsError: it cannot be read, or is not TOML in UTF-8.
    """
    try:
        with open(path, "rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {os_reason(error) if isinstance(error, OSError) else error}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise SettingsError(f"{path}: " + _("the file is larger than 1 MiB"))
    try:
        text = raw.decode("utf-8-sig")
        return SettingsFile(path, text, rtoml.loads(text))
    except (rtoml.TomlParsingError, ValueError) as error:
        raise _not_toml(path, raw) from error


def _not_toml(path: str, raw: bytes) -> SettingsError:
    """Explain it as of a site file: whoever writes one makes the same mistakes in the other."""
    from pilot_cli.site.reader import parse_site

    problem: Problem = parse_site(raw, path).problems[0]
    line = problem.place.line if problem.place else 1
    told = _("{message}. {advice}").format(message=problem.message, advice=problem.advice)
    return SettingsError(f"{path}:{line}: {told}")


def peek_language(path: str) -> str:
    """Tell what language a settings file asks for, before anything can be said about the file."""
    try:
        wanted = read_file(path).data.get("lang")
    except SettingsError:
        return ""
    return wanted if isinstance(wanted, str) else ""
