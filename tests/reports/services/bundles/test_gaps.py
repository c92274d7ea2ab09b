"""Berkas lengkap ticks no blank form and no letter without its number, and follows the order of the accounts file."""

from datetime import date
from unittest import mock

import pytest
from django.urls import reverse

from documents.trainings.gaps import UNSIGNED
from reports import tasks
from reports.models import Report, SignedCopy
from reports.services.bundles import archive, choices, training_documents
from tests import factories
from tests.documents.samples import make_training, mark
from trainings.models import SpjItem

pytestmark = pytest.mark.django_db
Line = SpjItem.Document


@pytest.fixture
def training(office):
    return make_training(villages=1, per_village=1, days=1)


def found(training, staff):
    return {choice.code: choice for choice in choices.choices(training, staff)}


def notes(training, staff, *codes):
    choices_of = found(training, staff)
    return [(choices_of[code].note, choices_of[code].ticked) for code in codes]


def test_blank_forms_and_unnumbered_letters_start_unticked_with_their_reason(client, training, staff):
    codes = ("cetak-invitation", "cetak-attendance_sheet-peserta", "cetak-assignment_letter", "cetak-minutes")
    assert notes(training, staff, *codes) == [
        ("belum bernomor", False),
        ("masih kosong: kehadiran belum dicatat", False),
        ("masih kosong: diisi dan dinomori setiap desa", False),
        ("bila ada; masih kosong: uraian belum diisi", False),
    ]
    client.force_login(staff)
    page = client.get(reverse("reports:bundle_create", args=[training.pk])).text
    assert reverse("trainings:spj_item_update", args=[training.pk, Line.INVITATION]) in page
    factories.SpjItemFactory(training=training, document=Line.INVITATION, number="005/1", dated_on=date(2018, 11, 1))
    factories.SpjItemFactory(training=training, document=Line.MINUTES)
    factories.NarrativeFactory(training=training, discussion="Dibahas.", decisions="Disepakati.")
    mark(training)
    assert notes(training, staff, *codes[:2], codes[3]) == [("", True)] * 3


def test_a_memo_of_the_outcome_has_its_own_line_and_number(training, staff):
    factories.SpjItemFactory(training=training, document=Line.MEMO, number="1", dated_on=date(2018, 11, 1))
    factories.SpjItemFactory(training=training, document=Line.RESULT_MEMO)
    assert notes(training, staff, "cetak-memo-plan", "cetak-memo-result") == [("", True), ("belum bernomor", False)]


def test_a_meeting_is_offered_what_it_rarely_has_as_such(office, staff):
    meeting = make_training(villages=1, days=1, kind="rapat")
    assert notes(meeting, staff, "cetak-training_report")[0][0].startswith("bila ada")
    assert "bila ada" not in notes(meeting, staff, "cetak-minutes")[0][0]


def test_prints_uploads_and_the_answer_of_an_office_follow_the_accounts_file(training, staff):
    mark(training)
    answer = factories.SpeakerLetterFactory(training=training, file=factories.StoredFileFactory())
    scans = [
        factories.SpjItemFactory(training=training, document=line, file=factories.StoredFileFactory())
        for line in (Line.REPORT, Line.SCHEDULE, Line.TERMS)
    ]
    report, schedule, terms = (f"berkas-{item.file_id}" for item in scans)
    wanted = [terms, f"berkas-{answer.file_id}", "cetak-invitation", schedule, "cetak-materials_receipt", report]
    codes = list(found(training, staff))
    assert [code for code in codes if code in wanted] == wanted
    chosen = choices.contents_of(choices.choices(training, staff), wanted)
    with mock.patch.object(tasks.render_report, "delay"):
        bundle = training_documents.request_bundle(training, staff, contents=chosen)
    titles = [line.title for line in archive.lines_of(bundle, archive.in_order(bundle.parts.all()))]
    assert [title.split(",")[0].split(" (")[0] for title in titles] == [
        "KAK/TOR",
        f"Surat tugas narasumber {answer.resource_person}",
        "Undangan",
        "Jadwal",
        "Tanda terima bahan",
        "Laporan pelaksanaan",
    ]


def test_the_daftar_hadir_is_printed_until_every_session_has_its_scan(training, staff):
    mark(training)
    (session,) = [one for day in training.days.all() for one in day.sessions.all()]
    later = factories.TrainingSessionFactory(day=session.day, name="Sore")
    for held, expected in ((session, ("", True)), (later, (choices.REPLACED, False))):
        factories.TrainingFileFactory(
            training=training, kind="daftar_hadir", session=held, file=factories.StoredFileFactory()
        )
        assert notes(training, staff, "cetak-attendance_sheet-peserta") == [expected]


def test_a_blank_form_that_was_ticked_once_starts_unticked_again(training, staff):
    chosen = choices.contents_of(choices.choices(training, staff), ["cetak-invitation", "cetak-schedule"])
    with mock.patch.object(tasks.render_report, "delay"):
        training_documents.request_bundle(training, staff, contents=chosen)
    assert choices.remembered(training, choices.choices(training, staff), staff) == {"cetak-schedule"}


def test_the_report_of_a_training_has_the_introduction_of_its_kak_and_that_of_a_meeting_its_own(office, staff):
    for kind, note in (("pelatihan", ""), ("rapat", "bila ada; uraian belum lengkap")):
        training = make_training(villages=1, per_village=1, days=1, kind=kind)
        factories.NarrativeFactory(training=training, obstacles="Jalan rusak.", recommendations="Lanjutkan.")
        mark(training)
        assert notes(training, staff, "cetak-training_report")[0][0] == note, kind


def test_lists_that_only_a_pen_fills_start_unticked_until_their_scan_is_there(training, staff):
    item = factories.AgendaItemFactory(session__day=training.days.get())
    factories.AgendaSpeakerFactory(item=item)
    factories.CommitteeMemberFactory(training=training)
    mark(training)
    codes = [f"cetak-attendance_sheet-{who}" for who in ("narasumber", "panitia")]
    assert notes(training, staff, *codes, "cetak-materials_receipt") == [(UNSIGNED.note, False)] * 3
    request = found(training, staff)[codes[0]].request
    printed = Report.objects.create(
        training=training, kind=request.kind, parameters=request.cleaned(), state="ready", file="dhn.pdf", sha256="0"
    )
    assert notes(training, staff, codes[0]) == [(choices.PRINTED, False)]
    SignedCopy.objects.create(report=printed, file=factories.StoredFileFactory(), recorded_by=staff)
    assert notes(training, staff, codes[0]) == [(choices.REPLACED, False)]


def test_who_may_only_look_gets_no_link_to_fill_it(training, staff):
    official = factories.UserFactory(role="official", district=training.district)
    links = [choice.fill_url for choice in choices.choices(training, official) if choice.has_gap]
    assert links
    assert not any(links)
    assert all(choice.fill_url for choice in choices.choices(training, staff) if choice.has_gap)
