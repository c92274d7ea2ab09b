"""Ringkasan, Lembar Desa, Temuan, Gambar, Laporan berkala, public page: one value in all formats, known or not."""

from datetime import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from documents.district import periodic_report
from documents.layout import figures
from monitoring.charts import CHARTS, charts
from monitoring.models import FinalFigures
from monitoring.queries import final_figures
from monitoring.queries.area import Area
from records.formats import number_id, percent, rupiah
from tests.documents.samples import paper_of, words_of
from tests.monitoring.figures_dataset import (
    EARLY,
    LATE,
    absent,
    cell,
    make_dataset,
    page,
    page_text,
    rows_of_csv,
    rows_of_xlsx,
)  # fmt: skip

pytestmark = pytest.mark.django_db
FILES = (("csv", rows_of_csv), ("xlsx", rows_of_xlsx))
NEEDS = {
    EARLY: ["Rp1.266.000", "belum ada data, dari Rp15.538.000"],
    LATE: [
        "Rp7.350.000 (2 kerusakan, 1 belum ditaksir)",
        "Rp1.266.000",
        "Rp317.000 dari Rp15.538.000 (5 dari 6 kegiatan belum ada data)",
    ],
}
STAGES = {
    EARLY: ["belum ada data", "0 dari 2 desa", "2 dari 2 desa", "belum ada data"],
    LATE: ["0 dari 2 desa", "0 dari 2 desa", "2 dari 2 desa", "0 dari 2 desa"],
}


@pytest.fixture
def dataset(client):
    dataset = make_dataset()
    client.force_login(dataset.staff)
    return dataset


def area(dataset, day):
    return Area.of({"per": day.isoformat(), "ta": "semua"}, dataset.staff)


@pytest.mark.parametrize("day", [EARLY, LATE])
def test_the_summary_on_page_paper_and_in_the_message(client, dataset, day):
    requested = {"per": day.isoformat(), "ta": "semua"}
    answer = client.get(reverse("monitoring:summary"), requested)
    digest, message = answer.context["digest"], " ".join(answer.context["text"].split())
    assert [stage.summary for stage in digest.stages] == STAGES[day]
    assert [amount for _, amount in digest.needs] == NEEDS[day]
    texts = {
        "page": page_text(answer.text.partition('<textarea class="form-control" id="teks"')[0]),
        "paper": words_of(paper_of("summary", dataset.district, dataset.staff, filter=requested)[1]),
    }
    described = [
        *NEEDS[day],
        *(goal.reached for goal in digest.goals),
        *(rupiah(d.cost) for d in digest.damages if d.cost),
    ]
    assert absent(described, message=message, **texts) == {}
    assert absent([f"{stage.label} {stage.summary}" for stage in digest.stages], **texts) == {}
    assert absent([f"{stage.label}: {stage.summary}" for stage in digest.stages], message=message) == {}
    found = [f"{total.yes} dari {total.known} {total.finding.unit}" for total in digest.found]
    assert (absent(found, **texts), bool(found)) == ({}, day == LATE)


@pytest.mark.parametrize("which", ["known", "quiet"])
def test_the_sheet_of_a_village_on_page_paper_and_in_the_message(client, dataset, which):
    village, requested = getattr(dataset, which), {"per": LATE.isoformat()}
    answer = client.get(reverse("monitoring:village_sheet", args=[village.pk]), requested)
    digest = answer.context["digest"]
    steps = [step.summary for chain in digest.chains for step in chain.steps]
    assert steps[3] == {
        "known": "1 dari 2 berfungsi, 1 belum diperiksa: catat pemeriksaan SPAM",
        "quiet": "Belum ada data: catat pemeriksaan SPAM",
    }[which]  # fmt: skip
    described = [*steps, *(amount for _, amount in digest.needs), *(goal.reached for goal in digest.goals)]
    paper = words_of(paper_of("village_sheet", village, dataset.staff, filter=requested)[1])
    assert (
        absent(described, page=page_text(answer.text), paper=paper, message=" ".join(answer.context["text"].split()))
        == {}
    )
    assert [amount for _, amount in digest.needs][-1] == {
        "known": "Rp317.000 dari Rp7.769.000 (2 dari 3 kegiatan belum ada data)",
        "quiet": "belum ada data, dari Rp7.769.000",
    }[which]  # fmt: skip


@pytest.mark.parametrize("day", [EARLY, LATE])
def test_findings_on_page_chart_lists_and_files(client, dataset, day):
    requested = {"per": day.isoformat()}
    answer = client.get(reverse("monitoring:findings"), requested)
    shown, (drawn,) = page_text(answer.text), (item for item in charts(area(dataset, day)) if item.key == "temuan")
    files = {
        form: read(client.get(reverse("monitoring:findings"), requested | {"unduh": form})) for form, read in FILES
    }
    known = 0
    for total, row in zip(answer.context["totals"], drawn.table, strict=True):
        unit = total.finding.unit
        count = f"{total.yes} {unit}: {total.finding.label} dari {total.known} {unit}"
        known += bool(total.known)
        assert (count if total.known else f"{total.finding.label} belum ada data") in shown
        assert row[2:6] == (
            [str(total.yes), str(total.known), percent(total.share), str(total.unknown)]
            if total.known
            else ["–", "0", "–", str(total.unknown)]
        )
        listed = total.known and {
            state: len(client.get(reverse("monitoring:finding_groups", args=[total.finding.key]),
                       requested | ({"keadaan": state} if state != "ada" else {})).context["object_list"])
            for state in ("ada", "tidak", "belum")
        }  # fmt: skip
        counts = {"ada": total.yes, "tidak": total.known - total.yes, "belum": total.unknown}
        assert listed == (total.known and counts)
        if not total.finding.of_water:
            for rows in files.values():
                states = [row[total.finding.label] for row in rows]
                assert (states.count("Temuan"), states.count("Belum ada data")) == (total.yes, total.unknown)
    assert known == {EARLY: 1, LATE: 7}[day]


