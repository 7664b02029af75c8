"""The words that options of the commands are chosen from."""

from enum import StrEnum


class CheckFormat(StrEnum):
    """How ``pilot check`` tells what it found."""

    TABLE = "table"
    CONCISE = "concise"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    CSV = "csv"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


class ReportFormat(StrEnum):
    """How ``pilot report`` tells what many sites come to."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"


class RulesFormat(StrEnum):
    """How ``pilot rules`` tells the rules."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class FailOn(StrEnum):
    """From which severity on a finding makes ``pilot check`` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Borders(StrEnum):
    """What the lines of tables are drawn with."""

    UNICODE = "unicode"
    ASCII = "ascii"


class SchemaFormat(StrEnum):
    """How ``pilot schema`` tells what a site file may hold."""

    JSON = "json"
    MARKDOWN = "markdown"


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
