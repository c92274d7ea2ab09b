"""The kinds of import: each app registers an adapter of its own (AppConfig.ready)."""

from imports.adapters import Adapter

_ADAPTERS: dict[str, type[Adapter]] = {}


def register(adapter: type[Adapter]) -> None:
    """Makes a kind of import known; apps call it when they are ready."""
    _ADAPTERS[adapter.kind] = adapter


def adapter(kind: str) -> type[Adapter]:
    """Raises KeyError for a kind that no app registered."""
    return _ADAPTERS[kind]


def adapters() -> list[type[Adapter]]:
    """In the order in which an office fills its portal."""
    return sorted(_ADAPTERS.values(), key=lambda adapter: adapter.order)
