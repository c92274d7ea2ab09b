import re
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.rendering import printing
from documents.trainings import attendance_sheet, columns
from tests import factories
from tests.documents.attendance import collected, half_days, made, printed, texts
from tests.documents.samples import make_training, mark, pages_of, print_phones, words_of

pytestmark = pytest.mark.django_db


def session_heads(sheet):
    return [column["head"] for column in sheet["columns"][5:]]


def test_a_blank_sheet_prints_the_whole_form(office):
    training = make_training(villages=2)
    text = words_of(made(training.days.first(), mode="blank"))
    for line in (
        "PEMERINTAH KABUPATEN MESUJI DINAS PERUMAHAN DAN PERMUKIMAN Jalan Uji Nomor 1, Brabasan",
        "DAFTAR HADIR PESERTA PELATIHAN PENINGKATAN KAPASITAS KPSPAMS TAHUN 2018",
        "PROGRAM PAMSIMAS III KABUPATEN MESUJI",
        "Hari/Tanggal : Selasa, 4 Desember 2018 Hari ke- : 1 dari 3",
        "Waktu : 08.00 s.d. 16.30 WIB",
        "Tempat : Balai Uji, Brabasan",
        "Materi : Materi hari 1",
        "No Nama L/P Jabatan/Unsur Desa/Kecamatan Tanda Tangan",
        "Rekapitulasi: Laki-laki ........ orang | Perempuan ........ orang | Jumlah ........ orang",
        "Desa terwakili ........ dari 2",
        "Mesuji, 4 Desember 2018",
        "Mengetahui, Ketua DPMU Kabupaten Mesuji,",
        "Ketua Panitia,",
        "Nama Uji, S.T.",
        "Pembina, IV/a",
        "NIP. 19700101 200003 1 001",
        "NIP. ....",
        "Halaman 1 dari",
    ):
        assert line in text, line
    assert "DATA CONTOH" not in text
    assert "No. HP" not in text


def test_a_training_gives_one_sheet_for_each_session(office):
    training = make_training(villages=1, days=2)
    day = training.days.first()
    factories.TrainingSessionFactory(day=day, name="Malam", starts=time(19), ends=time(21))
    snapshot = collected(training, mode="blank")
    assert [(s["day"], s["session"]) for s in snapshot["sheets"]] == [
        ("Selasa, 4 Desember 2018", "Harian"),
        ("Selasa, 4 Desember 2018", "Malam"),
        ("Rabu, 5 Desember 2018", ""),
    ]
    assert len(collected(day, mode="blank")["sheets"]) == 2
    assert len(collected(day.sessions.first(), mode="blank")["sheets"]) == 1


def test_phones_stand_there_only_when_the_kabupaten_wants_them(office):
    training = make_training(villages=1)
    person = training.participants.first().person
    person.phone = "+6281234567890"
    person.save()
    assert "0812" not in str(collected(training, mode="blank"))
    print_phones()
    training.refresh_from_db()
    training.district.refresh_from_db()
    text = words_of(made(training.days.first(), mode="blank"))
    assert "No. HP" in text
    assert "0812-3456-7890" in text


def test_a_fasilitator_gets_the_people_of_own_villages(office):
    training = make_training(villages=3)
    own = training.invitations.first().village
    user = factories.FacilitatorFactory(villages=[own])
    snapshot = collected(training, user, mode="blank")
    named = [name for name in texts(snapshot["sheets"][0], "Nama") if name]
    assert named == ["Peserta Nomor 1", "Peserta Nomor 2", "Peserta Nomor 3"]
    assert snapshot["invited_villages"] == 1
    training.officers.add(user)
    assert collected(training, user, mode="blank")["invited_villages"] == 3


def test_the_letterhead_is_that_of_the_day(office):
    factories.OfficeProfileFactory(
        valid_from=date(2025, 1, 1), office_name="DINAS PERUMAHAN, KAWASAN PERMUKIMAN DAN PERTANAHAN"
    )
    old = make_training(villages=1, days=1)
    assert collected(old, mode="blank")["letterhead"]["office"] == "DINAS PERUMAHAN DAN PERMUKIMAN"
    factories.TrainingDayFactory(training=old, date=date(2025, 3, 4))
    new = factories.TrainingSessionFactory(day=old.days.last())
    assert collected(new, mode="blank")["letterhead"]["office"].endswith("PERTANAHAN")


def test_without_an_office_nobody_is_invented(db):
    training = make_training(villages=1, days=1)
    snapshot = collected(training, mode="blank")
    assert snapshot["letterhead"] == {"government": "", "between": "", "office": "", "lines": [], "emblem": ""}
    assert [block["name"] for block in snapshot["sheets"][0]["signatures"]] == ["", ""]
    assert "(....." in words_of(printing.print_document(registry.document("attendance_sheet"), 1, snapshot).content)


def test_equal_rows_give_equal_bytes(office):
    training = make_training(villages=2)
    assert made(training, mode="blank") == made(training, mode="blank")


def test_a_training_without_sessions_is_refused_in_words(office):
    with pytest.raises(ValidationError, match="belum mempunyai hari dan sesi"):
        attendance_sheet.AttendanceSheet().clean(factories.TrainingFactory(), {"mode": "blank"})


def test_an_unknown_mode_is_refused(office):
    with pytest.raises(ValidationError, match="Pilih daftar hadir"):
        attendance_sheet.AttendanceSheet().clean(make_training(villages=1), {"mode": "ngawur"})


