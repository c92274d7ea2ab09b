"""Forms of SPJ: documents, photos, and the narrative beside the figures."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from records.editing import EditForm
from records.fields import DayField, SeenField
from records.files import FileForm, PhotosField, ReselectFilesMixin
from trainings.forms.plain import Plain
from trainings.models import Narrative, SpjItem, TrainingFile
from trainings.services.spj import add_photos, check_letter, lock_for_documents

# Lists of people: their number of names is compared with the number present.
OF_PEOPLE = [
    SpjItem.Document.ATTENDANCE,
    SpjItem.Document.CERTIFICATES,
    SpjItem.Document.TRANSPORT,
    SpjItem.Document.HONORARIUM,
    SpjItem.Document.MATERIALS,
]


def not_ahead(on):
    """The date, which must not be in the future. Raises ValidationError for one that is."""
    if on and on > localdate():
        raise ValidationError("Tanggal ini masih di depan. Periksa tanggalnya.")
    return on


DATED_WITH_NUMBER = "Wajib bila nomornya diisi."


def check_letter_fields(form: forms.BaseForm) -> None:
    """Adds the errors of number and date to a form that has both, unless the date cannot be read."""
    if "dated_on" in form.errors:
        return
    try:
        check_letter(form.cleaned_data.get("number", ""), form.cleaned_data.get("dated_on"))
    except ValidationError as error:
        form.add_error(None, error)


class SpjItemForm(FileForm):
    """Form of number and date from the buku agenda, and the signed or issued document."""

    fixed = ("training", "document")
    field_order = [
        "training",
        "document",
        "number",
        "dated_on",
        "people",
        "upload",
        "upload_remove",
        "not_needed",
        "note",
    ]

    class Meta:
        model = SpjItem
        fields = ["training", "document", "number", "dated_on", "people", "not_needed", "note"]
        localized_fields = ["people"]
        help_texts = {
            "people": "Banyaknya nama pada dokumen yang ditandatangani; dibandingkan dengan kehadiran.",
            "dated_on": DATED_WITH_NUMBER,
            "not_needed": "Dokumen ini tidak dihitung dalam kelengkapan. Tulis sebabnya di keterangan.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = "Dokumen yang ditandatangani atau diterbitkan"

    def fields_for_people(self):
        if self.instance.document not in OF_PEOPLE:
            del self.fields["people"]

    def clean(self):
        data = super().clean()
        check_letter_fields(self)
        kept = self.before is not None and not data.get("upload_remove")
        if data.get("not_needed") and (kept or data.get("upload")):
            self.add_error(
                "not_needed",
                "Dokumen yang sudah diunggah tidak dapat ditandai tidak diperlukan. Hapus berkasnya dahulu.",
            )
        return data

    def save_by(self, user):
        lock_for_documents(self.instance.training)
        return super().save_by(user)


class PhotosForm(ReselectFilesMixin, Plain):
    """Form of several photos with the same caption; each can be changed afterwards."""

    uploads = ("photos",)

    photos = PhotosField(keeps=PhotosField.DAY, label="Foto")
    caption = SeenField(label="Keterangan", max_length=200, required=False, help_text="Misalnya Pembukaan oleh camat.")
    taken_on = DayField(label="Tanggal", required=False, help_text="Untuk foto yang kameranya tidak mencatat tanggal.")
    place = SeenField(label="Tempat", max_length=120, required=False)

    def __init__(self, *args, training, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training

    def clean_taken_on(self):
        return not_ahead(self.cleaned_data["taken_on"])

    def save_by(self, user):
        data = self.cleaned_data
        return add_photos(
            self.training,
            data["photos"],
            caption=" ".join(data["caption"].split()),
            place=" ".join(data["place"].split()),
            taken_on=data["taken_on"],
            by=user,
        )


class PhotoForm(EditForm):
    class Meta:
        model = TrainingFile
        fields = ["caption", "taken_on", "place"]

    def clean_taken_on(self):
        return not_ahead(self.cleaned_data["taken_on"])

    def save_by(self, user):
        lock_for_documents(self.instance.training)
        return super().save_by(user)


USED_IN = {
    "chair": "Untuk notulen.",
    "note_taker": "Untuk notulen; namanya tercetak sebagai penanda tangan.",
    "discussion": "Untuk notulen dan laporan. Satu pokok per baris; baris kosong memisahkan paragraf.",
    "decisions": "Untuk notulen, berita acara dan laporan. Satu kesepakatan per baris.",
    "background": "Untuk nota dinas dan laporan, Bab I.",
    "purpose": "Untuk nota dinas dan laporan, Bab I.",
    "obstacles": "Untuk laporan, Bab IV.",
    "recommendations": "Untuk laporan, Bab IV. Satu rekomendasi per baris.",
    "bring": "Untuk undangan, misalnya SK KPSPAMS dan buku kas. Satu per baris.",
    "copies_to": "Untuk undangan dan nota dinas.",
}
LONG = {"discussion": 12, "decisions": 6, "background": 6, "purpose": 6, "obstacles": 5, "recommendations": 5}


class NarrativeForm(EditForm):
    """Form of the narrative. Help texts name the documents that print it; empty fields print dots or nothing."""

    fixed = ("training",)

    class Meta:
        model = Narrative
        fields = ["training", *USED_IN]
        help_texts = USED_IN
        widgets = {name: forms.Textarea({"rows": rows}) for name, rows in LONG.items()} | {
            name: forms.Textarea({"rows": 3}) for name in ("bring", "copies_to")
        }

    def save_by(self, user):
        lock_for_documents(self.instance.training)
        return super().save_by(user)
