"""The on-site items of a site, and how their results are recorded."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from typer import BadParameter

from pilot_cli.audit.assess import assess
from pilot_cli.audit.assessment import Assessment
from pilot_cli.commands.options import open_standard
from pilot_cli.commands.output import open_output, tell_file_written
from pilot_cli.errors import OperationalError, os_reason
from pilot_cli.formats.labels import long_date
from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import message
from pilot_cli.site.find import SiteFiles
from pilot_cli.site.inspections_writer import InspectionsDraft, NewResult, UnusableInspectionsError
from pilot_cli.site.reader import load_site
from pilot_cli.site.texts import plain
from pilot_cli.standard.checks.inspected import Inspected, result_text
from pilot_cli.standard.standard import Standard

T = TypeVar("T")
_EQUALS = re.compile("[=＝:：]")


class OnSiteItems(NamedTuple):
    """The items of a site, and where they are written down."""

    site: Assessment
    standard: Standard
    rules: tuple[str, ...]
    """Those that apply to the site, in the order of the standard."""
    draft: InspectionsDraft

    def check(self, rule: str) -> Inspected:
        """Return what the standard says of an item."""
        return self.standard.on_site[rule]

    def write(self) -> None:
        """Write what was seen so far, so that nothing is lost."""
        text = explain_unusable(self.draft.text)
        with open_output(Path(self.draft.path), is_for_people=False, hint="SITE") as out:
            out.write(text)

    def tell_written(self) -> None:
        """Say where it is written down."""
        tell_file_written(Path(self.draft.path))


def open_on_site_standard(name: str) -> Standard:
    """Load a standard that has on-site items."""
    standard = open_standard(name)
    if not standard.on_site:
        text = _("the standard {standard} has no on-site items; five-ones-onsite, for example, has some")
        raise BadParameter(text.format(standard=standard.name), param_hint="--standard")
    return standard


def only_site(files: SiteFiles) -> str:
    """Return the one site file that paths stand for."""
    found = list(islice(files, 2))
    path = _(", ").join(files.paths)
    if len(found) != 1:
        text = _("{path} stands for several sites; name one") if found else _("there is no site file in {path}")
        raise BadParameter(text.format(path=path), param_hint="SITE")
    return found[0]


def is_to_come(day: date) -> bool:
    """Whether a day is after today, so that nobody can have seen anything on it."""
    return day > date.today()


def to_come_text(day: date) -> str:
    """Say that nothing can be recorded of a day."""
    return _("{day} is after today: only what has been seen can be recorded").format(day=long_date(day))


def begin_inspection(path: str, standard: Standard, day: date, by: str) -> OnSiteItems:
    """Find out which items apply to a site, and open the file that they are written down in."""
    site = assess(load_site(path), standard, day)
    if not site.is_readable:
        raise BadParameter(_("{path} cannot be read; pilot check says why").format(path=path), param_hint="SITE")
    rules = rules_that_apply(site, standard)
    if not rules:
        raise BadParameter(_("no on-site item applies to this site"), param_hint="SITE")
    return OnSiteItems(site, standard, rules, explain_unusable(lambda: InspectionsDraft(path, day, by)))


def rules_that_apply(site: Assessment, standard: Standard) -> tuple[str, ...]:
    """Return the on-site items that apply to a site, whether or not they have been seen."""
    left_out = set(site.left_out) - set(site.to_inspect)
    return tuple(rule for rule in standard.on_site if rule not in left_out)


def explain_unusable(work: Callable[[], T]) -> T:
    """Explain why a file of inspections cannot be used.

    Raises:
        BadParameter: somebody has to correct it first.
        OperationalError: it cannot be read.
    """
    try:
        return work()
    except UnusableInspectionsError as error:
        raise BadParameter(str(error.reason), param_hint="SITE") from error
    except OSError as error:
        text = message("{path} cannot be read: {why}", path=error.filename, why=os_reason(error))
        raise OperationalError(text) from error


def read_results(items: OnSiteItems, results: Sequence[str], notes: Sequence[str]) -> Iterator[NewResult]:
    """Understand ``--result`` and ``--note``, each of which names its item: ``Y003=达标``."""
    noted = dict(_pair(items, text, "--note") for text in notes)
    given = [_pair(items, text, "--result") for text in results]
    for rule, result in given:
        if [name for name, _result in given].count(rule) > 1:
            raise BadParameter(_("{rule} is given twice").format(rule=rule), param_hint="--result")
        yield NewResult(rule, parse_result(items.check(rule), rule, result), noted.pop(rule, ""))
    for rule in noted:
        raise BadParameter(_("there is no result for {rule}").format(rule=rule), param_hint="--note")


def _pair(items: OnSiteItems, text: str, option: str) -> tuple[str, str]:
    written, *rest = _EQUALS.split(text, maxsplit=1)
    if not rest:
        raise BadParameter(_("write it as Y003=…, not “{text}”").format(text=text), param_hint=option)
    rule = plain(written).upper()
    if rule not in items.rules:
        what = _("{rule} does not apply to this site") if rule in items.standard.on_site else _("no item {rule}")
        known = _("{what}; the items are {rules}").format(what=what.format(rule=rule), rules=_(", ").join(items.rules))
        raise BadParameter(known, param_hint=option)
    return rule, rest[0].strip()


def parse_result(check: Inspected, rule: str, text: str) -> str:
    """Understand a result by its word in either language, or by its number."""
    for number, level in enumerate(check.levels, 1):
        if plain(text).casefold() in (level.casefold(), str(number), result_text(level).casefold()):
            return level
    levels = _(", ").join(map(result_text, check.levels))
    text = _("“{text}” is no result of {rule}; choose one of: {levels}").format(text=text, rule=rule, levels=levels)
    raise BadParameter(text, param_hint="--result")
