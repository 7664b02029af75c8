"""Reads options that several commands have."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from typer import BadParameter, Context, echo

from pilot_cli.commands.spellings import BETWEEN_NAMES
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.workers import Workers
from pilot_cli.settings.precedence import settings_path
from pilot_cli.site.dates import parse_date
from pilot_cli.site.find import SITE_FILE_SUFFIX, NoSiteFilesError, SiteFiles
from pilot_cli.site.reader import STANDARD_INPUT
from pilot_cli.site.texts import nfkc

if TYPE_CHECKING:
    from pilot_cli.site.exclude import Exclude
    from pilot_cli.standard.standard import Standard

_RULE = re.compile("[A-Z]+[0-9]{3}", re.IGNORECASE)
TODAY = ("today", "今天", "今日")


def parse_as_of(text: str | None, hint: str = "--as-of") -> date:
    """Read the day of what is done; without one, today. Nothing that pilot judges depends on any other clock."""
    return date.today() if text is None or text.strip().casefold() in TODAY else parse_day(text, hint)


def parse_day(text: str, hint: str) -> date:
    """Read a day, however it is written; ``hint`` is the option that gives it.

    Raises:
        BadParameter: it is none.
    """
    day = parse_date(text)
    if isinstance(day, date):
        return day
    raise BadParameter(_("“{text}” is not a date; write it as 2020-11-23").format(text=text), param_hint=hint)


def open_standard(name: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> "Standard":
    """Load ``--standard`` and take the rules of ``--select`` and ``--ignore`` from it."""
    from pilot_cli.standard.load import StandardError, load_standard
    from pilot_cli.standard.standard import UnknownRuleError

    try:
        standard = load_standard(name)
    except StandardError as error:
        raise BadParameter(_with_near_standard(str(error), name), param_hint="--standard") from error
    selected, ignored = split_names(select), split_names(ignore)
    if select and not selected:
        raise BadParameter(_("no rule is named"), param_hint="--select")
    try:
        chosen = standard.select(selected, ignored)
    except UnknownRuleError as error:
        raise no_such_rule(standard, error.name, "--select / --ignore") from error
    if not chosen.rules and not any(rule.is_called(name) for rule in chosen.file_rules for name in selected):
        hint = "--select / --ignore" if select or ignore else "--standard"
        raise BadParameter(_("no rule is left to be judged"), param_hint=hint)
    return chosen


def _with_near_standard(message: str, name: str) -> str:
    from pilot_cli.commands.nearest import did_you_mean, nearest, nearest_path
    from pilot_cli.standard.load import BUILT_IN

    if name in BUILT_IN or os.path.lexists(name):
        return message
    return did_you_mean(message, nearest(name, BUILT_IN) or nearest_path(name))


def no_such_rule(standard: "Standard", name: str, hint: str) -> BadParameter:
    """Make the error of a rule that a standard does not have."""
    from pilot_cli.commands.nearest import did_you_mean, nearest

    message = _("the standard {standard} has no rule “{name}”").format(standard=standard.name, name=name)
    other = _built_in_with(name)
    if other and other != standard.name:
        command = f"--standard {other}"
        if hint == "RULE":
            # Leading letters stand for several rules, which are listed.
            command = f"pilot rules {name if name[-1].isdigit() else f'--select {name}'} {command}"
        text = _("{message}; the standard {other} has it: {command}")
        return BadParameter(text.format(message=message, other=other, command=command), param_hint=hint)
    same_number = (id for id in standard.catalogue if re.sub("0+(?=[1-9])", "", id) == re.sub("0+(?=[1-9])", "", name))
    near = next(same_number, None) or nearest(name, standard.catalogue)
    if near is None:
        families = _(", ").join(dict.fromkeys(rule.family for rule in standard.catalogue.values()))
        message = _("{message}; its rules begin with {letters}").format(message=message, letters=families)
    return BadParameter(did_you_mean(message, near), param_hint=hint)


def _built_in_with(name: str) -> str | None:
    """Name the built-in standard that has a rule, or rules whose ids begin so."""
    from pilot_cli.standard.load import BUILT_IN, load_standard

    has = (id for id in BUILT_IN if any(rule.is_called(name) for rule in load_standard(id).catalogue.values()))
    return next(has, None)


def tell_settings(context: Context) -> None:
    """Say at a terminal which settings file holds: in another folder the same call may mean something else."""
    path = settings_path(context) if sys.stderr.isatty() else None
    if path:
        echo(printable(_("By the settings file {path}").format(path=os.path.abspath(path))), err=True)


def choose_workers(jobs: int | None, scheduler: str | None) -> Workers:
    """Understand ``--jobs`` and ``--scheduler``."""
    if jobs is not None and scheduler is not None:
        message = _("how many work at a time is up to the cluster: leave one of the two out")
        raise BadParameter(message, param_hint="--jobs / --scheduler")
    return Workers(jobs, scheduler)


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that do not exist."""
    for path in paths:
        if path != STANDARD_INPUT and not os.path.lexists(path):
            raise BadParameter(_no_such_path(path), param_hint="PATH")


