"""A browser for pages loaded before with the test client: the database is not accessible inside browser calls."""

from contextlib import contextmanager

from django.contrib.staticfiles import finders

ADDRESS = "https://portal.test"
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@contextmanager
def client_page(browser):
    """A page of that browser; `go` opens a URL in it. Console errors of the page fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page, faults = context.new_page(), []
    page.got = {}

    def answer(route):
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/"):
            name = path.removeprefix("/static/")
            return route.fulfill(path=finders.find(name), content_type=KINDS[name.rsplit(".", 1)[1]])
        got = page.got[path]
        return route.fulfill(status=got.status_code, body=got.content, headers=dict(got.headers))

    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/*", answer)
    yield page
    context.close()
    assert faults == []


def go(page, client, address):
    path = address.removeprefix(ADDRESS)
    page.got[path] = client.get(path)
    page.goto(ADDRESS + path)
