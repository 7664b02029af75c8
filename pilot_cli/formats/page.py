"""A self-contained web page: it includes its style and script, and nothing else may run."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from pilot_cli.locale import Language, current_language

_LANGUAGES = {Language.CHINESE: "zh-CN", Language.ENGLISH: "en"}


def page_environment(*packages: str) -> Environment:
    """Read the templates in the folder ``page`` of packages; what is put into them is text and never markup."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package, "page") for package in packages]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def page_language() -> str:
    """The language of the page, as HTML names it."""
    return _LANGUAGES[current_language()]


def page_source(package: str, name: str) -> str:
    """Read a style or script; its line ends are those that the browser computes the hash with."""
    return files(package).joinpath("page", name).read_text(encoding="utf-8")


def content_policy(style: str, script: str | None = None) -> str:
    """The policy for browsers: the page loads and sends nothing, and has this style and this script alone."""
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_content_hash(style)}"
    return f"{policy}; script-src {_content_hash(script)}" if script else policy


def _content_hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
