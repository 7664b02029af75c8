"""Keeps the largest few of many items."""

import heapq
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class TopN(Generic[T]):
    """The few items with the largest keys, the largest first; of equals, those that came first."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        """How many are kept; None keeps all."""
        self.seen = 0
        self._heap: list[tuple[float, int, T]] = []

    def add(self, key: float, item: T) -> None:
        """Add an item; it is kept while it is among the largest."""
        self._keep((key, -self.seen, item))
        self.seen += 1

    def merge(self, later: "TopN[T]") -> None:
        """Add the items that another list has kept of later ones."""
        for key, number, item in later._heap:
            self._keep((key, number - self.seen, item))
        self.seen += later.seen

    def _keep(self, entry: tuple[float, int, T]) -> None:
        if self.limit is None or len(self._heap) < self.limit:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    @property
    def left_out(self) -> int:
        """The number of items that are not kept."""
        return self.seen - len(self._heap)

    def in_order_of_arrival(self) -> list[T]:
        """Return what is kept, in the order in which it was added."""
        return [item for _key, _number, item in sorted(self._heap, key=lambda entry: -entry[1])]

    def __len__(self) -> int:
        return len(self._heap)

    def __iter__(self) -> Iterator[T]:
        return (item for _key, _number, item in sorted(self._heap, reverse=True))
