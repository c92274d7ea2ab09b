"""Recording an approval from the signed document, by a user who did not write the plan."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from documents.plans import work_plan as paper
from plans.models import PlanScan, PlanStep, WorkPlan
from records import history
from tests import factories as make
from tests.files import picture
from tests.pages import errors, page_messages
from tests.plans.plans import url

pytestmark = pytest.mark.django_db
SIGNED = "menurut naskah bertanda tangan Sarimin, Kepala Desa Sumber Makmur, 12 Januari 2026"


@pytest.fixture
def plan():
    plan = make.ActivityFundingFactory().activity.plan
    plan.submit(by=make.FacilitatorFactory(villages=[plan.group.village]), on=date(2026, 1, 10))
    return plan


@pytest.fixture
def staff(client):
    staff = make.UserFactory(name="Rini Staf")
    client.force_login(staff)
    return staff


def record(client, plan, **fields):
    page = url(plan, "work_plan_record")
    form = client.get(page).context["form"]
    data = {
        "upload": picture(),
        "signer_name": "Sarimin",
        "signer_office": "Kepala Desa Sumber Makmur",
        "signed_on": "2026-01-12",
        "plan_version": form["plan_version"].value(),
        "request_key": form["request_key"].value(),
    }
    data |= fields
    return data, client.post(page, data)


def test_staff_record_what_the_signed_paper_says_and_every_place_shows_it(client, plan, staff):
    _, answer = record(client, plan)
    assert page_messages(answer) == ["Persetujuan menurut naskah bertanda tangan tercatat."]
    plan.refresh_from_db()
    step = plan.steps.get(action="approve")
    assert (plan.status, step.on, step.by, step.scan) == ("approved", date(2026, 1, 12), staff, PlanScan.objects.get())
    assert (step.signer_name, step.signer_office, step.signed_on) == (
        "Sarimin",
        "Kepala Desa Sumber Makmur",
        date(2026, 1, 12),
    )
    page = " ".join(client.get(url(plan)).text.split())
    assert f"<strong>Diverifikasi</strong> {SIGNED}, dicatat oleh Rini Staf." in page
    snapshot = paper.WorkPlanDocument().collect(plan, {}, staff)
    assert snapshot["status_line"] == f"Diverifikasi {SIGNED}, dicatat oleh Rini Staf"
    assert plan.events[0].changes == {
        "status": ["Diajukan", "Diverifikasi"],
        "naskah bertanda tangan": ["", "Sarimin, Kepala Desa Sumber Makmur, 12 Januari 2026"],
    }


def test_signed_before_it_was_handed_in_it_holds_from_that_day_on(client, plan, staff):
    record(client, plan, signed_on="2026-01-05")
    step = plan.steps.get(action="approve")
    assert (step.signed_on, step.on) == (date(2026, 1, 5), date(2026, 1, 10))
    assert list(plan.steps.values_list("action", flat=True)) == ["submit", "approve"]


def test_nobody_records_it_for_a_plan_that_they_wrote(client, plan, staff):
    data, _ = record(client, make_other(), signer_name="")
    history.record(plan, "change", by=staff)
    answer = client.get(url(plan, "work_plan_record"))
    assert page_messages(answer) == ["Anda ikut menulis rencana kerja ini. Minta orang lain yang berhak menyetujuinya."]
    answer = client.post(url(plan, "work_plan_record"), data | {"plan_version": plan.version, "signer_name": "Sarimin"})
    assert "Anda ikut menulis rencana kerja ini" in answer.text
    assert WorkPlan.objects.get(pk=plan.pk).status == "submitted"
    assert not PlanScan.objects.exists()


def make_other():
    plan = make.ActivityFundingFactory().activity.plan
    plan.submit(by=make.UserFactory(), on=date(2026, 1, 10))
    return plan


def test_who_signed_and_when_is_required_and_lies_in_the_past(client, plan, staff):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    _, answer = record(client, plan, signer_name="", signer_office="", signed_on=tomorrow, upload="")
    assert set(errors(answer)) == {"upload", "signer_name", "signer_office", "signed_on"}
    assert WorkPlan.objects.get(pk=plan.pk).status == "submitted"


def test_a_day_long_before_the_year_of_the_plan_is_a_slip_of_the_year(client, plan, staff):
    _, answer = record(client, plan, signed_on="2015-01-12")
    assert errors(answer)["signed_on"] == ["Rencana kerja ini untuk tahun 2026. Periksa tahun tanda tangannya."]
    record(client, plan, signed_on="2025-12-30")
    assert WorkPlan.objects.get(pk=plan.pk).status == "approved"


def test_sent_twice_records_once(client, plan, staff):
    data, _ = record(client, plan)
    again = client.post(url(plan, "work_plan_record"), data | {"upload": picture()})
    assert again.status_code == 302
    assert (plan.steps.filter(action="approve").count(), PlanScan.objects.count()) == (1, 1)


def test_a_plan_that_was_returned_meanwhile_is_not_recorded(client, plan, staff):
    page = url(plan, "work_plan_record")
    form = client.get(page).context["form"]
    plan.send_back(by=make.AdminFactory(), on=localdate(), note="Harga")
    data = {
        "upload": picture(),
        "signer_name": "Sarimin",
        "signer_office": "Kepala Desa",
        "signed_on": "2026-01-12",
        "plan_version": form["plan_version"].value(),
        "request_key": form["request_key"].value(),
    }
    assert "berubah sejak Anda membuka halaman ini" in client.post(page, data).text
    assert not PlanScan.objects.exists()


def test_the_database_refuses_half_a_signed_paper(plan):
    for half in ({"signer_name": "Sarimin"}, {"signed_on": date(2026, 1, 12)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanStep.objects.create(plan=plan, action="approve", on=date(2026, 1, 12), **half)
