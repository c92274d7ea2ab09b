"""Sample trainings: the three days of December 2018, and around today one held, one planned, one cancelled."""

from datetime import date, datetime, timedelta

from django.utils.timezone import make_aware

from pamsimas.demo.places import ASSIGNED, COHORT
from pamsimas.demo.seeding import seed
from pamsimas.demo.speakers import seed_teaching
from trainings.models import (
    Attendance,
    Invitation,
    Participant,
    Training,
    TrainingDay,
    TrainingSession,
)
from trainings.services.agendas import template_items
from trainings.services.participants import known_entry, substitute
from trainings.services.schedule import Hours, build_day
from villages.models import Programme

DAY = timedelta(days=1)
HELD_ON = [date(2018, 12, 4), date(2018, 12, 5), date(2018, 12, 6)]
MARK = Attendance.Status
POSTS = "KET BEN TEK"
STAYED_AWAY = {"Contoh Lima Belas", "Contoh Enam Belas"}
# Marks of participants: number on the sheet, day, mark, remark.
EXCEPTIONS = {
    (5, 2): (MARK.LATE, "Hujan, jalan rusak"),
    (11, 3): (MARK.EXCUSED, "Acara keluarga"),
    (17, 2): (MARK.SICK, ""),
    (23, 1): (MARK.ABSENT, ""),
    (30, 3): (MARK.LATE, ""),
}


def seed_trainings(district, villages, groups, people, users, today: date):
    """Four trainings in as many states."""
    seed_2018(district, villages, groups, people, users["staf"])
    seed_held(district, villages, groups, people, users["staf"], today)
    seed_planned(district, villages, groups, people, users, today)
    seed_cancelled(district, villages, users["staf"], today)


def seed_2018(district, villages, groups, people, by):
    """Three days, 24 JP, 48 registered, 42 came: the six of two villages stayed away."""
    training = Training(
        district=district,
        programme=Programme.objects.get(code="PAMSIMAS-III"),
        fiscal_year=2018,
        cohort_year=COHORT,
        title="Pelatihan Peningkatan Kapasitas KPSPAMS Tahun 2018",
        venue="Gedung Serbaguna Contoh, Kecamatan Contoh Barat",
        organiser="Dinas Perumahan dan Permukiman Kabupaten Mesuji",
        state=Training.State.CLOSED,
    )
    seed([training], by)
    sessions = _seed_days(training, HELD_ON)
    seed_teaching(training, by)
    seed([Invitation(training=training, village=village, quota=3, posts=POSTS) for village in villages.values()])
    trained = [(row, person) for row, person in people if row["dilatih"]]
    participants = _seed_participants(training, groups, trained, "jabatan_2018", by)
    marks = []
    for (row, _person), participant in zip(trained, participants, strict=True):
        for number, session in enumerate(sessions, start=1):
            usual = (MARK.ABSENT if row["desa"] in STAYED_AWAY else MARK.PRESENT, "")
            status, remark = EXCEPTIONS.get((participant.number, number), usual)
            marks.append(
                Attendance(
                    participant=participant,
                    session=session,
                    status=status,
                    remark=remark,
                    marked_by=by,
                    source=Attendance.Source.ALL_BUT,
                )
            )
    seed(marks)
    for session in sessions:
        present = [mark for mark in marks if mark.session == session and mark.status in Attendance.PRESENT]
        session.signatures_counted = len(present)
        session.save(update_fields=["signatures_counted"])
        session.day.closed_at = make_aware(datetime.combine(session.day.date, session.ends))
        session.day.save(update_fields=["closed_at"])


def seed_held(district, villages, groups, people, by, today):
    """A meeting of last week without recorded attendance: Belum ditutup."""
    training = _one_day(
        district,
        Training.Kind.MEETING,
        "Rapat Koordinasi Keberlanjutan SPAM Perdesaan",
        today - 8 * DAY,
        by,
    )
    names = ["Contoh Tujuh", "Contoh Delapan", "Contoh Sembilan"]
    seed([Invitation(training=training, village=villages[name], quota=2, posts="KET SEK") for name in names])
    coming = [(row, person) for row, person in people if row["desa"] in names and row["jabatan_kini"] in ("KET", "SEK")]
    _seed_participants(training, groups, coming, "jabatan_kini", by)


def seed_planned(district, villages, groups, people, users, today):
    """A bimtek two weeks ahead; the fasilitator is named as officer and has proposed people of two villages.

    The deadline was yesterday: the last proposal is late, and one participant is replaced.
    """
    training = _one_day(
        district,
        Training.Kind.GUIDANCE,
        "Bimbingan Teknis Iuran dan Pembukuan KPSPAMS",
        today + 14 * DAY,
        users["staf"],
    )
    training.officers.add(users["fasilitator"])
    training.proposal_deadline = today - DAY
    training.save(update_fields=["proposal_deadline"])
    invited = [*ASSIGNED, *sorted(STAYED_AWAY)]
    seed([Invitation(training=training, village=villages[name], quota=2, posts="KET BEN") for name in invited])
    proposed = [
        (row, person)
        for row, person in people
        if row["desa"] in ("Contoh Satu", "Contoh Dua") and row["jabatan_kini"] in ("KET", "BEN")
    ]
    rows = _seed_participants(training, groups, proposed, "jabatan_kini", users["fasilitator"])
    for row in rows:
        row.proposed_by, row.late_proposal = users["fasilitator"], row is rows[-1]
    Participant.objects.bulk_update(rows, ["proposed_by", "late_proposal"])
    others = [person for row, person in people if row["desa"] == "Contoh Satu" and row["jabatan_kini"] == "TEK"]
    if others:
        entry = known_entry(training, others[0])
        substitute(rows[1], others[0], entry, by=users["fasilitator"])


def seed_cancelled(district, villages, by, today):
    """A cancelled training."""
    training = _one_day(
        district, Training.Kind.OUTREACH, "Sosialisasi Asosiasi SPAMS Perdesaan", today - 30 * DAY, by, cancelled=True
    )
    seed([Invitation(training=training, village=villages["Contoh Sepuluh"], quota=2)])


def _seed_days(training, dates) -> list[TrainingSession]:
    """Days with the built-in agenda and its sessions, as the form of a new training creates them."""
    agenda = template_items()
    for number, day in enumerate(seed(TrainingDay(training=training, date=day) for day in dates), start=1):
        build_day(day, training.sheet_unit, agenda[number], Hours())
    return list(TrainingSession.objects.filter(day__training=training).select_related("day"))


def _seed_participants(training, groups, people, post_column, by) -> list[Participant]:
    """Participants in the order of a sheet: by village, then by post. Village, group and post are those of that day."""
    return seed(
        [
            Participant(
                training=training,
                person=person,
                number=number,
                village=person.village,
                group=groups.get(row["kelompok"]),
                post=row[post_column],
                affiliation=row["unsur"],
            )
            for number, (row, person) in enumerate(people, start=1)
        ],
        by,
    )


def _one_day(district, kind, title, day, by, cancelled=False) -> Training:
    training = Training(
        kind=kind,
        district=district,
        fiscal_year=day.year,
        title=title,
        venue="Aula Contoh, Kecamatan Contoh Tengah",
        organiser="Dinas Perumahan, Kawasan Permukiman dan Pertanahan Kabupaten Mesuji",
        state=Training.State.CANCELLED if cancelled else Training.State.OPEN,
    )
    seed([training], by)
    (row,) = seed([TrainingDay(training=training, date=day)])
    items = template_items("rapat_setengah_hari" if training.is_meeting else "bimtek_1_hari")[1]
    build_day(row, training.sheet_unit, items, Hours())
    return training
