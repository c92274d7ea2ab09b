from records.models.drafts import SavedDraft
from records.models.editable import Conflict, Editable, Once, Sampled
from records.models.events import Event
from records.models.figures import MAX_RUPIAH, TOO_DEAR, RupiahField
from records.models.files import StoredFile
from records.models.imports import ColumnMap, ImportEffect, ImportRow, ImportRun
from records.models.jobs import Job, WorkerBeat
from records.models.recorded import Recorded

__all__ = [
    "MAX_RUPIAH",
    "TOO_DEAR",
    "ColumnMap",
    "Conflict",
    "Editable",
    "Event",
    "ImportEffect",
    "ImportRow",
    "ImportRun",
    "Job",
    "Once",
    "Recorded",
    "RupiahField",
    "Sampled",
    "SavedDraft",
    "StoredFile",
    "WorkerBeat",
]
