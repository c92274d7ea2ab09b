"""Forms of Titip entri: photos of a filled form for the office, and the answer of the office."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from fieldwork.models import EntryRequest
from kpspams.models import KpspamsGroup
from records.editing import ConfirmDuplicateMixin, EditForm, OnceForm
from records.fields import label_rows, row_field
from records.files import PhotosField, ReselectFilesMixin, keep_photos
from villages.forms.places import PlaceFilter
from villages.models import Village


class EntryFilter(PlaceFilter):
    village = "village"

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("terbuka", "Belum selesai"),
            ("kirim-ulang", "Ditolak, menunggu saya"),
            *EntryRequest.State.choices,
        ],
    )
    milik = forms.ChoiceField(
        label="Dititipkan oleh", required=False, choices=[("", "Siapa saja"), ("saya", "Saya sendiri")]
    )

    def narrow_keadaan(self, rows, value):
        if value == "kirim-ulang":
            return rows.refused_to(self.user)
        return rows.open() if value == "terbuka" else rows.filter(state=value)

    def narrow_milik(self, rows, value):
        return rows.filter(by=self.user)


class EntryRequestForm(ReselectFilesMixin, ConfirmDuplicateMixin, OnceForm):
    """Form with photos of one filled form. The same form sent twice stores them once."""

    uploads = ("photos",)
    same_text = ("form", "note")

    photos = PhotosField(label="Foto formulir")

    class Meta:
        model = EntryRequest
        fields = ["village", "group", "form", "note"]
        help_texts = {
            "group": "Isi bila formulirnya tentang satu kelompok.",
            "note": "Misalnya halaman yang menyusul, atau tulisan yang sulit dibaca.",
        }

    def fields_for_people(self):
        villages = Village.objects.visible_to(self.user).select_related("subdistrict").order_by("name")
        row_field(self, "village").queryset = villages
        row_field(self, "village").empty_label = "Pilih desa"
        label_rows(row_field(self, "village"), lambda row: f"{row.name} ({row.subdistrict})")
        groups = KpspamsGroup.objects.visible_to(self.user).current().select_related("village")
        row_field(self, "group").queryset = groups.order_by("village__name", "name")
        row_field(self, "group").empty_label = "Tidak tentang satu kelompok"
        label_rows(row_field(self, "group"), lambda row: f"{row.name} ({row.village})")
        self.order_fields(["village", "group", "form", "photos", "note"])

    def own_rows(self):
        data, day = self.cleaned_data, localdate()
        rows = EntryRequest.objects.filter(
            village=data["village"], group=data.get("group"), by=self.user, requested_at__date=day
        )
        return rows.exclude(state__in=[EntryRequest.State.REFUSED, EntryRequest.State.DISMISSED])

    def clean(self):
        data = super().clean()
        village, group = data.get("village"), data.get("group")
        if village and group and group.village_id != village.pk:
            self.add_error("group", f"{group} berada di {group.village}. Pilih kelompok di {village}, atau kosongkan.")
        return data

    def save_by(self, user):
        self.instance.by = user
        try:
            with transaction.atomic():
                entry = super().save_by(user)
                keep_photos(entry, self.cleaned_data["photos"])
        except ValidationError:
            self.request_files_again()
            raise
        return entry


class SendAgainForm(ReselectFilesMixin, EditForm):
    """Form of a refused request that its sender corrects. Earlier photos stay; others may be added."""

    uploads = ("photos",)

    photos = PhotosField(label="Foto pengganti atau tambahan", required=False)

    class Meta:
        model = EntryRequest
        fields = ["group", "form", "note"]

    def fields_for_people(self):
        groups = KpspamsGroup.objects.visible_to(self.user).current().filter(village=self.instance.village_id)
        row_field(self, "group").queryset = groups.order_by("name")
        row_field(self, "group").empty_label = "Tidak tentang satu kelompok"
        self.fields["photos"].help_text = "Foto yang sudah terkirim tetap tersimpan."
        self.fields["note"].help_text = "Tulis apa yang diperbaiki, misalnya: foto halaman 2 diganti."
        self.order_fields(["photos", "note", "form", "group"])

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        try:
            with transaction.atomic():
                self.instance.send_again(by=user)
                keep_photos(self.instance, self.cleaned_data["photos"])
        except ValidationError:
            self.request_files_again()
            raise
        return self.instance


class AnswerForm(EditForm):
    class Meta:
        model = EntryRequest
        fields = ["answer"]


class FinishForm(AnswerForm):
    def fields_for_people(self):
        self.fields["answer"].label = "Catatan untuk pengirim"
        self.fields["answer"].help_text = "Misalnya isian yang tidak terbaca dan dilewati. Boleh kosong."

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        self.instance.finish(by=user, answer=self.cleaned_data["answer"])
        return self.instance


class RefuseForm(AnswerForm):
    def fields_for_people(self):
        self.fields["answer"].label = "Alasan"
        self.fields["answer"].required = True
        self.fields["answer"].help_text = "Pengirim membacanya, misalnya: foto halaman 2 buram, kirim ulang."

    def save_by(self, user):
        self.instance.version = self.cleaned_data.get("version") or 0
        self.instance.refuse(by=user, answer=self.cleaned_data["answer"])
        return self.instance
