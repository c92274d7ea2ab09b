"""Printed documents of trainings and their signed copies, for the accounts file (trainings.queries.prints)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from documents import registry
from documents.choices import IssueStatus
from documents.trainings.base import TrainingDocument
from reports.models import Report, SignedCopy
from trainings.models import SpjItem, Training
from trainings.queries.prints import Prints, PrintSource, PrintState, register

Line = SpjItem.Document
GONE = [IssueStatus.REPLACED, IssueStatus.WITHDRAWN]


class ReportPrints(PrintSource):
    order = 10

    def prints(self, trainings: Iterable[Training]) -> Prints:
        """A signed copy counts where it is that of the first document of its line, for the whole training."""
        about = Coalesce("training", "day__training", "session__day__training")
        rows = (
            Report.objects.alias(training_of=about)
            .filter(training_of__in=[training.pk for training in trainings], state=Report.State.READY)
            .exclude(issue_status__in=GONE)
            .annotate(whose=about, signed=Exists(SignedCopy.objects.filter(report=OuterRef("pk"))))
            .values_list("whose", "training", "kind", "parameters", "signed")
            .order_by()
        )
        first = _first_kinds()
        found: Prints = defaultdict(dict)
        for training, whole, kind, parameters, is_signed in rows:
            document = registry.DOCUMENTS.get(kind)
            if not isinstance(document, TrainingDocument) or document.is_blank_form:
                continue
            line = document.line_of(parameters)
            if line is None:
                continue
            counts = is_signed and whole and kind == first.get(line) and not _is_partial(parameters)
            state = PrintState.SIGNED if counts else PrintState.PRINTED
            found[training][line] = max(state, found[training].get(line, PrintState.NONE))
        return found


def _is_partial(parameters: dict[str, Any]) -> bool:
    """Whether it is about one village, one narasumber, or about others than the participants."""
    return parameters.get("who", "peserta") != "peserta" or "village" in parameters or "speaker" in parameters


def _first_kinds() -> dict[SpjItem.Document, str]:
    """The document that is meant by a line; a surat tugas narasumber comes from another office."""
    found: dict[SpjItem.Document, tuple[int, str]] = {}
    for kind, document in registry.DOCUMENTS.items():
        if not isinstance(document, TrainingDocument) or document.filing is None or document.is_blank_form:
            continue
        lines = {document.line_of(document.chosen(dict(options))) for options in document.filing.copies}
        for line in filter(None, lines):
            found[line] = min(found.get(line, (document.filing.position, kind)), (document.filing.position, kind))
    return {line: kind for line, (_, kind) in found.items() if line != Line.ASSIGNMENT}


register(ReportPrints())
