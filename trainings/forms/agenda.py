"""Forms of the agenda: one item with its people."""

from records.editing import EditForm
from trainings.forms.parts import time_input
from trainings.models import AgendaItem, TrainingSession
from trainings.services import schedule
from trainings.services.guard import hold


class AgendaItemForm(EditForm):
    fixed = ("day",)

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
        sessions = TrainingSession.objects.filter(day=self.instance.day_id)
        self.fields["session"].queryset = sessions
        self.fields["session"].empty_label = "Menurut jamnya"
        self.fields["session"].help_text = "Siapa hadir pada sesi itu mendapat JP-nya."
        if sessions.count() == 1:
            del self.fields["session"]
        self.fields["lesson_hours"].help_text = "1 JP = 45 menit. Istirahat 0."
        self.fields["lesson_hours"].max_value = 20
        self.fields["pb_code"].help_text = "Pokok Bahasan, misalnya PB 2.1."

    def clean(self):
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["starts"] >= data["ends"]:
            self.add_error("ends", "Jam selesai harus sesudah jam mulai.")
        if data.get("kind") == AgendaItem.Kind.BREAK and data.get("lesson_hours"):
            self.add_error("lesson_hours", "Istirahat tidak mempunyai JP. Isi 0.")
        return data

    def save_by(self, user):
        hold(self.instance.day.training)
        item = super().save_by(user)
        schedule.place_item(item)
        return item
