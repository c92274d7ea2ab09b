"""The sample plan typed on the phone of a fasilitator and on a desktop of the office: the same sums."""

import csv

import pytest
from playwright.sync_api import expect

from plans.models import WorkArea
from plans.queries.fees import Verdict
from plans.queries.plan_totals import plan_sums
from plans.services.plan_starts import USUAL
from records.formats import MONTHS, number_id, rupiah
from records.in_words import rupiah_in_words
from tests.e2e.scenarios.conftest import PHONE, fits
from tests.factories import FacilitatorFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists

pytestmark = pytest.mark.browser

AREAS = {"A": 35_925_000, "B": 39_750_000, "C": 2_650_000, "D": 12_960_000, "E": 2_900_000, "F": 750_000}
SOURCES = {
    "Iuran": 42_035_000,
    "Swadaya": 17_750_000,
    "APBDes": 23_950_000,
    "APBD Kabupaten": 1_700_000,
    "Swasta/CSR": 9_500_000,
}
TOTAL = 94_935_000


@pytest.fixture
def plan(live_server):
    make_lists()
    return WorkPlanFactory(payers=120, base_fee=5_000, tariff=3_000)


def sample() -> list[dict]:
    with USUAL.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(card, line: dict):
    """Types one line into a row of the grid or a card, by the visible labels."""
    card.get_by_label("Kegiatan", exact=True).fill(line["title"])
    card.get_by_label("Volume", exact=True).fill(number_id(int(line["volume"])))
    card.get_by_label("Satuan", exact=True).fill(line["unit"])
    card.get_by_label("Harga satuan (Rp)").fill(number_id(int(line["unit_price"])))
    card.get_by_label("Sumber dana 1", exact=True).select_option(label=line["source"])
    if not card.get_by_label("Jenis biaya").is_visible():
        card.locator(".cell-more > summary").click()  # collapsed on a phone
    card.get_by_label("Jenis biaya").select_option(line["cost_class"])
    card.get_by_label("Penanggung jawab").fill(line["responsible"])
    for month in line["months"].split():
        card.get_by_role("checkbox", name=MONTHS[int(month) - 1], exact=True).check()


def check_saved(plan):
    sums = plan_sums(plan)
    assert {part.area.code: part.amount for part in sums.areas} == AREAS
    assert {line.source.label: line.amount for line in sums.sources} == SOURCES
    assert (sums.count, sums.total, sums.unfunded) == (15, TOTAL, 0)
    fee = sums.fee_check
    assert (fee.verdict, fee.needed, fee.expected, fee.left) == (Verdict.COVERS, 29_191, 31_500, 3_325_000)


