"""Telephone numbers reach only those who may see them, in whatever form and on whatever page."""

import json

import pytest

from accounts.rights import Right, may
from reports.documents import attendance_sheet, work_plan
from reports.models import Report
from reports.services import ask
from tests.factories import FacilitatorFactory, VillageFactory
from tests.house.walk import body_of, walk
from tests.test_scope import PAGES

DIGITS = "81298765432"  # what the national and the international form share
STORED = f"+62{DIGITS}"


def holds_phone(content: bytes | str) -> bool:
    """Whether the number stands in there, however it is written: only the digits count."""
    text = content.decode(errors="replace") if isinstance(content, bytes) else content
    return DIGITS in "".join(sign for sign in text if sign.isdigit())


@pytest.fixture
def known(world):
    """The person of the world, who is chair, kepala desa and participant, has a number that changed once."""
    person = world.person
    person.phone = "+6281211112222"
    person.change(by=world.people["staff"])
    person.phone = STORED
    person.change(by=world.people["staff"])
    world.village_official.person = person
    world.village_official.save()
    return world


@pytest.mark.parametrize(
    "written", ["0812-9876-5432", "+62 812 9876 5432", "0812<b>9876</b>5432", "tel:+6281298765432"]
)
def test_a_number_is_found_however_it_is_written(written):
    assert holds_phone(written)


def pages_with_phone(client, world, role, person=None):
    return [name for name, _, response in walk(client, world, role, person) if holds_phone(body_of(response))]


@pytest.mark.parametrize("role", ["official", "stranger", "elsewhere", "anonymous"])
def test_no_page_gives_a_number_to_those_without_the_right(role, known, client):
    assert pages_with_phone(client, known, role) == []


def test_the_officer_of_a_training_marks_its_people_without_their_numbers(known, client):
    officer = FacilitatorFactory(villages=[VillageFactory()])
    known.training.officers.add(officer)
    client.force_login(officer)
    asked = [
        name
        for name, page in PAGES.items()
        if not page.verb and holds_phone(body_of(client.get(page.address(name, known))))
    ]
    assert client.get(PAGES["trainings:attendance_grid"].address("trainings:attendance_grid", known)).status_code == 200
    assert asked == []


@pytest.mark.parametrize("role", ["admin", "staff", "facilitator"])
def test_those_with_the_right_see_it_on_the_page_of_the_person_and_in_its_form_alone(role, known, client):
    assert pages_with_phone(client, known, role) == ["villages:person_detail", "villages:person_update"]


@pytest.mark.parametrize("role", ["official", "stranger"])
@pytest.mark.parametrize("typed", ["081298765432", STORED, "98765432", "0812 9876 5432"])
def test_no_search_tells_whose_number_it_is(role, typed, known, client):
    client.force_login(known.people[role])
    for address in ["/orang/", "/desa/", "/kpspams/", "/pelatihan/", "/laporan/"]:
        response = client.get(address, {"q": typed})
        assert response.status_code == 200
        assert known.person.name not in response.content.decode(), address


def test_papers_hold_no_number_unless_the_kabupaten_prints_them(known):
    rules = known.district.rules
    for mode in attendance_sheet.MODES:
        parameters = attendance_sheet.clean(known.training, {"mode": mode})
        snapshot = attendance_sheet.collect(known.training, parameters, known.people["admin"])
        assert not holds_phone(json.dumps(snapshot))
        assert not holds_phone(attendance_sheet.render(snapshot))
    snapshot = work_plan.collect(known.plan, work_plan.clean(known.plan, {}), known.people["admin"])
    assert not holds_phone(json.dumps(snapshot, default=str))
    assert rules.phone_on_sheet is False


@pytest.mark.parametrize("role", ["admin", "official", "facilitator", "stranger"])
def test_a_sheet_with_numbers_is_for_the_office_alone(role, known, client):
    rules = known.district.rules
    rules.phone_on_sheet = True
    rules.save()
    if role == "stranger":
        known.training.officers.add(known.people[role])
    for asker in ("staff", role):
        report = ask("attendance_sheet", known.training, {"mode": "blank"}, by=known.people[asker])
        sheet = json.dumps(attendance_sheet.collect(known.training, report.parameters, known.people[asker]))
        office = asker in ("staff", "admin")
        assert holds_phone(sheet) == office, asker
        assert (report.audience == Report.Audience.OFFICE) == office, asker
    offices = Report.objects.filter(audience=Report.Audience.OFFICE)
    seen = offices.visible_to(known.people[role]).exists()
    assert seen == (role == "admin")


def test_the_right_is_given_to_three_roles(known):
    holders = {role for role, person in known.people.items() if person and may(person, Right.SEE_PHONES)}
    assert holders == {"admin", "staff", "facilitator", "stranger", "central", "elsewhere"}
