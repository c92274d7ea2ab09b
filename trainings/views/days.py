"""Pages of days and sessions of one training."""

from django.shortcuts import get_object_or_404

from records import formats
from trainings.forms.days import DayForm, SessionForm
from trainings.models import Training, TrainingDay, TrainingSession
from trainings.services import schedule
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin
from trainings.views.schedule_reminders import ScheduleRemindersMixin


class DayCreate(ScheduleRemindersMixin, ServiceFormView):
    form_class = DayForm
    heading = "Tambah hari"
    submit_label = "Tambah hari"
    page_name = "agenda"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training}

    def get_saved_message(self, day):
        return f"{formats.day_date(day.date)} ditambahkan."


class DayMixin(TrainingMixin):
    """Base of pages of one day of the training."""

    page_name = "agenda"

    def get_day(self) -> TrainingDay:
        return get_object_or_404(self.training.days, pk=self.kwargs["pk"])


class DayRemove(DayMixin, ScheduleRemindersMixin, QuestionView):
    submit_label = "Hapus hari"

    def find(self):
        self.day = self.get_day()

    def texts(self):
        sessions, items = self.day.sessions.count(), self.day.items.count()
        loss = f"{sessions} sesi dan {items} mata acara hari itu ikut terhapus. Peserta dan undangan tetap."
        return {"question": f"Hapus {formats.day_date(self.day.date)}?", "loss": loss}

    def act(self):
        schedule.remove_day(self.day, by=self.request.user)

    def get_done_message(self):
        return f"{formats.day_date(self.day.date)} dihapus."


class SessionCreate(DayMixin, ScheduleRemindersMixin, ServiceFormView):
    form_class = SessionForm
    heading = "Tambah sesi"
    submit_label = "Simpan sesi"
    saved_message = "Sesi {row} tersimpan."

    def get_form_kwargs(self):
        day = self.get_day()
        return super().get_form_kwargs() | {"instance": TrainingSession(day=day), "initial": {"day": day.pk}}


def session_of(training: Training, pk: int) -> TrainingSession:
    """The session. Raises Http404 for one of another training."""
    rows = TrainingSession.objects.filter(day__training=training).select_related("day__training")
    return get_object_or_404(rows, pk=pk)


class SessionMixin(TrainingMixin):
    page_name = "agenda"

    def get_session(self) -> TrainingSession:
        return session_of(self.training, self.kwargs["pk"])


class SessionUpdate(SessionMixin, ScheduleRemindersMixin, ServiceFormView):
    form_class = SessionForm
    heading = "Ubah sesi"
    submit_label = "Simpan sesi"
    saved_message = "Sesi {row} tersimpan."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.get_session()}


class SessionRemove(SessionMixin, ScheduleRemindersMixin, QuestionView):
    submit_label = "Hapus sesi"

    def find(self):
        self.session = self.get_session()

    def texts(self):
        count = self.session.items.count()
        loss = f"{count} mata acaranya tetap ada, tetapi tanpa sesi: JP-nya tidak terhitung sampai dipindahkan."
        return {"question": f"Hapus sesi {self.session}?", "loss": loss if count else "Sesi ini kosong."}

    def act(self):
        schedule.remove_session(self.session, by=self.request.user)

    def get_done_message(self):
        return f"Sesi {self.session} dihapus."
