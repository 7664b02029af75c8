"""Why something fails is told in the user's language."""

import errno
import os

import pytest

from pilot_cli.errors import os_reason


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "该磁盘为只读"),
        (errno.EMFILE, "打开的文件过多"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_common_reasons_of_the_system_are_translated(number: int, reason: str) -> None:
    assert str(os_reason(OSError(number, os.strerror(number)))) == reason


def test_a_file_that_another_program_has_open_on_windows_is_to_be_closed_first() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    setattr(error, "winerror", 32)  # noqa: B010 - elsewhere there is no such attribute
    assert "请先在 Word、Excel 或 WPS 中关闭" in str(os_reason(error))


def test_a_text_without_a_number_is_told_as_it_is() -> None:
    assert os_reason(OSError("示例")) == "示例"
