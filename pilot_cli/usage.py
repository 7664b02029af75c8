"""Lets Typer speak the user's language: help pages and what is wrong with a call.

Typer translates a part of its texts through gettext by itself (``TYPER_TEXTS``); for the others its commands are
extended, and its error messages, a handful of fixed sentences, are recognized and said again.
"""

import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from typer import BadParameter, Exit, TyperException, echo
from typer.core import TyperCommand, TyperGroup

from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _

TYPER_HELP = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
TYPER_TEXTS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("(dynamic)"),
    N_("default: {default}"),
    N_("env var: {var}"),
)

_NAME = r"'?(?P<name>[^\s']+)'?(?: / '[^']+')?"
"""The long name of an option, of which Typer tells the short one too."""

_SENTENCES = (
    (r"No such option: (?P<name>\S+)(?: .*)?", N_("There is no option {name}")),
    (r"No such command '(?P<name>.*?)'\..*", N_("There is no command {name}")),
    (r"Missing command\.", N_("A command is missing")),
    (r"Missing argument '(?P<name>.*?)'\..*", N_("The argument {name} is missing")),
    (rf"Missing option {_NAME}\..*", N_("The option {name} is missing")),
    (r"Option '(?P<name>.*?)' requires an argument\.", N_("The option {name} needs a value")),
    (r"Option '(?P<name>.*?)' does not take a value\.", N_("The option {name} takes no value")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", N_("There are too many arguments: {name}")),
    (
        r"Invalid value for (?P<name>.*?)(?: \(env var: .*?\))?: (?:Value error, )?"
        r"(?P<value>'.*') is not one of (?P<words>.*?)\.?",
        N_("{name} cannot be {value}; choose one of {words}"),
    ),
    (
        rf"Invalid value for {_NAME}: Input should be greater than or equal to (?P<least>\d+)",
        N_("{name} must be {least} or more"),
    ),
    (rf"Invalid value for {_NAME}: Input should be a valid integer.*", N_("{name} must be a whole number")),
    (r"Invalid value for (?P<name>.*?): (?P<what>.*)", "{name}: {what}"),
)


def explain(error: TyperException) -> str:
    """Say in the user's language what is wrong with a call, and where help is."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        return message
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            message = _(sentence).format(**match.groupdict())
            break
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "pilot"
    hint = _("See: {command} --help").format(command=command)
    return printable(_("Error: {message}").format(message=message)) + "\n" + hint


class _Translated:
    """What Typer says in English only, on the help pages of commands and groups alike."""

    def get_params(self, ctx: Any) -> list[Any]:
        parameters = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if parameter.help in TYPER_HELP:
                parameter.help = _(parameter.help)
            if parameter.name in ("install_completion", "show_completion"):
                parameter.callback = _manage_completion
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = _no_type
        return list(parameters)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _manage_completion(context: Any, parameter: Any, value: Any) -> None:
    """Install or show the completion of the shell, and say in the user's language what became of it."""
    from typer.completion import install_callback, show_callback

    is_installing = parameter.name == "install_completion"
    said = StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            (install_callback if is_installing else show_callback)(context, parameter, value)
    except SystemExit:
        installed = re.match(r"(?P<shell>\w+) completion installed in (?P<path>.*)", said.getvalue())
        if installed:
            echo(printable(_("Completion for {shell} is installed in {path}").format(**installed.groupdict())))
            echo(_("It works in every shell that is started from now on."))
        else:
            echo(said.getvalue(), nl=False)
        raise
    except Exit:
        message = _("this shell is none of bash, zsh, fish and PowerShell, or could not be recognized")
        raise BadParameter(message, param_hint=parameter.opts[0]) from None


def _no_type(**_context: Any) -> str:
    """Of an argument the name says enough; its Python type says nothing to the user."""
    return ""


class TranslatedCommand(_Translated, TyperCommand):
    """A command whose help page speaks the user's language."""


class TranslatedGroup(_Translated, TyperGroup):
    """A group of commands whose help page speaks the user's language."""
