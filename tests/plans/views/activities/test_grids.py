import re

import pytest

from plans.forms.plan_grid import FULL, MAX_READ, MAX_ROWS
from plans.models import FundingSource, WorkPlan
from plans.queries.plan_totals import plan_sums
from plans.services.plan_starts import Start, fill_plan
from plans.services.work_plans import MAX_LINES
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    FacilitatorFactory,
    FacilityFactory,
    OfficialFactory,
    UserFactory,
    VillageFactory,
)
from tests.plans.plans import grid, row
from tests.plans.views.activities.grids import fee, lines, seen, url

pytestmark = pytest.mark.django_db


def test_a_grid_is_saved_whole(client, plan, writer):
    first = row("n1", title="Listrik", volume="12", unit_price="1.450.000", months=[1, 2], sources=[(fee(), "")])
    second = row("n2", area="C", title="Rapat", volume="2,5", unit_price="75.001")
    blank = row("n3", area="B", title="", volume="", unit="", unit_price="")
    answer = client.post(url(plan), grid(second, first, blank), follow=True)
    assert lines(plan) == [(1, "A", "Listrik", 17_400_000, 3), (2, "C", "Rapat", 187_503, 0)]
    assert plan_sums(plan).fee_check.fee_cost == 17_400_000
    assert "Rencana kerja tersimpan: 2 kegiatan, Rp17.587.503." in answer.text


def test_the_longest_plan_is_saved_from_the_grid_with_all_months_and_two_sources(client, plan, writer):
    paying = [(fee(), "500.000"), (FundingSource.objects.get(label="APBDes").code, "")]
    data = grid(*(row(f"n{number}", months=range(1, 13), sources=paying) for number in range(1, MAX_LINES + 1)))
    answer = client.post(url(plan), data)
    assert answer.status_code == 302
    assert lines(plan) == [(number, "A", "Perawatan pompa", 1_500_000, 4095) for number in range(1, MAX_LINES + 1)]
    page = client.get(url(plan))
    assert len(page.context["grid"].rows) == MAX_LINES


def test_a_page_full_of_rows_with_months_and_sources_can_be_sent(settings):
    paying = [(f"s{number}", "1") for number in range(2)]
    fields = len(row("n100", months=range(1, 13), sources=paying, facility="1", carried_over="on"))
    assert MAX_ROWS * fields < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= MAX_READ * len(row("n1"))


def test_more_lines_than_a_plan_takes_come_back_all(client, plan, writer):
    ActivityFactory(plan=plan, line=1, title="Lama")
    data = grid(*(row(f"n{number}", title=f"Kerja {number}") for number in range(1, MAX_ROWS + 20)))
    answer = client.post(url(plan), data | {name: str(value) for name, value in seen(plan).items()})
    assert answer.status_code == 422
    assert [row.texts["title"] for row in answer.context["grid"].rows] == [
        f"Kerja {number}" for number in range(1, MAX_ROWS + 20)
    ]
    assert f"Satu rencana kerja memuat paling banyak {MAX_LINES} kegiatan. Gabungkan sebagian." in answer.text
    assert [title for _, _, title, *_ in lines(plan)] == ["Lama"]


def test_lines_below_many_blank_rows_are_saved(client, plan, writer):
    blank = {"title": "", "volume": "", "unit": "", "unit_price": ""}
    rows = [row(f"n{number}", **blank) for number in range(1, MAX_ROWS + 1)]
    client.post(url(plan), grid(*rows, row("n900", title="Terakhir")))
    assert [title for _, _, title, *_ in lines(plan)] == ["Terakhir"]


@pytest.mark.parametrize("action", ["", "tambah:A"])
def test_rows_that_cannot_all_be_read_are_told_and_nothing_is_saved(client, plan, writer, action):
    ActivityFactory(plan=plan, line=1, title="Lama")
    keys = [f"n{number}" for number in range(1, MAX_READ + 3)]
    answer = client.post(url(plan), {"rows": keys, "version": "1", "seen": "1", "susun": action})
    assert "2 baris tidak terbaca, karena sekali kirim paling banyak 1000 baris" in answer.text
    assert [title for _, _, title, *_ in lines(plan)] == ["Lama"]


