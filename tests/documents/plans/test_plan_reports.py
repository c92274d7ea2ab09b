"""Documents about the progress of a plan: progress, difference of a revision, notice board, LPJ."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import strip_tags

from documents import registry
from documents.plans import annual_account, notice_board, plan_difference, plan_progress
from documents.rendering import printing
from plans.models import Activity, ActivityFunding
from plans.queries.plan_difference import plan_difference as compared
from records.formats import number_id, rupiah
from tests import factories
from tests.documents.plans.test_plan_sheets import check_formulas, line_of, sheet_of
from tests.documents.samples import make_plan, pages_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office):
    plan = make_plan()
    type(plan).objects.filter(pk=plan.pk).update(status="approved")
    plan.refresh_from_db()
    return plan


def recorded(plan, position, month, volume, cost, **fields):
    """A progress entry of one line, paid by the line's first source."""
    activity = plan.activities.get(position=position)
    entry = factories.ActivityProgressFactory(activity=activity, month=month, volume=volume, **fields)
    if cost:
        factories.ProgressFundingFactory(progress=entry, source=activity.fundings.first().source, cost=cost)
    return entry


@pytest.fixture
def carried(plan):
    """Half of the electricity, one of two pump services, six of fifteen meters; income of two months."""
    for month in range(1, 7):
        recorded(plan, 1, month, 1, 1_450_000)
    recorded(plan, 2, 4, 1, 750_000)
    recorded(plan, 5, 6, 6, 1_650_000, obstacle="Menunggu meter dari toko")
    factories.MonthReportFactory(group=plan.group, year=plan.year, month=1, income=3_000_000)
    factories.MonthReportFactory(group=plan.group, year=plan.year, month=2, income=9_000_000)
    return plan


def made(kind, plan, parameters=None, form="pdf"):
    module = registry.document(kind)
    snapshot = module.collect(plan, module.clean(plan, parameters or {}), None)
    return printing.print_document(registry.document(kind), plan.pk, snapshot, form).content


def on_screen(response) -> str:
    """The text of a page with single spaces."""
    return " ".join(strip_tags(response.text.replace("<", " <")).split())


def test_progress_tells_plan_and_realisation_until_the_triwulan(carried):
    found = plan_progress.PlanProgressDocument().collect(carried, {"quarter": "2"}, None)
    rows = {row["number"]: row for area in found["areas"] for row in area["rows"]}
    assert [rows[n]["figures"]["percent"] for n in "125"] == [50, 50, 40]
    assert (rows["1"]["cost"], rows["2"]["cost"], rows["5"]["cost"]) == (8_700_000, 750_000, 1_650_000)
    assert (rows["4"]["percent"], rows["4"]["cost"], rows["4"]["cost_text"]) == (
        "Belum ada data",
        None,
        "belum ada data",
    )
    assert found["sum"]["cost"] == 11_100_000
    text = words_of(made("plan_progress", carried, {"quarter": "2"}))
    for message in (
        "keadaan per 30 Juni 2019",
        "Menunggu meter dari toko",
        "realisasi 11.100.000",
        "Iuran 42.035.000 11.100.000",
        "Swadaya 17.750.000 belum ada data -",
        "Hanya yang dilaporkan yang dihitung; 12 dari 15 kegiatan belum ada data.",
    ):
        assert message in text, message


def test_progress_of_the_first_triwulan_leaves_later_months_out(carried):
    assert plan_progress.PlanProgressDocument().collect(carried, {"quarter": "1"}, None)["sum"]["cost"] == 3 * 1_450_000


def test_progress_as_a_sheet_has_the_same_figures(carried):
    content = made("plan_progress", carried, {"quarter": "2"}, "xlsx")
    # Differences of three lines, planned sums of six bidang and of all, spent and remaining sums where reported.
    assert check_formulas(content) == 3 + 7 + 2 * 2
    sheet = sheet_of(content, values=True)
    assert line_of(sheet, "JUMLAH")[5:8] == (94_935_000, 11_100_000, 83_835_000)
    assert [line_of(sheet, "4")[place] for place in (3, 6, 7)] == ["", "belum ada data", ""]
    assert line_of(sheet, "Jumlah bidang C")[6:8] == ("belum ada data", "")


