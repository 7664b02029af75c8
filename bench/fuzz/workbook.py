"""The reader of workbooks and of tables in text files, and the import of what it reads.

As always, a process of its own reads the file: what the fuzzer learns from is what comes of the cells.
"""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import xlsxwriter
from mutators import change_parts
from target import SITE_FILES, Target, chance_of, words_of_sites

from pilot_cli.exchange.export import export_sites
from pilot_cli.exchange.importing import Existing, UnreadableBookError, import_ledgers
from pilot_cli.exchange.layout import sheets
from pilot_cli.locale import Language, speaking
from pilot_cli.parallel.progress import Progress
from pilot_cli.parallel.workers import IN_PROCESS
from pilot_cli.site.find import SiteFiles

HEADERS = ("编号", "名称", "类型", "城市", "党员数", "成立日期", "备注")
ROWS = (
    ("gz-01", "示例一", "建筑工地", "广州", "3名", "2020年1月5日", "无"),
    ("", "示例二", "小区", "深圳", "=1+2", "43831", ""),
    ("合计", "", "", "", "２", "2020/13/1", "#REF!"),
)
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<office:document-content xmlns:office="{NAMES}:office:1.0" xmlns:text="{NAMES}:text:1.0"
 xmlns:table="{NAMES}:table:1.0"><office:body><office:spreadsheet><table:table table:name="试点单位">%s
</table:table></office:spreadsheet></office:body></office:document-content>"""
SCRATCH = TemporaryDirectory(prefix="pilot-fuzz-")
FOLDER = Path(SCRATCH.name)
BOOK = FOLDER / "book.xlsx"


def seeds() -> Iterator[bytes]:
    """Make workbooks and tables: an export of examples, small ones of every kind."""
    exported = BytesIO()
    export_sites(SiteFiles([str(file) for file in SITE_FILES[:2]]), exported, IN_PROCESS, Progress())
    yield exported.getvalue()
    for rows in ((HEADERS, *ROWS), (HEADERS, ROWS[0]), tuple(zip(HEADERS, ROWS[0], strict=True))):
        yield _xlsx(rows)
        yield _ods(rows)
        yield "\r\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    yield "\n".join("\t".join(row) for row in (HEADERS, *ROWS)).encode("utf-16")
    yield "\n".join(";".join(row) for row in (HEADERS, *ROWS)).encode("gbk")
    for layout in sheets():
        yield ",".join(column.header for column in layout.columns).encode() + b"\n" + b"1," * len(layout.columns)


def _xlsx(rows: tuple[tuple[str, ...], ...]) -> bytes:
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet("试点单位")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.merge_range(len(rows), 0, len(rows) + 1, 1, "合并")
    return packed.getvalue()


def _ods(rows: tuple[tuple[str, ...], ...]) -> bytes:
    cells = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        written = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        archive.writestr("content.xml", ODS % written)
    return packed.getvalue()


def words() -> set[str]:
    """List the headers of ledgers, and the words in their cells."""
    return words_of_sites() | {column.header for layout in sheets() for column in layout.columns} | set(HEADERS)


def run(case: bytes) -> None:
    """Have it imported, but for the writing; every wrong cell has a place."""
    BOOK.write_bytes(case)
    with suppress(UnreadableBookError), speaking(chance_of(case).choice(list(Language))):
        imported = import_ledgers([BOOK], FOLDER / "sites", Existing.KEEP, Progress(), is_dry_run=True)
        for error in imported.errors:
            assert error.place.row >= 0, error
            assert error.place.column >= 0, error
            str(error.problem), str(error.advice)
        for line in imported.ignored:
            str(line)


TARGET = Target(run, seeds, words, change_parts, max_bytes=65_536, max_cpu_seconds=5)
