"""Laporan berkala: PDF and XLSX are equal, and equal to Beranda, charts and Ringkasan."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from openpyxl import load_workbook

from documents import registry
from documents.layout import figures
from documents.rendering import printing
from monitoring.charts import chart
from monitoring.forms.home import HomeFilter
from monitoring.queries.area import Area
from monitoring.queries.stage_counts import stage_counts
from reports.services import requests
from tests import factories as make
from tests.documents.samples import make_plan, paper_of, words_of

pytestmark = pytest.mark.django_db
DAY = "2026-09-30"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-29 03:00Z")


@pytest.fixture
def district(office):
    plan = make_plan(year=2026)
    plan.status = "approved"
    plan.save()
    plan.steps.create(action="approve", on=date(2026, 1, 20), by=make.UserFactory())
    village = plan.group.village
    for place in (village, make.VillageFactory(name="Contoh Dua")):
        make.GrantAwardFactory(village=place)
    make.ConditionCheckFactory(facility__village=village, checked_on=date(2026, 9, 1), households=120, people=480)
    make.DamageReportFactory(facility__village=village, since=date(2026, 9, 10), estimated_cost=9_500_000)
    training = make.TrainingFactory(title="Pelatihan Uji September")
    make.TrainingDayFactory(training=training, date=date(2026, 9, 15))
    make.InvitationFactory(training=training, village=village)
    return office.district


def sheet_of(snapshot):
    content = printing.print_document(registry.document("periodic_report"), 1, snapshot, "xlsx").content
    return [
        [cell for cell in row if cell not in (None, "")] for row in load_workbook(io.BytesIO(content)).active.values
    ]


def test_pdf_and_sheet_hold_the_same_figures(district, staff):
    snapshot, content = paper_of("periodic_report", district, staff, period="2026-T3")
    printed, lines = words_of(content), sheet_of(snapshot)
    assert "LAPORAN BERKALA PAMSIMAS KABUPATEN MESUJI TRIWULAN III 2026" in printed
    assert "8. Cakupan air minum" in printed
    rows = 0
    for part in snapshot["tables"]:
        for row in part["rows"]:
            rows += 1
            assert [value for value in row if value not in (None, "")] in lines
    assert rows == snapshot_rows(snapshot)
    assert ["Pelatihan Uji September", "15 September 2026", 0] in lines
    assert "Rp9.500.000" in printed


def snapshot_rows(snapshot):
    """Rows of the printed tables."""
    return sum(len(block["rows"]) for block in snapshot["body"] if block["kind"] == "table")


def test_the_same_figure_stands_on_beranda_chart_summary_and_report(district, staff):
    requested = {"per": DAY}
    chains = HomeFilter(requested, user=staff).area.chains()
    counts = stage_counts(chains)
    beranda = [[stage.label, stage.done, stage.total] for stage in counts]
    known = [stage.known > 0 for stage in counts]
    drawn = chart("corong", Area.of_district(requested, staff))
    summary = registry.document("summary").collect(district, {"filter": requested}, staff)
    report = registry.document("periodic_report")
    snapshot = report.collect(district, report.clean(district, {"period": "2026-09"}), staff)
    first = snapshot["tables"][0]
    assert [[row.label, row.done, row.total] for row in drawn.rows] == [
        [label, done if shown else None, total] for (label, done, total), shown in zip(beranda, known, strict=True)
    ]
    assert [[row[0], row[1]] for row in summary["stages"]] == [
        [label, f"{done} dari {total} desa" if shown else "belum ada data"]
        for (label, done, total), shown in zip(beranda, known, strict=True)
    ]
    assert [[row[0], row[1], row[-1]] for row in first["rows"]] == beranda
    assert [line[:2] for line in sheet_of(snapshot) if line and line[0] in {row[0] for row in beranda}][:4] == [
        row[:2] for row in beranda
    ]
    goals = next(part for part in snapshot["tables"] if part["caption"] == "Capaian dan target")
    assert goals["rows"] == summary["goals"]


def test_only_of_what_is_over_and_only_for_who_sees_all(district, staff):
    report = registry.document("periodic_report")
    assert report.clean(district, {})["period"] == "2026-10"
    with pytest.raises(ValidationError, match="November 2026 belum berakhir"):
        report.clean(district, {"period": "2026-11"})
    own = make.FacilitatorFactory(villages=[make.VillageFactory()])
    with pytest.raises(PermissionDenied):
        requests.request_document("periodic_report", district, {"period": "2026-09"}, own)


def test_cells_in_words():
    kinds = [("text", "Uji"), ("number", 1_250), ("percent", 14.25), ("rupiah", 5_000), ("number", None)]
    assert [figures.text_of(kind, value) for kind, value in kinds] == ["Uji", "1.250", "14,3 %", "Rp5.000", "–"]
