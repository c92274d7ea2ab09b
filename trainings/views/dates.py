"""Pages of dates for users who may edit the training: Ubah tanggal of one day, Geser tanggal of all days."""

from django.utils.functional import cached_property

from records import formats
from trainings.forms.dates import DayDateForm, ShiftForm
from trainings.models import TrainingDay
from trainings.views.base import ServiceFormView
from trainings.views.days import DayMixin
from trainings.views.schedule_reminders import ScheduleRemindersMixin


class DayDate(DayMixin, ScheduleRemindersMixin, ServiceFormView):
    form_class = DayDateForm
    heading = "Ubah tanggal"
    submit_label = "Ubah tanggal"

    @cached_property
    def day(self) -> TrainingDay:
        """The day as it was at the beginning of the request."""
        return self.get_day()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"day": self.day}

    def get_context_data(self, **kwargs):
        intro = f"{formats.day_date(self.day.date)}. Susunan acara, narasumber, sesi, dan kehadiran hari ini tetap."
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, moved):
        if not moved:
            return "Tanggalnya tidak berubah."
        day = self.get_day()
        return f"{formats.day_date(self.day.date)} menjadi {formats.day_date(day.date)}."


class TrainingShift(ScheduleRemindersMixin, ServiceFormView):
    """Page of two steps: the preview of old and new dates, then saving what was shown."""

    form_class = ShiftForm
    template_name = "trainings/training_shift.html"
    page_name = "agenda"
    heading = "Geser tanggal"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training}

    def get_context_data(self, **kwargs):
        days = [formats.day_date(day.date) for day in self.training.days.all()]
        intro = f"Sekarang: {'; '.join(days)}. Jarak antarhari, susunan acara, dan narasumber tetap." if days else ""
        context = super().get_context_data(intro=intro, **kwargs)
        seen = context.get("moves")
        return context | {"submit_label": self.heading if seen else "Lihat tanggal baru"}

    def form_valid(self, form):
        if form.is_seen:
            return super().form_valid(form)
        form.data = form.data.copy()
        changed = bool(form.data.get(form.add_prefix("seen")))
        form.data[form.add_prefix("seen")] = form.preview_key
        return self.render_to_response(self.get_context_data(form=form, moves=form.moves(), changed=changed))

    def get_saved_message(self, moves):
        if not moves:
            return "Tanggalnya sudah demikian."
        return f"Tanggal {len(moves)} hari digeser: mulai {formats.day_date(moves[0].to)}."
