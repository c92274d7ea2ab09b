"""Jadwal: documents that the portal makes by itself after each month or quarter, under the rights of their owner.

The reports of a period are the truth of what came of it. Its outcome is counted once: provisionally while the period
is the newest, for good when the next one is made. After MAX_FAILURES failed periods in a row the schedule stops.
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
    """When a schedule that begins today makes its first document: the day after the running month or quarter."""
    return Period.containing(today, Schedule.MONTHS[Schedule.Every(every)]).next.start


def newest(schedule: Schedule) -> list[Report]:
    """The documents of the last period that was made, in all forms."""
    return newest_of(schedule.reports.defer("snapshot"))


def newest_of(reports: Iterable[Report]) -> list[Report]:
    """The same of documents that were read already."""
    rows = list(reports)
    last = max((row.period_start for row in rows if row.period_start), default=None)
    return sorted((row for row in rows if row.period_start == last), key=lambda row: row.format)


def has_failed(reports: list[Report]) -> bool:
    """Whether a period is lost: something of it failed or was cancelled and nothing of it is under way."""
    return any(row.state in Report.LOST for row in reports) and not any(row.is_under_way for row in reports)


def make_due(today: date | None = None) -> int:
    """Makes what is due, also what was missed while the portal was off; returns how many periods. Safe to repeat."""
    day = today or localdate()
    made = 0
    for key in Schedule.objects.running().order_by("pk").values_list("pk", flat=True):
        try:
            made += _run(key, day)
        except OperationalError:
            logger.exception("schedule %s could not be read", key)
        except Exception:
            logger.exception("schedule %s could not be run", key)  # the others still are
            _count_failure(key)
    return made


@transaction.atomic
def _count_failure(key: int) -> None:
    """An attempt that left no row counts as well, so that the owner reads of a schedule that never runs."""
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
    """One period of one schedule; two workers at once make it once, for the row is locked."""
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
    """One document of the period; without a right to it the row says so instead of being made."""
    if schedule.reports.filter(period_start=period.start, format=format).exists():
        return
    parameters = schedule.parameters | {"period": period.code}
    owner = schedule.owner
    if owner.is_current and may(owner, Right.SCHEDULE_REPORTS):
        # Without a request key: the database keeps one document of each period and format.
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
            raise  # the database is away: the next hour makes the period
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
    """By hand; of one that stopped by itself it says that somebody has seen it."""
    schedule.failures = 0
    schedule.stopped_at = schedule.stopped_at or timezone.now()
    schedule.stopped_reason = f"Dihentikan oleh {by} pada {date_id(localdate())}."
    schedule.change(by=by)


@transaction.atomic
def start(schedule: Schedule, by: User) -> None:
    """Runs again: what failed last is tried once more, and the count begins anew.

    Raises ValidationError, in words for people, where the owner has another one that runs or may not have one.
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
    """Raises ValidationError where the new owner has such a schedule already."""
    before, schedule.owner = schedule.owner, owner
    schedule.validate_constraints()
    schedule.change(by=by, reason=f"Melanjutkan {before}")
