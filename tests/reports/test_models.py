import pytest
from django.db import IntegrityError, transaction

from documents import registry
from kpspams.models import KpspamsGroup
from reports.models import Report
from tests import factories
from tests.documents.samples import make_plan, make_training

pytestmark = pytest.mark.django_db


def broken(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(**({"kind": "attendance_sheet", "audience": "district"} | fields))


def test_a_report_has_exactly_one_subject():
    training, plan = make_training(villages=0), make_plan()
    day = training.days.first()
    broken()
    broken(training=training, day=day)
    broken(training=training, work_plan=plan)
    for subject in ({"training": training}, {"day": day}, {"session": day.sessions.first()}):
        assert Report.objects.create(kind="attendance_sheet", audience="district", **subject).subject
    assert Report.objects.create(kind="work_plan", audience="subject", work_plan=plan).subject == plan


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "ready"},
        {"state": "ready", "file": "x.pdf"},
        {"state": "ready", "sha256": "0" * 64},
        {"state": "queued", "file": "x.pdf", "sha256": "0" * 64},
        {"state": "failed", "sha256": "0" * 64},
        {"state": "running", "file": "x.pdf", "sha256": "0" * 64},
        {"state": "cancelled", "file": "x.pdf", "sha256": "0" * 64},
    ],
)
def test_ready_means_file_and_hash_and_nothing_else_does(fields):
    broken(training=make_training(villages=0), **fields)


def test_a_ready_report_with_file_and_hash_is_accepted():
    row = Report.objects.create(
        kind="attendance_sheet",
        audience="district",
        training=make_training(villages=0),
        state="ready",
        file="x.pdf",
        sha256="0" * 64,
    )
    assert row.pk


def test_subjects_cannot_be_deleted_from_under_a_report():
    from django.db.models import ProtectedError

    training = make_training(villages=0)
    Report.objects.create(kind="attendance_sheet", audience="district", day=training.days.first())
    with pytest.raises(ProtectedError):
        training.days.first().delete()


def test_one_request_key_makes_one_row():
    import uuid

    training, key = make_training(villages=0), uuid.uuid4()
    Report.objects.create(kind="attendance_sheet", audience="district", training=training, request_key=key)
    broken(training=training, request_key=key)


@pytest.fixture
def cast():
    """One training of three villages, and all users who might see its documents."""
    training = make_training(villages=3)
    own = training.invitations.first().village
    officer = factories.FacilitatorFactory(villages=[own])
    training.officers.add(officer)
    elsewhere = factories.OtherDistrictFactory()
    return {
        "training": training,
        "admin": factories.AdminFactory(),
        "staff": factories.UserFactory(),
        "official": factories.OfficialFactory(),
        "facilitator": factories.FacilitatorFactory(villages=[own]),
        "camat": factories.CamatFactory(),
        "other_camat": factories.CamatFactory(subdistrict=factories.SubdistrictFactory(code="18.11.97")),
        "officer": officer,
        "uninvited": factories.FacilitatorFactory(villages=[factories.VillageFactory()]),
        "foreign": factories.UserFactory(district=elsewhere),
    }


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("office", {"admin", "staff"}),
        ("district", {"admin", "staff", "official", "officer"}),
        ("subject", {"admin", "staff", "official", "officer", "facilitator", "camat"}),
        ("requester", {"admin", "staff", "facilitator"}),
    ],
)
@pytest.mark.parametrize("subject", ["training", "day", "session"])
def test_scope_and_audience_are_both_asked(cast, audience, readers, subject):
    day = cast["training"].days.first()
    about = {"training": cast["training"], "day": day, "session": day.sessions.first()}[subject]
    row = Report.objects.create(kind="attendance_sheet", audience=audience, by=cast["facilitator"], **{subject: about})
    who = [name for name in cast if name != "training"]
    seen = {name for name in who if Report.objects.visible_to(cast[name]).filter(pk=row.pk).exists()}
    assert seen == readers


def test_a_plan_is_read_by_all_who_see_its_village(cast):
    plan = make_plan()
    row = Report.objects.create(kind="work_plan", audience="subject", work_plan=plan)
    local = factories.FacilitatorFactory(villages=[plan.group.village])
    for user, seen in [
        *((local, 1), (cast["official"], 1), (cast["camat"], 1)),
        *((cast["other_camat"], 0), (cast["facilitator"], 0), (cast["foreign"], 0)),
    ]:
        assert Report.objects.visible_to(user).filter(pk=row.pk).count() == seen


def test_nobody_without_a_login_sees_a_report(cast):
    from django.contrib.auth.models import AnonymousUser

    Report.objects.create(kind="attendance_sheet", audience="subject", training=cast["training"])
    assert Report.objects.visible_to(AnonymousUser()).count() == 0


def test_words_of_a_report(cast):
    session = cast["training"].days.first().sessions.first()
    row = Report(kind="attendance_sheet", session=session, parameters={"mode": "filled"}, snapshot_sha="ab" * 32)
    row.pk = 12_345
    assert row.title == "Daftar hadir terisi"
    assert row.subject_text == "Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018, 4 Desember 2018, Harian"
    assert row.reference == f"DH-{session.pk}-ABABABAB"
    assert row.filename == ("daftar-hadir-pelatihan-peningkatan-kapasitas-kpspams-tahun-2018-4-desember-2018-12345.pdf")
    assert row.subject_url == cast["training"].get_absolute_url()


@pytest.mark.parametrize("kind", ["formation_minutes", "decree_draft"])
def test_the_documents_of_an_sk_are_of_a_group(kind):
    group = factories.GroupFactory()
    assert registry.document(kind).subjects == (KpspamsGroup,)
    broken(kind=kind, group=group, training=make_training(villages=0))
    report = Report.objects.create(kind=kind, audience="subject", group=group)
    assert (report.subject, report.subject_name, report.subject_url) == (group, "group", group.get_absolute_url())
