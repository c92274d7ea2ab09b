"""Pages of trainings: list, detail, adding with all parts, editing the frame, closing."""

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.views.generic import CreateView, DetailView, UpdateView

from accounts.lists import ScopedList
from accounts.rights import Right, may, sees_whole_district
from accounts.scoping import RightMixin, VisibleMixin
from records import formats
from records.editing import SaveMixin
from records.history import MAX_SHOWN
from records.models import Event
from trainings.exports import TRAINING_COLUMNS
from trainings.forms.closing import CloseForm
from trainings.forms.plain import ReasonForm
from trainings.forms.training_log import TrainingLogForm
from trainings.forms.trainings import TrainingFilter, TrainingForm
from trainings.models import AgendaItem, Invitation, Participant, Training, TrainingDay
from trainings.queries.counting import uncounted
from trainings.queries.figures import training_figures
from trainings.queries.still_missing import still_missing
from trainings.services import closing
from trainings.services import trainings as services
from trainings.views.base import ServiceFormView, TrainingMixin, crumbs, state_tone, tabs
from trainings.views.next_steps import next_steps, pastes_first
from trainings.views.participants import warn_beyond_all
from trainings.views.schedule_reminders import ScheduleRemindersMixin
from villages.models import Village


def count_of(rows, what="pk"):
    """A subquery that counts distinct `what` per training; two joined counts would multiply each other."""
    counted = rows.filter(training=OuterRef("pk")).order_by().values("training")
    return Coalesce(Subquery(counted.annotate(n=Count(what, distinct=True)).values("n")), 0)


