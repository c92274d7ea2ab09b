"""Registry with which an app receives entries of the apps above it without importing them.

The app below has a Registry in a module, as accounts.handover does. Each app above registers its own in its module
of the same name (villages.handover); the app below loads these modules when all apps are ready, with
autodiscover_modules, as django.contrib.admin loads admin.py.
"""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Ordered(Protocol):
    order: int


Item = TypeVar("Item", bound=Ordered)


class Registry(Generic[Item]):
    """Entries of one kind, sorted by their unique `order`."""

    def __init__(self) -> None:
        self._by_order: dict[int, Item] = {}

    def register(self, item: Item) -> Item:
        """Adds an entry. Raises ValueError where its `order` is taken."""
        other = self._by_order.setdefault(item.order, item)
        if other is not item:
            raise ValueError(f"order {item.order} of {item!r} is that of {other!r}")
        return item

    def __iter__(self) -> Iterator[Item]:
        return (item for _, item in sorted(self._by_order.items()))
