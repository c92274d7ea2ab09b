"""Kerusakan: its steps, days without water, transfer into the plan, rights to write, and the pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from plans.models import Activity, DamagePhoto, DamageReport, DamageStep
from plans.services.damages import next_states, plan_repair, take_step
from records.models import Conflict, Event, StoredFile
from tests import factories as make
from tests.files import picture
from tests.pages import errors, page_messages, send, shown

pytestmark = pytest.mark.django_db
State = DamageReport.State
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _place_and_day(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    for module in ("plans.services.damages", "plans.models.damages", "plans.forms.damages"):
        monkeypatch.setattr(f"{module}.localdate", lambda: TODAY)


@pytest.fixture
def village():
    return make.VillageFactory()


@pytest.fixture
def facility(village):
    return make.FacilityFactory(village=village, name="SPAM Dusun I")


@pytest.fixture
def damage(facility):
    damage = make.DamageReportFactory(facility=facility, since=date(2026, 10, 1), estimated_cost=9_500_000)
    make.DamageStepFactory(report=damage, on=date(2026, 10, 2))
    return damage


@pytest.fixture
def facilitator(village, client):
    user = make.FacilitatorFactory(villages=[village])
    client.force_login(user)
    return user


def url(name, row=None):
    return reverse(f"plans:{name}", args=[row.pk] if row else [])


def step(damage, state, on=TODAY, note="", by=None):
    return take_step(damage, state, on, note, [], by=by or make.UserFactory())


# The report


def test_a_facilitator_reports_from_the_page_of_the_facility(client, facility, facilitator):
    assert url("damage_create", facility) in client.get(facility.get_absolute_url()).content.decode()
    typed = {
        "since": "2026-11-01",
        "reported_on": "2026-11-03",
        "component": "pompa",
        "description": "Pompa mati",
        "stopped": "on",
        "connections_affected": "1.120",
        "photos": [picture(taken="2026:11:02 07:30:00")],
    }
    answer = send(client, url("damage_create", facility), **typed)
    damage = DamageReport.objects.get()
    assert answer["Location"] == damage.get_absolute_url()
    assert (damage.state, damage.connections_affected, damage.days_without_water) == ("dilaporkan", 1_120, 24)
    assert [(row.state, row.on, row.by) for row in damage.steps.all()] == [
        (State.REPORTED, date(2026, 11, 3), facilitator)
    ]
    assert damage.photos.get().file.taken_time.hour == 7
    assert url("damage_detail", damage) in client.get(facility.get_absolute_url()).content.decode()


def test_what_is_wrong_is_said_at_its_field(client, facility, facilitator):
    answer = send(
        client,
        url("damage_create", facility),
        since="2026-11-05",
        reported_on="2026-11-03",
        component="",
        description="",
        photos=[picture()],
    )
    assert set(errors(answer)) == {"reported_on", "component", "description", "photos"}
    assert not StoredFile.objects.exists()


def test_days_without_water_stop_when_it_works(damage):
    assert (damage.days, damage.days_without_water) == (55, 55)
    done = step(damage, State.WORKING, date(2026, 10, 20))
    assert (done.days, done.is_open) == (20, False)
    done.stopped = False
    assert done.days_without_water == 0


# Steps


def test_steps_go_forward_and_each_is_a_dated_row(damage):
    by = make.UserFactory()
    for state, day in ((State.INSPECTED, 5), (State.UNDER_REPAIR, 9), (State.WORKING, 12)):
        damage = step(damage, state, date(2026, 10, day), "catatan", by)
    assert (damage.state, damage.working_again_on) == (State.WORKING, date(2026, 10, 12))
    assert [row.state for row in damage.steps.all()] == ["dilaporkan", "diperiksa", "diperbaiki", "berfungsi"]
    assert [event.by for event in Event.objects.of(damage)] == [by, by, by]
    assert next_states(damage) == [State.UNDER_REPAIR]


@pytest.mark.parametrize(
    ("state", "on", "note", "sentence"),
    [
        (State.REPORTED, TODAY, "", "Laporan ini sudah dilaporkan"),
        (State.WORKING, date(2026, 11, 25), "", "tidak boleh sesudah hari ini"),
        (State.WORKING, date(2026, 10, 1), "", "tidak boleh sebelum langkah sebelumnya, 2 Oktober 2026"),
    ],
)
def test_a_step_that_cannot_follow_is_refused(damage, state, on, note, sentence):
    with pytest.raises(ValidationError, match=sentence):
        step(damage, state, on, note)
    assert DamageStep.objects.count() == 1


def test_back_only_with_a_reason(damage):
    done = step(damage, State.WORKING, date(2026, 10, 20))
    with pytest.raises(ValidationError, match="ternyata belum berfungsi"):
        step(done, State.UNDER_REPAIR)
    again = step(done, State.UNDER_REPAIR, note="Mati lagi sehari kemudian")
    assert (again.state, again.working_again_on) == (State.UNDER_REPAIR, None)


def test_the_same_step_twice_is_written_once_and_another_one_meets_the_first(damage):
    by = make.UserFactory()
    step(damage, State.INSPECTED, date(2026, 10, 5), "Gulungan putus", by)
    step(damage, State.INSPECTED, date(2026, 10, 5), "Gulungan putus", by)
    assert damage.steps.count() == 2
    with pytest.raises(Conflict):
        step(damage, State.UNDER_REPAIR)


def test_the_page_of_a_step(client, damage, facilitator):
    page = shown(client.get(url("damage_step", damage)))
    typed = page | {"state": "diperbaiki", "on": "2026-10-09", "note": "Diganti", "photos": [picture()]}
    for _ in range(2):
        answer = client.post(url("damage_step", damage), {**typed, "photos": [picture()]})
        assert answer["Location"] == damage.get_absolute_url()
    assert (damage.steps.count(), DamagePhoto.objects.count()) == (2, 1)
    other = client.post(url("damage_step", damage), page | {"state": "berfungsi", "on": "2026-10-10"})
    assert other.status_code == 409
    answer = send(client, url("damage_step", damage), state="berfungsi", on="2026-10-08")
    assert list(errors(answer)) == ["on"]


def test_two_edits_at_once_show_both_texts(client, damage, facilitator):
    page = shown(client.get(url("damage_update", damage)))
    send(client, url("damage_update", damage), handled_by="Bengkel")
    answer = client.post(url("damage_update", damage), page | {"handled_by": "Dinas"})
    assert answer.status_code == 409
    assert [(row["mine"], row["theirs"]) for row in answer.context["conflict"]["rows"]] == [("Dinas", "Bengkel")]


# After the repair


def test_a_repair_proposes_a_new_check(client, damage, facilitator):
    step(damage, State.WORKING, date(2026, 10, 20))
    page = client.get(url("damage_detail", damage)).content.decode()
    assert "Minta DPMU mencatat pemeriksaannya" in page
    client.force_login(make.UserFactory())
    way = client.get(url("damage_detail", damage)).context["check"]["url"]
    values = shown(client.get(way))
    assert (values["checked_on"], values["functioning"]) == ("2026-10-20", "berfungsi")
    assert client.post(way, values)["Location"] == damage.get_absolute_url()
    assert client.get(url("damage_detail", damage)).context["check"] is None


# Transfer into the plan


@pytest.fixture
def plan(village, facility):
    group = make.GroupFactory(village=village)
    make.GroupFacilityFactory(group=group, facility=facility)
    make.WorkAreaFactory()
    return make.WorkPlanFactory(group=group, year=2027)


def test_the_repair_becomes_a_line_of_the_open_plan(client, damage, plan, facilitator):
    page = shown(client.get(url("damage_repair", damage)))
    assert (page["title"], page["price"]) == ("Perbaikan pompa SPAM Dusun I", "9.500.000")
    typed = page | {"month": "2"}
    answer = client.post(url("damage_repair", damage), typed)
    activity = Activity.objects.get()
    assert answer["Location"] == reverse("plans:activity_update", args=[plan.pk, activity.line])
    assert (activity.plan, activity.amount, activity.month_list, activity.cost_class, activity.facility) == (
        plan,
        9_500_000,
        [2],
        "perbaikan",
        damage.facility,
    )
    damage.refresh_from_db()
    assert damage.activity == activity
    assert Event.objects.of(plan).first().by == facilitator
    assert client.post(url("damage_repair", damage), typed).status_code == 302
    assert Activity.objects.count() == 1


def test_planned_twice_is_one_line(damage, plan):
    by = make.UserFactory()
    facts = {"title": "Perbaikan", "area": make.WorkAreaFactory(), "price": 1_000, "month": 3, "by": by}
    first = plan_repair(damage, plan, **facts)
    assert plan_repair(damage, plan, **facts) == first
    assert Activity.objects.count() == 1


def test_without_an_open_plan_the_page_says_so(client, damage, plan, facilitator):
    plan.status = "submitted"
    plan.save()
    page = client.get(url("damage_repair", damage)).content.decode()
    assert "Belum ada rencana kerja tahun ini atau tahun depan yang masih dapat diubah" in page
    assert "Buat rencana kerja 2027" in page


def test_a_plan_of_another_village_is_no_choice(client, damage, plan, facilitator):
    other = make.WorkPlanFactory(year=2027)
    answer = send(client, url("damage_repair", damage), plan=str(other.pk))
    assert list(errors(answer)) == ["plan"]


# The list


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_for_any_number(client, facility, facilitator, count, django_assert_num_queries):
    for _ in range(count):
        make.DamageReportFactory(facility=facility)
    client.get(url("damage_list"))
    with django_assert_num_queries(6):
        page = client.get(url("damage_list"))
    assert len(page.context["object_list"]) == count


def test_open_ones_stand_first_longest_first(client, facility, facilitator):
    done = make.DamageReportFactory(
        facility=facility, since=date(2026, 1, 1), state="berfungsi", working_again_on=date(2026, 1, 5)
    )
    new = make.DamageReportFactory(facility=facility, since=date(2026, 11, 1))
    old = make.DamageReportFactory(facility=facility, since=date(2026, 9, 1), component="pipa")
    make.DamageReportFactory()

    def listed(**query):
        return [row.pk for row in client.get(url("damage_list"), query).context["object_list"]]

    assert listed() == [old.pk, new.pk, done.pk]
    assert listed(keadaan="terbuka") == [old.pk, new.pk]
    assert listed(bagian="pipa") == [old.pk]
    answer = client.get(url("damage_list"), {"unduh": "csv"})
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 4
    assert "85" in rows[1].split(",")


def test_more_photos_come_later(client, damage, facilitator):
    answer = send(client, url("damage_photo_create", damage), photos=[picture()])
    assert page_messages(answer) == ["1 foto tersimpan."]
    photo = damage.photos.get()
    assert client.get(url("damage_photo", photo))["Content-Type"] == "image/jpeg"
    client.force_login(make.FacilitatorFactory(villages=[make.VillageFactory()]))
    assert client.get(url("damage_photo", photo)).status_code == 404


# Constraints of the database


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "berfungsi", "working_again_on": None},
        {"state": "diperiksa", "working_again_on": TODAY},
        {"state": "berfungsi", "working_again_on": date(2026, 9, 30)},
    ],
)
def test_the_database_refuses(damage, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        DamageReport.objects.filter(pk=damage.pk).update(**columns)


def test_the_page_names_as_operator_only_who_is_recorded(client, damage, facility):
    client.force_login(make.UserFactory())
    group = make.GroupFactory(village=facility.village, name="Tirta Desa")
    page = " ".join(client.get(damage.get_absolute_url()).content.decode().split())
    assert 'Belum ada data</span> <br><span class="soft">KPSPAMS desa ini:' in page
    group.operated.create(facility=facility, starts_on=date(2020, 1, 1))
    assert "KPSPAMS desa ini" not in client.get(damage.get_absolute_url()).content.decode()
