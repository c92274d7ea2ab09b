"""Riwayat Perubahan of a training or a village with all their parts: when, who, what, old, new, why. For the office."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from accounts.models import District, User
from documents.base import Document
from documents.choices import Audience
from documents.content import Parameters
from documents.issue_rules import on_request
from documents.layout import blocks, frame
from documents.villages.history_parts import OF_TRAINING, OF_VILLAGE
from records import formats
from records.models import Event
from trainings.models import Training
from villages.models import Village

MAX_LINES = 4_000  # about 250 pages; older changes stay in the portal (our assumption)
MAX_LENGTH = 500  # characters of one text: a row of the table never breaks, so it must fit on a page
NOT_KEPT = "diubah, isi tidak dicatat"
Subject = Training | Village


class ChangeHistory(Document[Training | Village, blocks.BlockContent]):
    kind, title, code_prefix = "change_history", "Riwayat Perubahan", "RWT"
    subjects = (Training, Village)
    audience = Audience.OFFICE
    issue_rule = on_request

    def district_of(self, subject: Subject) -> District:
        return subject.district if isinstance(subject, Training) else subject.subdistrict.district

    def clean(self, subject: Subject, parameters: Parameters) -> Parameters:
        return {}

    def collect(self, subject: Subject, parameters: Parameters, user: User | None) -> blocks.BlockContent:
        today = localdate()
        office = self.district_of(subject).office_on(today)
        events = events_of(subject)
        lines: list[list[str]] = []
        shown = 0
        for event in events.select_related("by").order_by("-pk").iterator(chunk_size=500):
            more = list(_lines(event))
            if len(lines) + len(more) > MAX_LINES:
                break
            lines += more
            shown += 1
        count = events.count()
        note = f"{formats.number_id(count)} catatan, terbaru di atas."
        if shown < count:
            note += f" Halaman ini memuat {formats.number_id(shown)} yang terbaru; yang lebih lama tersimpan di portal."
        heads = [
            *(("Waktu", 28, "l"), ("Siapa", 30, "l"), ("Data", 70, "l"), ("Lama", 45, "l"), ("Baru", 45, "l")),
            ("Alasan", 0, "l"),
        ]
        place = "" if isinstance(subject, Training) else f", {subject.subdistrict}"
        return {
            "document": frame.head(
                title=f"Riwayat Perubahan {subject}",
                subject=f"{subject}{place}, {self.district_of(subject)}",
                office=office,
                dated=today,
                page_size="a4-wide",
                watermark=frame.SAMPLE_MARK if subject.is_sample else "",
            ),
            "body": [
                blocks.title("RIWAYAT PERUBAHAN", f"{subject}{place}".upper()),
                blocks.center(f"Keadaan per {formats.date_id(today)}. {note}"),
                blocks.table(heads, lines, caption="Riwayat perubahan", small=True),
                *blocks.paragraphs(
                    "Unduhan tidak dimuat. Nomor telepon dan data pribadi lain tidak pernah masuk riwayat: hanya "
                    "disebut bahwa isinya berubah. Data yang dihapus dikenali dari sebutan data induknya."
                ),
            ],
        }


def events_of(subject: Subject) -> models.QuerySet[Event]:
    """Events of a training or a village and of every row that is a part of it, including deleted ones."""
    own = Q(kind=subject._meta.label_lower, object_id=subject.pk)
    for model, path in (OF_TRAINING if isinstance(subject, Training) else OF_VILLAGE).items():
        kind = model._meta.label_lower
        own |= Q(kind=kind, object_id__in=model._base_manager.filter(**{path: subject.pk}).values("pk"))
        if "__" not in path:
            own |= Q(kind=kind, object_id__in=_deleted(model, path, subject).values("object_id"))
    return Event.objects.filter(own).exclude(verb__in=[Event.Verb.DOWNLOAD, Event.Verb.LOGIN])


def _deleted(model: type[models.Model], path: str, subject: Subject) -> models.QuerySet[Event]:
    """Deleted rows: the event of the deletion has the name of the object they were a part of."""
    field = model._meta.get_field(path)
    assert isinstance(field, models.ForeignKey), f"{model._meta.label}.{path} leads to no whole"
    label = str(field.verbose_name)
    rows = Event.objects.filter(kind=model._meta.label_lower, verb=Event.Verb.DELETE)
    return rows.filter(**{f"changes__{label}__0": str(subject)})


def _lines(event: Event) -> Iterator[list[str]]:
    """One line for each changed field, complete in itself; one line when no field is shown."""
    when, who = formats.moment_id(event.at), event.by.name if event.by else "portal"
    what = f"{event.get_verb_display()}, {_noun(event.kind)}: {event.label}"
    shown = (
        {} if event.verb == Event.Verb.ADD else {field: c for field, c in event.changes.items() if c is None or any(c)}
    )
    if not shown:
        yield [when, who, _short(what), "", "", _short(event.reason)]
    for field, change in shown.items():
        texts = (NOT_KEPT, NOT_KEPT) if change is None else change
        old, new = (formats.iso_date_id(text) or "-" for text in texts)
        yield [when, who, _short(f"{what} \N{EN DASH} {field}"), _short(old), _short(new), _short(event.reason)]


@cache
def _noun(kind: str) -> str:
    """ "pelatihan" for trainings.training; the bare kind if the portal no longer has it."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


def _short(text: str) -> str:
    if len(text) <= MAX_LENGTH:
        return text
    return f"{text[:MAX_LENGTH]}… ({formats.number_id(len(text))} huruf, selengkapnya di portal)"
