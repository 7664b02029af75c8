"""What shells offer as the value of an option or argument.

A shell puts the values on the command line, and some shells evaluate values and descriptions on the way: neither may
hold a sign that means something to one. That something is wrong while completing is nobody's concern; see ``__main__``.
"""

import os
import string
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from typer import Context

from pilot_cli.formats.text import printable
from pilot_cli.locale import gettext as _

if TYPE_CHECKING:
    from pilot_cli.site.words import Word
    from pilot_cli.standard.standard import Standard

Described = list[tuple[str, str]]
"""Values, each with what the shell may say about it."""
Completer = Callable[[str], Described]
"""Tells how what was typed so far can go on."""

_MAX_DESCRIPTION_LENGTH = 80
_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in string.punctuation if sign not in ",.-/%()"}
"""Signs of ASCII as readers know them and no shell does."""


def complete_rule(context: Context, incomplete: str) -> Described:
    """Tell the ids of rules; in small letters to those who write these."""
    begun = incomplete.upper()
    names = _ids(_standard(context))
    return [(incomplete + id.removeprefix(begun), title) for id, title in names.items() if id.startswith(begun)]


def complete_rules(context: Context, incomplete: str) -> Described:
    """Tell the leading letters and ids of rules, after a comma those that were not named before it."""
    before, comma, _begun = incomplete.rpartition(",")
    standard = _standard(context)
    names = _families(standard) | _ids(standard)
    return [(before + comma + name, title) for name, title in names.items() if name not in before.split(",")]


def complete_standard(incomplete: str) -> Described:
    """Tell the built-in standards, and the files and folders whose names need no quotes.

    Shells look for files, and quote them, where nothing is told. That is best for a single folder as well: what is
    told counts as a whole word.
    """
    from pilot_cli.standard.load import BUILT_IN

    files = sorted(_standard_files(incomplete.removesuffix(os.path.basename(incomplete))))
    names = [name for name in (*BUILT_IN, *files) if name.startswith(incomplete)]
    if len(names) == 1 and names[0].endswith("/"):
        return []
    return [(name, _("built-in standard") if name in BUILT_IN else "") for name in names]


def complete_kind(incomplete: str) -> Described:
    """Tell the kinds of sites."""
    from pilot_cli.site.words import SiteKind

    return _words(SiteKind, incomplete)


def complete_grade(context: Context, incomplete: str) -> Described:
    """Tell the grades of the standard, unless a shell would act upon one of their signs."""
    grades = [str(grade.name) for grade in _standard(context).grades]
    return [(name, "") for name in grades if name.startswith(incomplete) and name.isalnum()]


def complete_form(incomplete: str) -> Described:
    """Tell how branches are formed."""
    from pilot_cli.site.words import BranchForm

    return _words(BranchForm, incomplete)


def _words(words: "type[Word]", incomplete: str) -> Described:
    return [(word, word.label) for word in words if word.startswith(incomplete)]


def _standard_files(folder: str) -> Iterator[str]:
    with os.scandir(os.path.expanduser(folder) or ".") as entries:
        for entry in entries:
            needs_quotes = not all(letter.isalnum() or letter in "._-+@" for letter in entry.name)
            if needs_quotes or entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield f"{folder}{entry.name}/"
            elif entry.name.endswith(".toml"):
                yield f"{folder}{entry.name}"


def _standard(context: Context) -> "Standard":
    """Load the standard that the line names before the place that is completed."""
    from pilot_cli.standard.load import load_standard

    return load_standard(os.path.expanduser(context.params["standard"] or "five-ones"))


def _ids(standard: "Standard") -> dict[str, str]:
    return {id: _harmless(str(rule.title)) for id, rule in standard.catalogue.items()}


def _families(standard: "Standard") -> dict[str, str]:
    """The leading letters of rules, and which of the five ones these count for."""
    from pilot_cli.formats.labels import pillar_of_rule_label

    families: dict[str, dict[str, None]] = {}
    for rule in standard.catalogue.values():
        families.setdefault(rule.family, {})[pillar_of_rule_label(rule)] = None
    return {letters: _(", ").join(labels) for letters, labels in families.items()}


def _harmless(text: str) -> str:
    """Cut a stranger's text, and leave nothing in it that a shell, or Typer on the way there, would act upon."""
    return printable(text[:_MAX_DESCRIPTION_LENGTH]).translate(_FULL_WIDTH)
