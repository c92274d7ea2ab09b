"""Wording of documents of a meeting: no term of a training on their pages."""

import re
from datetime import date

import pytest

from documents import registry
from documents.trainings.base import TrainingDocument
from tests import factories
from tests.documents.samples import make_training, mark
from trainings.models import ScheduleChange

pytestmark = pytest.mark.django_db
# About the panitia and the narasumber, which a meeting may have.
ABOUT_PEOPLE = {"committee_decree", "speaker_request", "staff_assignment"}
OF_MEETINGS = {
    kind: one
    for kind, one in registry.DOCUMENTS.items()
    if isinstance(one, TrainingDocument) and one.of_meetings and kind not in ABOUT_PEOPLE
}
OF_TRAININGS = ("Ketua Panitia", "Materi", "Hari ke-", "hari ke-", "elatihan", "PELATIHAN", "JP")


def page_of(kind, training, **parameters):
    document = OF_MEETINGS[kind]
    content = document.collect(training, document.clean(training, parameters), None)
    html = re.sub(r"<style.*?</style>|<title>.*?</title>", "", document.render(content), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def meeting(office):
    training = make_training(
        villages=1, days=1, kind="rapat", title="Rapat Koordinasi Iuran", recipients="Camat Uji\nKepala Dinas PMD"
    )
    training.days.get().items.update(topic="Pembahasan iuran", lesson_hours=0)
    factories.NarrativeFactory(training=training, chair="Sri Pimpinan", note_taker="Adi Notulis")
    factories.SpjItemFactory(training=training, number="005/1", dated_on=date(2018, 11, 20))
    ScheduleChange.objects.create(training=training, days=["2018-12-01"], place="Aula lama")
    return training


@pytest.mark.parametrize("held", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", OF_MEETINGS)
def test_a_meeting_is_told_in_its_own_words(kind, held, meeting):
    if held:
        factories.TrainingSessionFactory(day=meeting.days.get(), name="Malam", starts="19:00", ends="20:00")
        mark(meeting)
    text = page_of(kind, meeting, **({"mode": "filled"} if held and kind == "attendance_sheet" else {}))
    assert [word for word in OF_TRAININGS if word in text] == [], text
    assert "Undangan Rapat koordinasi" not in text


def test_the_chair_signs_where_a_training_has_its_panitia(meeting):
    text = page_of("attendance_sheet", meeting)
    assert "Pimpinan Rapat, Nama Uji" in text  # the head of the DPMU beside
    assert text.endswith("Sri Pimpinan")
    assert "Acara : Pembahasan iuran" in text
    assert "Hari/Tanggal : Selasa, 4 Desember 2018 Waktu" in text


def test_a_training_keeps_its_panitia_and_its_hours(office):
    training = make_training(villages=1, days=1)
    text = page_of("attendance_sheet", training)
    assert all(word in text for word in ("Ketua Panitia", "Hari ke- : 1 dari 1", "Materi : Materi hari 1"))
