"""What all pages of reports are made of: templates, styles and scripts, and what browsers are to allow."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template

from pilot_cli.formats.report.content import value_text
from pilot_cli.formats.text import printable
from pilot_cli.locale import Language, current_language

PACKAGE = "pilot_cli.formats.report"
FOLDER = "page"
CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The policy for browsers: what the page may load and send."""
_LANGUAGES = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en"}


def page_language() -> str:
    """Name the current language as pages do."""
    return _LANGUAGES[current_language()]


def template(name: str, package: str = PACKAGE) -> Template:
    """Return a template of a package, which may use those of reports."""
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(one, FOLDER) for one in dict.fromkeys((package, PACKAGE))]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.filters["shown"] = lambda value: printable(value_text(value))
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment.get_template(name)


def source(name: str, package: str = PACKAGE) -> str:
    """Read a file that becomes part of the page; its line ends are those that the browser computes the hash with."""
    return files(package).joinpath(FOLDER, name).read_text(encoding="utf-8")


def content_hash(source: str) -> str:
    """Return the hash of a style or script, so that the browser accepts no other."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
