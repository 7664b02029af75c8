"""The guide that comes with the bundle: pages of the documentation as the chapters of one self-contained HTML file."""

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.8 "Microsoft YaHei", sans-serif; }}
h1, h2 {{ line-height: 1.4; }}
h1:not(:first-of-type) {{ margin-top: 4rem; border-top: 1px solid #888; padding-top: 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #888; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; border: 1px solid #888; padding: .6rem; }}
</style>
</head>
<body>
<nav><ul>
{contents}
</ul></nav>
{chapters}
</body>
</html>
"""
_OTHER_LANGUAGE = re.compile(r"^\[English\]\([^)]+\)$", re.MULTILINE)
_LINK = re.compile(r"(?:(?P<page>[\w-]+)\.md)?(?:#(?P<heading>.+))?")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")


def write_guide(pages: Sequence[Path], target: Path) -> None:
    """Write pages of the documentation; a link to another page becomes words."""
    parser = MarkdownIt("commonmark").enable("table")
    chapters = {page.stem: parser.parse(_OTHER_LANGUAGE.sub("", page.read_text(encoding="utf-8"))) for page in pages}
    contents = [f'<li><a href="#{name}">{escape(tokens[1].content)}</a></li>' for name, tokens in chapters.items()]
    for name, tokens in chapters.items():
        _set_anchors(name, tokens)
        for token in tokens:
            if token.children:
                token.children = list(_within(token.children, name, chapters))
    rendered = [parser.renderer.render(tokens, parser.options, {}) for tokens in chapters.values()]
    title = next(iter(chapters.values()))[1].content
    page = PAGE.format(title=escape(title), contents="\n".join(contents), chapters="\n".join(rendered))
    target.write_text(page, encoding="utf-8")


def _set_anchors(chapter: str, tokens: Sequence[Token]) -> None:
    """Give each heading the anchor that links lead to: the name of the chapter, and the words of the heading."""
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrs["id"] = chapter if opening.tag == "h1" else _anchor(chapter, text.content)


def _anchor(chapter: str, heading: str) -> str:
    """Make the anchor of a heading, from its words or from the anchor that it has in its own page."""
    return f"{chapter}-{_NOT_IN_ANCHOR.sub('', heading.lower()).replace(' ', '-')}"


def _within(tokens: Sequence[Token], chapter: str, chapters: Collection[str]) -> Iterator[Token]:
    """Yield the parts of a text: pictures are left out, and links lead to other chapters or nowhere."""
    is_linked = False
    for token in tokens:
        if token.type == "link_open":
            link = _LINK.fullmatch(unquote(str(token.attrs["href"])))
            page = (link["page"] or chapter) if link else ""
            is_linked = page in chapters
            if link and is_linked:
                token.attrs["href"] = f"#{_anchor(page, link['heading']) if link['heading'] else page}"
        if token.type != "image" and (is_linked or not token.type.startswith("link_")):
            yield token
