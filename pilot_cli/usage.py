"""Lets Typer speak the user's language: help pages and what is wrong with a call.

Typer translates some of its texts through gettext by itself (``TYPER_TEXTS``). For the others its commands are
extended, and its errors are put into words here.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from copy import copy
from functools import partial
from io import StringIO
from typing import Any

from typer import BadParameter, Exit, TyperException, echo
from typer.core import TyperCommand, TyperGroup

from pilot_cli.commands.spellings import choice_names, find_choice, mend_arguments
from pilot_cli.formats.text import printable
from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _
from pilot_cli.settings.precedence import apply_settings, drop_displaced, origins, take_settings_options

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
            return _no_such_option(error)
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


def _no_such_option(error: Any) -> str:
    """Say which option was meant, or where such an option belongs."""
    from pilot_cli.commands.nearest import did_you_mean, nearest

    name = error.option_name
    root = error.ctx.find_root()
    commands = [root.command.get_command(root, command) for command in root.command.list_commands(root)]
    having = [f"pilot {command.name}" for command in commands for option in command.params if name in option.opts]
    if having and isinstance(error.ctx.command, TyperGroup):
        message = _("The option {name} goes after the command: {example}")
        return message.format(name=name, example=f"{having[0]} {name}")
    if having:
        message = _("This command has no option {name}; these have it: {commands}")
        return message.format(name=name, commands=_(", ").join(having))
    parameters = error.ctx.command.get_params(error.ctx)
    long = {
        option.removeprefix("--"): option for parameter in parameters for option in parameter.opts if "--" in option
    }
    near = nearest(name.strip("-"), long)
    return did_you_mean(_("There is no option {name}").format(name=name), long[near] if near else None)


def _choice_name(choice: object) -> str:
    """Name a word of a choice as it is typed, and what it is called in Chinese where that is spoken."""
    from pilot_cli.commands.spellings import OTHER_NAMES
    from pilot_cli.locale import Language, current_language

    known = OTHER_NAMES.get(str(choice), ()) if current_language() is Language.CHINESE else ()
    chinese = next((name for name in known if not name.isascii()), None)
    return f"{choice}（{chinese}）" if chinese else str(choice)


def _wrong_value(error: Any) -> str:
    """Say what is wrong with a value: by what pydantic found for Typer, or else in the words of the exception."""
    from pydantic import ValidationError

    from pilot_cli.commands.nearest import did_you_mean

    names = _names(error.param) if error.param else []
    hint = error.param_hint or " / ".join(names)
    if names and isinstance(error.__cause__, ValidationError):
        details = error.__cause__.errors()[0]
        choices = error.param.type_descriptor.choices
        if choices:
            message = _("{name} cannot be “{value}”; choose one of {words}")
            words = _(", ").join(map(_choice_name, choices))
            message = message.format(name=hint, value=details["input"], words=words)
            return did_you_mean(message, _near_choice(details["input"], choices))
        if details["type"] == "greater_than_equal":
            return _("{name} must be {least} or more").format(name=names[0], least=details["ctx"]["ge"])
        if details["type"].startswith("int_"):
            return _("{name} must be a whole number").format(name=names[0])
        if details["type"].startswith("bool_"):
            return _("{name} must be true or false").format(name=names[0])
    # What an argument is called on the help page says nothing to somebody who typed a path.
    return _("{name}: {value}").format(name=hint, value=error.message) if "-" in hint else str(error.message)


def _near_choice(text: object, choices: Iterable[Any]) -> str | None:
    from pilot_cli.commands.nearest import nearest

    names = choice_names(choices)
    near = nearest(str(text), names)
    return names[near] if near else None


def _names(parameter: Any) -> list[str]:
    """How a user knows a parameter: an option by its names, the long one first, an argument as on the help page."""
    return list(parameter.opts) if parameter.param_type_name == "option" else [parameter.display_name_raw]


def _refuse_repeated(order: list[Any], ctx: Any) -> None:
    """Refuse an option whose value would be lost because it is given once more; Typer takes the last."""
    given = [one for one in order if one.param_type_name == "option" and not one.multiple and not one.is_flag]
    for option in given:
        if given.count(option) > 1:
            raise BadParameter(_("it can be given only once"), ctx=ctx, param=option)


class _Translated:
    """What Typer says only in English, on the help pages of commands and groups."""

    def get_params(self, ctx: Any) -> list[Any]:
        parameters = super().get_params(ctx)  # type: ignore[misc]
        if ctx.parent:
            parameters = [*parameters[:-1], *_shared_options(ctx.find_root()), *parameters[-1:]]
        for parameter in parameters:
            if parameter.help in TYPER_HELP:
                parameter.help = _(parameter.help)
            if parameter.name in ("install_completion", "show_completion"):
                parameter.callback = _manage_completion
            if parameter.param_type_name == "argument":
                # Its Python type means nothing to the user.
                parameter.display_type_rich = lambda **_context: ""
            elif parameter.multiple and parameter.type_descriptor.is_choice:
                # Typer would call them a list.
                parameter.metavar = f"<{'|'.join(map(str, parameter.type_descriptor.choices))}>"
            if "process_value" not in vars(parameter):
                parameter.process_value = partial(_process_value, parameter, parameter.process_value)
        return list(parameters)

    def make_parser(self, ctx: Any) -> Any:
        parser = super().make_parser(ctx)  # type: ignore[misc]
        parse = parser.parse_args

        def parse_args(args: list[str]) -> Any:
            values, rest, order = parse(args=args)
            if not ctx.resilient_parsing:
                _refuse_repeated(order, ctx)
            if ctx.parent:
                take_settings_options(ctx, values)
                apply_settings(ctx, is_needed=not (ctx.resilient_parsing or values.get("help")))
            return values, rest, order

        parser.parse_args = parse_args
        return parser

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            args = mend_arguments(args, self.get_params(ctx), options_end=not ctx.allow_interspersed_args)
        try:
            return list(super().parse_args(ctx, args))  # type: ignore[misc]
        except TyperException as error:
            # Of an option without its value, Typer does not say which command it belongs to.
            error.ctx = ctx  # type: ignore[attr-defined]
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write_heading = lambda heading: formatter.write(_("{heading}:").format(heading=heading) + "\n")
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _process_value(parameter: Any, process: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    """Convert a value as Typer does, but none that is absent: to build what converts it takes longer than all else."""
    if value is None and not parameter.required and parameter.callback is None:
        return () if parameter.multiple or parameter.nargs == -1 else None
    return process(context, value)


def _shared_options(root: Any) -> list[Any]:
    """Let commands take what stands before them as well: the language, see ``__main__``, and the settings."""
    options = [copy(option) for option in root.command.params if option.name in ("lang", "settings", "no_settings")]
    for option in options:
        option.expose_value = False
        option.hidden = option.name != "lang"
    return options


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
        rest = super().parse_args(ctx, args)
        drop_displaced(ctx)
        if rest and not ctx.resilient_parsing:
            ctx.fail(_("There are too many arguments: {name}").format(name=" ".join(rest)))
        return rest


class TranslatedGroup(_Translated, TyperGroup):
    """A group of commands whose help page speaks the user's language."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first argument names."""
        if not ctx.resilient_parsing:
            args = [find_choice(args[0], self.list_commands(ctx)) or args[0], *args[1:]]
            if self.get_command(ctx, args[0]) is None:
                raise BadParameter(self._no_such_command(ctx, args[0]), ctx=ctx)
        return super().resolve_command(ctx, args)

    def _no_such_command(self, ctx: Any, name: str) -> str:
        """Say which command was meant; a path alone is meant to be checked."""
        from pilot_cli.commands.nearest import did_you_mean, nearest

        near = nearest(name, self.list_commands(ctx))
        if near is None and os.path.lexists(name):
            near = f"pilot check {name}"
        return did_you_mean(_("There is no command {name}").format(name=name), near)
