"""Forms of the agenda: one item with its people."""

from crispy_forms.layout import HTML, Layout
from django import forms
from django.db import transaction

from records.editing import EditForm
from records.fields import RowsField
from trainings.forms.parts import time_input
from trainings.models import AgendaItem, AgendaSpeaker, ResourcePerson, TrainingSession
from trainings.services import schedule
from trainings.services.guard import hold
from trainings.services.speakers import set_speakers

SPEAKER_CHOICE = '{% include "trainings/_speaker_choice.html" %}'
Role = AgendaSpeaker.Role


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
        widgets = {"starts": time_input(), "ends": time_input()}

    def fields_for_people(self):
        training = self.instance.day.training
        sessions = TrainingSession.objects.filter(day=self.instance.day_id)
        self.fields["session"].queryset = sessions
        self.fields["session"].empty_label = "Menurut jamnya"
        self.fields["session"].help_text = "Siapa hadir pada sesi itu mendapat JP-nya."
        if sessions.count() == 1:
            del self.fields["session"]
        self.fields["lesson_hours"].help_text = "1 JP = 45 menit. Istirahat 0."
        self.fields["lesson_hours"].max_value = 20
        if training.is_meeting:
            self.fields["lesson_hours"].widget = forms.HiddenInput()
            self.fields["lesson_hours"].required = False
        self.fields["pb_code"].help_text = "Pokok Bahasan, misalnya PB 2.1."
        self.fields["speaker"].label = "Narasumber sebagai teks"
        self.fields["speaker"].help_text = "Tercetak pada jadwal selama tidak ada nama yang dipilih di bawah."
        self._people(training)
        shown = [name for name in self.fields if name not in ("speakers", "moderators")]
        self.helper.layout = Layout(*shown, HTML(SPEAKER_CHOICE))

    def _people(self, training):
        rows = ResourcePerson.objects.visible_to(self.user).filter(person__district=training.district_id)
        if not training.is_sample:
            rows = rows.filter(person__is_sample=False)
        here = AgendaSpeaker.objects.filter(item=self.instance) if self.instance.pk else AgendaSpeaker.objects.none()
        for name, role in (("speakers", Role.SPEAKER), ("moderators", Role.MODERATOR)):
            self.fields[name].queryset = rows
            self.initial[name] = [row.resource_person_id for row in here if row.role == role]

    def people(self) -> list[dict]:
        """One line for each narasumber of the kabupaten with two boxes, for trainings/_speaker_choice.html."""
        ticked = {name: {str(value) for value in self[name].value() or []} for name in ("speakers", "moderators")}
        return [
            {
                "key": str(row.pk),
                "name": row.person.name,
                "about": row.position or row.person.institution,
                "speaks": str(row.pk) in ticked["speakers"],
                "moderates": str(row.pk) in ticked["moderators"],
            }
            for row in self.fields["speakers"].queryset.select_related("person")
        ]

    def clean_lesson_hours(self):
        return self.cleaned_data["lesson_hours"] or 0

    def clean(self):
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["starts"] >= data["ends"]:
            self.add_error("ends", "Jam selesai harus sesudah jam mulai.")
        if data.get("kind") == AgendaItem.Kind.BREAK and data.get("lesson_hours"):
            self.add_error("lesson_hours", "Istirahat tidak mempunyai JP. Isi 0.")
        return data

    def save_by(self, user):
        with transaction.atomic():
            mine = self.instance
            hold(mine.day.training)
            item = super().save_by(user)
            if item is not mine:  # sent a second time
                return item
            schedule.place_item(item)
            data = self.cleaned_data
            wanted = {Role.SPEAKER: list(data["speakers"]), Role.MODERATOR: list(data["moderators"])}
            changed = set_speakers(item, wanted, by=user)
            if changed and getattr(self, "changes", None) == {}:
                item.touch()
                self.changes = changed
        return item
