"""Pages of participants: picked from the boards of invited villages, edited, withdrawn, renumbered."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, UpdateView

from accounts.rights import Right, may
from records.editing import SaveMixin
from trainings.forms.affiliations import AffiliationForm
from trainings.forms.participants import ParticipantForm
from trainings.forms.withdrawals import WithdrawManyForm
from trainings.models import Participant, Training
from trainings.queries.proposals import beyond_in_all, beyond_quota
from trainings.services import participant_numbers
from trainings.services import participants as services
from trainings.services.affiliations import affiliation_refusal
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin, show_errors
from villages.models import Village

MAX_DIGITS = 18  # of a key; SQLite would raise OverflowError


class ParticipantListMixin(TrainingMixin):
    """Base of pages of the office and of fasilitators, who propose people of their own invited villages."""

    right = Right.PROPOSE_PARTICIPANTS
    scope = "visible_to"
    page_name = "participant_list"

    def invitations(self):
        """The invitations whose people the user may register."""
        rows = self.training.invitations.select_related("village__subdistrict").order_by("village__code")
        if may(self.request.user, Right.EDIT_TRAININGS):
            return rows
        return rows.filter(village__in=Village.objects.editable_by(self.request.user))


class ParticipantPick(ParticipantListMixin, TemplateView):
    """Page of boards of invited villages as checkboxes; requested posts are ticked where nobody is registered."""

    template_name = "trainings/participant_pick.html"
    heading = "Pilih peserta dari pengurus"

    def get_context_data(self, **kwargs):
        groups = self._groups()
        without = sum(not group["rows"] for group in groups)
        return super().get_context_data(
            groups=groups, without_board=without, cancel_url=self.get_cancel_url(), **kwargs
        )

    def _groups(self) -> list[dict]:
        invitations = list(self.invitations())
        villages = [row.village_id for row in invitations]
        participants = self.training.participants.current().select_related("person").filter(village__in=villages)
        registered = {services.human(row.person): row for row in participants}
        counts = Counter(row.village_id for row in registered.values())
        members: dict[int, list] = {}
        for member in services.boards(self.training, villages):
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
            show_errors(request, error)
            return redirect(request.path)
        messages.success(request, registered_text(found) + late_text(found))
        warn_beyond_quota(request, self.training, found)
        return redirect(self.get_success_url())


def registered_text(found: services.Registered) -> str:
    parts = []
    if found.added:
        parts.append(f"{len(found.added)} orang didaftarkan")
    if found.returned:
        parts.append(f"{len(found.returned)} orang didaftarkan kembali")
    if found.already:
        parts.append(f"{len(found.already)} orang sudah terdaftar")
    if found.replaced:
        names = ", ".join(row.person.name for row in found.replaced)
        parts.append(f"{names} sudah digantikan, jadi tetap demikian sampai penggantinya dibatalkan")
    return f"{'; '.join(parts)}."


def warn_beyond_quota(request, training, found: services.Registered):
    """Warns if a village registered more people than requested, which is allowed."""
    villages = {row.village_id for row in [*found.added, *found.returned] if row.village_id}
    for sentence in beyond_quota(training, villages):
        messages.warning(request, f"Melebihi permintaan. {sentence}")


def warn_beyond_all(request, training):
    """The same for a training just added with the people of its boards: the sum of all, and each village."""
    if whole := beyond_in_all(training):
        messages.warning(request, f"Melebihi permintaan. {whole}")
    for sentence in beyond_quota(training, training.invitations.values("village")):
        messages.warning(request, f"Melebihi permintaan. {sentence}")


def late_text(found: services.Registered) -> str:
    return " Ditandai terlambat, karena batas usulan sudah lewat." if any(r.late_proposal for r in found.added) else ""


class ParticipantMixin(TrainingMixin):
    right = Right.PROPOSE_PARTICIPANTS
    scope = "visible_to"
    page_name = "participant_list"

    def get_object(self, queryset=None) -> Participant:
        rows = Participant.objects.editable_by(self.request.user).filter(training=self.training)
        rows = rows.select_related("person", "village", "training", "replaces__person")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class ParticipantUpdate(ParticipantMixin, SaveMixin, UpdateView):
    form_class = ParticipantForm
    submit_label = "Simpan peserta"
    saved_message = "{row} tersimpan."

    def get_heading(self):
        return f"Ubah peserta: {self.object}"


class ParticipantWithdraw(ParticipantMixin, QuestionView):
    submit_label = "Batalkan peserta"

    def find(self):
        self.participant = self.get_object()

    def texts(self):
        row = self.participant
        return {
            "question": f"Batalkan {row} sebagai peserta?",
            "loss": f"{numbers_text(self.training)} Orangnya dapat didaftarkan kembali."
            + (f" {row.replaces} kembali menjadi peserta." if row.replaces else ""),
        }

    def act(self):
        services.withdraw(self.participant, by=self.request.user)

    def get_done_message(self):
        return f"{self.participant} batal menjadi peserta."


class TickedParticipants(ServiceFormView):
    """Base of what happens to those ticked on the list (`?peserta=`): who they are, then all of them or nobody."""

    right = Right.PROPOSE_PARTICIPANTS
    scope = "visible_to"
    page_name = "participant_list"

    @cached_property
    def rows(self) -> list[Participant]:
        """The chosen rows in the order of the sheet; one out of scope or of another training is a 404."""
        chosen = {*self.request.GET.getlist("peserta"), *self.request.POST.getlist("participants")}
        if not all(pk.isdecimal() and len(pk) <= MAX_DIGITS for pk in chosen):
            raise Http404(f"not all of {chosen} are keys")
        rows = Participant.objects.editable_by(self.request.user).filter(training=self.training, pk__in=chosen)
        found = list(rows.select_related("person", "replaced_by__person").prefetch_related("attendances"))
        if {row.pk for row in found} != {int(pk) for pk in chosen}:
            raise Http404(f"not all of {chosen} are participants of training {self.training.pk}")
        return found

    def refusal(self, row: Participant) -> str:
        """Hook: the reason why the action leaves this person out; empty if it does not."""
        return ""

    def get(self, request, *args, **kwargs):
        if not self.rows:
            return self.answer_to_nobody()
        refusals = [self.refusal(row) for row in self.rows]
        return self.answer_to_refused(refusals) if all(refusals) else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.rows else self.answer_to_nobody()

    def answer_to_nobody(self):
        messages.warning(self.request, f"Belum ada yang dicentang. Centang nama peserta, lalu “{self.submit_label}”.")
        return redirect(self.get_cancel_url())

    def answer_to_refused(self, refusals: list[str]):
        """Nobody is left to act on: says why instead of showing a form that cannot be saved."""
        more = f" Begitu pula {len(refusals) - 1} lainnya yang dicentang." if len(refusals) > 1 else ""
        messages.warning(self.request, f"“{self.submit_label}” tidak dapat dijalankan: {refusals[0]}{more}")
        return redirect(self.get_cancel_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"training": self.training, "rows": self.rows}


class ParticipantWithdrawMany(TickedParticipants):
    """One reason for all of them."""

    form_class = WithdrawManyForm
    heading = "Batalkan keikutsertaan"
    submit_label = "Batalkan keikutsertaan"

    def get_context_data(self, **kwargs):
        intro = f"{numbers_text(self.training)} Orang-orangnya dapat didaftarkan kembali."
        return super().get_context_data(intro=intro, danger=True, **kwargs)

    def get_saved_message(self, result):
        if not result:
            return "Semua yang dicentang sudah batal ikut sebelumnya."
        return f"{len(result)} peserta batal ikut: {', '.join(row.person.name for row in result)}."


class ParticipantAffiliationMany(TickedParticipants):
    """One unsur for all of them."""

    form_class = AffiliationForm
    heading = "Ubah unsur"
    submit_label = "Ubah unsur"

    def refusal(self, row):
        return affiliation_refusal(row)

    def get_context_data(self, **kwargs):
        intro = "Daftar hadir yang sudah dicetak perlu dicetak ulang. Unsur yang lama tetap tercatat pada riwayat."
        return super().get_context_data(intro=intro, **kwargs)

    def get_saved_message(self, result):
        if not result:
            return "Semua yang dicentang sudah berunsur itu."
        return f"Unsur {len(result)} peserta diubah: {', '.join(row.person.name for row in result)}."


def numbers_text(training: Training) -> str:
    """What a withdrawal does to the numbers of the daftar hadir."""
    if participant_numbers.is_marked(training):
        return "Kehadiran sudah tercatat, jadi nomor urut peserta lain tetap."
    return "Nomor urut peserta sesudahnya maju. Daftar hadir yang sudah dicetak perlu dicetak ulang."


class ParticipantRenumber(QuestionView):
    """Page that renumbers by desa and within it by post, before attendance is recorded."""

    heading = "Urutkan peserta"
    submit_label = "Urutkan ulang"
    question = "Urutkan peserta menurut desa dan jabatan?"
    loss = "Nomor urut berubah. Daftar hadir yang sudah dicetak tidak cocok lagi dan perlu dicetak ulang."
    page_name = "participant_list"

    def act(self):
        participant_numbers.renumber(self.training, by=self.request.user)

    done_message = "Peserta diurutkan menurut desa dan jabatan."