@pytest.mark.parametrize("action", ["tambah:A", "gandakan:n7"])
def test_a_full_page_takes_no_more_rows_and_says_so(client, plan, writer, action):
    rows = [row(f"n{number}") for number in range(1, MAX_ROWS + 1)]
    answer = client.post(url(plan), grid(*rows) | {"susun": action})
    assert len(answer.context["grid"].rows) == MAX_ROWS
    assert FULL in answer.text


@pytest.mark.parametrize(("before", "after"), [([1, 5], set(range(1, 13))), (range(1, 13), set())])
def test_a_line_is_planned_for_every_month_without_script(client, plan, writer, before, after):
    answer = client.post(url(plan), grid(row("n1", months=before)) | {"susun": "tiap:n1"})
    assert answer.context["grid"].rows[0].months == after
    assert not plan.activities.exists()


def test_the_same_grid_sent_twice_is_saved_once(client, plan, writer):
    data = grid(row("n1", title="Listrik"))
    for _ in range(3):
        assert client.post(url(plan), data).status_code == 302
    assert len(lines(plan)) == 1
    assert plan.events.count() == 1


def test_bad_input_is_told_at_its_cell_and_nothing_is_lost(client, plan, writer):
    ActivityFactory(plan=plan, line=1, title="Lama")
    data = grid(row("l1", title="Baru", volume="banyak", note="jangan <b>hilang</b>", months=[4]), **seen(plan))
    answer = client.post(url(plan), data)
    assert answer.status_code == 422
    assert 'value="banyak" inputmode="decimal" autocomplete="off" aria-invalid="true"' in answer.text
    assert '<a href="#l1-volume">Baris 1, volume: Tulis angka' in answer.text.replace("Volume:", "volume:")
    assert 'value="jangan &lt;b&gt;hilang&lt;/b&gt;"' in answer.text
    assert 'name="l1-months" value="4" checked' in answer.text
    assert lines(plan) == [(1, "A", "Lama", 1_500_000, 1)]


def test_sources_that_pay_too_much_are_told_at_their_row(client, plan, writer):
    answer = client.post(url(plan), grid(row("n1", sources=[(fee(), "9.000.000")])))
    assert answer.status_code == 422
    assert "Sumber dana berjumlah Rp9.000.000, lebih dari jumlah kegiatan Rp1.500.000." in answer.text
    assert 'aria-describedby="n1-source-0-salah"' in answer.text
    assert not plan.activities.exists()


@pytest.mark.parametrize(
    ("action", "keys"),
    [
        ("tambah:C", ["l1", "l2", "n1", "n2", "n3"]),
        ("gandakan:l1", ["l1", "n1", "l2"]),
        ("turun:l1", ["l2", "l1"]),
        ("naik:l2", ["l2", "l1"]),
        ("naik:l1", ["l1", "l2"]),
        ("hapus:l1", ["l2"]),
        ("hitung:", ["l1", "l2"]),
        ("tambah:Z", ["l1", "l2"]),
        ("omong kosong", ["l1", "l2"]),
    ],
)
def test_rearranging_without_script_keeps_what_was_typed_and_saves_nothing(client, plan, writer, action, keys):
    ActivityFactory(plan=plan, line=1, title="Satu")
    ActivityFactory(plan=plan, line=2, title="Dua")
    data = grid(row("l1", title="Satu ditulis"), row("l2", title="Dua ditulis"), **seen(plan), susun=action)
    answer = client.post(url(plan), data)
    page = answer.text.split("<template")[0]
    assert answer.status_code == 200
    assert re.findall(r'name="rows" value="(\w+)"', page) == keys
    typed = re.findall(r'-title" value="(.+ ditulis)"', page)
    assert len(typed) == {"gandakan:l1": 3, "hapus:l1": 1}.get(action, 2)
    assert [title for _, _, title, *_ in lines(plan)] == ["Satu", "Dua"]
    assert "form-error" not in page


