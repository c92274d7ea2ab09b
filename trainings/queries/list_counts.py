"""Whether the lists of an accounts file agree: the number of names on each beside the number of people present."""

from dataclasses import dataclass

from records import formats
from trainings.models import SpjItem, Training
from trainings.queries.certificates import Roll
from trainings.queries.figures import TrainingFigures
from trainings.queries.teaching import teaching

Document = SpjItem.Document


@dataclass
class Count:
    """The number of people on one list, beside the expected number."""

    label: str
    counted: int | None
    wanted: int
    base: str  # the base of `wanted`
    note: str = ""

    @property
    def difference(self) -> str:
        """ "2 lebih", "1 kurang", "Sama"; empty where nothing was counted yet."""
        if self.counted is None:
            return ""
        apart = self.counted - self.wanted
        if not apart:
            return "Sama"
        return f"{formats.number_id(abs(apart))} {'lebih' if apart > 0 else 'kurang'}"

    @property
    def tone(self) -> str:
        return {"": "grey", "Sama": "green"}.get(self.difference, "amber")


def people_counts(training: Training, figures: TrainingFigures, roll: Roll, items: dict[str, SpjItem]) -> list[Count]:
    """Compares signatures, money lists, materials and certificates with the number of people present."""
    present, base = figures.present.total, "orang hadir"
    found = []
    for session in figures.sessions:
        if session.session.signatures_counted is not None:
            day = formats.date_id(session.session.day.date)
            label = f"Tanda tangan daftar hadir {day}, {session.session.name}"
            found.append(Count(label, session.session.signatures_counted, session.lines, "tercatat hadir di sesi itu"))
    typed = {document: item.people for document, item in items.items() if not item.not_needed}
    found.append(Count("Daftar hadir (jumlah orang)", typed.get(Document.ATTENDANCE), present, base))
    for document in (Document.TRANSPORT, Document.MATERIALS):
        if not _dropped(items, document):
            found.append(Count(str(document.label), typed.get(document), present, base))
    if not training.is_meeting and not _dropped(items, Document.CERTIFICATES):
        given, refused = len(roll.given), len(roll.refused)
        note = f"{formats.number_id(refused)} belum memenuhi syarat" if refused else ""
        found.append(Count("Sertifikat diberikan di portal", given or None, present - refused, "berhak", note))
        found.append(
            Count("Sertifikat (jumlah dalam tanda terima)", typed.get(Document.CERTIFICATES), given, "diberikan")
        )
    teachers = len({row.resource_person.pk for row in teaching(training)})
    if teachers and not _dropped(items, Document.HONORARIUM):
        found.append(
            Count(str(Document.HONORARIUM.label), typed.get(Document.HONORARIUM), teachers, "narasumber dan moderator")
        )
    if training.is_meeting:
        return [row for row in found if row.counted is not None]
    return found


def _dropped(items, document) -> bool:
    return document in items and items[document].not_needed
