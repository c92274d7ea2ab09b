"""Uploads of an office's own template for a document: checked before they are stored."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from documents.base import AnyDocument
from documents.choices import OwnTemplate
from documents.layout import word_archive, word_template
from documents.layout.word_template import Found
from documents.word_forms import WordForm
from records.pictures import redrawn_jpeg

PICTURE_SIDE = 1754  # pixels: the long side of A4 at 150 dots an inch
MIN_PICTURE_SIDE = 1000
MAX_SHAPE = 0.12  # how far an image may differ from the proportions of A4; it is stretched to the page
FIELD = (0.1, 0.1, 0.9, 0.9)  # of the page: the area of the text
MIN_LIGHT = 170  # of 255, the average of the darkest tenth of the area: black text stays legible
DARK = 10  # percent


def own_file(document: AnyDocument, upload) -> tuple[ContentFile, Found | None]:
    """The file as it is stored or previewed, and what a Word file names. Raises ValidationError."""
    if document.own_template == OwnTemplate.BACKGROUND:
        return background(upload), None
    assert document.word_form, f"{document.kind} takes no Word file"
    return word_file(document.word_form, upload)


def word_file(form: WordForm, upload) -> tuple[ContentFile, Found]:
    """A Word file unchanged, because it contains only text and known placeholders; and these."""
    if upload.size > word_archive.MAX_BYTES:
        raise ValidationError(
            f"Berkas ini terlalu besar. Pilih berkas paling besar {word_archive.MAX_BYTES // 2**20} MB."
        )
    content = upload.read()
    return ContentFile(content), word_template.check(content, form.fields)


def background(upload) -> ContentFile:
    """An image for the whole page, converted to JPEG.

    Raises ValidationError when text would not be legible on it.
    """
    picture, _ = redrawn_jpeg(upload, max_side=PICTURE_SIDE)
    with Image.open(picture) as image:
        width, height = image.size
        if width < height:
            raise ValidationError("Sertifikat dicetak melintang. Pilih gambar yang lebih lebar daripada tingginya.")
        if width < MIN_PICTURE_SIDE:
            raise ValidationError(
                f"Gambar ini hanya {width} × {height} piksel dan akan tercetak kabur. Pilih gambar dengan lebar paling "
                f"kecil {MIN_PICTURE_SIDE} piksel."
            )
        if abs(width / height - 297 / 210) > MAX_SHAPE:
            raise ValidationError(
                f"Gambar ini berukuran {width} × {height} piksel, tidak sebangun dengan A4 melintang. Potong dahulu "
                "menjadi perbandingan 297 : 210, misalnya 1754 × 1240 piksel."
            )
        if _light(image) < MIN_LIGHT:
            raise ValidationError(
                "Bagian tengah gambar ini terlalu gelap; tulisan hitam di atasnya sukar dibaca. Pakai warna muda, atau "
                "pudarkan gambarnya."
            )
    picture.seek(0)
    return picture


def _light(image: Image.Image) -> int:
    """The brightness in the area of the text below which a tenth of it lies."""
    width, height = image.size
    left, top, right, bottom = FIELD
    field = image.convert("L").crop((int(width * left), int(height * top), int(width * right), int(height * bottom)))
    counts, seen = field.histogram(), 0
    for light, count in enumerate(counts):
        seen += count
        if seen * 100 >= DARK * field.width * field.height:
            return light
    return 255