def test_the_office_types_the_sample_and_sees_its_sums_while_typing(log_in, plan):
    page = log_in(UserFactory())
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    for code, lines in by_area(sample()).items():
        part = page.locator(f'[data-area-code="{code}"]')
        while part.locator("[data-row]").count() < len(lines):
            part.get_by_role("button", name="Tambah baris").click()
        for place, line in enumerate(lines):
            write(part.locator("[data-row]").nth(place), line)
        expect(part.locator("[data-area-sum]")).to_have_text(rupiah(AREAS[code]))
    expect(page.locator("[data-total]")).to_have_text(rupiah(TOTAL))
    expect(page.locator("[data-total-words]")).to_have_text(rupiah_in_words(TOTAL))
    for label, amount in SOURCES.items():
        shown = page.locator("[data-source-list] dt").get_by_text(label, exact=True).locator("+ dd")
        expect(shown).to_have_text(rupiah(amount))
    panel = page.locator("[data-fee]")
    expect(panel.locator("[data-fee-verdict]")).to_have_text("Iuran menutup BOP")
    expect(panel.locator("[data-fee-needed]")).to_have_text("Rp29.191")
    expect(panel.locator("[data-fee-left]")).to_have_text("Rp3.325.000")
    typed = panel.locator("[data-fee-energy]").inner_text()
    page.get_by_role("button", name="Simpan sebagai Draf").last.click()
    expect(page.get_by_text(f"Rencana kerja tersimpan: 15 kegiatan, {rupiah(TOTAL)}.")).to_be_visible()
    check_saved(plan)
    # The server computes the same as the script.
    expect(page.locator("[data-fee-energy]")).to_have_text(typed)

    # The counter-example: a tariff of Rp2.000 is too low.
    page.get_by_role("link", name="Ubah data iuran").click()
    page.get_by_label("tarif per m³").fill("2.000")
    page.get_by_role("button", name="Simpan data iuran").click()
    expect(page.get_by_text("Iuran di bawah BOP").first).to_be_visible()
    expect(page.get_by_text("Rp22.500").first).to_be_visible()
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    expect(page.locator("[data-fee-brief]")).to_have_text(
        "Iuran di bawah BOP: perlu Rp29.191, diterima Rp22.500 per SR per bulan"
    )
    expect(page.locator("[data-fee-verdict] .chip-red")).to_be_visible()
    # A smaller total, and the text follows while the user types.
    row = page.locator("[data-row]").first
    row.get_by_label("Harga satuan (Rp)").fill("1")
    expect(page.locator("[data-fee-verdict] .chip-green")).to_have_text("Iuran menutup BOP")


def test_a_fasilitator_types_the_sample_card_by_card_on_a_phone(log_in, plan):
    phone = log_in(FacilitatorFactory(villages=[plan.group.village]), PHONE)
    names = {area.code: str(area) for area in WorkArea.objects.all()}
    phone.goto(f"/rencana-kerja/{plan.pk}/kegiatan/baru/")
    for line in sample():
        phone.get_by_label("Bidang").select_option(label=names[line["area"]])
        write(phone, line)
        phone.get_by_role("button", name="Simpan, lalu tambah lagi").click()
        expect(phone.get_by_text(f"Kegiatan tersimpan: {line['title']}")).to_be_visible()
    assert fits(phone)
    check_saved(plan)
    phone.goto(f"/rencana-kerja/{plan.pk}/")
    expect(phone.get_by_text(rupiah(TOTAL)).first).to_be_visible()
    expect(phone.get_by_text("Iuran menutup BOP").first).to_be_visible()
    assert fits(phone)


def by_area(lines: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for line in lines:
        found.setdefault(line["area"], []).append(line)
    return found


def test_pasted_rows_survive_a_reload_before_they_are_saved(log_in, plan):
    page = log_in(UserFactory())
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    first = page.locator("[data-row]").first
    first.get_by_label("Kegiatan", exact=True).fill("Sedang ditulis")
    page.get_by_text("Tempel baris dari lembar kerja").click()
    page.get_by_label("Baris dari lembar kerja").fill(
        "Bidang\tKegiatan\tVolume\tSatuan\tHarga\tSumber dana\tBulan\nC\tRapat\t12\tkali\t150.000\tIuran\tJan-Des"
    )
    page.get_by_role("button", name="Baca dan tambahkan").click()
    expect(page.get_by_text("1 baris dibaca dan ditambahkan, belum tersimpan.")).to_be_visible()
    titles = page.locator("[name$=-title]")
    written = [titles.nth(place).input_value() for place in range(titles.count())]
    assert {"Sedang ditulis", "Rapat"} <= set(written)
    expect(page.locator("[data-total]")).to_have_text("Rp1.800.000")
    page.goto(f"/rencana-kerja/{plan.pk}/ubah/")
    page.get_by_role("button", name="Pulihkan").click()
    expect(page.get_by_role("status").filter(has_text="dipulihkan")).to_be_visible()
    assert [titles.nth(place).input_value() for place in range(titles.count())] == written
    expect(page.locator("[data-total]")).to_have_text("Rp1.800.000")
    assert plan.activities.count() == 0
