"""The filled daftar hadir: its ticks and counts."""

import pytest

from documents import registry
from documents.rendering import printing
from tests.documents.attendance import collected, half_days, texts
from tests.documents.samples import make_training, mark, pages_of, words_of

QUERIES = 21  # two of them for the signatories of each day

pytestmark = pytest.mark.django_db


def test_a_filled_sheet_counts_the_ticks(office):
    training = make_training(villages=3)
    mark(training, n2="terlambat", n4="izin", n5="sakit", n7="alpa", n8=None, n9=None)
    snapshot = collected(training, mode="filled")
    sheet = snapshot["sheets"][0]
    assert texts(sheet, "Kehadiran") == [
        "Hadir",
        "Terlambat",
        "Hadir",
        "Izin",
        "Sakit",
        "Hadir",
        "Tanpa keterangan",
        "Belum dicatat",
        "Belum dicatat",
    ]
    assert sheet["totals"] == [
        "Rekapitulasi: Laki-laki 3 orang | Perempuan 1 orang | Jumlah 4 orang | Desa terwakili 2 dari 3",
        "Hadir 3; Terlambat 1; Izin 1; Sakit 1; Tanpa keterangan 1; Belum dicatat 2.",
        "Desa yang tidak hadir: Uji Desa 3",
    ]
    text = words_of(printing.print_document(registry.document("attendance_sheet"), training.pk, snapshot).content)
    assert "Laki-laki 3 orang | Perempuan 1 orang | Jumlah 4 orang | Desa terwakili 2 dari 3" in text
    assert "Desa yang tidak hadir: Uji Desa 3" in text
    assert "Tanda Tangan" not in text


def test_before_the_first_mark_no_village_is_missing(office):
    sheet = collected(make_training(villages=1, days=1), mode="filled")["sheets"][0]
    assert sheet["totals"] == [
        "Rekapitulasi: belum ada data",
        "Belum dicatat 3.",
    ]


def test_the_recapitulation_adds_lesson_hours_of_attended_sessions(office):
    training = make_training(villages=1)
    mark(training, n3=None)
    first = training.days.first().sessions.first()
    training.participants.get(number=1).attendances.filter(session=first).update(status="izin")
    recap = collected(training, mode="filled")["recap"]
    assert list(zip(texts(recap, "Sesi 1 s.d. 3"), texts(recap, "JP"), strict=True)) == [
        ("I  H  H", "17"),
        ("H  H  H", "24"),
        ("–  –  –", "–"),
    ]
    assert recap["totals"][1] == (
        "Hadir sekurang-kurangnya satu sesi: "
        "Laki-laki 1 orang | Perempuan 1 orang | Jumlah 2 dari 3 terdaftar | Desa terwakili 1 dari 1"
    )


def test_one_session_needs_no_recapitulation(office):
    assert collected(make_training(villages=1, days=1), mode="filled")["recap"] is None


def test_withdrawn_people_are_not_printed(office):
    training = make_training(villages=1, days=1)
    training.participants.filter(number=2).update(state="batal")
    assert texts(collected(training, mode="filled")["sheets"][0], "Nama") == ["Peserta Nomor 1", "Peserta Nomor 3"]


@pytest.mark.parametrize("villages", [1, 8])
def test_queries_do_not_grow_with_people(office, django_assert_num_queries, villages):
    training = make_training(villages=villages, days=3)
    mark(training)
    with django_assert_num_queries(QUERIES):
        collected(training, mode="filled")


def test_a_filled_landscape_sheet_counts_each_session(office):
    training = make_training(villages=2, days=1)
    half_days(training)
    mark(training)
    siang = training.days.get().sessions.get(name="Siang")
    training.participants.get(number=1).attendances.filter(session=siang).update(status="izin")
    sheet = collected(training, mode="filled", layout="landscape")["sheets"][0]
    assert [texts(sheet, head)[0] for head in ("Pagi (08.00)", "Siang (13.00)")] == ["Hadir", "Izin"]
    assert [line for line in sheet["totals"] if line.startswith("Rekap")] == [
        "Rekapitulasi Pagi: Laki-laki 4 orang | Perempuan 2 orang | Jumlah 6 orang | Desa terwakili 2 dari 2",
        "Rekapitulasi Siang: Laki-laki 3 orang | Perempuan 2 orang | Jumlah 5 orang | Desa terwakili 2 dari 2",
    ]


@pytest.mark.parametrize("days", [7, 9, 13])
def test_the_marks_of_many_sessions_stand_on_one_line(office, days):
    training = make_training(villages=1, per_village=1, days=days)
    mark(training)
    snapshot = collected(training, mode="filled")
    pages = pages_of(printing.print_document(registry.document("attendance_sheet"), training.pk, snapshot).content)
    assert any(" ".join("H" * days) in " ".join(line.split()) for page in pages for line in page.splitlines())
