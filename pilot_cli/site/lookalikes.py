"""Finds files that may have been meant as site files if there are none."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pilot_cli.site.find import is_hidden_name, is_site_file_name
from pilot_cli.site.texts import nfkc

MISSPELT_SUFFIXES = (".tom", ".tml")
PREFIXES_OF_PROGRAMS = ("._", ".#", "~$")
"""How names begin that nobody has given to a file, but macOS, an editor or Office."""
LEDGER_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et")
"""How the names of workbooks end, those of WPS included."""
MAX_NAMES = 5
"""The most files of a kind that are named."""


class Lookalikes(NamedTuple):
    """Files that are not read as site files, but may have been meant; of each kind up to one more than are named."""

    misnamed: list[str]
    """Their names are nearly those of site files: ``site.toml.txt``."""
    ledgers: list[str]
    """Workbooks, which are to be imported first."""


def find_lookalikes(folders: Iterable[str]) -> Lookalikes:
    """Look in folders, and in all below them that people see."""
    found = Lookalikes([], [])
    for path in _files(folders):
        name = os.path.basename(path)
        kind = found.misnamed if _is_misnamed(name) else found.ledgers if _is_ledger(name) else None
        if kind is not None and len(kind) <= MAX_NAMES and path not in kind:
            kind.append(path)
    return found


def _is_misnamed(name: str) -> bool:
    # Full-width letters and dots look like others.
    seen = nfkc(name).lower()
    if is_site_file_name(name) or name.startswith(PREFIXES_OF_PROGRAMS):
        return False
    return "toml" in seen or seen.endswith(MISSPELT_SUFFIXES)


def _is_ledger(name: str) -> bool:
    return name.lower().endswith(LEDGER_SUFFIXES) and not is_hidden_name(name)


def _files(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        for above, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not is_hidden_name(name))
            yield from (os.path.normpath(os.path.join(above, name)) for name in sorted(names))
