"""The table of roles: rights and reach of each role, decided by this table alone."""

import pytest
from django.urls import reverse

from accounts import roles
from accounts.models import District, User
from accounts.rights import may, reach_of, rights_of, sees_all_phones, sees_whole_country, sees_whole_district
from accounts.roles import ROLES, Reach, Right, Role
from fieldwork.models import Visit
from tests import factories as make
from tests.accounts.users import CREATE, account, typed
from tests.pages import send
from villages.models import Village

pytestmark = pytest.mark.django_db

STAFF = [
    *("edit_registry", "edit_groups", "edit_plans", "edit_trainings", "propose_participants", "review_plans"),
    *("record_approvals", "see_phones", "entry_requests", "see_scores", "request_reports", "edit_follow_ups"),
    *("record_progress", "record_visits", "issue_reports", "schedule_reports", "export", "export_names"),
]
EXPECTED = {
    "admin": ([*STAFF, "manage_users", "manage_settings", "set_figures"], Reach.DISTRICT, True),
    "staff": (STAFF, Reach.DISTRICT, True),
    "facilitator": (
        [
            *("edit_groups", "edit_plans", "propose_participants", "see_phones", "entry_requests", "request_reports"),
            *("edit_follow_ups", "record_progress", "record_visits", "export", "export_names"),
        ],
        Reach.ASSIGNED,
        False,
    ),
    "official": (["request_reports", "export"], Reach.DISTRICT, False),
    "camat": (["request_reports", "export"], Reach.SUBDISTRICT, False),
}


@pytest.fixture
def village():
    return make.VillageFactory()


@pytest.fixture
def places(village):
    """A village with an assignment, one of another kecamatan of the same kabupaten, one of another kabupaten."""
    beside = make.SubdistrictFactory(code="18.11.97")
    there = make.SubdistrictFactory(code="18.05.01", district=make.OtherDistrictFactory())
    return [village, make.VillageFactory(subdistrict=beside), make.VillageFactory(subdistrict=there)]


def test_roles_rights_reach_and_office():
    table = {role: (set(found.rights), found.reach, found.is_office) for role, found in ROLES.items()}
    assert table == {role: (set(rights), reach, office) for role, (rights, reach, office) in EXPECTED.items()}
    assert set(Role) == set(ROLES)
    assert all(found.label and found.description for found in ROLES.values())


@pytest.mark.parametrize("role", EXPECTED)
@pytest.mark.parametrize("right", Right)
def test_a_right_is_asked_of_the_table(role, right):
    user = User(role=role, district=District(code="18.11"))
    assert may(user, right) == (right.value in EXPECTED[role][0])
    granted = () if role == Role.CAMAT else (Right.APPROVE_PLANS, Right.REVIEW_PLANS)
    assert may(User(role=role, may_approve=True), right) == (right.value in EXPECTED[role][0] or right in granted)


@pytest.mark.parametrize(
    ("role", "everywhere", "reach", "seen"),
    [
        ("admin", False, Reach.DISTRICT, [0, 1]),
        ("admin", True, Reach.COUNTRY, [0, 1, 2]),
        ("staff", False, Reach.DISTRICT, [0, 1]),
        ("staff", True, Reach.COUNTRY, [0, 1, 2]),
        ("facilitator", False, Reach.ASSIGNED, [0]),
        ("facilitator", True, Reach.ASSIGNED, [0]),
        ("official", False, Reach.DISTRICT, [0, 1]),
        ("official", True, Reach.COUNTRY, [0, 1, 2]),
        ("camat", False, Reach.SUBDISTRICT, [0]),
        ("auditor", False, Reach.NOTHING, []),
        ("auditor", True, Reach.NOTHING, []),
    ],
)
def test_the_reach_gives_the_villages(role, everywhere, reach, seen, places):
    user = account(role, **({"all_districts": True, "district": None} if everywhere else {}))
    make.AssignmentFactory(user=user, village=places[0])
    assert reach_of(user) == reach
    assert sees_whole_district(user) == (reach >= Reach.DISTRICT)
    assert sees_whole_country(user) == (reach == Reach.COUNTRY)
    assert set(Village.objects.visible_to(user)) == {places[number] for number in seen}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("reach", [Reach.NOTHING, Reach.ASSIGNED, Reach.DISTRICT])
