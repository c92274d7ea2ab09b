"""Pictures that people upload: read with care and drawn anew, so that neither metadata nor tricks stay in them."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 5 * 2**20
MAX_PIXELS = 50_000_000  # a photo of 50 megapixels; more is a mistake or a bomb


def redrawn_png(upload, *, max_side: int, max_bytes: int = MAX_BYTES) -> ContentFile:
    """The picture as PNG with its transparency, at most `max_side` pixels wide and high.

    Raises ValidationError, in words for people, for too many bytes or pixels and for what is no picture.
    """
    if upload.size > max_bytes:
        raise ValidationError(f"Gambar ini terlalu besar. Pilih berkas paling besar {max_bytes // 2**20} MB.")
    upload.seek(0)
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError("Gambar ini terlalu luas. Kecilkan dahulu, lalu unggah lagi.")
            picture = ImageOps.exif_transpose(image)
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
            picture.thumbnail((max_side, max_side))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(
            "Berkas ini bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca. Pilih berkas lain."
        ) from None
    # Drawn on a fresh canvas: chunks and profiles of the upload are left behind.
    canvas = Image.new(picture.mode, picture.size)
    canvas.paste(picture)
    written = io.BytesIO()
    canvas.save(written, "PNG", optimize=True)
    return ContentFile(written.getvalue())
