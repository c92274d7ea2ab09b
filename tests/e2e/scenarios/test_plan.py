"""A plan of a fasilitator: written on a phone, returned, corrected, approved by another user, and its PDF read."""

import re
from io import BytesIO

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect
from pypdf import PdfReader

from plans.models import ActivityFunding, WorkPlan
from plans.queries.plan_totals import plan_sums
from records.formats import number_id
from records.in_words import rupiah_in_words
from tests.e2e.scenarios.conftest import PHONE, fits
from tests.factories import AdminFactory, FacilitatorFactory, GroupFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists

pytestmark = pytest.mark.browser


def write_line(page, area, title, volume, unit, price, source, months=(), more=()):
    """Fills the card of one activity. `more`: further sources as (label, amount)."""
    page.get_by_label("Bidang").select_option(label=area)
    page.get_by_label("Kegiatan", exact=True).fill(title)
    page.get_by_label("Volume", exact=True).fill(volume)
    page.get_by_label("Satuan", exact=True).fill(unit)
    page.get_by_label("Harga satuan (Rp)").fill(price)
    page.get_by_label("Sumber dana 1", exact=True).select_option(label=source)
    if more and not page.get_by_role("button", name="Tambah sumber dana").is_visible():
        page.locator(".cell-more > summary").click()  # collapsed on a phone
    for place, (label, amount) in enumerate(more, 2):
        page.get_by_role("button", name="Tambah sumber dana").click()
        page.get_by_label(f"Sumber dana {place}", exact=True).select_option(label=label)
        page.get_by_label(f"Jumlah dari sumber dana {place} (Rp)").fill(amount)
    for month in months:
        page.get_by_role("checkbox", name=month, exact=True).check()


def test_a_plan_written_on_a_phone_is_returned_mended_approved_and_printed(log_in, start_worker):
    make_lists()
    group = GroupFactory(name="Tirta Jalan", village__name="Jalan Panjang")
    fasilitator = FacilitatorFactory(name="Fasilitator Uji", villages=[group.village])
    reviewer, approver = UserFactory(name="Staf Uji"), AdminFactory(name="Ketua Uji", may_approve=True)
    year = localdate().year
    start_worker()

    phone = log_in(fasilitator, PHONE)
    phone.goto("/rencana-kerja/")
    phone.get_by_role("link", name=f"Buat rencana kerja {year}").click()
    assert fits(phone)
    phone.get_by_role("button", name="Buat rencana kerja").click()
    plan = WorkPlan.objects.get(group=group, year=year)

    phone.goto(f"/rencana-kerja/{plan.pk}/")
    phone.get_by_role("link", name="Tambah kegiatan").click()
    assert fits(phone)
    write_line(
        phone,
        "A. Teknis: operasi dan pemeliharaan",
        "Listrik pompa",
        "12",
        "bulan",
        "1.450.000",
        "Iuran",
        ["Januari", "Juni"],
    )
    expect(phone.locator("[data-amount]")).to_have_text("Rp17.400.000")
    phone.get_by_role("button", name="Simpan, lalu tambah lagi").click()
    expect(phone.get_by_text("Kegiatan tersimpan: Listrik pompa")).to_be_visible()
    more = [("APBDes", "20.000.000")]
    write_line(phone, "B. Pengembangan pelayanan", "Pipa baru", "350", "m", "65.000", "Swadaya", ["Juli"], more)
    phone.get_by_role("button", name="Simpan kegiatan").click()
    expect(phone.get_by_text("Rp40.150.000").first).to_be_visible()
    assert fits(phone)

    phone.get_by_role("link", name="Ubah data iuran").click()
    phone.get_by_label("Pembayar iuran").fill("120")
    phone.get_by_label("Abonemen per bulan (Rp)").fill("15.000")
    phone.get_by_role("button", name="Simpan data iuran").click()
    expect(phone.get_by_text("Iuran menutup BOP")).to_be_visible()
    phone.get_by_role("button", name="Ajukan").click()
    expect(phone.get_by_text("Diajukan").first).to_be_visible()
    expect(phone.get_by_role("link", name="Ubah kegiatan")).to_have_count(0)

    desk = log_in(reviewer)
    desk.goto(f"/rencana-kerja/{plan.pk}/")
    expect(desk.get_by_role("heading", name="Setujui rencana kerja")).to_have_count(0)
    desk.get_by_role("textbox", name="Catatan (wajib)").fill("Harga pipa terlalu tinggi")
    desk.get_by_role("button", name="Kembalikan untuk Perbaikan").click()
    expect(desk.get_by_text("Dikembalikan").first).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("Harga pipa terlalu tinggi").first).to_be_visible()
    phone.get_by_role("link", name="Ubah Pipa baru").click()
    phone.get_by_label("Harga satuan (Rp)").fill("60.000")
    phone.get_by_role("button", name="Simpan kegiatan").click()
    # The previous sources now pay too much: the error is shown beside them, and corrected there.
    expect(phone.get_by_role("alert")).to_contain_text("lebih dari jumlah kegiatan Rp21.000.000")
    assert fits(phone)
    phone.get_by_label("Jumlah dari sumber dana 1 (Rp)").fill("")
    phone.get_by_role("button", name="Simpan kegiatan").click()
    expect(phone.get_by_text("Rp38.400.000").first).to_be_visible()
    phone.get_by_role("button", name="Ajukan").click()
    expect(phone.get_by_role("link", name="Ubah kegiatan")).to_have_count(0)

    office = log_in(approver)
    office.goto(f"/rencana-kerja/{plan.pk}/")
    office.get_by_role("button", name="Setujui").click()
    expect(office.get_by_text("Disetujui").first).to_be_visible()

    plan.refresh_from_db()
    assert plan.status == "approved"
    assert list(plan.steps.values_list("action", "by__name")) == [
        ("submit", "Fasilitator Uji"),
        ("return", "Staf Uji"),
        ("submit", "Fasilitator Uji"),
        ("approve", "Ketua Uji"),
    ]
    compare(download(phone, plan), plan)


