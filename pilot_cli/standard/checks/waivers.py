"""Checks on the waivers themselves."""

from datetime import date
from functools import partial

from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, shorten


class WaiversCurrent(Check):
    """No waiver has expired. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        return [
            Failure(partial(self._message, waiver.rule or "–", waiver.until), ("waivers", index, "until"))
            for index, waiver in enumerate(site.waivers)
            if waiver.until is None or waiver.until < context.as_of
        ]

    def _message(self, rule: str, until: date | None) -> str:
        if until is None:
            return _("The waiver of rule {rule} does not say until when").format(rule=shorten(rule))
        return _("The waiver of rule {rule} ended on {day}").format(rule=shorten(rule), day=until)


class WaiversKnown(Check):
    """Each waiver names a rule of the standard. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        return [
            Failure(partial(self._message, waiver.rule), ("waivers", index, "rule"))
            for index, waiver in enumerate(site.waivers)
            if waiver.rule not in context.known_rules
        ]

    def _message(self, rule: str | None) -> str:
        if rule is None:
            return _("The waiver does not say which rule it waives")
        return _("The standard has no rule {rule}").format(rule=shorten(rule))
