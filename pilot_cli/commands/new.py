"""``pilot new``: writes a first site file, by asking or from options."""

import os
import re
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.text import Text
from typer import BadParameter

from pilot_cli.commands.output import explain_write_errors, open_output, refuse_existing
from pilot_cli.formats.terminal import cell, console_for, read_line
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.answer import AnswerError, FieldValue, parse_answer
from pilot_cli.site.field import Field, find_field
from pilot_cli.site.find import SITE_FILE
from pilot_cli.site.guidance import Guidance, guidance_for
from pilot_cli.site.model import REQUIRED_FIELDS
from pilot_cli.site.skeleton import write_skeleton
from pilot_cli.site.texts import is_utf8
from pilot_cli.site.words import BranchForm
from pilot_cli.site.writer import SCHEMA
from pilot_cli.standard.built_in_marks import built_in_placeholders

DOCUMENTS = "documents"
"""The folder for supporting material, beside the site file."""
Answers = dict[str, FieldValue | None]
"""The values by the paths of their fields; None leaves the key out."""


def new(folder: Path, *, ask: bool, force: bool, options: Mapping[str, str | None]) -> int:
    """Run the command; return the exit status.

    ``options`` has the paths of the fields to ask for, in order, each with the text of its option if there is one.
    """
    file = folder / SITE_FILE
    if not force:
        refuse_existing(file, "DIR")
    answers: Answers = {path: _read_option(path, text) for path, text in options.items() if text is not None}
    unanswered = [path for path in options if path not in answers]
    defaults = _defaults(folder)
    if ask and unanswered:
        _ask(unanswered, answers, defaults, file)
    else:
        answers |= {path: _read_option(path, defaults.get(path, "")) for path in unanswered}
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
    """Write a path so that a shell takes it as it is, also one that looks like an option."""
    path = os.path.join(os.curdir, file) if str(file).startswith("-") else str(file)
    if re.fullmatch(r"[\w./\\:~-]+", path):
        return path
    return shlex.quote(path) if os.name == "posix" else f'"{path}"'


def _defaults(folder: Path) -> dict[str, str]:
    """Propose answers, by path, as far as the name of the folder makes valid ones."""
    name = os.path.basename(os.path.abspath(folder))
    id = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    defaults = {"site.kind": "1", "site.name": name, "site.id": id}
    return {path: text for path, text in defaults.items() if _is_valid(path, text)}


def _is_valid(path: str, text: str) -> bool:
    try:
        return _read(path, text) is not None
    except AnswerError:
        return False


def _read(path: str, text: str) -> FieldValue | None:
    """Return the value that an answer means, or None for one that says nothing, which leaves the key out.

    Raises:
        AnswerError: the field cannot hold it, or cannot be left out.
    """
    if not is_utf8(text) or text not in built_in_placeholders():
        return parse_answer(text.strip(), find_field(path))
    if path in REQUIRED_FIELDS:
        raise AnswerError(_("This cannot be left out"))
    return None


def _read_option(path: str, text: str) -> FieldValue | None:
    try:
        return _read(path, text)
    except AnswerError as error:
        raise BadParameter(str(error), param_hint=_option(path)) from error


def _option(path: str) -> str:
    """Return the option for a field: it is named as the key, but that for the name of the branch as its table."""
    table, _dot, key = path.rpartition(".")
    return "--" + (table if path == "branch.name" else key).replace("_", "-")


def _ask(paths: Iterable[str], answers: Answers, defaults: dict[str, str], file: Path) -> None:
    """Ask until each answer is one that the field can hold; Enter takes the default, or leaves the key out."""
    console = console_for(sys.stderr)
    console.print(cell(_("Questions for {path}: Enter takes what is in brackets, or skips.").format(path=file), "bold"))
    for path in paths:
        if _is_pointless(path, answers):
            continue
        field = find_field(path)
        default = defaults.get(path) or (_made_id(answers) if path == "site.id" else "")
        console.print()
        console.print(cell(_explanation(guidance_for(path)), "quiet"))
        while path not in answers:
            try:
                text = read_line(console, _prompt(field, default))
                answers[path] = _read(path, text.strip() or default)
            except AnswerError as error:
                console.print(cell(str(error), "serious"))
            except EOFError:
                console.print()
                message = _("the answers end before the questions do; give options, or --no-input")
                raise BadParameter(message, param_hint="--no-input") from None
    console.print()


def _made_id(answers: Answers) -> str:
    """Propose the id that an import would make from the name: a folder may have no Latin letters to make one from."""
    from pilot_cli.exchange.site_ids import SiteName, make_ids

    name = SiteName(str(answers["site.name"]))
    return make_ids([name], ())[name]


def _is_pointless(path: str, answers: Answers) -> bool:
    """Whether earlier answers leave nothing to be asked: a temporary branch holds no elections."""
    return path == "branch.term_years" and answers.get("branch.form") == BranchForm.TEMPORARY


def _explanation(guidance: Guidance) -> str:
    if guidance.example is None:
        return guidance.description
    return _("{description} Example: {example}").format(description=guidance.description, example=guidance.example)


def _prompt(field: Field, default: str) -> Text:
    """Show the name of the field, the words to choose from, and the default."""
    words = [f"{number} {word.label}" for number, word in enumerate(field.words or (), 1)]
    hints = [*([" / ".join(words)] if words else []), *([f"[{default}]"] if default else [])]
    return cell(" ".join([field.label, *hints]) + ": ")


def _write(file: Path, answers: Answers) -> None:
    values = {path: answer for path, answer in answers.items() if answer is not None}
    documents = file.parent / DOCUMENTS
    with explain_write_errors(documents, "DIR"):
        documents.mkdir(parents=True, exist_ok=True)
    with open_output(file, is_for_people=False, hint="DIR") as out:
        out.write(write_skeleton(values, _schema_for(file.parent)))


def _schema_for(folder: Path) -> str:
    """Return where editors find the schema: the nearest ``site.schema.json`` in or above the folder, or pilot's own."""
    folder = Path(os.path.abspath(folder))
    for place in (folder, *folder.parents):
        if (place / SCHEMA.name).is_file():
            return Path(os.path.relpath(place / SCHEMA.name, folder)).as_posix()
    return SCHEMA.as_uri()
