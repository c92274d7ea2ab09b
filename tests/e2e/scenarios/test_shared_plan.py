"""Two browsers edit one plan at the same time, and one loses its session: no text is lost or overwritten."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.e2e.scenarios.conftest import PASSWORD, PHONE, fits
from tests.factories import ActivityFactory, ActivityFundingFactory, FacilitatorFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(live_server):
    """Three lines, each paid by iuran."""
    make_lists()
    plan = WorkPlanFactory()
    for line, title in enumerate(["Listrik", "Pipa", "Rapat"], 1):
        activity = ActivityFactory(plan=plan, line=line, position=line, title=title, volume=12, unit_price=100_000)
        ActivityFundingFactory(activity=activity)
    return plan


def row(page, title):
    """The row that has this title now."""
    rows = page.locator("form [data-row]")
    titles = [rows.nth(place).locator("[name$=-title]").input_value() for place in range(rows.count())]
    return rows.nth(titles.index(title))


def price(page, title):
    return row(page, title).get_by_label("Harga satuan (Rp)")


def save(page):
    page.get_by_role("button", name="Simpan sebagai Draf").last.click()


def shown(page) -> dict[str, list[str]]:
    """The table of differences: field -> mine, theirs."""
    rows = page.get_by_role("alert").locator("tbody tr")
    return {
        rows.nth(place).locator("th").inner_text(): rows.nth(place).locator("td").all_inner_texts()
        for place in range(rows.count())
    }


def stored(plan):
    return [(a.title, a.unit_price) for a in plan.activities.order_by("position")]


def test_two_browsers_write_one_plan_and_both_texts_end_as_chosen(log_in, plan):
    address = f"/rencana-kerja/{plan.pk}/ubah/"
    first = log_in(UserFactory(name="Staf Pertama"))
    second = log_in(FacilitatorFactory(villages=[plan.group.village]), PHONE)
    first.goto(address)
    second.goto(address)

    price(first, "Listrik").fill("150.000")
    row(first, "Rapat").get_by_label("Kegiatan", exact=True).fill("Rapat anggota")
    first.locator('[data-area-code="C"]').get_by_role("button", name="Tambah baris").click()
    new = first.locator('[data-area-code="C"] [data-row]').last
    new.get_by_label("Kegiatan", exact=True).fill("Pelatihan juru pungut")
    new.get_by_label("Volume", exact=True).fill("1")
    new.get_by_label("Satuan", exact=True).fill("kali")
    new.get_by_label("Harga satuan (Rp)").fill("400.000")
    new.get_by_label("Sumber dana 1", exact=True).select_option(label="Iuran")
    save(first)
    expect(first.get_by_text("Rencana kerja tersimpan: 4 kegiatan")).to_be_visible()

    price(second, "Listrik").fill("175.000")
    row(second, "Pipa").get_by_label("Kegiatan", exact=True).fill("Pipa dusun II")
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("Isian Anda belum tersimpan")
    expect(second.get_by_role("alert")).to_contain_text("Staf Pertama")
    assert fits(second)
    found = shown(second)
    assert {name: found[name] for name in found if "sumber dana" not in name} == {
        "Kegiatan 1 (Listrik), harga satuan (Rp)": ["Rp175.000", "Rp150.000"],
        "Kegiatan 3 (Rapat anggota)": ["(tidak Anda ubah)", "Rapat anggota: 12 kali × Rp100.000 = Rp1.200.000"],
        "Kegiatan 4 (Pelatihan juru pungut)": [
            "(belum Anda lihat)",
            "Pelatihan juru pungut: 1 kali × Rp400.000 = Rp400.000",
        ],
    }
    assert stored(plan)[0] == ("Listrik", 150_000)
    # The form contains the user's own text where there is one, and the other user's elsewhere.
    assert price(second, "Listrik").input_value() == "175.000"
    assert price(second, "Pelatihan juru pungut").input_value() == "400.000"
    expect(row(second, "Pipa dusun II")).to_be_visible()
    expect(row(second, "Rapat anggota")).to_be_visible()
    expect(second.get_by_text("Ada isian yang belum tersimpan")).to_have_count(0)

    row(second, "Listrik").get_by_role("button", name="Pakai yang tersimpan").click()
    expect(second.get_by_role("button", name="Pakai yang tersimpan")).to_have_count(0)
    assert price(second, "Listrik").input_value() == "150.000"
    expect(row(second, "Pipa dusun II")).to_be_visible()
    row(second, "Rapat anggota").get_by_label("Kegiatan", exact=True).fill("Rapat anggota dan LPJ")
    save(second)
    expect(second.get_by_text("Rencana kerja tersimpan: 4 kegiatan")).to_be_visible()
    assert stored(plan) == [
        ("Listrik", 150_000),
        ("Pipa dusun II", 100_000),
        ("Rapat anggota dan LPJ", 100_000),
        ("Pelatihan juru pungut", 400_000),
    ]
    assert list(plan.events.values_list("by__name", flat=True))[1] == "Staf Pertama"
    second.goto(address)
    expect(second.locator("form [data-row]")).to_have_count(4)
    expect(second.get_by_text("Ada isian yang belum tersimpan")).to_have_count(0)


def test_a_draft_outlives_a_lost_session_and_meets_what_others_saved(log_in, plan):
    address = f"/rencana-kerja/{plan.pk}/ubah/"
    writer = FacilitatorFactory(villages=[plan.group.village])
    phone = log_in(writer, PHONE)
    phone.goto(address)
    price(phone, "Listrik").fill("175.000")
    row(phone, "Pipa").locator(".cell-more > summary").click()
    row(phone, "Pipa").get_by_role("button", name="Hapus").click()
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save(phone)
    expect(phone.get_by_role("button", name="Kirim lagi")).to_be_visible()  # the text is still there
    phone.goto(address)
    expect(phone.get_by_role("heading", name="Masuk")).to_be_visible()

    desk = log_in(UserFactory(name="Staf Pertama"))
    desk.goto(address)
    price(desk, "Listrik").fill("150.000")
    save(desk)
    expect(desk.get_by_text("Rencana kerja tersimpan: 3 kegiatan")).to_be_visible()

    phone.locator("[name=username]").fill(writer.username)
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("main button[type=submit]").first.click()
    question = phone.get_by_role("status").filter(has_text="Ada isian yang belum tersimpan dari")
    expect(question).to_be_visible()
    assert fits(phone)
    assert phone.url.endswith(address)
    assert price(phone, "Listrik").input_value() == "150.000"  # nothing is restored automatically
    phone.get_by_role("button", name="Pulihkan").click()
    assert price(phone, "Listrik").input_value() == "175.000"
    expect(phone.locator("form [data-row]")).to_have_count(2)
    expect(phone.locator("[data-total]")).to_have_text("Rp3.300.000")
    save(phone)
    expect(phone.get_by_role("alert")).to_contain_text("Staf Pertama")
    assert shown(phone)["Kegiatan 1 (Listrik), harga satuan (Rp)"] == ["Rp175.000", "Rp150.000"]
    save(phone)
    expect(phone.get_by_text("Rencana kerja tersimpan: 2 kegiatan")).to_be_visible()
    assert stored(plan) == [("Listrik", 175_000), ("Rapat", 100_000)]
