from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from kpspams.models import PlanStep, WorkPlan
from records import history
from records.models import Event
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    AdminFactory,
    FacilitatorFactory,
    OfficialFactory,
    UserFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db


def url(plan, name="work_plan_detail"):
    return reverse(f"kpspams:{name}", args=[plan.pk])


@pytest.fixture
def plan():
    return ActivityFundingFactory().activity.plan


@pytest.fixture
def staff(client):
    user = UserFactory()
    client.force_login(user)
    return user


def put(plan, status):
    WorkPlan.objects.filter(pk=plan.pk).update(status=status)
    plan.refresh_from_db()


def step(client, plan, name, prefix, follow=True, **fields):
    """Sends one step as its form does; `on` is today unless given."""
    plan.refresh_from_db()
    data = {"on": localdate().isoformat(), "version": str(plan.version)} | fields
    return client.post(url(plan, name), {f"{prefix}-{key}": value for key, value in data.items()}, follow=follow)


def test_a_plan_is_submitted_returned_mended_and_approved(client, plan):
    writer = FacilitatorFactory(villages=[plan.group.village])
    reviewer, approver = UserFactory(), AdminFactory(may_approve=True)
    client.force_login(writer)
    answer = step(client, plan, "work_plan_submit", "ajukan", on="2026-01-10")
    assert "diajukan tanggal 10 Januari 2026." in answer.text
    client.force_login(reviewer)
    step(client, plan, "work_plan_return", "kembalikan", on="2026-01-15", note="Harga meter terlalu tinggi")
    client.force_login(writer)
    assert "Harga meter terlalu tinggi" in client.get(url(plan)).text
    step(client, plan, "work_plan_submit", "ajukan", on="2026-01-20")
    client.force_login(approver)
    step(client, plan, "work_plan_approve", "setujui", on="2026-01-25", note="Baik")
    plan.refresh_from_db()
    assert plan.status == "approved"
    assert list(plan.steps.values_list("action", "on", "by", "note")) == [
        ("submit", date(2026, 1, 10), writer.pk, ""),
        ("return", date(2026, 1, 15), reviewer.pk, "Harga meter terlalu tinggi"),
        ("submit", date(2026, 1, 20), writer.pk, ""),
        ("approve", date(2026, 1, 25), approver.pk, "Baik"),
    ]
    verbs = list(Event.objects.of(plan).values_list("verb", flat=True))
    assert verbs == ["approve", "submit", "return", "submit"]


def test_each_step_sent_twice_steps_once(client, plan, staff):
    approver = AdminFactory(may_approve=True)
    version = str(plan.version)
    for _ in range(2):
        step(client, plan, "work_plan_submit", "ajukan", version=version)
    assert plan.steps.count() == 1
    client.force_login(approver)
    plan.refresh_from_db()
    version = str(plan.version)
    for _ in range(2):
        answer = step(client, plan, "work_plan_approve", "setujui", version=version)
        assert answer.status_code == 200
    assert list(plan.steps.values_list("action", flat=True)) == ["submit", "approve"]


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"on": "2999-01-01"}, "on", "Tanggal tidak boleh sesudah hari ini."),
        ({"on": ""}, "on", "Isi tanggalnya."),
        ({"on": "kemarin"}, "on", "Tulis tanggal seperti 31-01-2026."),
        ({"on": "2026-01-09"}, "on", "Tanggal tidak boleh sebelum langkah terakhir (Diajukan, 10 Januari 2026)."),
        ({"note": "  "}, "note", "Tulis catatan perbaikan agar kelompok tahu apa yang harus diubah."),
    ],
)
def test_a_refused_step_keeps_the_note_and_tells_why(client, staff, plan, fields, field, error):
    put(plan, "submitted")
    PlanStep.objects.create(plan=plan, action="submit", on=date(2026, 1, 10))
    data = {"note": "Perbaiki harga <meter>"} | fields
    answer = step(client, plan, "work_plan_return", "kembalikan", **data)
    assert answer.status_code == 422
    assert answer.context["return_form"].errors[field] == [error]
    assert error in answer.text
    if field != "note":
        assert "Perbaiki harga &lt;meter&gt;" in answer.text
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_a_step_on_an_outdated_page_is_asked_again(client, staff, plan):
    put(plan, "submitted")
    answer = step(client, plan, "work_plan_return", "kembalikan", version="99", note="Perbaiki")
    assert answer.status_code == 422
    assert "Rencana kerja ini berubah sejak Anda membukanya." in answer.text
    assert f'name="kembalikan-version" value="{plan.version}"' in answer.text
    assert plan.steps.count() == 0


