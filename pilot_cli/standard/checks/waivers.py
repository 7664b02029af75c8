"""Checks on the waivers themselves."""

from collections.abc import Iterator

from pilot_cli.locale.message import Message, NameList, message
from pilot_cli.site.field import find_field
from pilot_cli.site.model import Site, Waiver
from pilot_cli.site.texts import plain
from pilot_cli.standard.check import KEPT, Check, Context, FailedRows, Failure, Verdict, shorten

_WANTED = {key: find_field(f"waivers.{key}") for key in ("reason", "approved_by", "until")}
"""What a waiver needs to be in force."""


class WaiversCurrent(Check):
    """Every waiver gives its reason, who approved it and until when, and has not expired.

    Applies when there are waivers.
    """

    judges_each = True

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if not site.waivers:
            return None
        failed = [
            (index, waiver, is_over)
            for index, waiver in enumerate(site.waivers)
            for is_over in (False, True)
            if (_is_over(waiver, context) if is_over else _missing(waiver, context))
        ]
        return Verdict(FailedRows(failed, lambda row: self._tell(context, *row))) if failed else KEPT

    def _tell(self, context: Context, index: int, waiver: Waiver, is_over: bool) -> Failure:
        name = _name(index, waiver, context)
        if is_over:
            return Failure(
                message("{waiver} ended on {day}", waiver=name, day=waiver.until), ("waivers", index, "until")
            )
        missing = _missing(waiver, context)
        labels = NameList(tuple(_WANTED[key] for key in missing))
        text = message("{waiver} does not give: {labels}", waiver=name, labels=labels)
        return Failure(text, ("waivers", index, missing[0]))

    def looks_at(self) -> Iterator[str]:
        """See ``Check``."""
        return (field.path for field in _WANTED.values())


class WaiversKnown(Check):
    """Each waiver names a rule of the standard. Applies when there are waivers."""

    judges_each = True

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if not site.waivers:
            return None
        unknown = [
            (index, waiver) for index, waiver in enumerate(site.waivers) if waiver.rule not in context.known_rules
        ]
        return Verdict(FailedRows(unknown, lambda row: self._tell(context, *row))) if unknown else KEPT

    def _tell(self, context: Context, index: int, waiver: Waiver) -> Failure:
        return Failure(self._message(index, waiver, context), ("waivers", index, "rule"))

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


def _missing(waiver: Waiver, context: Context) -> list[str]:
    return [key for key in _WANTED if not context.is_given(getattr(waiver, key))]


def _is_over(waiver: Waiver, context: Context) -> bool:
    return waiver.until is not None and waiver.until < context.as_of


def _name(index: int, waiver: Waiver, context: Context) -> Message:
    """Say which waiver is meant: by its number and, if it says so, its rule."""
    number = context.source_path(("waivers", index))[-1]
    assert isinstance(number, int)
    if context.is_given(waiver.rule):
        return message("Waiver {number} ({rule})", number=number + 1, rule=shorten(str(waiver.rule)))
    return message("Waiver {number}", number=number + 1)