def _no_such_path(path: str) -> str:
    """Say that a path does not exist, and what was meant."""
    from pilot_cli.commands.nearest import nearest_path

    near = nearest_path(path)
    if near:
        return _("there is no file or folder “{path}”; there is “{near}”").format(path=path, near=near)
    message = _("there is no file or folder “{path}”").format(path=path)
    if _RULE.fullmatch(path):
        message = _("{message}; rules stand behind --select, with commas and without blanks: B003,L001").format(
            message=message
        )
    return message


def parse_exclude(patterns: Sequence[str], paths: Iterable[str]) -> "Exclude | None":
    """Understand ``--exclude``, which leaves nothing out where every path is a file."""
    if not patterns or not any(map(os.path.isdir, paths)):
        return None
    from pilot_cli.site.exclude import Exclude, PatternError

    try:
        return Exclude(patterns)
    except PatternError as error:
        raise BadParameter(str(error.reason), param_hint="--exclude") from error


@contextmanager
def telling_skipped(files: SiteFiles, *, verbose: bool, quiet: bool = False) -> Iterator[None]:
    """Say at the end what was skipped of folders; refuse folders that hold no site file at all.

    Raises:
        BadParameter: it comes from the error that there is no site file.
    """
    try:
        yield
    except NoSiteFilesError as error:
        from pilot_cli.commands.site_files import tell_skipped, why_nothing_is_found

        tell_skipped(files, verbose=verbose)
        raise BadParameter(why_nothing_is_found(files.paths), param_hint="PATH") from error
    if files.skipped and (verbose or not quiet):
        from pilot_cli.commands.site_files import tell_skipped

        tell_skipped(files, verbose=verbose)


def refuse_input_as_output(outputs: Iterable[str | Path], inputs: Sequence[str]) -> None:
    """Refuse an output file that is itself read, also by way of standard input."""
    for output in map(Path, outputs):
        if os.path.isfile(output) and any(_reads(path, output) for path in inputs):
            message = _("{path} is read in this call, and would be lost").format(path=output)
            raise BadParameter(message, param_hint="--output")


def _reads(path: str, file: Path) -> bool:
    """Whether a path stands for a file: it is that file, or a folder with that site file somewhere below."""
    if path == STANDARD_INPUT:
        with suppress(OSError, ValueError):
            return os.path.samestat(file.stat(), os.fstat(sys.stdin.fileno()))
        return False
    if os.path.isfile(path):
        return os.path.samefile(file, path)
    is_site_file = file.suffix.lower() == SITE_FILE_SUFFIX
    return is_site_file and os.path.isdir(path) and file.resolve().is_relative_to(Path(path).resolve())


def split_names(names: Iterable[str]) -> list[str]:
    """Take the names of rules from options, which may hold several each."""
    return [name for part in names for name in re.split(BETWEEN_NAMES, nfkc(part).upper()) if name]
