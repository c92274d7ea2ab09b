"""Peserta: picked from the boards of invited villages, entered one by one, mended, taken off the sheet."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import CreateView, TemplateView, UpdateView

from accounts.rights import Right, may
from records.editing import SaveMixin
from trainings.forms.participants import UNSUR, ParticipantForm, PersonEntryForm
from trainings.models import Participant
from trainings.services import participants as services
from trainings.views.base import OfTraining, QuestionView, tell
from villages.models import Person, Village


class OfParticipants(OfTraining):
    """Pages of the office and of fasilitators, who propose people of their own invited villages."""

    right = Right.PROPOSE_PARTICIPANTS
    scope = "visible_to"
    anchor = "#peserta"

    def invitations(self):
        """The invitations whose people this person may register."""
        rows = self.training.invitations.select_related("village__subdistrict").order_by("village__code")
        if may(self.request.user, Right.EDIT_TRAININGS):
            return rows
        return rows.filter(village__in=Village.objects.editable_by(self.request.user))


class ParticipantPick(OfParticipants, TemplateView):
    """The boards of the invited villages as boxes to tick; wished posts are ticked where nobody is registered yet."""

    template_name = "trainings/participant_pick.html"
    heading = "Pilih peserta dari pengurus"

    def get_context_data(self, **kwargs):
        return super().get_context_data(groups=self._groups(), cancel_url=self.get_cancel_url(), **kwargs)

    def _groups(self) -> list[dict]:
        invitations = list(self.invitations())
        participants = self.training.participants.standing().filter(village__in=[row.village_id for row in invitations])
        registered = {row.person_id: row for row in participants}
        counts = Counter(row.village_id for row in registered.values())
        members: dict[int, list] = {}
        for member in services.boards(self.training, [row.village_id for row in invitations]):
            members.setdefault(member.group.village_id, []).append(member)
        groups = []
        for invitation in invitations:
            wished = invitation.post_codes
            empty = not counts[invitation.village_id]
            rows = [
                {
                    "member": member,
                    "participant": registered.get(member.person_id),
                    "ticked": empty and member.held_that_day and member.post in wished,
                }
                for member in members.get(invitation.village_id, [])
            ]
            groups.append({"invitation": invitation, "count": counts[invitation.village_id], "rows": rows})
        return groups

    def post(self, request, *args, **kwargs):
        chosen = set(request.POST.getlist("pengurus"))
        villages = [row.village_id for row in self.invitations()]
        members = [row for row in services.boards(self.training, villages) if str(row.pk) in chosen]
        if not members:
            messages.warning(request, "Belum ada yang dipilih. Centang nama, lalu simpan.")
            return redirect(request.path)
        try:
            found = services.register(self.training, [services.as_entry(row) for row in members], by=request.user)
        except ValidationError as error:
            tell(request, error)
            return redirect(request.path)
        messages.success(request, registered_text(found))
        return redirect(self.get_success_url())


def registered_text(found: services.Registered) -> str:
    parts = []
    if found.added:
        parts.append(f"{len(found.added)} orang didaftarkan")
    if found.returned:
        parts.append(f"{len(found.returned)} orang didaftarkan kembali")
    if found.already:
        parts.append(f"{len(found.already)} orang sudah terdaftar")
    return f"{'; '.join(parts)}."


class ParticipantCreate(OfParticipants, SaveMixin, CreateView):
    """People of no group and walk-ins; the page stays open for the next one."""

    model = Person
    form_class = PersonEntryForm
    template_name = "trainings/participant_create.html"
    heading = "Tambah peserta"
    submit_label = "Simpan dan tambah lagi"
    saved_message = "{row} tersimpan sebagai peserta."

    def save_form(self, form):
        row = super().save_form(form)
        if form.registered.already:
            self.saved_message = "{row} sudah terdaftar sebagai peserta."
        return row

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"training": self.training}
        if self.request.GET.get("langsung"):
            kwargs["initial"] = kwargs["initial"] | {"walk_in": True}
        return kwargs

    def get_context_data(self, **kwargs):
        mine = Participant.objects.visible_to(self.request.user).filter(training=self.training)
        latest = mine.standing().select_related("person", "village").order_by("-number")[:5]
        return super().get_context_data(latest=latest, unsur=UNSUR, cancel_label="Selesai", **kwargs)

    def get_success_url(self):
        address = reverse("trainings:participant_create", args=[self.training.pk])
        return f"{address}?langsung=1" if self.request.POST.get("walk_in") else address


class OfParticipant(OfTraining):
    right = Right.PROPOSE_PARTICIPANTS
    scope = "visible_to"
    anchor = "#peserta"

    def get_object(self, queryset=None) -> Participant:
        rows = Participant.objects.editable_by(self.request.user).filter(training=self.training)
        return get_object_or_404(rows.select_related("person", "village", "training"), pk=self.kwargs["pk"])


class ParticipantUpdate(OfParticipant, SaveMixin, UpdateView):
    form_class = ParticipantForm
    submit_label = "Simpan peserta"
    saved_message = "{row} tersimpan."

    def get_heading(self):
        return f"Ubah peserta: {self.object}"


class ParticipantWithdraw(OfParticipant, QuestionView):
    submit_label = "Batalkan peserta"

    def find(self):
        self.participant = self.get_object()

    def texts(self):
        row = self.participant
        return {
            "question": f"Batalkan {row} sebagai peserta?",
            "loss": f"Nomor {row.number} pada daftar hadir menjadi kosong. Orangnya dapat didaftarkan kembali.",
        }

    def act(self):
        services.withdraw(self.participant, by=self.request.user)

    def get_done_message(self):
        return f"{self.participant} batal menjadi peserta."


class ParticipantRenumber(QuestionView):
    """By desa and within it by post, before anybody signed."""

    heading = "Urutkan peserta"
    submit_label = "Urutkan ulang"
    question = "Urutkan peserta menurut desa dan jabatan?"
    loss = "Nomor urut berubah. Daftar hadir yang sudah dicetak tidak cocok lagi dan perlu dicetak ulang."
    anchor = "#peserta"

    def act(self):
        services.renumber(self.training, by=self.request.user)

    done_message = "Peserta diurutkan menurut desa dan jabatan."
