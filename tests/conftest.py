import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from pilot_cli import load_standard
from pilot_cli.locale import Language, use_language
from pilot_cli.standard.standard import Standard

# Whatever pilot.toml may stand above the folders of the tests, or be the user's own, is none of theirs.
os.environ["PILOT_NO_SETTINGS"] = "1"

# Where the tests themselves run in the background these may be ignored, and pilot would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# How long an example takes says more of the machine than of pilot.
settings.register_profile("pilot", deadline=None)
settings.load_profile("pilot")


@pytest.fixture(scope="session")
def five_ones() -> Standard:
    """The built-in standard."""
    return load_standard()


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """Start every test in the language that pilot speaks when nothing is said."""
    use_language(Language.CHINESE)


@pytest.fixture
def english() -> Iterator[None]:
    """Make pilot speak English for one test."""
    use_language(Language.ENGLISH)
    yield
    use_language(Language.CHINESE)
