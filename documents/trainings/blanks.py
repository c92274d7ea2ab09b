"""What a document of a training would leave blank, and the page where it is filled in: shown before it is printed.

Each class declares what it prints (`TrainingDocument.prints`). The rows are loaded once for all documents of a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists
from django.urls import reverse

from accounts.models import Signatory
from documents.models import DocumentSetting
from documents.signers import Slot
from documents.trainings.base import TrainingDocument
from documents.trainings.gaps import Part
from trainings.models import AgendaItem, Narrative, SpjItem, Training

PAGES = {
    Part.PLACE: "training_update",
    Part.BUDGET: "budget",
    Part.INVITATIONS: "training_detail",
    Part.AGENDA: "agenda_grid_update",
    Part.SPEAKERS: "agenda_grid_update",
    Part.DISCUSSION: "narrative_update",
    Part.OBSTACLES: "narrative_update",
}
OPEN_ONLY = (Part.PLACE, Part.AGENDA, Part.SPEAKERS)  # a closed training no longer changes them


@dataclass(frozen=True)
class Blank:
    """One missing part; without `url` this user or this training cannot fill it here."""

    text: str
    url: str = ""


class BlankParts:
    """The missing parts of one training. Six queries at most, whatever the number of documents."""

    def __init__(self, training: Training):
        self.training = training

    def of(self, document: TrainingDocument, spj_item: str) -> list[Blank]:
        """`spj_item`: the line of the accounts file that holds number and date."""
        found = [self._blank(part, spj_item) for part in document.prints if self._lacks(part, spj_item)]
        if unnamed := self._unnamed(document, spj_item):
            url = reverse("accounts:settings_district", args=[self.training.district_id])
            found.append(Blank(f"nama {', '.join(unnamed)}", url))
        return found

    def _blank(self, part: Part, spj_item: str) -> Blank:
        args: list[int | str] = [self.training.pk]
        if part == Part.NUMBER:
            return Blank(part.value, reverse("trainings:spj_item_update", args=[*args, spj_item]))
        if part in OPEN_ONLY and not self.training.is_open:
            return Blank(part.value)
        return Blank(part.value, reverse(f"trainings:{PAGES[part]}", args=args))

    def _lacks(self, part: Part, spj_item: str) -> bool:
        if part == Part.NUMBER:
            item = self._items.get(spj_item)
            return not (item and item.number and item.dated_on)
        return part in self._missing

    @cached_property
    def _items(self) -> dict[str, SpjItem]:
        return {item.document: item for item in self.training.spj_items.all()}

    @cached_property
    def _missing(self) -> set[Part]:
        training = self.training
        narrative = Narrative.objects.filter(training=training).first() or Narrative(training=training)
        items = AgendaItem.objects.filter(day__training=training)
        rows = {
            Part.BUDGET: training.budget_lines.all(),
            Part.INVITATIONS: training.invitations.all(),
            Part.AGENDA: items.filter(lesson_hours__gt=0),
            Part.SPEAKERS: items.exclude(speaker="", speakers=None),
        }
        exists = [Exists(found) for found in rows.values()]
        recorded = Training.objects.filter(pk=training.pk).values_list(*exists).get()
        there = {
            Part.PLACE: bool(training.place),
            **dict(zip(rows, recorded, strict=True)),
            Part.DISCUSSION: bool(narrative.chair and narrative.note_taker),
            Part.OBSTACLES: bool(narrative.obstacles and narrative.recommendations),
        }
        return {part for part, is_there in there.items() if not is_there}

    @cached_property
    def _settings(self) -> dict[str, list[dict[str, str]]]:
        rows = DocumentSetting.objects.filter(district=self.training.district_id)
        return dict(rows.values_list("kind", "signers"))

    @cached_property
    def _signatories(self) -> list[Signatory]:
        return list(self.training.district.signatories.order_by("valid_from"))

    @cached_property
    def _first_day(self) -> date | None:
        return self.training.days.values_list("date", flat=True).first()

    def _unnamed(self, document: TrainingDocument, spj_item: str) -> list[str]:
        """The offices that sign without a name on the day of the document. A meeting's own chair is in its Uraian."""
        chosen: Iterable[str] = [row["place"] for row in self._settings.get(document.kind) or []]
        places = list(chosen) or [signer.place for signer in document.default_signers(self.training.district)]
        item = self._items.get(spj_item)
        day = (item and item.dated_on) or self._first_day
        named = {row.slot for row in self._signatories if row.name and (day is None or row.valid_from <= day)}
        skipped = {Slot.COMMITTEE_HEAD} if self.training.is_meeting else set()
        return [str(Slot(place).label) for place in places if place in Slot.values and place not in named | skipped]
