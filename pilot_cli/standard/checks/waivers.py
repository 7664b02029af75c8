"""Checks on the waivers themselves."""

from pilot_cli.locale import gettext as _
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, shortened


class WaiversCurrent(Check):
    """No waiver has expired. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        failures = []
        for index, waiver in enumerate(site.waivers):
            rule = shortened(waiver.rule or "–")
            if waiver.until is None:
                message = _("The waiver of rule {rule} does not say until when").format(rule=rule)
            elif waiver.until < context.as_of:
                message = _("The waiver of rule {rule} ended on {day}").format(rule=rule, day=waiver.until)
            else:
                continue
            failures.append(Failure(message, ("waivers", index, "until")))
        return failures


class WaiversKnown(Check):
    """Each waiver names a rule of the standard. Applies when there are waivers."""

    def decide(self, site: Site, context: Context) -> Verdict:
        if not site.waivers:
            return None
        failures = []
        for index, waiver in enumerate(site.waivers):
            if waiver.rule is None:
                message = _("The waiver does not say which rule it waives")
            elif waiver.rule not in context.known_rules:
                message = _("The standard has no rule {rule}").format(rule=shortened(waiver.rule))
            else:
                continue
            failures.append(Failure(message, ("waivers", index, "rule")))
        return failures
