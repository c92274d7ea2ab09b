"""Import of an office's own files. The engine reads, previews, writes and takes back; it knows no noun.

A row at which the portal fails is an error of that row, in the preview as in the saving: the others are planned on,
and nothing is written until somebody saves them. What is saved goes in as one transaction, or not at all; a row that
only the database refuses is found by trying each alone, marked, and the preview is shown again. What a preview
promised of a row (its verdict, its changes, whom it means) is compared before anything is written.

What a row means is told by adapters: each app registers its own (AppConfig.ready), this package holds the list.
"""

from records.imports.adapters import Adapter

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
