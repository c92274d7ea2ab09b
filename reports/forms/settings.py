"""Forms of the settings of one kind of document: letterhead, signers, code and wording."""

from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from documents import registry, signers
from documents.choices import Letterhead
from documents.models import DocumentSetting, LetterText
from records.editing import EditForm
from records.fields import SeenField

NEVER_CODED = "Jenis ini tidak pernah terbit dari portal, jadi tidak memuat kode verifikasi."
UNKNOWN = {"invalid_choice": "Pilihan ini tidak ada untuk jenis dokumen ini. Pilih dari daftar."}
CODED = "Tercetak hanya pada dokumen yang terbit; membuktikan isi portal, bukan tanda tangan elektronik."
LETTERHEAD_HELP = (
    "Nama dan alamatnya berasal dari profil kantor pada tanggal dokumen. Kop Sekretariat Daerah dan Bupati memakai "
    "alamat yang diisi di sana."
)


class DocumentSettingForm(EditForm):
    """The rows of signers are not in the layout: `signer_rows` gives the signer and label fields of each."""

    fixed = ("district", "kind")

    class Meta:
        model = DocumentSetting
        fields = ["district", "kind", "letterhead", "coded"]

    def fields_for_people(self):
        self.document = registry.document(self.instance.kind)
        self.own = self.document.default_signers(self.instance.district)
        self._letterhead()
        self._code()
        if self.document.is_signed:
            self._signers()
        self.helper.layout = Layout(Fieldset("Kop dan kode", Field("letterhead"), Field("coded")), "district", "kind")
        self.helper.layout.append("version" if self.instance.pk else "request_key")

    def _letterhead(self):
        labels = {"": "Tanpa kop"} | dict(Letterhead.choices)
        choices = [(value, labels[value]) for value in self.document.letterheads]
        self.fields["letterhead"] = forms.ChoiceField(
            label="Kop", required=False, choices=choices, help_text=LETTERHEAD_HELP, error_messages=UNKNOWN
        )
        if not self.instance.pk:
            self.initial["letterhead"] = self.document.letterhead or ""

    def _code(self):
        coded = self.fields["coded"]
        coded.disabled = not self.document.is_issued()
        if coded.disabled:
            self.initial["coded"] = False
        coded.help_text = NEVER_CODED if coded.disabled else CODED

    def _signers(self):
        chosen = [signers.Signer(**row) for row in self.instance.signers] or list(self.own)
        places = [("", "Tidak ada"), *self.document.places.items()]
        for number in range(1, signers.MAX_SIGNERS + 1):
            row = chosen[number - 1] if number <= len(chosen) else signers.Signer("")
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=f"Penanda tangan {number}",
                required=False,
                choices=places,
                initial=row.place,
                error_messages=UNKNOWN,
                widget=forms.Select({"class": "form-select"}),
            )
            self.fields[f"above_{number}"] = SeenField(
                label=f"Kata di atas penanda tangan {number}",
                required=False,
                max_length=40,
                initial=row.above,
                widget=forms.TextInput({"class": "form-control", "placeholder": "misalnya Mengetahui"}),
            )

    def signer_rows(self):
        if not self.document.is_signed:
            return []
        return [(self[f"place_{number}"], self[f"above_{number}"]) for number in range(1, signers.MAX_SIGNERS + 1)]

    def clean(self):
        data = super().clean()
        rows: list[dict[str, str]] = []
        for number in range(1, signers.MAX_SIGNERS + 1 if self.document.is_signed else 1):
            place = data.get(f"place_{number}") or ""
            if place and place in [row["place"] for row in rows]:
                self.add_error(f"place_{number}", "Tempat tanda tangan ini sudah dipilih di atas. Pilih yang lain.")
            elif place:
                rows.append({"place": place, "above": (data.get(f"above_{number}") or "").rstrip(", ")})
            elif data.get(f"above_{number}"):
                self.add_error(f"place_{number}", "Pilih penanda tangannya, atau kosongkan kata di atasnya.")
        if self.document.signers and not rows and not self.errors:
            self.add_error("place_1", "Pilih sekurang-kurangnya satu penanda tangan.")
        own = [{"place": str(signer.place), "above": signer.above} for signer in self.own]
        # Defaults of the kind are not stored, so that they follow the other settings of the kabupaten.
        self.instance.signers = [] if rows == own else rows
        return data


class LetterTextForm(EditForm):
    fixed = ("district", "kind", "part")

    class Meta:
        model = LetterText
        fields = ["district", "kind", "part", "valid_from", "body"]
        labels = {"body": "Naskah"}
        help_texts = {
            "valid_from": "Surat bertanggal sejak hari ini memakai naskah ini, sampai naskah berikutnya berlaku.",
        }
        widgets = {"body": forms.Textarea({"rows": 8, "spellcheck": "true", "lang": "id"})}

    def fields_for_people(self):
        self.part = registry.document(self.instance.kind).letter_parts[self.instance.part]
        listed = "Setiap baris menjadi satu butir. " if self.part.listed else ""
        example = next(iter(self.part.placeholders))
        self.fields["body"].help_text = (
            f"{listed}Tulis teks biasa. Tanda isian dalam kurung kurawal, misalnya {{{example}}}, diganti isinya saat "
            "surat dibuat."
        )
        if not self.instance.pk:
            self.initial["valid_from"] = localdate()

    def clean_body(self):
        body = self.cleaned_data["body"].replace("\r\n", "\n").strip()
        if complaints := self.part.complaints(body):
            raise ValidationError(complaints)
        return body
