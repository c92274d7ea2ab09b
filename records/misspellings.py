"""Distance between a typed search key and the key of a name."""

from itertools import pairwise


def slips_allowed(key: str) -> int:
    return 1 if len(key) < 7 else 2


def pieces(key: str, number: int) -> list[str]:
    """`key` cut into that many parts of about one length."""
    cuts = [len(key) * at // number for at in range(number + 1)]
    return [key[start:end] for start, end in pairwise(cuts)]


def distance(typed: str, name: str) -> int:
    """Edit distance (insertion, deletion, substitution) between the typed key and the nearest beginning of the name."""
    row = list(range(len(name) + 1))
    for at, letter in enumerate(typed, 1):
        before, row = row, [at]
        for place, other in enumerate(name, 1):
            row.append(min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != other)))
    return min(row)
