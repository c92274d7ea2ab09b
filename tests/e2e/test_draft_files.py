"""Photos are stored beside their draft, restored with it, and deleted when the server names its key."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.drafts import CHOSEN, KEPT, QUESTION, choose, notice, press, with_photos, write
from tests.script_site import SAVED

pytestmark = pytest.mark.browser


def rows(page):
    """The stored files of all users: (user, size)."""
    return page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("isian", 1).onsuccess = (event) => {
            const store = event.target.result.transaction("berkas").objectStore("berkas");
            store.getAll().onsuccess = (found) => done(found.target.result.map((row) => [row.user, row.file.size]));
          };
        })"""
    )


def restore(site):
    page = site.open()
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    expect(notice(page, "dipulihkan")).to_be_visible()
    return page


def test_photos_come_back_with_the_words_and_go_when_they_are_saved(site):
    page = site.open(body=with_photos())
    write(page)
    choose(page)
    before = page.evaluate(CHOSEN)
    site.open()
    expect(notice(page, QUESTION)).to_contain_text("Dengan 2 foto.")
    restore(site)
    assert page.evaluate(CHOSEN) == before
    press(page)
    page.wait_for_url("**/selesai/")
    assert site.posts[0]["photos"] == [tuple(file) for file in before]
    page.wait_for_function("() => drafts.ready")
    assert (site.drafts(), rows(page)) == ([], [])


def test_photos_alone_are_a_draft(site):
    page = site.open(body=with_photos())
    choose(page, 1)
    restore(site)
    assert len(page.evaluate(CHOSEN)) == 1


def test_a_refused_form_gets_its_photos_back_by_itself(site):
    site.saves = False
    page = site.open(body=with_photos())
    choose(page)
    site.pages["/selesai/"] = '<div class="error-summary"></div>' + with_photos()
    press(page)
    page.wait_for_url("**/selesai/")
    expect(notice(page, "2 foto dipasang lagi dari HP ini.")).to_be_visible()
    assert len(page.evaluate(CHOSEN)) == 2
    site.saves, site.pages["/selesai/"] = True, SAVED
    press(page)
    expect(notice(page, "Desa tersimpan")).to_be_visible()
    assert site.posts[0]["photos"] == site.posts[1]["photos"]


def test_an_expired_form_that_carries_its_words_hidden_gets_its_photos_and_keeps_its_words(site):
    site.saves = False
    page = site.open(body=with_photos())
    write(page)
    choose(page)
    (key,) = page.evaluate("() => draftStore.own().map(({ draft }) => draft.key)")
    site.pages["/selesai/"] = f"""<div class="error-page"></div>
      <form method="post" action="/selesai/" enctype="multipart/form-data">
      <input type="hidden" name="name" value="Contoh Baru"><input type="hidden" name="draft_key" value="{key}">
      <input type="file" name="photos" multiple><button>Kirim lagi</button></form>"""
    press(page)
    page.wait_for_url("**/selesai/")
    expect(notice(page, "2 foto dipasang lagi")).to_be_visible()
    site.answers = False
    page.get_by_role("button", name="Kirim lagi").click()
    page.wait_for_url("chrome-error://**", wait_until="commit")
    first, second = site.posts
    assert (second["draft_key"], second["photos"]) == ([key], first["photos"])
    restore(site)
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    assert len(page.evaluate(CHOSEN)) == 2


def test_photos_chosen_after_sending_are_a_new_content(site):
    site.saves, site.answers = False, False
    page = site.open(body=with_photos())
    write(page)
    press(page)
    page.wait_for_url("chrome-error://**", wait_until="commit")
    site.saves, site.answers = True, True
    restore(site)
    choose(page, 1)
    site.named = site.posts[0]["draft_key"]
    restore(site)
    assert len(page.evaluate(CHOSEN)) == 1


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 1), ("MAX_BYTES", 1_000)])
def test_above_the_limits_the_words_are_kept_and_the_missing_photos_named(site, limit, value):
    page = site.open(body=with_photos())
    source = page.evaluate("async () => (await fetch('/pamsimas/draft_files.js')).text()")
    start = source.index(f"const {limit} = ")
    small = source[:start] + f"const {limit} = {value};" + source[source.index("\n", start) :]
    page.route("**/draft_files.js", lambda route: route.fulfill(body=small, content_type="text/javascript"))
    site.open()
    write(page)
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(n)} for n in (1, 2)]
    page.get_by_label("Foto").set_input_files(files)
    expect(notice(page, "tidak ikut disimpan di HP ini")).to_contain_text("Isian Anda tetap disimpan")
    restore(site)
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    expect(notice(page, "Pilih lagi")).to_contain_text("2.jpg: tidak ada di HP ini.")


def jpeg(shade: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 400), (shade * 40, 90, 120)).save(written, "JPEG")
    return written.getvalue()


def test_without_a_store_for_files_the_words_are_kept_and_the_photos_sent(site):
    site.page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }")
    page = site.open(body=with_photos())
    write(page)
    page.get_by_label("Foto").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1)})
    expect(notice(page, "1 foto tidak ikut disimpan di HP ini")).to_be_visible()
    press(page)
    page.wait_for_url("**/selesai/")
    assert [name for name, size in site.posts[0]["photos"] if size] == ["a.jpg"]


def test_photos_of_a_draft_thrown_away_come_back_with_it_until_the_page_is_left(site):
    page = site.open(body=with_photos())
    choose(page)
    site.open()
    page.get_by_role("button", name="Buang", exact=True).click()
    page.get_by_role("button", name="Batal buang").click()
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    expect(notice(page, "dipulihkan")).to_be_visible()
    assert len(page.evaluate(CHOSEN)) == 2
    site.open()
    page.get_by_role("button", name="Buang", exact=True).click()
    site.open()
    page.wait_for_function("async () => { await drafts.ready; await draftFiles.sweep(); return true; }")
    assert rows(page) == []


def test_photos_of_another_user_are_neither_shown_nor_deleted(site):
    page = site.open(body=with_photos())
    choose(page)
    site.user = "777"
    site.open()
    page.wait_for_function("async () => { await drafts.ready; await draftFiles.sweep(); return true; }")
    expect(notice(page, QUESTION)).to_have_count(0)
    assert [user for user, _ in rows(page)] == ["12345", "12345"]
    site.user = "12345"
    restore(site)
    assert page.evaluate(KEPT, 2)
