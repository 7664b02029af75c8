"""Checks on the waivers themselves."""

from datetime import date

from pilot_cli.locale.message import Message, message
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, shorten


class WaiversCurrent(Check):
    """No waiver has expired. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        return [
            Failure(self._message(waiver.rule or "–", waiver.until), ("waivers", index, "until"))
            for index, waiver in enumerate(site.waivers)
            if waiver.until is None or waiver.until < context.as_of
        ]

    def _message(self, rule: str, until: date | None) -> Message:
        if until is None:
            return message("The waiver of rule {rule} does not say until when", rule=shorten(rule))
        return message("The waiver of rule {rule} ended on {day}", rule=shorten(rule), day=until)


class WaiversKnown(Check):
    """Each waiver names a rule of the standard. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        return [
            Failure(self._message(waiver.rule), ("waivers", index, "rule"))
            for index, waiver in enumerate(site.waivers)
            if waiver.rule not in context.known_rules
        ]

    def _message(self, rule: str | None) -> Message:
        if rule is None:
            return message("The waiver does not say which rule it waives")
        return message("The standard has no rule {rule}", rule=shorten(rule))
