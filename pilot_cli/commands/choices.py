"""The words that options of the commands are chosen from."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from pilot_cli.formats.registry import (
    CHECK_FORMATS,
    LEDGER_DOCUMENTS,
    LEDGER_FORMATS,
    REPORT_FORMATS,
    RULES_FORMATS,
    SCHEMA_FORMATS,
)

if TYPE_CHECKING:
    CheckFormat: TypeAlias = str
    ReportFormat: TypeAlias = str
    RulesFormat: TypeAlias = str
    SchemaFormat: TypeAlias = str
    LedgerFormat: TypeAlias = str
    LedgerRowsFormat: TypeAlias = str
    TrendFormat: TypeAlias = str
    DocumentFormat: TypeAlias = str
else:

    def _names(formats):
        return StrEnum("Format", [(format.name, format.name) for format in formats])

    CheckFormat, ReportFormat = _names(CHECK_FORMATS), _names(REPORT_FORMATS)
    RulesFormat, SchemaFormat = _names(RULES_FORMATS), _names(SCHEMA_FORMATS)
    LedgerFormat, LedgerRowsFormat = _names(LEDGER_FORMATS["ledger record"]), _names(LEDGER_FORMATS["ledger problems"])
    TrendFormat = _names(LEDGER_FORMATS["ledger trend"])
    _by_name = {format.name: format for formats in LEDGER_DOCUMENTS.values() for format in formats}
    DocumentFormat = _names(_by_name.values())


class FailOn(StrEnum):
    """From which severity on a finding makes ``pilot check`` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Ids(StrEnum):
    """What becomes of sites that have no id in a ledger."""

    MADE = "made"
    GIVEN = "given"


class MinSeverity(StrEnum):
    """Of which severity at least a finding has to be; a word of ``Severity``, which starting need not load."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Borders(StrEnum):
    """What the lines of tables are drawn with."""

    UNICODE = "unicode"
    ASCII = "ascii"


class SchemaOf(StrEnum):
    """The files that have a schema."""

    SITE = "site"
    INSPECTIONS = "inspections"
    SETTINGS = "settings"


class SchemaDraft(StrEnum):
    """The supported drafts of JSON Schema."""

    LATEST = "2020-12"
    SEVEN = "7"

    @property
    def dialect(self) -> str:
        """By what address a schema says which draft it follows."""
        return {
            SchemaDraft.LATEST: "https://json-schema.org/draft/2020-12/schema",
            SchemaDraft.SEVEN: "http://json-schema.org/draft-07/schema#",
        }[self]


class DocumentKind(StrEnum):
    """The documents on rectification."""

    BULLETIN = "bulletin"
    NOTICE = "notice"
    REMINDER = "reminder"
    PROGRESS = "progress"
    LIGHTS = "lights"


class LedgerGrouping(StrEnum):
    """What comparisons and trends are summed up by."""

    CITY = "city"
