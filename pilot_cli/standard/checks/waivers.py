"""Checks on the waivers themselves."""

from collections.abc import Iterator

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Site, Waiver
from pilot_cli.site.texts import plain
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict, shorten

_WANTED = {key: find_field(f"waivers.{key}") for key in ("reason", "approved_by", "until")}
"""What a waiver needs to be in force."""


class WaiversCurrent(Check):
    """Every waiver gives its reason, who approved it and until when, and has not expired.

    Applies when there are waivers.
    """

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if not site.waivers:
            return None
        failures = [
            Failure(text, ("waivers", index, key))
            for index, waiver in enumerate(site.waivers)
            for text, key in self._faults(index, waiver, context)
        ]
        return Verdict(failures) if failures else KEPT

    def _faults(self, index: int, waiver: Waiver, context: Context) -> Iterator[tuple[Message, str]]:
        name = _name(index, waiver, context)
        missing = [key for key in _WANTED if not context.is_given(getattr(waiver, key))]
        if missing:
            labels = NameList(tuple(_WANTED[key] for key in missing))
            yield message("{waiver} does not give: {labels}", waiver=name, labels=labels), missing[0]
        if waiver.until is not None and waiver.until < context.as_of:
            yield message("{waiver} ended on {day}", waiver=name, day=waiver.until), "until"

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return (field.path for field in _WANTED.values())


class WaiversKnown(Check):
    """Each waiver names a rule of the standard. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if not site.waivers:
            return None
        failures = [
            Failure(self._message(index, waiver, context), ("waivers", index, "rule"))
            for index, waiver in enumerate(site.waivers)
            if waiver.rule not in context.known_rules
        ]
        return Verdict(failures) if failures else KEPT

    def _message(self, index: int, waiver: Waiver, context: Context) -> Message:
        if not context.is_given(waiver.rule):
            return message("{waiver} does not say what it waives", waiver=_name(index, waiver, context))
        written = shorten(str(waiver.rule))
        meant = plain(written).upper()
        if meant in context.known_rules:
            return message(
                "{waiver} has to name the rule as {meant}", waiver=_name(index, waiver, context), meant=meant
            )
        return message("The standard has no rule {rule}", rule=written)

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        yield "waivers.rule"


def _name(index: int, waiver: Waiver, context: Context) -> Message:
    """Say which waiver is meant: by its number and, if it says so, its rule."""
    number = context.source_path(("waivers", index))[-1]
    assert isinstance(number, int)
    if context.is_given(waiver.rule):
        return message("Waiver {number} ({rule})", number=number + 1, rule=shorten(str(waiver.rule)))
    return message("Waiver {number}", number=number + 1)
