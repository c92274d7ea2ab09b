"""Beranda in a real browser, by role, on a desktop and on a phone."""

from datetime import date

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests import factories as make
from tests.e2e.scenarios.conftest import DESK, PHONE, fits

pytestmark = pytest.mark.browser


@pytest.fixture
def villages(live_server):
    """Two villages of TA 2017: Satu with a plan to review and a broken SPAM, Dua without a group."""
    one, two = (make.GrantAwardFactory(village__name=name).village for name in ("Uji Satu", "Uji Dua"))
    group = make.GroupFactory(village=one, name="Tirta Uji", formed_on=date(2018, 1, 1))
    plan = make.WorkPlanFactory(group=group, year=localdate().year, status="submitted")
    plan.steps.create(action="submit", on=localdate())
    make.ConditionCheckFactory(facility__village=one, checked_on=localdate(), functioning="tidak")
    return one, two


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_each_role_finds_its_work_on_beranda(log_in, villages, viewport):
    one, two = villages

    staff = log_in(make.UserFactory(), viewport)
    assert fits(staff)
    staff.get_by_role("link", name="1 rencana kerja menunggu pemeriksaan").click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("(1)")
    assert fits(staff)
    staff.goto("/")
    if viewport is DESK:
        staff.get_by_role("searchbox", name="Cari di seluruh portal").fill("tirta ujji")
        staff.keyboard.press("Enter")
    else:
        staff.get_by_role("banner").get_by_role("link", name="Cari").click()
        staff.get_by_role("main").get_by_role("searchbox").fill("tirta ujji")
        staff.get_by_role("main").get_by_role("button", name="Cari").click()
    expect(staff.get_by_role("main")).to_contain_text("Mungkin yang Anda maksud")
    assert fits(staff)
    staff.get_by_role("link", name='KPSPAMS "Tirta Uji"').click()
    expect(staff.get_by_role("heading", level=1)).to_contain_text("Tirta Uji")

    worker = log_in(make.FacilitatorFactory(villages=[one, two]), viewport)
    assert fits(worker)
    card = worker.get_by_role("listitem").filter(has=worker.get_by_role("heading", name="Uji Dua"))
    step = card.get_by_role("link", name="Catat KPSPAMS")
    assert step.bounding_box()["height"] >= 40
    step.click()
    expect(worker.get_by_role("combobox", name="Desa")).to_have_value(str(two.pk))

    official = log_in(make.OfficialFactory(), viewport)
    assert fits(official)
    main = official.get_by_role("main")
    expect(main.locator("form[method=post]")).to_have_count(0)
    expect(main.get_by_role("definition").filter(has_text="1 desa: Uji Satu")).to_have_count(2)  # SK and SPAM
    official.goto("/?ta=2017&per=2018-12-31")
    official.get_by_role("navigation", name="Halaman pemantauan").get_by_role("link", name="Temuan").click()
    official.wait_for_url("**/temuan/?ta=2017&per=2018-12-31")