@pytest.mark.parametrize("kind", ["plan_progress", "annual_account", "notice_board"])
def test_a_plan_that_is_not_settled_has_no_report(office, kind):
    plan = make_plan()
    with pytest.raises(ValidationError, match="sudah disetujui"):
        registry.document(kind).clean(plan, {})


def test_annual_account_runs_down_to_the_balance(carried):
    found = annual_account.AnnualAccount().collect(carried, {}, None)
    assert found["income"][0]["real"] == found["income_sum"]["real"] == 12_000_000
    assert found["spent_sum"]["real"] == 11_100_000
    assert found["balance"]["balance"] == 900_000
    text = words_of(made("annual_account", carried))
    assert "Jumlah pengeluaran 94.935.000 11.100.000 -83.835.000" in text
    assert "Penerimaan iuran menurut catatan bulanan" in text


def test_annual_account_without_recorded_income_says_so(plan):
    recorded(plan, 1, 1, 1, 1_450_000)
    found = annual_account.AnnualAccount().collect(plan, {}, None)
    assert (found["income_sum"]["real"], found["balance"]["balance"], found["recorded"]) == (None, None, False)
    assert found["income"][0]["texts"][1:] == ["belum ada data", "-"]
    assert found["spent_sum"]["real"] == 1_450_000
    assert "Penerimaan iuran belum dicatat pada bulan mana pun" in words_of(made("annual_account", plan))
    sheet = sheet_of(made("annual_account", plan, form="xlsx"), values=True)
    assert line_of(sheet, "Jumlah penerimaan")[2:5] == ("belum ada data", "", "")
    assert line_of(sheet, "Saldo akhir")[2:5] == ("", "", "")


def test_notice_board_without_recorded_income_tells_what_was_spent(plan):
    recorded(plan, 1, 1, 1, 1_450_000)
    assert notice_board.NoticeBoard().collect(plan, {}, None)["big"][1:] == [
        ["Uang masuk", "Belum ada data"],
        ["Uang keluar", "Rp1.450.000"],
        ["Sisa", "Belum ada data"],
    ]
    sheet = sheet_of(made("notice_board", plan, form="xlsx"), values=True)
    assert [line_of(sheet, name)[1] for name in ("Uang masuk", "Uang keluar", "Sisa")] == [
        "Belum ada data",
        1_450_000,
        "Belum ada data",
    ]


def test_a_bidang_never_ends_a_page_of_the_account_with_its_name(carried):
    area = carried.activities.first().area
    for line in range(50, 58):  # one line more each time: the following text moves across the page break
        factories.ActivityFactory(plan=carried, line=line, position=line, area=area, title=f"Baris {line}")
        pages = pages_of(made("annual_account", carried))
        assert len(pages) == 2
        for name, first in (("F. Perlindungan", "Penanaman pohon"), ("E. Kesehatan", "Pemeriksaan kualitas")):
            assert [first in page for page in pages] == [name in page for page in pages], line


def test_what_was_never_reported_is_not_told_as_zero(plan):
    account = annual_account.AnnualAccount().collect(plan, {}, None)
    assert account["spent_sum"]["texts"] == ["94.935.000", "belum ada data", "-"]
    assert account["balance"]["balance_text"] == "-"
    assert notice_board.NoticeBoard().collect(plan, {}, None)["big"][1:] == [
        [name, "Belum ada data"] for name in ("Uang masuk", "Uang keluar", "Sisa")
    ]


