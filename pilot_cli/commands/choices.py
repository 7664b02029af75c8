"""The words that options of the commands are chosen from."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pilot_cli.audit.level import Level
from pilot_cli.formats.registry import CHECK_FORMATS, REPORT_FORMATS, RULES_FORMATS, SCHEMA_FORMATS

if TYPE_CHECKING:
    CheckFormat: TypeAlias = str
    ReportFormat: TypeAlias = str
    RulesFormat: TypeAlias = str
    SchemaFormat: TypeAlias = str
else:

    def _names(formats):
        return StrEnum("Format", [(format.name, format.name) for format in formats])

    CheckFormat, ReportFormat = _names(CHECK_FORMATS), _names(REPORT_FORMATS)
    RulesFormat, SchemaFormat = _names(RULES_FORMATS), _names(SCHEMA_FORMATS)


class Filters(NamedTuple):
    """The options that say which sites and findings to show, as they are written."""

    severity: Sequence[Level]
    kind: Sequence[str]
    city: Sequence[str]
    district: Sequence[str]
    grade: Sequence[str]
    site: Sequence[str]


class FailOn(StrEnum):
    """From which severity on a finding makes ``pilot check`` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class MinSeverity(StrEnum):
    """Of which severity at least a finding has to be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Borders(StrEnum):
    """What the lines of tables are drawn with."""

    UNICODE = "unicode"
    ASCII = "ascii"


class SchemaOf(StrEnum):
    """The files that there is a schema of."""

    SITE = "site"
    INSPECTIONS = "inspections"
    SETTINGS = "settings"


class SchemaDraft(StrEnum):
    """The drafts of JSON Schema that there is a use for."""

    LATEST = "2020-12"
    SEVEN = "7"

    @property
    def dialect(self) -> str:
        """By what address a schema says which draft it follows."""
        return {
            SchemaDraft.LATEST: "https://json-schema.org/draft/2020-12/schema",
            SchemaDraft.SEVEN: "http://json-schema.org/draft-07/schema#",
        }[self]
