"""Months of an activity: a set, not a range ("Apr, Okt"), stored as bits."""

from collections.abc import Iterable

from records.formats import MONTHS_SHORT

MONTHS = range(1, 13)


def months_to_mask(months: Iterable[int]) -> int:
    """{4, 10} as a set of bits."""
    return sum(1 << (month - 1) for month in set(months))


def mask_to_months(mask: int) -> list[int]:
    return [month for month in MONTHS if mask & (1 << (month - 1))]


def months_text(mask: int) -> str:
    """ "Apr, Okt"; consecutive months as a range: "Jan–Des"."""
    months = [month for month in range(12) if mask & (1 << month)]
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(_run(run) for run in runs)


def _run(months: list[int]) -> str:
    names = [MONTHS_SHORT[month] for month in months]
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)
