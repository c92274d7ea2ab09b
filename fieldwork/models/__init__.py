from fieldwork.models.entry_requests import EntryPhoto, EntryRequest
from fieldwork.models.visits import Visit, VisitMonth, VisitPhoto

__all__ = [
    "EntryPhoto",
    "EntryRequest",
    "Visit",
    "VisitMonth",
    "VisitPhoto",
]
