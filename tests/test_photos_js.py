"""static/pamsimas/photos.js in a real browser: photos are reduced before upload, other files are unchanged."""

import io
import random
from datetime import time
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFilter

from records.files import judge

pytestmark = pytest.mark.browser

SCRIPT = (settings.BASE_DIR / "static/pamsimas/photos.js").read_text()
PAGE = """<!doctype html><form method="post">
  <input type="file" accept="application/pdf,image/*" multiple><button>Simpan</button></form>"""
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
    page.evaluate("() => addEventListener('files:chosen', () => { window.photosChosen = true; })")
    yield page
    context.close()


def choose(page, *files):
    names = ("name", "mimeType", "buffer")
    page.set_input_files("input", [dict(zip(names, file, strict=True)) for file in files])
    page.wait_for_function("() => window.photosChosen")
    return page


def test_a_large_photo_is_made_small_and_the_rest_stays(page):
    photo, paper = noise(), b"%PDF-1.4" + b"0" * 500_000
    choose(page, ("menara.jpeg", "image/jpeg", photo), ("SK.pdf", "application/pdf", paper))
    (name, kind, size), other = page.evaluate(CHOSEN)
    assert (name, kind, size <= 300_000) == ("menara.jpg", "image/jpeg", True)
    assert other == ["SK.pdf", "application/pdf", len(paper)]


def test_what_cannot_be_read_travels_as_it_is(page):
    choose(page, ("rusak.jpg", "image/jpeg", b"\xff\xd8\xff" + b"0" * 500_000))
    assert page.evaluate(CHOSEN) == [["rusak.jpg", "image/jpeg", 500_003]]


def test_time_and_place_travel_along_and_the_picture_stands_upright(page):
    image = Image.open(io.BytesIO(noise())).filter(ImageFilter.GaussianBlur(8))
    exif = image.getexif()
    exif[0x0112] = 6  # upright camera: the image has to be rotated by a quarter
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 10:05:30"
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 58.0, 12.0), 3: "E", 4: (105.0, 24.0, 36.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", quality=95, exif=exif)
    choose(page, ("menara.jpg", "image/jpeg", written.getvalue()))
    assert page.evaluate(SIZE) == [640, 1280]
    sent = page.evaluate(
        "async () => [...new Uint8Array(await document.querySelector('input').files[0].arrayBuffer())]"
    )
    judged = judge(SimpleUploadedFile("menara.jpg", bytes(sent)), pictures_only=True)
    assert (judged.shot.time, judged.shot.lat, judged.shot.lng) == (
        time(10, 5, 30),
        Decimal("-3.97000"),
        Decimal("105.41000"),
    )
    with Image.open(io.BytesIO(judged.content)) as kept:
        assert kept.size == (640, 1280)


def test_a_photo_light_and_small_enough_stays_as_it_is(page):
    light = noise(500)
    choose(page, ("menara.jpg", "image/jpeg", light))
    assert page.evaluate(CHOSEN) == [["menara.jpg", "image/jpeg", len(light)]]


def test_a_browser_that_cannot_draw_sends_the_originals(page):
    page.evaluate("() => { window.createImageBitmap = undefined; }")
    photo = noise()
    choose(page, ("menara.jpg", "image/jpeg", photo))
    assert page.evaluate(CHOSEN) == [["menara.jpg", "image/jpeg", len(photo)]]


def test_the_form_waits_until_the_last_photo_is_small_and_is_sent_once(page):
    page.evaluate(
        """() => {
          window.sizes = [];
          window.steps = [];
          document.addEventListener("submit", (event) => {
            event.preventDefault();
            sizes.push([...event.target[0].files].map((file) => file.size));
          });
          new MutationObserver(() => steps.push(document.querySelector(".photo-progress").textContent))
            .observe(document.body, { childList: true, subtree: true, characterData: true });
        }"""
    )
    photo = noise()
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photo} for n in range(3)]
    page.set_input_files("input", files)
    assert page.evaluate("() => document.querySelector('button').click() || sizes") == []
    page.evaluate("() => document.querySelector('button').click()")
    page.wait_for_function("() => sizes.length")
    ((one, two, three),) = page.evaluate("sizes")
    assert max(one, two, three) <= 300_000
    all_, two_thirds = mb(3 * len(photo)), mb(2 * len(photo))
    assert f"Mengecilkan foto 3 dari 3 foto, {two_thirds} dari {all_}" in page.evaluate("steps")
    assert page.locator(".photo-progress").inner_text() == f"3 foto siap dikirim, {mb(one + two + three)} dari {all_}."


def mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")
