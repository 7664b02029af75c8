"""What every format of an audit is given."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pilot_cli.audit.assessment import Assessment
from pilot_cli.audit.summary import Summary
from pilot_cli.standard.standard import Standard


class Audit(NamedTuple):
    """Assessments on their way to the reader, and by what they were made."""

    standard: Standard
    as_of: date
    assessments: Iterable[Assessment]
    """To be gone through once; the summary is right after that."""
    summary: Summary
