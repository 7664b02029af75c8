"""The states of a problem, and what happens to it; closed lists, also in the database."""

from enum import StrEnum

from pilot_cli.locale import N_
from pilot_cli.locale import gettext as _


class State(StrEnum):
    """Where a problem stands between being found and being struck off."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    TO_VERIFY = "to_verify"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in the current language."""
        return _(_STATES[self])


_STATES = {
    State.PENDING: N_("to be assigned"),
    State.IN_PROGRESS: N_("under rectification"),
    State.TO_VERIFY: N_("to be verified"),
    State.CLOSED: N_("struck off"),
}
OPEN = (State.PENDING, State.IN_PROGRESS, State.TO_VERIFY)


class EventKind(StrEnum):
    """What can happen to a problem."""

    FOUND = "found"
    REBOUNDED = "rebounded"
    NOT_FOUND = "not_found"
    FOUND_AGAIN = "found_again"
    ASSIGNED = "assigned"
    EXTENDED = "extended"
    UPDATED = "updated"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLOSED = "closed"
    REOPENED = "reopened"
    RENUMBERED = "renumbered"

    @property
    def label(self) -> str:
        """The event in the current language."""
        return _(_EVENTS[self])


_EVENTS = {
    EventKind.FOUND: N_("found"),
    EventKind.REBOUNDED: N_("come back, recorded anew"),
    EventKind.NOT_FOUND: N_("no longer found by an audit"),
    EventKind.FOUND_AGAIN: N_("returned: an audit still found it"),
    EventKind.ASSIGNED: N_("assigned"),
    EventKind.EXTENDED: N_("deadline extended"),
    EventKind.UPDATED: N_("progress told"),
    EventKind.SUBMITTED: N_("submitted for verification"),
    EventKind.RETURNED: N_("returned"),
    EventKind.CLOSED: N_("struck off"),
    EventKind.REOPENED: N_("reopened"),
    EventKind.RENUMBERED: N_("came from another ledger, numbered anew"),
}


class Method(StrEnum):
    """How it was verified that a problem has been put right."""

    DOCUMENTS = "documents"
    ON_SITE = "on_site"
    INTERVIEW = "interview"

    @property
    def label(self) -> str:
        """The method in the current language."""
        return _(_METHODS[self])


_METHODS = {
    Method.DOCUMENTS: N_("documents looked through"),
    Method.ON_SITE: N_("looked at on site"),
    Method.INTERVIEW: N_("people asked"),
}
