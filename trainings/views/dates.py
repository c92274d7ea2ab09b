"""Pages of dates for users who may edit the training: Ubah tanggal of one day, Geser tanggal of all days."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from records import formats
from trainings.forms.dates import DayDateForm, ShiftForm
from trainings.models import SpjItem, TrainingDay
from trainings.views.base import ServiceFormView
from trainings.views.days import DayMixin


class NewDateView(ServiceFormView):
    """Base of both pages: after a change, messages name what does not follow the new dates automatically."""

    moved = False

    def form_valid(self, form):
        answer = super().form_valid(form)
        if answer.status_code == 302 and self.moved:
            for sentence in self.reminders():
                messages.warning(self.request, sentence)
        return answer

    def reminders(self) -> list[str]:
        training = self.training
        days = list(training.days.values_list("date", flat=True))
        found = []
        if days and days[0].year != training.fiscal_year:
            found.append(f"Tahun anggaran tetap TA {training.fiscal_year}. Ubah pada data {training.noun} bila perlu.")
        deadline = training.proposal_deadline
        if deadline and days and deadline >= days[0]:
            found.append(
                f"Batas usulan peserta tetap {formats.date_id(deadline)}, tidak lagi sebelum hari pertama. "
                f"Ubah pada data {training.noun} bila perlu."
            )
        accounts = reverse("trainings:spj_item_list", args=[training.pk])
        letter = training.spj_items.filter(document=SpjItem.Document.INVITATION, not_needed=False).first()
        if letter and letter.dated_on:
            found.append(
                format_html(
                    'Undangan sudah bertanggal {}. Beri tahu yang diundang: cetak <a href="{}#dokumen-perubahan">Surat '
                    "perubahan jadwal</a>.",
                    formats.date_id(letter.dated_on),
                    accounts,
                )
            )
        found.append(
            format_html(
                'Daftar hadir memuat tanggal. Bila sudah dicetak, cetak lagi <a href="{}#dokumen-daftar_hadir">daftar '
                "hadir</a>.",
                accounts,
            )
        )
        return found


class DayDate(DayMixin, NewDateView):
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
        self.moved = moved
        if not moved:
            return "Tanggalnya tidak berubah."
        day = self.get_day()
        return f"{formats.day_date(self.day.date)} menjadi {formats.day_date(day.date)}."


class TrainingShift(NewDateView):
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
        self.moved = bool(moves)
        if not moves:
            return "Tanggalnya sudah demikian."
        return f"Tanggal {len(moves)} hari digeser: mulai {formats.day_date(moves[0].to)}."
