"""Kunjungan: one form, several dated facts, all or none saved; rights to write and read."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from fieldwork.models import Visit
from fieldwork.queries.visit_findings import findings_of_visits
from fieldwork.services.visits import VisitFindings, record_visit
from kpspams.models import GroupCheck
from plans.models import ActivityProgress, MonthReport
from records.formats import MONTHS
from tests import factories as make
from tests.files import picture
from tests.pages import errors, send, shown
from villages.models import ConditionCheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(client, village):
    person = make.FacilitatorFactory(villages=[village], name="Fasilitator Uji")
    client.force_login(person)
    return person


@pytest.fixture
def group(village):
    return make.GroupFactory(village=village, name="Tirta Contoh")


@pytest.fixture
def facility(village):
    return make.FacilityFactory(village=village)


def carried(group, months=4095):
    """A plan of the current year with one line due in every month."""
    plan = make.WorkPlanFactory(group=group, year=localdate().year, status="approved")
    return make.ActivityFundingFactory(activity__plan=plan, activity__months=months).activity


def address(village):
    return reverse("fieldwork:visit_create", args=[village.pk])


def test_one_form_writes_the_visit_and_what_was_found(client, facilitator, village, group, facility):
    activity = carried(group)
    answer = send(
        client,
        address(village),
        result="Pompa dan buku kas diperiksa.",
        **{
            f"active_{group.pk}": "ya",
            f"works_{facility.pk}": "sebagian",
            f"cause_{facility.pk}": "Kran umum RT 2 bocor",
            f"month_{group.pk}": "rencana",
            "photos": picture(),
        },
    )
    assert answer.status_code == 302, errors(answer)
    visit = Visit.objects.get()
    assert (visit.by, visit.village, visit.on, visit.photos.count()) == (facilitator, village, localdate(), 1)
    check = GroupCheck.objects.get()
    assert (check.group, check.active, check.checked_on, check.recorded_by) == (group, True, localdate(), facilitator)
    seen = ConditionCheck.objects.get()
    assert (seen.functioning, seen.cause, seen.checked_by) == ("sebagian", "Kran umum RT 2 bocor", "Fasilitator Uji")
    entry = ActivityProgress.objects.get()
    assert (entry.activity, entry.month, entry.as_planned) == (activity, localdate().month, True)
    assert "semua kegiatan sesuai rencana" in client.get(visit.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("tick", "words"), [("nihil", "tidak ada kegiatan"), ("", None)])
def test_what_was_ticked_about_the_month_stays_with_the_visit(client, facilitator, village, group, tick, words):
    carried(group)
    send(client, address(village), result="Cek", **{f"month_{group.pk}": tick})
    visit = Visit.objects.get()
    found = [finding.text for finding in findings_of_visits([visit])[visit.pk]]
    month = f"{MONTHS[visit.on.month - 1]} {visit.on.year}"
    assert found == ([f'KPSPAMS "Tirta Contoh": {month} {words}'] if words else [])


def test_nothing_looked_at_writes_only_the_visit(client, facilitator, village, group, facility):
    carried(group)
    assert send(client, address(village), result="Musyawarah tarif.").status_code == 302
    assert Visit.objects.count() == 1
    assert not GroupCheck.objects.exists()
    assert not ConditionCheck.objects.exists()
    assert not MonthReport.objects.exists()


def test_sent_twice_is_one_visit(client, facilitator, village, group):
    values = shown(client.get(address(village))) | {"result": "Sekali.", f"active_{group.pk}": "tidak"}
    for _ in range(2):
        assert client.post(address(village), values).status_code == 302
    assert (Visit.objects.count(), GroupCheck.objects.count()) == (1, 1)


def test_what_is_missing_is_told_at_its_field_and_nothing_is_written(client, facilitator, village, facility):
    answer = send(client, address(village), **{f"works_{facility.pk}": "tidak"})
    assert errors(answer) == {
        "result": ["Isian ini wajib diisi."],
        f"cause_{facility.pk}": ["Tulis penyebab atau bagian yang tidak berfungsi."],
    }
    assert not Visit.objects.exists()


def test_a_finding_that_cannot_be_written_takes_the_visit_back(facilitator, village, group):
    visit = Visit(village=village, by=facilitator, on=date(2025, 11, 3), result="Tanpa rencana kerja")
    with pytest.raises(ValidationError, match="belum mempunyai rencana kerja 2025"):
        record_visit(visit, VisitFindings(active={group: True}, idle=[group]), [], by=facilitator)
    assert not Visit.objects.exists()
    assert not GroupCheck.objects.exists()


def test_a_month_that_was_told_otherwise_is_not_overwritten(client, facilitator, village, group):
    activity = carried(group)
    make.ActivityProgressFactory(activity=activity, month=localdate().month)
    answer = send(client, address(village), result="Cek", **{f"month_{group.pk}": "nihil"})
    assert answer.status_code == 200
    assert "Ada kegiatan yang dilaporkan pada bulan ini" in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_list_costs_the_same_with_one_and_with_five(client, facilitator, village, django_assert_num_queries):
    page = reverse("fieldwork:visit_list")
    make.VisitFactory(village=village)
    client.get(page)
    with CaptureQueriesContext(connection) as once:
        client.get(page)
    for _ in range(4):
        make.VisitFactory(village=village, by=make.UserFactory())
    with django_assert_num_queries(len(once)):
        client.get(page)


def test_only_the_own_visit_is_changed_by_a_fasilitator(client, facilitator, village):
    own, other = make.VisitFactory(village=village, by=facilitator), make.VisitFactory(village=village)
    answer = send(client, reverse("fieldwork:visit_update", args=[own.pk]), problem="Pompa panas")
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.problem == "Pompa panas"
    assert client.get(reverse("fieldwork:visit_update", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("text", ["2026-13", "kemarin", "2026", "99999-01", "٢٠٢٦-٠١"])
def test_a_month_that_cannot_be_narrows_nothing_and_is_told(client, facilitator, village, text):
    make.VisitFactory(village=village)
    page = client.get(reverse("fieldwork:visit_list"), {"bulan": text}).content.decode()
    assert "Tulis bulan seperti 2026-11." in page
