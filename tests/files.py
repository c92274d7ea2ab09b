"""Uploaded files for tests, acceptable and not."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF_BYTES = b"%PDF-1.4\n1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n"
EXIF_PART, EXIF_TAKEN, EXIF_MAKER, EXIF_PLACE = 0x8769, 0x9003, 0x010F, 0x8825


def pdf(name="SK.pdf", content=PDF_BYTES):
    return SimpleUploadedFile(name, content, "application/pdf")


def picture(name="foto.jpg", kind="JPEG", size=(2000, 1000), mode="RGB", taken="", place=None):
    """An image of one colour; `taken` ("2026:03:01 10:00:00") is in its metadata, with a camera maker.

    `place`: GPS metadata, {1: "S", 2: (degrees, minutes, seconds), 3: "E", 4: (...)}.
    """
    image = Image.new(mode, size, "teal" if mode == "RGB" else (0, 0, 0, 0))
    exif = image.getexif()
    if taken:
        exif[EXIF_MAKER] = "Pembuat Rahasia"
        exif.get_ifd(EXIF_PART)[EXIF_TAKEN] = taken
        exif.get_ifd(EXIF_PLACE).update(place or {})
    written = io.BytesIO()
    image.save(written, kind, **({"exif": exif} if taken else {}))
    return SimpleUploadedFile(name, written.getvalue(), "image/whatever")
