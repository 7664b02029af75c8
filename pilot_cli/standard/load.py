"""Loads a standard from its file and those that it extends, and refuses it if anything is wrong."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import rtoml

from pilot_cli.errors import os_reason
from pilot_cli.locale import N_, in_every_language
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import BilingualText
from pilot_cli.site.file_rules import FILE_RULES
from pilot_cli.site.model import Pillar
from pilot_cli.site.problem import KeyPath, dotted
from pilot_cli.site.rule_info import About, RuleInfo, Severity
from pilot_cli.site.texts import Placeholders
from pilot_cli.standard.check import Check
from pilot_cli.standard.checks import CHECKS
from pilot_cli.standard.parameter import (
    Declared,
    ParameterError,
    boolean,
    enum_of,
    error_at,
    list_of,
    number,
    parameter,
    site_field,
    table,
    text,
    text_like,
    whole_number,
    with_near,
)
from pilot_cli.standard.rule import POINTS, Applies, Condition, Credit, Rule
from pilot_cli.standard.standard import Grade, Standard
from pilot_cli.standard.texts import bilingual_text, with_parameters

_NAMES = ("five-ones", "five-ones-onsite")
BUILT_IN = {name: Path(__file__).with_name(f"{name}.toml") for name in _NAMES}
MAX_FILE_BYTES = 1024 * 1024
"""The largest file of a standard that is read, in bytes."""
MAX_FILES = 20
"""How many standards, each of which extends the next, make one: province, city, district and a few more."""


class StandardError(Exception):
    """A standard cannot be used; the text says which file, rule and key, and why."""


class _GradeTable(Declared):
    """A grade as it is written."""

    name: BilingualText = parameter(bilingual_text)
    lowest: float = parameter(number, key="from")
    complete: int = parameter(whole_number(0, len(Pillar)), 0)


class _File(Declared):
    """The file of a standard."""

    name: str = parameter(text_like(r".*\S.*", N_("a text with something in it")))
    title: BilingualText | None = parameter(bilingual_text, None)
    extends: str | None = parameter(text, None)
    weight: int | None = parameter(whole_number(1), None)
    grades: tuple[_GradeTable, ...] = parameter(list_of(_GradeTable), ())
    placeholders: tuple[str, ...] | None = parameter(list_of(text), None)
    override: dict[str, Any] = parameter(table, {})
    rules: tuple[dict[str, Any], ...] = parameter(list_of(table), ())


class _RuleTable(Declared, takes_more=True):
    """A rule as it is written; what is left over are the parameters of its check."""

    id: str = parameter(text_like("[A-Z]+[0-9]+", N_("capital letters and digits, e.g. GZ01")))
    pillar: Pillar | None = parameter(enum_of(Pillar), None, key="one")
    about: About = parameter(enum_of(About), About.WORK)
    severity: Severity = parameter(enum_of(Severity))
    check: str = parameter(text)
    applies: dict[str, Any] = parameter(table, {})
    title: BilingualText = parameter(bilingual_text)
    problem: BilingualText | None = parameter(bilingual_text, None)
    basis: BilingualText = parameter(bilingual_text)
    advice: BilingualText = parameter(bilingual_text)
    points: int | None = parameter(whole_number(0), None)
    credit: Credit | None = parameter(enum_of(Credit), None)
    enabled: bool = parameter(boolean, True)


class _Source(NamedTuple):
    """A file of a standard, for saying where in it something is wrong."""

    path: str
    text: str

    def error(self, what: str, path: KeyPath = (), rule: str = "") -> StandardError:
        """Make the error that names file, line, rule and key."""
        from pilot_cli.site.place import Places

        where = f"{self.path}:{Places(self.text).find(path).line}"
        if rule:
            where += _(", rule {rule}").format(rule=rule)
        return StandardError(f"{where}: {what}")


class _Entry(NamedTuple):
    """A rule's table on its way through the chain of standards, and where it was last written."""

    table: dict[str, Any]
    source: _Source
    path: KeyPath

    def error(self, what: str, key: KeyPath = ()) -> StandardError:
        """Make the error that names file, line, rule and key."""
        key_name = f"{dotted(key)}: " if key else ""
        return self.source.error(key_name + what, (*self.path, *key), str(self.table.get("id", "")))


def load_standard(reference: str | os.PathLike[str] = "five-ones") -> Standard:
    """Load a standard by the name of a built-in one or the path of a file.

    Raises:
        StandardError: the file, or one that it extends, cannot be read or used.
    """
    try:
        files: list[str] = []
        file, source, entries = _load_chain(_find(os.fspath(reference), Path()), files)
    except ParameterError as error:
        raise StandardError(error.what) from error
    rules = [_rule(entry) for entry in entries.values()]
    if not file.weight or not file.grades:
        raise source.error(_("a standard that extends no other needs weight and grades"))
    grades = tuple(sorted((Grade(grade.lowest, grade.complete, grade.name) for grade in file.grades), reverse=True))
    if grades[-1][:2] != (0, 0):
        raise source.error(_("the lowest grade has to begin at 0, and to ask for nothing complete"), ("grades",))
    if len({grade[:2] for grade in grades}) < len(grades):
        raise source.error(_("two grades begin at the same score"), ("grades",))
    for names in ([grade.name.zh for grade in grades], [grade.name.en for grade in grades if grade.name.en]):
        if len(set(names)) < len(names):
            raise source.error(_("two grades have the same name"), ("grades",))
    return Standard(
        name=file.name,
        title=file.title or BilingualText(file.name),
        weight=file.weight,
        grades=grades,
        placeholders=Placeholders(file.placeholders or ()),
        rules=tuple(filter(None, rules)),
        known_rules=frozenset(entries),
        files=tuple(files),
    )


