"""Several participants who do not take part after all, under one reason."""

from accounts.models import User
from trainings.forms.plain import ReasonForm
from trainings.forms.several import SeveralForm, without_name
from trainings.models import Participant, Training
from trainings.services.participants import withdraw_many, withdrawal_refusal


class WithdrawManyForm(SeveralForm, ReasonForm):
    """The chosen people, ticked where they can be taken off the sheet; the others say why not."""

    field_order = ["participants", "reason"]

    def __init__(self, *args, training: Training, rows: list[Participant], **kwargs):
        kwargs["initial"] = {"participants": [row.pk for row in rows if row.is_current and not refusal(row)]}
        super().__init__(*args, **kwargs)
        self.training = training
        shown = Participant.objects.filter(pk__in=[row.pk for row in rows]).prefetch_related("attendances")
        self.offer(shown.select_related("replaces__person", "replaced_by__person"), "Peserta yang batal ikut", describe)
        self.fields["reason"].help_text = "Dicatat pada riwayat setiap orang, misalnya surat desa yang membatalkan."

    def save_by(self, user: User) -> list[Participant]:
        data = self.cleaned_data
        return withdraw_many(self.training, data["participants"], by=user, reason=" ".join(data["reason"].split()))


def refusal(row: Participant) -> str:
    return withdrawal_refusal(row, is_marked=bool(row.attendances.all()))


def describe(row: Participant) -> str:
    """Name, village, and what stands in the way or follows."""
    place = f", Desa {row.village.name}" if row.village else ""
    if row.state == Participant.State.WITHDRAWN:
        remark = " – sudah batal ikut"
    elif reason := refusal(row):
        remark = f" – tidak dapat dibatalkan: {without_name(row, reason)}"
    elif row.replaces:
        remark = f" – {row.replaces.person.name} kembali menjadi peserta"
    else:
        remark = ""
    return f"{row.person.name}{place}{remark}"
