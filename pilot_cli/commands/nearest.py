"""Finds what was meant by an unknown name. Imported only after such a mistake."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from pilot_cli.locale import gettext as _
from pilot_cli.site.texts import file_key

MAX_PATH_LENGTH = 1000
"""The longest path, in characters, that somebody may have mistyped."""
MAX_NAMES = 2_000
"""In so many names of a folder a near one is looked for."""
MAX_LENGTH = 64
"""The length of the longest text that is compared: no typing error makes a longer one."""

LEAST_LIKENESS = 0.7
"""How similar two words have to be, from 0 to 1; below that, difflib suggests words that nobody meant."""


def did_you_mean(message: str, word: str | None) -> str:
    """Add to a message the word that was meant, if there is one."""
    return _("{message}. Did you mean “{word}”?").format(message=message, word=word) if word else message


def nearest(text: str, words: Iterable[str]) -> str | None:
    """Return the word that a text begins, or resembles most, whatever its case and width; None if there is none."""
    key = file_key(text)
    if not key or len(text) > MAX_LENGTH:
        return None
    by_key = {file_key(word): word for word in words}
    begun = [other for other in by_key if other.startswith(key)]
    matches = begun if len(begun) == 1 else get_close_matches(key, by_key, n=1, cutoff=LEAST_LIKENESS)
    return by_key[matches[0]] if matches else None


def nearest_path(path: str) -> str | None:
    """Return the path that was meant by one that does not exist, as far as there is something on the way."""
    above, name = os.path.split(path.rstrip("/\\"))
    if not name or len(path) > MAX_PATH_LENGTH or os.path.lexists(path):
        return None
    if above and not os.path.lexists(above):
        found = nearest_path(above)
        inside = os.path.join(found, name) if found else ""
        return inside if os.path.lexists(inside) else found
    try:
        with os.scandir(above or os.curdir) as entries:
            near = nearest(name, (entry.name for entry in islice(entries, MAX_NAMES)))
    except (OSError, ValueError):
        return None
    return os.path.join(above, near) if near else None
