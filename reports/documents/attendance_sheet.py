"""Daftar hadir: blank for signing before the event, filled from the ticks after it.

The form is that of domain practice: kop, double rule, zigzag signatures, empty rows for walk-ins, totals L/P,
villages represented, two signatures. One sheet a session; a training's set is one document.
"""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from accounts.models import District, Signatory, User
from accounts.rights import sees_whole_district
from records import words
from reports.documents import frame
from trainings.models import AgendaItem, Attendance, Participant, Training, TrainingDay, TrainingSession
from villages.models import Village

TEMPLATE_VERSION = 1
CODE_PREFIX = "DH"
MODES = {"blank": "Daftar hadir untuk ditandatangani", "filled": "Daftar hadir terisi"}
SUBJECTS = {"training", "day", "session"}
OPTIONS = {"mode": MODES}
READERS = "district"

Subject = Training | TrainingDay | TrainingSession

_LETTERS: dict[str | None, str] = {
    Attendance.Status.PRESENT: "H",
    Attendance.Status.LATE: "T",
    Attendance.Status.EXCUSED: "I",
    Attendance.Status.SICK: "S",
    Attendance.Status.ABSENT: "A",
}
_NOT_MARKED = "Belum dicatat"
_LEGEND = "H hadir, T terlambat, I izin, S sakit, A tanpa keterangan, \N{EN DASH} belum dicatat."


def label(parameters: dict) -> str:
    return MODES[parameters["mode"]]


def training_of(subject: Subject) -> Training:
    if isinstance(subject, TrainingSession):
        return subject.day.training
    return subject.training if isinstance(subject, TrainingDay) else subject


def district_of(subject: Subject) -> District:
    return training_of(subject).district


def clean(subject: Subject, parameters: dict) -> dict:
    """The parameters of a request, checked. Raises ValidationError, in words for people."""
    mode = parameters.get("mode", "blank")
    if mode not in MODES:
        raise ValidationError("Pilih daftar hadir untuk ditandatangani atau yang terisi.")
    if not _sessions(subject).exists():
        raise ValidationError("Pelatihan ini belum mempunyai hari dan sesi. Tambahkan dahulu, lalu minta lagi.")
    return {"mode": mode, "phones": training_of(subject).district.rules.phone_on_sheet}


def collect(subject: Subject, parameters: dict, user: User | None) -> dict[str, Any]:
    """Everything the sheets print, as plain values. A fasilitator's sheets hold the people they may see."""
    training = training_of(subject)
    filled = parameters["mode"] == "filled"
    sessions = list(_sessions(subject).select_related("day").prefetch_related("items", "day__items", "day__sessions"))
    first = sessions[0].day.date
    office = training.district.office_on(first)
    said = frame.office_words(office)
    people = _people(training, user, phones=parameters["phones"])
    invited = _invited(training, user)
    marks = _marks(sessions) if filled else {}
    shared = _Shared(training, office, said, people, invited, marks)
    return {
        "document": frame.head(
            title=f"{MODES[parameters['mode']]}: {training}",
            subject=f"Daftar hadir peserta, {words.day_date(first)}",
            office=office,
            dated=first,
            paper=frame.paper_of(office),
            watermark=frame.SAMPLE_MARK if training.is_sample else "",
        ),
        "kop": frame.kop(office),
        "activity": _activity(training),
        "place": training.venue or ("Daring" if training.online else ""),
        "word_village": said["village"],
        "filled": filled,
        "phones": parameters["phones"],
        "invited_villages": len(invited),
        "sheets": [shared.sheet(session, filled) for session in sessions],
        "recap": shared.recap(sessions) if filled and len(sessions) > 1 else None,
    }


def render(snapshot: dict[str, Any]) -> str:
    return render_to_string("reports/documents/attendance_sheet.html", snapshot)


def _sessions(subject: Subject):
    if isinstance(subject, TrainingSession):
        return TrainingSession.objects.filter(pk=subject.pk)
    if isinstance(subject, TrainingDay):
        return TrainingSession.objects.filter(day=subject)
    return TrainingSession.objects.filter(day__training=subject)


def _people(training: Training, user: User | None, *, phones: bool) -> list[dict[str, Any]]:
    rows = training.participants.all() if user is None else Participant.objects.visible_to(user)
    rows = rows.filter(training=training).standing().order_by("number")
    return [
        {
            "pk": row.pk,
            "name": row.person.name,
            "sex": row.person.sex,
            "post": row.role_word,
            "place": _place(row),
            "phone": words.phone_id(row.person.phone) if phones else "",
            "village": row.village_id,
        }
        for row in rows.select_related("person", "village__subdistrict")
    ]


def _place(row: Participant) -> str:
    if row.village:
        return f"{row.village.name}/{row.village.subdistrict.name}"
    return row.person.institution or "-"


def _invited(training: Training, user: User | None) -> dict[int, str]:
    """Invited villages by key, in printing order; a fasilitator's own only."""
    villages = Village.objects.filter(invitations__training=training).order_by("code")
    if user is not None and not sees_whole_district(user):
        officer = training.officers.filter(pk=user.pk).exists()
        villages = villages if officer else villages.filter(pk__in=Village.objects.visible_to(user))
    return dict(villages.values_list("pk", "name"))


def _marks(sessions: list[TrainingSession]) -> dict[tuple[int, int], str]:
    rows = Attendance.objects.filter(session__in=sessions)
    return {
        (participant, session): status
        for participant, session, status in rows.values_list("participant", "session", "status")
    }