@pytest.mark.parametrize(("day", "form", "read"), [(EARLY, *FILES[0]), (LATE, *FILES[1])])
def test_each_chart_is_drawn_listed_and_filed_alike(client, dataset, day, form, read):
    unknown = 0
    for drawn in charts(area(dataset, day)):
        requested = {"per": day.isoformat(), "ta": "semua"}
        shown = page(client, "monitoring:chart_detail", drawn.key, **requested)
        words = [text for row in drawn.table for text in row]
        assert absent(words, page=shown, drawing=page_text(str(drawn.svg))) == {}, drawn.key
        unknown += words.count("–")
        plain = [[column.of(row) for column in drawn.columns] for row in drawn.rows]
        heads = [column.label for column in drawn.columns]
        answer = client.get(reverse("monitoring:chart_detail", args=[drawn.key]), requested | {"unduh": form})
        rows = [[row[head] for head in heads] for row in read(answer)]
        assert [[as_filed(value, form) for value in row] for row in rows] == [
            [as_filed(value, form) for value in row] for row in plain
        ], (drawn.key, form)
    assert unknown > 0


def as_filed(value, form):
    """A value as read back from a file of that format: numbers to four decimals, None for an unknown value."""
    if value in (None, ""):
        return ""
    try:
        return round(float(value), 4)
    except (TypeError, ValueError):
        return str(value.date() if isinstance(value, datetime) else value) if form == "xlsx" else str(value)


def test_the_periodic_report_has_the_figures_of_the_pages_on_paper_and_sheet(client, dataset):
    parameters = {"period": "2025-12", "filter": {"ta": "semua"}}
    snapshot, content = paper_of("periodic_report", dataset.district, dataset.staff, **parameters)
    tables, paper = {part["caption"]: part for part in snapshot["tables"]}, words_of(content)
    sheet = periodic_report.PeriodicReport().xlsx(snapshot)
    filed = {str(value) for row in every_row(sheet) for value in row}
    numbers = {figures.NUMBER, figures.RUPIAH}
    for caption, part in tables.items():
        for row in part["rows"]:
            described = [(kind, value) for kind, value in zip(part["kinds"], row, strict=True) if kind in numbers]
            words = [figures.text_of(kind, value) for kind, value in described]
            assert absent(words, paper=paper) == {}, caption
            assert absent([str(value) for _, value in described if value is not None], sheet=filed) == {}, caption
    digest = client.get(reverse("monitoring:summary"), {"per": LATE.isoformat(), "ta": "semua"}).context["digest"]
    assert [row[1:-1] for row in tables["Desa menurut tahap"]["rows"]] == [
        [item.count for item in stage.counts] for stage in digest.stages
    ]
    assert [row[-1] for row in tables["Kerusakan yang belum selesai"]["rows"]] == [7_350_000, None]
    for drawn in charts(area(dataset, LATE)):
        if drawn.title in tables:
            rows = [
                [figures.text_of(kind, value) for kind, value in zip(tables[drawn.title]["kinds"], row, strict=True)]
                for row in tables[drawn.title]["rows"]
            ]
            assert rows == drawn.table
    assert len({drawn.title for drawn in charts(area(dataset, LATE))} & set(tables)) == len(CHARTS) - 4


def every_row(content: bytes):
    return load_workbook(BytesIO(content), data_only=True).worksheets[0].values


@pytest.mark.parametrize("day", [EARLY, LATE])
def test_public_figures_on_page_json_and_csv(client, dataset, day):
    kept = final_figures.compute(dataset.district, day)
    FinalFigures.objects.create(district=dataset.district, as_of=day, figures=kept, note="Uji")
    code = dataset.district.code
    answer = client.get(reverse("monitoring:public_json", args=[code])).json()
    rows = rows_of_csv(client.get(reverse("monitoring:public_csv", args=[code])))
    places = {code: answer["angka"]} | {row["kode"]: row["angka"] for row in answer["kecamatan"]}
    for place, described in places.items():
        filed = {row["indikator"]: row["nilai"] for row in rows if row["kode_wilayah"] == place}
        assert filed == {key: cell(value) for key, value in described.items()}
    shown = page(client, "monitoring:public_page", code)
    described = answer["angka"]
    words = [
        percent(value) if key.endswith("_terlayani_persen") else number_id(value)
        for key, value in described.items()
        if value is not None
    ]
    assert absent(words, page=shown) == {}
    assert shown.casefold().count("belum ada data") >= sum(value is None for value in described.values())
    stages = [described[key] for key in final_figures.STAGE_FIGURES.values()]
    assert stages == [{"belum ada data": None, "0 dari 2 desa": 0, "2 dari 2 desa": 2}[text] for text in STAGES[day]]
