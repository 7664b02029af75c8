"""Changes cases so that most of what was in order stays in order: bytes alone would never get past the syntax."""

from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from target import Mutate

VALUES = (
    *("true", "nan", "-inf", "1e308", "5e-324", "0", "-1", "9223372036854775807", "0001-01-01", "9999-12-31"),
    *("2020-02-29", "23:59:60", "2020-01-01T00:00:00Z", '""', "' '", '"\\u0000"', '"\\u202e"', '"\\ud83d"', "[]", "{}"),
    *("[[]]", "[{}]", "[1, 'x']", '["", ""]', "{ a = 1 }", '"{x}"', '"{"', '"…"', "x", "“x”", "", "[", '"', "１"),
)
"""Values of TOML, and what is none, to be put where others stand."""


def change_lines(case: bytes, max_bytes: int, random: Random, mutate: Mutate) -> bytes:
    """Give a line another value, or leave it out, repeat or move it; now and then change any bytes."""
    lines = case.split(b"\n")
    if len(lines) < 2 or random.random() < 0.3:
        return mutate(case, max_bytes)
    for _change in range(random.randint(1, 4)):
        here, there = random.randrange(len(lines)), random.randrange(len(lines))
        key, equals, value = lines[here].partition(b"=")
        match random.randrange(7):
            case 0 | 1:
                lines[here] = key + b"= " + random.choice(VALUES).encode()
            case 2:
                lines[here] = key + b"= " + lines[there].partition(b"=")[2]
            case 3:
                lines[here] = lines[there].partition(b"=")[0] + equals + value
            case 4:
                lines[there:there] = lines[here : here + random.randint(1, 5)]
            case 5 if len(lines) > 2:
                del lines[here]
            case _:
                lines[here] = mutate(lines[here], max(8, 2 * len(lines[here])))
    return b"\n".join(lines)[:max_bytes]


CELLS = (
    "0",
    "-1",
    "1e308",
    "43831",
    "2958466",
    "TRUE",
    "#N/A",
    "2020年13月",
    "１２名",
    "=1+1",
    "合计",
    "编号",
    "名称",
    "\u3000",
    "",
)
"""What may stand in a cell."""


def change_parts(case: bytes, max_bytes: int, random: Random, mutate: Mutate) -> bytes:
    """Change a part of a workbook, which is an archive, or a cell of a table; now and then any bytes."""
    try:
        with ZipFile(BytesIO(case)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # What is no archive makes zipfile raise whatever it comes to.
        parts = {}
    if random.random() < 0.2:
        return mutate(case, max_bytes)
    if not parts:
        return _change_between(case, random.choice((b",", b"\n", b"\t", b";")), b"", random, mutate)[:max_bytes]
    name = random.choice(list(parts))
    parts[name] = _change_between(parts[name], b"<", b">", random, mutate)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue() if len(packed.getvalue()) <= max_bytes else case


def _change_between(text: bytes, start: bytes, end: bytes, random: Random, mutate: Mutate) -> bytes:
    """Change, repeat, move or leave out some of what stands between two signs, such as cells or elements."""
    pieces = text.split(start)
    for _change in range(random.randint(1, 4)):
        here, there = random.randrange(len(pieces)), random.randrange(len(pieces))
        element, sign, content = pieces[here].partition(end) if end else (b"", b"", pieces[here])
        match random.randrange(6):
            case 0 | 1:
                pieces[here] = element + sign + random.choice(CELLS).encode()
            case 2:
                pieces[there:there] = pieces[here : here + random.randint(1, 9)]
            case 3 if len(pieces) > 4:
                del pieces[here : here + random.randint(1, 3)]
            case 4:
                pieces[here] = mutate(element, len(element) + 8) + sign + content
            case _:
                pieces[here] = element + sign + mutate(content, len(content) + 32)
    return start.join(pieces)
