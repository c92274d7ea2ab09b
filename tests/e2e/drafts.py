"""Helpers for tests of drafts on the pages of tests.script_site."""

import re

from playwright.sync_api import expect

from tests.e2e.forms import photo
from tests.script_site import form

QUESTION = re.compile("Ada isian yang belum tersimpan dari")


def with_photos(**options):
    """The form of the site, with an input for photos."""
    body = form(**options)
    upload = '<label>Foto <input type="file" name="photos" accept="image/*" multiple></label>'
    return body.replace("<form", '<form enctype="multipart/form-data"').replace("<button", f"{upload}<button")


def write(page, name="Contoh Baru"):
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Nama").blur()


def press(page):
    page.get_by_role("button", name="Simpan desa").click()


def notice(page, text):
    return page.get_by_role("status").filter(has_text=text)


def choose(page, count=2, side=1_400):
    """Chooses photos and waits until they are reduced and stored."""
    files = [{"name": f"foto-{n}.jpg", "mimeType": "image/jpeg", "buffer": photo(n, side)} for n in range(count)]
    page.get_by_label("Foto").set_input_files(files)
    expect(page.locator(".photo-progress")).to_contain_text("siap dikirim")
    page.wait_for_function(KEPT, arg=count)


KEPT = """async (count) => {
  const found = await draftFiles.get(draftStore.own()[0]?.name);
  return [...found.values()].flat().length === count;
}"""
CHOSEN = "() => [...document.querySelector('input[type=file]').files].map((file) => [file.name, file.size])"
