"""SPJ documents: which exist, their deadlines, and whether lists count the same people."""

from datetime import date, timedelta

import pytest

from tests import factories as f
from trainings.models import SpjItem, Training, TrainingFile
from trainings.queries.certificates import certificate_roll
from trainings.queries.figures import training_figures
from trainings.queries.list_counts import people_counts
from trainings.queries.spj import accounts_file, late_files
from trainings.queries.still_missing import still_missing

Document = SpjItem.Document


def states(training):
    return {row.document: (row.label, row.tone) for row in accounts_file(training).documents}


def test_a_paper_is_there_when_its_file_is(dataset):
    f.SpjItemFactory(training=dataset.training, document=Document.TERMS, file=f.StoredFileFactory())
    f.SpjItemFactory(training=dataset.training, document=Document.INVITATION, number="005/1")
    f.SpjItemFactory(training=dataset.training, document=Document.BIODATA, not_needed=True)
    f.TrainingFileFactory(training=dataset.training)
    found = states(dataset.training)
    assert found[Document.TERMS] == ("Ada", "green")
    assert found[Document.INVITATION] == ("Belum diunggah", "amber")
    assert found[Document.BIODATA] == ("Tidak diperlukan", "grey")
    assert found[Document.PHOTOS] == ("Ada", "green")
    assert found[Document.REPORT] == ("Belum", "red")
    accounts = accounts_file(dataset.training)
    assert accounts.text == "2 dari 17 dokumen ada"
    assert [row.document for row in accounts.others] == [Document.RESCHEDULE, Document.RESULT_MEMO, Document.MINUTES]


def test_the_daftar_hadir_is_whole_with_a_scan_of_each_sheet(dataset):
    second = f.TrainingSessionFactory(day=dataset.day)
    f.TrainingFileFactory(training=dataset.training, kind=TrainingFile.Kind.SHEET, session=dataset.session)
    assert states(dataset.training)[Document.ATTENDANCE] == ("1 dari 2 diunggah", "amber")
    f.TrainingFileFactory(training=dataset.training, kind=TrainingFile.Kind.SHEET, session=second)
    assert states(dataset.training)[Document.ATTENDANCE] == ("Ada", "green")


def test_a_meeting_needs_four_papers(dataset):
    type(dataset.training).objects.update(kind="rapat")
    dataset.training.refresh_from_db()
    assert [row.document for row in accounts_file(dataset.training).missing] == [
        Document.INVITATION,
        Document.ATTENDANCE,
        Document.MINUTES,
        Document.PHOTOS,
    ]


@pytest.mark.parametrize(
    ("today", "label", "tone"),
    [
        (date(2018, 12, 5), "13 hari lagi", "grey"),
        (date(2018, 12, 15), "3 hari lagi", "amber"),
        (date(2018, 12, 18), "Hari ini", "amber"),
        (date(2018, 12, 21), "Terlambat 3 hari", "red"),
    ],
)
def test_the_deadline_lies_spj_days_after_the_last_day(dataset, time_machine_at, today, label, tone):
    with time_machine_at(today):
        accounts = accounts_file(dataset.training)
        assert (accounts.deadline, accounts.deadline_label, accounts.deadline_tone) == (date(2018, 12, 18), label, tone)


def test_nothing_missing_is_never_late(dataset):
    for document in Document:
        f.SpjItemFactory(training=dataset.training, document=document, not_needed=True)
    accounts = accounts_file(dataset.training)
    assert (accounts.deadline_label, accounts.deadline_tone, accounts.needed) == ("Lengkap", "green", 0)


def test_lists_that_count_other_people_are_told(dataset, people):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=2)
    for row in people[:3]:
        f.AttendanceFactory(participant=row, session=dataset.session)
    dataset.session.signatures_counted = 4
    dataset.session.save()
    f.CertificateFactory(participant=people[0])
    items = {
        Document.TRANSPORT: f.SpjItemFactory(training=dataset.training, document=Document.TRANSPORT, people=3),
        Document.MATERIALS: f.SpjItemFactory(training=dataset.training, document=Document.MATERIALS, people=1),
    }
    figures = training_figures(dataset.training)
    found = people_counts(dataset.training, figures, certificate_roll(dataset.training, figures), items)
    assert [(row.label, row.counted, row.wanted, row.difference) for row in found] == [
        ("Tanda tangan daftar hadir 4 Desember 2018, Sehari penuh", 4, 3, "1 lebih"),
        ("Daftar hadir (jumlah orang)", None, 3, ""),
        ("Daftar penerimaan uang saku/transport", 3, 3, "Sama"),
        ("Tanda terima bahan", 1, 3, "2 kurang"),
        ("Sertifikat diberikan di portal", 1, 3, "2 kurang"),
        ("Sertifikat (jumlah dalam tanda terima)", None, 1, ""),
    ]


def test_what_is_missing_before_closing(dataset, people):
    f.AgendaItemFactory(session=dataset.session, lesson_hours=2)
    f.AttendanceFactory(participant=people[0], session=dataset.session)
    assert [(row.text.split(":")[0], row.page) for row in still_missing(dataset.training)] == [
        ("3 kehadiran belum dicatat pada 1 sesi", "attendance_grid"),
        ("Tanda tangan 1 lembar belum dihitung", "attendance_grid"),
        ("1 orang memenuhi syarat sertifikat dan belum menerimanya", "certificate_list"),
        ("18 dokumen SPJ belum ada", "spj_item_list"),
    ]


def test_the_accounts_file_takes_the_same_queries_for_1_and_5(dataset, django_assert_num_queries):
    training = type(dataset.training).objects.select_related("district__settings_row").get(pk=dataset.training.pk)
    documents = list(Document)
    for some in (documents[:1], documents[1:6]):
        for document in some:
            f.SpjItemFactory(training=training, document=document, file=f.StoredFileFactory())
        with django_assert_num_queries(7):
            accounts_file(training)


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (1, True), (14 + 90, True), (14 + 91, False)])
def test_missing_documents_are_shown_from_the_last_day_until_they_are_an_archive(dataset, days, shown):
    last = dataset.training.days.last().date
    found = late_files(Training.objects.all(), last + timedelta(days=days), 3)
    assert [one.training for one in found] == ([dataset.training] if shown else [])
    assert all(one.deadline == last + timedelta(days=14) for one in found)


def test_a_cancelled_training_owes_nothing(dataset):
    Training.objects.update(state="cancelled")
    last = dataset.training.days.last().date
    assert late_files(Training.objects.all(), last + timedelta(days=2), 3) == []


def test_late_files_cost_the_same_for_one_and_for_five(dataset, django_assert_num_queries):
    day = dataset.training.days.last().date
    for _ in (1, 5):
        with django_assert_num_queries(12):
            assert len(late_files(Training.objects.all(), day + timedelta(days=2), 1)) == 1
        for _ in range(4):
            f.TrainingSessionFactory(day__training=f.TrainingFactory(), day__date=day)
