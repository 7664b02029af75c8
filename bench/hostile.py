"""What a site file of any shape costs, in every format: files that are made to be slow, of 100 kB up to the limit.

The goal is two seconds of processor time and 200 MB for 1 MiB, and a time that grows no faster than the file. Each
shape is written in every format at its largest, and at the other sizes in the one that took longest.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from cost import PILOT, Cost, cost
from sites import AS_OF

SITE = '[site]\nid = "hostile"\nname = "示例"\nkind = "建筑工地"\n'
LIMIT_BYTES = 1024 * 1024
SIZES = (100_000, 300_000, LIMIT_BYTES)
FINE = (0, 1)
"""The exit statuses of a check; of a report, only the first."""

OUTPUTS = {
    **{f"check -f {name}": ["check", "-f", name] for name in ("concise", "json", "jsonl", "sarif", "junit", "github")},
    **{f"check -f {name}": ["check", "-f", name] for name in ("markdown", "csv", "table")},
    "check --all": ["check", "--all"],
    "report": ["report"],
    **{f"report .{suffix}": ["report", "-o", f"report.{suffix}"] for suffix in ("docx", "xlsx", "html", "json", "csv")},
    "report --notices": ["report", "--notices", "notices"],
}


def _list(key: str, element: str) -> Callable[[int], str]:
    return lambda room: f"{SITE}{key} = [{','.join([element] * (room // (len(element.encode()) + 1)))}]\n"


def _rows(header: str, row: str) -> Callable[[int], str]:
    return lambda room: SITE + header + row * (room // len(row.encode()))


def _numbered(header: str, row: str) -> Callable[[int], str]:
    """Rows with a number in them, at ``#``."""

    def made(room: int) -> str:
        rows, number = [SITE + header], 0
        while room > 0:
            rows.append(row.replace("#", str(number)))
            room -= len(rows[-1].encode())
            number += 1
        return "".join(rows[:-1])

    return made


def _long_reason(room: int) -> str:
    """Half of it the reason of a waiver, the other half what the waiver excuses."""
    waiver = f'[[waivers]]\nrule = "L005"\nreason = "{"因" * (room // 6)}"\napproved_by = "示例"\nuntil = 2030-01-01\n'
    return _rows(waiver, "[[responsibility_list.items]]\n")(room // 2)


def _long_name(room: int) -> str:
    site = SITE.replace("示例", "名" * (room // 6))
    return site + "[[responsibility_list.items]]\n" * (room // 60)


SHAPES: dict[str, Callable[[int], str]] = {
    "numbers where texts belong": _list("[branch]\ncovers", "1"),
    "lists in a list": _list("[branch]\ncovers", "[]"),
    "documents": _numbered("[branch]\ndocuments = [\n", '"d#",\n'),
    "items": _list("[responsibility_list]\nitems", "{}"),
    "items with headers": _rows("", "[[responsibility_list.items]]\n"),
    "waivers": _rows("", "[[waivers]]\n"),
    "records": _numbered("", "[[work_rules.records]]\nkind = '主题党日'\ndate = 2020-01-01\nattended = #\n"),
    "unknown keys": _numbered("", "k# = 1\n"),
    "unknown tables": _numbered("", "[branch.x#]\n"),
    "a long reason": _long_reason,
    "a long name": _long_name,
    "a text that never ends": lambda room: f'{SITE}a = "' + '\\"' * (room // 2),
    "lines that say nothing": _rows("", "x\n"),
    "one dotted key": lambda room: f"{SITE}{'a.' * (room // 2)}a = 1\n",
    "invisible characters": _rows("", '\u200ba = "\u200b"\n'),
    "roles with members": _numbered("", "[[member_guide.roles]]\nmembers = ['a#', 'b#']\n"),
}


def _cost(folder: Path, shape: str, output: str, size: int) -> Cost:
    text = SHAPES[shape](size - 200)
    (folder / "site.toml").write_text(text + "]\n" if shape == "documents" else text, "utf-8")
    command = [*PILOT, *OUTPUTS[output], str(folder / "site.toml"), "--as-of", AS_OF.isoformat()]
    return cost(command, cwd=folder, statuses=FINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", nargs="*", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--outputs", nargs="*", choices=OUTPUTS, default=list(OUTPUTS))
    options = parser.parse_args()
    *smaller, largest = SIZES
    sizes = " | ".join(f"{size // 1000} kB" for size in SIZES)
    print(f"| shape | dearest output | {sizes} | MB |\n{'|---' * (len(SIZES) + 3)}|")
    with tempfile.TemporaryDirectory() as name:
        for shape in options.shapes:
            costs = {output: _cost(Path(name), shape, output, largest) for output in options.outputs}
            dearest = max(costs, key=lambda output: costs[output].cpu_seconds)
            runs = [*(_cost(Path(name), shape, dearest, size) for size in smaller), costs[dearest]]
            seconds = " | ".join(f"{run.cpu_seconds:.2f}" for run in runs)
            megabytes = max(run.megabytes for run in costs.values())
            print(f"| {shape} | `{dearest}` | {seconds} | {megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
