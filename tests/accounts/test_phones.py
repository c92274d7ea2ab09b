"""Telephone numbers are one right: page, form, export and printed sheet follow it."""

import pytest

from accounts.models import User
from accounts.roles import Reach, Right
from tests import factories as make
from tests.accounts.users import account
from tests.pages import send
from villages.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbered():
    """A person with a number who takes part in a training, in a kabupaten that prints numbers on its sheets."""
    village = make.VillageFactory()
    person = make.PersonFactory(village=village, phone="+6281298765432")
    training = make.TrainingFactory()
    make.TrainingSessionFactory(day=make.TrainingDayFactory(training=training))
    make.ParticipantFactory(training=training, person=person, village=village)
    rules = training.district.rules
    rules.phone_on_sheet = True
    rules.save()
    return person, training


def doors(client, user, person, training) -> dict[str, bool]:
    """{place: whether this account sees the number there}."""
    from documents.trainings.attendance_sheet import AttendanceSheet
    from reports.services.requests import request_document

    client.force_login(user)
    found = {
        "page": client.get(person.get_absolute_url()),
        "form": client.get(f"/orang/{person.pk}/ubah/"),
        "export": client.get("/orang/", {"unduh": "csv", "pribadi": "1", "hp": "1"}),
    }
    seen = {name: b"98765432" in b"".join(page) or b"9876-5432" in b"".join(page) for name, page in found.items()}
    report = request_document("attendance_sheet", training, {"mode": "blank"}, by=user)
    assert type(report).objects.visible_to(user).filter(pk=report.pk).exists()
    sheet = AttendanceSheet().collect(training, report.parameters, user)
    return seen | {"sheet": "9876" in str(sheet), "titip": client.get("/titip-entri/").status_code == 200}


WORK = (Right.EDIT_GROUPS, Right.EXPORT, Right.EXPORT_NAMES, Right.REQUEST_REPORTS)


@pytest.mark.parametrize("is_office", [False, True])
def test_page_form_export_and_sheet_follow_the_one_grant(is_office, client, numbered, add_role):
    add_role(*WORK, Right.SEE_PHONES, reach=Reach.DISTRICT, is_office=is_office)
    user = account("auditor")
    opened = {"page": True, "form": True, "export": True, "sheet": True, "titip": False}
    assert doors(client, user, *numbered) == opened
    add_role(*WORK, Right.ENTRY_REQUESTS, reach=Reach.DISTRICT, is_office=is_office)
    assert doors(client, user, *numbered) == dict.fromkeys(opened, False) | {"titip": True}


def test_a_sheet_with_numbers_closes_when_the_grant_is_taken_away(numbered, add_role):
    from reports.models import Report
    from reports.services.requests import request_document

    _, training = numbered
    user = make.UserFactory()
    report = request_document("attendance_sheet", training, {"mode": "blank"}, by=user)
    assert report.parameters["phones"] is True
    add_role(*WORK, Right.SEE_PHONES, reach=Reach.DISTRICT, is_office=True)
    User.objects.filter(pk=user.pk).update(role="auditor")
    assert Report.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=report.pk).exists()
    add_role(*WORK, reach=Reach.DISTRICT, is_office=True)
    assert not Report.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=report.pk).exists()


def test_saving_a_person_without_the_grant_keeps_the_number(client, numbered, add_role):
    person, _ = numbered
    add_role(Right.EDIT_GROUPS, reach=Reach.DISTRICT)
    client.force_login(account("auditor"))
    answer = send(client, f"/orang/{person.pk}/ubah/", hamlet="Dusun Dua")
    assert answer.status_code == 302
    person = Person.objects.get(pk=person.pk)
    assert (person.hamlet, person.phone) == ("Dusun Dua", "+6281298765432")
