"""Telephone numbers reach only users who may see them, in any format and on any page."""

import json

import pytest

from accounts.rights import Right, may
from documents.choices import Audience
from documents.plans import work_plan
from documents.trainings import attendance_sheet
from reports.models import Report
from reports.services.requests import request_document
from tests.conventions.test_scope import PAGES
from tests.conventions.walks.walk import body_of
from tests.dataset import DIGITS, PHONE
from tests.factories import FacilitatorFactory, VillageFactory


def holds_phone(content: bytes | str) -> bool:
    """Whether the text contains the number in any spelling: only the digits count."""
    text = content.decode(errors="replace") if isinstance(content, bytes) else content
    return DIGITS in "".join(sign for sign in text if sign.isdigit())


@pytest.mark.parametrize(
    "written", ["0812-9876-5432", "+62 812 9876 5432", "0812<b>9876</b>5432", "tel:+6281298765432"]
)
def test_a_number_is_found_however_it_is_written(written):
    assert holds_phone(written)


def with_phone(pages):
    return [seen.name for seen in pages if holds_phone(seen.body)]


@pytest.mark.parametrize("role", ["official", "camat", "other_camat", "stranger", "elsewhere", "anonymous"])
def test_no_page_gives_a_number_to_those_without_the_right(role, pages_of):
    assert with_phone(pages_of(role)) == []


def test_the_officer_of_a_training_marks_its_people_without_their_numbers(dataset, client):
    officer = FacilitatorFactory(villages=[VillageFactory()])
    dataset.training.officers.add(officer)
    client.force_login(officer)
    requested = [
        name
        for name, page in PAGES.items()
        if not page.verb and holds_phone(body_of(client.get(page.address(name, dataset))))
    ]
    assert (
        client.get(PAGES["trainings:attendance_grid"].address("trainings:attendance_grid", dataset)).status_code == 200
    )
    assert requested == []


@pytest.mark.parametrize("role", ["admin", "staff", "facilitator"])
def test_those_with_the_right_see_it_on_the_page_of_the_person_and_in_its_form_alone(role, pages_of):
    assert with_phone(pages_of(role)) == ["villages:person_detail", "villages:person_update"]


@pytest.mark.parametrize("role", ["official", "camat", "other_camat", "stranger"])
@pytest.mark.parametrize("typed", ["081298765432", PHONE, "98765432", "0812 9876 5432"])
def test_no_search_tells_whose_number_it_is(role, typed, dataset, client):
    client.force_login(dataset.people[role])
    for address in ["/orang/", "/desa/", "/kpspams/", "/pelatihan/", "/laporan/"]:
        response = client.get(address, {"q": typed})
        assert response.status_code == 200
        assert dataset.person.name not in response.content.decode(), address


def test_papers_hold_no_number_unless_the_kabupaten_prints_them(dataset):
    rules = dataset.district.rules
    for mode in attendance_sheet.MODES:
        parameters = attendance_sheet.AttendanceSheet().clean(dataset.training, {"mode": mode})
        snapshot = attendance_sheet.AttendanceSheet().collect(dataset.training, parameters, dataset.people["admin"])
        assert not holds_phone(json.dumps(snapshot))
        assert not holds_phone(attendance_sheet.AttendanceSheet().render(snapshot))
    snapshot = work_plan.WorkPlanDocument().collect(
        dataset.plan, work_plan.WorkPlanDocument().clean(dataset.plan, {}), dataset.people["admin"]
    )
    assert not holds_phone(json.dumps(snapshot, default=str))
    assert rules.phone_on_sheet is False


@pytest.mark.parametrize("role", ["admin", "official", "camat", "facilitator", "stranger"])
def test_a_sheet_with_numbers_is_for_the_office_alone(role, dataset, client):
    rules = dataset.district.rules
    rules.phone_on_sheet = True
    rules.save()
    if role == "stranger":
        dataset.training.officers.add(dataset.people[role])
    for requester in ("staff", role):
        report = request_document("attendance_sheet", dataset.training, {"mode": "blank"}, by=dataset.people[requester])
        sheet = json.dumps(
            attendance_sheet.AttendanceSheet().collect(dataset.training, report.parameters, dataset.people[requester])
        )
        office = requester in ("staff", "admin")
        assert holds_phone(sheet) == office, requester
        assert (report.audience == Audience.OFFICE) == office, requester
    offices = Report.objects.filter(audience=Audience.OFFICE)
    seen = offices.visible_to(dataset.people[role]).exists()
    assert seen == (role == "admin")


def test_the_right_is_given_to_three_roles(dataset):
    holders = {role for role, person in dataset.people.items() if person and may(person, Right.SEE_PHONES)}
    assert holders == {"admin", "staff", "facilitator", "stranger", "central", "elsewhere"}
