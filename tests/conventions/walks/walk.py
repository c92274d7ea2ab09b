"""Walks over all pages of the project as one user; pages are parsed as a browser would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from tests.conventions.test_scope import PAGES


def walk(client, dataset, role, only=None):
    """Yields a Seen of every page that this role may open, or of those named in `only`."""
    client.logout()
    if dataset.people[role]:
        client.force_login(dataset.people[role])
    for name, page in PAGES.items():
        if page.expected[role] == 200 and not page.verb and (only is None or name in only):
            address = page.address(name, dataset)
            response = client.get(address)
            assert response.status_code == 200, (name, response.status_code)
            yield Seen(name, address, response.headers, body_of(response))


def body_of(response) -> bytes:
    """The content of a response, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def html_of(response) -> str:
    return response.content.decode() if response["Content-Type"].startswith("text/html") else ""


@dataclass
class Seen:
    """The response of one URL; files have no `html`."""

    name: str
    address: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode() if self.headers["Content-Type"].startswith("text/html") else ""

    @cached_property
    def page(self) -> "Page":
        return Page(self.html)


@dataclass
class Control:
    """One control of a form that is sent: `options` are its choices."""

    name: str
    kind: str
    values: list = field(default_factory=list)  # value if the user changes nothing
    options: list = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    controls: dict = field(default_factory=dict)

    def untouched(self) -> dict:
        """The data that a browser sends if the user changes nothing, for the test client."""
        return {name: control.values for name, control in self.controls.items() if control.values}


class Page(HTMLParser):
    """A parsed page: `tags` [(name, attributes)], visible `text`, `prose` (the text outside of <code>), `forms`."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.forms = [], [], []
        self._prose = []
        self._form = self._select = self._textarea = None
        self._silent = self._code = 0
        self.feed(html)
        self.close()
        self.text, self.prose = (" ".join(" ".join(texts).split()) for texts in (self.texts, self._prose))

    def handle_starttag(self, tag, attributes):
        facts = {name: value or "" for name, value in attributes}
        self.tags.append((tag, facts))
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "code":
            self._code += 1
        elif tag == "form":
            self._form = Form(facts.get("action", ""), facts.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "option" and self._select:
            value = facts.get("value", "")
            self._select.options.append(value)
            if "selected" in facts:
                self._select.values.append(value)
        elif self._form and facts.get("name") and "disabled" not in facts:
            self._control(tag, facts)

    def _control(self, tag, facts):
        if tag not in ("input", "select", "textarea", "button"):
            return
        kind = facts.get("type", "text") if tag == "input" else tag
        if kind in ("submit", "button"):
            return  # sent on click only
        control = self._form.controls.setdefault(facts["name"], Control(facts["name"], kind))
        value = facts.get("value", "on" if kind in ("checkbox", "radio") else "")
        if kind in ("checkbox", "radio"):
            control.options.append(value)
            if "checked" in facts:
                control.values.append(value)
        elif kind == "select":
            self._select = control
        elif kind == "textarea":
            self._textarea = control
            control.values = [""]
        elif kind != "file":
            control.values.append(value)

    def handle_data(self, data):
        if self._textarea:
            self._textarea.values[0] += data.removeprefix("\n")
        if not self._silent:
            self.texts.append(data)
            if not self._code:
                self._prose.append(data)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._silent -= 1
        elif tag == "code":
            self._code -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            if self._select and not self._select.values and self._select.options:
                self._select.values = self._select.options[:1]
            self._select = None
        elif tag == "textarea":
            self._textarea = None
