"""A client without a browser: keeps cookies, fills in the forms of pages, connects through a TLS proxy."""

import http.client
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class Forms(HTMLParser):
    """Every form of a page: its action, method and the values that a browser would send unchanged."""

    def __init__(self, html):
        super().__init__()
        self.forms = []
        self.select = self.textarea = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.forms.append({"action": facts.get("action", ""), "method": facts.get("method", "get"), "values": []})
        if not self.forms or ("disabled" in facts and tag != "option"):
            return
        values = self.forms[-1]["values"]
        name = facts.get("name")
        if tag == "input" and name:
            if facts.get("type") in ("checkbox", "radio"):
                if "checked" in facts:
                    values.append((name, facts.get("value", "on")))
            elif facts.get("type") not in ("submit", "button", "file"):
                values.append((name, facts.get("value") or ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in facts:
            values.append((self.select, facts.get("value", "")))
        elif tag == "textarea" and name:
            self.textarea = [name, ""]

    def handle_data(self, data):
        if self.textarea:
            self.textarea[1] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.forms[-1]["values"].append(tuple(self.textarea))
            self.textarea = None


class Visitor:
    def __init__(self, port, host):
        self.port, self.host = port, host
        self.cookies = {}
        self.path = "/"

    def request(self, method, path, values=None, **headers):
        """One request, no redirect followed; returns (status, headers, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {
            "Host": self.host,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{self.host}{self.path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        body = None
        if values is not None:
            body = urlencode(values)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return response.status, response.headers, content

    def get(self, path):
        """A page, redirects followed; returns (status, headers, body)."""
        return self.follow("GET", path)

    def submit(self, path, action="", having=None, **changes):
        """Fills in a form of a page and sends it: the first to `action` that has the values of `having`.

        A list sends a name several times; None leaves it out. Returns the page it leads to.
        """
        _, _, body = self.get(path)
        found = [form for form in Forms(body.decode()).forms if form["method"].lower() == "post"]
        wanted = set((having or {}).items())
        form = next(
            form
            for form in found
            if (form["action"] == action or (not action and form["action"].partition("?")[0] == path))
            and wanted <= set(form["values"])
        )
        values = [(name, value) for name, value in form["values"] if name not in changes]
        for name, value in changes.items():
            several = value if isinstance(value, list) else [] if value is None else [value]
            values += [(name, each) for each in several]
        return self.follow("POST", form["action"] or self.path, values)

    def follow(self, method, path, values=None):
        for _ in range(5):
            status, headers, body = self.request(method, path, values)
            if status not in (301, 302, 303):
                self.path = path
                return status, headers, body
            target = urlsplit(headers["Location"])
            path = target.path + (f"?{target.query}" if target.query else "")
            method, values = "GET", None
        raise AssertionError(f"Redirected in circles at {path}")
