"""Form of the signed copy of a document."""

from records.file_forms import NewFileForm
from records.models import StoredFile
from reports.models import SignedCopy


class SignedCopyForm(NewFileForm):
    """The uploaded signed file."""

    fixed = ("report",)

    class Meta:
        model = SignedCopy
        fields = ["report", "kind", "signed_on", "note"]

    def clean(self):
        data = super().clean() or self.cleaned_data
        upload = data.get("upload")
        if data.get("kind") == SignedCopy.Kind.BSRE and upload and upload.type != StoredFile.Type.PDF:
            self.add_error("upload", "Salinan bertanda tangan elektronik adalah PDF dari BSrE, bukan foto.")
        return data

    def save_by(self, user):
        self.instance.recorded_by = user
        return super().save_by(user)
