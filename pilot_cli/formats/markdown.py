"""How pilot writes Markdown."""

import re
from collections.abc import Iterable

from pilot_cli.formats.text import printable

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&:@=^$-])")

_WEB = re.compile(r"(www)\.", re.IGNORECASE)
"""What becomes a link by itself."""


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is; any ASCII punctuation may follow a backslash there."""
    return _WEB.sub(r"\1\\.", _MEANINGFUL.sub(r"\\\1", printable(text)))


def row(cells: Iterable[str]) -> str:
    """Write a row of a table; its texts have been escaped."""
    return f"| {' | '.join(cells)} |\n"
