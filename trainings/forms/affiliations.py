"""One unsur for several participants."""

from accounts.models import User
from records.fields import SeenField
from trainings.forms.participants import UNSUR
from trainings.forms.plain import Plain
from trainings.forms.several import SeveralForm, without_name
from trainings.models import Participant, Training
from trainings.services.affiliations import affiliation_refusal, change_affiliation


class AffiliationForm(SeveralForm, Plain):
    """The chosen people with their unsur of today, ticked where it can be changed; the others say why not."""

    affiliation = SeenField(
        label="Unsur baru",
        max_length=120,
        help_text=f"Misalnya {', '.join(UNSUR[:4])}. Tercetak pada daftar hadir.",
    )

    def __init__(self, *args, training: Training, rows: list[Participant], **kwargs):
        kwargs["initial"] = {"participants": [row.pk for row in rows if not affiliation_refusal(row)]}
        super().__init__(*args, **kwargs)
        self.training = training
        shown = Participant.objects.filter(pk__in=[row.pk for row in rows])
        self.offer(shown, "Peserta yang diubah unsurnya", describe)

    def save_by(self, user: User) -> list[Participant]:
        data = self.cleaned_data
        return change_affiliation(self.training, data["participants"], " ".join(data["affiliation"].split()), by=user)


def describe(row: Participant) -> str:
    """Name, village, and the unsur of today or what stands in the way."""
    place = f", Desa {row.village.name}" if row.village else ""
    if reason := affiliation_refusal(row):
        return f"{row.person.name}{place} – tidak dapat diubah: {without_name(row, reason)}"
    return f"{row.person.name}{place} – sekarang {row.affiliation or 'tanpa unsur'}"
