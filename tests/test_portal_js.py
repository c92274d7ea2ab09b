"""static/pamsimas/portal.js in a real browser, on pages made here, without a server."""

import pytest
from playwright.sync_api import expect

from tests.script_site import Site, form

pytestmark = pytest.mark.browser


@pytest.fixture
def site(browser):
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield Site(context)
    context.close()


def test_second_click_sends_nothing_and_the_button_says_so(site):
    page = site.open(body=form(attributes=""))
    # The page stays, as it does during a slow response; requests that the script allowed are recorded.
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