def test_a_line_nobody_reported_is_unknown_in_the_account_and_on_the_board(carried):
    account = annual_account.AnnualAccount().collect(carried, {}, None)
    rows = {row["label"]: row["texts"][1:] for part in account["areas"] for row in part["rows"]}
    assert list(rows.values()).count(["belum ada data", "-"]) == 12
    message = "Hanya yang dilaporkan yang dihitung; 12 dari 15 kegiatan belum ada data."
    assert message in words_of(made("annual_account", carried))
    board = notice_board.NoticeBoard().collect(carried, {}, None)
    assert board["spending"][0] == ["Teknis: operasi dan pemeliharaan", "35.925.000", "11.100.000"]
    assert {real for _, _, real in board["spending"][1:]} == {"belum ada data"}
    assert message in words_of(made("notice_board", carried))


def test_annual_account_as_a_sheet_keeps_a_running_balance(carried):
    content = made("annual_account", carried, form="xlsx")
    # Balances of sources and lines, differences of reported ones, planned sums, real sums with differences, final
    # balance.
    assert check_formulas(content) == (5 + 15) + (1 + 3) + (1 + 6 + 1) + (1 + 1 + 1) * 2 + 1
    assert line_of(sheet_of(content, values=True), "Saldo akhir")[4] == 900_000


def test_notice_board_is_one_page_with_the_four_sums(carried):
    content = made("notice_board", carried)
    assert len(pages_of(content)) == 1
    text = words_of(content)
    for message in ("Rencana Rp94.935.000", "Uang masuk Rp12.000.000", "Uang keluar Rp11.100.000", "Sisa Rp900.000"):
        assert message in text, message
    for member in carried.group.members.all():
        assert member.person.name not in text


@pytest.fixture
def revision(plan):
    """Electricity costs 600.000 more, the trees are removed, a fence for 500.000 without a source is new."""
    revision = factories.WorkPlanFactory(group=plan.group, year=plan.year, revision=1, reason="Harga listrik naik")
    for line in plan.activities.exclude(position=15):
        price = 1_500_000 if line.position == 1 else line.unit_price
        copy = factories.ActivityFactory(
            plan=revision,
            line=line.line,
            position=line.position,
            area=line.area,
            title=line.title,
            volume=line.volume,
            unit=line.unit,
            unit_price=price,
            months=line.months,
            location=line.location,
            target=line.target,
            responsible=line.responsible,
            mode=line.mode,
            cost_class=line.cost_class,
            note=line.note,
        )
        ActivityFunding.objects.create(activity=copy, source=line.fundings.first().source, amount=copy.amount)
    factories.ActivityFactory(plan=revision, line=99, position=15, title="Pagar sumur", volume=1, unit_price=500_000)
    return revision


def test_the_difference_of_a_revision(plan, revision):
    type(revision).objects.filter(pk=plan.pk).update(status="superseded")
    type(revision).objects.filter(pk=revision.pk).update(status="approved")
    revision.refresh_from_db()
    text = words_of(made("plan_difference", revision))
    for message in (
        "REVISI KE-1",
        "Harga listrik naik",
        "Diverifikasi",  # the kabupaten's own label of an approved plan
        "1 ditambah, 1 dihapus, 1 berubah, 13 tetap",
        "Pagar sumur",
        "+500.000",
        "-750.000",
        "JUMLAH 94.935.000 95.285.000 +350.000",
    ):
        assert message in text, message
    assert plan_difference.before(revision) == plan


