"""Drafts of static/pamsimas/drafts.js: kept on the device, restored on request, never lost without an answer."""

import re

import pytest
from playwright.sync_api import expect

from tests.script_site import SAVED, UNSENT_PATH, Site, form

pytestmark = pytest.mark.browser
UNSENT = "<ul data-unsent-list></ul><p data-unsent-none hidden></p><p data-unsent-others hidden></p>"
MOMENT = r"\d{1,2} \w+ \d{4}, \d\d\.\d\d"
QUESTION = re.compile(rf"Ada isian yang belum tersimpan dari {MOMENT}\.")


@pytest.fixture
def site(browser):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield Site(context)
    context.close()


def write(page, name="Contoh Baru"):
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Nama").blur()


def type_a_draft(site):
    page = site.open(body=form())
    write(page)
    page.get_by_label("Sandi").fill("rahasia")
    page.get_by_label("Daring").check()
    return page


def questions(page):
    return page.get_by_role("status").filter(has_text=QUESTION)


def answer(page, button, place=0):
    page.get_by_role("button", name=button, exact=True).nth(place).click()


def test_who_comes_back_is_asked_first_and_gets_all_but_a_password(site):
    page = type_a_draft(site)
    page.reload()
    expect(questions(page)).to_have_count(1)
    expect(page.get_by_label("Nama")).to_have_value("Contoh")
    expect(page.get_by_label("Daring")).not_to_be_checked()
    assert "rahasia" not in page.evaluate("JSON.stringify(localStorage)")
    # By keyboard alone, from the top of the page, until the focus is on the restored text.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pulihkan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    expect(page.get_by_label("Daring")).to_be_checked()
    expect(page.get_by_label("Sandi")).to_have_value("")
    expect(page.get_by_role("status").filter(has_text="dipulihkan")).to_be_focused()


def test_a_restored_draft_keeps_the_version_it_was_typed_on(site):
    type_a_draft(site)
    page = site.open(body=form(version=4))
    assert page.locator("[name=version]").input_value() == "4"
    answer(page, "Pulihkan")
    assert page.locator("[name=version]").input_value() == "3"


def test_an_unanswered_question_waits_beside_whatever_is_typed_and_saved_since(site):
    page = type_a_draft(site)
    page.reload()
    expect(questions(page)).to_have_count(1)
    write(page, "Tulisan kedua")
    page.reload()
    expect(questions(page)).to_have_count(2)
    answer(page, "Pulihkan", 0)  # newest first
    expect(page.get_by_label("Nama")).to_have_value("Tulisan kedua")
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    assert len(site.drafts()) == 1
    site.open(body=form(version=4, name="Tulisan kedua"))
    answer(page, "Pulihkan")
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")


def test_restoring_after_typing_loses_neither_text(site):
    page = type_a_draft(site)
    page.reload()
    expect(questions(page)).to_have_count(1)
    write(page, "Tulisan kedua")
    answer(page, "Pulihkan")
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    expect(questions(page)).to_have_count(1)  # now about the text typed before the answer
    answer(page, "Pulihkan")
    expect(page.get_by_label("Nama")).to_have_value("Tulisan kedua")
    expect(questions(page)).to_have_count(1)


def test_a_draft_can_be_thrown_away_and_fetched_back_until_the_page_is_left(site):
    page = type_a_draft(site)
    page.reload()
    answer(page, "Buang")
    assert site.drafts() == []
    answer(page, "Batal buang")
    expect(questions(page)).to_have_count(1)
    answer(page, "Buang")
    expect(page.get_by_role("status").filter(has_text="dibuang")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Nama")).to_have_value("Contoh")
    expect(questions(page)).to_have_count(0)


def test_a_restored_draft_can_be_taken_back_and_two_taps_throw_nothing_away(site):
    page = type_a_draft(site)
    page.reload()
    page.get_by_role("button", name="Pulihkan", exact=True).dblclick()
    expect(questions(page)).to_have_count(1)
    expect(page.get_by_label("Nama")).to_have_value("Contoh")
    answer(page, "Pulihkan")
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    answer(page, "Batal pulihkan")
    expect(questions(page)).to_have_count(1)
    answer(page, "Buang")
    assert site.drafts() == []


def test_what_was_undone_by_hand_is_no_draft(site):
    page = site.open(body=form())
    write(page)
    assert len(site.drafts()) == 1
    write(page, "Contoh")
    assert site.drafts() == []


def test_a_draft_ends_with_the_save(site):
    page = type_a_draft(site)
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    assert len(site.posts) == 1
    assert site.drafts() == []


def test_a_form_that_comes_again_after_the_save_asks_nothing(site):
    page = type_a_draft(site)
    site.pages["/selesai/"] = SAVED + form()
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    expect(questions(page)).to_have_count(0)
    assert site.drafts() == []


@pytest.mark.parametrize("body", ['<div class="login-page"></div>', '<div class="error-page"></div>', "<p>Lain.</p>"])
def test_a_draft_outlives_a_lost_session_a_refusal_and_an_answer_that_never_came(site, body):
    site.saves = False
    page = type_a_draft(site)
    site.pages["/selesai/"] = body
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    site.open("/beranda/", SAVED)  # a message about another form, on a later page
    site.open()
    answer(page, "Pulihkan")
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")


def test_a_refused_form_brings_its_words_itself_and_goes_on_in_the_same_draft(site):
    site.saves = False
    page = type_a_draft(site)
    site.pages["/desa/"] = '<div class="error-summary" tabindex="-1"></div>' + form(name="Contoh Baru")
    site.pages["/desa/"] = site.pages["/desa/"].replace("/selesai/", "/desa/")
    page.evaluate("() => { document.querySelector('form').action = '/desa/'; }")
    page.get_by_role("button", name="Simpan desa").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(questions(page)).to_have_count(0)
    write(page, "Contoh Benar")
    assert len(site.drafts()) == 1
    site.open("/beranda/", '<p>Beranda</p><a href="/">Menu <span data-unsent-news></span></a>')
    expect(page.get_by_role("link", name="Menu")).to_have_text("Menu 1 isian di perangkat ini belum tersimpan")
    expect(page.get_by_role("status")).to_have_count(0)  # quiet on other pages
    site.open(UNSENT_PATH, UNSENT)
    expect(page.get_by_text("Ditolak portal")).to_be_visible()
    expect(page.get_by_role("button", name="Buang", exact=True)).to_be_visible()
    site.pages["/desa/"] = form()
    page.get_by_role("link", name="Perbaiki").click()
    expect(page.get_by_label("Nama")).to_have_value("Contoh Benar")
    site.refuses = True  # by a redirect to a page with a sentence
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    site.open(UNSENT_PATH, UNSENT)
    expect(page.get_by_text("Ditolak portal")).to_be_visible()
    expect(page.get_by_text("belum ada jawaban")).to_have_count(0)
    page.get_by_role("link", name="Perbaiki").click()
    site.refuses, site.saves = False, True
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    assert site.drafts() == []
