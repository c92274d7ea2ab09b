"""A site for the scripts that every page carries: its pages are made in the test and served by nobody."""

from django.conf import settings

ADDRESS = "http://portal.test"
SCRIPTS = {
    f"/{name}.js": (settings.BASE_DIR / f"static/pamsimas/{name}.js").read_text() for name in ("portal", "drafts")
}
SAVED = '<div role="status" data-said>Desa tersimpan.</div>'


def form(version=3, attributes='data-keep="desa"', more="", name="Contoh"):
    return f"""{more}<form method="post" action="/selesai/" {attributes}>
      <input type="hidden" name="version" value="{version}">
      <label>Nama <input name="name" value="{name}"></label>
      <label>Sandi <input type="password" name="secret"></label>
      <label><input type="checkbox" name="online"> Daring</label>
      <button type="submit" class="btn-danger">Simpan desa</button>
    </form>"""


class Site:
    """Pages by path; a POST is noted and answered with the page of its path, as after a redirect."""

    def __init__(self, context):
        self.pages, self.posts = {"/selesai/": SAVED}, []
        self.page = context.new_page()
        self.page.route("**/*", self.answer)

    def answer(self, route):
        path = route.request.url.removeprefix(ADDRESS)
        if path in SCRIPTS:
            return route.fulfill(body=SCRIPTS[path], content_type="text/javascript")
        if route.request.method == "POST":
            self.posts.append(route.request.post_data)
        tags = "".join(f'<script src="{script}"></script>' for script in SCRIPTS)
        body = f'<body data-user="12345">{self.pages[path]}{tags}'
        return route.fulfill(body=f'<!doctype html><meta charset="utf-8">{body}', content_type="text/html")

    def open(self, path="/desa/", body=None):
        if body is not None:
            self.pages[path] = body
        self.page.goto(ADDRESS + path)
        return self.page

    def drafts(self):
        return self.page.evaluate("Object.keys(localStorage)")
