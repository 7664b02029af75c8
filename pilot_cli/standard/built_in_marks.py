"""The placeholders of the built-in standard, for code that needs nothing else of it."""

from functools import cache
from pathlib import Path

import rtoml

from pilot_cli.site.texts import Placeholders

BUILT_IN_STANDARD = Path(__file__).with_name("five-ones.toml")


@cache
def built_in_placeholders() -> Placeholders:
    """Return the placeholders of the built-in standard."""
    return Placeholders(rtoml.loads(BUILT_IN_STANDARD.read_text(encoding="utf-8"))["placeholders"])
