"""What becomes of a fault of pilot itself: a report that can be passed on, for nothing of the sites stands in it."""

import os
import sys
from collections.abc import Iterator, Sequence
from platform import platform
from tempfile import mkstemp
from traceback import print_exception

from pilot_cli.errors import Fault, RemoteError
from pilot_cli.locale import gettext as _
from pilot_cli.version import __version__

DEBUG = "PILOT_DEBUG"
"""The variable that has the traceback shown as well, with all that it says."""
OUTPUT = ("-o", "--output")


def explain_fault(error: Exception) -> str:
    """Save a report and say where it is; where there is no room for one, say what there is to say."""
    if os.environ.get(DEBUG):
        print_exception(error)
    fault = error.fault if isinstance(error, RemoteError) else Fault.of(error)
    try:
        path = _save(fault)
    except OSError:
        text = _("pilot has a fault, please report it: {kind} at {where}: {what}")
        return text.format(kind=fault.kind, where=fault.place, what=ascii(str(error)))
    text = _(
        "pilot has a fault ({kind} at {where}). Please report it with the file {path}; it has no content of sites."
    )
    return text.format(kind=fault.kind, where=fault.place, path=path)


def _save(fault: Fault) -> str:
    command = " ".join(["pilot", *_known_words(sys.argv[1:])])
    lines = (f"pilot {__version__}", f"Python {sys.version}", platform(), command, "", fault.outline)
    descriptor, path = mkstemp(prefix="pilot-", suffix=".txt")
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as report:
        report.write("\n".join(lines))
    return path


def _known_words(words: Sequence[str]) -> Iterator[str]:
    """Take the command, its options and paths from the command line; what else is there may be about sites."""
    option = ""
    is_command_known = False
    for word in words:
        name, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if word.startswith("-") and not equals:
            option = word
            yield word
            continue
        is_command = not (option or equals or is_command_known)
        is_command_known |= is_command
        is_path = os.path.lexists(value) or (name or option) in OUTPUT
        yield name + equals + (value if is_command or is_path else "…")
        option = ""
