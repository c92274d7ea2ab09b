"""Importer of participants of a recorded training, with one column of attendance for each day."""

from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils import timezone

from imports.adapters import Adapter
from imports.files.books import Cell
from imports.rows.rows import NOT_STORED, Row
from imports.tables.columns import Column, without_continuing
from imports.values import cells
from kpspams.importers.groups import GROUP_COLUMN, ONLY_GROUP, GroupFinder
from kpspams.importers.posts import SIDEWAYS, post
from kpspams.models import KpspamsGroup
from records.formats import date_id
from records.search_keys import search_key
from trainings.importers.training_days import DATES_COLUMN, MAX_DAYS, Days
from trainings.models import Attendance, Participant, Training, TrainingDay, TrainingSession
from trainings.services.attendance import UNMARKED_LABEL, status_label
from villages.importers.finding import PersonFinder
from villages.importers.people import PERSON_COLUMNS
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder
from villages.models import Person, PersonMatch, Village

MARKS = {"h": "hadir", "v": "hadir", "x": "hadir", "1": "hadir", "ya": "hadir", "ttd": "hadir"}
MARKS |= {"t": "terlambat", "i": "izin", "ijin": "izin", "s": "sakit", "a": "alpa", "tk": "alpa", "0": "alpa"}
MARKS |= {"tidak": "alpa", "tidak hadir": "alpa", "absen": "alpa", "tanpa keterangan": "alpa"}
_read_mark = cells.of(Attendance, "status", MARKS)
TICKS = ("✓", "√", "✔", "☑")


def mark(cell: Cell) -> str | None:
    """The mark of one day: H, I, S, A, a tick, or the word. Empty is belum dicatat."""
    if isinstance(cell, bool):
        return Attendance.Status.PRESENT if cell else Attendance.Status.ABSENT
    if isinstance(cell, str) and cell.strip() in TICKS:
        return Attendance.Status.PRESENT
    return _read_mark(cell)


# Headings above the numbers of the days: "Kehadiran" over "1", "2" or "Hari 1", "Hari 2".
ATTENDANCE_WORDS = "kehadiran|daftarhadir|absensi|absen|presensi|hadir|tandatangan|paraf"
DAY_COLUMNS = tuple(f"day_{number}" for number in range(1, MAX_DAYS + 1))
EXAMPLE_DAYS = 3  # filled in the template: most trainings are not longer


