"""The grid of a plan: twelve lines typed on a phone, and the keyboard on a desktop."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import WorkPlan
from tests.e2e.scenarios.conftest import PHONE, fits
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    FacilitatorFactory,
    WorkPlanFactory,
)
from tests.plans.plans import make_lists

pytestmark = pytest.mark.browser

FOLDED = ["location", "responsible", "cost_class", "amount", "security"]
# The middle of the focused element, and whether the sticky bar covers it.
HIDDEN = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const stop = document.activeElement, place = stop.getBoundingClientRect();
  const shown = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
  const bar = document.querySelector(".save-bar");
  return bar.contains(shown) && !bar.contains(stop) ? stop.name || stop.textContent.trim() : "";
}"""


class Thumb:
    """Counts taps; typing and the key "next" of the phone's keyboard are no taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, locator):
        locator.tap()
        self.taps += 1

    def type(self, *texts):
        for place, text in enumerate(texts):
            if place:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(text)


@pytest.fixture
def plan(db):
    make_lists()
    return WorkPlanFactory(status=WorkPlan.Status.DRAFT)


def test_twelve_lines_take_at_most_sixty_taps_on_a_phone(log_in, plan):
    page = log_in(FacilitatorFactory(villages=[plan.group.village]), PHONE, touch=True)
    page.goto(reverse("plans:work_plan_update", args=[plan.pk]))
    thumb = Thumb(page)
    first = page.locator("[data-area-code=A]")
    for number in range(1, 13):
        if number <= 3:  # a new plan has three empty lines
            row = first.locator("[data-row]").nth(number - 1)
            thumb.tap(row.locator("[name$=-title]"))
        else:
            thumb.tap(first.get_by_role("button", name="Tambah baris"))
            row = first.locator("[data-row]").last
        thumb.type(f"Kegiatan {number}", "12", "bulan", "100000")
        if number <= 3:
            row.locator("[name$=-source]").first.select_option(label="Iuran")
            thumb.taps += 2  # opens the list, chooses
        expect(row.locator("[name$=-source]").first.locator("option:checked")).to_have_text("Iuran")
        thumb.tap(row.get_by_role("button", name="Tiap bulan"))
    assert fits(page)
    thumb.tap(page.get_by_role("button", name="Simpan sebagai Draf"))
    expect(page.get_by_text("tersimpan").first).to_be_visible()
    lines = list(plan.activities.values_list("title", "volume", "unit", "unit_price", "months", "amount"))
    assert lines == [(f"Kegiatan {number}", 12, "bulan", 100_000, 4095, 1_200_000) for number in range(1, 13)]
    assert thumb.taps <= 60


def test_a_line_on_a_phone_shows_six_fields_and_opens_to_all(log_in, plan):
    page = log_in(FacilitatorFactory(villages=[plan.group.village]), PHONE, touch=True)
    page.goto(reverse("plans:work_plan_update", args=[plan.pk]))
    row = page.locator("[data-row]").first
    for name in FOLDED:
        expect(row.locator(f"[name$=-{name}]").first).to_be_hidden()
    for name in ("title", "volume", "unit", "unit_price", "source", "months"):
        expect(row.locator(f"[name$=-{name}]").first).to_be_visible()
    row.locator("summary").tap()
    for name in FOLDED:
        expect(row.locator(f"[name$=-{name}]").first).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE])
def test_no_tab_stop_hides_behind_the_save_bar(log_in, plan, viewport):
    for line in range(1, 5):
        ActivityFundingFactory(activity=ActivityFactory(plan=plan, line=line, title=f"Kegiatan {line}"))
    page = log_in(FacilitatorFactory(villages=[plan.group.village]), viewport)
    page.goto(reverse("plans:work_plan_update", args=[plan.pk]))
    hidden, stops = [], 0
    page.locator("[data-row] [name$=-title]").first.focus()
    while page.evaluate("document.activeElement.closest('form[data-plan-grid]') !== null") and stops < 400:
        hidden.append(page.evaluate(HIDDEN))
        stops += 1
        page.keyboard.press("Tab")
    assert stops > 60
    assert [name for name in hidden if name] == []


def test_a_full_page_says_so_and_takes_no_more_rows(log_in, plan):
    page = log_in(FacilitatorFactory(villages=[plan.group.village]))
    page.goto(reverse("plans:work_plan_update", args=[plan.pk]))
    page.locator("[data-plan-grid]").evaluate("form => { form.dataset.maxRows = 4 }")
    area = page.locator("[data-area-code=A]")
    add = area.locator("[data-tool=add]")
    add.click()
    expect(page.locator(".notice-full")).to_have_count(0)
    for press in (add, area.locator("[data-tool=copy]").first):
        press.click()
        expect(page.locator(".notice-full")).to_contain_text("tidak ada baris yang ditambahkan")
        expect(area.locator("[data-row]")).to_have_count(4)
