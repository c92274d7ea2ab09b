"""Kalender kegiatan: days of trainings and meetings, and visits, as far as a person may see them."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import District, User
from fieldwork.models import Visit
from records import formats
from trainings.models import Invitation, Participant, Training, TrainingDay

TRAINING, MEETING, VISIT = "pelatihan", "rapat", "kunjungan"
KINDS = {TRAINING: "Pelatihan", MEETING: "Rapat", VISIT: "Kunjungan"}
ALL_KINDS = "semua"
MAX_ENTRIES = 400  # trainings and visits each: what one page lists
MAX_OF_DAY = 5  # shown in one cell of the month


@dataclass(frozen=True)
class Entry:
    """One activity of one day."""

    kind: str
    day: date
    title: str
    url: str
    uid: str
    place: str = ""
    people: str = ""  # participants of a training, before that the invited; who visits
    starts: time | None = None
    ends: time | None = None
    cancelled: bool = False
    sample: bool = False

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    @property
    def hours(self) -> str:
        return formats.time_span(self.starts, self.ends) if self.starts and self.ends else ""

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Begin and end in local time; None where no hours are known."""
        if not (self.starts and self.ends):
            return None, None
        zone = timezone.get_default_timezone()
        return datetime.combine(self.day, self.starts, zone), datetime.combine(self.day, self.ends, zone)


@dataclass(frozen=True)
class CalendarDay:
    """One cell of the month."""

    day: date
    in_month: bool
    is_today: bool
    entries: tuple[Entry, ...] = ()

    @property
    def shown(self) -> tuple[Entry, ...]:
        return self.entries if len(self.entries) <= MAX_OF_DAY + 1 else self.entries[:MAX_OF_DAY]

    @property
    def more(self) -> int:
        return len(self.entries) - len(self.shown)


def entries_between(
    user: User,
    first: date,
    last: date,
    *,
    kind: str = "",
    district: District | None = None,
    limit: int = MAX_ENTRIES,
) -> tuple[list[Entry], bool]:
    """The entries by day and hour, and whether there are more than those: the oldest are then left out.

    `limit` counts trainings and visits each. At most three queries.
    """
    found: list[Entry] = []
    cut = False
    if kind != VISIT:
        days = _training_days(user, first, last, kind, district, limit + 1)
        cut = len(days) > limit
        found += [_of_training(day) for day in days[:limit]]
    if kind in ("", VISIT):
        visits = _visits(user, first, last, district, limit + 1)
        cut = cut or len(visits) > limit
        found += [_of_visit(visit) for visit in visits[:limit]]
    order = list(KINDS)
    found.sort(key=lambda one: (one.day, order.index(one.kind), one.starts or time.min, one.title, one.uid))
    return found, cut


def _training_days(
    user: User, first: date, last: date, kind: str, district: District | None, limit: int
) -> list[TrainingDay]:
    trainings = Training.objects.visible_to(user)
    if district:
        trainings = trainings.filter(district=district)
    if kind:
        meets = Q(kind__in=Training.MEETINGS)
        trainings = trainings.filter(meets if kind == MEETING else ~meets)
    people = Participant.objects.visible_to(user).current().humans().filter(training=OuterRef("training"))
    counted = people.order_by().values("training").annotate(n=Count("human", distinct=True)).values("n")
    rows = TrainingDay.objects.filter(training__in=trainings.values("pk"), date__range=(first, last))
    rows = rows.annotate(starts=Min("sessions__starts"), ends=Max("sessions__ends"))
    invited = Invitation.objects.filter(training=OuterRef("training")).order_by().values("training")
    villages = invited.annotate(n=Count("pk")).values("n")
    rows = rows.annotate(
        participant_count=Coalesce(Subquery(counted), 0), village_count=Coalesce(Subquery(villages), 0)
    ).select_related("training")
    return list(rows.prefetch_related("training__days").order_by("-date", "-pk")[:limit])


def _of_training(day) -> Entry:
    training = day.training
    days = [one.pk for one in training.day_list]
    part = f" (hari ke-{days.index(day.pk) + 1} dari {len(days)})" if len(days) > 1 else ""
    return Entry(
        kind=MEETING if training.is_meeting else TRAINING,
        day=day.date,
        title=f"{training}{part}",
        url=training.get_absolute_url(),
        uid=f"hari-{day.pk}",
        place=training.place,
        people=_people(day),
        starts=day.starts,
        ends=day.ends,
        cancelled=training.state == Training.State.CANCELLED,
        sample=training.is_sample,
    )


def _people(day) -> str:
    """ "48 peserta"; while nobody is registered "5 instansi, 16 desa diundang"."""
    if day.participant_count:
        return f"{formats.number_id(day.participant_count)} peserta"
    counts = ((len(day.training.recipient_list), "instansi"), (day.village_count, "desa"))
    invited = ", ".join(f"{formats.number_id(count)} {word}" for count, word in counts if count)
    return f"{invited} diundang" if invited else ""


def _visits(user: User, first: date, last: date, district: District | None, limit: int) -> list[Visit]:
    rows = Visit.objects.visible_to(user).filter(on__range=(first, last))
    if district:
        rows = rows.filter(village__subdistrict__district=district)
    return list(rows.select_related("village__subdistrict", "by").order_by("-on", "-pk")[:limit])


def _of_visit(visit: Visit) -> Entry:
    return Entry(
        kind=VISIT,
        day=visit.on,
        title=f"Kunjungan {visit.village}: {visit.get_purpose_display()}",
        url=visit.get_absolute_url(),
        uid=f"kunjungan-{visit.pk}",
        place=f"{visit.village}, Kec. {visit.village.subdistrict.name}",
        people=visit.by.name,
        sample=visit.village.is_sample,
    )


def weeks_of(month: date, entries: list[Entry], today: date) -> list[list[CalendarDay]]:
    """The weeks of a month from Monday to Sunday, with the entries of their days."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [[_calendar_day(day, month, today, by_day) for day in week] for week in weeks]


def _calendar_day(day: date, month: date, today: date, by_day: dict[date, list[Entry]]) -> CalendarDay:
    """A cell of another month is empty, on today as well."""
    in_month = (day.year, day.month) == (month.year, month.month)
    return CalendarDay(day, in_month, in_month and day == today, tuple(by_day.get(day, ())) if in_month else ())


def last_of_month(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_beside(month: date) -> tuple[date, date]:
    """The first days of the month before and of the month after."""
    return (month - timedelta(days=1)).replace(day=1), last_of_month(month) + timedelta(days=1)