class ParticipantImport(Adapter):
    """Importer of participants of recorded trainings, identified by training and person."""

    kind = "participants"
    order = 5
    label = "Peserta pelatihan lama dengan kehadiran"
    needs = "Pelatihan sudah tercatat dan belum ditutup; hari yang belum ada dapat dibuat dari Tanggal pelatihan."
    # In a sideways list a mark applies to a person only where each post has its own columns of marks.
    sideways = replace(SIDEWAYS, own=("sex", "phone", "hamlet", *DAY_COLUMNS), common=())
    writes = (Person, TrainingDay, TrainingSession, Participant, Attendance)
    fades = (PersonMatch,)
    columns = (
        Column(
            "training",
            "Pelatihan",
            cells.text(200),
            ("judul pelatihan", "nama pelatihan", "nama kegiatan"),
            required=True,
            example="Pelatihan Peningkatan Kapasitas KPSPAMS",
            help="Judul seperti tercatat di portal.",
            fixed=True,
        ),
        Column(
            "fiscal_year",
            "TA pelatihan",
            cells.year,
            ("ta", "tahun", "tahun anggaran"),
            example=2018,
            help="Perlu bila ada beberapa pelatihan dengan judul itu.",
            fixed=True,
        ),
        DATES_COLUMN,
        *without_continuing((*VILLAGE_COLUMNS, GROUP_COLUMN)),
        *PERSON_COLUMNS,
        Column(
            "post",
            "Jabatan",
            post,
            ("jabatan dalam kpspams", "jabatan kpspams"),
            example="Ketua",
            help="Jabatan dalam KPSPAMS pada hari pelatihan.",
        ),
        Column(
            "affiliation",
            "Unsur",
            cells.of(Participant, "affiliation"),
            ("instansi", "unsur/instansi", "asal", "lembaga"),
            example="Kader AMPL",
            help="Untuk peserta yang bukan pengurus KPSPAMS.",
        ),
        *(
            Column(
                f"day_{number}",
                f"Hadir hari ke-{number}",
                mark,
                (f"hari {number}", f"hari ke {number}", f"hari ke-{number}", f"h{number}", f"kehadiran hari {number}"),
                pattern=rf"(?=\D)(?:{ATTENDANCE_WORDS})?(?:hari|h)?(?:ke)?0?{number}",
                example="H" if number <= EXAMPLE_DAYS else "",
                help="H hadir, I izin, S sakit, A tanpa keterangan, T terlambat; kosong berarti belum dicatat.",
            )
            for number in range(1, MAX_DAYS + 1)
        ),
    )

    def load(self):
        self.places = VillageFinder(by=self.by, place=self.place)
        self.groups = GroupFinder(self.places)
        self.people = PersonFinder(self.places, self.by)
        trainings = Training.objects.editable_by(self.by).filter(district=self.places.district)
        self.trainings: dict[str, list[Training]] = defaultdict(list)
        by_id = {}
        for training in trainings.prefetch_related("days__sessions"):
            training.district = self.places.district
            by_id[training.pk] = training
            for key in {training.search_key, search_key(str(training))}:
                self.trainings[key].append(training)
        self.days = Days(list(by_id.values()), self.ledger)
        self.known: dict[tuple[int, Any], Participant] = {}
        self.last: dict[int, int] = defaultdict(int)
        participants = {}
        for row in Participant.objects.filter(training__in=by_id).select_related("person"):
            row.training = by_id[row.training_id]
            participants[row.pk] = row
            self.known[row.training_id, row.person.merged_into_id or row.person_id] = row
            self.last[row.training_id] = max(self.last[row.training_id], row.number)
        self.marks: dict[tuple[int, str], Attendance] = {}
        for given in Attendance.objects.filter(participant__in=participants):
            given.participant = participants[given.participant_id]
            self.marks[id(given.participant), str(given.session_id)] = given

    def question(self):
        return self.places.question()

    def plan(self, row: Row):
        row.label = row.get("name", "")
        training = self._training(row)
        village = self.places.find(row, required=not row.has("affiliation"))
        group = self._group(row, village)
        days = self.days.find(row, training) if training else []  # before any return, so that all errors are reported
        if training is None or row.failed("village") or row.failed("village_code") or row.failed("subdistrict"):
            return
        if village is None and not row.has("affiliation"):
            return
        known = {} if village else {"institution": row.get("affiliation", "")}
        person = self.people.find(row, village, place=f"pelatihan {training.pk}", slots=self._slots(row), **known)
        if person is None:
            return
        participant = self._participant(row, training, person, village, group)
        self._attendance(row, training, participant, days)

    @staticmethod
    def _slots(row: Row) -> set[tuple]:
        """The dates and the columns of attendance that the row fills; with one row per day, the rows are one person."""
        marked = [number for number in range(1, MAX_DAYS + 1) if row.has(f"day_{number}")]
        return {(on, number) for on in row.get("dates", ()) or (None,) for number in marked or (None,)}

    def _training(self, row: Row) -> Training | None:
        title = row.get("training")
        if not title:
            return None
        found = self.trainings.get(search_key(title), [])
        year = row.get("fiscal_year")
        if year:
            found = [training for training in found if training.fiscal_year == year]
        if not found:
            ta = f" TA {year}" if year else ""
            row.wrong("training", f"Pelatihan “{title}”{ta} belum tercatat. Catat pelatihan dan harinya dahulu.")
            return None
        if len(found) > 1:
            row.wrong(
                "training", f"Ada {len(found)} pelatihan dengan judul ini. Isi TA atau angkatannya di belakang judul."
            )
            return None
        if found[0].is_sample and not self.by.is_sample:
            row.wrong("training", "Pelatihan ini DATA CONTOH dan tidak dapat dipakai untuk data sebenarnya.")
            return None
        row.means("training", f"{found[0]}, TA {found[0].fiscal_year}")
        return found[0]

    def _group(self, row: Row, village: Village | None) -> KpspamsGroup | None:
        """The named group, or the only one of the village if the person has a post; others need none."""
        if village is None:
            return None
        if row.has("group"):
            return self.groups.find(row, village)
        own = [group for group in self.groups.of_village[village.pk] if not group.is_dissolved]
        if not row.has("post") or len(own) != 1:
            return None
        row.means("group", str(own[0]), ONLY_GROUP)
        return own[0]

    def _participant(
        self, row: Row, training: Training, person: Person, village: Village | None, group: KpspamsGroup | None
    ) -> Participant:
        key = (training.pk, person.pk or id(person))
        participant = self.known.get(key)
        if participant is not None:
            return participant
        self._refuse_locked(row, training)
        code = row.get("post", ("", "", False))[0]
        if code and group is None:
            row.means("post", NOT_STORED, "tidak ada kelompok KPSPAMS yang dimaksud")
        number = self.last[training.pk] + 1
        participant = Participant(
            training=training,
            person=person,
            number=number,
            village=village,
            group=group,
            post=code if group else "",
            affiliation=row.get("affiliation", ""),
        )
        row.add(participant, self.known, key)
        row.then(lambda: self.last.update({training.pk: number}))
        return participant

    def _attendance(self, row: Row, training: Training, participant: Participant, days: list[TrainingDay]):
        """The mark of a day applies to each of its sessions."""
        for number, day in enumerate(days[:MAX_DAYS], 1):
            status = row.get(f"day_{number}")
            if status is None:
                continue
            for session in self.days.sessions[id(day)]:
                self._mark(row, training, participant, session, status, f"day_{number}")

    def _mark(
        self, row: Row, training: Training, participant: Participant, session: TrainingSession, status: str, column: str
    ):
        key = (id(participant), str(session.pk or f"baru {id(session)}"))
        given = self.marks.get(key)
        if given is not None and given.status == status:
            return
        self._refuse_locked(row, training)
        if session.day.closed_at:
            on = date_id(session.day.date)
            row.wrong(column, f"Hari {on} sudah ditutup. Ubah kehadirannya di halaman Kehadiran, dengan alasan.")
        before = status_label(given.status) if given else UNMARKED_LABEL
        if given is None:
            source = Attendance.Source.IMPORT
            made = Attendance(participant=participant, session=session, status=status, marked_by=self.by, source=source)
            row.add(made, self.marks, key, silent=True)
        else:
            row.change(given, status=status)
            row.after(partial(self._signed, given.pk))
        label = f"{participant.number}. {participant.person.name}, {date_id(session.day.date)} {session.name}"
        row.then(lambda: self.ledger.add_change(training, label, before, status_label(status)))

    def _signed(self, pk: int):
        source = Attendance.Source.IMPORT
        Attendance.objects.filter(pk=pk).update(marked_by=self.by, marked_at=timezone.now(), source=source)

    def _refuse_locked(self, row: Row, training: Training):
        if not training.is_open:
            state = training.get_state_display().lower()
            row.wrong("training", f"Pelatihan ini sudah {state}. Buka kembali dahulu, lalu ulangi.")
