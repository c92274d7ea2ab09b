"""Form of the letter about one narasumber of another office: its number and date, and the surat tugas."""

from records.files import FileForm
from trainings.forms.spj import DATED_WITH_NUMBER, check_letter_fields
from trainings.models import SpeakerLetter
from trainings.services.spj import lock_for_documents


class SpeakerLetterForm(FileForm):
    fixed = ("training", "resource_person")
    field_order = ["training", "resource_person", "addressee", "number", "dated_on", "upload", "upload_remove"]

    class Meta:
        model = SpeakerLetter
        fields = ["training", "resource_person", "addressee", "number", "dated_on"]
        help_texts = {"dated_on": DATED_WITH_NUMBER}

    def __init__(self, *args, suggested: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["addressee"].help_text = f"Kosongkan untuk mencetak “{suggested}”." if suggested else ""

    def clean(self):
        data = super().clean()
        check_letter_fields(self)
        return data

    def save_by(self, user):
        lock_for_documents(self.instance.training)
        return super().save_by(user)
