"""A real browser with the real portal: pages come from a server of the test, PDFs from a separate worker."""

import pytest

pytest.register_assert_rewrite("tests.e2e.scenarios.bundles")

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PASSWORD = "sandi-uji-panjang"  # of tests.factories.UserFactory


@pytest.fixture
def log_in(browser, live_server):
    """log_in(user, PHONE): a page of that user in a separate browser; console errors of the page fail the test."""
    contexts, complaints = [], []

    def open_page(user, viewport=DESK, script=True, touch=False):
        context = browser.new_context(
            viewport=viewport,
            has_touch=touch,
            is_mobile=touch,
            base_url=live_server.url,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=script,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )
        page.goto("/masuk/")
        page.locator("[name=username]").fill(user.username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(lambda address: "/masuk/" not in address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def fits(page):
    """Nothing of the page extends beyond its right edge."""
    page.wait_for_load_state()  # right after a click there may be no page yet
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
