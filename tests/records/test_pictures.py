"""Memory and shapes of uploaded images: what may be decoded is known before it is."""

import io
import subprocess
import sys
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from records import pictures
from records.pictures import redrawn_jpeg, redrawn_png

WIDE = "terlalu luas"
UNREADABLE = "bukan gambar PNG, JPEG, atau WEBP yang dapat dibaca"


def upload(image, kind="PNG", **options):
    written = io.BytesIO()
    image.save(written, kind, **options)
    return SimpleUploadedFile("gambar", written.getvalue())


def drawn(content):
    with Image.open(io.BytesIO(content.read())) as image:
        image.load()
        return image


def cut(file, share=0.5):
    content = file.read()
    return SimpleUploadedFile("gambar", content[: int(len(content) * share)])


@pytest.mark.parametrize(
    ("mode", "size", "kind", "options"),
    [
        ("RGBA", (530, 500), "PNG", {}),
        ("RGB", (530, 500), "PNG", {}),
        ("L", (1100, 1000), "PNG", {}),
        ("RGB", (400, 400), "WEBP", {"quality": 1}),
        ("RGB", (500, 400), "JPEG", {"progressive": True, "subsampling": 0}),
    ],
)
def test_what_takes_too_much_memory_is_refused_before_it_is_decoded(mode, size, kind, options, monkeypatch):
    file = upload(Image.new(mode, size), kind, **options)
    monkeypatch.setattr(pictures, "MAX_DECODED", 2**20)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("decoded"))
    with pytest.raises(ValidationError, match=WIDE):
        redrawn_jpeg(file, max_side=1600)


@pytest.mark.parametrize(
    ("mode", "size", "kind", "options", "result"),
    [
        ("RGB", (30000, 100), "PNG", {}, (1600, 6)),
        ("RGB", (100, 30000), "JPEG", {}, (6, 1600)),
        ("P", (2500, 2000), "PNG", {}, (1600, 1280)),
        ("LA", (2500, 2000), "PNG", {}, (1600, 1280)),
        ("1", (3400, 3400), "PNG", {}, (1600, 1600)),
        ("RGB", (2000, 1500), "WEBP", {"quality": 1}, (1600, 1200)),
        ("RGB", (3300, 3300), "JPEG", {}, (1600, 1600)),
        ("CMYK", (2500, 2000), "JPEG", {}, (1600, 1280)),
        ("RGB", (2000, 1500), "JPEG", {"progressive": True}, (1600, 1200)),
        ("RGB", (1, 1), "PNG", {}, (1, 1)),
        ("RGB", (1601, 1), "PNG", {}, (1600, 1)),
    ],
)
def test_shapes_and_modes_are_shrunk(mode, size, kind, options, result):
    found = drawn(redrawn_jpeg(upload(Image.new(mode, size), kind, **options), max_side=1600)[0])
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", result)


def test_strips_meet_without_a_seam():
    """A gradient of grey stays one: each row is darker than or equal to the previous one."""
    slope = Image.linear_gradient("L").resize((1000, 4500)).convert("RGB")
    found = drawn(redrawn_png(upload(slope), max_side=1000))
    column = [found.getpixel((100, row))[0] for row in range(found.height)]
    assert column == sorted(column)
    assert (found.size, column[0] < 3, column[-1] > 252) == ((222, 1000), True, True)


def test_sixteen_bits_of_grey_stay_grey():
    grey = Image.new("I;16", (2000, 2000), 128 * 256)
    assert drawn(redrawn_jpeg(upload(grey), max_side=100)[0]).getpixel((50, 50)) == (128, 128, 128)


def test_transparency_survives_the_shrinking_as_png_and_is_white_as_jpeg():
    half = Image.new("RGBA", (1000, 1000), (0, 0, 0, 0))
    half.paste((255, 0, 0, 255), (0, 0, 500, 1000))
    png, jpeg = drawn(redrawn_png(upload(half), max_side=400)), drawn(redrawn_jpeg(upload(half), max_side=400)[0])
    assert (png.getpixel((10, 10)), png.getpixel((390, 10))[3]) == ((255, 0, 0, 255), 0)
    assert jpeg.getpixel((390, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_was_held_sideways_stands_upright(kind):
    image = Image.new("RGB", (400, 200), "white")
    image.paste((0, 0, 0), (0, 0, 100, 200))
    exif = image.getexif()
    exif[pictures.EXIF_ORIENTATION] = 6
    found = drawn(redrawn_jpeg(upload(image, kind, exif=exif), max_side=200)[0])
    assert found.size == (100, 200)
    assert max(found.getpixel((50, 10))) < 20
    assert min(found.getpixel((50, 190))) > 235


def test_of_a_moving_picture_the_first_one_is_kept():
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    for kind in ("WEBP", "PNG"):
        file = upload(frames[0], kind, save_all=True, append_images=frames[1:])
        red, _, blue = drawn(redrawn_jpeg(file, max_side=300)[0]).getpixel((9, 9))
        assert (red > 200, blue < 60) == (True, True)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_cut_picture_is_refused_whatever_the_renderer_allows(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    noise = Image.effect_noise((600, 600), 90).convert("RGB")
    with pytest.raises(ValidationError, match=UNREADABLE):
        redrawn_jpeg(cut(upload(noise, kind)), max_side=200)


def test_a_png_with_a_damaged_middle_is_refused():
    content = bytearray(upload(Image.effect_noise((600, 600), 90)).read())
    content[len(content) // 2 : len(content) // 2 + 40] = b"\0" * 40
    with pytest.raises(ValidationError, match=UNREADABLE):
        redrawn_jpeg(SimpleUploadedFile("gambar", bytes(content)), max_side=200)


def test_a_photo_of_a_newer_telephone_is_named():
    with pytest.raises(ValidationError, match=r"Foto HEIC dari iPhone .* Ubah ke JPEG"):
        redrawn_jpeg(SimpleUploadedFile("lambang.png", b"\0\0\0\x18ftypheix\0\0\0\0"), max_side=200)


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "BMP"])
def test_other_kinds_are_refused_whatever_their_name(kind):
    with pytest.raises(ValidationError, match=UNREADABLE):
        redrawn_jpeg(upload(Image.new("RGB", (9, 9)), kind), max_side=200)


def test_a_header_that_promises_a_gigapixel_is_refused():
    content = bytearray(upload(Image.new("L", (9, 9))).read())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    with pytest.raises(ValidationError, match=WIDE):
        redrawn_jpeg(SimpleUploadedFile("gambar", bytes(content)), max_side=200)


def test_who_waits_too_long_for_others_reads_a_sentence(monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0)
    file, answers = upload(Image.new("RGB", (9, 9))), []

    def other():
        try:
            redrawn_jpeg(file, max_side=9)
        except ValidationError as error:
            answers.append(error.messages)

    with pictures._one_at_a_time:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert answers == [[pictures.BUSY]]
    assert redrawn_jpeg(file, max_side=9)


MEMORY = """
import io, resource, sys
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.exceptions import ValidationError
from records.pictures import redrawn_jpeg
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    redrawn_jpeg(SimpleUploadedFile("x", content), max_side=1600)
except ValidationError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(("mode", "side", "most"), [("RGBA", 7070, 60), ("RGBA", 3000, 110)])
def test_a_picture_takes_bounded_memory_of_its_process(mode, side, most, tmp_path):
    """Upper limits in megabytes; the first took 652 before."""
    path = tmp_path / "gambar.png"
    Image.new(mode, (side, side), (10, 20, 30, 200)).save(path)
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 < most
