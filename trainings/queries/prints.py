"""Printed documents of a training, which the apps above know (records.registry)."""

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum

from records.registry import Registry
from trainings.models import SpjItem, Training


class PrintState(IntEnum):
    """How far the document of one line of the accounts file has come."""

    NONE = 0
    PRINTED = 1
    SIGNED = 2  # its signed copy is stored beside the print


Prints = dict[int, dict[SpjItem.Document, PrintState]]


class PrintSource:
    """One app that prints documents of trainings."""

    order: int

    def prints(self, trainings: Iterable[Training]) -> Prints:
        """The printed lines by training; a bounded number of queries for all of them."""
        raise NotImplementedError


_sources: Registry[PrintSource] = Registry()
register = _sources.register


def prints_of(trainings: Iterable[Training]) -> Prints:
    trainings = list(trainings)
    found: Prints = defaultdict(dict)
    for source in _sources if trainings else ():
        for training, lines in source.prints(trainings).items():
            for line, state in lines.items():
                found[training][line] = max(state, found[training].get(line, PrintState.NONE))
    return found
