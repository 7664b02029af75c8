"""When two texts mean the same."""

import pytest

from pilot_cli.site.texts import plain


@pytest.mark.parametrize("written", ["é", "e\u0301", "e \u0301", " e\u3000\u0301", "e\u200b\u0301"])
def test_a_letter_and_its_mark_are_one_whatever_stands_between_them(written: str) -> None:
    assert plain(written) == "é"
