"""Form of the letter about one narasumber of another office: its number and date, and the surat tugas."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from records.files import FileForm
from trainings.models import SpeakerLetter
from trainings.services.spj import lock_for_documents


class SpeakerLetterForm(FileForm):
    fixed = ("training", "resource_person")
    field_order = ["training", "resource_person", "addressee", "number", "dated_on", "upload", "upload_remove"]

    class Meta:
        model = SpeakerLetter
        fields = ["training", "resource_person", "addressee", "number", "dated_on"]

    def __init__(self, *args, suggested: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["addressee"].help_text = f"Kosongkan untuk mencetak “{suggested}”." if suggested else ""

    def clean_dated_on(self):
        on = self.cleaned_data["dated_on"]
        if on and on.year > localdate().year + 1:
            raise ValidationError("Periksa tahunnya: tanggal ini masih jauh di depan.")
        return on

    def save_by(self, user):
        lock_for_documents(self.instance.training)
        return super().save_by(user)
