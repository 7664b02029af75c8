"""Understands the options that say which sites and findings are to be shown."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from typer import BadParameter

from pilot_cli.audit.filter import Filter
from pilot_cli.commands.parameters import AuditOptions
from pilot_cli.locale import gettext as _
from pilot_cli.site.texts import plain
from pilot_cli.site.words import SiteKind
from pilot_cli.standard.standard import Standard

T = TypeVar("T")


def parse_filters(written: AuditOptions, standard: Standard) -> Filter:
    """Understand the options: words of closed lists in both languages, names as people write them.

    Raises:
        BadParameter: a word is in none of the closed lists, or no site can have it.
    """
    if written.grade and standard.is_selection:
        message = _("where rules are selected, no site has a score or a grade")
        raise BadParameter(message, param_hint="--grade")
    kinds = {name: kind for kind in SiteKind for name in (kind.value, kind.name.lower())}
    grades = {name: grade for grade in standard.grades for name in (grade.name.zh, grade.name.en) if name}
    return Filter(
        kinds=tuple(_choose(written.kind, kinds, "--kind")),
        cities=tuple(split_values(written.city, "--city")),
        districts=tuple(split_values(written.district, "--district")),
        grades=tuple(_choose(written.grade, grades, "--grade")),
        ids=tuple(split_values(written.site, "--site")),
        levels=tuple(dict.fromkeys(written.severity or ())),
    )


def split_values(written: Sequence[str] | None, option: str) -> list[str]:
    """Take the values from an option, in which commas of any kind may stand between them."""
    values = [
        value.strip() for text in written or () for value in text.replace("，", ",").replace("、", ",").split(",")
    ]
    values = [value for value in values if plain(value)]
    if written and not values:
        raise BadParameter(_("there is nothing to look for"), param_hint=option)
    return list(dict.fromkeys(values))


def _choose(written: Sequence[str] | None, words: Mapping[str, T], option: str) -> list[T]:
    """Find the words of a closed list that are meant."""
    known = {plain(name).casefold(): word for name, word in words.items()}
    chosen = []
    for text in split_values(written, option):
        key = plain(text).casefold()
        if key not in known:
            raise BadParameter(_explain(text, words), param_hint=option)
        chosen.append(known[key])
    return list(dict.fromkeys(chosen))


def _explain(text: str, words: Mapping[str, object]) -> str:
    """Say that a word is in no list, and which may be meant."""
    held = [name for name in words if name in text or text in name]
    near = held if len(held) == 1 else get_close_matches(text, words, n=1, cutoff=0.5)
    labels = dict.fromkeys(getattr(word, "label", str(word)) for word in words.values())
    problem = _("“{text}” is none of {words}").format(text=text, words=_(", ").join(labels))
    return _("{problem}; is it “{word}”?").format(problem=problem, word=near[0]) if near else problem
