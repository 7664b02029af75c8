"""The templates of the pages of reports, and the filters that they format values with."""

from jinja2 import Template

from pilot_cli.formats.page import page_environment
from pilot_cli.formats.report.content import value_text
from pilot_cli.formats.text import printable


def report_template(name: str, package: str = __package__) -> Template:
    """Return a template of a package, which may use those of reports."""
    environment = page_environment(*dict.fromkeys((package, __package__)))
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["shown"] = lambda value: printable(value_text(value))
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment.get_template(name)
