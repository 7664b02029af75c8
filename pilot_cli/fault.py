"""Reports a fault of pilot itself: where it is, without any content of site files."""

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
"""The variable that has the whole traceback shown as well."""
OUTPUT = ("-o", "--output")


def explain_fault(error: Exception) -> str:
    """Save a report and say where it is; if it cannot be saved, say what the fault is."""
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
    """Keep the command, options and paths of a command line; any other word may be what a site is called."""
    option, is_command_known = "", False
    for word in words:
        if word.startswith("-") and "=" not in word:
            option = word if word.startswith("--") else word[:2]
            yield option
            continue
        name, equals, value = word.partition("=") if word.startswith("-") else (option, "", word)
        is_command = not (name or is_command_known)
        is_known = is_command or name in OUTPUT or os.path.lexists(value)
        yield (name + equals if equals else "") + (value if is_known else "…")
        option, is_command_known = "", is_command_known or is_command