def test_two_editors_the_second_sees_both_texts_and_may_insist(client, plan, writer):
    ActivityFactory(plan=plan, line=1, title="Lama")
    before = seen(plan)
    colleague = UserFactory(name="Rekan Kerja")
    client.force_login(colleague)
    client.post(url(plan), grid(row("l1", title="Teks rekan"), row("n1", title="Baris rekan"), **before))
    client.force_login(writer)
    answer = client.post(url(plan), grid(row("l1", title="Teks saya"), **before))
    assert answer.status_code == 409
    for words in ("Rekan Kerja", "Teks rekan", "Teks saya", "Baris rekan"):
        assert words in answer.text
    assert [title for _, _, title, *_ in lines(plan)] == ["Teks rekan", "Baris rekan"]
    again = dict(re.findall(r'name="(version|seen)" value="([^"]+)"', answer.text))
    kept = re.findall(r'name="rows" value="(l\d+)"', answer.text)
    assert kept == ["l1", "l2"]
    client.post(url(plan), grid(row("l1", title="Teks saya"), row("l2", title="Baris rekan"), **again))
    assert [title for _, _, title, *_ in lines(plan)] == ["Teks saya", "Baris rekan"]


def test_what_others_saved_is_taken_over_line_by_line(client, plan, writer):
    """Without script: the user takes one line instead of their text, another instead of their removal, and keeps their
    change of the third.
    """
    for line, title in enumerate(["Satu", "Dua", "Tiga"], 1):
        ActivityFactory(plan=plan, line=line, position=line, title=title)
    before = seen(plan)
    client.force_login(UserFactory())
    theirs = [row(f"l{line}", title=title) for line, title in enumerate(["Satu rekan", "Dua rekan", "Tiga rekan"], 1)]
    client.post(url(plan), grid(*theirs, **before))
    client.force_login(writer)
    mine = [row("l1", title="Satu saya"), row("l3", title="Tiga saya")]
    page = client.post(url(plan), grid(*mine, **before))
    assert re.findall(r'name="susun" value="(pakai:[^"]+)"', page.text) == ["pakai:l2", "pakai:l1", "pakai:l3"]
    marks = dict(re.findall(r'name="(version|seen)" value="([^"]+)"', page.text)) | {"bentrok": ["l1", "l2", "l3"]}
    page = client.post(url(plan), grid(*mine, **marks, susun="pakai:l1"))
    assert 'value="Satu rekan"' in page.text
    assert re.findall(r'name="bentrok" value="([^"]+)"', page.text) == ["l2", "l3"]
    marks["bentrok"] = ["l2", "l3"]
    mine[0] = row("l1", title="Satu rekan")
    page = client.post(url(plan), grid(*mine, **marks, susun="pakai:l2"))
    assert 'value="Dua rekan"' in page.text
    assert [title for _, _, title, *_ in lines(plan)] == ["Satu rekan", "Dua rekan", "Tiga rekan"]
    client.post(url(plan), grid(mine[0], row("l2", title="Dua rekan"), mine[1], **marks))
    assert [title for _, _, title, *_ in lines(plan)] == ["Satu rekan", "Dua rekan", "Tiga saya"]


@pytest.mark.parametrize("action", ["pakai:l1", "pakai:l99", "pakai:n1", "pakai:", "pakai:x"])
def test_only_a_contested_line_is_taken_over(client, plan, writer, action):
    ActivityFactory(plan=plan, line=1, title="Tersimpan")
    page = client.post(url(plan), grid(row("l1", title="Saya"), **seen(plan), susun=action, bentrok=["l99", "n1", "x"]))
    assert page.status_code == 200
    assert 'value="Saya"' in page.text
    assert "contested" not in page.text


def test_a_plan_submitted_meanwhile_keeps_the_typing_on_the_page(client, plan, writer):
    data = grid(row("n1", title="Terlambat"))
    WorkPlan.objects.filter(pk=plan.pk).update(status="submitted")
    answer = client.post(url(plan), data)
    assert answer.status_code == 409
    assert "Kegiatan terkunci" in answer.text
    assert 'value="Terlambat"' in answer.text
    assert not plan.activities.exists()


@pytest.mark.parametrize("name", ["work_plan_update", "activity_create", "activity_update", "activity_remove"])
def test_a_locked_plan_leads_back_with_a_word(client, plan, writer, name):
    ActivityFactory(plan=plan, line=1)
    WorkPlan.objects.filter(pk=plan.pk).update(status="approved")
    more = [1] if name in ("activity_update", "activity_remove") else []
    answer = client.get(url(plan, name, *more), follow=True)
    assert answer.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert "Kegiatan terkunci karena rencana kerja ini berstatus Diverifikasi." in answer.text


