"""A draft is deleted when the server names its key, and for no other reason."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.drafts import QUESTION, notice, press, write
from tests.script_site import SAVED, form

pytestmark = pytest.mark.browser
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def keys(page):
    return page.evaluate("() => draftStore.own().map(({ draft }) => draft.key)")


def lose_the_answer(site):
    site.answers = False
    press(site.page)
    site.page.wait_for_url("chrome-error://**", wait_until="commit")
    site.answers = True


def test_every_form_with_something_to_type_keeps_it_and_posts_its_key(site):
    body = form().replace('data-keep="desa"', "")
    page = site.open(body=body)
    write(page)
    (kept,) = keys(page)
    press(page)
    page.wait_for_url("**/selesai/")
    assert site.posts[0]["draft_key"] == [kept]
    assert UUID.fullmatch(kept)
    assert site.drafts() == []


@pytest.mark.parametrize(
    "body",
    [
        '<form method="post" action="/selesai/"><button>Ajukan</button></form>',
        '<form method="post" action="/selesai/"><input type="password" name="old"><button>Ganti</button></form>',
        '<form method="get"><input name="q"><button>Cari</button></form>',
        '<form method="post" data-no-draft><input name="q"><button>Cari</button></form>',
    ],
)
def test_a_form_without_words_of_its_own_keeps_nothing(site, body):
    page = site.open(body=body)
    for field in page.locator("input").all():
        field.fill("sesuatu")
        field.blur()
    assert (site.drafts(), page.locator("[name=draft_key]").count()) == ([], 0)


def test_a_success_of_another_form_leaves_the_draft(site):
    page = site.open(body=form())
    write(page)
    site.named = ["7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0001"]
    site.open("/beranda/", SAVED)
    expect(notice(page, "1 isian belum terkirim di HP ini.")).to_be_visible()
    site.open()
    expect(notice(page, QUESTION)).to_have_count(1)


def test_a_saved_form_whose_answer_was_lost_is_recognised_and_not_asked_about(site):
    page = site.open(body=form())
    write(page)
    lose_the_answer(site)
    site.open()
    expect(notice(page, "sudah diterima portal")).to_be_visible()
    expect(notice(page, QUESTION)).to_have_count(0)
    assert site.drafts() == []


def test_a_form_whose_request_was_lost_keeps_its_key_and_says_that_it_was_sent(site):
    site.saves = False
    page = site.open(body=form())
    write(page)
    before = keys(page)
    lose_the_answer(site)
    site.open()
    expect(notice(page, "Sudah dikirim")).to_contain_text("belum ada jawaban bahwa isian itu tersimpan")
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    assert keys(page) == before
    site.saves = True
    press(page)
    page.wait_for_url("**/selesai/")
    assert [post["draft_key"] for post in site.posts] == [before, before]
    assert site.drafts() == []


def test_words_changed_after_sending_have_a_key_of_their_own_and_outlive_the_old_one(site):
    site.saves = False
    page = site.open(body=form())
    write(page)
    (first,) = keys(page)
    lose_the_answer(site)
    site.open()
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    write(page, "Lebih baru")
    (second,) = keys(page)
    assert second != first
    site.stored, site.named = [first], [first]
    site.open()
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    expect(page.get_by_label("Nama")).to_have_value("Lebih baru")


def test_a_page_that_stays_open_goes_on_with_a_new_draft_after_the_save(site):
    page = site.open(body=form())
    write(page)
    page.evaluate("() => document.querySelector('form').addEventListener('submit', () => {})")
    press(page)
    page.wait_for_url("**/selesai/")
    page.go_back()
    write(page, "Yang berikut")
    site.open("/beranda/", "<p>Beranda</p>")
    assert len(site.drafts()) == 1


def test_a_refused_form_at_another_address_goes_on_in_its_draft(site):
    site.saves = False
    page = site.open("/rencana/", form().replace('data-keep="desa"', ""))
    write(page)
    site.pages["/selesai/"] = '<div class="error-summary"></div>' + form(name="Contoh Baru").replace(
        'data-keep="desa"', ""
    )
    press(page)
    page.wait_for_url("**/selesai/")
    write(page, "Lebih benar")
    site.open("/beranda/", "<p>Beranda</p>")
    (draft,) = page.evaluate("() => draftStore.own()")
    assert (draft["draft"]["fields"][0], draft["draft"]["href"]) == (["name", "Lebih benar"], "/rencana/")


def test_an_expired_form_shown_again_goes_on_in_its_draft(site):
    site.saves = False
    page = site.open(body=form())
    write(page)
    (key,) = keys(page)
    hidden = f'<input type="hidden" name="draft_key" value="{key}">'
    again = form(name="Contoh Baru").replace("<label>Nama", f"{hidden}<label>Nama")
    site.pages["/selesai/"] = f'<div class="error-page"></div>{again}'
    press(page)
    page.wait_for_url("**/selesai/")
    assert (len(site.drafts()), keys(page)) == (1, [key])
    site.saves, site.pages["/selesai/"] = True, SAVED
    press(page)
    expect(notice(page, "Desa tersimpan")).to_be_visible()
    assert (site.posts[1]["draft_key"], site.drafts()) == ([key], [])


def test_words_without_a_place_in_the_form_are_kept_and_shown(site):
    page = site.open(body=form(more="").replace("<button", '<input name="row-7" aria-label="Baris 7"><button'))
    page.get_by_label("Baris 7").fill("Pipa dusun")
    write(page)
    site.open(body=form())
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    expect(notice(page, "tidak mempunyai tempat di formulir ini")).to_contain_text("“Pipa dusun”")
    write(page, "Lain")
    assert page.evaluate("() => draftStore.own()[0].draft.rest") == [["row-7", "Pipa dusun"]]


def test_a_full_store_is_said_and_the_form_can_still_be_sent(site):
    page = site.open(body=form())
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }")
    write(page)
    expect(notice(page, "Ruang penyimpanan di HP ini penuh")).to_be_visible()
    press(page)
    page.wait_for_url("**/selesai/")
    assert site.posts[0]["name"] == ["Contoh Baru"]


def test_a_draft_says_until_when_it_stays_and_ends_after_thirty_days(site):
    page = site.open(body=form())
    write(page)
    age = """(days) => {
      const [{ name, draft }] = draftStore.own();
      draftStore.write(name, { ...draft, at: Date.now() - days * draftStore.DAY });
    }"""
    page.evaluate(age, 28)
    site.open()
    expect(notice(page, QUESTION)).to_contain_text("(2 hari lagi)")
    site.open("/beranda/", "<p>Beranda</p>")
    expect(notice(page, "1 isian belum terkirim")).to_contain_text("1 di antaranya terhapus dalam 3 hari.")
    page.evaluate(age, 31)
    site.open()
    expect(notice(page, QUESTION)).to_have_count(0)
    assert site.drafts() == []


def test_a_draft_of_the_time_before_keys_is_still_offered(site):
    page = site.open(body=form())
    page.evaluate(
        """() => localStorage.setItem("isian:12345:/desa/:desa~1700000000000", JSON.stringify({
          fields: [["name", "Lama"]], names: ["name"], marks: { version: "2" }, at: Date.now() }))"""
    )
    site.open()
    page.get_by_role("button", name="Pulihkan", exact=True).click()
    expect(page.get_by_label("Nama")).to_have_value("Lama")
    assert page.locator("[name=version]").input_value() == "2"
