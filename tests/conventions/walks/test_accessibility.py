"""Accessibility: axe-core finds nothing on any page on a small phone and a desktop, and no page needs sideways
scrolling.

The browser shows responses of the test client, so that no server runs and the rows stay in the transaction of the test.
The style sheets are the real ones, so contrast is measured on the rendered page.
"""

import mimetypes
from pprint import pformat
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders

from tests.conventions.test_scope import PAGES

pytestmark = pytest.mark.django_db
BASE = "http://testserver"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
# 320 px is a small phone, and a desktop of 1280 px at 400 % zoom; 640 px is that desktop at 200 %.
PHONE, ZOOMED, DESK = 320, 640, 1280
# The user of a page: the first of these roles that may open it.
LOOKERS = ("admin", "staff", "facilitator", "official", "anonymous")
# The months of a plan are side by side; this is the only page that scrolls sideways.
WIDE = {"plans:work_plan_grid"}
APPS = sorted({name.partition(":")[0] for name in PAGES if ":" in name})

AXE_RUN = """async options => {
  const found = await axe.run(document, options);
  return found.violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Desk:
    """A browser tab that shows responses of the test client; only static files come from elsewhere."""

    def __init__(self, browser):
        self.context = browser.new_context(base_url=BASE, viewport={"width": PHONE, "height": 800})
        self.context.route("**/*", self._answer)
        self.tab = self.context.new_page()
        self.response = None

    def show(self, address, response):
        # Requested beforehand: a request of the browser would use another database connection.
        self.address, self.response = address, response
        self.tab.goto(address)
        self.tab.evaluate(AXE_SCRIPT)

    def _answer(self, route):
        address = urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != BASE:
            return route.abort()
        if address.path.startswith("/static/"):
            path = finders.find(address.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(address.path)[0] or "application/octet-stream"
            return route.fulfill(path=path, content_type=kind)
        if address.path != self.address:
            return route.fulfill(status=404)  # images, partials that refresh themselves
        headers = dict(self.response.items())
        return route.fulfill(status=self.response.status_code, headers=headers, body=self.response.content)

    def width(self, width):
        self.tab.set_viewport_size({"width": width, "height": 800})


@pytest.fixture
def desk(browser):
    desk = Desk(browser)
    yield desk
    desk.context.close()


def looked_at(app):
    """The tested pages of one app, each with its role."""
    for name, page in PAGES.items():
        if name.partition(":")[0] == app and not page.verb:
            looker = next((role for role in LOOKERS if page.expected[role] == 200), None)
            if looker:
                yield name, page, looker


@pytest.mark.parametrize("app", APPS)
def test_no_page_shuts_anybody_out(app, desk, client, dataset):
    wrong, seen, who = [], 0, None
    for name, page, looker in looked_at(app):
        address = page.address(name, dataset)
        if looker != who:
            client.logout()
            if dataset.people[looker]:
                client.force_login(dataset.people[looker])
            who = looker
        response = client.get(address)
        if not response["Content-Type"].startswith("text/html") or b"<html" not in response.content:
            continue  # a file, or a partial
        assert response.status_code == 200, (name, response.status_code)
        desk.show(address, response)
        seen += 1
        # axe-core runs on each page at phone width, and on every third at desktop width.
        for width in (PHONE, DESK) if seen % 3 == 1 else (PHONE,):
            desk.width(width)
            wrong += [(name, width, rule, nodes) for rule, nodes in desk.tab.evaluate(AXE_RUN, RULES)]
        for width in (PHONE, ZOOMED, DESK):
            desk.width(width)
            if name not in WIDE and (over := desk.tab.evaluate(OVERFLOW)) > 0:
                wrong.append((name, width, f"{over} px too wide"))
    assert seen
    assert wrong == [], pformat(wrong)
