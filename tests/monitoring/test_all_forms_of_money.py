"""Rencana kerja, realisasi and training figures: one value on every page, document, sheet and file, known or not."""

import pytest
from django.urls import reverse

from documents import registry
from documents.district import plan_recap
from documents.rendering import printing
from monitoring.charts import charts
from monitoring.queries.area import Area
from plans.queries.progress import plan_progress
from plans.queries.realisation import by_area, by_source, total_of
from records.formats import number_id, percent, rupiah
from tests.documents.plans.test_plan_sheets import line_of, sheet_of
from tests.documents.samples import paper_of, words_of
from tests.monitoring.figures_dataset import (
    LATE,
    absent,
    cell,
    make_dataset,
    page,
    page_text,
    rows_of_csv,
    rows_of_xlsx,
)

pytestmark = pytest.mark.django_db
YEAR = {"tahun": "2025"}
FILES = (("csv", rows_of_csv), ("xlsx", rows_of_xlsx))


@pytest.fixture
def dataset(client):
    dataset = make_dataset()
    client.force_login(dataset.staff)
    return dataset


def papers(kind, subject, **parameters):
    """Text of the PDF, and the sheet."""
    snapshot, content = paper_of(kind, subject, **parameters)
    sheet = printing.print_document(registry.document(kind), subject.pk, snapshot, "xlsx").content
    return snapshot, words_of(content), sheet_of(sheet, values=True)


def test_planned_money_of_a_plan_on_page_paper_sheet_recap_and_list(client, dataset):
    answer = client.get(dataset.plan.get_absolute_url())
    sums = answer.context["sums"]
    assert (sums.total, sums.secured, sums.unsecured) == (7_769_000, 7_136_000, 633_000)
    _, paper, sheet = papers("work_plan", dataset.plan)
    shown = page_text(answer.text)
    for part in sums.areas:
        assert f"{part.area.label} {rupiah(part.amount)}" in shown or rupiah(part.amount) in shown
        assert number_id(part.amount) in paper
        assert line_of(sheet, f"Jumlah bidang {part.area.code}")[7] == part.amount
    total = line_of(sheet, "JUMLAH")
    for place, line in enumerate(sums.sources):
        row = (line.amount, line.secured, line.unsecured)
        assert f"{line.source.label} {' '.join(map(rupiah, row))}" in shown
        assert f"{line.source.label} {' '.join(map(number_id, row))}" in paper
        assert total[9 + place] == line.amount
    recap = plan_recap.PlanRecap().collect(dataset.district, {"year": "2025"}, None)
    (line,) = (line for line in recap["lines"] if line["group"] == dataset.plan.group.name)
    assert (line["areas"], line["total"]) == ([part.amount for part in sums.areas], sums.total)
    assert line["sources"] == [row.amount for row in sums.sources]
    assert rupiah(sums.total) in page(client, "plans:work_plan_list", **YEAR)


def words(row):
    """A row of a comparison as the page formats it."""
    described = (row.planned, row.secured, row.unsecured)
    spent = ("Belum ada data", "–", "–")
    if row.realised is not None:
        spent = (rupiah(row.realised), rupiah(row.left), percent(row.percent))
    return f"{row.label} {' '.join(map(rupiah, described))} {' '.join(spent)}"


@pytest.mark.parametrize("which", ["plan", "quiet_plan"])
def test_realised_money_of_a_plan_on_every_page_paper_and_sheet(client, dataset, which):
    plan = getattr(dataset, which)
    progress = plan_progress(plan, LATE)
    areas, sources, total = by_area(progress), by_source(progress), total_of(progress)
    realised = 317_000 if which == "plan" else None
    assert ([row.realised for row in areas], total.realised) == ([realised, None, None], realised)
    assert [row.realised for row in sources] == [realised, None, None]
    shown = page(client, "plans:plan_realisation", plan.pk, triwulan="4")
    assert absent(map(words, [*areas, *sources, total]), page=shown) == {}

    snapshot, paper, sheet = papers("plan_progress", plan, quarter="4")
    spent = [number_id(row.realised) if row.realised is not None else "belum ada data" for row in areas]
    assert absent([f"rencana {number_id(a.planned)}, realisasi {s}" for a, s in zip(areas, spent, strict=True)],
                  paper=paper) == {}  # fmt: skip
    for row, part in zip(areas, snapshot["areas"], strict=True):
        assert line_of(sheet, f"Jumlah bidang {part['code']}")[5:8] == filed(row)
    assert line_of(sheet, "JUMLAH")[5:8] == filed(total)
    assert [row[:3] for row in snapshot["sources"]] == [
        [row.label, number_id(row.planned), message_of(row.realised)] for row in sources
    ]

    account, paper, sheet = papers("annual_account", plan)
    for row, part in zip(areas, account["areas"], strict=True):
        assert part["sum"]["texts"][:2] == [number_id(row.planned), message_of(row.realised)]
        assert line_of(sheet, part["sum"]["label"])[1:3] == filed(row)[:2]
    assert f"Jumlah pengeluaran {number_id(total.planned)} {message_of(total.realised)}" in paper

    board, paper, sheet = papers("notice_board", plan)
    assert [row[1:] for row in board["spending"]] == [[number_id(a.planned), message_of(a.realised)] for a in areas]
    big = "Belum ada data" if realised is None else rupiah(realised)
    assert f"Uang keluar {big}" in paper
    assert line_of(sheet, "Uang keluar")[1] == ("Belum ada data" if realised is None else realised)
    assert f"Biaya realisasi {big}" in page(client, "plans:progress_year", plan.group_id, 2025)


