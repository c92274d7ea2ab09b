"""Schedules: documents that the portal makes after each month or quarter, under the rights of their owner.

The reports of a period define its outcome. It is counted provisionally while the period is the newest, finally when the
next one is made. After MAX_FAILURES failed periods in a row the schedule stops.
"""

import logging
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from accounts.rights import Right, may
from documents.choices import Audience, Format
from documents.periods import Period
from records import history
from records.formats import date_id
from records.models import Event
from reports.models import Report, Schedule
from reports.services import lifecycle, production, requests

logger = logging.getLogger(__name__)

FORMATS = (Format.PDF, Format.XLSX)
NO_OWNER = (
    "Tidak dibuat: akun pemilik jadwal sudah berakhir, atau tidak berhak lagi atas laporan ini. "
    "Serahkan jadwalnya kepada orang lain."
)


def first_day(every: str, today: date) -> date:
    """The day of the first document of a schedule that begins today: the day after the current month or quarter."""
    return Period.containing(today, Schedule.MONTHS[Schedule.Every(every)]).next.start


def newest(schedule: Schedule) -> list[Report]:
    """The documents of the last period, in all formats."""
    return newest_of(schedule.reports.defer("snapshot"))


def newest_of(reports: Iterable[Report]) -> list[Report]:
    """The same for loaded documents."""
    rows = list(reports)
    last = max((row.period_start for row in rows if row.period_start), default=None)
    return sorted((row for row in rows if row.period_start == last), key=lambda row: row.format)


def has_failed(reports: list[Report]) -> bool:
    """Whether a period failed: a document failed or was cancelled and none is in progress."""
    return any(row.state in Report.LOST for row in reports) and not any(row.is_under_way for row in reports)


def make_due(today: date | None = None) -> int:
    """Makes what is due or was missed while the portal was off; returns the number of periods. Safe to repeat."""
    day = today or localdate()
    made = 0
    for key in Schedule.objects.running().order_by("pk").values_list("pk", flat=True):
        try:
            made += _run(key, day)
        except OperationalError:
            logger.exception("schedule %s could not be read", key)
        except Exception:
            logger.exception("schedule %s could not be run", key)  # the other schedules are still made
            _count_failure(key)
    return made


@transaction.atomic
def _count_failure(key: int) -> None:
    """An attempt without a row counts as well, so that the owner learns about a schedule that never runs."""
    schedule = Schedule.objects.select_for_update(of=("self",)).get(pk=key)
    failures = schedule.failures + 1
    Schedule.objects.filter(pk=key).update(failures=failures)
    if failures >= Schedule.MAX_FAILURES:
        _stop_failed(schedule, failures)


def _run(key: int, day: date) -> int:
    made = 0
    while _step(key, day):
        made += 1
    return made


@transaction.atomic
def _step(key: int, day: date) -> bool:
    """Makes one period of one schedule; two simultaneous workers make it once, because the row is locked."""
    schedule = Schedule.objects.select_for_update(of=("self",)).select_related("owner", "district").get(pk=key)
    if schedule.stopped_at:
        return False
    last = newest(schedule)
    failures = schedule.failures + has_failed(last)
    if failures >= Schedule.MAX_FAILURES:
        _stop_failed(schedule, failures)
        return False
    if schedule.next_on > day or any(row.is_under_way for row in last):
        return False
    period = Period.containing(schedule.next_on, schedule.months).previous
    failures = 0 if last and not has_failed(last) else failures
    Schedule.objects.filter(pk=key).update(next_on=period.next.next.start, failures=failures)
    for format in FORMATS:
        _request(schedule, period, format)
    return True


def _request(schedule: Schedule, period: Period, format: str) -> None:
    """Requests one document of the period; without the right to it the row has the error instead of a file."""
    if schedule.reports.filter(period_start=period.start, format=format).exists():
        return
    parameters = schedule.parameters | {"period": period.code}
    owner = schedule.owner
    if owner.is_current and may(owner, Right.SCHEDULE_REPORTS):
        # Without a request key: the database keeps one document for each period and format.
        try:
            with transaction.atomic():
                requests.request_document(
                    schedule.kind,
                    schedule.district,
                    parameters,
                    owner,
                    format=format,
                    schedule=schedule,
                    period_start=period.start,
                )
            return
        except OperationalError:
            raise  # the database is away: the next hourly run makes the period
        except PermissionDenied:
            reason = NO_OWNER
        except Exception as error:
            reason = production.explain(error)
            if not isinstance(error, ValidationError):
                logger.exception("schedule %s could not request %s as %s", schedule.pk, period.code, format)
    else:
        reason = NO_OWNER
    row = Report(
        kind=schedule.kind,
        format=format,
        parameters=parameters,
        by=owner,
        district=schedule.district,
        audience=Audience.DISTRICT,
        state=Report.State.FAILED,
        error=reason[:300],
        schedule=schedule,
        period_start=period.start,
    )
    row.save(force_insert=True)
    history.record(row, Event.Verb.ADD, by=owner, reason=reason)


def _stop_failed(schedule: Schedule, failures: int) -> None:
    schedule.failures = failures
    schedule.stopped_at = timezone.now()
    schedule.stopped_reason = f"{failures} kali berturut-turut gagal dibuat. Periksa sebabnya, lalu jalankan lagi."
    schedule.change(by=schedule.owner, reason=schedule.stopped_reason)


def stop(schedule: Schedule, by: User) -> None:
    """Stops the schedule by hand; for one that stopped by itself this records that somebody has seen it."""
    schedule.failures = 0
    schedule.stopped_at = schedule.stopped_at or timezone.now()
    schedule.stopped_reason = f"Dihentikan oleh {by} pada {date_id(localdate())}."
    schedule.change(by=by)


@transaction.atomic
def start(schedule: Schedule, by: User) -> None:
    """Runs it again: the last failed documents are retried and the count of failures restarts.

    Raises ValidationError when the owner has another running one or may not have one.
    """
    if not schedule.owner.is_current or not may(schedule.owner, Right.SCHEDULE_REPORTS):
        raise ValidationError("Akun pemiliknya sudah berakhir atau tidak berhak. Serahkan dahulu jadwal ini.")
    schedule.failures, schedule.stopped_at, schedule.stopped_reason = 0, None, ""
    schedule.next_on = max(schedule.next_on, first_day(schedule.every, localdate()))
    schedule.validate_constraints()
    schedule.change(by=by)
    for report in newest(schedule):
        if report.state in Report.LOST:
            Report.objects.filter(pk=report.pk).update(by=schedule.owner)
            lifecycle.retry(report, by=by)


def hand_over(schedule: Schedule, owner: User, by: User) -> None:
    """Raises ValidationError when the new owner has such a schedule already."""
    before, schedule.owner = schedule.owner, owner
    schedule.validate_constraints()
    schedule.change(by=by, reason=f"Melanjutkan {before}")
