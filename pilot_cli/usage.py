"""Lets Typer speak the user's language: help pages and what is wrong with a call.

Typer translates some of its texts through gettext by itself (``TYPER_TEXTS``). For the others its commands are
extended, and its errors are put into words here.
"""

from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from typer import BadParameter, Exit, TyperException, echo
from typer.core import TyperCommand, TyperGroup

from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import apply_settings, drop_displaced, origins

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


def explain(error: TyperException) -> str:
    """Say in the user's language what is wrong with a call, and where help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        # Its message is the help page.
        return error.message
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "pilot"
    hint = _("See: {command} --help").format(command=command)
    lines = [_("Error: {message}").format(message=_message(error)), *_origins(error)]
    return "\n".join([*map(printable, lines), hint])


def _origins(error: Any) -> Iterator[str]:
    """Say of each option that is to blame, and that the user did not type, where its value comes from."""
    context = getattr(error, "ctx", None)
    if context and isinstance(error, BadParameter):
        hint = error.param_hint or " ".join(_names(error.param) if error.param else ())
        for option, place in origins(context, str(hint)):
            yield _("{option} comes from {place}").format(option=option, place=place)


def _message(error: Any) -> str:
    """Word an exception; Typer exports only a few of their classes, so that the others are known by name."""
    match type(error).__name__:
        case "NoSuchOption":
            return _("There is no option {name}").format(name=error.option_name)
        case "BadOptionUsage":
            options = error.ctx.command.get_params(error.ctx)
            is_flag = any(option.is_flag for option in options if error.option_name in option.opts)
            message = _("The option {name} takes no value") if is_flag else _("The option {name} needs a value")
            return message.format(name=error.option_name)
        case "MissingParameter":
            is_option = error.param.param_type_name == "option"
            message = _("The option {name} is missing") if is_option else _("The argument {name} is missing")
            return message.format(name=_names(error.param)[0])
        case "BadParameter":
            return _wrong_value(error)
        case "UsageError" if isinstance(getattr(error.ctx, "command", None), TyperGroup):
            return _("A command is missing")
        case _:
            return str(error.format_message())


def _wrong_value(error: Any) -> str:
    """Say what is wrong with a value: by what pydantic found for Typer, or else in the words of the exception."""
    from pydantic import ValidationError

    names = _names(error.param) if error.param else []
    hint = error.param_hint or " / ".join(map(repr, names))
    if names and isinstance(error.__cause__, ValidationError):
        details = error.__cause__.errors()[0]
        choices = error.param.type_descriptor.choices
        if choices:
            message = _("{name} cannot be {value}; choose one of {words}")
            words = ", ".join(repr(str(choice)) for choice in choices)
            return message.format(name=hint, value=repr(details["input"]), words=words)
        if details["type"] == "greater_than_equal":
            return _("{name} must be {least} or more").format(name=names[0], least=details["ctx"]["ge"])
        if details["type"].startswith("int_"):
            return _("{name} must be a whole number").format(name=names[0])
        if details["type"].startswith("bool_"):
            return _("{name} must be true or false").format(name=names[0])
    return f"{hint}: {error.message}" if hint else str(error.message)


def _names(parameter: Any) -> list[str]:
    """How a user knows a parameter: an option by its names, the long one first, an argument as on the help page."""
    return list(parameter.opts) if parameter.param_type_name == "option" else [parameter.display_name_raw]


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
                # Its Python type means nothing to the user.
                parameter.display_type_rich = lambda **_context: ""
        return list(parameters)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return list(super().parse_args(ctx, args))  # type: ignore[misc]
        except TyperException as error:
            # Of an option without its value, Typer does not say which command it belongs to.
            error.ctx = ctx  # type: ignore[attr-defined]
            raise

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _manage_completion(context: Any, parameter: Any, value: bool) -> None:
    """Install or show the completion of the shell, and say in the user's language what became of it."""
    from typer.completion import install, show_callback  # type: ignore[attr-defined]

    if not value or context.resilient_parsing:
        return
    printed = StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            if parameter.name == "show_completion":
                show_callback(context, parameter, value)
            shell, path = install()
    except SystemExit:
        echo(printed.getvalue(), nl=False)
        raise
    except Exit:
        message = _("this shell is none of bash, zsh, fish and PowerShell, or could not be recognized")
        raise BadParameter(message, param_hint=parameter.opts[0]) from None
    echo(printable(_("Completion for {shell} is installed in {path}").format(shell=shell, path=path)))
    echo(_("It works in every shell that is started from now on."))
    raise Exit


class TranslatedCommand(_Translated, TyperCommand):
    """A command whose help page speaks the user's language, and which itself refuses more arguments than it has."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments and options, and for those that are not there the settings."""
        apply_settings(ctx, args)
        rest = super().parse_args(ctx, args)
        drop_displaced(ctx)
        if rest and not ctx.resilient_parsing:
            ctx.fail(_("There are too many arguments: {name}").format(name=" ".join(rest)))
        return rest


class TranslatedGroup(_Translated, TyperGroup):
    """A group of commands whose help page speaks the user's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first argument names."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise BadParameter(_("There is no command {name}").format(name=args[0]), ctx=ctx)
        return super().resolve_command(ctx, args)
