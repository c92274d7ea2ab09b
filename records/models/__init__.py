from records.models.drafts import SavedDraft
from records.models.editable import Conflict, Editable, Once, Sampled
from records.models.events import Event
from records.models.figures import MAX_RUPIAH, TOO_DEAR, CountField, Limit, RupiahField, limits, point_on_earth
from records.models.files import StoredFile
from records.models.recorded import Recorded
from records.models.sample_wipes import SampleWipe
from records.models.sent_forms import RequestKey, SentByAnother, SentContent, SentForm, SentOther
from records.models.spans import OUT_OF_ORDER, DatedSpan, DatedSpanQuerySet, in_order

__all__ = [
    "MAX_RUPIAH",
    "OUT_OF_ORDER",
    "TOO_DEAR",
    "Conflict",
    "CountField",
    "DatedSpan",
    "DatedSpanQuerySet",
    "Editable",
    "Event",
    "Limit",
    "Once",
    "Recorded",
    "RequestKey",
    "RupiahField",
    "SampleWipe",
    "Sampled",
    "SavedDraft",
    "SentByAnother",
    "SentContent",
    "SentForm",
    "SentOther",
    "StoredFile",
    "in_order",
    "limits",
    "point_on_earth",
]
