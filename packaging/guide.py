"""The guide that comes with the bundle: a page of the documentation as one self-contained HTML file."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

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
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #888; padding: .3rem .6rem; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; border: 1px solid #888; padding: .6rem; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
_LINK = re.compile(r"\[([^\]]+)\]\((?!#)[^)]+\)")


def write_guide(source: Path, target: Path) -> None:
    """Write a page of the documentation; its links lead to pages that are not in the bundle, and become words."""
    text = _LINK.sub(r"\1", source.read_text(encoding="utf-8"))
    title = text.partition("\n")[0].lstrip("# ")
    body = MarkdownIt("commonmark").enable("table").render(text)
    target.write_text(PAGE.format(title=title, body=body), encoding="utf-8")