def test_a_plan_without_activities_or_with_sources_that_do_not_add_up_is_not_submitted(client, staff):
    plan = WorkPlanFactory()
    assert "Rencana kerja belum mempunyai kegiatan." in step(client, plan, "work_plan_submit", "ajukan").text
    activity = ActivityFactory(plan=plan, title="Pompa")
    ActivityFundingFactory(activity=activity, amount=1)
    text = step(client, plan, "work_plan_submit", "ajukan").text
    assert "Jumlah sumber dana kegiatan no." in text
    plan.refresh_from_db()
    assert (plan.status, plan.steps.count()) == ("draft", 0)


STEPS = [
    ("work_plan_submit", "ajukan", {"draft", "returned"}, "submitted"),
    ("work_plan_approve", "setujui", {"submitted"}, "approved"),
    ("work_plan_return", "kembalikan", {"submitted"}, "returned"),
]
MAY = {
    "admin": {"work_plan_submit", "work_plan_return"},
    "admin_approver": {"work_plan_submit", "work_plan_return", "work_plan_approve"},
    "staff": {"work_plan_submit", "work_plan_return"},
    "staff_approver": {"work_plan_submit", "work_plan_return", "work_plan_approve"},
    "facilitator": {"work_plan_submit"},
    "facilitator_approver": {"work_plan_submit", "work_plan_return", "work_plan_approve"},
    "official": set(),
    "official_approver": {"work_plan_return", "work_plan_approve"},
}


def person(kind, village):
    role, _, approver = kind.partition("_")
    more = {"villages": [village]} if role == "facilitator" else {}
    factory = {
        "admin": AdminFactory,
        "staff": UserFactory,
        "facilitator": FacilitatorFactory,
        "official": OfficialFactory,
    }
    return factory[role](may_approve=bool(approver), **more)


@pytest.mark.parametrize("status", WorkPlan.Status.values)
@pytest.mark.parametrize("kind", MAY)
def test_every_role_in_every_state(client, plan, kind, status):
    """A step changes the plan only where the right and the state allow it; the page offers exactly those."""
    client.force_login(person(kind, plan.group.village))
    for name, prefix, states, after in STEPS:
        put(plan, status)
        offered = client.get(url(plan)).text
        allowed = name in MAY[kind] and status in states
        assert (f'action="{url(plan, name)}"' in offered) == allowed, name
        answer = step(client, plan, name, prefix, note="Catatan", follow=False)
        plan.refresh_from_db()
        assert answer.status_code == (302 if name in MAY[kind] else 403), name
        assert plan.status == (after if allowed else status), name


@pytest.mark.parametrize("verb", ["add", "change", "submit"])
@pytest.mark.parametrize("kind", ["admin_approver", "facilitator_approver"])
def test_nobody_approves_what_they_wrote(client, plan, kind, verb):
    user = person(kind, plan.group.village)
    history.record(plan, verb, by=user)
    put(plan, "submitted")
    client.force_login(user)
    page = client.get(url(plan)).text
    assert "Anda ikut menulis rencana kerja ini" in page
    assert f'action="{url(plan, "work_plan_approve")}"' not in page
    answer = step(client, plan, "work_plan_approve", "setujui")
    assert "Anda ikut menulis rencana kerja ini. Minta orang lain" in answer.text
    plan.refresh_from_db()
    assert plan.status == "submitted"
