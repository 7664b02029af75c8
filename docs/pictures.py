"""Draws the pictures of real output that the README shows: `.venv/bin/python -m docs.pictures`.

pilot runs in a pseudo-terminal, as for a user; Chromium draws what it wrote in fonts whose Chinese characters are
exactly twice as wide as the others. Office files are drawn from the pages that LibreOffice prints. On Debian: apt-get
install chromium fonts-dejavu-core fonts-noto-cjk libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils.
"""

import io
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.cells import chop_cells
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from tests.commands.books import export
from tests.commands.office import printed
from tests.commands.running import AS_OF, write_report
from tests.commands.terminal import pilot_in_terminal

DOCS = Path(__file__).parent
ONE_SITE = "checklists/construction/zhuhai-hengqin-tower/site.toml"
TERMINALS = {
    "check-one.zh.png": (100, ["check", ONE_SITE]),
    "check-one.en.png": (100, ["--lang", "en", "check", ONE_SITE]),
    "check-many.zh.png": (120, ["check", "checklists", "--no-findings"]),
    "report-terminal.zh.png": (150, ["report", "checklists", "--top", "5"]),
    "report-terminal.en.png": (150, ["--lang", "en", "report", "checklists", "--top", "5"]),
}
WIDTHS = (40, 60, 80, 120, 200)
"""How wide the terminals are that show the same results in ``docs/terminal/``."""
AT_WIDTHS = ["check", "checklists/construction", "--severity", "error"]
PAPERS = {
    "report-excel.zh.png": ("xlsx", ["checklists"], (1, 4)),
    "report-word.zh.png": ("docx", ["checklists"], (1, 2, 3)),
    "report-notice.zh.png": ("docx", [ONE_SITE], (1, 2)),
}
"""Office files, and the pages of them that are shown side by side."""
LEDGER = ("ledger-excel.zh.png", (1, 12))

CELL_WIDTH, LINE_HEIGHT = 8, 21
HALF_WIDTH = "U+0-2FF, U+2000-206F, U+2500-259F"
"""What a terminal draws one cell wide: Latin letters, quotes, the lines of tables, the blocks of bars."""
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 16px; color: {foreground}; background: {background}; }}
@font-face {{ font-family: half; src: local("DejaVu Sans Mono"); size-adjust: 83.05%; unicode-range: {half}; }}
@font-face {{ font-family: half; font-weight: bold; src: local("DejaVu Sans Mono Bold"); size-adjust: 83.05%;
  unicode-range: {half}; }}
pre {{ margin: 0; text-spacing-trim: space-all; font: 16px/21px half, "Noto Sans Mono CJK SC"; }}
{stylesheet}</style><pre>{code}</pre>"""
SHEETS = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #888; }
img { height: 800px; background: white; }</style>"""


def take(page: Path, width: int, height: int, picture: Path, *, scale: float = 1.5, part: str = "html") -> None:
    """Let Chromium take a picture of a page, from where a part of it begins."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
        view.goto(page.as_uri())
        top = "part => { document.documentElement.style.scrollPadding = 0; part.scrollIntoView(); }"
        view.locator(part).evaluate(top)
        view.screenshot(path=picture)
        browser.close()


def draw_terminal(arguments: Iterable[str], width: int, picture: Path, folder: Path) -> None:
    """Draw what a terminal shows of a call."""
    output = pilot_in_terminal(*arguments, *AS_OF, width=width, COLORTERM="truecolor").rstrip()
    console = Console(record=True, width=width, file=io.StringIO())
    # A line that is longer goes on in the next one, as in a terminal.
    lines = [part for line in Text.from_ansi(output).split() for part in _rows(line, width)]
    console.print(*lines, sep="\n")
    page = folder / "terminal.html"
    html = console.export_html(theme=MONOKAI, code_format=TERMINAL.replace("{half}", HALF_WIDTH))
    page.write_text(html, encoding="utf-8")
    take(page, width * CELL_WIDTH + 40, len(lines) * LINE_HEIGHT + 36, picture)


def _rows(line: Text, width: int) -> Iterable[Text]:
    return line.divide(list(accumulate(map(len, chop_cells(line.plain, width))))[:-1])


def draw_paper(file: Path, numbers: tuple[int, ...], picture: Path, folder: Path) -> None:
    """Draw some pages of an office file side by side."""
    pdf = printed(file, folder)
    images = ""
    width = 16
    for number in numbers:
        name = folder / f"{file.stem}-{number}"
        pages = ["-f", str(number), "-l", str(number), "-singlefile"]
        subprocess.run(["pdftoppm", "-png", "-r", "144", *pages, pdf, name], check=True)
        images += f'<img src="{name.name}.png">'
        header = name.with_suffix(".png").read_bytes()[16:24]
        across, down = struct.unpack(">II", header)
        width += round(800 * across / down) + 16
    (folder / "paper.html").write_text(SHEETS + images, encoding="utf-8")
    take(folder / "paper.html", width, 832, picture)


def main() -> None:
    """Draw every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for picture, (width, arguments) in TERMINALS.items():
            draw_terminal(arguments, width, DOCS / picture, folder)
        for width in WIDTHS:
            draw_terminal(AT_WIDTHS, width, DOCS / "terminal" / f"{width}.png", folder)
        for picture, (format, arguments, numbers) in PAPERS.items():
            file = write_report(folder / f"{picture.split('.')[0]}.{format}", *arguments)
            draw_paper(file, numbers, DOCS / picture, folder)
        picture, numbers = LEDGER
        draw_paper(export("checklists", output=folder / "ledger.xlsx"), numbers, DOCS / picture, folder)
        for language in ("zh", "en"):
            page = write_report(folder / f"{language}.html", "checklists", language=language)
            take(page, 1280, 1200, DOCS / f"report-page.{language}.png", scale=1)
            take(page, 1280, 1000, DOCS / f"report-page-charts.{language}.png", scale=1, part=".sections")


if __name__ == "__main__":
    main()