def _activity(training: Training) -> list[str]:
    lines = [training.title.upper()]
    programme = training.programme.name.upper() if training.programme else ""
    if programme and not programme.startswith("PROGRAM"):
        programme = f"PROGRAM {programme}"
    lines.append(f"{programme} {training.district}".strip().upper())
    if training.wave:
        lines.append(f"({training.wave})")
    return lines


class _Shared:
    """What the sheets of one document have in common."""

    def __init__(self, training, office, said, people, invited, marks):
        self.office = office
        self.said = said
        self.people = people
        self.invited = invited
        self.marks = marks
        self.dates = [day.date for day in training.days.all()]
        self.district = training.district
        self.signatories: dict[Any, list[dict]] = {}

    def sheet(self, session: TrainingSession, filled: bool) -> dict[str, Any]:
        day = session.day
        items = self._items(session)
        alone = len(day.sessions.all()) == 1
        found = {
            "day": words.day_date(day.date),
            "day_number": self.dates.index(day.date) + 1,
            "days": len(self.dates),
            "time": words.time_span(session.starts, session.ends),
            "session": "" if alone else session.name,
            "lesson_hours": str(sum(item.lesson_hours for item in items) or ""),
            "topics": "; ".join(item.topic for item in items if item.kind == AgendaItem.Kind.TOPIC),
            "rows": self._rows(session, filled),
            "signatures": self._signatures(day.date),
        }
        if filled:
            present = [p for p in self.people if self._mark(p, session) in Attendance.PRESENT]
            found |= self._summary(present)
            found["by_status"] = self._by_status(session)
        return found

    def recap(self, sessions: list[TrainingSession]) -> dict[str, Any]:
        hours = {session.pk: sum(item.lesson_hours for item in self._items(session)) for session in sessions}
        rows, present = [], []
        for number, person in enumerate(self.people, 1):
            marks = [self._mark(person, session) for session in sessions]
            attended = [s for s, mark in zip(sessions, marks, strict=True) if mark in Attendance.PRESENT]
            if attended:
                present.append(person)
            rows.append(
                {
                    **_printed(person),
                    "number": str(number),
                    "marks": "  ".join(_LETTERS.get(mark, "\N{EN DASH}") for mark in marks),
                    "hours": str(sum(hours[session.pk] for session in attended)),
                }
            )
        count = len(sessions)
        return {
            "dates": words.span(sessions[0].day.date, sessions[-1].day.date).upper(),
            "heads": f"Sesi 1 s.d. {count}",
            "rows": rows,
            "legend": f"{_LEGEND} Sesi: {'; '.join(self._session_names(sessions))}.",
            "registered": len(self.people),
            "signatures": self._signatures(sessions[-1].day.date),
            **self._summary(present),
        }

    def _rows(self, session: TrainingSession, filled: bool) -> list[dict[str, Any]]:
        rows = [_printed(person) for person in self.people]
        if filled:
            for row, person in zip(rows, self.people, strict=True):
                mark = self._mark(person, session)
                row["mark"] = Attendance.Status(mark).label if mark else _NOT_MARKED
        else:
            # Empty rows are numbered too, so that a walk-in's signature has its place in the zigzag.
            empty = {"name": "", "sex": "", "post": "", "place": "", "phone": ""}
            rows += [dict(empty) for _ in range(self.district.rules.walk_in_rows)]
        for number, row in enumerate(rows, 1):
            row["number"] = str(number)
            row["even"] = number % 2 == 0
        return rows

    def _mark(self, person: dict, session: TrainingSession) -> str | None:
        return self.marks.get((person["pk"], session.pk))

    def _items(self, session: TrainingSession) -> list[AgendaItem]:
        """Agenda items of a session; items of the day without one belong to it where it is the only one."""
        if session.items.all():
            return list(session.items.all())
        return [item for item in session.day.items.all() if item.session_id is None]

    def _summary(self, present: list[dict]) -> dict[str, Any]:
        villages = {person["village"] for person in present} - {None}
        counted = villages & set(self.invited) if self.invited else villages
        missing = [name for key, name in self.invited.items() if key not in villages]
        men = sum(person["sex"] == "L" for person in present)
        return {
            "present": {
                "men": str(men),
                "women": str(len(present) - men),
                "total": str(len(present)),
                "villages": str(len(counted)),
            },
            "missing_villages": ", ".join(missing),
        }

    def _by_status(self, session: TrainingSession) -> str:
        counts = Counter(self._mark(person, session) for person in self.people)
        parts = [f"{status.label} {counts[status]}" for status in Attendance.Status]
        if counts[None]:
            parts.append(f"{_NOT_MARKED} {counts[None]}")
        return f"{'; '.join(parts)}."

    def _session_names(self, sessions: list[TrainingSession]) -> list[str]:
        per_day = Counter(session.day_id for session in sessions)
        return [
            f"{number} {words.day_date(session.day.date)}" + (f" {session.name}" if per_day[session.day_id] > 1 else "")
            for number, session in enumerate(sessions, 1)
        ]

    def _signatures(self, day) -> list[dict[str, Any]]:
        if day not in self.signatories:
            knowing = frame.dpmu_block(self.district, day, self.said["dpmu"], above="Mengetahui,")
            making = frame.signatory_block(
                self.district.signatory_on(Signatory.Slot.COMMITTEE_HEAD, day), "Ketua Panitia"
            )
            making["place_date"] = frame.place_and_date(self.office, day)
            self.signatories[day] = [knowing, making]
        return self.signatories[day]


def _printed(person: dict) -> dict[str, Any]:
    """A person without the keys that only the sums need."""
    return {key: person[key] for key in ("name", "sex", "post", "place", "phone")}
