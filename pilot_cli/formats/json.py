"""How pilot writes JSON."""

import json
import re
from typing import Any

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line separators and direction marks; JSON itself escapes those below the space."""


def dump(value: Any, indent: int | None = None) -> str:
    """Write a value as JSON, with escapes for what a terminal or a reader of lines would obey."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))
