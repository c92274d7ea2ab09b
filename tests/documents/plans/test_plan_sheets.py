"""RKP extract, recaps and the XLSX of plans: PDF and sheet show the figures of the database."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from openpyxl import load_workbook

from documents import registry
from documents.district import plan_recap, proposal_recap
from documents.layout import sheets
from documents.plans import rkp_extract
from documents.rendering import printing
from plans.models import Activity, ActivityFunding, FundingSource
from tests import factories
from tests.documents.samples import make_plan, words_of

pytestmark = pytest.mark.django_db


def made(kind, subject, parameters, form="pdf"):
    module = registry.document(kind)
    snapshot = module.collect(subject, module.clean(subject, parameters), None)
    return printing.print_document(registry.document(kind), subject.pk, snapshot, form).content


def sheet_of(content, *, values):
    return load_workbook(io.BytesIO(content), data_only=values)["Data"]


def computed(sheet, cell):
    """A formula computed again: sums and differences of ranges and cells, and rounded products."""
    text = sheet[cell].value
    if not isinstance(text, str) or not text.startswith("="):
        return text or 0
    if found := re.fullmatch(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)", text):
        if found[1] == found[3]:
            amounts = [computed(sheet, f"{found[1]}{line}") for line in range(int(found[2]), int(found[4]) + 1)]
            return sum(amount for amount in amounts if not isinstance(amount, str))
        return sum(computed(sheet, one.coordinate) for one in sheet[f"{found[1]}{found[2]}:{found[3]}{found[4]}"][0])
    if found := re.fullmatch(r"=SUM\(([A-Z]+\d+(?:,[A-Z]+\d+)*)\)", text):  # text in a cell counts as nothing
        amounts = [computed(sheet, name) for name in found[1].split(",")]
        return sum(amount for amount in amounts if not isinstance(amount, str))
    if found := re.fullmatch(r"=ROUND\(([A-Z]+\d+)\*([A-Z]+\d+),0\)", text):
        return Activity.cost(str(sheet[found[1]].value), sheet[found[2]].value)
    assert re.fullmatch(r"=([A-Z]+\d+|0)([+-][A-Z]+\d+)*", text), text
    return sum(
        (-1 if sign == "-" else 1) * (computed(sheet, name) if name != "0" else 0)
        for sign, name in re.findall(r"([+-]?)([A-Z]+\d+|0)", text[1:])
    )


def check_formulas(content):
    """Asserts that each formula gives the value stored with it; returns their number."""
    living, kept = sheet_of(content, values=False), sheet_of(content, values=True)
    cells = [cell.coordinate for row in living for cell in row if str(cell.value or "").startswith("=")]
    assert {cell: computed(living, cell) for cell in cells} == {cell: kept[cell].value for cell in cells}
    return len(cells)


def line_of(sheet, start):
    """The values of the first line whose first or second cell is `start`."""
    for row in sheet.iter_rows(values_only=True):
        if start in row[:2]:
            return row
    raise AssertionError(start)


def submitted(plan):
    type(plan).objects.filter(pk=plan.pk).update(status="submitted")
    plan.refresh_from_db()
    return plan


def test_the_sample_plan_as_a_sheet_has_living_sums(office):
    content = made("work_plan", make_plan(), {}, "xlsx")
    assert check_formulas(content) == 15 + 7 * 6  # lines; six bidang and the total, for amount and five sources
    total = line_of(sheet_of(content, values=True), "JUMLAH")
    assert total[7] == 94_935_000
    assert sorted(total[9:14]) == [1_700_000, 9_500_000, 17_750_000, 23_950_000, 42_035_000]


def test_a_sheet_of_the_same_snapshot_has_the_same_bytes(office):
    plan = make_plan()
    assert made("work_plan", plan, {}, "xlsx") == made("work_plan", plan, {}, "xlsx")


def test_text_that_looks_like_a_formula_stays_text(office):
    plan = make_plan()
    plan.activities.filter(line=1).update(title="=1+1", note="@SUM(A1)")
    sheet = sheet_of(made("work_plan", plan, {}, "xlsx"), values=False)
    cells = [cell for row in sheet for cell in row if cell.value in ("=1+1", "@SUM(A1)")]
    assert [cell.data_type for cell in cells] == ["s", "s"] or {cell.data_type for cell in cells} == {"s"}


def test_rkp_extract_holds_the_apbdes_part_alone(office):
    plan = make_plan()
    text = words_of(made("rkp_extract", plan, {}))
    assert "JUMLAH TOTAL 23.950.000" in text
    assert "Iuran" not in text
    content = made("rkp_extract", plan, {}, "xlsx")
    assert check_formulas(content) > 1
    assert line_of(sheet_of(content, values=True), "JUMLAH TOTAL")[6] == 23_950_000


def test_rkp_extract_of_a_plan_without_apbdes_is_refused(office):
    plan = make_plan()
    ActivityFunding.objects.filter(activity__plan=plan, source__code="apbdes").delete()
    with pytest.raises(ValidationError, match="sumber APBDes"):
        rkp_extract.RkpExtract().clean(plan, {})


def test_rkp_extract_marks_the_mode(office):
    plan = make_plan()
    funding = ActivityFunding.objects.filter(activity__plan=plan, source__code="apbdes").first()
    Activity.objects.filter(pk=funding.activity_id).update(mode=Activity.Mode.THIRD)
    rows = [row for area in rkp_extract.RkpExtract().collect(plan, {}, None)["areas"] for row in area["rows"]]
    assert [row["modes"] for row in rows if row["title"] == funding.activity.title] == [["", "", "x"]]


def test_proposal_recap_counts_what_was_handed_in(office):
    plan = submitted(make_plan())
    district = plan.group.village.subdistrict.district
    draft = factories.ActivityFactory(
        plan__year=plan.year, plan__group__village__subdistrict=plan.group.village.subdistrict
    )
    text = words_of(made("proposal_recap", district, {"year": str(plan.year)}))
    assert "JUMLAH 94.935.000" in text
    assert draft.title not in text
    content = made("proposal_recap", district, {"year": str(plan.year)}, "xlsx")
    assert check_formulas(content) == 2
    assert line_of(sheet_of(content, values=True), "JUMLAH")[3] == 94_935_000


def test_proposal_recap_takes_the_newest_revision(office):
    plan = submitted(make_plan())
    type(plan).objects.filter(pk=plan.pk).update(status="approved")
    newer = factories.WorkPlanFactory(group=plan.group, year=plan.year, revision=1, status="submitted")
    line = factories.ActivityFactory(plan=newer, volume=1, unit_price=1_000)
    found = proposal_recap.ProposalRecap().collect(
        plan.group.village.subdistrict.district, {"year": str(plan.year)}, None
    )
    assert [row["title"] for part in found["parts"] for row in part["rows"]] == [line.title]


def test_proposal_recap_of_a_year_without_plans_is_refused(office):
    district = make_plan().group.village.subdistrict.district
    with pytest.raises(ValidationError, match="Belum ada rencana kerja tahun 2031"):
        proposal_recap.ProposalRecap().clean(district, {"year": "2031"})


def test_proposal_recap_of_a_fasilitator_holds_own_villages(office):
    plan = submitted(make_plan())
    other = factories.ActivityFactory(plan__year=plan.year, plan__status="submitted")
    fasilitator = factories.FacilitatorFactory(villages=[other.plan.group.village])
    district = plan.group.village.subdistrict.district
    found = proposal_recap.ProposalRecap().collect(district, {"year": str(plan.year)}, fasilitator)
    assert [row["title"] for part in found["parts"] for row in part["rows"]] == [other.title]


def test_plan_recap_lists_groups_without_a_plan_and_adds_up(office):
    plan = submitted(make_plan())
    bare = factories.GroupFactory(village__subdistrict=plan.group.village.subdistrict)
    district = plan.group.village.subdistrict.district
    found = plan_recap.PlanRecap().collect(district, {"year": str(plan.year)}, None)
    assert {line["group"]: line["total"] for line in found["lines"]} == {plan.group.name: 94_935_000, bare.name: None}
    assert {line["group"]: line["state"] for line in found["lines"]} == {
        plan.group.name: "Diajukan",
        bare.name: "Belum ada",
    }
    assert found["totals"]["areas"] == [35_925_000, 39_750_000, 2_650_000, 12_960_000, 2_900_000, 750_000]
    assert sum(found["totals"]["sources"]) == found["totals"]["total"] == 94_935_000
    text = words_of(made("plan_recap", district, {"year": str(plan.year)}))
    assert "JUMLAH 35.925.000 39.750.000 2.650.000 12.960.000 2.900.000 750.000 94.935.000" in text
    content = made("plan_recap", district, {"year": str(plan.year)}, "xlsx")
    assert check_formulas(content) == 1 + 6 + 1 + 5
    assert line_of(sheet_of(content, values=True), "JUMLAH")[9] == 94_935_000


def test_three_hundred_lines_print(office):
    plan = make_plan()
    area, source = plan.activities.first().area, FundingSource.objects.get(code="iuran")
    top = plan.activities.count()
    lines = Activity.objects.bulk_create(
        Activity(
            plan=plan,
            line=top + n,
            position=top + n,
            area=area,
            title=f"Kegiatan panjang {n}",
            volume=1,
            unit="kali",
            unit_price=1_000,
            amount=1_000,
            months=4095,
        )
        for n in range(1, 286)
    )
    ActivityFunding.objects.bulk_create(ActivityFunding(activity=line, source=source, amount=1_000) for line in lines)
    text = words_of(made("work_plan", plan, {}))
    assert [n for n in range(1, 286) if f"Kegiatan panjang {n} " not in text] == []
    assert "JUMLAH 95.220.000" in text
    assert check_formulas(made("work_plan", plan, {}, "xlsx")) == 300 + 7 * 6


def test_columns_are_named_as_a_sheet_names_them():
    assert [sheets.column(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_the_sheet_of_the_plan_is_offered(office):
    assert list(registry.document("work_plan").formats) == ["pdf", "xlsx"]
