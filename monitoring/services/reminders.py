"""Reminders (pengingat) of open matters, by the choices of each user, in the portal and by e-mail.

An e-mail is a digest: at most one a day and user, only with a matter that was not sent this week. It has counts and
links, no names of persons. A failed e-mail is tried again the next day.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import DistrictSettings, User
from accounts.rights import Right, may
from accounts.waiting import Matter, waiting_for
from kpspams.models import KpspamsGroup
from monitoring.models import Reminder, ReminderChoice
from plans.forms.plan_missing import Deadline, deadlines
from plans.queries.plan_missing import without_plan
from records.formats import date_id

logger = logging.getLogger(__name__)

Kind, Channel = ReminderChoice.Kind, ReminderChoice.Channel
DAYS_BEFORE = 45  # days before a deadline with a reminder (our assumption)
DAYS_AFTER = 90  # and days after it, while plans are missing
KEPT_DAYS = 60  # days for which sent reminders are stored


@dataclass(frozen=True)
class Digest:
    """Open matters in the order of urgency; `silenced`: the number of kinds that the user switched off."""

    matters: list[Matter]
    silenced: int


def channels_of(user: User) -> dict[str, str]:
    """{kind: channel} with defaults."""
    chosen = dict(ReminderChoice.objects.filter(user=user).values_list("kind", "channel"))
    return {kind: chosen.get(kind, Channel.PORTAL.value) for kind in Kind.values}


def choose(user: User, wanted: dict[str, str]) -> None:
    """Stores the choices of a user; `wanted` has every kind."""
    with transaction.atomic():
        for kind in Kind.values:
            ReminderChoice.objects.update_or_create(user=user, kind=kind, defaults={"channel": wanted[kind]})


def digest_of(user: User, channels: tuple[str, ...] = (Channel.PORTAL, Channel.EMAIL)) -> Digest:
    """Open matters of the user today, of the kinds that they chose for this channel."""
    chosen = channels_of(user)
    matters = [matter for matter in [*waiting_for(user), *_deadlines(user)] if matter.count]
    wanted = [matter for matter in matters if chosen.get(matter.kind, Channel.PORTAL) in channels]
    return Digest(wanted, len(matters) - len(wanted))


def _deadlines(user: User) -> list[Matter]:
    """Near deadlines of usulan and rencana kerja, each with the groups without a submission."""
    if not may(user, Right.EDIT_PLANS):
        return []
    today = localdate()
    groups = KpspamsGroup.objects.visible_to(user).current(today)
    rules = user.district.rules if user.district else DistrictSettings()
    return [
        _deadline(moment, without_plan(groups, moment.stage, moment.year).count())
        for moment in sorted(deadlines(rules), key=lambda moment: moment.due)
        if moment.recorded and -DAYS_BEFORE <= (today - moment.due).days <= DAYS_AFTER
    ]


def _deadline(moment: Deadline, missing: int) -> Matter:
    label = f"KPSPAMS belum mengajukan {moment.word} (batas {date_id(moment.due)})"
    return Matter(
        Kind.PLAN_DUE, missing, label, f"{reverse('plans:plan_missing')}?{urlencode({'tenggat': moment.code})}"
    )


# By e-mail ----------------------------------------------------------------------------------------------


def send_digests(today: date | None = None) -> int:
    """Sends new matters to all users with e-mail reminders; returns the number of e-mails. Safe to run twice a day."""
    if not settings.EMAIL_URL:
        return 0
    day = today or localdate()
    chosen = ReminderChoice.objects.filter(channel=Channel.EMAIL).values("user")
    people = User.objects.current().filter(pk__in=chosen).exclude(email="").select_related("district__settings_row")
    sent = sum(_send(user, day) for user in people.order_by("pk"))
    Reminder.objects.filter(sent_at__date__lt=day - timedelta(days=KEPT_DAYS)).delete()
    return sent


def _send(user: User, day: date) -> bool:
    matters = digest_of(user, (Channel.EMAIL,)).matters
    year, week, _ = day.isocalendar()
    keys = {f"{year}-{week:02d} {matter.kind} {matter.url}"[:120] for matter in matters}
    sent = set(Reminder.objects.filter(user=user, key__in=keys).values_list("key", flat=True))
    if not keys - sent:
        return False
    try:
        with transaction.atomic():
            # The row of the day is written first: only one of two workers continues.
            Reminder.objects.create(user=user, key=f"hari {day:%Y-%m-%d}")
            Reminder.objects.bulk_create([Reminder(user=user, key=key) for key in sorted(keys - sent)])
            letter(user, matters, day).send()
    except IntegrityError:
        return False
    except OSError:  # includes errors of smtplib: nothing is stored, so it is tried again tomorrow
        logger.exception("reminder to user %s not sent", user.pk)
        return False
    return True


def letter(user: User, matters: list[Matter], day: date) -> EmailMessage:
    """The plain text of the e-mail: counts and links."""
    portal = settings.PORTAL_URL.rstrip("/")
    lines = [f"Yang menunggu Anda di Portal Pamsimas, {date_id(day)}:", ""]
    for matter in matters:
        lines += [f"- {matter.count} {matter.label}", f"  {portal}{matter.url}"]
    lines += ["", f"Pilih pengingat yang Anda perlukan: {portal}{reverse('monitoring:reminder_choices')}"]
    subject = f"Pengingat Portal Pamsimas: {len(matters)} hal menunggu"
    return EmailMessage(subject, "\n".join(lines), to=[user.email])
