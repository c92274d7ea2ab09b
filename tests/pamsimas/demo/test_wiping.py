from datetime import date

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from accounts.demo import DEMO_PASSWORD
from accounts.models import AccessChange, District, DistrictSettings, OfficeProfile, Signatory, Subdistrict, User
from accounts.services import access
from accounts.services.passwords import replace_password
from documents.models import DocumentSetting, DocumentTemplate, LetterText
from kpspams.models import KpspamsGroup
from monitoring.models import Boundary
from monitoring.services import boundaries
from pamsimas.demo import wiping
from pamsimas.demo.scenario import EDITION, KABUPATEN, official_list
from pamsimas.management.commands import prepare
from plans.models import WorkPlan
from records import history
from records.models import Event, SampleWipe, StoredFile
from reports.models import Report
from tests import factories
from tests.pamsimas.demo.tables import snapshot
from trainings.models import Attendance, Training
from villages.models import Facility, Target, Village


def load(settings, again=False):
    settings.DEMO_MODE = True
    call_command("load_demo", verbosity=0, again=again)
    settings.DEMO_MODE = False


@pytest.fixture
def real_rows(db):
    """The official list and an office with data, before any demo."""
    call_command("import_villages", official_list(), kabupaten=KABUPATEN, edisi=EDITION, verbosity=0)
    village = Village.objects.get(code="18.11.01.2001")
    staff = factories.UserFactory(username="kerja")
    factories.FacilitatorFactory(villages=[village])
    group = KpspamsGroup(village=village, name="Tirta Sungguh").add(by=staff)
    member = factories.MemberFactory(group=group, appointed_by=factories.LegalDocumentFactory(group=group))
    activity = factories.ActivityFactory(plan__group=group)
    factories.ActivityFundingFactory(activity=activity)
    activity.plan.submit(by=staff, on=date(2026, 1, 20))
    participant = factories.ParticipantFactory(person=member.person, group=group, village=village)
    factories.InvitationFactory(training=participant.training, village=village)
    factories.AttendanceFactory(participant=participant, session__day__training=participant.training, marked_by=staff)
    factories.ConditionCheckFactory(facility__village=village, recorded_by=staff)
    factories.GroupCheckFactory(group=group)
    Report.objects.create(kind="work_plan", work_plan=activity.plan, audience="subject", by=staff)
    return {"plan": activity.plan, "village": village, "group": group, "staff": staff, "training": participant.training}


def test_load_and_wipe_leave_every_table_as_it_was(real_rows, settings):
    before = snapshot()
    load(settings)
    assert snapshot() != before
    call_command("wipe_demo", yes=True, verbosity=0)
    assert snapshot() == before


def test_a_real_office_profile_is_left_alone(real_rows, settings):
    factories.OfficeProfileFactory()
    factories.SignatoryFactory()
    load(settings)
    assert OfficeProfile.objects.filter(is_sample=True).count() == 0
    assert Signatory.objects.filter(is_sample=True).count() == 0


def test_without_yes_it_tells_and_removes_nothing(demo, capsys):
    before = snapshot()
    with pytest.raises(CommandError, match="--yes"):
        call_command("wipe_demo")
    assert " 16  desa\n" in capsys.readouterr().out
    assert snapshot() == before


def test_nothing_to_wipe_is_said(db, capsys):
    call_command("wipe_demo", yes=True)
    call_command("wipe_demo")
    assert capsys.readouterr().out == "Tidak ada data contoh.\n" * 2


def test_wiping_again_after_a_second_load(demo, settings):
    call_command("wipe_demo", yes=True, verbosity=0)
    empty = snapshot()
    load(settings, again=True)
    assert snapshot() != empty
    call_command("wipe_demo", yes=True, verbosity=0)
    assert snapshot() == empty


def test_a_real_row_on_a_sample_one_refuses_the_whole_wipe(demo):
    """The portal refuses such a row; only a direct write creates one."""
    village = Village.objects.get(name="Contoh Satu")
    facility = Facility.objects.create(village=village, name="SPAM Sungguh")
    before = snapshot()
    with pytest.raises(CommandError) as refused:
        call_command("wipe_demo", yes=True)
    assert str(refused.value).splitlines() == [
        "Tidak ada yang dihapus: data sebenarnya memakai data contoh. Lepaskan dahulu:",
        f"sarana (SPAM) no. {facility.pk} “SPAM Sungguh” memakai desa contoh “Desa Contoh Satu”",
    ]
    assert snapshot() == before


def test_a_real_training_that_invited_a_sample_village_refuses(demo):
    factories.InvitationFactory(village=Village.objects.get(name="Contoh Satu"))
    with pytest.raises(CommandError, match="undangan"):
        call_command("wipe_demo", yes=True)


