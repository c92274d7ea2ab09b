"""Pages of invitations of one training."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from trainings.forms.invitations import InvitationForm, InviteForm
from trainings.models import Invitation
from trainings.services import trainings
from trainings.views.base import QuestionView, ServiceFormView, TrainingMixin


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


class InvitationMixin(TrainingMixin):
    anchor = "#undangan"

    @cached_property
    def invitation(self) -> Invitation:
        rows = self.training.invitations.select_related("village", "training")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class InvitationUpdate(InvitationMixin, ServiceFormView):
    form_class = InvitationForm
    template_name = "trainings/training_form.html"
    submit_label = "Simpan undangan"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"invitation": self.invitation}

    def get_heading(self):
        return f"Undangan {self.invitation.village}"

    def get_saved_message(self, row):
        return f"Undangan {row.village} tersimpan."


class InvitationRemove(InvitationMixin, QuestionView):
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
