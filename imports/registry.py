"""Registry of the kinds of import: each app registers adapters in its package `importers` (records.registry)."""

from imports.adapters import Adapter
from records.registry import Registry

_ADAPTERS: Registry[type[Adapter]] = Registry()
register = _ADAPTERS.register


def adapter(kind: str) -> type[Adapter]:
    """Raises KeyError for a kind that no app registered."""
    return {adapter.kind: adapter for adapter in _ADAPTERS}[kind]


def adapters() -> list[type[Adapter]]:
    """All kinds, in the order in which an office fills its portal."""
    return list(_ADAPTERS)
