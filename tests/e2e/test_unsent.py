"""Unsent drafts of a device: the page Belum terkirim, the bar, the confirmation before Keluar, and work offline."""

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import CHOSEN, QUESTION, choose, notice, press, with_photos, write
from tests.script_site import SAVED, UNSENT_PATH, form

pytestmark = pytest.mark.browser
PAGE = """<h1>Belum terkirim</h1><ul data-unsent-list></ul><p data-unsent-none hidden>Tidak ada isian.</p>
  <p data-unsent-others hidden></p>"""
LOGOUT = '<form method="post" action="/selesai/" data-logout><button type="submit">Keluar</button></form>'


@pytest.fixture
def page(site):
    """A draft with two photos of the visit form of one village, left unsent."""
    title = '<nav class="crumbs"><ol><li>Beranda</li><li>Desa</li><li>Suka Maju</li><li>Kunjungan</li></ol></nav>'
    page = site.open("/desa/", body=f"{title}<h1>Catat kunjungan</h1>{with_photos()}")
    write(page, "Pipa bocor lagi")
    choose(page)
    site.pages |= {UNSENT_PATH: PAGE, "/akun/": LOGOUT}
    return page


def test_the_page_tells_of_each_draft_what_it_is_and_how_to_go_on(site, page):
    site.open(UNSENT_PATH)
    row = page.locator("[data-unsent-list] > li")
    expect(row.get_by_role("heading")).to_have_text("Catat kunjungan")
    for text in ("Desa › Suka Maju", "3 kata, 2 foto", "Belum pernah dikirim.", "Disimpan di HP ini sampai"):
        expect(row).to_contain_text(text)
    row.get_by_text("Lihat isian").click()
    expect(row.locator("dl")).to_contain_text("NamaPipa bocor lagi")
    expect(notice(page, "isian belum terkirim")).to_have_count(0)  # no bar on the page of the list
    row.get_by_role("link", name="Buka").click()
    expect(notice(page, "dipulihkan")).to_be_visible()
    expect(page.get_by_label("Nama")).to_have_value("Pipa bocor lagi")
    assert len(page.evaluate(CHOSEN)) == 2


def test_the_last_attempt_is_told(site, page):
    site.saves = site.answers = False
    press(page)
    page.wait_for_url("chrome-error://**", wait_until="commit")
    site.open(UNSENT_PATH)
    expect(page.locator("[data-unsent-list] > li")).to_contain_text("belum ada jawaban bahwa tersimpan")


def test_throwing_away_asks_first_and_can_be_undone(site, page):
    site.open(UNSENT_PATH)
    page.get_by_role("button", name="Buang", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Isinya 3 kata, 2 foto.")
    page.get_by_role("dialog").get_by_role("button", name="Batal").click()
    assert len(site.drafts()) == 1
    page.get_by_role("button", name="Buang", exact=True).click()
    page.get_by_role("button", name="Buang isian").click()
    expect(page.get_by_text("Tidak ada isian.")).to_be_visible()
    assert site.drafts() == []
    page.get_by_role("button", name="Batal buang").click()
    assert len(site.drafts()) == 1
    expect(page.get_by_text("Tidak ada isian.")).to_be_hidden()


def test_a_draft_whose_form_is_gone_is_kept_and_its_words_can_be_read(site, page):
    site.open(UNSENT_PATH)
    site.pages["/desa/"] = "<h1>Desa</h1>"
    page.get_by_role("link", name="Buka").click()
    expect(notice(page, "tidak ada lagi di halaman ini")).to_be_visible()
    assert len(site.drafts()) == 1


def test_others_see_only_how_many(site, page):
    site.user = "777"
    site.open(UNSENT_PATH)
    expect(page.get_by_text("1 isian milik pengguna lain juga menunggu di HP ini.")).to_be_visible()
    expect(page.locator("[data-unsent-list] > li")).to_have_count(0)
    assert "Pipa bocor" not in page.locator("body").inner_text()
    site.open("/beranda/", "<p>Beranda</p>")
    expect(notice(page, "belum terkirim")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "left"),
    [("Keluar, biarkan isian di HP ini", 1), ("Keluar dan hapus 1 isian", 0)],
)
def test_logging_out_asks_and_deletes_only_what_is_ones_own(site, page, button, left):
    foreign = "{ fields: [], names: [], at: Date.now() }"
    page.evaluate(f"() => localStorage.setItem('isian:777:/desa/:desa~1', JSON.stringify({foreign}))")
    site.open("/akun/")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ada 1 isian Anda yang belum terkirim di HP ini.")
    page.get_by_role("dialog").get_by_role("button", name="Batal").click()
    assert (site.posts, len(site.drafts())) == ([], 2)
    site.saves = False
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/selesai/")
    assert len(site.drafts()) == left + 1


def test_logging_out_without_drafts_asks_nothing(site):
    site.saves = False
    page = site.open("/akun/", LOGOUT)
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/selesai/")


def test_without_signal_a_form_stays_and_is_kept(site, page):
    page.context.set_offline(True)
    expect(notice(page, "Tanpa sinyal. Yang Anda isi tetap disimpan di HP ini")).to_be_visible()
    press(page)
    expect(notice(page, "Isian Anda tersimpan di HP ini; kirim lagi bila sinyal ada.")).to_be_focused()
    expect(page.get_by_label("Nama")).to_have_value("Pipa bocor lagi")
    assert (site.posts, len(site.drafts())) == ([], 1)
    page.context.set_offline(False)
    expect(notice(page, "Sinyal ada lagi.")).to_be_visible()
    press(page)
    page.wait_for_url("**/selesai/")
    assert (len(site.posts), site.drafts()) == (1, [])


def test_a_form_is_sent_all_the_same_where_the_browser_is_wrong_about_the_signal(site, page):
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', { get: () => false })")
    press(page)
    page.get_by_role("button", name="Coba kirim sekarang").click()
    page.wait_for_url("**/selesai/")
    assert (len(site.posts), site.drafts()) == (1, [])


def test_without_signal_a_button_alone_says_that_nothing_was_sent(site):
    page = site.open(body='<form method="post" action="/selesai/"><button>Ajukan</button></form>')
    page.context.set_offline(True)
    page.get_by_role("button", name="Ajukan").click()
    expect(notice(page, "Tanpa sinyal, belum terkirim.")).to_be_visible()
    assert site.posts == []


def test_the_chosen_day_stands_in_words_beside_it(site):
    page = site.open(body=form().replace("<button", '<input type="date" name="day" aria-label="Tanggal"><button'))
    page.get_by_label("Tanggal").fill("2026-12-03")
    expect(page.locator(".date-words")).to_have_text("Kamis, 3 Desember 2026")
    page.get_by_label("Tanggal").fill("")
    expect(page.locator(".date-words")).to_have_text("")


def test_a_bar_leads_to_the_page_and_goes_with_the_save(site, page):
    site.open("/beranda/", "<p>Beranda</p>")
    notice(page, "1 isian belum terkirim di HP ini.").get_by_role("link", name="Lihat").click()
    page.wait_for_url(f"**{UNSENT_PATH}")
    page.get_by_role("link", name="Buka").click()
    expect(notice(page, "dipulihkan")).to_be_visible()
    press(page)
    page.wait_for_url("**/selesai/")
    site.open("/beranda/", SAVED)
    expect(notice(page, QUESTION)).to_have_count(0)
    expect(notice(page, "belum terkirim")).to_have_count(0)
