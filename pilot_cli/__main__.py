"""Where pilot starts: the language, the streams, and what becomes of errors."""

import errno
import gc
import gettext
import os
import re
import signal
import sys
from contextlib import redirect_stderr, suppress
from io import TextIOWrapper
from types import FrameType

from pilot_cli.errors import DISK_ERRORS, TERMINATION_SIGNALS, OperationalError, os_reason
from pilot_cli.locale import DIRECTORY, DOMAIN, Language, use_language
from pilot_cli.locale import gettext as _
from pilot_cli.settings.search import find_settings

EXIT_NOT_DONE = 2
"""The call was wrong, or what it asks for cannot be done."""
EXIT_FAULT = 70
"""Pilot itself is wrong; the name of this status, ``os.EX_SOFTWARE``, is not known on Windows."""
EXIT_INTERRUPTED = 130
COMPLETION = "_PILOT_COMPLETE"
"""The variable in which the completion that Typer installs in a shell says what it wants."""
_LANG = re.compile(r"[^\w\s]{1,4}lang(?:([=＝:：])|$)", re.IGNORECASE)
"""The option for the language, with any dash; see ``pilot_cli.commands.spellings``."""
STREAM_ERRORS = DISK_ERRORS | {errno.EPIPE, errno.EBADF, errno.EINVAL}
"""How writing to standard output fails; on Windows with EINVAL when nobody reads any more."""


def main() -> None:
    """Run the command line and exit."""
    # Starting makes much that stays and hardly any garbage; there is no point in looking for it often.
    gc.set_threshold(100_000)
    # Plugins of pydantic that happen to be installed have no say in an audit, and finding them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.platform == "win32":
        # For which processor there is, SQLAlchemy would have a service asked, which takes a second or is off.
        sys.modules["_wmi"] = None  # type: ignore[assignment]
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # It was closed before the start; what is said there is said to nobody.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            # A console that has no such character shows its escape.
            stream.reconfigure(errors="backslashreplace")
    for ending in TERMINATION_SIGNALS:
        # One that is ignored, as by nohup, stays ignored.
        if signal.getsignal(ending) is signal.SIG_DFL:
            signal.signal(ending, _interrupt)
    try:
        # PowerShell leaves it behind empty.
        status = _complete() if os.environ.get(COMPLETION) else _run()
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # All is written. Taking every module and object apart before the end would take time for nothing.
    os._exit(status)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """End as with Ctrl-C, so that no draft and no process is left behind."""
    raise KeyboardInterrupt


def _run() -> int:
    _set_language(_requested_language(sys.argv[1:]))
    from typer import Abort, TyperException

    from pilot_cli.app import app

    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except Abort:
        return EXIT_INTERRUPTED
    except TyperException as error:
        from pilot_cli.usage import explain

        print(explain(error), file=sys.stderr)
        return EXIT_NOT_DONE
    except OperationalError as error:
        return _tell_failure(error)
    except MemoryError:
        return _tell_failure(os_reason(OSError(errno.ENOMEM, "")))
    except OSError as error:
        if error.errno not in STREAM_ERRORS:
            return _tell_fault(error)
        from pilot_cli.commands.output import discard_output

        discard_output()
        return _tell_failure(_("The output cannot be written: {why}").format(why=os_reason(error)))
    except Exception as error:
        return _tell_fault(error)


def _tell_failure(what: object) -> int:
    from pilot_cli.formats.text import printable

    print(printable(_("Error: {message}").format(message=what)), file=sys.stderr)
    return EXIT_NOT_DONE


def _tell_fault(error: Exception) -> int:
    from pilot_cli.fault import explain_fault

    print(explain_fault(error), file=sys.stderr)
    return EXIT_FAULT


def _words_to_complete() -> list[str]:
    """Take the command line from where the shell has put it; quotes have no say in what language it asks for."""
    if "COMP_WORDS" in os.environ:
        # Bash takes --format=json apart, which Typer does not expect.
        words = os.environ["COMP_WORDS"].split("\n")[: int(os.environ["COMP_CWORD"]) + 1]
        line = "\n".join(words).replace("\n=\n", "=")
        os.environ.update(COMP_WORDS=line, COMP_CWORD=str(line.count("\n")))
    else:
        line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    return line.split()[1:]


def _complete() -> int:
    """Tell the shell how its command line can go on. When that fails there is nothing to tell, not even why."""
    # Typer would take the markup out of every description with rich. There is none, and rich takes its time.
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        _set_language(_requested_language(_words_to_complete()))
        from pilot_cli.app import app

        with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
            app(prog_name="pilot", standalone_mode=False)
    except SystemExit as exit:
        # Typer ends so in any case, and tells some shells by the status whether there is something to offer.
        return int(exit.code or 0)
    except Exception:
        pass
    return 1


def _requested_language(arguments: list[str]) -> Language:
    """Look for the language before the options are read: their help texts are in it already."""
    from pilot_cli.commands.spellings import find_choice

    wanted = find_choice(os.environ.get("PILOT_LANG", ""), Language)
    if wanted:
        # What reads the variable next knows fewer spellings.
        os.environ["PILOT_LANG"] = wanted
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        option = _LANG.match(argument)
        if option:
            text = argument[option.end() :] if option[1] else "".join(arguments[index + 1 : index + 2])
            wanted = find_choice(text, Language)
    wanted = wanted or find_choice(_language_of_settings(arguments), Language)
    return Language(wanted) if wanted else Language.CHINESE


def _language_of_settings(arguments: list[str]) -> str:
    """Tell which language the settings file asks for."""
    found: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        if word == "--":
            break
        name, has_value, value = word.partition("=")
        if name in ("--settings", "--no-settings"):
            found[name] = value if has_value or name == "--no-settings" else next(words, "")
    path = found.get("--settings") or (None if "--no-settings" in found else find_settings())
    if not path:
        return ""
    from pilot_cli.settings.file import peek_language

    return peek_language(path)


def _set_language(language: Language) -> None:
    use_language(language)
    # Typer takes its texts from the default domain of gettext.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, DIRECTORY)
    gettext.textdomain(DOMAIN)


if __name__ == "__main__":
    main()
