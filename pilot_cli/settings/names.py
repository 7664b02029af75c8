"""The options that the settings file can set, by command; the model says which values they take."""

from collections.abc import Mapping

_FOLDERS = ("exclude", "verbose", "jobs")
_FILTERS = ("severity", "kind", "city", "district", "grade", "sort")
_RULES = ("standard", "select", "ignore", "borders")

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": (*_RULES, *_FOLDERS, *_FILTERS, "fail_on", "no_findings", "all", "statistics", "format", "output"),
    "report": (*_RULES, *_FOLDERS, *_FILTERS, "by", "top", "title", "format", "output"),
    "fix": ("exclude", "verbose"),
    "rules": (*_RULES, "format"),
    "inspect": ("standard", "borders", "exclude", "verbose"),
    "new": ("city", "district", "organization"),
    "export": (*_FOLDERS, "output"),
    "import": ("output",),
}
"""The options that may stand in the table of each command."""

OF_LEDGER: Mapping[str, tuple[str, ...]] = {
    "record": ("standard", "borders", *_FOLDERS),
    **dict.fromkeys(("audits", "show", "compare", "trend", "problem"), ("borders",)),
    "problems": ("borders", "all"),
    "report": ("borders",),
}
"""The options of the commands of the ledger that may stand at the top of the file; they have no tables of their own."""

OWN = frozenset({"format", "output", "organization", *_FILTERS})
"""Those of them that may stand in such tables alone: what can be meant is up to the command."""

VARIABLES_ALONE = frozenset({"scheduler"})
"""Options that have a variable, and no place in the file: pilot trusts a cluster with all that its user may do, and
a file may have come from anywhere."""
