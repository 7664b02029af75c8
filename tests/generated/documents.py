"""Documents that generated sites name: in order, missing, and out of bounds."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from hypothesis import strategies as st

# A file that is there for certain and lies outside of every site's folder.
OUTSIDE = Path(__file__).resolve()
GOOD_DOCUMENTS = ["documents/a.pdf", "documents/名单 1.docx", "documents/sub/b.xlsx", "c.txt"]
ALSO_GOOD = ["documents/./a.pdf", "documents/sub/../a.pdf", "./c.txt"]
BAD_DOCUMENTS = [
    *("documents/empty.pdf", "documents/missing.pdf", "documents/sub", "documents", "nowhere/a.pdf"),
    *("documents/link.pdf", "documents/dangling.pdf", "documents/circle.pdf", "documents/out/" + OUTSIDE.name),
    *("documents/a.pdf/b.pdf", "documents/pipe", "a" * 300, "documents/a\x00.pdf"),
    *("", " ", ".", "..", "../x", "documents/../../x", "~/x", "[red].pdf"),
    *("/x", "C:\\x", "//server/x", "file:///x"),
    *(str(OUTSIDE), "../" * 40 + OUTSIDE.relative_to(OUTSIDE.anchor).as_posix()),
]
DOCUMENTS = st.one_of(
    st.lists(st.sampled_from(GOOD_DOCUMENTS), min_size=1, max_size=3),
    st.lists(st.sampled_from(GOOD_DOCUMENTS + ALSO_GOOD + BAD_DOCUMENTS), max_size=3),
)


def make_folder(folder: Path) -> None:
    """Put the documents into a site's folder. Links and pipes are just missing where the system has none."""
    for name in GOOD_DOCUMENTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("佐证", encoding="utf-8")
    documents = folder / "documents"
    (documents / "empty.pdf").write_bytes(b"")
    links = {
        "link.pdf": OUTSIDE,
        "out": OUTSIDE.parent,
        "dangling.pdf": Path("no-such.pdf"),
        "circle.pdf": Path("circle.pdf"),
    }
    for link, target in links.items():
        with contextlib.suppress(OSError, NotImplementedError):
            (documents / link).symlink_to(target)
    with contextlib.suppress(OSError, AttributeError):
        os.mkfifo(documents / "pipe")  # reading it would wait for ever
