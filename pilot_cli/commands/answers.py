"""The options of ``pilot new``: each answers one of its questions."""

from typing import Annotated, Any, NamedTuple

import typer

from pilot_cli.commands import completion
from pilot_cli.locale import gettext as _


def _answer(metavar: str, help: str, complete: completion.Completer | None = None) -> Any:
    """An option that answers a question; what the field can hold is for the command to say."""
    return typer.Option(metavar=metavar, help=help, autocompletion=complete)


KIND = _answer("KIND", _("建筑工地 (construction) or 社区物业 (community)."), completion.complete_kind)
FORM = _answer("FORM", _("单独 (single), 联合 (joint), 临时 (temporary) or 流动 (mobile)."), completion.complete_form)


class Answers(NamedTuple):
    """What was answered beforehand; None is asked for."""

    kind: Annotated[str | None, KIND] = None
    name: Annotated[str | None, _answer("TEXT", _("The name of the site."))] = None
    id: Annotated[str | None, _answer("ID", _("The ID of the site."))] = None
    city: Annotated[str | None, _answer("TEXT", _("The city."))] = None
    district: Annotated[str | None, _answer("TEXT", _("The district or county."))] = None
    organization: Annotated[str | None, _answer("TEXT", _("The “two-new” organization."))] = None
    started_on: Annotated[str | None, _answer("DATE", _("When it began."))] = None
    ends_on: Annotated[str | None, _answer("DATE", _("When it is to end."))] = None
    branch: Annotated[str | None, _answer("TEXT", _("The name of the branch."))] = None
    form: Annotated[str | None, FORM] = None
    term_years: Annotated[str | None, _answer("N", _("How many years a term of office has."))] = None
    full_members: Annotated[str | None, _answer("N", _("How many full members the branch has."))] = None

    def by_field(self) -> dict[str, str | None]:
        """The answers, each by the field that it fills."""
        of_branch = {"branch": "branch.name"} | {key: f"branch.{key}" for key in ("form", "term_years", "full_members")}
        return {of_branch.get(key, f"site.{key}"): answer for key, answer in self._asdict().items()}
