"""Pages of the agenda (susunan acara) of one training and of its items."""

from django.shortcuts import get_object_or_404
from django.views.generic import CreateView, UpdateView

from accounts.rights import sees_whole_district
from records.editing import SaveMixin
from trainings.forms.agenda import AgendaFillForm, AgendaItemForm
from trainings.models import AgendaItem, Training
from trainings.queries.agenda_notes import agenda_notes
from trainings.queries.figure_rows import DayFigures
from trainings.queries.figures import agenda_figures
from trainings.queries.speaker_letters import speakers_elsewhere
from trainings.queries.teaching import moderator_words, speaker_words, teaching, with_speakers
from trainings.services import schedule
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin, TrainingPage
from trainings.views.days import DayMixin
from trainings.views.schedule_reminders import ScheduleRemindersMixin


class Agenda(TrainingPage):
    """Page of the agenda: days, sessions, items, teaching hours; notes for users who may edit the training."""

    template_name = "trainings/agenda.html"
    page_name = "agenda"
    heading = "Susunan acara"

    def get_context_data(self, **kwargs):
        days = agenda_figures(self.training)
        items = self.with_people(days)
        notes = agenda_notes(self.training, items) if self.runs else {}
        for row in days:
            row.notes = notes.get(row.day.pk, [])
        return super().get_context_data(
            days=days,
            lesson_hours=sum(row.lesson_hours for row in days),
            has_items=bool(items),
            sees_all=sees_whole_district(self.request.user),
            has_moderators=any(item.moderator_words for item in items),
            teaching=teaching(self.training),
            elsewhere=speakers_elsewhere(self.training),
            can_file=self.runs and self.training.state != Training.State.CANCELLED,
            committee=list(self.training.committee.select_related("person")),
            **kwargs,
        )

    def with_people(self, days: list[DayFigures]) -> list[AgendaItem]:
        items = with_speakers([item for row in days for item in row.items])
        sessions = {s.session.pk: s.session for row in days for s in row.sessions}
        for item in items:
            item.session = sessions.get(item.session_id)
            item.speaker_words, item.moderator_words = speaker_words(item), moderator_words(item)
        return items


class AgendaMixin(TrainingMixin):
    """Returns to the day on the page of the agenda after saving."""

    page_name = "agenda"
    template_name = "trainings/training_form.html"
    saved_message = "Mata acara “{row}” tersimpan."
    submit_label = "Simpan mata acara"


class AgendaCreate(AgendaMixin, DayMixin, ScheduleRemindersMixin, SaveMixin, CreateView):
    model = AgendaItem
    form_class = AgendaItemForm
    heading = "Tambah mata acara"

    def get_form_kwargs(self):
        day = self.get_day()
        last = day.items.order_by("ends").last()
        initial = {"day": day.pk, "starts": last.ends if last else None}
        return super().get_form_kwargs() | {"instance": AgendaItem(day=day), "initial": initial}


class AgendaItemMixin(AgendaMixin):
    def get_object(self, queryset=None) -> AgendaItem:
        rows = AgendaItem.objects.filter(day__training=self.training).select_related("day__training", "session")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class AgendaUpdate(AgendaItemMixin, ScheduleRemindersMixin, SaveMixin, UpdateView):
    form_class = AgendaItemForm
    heading = "Ubah mata acara"


class AgendaRemove(AgendaItemMixin, ScheduleRemindersMixin, QuestionView):
    submit_label = "Hapus mata acara"

    def find(self):
        self.item = self.get_object()

    def texts(self):
        hours = self.item.lesson_hours
        loss = f"{hours} JP tidak lagi terhitung bagi peserta." if hours else "Mata acara ini tidak mempunyai JP."
        return {"question": f"Hapus “{self.item}”?", "loss": loss}

    def act(self):
        schedule.remove_item(self.item, by=self.request.user)

    def get_done_message(self):
        return f"Mata acara “{self.item}” dihapus."


class AgendaFill(ScheduleRemindersMixin, ServiceFormView):
    """Page of Contoh and Salin agenda."""

    form_class = AgendaFillForm
    page_name = "agenda"
    heading = "Isi susunan acara sekaligus"
    submit_label = "Isi susunan acara"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training, "user": self.request.user}

    def get_context_data(self, **kwargs):
        intro = (
            "Hari ke-1 diisi dengan hari ke-1, dan seterusnya; hari yang belum ada ditambahkan. Jam, materi, JP, "
            "metode, dan narasumber ikut; tanggalnya mengikuti kegiatan ini."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, count):
        return f"{count} mata acara terisi. Periksa jam dan narasumbernya."
