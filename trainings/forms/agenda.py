"""Forms of the agenda: one item with its people, and a whole agenda at once."""

from crispy_forms.layout import HTML, Layout
from django import forms
from django.db import transaction
from django.db.models import Count, Min

from records.editing import EditForm
from records.fields import DayField, RowsField, choice_field, row_field
from records.formats import date_id
from trainings.forms.hours import check_hours
from trainings.forms.plain import Plain
from trainings.models import AgendaItem, AgendaSpeaker, ResourcePerson, Training, TrainingSession
from trainings.services import schedule
from trainings.services.agendas import (
    TEMPLATES,
    current_agenda,
    fill_agenda,
    planned_from_template,
    planned_from_training,
)
from trainings.services.guard import hold
from trainings.services.schedule_changes import keep_agenda
from trainings.services.speakers import People, set_speakers

SPEAKER_CHOICE = '{% include "trainings/_speaker_choice.html" %}'
Role = AgendaSpeaker.Role
MAX_SOURCES = 100
FROM_TRAINING = "pelatihan-"


class AgendaItemForm(EditForm):
    fixed = ("day",)

    speakers = RowsField(label="Narasumber", queryset=ResourcePerson.objects.none(), required=False)
    moderators = RowsField(label="Moderator", queryset=ResourcePerson.objects.none(), required=False)

    class Meta:
        model = AgendaItem
        fields = [
            "day",
            "starts",
            "ends",
            "kind",
            "topic",
            "lesson_hours",
            "session",
            "speaker",
            "method",
            "pb_code",
        ]

    def fields_for_people(self):
        training = self.instance.day.training
        sessions = TrainingSession.objects.filter(day=self.instance.day_id)
        row_field(self, "session").queryset = sessions
        row_field(self, "session").empty_label = "Menurut jamnya"
        self.fields["session"].help_text = "Siapa hadir pada sesi itu mendapat JP-nya."
        if sessions.count() == 1:
            del self.fields["session"]
        self.fields["lesson_hours"].help_text = "1 JP = 45 menit. Istirahat 0."
        if training.is_meeting:
            self.fields["lesson_hours"].widget = forms.HiddenInput()
            self.fields["lesson_hours"].required = False
        self.fields["pb_code"].help_text = "Pokok Bahasan, misalnya PB 2.1."
        self.fields["speaker"].label = "Narasumber sebagai teks"
        self.fields["speaker"].help_text = "Tercetak pada jadwal selama tidak ada nama yang dipilih di bawah."
        self._people(training)
        by_hand = {"speakers", "moderators"}
        shown = [name for name, field in self.fields.items() if name not in by_hand and not field.widget.is_hidden]
        self.helper.layout = Layout(*shown, HTML(SPEAKER_CHOICE))
        self.helper.render_hidden_fields = True

    def _people(self, training):
        rows = ResourcePerson.objects.visible_to(self.user).filter(person__district=training.district_id)
        if not training.is_sample:
            rows = rows.filter(person__is_sample=False)
        here = AgendaSpeaker.objects.filter(item=self.instance) if self.instance.pk else AgendaSpeaker.objects.none()
        for name, role in (("speakers", Role.SPEAKER), ("moderators", Role.MODERATOR)):
            row_field(self, name).queryset = rows
            self.initial[name] = [row.resource_person_id for row in here if row.role == role]

    def people(self) -> list[dict]:
        """The narasumber of the kabupaten, each with two checkboxes, for trainings/_speaker_choice.html."""
        ticked = {name: {str(value) for value in self[name].value() or []} for name in ("speakers", "moderators")}
        rows = row_field(self, "speakers").queryset
        if rows is None:
            return []
        return [
            {
                "key": str(row.pk),
                "name": row.person.name,
                "about": row.position or row.person.institution,
                "speaks": str(row.pk) in ticked["speakers"],
                "moderates": str(row.pk) in ticked["moderators"],
            }
            for row in rows.select_related("person")
        ]

    def clean_lesson_hours(self):
        return self.cleaned_data["lesson_hours"] or 0

    def clean(self):
        data = super().clean()
        check_hours(self)
        if data.get("kind") == AgendaItem.Kind.BREAK and data.get("lesson_hours"):
            self.add_error("lesson_hours", "Istirahat tidak mempunyai JP. Isi 0.")
        return data

    def save_by(self, user):
        with transaction.atomic():
            mine = self.instance
            keep_agenda(hold(mine.day.training))
            item = super().save_by(user)
            if item is not mine:  # submitted a second time
                return item
            schedule.place_item(item)
            data = self.cleaned_data
            wanted: People = {Role.SPEAKER: list(data["speakers"]), Role.MODERATOR: list(data["moderators"])}
            changed = set_speakers(item, wanted, by=user)
            if changed and getattr(self, "changes", None) == {}:
                item.touch()
                self.changes = changed
        return item


class AgendaFillForm(Plain):
    """Form that fills a whole agenda from a template or an earlier training; confirms before replacing one."""

    source = forms.ChoiceField(label="Diambil dari")
    first_date = DayField(label="Tanggal hari pertama")
    replace = forms.BooleanField(
        error_messages={"required": "Centang bila susunan acara yang ada memang boleh diganti."}
    )

    def __init__(self, *args, training, user, **kwargs):
        self.training = training
        self.others = self._others(user)
        super().__init__(*args, **kwargs)
        earlier = [(f"{FROM_TRAINING}{pk}", words) for pk, words in self._labels()] if self.others else []
        choice_field(self, "source").choices = [
            ("", "Pilih dari daftar"),
            ("Contoh", list(TEMPLATES.items())),
            *([("Pelatihan sebelumnya", earlier)] if self.others else []),
        ]
        if training.days.exists():
            del self.fields["first_date"]
        days, items = current_agenda(training)
        if items:
            self.fields[
                "replace"
            ].label = f"Ganti yang ada: {items} mata acara pada {days} hari, dengan narasumber dan sesinya, terhapus"
        else:
            del self.fields["replace"]

    def _others(self, user) -> dict[int, Training]:
        """The newest trainings that are visible to this user and have an agenda."""
        rows = Training.objects.visible_to(user).exclude(pk=self.training.pk).filter(days__items__isnull=False)
        rows = rows.distinct().order_by("-pk")[:MAX_SOURCES]
        return {row.pk: row for row in rows}

    def _labels(self):
        facts = AgendaItem.objects.filter(day__training__in=list(self.others)).order_by().values("day__training")
        facts = facts.annotate(days=Count("day", distinct=True), items=Count("pk"), first=Min("day__date"))
        found = {row["day__training"]: row for row in facts}
        for pk, row in self.others.items():
            fact = found[pk]
            yield pk, f"{row}, {date_id(fact['first'])} ({fact['days']} hari, {fact['items']} mata acara)"

    def save_by(self, user) -> int:
        source = self.cleaned_data["source"]
        if source.startswith(FROM_TRAINING):
            row = self.others[int(source.removeprefix(FROM_TRAINING))]
            planned, source_text = planned_from_training(row, self.training), f"disalin dari {row}"
        else:
            planned, source_text = planned_from_template(source), f"contoh {TEMPLATES[source]}"
        return fill_agenda(
            self.training, planned, source=source_text, first=self.cleaned_data.get("first_date"), by=user
        )
