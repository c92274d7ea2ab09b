from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import DistrictSettings
from plans.models import PlanStep, WorkPlan
from plans.rules.plan_approval import refusal
from records import history
from records.models import Event
from tests.factories import (
    ActivityFactory,
    ActivityFundingFactory,
    AdminFactory,
    CamatFactory,
    FacilitatorFactory,
    MemberFactory,
    OfficialFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.plans.plans import put, url

pytestmark = pytest.mark.django_db


def step(client, plan, name, prefix, follow=True, **fields):
    """Sends the form of one step; `on` is today by default."""
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


def test_letters_of_a_note_that_no_document_can_show_are_named(client, plan):
    client.force_login(AdminFactory())
    plan.submit(by=FacilitatorFactory(villages=[plan.group.village]), on=date(2026, 1, 10))
    answer = step(client, plan, "work_plan_return", "kembalikan", on="2026-01-15", note="Harga 😀")
    assert "“😀” pada “Catatan”" in answer.text
    assert plan.steps.last().note == "Harga 😀"


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
        ({"on": "kemarin"}, "on", "“kemarin” bukan tanggal. Tulis seperti 04-12-2018 atau 4 Desember 2018."),
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


def test_submission_says_at_once_all_that_is_missing_with_links_to_the_lines(client, staff):
    plan = WorkPlanFactory()
    answer = step(client, plan, "work_plan_submit", "ajukan")
    assert answer.status_code == 422
    assert "Rencana kerja belum mempunyai kegiatan." in answer.text
    pump = ActivityFactory(plan=plan, title="Pompa", months=0)
    ActivityFundingFactory(activity=pump, amount=1)
    pipe = ActivityFactory(plan=plan, title="Pipa")
    ActivityFactory(plan=plan, title="Gotong royong", unit_price=0)
    answer = step(client, plan, "work_plan_submit", "ajukan", on="2026-01-10")
    assert answer.status_code == 422
    assert [(gap.line, gap.text) for gap in answer.context["gaps"]] == [
        (pump.line, "Bulan pelaksanaan belum dipilih."),
        (pump.line, "Jumlah sumber dana Rp1 belum sama dengan jumlah biayanya Rp1.500.000."),
        (pipe.line, "Sumber dana belum diisi."),
    ]
    assert f'href="{reverse("plans:activity_update", args=[plan.pk, pipe.line])}"' in answer.text
    assert 'value="2026-01-10"' in answer.text
    plan.refresh_from_db()
    assert (plan.status, plan.steps.count()) == ("draft", 0)
    with pytest.raises(ValidationError) as refused:
        plan.submit(by=staff, on=localdate())
    assert refused.value.messages[0] == "Kegiatan no. 1 (Pompa): Bulan pelaksanaan belum dipilih."
    assert len(refused.value.messages) == 3


def test_a_vacant_chair_only_warns(client, staff, plan):
    warning = "Ketua KPSPAMS belum tercatat."
    assert warning in client.get(url(plan)).text
    assert warning in step(client, plan, "work_plan_submit", "ajukan").text
    plan.refresh_from_db()
    assert plan.status == "submitted"
    other = ActivityFundingFactory().activity.plan
    MemberFactory(group=other.group)
    assert warning not in client.get(url(other)).text
    assert warning not in step(client, other, "work_plan_submit", "ajukan").text


@pytest.fixture
def checked(plan):
    DistrictSettings.objects.create(district=plan.group.village.subdistrict.district, plan_checked=True)
    put(plan, "submitted")
    plan.steps.create(action="submit", on=date(2026, 1, 10))
    return plan


def test_a_submitted_plan_is_marked_as_looked_at_once(client, checked):
    writer = FacilitatorFactory(villages=[checked.group.village])
    client.force_login(writer)
    assert f'action="{url(checked, "work_plan_check")}"' in client.get(url(checked)).text
    for _ in range(2):
        step(client, checked, "work_plan_check", "periksa", on="2026-01-12", note="Sudah dilihat di lapangan")
    checked.refresh_from_db()
    assert checked.status == "submitted"
    marks = checked.steps.filter(action="check").values_list("on", "by", "note")
    assert list(marks) == [(date(2026, 1, 12), writer.pk, "Sudah dilihat di lapangan")]
    assert f'action="{url(checked, "work_plan_check")}"' not in client.get(url(checked)).text
    # It blocks nothing, and makes nobody a writer.
    assert refusal(checked, AdminFactory(may_approve=True)) == ""
    assert Event.objects.of(checked).get().verb == "check"


def test_the_mark_is_given_anew_after_the_plan_was_handed_in_again(client, staff, checked):
    step(client, checked, "work_plan_check", "periksa")
    step(client, checked, "work_plan_return", "kembalikan", note="Perbaiki")
    step(client, checked, "work_plan_submit", "ajukan")
    step(client, checked, "work_plan_check", "periksa")
    actions = list(checked.steps.values_list("action", flat=True))
    assert actions == ["submit", "check", "return", "submit", "check"]


@pytest.mark.parametrize(("used", "status"), [(False, "submitted"), (True, "draft"), (True, "approved")])
def test_no_mark_where_it_is_not_used_or_nothing_waits(client, staff, plan, used, status):
    DistrictSettings.objects.create(district=plan.group.village.subdistrict.district, plan_checked=used)
    put(plan, status)
    assert f'action="{url(plan, "work_plan_check")}"' not in client.get(url(plan)).text
    answer = step(client, plan, "work_plan_check", "periksa")
    assert "Rencana kerja ini tidak menunggu tanda Diperiksa." in answer.text
    assert plan.steps.count() == 0


def test_an_approved_plan_is_called_as_the_kabupaten_calls_it(client, staff, plan):
    DistrictSettings.objects.create(district=plan.group.village.subdistrict.district, plan_approved_word="Disahkan")
    put(plan, "submitted")
    client.force_login(AdminFactory(may_approve=True))
    answer = step(client, plan, "work_plan_approve", "setujui", on="2026-01-25")
    assert "disahkan tanggal 25 Januari 2026." in answer.text
    assert "<strong>Disahkan</strong> 25 Januari 2026" in answer.text
    assert "Disahkan</span>" in answer.text
    assert plan.events.first().changes == {"status": ["Diajukan", "Disahkan"]}


def test_who_wrote_only_the_plan_before_may_approve_its_revision(plan):
    """Writers of the revision itself and the user who opened it may not approve it; writers of approved lines may."""
    first, second, opener = (AdminFactory(may_approve=True) for _ in range(3))
    history.record(plan, "change", by=first)
    put(plan, "approved")
    revision = WorkPlanFactory(group=plan.group, revision=1, status="submitted")
    history.record(revision, "add", by=opener)
    history.record(revision, "change", by=second)
    may = {
        name: refusal(revision, user) == ""
        for name, user in {"first": first, "second": second, "opener": opener}.items()
    }
    assert may == {"first": True, "second": False, "opener": False}


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
    "camat": set(),
}


def person(kind, village):
    role, _, approver = kind.partition("_")
    more = {"villages": [village]} if role == "facilitator" else {}
    factory = {
        "admin": AdminFactory,
        "staff": UserFactory,
        "facilitator": FacilitatorFactory,
        "official": OfficialFactory,
        "camat": CamatFactory,
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