def message_of(amount):
    return "belum ada data" if amount is None else number_id(amount)


def filed(row):
    return (row.planned, *(("belum ada data", "") if row.realised is None else (row.realised, row.left)))


def test_realised_money_of_all_plans_on_page_file_and_chart(client, dataset):
    answer = client.get(reverse("plans:realisation_list"), YEAR)
    whole, shown = answer.context["whole"], page_text(answer.text)
    assert (whole.sum.realised, whole.sum.planned, whole.late) == (317_000, 15_538_000, 1)
    assert "5 dari 6 kegiatan belum ada data" in shown
    assert absent(map(words, [*answer.context["areas"], *answer.context["sources"]]), page=shown) == {}
    for form, read in FILES:
        rows = {row["Nama"]: row for row in read(client.get(reverse("plans:realisation_list"), YEAR | {"unduh": form}))}
        described = [[cell(rows[str(plan.group)][head]) for head in ("Realisasi", "Selisih", "Penerimaan iuran")]
                for plan in (dataset.plan, dataset.quiet_plan)]  # fmt: skip
        assert described == [["317000", "7452000", "419000"], ["", "", ""]], form
    area = Area.of({"per": LATE.isoformat(), "ta": "semua"}, dataset.staff)
    drawn = {item.key: item for item in charts(area)}
    assert [(row.label, row.realised) for row in drawn["realisasi-per-sumber"].rows] == [
        (row.label, row.realised) for row in answer.context["sources"]
    ]
    quarters = [row.realised for row in drawn["realisasi-per-triwulan"].rows]
    assert quarters == [101_000, 216_000, None, None]
    months = [row["month"].cost for row in client.get(
        reverse("plans:progress_year", args=[dataset.plan.group_id, 2025])).context["rows"]]  # fmt: skip
    assert months == [None, 101_000, None, 107_000, 109_000, *[None] * 7]


def test_turnout_of_a_training_on_pages_files_paper_and_chart(client, dataset):
    training = dataset.training
    figures = client.get(training.get_absolute_url()).context["figures"]
    # Seven lines of six people, two of them uninvited. Four of a village with three places are named, and three of
    # another invited; of the four one was excused.
    described = (figures.registered.total, figures.named.total, figures.invited_people.total, figures.present.total)
    assert described == (6, 4, 7, 4)
    turnout = ["3 dari 7 orang yang diundang (42,9 %)", "3 dari 4 orang yang didaftarkan sebelumnya (75 %)"]
    assert figures.turnout_texts == turnout
    forms = {
        "training": page(client, "trainings:training_detail", training.pk),
        "indicators": page(client, "trainings:indicators", training.pk),
        "report": words_of(paper_of("training_report", training)[1]),
    }
    assert absent(turnout, **forms) == {}
    for form, read in FILES:
        (row,) = read(client.get(reverse("trainings:indicator_list"), {"unduh": form}))
        heads = ("Peserta terdaftar", "Didaftarkan sebelumnya", "Orang diundang", "Hadir", "Hadir dari yang diundang")
        assert [cell(row[head]) for head in heads] == ["6", "4", "7", "4", "3"], form
    (row,) = rows_of_csv(client.get(reverse("trainings:training_list"), {"unduh": "csv"}))
    assert row["Peserta"] == "6"
    proposed = client.get(reverse("trainings:participant_list", args=[training.pk])).context["quotas"]
    assert [row.registered for row in proposed] == [4, 0]
    drawn = {item.key: item for item in charts(Area.of({"ta": "semua"}, dataset.staff))}
    assert drawn["kehadiran"].table[0][2:] == ["2", "2", "4", "6"]
    snapshot, _ = paper_of("periodic_report", dataset.district, dataset.staff, period="2025-04", filter={"ta": "semua"})
    (table,) = (part for part in snapshot["tables"] if part["caption"] == "Pelatihan")
    assert table["rows"][0][2:] == [6, 2, 2]


def test_a_training_nobody_marked_is_unknown_everywhere(client, dataset):
    for row in dataset.training.participants.all():
        row.attendances.all().delete()
    shown = page(client, "trainings:indicators", dataset.training.pk)
    assert absent(["Kehadiran belum dicatat", "JP orang Belum ada data"], page=shown) == {}
    assert "0 dari" not in shown.partition("Menurut jabatan")[2]
    for form, read in FILES:
        (row,) = read(client.get(reverse("trainings:indicator_list"), {"unduh": form}))
        assert [cell(row[head]) for head in ("Hadir", "Hadir dari yang diundang", "JP orang")] == ["", "", ""], form
    assert "Kehadiran belum dicatat." in words_of(paper_of("training_report", dataset.training)[1])