def test_a_real_village_in_a_sample_kecamatan_refuses(demo):
    subdistrict = Village.objects.get(name="Contoh Satu").subdistrict
    factories.VillageFactory(subdistrict=subdistrict, code="18.11.96.2001", name="Sungguh")
    with pytest.raises(CommandError, match="Desa Sungguh” memakai kecamatan contoh"):
        call_command("wipe_demo", yes=True)


def test_what_demo_accounts_did_to_real_rows_stays_without_their_name(real_rows, settings):
    other = factories.AdminFactory()
    load(settings)
    admin = User.objects.get(username="admin")
    real_rows["plan"].approve(by=admin, on=date(2026, 1, 28))
    mark = Attendance.objects.get(participant__training=real_rows["training"])
    mark.marked_by = admin
    mark.save()
    for account in (real_rows["staff"], User.objects.get(username="staf")):
        replace_password(account, "kxmr-4827-tpwh-9365", by=admin)
    access.confirm(real_rows["staff"], by=other)
    Village.objects.filter(pk=real_rows["village"].pk).update(postal_code="34600")
    history.record(real_rows["village"], Event.Verb.CHANGE, by=admin, changes={"kode pos": ["34697", "34600"]})
    call_command("wipe_demo", yes=True, verbosity=0)
    plan = WorkPlan.objects.get(pk=real_rows["plan"].pk)
    assert plan.status == WorkPlan.Status.APPROVED
    assert [(step.action, step.by) for step in plan.steps.all()] == [
        ("submit", real_rows["staff"]),
        ("approve", None),
    ]
    mark.refresh_from_db()
    assert (mark.status, mark.marked_by) == ("hadir", None)
    assert list(AccessChange.objects.values_list("user__username", "by")) == [("kerja", None)]
    last = real_rows["village"].events.first()
    assert (last.by, last.changes) == (None, {"kode pos": ["34697", "34600"]})


def ready(subject, name, **fields):
    report = Report(state="ready", sha256="a" * 64, audience="office", **subject, **fields)
    report.file.save(name, ContentFile(b"%PDF"), save=False)
    report.save()
    return report


def test_reports_of_sample_subjects_go_with_their_files(demo, django_capture_on_commit_callbacks):
    training = Training.objects.get(fiscal_year=2018)
    storage = Report._meta.get_field("file").storage
    gone = [
        ready({"training": training}, "a.pdf", kind="attendance_sheet"),
        ready({"day": training.days.first()}, "b.pdf", kind="attendance_sheet"),
        ready({"session": training.days.first().sessions.first()}, "c.pdf", kind="attendance_sheet"),
        ready({"work_plan": WorkPlan.objects.first()}, "d.pdf", kind="work_plan"),
    ]
    kept = ready({"training": factories.TrainingFactory()}, "e.pdf", kind="attendance_sheet")
    profile = OfficeProfile.objects.filter(is_sample=True).first()
    Report.objects.filter(pk=kept.pk).update(office_profile=profile)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("wipe_demo", yes=True, verbosity=0)
    assert list(Report.objects.values_list("pk", "office_profile")) == [(kept.pk, None)]
    assert [storage.exists(report.file.name) for report in gone] == [False] * 4
    assert storage.exists(kept.file.name)
    storage.delete(kept.file.name)