def test_the_difference_on_paper_sheet_and_screen_has_the_same_figures(client, plan, revision):
    content = made("plan_difference", revision, form="xlsx")
    found = compared(revision.before, revision)
    tables = [found.by_area, found.by_source, found.by_month]
    # A difference per line, three sums below.
    assert check_formulas(content) == (4 + 3) + sum(len(rows) + 3 for rows in tables)
    sheet = sheet_of(content, values=True)
    assert line_of(sheet, "Pagar sumur")[2:6] == ("Ditambah", 0, 500_000, 500_000)
    assert line_of(sheet, "Penanaman pohon di sekitar sumur bor")[2:6] == ("Dihapus", 750_000, 0, -750_000)
    assert line_of(sheet, "13 kegiatan yang tetap")[3] == 94_935_000 - 17_400_000 - 750_000
    paper = words_of(made("plan_difference", revision))
    client.force_login(factories.UserFactory())
    screen = on_screen(client.get(reverse("plans:work_plan_difference", args=[revision.pk])))
    names = [row.label for rows in tables for row in rows]
    assert {"Iuran", "Swadaya", "APBDes", "APBD Kabupaten", "Swasta/CSR", "Belum ada sumber", "Desember"} < set(names)
    for name, (old, new, gap) in {name: line_of(sheet, name)[3:6] for name in [*names, "JUMLAH"]}.items():
        signed = f"{'+' if gap > 0 else ''}{number_id(gap)}"
        assert f"{name} {number_id(old)} {number_id(new)} {signed}" in paper, name
        signed = f"{'+' if gap > 0 else ''}{rupiah(gap)}"
        assert f"{name} {rupiah(old)} {rupiah(new)} {signed}" in screen, name
    assert line_of(sheet, "JUMLAH")[3:6] == (94_935_000, 95_285_000, 350_000)


def test_the_notice_board_on_paper_sheet_and_screen_has_the_same_figures(client, carried):
    content = made("notice_board", carried, form="xlsx")
    assert check_formulas(content) == 2 + 2 + 4
    sheet = sheet_of(content, values=True)
    recorded = {name: line_of(sheet, name)[1] for name in ("Rencana", "Uang masuk", "Uang keluar", "Sisa")}
    assert recorded == {"Rencana": 94_935_000, "Uang masuk": 12_000_000, "Uang keluar": 11_100_000, "Sisa": 900_000}
    paper = words_of(made("notice_board", carried))
    for name, amount in recorded.items():
        assert f"{name} {rupiah(amount)}" in paper
    rows = [row[:3] for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int) and row[2]]
    rows = [row for row in rows if row[0] != "JUMLAH"]
    assert [real for _, _, real in rows] == [12_000_000, *["belum ada data"] * 4, 11_100_000, *["belum ada data"] * 5]
    for name, planned, real in rows:
        last = name.replace("/", " ").split()[-1]  # a long name continues on the next line
        assert f"{last} {number_id(planned)} {real if isinstance(real, str) else number_id(real)}" in paper
    client.force_login(factories.UserFactory())
    screen = on_screen(client.get(reverse("plans:plan_realisation", args=[carried.pk])))
    assert f"Rencana {rupiah(recorded['Rencana'])} Realisasi {rupiah(recorded['Uang keluar'])}" in screen


def test_a_notice_board_of_what_was_never_reported_counts_nothing(plan):
    sheet = sheet_of(made("notice_board", plan, form="xlsx"), values=True)
    assert [line_of(sheet, name)[1] for name in ("Uang masuk", "Sisa")] == ["Belum ada data"] * 2
    assert line_of(sheet, "Iuran")[1:] == (42_035_000, "belum ada data")


def test_the_first_plan_has_no_difference(plan):
    with pytest.raises(ValidationError, match="bukan revisi"):
        plan_difference.PlanDifferenceDocument().clean(plan, {})


def test_three_hundred_lines_of_progress(plan):
    area, source = plan.activities.first().area, plan.activities.first().fundings.first().source
    lines = Activity.objects.bulk_create(
        Activity(
            plan=plan, line=n, position=n, area=area, title=f"Baris {n}", volume=1, unit="kali", unit_price=1, amount=1
        )
        for n in range(101, 386)
    )
    ActivityFunding.objects.bulk_create(ActivityFunding(activity=line, source=source, amount=1) for line in lines)
    pages = pages_of(made("plan_progress", plan))
    text = " ".join(" ".join(page.split()) for page in pages)
    assert [n for n in range(101, 386) if f"Baris {n} " not in text] == []
    assert all("Kendala" in page for page in pages[:-1])  # the header repeats
    assert notice_board.NoticeBoard().collect(plan, {}, None)["until"] == "31 Desember 2019"
    assert (
        plan_progress.PlanProgressDocument().collect(plan, {"quarter": "4"}, None)["document"]["dated"]
        == date(2019, 12, 31).isoformat()
    )
