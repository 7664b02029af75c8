"""How long `pilot export` and `pilot import` take for 30,000 sites with 10 million cells, and how much memory.

The goals: an export in at most 1.5 times the time of a bare XlsxWriter loop over the same cells, below 300 MB; an
import in at most 3 times what python-calamine takes to read the book and tomli-w to write the files, below 2 GB. All
run in turns; times are medians. The bare loops are timed without getting their cells and tables ready. On a machine
that is busy with other work, seconds of the processor say more than those of the clock.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import rtoml
import tomli_w
from cells import Run, only_read_book, read_book, timed, write_book
from cost import PILOT, machine
from sites import make_sites

MORE_ROWS = 26
"""So many more meetings and tasks each site gets, to make up 10 million cells."""


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
    most, ended = 0.0, 0
    while not ended:
        most = max(most, memory(process.pid))
        time.sleep(0.1)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"pilot {arguments[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, most)


def memory(pid: int) -> float:
    """The memory of a process and its children, in MB; what they share is counted once for each."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(memory(int(child)) for child in children)


def write_files(sites: dict[str, Any], folder: Path) -> None:
    for id, site in sites.items():
        (folder / id).mkdir(parents=True)
        (folder / id / "site.toml").write_text(tomli_w.dumps(site), encoding="utf-8")


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
    medians = {label: median(some) for label, some in runs.items()}
    print("| | seconds | of the processor | MB |")
    print("|---|---|---|---|")
    for label, run in medians.items():
        print(f"| {label} | {run.seconds:.1f} | {run.cpu_seconds:.1f} | {run.megabytes:.0f} |")
    export, bare = medians["pilot export"], medians["XlsxWriter alone"]
    print(
        f"\nexport: {ratio(export, bare)} XlsxWriter alone, {ratio(export, medians['without formats'])} without formats"
    )
    calamine, tomli = medians["calamine alone"], medians["tomli-w alone"]
    both = Run(calamine.seconds + tomli.seconds, calamine.cpu_seconds + tomli.cpu_seconds)
    print(f"import: {ratio(medians['pilot import'], both)} calamine and tomli-w alone")


def median(runs: list[Run]) -> Run:
    """The median of each figure, but the largest of the memory."""
    seconds, cpu_seconds, megabytes = zip(*runs, strict=True)
    return Run(statistics.median(seconds), statistics.median(cpu_seconds), max(megabytes))


def ratio(one: Run, other: Run) -> str:
    """How many times as long one takes as the other, by the clock and of the processor."""
    return f"{one.seconds / other.seconds:.2f} × ({one.cpu_seconds / other.cpu_seconds:.2f} × of the processor)"


if __name__ == "__main__":
    main()
