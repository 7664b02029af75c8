"""The keys of the settings file: what each is for, and which commands have it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pilot_cli.audit.grouping import Grouping
from pilot_cli.audit.level import Level
from pilot_cli.audit.order import Order
from pilot_cli.formats.registry import CHECK_FORMATS, REPORT_FORMATS, RULES_FORMATS, Format
from pilot_cli.formats.report.documents import Deadlines, DocumentSettings, Office
from pilot_cli.locale import N_, Language
from pilot_cli.settings.file import SettingsFile
from pilot_cli.settings.kinds import COUNT, DAY, FLAG, PERCENT, TEXT, Kind, several, table_of, word
from pilot_cli.settings.names import COMMANDS
from pilot_cli.site.rule_info import Severity


class Setting(NamedTuple):
    """A key: what it may hold, and what it is about."""

    kind: Kind
    about: str


OPTIONS: Mapping[str, Setting] = {
    "standard": Setting(TEXT, N_("The standard: a built-in one, or a file.")),
    "select": Setting(
        several(TEXT), N_("Only apply these rules: ids, or the letters that ids begin with, e.g. B,L003.")
    ),
    "ignore": Setting(several(TEXT), N_("Do not apply these rules.")),
    "exclude": Setting(
        several(TEXT),
        N_("Skip what matches a pattern as in .gitignore, e.g. archive/ or *-old.toml. Can be repeated."),
    ),
    "fail_on": Setting(
        word([*Severity, "never"]),
        N_("The lowest severity that makes the exit status 1: error (serious), warning (ordinary), info (advice)."),
    ),
    "borders": Setting(
        word(["unicode", "ascii"]), N_("ascii for terminals that draw the lines of tables two cells wide.")
    ),
    "no_findings": Setting(FLAG, N_("Do not list findings below the table.")),
    "all": Setting(FLAG, N_("Show every site and finding, however many.")),
    "statistics": Setting(FLAG, N_("Say of each rule at how many sites it is not kept.")),
    "verbose": Setting(FLAG, N_("List the files that are skipped in folders, and why.")),
    "by": Setting(several(word(Grouping)), N_("How to group the sites; give it twice for groups within groups.")),
    "top": Setting(COUNT, N_("How many entries each list shows.")),
    "title": Setting(TEXT, N_("The title of the report.")),
    "jobs": Setting(COUNT, N_("How many processes share the work. Default: one per core; a single one for few files.")),
}
"""The options that may stand at the top of the file, for every command that has them, and in tables of commands."""

LANGUAGE = Setting(word(Language), N_("Language: zh (Chinese) or en (English)."))
"""It may stand at the top alone: it is the same for all commands."""

_OUTPUTS = Setting(several(TEXT), N_("Write to these files instead, each in the format that its name ends with."))
_FILTERS: Mapping[str, Setting] = {
    "severity": Setting(several(word(Level)), N_("Only findings of this severity.")),
    "kind": Setting(several(TEXT), N_("Only sites of this kind: construction or community.")),
    "city": Setting(several(TEXT), N_("Only sites of this city.")),
    "district": Setting(several(TEXT), N_("Only sites of this district.")),
    "grade": Setting(several(TEXT), N_("Only sites of this grade.")),
    "sort": Setting(word(Order), N_("Sort the sites.")),
}


def _format(formats: tuple[Format, ...]) -> Setting:
    return Setting(word(format.name for format in formats), N_("How to tell the results."))


_OWN: Mapping[str, Mapping[str, Setting]] = {
    "check": {**_FILTERS, "format": _format(CHECK_FORMATS), "output": _OUTPUTS},
    "report": {**_FILTERS, "format": _format(REPORT_FORMATS), "output": _OUTPUTS},
    "rules": {"format": _format(RULES_FORMATS)},
    "new": {
        "city": Setting(TEXT, N_("The city.")),
        "district": Setting(TEXT, N_("The district or county.")),
        "organization": Setting(TEXT, N_("The “two-new” organization.")),
    },
    "export": {"output": Setting(TEXT, N_("The ledger, an .xlsx file."))},
    "import": {"output": Setting(TEXT, N_("Where to write the sites: DIR/<id>/site.toml for each."))},
}
"""The options that may stand in the table of a command alone."""

_TABLES_WITHIN: Mapping[str, Mapping[str, Setting]] = {
    "import": {
        "heads": Setting(
            table_of(TEXT),
            N_(
                "What the office calls columns of ledgers: its own name, and the header that it stands for, or / for a "
                "column that is left out."
            ),
        )
    }
}
"""What no option is for, in the table of a command."""

OFFICE: Mapping[str, Setting] = {
    "name": Setting(TEXT, N_("The name of the office, as documents are to have it.")),
    "person": Setting(TEXT, N_("Whom to ask.")),
    "phone": Setting(TEXT, N_("The telephone number.")),
    "document_number": Setting(TEXT, N_("The number of documents: {year} and {n} stand for the year and the number.")),
    "issued_on": Setting(DAY, N_("The date that documents bear.")),
    "report_to": Setting(TEXT, N_("Whom the summary is for.")),
    "copy_to": Setting(TEXT, N_("Who gets a copy of documents.")),
    "inspectors": Setting(TEXT, N_("Who inspects.")),
}
DOCUMENTS: Mapping[str, Setting] = {
    "rule_ids": Setting(FLAG, N_("List the ids of rules in an annex, for the office itself.")),
}
DEADLINES: Mapping[str, Setting] = {
    "error": Setting(COUNT, N_("Within how many days serious problems are to be put right.")),
    "warning": Setting(COUNT, N_("Within how many days ordinary problems are to be put right.")),
    "reminder": Setting(COUNT, N_("Within how many days after a reminder problems are to be put right.")),
}
LEDGER: Mapping[str, Setting] = {
    "url": Setting(TEXT, N_("Where the ledger of rectification is kept.")),
    "periods_to_close": Setting(COUNT, N_("After how many periods kept in a row a missed one may be struck off.")),
    "green_max_open": Setting(PERCENT, N_("A site is green if at most so many per cent of its problems are open.")),
    "red_min_overdue": Setting(PERCENT, N_("A site is red if at least so many per cent of its problems are overdue.")),
}

TABLES: Mapping[str, Mapping[str, Setting]] = {
    **{
        command: {
            **{name: OPTIONS[name] if name in OPTIONS else _OWN[command][name] for name in names},
            **_TABLES_WITHIN.get(command, {}),
        }
        for command, names in COMMANDS.items()
    },
    "office": OFFICE,
    "deadlines": DEADLINES,
    "documents": DOCUMENTS,
    "ledger": LEDGER,
}
TABLE_TITLES: Mapping[str, str] = {
    **dict.fromkeys(COMMANDS, N_("What holds for this command alone.")),
    "office": N_("The office that documents come from."),
    "deadlines": N_("How many days there are to put problems right."),
    "documents": N_("What documents have besides."),
    "ledger": N_("The ledger of rectification."),
}


class Documents(NamedTuple):
    """What documents have besides."""

    rule_ids: bool = False


class Ledger(NamedTuple):
    """Where the ledger of rectification is kept."""

    url: str | None = None
    periods_to_close: int | None = None
    green_max_open: int | None = None
    red_min_overdue: int | None = None


class Settings(NamedTuple):
    """What a settings file says, all of it known to be usable."""

    file: SettingsFile
    language: str | None
    options: Mapping[str, Any]
    """What stands at the top, by the names of options."""
    commands: Mapping[str, Mapping[str, Any]]
    """What stands in the tables of commands."""
    office: Office
    deadlines: Deadlines
    documents: Documents
    ledger: Ledger

    @property
    def for_documents(self) -> DocumentSettings:
        """All that it says of documents."""
        return DocumentSettings(self.office, self.deadlines, self.documents.rule_ids)
