"""Form to upload several scans at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from records.files import HELP, MultipleFilesInput, UploadField
from reports.services.scans.reading import MAX_PAGES

MAX_FILES = 10


class ScansField(UploadField):
    """Several PDFs or images; the clean value is a list of Judged."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", MultipleFilesInput({"accept": "application/pdf,image/*"}))
        kwargs.setdefault("help_text", f"Paling banyak {MAX_FILES} berkas dan {MAX_PAGES} halaman sekaligus. {HELP}")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MAX_FILES:
            raise ValidationError(f"Paling banyak {MAX_FILES} berkas sekaligus; Anda memilih {len(uploads)}.")
        if not uploads:
            super().clean(None, initial)
        judged, errors = [], []
        for upload in uploads:
            try:
                judged.append(super().clean(upload, initial))
            except ValidationError as error:
                errors += [f"{upload.name}: {sentence}" for sentence in error.messages]
        if errors:
            raise ValidationError(errors)
        return judged


class ScansForm(forms.Form):
    scans = ScansField(label="Pindaian")
