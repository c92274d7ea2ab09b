from datetime import date

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.plans import work_plan
from documents.rendering import printing
from tests import factories
from tests.documents.samples import make_plan, pages_of, words_of

pytestmark = pytest.mark.django_db


def collected(plan):
    plan.refresh_from_db()
    return work_plan.WorkPlanDocument().collect(plan, {}, None)


def made(plan):
    return printing.print_document(registry.document("work_plan"), plan.pk, collected(plan)).content


def test_the_sample_plan_prints_its_sums(office):
    content = made(make_plan())
    text = words_of(content)
    for message in (
        "RENCANA KERJA TAHUNAN KPSPAMS “TIRTA CONTOH” TAHUN 2019",
        "Desa: Contoh Satu",
        "Kecamatan: Uji Tengah",
        "Kabupaten: Mesuji",
        "Jumlah SR: 120",
        "No. SK: 188/07/2018 tanggal 12 Februari 2018",
        "Jumlah bidang A 35.925.000",
        "Jumlah bidang B 39.750.000",
        "Jumlah bidang C 2.650.000",
        "Jumlah bidang D 12.960.000",
        "Jumlah bidang E 2.900.000",
        "Jumlah bidang F 750.000",
        "JUMLAH 94.935.000",
        "Terbilang: sembilan puluh empat juta sembilan ratus tiga puluh lima ribu rupiah",
        "Iuran 42.035.000",
        "APBDes 23.950.000",
        "Swadaya 17.750.000",
        "Swasta/CSR 9.500.000",
        "APBD Kabupaten 1.700.000",
        "Kebutuhan per SR per bulan Rp29.191",
        "Perkiraan penerimaan per SR per bulan Rp31.500",
        "Sisa setahun Rp3.325.000",
        "Hasil: Iuran menutup BOP",
    ):
        assert message in text, message
    assert [page.count("Halaman") for page in pages_of(content)] == [1, 1, 1]


def test_numbers_run_on_through_all_bidang(office):
    rows = [row for area in collected(make_plan())["areas"] for row in area["rows"]]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 16)]


def test_months_are_a_set_that_survives_a_photocopy(office):
    plan = make_plan()
    rows = [row for area in collected(plan)["areas"] for row in area["rows"]]
    assert rows[1]["months"] == "□□□■□□□□□■□□"  # April and October
    assert rows[0]["months"] == "■" * 12
    assert "□□□■□□□□□■□□" in words_of(made(plan)).replace(" ", "")


def test_several_sources_are_told_with_their_amounts(office):
    plan = make_plan()
    activity = plan.activities.get(line=8)
    activity.fundings.update(amount=20_000_000)
    factories.ActivityFundingFactory(
        activity=activity, source=factories.FundingSourceFactory(code="swadaya"), amount=2_750_000
    )
    row = next(row for area in collected(plan)["areas"] for row in area["rows"] if row["number"] == "8")
    assert row["source"] == "Swadaya 2.750.000; APBDes 20.000.000"


def test_each_step_of_a_plan_is_told(office, staff):
    plan = make_plan()
    boss = factories.AdminFactory(may_approve=True)
    plan.submit(by=staff, on=date(2019, 1, 20))
    assert collected(plan)["status_line"] == "Diajukan tanggal 20 Januari 2019, belum disahkan"
    plan.send_back(by=boss, on=date(2019, 1, 22), note="Lengkapi harga.")
    assert collected(plan)["status_line"] == "Dikembalikan untuk perbaikan tanggal 22 Januari 2019"
    plan.submit(by=staff, on=date(2019, 1, 25))
    plan.approve(by=boss, on=date(2019, 1, 30))
    assert collected(plan)["status_line"] == "Diverifikasi tanggal 30 Januari 2019"


def test_the_ladder_names_who_held_the_posts_that_day(office, staff):
    plan = make_plan()
    village = plan.group.village
    factories.MemberFactory(
        group=plan.group, person=factories.PersonFactory(village=village, name="Ketua Lama"), ends_on=date(2019, 1, 31)
    )
    factories.MemberFactory(
        group=plan.group, person=factories.PersonFactory(village=village, name="Ketua Baru"), starts_on=date(2019, 2, 1)
    )
    factories.MemberFactory(
        group=plan.group, person=factories.PersonFactory(village=village, name="Sekretaris Uji"), post="SEK"
    )
    factories.VillageOfficialFactory(village=village, person=factories.PersonFactory(village=village, name="Kades Uji"))
    factories.FacilitatorFactory(name="Fasilitator Uji", villages=[village])
    plan.submit(by=staff, on=date(2019, 1, 20))
    blocks = collected(plan)["signatures"]
    assert [(block["above"].strip(), block["title"], block["name"]) for block in blocks] == [
        ("Disusun oleh,", "Ketua KPSPAMS,", "Ketua Lama"),
        ("", "Sekretaris KPSPAMS,", "Sekretaris Uji"),
        ("Mengetahui,", "Kepala Desa Contoh Satu,", "Kades Uji"),
        ("Diperiksa,", "Fasilitator,", "Fasilitator Uji"),
        ("Diketahui,", "Ketua DPMU Kabupaten Mesuji,", "Nama Uji, S.T."),
    ]


def test_the_label_of_the_dpmu_is_a_setting(office):
    plan = make_plan()
    rules = plan.group.village.subdistrict.district.rules
    rules.plan_dpmu_label = "Disahkan"
    rules.save()
    plan = type(plan).objects.get(pk=plan.pk)
    assert work_plan.WorkPlanDocument().collect(plan, {}, None)["signatures"][-1]["above"] == "Disahkan,"


def test_two_fasilitators_leave_dots(office):
    plan = make_plan()
    for _ in range(2):
        factories.FacilitatorFactory(villages=[plan.group.village])
    assert collected(plan)["signatures"][3]["name"] == ""


def test_the_village_signs_without_a_line_for_a_nip(office):
    assert words_of(made(make_plan())).count("NIP.") == 1


def test_without_fee_fields_there_is_no_second_page(office):
    plan = make_plan(payers=None, base_fee=None, tariff=None)
    assert collected(plan)["fee"] is None
    assert "PEMERIKSAAN IURAN" not in words_of(made(plan))


def test_a_revision_says_so(office):
    assert collected(make_plan(revision=2))["heading"].endswith("TAHUN 2019 (REVISI KE-2)")


def test_a_plan_without_lines_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="belum mempunyai kegiatan"):
        work_plan.WorkPlanDocument().clean(factories.WorkPlanFactory(), {})


def test_queries_do_not_grow_with_lines(office, django_assert_max_num_queries):
    plan = type(make_plan()).objects.get()
    with django_assert_max_num_queries(20):
        work_plan.WorkPlanDocument().collect(plan, {}, None)
