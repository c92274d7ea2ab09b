"""Sums and shares of amounts that may be unknown: None, "belum ada data", adds nothing and alone stays unknown."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal


def sum_known(amounts: Iterable[int | None]) -> int | None:
    """The sum of the known amounts; None without any."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def share(part: int, whole: int | None) -> Decimal | None:
    """Percent with two decimals, half up; None where the whole is unknown. 100 only for all, 0 only for nothing."""
    return _percent(part, whole, Decimal("0.01"))


def whole_percent(part: int, whole: int | None) -> int | None:
    """The same without decimals, for estimates in whole percent."""
    found = _percent(part, whole, Decimal(1))
    return None if found is None else int(found)


def _percent(part: int, whole: int | None, step: Decimal) -> Decimal | None:
    if not whole:
        return None
    exact = Decimal(100) * part / whole
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if exact != rounded and rounded in (0, 100):
        return rounded + (step if exact > rounded else -step)
    return rounded
