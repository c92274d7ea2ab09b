"""The comforts of static/pamsimas/portal.js in a real browser, on pages made here and served by nobody."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SITE = "http://portal.test"
SCRIPT = (settings.BASE_DIR / "static/pamsimas/portal.js").read_text()


def form(version=3, attributes='data-keep="desa"', more=""):
    return f"""{more}<form method="post" action="/selesai/" {attributes}>
      <input type="hidden" name="version" value="{version}">
      <label>Nama <input name="name" value="Contoh"></label>
      <label>Sandi <input type="password" name="secret"></label>
      <label><input type="checkbox" name="online"> Daring</label>
      <button type="submit" class="btn-danger">Simpan desa</button>
    </form>"""


class Site:
    """Pages by path; a POST is noted and answered with the page of its path, as after a redirect."""

    def __init__(self, context):
        self.pages, self.posts = {}, []
        self.page = context.new_page()
        self.page.route("**/*", self.answer)

    def answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if path == "/portal.js":
            return route.fulfill(body=SCRIPT, content_type="text/javascript")
        if route.request.method == "POST":
            self.posts.append(route.request.post_data)
        body = self.pages.get(path, "<p>Tersimpan.</p>")
        html = f'<!doctype html><meta charset="utf-8"><body data-user="12345">{body}<script src="/portal.js"></script>'
        return route.fulfill(body=html, content_type="text/html")

    def open(self, path="/desa/", body=None):
        if body is not None:
            self.pages[path] = body
        self.page.goto(SITE + path)
        return self.page

    def drafts(self):
        return self.page.evaluate("Object.keys(localStorage)")


@pytest.fixture
def site(browser):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield Site(context)
    context.close()


def type_a_draft(site):
    page = site.open(body=form())
    page.get_by_label("Nama").fill("Contoh Baru")
    page.get_by_label("Sandi").fill("rahasia")
    page.get_by_label("Daring").check()
    return page


def test_draft_survives_a_reload_but_never_holds_a_password(site):
    page = type_a_draft(site)
    page.reload()
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")
    expect(page.get_by_label("Daring")).to_be_checked()
    expect(page.get_by_label("Sandi")).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text("dipulihkan")
    assert "rahasia" not in page.evaluate("JSON.stringify(localStorage)")


def test_draft_keeps_the_version_it_was_typed_on(site):
    type_a_draft(site)
    page = site.open(body=form(version=4))
    assert page.locator("[name=version]").input_value() == "3"


def test_draft_can_be_thrown_away(site):
    page = type_a_draft(site)
    page.reload()
    page.get_by_role("button", name="Buang isian ini").click()
    expect(page.get_by_label("Nama")).to_have_value("Contoh")
    assert site.drafts() == []


def test_draft_ends_with_the_save(site):
    page = type_a_draft(site)
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    assert len(site.posts) == 1
    assert site.drafts() == []


@pytest.mark.parametrize("body", ['<div class="login-page"></div>', '<div class="error-page"></div>'])
def test_draft_outlives_a_lost_session_and_a_refusal(site, body):
    page = type_a_draft(site)
    site.pages["/selesai/"] = body
    page.get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    site.open()
    expect(page.get_by_label("Nama")).to_have_value("Contoh Baru")


def test_logging_out_forgets_all_drafts(site):
    page = type_a_draft(site)
    site.open(
        "/akun/", '<form method="post" action="/selesai/" data-logout><button type="submit">Keluar</button></form>'
    )
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/selesai/")
    assert site.drafts() == []


def test_second_click_sends_nothing_and_the_button_says_so(site):
    page = site.open(body=form(attributes=""))
    # The page stays, as it does while an answer is slow; what the script let through is noted.
    page.evaluate(
        """() => {
            window.refused = [];
            addEventListener("submit", (event) => { refused.push(event.defaultPrevented); event.preventDefault(); });
        }"""
    )
    button = page.locator("button[type=submit]")
    page.evaluate("() => { const button = document.querySelector('button'); button.click(); button.click(); }")
    expect(button).to_be_disabled()
    expect(button).to_have_text("Menyimpan…")
    assert page.evaluate("refused") == [False, True]
    page.evaluate("() => dispatchEvent(new Event('pageshow'))")
    expect(button).to_be_enabled()
    expect(button).to_have_text("Simpan desa")


def test_loss_is_asked_before_it_happens(site):
    page = site.open(body=form(attributes='data-confirm="Hapus desa ini?"'))
    page.get_by_role("button", name="Simpan desa").click()
    expect(page.get_by_role("dialog")).to_contain_text("Hapus desa ini?")
    page.get_by_role("button", name="Batal").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert site.posts == []
    page.get_by_role("button", name="Simpan desa").click()
    page.get_by_role("dialog").get_by_role("button", name="Simpan desa").click()
    page.wait_for_url("**/selesai/")
    assert len(site.posts) == 1
