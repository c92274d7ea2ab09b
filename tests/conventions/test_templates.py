"""All templates: required and forbidden markup, length of lines, icons, includes and error pages."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string

from monitoring.queries.chain import State
from records.templatetags import ui

ROOT = settings.BASE_DIR
SPRITE = ROOT / "static/pamsimas/icons.svg"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Printed documents have their own style sheet and are no page.
PAGES = [path for path in TEMPLATES if "documents" not in path.parts]
MAX_TEMPLATE_LINE = 140


def sprite_symbols() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_keeps_the_content_security_policy(path):
    text = re.sub(r"{%.*?%}", lambda tag: tag[0] if "autoescape" in tag[0] else "", path.read_text())
    found = re.findall(r"""\sstyle=|<style\b|\son[a-z]+=["']|\|safe\b|javascript:|{%\s*autoescape\s+off""", text)
    assert found == []
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert [tag for tag in scripts if "src=" not in tag] == []


def test_every_template_finds_its_tags_and_its_includes():
    """A moved tag library or partial would end in a 500 on the pages that use it."""
    for path in TEMPLATES:
        get_template(str(path.relative_to(ROOT / "templates")))
        for name in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", path.read_text()):
            get_template(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_comment_stays_on_one_line(path):
    """Django prints a {# #} that spans two lines."""
    assert [line for line in path.read_text().splitlines() if ("{#" in line) != ("#}" in line)] == []


def long_lines(text: str) -> list[int]:
    """Numbers of the lines of a template that are too long for a diff."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > MAX_TEMPLATE_LINE]


def test_a_long_line_of_a_template_is_found():
    assert long_lines(f"<p>\n{'a' * MAX_TEMPLATE_LINE}\n{'é' * (MAX_TEMPLATE_LINE + 1)}\n</p>\n") == [3]


def test_no_line_of_a_template_is_long():
    found = {str(path.relative_to(ROOT)): long_lines(path.read_text()) for path in TEMPLATES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_every_icon_that_a_template_asks_for_is_in_the_sprite():
    requested = set(ui.TONE_ICONS.values()) | {f"chain-{state}" for state in State}
    for path in PAGES:
        text = path.read_text()
        requested |= set(re.findall(r'{%\s*icon\s+"([^"]+)"', text))
        requested |= set(re.findall(r'{%\s*nav_item\s+"[^"]+"\s+"[^"]+"\s+"([^"]+)"', text))
        requested |= set(re.findall(r'{%\s*chip\s+\S+\s+(?:"[^"]*"|\S+)\s+"([^"]+)"', text))
    assert requested - sprite_symbols() == set()


def test_error_pages_stand_without_database_or_context():
    for name, words in (
        ("500.html", "sudah tercatat"),
        ("503.html", "tetap aman"),
        ("400.html", "tidak ada yang diubah"),
    ):
        html = render_to_string(name)
        assert words in html
        assert "/static/pamsimas/portal.css" in html


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_link_to_a_file_leaves_its_name_to_the_answer(path):
    """With `download` the browser would save a page that refuses the file under the name of the file."""
    assert not re.search(r"<a\b[^>]*\sdownload[\s>=]", path.read_text())
