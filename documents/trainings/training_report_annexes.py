"""Lampiran of the laporan pelaksanaan: jadwal, attendance of each person, photos; without money lists."""

import logging

from documents.layout import blocks
from documents.trainings import base, results
from documents.trainings.attendance_marks import LEGEND, letters_of
from documents.trainings.results import Results
from records import formats
from trainings.models import Training, TrainingFile

logger = logging.getLogger(__name__)

PHOTOS = 12  # maximum; more would make the document too large to send (our assumption)


def annexes(training: Training, found: Results) -> list[blocks.Block]:
    parts = [
        ("JADWAL", _schedule(training)),
        ("REKAPITULASI KEHADIRAN", _people(found)),
        ("DOKUMENTASI", _photos(training)),
    ]
    body: list[blocks.Block] = []
    for number, (title, part) in enumerate(((title, part) for title, part in parts if part), 1):
        body += [blocks.new_page(), blocks.title(f"LAMPIRAN {number}: {title}"), *part]
    return body


def _schedule(training: Training) -> list[blocks.Block]:
    columns = [
        ("Tanggal", 32, "l"),
        ("Waktu", 30, "l"),
        ("Materi/acara", 0, "l"),
        ("JP", 10, "c"),
        ("Narasumber", 40, "l"),
    ]
    rows, before = [], None
    items = results.agenda(training)
    for item in items:
        day = formats.date_id(item.day.date) if item.day.date != before else ""
        before = item.day.date
        time = f"{formats.time_id(item.starts)} s.d. {formats.time_id(item.ends)}"
        rows.append([day, time, item.topic, str(item.lesson_hours or ""), results.people_of(item)])
    if not rows:
        return blocks.paragraphs("Susunan acara belum dicatat.")
    total = 0 if training.is_meeting else sum(item.lesson_hours for item in items)
    foot = [["", "", "Jumlah", str(total), ""]] if total else []
    columns, rows = base.fitting(training, columns, rows)
    return [blocks.table(columns, rows, caption="Jadwal", footer=foot, small=True)]


def _people(found: Results) -> list[blocks.Block]:
    figures = found.figures
    if not figures.people:
        return blocks.paragraphs("Belum ada peserta terdaftar.")
    sessions = figures.sessions
    columns = [
        ("No", 10, "c"),
        ("Nama", 0, "l"),
        ("L/P", 10, "c"),
        (found.origins.post_heading, 35, "l"),
        (found.origins.label, 35, "l"),
        (f"Sesi 1 s.d. {len(sessions)}" if len(sessions) > 1 else "Kehadiran", 28, "c"),
        ("JP", 10, "c"),
    ]
    rows = []
    for row in figures.people:
        person = row.participant.person
        marks = letters_of(row.marks.get(session.session.pk) for session in sessions)
        village = row.participant.village.name if row.participant.village else person.institution
        rows.append(
            [
                str(row.participant.number),
                person.name,
                person.sex,
                row.participant.role_word,
                village,
                marks,
                str(row.lesson_hours),
            ]
        )
    columns, rows = base.fitting(found.training, columns, rows)
    return [blocks.table(columns, rows, caption="Kehadiran per peserta", small=True), *blocks.paragraphs(LEGEND)]


def _photos(training: Training) -> list[blocks.Block]:
    """Readable photos with caption, day and place."""
    rows = training.files.filter(kind=TrainingFile.Kind.PHOTO).select_related("file")
    shown: list[blocks.Block] = []
    for row in rows[:PHOTOS]:
        day = formats.date_id(row.taken_on) if row.taken_on else ""
        about = ", ".join(part for part in (row.caption, day, row.place) if part)
        photo = blocks.photo(row.file, f"Foto {len(shown) + 1}. {about}".rstrip(". ") + ".")
        shown += [photo] if photo else []
    left = rows.count() - PHOTOS
    if left > 0:
        shown += blocks.paragraphs(f"{left} foto lain tersimpan di portal.")
    return shown
