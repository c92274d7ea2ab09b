"""Forms of new rows that are one file each: scans, signed documents."""

from django import forms
from django.db import transaction
from django.utils.timezone import localdate

from records.editing import OnceForm
from records.files import ReselectFilesMixin, UploadField, drop_unused


class NewFileForm(ReselectFilesMixin, OnceForm):
    """A create form of a row with a `file`, which `upload` brings; leave the column out of Meta.fields.

    A field `signed_on` must lie in the past.
    """

    upload = UploadField(label="Berkas", error_messages={"required": "Pilih berkas pindaian atau foto."})

    field_order = ["upload"]

    def fields_for_people(self):
        if "signed_on" in self.fields:
            self.fields["signed_on"].widget.attrs["max"] = localdate().isoformat()

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and day > localdate():
            raise forms.ValidationError("Tanggal tanda tangan tidak boleh sesudah hari ini.")
        return day

    def save_by(self, user):
        """Saves row and file together; the second file of a resent form is deleted."""
        kept = None
        try:
            with transaction.atomic():
                kept = self.instance.file = self.cleaned_data["upload"].keep()
                row = super().save_by(user)
                if row.file_id != kept.pk:
                    drop_unused(kept)
        except BaseException:
            if kept:
                kept.erase()
            raise
        return row
