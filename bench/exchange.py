"""How long `pilot export` and `pilot import` take for 30,000 sites with 10 million cells, and how much memory.

The goals: an export in at most 1.5 times the time of a bare XlsxWriter loop over the same cells, below 300 MB; an
import in at most 3 times what python-calamine takes to read the book and tomli-w to write the files, below 2 GB. All
run in turns; times are medians. The bare loops are timed without getting their cells and tables ready.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import rtoml
import tomli_w
from cost import PILOT, machine
from python_calamine import CalamineWorkbook
from sites import make_sites
from xlsxwriter import Workbook

MORE_ROWS = 26
"""So many more meetings and tasks each site gets, to make up 10 million cells."""
Sheets = dict[str, list[list[Any]]]


class Run(NamedTuple):
    """What a run took."""

    seconds: float
    megabytes: float = 0.0
    """The most memory that all its processes had together."""


def add_rows(file: Path) -> None:
    """Give a site more meetings and tasks."""
    with file.open("a", encoding="utf-8") as out:
        for number in range(MORE_ROWS // 2):
            day = date(2019, 1 + number % 12, 1 + number)
            out.write(
                f'\n[[work_rules.records]]\nkind = "主题党日"\ndate = {day}\ntitle = "示例：第{number}次活动"\n'
                f'recorder = "陈志强"\nlecturer = "李丽华"\nattended = {number}\nexpected = {number + 1}\n'
                f'\n[[responsibility_list.items]]\ntitle = "示例：第{number}项，排查并公示整改结果"\nowner = "张建国"\n'
                f'category = "安全质量"\ndue = {day}\nfrequency = "每月"\nstatus = "已完成"\ndone_on = {day}\n'
                f'feedback = "已按期办结，现场公示三天，工友和居民代表表示满意"\n'
            )


def pilot(*arguments: str | Path) -> Run:
    """Run pilot, and look ten times a second at the memory of its processes."""
    start = time.perf_counter()
    process = subprocess.Popen([*PILOT, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, memory(process.pid))
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"pilot {arguments[0]} ended with {process.returncode}")
    return Run(seconds, most)


def memory(pid: int) -> float:
    """The memory of a process and its children, in MB; what they share is counted once for each."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(memory(int(child)) for child in children)


def read_book(book: Path) -> Sheets:
    opened = CalamineWorkbook.from_path(book)
    return {name: list(opened.get_sheet_by_name(name).iter_rows()) for name in opened.sheet_names}


def only_read_book(book: Path) -> None:
    opened = CalamineWorkbook.from_path(book)
    for name in opened.sheet_names:
        for _row in opened.get_sheet_by_name(name).iter_rows():
            pass


def write_book(sheets: Sheets, book: Path, has_formats: bool) -> None:
    """Write the cells as XlsxWriter's tutorial does, with all that a file of this size needs.

    To be the same cells, texts have the format of texts too; that takes XlsxWriter a little longer.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(str(book), options)
    workbook.use_zip64()
    day, text = (workbook.add_format({"num_format": format}) for format in ("yyyy-mm-dd", "@"))
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(row, column, cell, text if has_formats else None)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write_number(row, column, cell)
    workbook.close()


def write_files(sites: dict[str, Any], folder: Path) -> None:
    for id, site in sites.items():
        (folder / id).mkdir(parents=True)
        (folder / id / "site.toml").write_text(tomli_w.dumps(site), encoding="utf-8")


def timed(work: Callable[..., object], *arguments: object) -> Run:
    """Time a call in a fork, so that it does not find memory as another one left it."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        start = time.perf_counter()
        work(*arguments)
        os.write(theirs, str(time.perf_counter() - start).encode())
        os._exit(0)
    os.waitpid(child, 0)
    return Run(float(os.read(ours, 100)))


def run_all(work: Path, number: int) -> tuple[dict[str, Run], int]:
    """Do everything once; return what it took, and how many cells there are."""
    book, folder = work / "ledger.xlsx", work / f"sites{number}"
    runs = {"pilot export": pilot("export", work / "sites", "--output", book, "--force")}
    sheets = read_book(book)
    cells = sum(cell != "" for rows in sheets.values() for row in rows for cell in row)
    runs["XlsxWriter alone"] = timed(write_book, sheets, work / "again.xlsx", True)
    runs["without formats"] = timed(write_book, sheets, work / "again.xlsx", False)
    del sheets
    runs["calamine alone"] = timed(only_read_book, book)
    runs["pilot import"] = pilot("import", book, "--output", folder)
    sites = {file.parent.name: rtoml.load(file) for file in folder.rglob("site.toml")}
    runs["tomli-w alone"] = timed(write_files, sites, work / f"files{number}")
    return runs, cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    runs: dict[str, list[Run]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "sites").mkdir()
        make_sites(work / "sites", options.sites)
        for file in (work / "sites").rglob("site.toml"):
            add_rows(file)
        for number in range(options.runs):
            took, cells = run_all(work, number)
            for label, run in took.items():
                runs[label].append(run)
    tell(runs, cells, options.sites)


def tell(runs: dict[str, list[Run]], cells: int, sites: int) -> None:
    print(machine())
    print(f"{sites} sites, {cells} cells with something in them")
    seconds = {label: statistics.median(run.seconds for run in some) for label, some in runs.items()}
    for label, some in runs.items():
        print(f"{label:18} {seconds[label]:7.1f} s   {max(run.megabytes for run in some):6.0f} MB")
    for label in ("XlsxWriter alone", "without formats"):
        print(f"export {seconds['pilot export'] / seconds[label]:.2f} × {label}")
    alone = seconds["calamine alone"] + seconds["tomli-w alone"]
    print(f"import {seconds['pilot import'] / alone:.2f} × calamine and tomli-w alone")


if __name__ == "__main__":
    main()