def test_a_file_that_a_real_report_shares_stays(demo, django_capture_on_commit_callbacks):
    sample = ready({"work_plan": WorkPlan.objects.first()}, "f.pdf", kind="work_plan")
    duplicate = ready({"training": factories.TrainingFactory()}, "g.pdf", kind="attendance_sheet")
    duplicate.file.storage.delete(duplicate.file.name)
    Report.objects.filter(pk=duplicate.pk).update(file=sample.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("wipe_demo", yes=True, verbosity=0)
    assert sample.file.storage.exists(sample.file.name)
    sample.file.storage.delete(sample.file.name)


def test_every_model_on_sample_ground_says_how_it_goes():
    """A new model must be a marked root, part of a whole, or refer to sample rows only by keys that may be released."""
    ground = {model for model in wiping.project_models() if hasattr(model, "is_sample") or wiping.whole_keys(model)}
    silent = [
        f"{model._meta.label}.{field.name}"
        for model in wiping.project_models()
        for field in wiping.foreign_keys(model)
        if field.remote_field.model in ground
        and model not in ground
        and model is not Event
        and not wiping.is_released(model, field)
    ]
    assert silent == []


def test_every_part_named_in_the_list_exists():
    for label, names in wiping.PROTECTING_PARTS.items():
        for name in names:
            assert apps.get_model(label)._meta.get_field(name).remote_field.on_delete is models.PROTECT


def test_files_go_with_the_last_sample_row_that_points_at_them(demo, django_capture_on_commit_callbacks):
    facility = Facility.objects.filter(is_sample=True).first()
    check = facility.checks.first()
    own, shared = factories.StoredFileFactory(), factories.StoredFileFactory()
    factories.CheckPhotoFactory(check_row=check, file=own)
    factories.TimelineEntryFactory(village=facility.village, file=shared)
    real = Village.objects.filter(is_sample=False).first()
    kept = factories.TimelineEntryFactory(village=real, file=shared)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("wipe_demo", yes=True, verbosity=0)
    kept.refresh_from_db()
    assert [row.pk for row in StoredFile.objects.all()] == [shared.pk]
    assert (own.file.storage.exists(own.file.name), shared.file.storage.exists(shared.file.name)) == (False, True)


def test_a_wipe_is_final(demo, settings, capsys):
    assert SampleWipe.objects.count() == 0
    call_command("wipe_demo", yes=True, verbosity=0)
    empty = snapshot()
    capsys.readouterr()
    load(settings)
    assert snapshot() == empty
    assert "sudah dihapus pada" in capsys.readouterr().out
    assert "akun sebenarnya" in prepare.accounts_line()
    load(settings, again=True)
    assert (Village.objects.filter(is_sample=True).count(), SampleWipe.objects.count()) == (16, 0)
    assert "akun contoh" in prepare.accounts_line()


def test_pages_call_themselves_sample_until_the_wipe(demo, settings, client):
    settings.DEMO_MODE = True
    login = client.get(reverse("accounts:login")).content.decode()
    assert ("DATA CONTOH" in login, DEMO_PASSWORD in login) == (True, True)
    call_command("wipe_demo", yes=True, verbosity=0)
    login = client.get(reverse("accounts:login")).content.decode()
    assert ("DATA CONTOH" in login, DEMO_PASSWORD in login) == (False, False)


def test_a_kecamatan_that_a_demo_account_imported_goes_unless_real_villages_are_in_it(real_rows, settings):
    load(settings)
    admin, district = User.objects.get(username="admin"), District.objects.get()
    for number in ("18.11.51", "18.11.52"):
        row = Subdistrict.objects.create(district=district, code=number, name=f"Baru {number}")
        history.record(row, Event.Verb.ADD, by=admin)
    factories.VillageFactory(subdistrict=row, code="18.11.52.2001")
    call_command("wipe_demo", yes=True, verbosity=0)
    assert list(Subdistrict.objects.filter(code__gt="18.11.50").values_list("code", flat=True)) == ["18.11.52"]


def test_what_demo_accounts_made_for_the_kabupaten_goes(real_rows, settings, django_capture_on_commit_callbacks):
    before = snapshot()
    load(settings)
    admin = User.objects.get(username="admin")
    district = District.objects.get()
    ready({"district": district}, "h.pdf", kind="summary", by=admin)
    Target(district=district, indicator="jiwa", year=2026, value=80).add(by=admin)
    DistrictSettings(district=district, public_page=True).add(by=admin)
    of_letter = {"district": district, "kind": "invitation", "valid_from": date(2026, 1, 1)}
    LetterText(**of_letter, body="Isi").add(by=admin)
    form = DocumentTemplate(**of_letter, name="surat.docx", sha256="0" * 64, file=ContentFile(b"PK", "surat.docx"))
    form.add(by=admin)
    DocumentSetting(district=district, kind="invitation").add(by=admin)
    Boundary.objects.create(code="18.11", geometry={}, source="contoh")
    boundaries._record(admin, f"{boundaries.EVENT_LABEL}: 1 diimpor", "")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("wipe_demo", yes=True, verbosity=0)
    assert snapshot() == before
    assert not form.file.storage.exists(form.file.name)


def test_what_real_accounts_made_for_the_kabupaten_stays(real_rows, settings):
    load(settings)
    admin, staff, district = User.objects.get(username="admin"), real_rows["staff"], District.objects.get()
    report = ready({"district": district}, "i.pdf", kind="summary", by=staff)
    target = Target(district=district, indicator="jiwa", year=2026, value=80).add(by=staff)
    rules = DistrictSettings(district=district).add(by=staff)
    DistrictSettings.objects.filter(pk=rules.pk).update(public_page=True)
    history.record(rules, Event.Verb.CHANGE, by=admin, changes={"halaman umum terbuka": ["tidak", "ya"]})
    Boundary.objects.create(code="18.11", geometry={}, source="resmi")
    boundaries._record(staff, f"{boundaries.EVENT_LABEL}: 1 diimpor", "")
    call_command("wipe_demo", yes=True, verbosity=0)
    assert (Report.objects.filter(pk=report.pk).count(), Target.objects.get(), Boundary.objects.count()) == (
        1,
        target,
        1,
    )
    assert DistrictSettings.objects.get().public_page is False