def download(page, plan) -> str:
    """Requests the PDF, waits until the worker has made it, and returns its text."""
    page.goto(f"/rencana-kerja/{plan.pk}/")
    page.get_by_role("button", name="Cetak PDF").click()
    link = page.get_by_role("link", name="Unduh PDF").first
    expect(link).to_be_visible(timeout=60_000)
    assert fits(page)
    with page.expect_download() as found:
        link.click()
    data = found.value.path().read_bytes()
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(data)).pages).split())


def compare(text: str, plan: WorkPlan):
    """The document contains every line, every sum and every source of the database."""
    sums = plan_sums(plan)
    for part in sums.areas:
        assert number_id(part.amount) in text
        for _, activity in part.numbered:
            assert activity.title in text
            assert number_id(activity.unit_price) in text
            assert number_id(activity.amount) in text
    for line in sums.sources:
        assert line.source.label in text
        assert number_id(line.amount) in text
    assert number_id(sums.total) in text
    assert rupiah_in_words(sums.total) in text
    assert "Tirta Jalan" in text.title()
    assert str(plan.year) in text
    assert sums.fee_check.verdict in text


def test_the_grid_adds_doubles_moves_drops_and_sums_without_a_round_trip(log_in):
    make_lists()
    plan = WorkPlanFactory()
    page = log_in(FacilitatorFactory(villages=[plan.group.village]))
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    part = page.locator('[data-area-code="C"]')
    part.get_by_role("button", name="Tambah baris").click()
    first = part.locator("[data-row]").first
    first.get_by_label("Kegiatan", exact=True).fill("Rapat rutin")
    first.get_by_label("Volume", exact=True).fill("2,5")
    first.get_by_label("Satuan", exact=True).fill("kali")
    first.get_by_label("Harga satuan (Rp)").fill("75.001")
    first.get_by_label("Sumber dana 1", exact=True).select_option(label="Iuran")
    first.get_by_label("April").check()
    first.get_by_role("button", name="Gandakan").click()
    expect(part.locator("[data-row]")).to_have_count(2)
    second = part.locator("[data-row]").nth(1)
    expect(second.get_by_label("April")).to_be_checked()
    second.get_by_label("Kegiatan", exact=True).fill("Rapat tahunan")
    expect(part.locator("[data-area-sum]")).to_have_text("Rp375.006")
    expect(page.locator("[data-total]")).to_have_text("Rp375.006")
    expect(page.locator("[data-source-list]")).to_have_text(re.compile(r"Iuran\s*Rp375.006"))
    second.get_by_role("button", name="Naik").click()
    part.get_by_role("button", name="Tambah baris").click()
    page.reload()

    # The draft on this device restores, on request, rows that were never saved, in their order.
    titles = part.locator("[name$=-title]")
    expect(page.get_by_role("status").filter(has_text="Ada isian yang belum tersimpan dari")).to_be_visible()
    expect(titles).to_have_count(0)
    page.get_by_role("button", name="Pulihkan").click()
    expect(page.get_by_role("status").filter(has_text="dipulihkan")).to_be_focused()
    expect(titles).to_have_count(3)
    assert [titles.nth(place).input_value() for place in range(3)] == ["Rapat tahunan", "Rapat rutin", ""]
    expect(page.locator("[data-total]")).to_have_text("Rp375.006")
    part.locator("[data-row]").nth(2).get_by_role("button", name="Hapus").click()
    page.get_by_role("button", name="Simpan sebagai Draf").last.click()
    expect(page.get_by_text("Rencana kerja tersimpan: 2 kegiatan, Rp375.006.")).to_be_visible()
    found = list(plan.activities.values_list("position", "area__code", "title", "amount", "months"))
    assert found == [(1, "C", "Rapat tahunan", 187_503, 8), (2, "C", "Rapat rutin", 187_503, 8)]
    assert list(ActivityFunding.objects.values_list("amount", flat=True)) == [187_503, 187_503]


def test_the_grid_works_without_script(log_in):
    make_lists()
    plan = WorkPlanFactory()
    page = log_in(FacilitatorFactory(villages=[plan.group.village]), script=False)
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    page.locator('[data-area-code="D"]').get_by_role("button", name="Tambah baris").click()
    row = page.locator('[data-area-code="D"] [data-row]').first
    row.get_by_label("Kegiatan", exact=True).fill("Pembukuan")
    row.get_by_label("Volume", exact=True).fill("12")
    row.get_by_label("Satuan", exact=True).fill("bulan")
    row.get_by_label("Harga satuan (Rp)").fill("480.000")
    row.get_by_label("Sumber dana 1", exact=True).select_option(label="Iuran")
    page.get_by_role("button", name="Hitung ulang").click()
    expect(page.locator("[data-total]")).to_have_text("Rp5.760.000")
    expect(page.locator("[data-total-words]")).to_have_text("lima juta tujuh ratus enam puluh ribu rupiah")
    # The Enter key saves; it does not press the first "Naik" or "Hapus".
    page.locator('[data-area-code="D"] [data-row]').first.get_by_label("Kegiatan", exact=True).press("Enter")
    expect(page.get_by_text("Rencana kerja tersimpan: 1 kegiatan, Rp5.760.000.")).to_be_visible()
