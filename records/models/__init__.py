from records.models.editable import Conflict, Editable, Once, Sampled
from records.models.events import Event
from records.models.files import StoredFile
from records.models.jobs import Job, WorkerBeat

__all__ = ["Conflict", "Editable", "Event", "Job", "Once", "Sampled", "StoredFile", "WorkerBeat"]
