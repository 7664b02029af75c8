"""Which files a command writes, and in which format."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from typer import BadParameter

from pilot_cli.commands.output import is_standard_output, open_output, refuse_terminal, tell_file_written
from pilot_cli.commands.progress import show_progress
from pilot_cli.formats.registry import Format, format_named, formats_by_command
from pilot_cli.locale import gettext as _
from pilot_cli.parallel.progress import Progress

OFFICE_SUFFIXES = frozenset((".doc", ".docx", ".et", ".pdf", ".wps", ".xls", ".xlsx"))
"""How files of office programs are named, which open no other files under such a name."""
STANDARD_OUTPUT = "-"
SEPARATORS = tuple({os.sep, os.altsep or os.sep, "/"})
"""How the path of a folder ends that need not be there yet."""


class Target(NamedTuple):
    """Where results go, and in which format."""

    path: Path | None
    """None is standard output."""
    format: Format

    @property
    def is_standard_output(self) -> bool:
        """Whether it is that, by whatever name."""
        return self.path is None or is_standard_output(self.path)


def choose_targets(command: str, outputs: Sequence[str], format: str | None) -> list[Target]:
    """Understand ``--output`` and ``--format`` of a command: the format follows the suffix of the output."""
    formats = formats_by_command()[command]
    named = format_named(formats, format) if format else None
    targets = [_choose_target(command, formats, output, named) for output in outputs or [STANDARD_OUTPUT]]
    seen: set[str] = set()
    for target in targets:
        if target.format.binary and target.is_standard_output:
            refuse_terminal(target.format.name)
        place = STANDARD_OUTPUT if target.path is None else os.path.realpath(target.path)
        if place in seen:
            raise BadParameter(_("{path} is given twice").format(path=target.path or "-"), param_hint="--output")
        seen.add(place)
    return targets


def is_read_at_once(targets: Iterable[Target]) -> bool:
    """Whether somebody at a terminal reads results while they are written."""
    return sys.stdout.isatty() and any(
        target.is_standard_output and not target.format.for_programs for target in targets
    )


def in_folder(output: str, name: str) -> Path | None:
    """Return the file of a usual name in the folder that an output is, where it is one."""
    return Path(output, name) if output.endswith(SEPARATORS) or os.path.isdir(output) else None


def _choose_target(command: str, formats: Sequence[Format], output: str, named: Format | None) -> Target:
    if output == STANDARD_OUTPUT:
        return Target(None, named or formats[0])
    if not output:
        raise BadParameter(_("the name of the file is missing"), param_hint="--output")
    file = in_folder(output, command)
    if file:
        if named is None:
            message = _("{path} is a folder: say with --format what is to be written there, or name a file")
            raise BadParameter(message.format(path=output), param_hint="--output")
        return Target(Path(f"{file}{named.usual_suffix}"), named)
    path = Path(output)
    suffix = path.suffix.lower()
    if named:
        _refuse_unfit(suffix, named)
        return Target(path, named)
    for format in formats:
        if suffix in format.suffixes:
            return Target(path, format)
    raise BadParameter(_explain_unknown(command, formats, suffix), param_hint="--output")


def _refuse_unfit(suffix: str, named: Format) -> None:
    """Refuse to write a format into a file that is named as one of another format."""
    known = {suffix for formats in formats_by_command().values() for suffix in _suffixes(formats)}
    if suffix and suffix in known | OFFICE_SUFFIXES and suffix not in (*named.suffixes, *named.other_suffixes):
        message = _("a file that ends in {suffix} is not written as {format}; leave out --format, or name it otherwise")
        raise BadParameter(message.format(suffix=suffix, format=named.name), param_hint="--format / --output")


def _explain_unknown(command: str, formats: Sequence[Format], suffix: str) -> str:
    """Say that a command has no format for files that end so, and which there are."""
    message = _("pilot {command} writes nothing that ends in {suffix}, only {suffixes}").format(
        command=command, suffix=suffix, suffixes=_(", ").join(filter(None, _suffixes(formats)))
    )
    by_command = formats_by_command()
    # The nearest: another kind of the same document, another command of the same group.
    for other in sorted(by_command, key=lambda other: -len({*command.split()} & {*other.split()})):
        if suffix in _suffixes(by_command[other]):
            hint = _("{problem}; {suffix} files come from pilot {other}")
            return hint.format(problem=message, suffix=suffix, other=other)
    return message


def _suffixes(formats: Iterable[Format]) -> list[str]:
    return list(dict.fromkeys(suffix for format in formats for suffix in format.suffixes))


@contextmanager
def open_targets(targets: Sequence[Target], *, quiet: bool = False) -> Iterator[tuple[list[TextIO], Progress]]:
    """Open all targets, show progress, and say on standard error what was written once it is.

    While one cannot be opened or written, every file stays as it was.
    """
    shown = next((target for target in targets if target.is_standard_output), None) or next(iter(targets), None)
    path, is_streamed = (shown.path, shown.format.streamed) if shown else (None, False)
    with show_progress(path, is_streamed=is_streamed) as progress, ExitStack() as stack:
        outs = [
            stack.enter_context(open_output(target.path, is_for_people=not target.format.for_programs))
            for target in targets
        ]
        yield outs, progress
        for out in outs:
            # A full disk is to be noticed before any file is put in its place.
            out.flush()
    if not quiet:
        tell_written(targets)


def tell_written(targets: Iterable[Target]) -> None:
    """Say what was written; of devices and pipes there is nothing to say."""
    for target in targets:
        if target.path is not None and not target.is_standard_output and target.path.is_file():
            tell_file_written(target.path)
