"""static/pamsimas/photos.js in a real browser: photos travel small, everything else as it is."""

import io
import random
from datetime import time
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from records.files import judge

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static/pamsimas/photos.js").read_text()
PAGE = '<!doctype html><input type="file" accept="application/pdf,image/*" multiple>'
CHOSEN = "() => [...document.querySelector('input').files].map((file) => [file.name, file.type, file.size])"
SIZE = """async () => {
  const picture = await createImageBitmap(document.querySelector('input').files[0]);
  return [picture.width, picture.height];
}"""


def noise(side=2000) -> bytes:
    """A photo that does not compress, as large as those of a phone."""
    image = Image.frombytes("RGB", (side, side // 2), random.Random(1).randbytes(side * side // 2 * 3))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95)
    return written.getvalue()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.set_content(PAGE)
    page.evaluate(SCRIPT)
    yield page
    context.close()


def choose(page, *files):
    names = ("name", "mimeType", "buffer")
    page.set_input_files("input", [dict(zip(names, file, strict=True)) for file in files])
    return page


def test_a_large_photo_is_made_small_and_the_rest_stays(page):
    photo, paper = noise(), b"%PDF-1.4" + b"0" * 500_000
    choose(page, ("menara.jpeg", "image/jpeg", photo), ("SK.pdf", "application/pdf", paper))
    page.wait_for_function(f"() => document.querySelector('input').files[0].size < {len(photo)}")
    (name, kind, size), other = page.evaluate(CHOSEN)
    assert (name, kind, size < len(photo)) == ("menara.jpg", "image/jpeg", True)
    assert page.evaluate(SIZE) == [1600, 800]
    assert other == ["SK.pdf", "application/pdf", len(paper)]


def test_what_cannot_be_read_travels_as_it_is(page):
    choose(page, ("rusak.jpg", "image/jpeg", b"\xff\xd8\xff" + b"0" * 500_000))
    page.wait_for_timeout(300)
    assert page.evaluate(CHOSEN) == [["rusak.jpg", "image/jpeg", 500_003]]


def test_time_and_place_travel_along_and_the_picture_stands_upright(page):
    image = Image.open(io.BytesIO(noise()))
    exif = image.getexif()
    exif[0x0112] = 6  # the camera was held upright: to be turned by a quarter
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:05:30"
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 58.0, 12.0), 3: "E", 4: (105.0, 24.0, 36.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95, exif=exif)
    choose(page, ("menara.jpg", "image/jpeg", written.getvalue()))
    page.wait_for_function(f"() => document.querySelector('input').files[0].size < {len(written.getvalue())}")
    assert page.evaluate(SIZE) == [800, 1600]
    sent = page.evaluate(
        "async () => [...new Uint8Array(await document.querySelector('input').files[0].arrayBuffer())]"
    )
    judged = judge(SimpleUploadedFile("menara.jpg", bytes(sent)))
    assert (judged.shot.time, judged.shot.lat, judged.shot.lng) == (
        time(10, 5, 30),
        Decimal("-3.97000"),
        Decimal("105.41000"),
    )
    with Image.open(io.BytesIO(judged.content)) as kept:
        assert kept.size == (800, 1600)
