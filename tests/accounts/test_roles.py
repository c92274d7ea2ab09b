"""The table of roles: rights and reach of each role, decided by this table alone."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from accounts import roles
from accounts.models import District, User
from accounts.rights import in_words, may, reach_of, rights_of, sees_all_phones, sees_whole_country, sees_whole_district
from accounts.roles import ROLES, Reach, Right, Role, RoleDefinition
from fieldwork.models import Visit
from reports.models import ScanReading
from tests import factories as make
from tests.accounts.users import CREATE, typed
from tests.pages import send
from villages.models import Person, Village

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


@pytest.fixture
def add_role(monkeypatch):
    """add_role(Right.EXPORT, reach=Reach.DISTRICT): another role in the table, "auditor"."""

    def add(*rights, reach=Reach.NOTHING, is_office=False):
        monkeypatch.setitem(ROLES, "auditor", RoleDefinition("Auditor", "uji.", frozenset(rights), reach, is_office))

    return add


def account(role, **fields):
    """An account with this role, of the kecamatan of `village` where the role needs one."""
    return (make.CamatFactory if role == "camat" else make.UserFactory)(role=role, **fields)


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


# Unknown roles ---------------------------------------------------------------------------------------------------


def scoped_models():
    return [model for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")]


@pytest.fixture
def unknown(dataset):
    """An account with everything but a known role: assignment, training, approval right, own report and visit."""
    user = account("auditor", may_approve=True)
    make.AssignmentFactory(user=user, village=dataset.village, starts_on=date(2018, 1, 1))
    dataset.training.officers.add(user)
    for row in (dataset.report, dataset.bundle, dataset.visit, dataset.entry):
        type(row).objects.filter(pk=row.pk).update(by=user)
    ScanReading.objects.create(scan=make.TrainingFileFactory(training=dataset.training))
    return user


def test_no_row_of_any_model_is_seen_or_changed_under_an_unknown_role(unknown):
    empty = {model.__name__ for model in scoped_models() if not model._default_manager.exists()}
    assert empty == {"DocumentSetting"}
    assert len(scoped_models()) > 30
    for model in scoped_models():
        rows = model._default_manager.all()
        assert not rows.visible_to(unknown).exists(), model
        for method in ("editable_by", "markable_by", "reviewable_by", "unseen_by", "steered_by"):
            if hasattr(rows, method):
                assert not getattr(rows, method)(unknown).exists(), (model, method)


@pytest.mark.parametrize("everywhere", [False, True])
def test_an_unknown_role_has_no_right_though_it_was_let_to_approve(everywhere):
    user = account("auditor", may_approve=True, **({"all_districts": True, "district": None} if everywhere else {}))
    assert rights_of(user) == set()
    assert not user.is_office
    assert not user.is_facilitator
    assert not District.objects.visible_to(user).exists()
    assert not User.objects.visible_to(user).exists()


# The profile describes the role --------------------------------------------------------------------------------------


def words_of(role, **fields):
    return in_words(account(role, **fields))


def test_a_camat_reads_of_which_kecamatan_the_villages_are():
    assert words_of("camat") == [
        "Melihat semua desa di Kecamatan Uji Tengah, serta pelatihan yang mengundang desa itu.",
        "Meminta dan mengunduh laporan.",
        "Mengunduh daftar (XLSX, CSV); setiap unduhan dicatat.",
        "Tidak melihat nomor HP dan nilai, dan tidak mengubah data.",
    ]


def test_who_approves_is_not_told_to_change_nothing():
    assert "Tidak melihat nomor HP dan nilai, dan tidak mengubah data." in words_of("official")
    approving = words_of("official", may_approve=True)
    assert "Menyetujui rencana kerja yang ditulis orang lain." in approving
    assert "Tidak melihat nomor HP dan nilai." in approving
    assert not [sentence for sentence in approving if "tidak mengubah data" in sentence]


def test_a_facilitator_reads_once_whose_numbers_are_seen():
    numbers = [sentence for sentence in words_of("facilitator") if "nomor HP" in sentence]
    assert numbers == [
        "Melihat nomor HP orang di wilayahnya.",
        "Mencatat kehadiran pelatihan bila ditunjuk sebagai petugasnya; nomor HP peserta dari desa lain tetap tidak "
        "terlihat.",
    ]


def test_an_unknown_role_reads_that_it_sees_nothing():
    assert words_of("auditor", may_approve=True) == [
        "Belum melihat data apa pun. Minta admin DPMU memilih peran yang berlaku untuk akun ini."
    ]


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("reach", Reach)
def test_the_profile_tells_each_right_once_and_denies_none(right, reach, add_role):
    add_role(right, reach=reach)
    sentences = words_of("auditor")
    assert len(sentences) == len(set(sentences))
    with_it = set(sentences)
    add_role(reach=reach)
    without = set(words_of("auditor"))
    assert with_it - without, right
    text = " ".join(sentences)
    assert ("Tidak melihat nomor HP" in text) == (right != Right.SEE_PHONES and reach != Reach.NOTHING)
    assert ("dan nilai" in text) == (right not in (Right.SEE_PHONES, Right.SEE_SCORES) and reach != Reach.NOTHING)


# Telephone numbers are one right --------------------------------------------------------------------------------------


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


def test_choices_are_those_of_the_table():
    assert roles.choices() == [
        ("admin", "Admin DPMU"),
        ("staff", "Staf DPMU"),
        ("facilitator", "Fasilitator"),
        ("official", "Pejabat"),
        ("camat", "Camat"),
    ]
