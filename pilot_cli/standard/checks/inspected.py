"""The check on what only a person can judge: what inspectors saw on site."""

from typing import TYPE_CHECKING

from pilot_cli.locale import gettext as _
from pilot_cli.locale.message import BilingualText, Message, message
from pilot_cli.site.model import Site
from pilot_cli.site.words import InspectionMethod, InspectionResult
from pilot_cli.standard.check import KEPT, UNSEEN, Check, Context, Failure, Verdict, shorten
from pilot_cli.standard.parameter import (
    ParameterError,
    enum_of,
    error_at,
    list_of,
    parameter,
    text,
    whole_number,
)
from pilot_cli.standard.periods import months_after
from pilot_cli.standard.texts import bilingual_text

if TYPE_CHECKING:
    from pilot_cli.site.inspections import Seen

MAX_NOTE_LENGTH = 200
"""The most characters of an inspector's note that a message repeats."""
MAX_LEVELS = 9
"""As many as a key of the keyboard can be pressed for."""


class Inspected(Check):
    """What inspectors saw last, not longer ago than it is valid for, is the best of the results.

    Applies when something was seen; until then the item waits to be seen. Does not apply where the folder is not known.
    """

    has_share = True
    gives_share = True
    method: InspectionMethod = parameter(enum_of(InspectionMethod))
    valid_months: int = parameter(whole_number(1))
    levels: tuple[str, ...] = parameter(list_of(text), None)
    look_for: BilingualText = parameter(bilingual_text)

    def validate(self) -> None:
        self.levels = self.levels or (InspectionResult.MET, InspectionResult.NOT_MET)
        with error_at("levels"):
            if len(self.levels) < 2 or len(self.levels) > MAX_LEVELS:
                message = _("there have to be 2 to {most} results, the best first")
                raise ParameterError(message.format(most=MAX_LEVELS))
            if len({level.strip() for level in self.levels} - {""}) < len(self.levels):
                raise ParameterError(_("each result has to have a name of its own"))

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if context.seen is None:
            return None
        first = months_after(context.as_of, -self.valid_months)
        last = context.seen.latest(self.rule, self.levels, first, context.as_of)
        if last is None:
            return UNSEEN
        if last.result == self.levels[0]:
            return KEPT
        worst = len(self.levels) - 1
        failure = Failure(self.in_detail(self._told(last)), last.path, file=context.seen.file)
        return Verdict([failure], worst - self.levels.index(last.result), worst)

    def _told(self, seen: "Seen") -> Message:
        result = result_label(seen.result)
        if seen.note is None or not seen.note.strip():
            return message("{result} ({method}, {day})", result=result, method=self.method, day=seen.on)
        note = shorten(seen.note.strip(), MAX_NOTE_LENGTH)
        return message("{result} ({method}, {day}), {note}", result=result, method=self.method, day=seen.on, note=note)


def result_label(result: str) -> InspectionResult | str:
    """Return the word of the language for a result that many standards have."""
    return InspectionResult(result) if result in list(InspectionResult) else result


def result_text(result: str) -> str:
    """Say what a result is called in the current language."""
    word = result_label(result)
    return word.label if isinstance(word, InspectionResult) else word
