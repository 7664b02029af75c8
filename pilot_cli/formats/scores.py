"""How mean scores are rounded: half up, like the scores themselves."""

from decimal import ROUND_HALF_UP, Decimal
from typing import overload


@overload
def rounded(score: float) -> float: ...


@overload
def rounded(score: None) -> None: ...


@overload
def rounded(score: float | None) -> float | None: ...


def rounded(score: float | None) -> float | None:
    """Round half up to one decimal."""
    # 12 digits: a mean of scores is no exact number.
    return None if score is None else float(Decimal(f"{score:.12g}").quantize(Decimal("0.1"), ROUND_HALF_UP))