class TrainingList(ScopedList):
    queryset = Training.objects.with_dates()
    template_name = "trainings/training_list.html"
    context_object_name = "trainings"
    search_fields = ("search_key",)
    filter_form = TrainingFilter
    export_title, export_columns = "Daftar pelatihan", TRAINING_COLUMNS
    sorts = {
        "terbaru": ("Terbaru", (F("first_day").desc(nulls_first=True),)),
        "terlama": ("Terlama", (F("first_day").asc(nulls_last=True),)),
        "judul": ("Judul", ("search_key",)),
        "ta": ("Tahun anggaran", ("-fiscal_year",)),
    }

    def get_queryset(self):
        people = Participant.objects.visible_to(self.request.user).current().humans()
        return (
            super()
            .get_queryset()
            .annotate(participant_count=count_of(people, "human"), village_count=count_of(Invitation.objects.all()))
            .select_related("district")
            .prefetch_related("days")
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for training in context["trainings"]:
            training.tone = state_tone(training)
        return context


class TrainingDetail(VisibleMixin, DetailView):
    model = Training
    template_name = "trainings/training_detail.html"
    context_object_name = "training"

    def get_queryset(self):
        return super().get_queryset().select_related("district", "programme").prefetch_related("days")

    def get_context_data(self, **kwargs):
        training, user = self.object, self.request.user
        everyone = sees_whole_district(user)
        officers = list(training.officers.all())
        figures = training_figures(training, Participant.objects.visible_to(user))
        own = Village.objects.editable_by(user).filter(invitations__training=training)
        own_villages = set() if everyone else set(own.values_list("pk", flat=True))
        runs = may(user, Right.EDIT_TRAININGS)
        proposes = may(user, Right.PROPOSE_PARTICIPANTS) and (runs or bool(own_villages))
        invited = [row.village for row in figures.invited if runs or row.village.pk in own_villages]
        pastes = proposes and training.is_open and pastes_first(training, figures, invited)
        context = {
            "figures": figures,
            "pastes": pastes,
            "steps": next_steps(training, figures, pastes=pastes) if runs else [],
            "facts": self._facts(training, officers, figures),
            "uncounted": uncounted(training),
            "invited_people": figures.invited_people,
            "state_tone": state_tone(training),
            "crumbs": crumbs(training),
            "page_tabs": tabs(training, user, "training_detail"),
            "sees_all": everyone or user in officers,
            "own_villages": own_villages,
            "can_edit": runs and training.is_open,
            "can_propose": proposes and training.is_open,
            "can_mark": training.is_open and Training.objects.markable_by(user).filter(pk=training.pk).exists(),
            "runs": runs,
            # The history names participants of all villages.
            "events": self._events(training) if everyone else [],
        }
        return super().get_context_data(**kwargs) | context

    def _facts(self, training, officers, figures) -> list[dict]:
        days = [row.day.date for row in figures.days]
        edit = reverse("trainings:training_update", args=[training.pk])
        missing = {"missing_url": edit, "missing_label": "Isi"} if self._may_edit(training) else {}
        cohort = f"Desa penerima TA {training.cohort_year}" if training.cohort_year else ""
        place = training.place
        wave = {"label": "Angkatan/gelombang", "value": training.wave}
        deadline = training.proposal_deadline
        due = {"label": "Batas usulan peserta", "value": formats.date_id(deadline) if deadline else ""}
        of_meeting = {"Program", "Sasaran", "Jumlah JP"} if training.is_meeting else set()
        facts = [
            {"label": "Jenis", "value": training.get_kind_display()},
            *([wave] if training.wave else []),
            {"label": "Waktu", "value": formats.span(days[0], days[-1]) if days else "", "missing": "Belum ada hari"},
            {"label": "Tempat", "value": place, "missing": "Belum diisi"} | missing,
            {"label": "Tahun anggaran", "value": f"TA {training.fiscal_year}"},
            {"label": "Program", "value": str(training.programme or ""), "missing": "Tanpa program"},
            {"label": "Sasaran", "value": cohort, "missing": "Belum diisi: untuk desa penerima TA"},
            {"label": "Penyelenggara", "value": training.organiser, "missing": "Belum diisi"} | missing,
            {"label": "Daftar hadir", "value": training.get_sheet_unit_display()},
            *([due] if deadline else []),
            *([{"label": "Yth.", "value": "; ".join(training.recipient_list)}] if training.recipients else []),
            {"label": "Jumlah JP", "value": f"{figures.lesson_hours} JP" if figures.lesson_hours else ""},
            {
                "label": "Petugas kehadiran",
                "value": ", ".join(str(officer) for officer in officers),
                "missing": "Staf dan admin",
            },
        ]
        return [fact for fact in facts if fact["value"] or fact["label"] not in of_meeting]

    def _may_edit(self, training):
        return training.is_open and may(self.request.user, Right.EDIT_TRAININGS)

    def _events(self, training):
        """Events of the training, its days, its participants and its agenda, newest first."""
        of_parts = Q(
            kind=Participant._meta.label_lower, object_id__in=Participant.objects.filter(training=training).values("pk")
        ) | Q(
            kind=AgendaItem._meta.label_lower,
            object_id__in=AgendaItem.objects.filter(day__training=training).values("pk"),
        )
        of_parts |= Q(kind=TrainingDay._meta.label_lower, object_id__in=training.days.values("pk"))
        rows = Event.objects.filter(Q(kind=training._meta.label_lower, object_id=training.pk) | of_parts)
        return rows.select_related("by").order_by("-pk")[:MAX_SHOWN]


class TrainingSaveMixin(SaveMixin):
    """After saving, messages name the villages for which the training does not count in Terlatih, with the reason."""

    def saved(self, form):
        answer = super().saved(form)
        for part in uncounted(self.object):
            messages.warning(self.request, part.sentence)
        return answer


class TrainingCreate(RightMixin, TrainingSaveMixin, CreateView):
    right = Right.EDIT_TRAININGS
    model = Training
    form_class = TrainingLogForm
    template_name = "trainings/training_form.html"
    submit_label = "Simpan pelatihan"
    saved_message = "{row} tersimpan. Berikutnya: periksa peserta dan susunan acaranya."

    def saved(self, form):
        answer = super().saved(form)
        warn_beyond_all(self.request, self.object)
        return answer

    def get_context_data(self, **kwargs):
        heading = "Catat pelatihan"
        way = [
            ("Beranda", reverse("monitoring:home")),
            ("Pelatihan", reverse("trainings:training_list")),
            (heading, ""),
        ]
        return super().get_context_data(heading=heading, crumbs=way, keep="pelatihan-baru", **kwargs)

    def get_cancel_url(self):
        return reverse("trainings:training_list")


class TrainingUpdate(TrainingMixin, ScheduleRemindersMixin, TrainingSaveMixin, UpdateView):
    form_class = TrainingForm

    @property
    def saved_message(self):
        return f"Data {self.training.noun} tersimpan."

    @property
    def submit_label(self):
        return f"Simpan {self.training.noun}"

    def get_heading(self):
        return f"Ubah {self.training.noun}"

    def get_object(self, queryset=None):
        return self.training


class NounMixin(TrainingMixin):
    """Inserts the noun ("rapat" for a meeting) as {noun} and {Noun} into heading, button and message."""

    submit_label = ""
    saved_message = ""

    def in_words(self, text: str) -> str:
        noun = self.training.noun
        return text.format(noun=noun, Noun=noun.capitalize())

    def get_heading(self):
        return self.in_words(self.heading)

    def get_context_data(self, **kwargs):
        label = self.in_words(self.submit_label or self.heading)
        return super().get_context_data(**kwargs) | {"submit_label": label}

    def get_saved_message(self, result):
        return self.in_words(self.saved_message)


class TrainingClose(NounMixin, ServiceFormView):
    """Page that closes a training: counted signatures beside the marks, and a reason where they differ."""

    form_class = CloseForm
    template_name = "trainings/training_close.html"
    heading = "Tutup {noun}"
    saved_message = "{Noun} ditutup. Kehadirannya terkunci."

    def get_context_data(self, **kwargs):
        noun = self.training.noun.capitalize()
        intro = f"Sesudah ditutup, kehadiran dan peserta terkunci. {noun} dapat dibuka kembali dengan alasan."
        left = still_missing(self.training)
        return super().get_context_data(intro=intro, still_missing=left, **kwargs)

    def get_form_kwargs(self):
        days = [row for row in training_figures(self.training).days if not row.is_closed]
        return super().get_form_kwargs() | {"days": days}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.save_by = lambda user: closing.close_training(
            self.training, form.signatures(), by=user, reason=form.cleaned_data["reason"]
        )
        return form


class ReasonView(NounMixin, ServiceFormView):
    """Base of pages of one reason and one service."""

    form_class = ReasonForm
    service = None

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        service = type(self).service
        form.save_by = lambda user: service(self.training, by=user, reason=form.cleaned_data["reason"])
        return form


class TrainingReopen(ReasonView):
    open_only = False
    service = staticmethod(closing.reopen_training)
    heading = "Buka kembali {noun}"
    submit_label = "Buka kembali"
    saved_message = "{Noun} dibuka kembali. Mengubah kehadiran hari yang sudah ditutup memerlukan alasan."


class TrainingCancel(ReasonView):
    service = staticmethod(services.cancel_training)
    heading = "Batalkan {noun}"
    saved_message = "{Noun} dibatalkan."

    def get_context_data(self, **kwargs):
        figures = training_figures(self.training)
        intro = (
            f"{self.training.noun.capitalize()} dicatat sebagai tidak jadi diadakan. "
            f"{len(figures.invited)} undangan dan "
            f"{figures.registered.total} peserta tetap tersimpan."
        )
        return super().get_context_data(intro=intro, danger=True, **kwargs)
