"""Text of a value that was read from a cell, for the preview."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from records.formats import date_id, number_id

Format = Callable[[Any], str]
Read = TypeVar("Read", bound=Callable)


def plain(value: object) -> str:
    """Days with the name of their month, figures in full, ya and tidak; anything else as it is."""
    match value:
        case bool():
            return "Ya" if value else "Tidak"
        case date():
            return date_id(value)
        case int() | Decimal():
            return number_id(value)
        case tuple():
            return ", ".join(plain(item) for item in value)
    return str(value)


def shown_as(read: Read, text: Format) -> Read:
    """Sets the format of the values of this reader, where `plain` has none."""
    read.text = text  # type: ignore[attr-defined]  # readers are functions that carry facts
    return read


def of(read: Callable) -> Format:
    return getattr(read, "text", plain)
