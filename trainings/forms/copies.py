"""Form of Salin pelatihan: title, wave and first day of the new training, and the parts to copy."""

from django import forms

from records.editing import OnceForm
from records.fields import DayField, choice_field
from trainings.forms.dates import check_year
from trainings.models import Training
from trainings.services.copies import Copied, copy_training, parts_of


class CopyForm(OnceForm):
    first = DayField(label="Tanggal hari pertama")
    parts = forms.MultipleChoiceField(
        label="Yang ikut disalin",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Peserta, kehadiran, nilai, nomor surat, dan berkas SPJ tidak ikut.",
    )

    field_order = ["title", "wave", "first", "parts"]

    class Meta:
        model = Training
        fields = ["title", "wave"]

    def __init__(self, *args, source: Training, **kwargs):
        self.source = source
        self.left_out: list[str] = []
        super().__init__(*args, **kwargs)

    def fields_for_people(self):
        parts = parts_of(self.source)
        choice_field(self, "parts").choices = list(parts.items())
        self.initial.update(title=self.source.title, parts=list(parts))
        self.fields["title"].help_text = "Seperti tercetak pada daftar hadir. Ganti tahun atau angkatannya bila perlu."
        if not parts:
            del self.fields["parts"]

    def clean_first(self):
        return check_year(self.cleaned_data["first"])

    def save_by(self, user) -> Training:
        data = self.cleaned_data
        new = self.instance
        new.fiscal_year = data["first"].year
        parts = data.get("parts") or []
        copied: Copied = copy_training(self.source, new, data["first"], parts, by=user, key=data.get("request_key"))
        self.left_out = copied.left_out
        return copied.training
