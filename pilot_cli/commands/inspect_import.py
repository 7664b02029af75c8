"""``pilot inspect --import FILE``: adds the results in a form to the files of the sites, all or nothing."""

import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from typer import BadParameter, echo

from pilot_cli.audit.assess import assess
from pilot_cli.commands.on_site import explain_unusable, is_to_come, rules_that_apply, to_come_text
from pilot_cli.commands.options import check_paths
from pilot_cli.commands.output import explain_write_errors, tell_file_written
from pilot_cli.exchange.books.workbook_reader import WorkbookError
from pilot_cli.exchange.file_transaction import FileTransaction
from pilot_cli.exchange.inspection_forms import FilledResult, FilledSite, read_form
from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.inspections import inspections_path
from pilot_cli.site.inspections_writer import InspectionsDraft, NewResult, seen_today
from pilot_cli.site.reader import load_site, peek_id
from pilot_cli.site.texts import plain
from pilot_cli.standard.checks.inspected import result_text
from pilot_cli.standard.standard import Standard

EXIT_WRONG_FORM = 1


class _Visit(NamedTuple):
    """What a form says of a site, understood."""

    path: str
    on: date
    by: str
    results: list[NewResult]


class _Reader:
    """Understands a form, and collects what is wrong with it."""

    def __init__(self, standard: Standard, paths: dict[str, str]) -> None:
        self.standard = standard
        self.paths = paths
        """The files of the sites, by id."""
        self.errors: list[str] = []

    def visits(self, form: list[FilledSite]) -> Iterator[_Visit]:
        """Yield what is said of each site of which something is said."""
        for filled in form:
            if any(one.result for one in filled.results):
                visit = self._visit(filled)
                if visit:
                    yield visit

    def _visit(self, filled: FilledSite) -> _Visit | None:
        if filled.standard != self.standard.name:
            text = _("the form is of the standard “{name}”, and not of {standard}")
            self._tell(filled.where, text.format(name=filled.standard, standard=self.standard.name))
            return None
        path = self.paths.get(filled.site)
        if path is None:
            self._tell(filled.where, _("no site file has the ID “{id}”").format(id=filled.site))
            return None
        if not isinstance(filled.on, date):
            self._tell(filled.where, _("“{text}” is not a date; write it as 2020-11-23").format(text=filled.on))
            return None
        if is_to_come(filled.on):
            self._tell(filled.where, to_come_text(filled.on))
            return None
        site = assess(load_site(path), self.standard, filled.on, locate=False)
        rules = rules_that_apply(site, self.standard)
        results = [found for one in filled.results if one.result and (found := self._result(one, rules))]
        return _Visit(path, filled.on, filled.by, results)

    def _result(self, one: FilledResult, rules: tuple[str, ...]) -> NewResult | None:
        if one.rule not in rules:
            self._tell(one.where, _("{rule} is no on-site item of this site").format(rule=one.rule or "“”"))
            return None
        levels = self.standard.on_site[one.rule].levels
        for level in levels:
            if plain(one.result).casefold() in (level.casefold(), result_text(level).casefold()):
                return NewResult(one.rule, level, one.note, one.photos)
        text = _("“{text}” is no result of {rule}; choose one of: {levels}")
        known = _(", ").join(map(result_text, levels))
        self._tell(one.where, text.format(text=one.result, rule=one.rule, levels=known))
        return None

    def _tell(self, where: str, text: str) -> None:
        self.errors.append(f"{where} {text}")


def import_form(file: Path, files: SiteFiles, standard: Standard) -> int:
    """Take a form in; return the exit status."""
    check_paths([str(file)])
    try:
        form = read_form(file)
    except WorkbookError as error:
        text = _("{path} cannot be read: {why}").format(path=file, why=error)
        raise BadParameter(text, param_hint="--import") from None
    wanted = {filled.site for filled in form}
    reader = _Reader(standard, _paths_by_id(files, wanted))
    visits = list(reader.visits(form))
    if reader.errors:
        for wrong in reader.errors:
            echo(printable(wrong), err=True)
        echo(_("Nothing has been written. Correct the form and import it again."), err=True)
        return EXIT_WRONG_FORM
    if not visits:
        raise BadParameter(_("the form has no results"), param_hint="--import")
    _write(visits)
    return 0


def _paths_by_id(files: SiteFiles, wanted: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in files:
        id = peek_id(path)
        if id in wanted:
            if id in found:
                text = _("{path} and {other} have the same ID").format(path=found[id], other=path)
                raise BadParameter(text, param_hint="SITE")
            found[id] = path
    return found


def _write(visits: list[_Visit]) -> None:
    """Write all files or none; what is there already is not written twice."""
    texts: dict[Path, str] = {}
    new = 0
    for visit in visits:
        draft = explain_unusable(partial(_draft, visit, texts))
        known = seen_today(draft, (one.rule for one in visit.results))
        fresh = [one for one in visit.results if known.get(one.rule) != one._replace(photos=())]
        for one in fresh:
            draft.put(one)
        if fresh:
            new += len(fresh)
            texts[Path(draft.path)] = explain_unusable(draft.text)
    _write_all(texts)
    for path in texts:
        tell_file_written(path)
    echo(
        _("Results taken in: {new}; known already: {known}").format(
            new=new, known=sum(len(visit.results) for visit in visits) - new
        )
    )


def _draft(visit: _Visit, texts: Mapping[Path, str]) -> InspectionsDraft:
    """Begin to add to a file, which an earlier visit to the same site may have added to."""
    return InspectionsDraft(visit.path, visit.on, visit.by, texts.get(Path(inspections_path(visit.path))))


def _write_all(texts: Mapping[Path, str]) -> None:
    """Write some files, or leave all as they were."""
    # A file may be a link to where it really is.
    files = {Path(os.path.realpath(path)): text for path, text in texts.items()}
    with FileTransaction(*{file.parent for file in files}) as transaction:
        for file, text in files.items():
            with explain_write_errors(file, "--import"):
                transaction.add(file, text.encode())
        try:
            transaction.commit()
        except OSError as error:
            with explain_write_errors(Path(error.filename), "--import"):
                raise
