"""Pages of closing: upload of signed sheets, counted signatures, closing and reopening of a day."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View

from records import formats
from records.files import serve
from trainings.forms.closing import CloseForm, SheetForm
from trainings.forms.plain import ReasonForm
from trainings.models import TrainingDay, TrainingFile, TrainingSession
from trainings.queries.figure_rows import DayFigures
from trainings.queries.figures import training_figures
from trainings.services import closing
from trainings.services.sheets import remove_sheet
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin
from trainings.views.days import session_of
from trainings.views.document_mixins import DocumentMixin, DocumentReadMixin


def sheets_of(training):
    """Scans of signed sheets, oldest first."""
    rows = training.files.filter(kind=TrainingFile.Kind.SHEET)
    return rows.select_related("file", "training", "session__day").order_by("pk")


class DayClosingMixin(TrainingMixin):
    page_name = "attendance_grid"

    @cached_property
    def day(self) -> TrainingDay:
        return get_object_or_404(self.training.days.select_related("training"), pk=self.kwargs["pk"])


class DayClose(DayClosingMixin, ServiceFormView):
    """Page that closes a day: marks and signatures of each sheet; a difference is shown before."""

    form_class = CloseForm
    template_name = "trainings/day_close.html"
    submit_label = "Tutup hari"

    @cached_property
    def day_figures(self) -> DayFigures:
        return next(row for row in training_figures(self.training).days if row.day.pk == self.day.pk)

    def get_heading(self):
        return f"Tutup {self.day_figures.label.lower()}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"days": [self.day_figures]}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.save_by = lambda user: closing.close_day(
            self.day, form.signatures(), by=user, reason=form.cleaned_data["reason"]
        )
        return form

    def get_context_data(self, **kwargs):
        files: dict[int, list] = {}
        for row in sheets_of(self.training).filter(session__day=self.day):
            files.setdefault(row.session_id, []).append(row)
        sheets = [(row, files.get(row.session.pk, [])) for row in self.day_figures.sessions]
        return super().get_context_data(day=self.day_figures, sheets=sheets, **kwargs)

    def get_saved_message(self, result):
        return f"{self.day_figures.label} ditutup. Perubahan kehadirannya kini memerlukan alasan."


class DayReopen(DayClosingMixin, ServiceFormView):
    form_class = ReasonForm
    heading = "Buka kembali hari"
    submit_label = "Buka kembali"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.save_by = lambda user: closing.reopen_day(self.day, by=user, reason=form.cleaned_data["reason"])
        return form

    def get_context_data(self, **kwargs):
        day = formats.day_date(self.day.date)
        intro = f"{day}: sesudah dibuka, kehadiran berubah tanpa alasan sampai ditutup lagi."
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, result):
        return f"{formats.day_date(self.day.date)} dibuka kembali."


class AttendanceSheetMixin(DocumentMixin):
    page_name = "attendance_grid"
    anchor = "#lembar"


class SheetCreate(AttendanceSheetMixin, ServiceFormView):
    form_class = SheetForm
    heading = "Unggah daftar hadir bertanda tangan"
    submit_label = "Simpan berkas"

    @cached_property
    def session(self) -> TrainingSession:
        return session_of(self.training, self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"session": self.session}

    def get_context_data(self, **kwargs):
        intro = f"{formats.day_date(self.session.day.date)}, {self.session}. Satu berkas PDF atau foto tiap kali."
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, row):
        return f"“{row.file.name}” tersimpan sebagai daftar hadir {formats.day_date(self.session.day.date)}."


class SheetRemove(AttendanceSheetMixin, QuestionView):
    submit_label = "Hapus berkas"
    heading = "Hapus daftar hadir bertanda tangan"

    def find(self):
        self.sheet = get_object_or_404(sheets_of(self.training), pk=self.kwargs["pk"])

    def texts(self):
        day = formats.day_date(self.sheet.session.day.date)
        return {
            "question": f"Hapus “{self.sheet.file.name}” dari daftar hadir {day}?",
            "loss": "Bukti tanda tangan ini hilang dari portal; kehadiran yang dicatat tetap.",
        }

    def act(self):
        remove_sheet(self.sheet, by=self.request.user)

    def get_done_message(self):
        return f"“{self.sheet.file.name}” dihapus."


class SheetFile(DocumentReadMixin, View):
    def get(self, request, *args, **kwargs):
        sheet = get_object_or_404(sheets_of(self.training), pk=kwargs["pk"])
        return serve(request, sheet.file, reverse("trainings:attendance_grid", args=[self.training.pk]))
