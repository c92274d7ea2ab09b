"""The map in a real browser: list and map highlight each other's selection, by keyboard too."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories as make
from tests.client_pages import client_page, go

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page(browser):
    with client_page(browser) as page:
        yield page


def requested(page):
    return {name: value for name, (value,) in parse_qs(urlsplit(page.url).query).items()}


def test_list_and_map_show_the_same(page, client):
    rows = {}
    for name, lat, lng in (("Barat", "-3.80", "105.10"), ("Timur", "-3.90", "105.60"), ("Selatan", "-4.10", "105.30")):
        rows[name] = make.VillageFactory(name=name, lat=lat, lng=lng)
    client.force_login(make.UserFactory())
    go(page, client, f"{reverse('monitoring:map')}?ta=semua")
    east = rows["Timur"].pk
    spot, row = page.locator(f"#titik-{east}"), page.locator(f"#desa-{east}")
    row.get_by_role("link").first.hover()
    expect(spot).to_have_class("map-spot is-lit")
    # From the map to the list, by keyboard.
    spot.focus()
    page.keyboard.press("Enter")
    expect(row.get_by_role("link").first).to_have_attribute("aria-current", "true")
    expect(row.get_by_role("link", name="Buka Desa Timur")).to_be_visible()
    assert requested(page) == {"ta": "semua", "desa": str(east)}
    # Zoomed in: villages out of view are neither in the list nor in the tab order.
    page.get_by_role("link", name="Perbesar").click()
    expect(page.locator("[data-seen]")).to_have_text("1 dari 3 desa tampak pada peta")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    expect(page.locator(".map-spot:visible")).to_have_count(1)
    assert requested(page)["zum"] == "2"
    seen = page.locator("svg.map").get_attribute("viewBox")
    go(page, client, page.url)
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    assert page.locator("svg.map").get_attribute("viewBox").split()[2] == seen.split()[2]
    page.get_by_role("link", name="Seluruh peta").click()
    expect(page.locator("[data-row]:visible")).to_have_count(3)
    assert "zum" not in requested(page)
