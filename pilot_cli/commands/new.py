"""``pilot new``: writes a first site file, by asking or from options."""

import os
import re
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.text import Text
from typer import BadParameter

from pilot_cli.commands.output import explain_write_errors, open_output, refuse_existing
from pilot_cli.formats.terminal import cell, console_for
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.answer import AnswerError, FieldValue, parse_answer
from pilot_cli.site.field import Field, find_field
from pilot_cli.site.find import SITE_FILE
from pilot_cli.site.guidance import GUIDANCE, Guidance
from pilot_cli.site.model import REQUIRED
from pilot_cli.site.writer import SCHEMA, write_site

DOCUMENTS = "documents"

QUESTIONS = {
    "kind": "site.kind",
    "name": "site.name",
    "id": "site.id",
    "city": "site.city",
    "district": "site.district",
    "organization": "site.organization",
    "started_on": "site.started_on",
    "ends_on": "site.ends_on",
    "branch": "branch.name",
    "form": "branch.form",
    "full_members": "branch.full_members",
}
"""What is asked, in order: the option, and the field that the answer is for."""


def new(folder: Path, *, ask: bool, force: bool, **given: str | None) -> int:
    """Run the command; ``given`` are the answers that the call has already. Return the exit status."""
    file = folder / SITE_FILE
    if not force:
        refuse_existing(file, "DIR")
    answers = {option: _read_option(option, text) for option, text in given.items() if text is not None}
    open_questions = [option for option in QUESTIONS if option not in answers]
    defaults = _defaults(folder)
    if ask and open_questions:
        answers |= _ask(open_questions, defaults, file)
    else:
        answers |= {option: _read_option(option, defaults.get(option, "")) for option in open_questions}
    _write(file, answers)
    lines = (
        _("Written: {path}").format(path=file),
        _("Supporting material goes into {folder}").format(folder=folder / DOCUMENTS),
        _("What is still to be done: {command}").format(command=f"pilot check {_quoted(file)}"),
    )
    with open_output(None, is_for_people=True) as out:
        out.writelines(printable(line) + "\n" for line in lines)
    return 0


def _quoted(file: Path) -> str:
    """Write a path as a shell takes it; a name that looks like an option is no longer one."""
    path = os.path.join(os.curdir, file) if str(file).startswith("-") else str(file)
    if re.fullmatch(r"[\w./\\:~-]+", path):
        return path
    return shlex.quote(path) if os.name == "posix" else f'"{path}"'


def _defaults(folder: Path) -> dict[str, str]:
    """Take what can be from the name of the folder."""
    name = os.path.basename(os.path.abspath(folder))
    id = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    defaults = {"kind": "1", "name": name, "id": id}
    return {option: text for option, text in defaults.items() if _fits(option, text)}


def _fits(option: str, text: str) -> bool:
    try:
        return _read(option, text) is not None
    except AnswerError:
        return False


def _read(option: str, text: str) -> FieldValue | None:
    """Understand an answer; an empty one leaves the key out, if it may be left out."""
    if text.strip():
        return parse_answer(text.strip(), find_field(QUESTIONS[option]))
    if option in REQUIRED:
        raise AnswerError(_("This cannot be left out"))
    return None


def _read_option(option: str, text: str) -> FieldValue | None:
    try:
        return _read(option, text)
    except AnswerError as error:
        raise BadParameter(str(error), param_hint=f"--{option.replace('_', '-')}") from error


def _ask(options: Iterable[str], defaults: dict[str, str], file: Path) -> dict[str, FieldValue | None]:
    """Ask until each answer is one that the field can hold; Enter takes the default, or leaves the key out."""
    console = console_for(sys.stderr)
    console.print(cell(_("Questions for {path}: Enter takes what is in brackets, or skips.").format(path=file), "bold"))
    answers = {}
    for option in options:
        field = find_field(QUESTIONS[option])
        default = defaults.get(option, "")
        console.print()
        console.print(cell(_explanation(GUIDANCE[field.path]), "dim"))
        while option not in answers:
            try:
                text = console.input(_prompt(field, default))
                answers[option] = _read(option, text.strip() or default)
            except AnswerError as error:
                console.print(cell(str(error), "red"))
            except EOFError:
                console.print()
                message = _("the answers end before the questions do; give options, or --no-input")
                raise BadParameter(message, param_hint="--no-input") from None
    console.print()
    return answers


def _explanation(guidance: Guidance) -> str:
    if guidance.example is None:
        return guidance.description
    return _("{description} Example: {example}").format(description=guidance.description, example=guidance.example)


def _prompt(field: Field, default: str) -> Text:
    """The name of the field, the words to choose from, and the default."""
    words = [f"{number} {word.label}" for number, word in enumerate(field.words or (), 1)]
    hints = [*([" / ".join(words)] if words else []), *([f"[{default}]"] if default else [])]
    return cell(" ".join([field.label, *hints]) + ": ")


def _write(file: Path, answers: dict[str, FieldValue | None]) -> None:
    values = {QUESTIONS[option]: answer for option, answer in answers.items() if answer is not None}
    documents = file.parent / DOCUMENTS
    with explain_write_errors(documents, "DIR"):
        documents.mkdir(parents=True, exist_ok=True)
    with open_output(file, is_for_people=False, hint="DIR") as out:
        out.write(write_site(values, _schema_for(file.parent)))


def _schema_for(folder: Path) -> str:
    """Find the schema for editors: the nearest ``site.schema.json`` at or above the folder, else the one of pilot."""
    folder = Path(os.path.abspath(folder))
    for holder in (folder, *folder.parents):
        if (holder / SCHEMA.name).is_file():
            return Path(os.path.relpath(holder / SCHEMA.name, folder)).as_posix()
    return SCHEMA.as_uri()
