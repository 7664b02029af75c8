"""The formats of every command, one record each: what the command line offers, allows and refuses follows from them."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:
    from pilot_cli.site.rule_info import Severity

MAX_FINDINGS_SHOWN = 200
"""The most findings that a table shows one by one, if it is not to show all."""


class View(NamedTuple):
    """What the user wants to see of the results, where a format leaves a choice."""

    ascii_borders: bool = False
    findings: bool = True
    all: bool = False
    """Every site and every finding, however many."""
    fail_on: "Severity | None" = None
    """From which severity on findings make the check fail; None is never."""
    order_given: bool = False
    """Whether sites come in an order that the user has asked for."""


class Format(NamedTuple):
    """A way to write results; its module is imported when it is used."""

    name: str
    module: str
    """Holds the function ``write_<name>``, which takes the results, the output and the view."""
    suffixes: tuple[str, ...] = ()
    """The ends of file names for which this format is meant where none is named."""
    other_suffixes: tuple[str, ...] = ()
    """Those that it may have as well where it is named."""
    binary: bool = False
    streamed: bool = False
    """Whether each site is written as soon as it has been judged."""
    for_programs: bool = True
    """Whether the output is UTF-8 whatever the terminal, instead of following its encoding."""
    needs_sites: bool = True
    """Whether the assessments are wanted one by one, and not the summary alone."""
    max_places: int | None = None
    """The most findings whose lines and columns are looked up; None is all of them."""
    has_statistics: bool = False
    """Whether it tells how often each rule is not kept where that is asked for."""

    @property
    def usual_suffix(self) -> str:
        """The end of the name of a file that pilot itself names."""
        return next(filter(None, (*self.suffixes, *self.other_suffixes)), "")

    def write(self, results: Any, out: TextIO, view: View | None = None) -> None:
        """Write results in this format."""
        writer = getattr(import_module(self.module), f"write_{self.name}")
        writer(results, out.buffer if self.binary else out, view or View())


def format_named(formats: Iterable[Format], name: str) -> Format:
    """Return the format of this name."""
    return next(format for format in formats if format.name == name)


_TEXT = ("", ".txt")
_CHECK = "pilot_cli.formats.check"
_REPORT = "pilot_cli.formats.report"

CHECK_FORMATS = (
    Format("table", f"{_CHECK}.table", _TEXT, for_programs=False, max_places=MAX_FINDINGS_SHOWN, has_statistics=True),
    Format("concise", f"{_CHECK}.concise", (), _TEXT, streamed=True, for_programs=False),
    Format("json", f"{_CHECK}.json", (".json",), streamed=True, has_statistics=True),
    Format("jsonl", f"{_CHECK}.json", (".jsonl", ".ndjson"), streamed=True),
    Format("markdown", f"{_CHECK}.markdown", (".md", ".markdown"), (".txt",), streamed=True),
    Format("csv", f"{_CHECK}.csv", (".csv",), streamed=True),
    Format("sarif", f"{_CHECK}.sarif", (".sarif",), (".json",), streamed=True),
    Format("junit", f"{_CHECK}.junit", (".xml",), streamed=True),
    Format("github", f"{_CHECK}.github", (), _TEXT, streamed=True),
)
TOTALS = Format("totals", f"{_CHECK}.totals", for_programs=False, needs_sites=False)
"""What ``--quiet`` leaves of any of them."""

REPORT_FORMATS = (
    Format("terminal", f"{_REPORT}.terminal", _TEXT, for_programs=False, needs_sites=False),
    Format("markdown", f"{_REPORT}.markdown", (".md", ".markdown"), (".txt",), needs_sites=False),
    Format("csv", f"{_REPORT}.csv", (".csv",), streamed=True, max_places=0),
    Format("json", f"{_REPORT}.json", (".json",), streamed=True, max_places=0),
    Format("xlsx", f"{_REPORT}.xlsx", (".xlsx",), binary=True),
    Format("docx", f"{_REPORT}.word.summary", (".docx",), binary=True, needs_sites=False),
    Format("html", f"{_REPORT}.html", (".html", ".htm")),
)
NOTICE = Format("notice", f"{_REPORT}.word.notice", (".docx",), binary=True)
"""What a report in the format with the same suffixes is for a single site."""

_RULES = "pilot_cli.formats.rules"
RULES_FORMATS = (
    Format("table", _RULES, _TEXT, for_programs=False),
    Format("json", _RULES, (".json",)),
    Format("markdown", _RULES, (".md", ".markdown"), (".txt",)),
)

_SCHEMA = "pilot_cli.formats.schema"
SCHEMA_FORMATS = (
    Format("json", _SCHEMA, ("", ".json")),
    Format("markdown", _SCHEMA, (".md", ".markdown"), (".txt",)),
)

_LEDGER = "pilot_cli.formats.ledger"


def _of_ledger(
    name: str, module: str, *, has_rows: bool = True, others: tuple[str, ...] = ()
) -> dict[str, tuple[Format, ...]]:
    """Make the formats of a command of the ledger; a table of rows is CSV too."""
    place = f"{_LEDGER}.{module}"
    csv = (Format("csv", place, (".csv",)),) if has_rows else ()
    documents = (_document(one, f"{module}_{one}") for one in others)
    return {f"ledger {name}": (_table(module), Format("json", place, (".json",)), *csv, *documents)}


def _table(module: str) -> Format:
    return Format("table", f"{_LEDGER}.{module}", _TEXT, for_programs=False)


def _document(name: str, module: str) -> Format:
    """Make the format of a document on rectification."""
    suffixes = {"docx": (".docx",), "xlsx": (".xlsx",), "html": (".html", ".htm")}[name]
    return Format(name, f"{_LEDGER}.{module}", suffixes, binary=name != "html")


LEDGER_FORMATS = {
    **_of_ledger("record", "recorded", has_rows=False),
    **_of_ledger("audits", "audits"),
    **_of_ledger("show", "audit"),
    **_of_ledger("compare", "comparison"),
    **_of_ledger("trend", "trend", others=("docx", "xlsx", "html")),
    **_of_ledger("problems", "problems"),
    **_of_ledger("problem", "problem", has_rows=False),
}

LEDGER_DOCUMENTS = {
    "bulletin": (_document("docx", "bulletin"),),
    "notice": (_document("docx", "letters"),),
    "reminder": (_document("docx", "letters"),),
    "progress": tuple(_document(name, f"progress_{name}") for name in ("docx", "xlsx", "html")),
    "lights": (_table("lights"), *(_document(name, f"lights_{name}") for name in ("xlsx", "html"))),
}
"""The kinds of documents on rectification, each with its formats."""


def document_command(kind: str) -> str:
    """Name the command that writes documents of a kind."""
    return f"ledger report --kind {kind}"


def formats_by_command() -> dict[str, tuple[Format, ...]]:
    """Return the formats of each command, the usual one first."""
    return {
        "check": CHECK_FORMATS,
        "report": REPORT_FORMATS,
        "rules": RULES_FORMATS,
        "schema": SCHEMA_FORMATS,
        **LEDGER_FORMATS,
        **{document_command(kind): formats for kind, formats in LEDGER_DOCUMENTS.items()},
    }
