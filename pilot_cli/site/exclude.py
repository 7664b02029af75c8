"""Patterns of files and folders to skip, as in gitignore."""

import os
import re
from collections.abc import Iterable

from pathspec import GitIgnoreSpec

from pilot_cli.locale.message import Message, message

_WINDOWS_SEPARATOR = re.compile(r"(?<!^)\\|\\(?![#!])")
"""A backslash, unless it begins the pattern and takes the meaning of the sign that follows."""


class PatternError(ValueError):
    """A pattern can leave nothing out."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class Exclude:
    """Patterns, the last of which that matches decides."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._spec = GitIgnoreSpec.from_lines([_checked(pattern) for pattern in patterns])

    def matches(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder is left out; its path starts from the folder that the patterns are relative to."""
        return self._spec.match_file(path + os.sep if is_folder else path)


def _checked(pattern: str) -> str:
    if os.sep == "\\":
        pattern = _WINDOWS_SEPARATOR.sub("/", pattern)
    try:
        is_pattern = any(part.include is not None for part in GitIgnoreSpec.from_lines([pattern]).patterns)
    except ValueError:
        is_pattern = False
    if not is_pattern:
        raise PatternError(
            message("“{pattern}” is no pattern of files, such as archive/ or *-old.toml", pattern=pattern)
        )
    return pattern
