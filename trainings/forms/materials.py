"""Form of a learning material, and the filters of the list."""

from django import forms
from django.core.validators import URLValidator

from accounts.forms.districts import preset_district
from accounts.lists import FilterForm
from records.constraints import sentence_of
from records.files import FileForm
from trainings.models import LearningMaterial

ONE_OF_BOTH = sentence_of(LearningMaterial, "learning_material_file_or_link")


class MaterialForm(FileForm):
    link = forms.URLField(
        label="Tautan",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"], message="Tulis tautan lengkap, misalnya https://contoh.id/modul.")],
        help_text="Bila bahan ada di situs lain. Isi tautan atau unggah berkas, salah satu saja.",
        error_messages={"invalid": "Tulis tautan lengkap, misalnya https://contoh.id/modul."},
    )
    field_order = ["district", "title", "topic", "code", "summary", "audience", "upload", "upload_remove", "link"]

    class Meta:
        model = LearningMaterial
        fields = ["district", "title", "topic", "code", "summary", "audience", "link", "is_open"]
        help_texts = {
            "topic": "Misalnya Iuran dan pembukuan.",
            "code": "Kode pokok bahasan bila ada, misalnya PB 2.1.",
            "is_open": "Bila dicentang, siapa pun dapat membacanya di halaman Pustaka tanpa masuk. "
            "Pastikan tidak memuat data orang.",
        }
        widgets = {"summary": forms.Textarea({"rows": 3})}

    def fields_for_people(self):
        preset_district(self, self.user)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean(self):
        data = super().clean()
        if "link" in self.errors or "upload" in self.errors:
            return data
        kept = self.before is not None and not data.get("upload_remove")
        has_file = bool(data.get("upload")) or kept
        if has_file and data.get("link"):
            replace = ' Centang "Hapus" pada berkas bila tautan menggantikannya.' if kept else ""
            self.add_error("link", ONE_OF_BOTH + replace)
        elif not has_file and not data.get("link"):
            self.add_error("link", ONE_OF_BOTH)
        return data


class LibraryFilter(FilterForm):
    """Filters for readers."""

    untuk = forms.ChoiceField(
        label="Untuk", required=False, choices=[("", "Semua pembaca"), *LearningMaterial.Audience.choices[1:]]
    )
    bentuk = forms.ChoiceField(
        label="Bentuk", required=False, choices=[("", "Semua"), ("berkas", "Berkas"), ("tautan", "Tautan")]
    )

    def narrow_untuk(self, rows, value):
        """Material for everybody is for these readers too."""
        return rows.filter(audience__in=[value, LearningMaterial.Audience.EVERYBODY])

    def narrow_bentuk(self, rows, value):
        return rows.filter(link="") if value == "berkas" else rows.exclude(link="")


class MaterialFilter(LibraryFilter):
    terbuka = forms.ChoiceField(
        label="Pembaca",
        required=False,
        choices=[("", "Semua"), ("ya", "Terbuka untuk umum"), ("tidak", "Sesudah masuk")],
    )

    def narrow_terbuka(self, rows, value):
        return rows.filter(is_open=value == "ya")
