"""A site for the scripts of every page: its pages are made in the test, without a server."""

import json
import re
from email.parser import BytesParser
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

ADDRESS = "http://portal.test"
USER = "12345"
BASE = (settings.BASE_DIR / "templates/base.html").read_text()
NAMES = [f"pamsimas/{name}" for name in re.findall(r"\{% static 'pamsimas/(\w+\.js)' %\}", BASE)]
NAMES += ["pamsimas/photos.js", "pamsimas/unsent_page.js"]
SCRIPTS = {f"/{name}": (settings.BASE_DIR / "static" / name).read_text() for name in NAMES}
SAVED = '<div role="status">Desa tersimpan.</div>'
SAVED_PATH, UNSENT_PATH = "/isian/tersimpan/", "/isian/belum-terkirim/"


def form(version=3, attributes="", more="", name="Contoh"):
    return f"""{more}<form method="post" action="/selesai/" data-keep="desa" {attributes}>
      <input type="hidden" name="version" value="{version}">
      <label>Nama <input name="name" value="{name}"></label>
      <label>Sandi <input type="password" name="secret"></label>
      <label><input type="checkbox" name="online"> Daring</label>
      <button type="submit" class="btn-danger">Simpan desa</button>
    </form>"""


class Site:
    """Pages by path; a POST is recorded and answered with the page of its path, as after a redirect.

    With `saves` the form is stored: the following pages name its key. With `refuses` they name it as refused. With
    `answers` off the response is lost.
    """

    def __init__(self, context):
        self.pages, self.posts = {"/selesai/": SAVED}, []
        self.saves, self.refuses, self.answers, self.user = True, False, True, USER
        self.named, self.stored, self.refused = [], [], []
        self.page = context.new_page()
        self.page.route("**/*", self.answer)

    def answer(self, route):
        address = urlsplit(route.request.url)
        if address.path in SCRIPTS:
            return route.fulfill(body=SCRIPTS[address.path], content_type="text/javascript")
        if address.path == SAVED_PATH:
            requested = parse_qs(address.query).get("key", [])
            saved = [key for key in requested if key in self.stored]
            return route.fulfill(body=json.dumps({"saved": saved}), content_type="application/json")
        if route.request.method == "POST":
            self.take(route.request)
            if not self.answers:
                return route.abort("connectionreset")
        tags = "".join(f'<script src="{script}"></script>' for script in SCRIPTS)
        head = f'<meta name="saved-drafts" content="{" ".join(self.named)}">' if self.named else ""
        if self.refused:
            head += f'<meta name="refused-drafts" content="{" ".join(self.refused)}">'
        data = f'data-user="{self.user}" data-saved-drafts="{SAVED_PATH}" data-unsent-drafts="{UNSENT_PATH}"'
        body = f"<body {data}><main>{self.pages[address.path]}</main>{tags}"
        page = f'<!doctype html><meta charset="utf-8">{head}{body}'
        return route.fulfill(body=page, content_type="text/html")

    def take(self, request):
        fields = posted(request)
        self.posts.append(fields)
        self.refused = fields["draft_key"] if self.refuses else []
        if self.saves:
            self.stored += fields["draft_key"]
            if self.answers:
                self.named += fields["draft_key"]

    def open(self, path="/desa/", body=None):
        if body is not None:
            self.pages[path] = body
        self.page.goto(ADDRESS + path)
        return self.page

    def drafts(self):
        return self.page.evaluate("Object.keys(localStorage)")


def posted(request) -> dict[str, list]:
    """Name -> values; a file is (name, size)."""
    kind = request.headers["content-type"]
    if not kind.startswith("multipart/"):
        return parse_qs(request.post_data or "", keep_blank_values=True)
    fields = {}
    message = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.post_data_buffer)
    for part in message.get_payload():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        value = content.decode() if part.get_filename() is None else (part.get_filename(), len(content))
        fields.setdefault(name, []).append(value)
    return fields