@pytest.mark.parametrize("name", ["work_plan_update", "activity_create", "activity_update", "activity_remove"])
def test_who_may_write_lines(client, plan, name):
    ActivityFactory(plan=plan, line=1)
    more = [1] if name in ("activity_update", "activity_remove") else []
    village = plan.group.village
    for user, expected in [
        (FacilitatorFactory(villages=[village]), 200),
        (FacilitatorFactory(villages=[VillageFactory()]), 404),
        (UserFactory(), 200),
        (UserFactory(district=None, all_districts=True), 200),
        (OfficialFactory(), 403),
    ]:
        client.force_login(user)
        assert client.get(url(plan, name, *more)).status_code == expected
        if expected != 200:
            assert client.post(url(plan, name, *more), grid(row("n1"))).status_code == expected
    assert plan.activities.count() == 1


def test_sixty_lines_cost_as_many_queries_as_five(client, plan, writer, django_assert_num_queries):
    fill_plan(plan, Start.USUAL, by=writer)
    with django_assert_num_queries(12):
        client.get(url(plan))
    source = FundingSource.objects.get(label="APBDes")
    for number in range(16, 61):
        ActivityFundingFactory(activity=ActivityFactory(plan=plan, line=number), source=source)
    with django_assert_num_queries(12):
        client.get(url(plan))


def test_sixty_full_lines_pass_through_one_form(client, plan, writer):
    other = FundingSource.objects.get(label="APBDes").code
    rows = [
        row(f"n{n}", title=f"Kegiatan {n}", months=range(1, 13), sources=[(fee(), "500.000"), (other, "")])
        for n in range(1, 61)
    ]
    answer = client.post(url(plan), grid(*rows), follow=True)
    assert "Rencana kerja tersimpan: 60 kegiatan, Rp90.000.000." in answer.text
    assert plan_sums(plan).funded == 90_000_000


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"rows": ["l0", "../x", "n1" * 40, "l99999999999"]},
        {"rows": ["n1"], "n1-title": ["a\x00b"], "version": "9" * 4_000, "seen": "9" * 4_000},
        {"rows": ["l77"], "l77-title": ["x"], "version": "-1", "seen": "x:y:z"},
        {"rows": ["n1"], "n1-source": ["iuran"], "n1-amount": ["1", "2"], "n1-months": ["0", "99"]},
        {"susun": "gandakan:"},
    ],
)
def test_a_mangled_post_is_never_an_error_of_ours(client, plan, writer, broken):
    for name in ("work_plan_update", "activity_create"):
        assert client.post(url(plan, name), broken).status_code in (200, 302, 422)
    assert not plan.activities.exists()


def test_a_long_grid_travels_compressed(client, plan, writer):
    answer = client.get(url(plan), headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_facility_of_the_village_is_chosen_and_no_other(client, plan, writer):
    mine, other = FacilityFactory(village=plan.group.village), FacilityFactory()
    page = client.get(url(plan)).text
    assert f'<option value="{mine.pk}">{mine.name}</option>' in page
    assert f'value="{other.pk}"' not in page
    client.post(url(plan), grid(row("n1", facility=str(mine.pk), carried_over="on"), **seen(plan)))
    activity = plan.activities.get()
    assert (activity.facility, activity.carried_over) == (mine, True)
    answer = client.post(url(plan), grid(row("l1", facility=str(other.pk)), **seen(plan)))
    assert (answer.status_code, "Pilih sarana desa ini dari daftar." in answer.text) == (422, True)
    client.post(url(plan), grid(row("l1", facility="", title="Lain"), **seen(plan)))
    activity = plan.activities.get()
    assert (activity.facility, activity.carried_over, activity.title) == (None, False, "Lain")


def test_the_fee_check_stands_beside_the_grid(client, plan, writer):
    WorkPlan.objects.filter(pk=plan.pk).update(payers=120, base_fee=5_000, tariff=3_000)
    client.post(url(plan), grid(row("n1", title="Listrik", volume="12", unit_price="1.450.000", sources=[(fee(), "")])))
    text = client.get(url(plan)).text
    for words in (
        "Iuran menutup BOP",
        "Rp12.083",
        "Rp31.500",
        "Rp17.400.000 (100 %)",
        'data-base-fee="5000"',
        'data-fee-codes="',
    ):
        assert words in text
