"""Links of the evaluation, one per day: whether they accept sheets, and how many were submitted."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from records import formats
from trainings.models import Attendance, EvaluationLink, EvaluationSheet, Training, TrainingDay
from trainings.queries.evaluations import FormQuestion, agenda_speakers, form_questions

MARGIN = 3  # sheets beyond those present, for late arrivals who are not marked yet


def closed_text(link: EvaluationLink, now: datetime) -> str:
    """The reason for visitors why the link accepts no sheet now; empty while it does. `link` with day and training."""
    local = timezone.localtime(now)
    if link.closed_at or not link.day.training.is_open or local.date() > link.day.date:
        return "Evaluasi ini sudah ditutup. Sampaikan pendapat Anda kepada panitia."
    if local.date() < link.day.date:
        return f"Evaluasi ini dibuka pada {formats.day_date(link.day.date)}. Pindai kodenya lagi hari itu."
    if local.time() >= link.closes_at:
        return f"Evaluasi ini ditutup pukul {formats.time_id(link.closes_at)}. Sampaikan pendapat Anda kepada panitia."
    return ""


def expected_people(day: TrainingDay) -> tuple[int, bool]:
    """(how many people may submit a sheet, whether they were marked present); before marking, the registered ones."""
    marked = Attendance.objects.filter(status__in=Attendance.PRESENT, session__day=day)
    people = day.training.participants.current()
    present = people.filter(pk__in=marked.values("participant")).count()
    return (present, True) if present else (people.count(), False)


def max_sheets(day: TrainingDay) -> int:
    return expected_people(day)[0] + MARGIN


def sheets_of_day(day: TrainingDay) -> int:
    return EvaluationSheet.objects.filter(link__day=day).count()


def form_questions_on(day: TrainingDay) -> list[FormQuestion]:
    """The fields of this day's sheet: narasumber who taught since the previous day with a used link, up to this day."""
    days = [one for one in day.training.days.all() if one.date <= day.date]
    earlier = EvaluationLink.objects.filter(day__training=day.training, day__date__lt=day.date, sheets__isnull=False)
    last = max((link.day.date for link in earlier.select_related("day")), default=None)
    return form_questions(day.training, agenda_speakers([one for one in days if last is None or one.date > last]))


@dataclass
class DayLink:
    """One day on the page of the office: its open link, and the number of sheets from all of its links."""

    day: TrainingDay
    number: int
    link: EvaluationLink | None
    sheets: int
    people: int
    marked: bool

    @property
    def max_sheets(self) -> int:
        return self.people + MARGIN

    @property
    def people_text(self) -> str:
        word = "hadir" if self.marked else "terdaftar; kehadiran belum dicatat"
        return f"{formats.number_id(self.people)} peserta {word}"

    @property
    def state_text(self) -> str:
        return closed_text(self.link, timezone.now()) if self.link else ""

    @property
    def url(self) -> str:
        return full_address(self.link) if self.link else ""

    @property
    def address(self) -> str:
        return short_address(self.link) if self.link else ""

    @property
    def qr(self) -> str:
        return qr_image(self.link, 5) if self.link else ""

    @property
    def is_past(self) -> bool:
        return self.day.date < timezone.localdate()


def links_of(training: Training) -> list[DayLink]:
    """One entry per day. Three queries, and one or two for the people of each day."""
    days = training.days.annotate(
        sheet_count=Count("evaluation_links__sheets", filter=Q(evaluation_links__sheets__isnull=False))
    )
    rows = EvaluationLink.objects.filter(day__training=training, closed_at=None).select_related("day__training")
    links = {link.day_id: link for link in rows}
    found = []
    for number, day in enumerate(days, 1):
        day.training = training
        people, marked = expected_people(day)
        found.append(DayLink(day, number, links.get(day.pk), day.sheet_count, people, marked))
    return found


def full_address(link: EvaluationLink) -> str:
    return urljoin(settings.PORTAL_URL, link.get_absolute_url())


def short_address(link: EvaluationLink) -> str:
    """The URL without its scheme, for typing."""
    return full_address(link).split("://", 1)[1].rstrip("/")


def qr_image(link: EvaluationLink, scale: int = 8) -> str:
    """The QR code of the URL as a data URI."""
    return segno.make(full_address(link), micro=False).svg_data_uri(scale=scale, border=4)
