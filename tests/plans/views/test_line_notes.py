"""Notes of reviewers on a submitted plan, the writer's answers, and the signed document."""

import pytest
from django.urls import reverse

from plans.models import LineNote
from records.models import StoredFile
from tests.factories import (
    ActivityFundingFactory,
    FacilitatorFactory,
    LineNoteFactory,
    OfficialFactory,
    PlanScanFactory,
    UserFactory,
)
from tests.files import picture
from tests.plans.plans import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = ActivityFundingFactory(activity__line=7).activity.plan
    put(plan, "submitted")
    return plan


@pytest.fixture
def writer(plan):
    return FacilitatorFactory(villages=[plan.group.village])


def note_url(plan, line):
    return reverse("plans:line_note_create", args=[plan.pk, line])


def answer_url(note):
    return reverse("plans:line_note_answer", args=[note.pk])


def test_a_note_on_a_line_is_shown_beside_it_and_answered_by_the_writer(client, plan, writer):
    reviewer = UserFactory()
    client.force_login(reviewer)
    page = client.get(plan.get_absolute_url()).text
    assert f'href="{note_url(plan, 7)}"' in page
    assert f'href="{note_url(plan, 0)}"' in page
    answer = client.post(note_url(plan, 7), {"text": "Harga <terlalu> tinggi"}, follow=True)
    assert answer.redirect_chain == [(f"{plan.get_absolute_url()}#kegiatan-7", 302)]
    assert "Harga &lt;terlalu&gt; tinggi" in answer.text
    assert "1 belum dijawab" in answer.text
    note = plan.line_notes.get()
    assert (note.line, note.by, note.answer) == (7, reviewer, "")
    put(plan, "returned")
    client.force_login(writer)
    for name, more in [("work_plan_update", []), ("activity_update", [7])]:
        assert "Harga &lt;terlalu&gt; tinggi" in client.get(reverse(f"plans:{name}", args=[plan.pk, *more])).text
    client.post(answer_url(note), {"answer": "Sudah diturunkan", "version": str(note.version)})
    note.refresh_from_db()
    assert (note.answer, note.answered_by) == ("Sudah diturunkan", writer)
    assert note.answered_at is not None
    page = client.get(plan.get_absolute_url()).text
    assert "Sudah diturunkan" in page
    assert "belum dijawab" not in page
    assert [event.verb for event in note.events] == ["change", "add"]


def test_the_list_counts_the_notes_that_wait(client, plan, writer):
    for line, answer in [(7, ""), (0, ""), (7, "Sudah")]:
        LineNoteFactory(plan=plan, line=line, answer=answer)
    client.force_login(writer)
    (listed,) = client.get(reverse("plans:work_plan_list"), {"tahun": "semua"}).context["object_list"]
    assert listed.open_notes == 2


def test_a_note_of_a_line_that_is_gone_stays_readable(client, plan, writer):
    LineNoteFactory(plan=plan, line=7, text="Tentang baris ini")
    plan.activities.all().delete()
    client.force_login(writer)
    text = client.get(plan.get_absolute_url()).text
    assert "Tentang kegiatan yang sudah dihapus" in text
    assert "Tentang baris ini" in text


@pytest.mark.parametrize("status", ["draft", "returned", "approved", "superseded"])
def test_notes_are_written_on_submitted_plans_alone(client, plan, status):
    put(plan, status)
    client.force_login(UserFactory())
    assert note_url(plan, 7) not in client.get(plan.get_absolute_url()).text
    assert client.post(note_url(plan, 7), {"text": "x"}).status_code == 404


def test_no_note_on_a_line_that_is_not_there_and_none_by_the_writer(client, plan, writer):
    client.force_login(UserFactory())
    assert client.get(note_url(plan, 8)).status_code == 404
    assert client.post(note_url(plan, 7), {"text": "  "}).status_code == 200
    client.force_login(writer)
    assert client.post(note_url(plan, 7), {"text": "x"}).status_code == 403
    assert LineNote.objects.count() == 0


def test_an_official_who_may_approve_notes_but_does_not_answer(client, plan):
    client.force_login(OfficialFactory(may_approve=True))
    client.post(note_url(plan, 0), {"text": "Kurang jelas"})
    note = plan.line_notes.get()
    assert (note.line, note.text) == (0, "Kurang jelas")
    assert client.post(answer_url(note), {"answer": "x"}).status_code == 403


def test_an_answer_is_no_more_changed_once_the_plan_is_decided(client, plan, writer):
    note = LineNoteFactory(plan=plan, line=7)
    put(plan, "approved")
    client.force_login(writer)
    assert client.get(answer_url(note)).status_code == 404


def test_answers_that_meet_show_both_texts(client, plan, writer):
    note = LineNoteFactory(plan=plan, line=7)
    client.force_login(writer)
    client.post(answer_url(note), {"answer": "Yang pertama", "version": "1"})
    answer = client.post(answer_url(note), {"answer": "Yang kedua", "version": "1"})
    assert answer.status_code == 409
    assert "Yang pertama" in answer.text
    assert "Yang kedua" in answer.text


# The signed document


def test_a_scan_is_attached_before_the_decision_and_leaves_with_the_scope(client, plan, writer):
    client.force_login(writer)
    url = reverse("plans:plan_scan_create", args=[plan.pk])
    assert url in client.get(plan.get_absolute_url()).text
    answer = client.post(url, {"upload": picture(), "signed_on": "2026-01-09", "note": "halaman 1"}, follow=True)
    scan = plan.scans.get()
    assert f"Pindaian “{scan.file.name}” tersimpan." in answer.text
    assert (scan.by, scan.note) == (writer, "halaman 1")
    file_url = reverse("plans:plan_scan_file", args=[scan.pk])
    assert client.get(file_url)["Content-Type"] == "image/jpeg"
    client.force_login(FacilitatorFactory())
    assert client.get(file_url).status_code == 404


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_a_plan_that_may_still_change_takes_no_scan(client, plan, writer, status):
    put(plan, status)
    client.force_login(writer)
    url = reverse("plans:plan_scan_create", args=[plan.pk])
    assert url not in client.get(plan.get_absolute_url()).text
    assert client.post(url, {"upload": picture()}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Pilih berkas pindaian atau foto."),
        ({"upload": picture(), "signed_on": "2999-01-01"}, "Tanggal tanda tangan tidak boleh sesudah hari ini."),
    ],
)
def test_a_scan_refused_keeps_nothing(client, plan, writer, typed, error):
    client.force_login(writer)
    answer = client.post(reverse("plans:plan_scan_create", args=[plan.pk]), {"note": "hal. 1"} | typed)
    assert error in answer.text
    assert 'value="hal. 1"' in answer.text
    assert (plan.scans.count(), StoredFile.objects.count()) == (0, 0)


def test_scans_of_an_old_version_stay_readable(client, plan, writer):
    scan = PlanScanFactory(plan=plan)
    put(plan, "superseded")
    client.force_login(writer)
    assert scan.file.name in client.get(plan.get_absolute_url()).text
