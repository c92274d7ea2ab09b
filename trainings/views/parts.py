"""Days, sessions, agenda items and invitations of one training."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import CreateView, UpdateView

from records import words
from records.editing import SaveMixin
from trainings.forms.parts import AgendaItemForm, DayForm, InvitationForm, InviteForm, SessionForm
from trainings.models import AgendaItem, Invitation, TrainingDay, TrainingSession
from trainings.services import schedule, trainings
from trainings.views.base import OfTraining, QuestionView, ServiceFormView


class DayCreate(ServiceFormView):
    form_class = DayForm
    heading = "Tambah hari"
    submit_label = "Tambah hari"
    anchor = "#hari"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training}

    def get_saved_message(self, day):
        return f"{words.day_date(day.date)} ditambahkan."


class OfDay(OfTraining):
    """A page of one day of the training."""

    anchor = "#hari"

    def get_day(self) -> TrainingDay:
        return get_object_or_404(self.training.days, pk=self.kwargs["pk"])


class DayRemove(OfDay, QuestionView):
    submit_label = "Hapus hari"

    def find(self):
        self.day = self.get_day()

    def texts(self):
        sessions, items = self.day.sessions.count(), self.day.items.count()
        loss = f"{sessions} sesi dan {items} mata acara hari itu ikut terhapus. Peserta dan undangan tetap."
        return {"question": f"Hapus {words.day_date(self.day.date)}?", "loss": loss}

    def act(self):
        schedule.remove_day(self.day, by=self.request.user)

    def get_done_message(self):
        return f"{words.day_date(self.day.date)} dihapus."


class SessionCreate(OfDay, ServiceFormView):
    form_class = SessionForm
    heading = "Tambah sesi"
    submit_label = "Simpan sesi"
    saved_message = "Sesi {row} tersimpan."

    def get_form_kwargs(self):
        day = self.get_day()
        return super().get_form_kwargs() | {"instance": TrainingSession(day=day), "initial": {"day": day.pk}}


class OfSession(OfTraining):
    anchor = "#hari"

    def get_session(self) -> TrainingSession:
        rows = TrainingSession.objects.filter(day__training=self.training).select_related("day__training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class SessionUpdate(OfSession, ServiceFormView):
    form_class = SessionForm
    heading = "Ubah sesi"
    submit_label = "Simpan sesi"
    saved_message = "Sesi {row} tersimpan."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.get_session()}


class SessionRemove(OfSession, QuestionView):
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


class AgendaCreate(OfDay, SaveMixin, CreateView):
    model = AgendaItem
    form_class = AgendaItemForm
    heading = "Tambah mata acara"
    submit_label = "Simpan mata acara"
    saved_message = "Mata acara “{row}” tersimpan."

    def get_form_kwargs(self):
        day = self.get_day()
        last = day.items.order_by("ends").last()
        initial = {"day": day.pk, "starts": last.ends if last else None}
        return super().get_form_kwargs() | {"instance": AgendaItem(day=day), "initial": initial}


class OfItem(OfTraining):
    anchor = "#hari"

    def get_object(self, queryset=None) -> AgendaItem:
        rows = AgendaItem.objects.filter(day__training=self.training).select_related("day__training", "session")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class AgendaUpdate(OfItem, SaveMixin, UpdateView):
    form_class = AgendaItemForm
    heading = "Ubah mata acara"
    submit_label = "Simpan mata acara"
    saved_message = "Mata acara “{row}” tersimpan."


class AgendaRemove(OfItem, QuestionView):
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


class InvitationCreate(ServiceFormView):
    form_class = InviteForm
    template_name = "trainings/training_form.html"
    heading = "Undang desa"
    submit_label = "Undang desa"
    anchor = "#undangan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training, "user": self.request.user}

    def get_saved_message(self, new):
        if not new:
            return "Desa yang dipilih sudah diundang sebelumnya."
        return f"{len(new)} desa diundang: {', '.join(village.name for village in new)}."


class OfInvitation(OfTraining):
    anchor = "#undangan"

    @cached_property
    def invitation(self) -> Invitation:
        rows = self.training.invitations.select_related("village", "training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class InvitationUpdate(OfInvitation, ServiceFormView):
    form_class = InvitationForm
    template_name = "trainings/training_form.html"
    submit_label = "Simpan undangan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"invitation": self.invitation}

    def get_heading(self):
        return f"Undangan {self.invitation.village}"

    def get_saved_message(self, row):
        return f"Undangan {row.village} tersimpan."


class InvitationRemove(OfInvitation, QuestionView):
    submit_label = "Hapus undangan"

    def find(self):
        return self.invitation

    def texts(self):
        return {
            "question": f"Hapus undangan {self.invitation.village}?",
            "loss": "Desa itu tidak lagi dihitung di antara desa yang diharapkan datang.",
        }

    def act(self):
        trainings.withdraw_invitation(self.invitation, by=self.request.user)

    def get_done_message(self):
        return f"Undangan {self.invitation.village} dihapus."
