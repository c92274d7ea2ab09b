"""Links of the demo: every link works for the user who sees it, its filter is valid, and no page is heavy."""

import gzip
import re
from collections import Counter, deque
from pathlib import Path
from pprint import pformat
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import resolve

from accounts.models import User
from monitoring.queries.area_choices import LABELS
from tests.conventions.walks.walk import Page, html_of

EACH = 2  # pages of one kind; sixteen villages look alike
BUDGET = 100 * 1024  # bytes of one page with all its files, compressed
STATIC = "/static/"
WORDLESS = re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|&lt;|\bundefined\b|-----")
UNRENDERED = re.compile(r"{{|{%")
# Pages that teach the tags of an office's own Word file; there, and only inside of <code>, a tag is what people read.
TEACHES_TAGS = {"reports:document_templates", "reports:document_template_create", "reports:document_template_update"}
ENGLISH = re.compile(
    r"\b(the|this|that|please|enter|field|required|submit|select|invalid|delete|edit|save|search|page|view|create|update)\b",
    re.IGNORECASE,
)


@pytest.fixture
def demo(db, settings):
    settings.DEMO_MODE = True
    call_command("load_demo", verbosity=0)


def kind_of(address: str) -> str:
    """The kind of a page: pages of one view are one kind, each filter of a list is its own kind, but not what every
    link has.
    """
    parts = urlsplit(address)
    names = ",".join(sorted({word.partition("=")[0] for word in parts.query.split("&")} - set(LABELS)))
    return f"{resolve(parts.path).view_name}?{names}"


def crawl(client, user):
    """Yields (URL, referring page, response, page) over every kind of page that links offer this user."""
    client.force_login(user)
    seen, count, queue = set(), Counter(), deque([("/", "")])
    while queue:
        address, source = queue.popleft()
        kind = kind_of(address)
        if address in seen or count[kind] >= EACH:
            continue
        seen.add(address)
        count[kind] += 1
        response = client.get(address, follow=True)
        page = Page(html_of(response))
        yield address, source, response, page
        for tag, facts in page.tags:
            target = urljoin(address, facts.get("href", "")).partition("#")[0]
            if tag == "a" and target.startswith("/") and not target.startswith(STATIC):
                queue.append((target, address))


@pytest.mark.parametrize("username", ["admin", "staf", "fasilitator", "pejabat", "camat"])
def test_links_lead_somewhere_and_pages_are_light_and_speak_indonesian(username, demo, client):
    dead, heavy, words, lost, refused, count = [], [], [], [], [], 0
    weights = {}
    for address, source, response, page in crawl(client, User.objects.get(username=username)):
        count += 1
        if response.status_code != 200:
            dead.append((address, source, response.status_code))
            continue
        bytes_ = len(gzip.compress(html_of(response).encode())) + weight_of_static(page, weights)
        if bytes_ > BUDGET:
            heavy.append((address, bytes_))
        rendered = page.prose if resolve(urlsplit(address).path).view_name in TEACHES_TAGS else page.text
        found = WORDLESS.findall(page.text) + ENGLISH.findall(page.text) + UNRENDERED.findall(rendered)
        words += [(address, word) for word in found]
        if any("form-error" in facts.get("class", "").split() for _, facts in page.tags):
            refused.append((address, source))
        ids = {facts.get("id") for _, facts in page.tags}
        anchors = [facts["href"] for tag, facts in page.tags if tag == "a" and facts.get("href", "").startswith("#")]
        lost += [(address, anchor) for anchor in anchors if anchor[1:] not in ids]
        names = Counter(facts["id"] for _, facts in page.tags if facts.get("id"))
        lost += [(address, f"id {name} twice") for name, times in names.items() if times > 1]
    found = {"dead": dead, "heavy": heavy, "words": words, "lost": lost, "refused": refused}
    assert not any(found.values()), pformat(found, width=140)
    assert count > 50


def weight_of_static(page, known: dict) -> int:
    """Bytes sent, as whitenoise compresses them (Brotli): style sheets, scripts, images, and the fonts used."""
    addresses = {facts.get("href") for tag, facts in page.tags if tag == "link" and facts.get("rel") != "canonical"}
    addresses |= {facts.get("src") for tag, facts in page.tags if tag in ("script", "img")}
    addresses |= {facts["href"].partition("#")[0] for tag, facts in page.tags if tag == "use" and facts.get("href")}
    return sum(static_bytes(a.removeprefix(STATIC), known) for a in addresses if a and a.startswith(STATIC))


def static_bytes(name: str, known: dict) -> int:
    if name not in known:
        content = Path(finders.find(name)).read_bytes()
        known[name] = len(content) if name.endswith(("woff2", "png", "jpg")) else len(brotli.compress(content))
        if name.endswith(".css"):
            parts = re.findall(r"url\(['\"]?(?!data:)([^)'\"]+)", content.decode())
            known[name] += sum(static_bytes(urljoin(name, part), known) for part in set(parts))
    return known[name]
