"""The templates of reports, with the words that they use for values."""

from jinja2 import Template

from pilot_cli.formats.page import page_environment
from pilot_cli.formats.report.content import value_text
from pilot_cli.formats.text import printable


def report_template(name: str, *packages: str) -> Template:
    """Return a template of reports, or of another package that may use these."""
    environment = page_environment(*packages, __package__)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["shown"] = lambda value: printable(value_text(value))
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment.get_template(name)