def test_a_role_has_the_right_and_the_reach_of_its_entry_and_nothing_else(right, reach, places, add_role):
    add_role(right, reach=reach)
    user = account("auditor")
    make.AssignmentFactory(user=user, village=places[0])
    assert rights_of(user) == {right}
    seen = {Reach.NOTHING: [], Reach.ASSIGNED: places[:1], Reach.DISTRICT: places[:2]}[reach]
    assert list(Village.objects.visible_to(user).order_by("pk")) == seen
    edits = right in (Right.EDIT_GROUPS, Right.EDIT_PLANS)
    assert list(Village.objects.editable_by(user).order_by("pk")) == (seen if edits else [])
    assert sees_all_phones(user) == (right == Right.SEE_PHONES and reach == Reach.DISTRICT)


@pytest.mark.parametrize("reach", Reach)
def test_who_is_a_facilitator_or_of_the_office_follows_from_the_table(reach, add_role):
    add_role(Right.SCHEDULE_REPORTS, reach=reach, is_office=True)
    users = {role: account(role) for role in (*EXPECTED, "auditor", "unknown")}
    assert set(User.objects.office()) == {users["admin"], users["staff"], users["auditor"]}
    scheduling = {users["admin"], users["staff"], users["auditor"]}
    assert set(User.objects.with_right(Right.SCHEDULE_REPORTS)) == scheduling
    own = {users["auditor"]} if reach == Reach.ASSIGNED else set()
    assert set(User.objects.facilitators()) == {users["facilitator"]} | own
    assert users["auditor"].is_office
    assert users["auditor"].is_facilitator == (reach == Reach.ASSIGNED)


def test_an_entry_in_the_table_is_enough_for_a_role_to_work(client, village, add_role):
    add_role(Right.EDIT_GROUPS, Right.RECORD_VISITS, Right.EXPORT, reach=Reach.DISTRICT)
    other = make.VisitFactory(village=village)
    client.force_login(make.AdminFactory())
    assert "Auditor: uji." in client.get(CREATE).content.decode()
    assert send(client, CREATE, **typed(role="auditor")).status_code in (200, 302)
    user = User.objects.get(username="siti.aminah")
    assert user.role == "auditor"
    assert user.get_role_display() == "Auditor"
    assert [row.pk for row in client.get("/pengguna/", {"peran": "auditor"}).context["object_list"]] == [user.pk]
    User.objects.filter(pk=user.pk).update(password_until=None)
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get("/").templates[0].name == "monitoring/home_official.html"
    assert village.name in client.get("/desa/").content.decode()
    assert client.get("/kpspams/tambah/").status_code == 200
    assert client.get(reverse("trainings:training_create")).status_code == 403
    own = make.VisitFactory(village=village, by=user)
    assert list(Visit.objects.editable_by(user)) == [own]
    assert other in Visit.objects.visible_to(user)


@pytest.mark.parametrize(
    ("reach", "is_office", "template"),
    [
        (Reach.DISTRICT, True, "home"),
        (Reach.ASSIGNED, False, "home_facilitator"),
        (Reach.DISTRICT, False, "home_official"),
        (Reach.NOTHING, False, "home_official"),
    ],
)
def test_beranda_follows_from_office_and_reach(reach, is_office, template, client, add_role):
    add_role(reach=reach, is_office=is_office)
    client.force_login(account("auditor"))
    assert client.get("/").templates[0].name == f"monitoring/{template}.html"


def test_a_role_of_assigned_villages_can_be_assigned(client, village, add_role):
    add_role(reach=Reach.ASSIGNED)
    user = account("auditor")
    client.force_login(make.AdminFactory())
    form = client.get("/penugasan/tambah/").context["form"]
    assert list(form.fields["fasilitator"].queryset) == [user]


def test_choices_are_those_of_the_table():
    assert roles.choices() == [
        ("admin", "Admin DPMU"),
        ("staff", "Staf DPMU"),
        ("facilitator", "Fasilitator"),
        ("official", "Pejabat"),
        ("camat", "Camat"),
    ]