def _find(reference: str, folder: Path) -> Path:
    """Find the file that a name or a path, seen from a folder, stands for."""
    path = BUILT_IN.get(reference) or folder / reference
    try:
        if path.is_file():
            return path
    except (OSError, ValueError):
        pass
    message = _("There is no usable standard “{name}”: name a built-in one ({names}) or a UTF-8 file")
    raise ParameterError(message.format(name=reference, names=", ".join(BUILT_IN)))


def _load_chain(path: Path, files: list[str]) -> tuple[_File, _Source, dict[str, _Entry]]:
    """Load a file on top of the one that it extends; the real path of each is added to ``files``."""
    file, source = _read(path)
    entries: dict[str, _Entry] = {}
    files.append(os.path.realpath(path))
    if file.extends is not None:
        try:
            base_path = _find(file.extends, path.parent)
            if os.path.realpath(base_path) in files:
                raise ParameterError(_("the standard extends itself"))
            if len(files) == MAX_FILES:
                raise ParameterError(_("there are more than {number} standards above").format(number=MAX_FILES))
        except ParameterError as error:
            what = with_near(f"extends: {error.what}", file.extends, BUILT_IN)
            raise source.error(what, ("extends",)) from error
        base, _base_source, entries = _load_chain(base_path, files)
        file.weight = file.weight or base.weight
        file.grades = file.grades or base.grades
        file.placeholders = file.placeholders or base.placeholders
    for rule, changes in file.override.items():
        if rule not in entries:
            what = with_near(_("the overridden rule does not exist"), rule, entries)
            raise source.error(what, ("override", rule), rule)
        if not isinstance(changes, dict) or "id" in changes:
            raise source.error(_("an override is a table, without an id"), ("override", rule), rule)
        entries[rule] = _Entry({**entries[rule].table, **changes}, source, ("override", rule))
    for index, rule_table in enumerate(file.rules):
        entry = _Entry(rule_table, source, ("rules", index))
        id = str(rule_table.get("id", index))
        if id in entries or id in FILE_RULES:
            raise entry.error(_("the id is used twice"), ("id",))
        entries[id] = entry
    return file, source, entries


def _read(path: Path) -> tuple[_File, _Source]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise StandardError(f"{path}: {os_reason(error)}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise StandardError(f"{path}: " + _("the file is larger than 1 MiB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StandardError(f"{path}:{line}: " + _("the file is not UTF-8 text")) from error
    source = _Source(str(path), text)
    try:
        return _File(rtoml.loads(text)), source
    except ParameterError as error:
        raise source.error(f"{dotted(error.path)}: {error.what}", error.path) from error
    except (rtoml.TomlParsingError, ValueError) as error:
        from pilot_cli.site.mistakes.syntax import explain

        problem = explain(str(error), text)
        line = problem.place.line if problem.place else 1
        what = _("{message}. {advice}").format(message=problem.message, advice=problem.advice)
        raise StandardError(f"{path}:{line}: {what}") from error


def _rule(entry: _Entry) -> Rule | None:
    """Make a rule from its table; None when it is disabled."""
    try:
        written = _RuleTable(entry.table)
        if written.check not in CHECKS:
            what = _("there is no check “{check}”").format(check=written.check)
            raise ParameterError(with_near(what, written.check, CHECKS), ("check",))
        check = CHECKS[written.check](written.more, _RuleTable.declared_keys())
        check.rule = written.id
        if written.credit is Credit.SHARE and not check.has_share:
            raise ParameterError(_("this check cannot tell what share is in order"), ("credit",))
        if written.about is About.FILING and written.pillar is not None:
            raise ParameterError(_("how the file is filled in counts for none of the five ones"), ("about",))
        applies = tuple(_applies(written.applies))
        info = _texts(written, check)
    except ParameterError as error:
        raise entry.error(error.what, error.path) from error
    if not written.enabled:
        return None
    points = POINTS[written.severity] if written.points is None else written.points
    credit = written.credit or (Credit.SHARE if check.gives_share else Credit.ALL)
    return Rule(info, points, credit, applies, check)


def _texts(written: _RuleTable, check: Check) -> RuleInfo:
    """Put the rule's parameters into its texts, and give the check those that it words failures by."""
    values = {name: value for name, value in check.parameters() if isinstance(value, str | int | float)}

    def filled(key: str, text: BilingualText, facts: Sequence[str] = ()) -> BilingualText:
        with error_at(key):
            return with_parameters(text, values, facts)

    title = filled("title", written.title)
    check.problem = filled("problem", written.problem, check.facts) if written.problem else _unlike(title)
    for name, value in check.parameters():
        if isinstance(value, BilingualText):
            setattr(check, name, filled(name, value))
    basis, advice = filled("basis", written.basis), filled("advice", written.advice)
    return RuleInfo(written.id, written.severity, written.about, written.pillar, title, check.heading, basis, advice)


def _unlike(title: BilingualText) -> BilingualText:
    """Say what is wrong where a rule only says what it asks."""
    zh, en = in_every_language(N_("Not as asked: {title}"))
    return BilingualText(zh.format(title=title.zh), en.format(title=title.en) if title.en else "")


def _applies(conditions: dict[str, Any]) -> Iterator[Applies]:
    for path, value in conditions.items():
        with error_at("applies"), error_at(path):
            field = site_field(path)
            condition = Condition(value)
            condition.validate_for(field)
        yield Applies(field, condition)