def test_numbers_are_kept_when_somebody_is_replaced(office):
    training = make_training(villages=1, days=1)
    training.participants.filter(number=2).update(state="digantikan")
    village = training.invitations.get().village
    person = factories.PersonFactory(village=village, name="Pengganti")
    replaced = training.participants.get(number=2)
    factories.ParticipantFactory(training=training, person=person, number=4, replaces=replaced)
    rows = columns.cells(printed(training, mode="blank")["sheets"][0])[:4]
    assert [(row[0]["text"], row[1]["text"], row[-1]) for row in rows] == [
        ("1", "Peserta Nomor 1", {"text": "1. ............", "style": ""}),
        ("3", "Peserta Nomor 3", {"text": "3. ............", "style": "right-half"}),
        ("4", "Pengganti", {"text": "4. ............", "style": ""}),
        ("5", "", {"text": "5. ............", "style": "right-half"}),
    ]


def test_landscape_prints_the_sessions_of_a_day_side_by_side(office):
    training = make_training(villages=2, days=2)
    half_days(training)
    snapshot = collected(training, mode="blank", layout="landscape")
    assert snapshot["document"]["page_size"] == "f4-wide"
    assert [(sheet["day"], session_heads(sheet), sheet["time"]) for sheet in snapshot["sheets"]] == [
        ("Selasa, 4 Desember 2018", ["Pagi (08.00)", "Siang (13.00)"], "08.00 s.d. 16.30 WIB"),
        ("Rabu, 5 Desember 2018", ["Pagi (08.00)", "Siang (13.00)"], "08.00 s.d. 16.30 WIB"),
    ]
    text = words_of(printing.print_document(registry.document("attendance_sheet"), training.pk, snapshot).content)
    signs = re.findall(r"(\d+)\. \.{12}", text)
    assert 6 < len(signs) // 4 < 30
    assert sorted(map(int, signs)) == sorted([*range(1, len(signs) // 4 + 1)] * 4)


def test_more_sessions_than_fit_side_by_side_go_on_with_the_next_sheet(office):
    training = make_training(villages=1, days=1)
    for hour in range(17, 20):
        factories.TrainingSessionFactory(
            day=training.days.get(), name=f"S{hour}", starts=time(hour), ends=time(hour + 1)
        )
    sheets = collected(training, mode="blank", layout="landscape")["sheets"]
    assert [session_heads(sheet) for sheet in sheets] == [
        ["Harian (08.00)", "S17 (17.00)", "S18 (18.00)"],
        ["Tanda Tangan"],
    ]
    assert sheets[1]["session"] == "S19"


def test_narasumber_sign_once_a_day_with_their_topics(office):
    training = make_training(villages=1, days=1)
    half_days(training)
    first = training.days.get().items.get()
    speaker = factories.ResourcePersonFactory(
        person__name="Ni Luh Putu Contoh", person__institution="Dinas PMD", position="Kepala Bidang"
    )
    factories.AgendaSpeakerFactory(item=first, resource_person=speaker)
    factories.AgendaItemFactory(session=first.session, topic="Air bersih", speaker="Dinas Kesehatan", starts=time(9))
    factories.AgendaItemFactory(
        session=first.session, topic="Rehat", kind="istirahat", lesson_hours=0, speaker="Panitia"
    )
    (sheet,) = printed(training, mode="blank", who="narasumber")["sheets"]
    assert sheet["rows"] == [
        ["1", "Ni Luh Putu Contoh", "P", "Kepala Bidang, Dinas PMD", "Materi hari 1", "1. ............"],
        ["2", "", "", "Dinas Kesehatan", "Air bersih", "2. ............"],
        ["3", "", "", "", "", "3. ............"],
        ["4", "", "", "", "", "4. ............"],
        ["5", "", "", "", "", "5. ............"],
    ]
    text = words_of(made(training, mode="blank", who="narasumber"))
    assert "DAFTAR HADIR NARASUMBER" in text
    assert "No Nama L/P Jabatan/Instansi Materi Tanda Tangan" in text


def test_panitia_sign_in_the_order_of_their_decree(office):
    training = make_training(villages=1, days=2)
    for number, role in ((2, "Sekretaris"), (1, "Ketua")):
        person = factories.PersonFactory(village=None, name=f"Panitia {number}", institution="Disperkim")
        factories.CommitteeMemberFactory(training=training, person=person, role=role, number=number)
    sheets = collected(training, mode="blank", who="panitia")["sheets"]
    assert len(sheets) == 2
    assert texts(sheets[0], "Nama")[:2] == ["Panitia 1", "Panitia 2"]
    assert texts(sheets[0], "Kedudukan")[:2] == ["Ketua", "Sekretaris"]
    assert texts(sheets[0], "Instansi")[:2] == ["Disperkim", "Disperkim"]


def test_only_participants_have_a_filled_sheet(office):
    with pytest.raises(ValidationError, match="dicatat untuk peserta saja"):
        attendance_sheet.AttendanceSheet().clean(make_training(villages=1), {"mode": "filled", "who": "panitia"})


def test_marks_of_many_sessions_stand_on_one_line(office):
    training = make_training(villages=1, days=6)
    half_days(training)
    mark(training, n2="alpa")
    content = made(training, mode="filled")
    recap = collected(training, mode="filled")["recap"]
    assert [column["width"] for column in recap["columns"] if column["head"] == "Sesi 1 s.d. 12"] == [51]
    lines = [" ".join(line.split()) for line in pages_of(content)[-1].splitlines()]
    assert [sum(" ".join([letter] * 12) in line for line in lines) for letter in "HA"] == [2, 1]
